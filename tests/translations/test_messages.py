"""The messages of a course: which texts are translated, under which id, and where they are."""

from pathlib import Path

import pytest

from builder.course.load import load
from builder.course.sources import Sources
from builder.course.translations import Message, messages
from tests.support.translations import write_po

GOOD = Path(__file__).parent.parent / "golden" / "course"
SHOWCASE = Path(__file__).parent.parent / "showcase"


def read(folder: Path) -> Sources:
    sources, found = load(folder)
    assert sources is not None
    assert found == ()
    return sources


def course(folder: Path, **files: str) -> Sources:
    """A course of one page: ``page`` is its body, ``course`` more lines of ``course.yaml``,
    ``questions`` a list of questions, ``captions`` a file of captions."""
    for name in ("pages", "questions", "media"):
        (folder / name).mkdir()
    listed = "id: c\ntitle: T\nversion: 1.0.0\npages: [one.md]\n"
    (folder / "course.yaml").write_text(listed + files.get("course", ""), "utf-8")
    (folder / "pages" / "one.md").write_text(
        f"---\ntitle: One\n---\n{files.get('page', '')}", "utf-8"
    )
    (folder / "questions" / "q.yaml").write_text(files.get("questions", ""), "utf-8")
    (folder / "media" / "film.vtt").write_text(files.get("captions", "WEBVTT\n"), "utf-8")
    return read(folder)


def of(sources: Sources, start: str) -> list[tuple[str, str, str]]:
    """The part, kind and text of the messages whose part starts with ``start``."""
    found = messages(sources)
    return [(one.part, one.kind, one.text) for one in found if one.part.startswith(start)]


def test_the_messages_of_the_good_course() -> None:
    shown = [f"{one.position} {one.part} {one.kind}: {one.text}" for one in messages(read(GOOD))]
    assert shown[:9] == [
        "course.yaml:2:8 course/title course title: A good course",
        "course.yaml:5:14 course/description description: Nothing is wrong with it.",
        "course.yaml:7:8 course/owner owner: The course team",
        "course.yaml:8:9 course/rights rights: Free to use.",
        "course.yaml:28:12 value/board.name/label label: the safeguarding board",
        "course.yaml:29:12 value/board.name value: Anytown Board",
        "course.yaml:14:13 module/learn module title: Learn",
        "pages/start.md:2:8 page/start/title page title: Start here",
        "pages/start.md:4:1 page/start heading: What this is",
    ]
    assert shown[9].startswith("pages/start.md:6:1 page/start paragraph: Read [the topic](topic.md")


def test_the_blocks_of_a_page(tmp_path: Path) -> None:
    body = (
        "A text\non two lines.\n\n## A heading {#own}\n\n- An item\n\n  Its second paragraph\n\n"
        "| Plant | |\n| --- | --- |\n| Fern | {{ who }} |\n\n::: glossary Words\n"
        "Term\n: Meaning\n:::\n\n> Quoted[^n]\n\n[^n]: The note\n\n```\ncode\n```\n\n* * *\n"
    )
    assert of(course(tmp_path, page=body), "page/one") == [
        ("page/one/title", "page title", "One"),
        ("page/one", "paragraph", "A text on two lines."),
        ("page/one", "heading", "A heading"),
        ("page/one", "item", "An item"),
        ("page/one", "item", "Its second paragraph"),
        ("page/one", "column", "Plant"),
        ("page/one", "cell", "Fern"),
        ("page/one", "title", "Words"),
        ("page/one", "term", "Term"),
        ("page/one", "meaning", "Meaning"),
        ("page/one", "paragraph", "Quoted[^n]"),
        ("page/one", "paragraph", "The note"),
    ]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("one\ntwo", "one two"),
        ("one \ntwo", "one two"),
        ("one  \ntwo", "one  \ntwo"),
        ("one    \n  two", "one  \ntwo"),
        ("one\\\ntwo", "one\\\ntwo"),
        ("one\\\\\ntwo", "one\\\\ two"),
    ],
)
def test_only_line_breaks_that_readers_see_stay(written: str, text: str, tmp_path: Path) -> None:
    assert of(course(tmp_path, page=written), "page/one")[1:] == [("page/one", "paragraph", text)]


@pytest.mark.parametrize(
    "nothing",
    [
        "{{ who }}",
        "`scorm --help`",
        "https://www.example.org/a",
        '![](media/map.png "decorative")',
        "…",
    ],
)
def test_a_text_without_words_is_not_a_message(nothing: str, tmp_path: Path) -> None:
    assert of(course(tmp_path, page=f"{nothing}\n"), "page/one")[1:] == []


def test_equal_texts_share_a_message_only_within_one_part(tmp_path: Path) -> None:
    question = """
- id: {id}
  type: choice
  prompt: Which?
  options:
    - {{id: a, text: "Yes", correct: yes, feedback: "Yes"}}
    - {{id: b, text: "No"}}
"""
    both = question.format(id="first") + question.format(id="second")
    sources = course(tmp_path, page="Yes\n\nYes\n", questions=both)
    yes = [one for one in messages(sources) if one.text == "Yes"]
    assert [(one.part, one.note, one.position.line) for one in yes] == [
        ("page/one", "", 4),
        ("question/first/a", "a right answer", 6),
        ("question/first/a/feedback", "", 6),
        ("question/second/a", "a right answer", 13),
        ("question/second/a/feedback", "", 13),
    ]


def test_part_is_named_by_ids_and_never_by_position(tmp_path: Path) -> None:
    sources = read(SHOWCASE)
    for message in messages(sources):
        assert not any(step.isdigit() and len(step) > 1 for step in message.part.split("/"))


def test_accepted_answers_are_one_multiline_message(tmp_path: Path) -> None:
    question = (
        "- id: fill\n  type: fill-in\n  prompt: The ___.\n  answers:\n    - saucer\n    - plate\n"
    )
    sources = course(tmp_path, questions=question)
    found = next(one for one in messages(sources) if one.kind == "answers")
    assert (found.part, found.text, found.limit) == (
        "question/fill/answers",
        "saucer\nplate",
        255,
    )


def test_question_material_has_one_message_per_block(tmp_path: Path) -> None:
    question = (
        "- id: seen\n  type: reflection\n  prompt: What?\n  material: |\n"
        "    Look at\n    this.\n\n    - An item\n"
    )
    sources = course(tmp_path, questions=question)
    found = [one for one in messages(sources) if one.part == "question/seen/material"]
    assert [(one.text, one.kind, one.position.line) for one in found] == [
        ("Look at this.", "paragraph", 5),
        ("An item", "item", 8),
    ]


def test_captions_are_messages_in_the_language_of_the_course(tmp_path: Path) -> None:
    cues = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Jo>Hello,\nall.\n"
    sources = course(tmp_path, captions=cues)
    (tmp_path / "media" / "film.cy.vtt").write_text(cues.replace("Hello", "Helo"), "utf-8")
    sources = read(tmp_path)
    found = [one for one in messages(sources) if one.kind == "caption"]
    assert [(one.part, one.text, one.position.line) for one in found] == [
        ("media/film.vtt", "<v Jo>Hello,\nall.", 4)
    ]


def test_captions_of_a_translation_are_not_messages(tmp_path: Path) -> None:
    cues = "WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n"
    course(tmp_path, captions=cues)
    (tmp_path / "media" / "cy").mkdir()
    (tmp_path / "media" / "cy" / "film.vtt").write_text(cues.replace("Hello", "Helo"), "utf-8")
    write_po(tmp_path, "cy", {})
    found = [one.part for one in messages(read(tmp_path)) if one.kind == "caption"]
    assert found == ["media/film.vtt"]


def test_every_kind_of_text_is_in_the_showcase() -> None:
    found = messages(read(SHOWCASE))
    assert len(found) == len({(one.part, one.text) for one in found})
    assert {one.kind for one in found} >= {
        "option",
        "option feedback",
        "answers",
        "caption",
        "unit",
    }
    assert isinstance(found[0], Message)
