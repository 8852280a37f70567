"""Recognises records, checklists that somebody signs: tables of questions with room for answers and
dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from builder.importing.document.form import Block, Cell, Doubt, Paragraph, Record, RecordRow, Table
from builder.importing.recognise.inlines import (
    OBJECT,
    cell_text,
    grid_of,
    is_empty_cell,
    plain,
    shorten,
)
from builder.importing.recognise.words import EVERY, normalised, one_of, word_pattern

Column = Literal["signature", "reading", "date", "answer", "question", "number", ""]

_COLUMNS: tuple[tuple[Column, re.Pattern[str]], ...] = (
    ("signature", word_pattern(EVERY.heads_signature)),
    ("reading", word_pattern(EVERY.heads_reading)),
    ("date", word_pattern(EVERY.heads_date)),
    ("answer", word_pattern(EVERY.heads_answer)),
    ("question", word_pattern(EVERY.heads_question)),
)
_RULED_LINE = re.compile(r"\s*:?\s*(?:_{2,}|\.{4,}|…+|\t+)\s*|\s*:\s*$")
_BOXES = re.compile(r"[☐□○◯⬜❏❑]|\[\s?\]")
_MAX_SIGNATURE_LINE = 80
"""Maximum number of characters of a line to sign on, without underscores or dots."""
_MAX_SIGNATURE_CELL = 40
"""Maximum number of characters of a cell that asks for a signature."""
_MAX_SIGNATURE_BLOCKS = 4
"""Maximum number of blocks after a table that are lines to sign on."""


def records(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[Doubt, ...]]:
    """Recognise records: replace the tables that are checklists by ``Record`` blocks. Returns the
    blocks, and doubts about tables that look like a checklist but were not replaced."""
    out: list[Block] = []
    doubts: list[Doubt] = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        record, taken = _read_record(block, blocks[at + 1 : at + 1 + _MAX_SIGNATURE_BLOCKS]), 0
        if record is None:
            out.append(block)
            if _is_line_to_sign(block) and not (at and _is_line_to_sign(blocks[at - 1])):
                doubts.append(Doubt(block.place, _signature_doubt(block), "line to sign"))
            if isinstance(block, Table) and (heads := _fillable_headings(block)):
                doubts.append(Doubt(block.place, _record_or_table_doubt(heads), "table"))
        else:
            made, taken = record
            if isinstance(block, Table) and block.caption:
                out.append(Paragraph(block.caption, block.place, style="caption"))
            out.append(made)
        at += 1 + taken
    return tuple(out), tuple(doubts)


_LINE_TO_SIGN = re.compile(
    rf"(?<!\w){one_of([word for word in EVERY.heads_signature if word != 'sign'])}"
    r"(?:[^_.…?!\n]{0,40}:)?\s*(?:_{3,}|\.{6,}|…{2,})",
    re.IGNORECASE,
)


def _is_line_to_sign(block: Block) -> bool:
    """Whether a block is a paragraph that asks for a signature and has a line for it."""
    if not isinstance(block, Paragraph) or block.level:
        return False
    return _LINE_TO_SIGN.search(plain(block.inlines)) is not None


def _signature_doubt(block: Block) -> str:
    words = plain(block.inlines) if isinstance(block, Paragraph) else ""
    return (
        f"“{shorten(words)}” is a line to sign, but pages of text cannot be signed. If somebody "
        "confirms here what was read or done, make it a record: write “kind: record” on a page of "
        "its own, “signature:” with the person who signs, and “record:” with what is confirmed."
    )


def _fillable_headings(table: Table) -> list[str]:
    """The headings of a table that has room for dates, signatures or answers beside its text; empty
    for other tables. Rows with one cell over all columns are ignored, since they are titles or
    dividers."""
    grid = grid_of(table)
    if grid is None:
        return []
    rows = [row for row in grid.rows if not (row[0] and 1 < len(row) == row[0].across)]
    if not rows:
        return []
    heads = [" ".join((cell_text(cell) or "").split()) for cell in rows[0]]
    if _has_signature_cell(rows):
        return heads
    if len(rows) < 2:
        return []
    kinds = list(map(_column_kind, heads))
    free = {
        kind
        for at, kind in enumerate(kinds)
        if all(_is_fillable(cell_text(row[at])) for row in rows[1:])
    }
    boxes = len(rows) > 2 and any(_has_boxes(rows[1:], at) for at in range(1, len(heads)))
    answered = "answer" in free and "date" not in kinds
    if not (boxes or answered or free & {"date", "signature"}):
        return []
    has_text = [
        any(cell and not _is_fillable(cell) for cell in map(cell_text, row)) for row in rows[1:]
    ]
    return heads if all(has_text) else []


def _has_signature_cell(rows: Sequence[Sequence[Cell | None]]) -> bool:
    """Whether a short cell in these rows asks for a signature, and the cell beside or below it has
    room for the signature."""
    texts = [[cell_text(cell) for cell in row] for row in rows]
    for at, row in enumerate(texts):
        for column, text in enumerate(row):
            if not text or len(text) > _MAX_SIGNATURE_CELL or not _COLUMNS[0][1].search(text):
                continue
            below = texts[at + 1][column] if at + 1 < len(texts) else None
            beside = row[column + 1] if column + 1 < len(row) else None
            if _is_fillable(beside) or _is_fillable(below):
                return True
    return False


def _record_or_table_doubt(heads: Sequence[str]) -> str:
    head = " | ".join(filter(None, heads))
    head = head if len(head) <= _MAX_SIGNATURE_LINE else head[: _MAX_SIGNATURE_LINE - 1] + "…"
    return (
        f"“{head}” looks like a checklist; it was imported as a table. If trainees fill it in, "
        "make it a record (“kind: record” on a page of its own)."
    )


def _is_fillable(text: str | None) -> bool:
    """Whether a cell with this text is there to be filled in: it has no text, or only a line to
    write on or a box to tick. False for ``None``, which stands for a cell with other blocks."""
    return text is not None and is_empty_cell(_BOXES.sub("", text))


def _has_boxes(rows: Sequence[Sequence[Cell | None]], at: int) -> bool:
    """Whether the column of index ``at`` has a box to tick in every row. A record has answers and
    dates instead of such boxes."""
    return all(_BOXES.search(cell_text(row[at]) or "") for row in rows)


@dataclass(slots=True)
class _Reading:
    """What has been read from the table of a record so far. ``signatures`` are the labels of the
    lines to sign on, and ``consumed`` the words that the course does not contain."""

    columns: list[Column]
    rows: list[RecordRow] = field(default_factory=list)
    signatures: list[str] = field(default_factory=list)
    consumed: list[str] = field(default_factory=list)


def _read_record(block: Block, following: Sequence[Block]) -> tuple[Record, int] | None:
    """Read the record in a table, ``block``, and return it with the number of blocks after the
    table that are lines to sign on. ``following`` are the blocks after the table. ``None`` if the
    block is not a table with a record."""
    if not isinstance(block, Table) or len(block.rows) < 2:
        return None
    grid = grid_of(block)
    heads = [cell_text(cell) for cell in grid.rows[0]] if grid else []
    if grid is None or any(head is None for head in heads):
        return None
    reading = _Reading([_column_kind(head or "") for head in heads])
    for at, (column, head) in enumerate(zip(reading.columns, heads, strict=True)):
        if not column and head and head.strip() and not _has_boxes(grid.rows[1:], at):
            # A record has no such column, so its content would be lost.
            return None
    for column, head in zip(reading.columns, heads, strict=True):
        (reading.signatures if column == "signature" else reading.consumed).append(head or "")
    kinds = reading.columns
    if kinds.count("question") != 1 or not {"answer", "date"} & set(kinds):
        return None
    if not all(_read_row(row, reading, block) for row in grid.rows[1:]) or not reading.rows:
        return None
    taken = _count_signature_blocks(following, reading)
    if OBJECT in "".join((*reading.signatures, *reading.consumed)):
        return None
    if not any(reading.signatures) and not {"answer", "date", "reading"} <= set(kinds):
        return None
    return Record(
        rows=tuple(reading.rows),
        signatures=tuple(filter(None, reading.signatures)),
        place=block.place,
        consumed=tuple(filter(None, reading.consumed)),
    ), taken


def _column_kind(head: str) -> Column:
    if normalised(head) in EVERY.heads_number:
        return "number"
    return next((column for column, pattern in _COLUMNS if pattern.search(head)), "")


def _read_row(row: Sequence[Cell | None], reading: _Reading, table: Table) -> bool:
    """Read a row of the table into ``reading``, and return whether a record can have such a row."""
    cells = dict(zip(reading.columns, row, strict=True))
    first = row[0]
    if first is not None and len(row) > 1 and (first.across >= len(row) or _is_signature_row(row)):
        return _read_signature(cell_text(first), reading)
    question: tuple[Block, ...] = ()
    found: tuple[Block, ...] = ()
    for column, cell in zip(reading.columns, row, strict=True):
        text = cell_text(cell)
        if column == "question":
            question = cell.blocks if cell else ()
        elif column == "reading":
            found += cell.blocks if cell else ()
        elif column == "number" and text is not None and text.strip(" .)").isdecimal():
            reading.consumed.append(text)
        elif not _is_fillable(text):
            return False
        elif text and text.strip():
            reading.consumed.append(text.strip())
    if cells.get("question") is None or not _has_words(question):
        return not found and not _has_words(question)
    place = question[0].place
    reading.rows.append(RecordRow(question, found, place if place.part else table.place))
    return True


def _is_signature_row(row: Sequence[Cell | None]) -> bool:
    """Whether a row is a line to sign on: “Signature:”, with room beside it."""
    text, *others = map(cell_text, row)
    signs = text is not None and _RULED_LINE.search(text) and _COLUMNS[0][1].search(text)
    return bool(signs) and all(map(_is_fillable, others))


def _has_words(blocks: Sequence[Block]) -> bool:
    return any(
        bool(plain(block.inlines).strip()) if isinstance(block, Paragraph) else True
        for block in blocks
    )


def _read_signature(text: str | None, reading: _Reading) -> bool:
    """Read a line to sign on, possibly with a date, into ``reading``. Returns whether the text is
    such a line, or empty."""
    if text is None:
        return False
    parts = [" ".join(part.split()) for part in _RULED_LINE.split(text)]
    signs = [part for part in parts if _COLUMNS[0][1].search(part)]
    if not signs or sum(map(len, parts)) > _MAX_SIGNATURE_LINE:
        return not text.strip()
    reading.signatures += signs
    reading.consumed += [part for part in parts if part and part not in signs]
    return True


def _count_signature_blocks(following: Sequence[Block], reading: _Reading) -> int:
    """Read the lines to sign on directly after the table, at the start of the blocks ``following``,
    into ``reading``, and return the number of these blocks."""
    taken = 0
    for block in following:
        if not isinstance(block, Paragraph) or block.level:
            break
        text = plain(block.inlines)
        lines = text.split("\n")
        ruled = _RULED_LINE.search(text) is not None or len(text.split()) <= 6
        pattern = _COLUMNS[0][1]
        if not ruled or not all(pattern.search(line) for line in lines if line.strip()):
            break
        before = len(reading.signatures)
        if not all(_read_signature(line, reading) for line in lines):
            del reading.signatures[before:]
            break
        taken += 1
    return taken
