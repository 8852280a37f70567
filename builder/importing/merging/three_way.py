"""Merges three versions of a text: as it was imported last time (``base``), as its author has it in
the course (``ours``), and as the source, such as a Word document, has it now (``theirs``).

A text is divided into units, such as paragraphs, and a unit into smaller units, such as the rows of
a table.

- What the author changed or added always stays.
- What only the source changed is changed in the course, too.
- Text that is gone from the source stays and is reported; settings that are gone are removed.
- What both changed stays as the author has it and is reported.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import Literal

from builder.base.immutable import immutable

What = Literal["changed", "added", "moved", "gone", "both"]
_MIN_SIMILARITY = 0.4
"""Minimum similarity of the words of two units, from 0 to 1, for them to count as versions of the
same unit."""
_MIN_LETTER_SIMILARITY = 0.7
"""Minimum similarity of the letters of two short units, from 0 to 1, for them to count as versions
of the same unit. In a short unit, a typing error changes many of the words."""
_SHORT_TEXT = 120
"""Maximum length of a unit whose letters are compared, in characters."""
_MARK = re.compile(r"(\s*)(?:\d+[.)]|[-*+])(?=\s)")
_KINDS = (
    ("table", re.compile(r"\|")),
    ("list", re.compile(r"\s*(?:[-*+]|\d+[.)])\s")),
    ("block", re.compile(r"\s*:{3,}\s*(\S*)")),
)


@immutable
class Unit:
    """A part of a text that is merged as a whole or divided further, and the line ends after it
    (``gap``).

    ``key`` identifies a unit whatever its text is: it is the name of a setting or the id of an
    option. A unit without a key is identified by its text. If the source no longer has a unit, a
    ``setting`` is removed, but text stays and is reported. ``inside`` divides the text of the unit
    into smaller units, if it has any.
    """

    text: str
    gap: str = "\n"
    setting: bool = False
    key: str = ""
    inside: Cut | None = None

    @property
    def identity(self) -> str:
        """The text that identifies a unit in another version: its key, or its own text without the
        number of a list item."""
        return self.key or _MARK.sub(r"\1#", self.text, count=1)


Cut = Callable[[str], list[Unit]]


@immutable
class Event:
    """A change of a unit, for the report to the author. ``ours`` is the changed text in the course,
    and ``theirs`` that in the source.

    ``at`` is the index of the unit in the merged units. ``down`` is the number of lines from the
    first line of that unit to the change.
    """

    what: What
    at: int
    ours: str
    theirs: str
    down: int = 0


@dataclass
class Merge:
    """The result of a merge: the merged units, and the events to report."""

    units: list[Unit] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def report(self, what: What, ours: str, theirs: str, down: int = 0) -> None:
        """Add an event, of the kind ``what``, for the unit that will be appended next. ``ours`` and
        ``theirs`` are the author's and the source's text of what changed. ``down`` is the number of
        lines from the unit's first line to the change."""
        if ours.strip() or theirs.strip():
            self.events.append(Event(what, len(self.units), ours, theirs, down))

    def report_inner(self, inner: Merge) -> None:
        """Add the events of ``inner``: the merge of the smaller units in the unit that will be
        appended next."""
        lines = start_lines(inner.units)
        for one in inner.events:
            self.report(one.what, one.ours, one.theirs, lines[one.at] - 1 + one.down)


@immutable
class _Side:
    """The changes of one side, the author or the source, compared with the base.

    ``units`` has the side's version of each unit of the base, ``None`` if the side removed it.
    ``new`` has the units that the side added: a list in front of each unit of the base, and one at
    the end. ``moved`` maps the text of each moved unit to its index in the base.
    """

    units: list[Unit | None]
    new: list[list[Unit]]
    moved: dict[str, int]


def merge(
    base: Sequence[Unit],
    ours: Sequence[Unit],
    theirs: Sequence[Unit],
    *,
    elsewhere: Container[str] = frozenset(),
) -> Merge:
    """Merge three versions of a text, as described at the top of this module: of the last import
    (``base``), of the author (``ours``) and of the source (``theirs``). ``elsewhere`` has texts of
    units that the source has moved to another text; they are removed here, not reported as gone."""
    merger = _Merger(base, _diff(base, ours), _diff(base, theirs), elsewhere)
    for at, unit in enumerate(base):
        merger.merge_new(at)
        if unit.text not in merger.mine.moved or merger.mine.moved[unit.text] != at:
            merger.merge_unit(at, unit, merger.mine.units[at])
    merger.merge_new(len(base))
    return merger.merge


class _Merger:
    def __init__(
        self,
        base: Sequence[Unit],
        mine: _Side,
        source: _Side,
        elsewhere: Container[str],
    ) -> None:
        self.base, self.mine, self.source = base, mine, source
        self.elsewhere = elsewhere
        self.merge = Merge()

    def merge_new(self, at: int) -> None:
        """Add the units that the author or the source put in front of the base's unit with the
        index ``at``."""
        mine = self.mine.new[at]
        for unit in mine:
            if unit.text in self.mine.moved:
                # A unit that its author moved still gets the source's changes.
                there = self.mine.moved[unit.text]
                self.merge_unit(there, self.base[there], unit)
            else:
                self.merge.units.append(unit)
        there_already = {unit.text for unit in mine}
        for unit in self.source.new[at]:
            if unit.text in there_already:
                continue
            if unit.text in self.source.moved:
                # The source moves a unit only if the author left it unchanged.
                mine_now = self.mine.units[self.source.moved[unit.text]]
                if mine_now is not None and mine_now.text == unit.text:
                    self.merge.report("moved", "", unit.text)
                    self.merge.units.append(unit)
                continue
            self.merge.report("changed" if unit.setting else "added", "", unit.text)
            self.merge.units.append(unit)

    def merge_unit(self, at: int, base: Unit, mine: Unit | None) -> None:
        """Merge the versions of one unit: that of the base, which has the index ``at``, the
        author's (``mine``, ``None`` if it was removed), and that of the source."""
        source = self.source.units[at]
        if mine is None:
            if source is not None and source.text != base.text:
                self.merge.report("both", "", source.text)
            return
        if source is None:
            self._merge_gone(at, base, mine)
        elif source.text in (base.text, mine.text):
            self.merge.units.append(mine)
        elif not base.key and source.identity == base.identity:
            # Only its list number or bullet changed.
            text = source.text if mine.text == base.text else mine.text
            self.merge.units.append(replace(mine, text=text))
        elif inner := _merge_parts(base, mine, source):
            self.merge.report_inner(inner)
            self.merge.units.append(replace(mine, text=join_units(inner.units)))
        elif mine.text == base.text:
            self.merge.report("changed", base.text, source.text)
            self.merge.units.append(replace(mine, text=source.text))
        else:
            self.merge.report("both", mine.text, source.text)
            self.merge.units.append(mine)

    def _merge_gone(self, at: int, base: Unit, mine: Unit) -> None:
        moved = self.source.moved.get(base.text) == at
        by_both = moved and self.mine.moved.get(base.text) == at
        left = moved or base.text in self.elsewhere
        if left and mine.text == base.text and not by_both:
            return
        if base.setting and mine.text == base.text:
            self.merge.report("changed", mine.text, "")
            return
        if by_both:
            self.merge.units.append(mine)
            return
        kept = _without_source_settings(base, mine)
        self.merge.report("both" if left else "gone", kept.text, "")
        for line in mine.text.split("\n"):
            if line not in kept.text.split("\n"):
                self.merge.report("changed", line, "")
        self.merge.units.append(kept)


def _merge_parts(base: Unit, mine: Unit, source: Unit) -> Merge | None:
    """Merge the smaller units of a unit from its three versions: of the last import (``base``), of
    the author (``mine``) and of the ``source``. ``None`` if the unit has no smaller units, or if
    the author and the source changed the same smaller unit."""
    if base.inside is None:
        return None
    parts = [base.inside(unit.text) for unit in (base, mine, source)]
    if len(parts[0]) < 2:
        return None
    inner = merge(*parts)
    return None if any(event.what == "both" for event in inner.events) else inner


def _without_source_settings(base: Unit, mine: Unit) -> Unit:
    """Return the author's version (``mine``) of a unit that the source no longer has, without the
    settings that came from the source. For example, an answer is no longer marked as correct.
    ``base`` is the unit in the last import."""
    if base.inside is None:
        return mine
    source_settings = {unit.text for unit in base.inside(base.text) if unit.setting}
    kept = [unit for unit in base.inside(mine.text) if unit.text not in source_settings]
    return replace(mine, text=join_units(kept)) if kept else mine


def start_lines(units: Sequence[Unit]) -> list[int]:
    """The number of the line at which each unit starts, from 1, and of the line after the last
    unit."""
    found = [1]
    for unit in units:
        found.append(found[-1] + f"{unit.text}{unit.gap}".count("\n"))
    return found


def join_units(units: Sequence[Unit]) -> str:
    """Join units and their line ends into one text."""
    # The last unit's gap adds one line end that the original text did not have.
    return "".join(f"{unit.text}{unit.gap}" for unit in units)[:-1]


def _moved_units(
    base: Sequence[Unit], units: Sequence[Unit | None], new: Sequence[Sequence[Unit]]
) -> dict[str, int]:
    """Find the units that a side (the author or the source) moved: the text of each is gone at one
    place and new at another. ``units`` are the side's versions of the units of ``base``, ``None``
    for removed ones. ``new`` are the side's new units before each unit of ``base``, and at the end.
    Maps the text of each moved unit to the unit's index in ``base``."""
    arrived = Counter(unit.text for put in new for unit in put)
    left = Counter(one.text for one, unit in zip(base, units, strict=True) if unit is None)
    return {
        one.text: at
        for at, (one, unit) in enumerate(zip(base, units, strict=True))
        if unit is None and left[one.text] == 1 and arrived[one.text] == 1 and one.text
    }


def _diff(base: Sequence[Unit], side: Sequence[Unit]) -> _Side:
    units: list[Unit | None] = [None] * len(base)
    new: list[list[Unit]] = [[] for _ in range(len(base) + 1)]
    names, others = [unit.identity for unit in base], [unit.identity for unit in side]
    matcher = SequenceMatcher(None, names, others, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind == "equal":
            units[start:end] = side[first:last]
        elif kind == "insert":
            new[start] += side[first:last]
        elif kind == "replace":
            pairs = dict(_pair_similar(range(start, end), range(first, last), base, side))
            taken = {there: here for here, there in pairs.items()}
            before = start
            for there in range(first, last):
                if there in taken:
                    units[taken[there]] = side[there]
                    before = taken[there] + 1
                else:
                    new[before].append(side[there])
    _match_by_key(base, units, new)
    return _Side(units, new, _moved_units(base, units, new))


def _match_by_key(
    base: Sequence[Unit], units: list[Unit | None], new: Sequence[list[Unit]]
) -> None:
    """Match removed units of the base with new units that have the same key and another text: these
    were moved and changed. They get the place that they have in the base. ``units`` and ``new`` are
    as for ``_moved_units``."""
    keyed: dict[str, tuple[list[Unit], Unit]] = {}
    for put in new:
        for unit in put:
            keyed.setdefault(unit.key, (put, unit))
    for at, one in enumerate(base):
        if units[at] is None and one.key and one.key in keyed:
            put, same = keyed[one.key]
            if same.text != one.text:
                put.remove(same)
                units[at] = same
                del keyed[one.key]


def _pair_similar(
    old: range, new: range, base: Sequence[Unit], side: Sequence[Unit]
) -> Iterator[tuple[int, int]]:
    """Pair the units of a replaced range of the base (``old``) with the most similar units in the
    range that replaces it (``new``), in order. Yields the indexes of both."""
    first = new.start
    for here in old:
        best, likeness = -1, 0.0
        for there in range(first, new.stop):
            found = similarity(base[here], side[there])
            if found > likeness:
                best, likeness = there, found
        if best >= 0:
            yield here, best
            first = best + 1


def similarity(one: Unit, other: Unit) -> float:
    """The similarity of two units, ``one`` and ``other``: 0 if they cannot be versions of the same
    unit, else up to 1. Table rows with the same first cell have the similarity 1."""
    if one.key or other.key or _markup_kind(one.text) != _markup_kind(other.text):
        return 0.0
    words, others = _word_list(one.text), _word_list(other.text)
    if not words and not others:
        return 1.0
    head, heads = _first_cell(one.text), _first_cell(other.text)
    if head and head == heads:
        return 1.0
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    by_words = matcher.ratio() if matcher.real_quick_ratio() > _MIN_SIMILARITY else 0.0
    if by_words > _MIN_SIMILARITY:
        return by_words
    if max(len(one.text), len(other.text)) > _SHORT_TEXT:
        return 0.0
    by_letters = SequenceMatcher(None, " ".join(words), " ".join(others), autojunk=False).ratio()
    return by_letters if by_letters >= _MIN_LETTER_SIMILARITY else 0.0


def _word_list(text: str) -> list[str]:
    return re.findall(r"\w+", _MARK.sub(r"\1", text, count=1))


def _markup_kind(text: str) -> str:
    for kind, pattern in _KINDS:
        if found := pattern.match(text):
            return f"{kind} {found[1]}" if found.groups() else kind
    return ""


def _first_cell(text: str) -> list[str]:
    """The words of the first cell if the text is a single row of a table; else empty."""
    one_row = text.startswith("|") and "\n" not in text
    return _word_list(text.split("|")[1]) if one_row and text.count("|") > 1 else []
