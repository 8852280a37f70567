"""Computes the numbers of list items and headings as Word shows them (ISO/IEC 29500-1, 17.9), in
Word's number formats (17.18.59)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from builder.base.immutable import immutable
from builder.importing.word.names import (
    Element,
    Indent,
    child,
    indent,
    name,
    number,
    switch,
    value,
)
from builder.importing.word.styles import convert_symbols

_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
)
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_ARABIC = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
_ARABIC_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_HEBREW = "אבגדהוזחטיכלמנסעפצקרשת"
_KOREAN = "가나다라마바사아자차카타파하"
_KANA = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
)
_FOOTNOTES = "*†‡§"
_TURNS = 30
"""Maximum number of times that a number repeats a letter: after ``z`` come ``aa``, ``bb`` and so
on."""
_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = {
    **{"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth"},
    **{"nine": "ninth", "twelve": "twelfth"},
}


def decimal(count: int) -> str:
    """A number in decimal digits, such as ``12``. Also the fallback for unknown formats."""
    return str(count)


def roman(count: int) -> str:
    """A number in Roman numerals, such as ``xii``; in decimal digits if it is not between 1 and
    3,999."""
    if not 0 < count < 4000:
        return str(count)
    found = ""
    for worth, letters in _ROMAN:
        times, count = divmod(count, worth)
        found += letters * times
    return found


def _letters(alphabet: str) -> Callable[[int], str]:
    def format_number(count: int) -> str:
        times, at = divmod(count - 1, len(alphabet))
        return alphabet[at] * (times + 1) if 0 <= times < _TURNS else str(count)

    return format_number


def _digits(zero: str) -> Callable[[int], str]:
    def format_number(count: int) -> str:
        return "".join(chr(ord(zero) + int(one)) if one.isdigit() else one for one in str(count))

    return format_number


def _upper(form: Callable[[int], str]) -> Callable[[int], str]:
    return lambda count: form(count).upper()


def _ordinal(count: int) -> str:
    last = "th" if 10 < count % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count}{last}"


def _cardinal(count: int) -> str:
    if not 0 <= count < 100:
        return str(count)
    tens, ones = divmod(count, 10)
    after = f"-{_ONES[ones]}" if ones else ""
    words = _ONES[count] if count < 20 else f"{_TENS[tens]}{after}"
    return words.capitalize()


def _ordinal_words(count: int) -> str:
    if not 0 < count < 100:
        return _ordinal(count)
    first, hyphen, last = _cardinal(count).lower().rpartition("-")
    if last in _ORDINALS:
        last = _ORDINALS[last]
    else:
        last = f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th"
    return f"{first}{hyphen}{last}".capitalize()


def _encircled(count: int) -> str:
    return chr(0x2460 + count - 1) if 0 < count <= 20 else str(count)


def _chinese(count: int) -> str:
    digits = "零一二三四五六七八九"
    if not 0 < count < 100:
        return str(count)
    tens, ones = divmod(count, 10)
    before = "" if not tens else "十" if tens == 1 else f"{digits[tens]}十"
    return before + (digits[ones] if ones else "")


_NUMERALS: Mapping[str, Callable[[int], str]] = MappingProxyType(
    {
        "decimal": decimal,
        "decimalZero": lambda count: f"{count:02}",
        "01, 02, 03, ...": lambda count: f"{count:02}",
        "001, 002, 003, ...": lambda count: f"{count:03}",
        "0001, 0002, 0003, ...": lambda count: f"{count:04}",
        "lowerRoman": roman,
        "upperRoman": _upper(roman),
        "lowerLetter": _letters(_LATIN),
        "upperLetter": _upper(_letters(_LATIN)),
        "russianLower": _letters(_RUSSIAN),
        "russianUpper": _upper(_letters(_RUSSIAN)),
        "arabicAlpha": _letters(_ARABIC),
        "arabicAbjad": _letters(_ARABIC_ABJAD),
        "hebrew1": _letters(_HEBREW),
        "hebrew2": _letters(_HEBREW),
        "ganada": _letters(_KOREAN),
        "aiueo": _letters(_KANA),
        "aiueoFullWidth": _letters(_KANA),
        "chicago": _letters(_FOOTNOTES),
        "ordinal": _ordinal,
        "cardinalText": _cardinal,
        "ordinalText": _ordinal_words,
        "hex": lambda count: f"{count:X}",
        "numberInDash": lambda count: f"- {count} -",
        "decimalEnclosedCircle": _encircled,
        "decimalEnclosedCircleChinese": _encircled,
        "decimalFullWidth": _digits("\uff10"),
        "hindiNumbers": _digits("\u0966"),
        "thaiNumbers": _digits("\u0e50"),
        "chineseCounting": _chinese,
        "chineseCountingThousand": _chinese,
        "ideographDigital": _chinese,
        "japaneseCounting": _chinese,
        "taiwaneseCounting": _chinese,
        "taiwaneseCountingThousand": _chinese,
        "koreanCounting": _chinese,
        "none": lambda count: "",
    }
)


_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_LINKS = 10
"""Maximum number of links followed from one list style to another."""
_LONGEST = 60
"""Maximum length of a label, in characters."""


@immutable
class Level:
    """One level of a list in Word.

    ``form`` is the number format, and ``text`` the pattern of the label, in which ``%1`` is the
    number of the first level. ``restarts_after`` is ``lvlRestart``: k if only paragraphs of
    the first k levels restart the numbers of this level, 0 if none does, and ``None`` if those of
    every higher level do. With ``decimal_only``, numbers of all levels are in decimal digits.
    ``style`` is the id of the paragraph style that is linked to the level. ``picture`` is whether
    its bullet is an image.
    """

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
    """The number of a paragraph. ``label`` is what Word shows, ``count`` the number itself, and
    ``ordered`` is false for a bullet. Paragraphs that are counted together have the same
    ``list_id``."""

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
    """Numbers the paragraphs of lists. ``next`` has to be called for each of them in the order of
    the document."""

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
        """The level of a list that is linked to the paragraph style with the id ``style``; ``None``
        if there is none."""
        instance = self._instance(list_id)
        levels = instance.levels if instance else {}
        return next((at for at, level in levels.items() if style and level.style == style), None)

    def next(self, list_id: int | None, level: int) -> Number | None:
        """Count the next paragraph of a list, and return its number; ``None`` if the list or its
        level is not defined."""
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
            # ``lvlRestart`` 0: never restart. k: restart only after one of the first k levels.
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
    """The name of a level's number format. A newer format is in an alternative that precedes its
    fallback, so the first format is taken."""
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
        form = decimal if own.decimal_only else _NUMERALS.get(level.form, decimal)
        return form(level.start if count is None else count)

    return _PLACE.sub(format_level, own.text[:_LONGEST])[:_LONGEST].strip()


def _bullet(level: Level) -> str:
    if level.form == "none":
        return level.text[:_LONGEST].strip() if not _PLACE.search(level.text) else ""
    text = convert_symbols(level.font, level.text.strip()[:_LONGEST])
    if text == "o" and "courier" in level.font.lower():
        return "◦"
    private = [one for one in text if 0xF000 <= ord(one) <= 0xF0FF]
    return "•" if private or not text else text
