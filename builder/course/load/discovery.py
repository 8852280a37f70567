"""Finds the files of a course folder, and warns about files in it that are not read."""

from __future__ import annotations

import os
import re
import unicodedata
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from builder.base import regular_files
from builder.base.immutable import immutable
from builder.base.patterns import late
from builder.course.media.formats import FORMATS
from builder.diagnostics.codes import did_you_mean, problem
from builder.diagnostics.diagnostic import Diagnostic, Position, Severity

COURSE = "course.yaml"
APPROVALS = "approvals.yaml"
REMARKS = "remarks.yaml"
TRANSLATIONS = "translations"
INTERFACE = "translations/interface"
"""The folder of the course's own interface texts."""
_BESIDE = (COURSE, APPROVALS, REMARKS)
"""The files of a course that are directly in its folder."""
_FOLDERS: Mapping[str, tuple[str, ...]] = {
    "pages": (".md",),
    "questions": (".yaml", ".yml"),
    "media": ("",),
    TRANSLATIONS: (".po",),
}
"""The folders of a course, and the extensions of the files that are read from each folder."""
DEPTH_LIMIT = 20
"""Maximum depth of folders; a course needs fewer, since a path in a package has at most 150
characters (facts/scorm-1.2.md#files)."""
_LETTER_CASE = "capital and small letters"
_ACCENTS = "how their accents are stored, which is invisible"


@immutable
class Folder:
    """The files of a course: a mapping for each folder, from path in the course to path on disk,
    sorted.

    ``course``, ``approvals`` and ``remarks`` say whether ``course.yaml``, ``approvals.yaml`` and
    ``remarks.yaml`` exist and can be read. ``failed`` are the paths that caused an error.
    """

    course: bool
    approvals: bool
    remarks: bool
    pages: dict[str, Path]
    questions: dict[str, Path]
    media: dict[str, Path]
    translations: dict[str, Path]
    failed: set[str]


def discover(root: Path) -> tuple[Folder, tuple[Diagnostic, ...]]:
    """Find every file of a course folder, and report what cannot be used, such as a link to a file
    outside the folder, or a device."""
    walk = _Walk(root.resolve())
    course, approvals, remarks = (walk.beside(name) for name in _BESIDE)
    walk.problems.extend(misnamed(walk.root, tuple(_FOLDERS)))
    files = {kind: walk.files(kind, endings) for kind, endings in _FOLDERS.items()}
    walk.problems.extend(beside(walk.root, (*_FOLDERS, *_BESIDE), walk.read))
    errors = (problem for problem in walk.problems if problem.severity is Severity.ERROR)
    failed = {error.position.path for error in errors}
    folder = Folder(course, approvals, remarks, **files, failed=failed)
    return folder, tuple(walk.problems)


def failed_by(error: Diagnostic) -> Iterator[str]:
    """Yield the path in the right folder of a file that is in the wrong one, since other files of
    the course may refer to its content; nothing for other problems."""
    path = PurePosixPath(error.position.path)
    if error.code == "file-misplaced" and path.parts[0] == "questions":
        yield f"pages/{path.stem}.md"
    elif error.code == "file-misplaced":
        yield f"questions/{path.stem}.yaml"


def is_own(root: Path, file: Path) -> bool:
    """Whether a path, which need not exist yet, is a file of the course at ``root`` or inside one
    of its folders; follows links."""
    place, own = (Path(os.path.realpath(each)) for each in (file, root))
    folders = (Path(os.path.realpath(own / name)) for name in _FOLDERS)
    files = (Path(os.path.realpath(own / name)) for name in _BESIDE)
    return place in files or any(place.is_relative_to(folder) for folder in folders)


def unreadable(path: str, error: OSError) -> Diagnostic:
    """The diagnostic for a file that the operating system cannot read."""
    reasons = {
        PermissionError: "this user account does not have permission to read it",
        FileNotFoundError: "it is a link to a file that does not exist",
        IsADirectoryError: "it is a folder, not a file",
    }
    reason = reasons.get(type(error)) or str(error.strerror or error)
    return problem("file-unreadable", Position(path), reason=reason)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _unread_folder(path: str, endings: tuple[str, ...]) -> Diagnostic:
    """The diagnostic for a folder within ``translations/`` whose files are not read."""
    if path.endswith(endings):
        return unreadable(path, IsADirectoryError())
    reason = (
        f"translations are directly in {TRANSLATIONS}/, and the course's own interface texts in "
        f"{INTERFACE}/"
    )
    fix = f"Move its PO files to {TRANSLATIONS}/, or move the folder out of the course folder."
    return problem("file-ignored", Position(path), reason=reason, fix=fix)


class _Walk:
    """Walks the folder of a course; ``read`` collects the real paths of the folders walked."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Diagnostic] = []
        self.read: set[Path] = set()

    def files(self, kind: str, endings: tuple[str, ...]) -> dict[str, Path]:
        """Every file below the folder ``kind``: its path in the course and its path on disk.

        Reads each folder once, real folders before links to folders. Otherwise links between
        folders could make endless paths, and the path of a linked file would depend on the order in
        which folders are read.
        """
        if not os.path.lexists(self.root / kind):
            return {}
        candidates: list[tuple[str, Path]] = []
        read: dict[Path, str] = {}
        folders, links = deque([(kind, self.root / kind)]), deque[tuple[str, Path]]()
        while folders or links:
            path, folder = (folders or links).popleft()
            real = self._folder(path, folder, read)
            if real is None:
                continue
            read[real] = path
            self.read.add(real)
            for entry in self._entries(path, real):
                # macOS decomposes names: “é” in the folder must be equal to “é” in the text.
                inside = f"{path}/{unicodedata.normalize('NFC', entry.name)}"
                file = real / entry.name
                if _is_folder(entry) and kind == TRANSLATIONS and inside != INTERFACE:
                    self.problems.append(_unread_folder(inside, endings))
                elif _is_folder(entry):
                    # Python does not report a Windows junction as a link, although it leads
                    # elsewhere.
                    queue = folders if os.path.realpath(file) == str(file) else links
                    queue.append((inside, file))
                elif found := misplaced(kind, file, inside):
                    self.problems.append(found)
                elif entry.name.lower().endswith(endings):
                    if self.is_file(entry, file, inside):
                        candidates.append((inside, file))
                else:
                    self.problems.append(below(kind, endings, inside))
        return self._distinct_names(sorted(candidates))

    def _folder(self, path: str, folder: Path, read: Mapping[Path, str]) -> Path | None:
        """The real path of a folder if its files can be read; otherwise ``None``, and a report of
        the reason. ``read`` are the folders that were already read."""
        try:
            real = self._target(folder, path)
            if real is None:
                return None
            if real in read:
                raise OSError(f"it links to the folder “{read[real]}”, which was already read")
            if path.count("/") > DEPTH_LIMIT:
                raise OSError(f"it is nested more than {DEPTH_LIMIT} folders deep")
        except OSError as error:
            self.problems.append(unreadable(path, error))
            return None
        return real

    def _entries(self, path: str, folder: Path) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as entries:
                seen = [entry for entry in entries if not is_left_behind(entry.name)]
        except OSError as error:
            self.problems.append(unreadable(path, error))
            return []
        return sorted(seen, key=lambda entry: entry.name)

    def _distinct_names(self, candidates: Iterable[tuple[str, Path]]) -> dict[str, Path]:
        """The files by path, without those whose paths differ from that of an earlier file only in
        letter case or in how accents are stored. These are reported, since not every system can
        distinguish them."""
        files: dict[str, Path] = {}
        names: dict[str, str] = {}
        for path, file in candidates:
            other = names.setdefault(path.lower(), path)
            if path not in files and other == path:
                files[path] = file
                continue
            difference = _ACCENTS if other == path else _LETTER_CASE
            words = {"other": other, "difference": difference}
            self.problems.append(problem("file-repeated", Position(path), **words))
        return files

    def beside(self, name: str) -> bool:
        """Whether a file directly in the course folder exists and is a regular file."""
        file = self.root / name
        return os.path.lexists(file) and self.is_file(file, file, name)

    def is_file(self, entry: Path | os.DirEntry[str], file: Path, path: str) -> bool:
        """Whether a path is a regular file within the course; if not, the reason is reported.

        ``file`` is the path on disk, ``path`` the one in the course. ``entry`` is the same file,
        preferably as a directory entry, which saves a system call.
        """
        try:
            if entry.is_symlink() and self._target(file, path) is None:
                return False
            if entry.is_dir():
                raise IsADirectoryError
            if not entry.is_file():
                raise OSError("it is a device or a pipe, not a regular file")
        except OSError as error:
            self.problems.append(unreadable(path, error))
            return False
        return True

    def _target(self, link: Path, path: str) -> Path | None:
        """The real path of a file, folder or link; ``None``, and a report, if it is outside the
        course."""
        # Path.resolve raises different errors for circular links in Python 3.11 and 3.13.
        real = Path(os.path.realpath(link, strict=True))
        if real.is_relative_to(self.root):
            return real
        self.problems.append(problem("outside-course", Position(path), path=path))
        return None


_LEFT_BEHIND = re.compile(
    r"\..*|thumbs\.db|desktop\.ini|.*~|~\$.*|#.*#|.*\.(?:tmp|bak|swp|mo)", re.IGNORECASE
)
"""Matches names of files that systems and editors leave behind: hidden files, thumbnails, backups,
and the compiled translations that Poedit saves beside each PO file."""
BESIDE = ".new"
"""The ending of a file that an import wrote beside a file that its author had changed."""
_IMPORTED = ("pages", "questions")
"""The folders into which imports write texts."""
_YAML = (".yaml", ".yml")
_TEXTS = (".txt", ".markdown", ".mdown", ".mkd", ".text")
_DOCUMENTS = (".docx", ".doc", ".odt", ".rtf", ".pdf", ".html", ".htm", ".pptx", ".pages")
_ENDING = (
    "Windows hides the endings of file names: in its Explorer, choose View > Show > File "
    "name extensions."
)
_MOVE_PO = f"Move it into {TRANSLATIONS}/."
_MEDIA_FOLDER_NAMES = frozenset(
    {"images", "image", "img", "pictures", "figures", "assets", "files", "video"}
)
"""Names of folders that authors probably meant as ``media``, as in other systems."""
_FRONT_MATTER = "---"
_QUESTION = late(
    r"(?:[ \t]*(?:#.*)?\n)*-[ \t]+(?:id|type|prompt):.*\n(?:[ \t].*\n)*?"
    r"[ \t]+(?:type|prompt|options|answer):"
)
"""Matches the start of a file that is a list of questions."""
_START = 4096
"""Number of bytes of a file from which its content is recognised."""
_CONTENTS = {
    "pages": "the name of a page",
    "questions": "the name of a list of questions",
    "translations": "the name of a translation",
}
"""What messages call the name of a file, by the folder that the file is in."""


def is_copy(stem: str, original: str) -> bool:
    """Whether the name of a file without its extension (``stem``) is that of a copy of another, as
    cloud folders and Windows name copies: ``test-LAPTOP``, ``test (1)``, ``test - Copy``."""
    return stem != original and bool(re.match(rf"{re.escape(original)}[-_ .(]", stem))


def is_left_behind(name: str) -> bool:
    """Whether a system or an editor left behind a file with this name, so that it is ignored."""
    return bool(_LEFT_BEHIND.fullmatch(name))


def below(kind: str, endings: Sequence[str], path: str) -> Diagnostic:
    """The diagnostic for a file, at ``path`` below the folder ``kind``, whose extension is not in
    ``endings``, so that it is not read."""
    name = PurePosixPath(path).name
    if kind in _IMPORTED and name.endswith(tuple(f"{ending}{BESIDE}" for ending in endings)):
        return _import_open(path)
    if name.lower().endswith(tuple(f"{ending}.txt" for ending in endings)):
        return problem("file-ending", Position(path), name=name[: -len(".txt")])
    ending, expected = PurePosixPath(name).suffix.lower(), endings[0]
    if ending == ".po":
        words = {"reason": "translations are in translations/", "fix": _MOVE_PO}
        return problem("file-ignored", Position(path), **words)
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
        if kind == "questions":
            fix = f"Copy its questions into a file that ends in {expected}, or delete it."
        elif kind == "translations":
            fix = f"Save it as a file that ends in {expected}, or move it out of the course folder."
    reason = f"{_CONTENTS[kind]} ends in {' or '.join(endings)}"
    return problem("file-ignored", Position(path), reason=reason, fix=fix)


def misplaced(kind: str, file: Path, path: str) -> Diagnostic | None:
    """The diagnostic for an unread ``file``, at ``path`` of the course, that is a page or a list of
    questions in the wrong folder (``kind``; empty for the folder of the course)."""
    ending = file.suffix.lower()
    if kind in ("", "pages") and ending in _YAML:
        return misplaced_questions(kind, _start(file), path)
    start = _start(file) if kind == "questions" and ending == ".md" else ""
    if start.split("\n", 1)[0].rstrip() != _FRONT_MATTER:
        return None
    fix = f"Move it into pages/, as {file.stem}.md, and list it under “pages:” in course.yaml."
    words = {"what": "a page", "where": "questions/", "fix": fix}
    return problem("file-misplaced", Position(path), **words)


def misplaced_questions(kind: str, start: str, path: str) -> Diagnostic | None:
    """The diagnostic for a file that is a list of questions, by its first lines (``start``), but in
    the folder ``kind``; ``None`` if it is no such list."""
    if not _QUESTION.match(start[:_START]):
        return None
    fix = f"Move it into questions/, as {PurePosixPath(path).stem}.yaml."
    where = f"{kind}/" if kind else "the folder of the course itself"
    words = {"what": "a list of questions", "where": where, "fix": fix}
    return problem("file-misplaced", Position(path), **words)


def _start(file: Path) -> str:
    """The first characters of a file; empty if it cannot be read."""
    try:
        with regular_files.open_file(file) as stream:
            start = stream.read(_START).decode("utf-8-sig", "replace")
    except OSError:
        return ""
    return start.replace("\r", "")


def _import_open(path: str) -> Diagnostic:
    """The diagnostic for a file that an import wrote beside another one."""
    name = PurePosixPath(path).name
    return problem("file-beside", Position(path), name=name, own=name.removesuffix(BESIDE))


def misnamed(root: Path, folders: Sequence[str]) -> Iterator[Diagnostic]:
    """Report each folder in ``root`` whose name differs only in letter case or a final “s” from one
    of ``folders`` that is missing."""
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
    """Report the files and folders directly in ``root`` that look like parts of the course but are
    not read.

    ``known`` are the names that are read. ``read`` are the folders that were read through a link.
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
        if name == f"{COURSE}{BESIDE}":
            yield _import_open(name)
            continue
        is_folder = _is_folder(entry)
        fix = _fix_for_folder(name, known) if is_folder else _fix_for_file(root / name)
        if not is_folder and (found_here := misplaced("", root / name, name)):
            yield found_here
        elif fix:
            reason = _FOLDERS_READ if is_folder else _FILES_READ
            yield problem("file-ignored", Position(name), reason=reason, fix=fix)


_FOLDERS_READ = f"a course has its files in {', '.join(f'{name}/' for name in _FOLDERS)}"
_FILES_READ = "in the folder of the course itself, only these files are read: " + ", ".join(_BESIDE)


def _fix_for_folder(name: str, folders: Sequence[str]) -> str:
    """A fix for the folder ``name`` if it is probably meant as one of the course's ``folders``,
    such as ``images`` for ``media``; empty if not."""
    suggestion = (
        "media" if name.lower() in _MEDIA_FOLDER_NAMES else did_you_mean(name.lower(), folders)
    )
    near = next((folder for folder in folders if folder in suggestion), None)
    if near is None:
        return ""
    if name.lower() == near:
        return f"Rename the folder to “{near}”, in lower-case letters."
    return f"Move its content into {near}/, or move it out of the course folder."


def _fix_for_file(path: Path) -> str:
    """A fix for a file that is probably meant as part of the course but in the wrong place or with
    the wrong name; empty if it is probably not."""
    ending = path.suffix.lower()
    if ending in _YAML:
        for name in ("course", "approvals", "remarks"):
            if is_copy(path.stem, name):
                return (
                    f"If it is a copy of {name}.yaml, keep the one of the two that has your latest "
                    f"changes as {name}.yaml, and delete the other. Otherwise move it out of the "
                    "course folder."
                )
            if name != "course" and did_you_mean(path.stem.lower(), (name,)):
                return f"Rename it to {name}.yaml."
        return (
            "If it has questions, move it into questions/; otherwise move it out of the course "
            "folder."
        )
    if ending in FORMATS:
        return "Move it into media/."
    if ending == ".po":
        return _MOVE_PO
    if ending == ".md" and _is_page(path):
        return "Move it into pages/, and list it under “pages:” in course.yaml."
    return ""


def _is_page(path: Path) -> bool:
    try:
        if not path.is_file() or path.is_symlink():
            return False
        with path.open("rb") as stream:
            first = stream.readline(16).removeprefix(b"\xef\xbb\xbf").rstrip()
            return first == _FRONT_MATTER.encode()
    except OSError:
        return False
