"""Merges changed source files into the course that was made from them. Writes all changed files of
the course, or none."""

from __future__ import annotations

import codecs
import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from builder.base import temporary, transaction
from builder.base.printing import quoted
from builder.base.slugs import slug
from builder.course import load
from builder.course.judging import judge
from builder.course.sources import PageFile
from builder.course.validate.shape import id_of
from builder.diagnostics.diagnostic import Diagnostic, Severity
from builder.importing import reading
from builder.importing.document.form import Document, Volume
from builder.importing.making import Imported, memory_sources, summarize, write_course
from builder.importing.merging import changes, matching, memory
from builder.importing.reading import (
    AnotherBankError,
    Read,
    RefusedError,
    Request,
    limit_categories,
)
from builder.importing.writing import Names, WrittenCourse, WrittenQuestion


def merge_files(request: Request, read: Sequence[Read]) -> Imported:
    """Merge the changes of source files into the course that was made from them."""
    course, before, raw = _load_course(request)
    read = limit_categories(read, max(len(read), len(before.sources)))
    documents = {one.path.name: one.document for one in read}
    try:
        volumes = reading.all_volumes(before, documents, request.pages)
        plain = write_course(volumes)
        if not request.later:
            _refuse_other_bank(request, before, documents, plain)
    except reading.UnknownFileError as error:
        raise RefusedError(str(error)) from error
    except memory.UnreadableDocumentError as error:
        raise _unreadable_memory(request.folder) from error
    known = matching.known_ids(before, plain)
    taken = matching.taken_ids(before)
    taken["page"] |= course.pages.keys()
    names = Names(known, taken, course.pages)
    made = write_course(volumes, names)
    imported = replace(summarize(read, made), later=reading.later_version(before, documents))
    merge = changes.merge_course(before, made, course)
    if request.dry_run:
        return replace(imported, merged=merge.merged())
    now = memory.remember(made, memory_sources(volumes, made))
    problems = _write_merged(_MergeData(merge, made, before, now, course, raw), request)
    return replace(imported, folder=request.folder, problems=problems, merged=merge.merged())


def _refuse_other_bank(
    request: Request, before: memory.Memory, documents: Mapping[str, Document], plain: WrittenCourse
) -> None:
    """Raise ``AnotherBankError`` if a bank among ``documents`` has no question in common with its
    version in the last import (``before``). ``plain`` is the course that a first import of all
    files would make."""

    def written_questions(name: str, document: Document) -> Sequence[WrittenQuestion]:
        return write_course([Volume(name, "auto", document)]).questions

    for name, source in reading.earlier_versions(before, documents):
        if not documents[name].bank:
            continue
        now = (
            plain.questions if len(plain.levels) == 1 else written_questions(name, documents[name])
        )
        kept = source.document
        old = (
            written_questions(source.name, memory.stored_document(kept))
            if kept
            else before.questions
        )
        if now and old and not matching.share_question(old, now):
            raise AnotherBankError(_other_bank_message(request, before, name, source.name))


def _other_bank_message(request: Request, before: memory.Memory, name: str, earlier: str) -> str:
    path = next(path for path in request.sources if path.name == name)
    known = [source.name for source in before.sources] or [earlier]
    own = path if name not in known else path.with_stem(f"{path.stem}-2")
    added = " ".join(map(quoted, [*known, str(own)]))
    into = quoted(str(request.folder))
    first = "give it another name and name" if name in known else "name"
    return (
        f"“{name}” has no question in common with the “{earlier}” from which this course was made, "
        f"so it looks like another bank. Nothing was changed. To add it to the course, {first} all "
        f"files: scorm-builder import {added} --into {into}; to make a course from it alone: "
        f"scorm-builder import {quoted(str(path))} -o {slug(own.stem) or 'course'}"
    )


def _load_course(request: Request) -> tuple[changes.Course, memory.Memory, dict[str, bytes]]:
    """Load the course as its author has it, the memory of the last import, and the bytes of all
    files that were read, by path."""
    folder = request.folder
    # Loaded first, since loading repairs an interrupted import.
    sources, problems = load.load(folder)
    try:
        kept = _read_memory_file(folder / memory.FILE_NAME)
        before = memory.read(kept.decode("utf-8"))
    except FileNotFoundError as error:
        raise RefusedError(
            f"“{folder}” was not made by an import: it has no {memory.FILE_NAME}. Make a course "
            f"from “{request.source.name}” in a new folder, with “-o”."
        ) from error
    except (OSError, ValueError, memory.UnreadableMemoryError) as error:
        raise _unreadable_memory(folder) from error
    if sources is None or sources.failed:
        wrong = next((one for one in problems if one.severity is Severity.ERROR), None)
        reason = str(wrong or "no course.yaml").rstrip(".")
        raise RefusedError(f"The course in “{folder}” cannot be read: {reason}.")
    listed = ("course.yaml", *sources.pages, *sources.questions)
    raw = {path: (folder / path).read_bytes() for path in listed}
    texts = {path: _decode(content) for path, content in raw.items()}
    pages = {name: path for path, page in sources.pages.items() for name in _page_ids(page)}
    return changes.Course(texts, pages), before, {**raw, memory.FILE_NAME: kept}


def _unreadable_memory(folder: Path) -> RefusedError:
    return RefusedError(
        f"“{folder / memory.FILE_NAME}” cannot be read. Without it, your edits cannot be told from "
        "changes in the document. Restore it from an earlier copy of the course."
    )


def _read_memory_file(file: Path) -> bytes:
    """Read the memory file. Raises ``OSError`` if it is not a regular file or is too large."""
    if not file.exists():
        raise FileNotFoundError(file)
    if not file.is_file() or file.stat().st_size > memory.MAX_SIZE:
        raise OSError
    return file.read_bytes()


def _decode(raw: bytes) -> str:
    return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def _page_ids(page: PageFile) -> Iterator[str]:
    """Yield the current id and the former ids of a page."""
    front = page.front.value if isinstance(page.front.value, dict) else {}
    written, was = front.get("id"), front.get("was")
    yield written if isinstance(written, str) else id_of(Path(page.path).stem)
    for name in was if isinstance(was, list) else [was]:
        if isinstance(name, str):
            yield name


@dataclass(frozen=True, slots=True)
class _MergeData:
    """The data of a repeated import. ``made`` is the course that the source makes now, and
    ``merge`` the result of merging it into ``course``. ``before`` is the memory of the last import,
    ``now`` that of this one. ``read`` has the bytes of the course's files before the merge, by
    path."""

    merge: changes.CourseMerge
    made: WrittenCourse
    before: memory.Memory
    now: memory.Memory
    course: changes.Course
    read: Mapping[str, bytes]


def _files_to_write(merged: _MergeData, folder: Path) -> Iterator[tuple[str, str | bytes]]:
    """Yield the path and content of each file to write: texts, then pictures that the texts name
    and the course lacks, and last the memory of the import."""
    merge = merged.merge
    yield from merge.texts.items()
    all_text = "\n".join(merge.texts.values()) if merged.made.pictures else ""
    for path, content in merged.made.pictures.items():
        if path in all_text and not (folder / path).exists():
            yield path, content
    memory_now = changes.next_memory(merged.before, merged.now, merged.course, merge.left)
    yield memory.FILE_NAME, memory.write(memory_now)


def _write_merged(merged: _MergeData, request: Request) -> tuple[Diagnostic, ...]:
    """Write the merged files: all of them, or none. A file that would get a new error keeps the
    author's version."""
    folder, merge = request.folder, merged.merge
    try:
        with transaction.writing(folder) as own:
            _, known = judge(folder, request.today)
            while True:
                new = own.folder / f"course-{len(merge.left)}"
                shutil.copytree(folder, new, ignore=_NOT_COPIED, copy_function=_link_or_copy)
                files = {
                    path: _as_bytes(content, merged.read.get(path, b""))
                    for path, content in _files_to_write(merged, folder)
                }
                for path, content in files.items():
                    _write_copy(new / path, content)
                _, problems = judge(new, request.today)
                fault = _new_error(known, problems)
                if fault is None:
                    break
                if fault.position.path not in merge.texts:
                    raise RefusedError(
                        "Nothing was changed: the changes in the document do not fit the course "
                        f"as it is now. {fault}"
                    )
                merge.leave_unchanged(fault.position.path)
            own.put(
                transaction.Change(path, merged.read.get(path), content)
                for path, content in files.items()
            )
    except transaction.ExchangeError as error:
        raise RefusedError(f"Nothing was changed: {error}") from error
    except OSError as error:
        raise RefusedError(
            f"Nothing was changed in “{folder}”: {_os_error_reason(error)}."
        ) from error
    return problems


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


def _new_error(before: Iterable[Diagnostic], now: Iterable[Diagnostic]) -> Diagnostic | None:
    """The first error in ``now`` that the course did not have ``before``; ``None`` if there is
    none."""
    known = Counter((one.code, one.position.path) for one in before)
    for one in now:
        if one.severity is Severity.ERROR:
            if not known[one.code, one.position.path]:
                return one
            known[one.code, one.position.path] -= 1
    return None


def _os_error_reason(error: OSError) -> str:
    if isinstance(error, shutil.Error):
        # If a link leads back into the folder, the error lists many names; the first would be
        # enough.
        return "a file in it cannot be copied, or a link leads back into it"
    return temporary.reason(error)
