"""Detects facts that a reviewer has changed in a returned document: right options, order, pairs,
numbers, pass marks and local values. Describes each change, and finds the edits of YAML that apply
it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from builder.course.sources import Place
from builder.diagnostics.diagnostic import Position
from builder.exporting.review.document_lines import (
    CourseLine,
    ReturnedLine,
    line_code,
    normalise,
    rows,
)
from builder.exporting.review.returned import Returned
from builder.exporting.review.source_texts import Edit, SourceTexts
from builder.exporting.review.tree import Fact, Origin
from builder.exporting.review.visible_lines import Cell

_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
_TICK = re.compile("[✓✔☑]\\s*")
_AMBIGUOUS_ORDER = "two items have the same position, or an item has none: change the order by hand"
_UNKNOWN_OPTION = "no answer has these words: change it by hand"
_NOT_EDITABLE = "the builder cannot change it in its file: change it by hand"
_CHANGED_SINCE = "the course has changed here too: change it by hand"


@dataclass(frozen=True, slots=True)
class FactChange:
    """A change that a reviewer made to a fact, such as which option is right.

    ``part`` is the tag of the question or option, ``before`` and ``after`` are the values, and
    ``text`` describes the change in words. ``edits`` apply it to the course; if there are none,
    ``reason`` says why. ``numbers`` are the numbers of the paragraphs of the returned document that
    contain the change. ``lines`` are the ``id()`` of each line that shows the fact in the review
    document of the course as it is now.
    """

    part: str
    before: str
    after: str
    text: str
    position: Position | None
    edits: tuple[Edit, ...]
    reason: str
    numbers: frozenset[int]
    lines: frozenset[int]


@dataclass(frozen=True, slots=True)
class _FactCell:
    """A fact of the course, and the text that the returned document has in its place.

    ``sent`` is the line of the current document that states the fact. ``changed_since`` is true if
    the course has, or may have, changed here since the document was made.
    """

    sent: CourseLine
    fact: Fact
    returned_text: str
    numbers: frozenset[int]
    changed_since: bool


class Facts:
    """Compares the facts of a returned document with those of the course.

    ``unreported_lines`` are the ``id()`` of lines with facts that only the course has changed,
    ``unreported_paragraphs`` the numbers of their paragraphs in the document.
    """

    def __init__(self, back: Returned, source_texts: SourceTexts) -> None:
        self.comparison = back.comparison
        self.source_texts = source_texts
        self.unreported_lines: set[int] = set()
        self.unreported_paragraphs: set[int] = set()

    def changes(self) -> Iterator[FactChange]:
        """Yield every fact that a reviewer has changed, in the order of the document."""
        groups: dict[tuple[str, str], list[_FactCell]] = {}
        for cell in self._cells():
            single = cell.fact.part if cell.fact.kind == "pair" else ""
            place = str(id(cell.sent)) if cell.fact.kind in ("pass_mark", "attempts") else single
            groups.setdefault((cell.fact.kind, f"{cell.fact.owner}/{place}"), []).append(cell)
        for cells in groups.values():
            change = _DETECTORS[cells[0].fact.kind](self, cells)
            if change:
                yield change

    def _cells(self) -> Iterator[_FactCell]:
        """Yield each fact that may have changed, and with it the other facts of the same
        question."""
        for index, sent in enumerate(self.comparison.current_lines):
            fact = sent.line.fact if sent.line else None
            if fact:
                cell = (
                    self._cell_in_row(index, sent, fact)
                    if sent.cell
                    else self._cell_in_line(index, fact)
                )
                if cell:
                    yield cell

    def _cell_in_row(self, index: int, sent: CourseLine, fact: Fact) -> _FactCell | None:
        """Find the text that the returned document has in place of a fact in a table row; ``None``
        if the row was not found. ``sent`` is the line of the current document that shows the fact,
        and ``index`` its index."""
        assert sent.cell
        row = self._returned_rows.get(sent.cell[:2])
        if row is None:
            return None
        inside = self._lines_by_cell.get((*row, sent.cell[2]), ())
        text = " ".join(one.text for one in inside)
        numbers = frozenset(number for one in inside for number in one.numbers)
        codes = self.comparison.sent_codes
        tracked = self._rejected_rows.get(row) != self._accepted_rows.get(row)
        reviewer_changed = (
            tracked or codes is None or line_code(self._rejected_rows.get(row, "")) not in codes
        )
        course_changed = (
            codes is not None and line_code(self._current_rows[sent.cell[:2]]) not in codes
        )
        if not reviewer_changed:
            self.unreported_lines.add(id(sent.line))
            self.unreported_paragraphs |= numbers
            return _FactCell(sent, fact, sent.text, frozenset(), course_changed)
        return _FactCell(
            sent, fact, text, numbers, course_changed or (codes is None and not tracked)
        )

    @cached_property
    def _lines_by_cell(self) -> Mapping[Cell, Sequence[ReturnedLine]]:
        """The lines of the returned document in each table cell."""
        found: dict[Cell, list[ReturnedLine]] = {}
        for one in self.comparison.accepted.returned_lines:
            if one.cell:
                found.setdefault(one.cell, []).append(one)
        return found

    @cached_property
    def _accepted_rows(self) -> Mapping[tuple[int, int], str]:
        return rows(self.comparison.accepted.returned_lines)

    @cached_property
    def _rejected_rows(self) -> Mapping[tuple[int, int], str]:
        return rows(self.comparison.rejected.returned_lines)

    @cached_property
    def _current_rows(self) -> Mapping[tuple[int, int], str]:
        return rows(self.comparison.current_lines)

    @cached_property
    def _returned_rows(self) -> Mapping[tuple[int, int], tuple[int, int]]:
        """The table row of the returned document that shows each row of the current one, matched by
        the first cell. A row is the number of its table and its own number."""
        found: dict[tuple[int, int], tuple[int, int]] = {}
        reading = self.comparison.accepted
        tagged = {one.tag: one.cell for one in reading.returned_lines if one.tag and one.cell}
        for index, sent in enumerate(self.comparison.current_lines):
            if not sent.cell or sent.cell[2]:
                continue
            seen = reading.returned_lines[reading.pairs[index]] if index in reading.pairs else None
            tag = sent.line.tag if sent.line else ""
            cell = seen.cell if seen else tagged.get(tag) if tag else None
            if cell:
                found.setdefault(sent.cell[:2], cell[:2])
        return found

    def _cell_in_line(self, index: int, fact: Fact) -> _FactCell | None:
        """Find the text that the returned document has in place of a fact within a line, such as a
        pass mark; ``None`` if the line is unchanged or was not found. ``index`` is the index of the
        line in the current document."""
        sent = self.comparison.current_lines[index]
        at = sent.text.rfind(normalise(fact.value)) if fact.value else -1
        if index in self.comparison.accepted.pairs or at < 0:
            return None
        before, after = sent.text[:at], sent.text[at + len(normalise(fact.value)) :]
        codes = self.comparison.sent_codes
        for one in self.comparison.accepted.differences:
            if not any(line is sent for line in one.before):
                continue
            for seen in one.after:
                fits = seen.text.startswith(before) and seen.text.endswith(after)
                text = seen.text[len(before) : len(seen.text) - len(after)]
                if fits and text.strip() and not (codes and line_code(seen.text) in codes):
                    since = codes is None or line_code(sent.text) not in codes
                    return _FactCell(sent, fact, text.strip(), frozenset(seen.numbers), since)
        return None

    def describe(
        self,
        cells: Sequence[_FactCell],
        before: str,
        after: str,
        text: str,
        edits: Sequence[Edit | None],
        reason: str = "",
        owner: Origin | None = None,
    ) -> FactChange:
        """Build the ``FactChange`` for the changed facts in ``cells``.

        ``before`` and ``after`` are the values, ``text`` describes the change for the author.
        ``edits`` are kept only if each edit is known (not ``None``), there is no ``reason`` against
        the edits, and the course has not changed here since the document was made. ``owner`` is the
        place in the sources that contains the facts, by default their question.
        """
        line = cells[0].sent.line
        sure = edits and all(edits) and not reason and not any(cell.changed_since for cell in cells)
        since = _CHANGED_SINCE if any(cell.changed_since for cell in cells) else _NOT_EDITABLE
        kind = cells[0].fact.kind
        part = line.tag if line and line.tag else f"q:{cells[0].fact.owner}"
        page = kind in ("pass_mark", "attempts", "unset")
        return FactChange(
            part="" if page else part,
            before=before,
            after=after,
            text=text,
            position=self.source_texts.place(owner or Origin("question", cells[0].fact.owner)),
            edits=tuple(one for one in edits if one) if sure else (),
            reason="" if sure else reason or since,
            numbers=frozenset(number for cell in cells for number in cell.numbers),
            lines=frozenset(id(cell.sent.line) for cell in cells),
        )

    def question(self, fact: Fact) -> tuple[str, dict[str, object], Place] | None:
        """The question of a fact: the path of its file, its value in YAML, and its place there;
        ``None`` if the course has no such question."""
        owner = self.source_texts.owner(Origin("question", fact.owner))
        if owner is None or not isinstance(owner[1], dict):
            return None
        return owner[0], owner[1], owner[2]

    def entries_by_id(self, fact: Fact) -> tuple[str, dict[str, tuple[dict[str, object], Place]]]:
        """The path of the question's file, and the question's options, items or steps by id, each
        with its place in YAML."""
        question = self.question(fact)
        if question is None:
            return "", {}
        path, value, place = question
        keys = {"needed": "steps", "right": "options"}
        key = keys.get(fact.kind, "items")
        found = {}
        entries = value.get(key)
        for index, one in enumerate(entries if isinstance(entries, list) else ()):
            if isinstance(one, dict) and key in place.parts:
                found[str(one.get("id"))] = one, place.parts[key].parts[index]
        return path, found


def _detect_marks(facts: Facts, cells: Sequence[_FactCell]) -> FactChange | None:
    """Detect that a reviewer has marked other options as right, or other steps as needed, than the
    course; ``None`` if not, or if a mark cannot be read. ``cells`` are the facts of one
    question."""
    fact = cells[0].fact
    yes = {_strip_tick(cell.sent.text) for cell in cells if cell.fact.value}
    no = {cell.sent.text.casefold() for cell in cells if not cell.fact.value}
    marks: dict[str, bool] = {}
    for cell in cells:
        text = cell.returned_text
        ticked = bool(_TICK.match(text))
        if ticked or _strip_tick(text) in yes:
            marks[cell.fact.part] = True
        elif text.casefold() in no or not text:
            marks[cell.fact.part] = False
        else:
            return None
    before = {cell.fact.part for cell in cells if cell.fact.value}
    after = {part for part, mark in marks.items() if mark}
    if before == after:
        return None
    changed = [cell for cell in cells if (cell.fact.part in after) != (cell.fact.part in before)]
    word = "right" if fact.kind == "right" else "needed"
    text = (
        f"the reviewer says that {_format_ids(after)} {word}; "
        f"the course says {_format_ids(before, False)}"
    )
    edits = _answer_edit(facts, fact, after) or _mark_edits(facts, fact, before, after)
    return facts.describe(changed, ", ".join(sorted(before)), ", ".join(sorted(after)), text, edits)


def _answer_edit(facts: Facts, fact: Fact, after: set[str]) -> list[Edit | None]:
    """The edit that changes the answer of a true-false question to ``after``; empty for other
    types."""
    question = facts.question(fact)
    if question is None or question[1].get("type") != "true-false":
        return []
    path, _, place = question
    if len(after) != 1 or "answer" not in place.parts:
        return [None]
    return [
        facts.source_texts.value_edit(
            path, place.parts["answer"], "true" if after == {"t"} else "false"
        )
    ]


def _mark_edits(facts: Facts, fact: Fact, before: set[str], after: set[str]) -> list[Edit | None]:
    """The edits that change which options are marked as right, or which steps as needed. ``before``
    and ``after`` are the ids of the options or steps that were and are now marked."""
    path, listed = facts.entries_by_id(fact)
    key = "correct" if fact.kind == "right" else "needed"
    edits: list[Edit | None] = []
    for part in sorted(before ^ after):
        _, place = listed.get(part, ({}, None))
        word = "yes" if part in after else "no"
        if place is None:
            edits.append(None)
        elif key in place.parts:
            edits.append(facts.source_texts.value_edit(path, place.parts[key], word))
        else:
            edits.append(facts.source_texts.key_edit(path, place, key, word))
    return edits


def _detect_order(facts: Facts, cells: Sequence[_FactCell]) -> FactChange | None:
    """Detect that a reviewer has changed the order of the items of a sequencing question; ``None``
    if not. ``cells`` are the facts of the question."""
    before = [cell.fact.part for cell in sorted(cells, key=lambda one: int(one.fact.value))]
    places = {cell.fact.part: _position_digits(cell.returned_text) for cell in cells}
    if all(places[cell.fact.part] == cell.fact.value for cell in cells):
        return None
    changed = [cell for cell in cells if places[cell.fact.part] != cell.fact.value]
    numbers = [int(place) for place in places.values() if place.isdecimal()]
    if sorted(numbers) != [*range(1, len(cells) + 1)]:
        given = ", ".join(f"{part} {place or '–'}" for part, place in places.items())
        text = f"the reviewer gives the places {given}; the course says {', '.join(before)}"
        return facts.describe(changed, ", ".join(before), given, text, (), _AMBIGUOUS_ORDER)
    after = sorted(places, key=lambda part: int(places[part]))
    path, listed = facts.entries_by_id(cells[0].fact)
    spans = {
        part: facts.source_texts.mapping_span(path, place) for part, (_, place) in listed.items()
    }
    edits: list[Edit | None] = [None]
    if set(spans) == set(after) and all(spans.values()):
        whole = facts.source_texts.text(path)
        at = {part: span for part, span in spans.items() if span}
        edits = [
            Edit(path, *at[old], whole[slice(*at[new])])
            for old, new in zip(listed, after, strict=True)
            if old != new
        ]
    text = f"the reviewer says that the order is {', '.join(after)}; the course says "
    text += ", ".join(before)
    return facts.describe(changed, ", ".join(before), ", ".join(after), text, edits)


def _detect_pair(facts: Facts, cells: Sequence[_FactCell]) -> FactChange | None:
    """Detect that a reviewer has given an item of a matching question another option; ``None`` if
    not. ``cells`` has the one fact that says which option."""
    [cell] = cells
    fact = cell.fact
    before = normalise(fact.value)
    if cell.returned_text == before or cell.returned_text == cell.sent.text:
        return None
    text = (
        f"the reviewer says that {fact.part} belongs to “{cell.returned_text}”; "
        f"the course says “{before}”"
    )
    others = {
        one.text: one.line.tag.rpartition("/")[2]
        for one in facts.comparison.current_lines
        if one.line
        and one.line.tag.startswith(f"q:{fact.owner}/")
        and not one.line.tag.startswith(f"q:{fact.owner}/i-")
    }
    option = others.get(cell.returned_text)
    path, listed = facts.entries_by_id(fact)
    _, place = listed.get(fact.part, ({}, None))
    edits: list[Edit | None] = []
    if option and place and "match" in place.parts:
        edits = [facts.source_texts.value_edit(path, place.parts["match"], option)]
    reason = "" if option else _UNKNOWN_OPTION
    return facts.describe(cells, before, cell.returned_text, text, edits, reason)


def _detect_number(facts: Facts, cells: Sequence[_FactCell]) -> FactChange | None:
    """Detect that a reviewer has written another correct number for a numeric question; ``None`` if
    not. ``cells`` are the facts of the question."""
    [cell] = cells
    before, after = normalise(cell.fact.value), cell.returned_text
    text = f"the reviewer says that {after} is right; the course says {before}"
    old, new = _NUMBER.findall(before), _NUMBER.findall(_to_ascii_digits(after))
    question = facts.question(cell.fact)
    edits: list[Edit | None] = []
    if question and _NUMBER.sub("0", before) == _NUMBER.sub("0", _to_ascii_digits(after)):
        path, value, place = question
        keys = ("answer", "tolerance") if value.get("answer") is not None else ("min", "max")
        there = [key for key in keys if key in place.parts]
        if len(there) == len(old):
            edits = [
                facts.source_texts.value_edit(path, place.parts[key], other.replace(",", "."))
                for key, one, other in zip(there, old, new, strict=True)
                if one != other
            ]
    return facts.describe(cells, before, after, text, edits)


def _detect_rule(facts: Facts, cells: Sequence[_FactCell]) -> FactChange | None:
    """Detect that a reviewer has changed a pass mark or a number of attempts; ``None`` if the new
    text is not a number. ``cells`` has the one fact."""
    [cell] = cells
    fact, after = cell.fact, _to_ascii_digits(cell.returned_text)
    if not after.isdecimal():
        return None
    name = "pass mark" if fact.kind == "pass_mark" else "number of attempts"
    text = f"the reviewer says that the {name} is {after}; the course says {fact.value}"
    origins = [Origin("course", "", ("tracking", fact.kind))]
    origins[:0] = [Origin("front", fact.owner, ("quiz", fact.kind))] if fact.owner else []
    for origin in origins:
        owner = facts.source_texts.owner(origin)
        place = owner[2].find(origin.steps) if owner else None
        key = owner[2].find(origin.steps[:1]).parts if owner else {}
        if owner and place and fact.kind in key:
            edit = facts.source_texts.value_edit(owner[0], place, after)
            return facts.describe(cells, fact.value, after, text, [edit], owner=origin)
    return facts.describe(cells, fact.value, after, text, (), owner=origins[-1])


def _detect_value(facts: Facts, cells: Sequence[_FactCell]) -> FactChange | None:
    """Detect that a reviewer has filled in a local value that the course does not have yet;
    ``None`` if not. ``cells`` has the one fact."""
    [cell] = cells
    name = cell.fact.owner
    if cell.returned_text == cell.sent.text or not cell.returned_text:
        return None
    origin = Origin("course", "", ("variables", name))
    owner = facts.source_texts.owner(origin)
    edits: list[Edit | None] = []
    if owner:
        place = owner[2].find(origin.steps)
        words = '"' + cell.returned_text.replace("\\", "\\\\").replace('"', '\\"') + '"'
        if "value" not in place.parts:
            edits = [facts.source_texts.key_edit(owner[0], place, "value", words)]
        else:
            edits = [facts.source_texts.value_edit(owner[0], place.parts["value"], words)]
    text = f"the reviewer says that {name} is “{cell.returned_text}”; the course has no value yet"
    return facts.describe(cells, "", cell.returned_text, text, edits, owner=origin)


def _strip_tick(text: str) -> str:
    return _TICK.sub("", text).casefold()


def _format_ids(parts: set[str], verb: bool = True) -> str:
    listed = ", ".join(sorted(parts)) or "none"
    return f"{listed} {'are' if len(parts) > 1 else 'is'}" if verb else listed


def _to_ascii_digits(text: str) -> str:
    """Replace the decimal digits of all scripts by 0 to 9."""
    return "".join(str(unicodedata.decimal(one, one)) for one in text)


def _position_digits(text: str) -> str:
    return _to_ascii_digits(text).strip(" .)")


_DETECTORS: Mapping[str, Callable[[Facts, Sequence[_FactCell]], FactChange | None]] = {
    "right": _detect_marks,
    "needed": _detect_marks,
    "place": _detect_order,
    "pair": _detect_pair,
    "number": _detect_number,
    "pass_mark": _detect_rule,
    "attempts": _detect_rule,
    "unset": _detect_value,
}
