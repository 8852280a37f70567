"""Reads the options of a question from a table below its prompt: an option in each row, perhaps
beside its letter, a box, or a picture that says which one is right; or an option with its letter in
each cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from builder.base.immutable import immutable
from builder.importing.document.form import Block, Cell, Image, Paragraph, Table
from builder.importing.recognise.inlines import (
    Inlines,
    cut,
    inlines_of,
    joined,
    plain,
    text_of,
    trimmed,
)
from builder.importing.recognise.lines import Label, Line, parse_label
from builder.importing.recognise.steering import FEEDBACK_BUTTON, without_judged_pictures

_MAX_ROWS = 26
_MAX_OPTION = 300
"""Maximum number of characters of an option in a table."""
_LONE_LABEL = re.compile(r"[(\[]?(?:[A-Za-z]|\d{1,2})[.):\]]{0,2}")


@immutable
class TableOptions:
    """The options in a table, as lines. `feedback` is the text in the rows below them, and `cut`
    the words there that only a program needed, such as “Hide Feedback”. `pictured` is whether a
    picture says which option is right."""

    lines: tuple[Line, ...]
    feedback: Inlines
    cut: str
    pictured: bool


def unfold_layouts(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Replace tables of one column that only arrange questions, whose options are in tables in
    their cells, by the content of their cells."""
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Table) and _arranges_questions(block):
            out += [inner for row in block.rows for cell in row for inner in cell.blocks]
        else:
            out.append(block)
    return tuple(out)


def _arranges_questions(table: Table) -> bool:
    if table.caption or any(len(row) != 1 for row in table.rows):
        return False
    inner = (block for row in table.rows for cell in row for block in cell.blocks)
    lines = (Line((), "", block.place, 0, block=block) for block in inner)
    found = (options_in_table(line) for line in lines)
    return any(options is not None and options.pictured for options in found)


def options_in_table(line: Line) -> TableOptions | None:
    """The options in the table that ``line`` consists of; ``None`` if it is another table."""
    table = line.block
    if not isinstance(table, Table) or not 1 < len(table.rows) <= _MAX_ROWS or table.caption:
        return None
    if any(text_of(cell.blocks) is None for row in table.rows for cell in row):
        return None
    return _lettered_cells(table, line) or _option_in_each_row(table, line)


def _lettered_cells(table: Table, line: Line) -> TableOptions | None:
    """The options of a table in which each cell with words begins with a letter, from “a” on."""
    cells = [cell for row in table.rows for cell in row if text_of(cell.blocks)]
    found = [_option_line(inlines_of(cell.blocks), None, "", line) for cell in cells]
    letters = [one.label.ordinal("letter") if one.label else 0 for one in found]
    if len(found) < 2 or sorted(letters) != list(range(1, len(found) + 1)):
        return None
    in_order = sorted(found, key=lambda one: one.label.ordinal("letter") if one.label else 0)
    return TableOptions(tuple(in_order), (), "", pictured=False)


def _option_in_each_row(table: Table, line: Line) -> TableOptions | None:
    options: list[Line] = []
    feedback: list[Inlines] = []
    buttons: list[str] = []
    pictured = False
    width = max(len(row) for row in table.rows)
    for row in table.rows:
        wide = len(row) < width and any(cell.across > 1 for cell in row)
        parts = _row_parts(row, line) if not (wide or feedback or buttons) else None
        if parts is not None:
            options.append(parts[0])
            pictured = pictured or bool(parts[1])
            continue
        if not pictured:
            return None
        for part in (trimmed(each.inlines) for cell in row for each in _paragraphs(cell)):
            if found := FEEDBACK_BUTTON.match(plain(part)):
                buttons.append(found["words"])
            elif part:
                feedback.append(part)
    if len(options) < 2 or not _are_options(options, pictured=pictured, width=width):
        return None
    return TableOptions(tuple(options), joined(feedback), " ".join(buttons), pictured)


def _are_options(options: Sequence[Line], *, pictured: bool, width: int) -> bool:
    """Whether the rows of a table are options: a picture marks one, each has a box or the next
    letter, or the table has a single column of short texts."""
    if any(not one.inlines or len(one.text) > _MAX_OPTION for one in options):
        return False
    labels = [one.label for one in options]
    if pictured:
        return any(label and label.marked for label in labels)
    if all(label and label.style == "box" for label in labels):
        return True
    letters = [label.ordinal("letter") if label else 0 for label in labels]
    numbers = [label.ordinal("number") if label else 0 for label in labels]
    series = list(range(1, len(options) + 1))
    return series in (letters, numbers) or (width == 1 and not any(letters))


def _paragraphs(cell: Cell) -> list[Paragraph]:
    return [block for block in cell.blocks if isinstance(block, Paragraph)]


def _row_parts(row: Sequence[Cell], line: Line) -> tuple[Line, str] | None:
    """The option in a row, and what a picture says about it; ``None`` if the row has more than one
    text, or none."""
    label: Label | None = None
    said, label_text = "", ""
    label_inlines: Inlines = ()
    texts: list[Inlines] = []
    pictures: list[Inlines] = []
    for cell in row:
        inlines, verdict = without_judged_pictures(inlines_of(cell.blocks))
        said = said or verdict
        text = plain(inlines).strip()
        whole = parse_label(f"{text} ") or (parse_label(f"{text}. ") if len(text) < 3 else None)
        if not inlines:
            continue
        if all(isinstance(one, Image) for one in inlines):
            pictures.append(inlines)
        elif whole and not texts and not label and _is_lone_label(text, whole):
            label, label_text, label_inlines = replace(whole, text=text), text, inlines
        else:
            texts.append(inlines)
    if label and not texts and not pictures and label.style != "box":
        # The only text of the row is the option, even if it is a letter.
        texts, label, label_text = [label_inlines], None, ""
    if len(texts) != 1 and (texts or len(pictures) != 1):
        return None
    content = tuple(one for part in (*pictures, *texts) for one in part)
    made = _option_line(content, label, label_text, line)
    if said == "right":
        own = made.label or Label("bullet", "", "")
        made = replace(made, label=replace(own, marked=True))
    return made, said


def _is_lone_label(text: str, label: Label) -> bool:
    return label.style == "box" or _LONE_LABEL.fullmatch(text) is not None


def _option_line(inlines: Inlines, label: Label | None, cut_text: str, line: Line) -> Line:
    """The line of an option that a cell contains. ``label`` is that of another cell, ``cut_text``
    its text; without it, a label that is typed in the cell is used."""
    text = plain(inlines)
    own = parse_label(text) if label is None else None
    if own and own.style in ("letter", "box") and own.width < len(text):
        label, cut_text = own, text[: own.width].strip()
        inlines = trimmed(cut(inlines, own.width))
    return Line(
        inlines=inlines,
        text=plain(inlines),
        place=line.place,
        granule=line.granule,
        label=label,
        cut=cut_text,
        listed=True,
    )
