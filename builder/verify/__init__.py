"""Reopens a package and checks it, whichever tool made it.

Shares no code with ``manifest`` and ``package``, so that a mistake there cannot hide here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from builder import zips
from builder.codes import problem
from builder.diagnostics import Diagnostic, Position, tidy
from builder.verify import archive, content, digest, inside, mastery, policy, references, schema
from builder.zips import Archive, DamagedError


def judge(path: Path) -> tuple[Diagnostic, ...]:
    """Everything wrong with the zip at ``path``; empty if every LMS should accept it.

    Positions are paths in the package, or the name of the zip itself. Never raises, whatever the
    file is: an unreadable file is reported as a problem.
    """
    try:
        with zips.opened(path) as package:
            return tidy(archive.unsafe(package) or _judged(package))
    except DamagedError as damaged:
        return (problem("package-zip", Position(path.name), problem=damaged),)


def _judged(package: Archive) -> Iterator[Diagnostic]:
    yield from archive.judge(package)
    yield from schema.judge_control_documents(package)
    root, problems = schema.read_manifest(package)
    yield from problems
    if root is not None:
        yield from references.judge(root, package.files.keys())
        yield from mastery.judge(root, _outline(package))
    yield from _judged_files(package)


def _judged_files(package: Archive) -> Iterator[Diagnostic]:
    # Each file is read once, and its checksum is compared on the way.
    whole = True
    running = digest.Digest(_outline(package))
    for name in sorted(package.files):
        try:
            if content.judged(name) or name in digest.SEALED:
                text = package.read(name)
                yield from content.judge(name, text)
                if digest.OUTLINE in package.files:
                    yield from inside.judge(name, text, package.files.keys())
                    yield from policy.judge(name, text)
                pieces: Iterable[bytes] = (text,)
            else:
                pieces = package.pieces(name)
            running.add(name, package.files[name].file_size, pieces)
        except DamagedError as damaged:
            whole = False
            yield problem("package-zip", Position(zips.shown(name)), problem=damaged)
    if whole:
        yield from running.judge()


def _outline(package: Archive) -> bytes:
    if digest.OUTLINE not in package.files:
        return b""
    try:
        return package.read(digest.OUTLINE)
    except DamagedError:
        # Reported when it is read with the other files.
        return b""
