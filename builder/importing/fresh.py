"""Puts a course that was imported where there is none yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from builder import starter
from builder.importers import memory
from builder.importing.making import kept_of
from builder.importing.request import RefusedError, Request
from builder.judging import judged

if TYPE_CHECKING:
    from builder.importers.form import Volume
    from builder.importers.outcome import Imported


def known_course(request: Request) -> str:
    """Why a folder cannot take a new course that an import has made before; empty for any other."""
    if not (request.folder / memory.FILE).is_file():
        return ""
    return (
        f"“{request.folder}” has a course that an import made. To bring what has changed into it: "
        f"scorm-builder import {' '.join(map(str, request.sources))} --into {request.folder}"
    )


def put(request: Request, imported: Imported, shelf: Sequence[Volume]) -> Imported:
    """Write a course into a folder that is new or empty, and say what a build would say of it.
    ``RefusedError`` where nothing can be written there."""
    from builder.validate import schemas

    made = imported.made
    editing = starter.editing({name: schemas.text(name) for name in schemas.SCHEMAS})
    files: dict[str, str | bytes] = {**made.texts, **made.pictures, **editing}
    files[memory.FILE] = memory.write(memory.of(made, kept_of(shelf, made)))
    try:
        problems = starter.create_files(
            files, request.folder, lambda folder: judged(folder, request.today)[1], _yes
        )
    except starter.NotMadeError as error:
        raise RefusedError(str(error)) from error
    return replace(imported, folder=request.folder, problems=problems)


def _yes(problems: object) -> bool:
    """Whether what was made is put in its place: always, since it has every word."""
    return True
