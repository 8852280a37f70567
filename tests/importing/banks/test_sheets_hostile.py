"""Workbooks that are none, that are damaged, or that are meant to harm: each is refused in words,
or read within bounds."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from builder.exporting.spreadsheet import example_headings, example_rows, workbook
from builder.importing import formats

PARTS = workbook.parts(example_rows(), example_headings())
SHEET = "xl/worksheets/sheet1.xml"
OTHER = Path(__file__).resolve().parents[2] / "golden/banks/sheet-libreoffice/bank.xlsx"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def packed(parts: Mapping[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", how) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def sheet(rows: str) -> bytes:
    """A workbook with this XML as the rows of its first sheet, below the heads of the real one."""
    content = PARTS[SHEET].decode()
    return packed(PARTS | {SHEET: content.replace("</sheetData>", f"{rows}</sheetData>").encode()})


def told(content: bytes, folder: Path, name: str = "bank.xlsx") -> tuple[int, list[str]]:
    """How many blocks were read, and what was said."""
    path = folder / name
    path.write_bytes(content)
    form = formats.format_of(path)
    assert form is not None
    document, problems = form.read(path)
    return len(document.blocks) if document else 0, [str(one) for one in problems]


OTHERS = {
    b"": "empty",
    b"Words that are no sheet\n": "no workbook",
    b"<html><table><tr><td>Question</td></tr></table></html>": (
        "a web page with the name of a workbook"
    ),
    b"<?xml version='1.0'?><Workbook/>": "XML with the name of a workbook",
    OLE + b"old": "a workbook of Excel before 2007 (.xls)",
    OLE + "EncryptedPackage".encode("utf-16-le"): "a workbook that is locked with a password",
    packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}): (
        "an OpenDocument file, and no workbook of Excel"
    ),
    packed({"xl/workbook.bin": b""}): "a binary workbook (.xlsb)",
    packed({"Index/Document.iwa": b""}): "a file of Numbers",
    packed({"word/document.xml": b""}): "a zip that holds no workbook",
}


@pytest.mark.parametrize(("content", "kind"), OTHERS.items(), ids=OTHERS.values())
def test_what_is_no_workbook_is_told(content: bytes, kind: str, tmp_path: Path) -> None:
    said = f"bank.xls: error bank-format This is {kind}. It cannot be read as a question bank."
    assert told(content, tmp_path, "bank.xls") == (0, [said])


DAMAGED = {
    "no zip": b"PK\x03\x04 and no more",
    "cut short": packed(PARTS)[:-200],
    "no such part": packed({name: part for name, part in PARTS.items() if name != SHEET}),
    "no XML": packed(PARTS | {SHEET: b"<worksheet><sheetData><row>"}),
    "entities": packed(
        PARTS | {SHEET: b'<!DOCTYPE w [<!ENTITY a "aaaa">]>' + PARTS[SHEET].split(b"?>", 1)[1]}
    ),
    "entities after a megabyte": packed(
        PARTS
        | {
            SHEET: b"<!--%b-->" % random.Random(3).randbytes(1_200_000).hex().encode()
            + b'<!DOCTYPE w [<!ENTITY a "aaaa">]>'
            + PARTS[SHEET].split(b"?>", 1)[1]
        }
    ),
    "utf-16": packed(PARTS | {SHEET: PARTS[SHEET].decode().encode("utf-16")}),
    "a number that is none": sheet('<row r="20"><c r="D20"><v>1x</v></c></row>'),
    "a text that is not there": sheet('<row r="20"><c r="D20" t="s"><v>99</v></c></row>'),
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_what_is_damaged_is_told(content: bytes, tmp_path: Path) -> None:
    blocks, (said,) = told(content, tmp_path)
    assert blocks == 0
    assert said.startswith(("bank.xlsx: error bank-damaged ", "bank.xlsx: error bank-format "))


@pytest.mark.parametrize("number", ["1048577", "99999999999999999999", "9" * 5000])
def test_row_number_beyond_the_maximum_is_refused_quickly(number: str, tmp_path: Path) -> None:
    blocks, problems = told(sheet(f'<row r="{number}"><c><v>1</v></c></row>'), tmp_path)
    assert blocks == 0
    assert len(problems) == 1
    assert "bank.xlsx: error bank-damaged" in problems[0]


@pytest.mark.parametrize("number", ["1e15", "1_000_000_000_000", "999999999999.0"])
def test_invalid_row_number_is_ignored_quickly(number: str, tmp_path: Path) -> None:
    blocks, _ = told(sheet(f'<row r="{number}"><c><v>1</v></c></row>'), tmp_path)
    assert blocks == told(sheet(""), tmp_path)[0]


def test_too_long_defined_name_is_refused(tmp_path: Path) -> None:
    name = '<definedName name="_xlnm.Print_Titles" localSheetId="0">S!$1:$1,S!{}</definedName>'
    names = f"<definedNames>{name.format('$A:$A,' * 20_000)}</definedNames></workbook>"
    book = PARTS["xl/workbook.xml"].decode().replace("</workbook>", names).encode()
    blocks, problems = told(packed(PARTS | {"xl/workbook.xml": book}), tmp_path)
    assert blocks == 0
    assert len(problems) == 1
    assert "a name in it stands for more than 8,192 characters" in problems[0]


def test_sheet_element_with_too_many_attributes_is_refused(tmp_path: Path) -> None:
    crowd = "".join(f' a{at}="x"' for at in range(200_000))
    book = PARTS["xl/workbook.xml"].decode().replace("<workbook", f"<workbook{crowd}", 1).encode()
    said = "an element of “xl/workbook.xml” has more than 1,000 attributes"
    assert told(packed(PARTS | {"xl/workbook.xml": book}), tmp_path) == (
        0,
        [f"bank.xlsx: error bank-too-large This question bank exceeds a limit: {said}."],
    )


LONG = "has more than 65,536 characters"
LIMIT = 1 << 16


def test_cell_longer_than_excel_allows_is_refused(tmp_path: Path) -> None:
    def filled(letters: int) -> bytes:
        words = f'<c r="D20" t="inlineStr"><is><t>{"a" * letters}</t></is></c>'
        return sheet(f'<row r="20">{words}</row>')

    assert told(filled(LIMIT), tmp_path)[0] == 13
    why = f"This question bank cannot be read: the cell Questions!D20 {LONG}."
    assert told(filled(LIMIT + 1), tmp_path) == (0, [f"bank.xlsx: error bank-damaged {why}"])


def test_unclosed_quotation_mark_is_reported_at_its_line(tmp_path: Path) -> None:
    heads = b"Question,Right answer,Option A,Option B\nWhich?,A,Yes,No\n"
    row = b"What is it?,A,Yes,No\n"
    begun = heads + b'"Which one is it?,A,Yes,No\n'
    blocks, problems = told(heads + b'"' + b"a" * LIMIT + b'",A,Yes,No\n', tmp_path, "bank.csv")
    assert (blocks, problems) == (2, [])
    why = (
        f"This question bank cannot be read: a cell that begins here {LONG}, as where a quotation "
        "mark has no other one at the end of its cell."
    )
    far = row * (LIMIT // len(row) + 1) + b'So",A,Yes,No\n'
    said = [f"bank.csv:3: error bank-damaged {why}"]
    assert told(begun + far, tmp_path, "bank.csv") == (0, said)


def test_declared_sheet_size_does_not_slow_import(tmp_path: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row>'
    content = PARTS[SHEET].decode()
    size = content.replace("<sheetViews>", '<dimension ref="A1:XFD1048576"/><sheetViews>')
    size = size.replace("</sheetData>", f"{far}</sheetData>")
    # In a time that nobody notices: rows and columns that are not there are not gone through.
    assert told(packed(PARTS | {SHEET: size.encode()}), tmp_path) == (12, [])


BOMBS = {
    "large": (
        packed(PARTS | {SHEET: bytes(33 << 20)}, zipfile.ZIP_STORED),
        "“xl/worksheets/sheet1.xml” unpacks to more than 32 MB",
    ),
    "packed too tightly": (
        packed(PARTS | {SHEET: b" " * (40 << 20)}),
        "“xl/worksheets/sheet1.xml” unpacks to more than 250 times its size",
    ),
    "cells": (
        sheet(f"<row>{'<c/>' * 1_000_100}</row>"),
        "“xl/worksheets/sheet1.xml” unpacks to more than 250 times its size",
    ),
}


@pytest.mark.parametrize(("content", "why"), BOMBS.values(), ids=BOMBS)
def test_what_unpacks_without_end_is_not_read(content: bytes, why: str, tmp_path: Path) -> None:
    said = f"bank.xlsx: error bank-too-large This question bank exceeds a limit: {why}."
    assert told(content, tmp_path) == (0, [said])


def test_links_to_other_workbooks_and_macros_are_not_looked_at(tmp_path: Path) -> None:
    more = {
        "xl/externalLinks/externalLink1.xml": b"<externalLink/>",
        "xl/vbaProject.bin": b"\0macro",
    }
    assert told(packed(PARTS | more), tmp_path, "bank.xlsm") == (12, [])


@pytest.mark.whole
def test_a_workbook_spoiled_anywhere_never_ends_the_command(tmp_path: Path) -> None:
    dice = random.Random(15)
    with zipfile.ZipFile(OTHER) as archive:
        other = {name: archive.read(name) for name in archive.namelist()}
    for at in range(60):
        parts = PARTS if at % 2 else other
        name = dice.choice(sorted(parts))
        part = bytearray(parts[name])
        for _ in range(dice.randrange(1, 5)):
            part[dice.randrange(len(part))] = dice.randrange(256)
        blocks, said = told(packed({**parts, name: bytes(part)}), tmp_path)
        assert blocks or said
