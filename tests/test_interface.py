"""The catalogues: every text in every language, with its gaps, in the forms that it needs."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from builder.course import interface
from builder.course.interface import LANGUAGES, Language
from tests.support.node import node
from tests.validate.courses import changed, judge

I18N = Path(__file__).parent.parent / "templates/i18n"
FORMS = ("zero", "one", "two", "few", "many", "other")
ISOLATED = re.compile("\u2068\\{\\w+\\}\u2069")
WORDS = ("title", "answer", "item", "name")
"""Gaps that authors' or trainees' words fill."""


@pytest.fixture(params=LANGUAGES, ids=lambda one: one.tag)
def language(request: pytest.FixtureRequest) -> Language:
    return request.param


def read(tag: str) -> dict[str, str]:
    return json.loads((I18N / f"{tag}.json").read_text("utf-8"))


def test_every_catalogue_is_a_language() -> None:
    assert [path.stem for path in sorted(I18N.iterdir())] == [one.tag for one in LANGUAGES]


def test_every_text_is_in_every_language(language: Language) -> None:
    found = read(language.tag)
    wanted = interface.required_keys(language)
    assert sorted(wanted - found.keys()) == []
    assert sorted(found.keys() - wanted) == []
    assert [key for key, text in found.items() if not text.strip()] == []


def test_texts_are_in_the_order_of_their_keys(language: Language) -> None:
    found = read(language.tag)
    written = json.dumps(dict(sorted(found.items())), ensure_ascii=False, indent=2) + "\n"
    assert (I18N / f"{language.tag}.json").read_text("utf-8") == written


def gaps(text: str) -> set[str]:
    return set(re.findall(r"\{(\w*)\}", text))


def test_every_text_has_the_gaps_of_the_english_one(language: Language) -> None:
    english = read("en")
    for key, text in read(language.tag).items():
        stem, _, form = key.rpartition("_")
        model = english.get(key) or english[f"{stem}_other"]
        if form in FORMS and f"{stem}_other" in english:
            # “One page” and “two pages” need no number, in a language that has a form for each.
            allowed = gaps(english[f"{stem}_other"]) | gaps(english[f"{stem}_one"])
            assert (key, gaps(text) | {"n"}) == (key, allowed | {"n"})
            if form in ("few", "many", "other"):
                assert (key, "n" in gaps(text)) == (key, "n" in gaps(english[f"{stem}_other"]))
        else:
            assert (key, gaps(text)) == (key, gaps(model))


def test_no_text_is_left_in_english(language: Language) -> None:
    if language.tag == "en":
        return
    english = read("en")
    same = {
        key
        for key, text in read(language.tag).items()
        if english.get(key) == text and re.search(r"\w", re.sub(r"\{\w+\}", "", text))
    }
    # The same word in both.
    assert (
        same
        - {
            *("page.hint", "page.pages", "page.question", "page.version"),
            *("page.decimal-mark", "page.size-kb", "page.size-mb"),
            "player.locks.lock_title",
            *("review.date", "review.description", "review.signature"),
            *("review.part-page", "review.part-question"),
            *("page.cover-pages_one", "page.cover-pages_other", "player.visit.minutes_short"),
            *("player.minutes_one", "player.minutes_other", "player.first"),
            *(
                "page.note",
                "page.notes",
                "page.lms-score",
                "player.messages",
                "player.quiz.question",
                "player.quiz.comma",
                "player.visit.comma",
            ),
        }
        == set()
    )


BUTTONS = (
    *("page.contents", "page.copy", "page.exit", "page.leave", "page.search", "player.retry"),
    *("player.saved", "player.visit.end", "player.visit.go_on_here", "player.visit.reopen"),
)
MARKS = {"ar": "«{}»", "fr": "«\u00a0{}\u00a0»"}


def test_what_a_sentence_names_on_the_screen_stands_in_quotation_marks(language: Language) -> None:
    """In every language, and as it is written there."""
    english, found = read("en"), read(language.tag)
    marks = MARKS.get(language.tag, "“{}”")
    named = [
        (key, name)
        for key, text in english.items()
        for name in BUTTONS
        if f"“{english[name]}”" in text
    ]
    assert len(named) >= 20
    missing = [one for one in named if marks.format(found[one[1]]) not in found[one[0]]]
    assert missing == []
    # “Choose Retry” would be read as if it went on.
    assert [text for text in english.values() if re.search(r"[Cc]hoose [A-Z]", text)] == []


def test_words_of_others_do_not_turn_the_sentence_round(language: Language) -> None:
    if language.direction == "ltr":
        return
    for key, text in read(language.tag).items():
        left = gaps(ISOLATED.sub("", text))
        assert (key, left & set(WORDS)) == (key, set())


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        *(("cy", "Welsh"), ("CY-gb", "Welsh"), ("ar-EG", "Arabic"), ("en", "English")),
        *(("cym", None), ("ar-Arab-EG", "Arabic"), ("ar-Latn", None), ("cy-Latn", "Welsh")),
        *(("en-XA", "Pseudo-English"), ("en-xa", "Pseudo-English"), ("cy-XA", "Welsh")),
    ],
)
def test_a_tag_names_its_language(tag: str, name: str | None) -> None:
    found = interface.language(tag)
    assert (found and found.name) == name


@pytest.fixture
def lacking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Catalogues where Welsh has lost a text and the form of another for two."""
    shutil.copytree(I18N, tmp_path / "i18n")
    welsh = read("cy")
    del welsh["player.saved"], welsh["player.quiz.attempts_more_two"]
    (tmp_path / "i18n/cy.json").write_text(json.dumps(welsh), "utf-8")
    monkeypatch.setattr(interface.resources, "path", lambda *parts: tmp_path.joinpath(*parts))
    interface.texts.cache_clear()
    interface._catalogue.cache_clear()
    yield
    interface.texts.cache_clear()
    interface._catalogue.cache_clear()


@pytest.mark.usefixtures("lacking")
def test_a_text_that_a_language_lacks_stops_the_build(tmp_path: Path) -> None:
    folder = changed(tmp_path / "course", ("course.yaml", "language: en\n", "language: cy\n"))
    course, found = judge(folder)
    assert course is None
    assert [str(one).partition(": ")[2] for one in found] == [
        "error text-missing The interface has no text “player.quiz.attempts_more_two” in Welsh.",
        "error text-missing The interface has no text “player.saved” in Welsh.",
    ]
    assert {str(one.position) for one in found} == {"course.yaml:4:11"}


@pytest.mark.usefixtures("lacking")
def test_what_another_language_lacks_stops_nobody(tmp_path: Path) -> None:
    folder = changed(tmp_path / "course", ("course.yaml", "language: en\n", "language: fr\n"))
    course, found = judge(folder)
    assert course is not None
    assert found == []


def test_plurals_are_those_of_browsers(language: Language) -> None:
    numbers = [*range(230), 1000, 1_000_000, 1_000_001, 1_500_000, 2_000_000, 10_000_003]
    asked = f"{json.dumps(numbers)}.map((n) => new Intl.PluralRules({language.tag!r}).select(n))"
    said = subprocess.run(
        [node(), "-p", f"JSON.stringify({asked})"], capture_output=True, text=True, check=True
    )
    assert [interface.plural(language.tag, n) for n in numbers] == json.loads(said.stdout)
