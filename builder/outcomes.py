"""What the last build of a course came to, for a build that would come to the same.

It is told by what the files of the course and of its package hold, not by when they were written:
a time may be the same although something else was written. Only of this program's own files, which
nobody edits while it runs, the times count. What is kept is a note in the user's cache: a note that
is broken, foreign or out of date counts as none, and no byte of a package ever comes from it.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, fields
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from zlib import ZLIB_RUNTIME_VERSION

from builder import __version__, interface, resources
from builder.artifacts import Result, Summary
from builder.diagnostics import Diagnostic, Position, Severity

_MOST = 100
"""Notes that are kept."""
_LARGEST = 2_000_000
"""Bytes of a note; a longer one is not kept."""
_LIBRARIES = ("jinja2", "lxml", "markdown_it", "markupsafe", "yaml")
"""What decides, beside this program, of which bytes a package is."""
_PARTS = ("pages", "questions", "media")
"""The folders of a course that are read; of others the name is told."""
_TEXTS = (".md", ".yaml", ".yml")
"""How the names of files end that are looked into although they stand beside these folders."""


class Notes:
    """The notes in a folder of the user's cache; ``None`` keeps none.

    ``request`` tells one build from another: the course, where the package goes, what was asked.
    ``since`` is a package that the course is compared with.
    """

    def __init__(
        self, folder: Path | None, request: tuple[str, ...], course: Path, since: Path | None
    ) -> None:
        self._course = course
        self._since = since
        self._request = request
        name = hashlib.sha256(json.dumps(request).encode()).hexdigest()
        self._file = folder / f"{name}.json" if folder else None
        self._before = self._sources() if folder else ""

    def recall(self) -> Result | None:
        """The outcome of the last build, if this one would come to the same."""
        if not self._before:
            return None
        try:
            note = _read(self._file) if self._file else {}
            if note.get("sources") != self._before:
                return None
            result = _result(note)
            made = result.summary
            return result if made and _of_package(made) == note["made"] else None
        except (OSError, ValueError, LookupError, TypeError, RecursionError):
            return None

    def keep(self, result: Result) -> None:
        """Note an outcome, unless the sources have changed since the build began."""
        made = result.summary
        if not (self._file and made and self._before) or self._sources() != self._before:
            return
        # A cache that is full, or that nobody may write to, is no reason to fail.
        with suppress(OSError):
            note = {
                "sources": self._before,
                "made": _of_package(made),
                "diagnostics": [_diagnostic(one) for one in result.diagnostics],
                "summary": _summary(made),
            }
            _write(self._file, note)

    def _sources(self) -> str:
        """All that a package depends on, in one word; empty where not all of it can be read."""
        digest = hashlib.sha256()
        try:
            for line in self._lines():
                digest.update(f"{line}\0".encode("utf-8", "surrogateescape"))
        except OSError:
            return ""
        return digest.hexdigest()

    def _lines(self) -> Iterator[str]:
        yield from (*self._request, __version__)
        yield from _of_course(os.path.realpath(self._course))
        if self._since:
            yield _digest(self._since)
        yield program()


def _of_course(root: str) -> Iterator[str]:
    """What each file of a course holds, and what else lies in its folder. Each folder is read once,
    and links are followed within the course only: what leads out of it is refused."""
    waiting, read = [root], set()
    while waiting:
        folder = waiting.pop()
        real = os.path.realpath(folder)
        yield f"{folder} is {real}"
        if real in read or not _within(real, root):
            continue
        read.add(real)
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if not entry.is_dir():
                    yield _held(entry, root, folder == root)
                elif folder != root or entry.name in _PARTS:
                    waiting.append(entry.path)
                else:
                    yield f"{entry.path} {os.path.realpath(entry.path)}"


def _held(entry: os.DirEntry[str], root: str, beside: bool) -> str:
    real = os.path.realpath(entry.path) if entry.is_symlink() else entry.path
    read = not beside or entry.name.lower().endswith(_TEXTS)
    within = read and entry.is_file() and _within(real, root)
    return f"{entry.path} {real} {_digest(Path(real)) if within else entry.is_file()}"


def _within(real: str, root: str) -> bool:
    return Path(real).is_relative_to(root)


def _of_package(made: Summary) -> list[str]:
    """The package, its key, and the names of the zips beside it, among which are older drafts."""
    beside = sorted(path.name for path in made.path.parent.glob("*.zip"))
    return [_digest(made.path), _digest(made.key), *beside]


def _digest(file: Path) -> str:
    if not file.is_file():
        # A pipe or a device may never end.
        raise FileNotFoundError(file)
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@cache
def program() -> str:
    """This program and what it works with, in one word: nobody edits them while it runs."""
    lines = "\n".join((sys.version, ZLIB_RUNTIME_VERSION, *map(_stamp, _of_program())))
    return hashlib.sha256(lines.encode("utf-8", "surrogateescape")).hexdigest()


def _of_program() -> Iterator[Path]:
    yield from _below(Path(__file__).parent)
    yield from _below(resources.path())
    for name in _LIBRARIES:
        spec = find_spec(name)
        if spec and spec.origin:
            yield Path(spec.origin)


def _below(folder: Path) -> Iterator[Path]:
    for path, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        yield from (Path(path, name) for name in sorted(names))


def _stamp(file: Path) -> str:
    # When a library's inode was changed is another time in every environment that shares the file.
    status = file.stat()
    return f"{file} {status.st_size} {status.st_mtime_ns} {status.st_ino}"


def _read(file: Path) -> Mapping[str, Any]:
    with file.open("rb") as stream:
        raw = stream.read(_LARGEST + 1)
    checksum, _, text = raw.partition(b"\n")
    whole = checksum.decode("ascii") == hashlib.sha256(text).hexdigest()
    note = json.loads(text) if whole and len(raw) <= _LARGEST else None
    return note if isinstance(note, dict) else {}


def _write(file: Path, note: Mapping[str, Any]) -> None:
    text = json.dumps(note).encode()
    if len(text) > _LARGEST - 100:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    # Another build may read it, or write it, at the same time.
    new = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        new.write_bytes(hashlib.sha256(text).hexdigest().encode() + b"\n" + text)
        new.replace(file)
    finally:
        new.unlink(missing_ok=True)
    by_age = sorted(file.parent.glob("*.json*"), key=lambda one: one.stat().st_mtime_ns)
    for old in by_age[:-_MOST]:
        old.unlink(missing_ok=True)


def _diagnostic(one: Diagnostic) -> list[Any]:
    at = one.position
    return [at.path, at.line, at.column, one.code, one.message, one.severity, one.hint, one.draft]


def _summary(made: Summary) -> dict[str, Any]:
    return asdict(made) | {
        "path": str(made.path),
        "key": str(made.key),
        "interface": made.interface.tag,
        "older_drafts": [str(path) for path in made.older_drafts],
    }


def _result(note: Mapping[str, Any]) -> Result:
    told = tuple(
        Diagnostic(Position(*place), code, message, Severity(severity), hint, draft)
        for *place, code, message, severity, hint, draft in note["diagnostics"]
    )
    made = {field.name: note["summary"][field.name] for field in fields(Summary)}
    summary = Summary(
        **made
        | {
            "path": Path(made["path"]),
            "key": Path(made["key"]),
            "interface": interface.spoken(made["interface"]),
            "older_drafts": tuple(map(Path, made["older_drafts"])),
            "since": tuple((group, tuple(lines)) for group, lines in made["since"]),
        }
    )
    return Result(told, summary)
