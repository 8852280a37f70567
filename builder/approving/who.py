"""Who approves words, and on which day, as people write both."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from builder.questions.base import visible

_LONGEST = 200
"""Characters of a name."""
_MARKS = re.compile("[\u061c\u200e\u200f\u2060\ufeff]")
"""Signs that Word puts among Arabic and Hebrew words by itself."""
_JOINERS = str.maketrans("", "", "\u200c\u200d")
"""What stands between the letters of a Persian or an Indian name."""
_DASH = re.compile("[\u2010-\u2015\u2212]")
"""What Word puts in place of a hyphen."""
_NUMBERS = re.compile(r"(\d{1,4})([-./])(\d{1,2})\2(\d{1,4})\.?")
_WORDS = re.compile(r"(?:[a-z]+,? )?(\d{1,2})(?:st|nd|rd|th)?\.? ([a-z]+)\.?,? (\d{4})")
_AMERICAN = re.compile(r"(?:[a-z]+, )?([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_LETTERS = 3
"""Letters by which a month is known."""
_YEAR = 4
_EARLIEST = date(2000, 1, 1)
"""The year before that of SCORM 1.2: what is earlier was mistyped."""


class NoDayError(ValueError):
    """Why something is no day, to stand behind what was written."""


def named(written: str) -> str:
    """A name as it is written down; empty where it is none: nothing to see, too long, or with
    signs that would turn the order of what is shown."""
    name = " ".join(_MARKS.sub("", written).split())
    printable = name.translate(_JOINERS).isprintable()
    return name if visible(name) and len(name) <= _LONGEST and printable else ""


def dated(written: str) -> date:
    """A day as people write it on a sheet: 2026-01-31, 31.1.2026, 31/1/2026, 31 January 2026.

    Raises ``NoDayError`` for anything else, and for one that could be two days.
    """
    dashed = _DASH.sub("-", _MARKS.sub("", written))
    digits = (str(unicodedata.decimal(one, one)) for one in dashed)
    plain = " ".join("".join(digits).lower().split())
    if found := _NUMBERS.fullmatch(plain):
        return _numbered(found[1], found[2], found[3], found[4])
    if found := _WORDS.fullmatch(plain):
        return _made(int(found[3]), _month(found[2]), int(found[1]))
    if found := _AMERICAN.fullmatch(plain):
        return _made(int(found[3]), _month(found[1]), int(found[2]))
    raise NoDayError("is not a day such as 2026-01-31")


def _numbered(first: str, sign: str, middle: str, last: str) -> date:
    if len(first) == _YEAR:
        return _made(int(first), int(middle), int(last))
    if len(last) != _YEAR:
        raise NoDayError("has no year of four digits: write it like 2026-01-31")
    one, other, year = int(first), int(middle), int(last)
    if sign != "." and one != other and max(one, other) <= len(_MONTHS):
        raise NoDayError("can be two days: write it like 2026-01-31")
    # With dots, the day stands first everywhere; else what no month can be is the day.
    day_first = sign == "." or other <= len(_MONTHS)
    return _made(year, other, one) if day_first else _made(year, one, other)


def _month(word: str) -> int:
    short = "sep" if word == "sept" else word
    for number, name in enumerate(_MONTHS, start=1):
        if len(short) >= _LETTERS and name.startswith(short):
            return number
    return 0


def _made(year: int, month: int, day: int) -> date:
    try:
        made = date(year, month, day)
    except ValueError:
        raise NoDayError("is not a day such as 2026-01-31") from None
    if made < _EARLIEST:
        raise NoDayError("is too long ago for any course")
    return made
