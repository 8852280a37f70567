"""``new --sheet``: the sheet of questions, and importing it unchanged."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from builder import cli
from builder.course.questions import TYPES
from builder.exporting.spreadsheet import (
    SHEET_TYPES,
    columns,
    csv_of,
    example_headings,
    head_of,
    row,
    workbook,
)
from builder.exporting.spreadsheet.types import SheetType
from builder.importing.banks.sheets import questions
from builder.importing.document.form import Question

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cli, "_today", lambda: date(2026, 11, 26))
    return lambda *arguments: CliRunner().invoke(cli.main, arguments, catch_exceptions=False)


@pytest.mark.whole
@pytest.mark.parametrize("name", ["questions.xlsx", "questions.csv"])
def test_it_becomes_a_course_at_once(run: Run, name: str) -> None:
    made = run("new", "--sheet", name)
    assert (made.exit_code, made.stderr) == (0, "")
    assert f"    scorm-builder import {name}    makes a course from it\n" in made.stdout
    imported = run("import", name)
    assert (imported.exit_code, imported.stderr) == (0, "")
    assert ": no word is missing.\n" in imported.stdout
    assert "bank-line" not in imported.stdout
    questions = Path("questions/questions/questions.yaml").read_text("utf-8")
    assert [questions.count(f"\n  type: {kind}\n") for kind in TYPES] == [1, 2, *[1] * 7]
    assert run("build", "questions").exit_code == 0


@pytest.mark.whole
def test_sheet_with_thirty_questions_per_type_fits_progress(run: Run) -> None:
    run("new", "--sheet", "few.csv")
    with Path("few.csv").open(encoding="utf-8-sig", newline="") as sheet:
        head, *rows = csv.reader(sheet)
    with Path("many.csv").open("w", encoding="utf-8", newline="") as sheet:
        # Ids are made of the words.
        writer = csv.DictWriter(
            sheet, [name for name in head if name != "ID"], extrasaction="ignore"
        )
        writer.writeheader()
        for number in range(30):
            for row in rows:
                filled = dict(zip(head, row, strict=True))
                writer.writerow(filled | {"Question": f"{filled['Question']} ({number})"})
    done = run("import", "many.csv")
    assert done.exit_code == 0
    assert re.search(r"^  questions +300 +300$", done.stdout, re.MULTILINE)


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_new_sheet_is_reproducible_and_overwrites_nothing(run: Run, name: str) -> None:
    run("new", "--sheet", name)
    run("new", "--sheet", f"other/{name}")
    assert Path(name).read_bytes() == Path("other", name).read_bytes()
    before = Path(name).read_bytes()
    again = run("new", "--sheet", name)
    assert (again.exit_code, Path(name).read_bytes()) == (2, before)
    assert f"“{name}” already exists: choose another name." in again.stderr


WRONG = {
    ("new", "--sheet", "a.docx"): "“a.docx” must end with .xlsx or .csv.",
    (
        "new",
        "--sheet",
        "a.csv",
        "course",
    ): "“--sheet” makes a sheet, not a course: leave out the other",
    ("new", "--sheet", "a.csv", "--title", "x"): "“--sheet” makes a sheet, not a course",
    ("new",): "Missing argument 'FOLDER'.",
}


@pytest.mark.parametrize(("arguments", "message"), WRONG.items())
def test_an_impossible_sheet_is_explained(
    run: Run, arguments: tuple[str, ...], message: str
) -> None:
    made = run(*arguments)
    assert (made.exit_code, list(Path().iterdir())) == (2, [])
    assert message in made.stderr


def test_excel_finds_text_lists_and_heads_that_stay(run: Run) -> None:
    run("new", "--sheet", "a.xlsx")
    book = openpyxl.load_workbook("a.xlsx")
    sheet, notes = book.worksheets
    assert (book.sheetnames, sheet.freeze_panes) == (["Questions", "How to fill in"], "A2")
    assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$1:$1", "landscape")
    heads = [cell.value for cell in sheet[1]]
    assert heads == list(example_headings())
    # Whatever is typed below stays text.
    assert {sheet.column_dimensions[cell.column_letter].number_format for cell in sheet[1]} == {"@"}
    assert {cell.number_format for row in sheet for cell in row} == {"@"}
    lists = {
        str(one.sqref): one.formula1
        for one in sheet.data_validations.dataValidation
        if one.type == "list"
    }
    assert lists == {
        "C2:C5000": f'"{",".join(kind.word for kind in SHEET_TYPES)}"',
        "E2:E5000": '"A,B,C,D,E,F,true,false"',
        "U2:U5000": '"yes,no"',
    }
    output = [cell.value for row in notes for cell in row if cell.value]
    assert [kind.word for kind in SHEET_TYPES if kind.word not in output] == []


def test_every_sheet_column_has_a_short_explanation(run: Run) -> None:
    """Excel opens no file with a longer explanation, or list."""
    run("new", "--sheet", "a.xlsx")
    sheet = openpyxl.load_workbook("a.xlsx").worksheets[0]
    output = {
        str(one.sqref): one.prompt for one in sheet.data_validations.dataValidation if one.prompt
    }
    assert set(output) == {f"{workbook.letters_of(at)}1" for at in range(1, sheet.max_column + 1)}
    assert max(map(len, output.values())) <= 255
    assert all(words.endswith((".", "”.")) for words in output.values())


def test_each_column_and_type_is_known_by_its_own_name() -> None:
    for column in (*columns.BEFORE, *columns.ONLY_READ, *columns.BEHIND):
        assert head_of(column.head) == columns.Head(column)
    for place in range(36):
        assert head_of(columns.option_head(place)) == columns.Head(columns.OPTION, place)
        assert head_of(columns.feedback_head(place)) == columns.Head(columns.FEEDBACK, place)
    every = (*columns.BEFORE, *columns.ONLY_READ, *columns.BEHIND)
    names = [name for one in every for name in one.also.split()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("kind", SHEET_TYPES, ids=lambda kind: kind.word)
def test_the_example_of_each_type_is_read_as_that_type(kind: SheetType, tmp_path: Path) -> None:
    """Each type of a course has a row in the table of sheets, and a reader of its cells."""
    assert kind.example is not None
    path = tmp_path / "one.csv"
    path.write_bytes(csv_of([row(kind.example)]))
    document, problems = questions.read_text(path)
    assert document is not None
    [asked] = [block for block in document.blocks if isinstance(block, Question)]
    assert (asked.kind, asked.several, asked.doubts, problems) == (
        kind.type,
        bool(kind.several),
        (),
        (),
    )


def test_sheet_table_has_a_row_for_every_question_type() -> None:
    assert {kind.type for kind in SHEET_TYPES} == set(TYPES)


KNOWN = {
    "CORRECT_ANSWER(S)": (columns.RIGHT, 0),
    "Question - max 120 characters": (columns.QUESTION, 0),
    "Answer 1 - max 75 characters": (columns.OPTION, 0),
    "b": (columns.OPTION, 1),
    "Feedback for option C": (columns.FEEDBACK, 2),
    "option_d_feedback": (columns.FEEDBACK, 3),
    "Answer": (columns.RIGHT, 0),
    "Topic": (columns.CATEGORY, 0),
    "Rationale:": (columns.EXPLANATION, 0),
    "Option S": (columns.OPTION, 18),
    "Options": (columns.OPTIONS, 0),
    "Answer options": (columns.OPTIONS, 0),
    "fraction": (columns.FRACTIONS, 0),
    "answer2_fraction": (columns.FRACTION, 1),
}


@pytest.mark.parametrize(("head", "meant"), KNOWN.items())
def test_other_sheets_have_other_heads(head: str, meant: tuple[columns.Column, int]) -> None:
    found = head_of(head)
    assert found is not None
    assert (found.column, found.place) == meant


@pytest.mark.parametrize("head", ["", "Notes", "Steps", "Answer sheet", "Option 37", "Time limit"])
def test_a_head_that_is_none_is_none(head: str) -> None:
    assert head_of(head) is None
