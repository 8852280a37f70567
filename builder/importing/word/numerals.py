"""Formats numbers in Word's list formats (ISO/IEC 29500-1, 17.18.59)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

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
"""Maximum repetitions of a letter; ``aaa`` is 53."""
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
    """``12``. Also the fallback for unknown formats."""
    return str(count)


def roman(count: int) -> str:
    """Roman numerals, such as ``xii``."""
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


NUMERALS: Mapping[str, Callable[[int], str]] = MappingProxyType(
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
