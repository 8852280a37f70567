"""Reads the cells of a report: dates in any language, results, and text that an LMS has escaped."""

from __future__ import annotations

import re
import unicodedata

from builder.results.model import Result

_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#039;": "'", "&#39;": "'"}
_ENTITY = re.compile("|".join(_ENTITIES))
_MONTHS = (
    ("january", "januar", "janvier", "enero", "gennaio", "janeiro", "januari", "ionawr", "يناير"),
    ("february", "februar", "février", "febrero", "febbraio", "fevereiro", "februari", "chwefror"),
    ("march", "märz", "mars", "marzo", "março", "maart", "mawrth", "مارس"),
    ("april", "avril", "abril", "aprile", "ebrill", "أبريل"),
    ("may", "mai", "mayo", "maggio", "maio", "mei", "مايو"),
    ("june", "juni", "juin", "junio", "giugno", "junho", "mehefin", "يونيو"),
    ("july", "juli", "juillet", "julio", "luglio", "julho", "gorffennaf", "يوليو"),
    ("august", "août", "agosto", "augustus", "awst", "أغسطس"),
    ("september", "septembre", "septiembre", "settembre", "setembro", "medi", "سبتمبر"),
    ("october", "oktober", "octobre", "octubre", "ottobre", "outubro", "hydref", "أكتوبر"),
    ("november", "novembre", "noviembre", "novembro", "tachwedd", "نوفمبر"),
    ("december", "dezember", "décembre", "diciembre", "dicembre", "dezembro", "rhagfyr", "ديسمبر"),
)
_MONTH_NUMBERS = {
    unicodedata.normalize("NFC", name): number
    for number, names in enumerate(_MONTHS, start=1)
    for name in names
}
_YEAR = re.compile(r"(?<!\d)([12]\d{3})(?!\d)")
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})[-/年.](\d{1,2})[-/月.](\d{1,2})")
_NUMERIC = re.compile(r"(?<!\d)\d{1,2}[/.](\d{1,2})[/.](\d{4})(?!\d)")
_TIME = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?::\d{2})?\s*([ap])?\.?\s?m?\b", re.IGNORECASE)
_TIMESPAN = re.compile(r"(\d{2,4}):(\d\d):(\d\d(?:\.\d{1,2})?)")
_WORD = re.compile(r"[^\W\d_]{3,}")
_RESULTS = {"correct": 1.0, "wrong": 0.0, "incorrect": 0.0}
_NOT_JUDGED = ("neutral", "unanticipated", "")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")


def unescape(text: str) -> str:
    """Undo, once, the HTML escapes that Moodle writes. An entity that a trainee typed stays."""
    return _ENTITY.sub(lambda found: _ENTITIES[found[0]], text) if "&" in text else text


def is_result(text: str) -> bool:
    """Whether a text can be the result of an answer in SCORM 1.2."""
    word = text.strip().lower()
    return word in _RESULTS or word in _NOT_JUDGED or bool(_NUMBER.fullmatch(word))


def result(text: str) -> Result:
    """The share of the weight that an answer earned; ``None`` if it was not judged."""
    word = text.strip().lower()
    if word in _RESULTS:
        return _RESULTS[word]
    if word in _NOT_JUDGED or not _NUMBER.fullmatch(word):
        return None
    return min(max(float(word.replace(",", ".")), 0.0), 1.0)


def number(text: str) -> float | None:
    """The number in a cell, with a decimal point or comma; ``None`` if it is not a number."""
    text = text.strip().removesuffix("%")
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def seconds(text: str) -> float | None:
    """The seconds in a cell: a number, or a timespan of SCORM 1.2 such as ``0000:00:12.50``;
    ``None`` if it is neither."""
    if found := _TIMESPAN.fullmatch(text.strip()):
        return int(found[1]) * 3600 + int(found[2]) * 60 + float(found[3])
    return number(text)


def is_date(text: str) -> bool:
    """Whether a cell looks like a date in any language: it has a year, and a day or a month."""
    return bool(_YEAR.search(text)) and bool(_DAY.search(text)) and len(text) < 80


def month(text: str) -> str:
    """The month of a date, such as ``2026-11``. In a language whose months we do not know, the
    year and the name, such as ``2026 marraskuuta``; empty if there is none."""
    if found := _ISO.search(text):
        return f"{found[1]}-{int(found[2]):02d}"
    if found := _NUMERIC.search(text):
        return f"{found[2]}-{int(found[1]):02d}"
    year = _YEAR.search(text)
    if not year:
        return ""
    words = [
        unicodedata.normalize("NFC", one).lower() for one in _WORD.findall(_TIME.sub(" ", text))
    ]
    for word in words:
        if word in _MONTH_NUMBERS:
            return f"{year[1]}-{_MONTH_NUMBERS[word]:02d}"
    # The name of the day, if there is one, is before the day's number.
    day = _DAY.search(text)
    after = _WORD.findall(_TIME.sub(" ", text[day.end() :])) if day else []
    return f"{year[1]} {after[0].lower()}" if after else ""


def minutes_between(start: str, end: str) -> float | None:
    """The minutes from one time to another of the same day; ``None`` if a time cannot be read or
    the days differ."""
    begun, ended = _minute_of_day(start), _minute_of_day(end)
    if begun is None or ended is None or ended < begun or _day_part(start) != _day_part(end):
        return None
    return ended - begun


def _day_part(text: str) -> str:
    return _TIME.sub("", text)


def _minute_of_day(text: str) -> int | None:
    found = _TIME.search(text)
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2]), (found[3] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour * 60 + minute
