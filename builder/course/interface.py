"""The texts of the player's interface, with one catalogue per language in ``templates/i18n/``.

The English texts, with comments for translators, are the ``msgid`` of the model,
``interface.pot``: the catalogues repeat them, so a second English text in ``msgstr`` could only
differ by mistake. ``msgctxt`` is the key of a text, without a plural suffix.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
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
    """A language with a catalogue, ``templates/i18n/TAG.po``.

    ``name`` is its name in English, ``autonym`` its name in the language itself. ``plurals`` are
    its plural categories (Unicode CLDR): a text with a number has a form for each category,
    ``KEY_one``, ``KEY_other`` and so on. In the catalogue, ``msgstr[i]`` is the form for the
    category ``plurals[i]``. ``plural_rule`` is the expression of gettext's ``Plural-Forms`` that
    gives the index for a whole number ``n``: a category of fractions has no ``n``. ``direction`` is
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

    @property
    def plural_forms(self) -> str:
        """The value of the header ``Plural-Forms`` of a PO file in this language."""
        return f"nplurals={len(self.plurals)}; plural=({self.plural_rule});"


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
        "es",
        "Spanish",
        "Español",
        ("one", "many", "other"),
        "n==1 ? 0 : n!=0 && n%1000000==0 ? 1 : 2",
    ),
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
    Language(
        "pa-Guru",
        "Punjabi",
        "ਪੰਜਾਬੀ",
        ("one", "other"),
        "n>1",
        script="Guru",
        other_script_regions=("PK",),
    ),
    Language(
        "pl",
        "Polish",
        "Polski",
        ("one", "few", "many", "other"),
        "n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2",
        typography=Typography(("„", "”"), ("«", "»")),
    ),
    Language(
        "pt-PT",
        "European Portuguese",
        "Português",
        ("one", "many", "other"),
        "n==1 ? 0 : n!=0 && n%1000000==0 ? 1 : 2",
        typography=Typography(("«", "»"), ("“", "”")),
    ),
    Language(
        "ro",
        "Romanian",
        "Română",
        ("one", "few", "other"),
        "n==1 ? 0 : n==0 || n%100>=1 && n%100<=19 ? 1 : 2",
        typography=Typography(("„", "”"), ("«", "»")),
    ),
    Language(
        "ur",
        "Urdu",
        "اردو",
        ("one", "other"),
        "n!=1",
        direction="rtl",
        script="Arab",
        typography=Typography(("”", "“"), ("’", "‘")),
    ),
)
"""All languages with a catalogue, by tag. The order of ``plurals`` is CLDR's: zero, one, two, few,
many, other."""

MODEL = "interface.pot"
"""The file with the English texts."""
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


def own_name(tag: str) -> str:
    """The name of a language in that language, such as “Cymraeg”; its tag if it has no catalogue
    (the player then asks the browser)."""
    known = language(tag)
    return known.autonym if known else tag


def name_of(tag: str) -> str:
    """The English name of a language with its tag, such as “Polish (pl)”; the tag alone if it has
    no catalogue."""
    known = language(tag)
    return f"{known.name} ({tag})" if known else tag


def plural(tag: str, n: int) -> str:
    """The plural category for the number ``n`` in the language ``tag``, such as ``one`` or
    ``other``."""
    chosen = spoken(tag)
    return chosen.plurals[_plural_index(chosen.plural_rule)(n)]


@cache
def _plural_index(rule: str) -> Callable[[int], int]:
    return c2py(rule)


_PLURAL_FORMS = re.compile(r"nplurals\s*=\s*\d+\s*;\s*plural\s*=([^;]+);?\s*")
_COMPARED = (*range(1001), 10_000, 100_000, 1_000_000)
"""The numbers for which the rules of plural forms are compared; rules look at the last two digits,
and some at whole millions."""


def has_plural_forms(language: Language, header: str) -> bool:
    """Whether a header ``Plural-Forms`` numbers the plural forms as ``language.plurals`` does."""
    found = _PLURAL_FORMS.fullmatch(header)
    if not found:
        return False
    own = _plural_index(language.plural_rule)
    try:
        other = c2py(found[1])
        return all(own(n) == other(n) for n in _COMPARED)
    except (ValueError, ZeroDivisionError):
        return False


_FIELD = re.compile(r'^(msg[a-z_]+(?:\[\d\])?) "(.*(?:"\n".*)*)"', re.MULTILINE)
_FUZZY = re.compile("^#,.*fuzzy", re.MULTILINE)


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
    is_model = language == _MODEL
    file = MODEL if is_model else f"{language.tag}.po"
    found: dict[str, str] = {}
    for entry in _entries(resources.path("i18n", file).read_text("utf-8")):
        if "msgid_plural" in entry:
            keys = [f"{entry['msgctxt']}_{category}" for category in language.plurals]
            forms = [f"msgstr[{index}]" for index in range(len(keys))]
            fields = ["msgid", "msgid_plural"] if is_model else forms
        else:
            keys, fields = [entry["msgctxt"]], ["msgid" if is_model else "msgstr"]
        texts = zip(keys, (entry.get(field) for field in fields), strict=True)
        found |= {key: text for key, text in texts if text}
    return dict(sorted(found.items()))


def _entries(text: str) -> Iterator[dict[str, str]]:
    """The fields of each entry of a catalogue, without the header, fuzzy and obsolete entries.

    polib would need 28 ms for a catalogue, its import included, which is 3 % of the build of a
    small course; this takes 2 ms. A test compares the two.
    """
    for block in text.split("\n\n"):
        fields = {name: _unescaped(text) for name, text in _FIELD.findall(block)}
        if "msgctxt" in fields and not ("fuzzy" in block and _FUZZY.search(block)):
            yield fields


def _unescaped(text: str) -> str:
    """The text of a PO string, without the quotation marks at its ends."""
    joined = text.replace('"\n"', "")
    # Of the escapes of PO files, texts need those that JSON has, too.
    unescaped: str = json.loads(f'"{joined}"') if "\\" in joined else joined
    return unescaped
