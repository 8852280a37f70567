"""Three versions of a text as one: what was imported then, what its author has made of it, and what
the source says now.

A text is merged by its units, such as paragraphs. What the author has changed or added stays,
always; what only the source has changed is changed; what is gone from the source stays and is told
of, but for settings; what both have changed stays as the author has it, and is told of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Literal

What = Literal["changed", "added", "gone", "both"]
ALIKE = 0.4
"""From which likeness on a unit is taken for a changed one, and not for another."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of a text, and what stands between it and the next: a line end, and empty lines.

    One that is a ``setting`` goes where the source has it no more; words stay, and are told of.
    """

    text: str
    gap: str = "\n"
    setting: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """What became of a unit: where it stands in the merged units, what it says there, and what the
    source says."""

    what: What
    at: int
    ours: str
    theirs: str


@dataclass
class Merge:
    """Merged units, and what there is to tell."""

    units: list[Unit] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def tell(self, what: What, ours: str, theirs: str) -> None:
        """Tell of the unit that is put next."""
        self.events.append(Event(what, len(self.units), ours, theirs))


@dataclass(frozen=True, slots=True)
class _Side:
    """What one side has made of the base: for each unit what it is now, ``None`` where it is gone;
    what stands in front of each that is new, and behind the last; and which unit each text of these
    was that has only moved."""

    units: list[Unit | None]
    new: list[list[Unit]]
    moved: dict[str, int]


Cut = Callable[[str], list[Unit]]
"""How a unit is divided further, where both sides have changed it."""


def merge(
    base: Sequence[Unit],
    ours: Sequence[Unit],
    theirs: Sequence[Unit],
    *,
    cut: Cut | None = None,
    elsewhere: Container[str] = frozenset(),
) -> Merge:
    """Merge three versions. ``elsewhere`` are units that the source has moved to another text."""
    told = _Telling(base, _side(base, ours), _side(base, theirs), cut, elsewhere)
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
        cut: Cut | None,
        elsewhere: Container[str],
    ) -> None:
        self.base, self.mine, self.source = base, mine, source
        self.cut, self.elsewhere = cut, elsewhere
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
                    self.merge.units.append(unit)
                continue
            self.merge.tell("added", "", unit.text)
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
        elif mine.text == base.text:
            self.merge.tell("changed", base.text, source.text)
            self.merge.units.append(Unit(source.text, mine.gap))
        else:
            self._both(base, mine, source)

    def _gone(self, at: int, base: Unit, mine: Unit) -> None:
        moved = self.source.moved.get(base.text) == at
        by_both = moved and self.mine.moved.get(base.text) == at
        left = moved or base.text in self.elsewhere
        if left and mine.text == base.text and not by_both:
            return
        if base.setting and mine.text == base.text:
            self.merge.tell("changed", mine.text, "")
            return
        if not by_both:
            self.merge.tell("both" if left else "gone", mine.text, "")
        self.merge.units.append(mine)

    def _both(self, base: Unit, mine: Unit, source: Unit) -> None:
        parts = [self.cut(unit.text) for unit in (base, mine, source)] if self.cut else []
        if parts and all(len(part) > 1 for part in parts):
            inner = merge(*parts)
            if not any(event.what == "both" for event in inner.events):
                text = joined(inner.units)
                self.merge.tell("changed", mine.text, text)
                for event in inner.events:
                    if event.what == "gone":
                        self.merge.tell("gone", event.ours, "")
                self.merge.units.append(Unit(text, mine.gap))
                return
        self.merge.tell("both", mine.text, source.text)
        self.merge.units.append(mine)


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
        if unit is None and left[one.text] == 1 and arrived[one.text] == 1
    }


def _side(base: Sequence[Unit], side: Sequence[Unit]) -> _Side:
    units: list[Unit | None] = [None] * len(base)
    new: list[list[Unit]] = [[] for _ in range(len(base) + 1)]
    texts, others = [unit.text for unit in base], [unit.text for unit in side]
    matcher = SequenceMatcher(None, texts, others, autojunk=False)
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
    return _Side(units, new, _moved(base, units, new))


def _pairs(
    old: range, new: range, base: Sequence[Unit], side: Sequence[Unit]
) -> Iterator[tuple[int, int]]:
    """Which units became which, in their order."""
    if len(old) == len(new) == 1:
        yield old.start, new.start
        return
    first = new.start
    for here in old:
        best, likeness = -1, ALIKE
        for there in range(first, new.stop):
            found = alike(base[here].text, side[there].text)
            if found > likeness:
                best, likeness = there, found
        if best >= 0:
            yield here, best
            first = best + 1


def alike(one: str, other: str) -> float:
    """How alike two texts are by their words, from 0 to 1."""
    words, others = one.split(), other.split()
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() > ALIKE else 0.0
