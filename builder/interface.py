"""The texts of the interface, one catalogue a language in ``templates/i18n/``."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import field
from functools import cache
from typing import Literal

from builder import resources
from builder.immutable import immutable


@immutable
class Typography:
    """How a language prints what is typed in straight marks (Unicode CLDR, delimiters).

    ``outer`` are its marks round a quotation, ``inner`` those within one, with their spaces.
    ``before`` has the space that stands before a mark, where one is typed; ``behind`` are the marks
    behind which such a space does not break the line.
    """

    outer: tuple[str, str]
    inner: tuple[str, str]
    before: Mapping[str, str] = field(default_factory=dict, hash=False)
    behind: str = ""

    def marks(self, double: bool) -> tuple[str, str]:
        """The marks for what is typed between double marks, or between single ones."""
        return self.outer if double else self.inner


@immutable
class Language:
    """A language that has a catalogue, ``templates/i18n/TAG.json``.

    ``plurals`` are its plural categories (Unicode CLDR): a text that counts has a form for each,
    ``KEY_one``, ``KEY_other`` and so on. ``direction`` is HTML's ``dir``. ``reviewed`` is whether
    a speaker of the language has read the texts over. ``typography`` is how it prints quotations.
    """

    tag: str
    name: str
    plurals: tuple[str, ...]
    direction: Literal["ltr", "rtl"] = "ltr"
    reviewed: bool = False
    typography: Typography = Typography(("“", "”"), ("‘", "’"))


_NARROW, _WIDE = "\u202f", "\u00a0"
"""Spaces that do not break a line."""
LANGUAGES = (
    Language(
        "ar",
        "Arabic",
        ("zero", "one", "two", "few", "many", "other"),
        "rtl",
        typography=Typography(("”", "“"), ("’", "‘")),
    ),
    Language(
        "cy",
        "Welsh",
        ("zero", "one", "two", "few", "many", "other"),
        typography=Typography(("‘", "’"), ("“", "”")),
    ),
    Language("en", "English", ("one", "other"), reviewed=True),
    Language(
        "fr",
        "French",
        ("one", "many", "other"),
        typography=Typography(
            (f"«{_WIDE}", f"{_WIDE}»"),
            ("“", "”"),
            {";": _NARROW, "!": _NARROW, "?": _NARROW, ":": _WIDE, "»": _WIDE},
            "«",
        ),
    ),
)
"""Every language with a catalogue, by tag."""

_LANGUAGES = {language.tag: language for language in LANGUAGES}
_MODEL = _LANGUAGES["en"]
"""The language whose catalogue says which texts there are."""


def language(tag: str) -> Language | None:
    """The language of a tag such as ``cy`` or ``en-GB``, or ``None`` where it has no catalogue."""
    return _LANGUAGES.get(tag.partition("-")[0].lower())


def spoken(tag: str) -> Language:
    """The language of the interface for a tag: English where it has no catalogue."""
    return language(tag) or _MODEL


def _welsh(n: int) -> str:
    return {0: "zero", 1: "one", 2: "two", 3: "few", 6: "many"}.get(n, "other")


def _arabic(n: int) -> str:
    if n <= 2:
        return ("zero", "one", "two")[n]
    rest = n % 100
    return "few" if 3 <= rest <= 10 else "many" if 11 <= rest <= 99 else "other"


_PLURALS: Mapping[str, Callable[[int], str]] = {
    "ar": _arabic,
    "cy": _welsh,
    "en": lambda n: "one" if n == 1 else "other",
    "fr": lambda n: "one" if n <= 1 else "other" if n < 1_000_000 else "many",
}
"""The plural category of a whole number, as CLDR has it for each language with a catalogue."""


def plural(tag: str, n: int) -> str:
    """The form of a text that counts ``n`` things, for a language tag: ``one``, ``other`` …"""
    return _PLURALS[spoken(tag).tag](n)


@cache
def texts(tag: str) -> Mapping[str, str]:
    """The texts by key, for a language tag.

    Texts that its catalogue lacks are there in English: a course with such a text is refused
    (``missing``), but only once everything else has been judged.
    """
    return _catalogue(_MODEL) | _catalogue(spoken(tag))


def missing(tag: str) -> tuple[str, ...]:
    """The keys that the catalogue of a language tag lacks, in order; none for other languages."""
    chosen = language(tag)
    if not chosen:
        return ()
    return tuple(sorted(expected(chosen) - _catalogue(chosen).keys()))


def expected(language: Language) -> frozenset[str]:
    """The keys that a catalogue has: those of English, each that counts in every plural form."""
    keys = _catalogue(_MODEL).keys()
    counted = {
        key.removesuffix("_other")
        for key in keys
        if key.endswith("_other") and key.removesuffix("other") + "one" in keys
    }
    plain = keys - {f"{key}_{form}" for key in counted for form in _MODEL.plurals}
    return frozenset(plain | {f"{key}_{form}" for key in counted for form in language.plurals})


@cache
def _catalogue(language: Language) -> dict[str, str]:
    read: dict[str, str] = json.loads(
        resources.path("i18n", f"{language.tag}.json").read_text("utf-8")
    )
    return read
