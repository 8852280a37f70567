"""Computes the numbers of lists and headings as Word shows them (ISO/IEC 29500-1, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from builder.base.immutable import immutable
from builder.importing.word.names import Element, child, name, number, switch, twips, value
from builder.importing.word.numerals import NUMERALS, decimal
from builder.importing.word.symbols import convert_symbols

Indent = Mapping[str, int]
"""Indent of the ``left`` edge and the ``first`` line, in twentieths of a point."""

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_LINKS = 10
"""Maximum number of links followed from one list style to another."""
_LONGEST = 60
"""Maximum length of a label, in characters."""


def indent(element: Element | None) -> dict[str, int]:
    """Parse a ``w:ind``. ``left`` is the side where the text starts."""
    if element is None:
        return {}
    left = twips(element.get(name("w:start"), element.get(name("w:left"))))
    first = twips(element.get(name("w:firstLine")))
    hanging = twips(element.get(name("w:hanging")))
    lengths = {"left": left, "first": -hanging if hanging is not None else first}
    return {key: length for key, length in lengths.items() if length is not None}


@immutable
class Level:
    """One level of a list: start, format and indent of its numbers."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    font: str = ""
    restarts_after: int | None = None
    decimal_only: bool = False
    indent: Indent = field(default_factory=dict)
    style: str = ""
    picture: bool = False

    @property
    def ordered(self) -> bool:
        return self.form not in ("bullet", "none") and not self.picture


@immutable
class Number:
    """The number of a paragraph. Paragraphs that are counted together have the same ``list_id``."""

    label: str
    ordered: bool
    count: int
    list_id: int
    level: int
    indent: Indent


@dataclass(slots=True)
class _Instance:
    abstract: int
    levels: dict[int, Level]
    starts: dict[int, int]


class Numbering:
    """Counts numbered paragraphs; call ``next`` for each one in document order."""

    def __init__(self, root: Element | None) -> None:
        self._abstract: dict[int, Element] = {}
        self._by_style: dict[str, int] = {}
        self._read: dict[int, dict[int, Level]] = {}
        self._instances: dict[int, _Instance | None] = {}
        self._elements: dict[int, Element] = {}
        self._counts: dict[int, list[int | None]] = {}
        self._started: set[tuple[int, int]] = set()
        for one in () if root is None else root.iterfind(name("w:abstractNum")):
            identity = number(one.get(name("w:abstractNumId")))
            if identity is not None:
                self._abstract[identity] = one
                if style := value(one, "w:styleLink"):
                    self._by_style.setdefault(style, identity)
        for one in () if root is None else root.iterfind(name("w:num")):
            identity = number(one.get(name("w:numId")))
            if identity is not None:
                self._elements[identity] = one

    def level_of(self, list_id: int, style: str) -> int | None:
        """The list level that is linked to a paragraph style."""
        instance = self._instance(list_id)
        levels = instance.levels if instance else {}
        return next((at for at, level in levels.items() if style and level.style == style), None)

    def next(self, list_id: int | None, level: int) -> Number | None:
        """Count the next paragraph of a list; ``None`` if the list or its level is not defined."""
        instance = self._instance(list_id) if list_id else None
        level = min(max(level, 0), _LEVELS - 1)
        if list_id is None or instance is None or level not in instance.levels:
            return None
        counts = self._counts.setdefault(instance.abstract, [None] * _LEVELS)
        self._count(list_id, instance, level, counts)
        own = instance.levels[level]
        label = _label(instance.levels, level, counts)
        count = counts[level] or 0
        return Number(label, own.ordered, count, instance.abstract, level, own.indent)

    def _count(
        self, list_id: int, instance: _Instance, level: int, counts: list[int | None]
    ) -> None:
        before = counts[level]
        begins = (list_id, level) not in self._started and level in instance.starts
        self._started.add((list_id, level))
        if before is None or begins:
            counts[level] = instance.starts.get(level, instance.levels[level].start)
        else:
            counts[level] = before + 1
        for deeper in range(level + 1, _LEVELS):
            after = instance.levels[deeper].restarts_after if deeper in instance.levels else None
            # ``lvlRestart`` is 0 for never, k for only after a level above the k-th.
            if after is None or (after and level < after):
                counts[deeper] = None

    def _instance(self, list_id: int) -> _Instance | None:
        if list_id not in self._instances:
            self._instances[list_id] = self._read_instance(list_id)
        return self._instances[list_id]

    def _read_instance(self, list_id: int) -> _Instance | None:
        element = self._elements.get(list_id)
        abstract = number(value(element, "w:abstractNumId"))
        if element is None or abstract not in self._abstract:
            return None
        for _ in range(_LINKS):
            linked = self._by_style.get(value(self._abstract[abstract], "w:numStyleLink") or "")
            if linked is None or linked == abstract:
                break
            abstract = linked
        if abstract not in self._read:
            found = self._abstract[abstract].iterfind(name("w:lvl"))
            self._read[abstract] = dict(level for one in found if (level := _level(one)))
        levels, starts = dict(self._read[abstract]), {}
        for one in element.iterfind(name("w:lvlOverride")):
            at = number(one.get(name("w:ilvl")))
            if at is None or not 0 <= at < _LEVELS:
                continue
            start = number(value(one, "w:startOverride"))
            if start is not None:
                starts[at] = start
            own = child(one, "w:lvl")
            if own is not None:
                levels[at] = _read_level(own)
        return _Instance(abstract, levels, starts)


def _level(element: Element) -> tuple[int, Level] | None:
    at = number(element.get(name("w:ilvl")))
    return None if at is None or not 0 <= at < _LEVELS else (at, _read_level(element))


def _read_level(element: Element) -> Level:
    fonts = child(element, "w:rPr", "w:rFonts")
    start = number(value(element, "w:start"))
    return Level(
        start=0 if start is None else start,
        form=_form(element),
        text=value(element, "w:lvlText") or "",
        font="" if fonts is None else fonts.get(name("w:ascii"), fonts.get(name("w:hAnsi"), "")),
        restarts_after=number(value(element, "w:lvlRestart")),
        decimal_only=bool(switch(element, "w:isLgl")),
        indent=indent(child(element, "w:pPr", "w:ind")),
        style=value(element, "w:pStyle") or "",
        picture=child(element, "w:lvlPicBulletId") is not None,
    )


def _form(element: Element) -> str:
    """The number format. Newer formats are in an alternative, with an older one as fallback."""
    found = next(element.iter(name("w:numFmt")), None)
    if found is None:
        return "decimal"
    form = found.get(name("w:val"), "decimal")
    return found.get(name("w:format"), form) if form == "custom" else form


def _label(levels: Mapping[int, Level], at: int, counts: list[int | None]) -> str:
    own = levels[at]
    if own.picture:
        return "•"
    if not own.ordered:
        return _bullet(own)

    def format_level(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        level = levels.get(index, own)
        count = counts[index] if index <= at else None
        form = decimal if own.decimal_only else _numerals(level)
        return form(level.start if count is None else count)

    return _PLACE.sub(format_level, own.text[:_LONGEST])[:_LONGEST].strip()


def _numerals(level: Level) -> Callable[[int], str]:
    return NUMERALS.get(level.form, decimal)


def _bullet(level: Level) -> str:
    if level.form == "none":
        return level.text[:_LONGEST].strip() if not _PLACE.search(level.text) else ""
    text = convert_symbols(level.font, level.text.strip()[:_LONGEST])
    if text == "o" and "courier" in level.font.lower():
        return "◦"
    private = [one for one in text if 0xF000 <= ord(one) <= 0xF0FF]
    return "•" if private or not text else text
