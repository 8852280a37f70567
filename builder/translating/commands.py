"""What the command ``translate`` does: makes, updates, shows, sends and takes back translations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from builder.base import regular_files, transaction
from builder.base.cache import MemoryCache
from builder.course import interface, load, validate, writing
from builder.course.judging import has_errors
from builder.course.load import po as po_loading
from builder.course.load import text as texts
from builder.course.load.discovery import unreadable
from builder.course.sources import Sources
from builder.course.translations import Message, former_parts, messages
from builder.course.translations.checking import Listed, list_messages
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position, Severity, tidy
from builder.exporting import files
from builder.translating import (
    po_file,
    pseudo_translation,
    returned,
    tags,
    update,
    xliff,
    xliff_reading,
)
from builder.translating.comments import wanted
from builder.translating.po_file import NotEditableError, PoDocument
from builder.translating.progress import Progress, progress
from builder.translating.update import Update

FOLDER = "translations"
PO, XLIFF = (".po",), (".xlf", ".xliff")
"""File extensions of the formats for translators; the first is the default."""
_COMMENT = """\
The course “{course}” in another language. Each message is a block of text in Markdown.
Keep **bold**, *italic*, links such as [text](page.md), and names such as {{{{ name }}}}.
To update this file after the course has changed: scorm-builder translate COURSE {tag}"""
Problems = tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """A course that was read to be translated: its folder, id, source language, sources and
    messages.

    ``listed`` are the messages with what a translation of each must have. ``unread`` are the
    problems of files that could not be read.
    """

    folder: Path
    id: str
    language: str
    sources: Sources
    messages: tuple[Message, ...]
    listed: Listed
    unread: Problems


@dataclass(frozen=True, slots=True)
class Translated:
    """The result of making or updating the PO file at ``path``, which may have been new
    (``is_new``)."""

    path: str
    is_new: bool
    update: Update
    progress: Progress
    exported: Path | None = None


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The result of reading a returned file into the PO file at ``path``."""

    path: str
    update: Update
    merged: tuple[returned.Merged, ...]
    progress: Progress


def read(folder: Path, today: date) -> tuple[Read | None, Problems]:
    """Read a course and its messages. Returns ``None`` and the errors if the source has any;
    problems of translations do not count."""
    sources, unread = load.load(folder)
    if sources is None:
        return None, tidy(unread)
    failed = frozenset(path for path in sources.failed if not path.startswith(f"{FOLDER}/"))
    source = replace(sources, translations={}, interface={}, remarks=None, failed=failed)
    judged = validate.validate(source, today)
    problems = [one for one in (*unread, *judged.diagnostics) if not _of_translation(one)]
    course = judged.course
    if course is None or has_errors(problems):
        return None, tidy(one for one in problems if one.severity is Severity.ERROR)
    cache = MemoryCache()
    found, listed = messages(sources, cache), list_messages(sources, cache)
    return Read(folder, course.id, course.language, sources, found, listed, unread), ()


def _of_translation(one: Diagnostic) -> bool:
    return one.position.path.startswith(f"{FOLDER}/")


def languages(course: Read) -> tuple[str, ...]:
    """The tags of the translations of a course, also of those that cannot be read."""
    unread = [Path(one).stem for one in course.sources.failed if _is_po(one)]
    return tuple(sorted({*course.sources.translations, *unread}))


def _is_po(path: str) -> bool:
    return path.startswith(f"{FOLDER}/") and path.count("/") == 1 and path.endswith(".po")


def check(course: Read, tag: str) -> str:
    """The canonical form of a tag. Raises ``tags.TagError`` if it is not a tag, or that of the
    source language."""
    found = tags.canonical(tag)
    existing = {one.lower(): one for one in languages(course)}
    found = existing.get(found.lower(), found)
    if found.lower() == course.language.lower():
        raise tags.TagError(f"“{tag}” is the language of the course itself.")
    return found


@dataclass(frozen=True, slots=True)
class Opened:
    """A PO file of the course: its path there, its bytes (``None`` if there is no file yet), and
    its content."""

    path: str
    raw: bytes | None
    document: PoDocument


def _open(course: Read, tag: str, today: date) -> Opened | Problems:
    path = f"{FOLDER}/{tag}.po"
    return open_file(course.folder, path, course.unread, lambda: _new(course, tag, today))


def open_file(
    folder: Path, path: str, unread: Problems, make: Callable[[], PoDocument]
) -> Opened | Problems:
    """Read a PO file of the course, or make a new one; returns the problems if it cannot be read.

    ``unread`` are the problems of loading the course: what a build cannot read, such as a link out
    of the course, is not read or replaced here.
    """
    if found := tuple(one for one in unread if _prevents(one, path)):
        return found
    try:
        with regular_files.open_file(folder / path) as stream:
            raw = stream.read()
    except FileNotFoundError:
        return Opened(path, None, make())
    except OSError as error:
        return (unreadable(path, error),)
    document, problems = parse_file(raw, path)
    return problems if document is None else Opened(path, raw, document)


def _prevents(one: Diagnostic, path: str) -> bool:
    """Whether a problem prevents reading the file at ``path``, or a folder that it is in."""
    is_there = path == one.position.path or path.startswith(f"{one.position.path}/")
    return is_there and one.severity is Severity.ERROR


def parse_file(raw: bytes, path: str) -> tuple[PoDocument | None, Problems]:
    """Read the content of the PO file at ``path``; ``None`` and the problems if it is not
    valid."""
    content, problems = texts.decode(raw, path)
    if content is None:
        return None, problems
    file, problems = po_loading.read(content, path)
    if file is None:
        return None, problems
    seen: dict[po_file.Key, int] = {}
    for entry in file.entries:
        # Without its part, a text of several parts occurs several times.
        if entry.obsolete or not entry.part:
            continue
        first = seen.setdefault((entry.part, entry.text), entry.line)
        if first != entry.line:
            words = {"text": entry.text, "first": first}
            return None, (problem("translation-repeated", Position(path, entry.line), **words),)
    newline = "\r\n" if b"\r\n" in raw else "\n"
    try:
        return po_file.parse(content, newline), ()
    except NotEditableError:
        words = {
            "problem": "The lines of this file cannot be divided into messages",
            "fix": "Open the file in Poedit and save it again.",
        }
        return None, (problem("translation-syntax", Position(path), **words),)


def _new(course: Read, tag: str, today: date) -> PoDocument:
    comment = _COMMENT.format(course=course.id, tag=tag)
    return po_file.new(new_headers(course.id, tag, today), comment)


def new_headers(course: str, tag: str, today: date) -> dict[str, str]:
    """The header of a new PO file of the course with the id ``course``."""
    known = interface.language(tag)
    headers = {
        "Project-Id-Version": course,
        "Report-Msgid-Bugs-To": "",
        "PO-Revision-Date": f"{today.isoformat()} 00:00+0000",
        "Last-Translator": "Nobody yet",
        "Language-Team": "None",
        "Language": tags.gettext_name(tag),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    return {**headers, "Plural-Forms": known.plural_forms} if known else headers


def translate(course: Read, tag: str, today: date, exported: Path | None) -> Translated | Problems:
    """Make or update the PO file of the language ``tag``, and write it to the file ``exported`` as
    well, as PO or XLIFF by the extension. Returns the problems if that fails.

    The pseudo-language is translated at once.
    """
    opened = _open(course, tag, today)
    if not isinstance(opened, Opened):
        return opened
    texts = [wanted(one) for one in course.messages]
    done = update.update(opened.document, texts, former_parts(course.sources))
    if tag == interface.PSEUDO.tag:
        _fill_pseudo(course, opened.document)
    if problems := put(course.folder, opened):
        return problems
    if exported and (problems := _export(course, tag, opened.document, exported)):
        return problems
    progress = _progress(course, tag, opened)
    return Translated(opened.path, opened.raw is None, done, progress, exported)


def _fill_pseudo(course: Read, document: PoDocument) -> None:
    texts = {one.key: pseudo_translation.translate(one) for one in course.messages}
    for entry in document.entries:
        text = texts.get(entry.key)
        if text is None or entry.po.obsolete:
            continue
        if entry.po.msgstr != text or entry.po.fuzzy:
            entry.mark(stale=False)
            entry.po.msgstr = text


def put(folder: Path, opened: Opened) -> Problems:
    """Write a PO file of the course in ``folder`` atomically, unless nothing in it has changed, or
    somebody has edited it meanwhile; returns the problems."""
    document = opened.document
    if opened.raw is not None and not document.is_changed:
        return ()
    change = transaction.Change(opened.path, opened.raw, document.written())
    try:
        with transaction.writing(folder) as own:
            own.put([change])
    except (transaction.ExchangeError, OSError) as error:
        return (writing.not_written(error),)
    return ()


def _export(course: Read, tag: str, document: PoDocument, path: Path) -> Problems:
    if path.suffix.lower() in PO:
        content = document.written()
    else:
        entries = {one.key: one for one in document.entries if not one.po.obsolete}
        content = xliff.write(course.id, (course.language, tag), course.messages, entries)
    return files.put_bytes(path, content)


def _progress(course: Read, tag: str, opened: Opened) -> Progress:
    messages, listed = course.messages, course.listed
    return progress(tag, opened.path, opened.document, messages, listed, course.sources)


def overview(course: Read, today: date) -> tuple[tuple[Progress, ...], Problems]:
    """The progress of each language of a course, and the problems of PO files that cannot be
    read."""
    found: list[Progress] = []
    problems: list[Diagnostic] = []
    for tag in languages(course):
        opened = _open(course, tag, today)
        if isinstance(opened, Opened):
            found.append(_progress(course, tag, opened))
        else:
            problems.extend(opened)
    return tuple(found), tidy(problems)


def take_back(course: Read, file: Path, tag: str | None, today: date) -> TakenBack | Problems:
    """Read the file that a translator has returned into the PO file of its language.

    ``tag`` is the language that the author has named, or ``None`` to use that of the file. Returns
    the problems if the file cannot be read or belongs to another course or language.
    """
    try:
        back = _read_returned(file)
    except OSError as error:
        reason = error.strerror or str(error)
        return (problem("file-unreadable", Position(file.as_posix()), reason=reason),)
    if not isinstance(back, _Returned):
        return back
    found = _language_of(course, back, tag, file)
    if isinstance(found, Diagnostic):
        return (found,)
    opened = _open(course, found, today)
    if not isinstance(opened, Opened):
        return opened
    texts = [wanted(one) for one in course.messages]
    done = update.update(opened.document, texts, former_parts(course.sources))
    if isinstance(back.content, PoDocument):
        sent = tuple(returned.from_po(back.content, course.messages))
    else:
        sent = tuple(returned.from_xliff(back.content, course.messages, opened.document))
    try:
        if back.course and back.course != course.id:
            raise returned.ForeignError
        merged = returned.merge(opened.document, sent, course.messages)
    except returned.ForeignError:
        return (problem("returned-foreign", Position(file.as_posix()), course=course.id),)
    if problems := put(course.folder, opened):
        return problems
    return TakenBack(opened.path, done, merged, _progress(course, found, opened))


@dataclass(frozen=True, slots=True)
class _Returned:
    """A returned file: its units or its PO entries, its language as it names it, and the id of its
    course if it is sure."""

    content: PoDocument | tuple[xliff_reading.Unit, ...]
    language: str
    course: str = ""


def _read_returned(file: Path) -> _Returned | Problems:
    path = file.as_posix()
    if not file.is_file():
        reason = "it is a folder, a device or a pipe"
        return (problem("file-unreadable", Position(path), reason=reason),)
    size = file.stat().st_size
    if size > load.PO_LIMIT:
        much = f"it is larger than {load.PO_LIMIT // 1_000_000} MB"
        return (problem("returned-file", Position(path), problem=much),)
    raw = file.read_bytes()
    if file.suffix.lower() in PO:
        document, problems = parse_file(raw, path)
        if document is None:
            return problems
        return _Returned(document, document.headers.get("Language", ""))
    try:
        found = xliff_reading.read(raw)
    except xliff_reading.NotXliffError as error:
        return (problem("returned-file", Position(path, error.line), problem=str(error)),)
    return _Returned(found.units, found.language, found.course)


def _language_of(course: Read, back: _Returned, tag: str | None, file: Path) -> str | Diagnostic:
    """The tag of the language of a returned file: the ``tag`` that the author has named, if the
    file names the same language, perhaps with another region; or the translation that has the
    language of the file."""
    named = back.language.replace("_", "-").lower()
    known: dict[str, str] = {}
    for one in languages(course) if tag is None else (tag,):
        known |= dict.fromkeys((one.lower(), tags.gettext_name(one).replace("_", "-").lower()), one)
    first = named.partition("-")[0].partition("@")[0]
    near = [one for one in {*known.values()} if first and one.partition("-")[0].lower() == first]
    found = known.get(named) or (near[0] if len(near) == 1 else None)
    if not named:
        found = tag or known.get(file.stem.lower())
    if found is None:
        listed = ", ".join(sorted({*known.values()})) or "the course has no translation yet"
        cause = f"This file does not name its language, which must fit: {listed}"
        if back.language:
            cause = f"The language of this file is “{back.language}”, which does not fit: {listed}"
        return problem("returned-language", Position(file.as_posix()), problem=cause)
    return found
