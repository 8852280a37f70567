"""Sheets of questions as Excel and people write them, and what is said of each cell that is not
what it should be."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from builder import importing
from builder.exporting.spreadsheet import csv_of, example_headings, example_rows, workbook
from builder.importing import formats, making
from builder.importing.document.form import Break, Document, Paragraph, Question, Text
from builder.importing.writing import write
from tests.importing.banks import second_readers
from tests.importing.banks.told import told
from tests.importing.source import TODAY

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "banks"
HEADS = ("Type", "Question", "Right answer", "A", "B", "C")


def book(folder: Path, *rows: tuple[Any, ...], change: Callable[[Any], None] | None = None) -> Path:
    """A workbook with these rows below the heads."""
    made = Workbook()
    sheet = made.active
    sheet.title = "Fire"
    for row in (HEADS, *rows):
        sheet.append(row)
    if change:
        change(made)
    path = folder / "bank.xlsx"
    made.save(path)
    return path


def shown(path: Path) -> list[str]:
    """What was read, without how much there is."""
    return told(path).split("\n--\n", 1)[1].rstrip("\n").split("\n")


def read(path: Path) -> Document:
    form = formats.format_of(path)
    assert form is not None
    document, problems = form.read(path)
    assert document is not None, problems
    return document


def test_what_excel_makes_of_what_is_typed(tmp_path: Path) -> None:
    def change(made: Workbook) -> None:
        sheet = made["Fire"]
        sheet["D2"].number_format = "000"
        sheet["E2"].number_format = "0%"
        sheet["F2"].number_format = "0.00"

    path = book(
        tmp_path,
        ("choice", "Which?", "A", 7, 0.5, 3.5),
        ("true-false", "Is it so?", True),
        ("numeric", "How much?", 0.1 + 0.2),
        ("numeric", "How many?", 12.0),
        ("fill-in", "What?", "glass\r\nthe_x000D_ glass"),
        change=change,
    )
    assert shown(path) == [
        "[choice at 2]",
        "    Which?",
        "  *  007",
        "  -  50%",
        "  -  3.50",
        "[true-false at 3]",
        "    Is it so?",
        "  = true",
        "[numeric at 4]",
        "    How much?",
        "  = 0.3",
        "[numeric at 5]",
        "    How many?",
        "  = 12",
        "[fill-in at 6]",
        "    What?",
        "  = glass",
        "  = the",
        "  = glass",
    ]


def test_a_date_that_excel_made_is_shown_and_undecided(tmp_path: Path) -> None:
    path = book(tmp_path, ("choice", "Which?", "A", date(2026, 1, 2), "3-4"))
    doubt = "Fire!D2 holds the date 2026-01-02, which Excel may have made of other words, such as"
    assert shown(path) == [
        "[choice at 2]",
        "    Which?",
        "  -  the date 2026-01-02",
        "  -  3-4",
        f"  ? {doubt} 1-2.",
        "--",
        f"bank.xlsx:2:4: warning bank-line {doubt} 1-2.",
    ]


def said(path: Path) -> list[str]:
    """What is said of cells, and what to do."""
    form = formats.format_of(path)
    assert form is not None
    _, problems = form.read(path)
    return [f"{one.message} {one.hint.partition(';')[0]}." for one in problems]


MEANT = "Write it into the sheet as it is meant, and import that again."


def test_pair_without_arrow_is_reported_in_its_cell(tmp_path: Path) -> None:
    path = book(tmp_path, ("matching", "What is what?", "", "Green -> Way out", "Red = fire"))
    way = "put “->” between its two sides, as in “Green -> Way out”."
    assert said(path) == [f"Fire!E2: “Red = fire” in Option B is not a pair: {way} {MEANT}"]
    # What stands on the page in its words has no dash for what is not there.
    words = [line.strip(" •") for line in shown(path)]
    assert {"Green – Way out", "Red = fire"} <= {*words}


def test_a_row_that_asks_nothing_is_undecided(tmp_path: Path) -> None:
    path = book(tmp_path, ("choice", "", "A", "Green", "Red"), ("choice", "Which?", "A", "x", "y"))
    assert said(path) == [f"Fire!B2: This row has answers, and asks nothing. {MEANT}"]
    assert [line for line in shown(path) if line.startswith("  ?")] == [
        "  ? This row has answers, and asks nothing."
    ]


def test_option_text_may_be_an_unused_letter(tmp_path: Path) -> None:
    path = book(tmp_path, ("choice", "Which axis?", "y", "x", "y"))
    assert shown(path)[1:4] == ["    Which axis?", "  -  x", "  *  y"]
    assert said(path) == []


def test_mistyped_question_type_gets_a_suggestion(tmp_path: Path) -> None:
    path = book(
        tmp_path,
        ("single anwser", "Which?", "A", "Green", "Red"),
        ("hot spot", "Where?", "A", "Green", "Red"),
    )
    no = "This cannot be asked: a course has no questions of the type"
    assert said(path) == [
        f"Fire!A2: {no} “single anwser”. If it is “single answer”, write that.",
        f"Fire!A3: {no} “hot spot”. Choose a type of the list.",
    ]


def test_categories_differing_only_in_capitals_are_reported_once(tmp_path: Path) -> None:
    path = tmp_path / "bank.csv"
    rows = ("Fire safety,Q1,true", "fire  safety,Q2,true", "fire safety,Q3,true", "Other,Q4,true")
    path.write_text("\n".join(("Category,Question,Right answer", *rows)))
    assert said(path) == [
        "“fire safety” is another category than “Fire safety”, which is written with other "
        "capitals. If both are meant to be one, write them alike."
    ]


def test_a_date_that_excel_has_saved_as_text_is_undecided(tmp_path: Path) -> None:
    path = tmp_path / "bank.csv"
    path.write_text("Question,Right answer,A,B\nWhich?,A,02-Jan,Jan-99\nWhich?,A,2-3,02-Jan-26\n")
    assert [line for line in shown(path) if line.startswith(("  ?", "  *"))] == [
        f"  ? “{date}” may be a date that Excel made of other words, such as 1-2."
        for date in ("02-Jan", "Jan-99", "02-Jan-26")
    ]


def test_numbers_of_options_that_may_count_from_zero_are_undecided(tmp_path: Path) -> None:
    path = tmp_path / "bank.csv"
    head = "question,option1,option2,option3,correct_answer\n"
    path.write_text(f"{head}What is soft?,silk,stone,iron,0\nWhat is hard?,silk,stone,wool,1\n")
    assert [line for line in shown(path) if line.startswith(("  ?", "  *"))] == [
        f"  ? “{number}” may count from 0 or from 1: the column also has 0. "
        "Write the letter or the words of the right option."
        for number in (0, 1)
    ]
    path.write_text(f"{head}How many?,0,1,2,0\nWhat is hard?,silk,stone,wool,2\n")
    assert [line for line in shown(path) if line.startswith(("  ?", "  *"))] == [
        "  *  0",
        "  *  stone",
    ]


def test_a_number_that_is_shown_with_more_is_undecided(tmp_path: Path) -> None:
    def change(made: Workbook) -> None:
        made["Fire"]["D2"].number_format = '#,##0.00 "€"'
        made["Fire"].column_dimensions["E"].hidden = True
        made["Fire"]["B2"].comment = Comment("Ask Jo", "Sam")

    path = book(tmp_path, ("choice", "Which?", "A", 3.5, "3"), change=change)
    doubt = 'Fire!D2 holds 3.5, but shows more than that (#,##0.00 "€").'
    assert shown(path) == [
        "[choice at 2]",
        "    Which?",
        "  -  3.5",
        "  -  3",
        f"  ? {doubt}",
        "--",
        "comment at 0: B2: Ask Jo (it is a note for authors, and not part of the course)",
        "--",
        "bank.xlsx:1:5: warning bank-line Fire!E1: This column is hidden in Excel, and is read.",
        f"bank.xlsx:2:4: warning bank-line {doubt}",
    ]


@pytest.mark.parametrize("cell", ["OK2", "ZZ2", "AAA2", "NNN2", "XFD2"])
def test_a_cell_too_far_to_the_right_is_reported(tmp_path: Path, cell: str) -> None:
    def change(made: Workbook) -> None:
        made["Fire"][cell] = "far away"

    path = book(tmp_path, ("choice", "Which?", "A", "a", "b"), change=change)
    assert "cells at 1:  (cells beyond column OJ are not read: 1)" in shown(path)


def test_errors_and_formulas_without_a_result_are_undecided(tmp_path: Path) -> None:
    def change(made: Workbook) -> None:
        made["Fire"]["E2"] = "=1+1"
        made["Fire"]["D3"].data_type = "e"

    path = book(
        tmp_path,
        ("choice", "Which?", "A", "This", "", "That"),
        ("choice", "Which else?", "B", "#REF!", "That"),
        change=change,
    )
    doubts = [line for line in shown(path) if line.startswith("  ?")]
    assert doubts == [
        "  ? Fire!E2 has a formula whose result is not saved: open the file in Excel, and save it "
        "again.",
        "  ? Fire!D3 shows an error of Excel: #REF!.",
    ]
    assert not any(line.startswith("  *") for line in shown(path))


def test_hidden_rows_and_sheets_are_imported_and_reported(tmp_path: Path) -> None:
    def change(made: Workbook) -> None:
        made["Fire"].row_dimensions[2].hidden = True
        other = made.create_sheet("Old")
        other.append(HEADS)
        other.append(("true-false", "Is it so?", "false"))
        other.sheet_state = "hidden"
        made.create_sheet("Words").append(("Some words of nobody",))

    path = book(tmp_path, ("true-false", "Green?", "true"), change=change)
    lines = shown(path)
    # With several sheets of questions, each is a category.
    assert lines[:10] == [
        "# Fire",
        "[true-false at 2, tags Fire]",
        "    Green?",
        "  = true",
        "  ? Row 2 of the sheet “Fire” is hidden in Excel: it may be one that nobody uses.",
        "# Old",
        "[true-false at 2, tags Old]",
        "    Is it so?",
        "  = false",
        "  ? The sheet “Old” is hidden in Excel: its questions may be ones that nobody uses.",
    ]
    assert lines[11] == (
        "sheet at 1: Some words of nobody (none of its rows names columns of questions)"
    )


def test_merged_cells_are_told(tmp_path: Path) -> None:
    path = book(
        tmp_path,
        ("true-false", "Green?", "true"),
        (None, "Red?", "false"),
        change=lambda made: made["Fire"].merge_cells("A2:A3"),
    )
    assert shown(path)[-1] == (
        "bank.xlsx:2:1: warning bank-line Fire!A2: This cell is merged with 1 below it: only its "
        "own row has its words."
    )


def test_looks_within_a_cell_are_kept(tmp_path: Path) -> None:
    with zipfile.ZipFile(GOLDEN / "sheet-libreoffice" / "bank.xlsx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    strings = parts["xl/sharedStrings.xml"]
    words = b'<t xml:space="preserve">A green sign shows the way out.</t>'
    runs = (
        b'<r><t xml:space="preserve">A </t></r><r><rPr><b/></rPr><t>green</t></r>'
        b'<r><t xml:space="preserve"> sign_x000D_\nis it_x005F_x0041_.</t></r>'
    )
    assert strings.count(words) == 1
    path = tmp_path / "bank.xlsx"
    path.write_bytes(packed(parts | {"xl/sharedStrings.xml": strings.replace(words, runs)}))
    assert "    A **green** sign\\is it_x0041_." in shown(path)


def test_sheet_counts_of_second_reader_match_import(tmp_path: Path) -> None:
    for name, content in (("bank.csv", csv_of(example_rows())), ("bank.xlsx", xlsx())):
        path = tmp_path / name
        path.write_bytes(content)
        form = formats.format_of(path)
        assert form is not None
        document = read(path)
        counts = second_readers.count(path)
        made = write(document, "bank", "auto", lambda _: "")
        assert (form.name, counts.kinds) == (
            name[5:].upper(),
            {
                **{"questions": 10, "choice": 2, "true or false": 1, "fill-in": 1, "number": 1},
                **{"matching": 1, "sequencing": 1, "likert": 1, "performance": 1, "reflection": 1},
                **{"options": 6, "questions with feedback": 8, "questions with tags": 10},
            },
        )
        assert {kind: made.kinds[kind] for kind in counts.kinds} == counts.kinds
        assert len(made.questions) == 10
        assert making.compare_words(counts, document, made).share == 1.0


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A workbook of these parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def xlsx() -> bytes:
    """The sheet to fill in."""
    return packed(workbook.parts(example_rows(), example_headings()))


@pytest.mark.parametrize("case", ["sheet", "sheet-libreoffice"])
def test_sheet_example_imports_without_errors(case: str, tmp_path: Path) -> None:
    (bank,) = (path for path in (GOLDEN / case).iterdir() if path.stem == "bank")
    made, _ = importing.run(importing.Request(bank, tmp_path / "made", None, TODAY))
    assert made is not None
    assert [str(one) for one in made.problems if one.severity == "error"] == []
    # What is undecided is never called right: it has its doubt beside it.
    assert made.words.share == 1.0


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_csv_separator_and_encoding_are_detected(sign: str, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "bank.csv"
    lines = [sign.join(HEADS), sign.join(("choice", "Café?", "b", "é", "ß", ""))]
    path.write_bytes("\r\n".join([*lines, "", ""]).encode(encoding))
    warned = encoding == "cp1252"
    assert shown(path)[: 4 if warned else None] == [
        "[choice at 2]",
        "    Café?",
        "  -  é",
        "  *  ß",
    ]


def test_tab_separated_text_is_read_as_sheet(tmp_path: Path) -> None:
    path = tmp_path / "bank.txt"
    path.write_text("Question\tRight answer\tA\tB\nWhich {x}?\tA\t{=this}\tANSWER: B\n", "utf-8")
    assert shown(path) == ["[choice at 2]", "    Which {x}?", "  *  {=this}", "  -  ANSWER: B"]


def test_markdown_is_read_only_in_marked_rows(tmp_path: Path) -> None:
    path = tmp_path / "bank.csv"
    path.write_text(
        "Question,Right answer,Type,Text format\n"
        "Is *this* <br> so?,true,true-false,markdown\nIs *this* so?,true,true-false,\n",
        "utf-8",
    )
    texts = [
        block.inlines
        for one in read(path).blocks
        if isinstance(one, Question)
        for block in one.prompt
        if isinstance(block, Paragraph)
    ]
    assert texts == [
        (Text("Is "), Text("this", frozenset({"emphasis"})), Text(""), Break(), Text("so?")),
        (Text("Is *this* so?"),),
    ]
