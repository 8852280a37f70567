"""Merges changed files into the course that was made from them, and writes all changed files of the
course, or none."""

from __future__ import annotations

import codecs
import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from builder.base import temporary, transaction
from builder.base.printing import quoted
from builder.base.slugs import slug
from builder.course.judging import judged
from builder.diagnostics.diagnostic import Diagnostic, Severity
from builder.importing.making import kept_of, outcome_of, written
from builder.importing.merging import changes, memory
from builder.importing.reading import AnotherBankError, Read, RefusedError, Request, gathered

if TYPE_CHECKING:
    from builder.course.sources import PageFile
    from builder.importing.document.form import Document
    from builder.importing.outcome import Imported
    from builder.importing.writing import Asked, Made


def bring(request: Request, read: Sequence[Read]) -> Imported:
    """Merge the changes of the files into the course that was made from them."""
    from builder.importing import source_files, writing
    from builder.importing.document import storage
    from builder.importing.merging import matching

    course, before, raw = _course(request)
    read = gathered(read, max(len(read), len(before.sources)))
    documents = {one.path.name: one.document for one in read}
    try:
        volumes = source_files.all_volumes(before, documents, request.pages)
        plain = written(volumes)
        if not request.later:
            _compared(request, before, documents, plain)
    except source_files.UnknownFileError as error:
        raise RefusedError(str(error)) from error
    except storage.UnreadableError as error:
        raise _forgotten(request.folder) from error
    known = matching.known(before, plain)
    names = writing.Names(known, _taken(before, course), course.pages)
    made = written(volumes, names)
    imported = replace(outcome_of(read, made), later=source_files.later_version(before, documents))
    brought = changes.bring(before, made, course)
    if request.dry_run:
        return replace(imported, merged=brought.merged())
    now = memory.of(made, kept_of(volumes, made))
    problems = put(Merged(brought, made, before, now, course, raw), request)
    return replace(imported, folder=request.folder, problems=problems, merged=brought.merged())


def _compared(
    request: Request, before: memory.Memory, documents: Mapping[str, Document], plain: Made
) -> None:
    """Refuse a bank that has no question in common with its earlier version. ``plain`` is the
    course that all files make together."""
    from builder.importing import source_files
    from builder.importing.document import form, storage
    from builder.importing.merging import matching

    def asked(name: str, document: Document) -> Sequence[Asked]:
        return written([form.Volume(name, "auto", document)]).questions

    for name, source in source_files.earlier_versions(before, documents):
        if not documents[name].bank:
            continue
        now = plain.questions if len(plain.levels) == 1 else asked(name, documents[name])
        kept = source.document
        old = asked(source.name, storage.document(kept)) if kept else before.questions
        if now and old and not matching.share(old, now):
            raise AnotherBankError(_another(request, before, name, source.name))


def _another(request: Request, before: memory.Memory, name: str, earlier: str) -> str:
    path = next(path for path in request.sources if path.name == name)
    known = [source.name for source in before.sources] or [earlier]
    own = path if name not in known else path.with_stem(f"{path.stem}-2")
    added = " ".join(map(quoted, [*known, str(own)]))
    into = quoted(str(request.folder))
    first = "give it another name and name" if name in known else "name"
    return (
        f"“{name}” has no question in common with the “{earlier}” that this course was made of: it "
        f"looks like another bank. Nothing was changed. To add it to the course, {first} all "
        f"files: scorm-builder import {added} --into {into}; to make a course of it "
        f"alone: scorm-builder import {quoted(str(path))} -o {slug(own.stem) or 'course'}"
    )


def _course(request: Request) -> tuple[changes.Course, memory.Memory, dict[str, bytes]]:
    """The course as its author has it, the memory of the last import, and the bytes of their
    files."""
    from builder.course import load

    folder = request.folder
    # Loaded first, since loading repairs an interrupted import.
    sources, problems = load.load(folder)
    try:
        kept = _kept(folder / memory.FILE)
        before = memory.read(kept.decode("utf-8"))
    except FileNotFoundError as error:
        raise RefusedError(
            f"“{folder}” was not made by an import: it has no {memory.FILE}. Make a course of "
            f"“{request.source.name}” in a new folder, with “-o”."
        ) from error
    except (OSError, ValueError, memory.ForgottenError) as error:
        raise _forgotten(folder) from error
    if sources is None or sources.failed:
        wrong = next((one for one in problems if one.severity is Severity.ERROR), None)
        why = str(wrong or "no course.yaml").rstrip(".")
        raise RefusedError(f"The course in “{folder}” cannot be read: {why}.")
    listed = ("course.yaml", *sources.pages, *sources.questions)
    raw = {path: (folder / path).read_bytes() for path in listed}
    texts = {path: _text(content) for path, content in raw.items()}
    pages = {name: path for path, page in sources.pages.items() for name in _ids(page)}
    return changes.Course(texts, pages), before, {**raw, memory.FILE: kept}


def _forgotten(folder: Path) -> RefusedError:
    return RefusedError(
        f"“{folder / memory.FILE}” cannot be read any more: without it nobody can tell your edits "
        "from the document's. Take it from an earlier copy of the course."
    )


def _kept(file: Path) -> bytes:
    """Read the memory file. ``OSError`` if it is not a regular file or is too large."""
    if not file.exists():
        raise FileNotFoundError(file)
    if not file.is_file() or file.stat().st_size > memory.MOST:
        raise OSError
    return file.read_bytes()


def _text(raw: bytes) -> str:
    return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def _ids(page: PageFile) -> Iterator[str]:
    """The current and former ids of a page."""
    from builder.course.validate.shape import id_of

    front = page.front.value if isinstance(page.front.value, dict) else {}
    written, was = front.get("id"), front.get("was")
    yield written if isinstance(written, str) else id_of(Path(page.path).stem)
    for name in was if isinstance(was, list) else [was]:
        if isinstance(name, str):
            yield name


def _taken(before: memory.Memory, course: changes.Course) -> dict[str, frozenset[str]]:
    from builder.importing.merging import matching

    taken = matching.taken(before)
    return {**taken, "page": taken["page"] | course.pages.keys()}


@dataclass(frozen=True, slots=True)
class Merged:
    """The data of a repeated import: what was ``made`` from the source, what is ``brought`` into
    the course, and the memory of the import ``before`` and ``now``. ``read`` are the files of the
    course by path, as they were read for merging."""

    brought: changes.Again
    made: Made
    before: memory.Memory
    now: memory.Memory
    course: changes.Course
    read: Mapping[str, bytes]


def _files(merged: Merged, folder: Path) -> Iterator[tuple[str, str | bytes]]:
    """The files to write: texts, pictures that the texts name and the course lacks, and last the
    memory of the import."""
    brought = merged.brought
    yield from brought.texts.items()
    said = "\n".join(brought.texts.values()) if merged.made.pictures else ""
    for path, content in merged.made.pictures.items():
        if path in said and not (folder / path).exists():
            yield path, content
    kept = changes.remembered(merged.before, merged.now, merged.course, brought.left)
    yield memory.FILE, memory.write(kept)


def put(merged: Merged, request: Request) -> tuple[Diagnostic, ...]:
    """Write the merged files: all of them, or none. A file that would get a new error keeps the
    author's version."""
    folder, brought = request.folder, merged.brought
    try:
        with transaction.writing(folder) as own:
            _, known = judged(folder, request.today)
            while True:
                new = own.folder / f"course-{len(brought.left)}"
                shutil.copytree(folder, new, ignore=_LEFT, copy_function=_linked)
                files = {
                    path: _as_bytes(content, merged.read.get(path, b""))
                    for path, content in _files(merged, folder)
                }
                for path, content in files.items():
                    _put_aside(new / path, content)
                _, problems = judged(new, request.today)
                fault = _fault(known, problems)
                if fault is None:
                    break
                if fault.position.path not in brought.texts:
                    raise RefusedError(
                        "Nothing was changed: what the document says would not fit the course as "
                        f"it is now. {fault}"
                    )
                brought.leave(fault.position.path)
            own.put(
                transaction.Change(path, merged.read.get(path), content)
                for path, content in files.items()
            )
    except transaction.ExchangeError as error:
        raise RefusedError(f"Nothing was changed: {error}") from error
    except OSError as error:
        raise RefusedError(f"Nothing was changed in “{folder}”: {_why(error)}.") from error
    return problems


_LEFT = shutil.ignore_patterns(".scorm-builder-*", ".git", "dist")


def _linked(source: str, target: str) -> None:
    # Linked, since a course may have large recordings, and these do not change.
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _as_bytes(content: str | bytes, before: bytes) -> bytes:
    """Encode a text with the line ends and byte order mark of the file that it replaces."""
    if isinstance(content, bytes):
        return content
    content = content.replace("\n", "\r\n") if b"\r\n" in before else content
    mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
    return mark + content.encode()


def _put_aside(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    # Removed first, since it is a hard link to the author's own file.
    file.unlink(missing_ok=True)
    file.write_bytes(content)


def _fault(before: Iterable[Diagnostic], now: Iterable[Diagnostic]) -> Diagnostic | None:
    """The first error that the course did not have before."""
    known = Counter((one.code, one.position.path) for one in before)
    for one in now:
        if one.severity is Severity.ERROR:
            if not known[one.code, one.position.path]:
                return one
            known[one.code, one.position.path] -= 1
    return None


def _why(error: OSError) -> str:
    if isinstance(error, shutil.Error):
        # If a link leads back into the folder, the error lists many names; the first would be
        # enough.
        return "a file in it cannot be copied, or a link leads back into it"
    return temporary.REASONS.get(error.errno or 0, error.strerror or str(error))
