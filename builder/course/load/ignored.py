"""Warns about files in a course folder that are not read, although the author may expect it."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path, PurePosixPath

from builder.course.media.formats import FORMATS
from builder.diagnostics.codes import did_you_mean, problem
from builder.diagnostics.diagnostic import Diagnostic, Position

_LEFT_BEHIND = re.compile(
    r"\..*|thumbs\.db|desktop\.ini|.*~|~\$.*|#.*#|.*\.(?:tmp|bak|swp)", re.IGNORECASE
)
"""Files left behind by systems and editors: hidden files, thumbnails, backups."""
_YAML = (".yaml", ".yml")
_TEXTS = (".txt", ".markdown", ".mdown", ".mkd", ".text")
_DOCUMENTS = (".docx", ".doc", ".odt", ".rtf", ".pdf", ".html", ".htm", ".pptx", ".pages")
_ENDING = (
    "Windows hides the endings of file names: in its Explorer, choose View > Show > File "
    "name extensions."
)
_MEDIA_FOLDER_NAMES = frozenset(
    {"images", "image", "img", "pictures", "figures", "assets", "files", "video"}
)
"""Usual names of media folders in other systems."""
_FRONT_MATTER = b"---"


def is_left_behind(name: str) -> bool:
    """Whether a file was left behind by a system or an editor."""
    return bool(_LEFT_BEHIND.fullmatch(name))


def below(kind: str, endings: Sequence[str], path: str) -> Diagnostic:
    """The diagnostic for a file below the folder ``kind`` whose extension is not read there."""
    name = PurePosixPath(path).name
    if name.lower().endswith(tuple(f"{ending}.txt" for ending in endings)):
        return problem("file-ending", Position(path), name=name[: -len(".txt")])
    ending, expected = PurePosixPath(name).suffix.lower(), endings[0]
    if ending in FORMATS and kind != "media":
        fix = "Move it into media/."
    elif kind == "pages" and ending in _DOCUMENTS:
        fix = (
            "Copy its text into a page (a file that ends in .md). If trainees should open the "
            "file, move it into media/ and link to it."
        )
    elif ending in (*_TEXTS, ""):
        fix = f"Rename it to “{PurePosixPath(name).stem}{expected}”, or delete it. {_ENDING}"
    else:
        fix = "Delete it, or move it out of the course folder."
    what = "the name of a page" if kind == "pages" else "the name of a list of questions"
    words = f"{what} ends in {' or '.join(endings)}"
    return problem("file-ignored", Position(path), reason=words, fix=fix)


def misnamed(root: Path, folders: Sequence[str]) -> Iterator[Diagnostic]:
    """Folders whose name differs from a missing course folder's only in letter case or an “s”."""
    for folder in folders:
        similar = {folder.upper(), folder.capitalize(), folder.removesuffix("s")}
        similar |= {name.capitalize() for name in similar}
        if os.path.lexists(root / folder):
            continue
        for name in sorted(similar - {folder}):
            if (root / name).is_dir():
                words = {"name": name, "folder": folder}
                yield problem("folder-name", Position(name), **words)


def beside(root: Path, known: Sequence[str], read: Collection[Path]) -> Iterator[Diagnostic]:
    """Files and folders directly in ``root`` that look like a part of the course but are not read.

    Skips names that are ``known``, and folders already ``read`` through a link.
    """
    try:
        with os.scandir(root) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in found:
        name = entry.name
        if is_left_behind(name) or name in known or root / name in read:
            continue
        fix = _fix_for_folder(name, known) if _is_folder(entry) else _fix_for_file(root / name)
        if fix:
            reason = "beside course.yaml, only approvals.yaml and remarks.yaml are read"
            yield problem("file-ignored", Position(name), reason=reason, fix=fix)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _fix_for_folder(name: str, folders: Sequence[str]) -> str:
    """What to do with a folder that was probably meant as one of the course's; empty if none."""
    suggestion = (
        "media" if name.lower() in _MEDIA_FOLDER_NAMES else did_you_mean(name.lower(), folders)
    )
    near = next((folder for folder in folders if folder in suggestion), None)
    if near is None:
        return ""
    return f"Move its content into {near}/, or move it out of the course folder."


def _fix_for_file(path: Path) -> str:
    """What to do with a file that was probably meant as one of the course's; empty if none."""
    ending = path.suffix.lower()
    if ending in _YAML:
        for name in ("approvals", "remarks"):
            if did_you_mean(path.stem.lower(), (name,)):
                return f"Rename it to {name}.yaml."
        return (
            "If it has questions, move it into questions/; otherwise move it out of the course "
            "folder."
        )
    if ending in FORMATS:
        return "Move it into media/."
    if ending == ".md" and _is_page(path):
        return "Move it into pages/, and list it under “pages:” in course.yaml."
    return ""


def _is_page(path: Path) -> bool:
    try:
        if not path.is_file() or path.is_symlink():
            return False
        with path.open("rb") as stream:
            return stream.readline(16).removeprefix(b"\xef\xbb\xbf").rstrip() == _FRONT_MATTER
    except OSError:
        return False
