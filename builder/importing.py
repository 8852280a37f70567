"""The line of an import: a file of another program, a document, a course; new or once more."""

from __future__ import annotations

import codecs
import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

from builder import aside, starter
from builder.codes import problem
from builder.diagnostics import Diagnostic, Position, Severity
from builder.importers import again, memory

if TYPE_CHECKING:
    from builder.importers.form import Document
    from builder.importers.formats import Counts, Format
    from builder.importers.outcome import Imported
    from builder.importers.writing import Made, Names, Pages
    from builder.sources import PageFile


@dataclass(frozen=True, slots=True)
class Request:
    """What to import: ``source`` into ``folder``, which is new or empty, or with ``again`` the
    course that was made of an earlier version of the source. ``pages`` says which headings begin
    pages; ``None`` leaves it as it was, or to the document. Nothing is written for a ``dry_run``.
    ``today`` decides what is overdue."""

    source: Path
    folder: Path
    pages: Pages | None
    today: date
    again: bool = False
    dry_run: bool = False


class RefusedError(Exception):
    """Why nothing can be imported as it was asked for, as a sentence."""


def run(request: Request) -> tuple[Imported | None, tuple[Diagnostic, ...]]:
    """Make a course of a file, or say why not. ``RefusedError`` where the command cannot be done as
    it was given."""
    form = _format(request.source)
    if not request.again and not request.dry_run and (wrong := starter.unfit(request.folder)):
        # Before a large document is read.
        raise RefusedError(wrong)
    document, problems = form.read(request.source)
    if document is None:
        return None, problems
    if not document.blocks:
        return None, (*problems, problem("import-empty", Position(str(request.source))))
    document = form.recognise(document)
    counts = form.count(request.source)
    if request.again:
        return _again(request, document, counts), problems
    made = _written(document, request)
    imported = _outcome(request, document, counts, made)
    if request.dry_run:
        return imported, problems
    return _put(request, imported), problems


def _format(source: Path) -> Format:
    from builder.importers import formats

    form = formats.format_of(source)
    if form is None:
        known = "; ".join(f"{one.name} ({', '.join(one.endings)})" for one in formats.FORMATS)
        raise RefusedError(f"“{source.name}” is none of the formats that can be imported: {known}.")
    return form


def _written(document: Document, request: Request, names: Names | None = None) -> Made:
    from builder.importers import writing

    return writing.write(document, request.source.stem, request.pages or "auto", _refused, names)


def _refused(drawing: bytes) -> str:
    """What a drawing would do that no package may, in words; empty for nothing."""
    from builder.verify import svg

    return next((words for _, words in svg.judge(drawing)), "")


def _outcome(request: Request, document: Document, counts: Counts, made: Made) -> Imported:
    from builder.importers import outcome

    words = outcome.words_of(counts, document, made)
    return outcome.Imported(request.source, None, made, words, counts.kinds)


def _put(request: Request, imported: Imported) -> Imported:
    made = imported.made
    files: dict[str, str | bytes] = {**made.texts, **made.pictures}
    files[memory.FILE] = memory.write(memory.of(made))
    try:
        problems = starter.put(
            files, request.folder, lambda folder: _problems(folder, request), _yes
        )
    except starter.NotMadeError as error:
        raise RefusedError(str(error)) from error
    return replace(imported, folder=request.folder, problems=problems)


def _yes(problems: object) -> bool:
    """Whether what was made is put in its place: always, since it has every word."""
    return True


def _problems(folder: Path, request: Request) -> tuple[Diagnostic, ...]:
    from builder import load, validate

    sources, unreadable = load.load(folder)
    if sources is None:
        return unreadable
    return (*unreadable, *validate.validate(sources, request.today).diagnostics)


def _again(request: Request, document: Document, counts: Counts) -> Imported:
    """Bring what has changed in the source into the course that was made of it."""
    from builder.importers import matching, writing

    course, before = _course(request)
    pages = request.pages or cast("Pages", f"heading-{before.level}")
    request = replace(request, pages=pages)
    known = matching.known(before, _written(document, request))
    names = writing.Names(known, _taken(before, course), course.pages)
    made = _written(document, request, names)
    imported = _outcome(request, document, counts, made)
    brought = again.bring(before, made, course)
    if request.dry_run:
        return replace(imported, merged=brought.merged())
    problems = _replace(brought, made, before, course, request)
    return replace(imported, folder=request.folder, problems=problems, merged=brought.merged())


def _course(request: Request) -> tuple[again.Course, memory.Memory]:
    """A course as its author has it, and what was imported into it before."""
    from builder import load

    folder = request.folder
    try:
        before = memory.read((folder / memory.FILE).read_text("utf-8"))
    except FileNotFoundError as error:
        raise RefusedError(
            f"“{folder}” was not made by an import: it has no {memory.FILE}. Make a course of "
            f"“{request.source.name}” in a new folder, with “-o”."
        ) from error
    except (OSError, ValueError, memory.ForgottenError) as error:
        raise RefusedError(
            f"“{folder / memory.FILE}” cannot be read any more: without it nobody can tell your "
            "edits from the document's. Take it from an earlier copy of the course."
        ) from error
    sources, problems = load.load(folder)
    if sources is None or sources.failed:
        wrong = next((one for one in problems if one.severity is Severity.ERROR), None)
        raise RefusedError(f"The course in “{folder}” cannot be read: {wrong or 'no course.yaml'}.")
    texts = {
        path: _text(folder / path) for path in ("course.yaml", *sources.pages, *sources.questions)
    }
    pages = {name: path for path, page in sources.pages.items() for name in _ids(page)}
    return again.Course(texts, pages), before


def _text(file: Path) -> str:
    return file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def _ids(page: PageFile) -> Iterator[str]:
    """The id of a page, and those that it had before."""
    from builder.validate.shape import id_of

    front = page.front.value if isinstance(page.front.value, dict) else {}
    written, was = front.get("id"), front.get("was")
    yield written if isinstance(written, str) else id_of(Path(page.path).stem)
    for name in was if isinstance(was, list) else [was]:
        if isinstance(name, str):
            yield name


def _taken(before: memory.Memory, course: again.Course) -> dict[str, frozenset[str]]:
    from builder.importers import matching

    taken = matching.taken(before)
    return {**taken, "page": taken["page"] | course.pages.keys()}


def _files(
    brought: again.Again, made: Made, before: memory.Memory, course: again.Course, folder: Path
) -> Iterator[tuple[str, str | bytes]]:
    """The files of a course that are to be put in the place of others: texts, pictures that texts
    name and the course does not have, and last what is kept of the import."""
    yield from brought.texts.items()
    for path, content in made.pictures.items():
        named = any(path in text for text in brought.texts.values())
        if named and not (folder / path).exists():
            yield path, content
    kept = again.remembered(before, memory.of(made), course, brought.left)
    yield memory.FILE, memory.write(kept)


def _replace(
    brought: again.Again,
    made: Made,
    before: memory.Memory,
    course: again.Course,
    request: Request,
) -> tuple[Diagnostic, ...]:
    """Put what was merged into the course: all of it, or nothing. A file that would have an error
    which it has not had stays as its author has it."""
    folder = request.folder
    known = _problems(folder, request)
    try:
        with aside.folder(folder) as own:
            while True:
                new = own / f"new-{len(brought.left)}"
                shutil.copytree(folder, new, ignore=_LEFT, copy_function=_linked)
                files = dict(_files(brought, made, before, course, folder))
                for path, content in files.items():
                    _put_aside(new / path, content, folder / path)
                problems = _problems(new, request)
                fault = _fault(known, problems)
                if fault is None:
                    break
                if fault.position.path not in brought.texts:
                    raise RefusedError(
                        "Nothing was changed: what the document says would not fit the course as "
                        f"it is now. {fault}"
                    )
                brought.leave(fault.position.path)
            aside.exchange([(new / path, folder / path) for path in files], own / "old")
    except OSError as error:
        raise RefusedError(f"Nothing was changed in “{folder}”: {_why(error)}.") from error
    return problems


_LEFT = shutil.ignore_patterns(".scorm-builder-*", ".git", "dist")


def _linked(source: str, target: str) -> None:
    # A course may have large recordings, of which nothing changes.
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _put_aside(file: Path, content: str | bytes, old: Path) -> None:
    """Write a file with the line ends and the beginning of the one that it takes the place of."""
    if isinstance(content, str):
        before = old.read_bytes() if old.exists() else b""
        content = content.replace("\n", "\r\n") if b"\r\n" in before else content
        mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
        content = mark + content.encode()
    file.parent.mkdir(parents=True, exist_ok=True)
    # A link leads to the author's own file.
    file.unlink(missing_ok=True)
    file.write_bytes(content)


def _fault(before: Iterable[Diagnostic], now: Iterable[Diagnostic]) -> Diagnostic | None:
    """An error that there was not."""
    known = Counter((one.code, one.position.path) for one in before)
    for one in now:
        if one.severity is Severity.ERROR:
            if not known[one.code, one.position.path]:
                return one
            known[one.code, one.position.path] -= 1
    return None


def _why(error: OSError) -> str:
    return aside.REASONS.get(error.errno or 0, error.strerror or str(error))
