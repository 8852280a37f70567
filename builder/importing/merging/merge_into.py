"""Merges changed files into the course that was made from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from builder.base.printing import quoted
from builder.base.slugs import slug
from builder.diagnostics.diagnostic import Severity
from builder.importing.making import kept_of, outcome_of, written
from builder.importing.merging import changes, memory
from builder.importing.merging.files import Merged, put
from builder.importing.reading import Read, gathered
from builder.importing.request import AnotherBankError, RefusedError, Request

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
