"""What a translation means for a course: drafts, approvals, interface texts, files, the cache."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import polib
import pytest

from builder.approving import reading
from builder.base.cache import MemoryCache
from builder.course import approvals, judging
from builder.course.load import load
from builder.course.model import Course
from builder.course.translations import Message, messages, pictures_without_own
from builder.course.validate import validate
from builder.diagnostics.diagnostic import Diagnostic
from builder.package import pipeline, plan, render
from builder.package.artifacts import Result
from tests.support.showcase import in_one_language
from tests.support.translations import write_po

TESTS = Path(__file__).parent.parent
TODAY = date(2026, 1, 31)
REQUIRED = ("  required: []\n", "  required: [questions, values, pages]\n")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(TESTS / "golden" / "course", tmp_path / "course")
    return tmp_path / "course"


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def judge(folder: Path) -> tuple[Course, list[Diagnostic]]:
    found, problems = judging.judge(folder, TODAY)
    assert found is not None
    assert found.course is not None, [str(one) for one in problems]
    # The tests translate each text by itself.
    return found.course, [one for one in problems if one.code != "translation-copied"]


def identity(message: Message) -> str:
    return message.text


def said(problems: list[Diagnostic]) -> list[str]:
    return [str(one) for one in problems]


def test_only_an_incomplete_translation_is_a_draft(
    folder: Path,
) -> None:
    write_po(folder, "cy", identity)
    write_po(folder, "pl", {"The topic": "Temat"})
    course, problems = judge(folder)
    assert said(problems) == [
        "translations/pl.po: warning translation-incomplete Of 30 texts, 29 are not translated."
    ]
    assert course.draft is False
    assert [(one.language, one.draft) for one in course.translations] == [
        ("cy", False),
        ("pl", True),
    ]
    assert course.translations[0].untranslated == frozenset()


def test_translation_error_is_an_error_of_the_course(folder: Path) -> None:
    text = "Read [the topic](topic.md) first, above all [who can help](topic.md#who-can-help)."
    write_po(folder, "pl", {text: "Nic."})
    found, problems = judging.judge(folder, TODAY)
    assert found is not None
    assert found.course is None
    assert {(one.position.path, one.code) for one in problems if one.severity == "error"} == {
        ("translations/pl.po", "translation-different")
    }


@pytest.mark.parametrize(
    ("markup", "code"),
    [
        ("[tekst](javascript:alert(1))", "link-syntax"),
        ("[tekst](adres z odstępem)", "link-syntax"),
        ("![obraz](a b", "link-syntax"),
        ("{ tablica }", "variable-syntax"),
        ("[^9]", "note-unknown"),
        ("<b onclick=x>", "html-ignored"),
        ("[x] zadanie", "task-list"),
        ("[!NOTE] uwaga", "alert-syntax"),
        ("**gruby", "emphasis-syntax"),
        ("tekst{: .klasa }", "attribute-unknown"),
    ],
)
def test_failed_markup_in_a_translation_is_reported_at_its_line(
    folder: Path, markup: str, code: str
) -> None:
    """The translation of a paragraph of a page, and of the prompt of a question."""
    sources, _ = load(folder)
    assert sources is not None
    translated = [
        one.key
        for one in messages(sources)
        if one.form == "line" and one.text.startswith("Every child can be at risk.")
    ]
    assert [part for part, _ in translated] == ["page/topic", "question/any-child"]
    file = write_po(folder, "pl", lambda one: markup if one.key in translated else "")
    lines = file.read_text("utf-8").split("\n")
    _, problems = judging.judge(folder, TODAY)
    marked = [at for at, line in enumerate(lines, 1) if line == f'msgstr "{markup}"']
    assert [one.position.line for one in problems if one.code == code] == marked


def test_problems_that_only_the_translation_has_are_at_its_line(folder: Path) -> None:
    path = write_po(folder, "pl", identity)
    listed = [entry.msgid for entry in polib.pofile(str(path)) if "/who-to-tell/" in entry.msgctxt]
    write_po(folder, "pl", dict.fromkeys(listed[:2], "To samo"))
    _, problems = judging.judge(folder, TODAY)
    alike = [one for one in problems if one.position.line]
    assert [(one.code, one.position.path) for one in alike] == [
        ("option-alike", "translations/pl.po")
    ]
    line = path.read_text("utf-8").split("\n")[alike[0].position.line - 1]
    assert line == 'msgstr "To samo"'


def test_a_direction_character_that_is_not_closed(folder: Path) -> None:
    path = write_po(folder, "pl", {"What this is": "Co to \u202ejest"})
    _, problems = judging.judge(folder, TODAY)
    [one] = [one for one in problems if one.code == "direction-open"]
    assert one.position.path == "translations/pl.po"
    line = path.read_text("utf-8").split("\n")[one.position.line - 1]
    assert line == 'msgstr "Co to \u202ejest"'


def test_each_language_is_approved_for_itself(folder: Path) -> None:
    edit(folder / "course.yaml", *REQUIRED)
    texts = {"Whom do you tell?": "Komu mówisz?"}
    write_po(folder, "pl", lambda message: texts.get(message.text, message.text))
    course, problems = judge(folder)
    of_polish = [one for one in problems if one.position.path == "translations/pl.po"]
    assert {one.code for one in of_polish} == {"approval-missing"}
    named = {one.message.split("“")[1].split("”")[0] for one in of_polish}
    assert {"question/who-to-tell@pl", "value/board.name@pl", "page/topic@pl"} <= named
    source = {part.id: part.code for part in approvals.parts(course)}
    # The words of a part in a language have a code of their own.
    assert source["question/who-to-tell"] != source["question/who-to-tell@pl"]
    assert source["question/any-child"] == source["question/any-child@pl"]
    entries = [
        {"part": part.id, "by": "Ola Nowak", "on": "2026-01-30", "code": part.code}
        for part in approvals.parts(course)
        if part.words
    ]
    (folder / "approvals.yaml").write_text(json.dumps(entries), "utf-8")
    course, problems = judge(folder)
    assert said(problems) == []
    assert (course.draft, course.translations[0].draft) == (False, False)
    assert {one.part for one in course.translations[0].wording if one.by} >= {
        "question/who-to-tell@pl"
    }
    # In a package of one language, the approvals of another are not unknown.
    _, alone = judging.judge(folder, TODAY, language="en")
    assert said(list(alone)) == []

    texts["Whom do you tell?"] = "Komu o tym powiesz?"
    write_po(folder, "pl", lambda message: texts.get(message.text, message.text))
    course, problems = judge(folder)
    assert [(one.code, one.position.path) for one in problems] == [
        ("approval-stale", "translations/pl.po")
    ]
    assert problems[0].message.startswith("The question “who-to-tell” (pl) changed")
    assert (course.draft, course.translations[0].draft) == (False, True)

    texts["Whom do you tell?"] = "Komu mówisz?"
    write_po(folder, "pl", lambda message: texts.get(message.text, message.text))
    edit(folder / "questions" / "all.yaml", "Whom do you tell?", "Whom do you call?")
    course, problems = judge(folder)
    # The source is stale, and the translation has no text any longer.
    assert sorted((one.code, one.position.path) for one in problems) == [
        ("approval-stale", "questions/all.yaml"),
        ("translation-incomplete", "translations/pl.po"),
        ("translation-unknown", "translations/pl.po"),
    ]


def test_approve_lists_the_parts_of_each_language(folder: Path) -> None:
    write_po(folder, "pl", identity)
    read, problems = reading.read(folder, TODAY)
    assert problems == ()
    assert read is not None
    statuses = {one.part.id: one for one in read.statuses}
    assert statuses["question/who-to-tell@pl"].state == "open"

    def selected(*names: str) -> list[str]:
        return [one.part.id for one in approvals.select_parts(read.statuses, names)]

    assert selected("question/who-to-tell@pl") == ["question/who-to-tell@pl"]
    assert selected("questions") == ["question/any-child", "question/who-to-tell"]
    assert selected("questions@pl") == ["question/any-child@pl", "question/who-to-tell@pl"]
    assert selected("question/any-*@pl") == ["question/any-child@pl"]


@pytest.mark.parametrize("fuzzy", [(), ("Whom do you tell?",)])
def test_a_part_that_is_not_wholly_translated_cannot_be_approved(
    folder: Path, fuzzy: tuple[str, ...]
) -> None:
    missing = "" if fuzzy else "Whom do you tell?"
    write_po(folder, "pl", lambda one: "" if one.text == missing else one.text, fuzzy=fuzzy)
    read, _ = reading.read(folder, TODAY)
    assert read is not None
    assert {one.part.id: one.state for one in read.statuses if one.doubt} == {
        "question/who-to-tell@pl": "untranslated"
    }
    write_po(folder, "pl", identity)
    read, _ = reading.read(folder, TODAY)
    assert read is not None
    assert [one.part.id for one in read.statuses if one.doubt] == []


def test_approval_in_unknown_language_is_reported(folder: Path) -> None:
    entry = {"part": "question/any-child@pl", "by": "Ola", "on": "2026-01-30", "code": "7KQ2-M9XR"}
    (folder / "approvals.yaml").write_text(json.dumps([entry]), "utf-8")
    _, problems = judge(folder)
    assert [one.code for one in problems] == ["approval-unknown"]
    write_po(folder, "pl", identity)
    _, problems = judge(folder)
    assert [(one.code, one.position.path) for one in problems] == [
        ("approval-stale", "translations/pl.po")
    ]


INTERFACE = """
msgctxt "page.true"
msgid "True"
msgstr "{right}"

msgctxt "page.note"
msgid "Note {{n}}"
msgstr "{note}"
"""


def own_texts(folder: Path, tag: str, right: str, note: str) -> None:
    path = folder / "translations" / "interface" / f"{tag}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(INTERFACE.format(right=right, note=note), "utf-8")


def test_a_course_has_interface_texts_of_its_own(folder: Path) -> None:
    write_po(folder, "cy", identity)
    own_texts(folder, "en", "So it is", "Footnote {n}")
    own_texts(folder, "cy", "Ydy", "")
    course, problems = judge(folder)
    [welsh] = course.translations
    assert (course.texts["page.true"], course.texts["page.note"]) == ("So it is", "Footnote {n}")
    assert welsh.texts["page.true"] == "Ydy"
    assert welsh.texts["page.note"] != "Footnote {n}"
    assert said(problems) == []
    asked = next(one for one in course.questions if one.id == "any-child")
    assert asked.type == "true-false"
    assert asked.options[0].text.tokens[0].content == "So it is"
    parts = {part.id: part.words for part in approvals.parts(course)}
    assert parts["interface@en"] == "page.note: Footnote {n}\npage.true: So it is"
    assert parts["interface@cy"] == "page.true: Ydy"


def test_the_problems_of_own_texts_are_those_of_their_language(folder: Path) -> None:
    write_po(folder, "cy", identity)
    for tag in ("en", "cy"):
        own_texts(folder, tag, "So it is", "")
        edit(folder / "translations" / "interface" / f"{tag}.po", "page.note", "page.nothing")
    course, problems = judge(folder)
    assert [one.code for one in problems] == ["translation-unknown", "translation-unknown"]
    found = [judging.problems_in(one, problems) for one in (course, *course.translations)]
    assert [[one.position.path for one in listed] for listed in found] == [
        ["translations/interface/en.po"],
        ["translations/interface/cy.po"],
    ]


def test_a_direction_character_that_is_not_closed_in_own_texts(folder: Path) -> None:
    own_texts(folder, "en", "So \u202eit is", "")
    _, problems = judging.judge(folder, TODAY)
    assert [(one.code, str(one.position)) for one in problems] == [
        ("direction-open", "translations/interface/en.po:4:1")
    ]


SPACES = r"""msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"

msgctxt "player.quiz.comma"
msgid ", "
msgstr "; "

msgctxt "player.questions.error_prefix"
msgid "Error: "
msgstr "Gwall – "

msgctxt "page.true"
msgid "True"
msgstr " Ydy "
"""


def test_custom_interface_texts_keep_spaces_of_english(folder: Path) -> None:
    """A list is joined by the text of a comma and its space."""
    write_po(folder, "cy", identity)
    path = folder / "translations" / "interface" / "cy.po"
    path.parent.mkdir()
    path.write_text(SPACES, "utf-8")
    course, problems = judge(folder)
    [welsh] = course.translations
    assert said(problems) == []
    assert dict(welsh.interface) == {
        "player.quiz.comma": "; ",
        "player.questions.error_prefix": "Gwall – ",
        "page.true": "Ydy",
    }


def test_unreviewed_interface_stops_release_without_making_draft(folder: Path) -> None:
    edit(folder / "course.yaml", "language: en", "language: cy")
    course, problems = judge(folder)
    assert said(problems) == []
    edit(folder / "course.yaml", "\ninterface_unread: accepted\n", "\n")
    course, problems = judge(folder)
    assert [(str(one.position), one.code, one.draft) for one in problems] == [
        ("course.yaml:4:11", "interface-unread", True)
    ]
    assert course.draft is False


def test_the_pseudo_language_needs_no_approvals(folder: Path) -> None:
    edit(folder / "course.yaml", *REQUIRED)
    source, _ = judge(folder)
    entries = [
        {"part": part.id, "by": "Ola Nowak", "on": "2026-01-30", "code": part.code}
        for part in approvals.parts(source)
        if part.words
    ]
    (folder / "approvals.yaml").write_text(json.dumps(entries), "utf-8")
    write_po(folder, "en-XA", identity)
    course, problems = judge(folder)
    assert said(problems) == []
    assert [(one.draft, one.wording) for one in course.translations] == [(False, ())]


def test_only_incomplete_languages_are_omitted_and_unreviewed_stops_release(
    folder: Path, tmp_path: Path
) -> None:
    edit(folder / "course.yaml", "\ninterface_unread: accepted\n", "\n")
    write_po(folder, "cy", identity)
    write_po(folder, "fr", {"The topic": "Le sujet"})

    def build(release: bool) -> Result:
        return pipeline.build(
            pipeline.Request(folder, tmp_path / "out", release, False, TODAY, complete_only=True)
        )

    made = build(release=False).summary
    assert made is not None
    assert made.left_out == ("fr",)
    assert made.translations == (("cy", False),)
    refused = build(release=True)
    assert not refused.made
    errors = [one for one in refused.diagnostics if one.severity == "error"]
    assert [(one.position.path, one.code) for one in errors] == [
        ("translations/cy.po", "interface-unread")
    ]
    edit(
        folder / "course.yaml",
        "title: A good course",
        "title: A good course\ninterface_unread: accepted",
    )
    assert build(release=True).made


def test_language_without_interface_texts_uses_english(folder: Path) -> None:
    edit(folder / "course.yaml", "\ninterface_unread: accepted\n", "\n")
    write_po(folder, "tlh", identity)
    course, problems = judge(folder)
    [one] = problems
    assert str(one.position) == "translations/tlh.po"
    assert "texts are there; the others are English" in one.message
    assert course.translations[0].texts["page.true"] == "True"


def test_pictures_without_a_file_of_their_own(folder: Path) -> None:
    shutil.copy(folder / "media" / "map.png", folder / "media" / "plan.png")
    (folder / "media" / "pl").mkdir()
    shutil.copy(folder / "media" / "map.png", folder / "media" / "pl" / "map.png")
    write_po(folder, "pl", identity)
    sources, _ = load(folder)
    assert sources is not None
    assert pictures_without_own(sources, "pl") == ("media/plan.png",)
    assert pictures_without_own(sources, "cy") == ("media/map.png", "media/plan.png")
    _, problems = judge(folder)
    # A file of a language is used; one that replaces nothing is not.
    assert said(problems) == [
        "media/plan.png: warning media-unused No page uses this file, so it is "
        "not part of the package."
    ]


def test_faulty_translated_file_is_reported_at_its_path(folder: Path) -> None:
    (folder / "media" / "pl").mkdir()
    (folder / "media" / "pl" / "map.png").write_bytes(b"no picture")
    write_po(folder, "pl", {"The topic": "Temat"})
    _, problems = judging.judge(folder, TODAY)
    assert [(one.position.path, one.code) for one in problems if one.severity == "error"] == [
        ("media/pl/map.png", "media-kind")
    ]


@pytest.mark.parametrize("name", ["golden/course", "showcase"])
def test_an_identical_translation_gives_the_pages_of_the_source(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "course"
    if name == "showcase":
        in_one_language(folder)
    else:
        shutil.copytree(TESTS / name, folder)
    write_po(folder, "en-AU", identity)
    course, problems = judge(folder)
    found = {one.code for one in problems if one.position.path.startswith("translations/")}
    assert found <= {"approval-missing"}
    [translation] = course.translations
    assert translation.untranslated == frozenset()

    def pages(one: Course) -> dict[str, bytes]:
        alone = plan.plan(one)
        return {
            file.name: file.content
            for file in render.render(alone)
            if isinstance(file.content, bytes) and file.name.startswith("assets/page-")
        }

    source = pages(replace(course, translations=()))
    same = replace(translation, language=course.language, source_language="", draft=course.draft)
    assert source
    assert pages(same) == source


def kept(folder: Path) -> Callable[[], list[Course]]:
    """A function that reads the languages of a course again, with caches as in the preview."""
    files, parts = MemoryCache(), MemoryCache()

    def languages() -> list[Course]:
        sources, _ = load(folder, files)
        assert sources is not None
        course = validate(sources, TODAY, parts).course
        assert course is not None
        return list(course.translations)

    return languages


def test_page_change_rebuilds_one_page_for_each_language(folder: Path) -> None:
    write_po(folder, "pl", identity)
    write_po(folder, "cy", identity)
    languages = kept(folder)

    before = languages()
    again = languages()
    for one, other in zip(before, again, strict=True):
        assert all(page is same for page, same in zip(one.pages, other.pages, strict=True))
        assert all(
            asked is same for asked, same in zip(one.questions, other.questions, strict=True)
        )
    edit(folder / "pages" / "start.md", "What this is", "What it is")
    for one, other in zip(before, languages(), strict=True):
        changed = [
            page.id for page, now in zip(one.pages, other.pages, strict=True) if page is not now
        ]
        assert changed == ["start"]


def test_a_question_that_only_moved_is_not_read_again(folder: Path) -> None:
    write_po(folder, "pl", identity)
    languages = kept(folder)

    def asked() -> list[object]:
        return [question.prompt for question in languages()[0].questions]

    before = asked()
    text = (folder / "questions" / "all.yaml").read_text("utf-8")
    (folder / "questions" / "all.yaml").write_text(f"# A comment\n{text}", "utf-8")
    assert all(one is now for one, now in zip(before, asked(), strict=True))


def test_translations_follow_renamed_pages_and_questions(folder: Path) -> None:
    write_po(folder, "cy", identity)
    edit(folder / "pages" / "topic.md", "id: topic\n", "id: subject\nwas: topic\n")
    questions = folder / "questions" / "all.yaml"
    edit(questions, "- id: any-child\n", "- id: a-child\n  was: [any-child]\n")
    text = questions.read_text("utf-8").replace("source: topic", "source: subject")
    questions.write_text(text, "utf-8")
    edit(folder / "pages" / "topic.md", "check any-child", "check a-child")
    edit(folder / "pages" / "quiz.md", "- any-child", "- a-child")
    course, problems = judge(folder)
    assert said(problems) == []
    assert course.translations[0].untranslated == frozenset()


@pytest.mark.parametrize("written", ["[zasady]", "[zasady][]", "zasady"])
def test_translated_link_label_is_reported(folder: Path, written: str) -> None:
    with (folder / "pages" / "topic.md").open("a", encoding="utf-8") as page:
        page.write("\nRead [the rules].\n\n[the rules]: https://www.example.org/help\n")

    def texts(link: str) -> dict[str, str]:
        return {"Read [the rules].": f"Przeczytaj {link}."}

    def lost() -> list[str]:
        found, problems = judging.judge(folder, TODAY)
        assert found is not None
        return [str(one) for one in problems if one.code == "translation-different"]

    write_po(folder, "pl", texts("[zasady][the rules]"))
    assert lost() == []
    path = write_po(folder, "pl", texts(written))
    lines = path.read_text("utf-8").splitlines()
    line = next(n for n, text in enumerate(lines, 1) if "Przeczytaj" in text)
    assert lost() == [
        f"translations/pl.po:{line}:1: error translation-different The translation lacks the link "
        "with the label “the rules”."
    ]
