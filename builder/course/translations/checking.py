"""Checks the PO file of a language, and each translation in it against the source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from builder.base.immutable import immutable
from builder.course import languages
from builder.course.sources import PoEntry, PoFile, Sources
from builder.course.translations.messages import Message, source_language
from builder.diagnostics.codes import Known, problem
from builder.diagnostics.diagnostic import Diagnostic, Position, Severity

REPORTED = 20
"""Maximum number of messages of a file that are reported because they fit no part of the course;
the others are counted."""


@immutable
class Checked:
    """The result of checking a PO file.

    - ``usable``: the course can be shown in the language of the file.
    - ``wrong``: the messages whose translations have errors, by part and text.
    - ``diagnostics``: all problems, at the lines of the file.
    """

    usable: bool
    wrong: frozenset[tuple[str, str]]
    diagnostics: tuple[Diagnostic, ...]


def check(file: PoFile, listed: Sequence[Message], sources: Sources) -> Checked:
    """Check the translation of a course whose messages are ``listed``."""
    messages = {(one.part, one.text): one for one in listed}
    found = [*_name(file, sources), *_other_course(file, messages, sources)]
    usable = not any(one.severity is Severity.ERROR for one in found)
    if usable:
        found += (*_repeated(file), *_unknown(file, messages))
    return Checked(usable, frozenset(), tuple(found))


def _name(file: PoFile, sources: Sources) -> Iterator[Diagnostic]:
    """Require that the file is named after the tag of a language other than the source's."""
    own, tag = source_language(sources), languages.tag_of(file.tag)
    if not languages.is_tag(file.tag):
        cause = "is not the tag of a language"
        fix = f"Rename it to “{tag}.po”" if tag else "Rename it after its language, such as “pl.po”"
        yield problem(
            "translation-name", Position(file.path), name=file.tag, problem=cause, fix=fix
        )
    elif file.tag == languages.canonical(own):
        cause = "is the language of the course itself"
        fix = "Delete the file, or rename it after the language of its texts"
        yield problem(
            "translation-name", Position(file.path), name=file.tag, problem=cause, fix=fix
        )


_PLACEHOLDERS = ("PACKAGE", "PROJECT")
"""The names of a project in headers that nobody has filled in."""


def _other_course(
    file: PoFile, messages: Mapping[tuple[str, str], Message], sources: Sources
) -> Iterator[Diagnostic]:
    """Report a file whose header names another course, and none of whose messages fits this one."""
    value = sources.course.value
    own = str(value.get("id", "")) if isinstance(value, dict) else ""
    named = file.headers.get("Project-Id-Version", "").partition(" ")[0]
    fits = any((entry.part, entry.text) in messages for entry in file.entries)
    if named and named not in (own, *_PLACEHOLDERS) and file.entries and not fits:
        yield problem("translation-other-course", Position(file.path), other=named, own=own)


def _active(file: PoFile) -> Iterator[PoEntry]:
    return (entry for entry in file.entries if not entry.obsolete)


def _at(file: PoFile, entry: PoEntry) -> Position:
    return Position(file.path, entry.line, 1)


def _repeated(file: PoFile) -> Iterator[Diagnostic]:
    first: dict[tuple[str, str], PoEntry] = {}
    for entry in _active(file):
        other = first.setdefault((entry.part, entry.text), entry)
        if other is not entry:
            words = {"text": entry.text, "first": other.line}
            yield problem("translation-repeated", _at(file, entry), **words)


def _unknown(file: PoFile, messages: Mapping[tuple[str, str], Message]) -> Iterator[Diagnostic]:
    """Report the messages that the course does not have, with a similar one if there is any."""
    unknown = [entry for entry in _active(file) if (entry.part, entry.text) not in messages]
    if not unknown:
        return
    texts: dict[str, list[str]] = {}
    parts: dict[str, str] = {}
    for part, text in messages:
        texts.setdefault(part, []).append(text)
        parts.setdefault(text, part)
    known_parts = Known(texts)
    for number, entry in enumerate(islice(unknown, REPORTED), start=1):
        if entry.part not in texts:
            near = known_parts.did_you_mean(entry.part)
            cause = f"the course has no part “{entry.part}”.{near}"
        else:
            cause = f"the part “{entry.part}” has no such text."
            cause += Known(texts[entry.part]).did_you_mean(entry.text)
        if entry.text in parts and entry.part != parts[entry.text]:
            cause = f"this text is in the part “{parts[entry.text]}”, not in “{entry.part}”."
        more = len(unknown) - number
        if number == REPORTED and more:
            cause += f" The file has {more:,} more such messages."
        yield problem("translation-unknown", _at(file, entry), text=entry.text, problem=cause)
