"""Checks a workbook before openpyxl reads it, and reads from its XML what openpyxl does not
provide, such as hidden rows."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from builder.base import zips
from builder.base.immutable import immutable
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position

WIDEST = 400
"""Maximum number of columns of a sheet that are read; further columns are reported."""
CELLS = 400_000
"""Maximum number of cells of a workbook, including empty formatted ones."""
_LAST = 1 << 20
"""Maximum number of rows of a sheet in Excel and LibreOffice."""
_MOST_CELLS_WITH_GAPS = 8_000_000
"""Maximum for a sheet's number of non-empty rows times its number of columns."""
MOST = 64 << 20
"""Maximum size of a workbook, in bytes."""
LETTERS = 8 << 20
"""Maximum length of all texts of a workbook, in characters."""
_PART = 32 << 20
"""Maximum size of an XML file inside a workbook, unpacked, in bytes."""
_SHEETS = 200
_LONGEST_NAME = 8192
"""Maximum length of a defined name's formula, in characters, as in Excel. openpyxl's parsing time
grows with the square of the length."""

_NEW = "Open it in Excel or LibreOffice and save it as “Excel Workbook (.xlsx)”"
_OTHERS = (
    ("application/vnd.oasis.opendocument", "an OpenDocument file"),
    ("application/epub", "a book"),
)
_HEAD = 4096
_ATTRIBUTES = 1_000
"""Maximum number of attributes of an element; openpyxl's parsing time grows with the square of
their number."""
_CROWDED = re.compile(
    rb"<[^\s<>/!?]++(?:\s++[^\s=<>]++\s*+=\s*+(?:\"[^\"<]*+\"|'[^'<]*+'))"
    rb"{%d}" % (_ATTRIBUTES + 1)
)
_ROOT = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?>(?><\?.*?\?>|<!--.*?-->)\s*)*<[A-Za-z_]", re.DOTALL)
"""Matches the start of XML without a DOCTYPE: comments, processing instructions, the first
element."""


class UnreadableError(Exception):
    """A workbook cannot be read; ``problem`` is the diagnostic."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(str(diagnostic))
        self.problem = diagnostic


@dataclass(slots=True)
class Marks:
    """Properties of a sheet that are read from its XML. Rows and columns are counted from 1.

    ``merged`` maps the top left cell (row, column) of each merged range to its numbers of rows and
    columns. ``unsaved`` has the columns of formulas without a saved result, by row. ``beyond`` is
    the number of cells in columns that are not read. ``filled`` has the non-empty rows, ``last`` is
    the last row, and ``width`` the last non-empty column that is read.
    """

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    unsaved: dict[int, set[int]] = field(default_factory=dict)
    beyond: int = 0
    filled: set[int] = field(default_factory=set)
    last: int = 0
    width: int = 1


@immutable
class Container:
    """What a workbook has besides its cells: ``marks`` (properties of its sheets) by sheet name,
    the texts of the comments on cells with the cells' references, and the number of pictures."""

    marks: dict[str, Marks]
    comments: tuple[str, ...]
    pictures: int


def inspect(path: Path) -> Container:
    """Check a workbook before openpyxl opens it, and read what the workbook has in addition to its
    cells, such as comments and pictures. Raises ``UnreadableError`` if the file is not a readable
    workbook or is too large."""
    position = Position(path.name)
    try:
        _reject_other_types(path, position)
        with zips.open_zip(path) as archive:
            for words in zips.safety_problems(archive):
                raise UnreadableError(problem("bank-too-large", position, problem=words))
            return _inspect_archive(archive, position)
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise UnreadableError(problem("file-unreadable", position, reason=reason)) from error
    except (zips.DamagedError, etree.XMLSyntaxError, ValueError, KeyError) as error:
        raise UnreadableError(damaged_diagnostic(path, str(error))) from error


def damaged_diagnostic(path: Path, why: str) -> Diagnostic:
    """Create the diagnostic for a damaged workbook. ``why`` is the parser's reason."""
    reason = " ".join(why.split()).rstrip(".")[:200] or "its parts do not fit together"
    return problem(
        "bank-damaged", Position(path.name), problem=f"as a workbook it is damaged ({reason})"
    )


def _reject_other_types(path: Path, position: Position) -> None:
    """Raise ``UnreadableError`` if a file is too large, or if its first bytes are not those of a
    workbook."""
    size = path.stat().st_size
    if size > MOST:
        words = f"it is larger than {MOST >> 20} MB"
        raise UnreadableError(problem("bank-too-large", position, problem=words))
    with path.open("rb") as file:
        content = file.read() if size < 1 << 20 else file.read(1 << 20)
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:_HEAD].lower()
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in content:
            way = (
                "Open it in Excel, choose File > Info > Protect Workbook > Encrypt with Password, "
            )
            way += "delete the password there and save it under another name"
            _refuse(position, "a workbook that is locked with a password", way)
        _refuse(position, "a workbook of Excel before 2007 (.xls)", _NEW)
    if start.startswith((b"<html", b"<!doctype html", b"<table")):
        _refuse(position, "a web page with the name of a workbook", _NEW)
    if start.startswith(b"<?xml"):
        _refuse(position, "XML with the name of a workbook", _NEW)
    if not content.startswith(b"PK"):
        way = "If it is text with commas or tabs, call it .csv"
        _refuse(position, "no workbook" if content else "empty", f"{_NEW}. {way}")


def _refuse(position: Position, kind: str, way: str) -> None:
    raise UnreadableError(problem("bank-format", position, kind=kind, way=way))


def _inspect_archive(archive: zips.Archive, position: Position) -> Container:
    names = archive.files
    if "mimetype" in names:
        mimetype = archive.read("mimetype")[:200].decode("ascii", "replace")
        for begins, kind in _OTHERS:
            if mimetype.startswith(begins):
                _refuse(position, f"{kind}, and no workbook of Excel", _NEW)
    if "xl/workbook.bin" in names:
        _refuse(position, "a binary workbook (.xlsb)", _NEW)
    if "Index/Document.iwa" in names:
        _refuse(position, "a file of Numbers", "Export it from Numbers as Excel (.xlsx)")
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        _refuse(position, "a zip that holds no workbook", _NEW)
    for name, part in names.items():
        if name.endswith((".xml", ".rels")):
            if part.file_size > _PART:
                words = f"“{zips.printable_name(name)}” unpacks to more than {_PART >> 20} MB"
                raise UnreadableError(problem("bank-too-large", position, problem=words))
            _reject_doctype(name, archive)
            # Cells of worksheets are parsed incrementally below.
            if not name.startswith("xl/worksheets/") and _CROWDED.search(archive.read(name)):
                much = f"more than {_ATTRIBUTES:,} attributes"
                words = f"an element of “{zips.printable_name(name)}” has {much}"
                raise UnreadableError(problem("bank-too-large", position, problem=words))
    sheets = dict(_sheets(archive))
    if len(sheets) > _SHEETS:
        words = f"it has more than {_SHEETS} sheets"
        raise UnreadableError(problem("bank-too-large", position, problem=words))
    budget = [CELLS]
    marks = {name: _read_marks(archive, part, budget, position) for name, part in sheets.items()}
    comments = tuple(
        words
        for name in names
        if re.fullmatch(r"xl/(?:comments|threadedComments)/?[^/]*\.xml", name)
        for words in _comments(archive, name)
    )
    pictures = sum(name.startswith("xl/media/") for name in names)
    return Container(marks, comments, pictures)


def _reject_doctype(name: str, archive: zips.Archive) -> None:
    """Raise ``ValueError`` if an XML file inside the workbook has a DOCTYPE or is not UTF-8."""
    begin = b""
    for piece in archive.chunks(name):
        begin = piece
        break
    if begin.startswith((b"\xff\xfe", b"\xfe\xff", b"\0")) or b"\0" in begin[:_HEAD]:
        raise ValueError(f"“{zips.printable_name(name)}” is not UTF-8")
    if begin.strip() and not _ROOT.match(begin):
        raise ValueError(f"“{zips.printable_name(name)}” does not begin as the XML of a workbook")


def _parser_options() -> dict[str, Any]:
    return {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": True}


def _tree(archive: zips.Archive, name: str) -> Any:
    return etree.fromstring(archive.read(name), etree.XMLParser(**_parser_options()))


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _sheets(archive: zips.Archive) -> Iterator[tuple[str, str]]:
    """Yield the name of each sheet, and the path of its XML file inside the workbook."""
    parts_by_id = {}
    if "xl/_rels/workbook.xml.rels" in archive.files:
        for one in _tree(archive, "xl/_rels/workbook.xml.rels"):
            target = str(one.get("Target", "")).lstrip("/")
            inside = target if target.startswith("xl/") else posixpath.normpath(f"xl/{target}")
            parts_by_id[one.get("Id")] = inside
    for one in _tree(archive, "xl/workbook.xml").iter():
        if _local(one) == "definedName" and len(one.text or "") > _LONGEST_NAME:
            raise ValueError(f"a name in it stands for more than {_LONGEST_NAME:,} characters")
        if _local(one) != "sheet":
            continue
        key = next((value for name, value in one.attrib.items() if name.endswith("}id")), "")
        part = parts_by_id.get(key, "")
        if part in archive.files:
            yield str(one.get("name", "")), part


def _read_marks(archive: zips.Archive, part: str, budget: list[int], position: Position) -> Marks:
    marks = Marks()
    wanted = ("{*}row", "{*}col", "{*}mergeCell")
    parser = etree.XMLPullParser(events=("end",), tag=wanted, **_parser_options())
    for piece in archive.chunks(part):
        parser.feed(piece)
        for _, element in parser.read_events():
            _add_mark(marks, element, budget)
        if budget[0] < 0:
            words = f"its sheets have more than {CELLS:,} cells"
            raise UnreadableError(problem("bank-too-large", position, problem=words))
    parser.close()
    for _, element in parser.read_events():
        _add_mark(marks, element, budget)
    if len(marks.filled) * marks.width > _MOST_CELLS_WITH_GAPS:
        words = f"a sheet has {len(marks.filled):,} rows and {marks.width} columns"
        raise UnreadableError(problem("bank-too-large", position, problem=words))
    return marks


def _add_mark(marks: Marks, element: Any, budget: list[int]) -> None:
    name = _local(element)
    if name == "row":
        number = marks.last = _number(element.get("r")) or marks.last + 1
        if number > _LAST:
            raise ValueError(f"a row has the number {number:,}, and a sheet ends with {_LAST:,}")
        _add_width(marks, element, number)
        if element.get("hidden") in ("1", "true"):
            marks.hidden_rows.add(number)
        for at, cell in enumerate(element, start=1):
            _mark_cell(marks, cell, number, at)
        budget[0] -= len(element)
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    elif name == "col" and element.get("hidden") in ("1", "true"):
        start, end = _number(element.get("min")), _number(element.get("max"))
        marks.hidden_columns.update(range(start, min(end, WIDEST) + 1))
    elif name == "mergeCell":
        first, _, last = str(element.get("ref", "")).partition(":")
        (row, column), (last_row, last_column) = place_of(first), place_of(last or first)
        if row and last_row >= row and last_column >= column and len(marks.merged) < CELLS:
            marks.merged[row, column] = (last_row - row + 1, last_column - column + 1)


def _add_width(marks: Marks, row: Any, number: int) -> None:
    """Record in ``marks`` that the row with this ``number`` is not empty, and extend the width of
    the sheet to the row's last non-empty column. Ignores an empty row."""
    for at in range(len(row) - 1, -1, -1):
        if len(row[at]):
            marks.filled.add(number)
            column = place_of(str(row[at].get("r", "")))[1] or at + 1
            marks.width = max(marks.width, min(column, WIDEST))
            return


def _mark_cell(marks: Marks, cell: Any, row: int, at: int) -> None:
    child_tags = {_local(child) for child in cell if _local(child) in ("f", "is") or child.text}
    name = str(cell.get("r", ""))
    if "f" not in child_tags and not _MAY_BE_BEYOND(name):
        return
    column = place_of(name)[1] if name else at
    if "f" in child_tags and not child_tags & {"v", "is"} and cell.get("t") != "str":
        marks.unsaved.setdefault(row, set()).add(column)
    marks.beyond += column > WIDEST and bool(child_tags)


_MAY_BE_BEYOND = re.compile("[A-Z]{3}|[O-Z]").match
"""Whether a cell reference may name a column beyond ``WIDEST``: column 400 is OJ. Faster than
``place_of``, which most cells need not."""


def place_of(reference: str) -> tuple[int, int]:
    """The row and column, from 1, of a cell reference such as ``B7``; both 0 if the reference is
    invalid."""
    found = re.fullmatch(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})", reference)
    if not found:
        return 0, 0
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


def _number(written: Any) -> int:
    return int(written) if str(written or "").isdecimal() else 0


def _comments(archive: zips.Archive, name: str) -> Iterator[str]:
    for one in _tree(archive, name).iter():
        if _local(one) in ("comment", "threadedComment"):
            words = " ".join("".join(one.itertext()).split())
            if words:
                yield f"{one.get('ref', '')}: {words}"
