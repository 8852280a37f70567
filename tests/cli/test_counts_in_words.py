"""Reports use the singular for one thing."""

from dataclasses import replace
from pathlib import Path

import pytest
from click import unstyle

from builder import updating
from builder.base.printing import format_count
from builder.cli import new, report
from builder.cli.report import approving, imported, saved
from builder.course import interface, markdown
from builder.course.approvals import ApprovalStatus, Part
from builder.course.starter import Created
from builder.course.state import CheckState, State, encode
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Position
from builder.importing.document.form import Document, Paragraph, Text
from builder.package.artifacts import Result, Summary
from tests.importing import documents as doc
from tests.importing import source
from tests.support.courses import course, page, question
from tests.updating.outlines import outline

MADE = Summary(
    path=Path("dist/a-1.0.zip"),
    title="First aid",
    version="1.0",
    language="en-GB",
    interface=interface.spoken("en-GB"),
    draft=False,
    pages=1,
    questions=1,
    minutes=1,
    size=61_500,
    worst_state=1936,
    digest="0123456789abcdef" * 4,
    key=Path("dist/a-1.0-key.csv"),
)


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 pages"), (1, "1 page"), (2, "2 pages"), (1200, "1,200 pages")]
)
def test_one_of_something_is_no_plural(number: int, words: str) -> None:
    assert format_count(number, "page") == words


def test_a_plural_of_its_own() -> None:
    assert format_count(1, "point is", "points are") == "1 point is"
    assert format_count(3, "point is", "points are") == "3 points are"


@pytest.mark.parametrize(
    ("minutes", "words"), [(1, "1, about 1 minute"), (2, "1, about 2 minutes")]
)
def test_a_course_of_a_minute(minutes: int, words: str) -> None:
    output = unstyle(report.text(Result((), replace(MADE, minutes=minutes)), Path("course")))
    assert f"\n  Pages     {words}\n" in output


@pytest.mark.parametrize(
    ("pages", "points", "words"),
    [
        (1, 1, "1 page, which builds as it is; 1 point is open."),
        (3, 0, "3 pages, which build as they are; 0 points are open."),
    ],
)
def test_a_new_course_of_a_page(pages: int, points: int, words: str) -> None:
    begun = Created(Path("first"), "First", pages, points, interface.spoken("en-GB"), True)
    assert unstyle(new.created_text(begun)).split("\n")[1] == f"  {words}"


@pytest.mark.parametrize(
    ("required", "words"),
    [
        ([True], "1 part: 1 open; it keeps the course a draft."),
        ([False], "1 part: 1 open; it does not keep the course a draft."),
        ([True, False], "2 parts: 2 open; 1 of them keeps the course a draft."),
    ],
)
def test_a_course_of_one_part_to_approve(required: list[bool], words: str) -> None:
    standings = [
        ApprovalStatus(Part("course", "page", "Course", "Words."), one, None) for one in required
    ]
    assert approving.overview(standings).split("\n")[-2] == words


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("a", "The trainee's own text, about 1 character: "),
        ("as", "The trainee's own text, about 2 characters: "),
    ],
)
def test_a_saved_answer_of_one_character(answer: str, words: str) -> None:
    asked = replace(question("asked"), type="fill-in", answer={"accepted": ["calm"]})
    made = outline(course(page("first", checks=(asked,))))
    state = State("AAAAAAAA", 1, "incomplete", "", checks={asked.key: CheckState(1, False, answer)})
    assert words in saved.text(updating.explain(made, encode(state), show_text=False))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Welcome", "  1 of 1 word imported."),
        ("Come in", "  2 of 2 words imported: no word is missing."),
    ],
)
def test_a_document_of_one_word(text: str, words: str, tmp_path: Path) -> None:
    made = source.into(tmp_path / "handbook", Document((Paragraph((Text(text),), doc.PLACE),)))
    assert unstyle(imported.text(made, ())).split("\n")[1] == words


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("| a |\n|---|\n| 1 | 2 |", "the table has 1 column: the last"),
        ("| a | b |\n|---|---|\n| 1 | 2 | 3 |", "the table has 2 columns: the last"),
    ],
)
def test_a_table_of_one_column(table: str, words: str) -> None:
    [prose] = markdown.parse(table).blocks
    [fault] = prose.faults
    assert words in problem(fault.code, Position("pages/a.md"), **fault.words).message
