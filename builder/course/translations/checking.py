"""Checks the PO file of a language, and each translation in it against the source.

A translation must have the links, images, local values and footnotes of its source: trainees of
every language must be led to the same places.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from functools import partial
from itertools import islice
from typing import TypeVar

from builder.base.cache import Cache
from builder.base.immutable import immutable
from builder.base.patterns import late
from builder.base.slugs import kept_by_windows
from builder.course import languages, markdown, unwritten
from builder.course.markdown import Prose
from builder.course.sources import PoEntry, PoFile, Sources
from builder.course.translations.catalogue import is_shown
from builder.course.translations.media import own_media
from builder.course.translations.messages import (
    Message,
    source_language,
    units,
    without_targets,
)
from builder.diagnostics.codes import Known, problem
from builder.diagnostics.diagnostic import Diagnostic, Position, Severity

_REPORTED = 20
"""Maximum number of messages of a file that are reported because they fit no part of the course;
the others are counted."""

T = TypeVar("T")
Key = tuple[str, str]
"""What identifies a message: its part and text."""


@immutable
class Checked:
    """The result of checking a PO file.

    - ``usable``: the course can be shown in the language of the file.
    - ``wrong``: the messages whose translations have errors.
    - ``missing``: the messages that are shown in the source language. ``stale`` is the number of
      those whose translation is stale, ``total`` that of all messages of the language.
    - ``diagnostics``: all problems, at the lines of the file.
    """

    usable: bool
    wrong: frozenset[Key] = frozenset()
    missing: frozenset[Key] = frozenset()
    stale: int = 0
    total: int = 0
    diagnostics: tuple[Diagnostic, ...] = ()


@immutable
class Listed:
    """The messages of a course: those of each file (``units``), what a translation of each must
    have, and what identifies each."""

    units: tuple[tuple[Message, ...], ...]
    expected: tuple[tuple[_Expected, ...], ...]
    keys: frozenset[Key]


def list_messages(sources: Sources, cache: Cache) -> Listed:
    """List the messages of a course, once for all languages."""
    listed = tuple(unit for unit in units(sources, cache) if unit)
    found = [
        cache.get_or_compute(
            ("expected", unit[0].position.path),
            (unit, body := _body(unit, sources)),
            partial(_all_expected, unit, body),
        )
        for unit in listed
    ]
    expected = tuple(one for one, _ in found)
    return Listed(listed, expected, frozenset().union(*(keys for _, keys in found)))


def check(file: PoFile, listed: Listed, sources: Sources, cache: Cache) -> Checked:
    """Check the translation of a course; unchanged files are taken from ``cache``."""

    def kept(name: str, make: Callable[[PoFile], T]) -> T:
        return cache.get_or_compute((name, file.path), (file,), lambda: make(file))

    entries = kept("entries", by_key)
    found = [*_name(file, sources), *_other_course(file, listed.keys, sources)]
    if any(one.severity is Severity.ERROR for one in found):
        return Checked(False, diagnostics=tuple(found))
    found += kept("repeated", lambda file: tuple(_repeated(file)))
    found += kept("copied", lambda file: tuple(_copied(file, source_language(sources))))
    found += kept("notes", lambda file: tuple(_notes(file)))
    found += _unknown(file, entries, listed.keys)
    # Captions with a file of their own in this language need no translation.
    own = own_media(sources.media, file.tag)
    checked = [
        cache.get_or_compute(
            ("checked", file.path, unit[0].position.path),
            (unit, file),
            partial(_check_unit, unit, expected, entries, file),
        )
        for unit, expected in zip(listed.units, listed.expected, strict=True)
        if unit[0].position.path not in own
    ]
    return Checked(
        usable=True,
        wrong=frozenset(key for one in checked for key in one.wrong),
        missing=frozenset(key for one in checked for key in one.missing),
        stale=len({key for one in checked for key in one.stale}),
        total=sum(part not in own for part, _ in listed.keys) if own else len(listed.keys),
        diagnostics=(*found, *(problem for one in checked for problem in one.diagnostics)),
    )


def by_key(file: PoFile) -> Mapping[Key, PoEntry]:
    """The first entry of each message in a PO file, without those that are obsolete."""
    return {(one.part, one.text): one for one in reversed(file.entries) if not one.obsolete}


@immutable
class _Unit:
    """The result of checking the messages of one file of the course."""

    wrong: tuple[Key, ...]
    missing: tuple[Key, ...]
    stale: tuple[Key, ...]
    diagnostics: tuple[Diagnostic, ...]


def _check_unit(
    unit: Iterable[Message],
    expected: Iterable[_Expected],
    entries: Mapping[Key, PoEntry],
    file: PoFile,
) -> _Unit:
    wrong: list[Key] = []
    missing: list[Key] = []
    stale: list[Key] = []
    found: list[Diagnostic] = []
    for message, wanted in zip(unit, expected, strict=True):
        entry = entries.get(message.key)
        if entry is None or not is_shown(entry):
            missing.append(message.key)
            if entry and entry.fuzzy:
                stale.append(message.key)
            continue
        problems = list(_compare(message, wanted, entry, file))
        found += problems
        if any(one.severity is Severity.ERROR for one in problems):
            wrong.append(message.key)
            missing.append(message.key)
    return _Unit(tuple(wrong), tuple(missing), tuple(stale), tuple(found))


_BLANK = re.compile(r"_{2,}")
_NOTE = re.compile(r"\[\^([^\[\]\s]+)\]")
_REFERENCE = re.compile(r"\]\[([^\[\]]+)\]")
_SHORTCUT = re.compile(r"(?<!\])\[([^\[\]^]+)\](?:\[\]|(?![\[(]))")
"""Matches a link whose text is the label of its definition: ``[label]`` or ``[label][]``."""
_NUMBER = late(r"\d+(?:[.,:/\u066b\u066c'\u2019]\d+|[ \u00a0\u202f\u2009]\d{3}(?!\d))*", re.UNICODE)
"""Matches a number with its separators, which differ between languages."""
_DIGIT = re.compile(r"\d")
_NO_NUMBERS: Counter[str] = Counter()


@immutable
class _Expected:
    """What a translation of a message must have as its source has it: links and other names by
    what messages call them, the faults of its markup by code, and numbers.

    ``body`` is the page around the message, with the definitions of its links."""

    names: Mapping[str, Counter[str]]
    faults: Counter[str]
    numbers: Counter[str]
    body: str = ""


_NO_NAMES: Mapping[str, Counter[str]] = {}


def _expected(message: Message, body: str) -> _Expected:
    text, marked = message.text, message.form == "line"
    numbers = _numbers_in(text, marked)
    if not marked or markdown.is_plain(text):
        return _Expected(_NO_NAMES, Counter(), numbers, body)
    parsed = markdown.inline(text)
    faults = Counter(fault.code for fault in parsed.faults)
    return _Expected(_names(text, parsed, body), faults, numbers, body)


def _body(unit: Sequence[Message], sources: Sources) -> str:
    page = sources.pages.get(unit[0].position.path)
    return page.body if page else ""


def _all_expected(
    unit: Iterable[Message], body: str
) -> tuple[tuple[_Expected, ...], frozenset[Key]]:
    """What a translation of each message must have, and what identifies the messages."""
    expected = tuple(_expected(message, body) for message in unit)
    return expected, frozenset(message.key for message in unit)


def _compare(
    message: Message, expected: _Expected, entry: PoEntry, file: PoFile
) -> Iterator[Diagnostic]:
    """Compare a translation with its source."""
    at, text = _at(file, entry), entry.translation
    marked = message.form == "line"
    if marked and (expected.names or not markdown.is_plain(text)):
        parsed = markdown.inline(text)
        names = _names(text, parsed, expected.body)
        for what in dict.fromkeys((*expected.names, *names)):
            yield from _differences(at, what, expected.names.get(what), names.get(what))
        in_body = message.part.startswith("page/")
        before = expected.faults.copy()
        for fault in parsed.faults:
            before[fault.code] -= 1
            if before[fault.code] < 0:
                yield problem(fault.code, at, **fault.message_words(in_body))
    yield from _blanks(at, message.text, text)
    numbers, others = expected.numbers, _numbers_in(text, marked)
    if numbers != others:
        lost = ", ".join((numbers - others).elements()) or "none"
        new = ", ".join((others - numbers).elements()) or "none"
        yield problem("translation-number", at, source=lost, translation=new)
    if len(message.text) >= _LONG and len(text) * _SHORTEST < len(message.text):
        words = {"translation": str(len(text)), "source": str(len(message.text))}
        yield problem("translation-short", at, **words)


_LINK = "the link to"
_CHOICE = "the mark of the choice"
_IMAGE = "the image"
_VARIABLE = "the variable"
_FOOTNOTE = "the footnote"
_LABEL = "the link with the label"


def _names(text: str, parsed: Prose, body: str) -> Mapping[str, Counter[str]]:
    """The names and targets that a message and its translation must both have, by what messages
    call them."""
    found: dict[str, Collection[str]] = {
        _LINK: [link.target for link in parsed.links],
        _CHOICE: [_mark(link.choice) for link in parsed.links if link.choice],
        _IMAGE: [image.target for image in parsed.images],
        # A language may need a local value, or the number of a footnote, twice.
        _VARIABLE: {use.name for use in parsed.variables},
        _FOOTNOTE: set(_NOTE.findall(text)),
        _LABEL: [*_REFERENCE.findall(text), *_shortcuts(text, body)],
    }
    return {what: Counter(names) for what, names in found.items() if names}


def _mark(choice: tuple[str, str]) -> str:
    name, quality = choice
    return f"{{{name} .{quality}}}"


def _shortcuts(text: str, body: str) -> Iterator[str]:
    if "[" in text and body:
        for label in _SHORTCUT.findall(text):
            if markdown.has_definition(body, label):
                yield label


def _differences(
    at: Position, what: str, source: Counter[str] | None, translation: Counter[str] | None
) -> Iterator[Diagnostic]:
    source, translation = source or Counter(), translation or Counter()
    lost, added = list((source - translation).elements()), list((translation - source).elements())
    if len(lost) == len(added) == 1:
        cause = f"has {what} “{added[0]}” instead of “{lost[0]}”"
        fix = f"Write it as the source has it: {_written(what, lost[0])}"
        yield problem("translation-different", at, problem=cause, fix=fix)
        return
    for name in dict.fromkeys(lost):
        cause = f"lacks {what} “{name}”"
        fix = f"Write it where it belongs: {_written(what, name)}"
        yield problem("translation-different", at, problem=cause, fix=fix)
    for name in dict.fromkeys(added):
        cause = f"has {what} “{name}”, which its source does not have"
        yield problem("translation-different", at, problem=cause, fix="Delete it")


_SPELLINGS = {
    _LINK: "[the words of the link]({name})",
    _CHOICE: "[the words of the choice](#scene){name}",
    _IMAGE: "![what the image shows]({name})",
    _VARIABLE: "{{{{ {name} }}}}",
    _FOOTNOTE: "[^{name}]",
    _LABEL: "[the words of the link][{name}]",
}
"""How an author writes what a translation has lost, by what messages call it."""


def _written(what: str, name: str) -> str:
    return f"“{_SPELLINGS[what].format(name=name)}”"


def _blanks(at: Position, source: str, text: str) -> Iterator[Diagnostic]:
    expected, found = (len(_BLANK.findall(one)) for one in (source, text))
    if expected != found:
        cause = f"has the blank “___” {found} ×, but its source has it {expected} ×"
        fix = "Write ___ where the answer belongs, as often as the source does"
        yield problem("translation-different", at, problem=cause, fix=fix)


def _numbers_in(text: str, marked: bool) -> Counter[str]:
    """The numbers in a text, without separators and in Western digits."""
    if not _DIGIT.search(text):
        return _NO_NUMBERS
    plain = without_targets(text, keep_code=True) if marked else text
    return Counter(
        "".join(str(unicodedata.digit(one)) for one in found if one.isdigit())
        for found in _NUMBER.findall(plain)
    )


def _name(file: PoFile, sources: Sources) -> Iterator[Diagnostic]:
    """Require that the file is named after the tag of a language other than the source's."""
    own, tag = source_language(sources), languages.tag_of(file.tag)
    if not languages.is_tag(file.tag):
        cause = "is not the tag of a language"
        fix = f"Rename it to “{tag}.po”" if tag else "Rename it after its language, such as “pl.po”"
    elif kept_by_windows(file.tag):
        cause = "is a reserved name on Windows"
        fix = "Add a script or a region to the tag, in the name of the file and in media/"
    elif file.tag == languages.canonical(own):
        cause = "is the language of the course itself"
        fix = "Delete the file, or rename it after the language of its texts"
    else:
        return
    yield problem("translation-name", Position(file.path), name=file.tag, problem=cause, fix=fix)


_PLACEHOLDERS = ("PACKAGE", "PROJECT")
"""The names of a project in headers that nobody has filled in."""


def _other_course(file: PoFile, messages: Set[Key], sources: Sources) -> Iterator[Diagnostic]:
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
    for entry in (one for one in _active(file) if one.part):
        other = first.setdefault((entry.part, entry.text), entry)
        if other is not entry:
            words = {"text": entry.text, "first": other.line}
            yield problem("translation-repeated", _at(file, entry), **words)


_LONG = 60
"""From how many characters on the length of a source is compared with that of its translation."""
_SHORTEST = 5
"""A translation may be this many times as short as its source. Chinese, the shortest, needs about
a third of the characters of English."""
_COPIED = 5
"""From how many texts on a translation that repeats its source is reported."""


def _copied(file: PoFile, source: str) -> Iterator[Diagnostic]:
    """Report a file in which most translations are the same as their source: a tool has probably
    copied them. Two forms of one language, such as British and American English, share most
    texts."""
    if file.tag.partition("-")[0].lower() == source.partition("-")[0].lower():
        return
    shown = [entry for entry in _active(file) if is_shown(entry)]
    same = [entry for entry in shown if entry.text == entry.translation]
    if len(same) >= _COPIED and len(same) * 2 > len(shown):
        words = {"same": f"{len(same):,}", "total": f"{len(shown):,}"}
        yield problem("translation-copied", _at(file, same[0]), **words)


def _notes(file: PoFile) -> Iterator[Diagnostic]:
    """Report translations with a note such as TODO that their source does not have, or that are
    only question marks."""
    for entry in filter(is_shown, _active(file)):
        note = unwritten.note_in(entry.translation)
        if not note and not entry.translation.strip("?"):
            note = entry.translation
        if note and note not in entry.text:
            yield problem("todo-left", _at(file, entry), text=note)


def _unknown(
    file: PoFile, entries: Mapping[Key, PoEntry], messages: Set[Key]
) -> Iterator[Diagnostic]:
    """Report the messages that the course does not have, with a similar one if there is any."""
    if entries.keys() <= messages:
        return
    unknown = [entry for entry in _active(file) if (entry.part, entry.text) not in messages]
    bare = [entry for entry in unknown if not entry.part]
    if bare:
        words = {"count": f"{len(bare):,}", "language": file.tag, "file": file.path}
        yield problem("translation-context", _at(file, bare[0]), **words)
    unknown = [entry for entry in unknown if entry.part]
    texts: dict[str, list[str]] = {}
    parts: dict[str, str] = {}
    for part, text in sorted(messages):
        texts.setdefault(part, []).append(text)
        parts.setdefault(text, part)
    known_parts = Known(texts)
    # A text without a translation may be a later wording of one that is unknown.
    open_texts = {
        part: Known(text for text in listed if (part, text) not in entries)
        for part, listed in texts.items()
    }
    for number, entry in enumerate(islice(unknown, _REPORTED), start=1):
        changed = open_texts[entry.part].near(entry.text) if entry.part in texts else None
        cause = f"“{entry.text}” is not used: "
        if entry.text in parts and entry.part != parts[entry.text]:
            cause += f"this text is in the part “{parts[entry.text]}”, not in “{entry.part}”."
        elif entry.part not in texts:
            near = known_parts.did_you_mean(entry.part)
            cause += f"the course has no part “{entry.part}”.{near}"
        elif changed:
            cause = (
                "The course has changed this sentence since it was translated. Before: "
                f"“{entry.text}” Now: “{changed}”"
            )
        else:
            cause += f"the part “{entry.part}” has no such text."
        more = len(unknown) - number
        if number == _REPORTED and more:
            cause += f" The file has {more:,} more such messages."
        words = {"problem": cause, "language": file.tag}
        yield problem("translation-unknown", _at(file, entry), **words)
