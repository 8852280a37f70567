"""The texts of the player's interface, with one catalogue per language in ``templates/i18n/``."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import field
from functools import cache
from typing import Literal

from builder.base import resources
from builder.base.immutable import immutable


@immutable
class Typography:
    """How a language prints quotation marks that are typed as straight marks (Unicode CLDR,
    delimiters).

    ``outer`` are the opening and closing marks of a quotation, ``inner`` those of a quotation
    within it, both with their spaces. ``before`` maps a punctuation mark to the no-break space that
    replaces a space typed before it. A space after a mark in ``behind`` becomes a no-break space.
    """

    outer: tuple[str, str]
    inner: tuple[str, str]
    before: Mapping[str, str] = field(default_factory=dict, hash=False)
    behind: str = ""

    def marks(self, double: bool) -> tuple[str, str]:
        """The opening and closing marks for text typed between straight double or single marks."""
        return self.outer if double else self.inner


@immutable
class Language:
    """A language with a catalogue, ``templates/i18n/TAG.json``.

    ``plurals`` are its plural categories (Unicode CLDR): a text with a number has a form for each
    category, ``KEY_one``, ``KEY_other`` and so on. ``direction`` is the value of HTML's ``dir``.
    ``reviewed`` is whether a speaker of the language has reviewed the texts.
    """

    tag: str
    name: str
    plurals: tuple[str, ...]
    direction: Literal["ltr", "rtl"] = "ltr"
    reviewed: bool = False
    typography: Typography = Typography(("“", "”"), ("‘", "’"))


_NARROW, _WIDE = "\u202f", "\u00a0"
"""The two no-break spaces of French."""
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
"""All languages with a catalogue, by tag."""

_LANGUAGES = {language.tag: language for language in LANGUAGES}
_MODEL = _LANGUAGES["en"]
"""The language whose catalogue defines which texts exist."""


def language(tag: str) -> Language | None:
    """The language of a tag such as ``cy`` or ``en-GB``; ``None`` if it has no catalogue."""
    return _LANGUAGES.get(tag.partition("-")[0].lower())


def spoken(tag: str) -> Language:
    """The interface language for a tag: English if the tag has no catalogue."""
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
"""For each language with a catalogue, the function that returns the CLDR plural category of an
integer."""


def plural(tag: str, n: int) -> str:
    """The plural category for the number ``n`` in the language ``tag``, such as ``one`` or
    ``other``."""
    return _PLURALS[spoken(tag).tag](n)


@cache
def texts(tag: str) -> Mapping[str, str]:
    """The interface texts of a language by key.

    Missing texts fall back to English, so that everything else of a course can be checked before a
    rule rejects the missing texts (see ``missing``).
    """
    return _catalogue(_MODEL) | _catalogue(spoken(tag))


def missing(tag: str) -> tuple[str, ...]:
    """The keys that are missing in a language's catalogue, sorted; empty for a language without a
    catalogue."""
    chosen = language(tag)
    if not chosen:
        return ()
    return tuple(sorted(required_keys(chosen) - _catalogue(chosen).keys()))


def required_keys(language: Language) -> frozenset[str]:
    """The keys that a language's catalogue must have: those of English, with the plural forms of
    the language."""
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
