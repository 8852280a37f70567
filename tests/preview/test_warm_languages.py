"""In a course of several languages, the language on view is brought up to date first."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.course import load
from builder.course.translations import Message
from builder.preview.servers import CourseLms
from builder.preview.stage import Stage
from builder.preview.warm import View, Warm
from tests.preview.edits import Act, acts, base, checked, contents, staged, toggle
from tests.support.translations import write_po
from tests.validate.courses import TODAY

TAGS = ("pl", "ar")
TOPIC = "pages/topic.md"
MORE = (TOPIC, "what worries you", "all that worries you")
"""An edit of the text of a page."""


@pytest.fixture(autouse=True)
def trusting(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was not written with the latest file is trusted to be as it was."""
    monkeypatch.setattr(load, "_GRANULARITY", 0)


def translated(folder: Path) -> Path:
    """The course in English, Polish and Arabic."""
    course = base(folder)
    for tag in TAGS:
        write_po(course, tag, lambda one, tag=tag: _translation(one, tag))
    return course


def _translation(one: Message, tag: str) -> str:
    return one.text if one.kind in ("quotation", "value", "answers") else f"{one.text} {tag}"


def of_language(view: View, tag: str) -> dict[str, bytes]:
    """The files of the pages and of the search in one language, apart from the record: it shows
    whether the course is a draft, which only a complete view knows."""
    languages = TAGS if tag == "en" else (tag,)
    found = {
        name: member.read()
        for name, member in view.files.items()
        if name.startswith(("pages/", "assets/search-")) and "checklist" not in name
    }
    other = {one for one in found if any(f"-{one_tag}-" in one for one_tag in languages)}
    return {name: text for name, text in found.items() if (name in other) == (tag != "en")}


def in_steps(warm: Warm, language: str) -> list[View]:
    return list(warm.refresh_in_steps(language, lambda: False))


@pytest.mark.whole
@pytest.mark.parametrize("language", ["en", *TAGS])
def test_the_language_on_view_comes_first(tmp_path: Path, language: str) -> None:
    course = translated(tmp_path / "course")
    warm = Warm(course, TODAY)
    before = checked(warm.refresh(), course, View())
    toggle(course, *MORE)
    early, late = in_steps(warm, language)
    assert (early.complete, early.good) == (False, True)
    for tag in ("en", *TAGS):
        expected = late if tag == language else before
        assert of_language(early, tag) == of_language(expected, tag)
        assert of_language(late, tag) != of_language(before, tag)
    same = {"imsmanifest.xml", "course.json"}
    assert contents({name: early.files[name] for name in same}) == contents(
        {name: before.files[name] for name in same}
    )
    # The open course sees that there is something new, and what.
    launch = early.files["index.html"].read()
    assert launch not in (before.files["index.html"].read(), late.files["index.html"].read())
    assert {"index.html"} < early.changed
    assert "imsmanifest.xml" not in early.changed
    checked(late, course, early)


@pytest.mark.whole
@pytest.mark.parametrize(
    "change",
    [
        (TOPIC, "title: The topic", "title: What it is about"),
        ("questions/all.yaml", "prompt: Every child can", "prompt: Every child could"),
        ("translations/pl.po", "Every child", "Some child"),
        ("course.yaml", "title: A good course", "title: Another course"),
        (TOPIC, "Every child", "[Every](gone.md) child"),
    ],
    ids=["front matter", "question", "translation", "course.yaml", "error"],
)
@pytest.mark.parametrize("language", ["en", "pl"])
def test_title_and_question_changes_are_shown_at_once(
    tmp_path: Path, language: str, change: tuple[str, str, str]
) -> None:
    course = translated(tmp_path / "course")
    warm = Warm(course, TODAY)
    before = warm.refresh()
    toggle(course, *change)
    [view] = in_steps(warm, language)
    assert view.complete
    checked(view, course, before)


@pytest.mark.parametrize(
    "change",
    [
        (TOPIC, "[harm](words.md#harm)", "harm"),
        (TOPIC, "## Who can help", "::: take-a-break\n:::\n\n## Who can help"),
        (TOPIC, "## Who can help", "Said[^a].\n\n[^a]: By all.\n\n## Who can help"),
        ("pages/start.md", "## What this is", "## What harm is: [harm](words.md#harm)"),
        ("pages/words.md", "::: glossary\nHarm\n", "## Harm {#harm}\n\n::: glossary\nHarming\n"),
    ],
    ids=["last link to a term", "break", "footnote", "link to a term", "term that is a heading"],
)
def test_first_block_of_its_kind_is_shown_with_its_styles(
    tmp_path: Path, change: tuple[str, str, str]
) -> None:
    course = translated(tmp_path / "course")
    warm = Warm(course, TODAY)
    before = warm.refresh()
    toggle(course, *change)
    [view] = in_steps(warm, "pl")
    checked(view, course, before)


def test_single_language_preview_is_complete_at_once(tmp_path: Path) -> None:
    course = base(tmp_path / "course")
    warm = Warm(course, TODAY)
    before = warm.refresh()
    toggle(course, *MORE)
    [view] = in_steps(warm, "en")
    checked(view, course, before)


@pytest.mark.whole
@given(
    st.lists(
        st.tuples(acts(), st.sampled_from(["", "en", *TAGS, "fr"]), st.integers(0, 6)),
        min_size=1,
        max_size=5,
    )
)
@settings(max_examples=8)
def test_incremental_preview_equals_full_build_after_edits(
    edits: list[tuple[Act, str, int]],
) -> None:
    with tempfile.TemporaryDirectory() as place:
        course = translated(Path(place) / "course")
        warm = Warm(course, TODAY)
        before = warm.refresh()
        assert before.good
        for edit, language, patience in edits:
            try:
                edit(course)
            except OSError:
                continue
            left = iter(range(patience))
            for view in warm.refresh_in_steps(language, lambda left=left: next(left, None) is None):
                if view.complete:
                    checked(view, course, before)
                elif made := staged(course)[0]:
                    whole = View(files=made)
                    tag = language if language in TAGS else "en"
                    assert language != "fr"
                    assert of_language(view, tag) == of_language(whole, tag)
                before = view
        checked(warm.refresh(), course, before)


@pytest.mark.whole
def test_a_package_that_is_replaced_gets_the_other_languages_too(tmp_path: Path) -> None:
    course = translated(tmp_path / "course")
    warm, stage = Warm(course, TODAY), Stage(course, CourseLms(course))
    stage.show(warm.refresh())
    toggle(course, *MORE)
    early, late = in_steps(warm, "pl")
    stage.show(early)
    stage.replace()
    stage.show(late)
    assert (stage.held, stage.shown) == (True, late)
    toggle(course, *MORE)
    for view in in_steps(warm, "pl"):
        stage.show(view)
    assert stage.shown == late
