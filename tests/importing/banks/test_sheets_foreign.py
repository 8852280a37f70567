"""Sheets with the columns of other programs: all options in one cell, fractions, columns that a
course does not have; and what is said of each."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from openpyxl import Workbook

from builder import importing
from builder.cli.report import imported as report
from builder.exporting.spreadsheet import columns
from builder.importing import formats
from builder.importing.banks.sheets import table
from builder.importing.banks.sheets.spreading import spread
from builder.importing.banks.sheets.table import Cell, Row, Sheet
from builder.importing.document.form import Mark, Question, Text, words_of
from tests.importing.source import TODAY


def asked(path: Path) -> list[Question]:
    form = formats.format_of(path)
    assert form is not None
    document, _ = form.read(path)
    assert document is not None
    return [block for block in document.blocks if isinstance(block, Question)]


def sheet(folder: Path, *lines: str) -> Path:
    path = folder / "bank.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def shown(question: Question) -> str:
    """The options of a question, with a star before each right one."""
    return " ".join(f"{'*' * one.right}{words_of(one.inlines)}" for one in question.options)


def said(path: Path, **columns: str) -> str:
    request = importing.Request(path, path.parent / "made", None, TODAY, columns=columns)
    made, problems = importing.run(request)
    assert made is not None
    return click.unstyle(report.text(made, problems))


@pytest.mark.parametrize("heading", ["Options", "Choices", "Answer options", "Answers"])
def test_options_in_one_cell_are_read(heading: str, tmp_path: Path) -> None:
    rows = ("2 + 1?,1;3;4;0,3", "Which?,Red;Blue,blue", "Who?,A) Ann; B) Bob; C) Cy,C")
    (first, second, third) = asked(sheet(tmp_path, f"Question,{heading},Correct answer", *rows))
    assert [shown(one) for one in (first, second, third)] == [
        "1 *3 4 0",
        "Red *Blue",
        "Ann Bob *Cy",
    ]
    assert not any(one.doubts for one in (first, second, third))


@pytest.mark.parametrize(
    ("cell", "options"),
    [
        ('"Red|Blue, dark|Green"', ["Red", "Blue, dark", "Green"]),
        ('"Red, light; Blue, dark;"', ["Red, light", "Blue, dark"]),
        ('"Red, Blue"', ["Red", "Blue"]),
        ('"Red\nBlue; dark"', ["Red", "Blue; dark"]),
        ("\"['Red', 'Blue, dark']\"", ["Red", "Blue, dark"]),
        ('"[""Red"", ""Blue""]"', ["Red", "Blue"]),
        ('"1. Red\n2. Blue"', ["Red", "Blue"]),
        ('"1. Red;3. Blue"', ["1. Red", "3. Blue"]),
    ],
)
def test_one_cell_is_split_where_its_options_end(
    cell: str, options: list[str], tmp_path: Path
) -> None:
    (only,) = asked(sheet(tmp_path, "Question,Options,Right answer", f"Which?,{cell},A"))
    assert [words_of(one.inlines) for one in only.options] == options
    assert [one.right for one in only.options] == [True, *(False for _ in options[1:])]


def test_numbers_of_options_in_one_cell_are_never_guessed(tmp_path: Path) -> None:
    rows = ("Which?,10;20;30,2", "How many?,1;2;4,2", "What?,Red;Blue,1")
    first, second, third = asked(sheet(tmp_path, "Question,Options,Answer", *rows))
    assert (shown(first), shown(third)) == ("10 *20 30", "*Red Blue")
    assert (shown(second), second.doubts) == ("1 *2 4", ())
    zero = asked(sheet(tmp_path, "Question,Options,Answer", "Which?,10;20,1", "What?,Red;Blue,0"))
    assert [bool(one.doubts) for one in zero] == [True, True]
    # A number that is the words of one option and the number of another.
    unclear = ("Which?,10;20;30,2", "How many?,4;1;2,2")
    second = asked(sheet(tmp_path, "Question,Options,Answer", *unclear))[1]
    assert (shown(second), len(second.doubts)) == ("4 1 2", 1)


def test_options_in_one_cell_keep_their_formatting() -> None:
    bold = frozenset[Mark]({"strong"})
    looks = (Text("Stop "), Text("always; ", bold), Text("Go", bold))
    cells = {1: Cell("Which?"), 2: Cell("Stop always; Go", looks)}
    rows = (Row(1, {1: Cell("Question"), 2: Cell("Options")}), Row(2, cells))
    heads = table.heads(rows)
    assert heads is not None
    found, heads = spread(Sheet("Fire", rows), heads)
    first, second = (cell for _, cell in table.options(heads, found.rows[1], columns.OPTION))
    assert (first.text, first.looks) == ("Stop always", (Text("Stop "), Text("always", bold)))
    assert (second.text, second.looks) == ("Go", (Text("Go", bold),))


def test_doubt_about_one_cell_names_the_cell_in_the_file(tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(("Type", "Question", "Options"))
    page.append(("matching", "Which?", "Red -> Stop; Green"))
    book.save(tmp_path / "bank.xlsx")
    assert "Sheet!C2: “Green” in Option B is not a pair" in said(tmp_path / "bank.xlsx")


def test_answer_without_options_is_read_after_writing(tmp_path: Path) -> None:
    rows = (
        '"Name three fabrics.","• silk\n• wool",',
        '"Why is it warm?",,"It holds air."',
        '"Which one?","B, C",',
    )
    path = sheet(tmp_path, "Question,Model answer,Explanation", *rows)
    first, second = asked(path)
    assert [(one.kind, words_of(one.feedback["explanation"])) for one in (first, second)] == [
        ("reflection", "• silk\n• wool"),
        ("reflection", "It holds air."),
    ]
    assert all("make the question a fill-in" in one.doubts[-1] for one in (first, second))


def test_model_answer_of_essay_is_its_explanation(tmp_path: Path) -> None:
    (question,) = asked(
        sheet(tmp_path, "Type,Question,Answer,Explanation", "essay,Why?,It is warm.,Wool is.")
    )
    assert words_of(question.feedback["explanation"]) == "It is warm.\nWool is."
    assert question.doubts == ()


def test_fractions_say_which_answers_are_right(tmp_path: Path) -> None:
    heads = "questiontext,answer1,fraction1,answer2,answer2fraction,answer3,fraction3,feedback1"
    rows = ("Capital?,Rome,100,Milan,0,Turin,0,Yes", "Two?,a,50,b,50,c,-100,", "One?,a,0,b,1,,,")
    first, second, third = asked(sheet(tmp_path, heads, *rows))
    assert [shown(one) for one in (first, second, third)] == [
        "*Rome Milan Turin",
        "*a *b c",
        "a *b",
    ]
    assert [one.several for one in (first, second, third)] == [False, True, False]
    assert not any(one.doubts for one in (first, second, third))


@pytest.mark.parametrize(
    "row",
    ["Which?,a;b,100,", "Which?,a;b,100;x,", "Which?,a;b;c,100;50;0,", "Which?,a;b,100;0,B"],
)
def test_fractions_that_leave_a_doubt_mark_no_answer(row: str, tmp_path: Path) -> None:
    (only,) = asked(sheet(tmp_path, "Question,Options,Fraction,Right answer", row))
    assert only.doubts
    assert not any(one.right for one in only.options)


def test_column_that_is_left_out_is_not_called_right(tmp_path: Path) -> None:
    rows = ("Stay?,true,See the book of fire please,1", "Go?,false,Ask Ann about all of it,2")
    path = sheet(tmp_path, "Question,Right answer,Notes = $x,Level", *rows)
    text = said(path)
    assert "12 are listed" not in text
    assert "14 are listed below" in text
    assert "8 only state what is right" in text
    assert "The column “Notes = $x” (2 cells, 12 words) is not imported" in text
    assert '--column "Notes x=Explanation"' in text
    assert "The column “Level” (2 cells, 2 words) is not imported" in text
    assert '--column "Level=COLUMN", with the name of a column of a sheet' in text


@pytest.mark.parametrize(
    ("heading", "cells", "column"),
    [
        ("Explanatoin", ("x", "y"), "Explanation"),
        ("Distractors", ("a;b", "c;d"), "Options"),
        ("Remark", ("All of them burn well", "None of them burns"), "Explanation"),
    ],
)
def test_line_that_a_message_gives_imports_the_column(
    heading: str, cells: tuple[str, str], column: str, tmp_path: Path
) -> None:
    rows = (f"Which?,a,{cells[0]}", f"What?,c,{cells[1]}")
    path = sheet(tmp_path, f"Question,Right answer,{heading}", *rows)
    text = said(path)
    assert f'--column "{heading}={column}"' in text
    again = tmp_path / "again"
    again.mkdir()
    text = said(path.rename(again / path.name), **{heading: column})
    assert f"The column “{heading}”" not in text


def test_second_column_of_a_name_is_to_be_renamed(tmp_path: Path) -> None:
    text = said(sheet(tmp_path, "Question,Right answer,Hint,Hint", "Stay?,true,Go,Look"))
    assert "there is another column “Hint” before it" in text
    assert "Write the name of another column above it" in text
    assert '--column "Hint' not in text
