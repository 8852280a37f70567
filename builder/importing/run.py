"""Runs an import: reads the files, then makes a new course or writes them into one that exists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from builder.base.printing import quoted
from builder.course import starter
from builder.course.judging import judge
from builder.course.validate import schemas
from builder.diagnostics.diagnostic import Diagnostic
from builder.importing.again import memory
from builder.importing.again.into import import_into
from builder.importing.document.form import Volume
from builder.importing.making import Imported, memory_sources, summarize, write_course
from builder.importing.reading import (
    RefusedError,
    Request,
    check_unique_names,
    format_of,
    limit_categories,
    not_regular_files,
    read_file,
)
from builder.importing.writing import COURSE


def run(request: Request) -> tuple[Imported | None, tuple[Diagnostic, ...]]:
    """Import the requested files. Returns the result, or ``None`` if a file cannot be read, and the
    problems found in the files. Raises ``RefusedError`` if the arguments do not allow an import."""
    check_unique_names(request.sources)
    if no_files := tuple(not_regular_files(request.sources)):
        return None, no_files
    forms = [format_of(source, request.named) for source in request.sources]
    if (
        not request.again
        and not request.dry_run
        and (reason := starter.refusal_reason(request.folder))
    ):
        # Checked before a large document is read.
        raise RefusedError(_existing_course_message(request) or reason)
    found = [
        read_file(path, form, request) for path, form in zip(request.sources, forms, strict=True)
    ]
    problems = tuple(one for _, file_problems in found for one in file_problems)
    read = [one for one, _ in found if one is not None]
    if len(read) < len(found):
        return None, problems
    if request.again:
        return import_into(request, read), problems
    read = limit_categories(read, len(read))
    volumes = [one.volume(request.pages or "auto") for one in read]
    made = write_course(volumes)
    imported = summarize(read, made)
    if request.dry_run:
        return imported, problems
    return _write_new_course(request, imported, volumes), problems


def _existing_course_message(request: Request) -> str:
    """The message that refuses a new course because the folder has a course already; empty if the
    folder has none."""
    if not (request.folder / COURSE).is_file():
        return ""
    files = " ".join(quoted(str(source)) for source in request.sources)
    return (
        f"“{request.folder}” has a course already. To bring what has changed into it, or to add a "
        f"question bank: scorm-builder import {files} --into {quoted(str(request.folder))}"
    )


def _write_new_course(request: Request, imported: Imported, volumes: Sequence[Volume]) -> Imported:
    """Write the imported course into a new or empty folder. Returns ``imported`` with the folder
    and the problems that a build would report. Raises ``RefusedError`` if nothing can be written
    there."""
    made = imported.made
    editing = starter.editing({name: schemas.text(name) for name in schemas.SCHEMAS})
    files: dict[str, str | bytes] = {**made.texts, **made.pictures, **editing}
    files[memory.FILE_NAME] = memory.write(memory.remember(made, memory_sources(volumes, made)))
    try:
        problems = starter.create_files(
            files,
            request.folder,
            lambda folder: judge(folder, request.today)[1],
            # Write the course even with errors, since it has every word of the source.
            lambda problems: True,
        )
    except starter.NotMadeError as error:
        raise RefusedError(str(error)) from error
    return replace(imported, folder=request.folder, problems=problems)
