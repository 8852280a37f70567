"""Opens a finished package and checks it, whichever tool made it.

Shares no code with what makes packages, so that a mistake there cannot hide here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from builder.base import zips
from builder.base.zips import Archive, DamagedError
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position, tidy
from builder.package.verify import archive, content, manifest, own_packages


def judge(path: Path) -> tuple[Diagnostic, ...]:
    """Everything wrong with the zip at ``path``; empty if every LMS should accept it.

    Positions are paths in the package, or the name of the zip itself. Never raises, whatever the
    file is: an unreadable file is reported as a problem.
    """
    try:
        with zips.open_zip(path) as package:
            return tidy(archive.unsafe(package) or _check_all(package))
    except DamagedError as damaged:
        return (problem("package-zip", Position(path.name), problem=damaged),)


def _check_all(package: Archive) -> Iterator[Diagnostic]:
    yield from archive.judge(package)
    yield from manifest.judge_control_documents(package)
    root, problems = manifest.read_manifest(package)
    yield from problems
    if root is not None:
        yield from manifest.judge_references(root, package.files.keys())
        yield from own_packages.judge_mastery_score(root, _read_outline(package))
    yield from _check_files(package)


def _check_files(package: Archive) -> Iterator[Diagnostic]:
    # Each file is read only once; reading it also compares its checksum.
    is_complete = True
    digest_check = own_packages.Digest(_read_outline(package))
    for name in sorted(package.files):
        try:
            if content.is_checked(name) or name in own_packages.SEALED:
                text = package.read(name)
                yield from content.judge(name, text)
                if own_packages.OUTLINE in package.files:
                    yield from own_packages.judge_media(name, text, package.files.keys())
                    yield from own_packages.judge_policy(name, text)
                pieces: Iterable[bytes] = (text,)
            else:
                pieces = package.chunks(name)
            digest_check.add(name, package.files[name].file_size, pieces)
        except DamagedError as damaged:
            is_complete = False
            yield problem("package-zip", Position(zips.printable_name(name)), problem=damaged)
    if is_complete:
        yield from digest_check.judge()


def _read_outline(package: Archive) -> bytes:
    if own_packages.OUTLINE not in package.files:
        return b""
    try:
        return package.read(own_packages.OUTLINE)
    except DamagedError:
        # Reported when it is read with the other files.
        return b""
