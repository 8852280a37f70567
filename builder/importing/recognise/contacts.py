"""Recognises contacts: tables of names with phone numbers and addresses, or lines of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from builder.importing.document.form import Block, Cell, Contact, Contacts, Table
from builder.importing.recognise.addresses import EMAIL, PHONE, calls, written
from builder.importing.recognise.grids import blank, grid_of, words_in
from builder.importing.recognise.inlines import (
    OBJECT,
    Inlines,
    cut,
    inlines_of,
    plain,
    trimmed,
    wears,
)
from builder.importing.recognise.lines import Line, closed, lines_of, rebuilt
from builder.importing.recognise.words import ENGLISH, EVERY, LANGUAGES, one_of, said

_NAMES = EVERY.name + EVERY.role
_KNOWN = (*_NAMES, *EVERY.phone, *EVERY.email, *EVERY.address, *EVERY.hours)
_FIELD = re.compile(rf"\s*(?P<label>{one_of(sorted(_KNOWN, key=len, reverse=True))})\s*:\s*", re.I)
_NAME_WORDS = 12


def contacts(blocks: Sequence[Block], language: str) -> tuple[Block, ...]:
    """Replace tables and lines of contacts by contacts."""
    made = tuple(
        (_headed(block) or _bare(block, language) or block) if isinstance(block, Table) else block
        for block in blocks
    )
    return _lines(made)


def _headed(table: Table) -> Contacts | None:
    """Contacts from a table whose headings name its columns."""
    grid = grid_of(table)
    if grid is None or len(grid.rows) < 2 or any(None in row for row in grid.rows):
        return None
    heads = [words_in(cell) or "" for cell in grid.rows[0]]
    if OBJECT in "".join((*heads, plain(table.caption))):
        return None
    kinds = [said(head) for head in heads]
    name = next((at for at, kind in enumerate(kinds) if kind in EVERY.name), None)
    if name is None:
        name = next((at for at, kind in enumerate(kinds) if kind in EVERY.role), None)
    callable_ = [kind in EVERY.phone + EVERY.email for kind in kinds]
    if name is None or not any(callable_):
        return None
    people = [_person(row, heads, name) for row in grid.rows[1:]]
    found = [person for person in people if person is not None]
    reached = [calls(value) for person in found for _, value in person.fields]
    if len(found) != len(people) or not any(reached):
        return None
    caption = [plain(table.caption)] if table.caption else []
    return Contacts(tuple(found), table.place, tuple(filter(None, heads + caption)))


def _person(row: Sequence[Cell | None], heads: Sequence[str], name: int) -> Contact | None:
    fields = []
    for at, cell in enumerate(row):
        text = words_in(cell)
        if text is None or OBJECT in text:
            return None
        if at != name and not blank(text) and cell is not None:
            fields.append((heads[at], written(inlines_of(cell.blocks))))
    cell = row[name]
    named = inlines_of(cell.blocks) if cell is not None else ()
    return Contact(named, tuple(fields)) if plain(named).strip() else None


def _bare(table: Table, language: str) -> Contacts | None:
    """Contacts from a table of two columns without headings: a name, and a phone number or email
    address."""
    if table.heads or table.caption:
        return None
    words = LANGUAGES.get(language[:2].casefold(), ENGLISH)
    people = []
    for row in table.rows:
        texts = [words_in(cell) for cell in row]
        if len(row) != 2 or not all(texts) or any(OBJECT in (text or "") for text in texts):
            return None
        name, value = texts[0] or "", (texts[1] or "").strip()
        phone = PHONE.fullmatch(value) is not None and calls(value)
        mail = EMAIL.fullmatch(value) is not None
        if not (phone or mail) or len(name.split()) > _NAME_WORDS or name[:1].isdecimal():
            return None
        label = (words.phone if phone else words.email)[0].capitalize()
        value = written(inlines_of(row[1].blocks))
        people.append(Contact(inlines_of(row[0].blocks), ((label, value),)))
    return Contacts(tuple(people), table.place) if len(people) > 1 else None


@dataclass(slots=True)
class _Card:
    """A contact in lines, from `begin` up to `end`."""

    begin: int
    end: int
    name: Inlines
    fields: list[tuple[str, str]] = field(default_factory=list)
    consumed: list[str] = field(default_factory=list)


def _lines(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Replace lines of labels and values, such as “Phone: 01234 567890”, by contacts."""
    lines = lines_of(blocks)
    within = Counter(line.granule for line in lines)
    lines = [line if within[line.granule] == 1 else closed(line) for line in lines]
    taken: dict[int, Block | None] = {}
    at = 0
    while at < len(lines):
        cards: list[_Card] = []
        while card := _card(lines, cards[-1].end if cards else at):
            cards.append(card)
        if cards:
            for line in lines[cards[0].begin : cards[-1].end]:
                taken[line.granule] = None
            taken[lines[at].granule] = Contacts(
                tuple(Contact(card.name, tuple(card.fields)) for card in cards),
                lines[at].place,
                tuple(words for card in cards for words in card.consumed if words),
            )
        at = cards[-1].end if cards else at + 1
    return rebuilt(blocks, taken) if taken else tuple(blocks)


def _card(lines: Sequence[Line], begin: int) -> _Card | None:
    """The contact that starts at a line: a name, alone or after “Name:”, and the lines with its
    numbers and addresses."""
    if begin >= len(lines) or not _writes(lines[begin]):
        return None
    line = lines[begin]
    first = _FIELD.match(line.text)
    if first and said(first["label"]) in _NAMES:
        named = trimmed(cut(line.inlines, first.end()))
        card = _Card(begin, begin + 1, named, consumed=[first[0].strip()])
    elif not first and _titles(lines, begin):
        card = _Card(begin, begin + 1, line.inlines)
    else:
        return None
    while card.end < len(lines) and _field(lines[card.end], card):
        card.end += 1
    reached = any(calls(value) for _, value in card.fields)
    return card if reached and plain(card.name).strip() else None


def _writes(line: Line) -> bool:
    plain_line = line.paragraph is not None and not line.listed and line.label is None
    return plain_line and line.block is None and not line.heading and OBJECT not in line.text


def _titles(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is a name: short, and in bold or in the same paragraph as the next line."""
    line = lines[at]
    if not line.text or len(line.text.split()) > _NAME_WORDS or line.text[-1] in ".?!:;,":
        return False
    following = lines[at + 1] if at + 1 < len(lines) else None
    together = following is not None and following.place == line.place
    return wears(line.inlines, "strong") or together


def _field(line: Line, card: _Card) -> bool:
    """Add a line to a contact if it has a label other than that of a name."""
    if not _writes(line) or not (found := _FIELD.match(line.text)):
        return False
    if said(found["label"]) in EVERY.name:
        return False
    value = written(trimmed(cut(line.inlines, found.end())))
    if blank(value):
        return False
    card.fields.append((found["label"], value))
    card.consumed.append(found[0].strip())
    return True
