"""A course's own interface texts, from ``translations/interface/TAG.po``: they complete or replace
those of the player."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from builder.base.immutable import immutable
from builder.course import interface
from builder.course.interface import Language
from builder.course.pseudo import PLACEHOLDER
from builder.course.sources import PoEntry, PoFile
from builder.course.translations.catalogue import is_shown
from builder.diagnostics.codes import Known, problem
from builder.diagnostics.diagnostic import Diagnostic, Position


@immutable
class OwnTexts:
    """The own interface texts of a course in one language, by key, and the problems of its file."""

    texts: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...]


def read(file: PoFile) -> OwnTexts:
    """Read the interface texts of a PO file, whose ``msgctxt`` are keys without plural suffixes.

    The plural forms of a text are those of the language's categories, in the order of
    ``Language.plurals``. A text with an error is left out.
    """
    texts: dict[str, str] = {}
    # The parts of a course have a slash, such as page/welcome; the keys of the interface have none.
    if any("/" in entry.part for entry in file.entries):
        fix = "Move it into translations/."
        words = {"what": "a translation of the course", "where": "translations/interface/"}
        found_here = problem("file-misplaced", Position(file.path), **words, fix=fix)
        return OwnTexts({}, (found_here,))
    english, spoken = interface.texts("en"), interface.spoken(file.tag)
    found = [*_plural_forms(file, spoken)]
    misnumbered = bool(found)
    known = interface.required_keys(spoken)
    names = Known(sorted({base_key(key, spoken.plurals) for key in known}))
    for entry in file.entries:
        if entry.obsolete:
            continue
        at = Position(file.path, entry.line, 1)
        keys = list(_keys(entry, spoken.plurals))
        if not all(key in known for key, _ in keys):
            near = names.did_you_mean(entry.part)
            cause = f"“{entry.text}” is not used: the interface has no text “{entry.part}”.{near}"
            words = {"problem": cause, "language": f"{file.tag} --interface"}
            found.append(problem("translation-unknown", at, **words))
            continue
        for key, text in keys:
            model = english.get(key) or english.get(f"{entry.part}_other", "")
            # A comma between parts of a sentence ends with its space.
            text = text if text.strip() and model != model.strip() else text.strip()
            exact = not entry.plural or key.endswith("_other")
            problems = [*_placeholders(at, model, text, exact)] if text else []
            found += problems
            if text and _is_used(entry) and not problems and not (entry.plural and misnumbered):
                texts[key] = text
    return OwnTexts(texts, tuple(found))


def _is_used(entry: PoEntry) -> bool:
    """Whether an entry replaces a text of the interface: it has a text, and it is not stale."""
    return is_shown(entry) or (any(entry.forms) and not entry.fuzzy and not entry.obsolete)


def _plural_forms(file: PoFile, language: Language) -> Iterator[Diagnostic]:
    """Report a header that numbers the plural forms differently from the language, if the file has
    any."""
    header = file.headers.get("Plural-Forms", "")
    has_forms = any(_is_used(entry) and entry.plural for entry in file.entries)
    if header and has_forms and not interface.has_plural_forms(language, header):
        yield problem(
            "translation-plurals",
            Position(file.path, file.plurals_line, 1),
            header=header,
            forms=language.plural_forms,
            categories=", ".join(language.plurals),
        )


def _keys(entry: PoEntry, plurals: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if not entry.plural:
        yield entry.part, entry.translation
        return
    for index, form in enumerate(entry.forms):
        category = plurals[index] if index < len(plurals) else ""
        yield f"{entry.part}_{category}", form


def base_key(key: str, plurals: tuple[str, ...]) -> str:
    """The key of an interface text without its plural category, which is one of ``plurals``."""
    name, _, category = key.rpartition("_")
    return name if name and category in plurals else key


def _placeholders(at: Position, model: str, text: str, exact: bool) -> Iterator[Diagnostic]:
    expected, found = (set(PLACEHOLDER.findall(one)) for one in (model, text))
    # “One page” needs no number, which other plural forms have.
    optional = set() if exact else {"{n}"}
    for name in sorted(expected - found - optional):
        cause, fix = f"lacks the placeholder “{name}”", f"Write “{name}” where the value belongs"
        yield problem("translation-different", at, problem=cause, fix=fix)
    for name in sorted(found - expected):
        cause = f"has the placeholder “{name}”, which its source does not have"
        yield problem("translation-different", at, problem=cause, fix="Delete it")
