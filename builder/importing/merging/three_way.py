"""Three versions of a text as one: what was imported then, what its author has made of it, and what
the source says now.

A text is merged by its units, such as paragraphs, and these by theirs, such as the rows of a table.
What the author has changed or added stays, always; what only the source has changed is changed;
what is gone from the source stays and is told of, but for settings; what both have changed stays as
the author has it, and is told of.
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
ALIKE = 0.4
"""From which likeness of its words on a unit is taken for a changed one, and not for another."""
_LETTERS = 0.7
"""The same by letters, of units that are as short as a typing error matters."""
_SHORT = 120
_MARK = re.compile(r"(\s*)(?:\d+[.)]|[-*+])(?=\s)")
_KINDS = (
    ("table", re.compile(r"\|")),
    ("list", re.compile(r"\s*(?:[-*+]|\d+[.)])\s")),
    ("block", re.compile(r"\s*:{3,}\s*(\S*)")),
)


@immutable
class Unit:
    """A part of a text, and what stands between it and the next: a line end, and empty lines.

    ``key`` is what it is known by whatever it says, such as the name of a setting or the id of an
    option; what has none is known by its words. One that is a ``setting`` goes where the source has
    it no more; words stay, and are told of. ``inside`` is how it is divided further.
    """

    text: str
    gap: str = "\n"
    setting: bool = False
    key: str = ""
    inside: Cut | None = None

    @property
    def identity(self) -> str:
        """What is the same in two versions of it; a list is numbered anew."""
        return self.key or _MARK.sub(r"\1#", self.text, count=1)


Cut = Callable[[str], list[Unit]]


@immutable
class Event:
    """What became of a unit: where it stands in the merged units, and ``down`` how many lines below
    the first one of that unit; what it says there, and what the source says."""

    what: What
    at: int
    ours: str
    theirs: str
    down: int = 0


@dataclass
class Merge:
    """Merged units, and what there is to tell."""

    units: list[Unit] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def tell(self, what: What, ours: str, theirs: str, down: int = 0) -> None:
        """Tell of the unit that is put next."""
        if ours.strip() or theirs.strip():
            self.events.append(Event(what, len(self.units), ours, theirs, down))

    def take(self, inner: Merge) -> None:
        """Tell what there is to tell of the parts of the unit that is put next."""
        lines = starts(inner.units)
        for one in inner.events:
            self.tell(one.what, one.ours, one.theirs, lines[one.at] - 1 + one.down)


@immutable
class _Side:
    """What one side has made of the base: for each unit what it is now, ``None`` where it is gone;
    what stands in front of each that is new, and behind the last; and which unit each text of these
    was that has only moved."""

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
    """Merge three versions. ``elsewhere`` are units that the source has moved to another text."""
    told = _Telling(base, _side(base, ours), _side(base, theirs), elsewhere)
    for at, unit in enumerate(base):
        told.new(at)
        if unit.text not in told.mine.moved or told.mine.moved[unit.text] != at:
            told.unit(at, unit, told.mine.units[at])
    told.new(len(base))
    return told.merge


class _Telling:
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

    def new(self, at: int) -> None:
        """What either side has put in front of a unit of the base."""
        mine = self.mine.new[at]
        for unit in mine:
            if unit.text in self.mine.moved:
                # Where its author has put it, it follows the source.
                there = self.mine.moved[unit.text]
                self.unit(there, self.base[there], unit)
            else:
                self.merge.units.append(unit)
        there_already = {unit.text for unit in mine}
        for unit in self.source.new[at]:
            if unit.text in there_already:
                continue
            if unit.text in self.source.moved:
                # Only what the author has left as it was goes with the source.
                if _same(self.mine.units[self.source.moved[unit.text]], unit.text):
                    self.merge.tell("moved", "", unit.text)
                    self.merge.units.append(unit)
                continue
            self.merge.tell("changed" if unit.setting else "added", "", unit.text)
            self.merge.units.append(unit)

    def unit(self, at: int, base: Unit, mine: Unit | None) -> None:
        """What becomes of a unit of the base, which is ``mine`` by now."""
        source = self.source.units[at]
        if mine is None:
            if source is not None and source.text != base.text:
                self.merge.tell("both", "", source.text)
            return
        if source is None:
            self._gone(at, base, mine)
        elif source.text in (base.text, mine.text):
            self.merge.units.append(mine)
        elif not base.key and source.identity == base.identity:
            # Only its number or mark in a list is another one.
            text = source.text if mine.text == base.text else mine.text
            self.merge.units.append(replace(mine, text=text))
        elif inner := _inner(base, mine, source):
            self.merge.take(inner)
            self.merge.units.append(replace(mine, text=joined(inner.units)))
        elif mine.text == base.text:
            self.merge.tell("changed", base.text, source.text)
            self.merge.units.append(replace(mine, text=source.text))
        else:
            self.merge.tell("both", mine.text, source.text)
            self.merge.units.append(mine)

    def _gone(self, at: int, base: Unit, mine: Unit) -> None:
        moved = self.source.moved.get(base.text) == at
        by_both = moved and self.mine.moved.get(base.text) == at
        left = moved or base.text in self.elsewhere
        if left and mine.text == base.text and not by_both:
            return
        if base.setting and mine.text == base.text:
            self.merge.tell("changed", mine.text, "")
            return
        if by_both:
            self.merge.units.append(mine)
            return
        kept = _bared(base, mine)
        self.merge.tell("both" if left else "gone", kept.text, "")
        for line in mine.text.split("\n"):
            if line not in kept.text.split("\n"):
                self.merge.tell("changed", line, "")
        self.merge.units.append(kept)


def _inner(base: Unit, mine: Unit, source: Unit) -> Merge | None:
    """The parts of a unit as one; nothing where it has none, or where both sides have changed one
    of them."""
    if base.inside is None:
        return None
    parts = [base.inside(unit.text) for unit in (base, mine, source)]
    if len(parts[0]) < 2:
        return None
    inner = merge(*parts)
    return None if any(event.what == "both" for event in inner.events) else inner


def _bared(base: Unit, mine: Unit) -> Unit:
    """What is gone from the source and stays, without what only the source has said of it: no
    answer is right any more because it was once."""
    if base.inside is None:
        return mine
    said = {unit.text for unit in base.inside(base.text) if unit.setting}
    kept = [unit for unit in base.inside(mine.text) if unit.text not in said]
    return replace(mine, text=joined(kept)) if kept else mine


def starts(units: Sequence[Unit]) -> list[int]:
    """The line at which each unit starts, from 1, and the one behind the last."""
    found = [1]
    for unit in units:
        found.append(found[-1] + f"{unit.text}{unit.gap}".count("\n"))
    return found


def joined(units: Sequence[Unit]) -> str:
    """Units as one text."""
    # Each ends with a line end more than the text that it was cut from.
    return "".join(f"{unit.text}{unit.gap}" for unit in units)[:-1]


def _same(unit: Unit | None, text: str) -> bool:
    return unit is not None and unit.text == text


def _moved(
    base: Sequence[Unit], units: Sequence[Unit | None], new: Sequence[Sequence[Unit]]
) -> dict[str, int]:
    """What a side has moved: which unit of the base each text was that is new elsewhere."""
    arrived = Counter(unit.text for put in new for unit in put)
    left = Counter(one.text for one, unit in zip(base, units, strict=True) if unit is None)
    return {
        one.text: at
        for at, (one, unit) in enumerate(zip(base, units, strict=True))
        if unit is None and left[one.text] == 1 and arrived[one.text] == 1 and one.text
    }


def _side(base: Sequence[Unit], side: Sequence[Unit]) -> _Side:
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
            pairs = dict(_pairs(range(start, end), range(first, last), base, side))
            taken = {there: here for here, there in pairs.items()}
            before = start
            for there in range(first, last):
                if there in taken:
                    units[taken[there]] = side[there]
                    before = taken[there] + 1
                else:
                    new[before].append(side[there])
    _known(base, units, new)
    return _Side(units, new, _moved(base, units, new))


def _known(base: Sequence[Unit], units: list[Unit | None], new: Sequence[list[Unit]]) -> None:
    """What has a key and stands elsewhere with other words is still the same: it stays where it
    was."""
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


def _pairs(
    old: range, new: range, base: Sequence[Unit], side: Sequence[Unit]
) -> Iterator[tuple[int, int]]:
    """Which units became which, in their order."""
    first = new.start
    for here in old:
        best, likeness = -1, 0.0
        for there in range(first, new.stop):
            found = alike(base[here], side[there])
            if found > likeness:
                best, likeness = there, found
        if best >= 0:
            yield here, best
            first = best + 1


def alike(one: Unit, other: Unit) -> float:
    """How alike two units are: 0 where they are two different ones, else up to 1. Of a row, its
    first cell says what it is about."""
    if one.key or other.key or _kind(one.text) != _kind(other.text):
        return 0.0
    words, others = _words(one.text), _words(other.text)
    if not words and not others:
        return 1.0
    head, heads = _cell(one.text), _cell(other.text)
    if head and head == heads:
        return 1.0
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    by_words = matcher.ratio() if matcher.real_quick_ratio() > ALIKE else 0.0
    if by_words > ALIKE:
        return by_words
    if max(len(one.text), len(other.text)) > _SHORT:
        return 0.0
    by_letters = SequenceMatcher(None, " ".join(words), " ".join(others), autojunk=False).ratio()
    return by_letters if by_letters >= _LETTERS else 0.0


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", _MARK.sub(r"\1", text, count=1))


def _kind(text: str) -> str:
    for kind, pattern in _KINDS:
        if found := pattern.match(text):
            return f"{kind} {found[1]}" if found.groups() else kind
    return ""


def _cell(text: str) -> list[str]:
    """The words of the first cell of a single row."""
    one_row = text.startswith("|") and "\n" not in text
    return _words(text.split("|")[1]) if one_row and text.count("|") > 1 else []
