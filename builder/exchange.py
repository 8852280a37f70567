"""Writes several files of a course: all of them, or none, even if the process is killed.

What is to be written is prepared in a folder of the course. A journal names each file with the
digests of what it held and of what it is to hold; once the journal has its name, the exchange is
decided, and whoever reads the course next finishes it. Where the author has edited a file
meanwhile, the exchange is undone instead, and the edit stays.

Only one process at a time writes: it holds the lock of the course.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from builder import aside

FOLDER = ".scorm-builder-exchange"
"""The folder in a course in which an exchange is prepared."""
LOCK = ".scorm-builder-lock"
"""The file in a course that the process which writes has locked."""
_JOURNAL = "journal.json"
_UNDOING = "undoing.json"
"""What the journal is called once the exchange is to be undone."""
_DECISIONS = (_UNDOING, _JOURNAL)
_DRAFT = "journal.tmp"
_LONGEST = 10_000_000
"""Bytes of a journal."""
_SLEEP = 0.05
PATIENCE = 10.0
"""Seconds that a command waits for another one that writes."""


class ExchangeError(Exception):
    """Why nothing was written: ``problem`` is the end of a sentence, ``fix`` says what to do."""

    def __init__(self, problem: str, fix: str) -> None:
        super().__init__(f"{problem}. {fix}")
        self.problem = problem
        self.fix = fix


class BusyError(ExchangeError):
    """Another process writes in the course."""

    def __init__(self) -> None:
        super().__init__(
            "another scorm-builder command is writing in this course",
            "Wait until it has ended, and try again.",
        )


class ChangedError(ExchangeError):
    """A file is not as it was read; ``path`` is its place in the course."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"“{path}” was edited while this command ran", "Save it in your editor, and try again."
        )
        self.path = path


class UnfinishedError(ExchangeError):
    """An earlier exchange was interrupted, and can be neither finished nor undone."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"a command was interrupted while it wrote files, and cannot be finished: {reason}",
            f"The files as they were before are in the folder “{FOLDER}” of the course. Once the "
            "course is as you want it, delete that folder.",
        )


@dataclass(frozen=True, slots=True)
class Change:
    """What a file of the course, named by its path there, is to hold. ``before`` is what it held
    when it was read, ``None`` where there was no such file."""

    path: str
    before: bytes | None
    after: bytes


@dataclass(frozen=True, slots=True)
class Undone:
    """An interrupted exchange was undone, since ``path`` was edited after it."""

    path: str


class Exchange:
    """The right to write in the course ``root``. ``folder`` is for whatever has to be prepared; it
    is deleted in the end."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.folder = root / FOLDER

    def put(self, changes: Iterable[Change]) -> None:
        """Write these files, all or none. ``ChangedError`` where a file is not as it was read,
        ``OSError`` where one cannot be written; the course is then as it was."""
        changes = [one for one in changes if one.before != one.after]
        entries = [self._prepared(number, one) for number, one in enumerate(changes)]
        folders = sorted({each for one in changes for each in self._missing(one.path)})
        _write(self.folder / _DRAFT, {"files": entries, "folders": folders})
        (self.folder / _DRAFT).replace(self.folder / _JOURNAL)
        journal = _Journal(self._root, entries, folders)
        try:
            edited = journal.finish()
        except BaseException:
            journal.undo()
            raise
        if edited is not None:
            journal.undo()
            raise ChangedError(edited)
        journal.end()

    def _prepared(self, number: int, change: Change) -> dict[str, Any]:
        place = _place(self._root, change.path)
        new, old = (self.folder / f"{kind}-{number}" for kind in ("new", "old"))
        before = None if change.before is None else _digest_of(change.before)
        new.write_bytes(change.after)
        if os.path.lexists(place):
            shutil.copy2(place, old)
            shutil.copymode(place, new)
        if _digest(old) != before:
            raise ChangedError(change.path)
        return {"path": change.path, "before": before, "after": _digest_of(change.after)}

    def _missing(self, path: str) -> Iterator[str]:
        for folder in PurePosixPath(path).parents:
            if not (self._root / folder).exists():
                yield folder.as_posix()


@contextmanager
def writing(root: Path, patience: float | None = None) -> Iterator[Exchange]:
    """The right to write in a course, for one process at a time; what an interrupted one has left
    is repaired first. Raises ``ExchangeError`` and ``OSError``."""
    with _locked(root, PATIENCE if patience is None else patience):
        _repaired(root)
        (root / FOLDER).mkdir()
        try:
            yield Exchange(root)
        finally:
            _cleared(root)


def recover(root: Path) -> Undone | None:
    """Finish or undo what an interrupted process has left in a course, and delete its leftovers.

    Raises ``UnfinishedError`` where that cannot be done and the course is half-written, and
    ``BusyError`` where another process is writing it just now and does not end.
    """
    if not any(os.path.lexists(root / name) for name in (FOLDER, LOCK)):
        return None
    try:
        with _locked(root, PATIENCE if _decided(root) else 0):
            return _repaired(root)
    except BusyError:
        # As long as nothing is decided, nothing was written.
        if _decided(root):
            raise
    except OSError as error:
        if _decided(root):
            reason = aside.REASONS.get(error.errno or 0, error.strerror or str(error))
            raise UnfinishedError(reason) from error
    return None


def _decided(root: Path) -> bool:
    folder = root / FOLDER
    return not folder.is_symlink() and any((folder / name).exists() for name in _DECISIONS)


def _repaired(root: Path) -> Undone | None:
    found = None
    if _decided(root):
        undoing = (root / FOLDER / _UNDOING).exists()
        journal = _Journal(root, *_read(root / FOLDER / _DECISIONS[not undoing], root))
        edited = None if undoing else journal.finish()
        if undoing or edited is not None:
            journal.undo()
        found = None if edited is None else Undone(edited)
        journal.end()
    _cleared(root)
    return found


def _cleared(root: Path) -> None:
    """Delete the folder of an exchange, unless that is still to be finished or undone."""
    folder = root / FOLDER
    if _decided(root):
        return
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    # A virus scanner on Windows may have one of its files open: the next command deletes it.
    shutil.rmtree(folder, ignore_errors=True)


class _Journal:
    """An exchange that is decided: the files in their order, and the folders that it makes.

    A file is in its place as soon as it has left the folder of the exchange: renaming is one step.
    """

    def __init__(self, root: Path, files: list[dict[str, Any]], folders: list[str]) -> None:
        self._root = root
        self._files = files
        self._folders = folders

    def finish(self) -> str | None:
        """Put every file in its place that is not there yet. Stops at one that somebody has edited
        since, and gives its path."""
        waiting = [number for number in range(len(self._files)) if self._new(number).exists()]
        # Before the first is written, and again just before each.
        for number in waiting:
            if self._is_edited(number):
                return str(self._files[number]["path"])
        for number in waiting:
            if self._is_edited(number):
                return str(self._files[number]["path"])
            place = _place(self._root, self._files[number]["path"])
            place.parent.mkdir(parents=True, exist_ok=True)
            aside.replace(self._new(number), place)
        return None

    def _is_edited(self, number: int) -> bool:
        """Whether a file, or what is to take its place, is not as the journal says."""
        file = self._files[number]
        now, new = _digest(_place(self._root, file["path"])), _digest(self._new(number))
        return (now, new) != (file["before"], file["after"])

    def undo(self) -> None:
        """Put back what was there before, but where somebody has edited it since."""
        with suppress(FileNotFoundError):
            (self._root / FOLDER / _JOURNAL).replace(self._root / FOLDER / _UNDOING)
        for number, file in enumerate(self._files):
            place, old = _place(self._root, file["path"]), self._root / FOLDER / f"old-{number}"
            if self._new(number).exists() or _digest(place) != file["after"]:
                continue
            if file["before"] is None:
                place.unlink()
            elif old.exists():
                aside.replace(old, place)
        for folder in reversed(self._folders):
            # It may have something of the author's own by now.
            with suppress(OSError):
                (self._root / folder).rmdir()
        self.end()

    def end(self) -> None:
        """The exchange is over: what is left in its folder means nothing any more."""
        for name in _DECISIONS:
            (self._root / FOLDER / name).unlink(missing_ok=True)

    def _new(self, number: int) -> Path:
        return self._root / FOLDER / f"new-{number}"


def _place(root: Path, path: str) -> Path:
    """Where a file of the course really is: a link within the course is followed."""
    real, own = (Path(os.path.realpath(each)) for each in (root / path, root))
    return real if real.is_relative_to(own) else root / path


def _digest(file: Path) -> str | None:
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        return None


def _digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _write(file: Path, value: object) -> None:
    with file.open("w", encoding="utf-8") as stream:
        json.dump(value, stream, indent=1)
        stream.flush()
        os.fsync(stream.fileno())


def _read(file: Path, root: Path) -> tuple[list[dict[str, Any]], list[str]]:
    """What a journal says. It came with the course, perhaps from elsewhere: it can name nothing but
    what may be a file of this course."""
    try:
        if file.stat().st_size > _LONGEST:
            raise ValueError
        read = json.loads(file.read_text("utf-8"))
        files = [
            {
                "path": _own(one["path"], root),
                "before": one["before"] if one["before"] is None else str(one["before"]),
                "after": str(one["after"]),
            }
            for one in read["files"]
        ]
        return files, [_own(folder, root) for folder in read["folders"]]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise UnfinishedError("its journal cannot be read") from error


def _own(path: object, root: Path) -> str:
    foreign = "\\:\0" if sys.platform == "win32" else "\0"
    if not isinstance(path, str) or any(sign in path for sign in foreign):
        raise ValueError(path)
    parts = PurePosixPath(path).parts
    # The one hidden file that commands write is beside course.yaml: no folder is hidden.
    hidden = any(part.startswith(".") for part in parts[:-1])
    inside = Path(os.path.realpath(root / path)).is_relative_to(os.path.realpath(root))
    if not parts or hidden or parts[-1] in (".", "..") or path.startswith("/") or not inside:
        raise ValueError(path)
    return path


@contextmanager
def _locked(root: Path, patience: float) -> Iterator[None]:
    """Hold the lock of a course; waits so many seconds for a process that has it."""
    handle = _waited_for(root / LOCK, patience)
    try:
        yield
    finally:
        _let_go(root / LOCK, handle)


def _waited_for(file: Path, patience: float) -> int:
    until = time.monotonic() + patience
    while True:
        handle = _taken(file)
        if handle is not None:
            return handle
        if time.monotonic() >= until:
            raise BusyError
        time.sleep(_SLEEP)


if sys.platform == "win32":
    import msvcrt

    def _taken(file: Path) -> int | None:
        """The lock, or ``None`` while another process has it."""
        try:
            handle = os.open(file, os.O_CREAT | os.O_RDWR)
        except PermissionError:
            # Somebody is deleting it; or nobody may write here at all.
            if os.access(file.parent, os.W_OK) and file.exists():
                return None
            raise
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            os.close(handle)
            return None
        return handle

    def _let_go(file: Path, handle: int) -> None:
        os.close(handle)
        # Nobody can delete it while another process has it open, which then has the lock.
        with suppress(OSError):
            file.unlink()

else:
    from fcntl import LOCK_EX, LOCK_NB, flock

    def _taken(file: Path) -> int | None:
        """The lock, or ``None`` while another process has it."""
        handle = os.open(file, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, 0o666)
        try:
            flock(handle, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return None
        except OSError:
            # Not every network drive has locks: there, nothing keeps two commands apart.
            return handle
        if _is_at(file, handle):
            return handle
        # Whoever had it has deleted it: the next one has to be taken.
        os.close(handle)
        return None

    def _is_at(file: Path, handle: int) -> bool:
        try:
            return bool(os.path.samestat(file.stat(), os.fstat(handle)))
        except FileNotFoundError:
            return False

    def _let_go(file: Path, handle: int) -> None:
        with suppress(OSError):
            file.unlink()
        os.close(handle)
