"""Imports files into a course that exists: later versions of the files from which it was made, and
question banks. Writes all changed files of the course, or none."""

from __future__ import annotations

import codecs
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from builder.base import temporary, transaction
from builder.base.printing import quoted
from builder.base.slugs import slug
from builder.course.judging import judge
from builder.course.load.discovery import BESIDE
from builder.diagnostics.diagnostic import Diagnostic, Severity
from builder.importing import formats, reading
from builder.importing.again import existing, known, matching, memory, rule
from builder.importing.again.existing import Existing
from builder.importing.again.memory import Memory, Source
from builder.importing.again.rule import Plan, Unit
from builder.importing.document.form import Document, Volume
from builder.importing.making import (
    Imported,
    combine,
    memory_sources,
    summarize,
    write_course,
)
from builder.importing.reading import (
    AnotherBankError,
    Read,
    RefusedError,
    Request,
    limit_categories,
)
from builder.importing.writing import COURSE, QUESTIONS, Names, WrittenCourse, WrittenQuestion


def import_into(request: Request, read: Sequence[Read]) -> Imported:
    """Import files into the course of the request."""
    course = existing.read(request.folder)
    before = course.before
    try:
        own, added = _divide(request, course, read)
        units = _Units(request, course)
        units.add_own(own)
        for one in added:
            units.add_bank(one)
    except reading.UnknownFileError as error:
        raise RefusedError(str(error)) from error
    except memory.UnreadableDocumentError as error:
        raise existing.unreadable_memory(request.folder) from error
    plan = rule.plan(course, units.found)
    later = reading.later_version(before, [one.path.name for one in own]) if own else {}
    imported = replace(summarize(units.read, combine(units.made)), later=later)
    if request.dry_run:
        return replace(imported, updated=rule.report(plan))
    problems = _write(plan, request)
    updated = rule.report(plan)
    return replace(imported, folder=request.folder, problems=problems, updated=updated)


def _divide(
    request: Request, course: Existing, read: Sequence[Read]
) -> tuple[list[Read], list[Read]]:
    """Divide the files into those from which the course was made, and banks to add to it or that
    were added before. Raises ``RefusedError`` if a file is neither."""
    before = course.before
    added = [one for one in read if one.path.name in before.added]
    others = [one for one in read if one not in added]
    if not before.pages:
        if other := next((one for one in others if not one.document.bank), None):
            raise RefusedError(
                f"“{request.folder}” was not made from a document, so only question banks can be "
                f"added to it. Make a course from “{other.path.name}” in a new folder, with “-o”."
            )
        return [], [*added, *others]
    names = [one.path.name for one in others]
    earlier = dict(reading.earlier_versions(before, names))
    unknown = [one for one in others if one.path.name not in earlier]
    renamed = {*earlier} - {source.name for source in earlier.values()}
    for one in others:
        if one.path.name in renamed and one.document.bank and not request.later:
            source = earlier[one.path.name]
            # A later version would replace the earlier bank: a few common questions prove nothing.
            same = formats.may_be_bank(source.name) and _is_later(
                before, source, one, matching.most_are_in
            )
            if not same:
                unknown.append(one)
    new = [one for one in unknown if one.document.bank]
    return [one for one in others if one not in new], [*added, *new]


_Compare = Callable[[Sequence[WrittenQuestion], Sequence[WrittenQuestion]], bool]


def _is_later(before: Memory, source: Source, read: Read, compare: _Compare) -> bool:
    """Whether a bank is a later version of the earlier file ``source`` of the course, as
    ``compare`` judges by their questions; true if either has none."""
    old = (
        _questions_of(source.name, memory.stored_document(source.document))
        if source.document
        else before.questions
    )
    now = _questions_of(read.path.name, read.document)
    return not (old and now) or compare(old, now)


def _questions_of(name: str, document: Document) -> Sequence[WrittenQuestion]:
    return write_course([Volume(name, "auto", document)]).questions


@dataclass
class _Units:
    """Collects the parts of the course that are imported, with their ids: ``found``, and what was
    ``read`` and ``made`` for them."""

    request: Request
    course: Existing

    def __post_init__(self) -> None:
        self.found: list[Unit] = []
        self.read: list[Read] = []
        self.made: list[WrittenCourse] = []
        self.pages = dict(self.course.pages)
        self.taken = {kind: set(ids) for kind, ids in self.course.taken.items()}
        self.paths = {path.lower() for path in self.course.texts}
        before = self.course.before
        for one in (before, *before.added.values()):
            self._take(matching.taken_ids(one))

    def add_own(self, read: Sequence[Read]) -> None:
        """Add the files from which the course was made, as far as they were given."""
        if not read:
            return
        before = self.course.before
        read = limit_categories(read, max(len(read), len(before.sources)))
        documents = {one.path.name: one.document for one in read}
        volumes = reading.all_volumes(before, documents, self.request.pages)
        if not self.request.later:
            _refuse_other_bank(self.request, before, read)
        made = self._write(volumes, before)
        now = memory.remember(made, memory_sources(volumes, made))
        self._add(Unit(before, now, made), read)

    def add_bank(self, read: Read) -> None:
        """Add a question bank that is added to the course, or was before."""
        name = read.path.name
        before = self.course.before.added.get(name, memory.NOTHING)
        if not self.request.later and not _is_later(
            before, Source(name, 1), read, matching.share_question
        ):
            raise AnotherBankError(_other_bank_message(self.request, read.path, name))
        (read,) = limit_categories([read], 1)
        read = known.without_known(read, self.course, {one.id for one in before.questions})
        volumes = [Volume(name, "auto", read.document)]
        made = self._write(volumes, before)
        if not read.document.blocks:
            # A course always has a page.
            made = replace(made, pages=(), texts={})
        now = memory.remember(made, memory_sources(volumes, made))
        self._add(rule.added_bank(name, before, now, made, self.paths), [read])

    def _write(self, volumes: Sequence[Volume], before: Memory) -> WrittenCourse:
        ids = matching.known_ids(before, write_course(volumes))
        taken = {kind: frozenset(names) for kind, names in self.taken.items()}
        return write_course(volumes, Names(ids, taken, self.pages))

    def _add(self, unit: Unit, read: Sequence[Read]) -> None:
        self.found.append(unit)
        self.read += read
        self.made.append(unit.made)
        self._take(matching.taken_ids(unit.now))
        self.paths |= {path.lower() for path in unit.now.texts}

    def _take(self, ids: Mapping[str, frozenset[str]]) -> None:
        for kind, names in ids.items():
            self.taken.setdefault(kind, set()).update(names)


def _refuse_other_bank(request: Request, before: Memory, read: Sequence[Read]) -> None:
    """Raise ``AnotherBankError`` if a bank has no question in common with its version in the last
    import (``before``)."""
    given = {one.path.name: one for one in read}
    for name, source in reading.earlier_versions(before, given):
        bank = given[name].document.bank
        if bank and not _is_later(before, source, given[name], matching.share_question):
            raise AnotherBankError(_other_bank_message(request, given[name].path, source.name))


def _other_bank_message(request: Request, path: Path, earlier: str) -> str:
    own = path.with_stem(f"{path.stem}-2")
    into = quoted(str(request.folder))
    return (
        f"“{path.name}” has no question in common with the “{earlier}” that was imported before, "
        "so it looks like another bank. Nothing was changed. To add it to the course, give it "
        f"another name: scorm-builder import {quoted(str(own))} --into {into}; to make a course "
        f"from it alone: scorm-builder import {quoted(str(path))} -o {slug(own.stem) or 'course'}"
    )


def _next_memory(plan: Plan) -> Memory:
    before = plan.course.before
    own, added = replace(before, added={}), dict(before.added)
    for unit in plan.units:
        now = rule.next_memory(plan, unit)
        if unit.bank:
            added[unit.bank] = now
        else:
            own = now
    return replace(own, added=added)


def _files_to_write(plan: Plan, folder: Path) -> Iterator[tuple[str, str | bytes]]:
    """Yield the path and content of each file to write: texts, then pictures that the texts name
    and the course lacks, and last the memory of the import."""
    texts = plan.texts()
    yield from texts.items()
    pictures = {path: one for unit in plan.units for path, one in unit.made.pictures.items()}
    all_text = "\n".join(texts.values()) if pictures else ""
    for path, content in pictures.items():
        if path in all_text and not (folder / path).exists():
            yield path, content
    yield memory.FILE_NAME, memory.write(_next_memory(plan))


def _write(plan: Plan, request: Request) -> tuple[Diagnostic, ...]:
    """Write the files of a plan: all of them, or none. A file that would bring a new error is
    written beside the file of the course. Returns the problems of the course."""
    folder, raw = request.folder, plan.course.raw
    obsolete: list[str] = []
    try:
        with transaction.writing(folder) as own:
            _, before = judge(folder, request.today)
            while True:
                new = own.folder / f"course-{len(plan.beside)}"
                shutil.copytree(folder, new, ignore=_NOT_COPIED, copy_function=_link_or_copy)
                files = {
                    path: _as_bytes(content, raw.get(path.removesuffix(BESIDE), b""))
                    for path, content in _files_to_write(plan, folder)
                }
                for path, content in files.items():
                    _write_copy(new / path, content)
                obsolete = plan.obsolete()
                for path in obsolete:
                    (new / path).unlink(missing_ok=True)
                _, problems = judge(new, request.today)
                faults = _new_errors(before, problems)
                if not faults:
                    break
                _set_aside(plan, faults)
            own.put(
                transaction.Change(path, raw.get(path), content) for path, content in files.items()
            )
    except transaction.ExchangeError as error:
        raise RefusedError(f"Nothing was changed: {error}") from error
    except OSError as error:
        raise RefusedError(
            f"Nothing was changed in “{folder}”: {_os_error_reason(error)}."
        ) from error
    for path in obsolete:
        # If that fails, the build still reports the file as open.
        with suppress(OSError):
            (folder / path).unlink()
    return problems


def _set_aside(plan: Plan, faults: Sequence[Diagnostic]) -> None:
    """Choose files that are written beside files of the course instead of into them: those with
    faults. If these are all the author's, questions that they ask or places to which they link may
    be gone: then first the questions, next the settings, and last the pages."""
    wrong = {one.position.path: str(one) for one in reversed(faults)}
    chosen = [path for path in plan.written if path in wrong]
    if not chosen:
        chosen = [path for path in plan.written if path.startswith(QUESTIONS.partition("/")[0])]
    chosen = chosen or [path for path in plan.written if path == COURSE] or [*plan.written]
    if not chosen:
        raise RefusedError(
            "Nothing was changed: the changes in the document do not fit the course as it is now. "
            f"{faults[0]}"
        )
    for path in chosen:
        plan.set_aside(path, wrong.get(path) or str(faults[0]))


def _new_errors(before: Iterable[Diagnostic], now: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The errors in ``now`` that the course did not have ``before``."""
    known_errors = Counter((one.code, one.position.path) for one in before)
    found = []
    for one in now:
        if one.severity is Severity.ERROR:
            if not known_errors[one.code, one.position.path]:
                found.append(one)
            known_errors[one.code, one.position.path] -= 1
    return found


_NOT_COPIED = shutil.ignore_patterns(".scorm-builder-*", ".git", "dist")


def _link_or_copy(source: str, target: str) -> None:
    # Linked, since a course may have large recordings, and these do not change.
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _as_bytes(content: str | bytes, before: bytes) -> bytes:
    """Encode a text with the line ends and byte order mark of the file that it replaces, whose
    bytes are ``before``. Pictures are returned unchanged."""
    if isinstance(content, bytes):
        return content
    content = content.replace("\n", "\r\n") if b"\r\n" in before else content
    mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
    return mark + content.encode()


def _write_copy(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    # Removed first, since it is a hard link to the author's own file.
    file.unlink(missing_ok=True)
    file.write_bytes(content)


def _os_error_reason(error: OSError) -> str:
    if isinstance(error, shutil.Error):
        # If a link leads back into the folder, the error lists many names; the first would be
        # enough.
        return "a file in it cannot be copied, or a link leads back into it"
    return temporary.reason(error)
