"""The line of an import: a file of another program, a document, a course; new or once more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder import starter
from builder.diagnostics import Diagnostic
from builder.importers import given
from builder.importing.again import bring
from builder.importing.fresh import known_course, put
from builder.importing.making import outcome_of, volume_of, written
from builder.importing.reading import format_of, gathered, read_one, tell_apart
from builder.importing.request import RefusedError, Request

if TYPE_CHECKING:
    from builder.importers.outcome import Imported


def run(request: Request) -> tuple[Imported | None, tuple[Diagnostic, ...]]:
    """Make a course of files, or say why not. ``RefusedError`` where the command cannot be done as
    it was given."""
    tell_apart(request.sources)
    if no_files := tuple(given.no_files(request.sources)):
        return None, no_files
    forms = [format_of(source, request.named) for source in request.sources]
    if (
        not request.again
        and not request.dry_run
        and (wrong := starter.refusal_reason(request.folder))
    ):
        # Before a large document is read.
        raise RefusedError(known_course(request) or wrong)
    found = [
        read_one(path, form, request) for path, form in zip(request.sources, forms, strict=True)
    ]
    problems = tuple(one for _, told in found for one in told)
    read = [one for one, _ in found if one is not None]
    if len(read) < len(found):
        return None, problems
    if request.again:
        return bring(request, read), problems
    read = gathered(read, len(read))
    shelf = [volume_of(one, request.pages or "auto") for one in read]
    made = written(shelf)
    imported = outcome_of(read, made)
    if request.dry_run:
        return imported, problems
    return put(request, imported, shelf), problems
