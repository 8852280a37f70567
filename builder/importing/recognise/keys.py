"""Parses answer keys, and assigns their answers to numbered questions. An answer key is a list of
answers by question number, usually at the end of a document or of a section."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from builder.importing.document.form import Cell, Place, Table
from builder.importing.recognise.candidates import Candidate, Entry
from builder.importing.recognise.inlines import (
    OBJECT,
    Inlines,
    cut,
    inlines_of,
    plain,
    text_of,
    trimmed,
)
from builder.importing.recognise.lines import Line, parse_label
from builder.importing.recognise.steering import MATCH
from builder.importing.recognise.words import EVERY, normalised, one_of

_TITLE = re.compile(
    rf"\s*{one_of(EVERY.key)}"
    r"(?P<about>(?:\s*\d{1,3}|\s*[-–—(]|\s+(?:to|for|of|pour|de|du|i|ar gyfer)\s)[^:.?!]{0,60})?"
    r"\s*(?:[:\uff1a]\s*(?P<entries>.*))?\s*",
    re.IGNORECASE,
)
_PACKED_ENTRY = re.compile(
    rf"\s*(?:(?:{one_of(EVERY.question)})\s*)?(?P<number>\d{{1,3}})\s*[.):=\-–—]*\s*"
    rf"(?P<value>{one_of([w for w in EVERY.true + EVERY.false if len(w) > 1])}"
    r"|[A-Za-z](?:\s?[,&+/]\s?[A-Za-z](?!\w))+|[A-Za-z]{1,4})"
    r"(?:\s*[,;|/.]+|(?=\s|$))",
    re.IGNORECASE,
)
_MAX_SUBTITLE = 60


@dataclass(slots=True)
class Key:
    """An answer key: entries with rising numbers under one title. `begin` is the index of its first
    line."""

    begin: int
    title: str
    place: Place
    entries: list[Entry] = field(default_factory=list)


@dataclass(slots=True)
class AdjacentKeys:
    """Answer keys that follow each other, in the lines with indexes from `begin` up to `end`.
    `titles` are their titles and column headings, which the course does not contain."""

    begin: int
    end: int
    keys: list[Key]
    titles: list[str]


def keys_of(lines: Sequence[Line]) -> list[AdjacentKeys]:
    """Find all answer keys of a document."""
    out: list[AdjacentKeys] = []
    at = 0
    while at < len(lines):
        found = _read_key(lines, at)
        if found and _stands_alone(lines, found):
            out.append(found)
        at = found.end if found else at + 1
    return out


def unrecognised_keys(lines: Sequence[Line]) -> list[Line]:
    """The lines that begin like an answer key, with its title, a number and a letter, but continue
    in no known form."""
    titled = [(line, _TITLE.fullmatch(line.text)) for line in lines if line.block is None]
    return [
        line
        for line, title in titled
        if title
        and title["entries"]
        and _PACKED_ENTRY.match(title["entries"])
        and not _packed_entries(line, cut(line.inlines, title.start("entries")))
    ]


def _read_key(lines: Sequence[Line], begin: int) -> AdjacentKeys | None:
    line = lines[begin]
    if isinstance(line.block, Table):
        return _key_in_table(lines, begin, begin)
    if line.block is not None or (line.label is not None and line.label.style != "bullet"):
        return None
    title = _TITLE.fullmatch(line.text)
    if not title:
        return None
    packed = (
        _packed_entries(line, cut(line.inlines, title.start("entries"))) if title["entries"] else []
    )
    paired = begin > 0 and (
        isinstance(lines[begin - 1].block, Table) or _is_below_matching_lists(lines, begin)
    )
    if title["entries"] and (paired or not packed):
        return None
    name = line.text[: title.start("entries")] if packed else line.text
    found = AdjacentKeys(begin, begin + 1, [], [f"{line.cut} {name}".strip()])
    _add_entries(found, begin, title["about"] or "", packed)
    _read_entries(lines, found)
    return found


def _is_below_matching_lists(lines: Sequence[Line], begin: int) -> bool:
    """Whether two lists to match are directly above the line of index ``begin``. The line then says
    which items of the two lists belong together, and is not an answer key."""
    at = begin
    for style in ("letter", "number"):
        end = at
        while at > 0 and (label := lines[at - 1].label) is not None and label.style == style:
            at -= 1
        if end - at < 2:
            return False
    return at > 0 and MATCH.search(lines[at - 1].text) is not None


def _stands_alone(lines: Sequence[Line], found: AdjacentKeys) -> bool:
    """Whether the keys in ``found`` have entries, and the paragraphs and list items that contain
    these keys have no other content."""
    begin, end = found.begin, found.end
    after = end == len(lines) or lines[end].granule != lines[end - 1].granule
    before = begin == 0 or lines[begin - 1].granule != lines[begin].granule
    words = [plain(entry.value) for key in found.keys for entry in key.entries]
    return after and before and bool(words) and OBJECT not in "".join((*words, *found.titles))


def _read_entries(lines: Sequence[Line], found: AdjacentKeys) -> None:
    """Add the entries below the title of a key to ``found``, and further titles between the
    entries."""
    at = found.end
    while at < len(lines):
        line = lines[at]
        if line.empty:
            at += 1
            continue
        if isinstance(line.block, Table):
            table = _key_in_table(lines, at, found.begin)
            if not table:
                return
            found.keys += table.keys
            found.titles += table.titles
        elif entries := _entries_in_line(lines, at):
            _add_entries(found, at, "", entries)
        elif _is_subtitle(lines, at):
            found.titles.append(line.text)
            found.keys.append(Key(at, line.text, line.place))
        else:
            return
        at += 1
        found.end = at


def _add_entries(found: AdjacentKeys, at: int, title: str, entries: Sequence[Entry]) -> None:
    """Add entries to the last key in ``found``, or to a new key if the numbers start again. ``at``
    is the index of the line, and ``title`` the title above the entries."""
    if not found.keys:
        found.keys.append(Key(at, title, entries[0].place if entries else Place("", 0)))
    for entry in entries:
        key = found.keys[-1]
        if key.entries and entry.number <= key.entries[-1].number:
            key = Key(at, "", entry.place)
            found.keys.append(key)
        key.entries.append(entry)


def _entries_in_line(lines: Sequence[Line], at: int) -> list[Entry]:
    """The entries of an answer key in the line of index ``at``. A line followed by options has
    none, since it is a question."""
    line = lines[at]
    if line.block is not None or line.heading or not line.text:
        return []
    numbered = line.listed and line.label is not None and line.label.style == "number"
    packed = (
        []
        if numbered
        else _packed_entries(line, line.inlines if line.listed else _with_label(line))
    )
    if packed:
        return packed
    label = line.label
    if label is None or label.style not in ("number", "asked") or not label.name:
        return []
    following = next((other for other in lines[at + 1 : at + 3] if not other.empty), None)
    if following and following.label and following.label.ordinal("letter") == 1:
        return []
    return [Entry(int(label.name), line.inlines, line.cut, line.place)]


def _with_label(line: Line) -> Inlines:
    """The inlines of a line including its typed label."""
    if not line.cut or line.paragraph is None:
        return line.inlines
    whole = trimmed(line.paragraph.inlines)
    return whole if plain(whole).startswith(line.cut) else line.inlines


def _packed_entries(line: Line, inlines: Inlines) -> list[Entry]:
    """The entries in a text such as “1. b 2. c 3. a”; empty if it has any other text."""
    text = plain(inlines)
    out, at = [], 0
    while found := _PACKED_ENTRY.match(text, at):
        value = cut(inlines, found.start("value"), found.end("value"))
        before = text[at : found.start("value")].strip()
        out.append(Entry(int(found["number"]), value, before, line.place))
        at = found.end()
    rising = all(one.number < other.number for one, other in pairwise(out))
    return out if out and not text[at:].strip() and rising else []


def _is_subtitle(lines: Sequence[Line], at: int) -> bool:
    """Whether the line of index ``at`` is a title inside an answer key: short, without a label, and
    followed by entries."""
    line = lines[at]
    if line.block is not None or line.label is not None or len(line.text) > _MAX_SUBTITLE:
        return False
    following = next((n for n in range(at + 1, min(at + 3, len(lines))) if not lines[n].empty), 0)
    return bool(following and _entries_in_line(lines, following))


def _key_in_table(lines: Sequence[Line], at: int, begin: int) -> AdjacentKeys | None:
    """The key in the table at index ``at``, whose cells are numbers and answers; ``None`` if it is
    another table. Without a header row that names numbers and answers, the table must be below the
    title of a key, that is, ``begin`` is less than ``at``."""
    table = lines[at].block
    if not isinstance(table, Table) or len(table.rows) < 2:
        return None
    heads = [text_of(cell.blocks) or "" for cell in table.rows[0]]
    named = (
        len(heads) == 2
        and normalised(heads[0]) in EVERY.heads_question + EVERY.heads_number
        and normalised(heads[1]) in EVERY.answer + EVERY.key
    )
    rows = table.rows[1:] if named else table.rows
    entries = _entries_in_table(rows, table)
    if not entries or not (named or begin < at):
        return None
    found = AdjacentKeys(at, at + 1, [], [head for head in heads if named])
    found.titles += [plain(table.caption)] if table.caption else []
    _add_entries(found, at, "", entries)
    return found


def _entries_in_table(rows: Sequence[Sequence[Cell]], table: Table) -> list[Entry]:
    """The entries of a table that has each answer in the cell beside or below its number; empty if
    any cell has other content."""
    below = [
        [cell for pair in zip(first, second, strict=False) for cell in pair]
        for first, second in zip(rows[::2], rows[1::2], strict=False)
        if len(first) == len(second)
    ]
    stacked = len(rows) % 2 == 0 and len(below) * 2 == len(rows)
    for cells in (rows, below if stacked else ()):
        pairs = [pair for row in cells for pair in _cell_pairs(row)]
        entries = [entry for pair in pairs if (entry := _table_entry(pair, table))]
        numbers = {entry.number for entry in entries}
        if pairs and len(numbers) == len(pairs) and all(len(row) % 2 == 0 for row in cells):
            wide = any(len(row) > 2 for row in cells)
            return sorted(entries, key=lambda entry: entry.number) if wide else entries
        if pairs and len(entries) == len(pairs) and all(len(row) == 2 for row in cells):
            return entries
    return []


def _cell_pairs(row: Sequence[Cell]) -> Iterator[tuple[Cell, Cell]]:
    """The first and second cell of a row, the third and fourth, and so on, without pairs of empty
    cells."""
    for pair in zip(row[::2], row[1::2], strict=False):
        if any(text_of(cell.blocks) != "" for cell in pair):
            yield pair


def _table_entry(pair: tuple[Cell, Cell], table: Table) -> Entry | None:
    if text_of(pair[1].blocks) in (None, ""):
        return None
    first = text_of(pair[0].blocks) or ""
    label = parse_label(f"{first}. ") if first.isdecimal() else parse_label(f"{first} ")
    if label and label.name.isdecimal() and label.width >= len(first.strip()):
        return Entry(int(label.name), inlines_of(pair[1].blocks), first, table.place)
    return None


def groups_of(candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """The numbered candidates (passages that may be questions), divided into groups: a new group
    starts wherever the number does not rise."""
    out: list[list[Candidate]] = []
    for candidate in candidates:
        if not candidate.number:
            continue
        if not out or candidate.number <= out[-1][-1].number:
            out.append([])
        out[-1].append(candidate)
    return out


def assign(
    found: Sequence[AdjacentKeys], groups: Sequence[Sequence[Candidate]], titles: Titles
) -> None:
    """Give each candidate (a passage that may be a question) the entry with the candidate's number
    from the next of the keys ``found`` below it, or a doubt if that entry is missing or may belong
    to another question. ``groups`` are the candidates, divided wherever their numbers start
    again."""
    done = 0
    for place in found:
        before = [n for n, group in enumerate(groups) if group[0].begin < place.begin]
        waiting = [groups[n] for n in before if n >= done]
        done = len(before)
        keys = [key for key in place.keys if key.entries]
        _assign_keys(keys, waiting, titles)


class Titles:
    """The headings of a document's sections, to find the questions to which a key belongs by the
    title of the key."""

    def __init__(self, sections: Sequence[str]) -> None:
        self._sections = [normalised(section) for section in sections]

    def matches(self, key: Key, group: Sequence[Candidate]) -> bool:
        """Whether the title of a key contains the heading above a group of candidates, or is
        contained in it."""
        section = self._sections[group[0].section]
        title = normalised(key.title)
        return bool(section and title and (section in title or title in section))


def _assign_keys(keys: list[Key], groups: list[Sequence[Candidate]], titles: Titles) -> None:
    rest, left = [], list(groups)
    for key in keys:
        own = [group for group in left if titles.matches(key, group)]
        if len(own) == 1:
            _assign_key(key, own)
            left.remove(own[0])
        else:
            rest.append(key)
    if len(rest) == len(left):
        for key, group in zip(rest, left, strict=True):
            _assign_key(key, [group])
        return
    for key in rest:
        _assign_key(key, left)


def _assign_key(key: Key, groups: Sequence[Sequence[Candidate]]) -> None:
    by_number: dict[int, list[Candidate]] = {}
    for group in groups:
        for candidate in group:
            by_number.setdefault(candidate.number, []).append(candidate)
    entries = {entry.number: entry for entry in key.entries}
    for number, candidates in by_number.items():
        entry = entries.get(number)
        for candidate in candidates:
            _assign_entry(candidate, entry, sure=len(candidates) == 1)


def _assign_entry(candidate: Candidate, entry: Entry | None, *, sure: bool) -> None:
    if entry is None:
        if candidate.key is None:
            candidate.key_doubt = (
                f"The key has no answer to question {candidate.number}: either it is missing, or "
                "it has another number."
            )
    elif not sure or candidate.key is not None:
        candidate.key, candidate.uncertain_key = None, entry
        candidate.key_doubt = (
            f"The key has “{plain(entry.value).strip()}” for question {candidate.number}, but "
            "several questions have this number: it may belong to this question, or to another."
        )
    else:
        candidate.key = entry
