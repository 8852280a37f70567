"""The texts of the player's interface, with one catalogue per language in ``templates/i18n/``."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import field
from functools import cache
from gettext import c2py
from typing import Literal

from builder.base import resources
from builder.base.immutable import immutable
from builder.course.pseudo import pseudo


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

    ``name`` is its name in English, ``autonym`` its name in the language itself. ``plurals`` are
    its plural categories (Unicode CLDR): a text with a number has a form for each category,
    ``KEY_one``, ``KEY_other`` and so on. ``plural_rule`` is the expression of gettext's
    ``Plural-Forms`` that gives the index in ``plurals`` for a whole number ``n``. ``direction`` is
    the value of HTML's ``dir``, ``script`` the code of the script (ISO 15924).
    ``other_script_regions`` are the regions where the language is written in another script (CLDR,
    likely subtags). ``reviewed`` is whether a speaker of the language has reviewed the texts.
    """

    tag: str
    name: str
    autonym: str
    plurals: tuple[str, ...]
    plural_rule: str
    direction: Literal["ltr", "rtl"] = "ltr"
    script: str = "Latn"
    other_script_regions: tuple[str, ...] = ()
    reviewed: bool = False
    typography: Typography = Typography(("“", "”"), ("‘", "’"))


_NARROW, _WIDE = "\u202f", "\u00a0"
"""The two no-break spaces of French."""
LANGUAGES = (
    Language(
        "ar",
        "Arabic",
        "العربية",
        ("zero", "one", "two", "few", "many", "other"),
        "n<=2 ? n : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5",
        direction="rtl",
        script="Arab",
        typography=Typography(("”", "“"), ("’", "‘")),
    ),
    Language(
        "cy",
        "Welsh",
        "Cymraeg",
        ("zero", "one", "two", "few", "many", "other"),
        "n<=3 ? n : n==6 ? 4 : 5",
        typography=Typography(("‘", "’"), ("“", "”")),
    ),
    Language("en", "English", "English", ("one", "other"), "n!=1", reviewed=True),
    Language(
        "fr",
        "French",
        "Français",
        ("one", "many", "other"),
        "n<=1 ? 0 : n%1000000==0 ? 1 : 2",
        typography=Typography(
            (f"«{_WIDE}", f"{_WIDE}»"),
            ("“", "”"),
            {";": _NARROW, "!": _NARROW, "?": _NARROW, ":": _WIDE, "»": _WIDE},
            "«",
        ),
    ),
)
"""All languages with a catalogue, by tag. The order of ``plurals`` is CLDR's: zero, one, two, few,
many, other."""

_MODEL = next(language for language in LANGUAGES if language.tag == "en")
"""The language whose texts define which texts exist."""
PSEUDO = Language(
    "en-XA",
    "Pseudo-English",
    pseudo(_MODEL.autonym),
    _MODEL.plurals,
    _MODEL.plural_rule,
    reviewed=True,
)
"""A language for tests: English with accents, longer and in brackets. Its texts are generated, and
no list offers it."""
_BY_TAG = {language.tag.lower(): language for language in (*LANGUAGES, PSEUDO)}
_BY_FIRST_SUBTAG = {language.tag.partition("-")[0]: language for language in LANGUAGES}


def language(tag: str) -> Language | None:
    """The language whose texts are best for a tag such as ``cy`` or ``en-GB``; ``None`` if no
    catalogue suits the tag.

    A region without a catalogue has that of another region: Brazil has European Portuguese, which
    its readers understand. A script without a catalogue has none: ``pa-Arab`` is not ``pa-Guru``,
    because its readers could not read a word.
    """
    exact = _BY_TAG.get(tag.lower())
    first, *others = tag.lower().split("-")
    near = _BY_FIRST_SUBTAG.get(first)
    if exact or not near:
        return exact
    scripts = [subtag for subtag in others if len(subtag) == 4 and subtag.isalpha()]
    if scripts:
        return near if scripts == [near.script.lower()] else None
    elsewhere = any(region.lower() in others for region in near.other_script_regions)
    return None if elsewhere else near


def spoken(tag: str) -> Language:
    """The interface language for a tag: English if no catalogue suits the tag."""
    return language(tag) or _MODEL


def plural(tag: str, n: int) -> str:
    """The plural category for the number ``n`` in the language ``tag``, such as ``one`` or
    ``other``."""
    chosen = spoken(tag)
    return chosen.plurals[_plural_index(chosen.plural_rule)(n)]


@cache
def _plural_index(rule: str) -> Callable[[int], int]:
    return c2py(rule)


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
    if language == PSEUDO:
        return {key: pseudo(text) for key, text in _catalogue(_MODEL).items()}
    read: dict[str, str] = json.loads(
        resources.path("i18n", f"{language.tag}.json").read_text("utf-8")
    )
    return read
