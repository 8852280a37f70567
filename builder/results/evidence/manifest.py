"""Writes the manifest of a folder of evidence, and compares the files with it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from builder.base.immutable import immutable
from builder.base.printing import escape_controls
from builder.results.reading.tables import ReportError

NAME = "manifest.json"
_FORMAT = 1


@immutable
class Checked:
    """The result of a check: the number of ``files`` in the manifest, a sentence about each file
    that differs, and the SHA-256 of the manifest."""

    files: int
    problems: tuple[str, ...]
    seal: str


def write(folder: Path, course: str, today: date) -> str:
    """Write the manifest of the files in a folder; returns its SHA-256. ``course`` is the id of the
    course, ``today`` the day on which the evidence is made."""
    files = {path.name: sha256(path) for path in sorted(folder.iterdir())}
    content = {
        "format": _FORMAT,
        "evidence": "scorm-builder results",
        "course": course,
        "made_on": today.isoformat(),
        "files": files,
    }
    path = folder / NAME
    path.write_bytes(f"{json.dumps(content, indent=1, sort_keys=True)}\n".encode())
    return sha256(path)


def sha256(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check(folder: Path) -> Checked:
    """Compare the files of evidence with its manifest. Raises ``ReportError``."""
    path = folder / NAME
    try:
        content = json.loads(path.read_bytes())
        listed = content["files"]
        if content["format"] != _FORMAT or not _are_digests(listed):
            raise ValueError
        seal = sha256(path)
        present = {one.name: one for one in folder.iterdir() if one.name != NAME}
        problems = tuple(_differences(listed, present))
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise ReportError(f"“{folder}” cannot be checked: {NAME}: {reason}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ReportError(
            f"“{path}” is not a manifest of evidence, or it was changed. Name a folder that "
            "“scorm-builder results --evidence” made."
        ) from error
    return Checked(len(listed), problems, seal)


def _are_digests(listed: object) -> bool:
    return isinstance(listed, dict) and all(
        isinstance(value, str) and re.fullmatch("[0-9a-f]{64}", value) for value in listed.values()
    )


def _differences(listed: dict[str, str], present: dict[str, Path]) -> Iterator[str]:
    for name, digest in sorted(listed.items()):
        shown = f"“{escape_controls(name)}”"
        if name not in present:
            yield f"{shown} is missing."
        elif present[name].is_symlink() or not present[name].is_file():
            yield f"{shown} is no longer a file."
        elif sha256(present[name]) != digest:
            yield f"{shown} was changed."
    for name in sorted(present.keys() - listed.keys()):
        yield f"“{escape_controls(name)}” was added."
