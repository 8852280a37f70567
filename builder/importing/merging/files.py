"""Writes the merged files into the course folder: all of them, or none."""

from __future__ import annotations

import codecs
import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from builder.base import temporary, transaction
from builder.course.judging import judged
from builder.diagnostics.diagnostic import Diagnostic, Severity
from builder.importing.merging import changes, memory
from builder.importing.request import RefusedError, Request

if TYPE_CHECKING:
    from builder.importing.writing import Made


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
