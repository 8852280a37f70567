"""Writes several files of a course atomically (all or none), even if the process is killed.

Such a replacement of files is called an exchange. The new files are prepared in a folder of the
course. A journal, a JSON file in that folder, lists each file with the digests of its old and new
content. The exchange is committed once the journal has its final name: if it is interrupted after
that, the next command that reads the course finishes it. If the author has edited a file meanwhile,
the exchange is undone instead, and the edit is kept.

Only one process at a time can write: it holds the lock of the course.
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

from builder.base import temporary

FOLDER = ".scorm-builder-exchange"
"""Name of the folder in a course where an exchange is prepared."""
LOCK = ".scorm-builder-lock"
"""Name of the lock file in a course."""
_JOURNAL = "journal.json"
_UNDOING = "undoing.json"
"""The name of the journal while its exchange is being undone."""
_COMMITTED_NAMES = (_UNDOING, _JOURNAL)
_DRAFT = "journal.tmp"
_MAX_JOURNAL = 10_000_000
"""Maximum number of bytes of a journal."""
_RETRY_DELAY = 0.05
PATIENCE = 10.0
"""Seconds that a command waits for another command that is writing."""


class ExchangeError(Exception):
    """Raised if nothing was written. ``problem`` is the reason, as a clause without a full stop;
    ``fix`` is a sentence that says what to do."""

    def __init__(self, problem: str, fix: str) -> None:
        super().__init__(f"{problem}. {fix}")
        self.problem = problem
        self.fix = fix


class BusyError(ExchangeError):
    """Raised if another process is writing in the course."""

    def __init__(self) -> None:
        super().__init__(
            "another scorm-builder command is writing in this course",
            "Wait until it has finished, and try again.",
        )


class ChangedError(ExchangeError):
    """Raised if a file was changed since it was read; ``path`` is its path in the course."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"“{path}” was edited while this command ran", "Save it in your editor, and try again."
        )
        self.path = path


class UnfinishedError(ExchangeError):
    """Raised if an earlier exchange was interrupted, and can be neither finished nor undone."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            "a command was interrupted while it wrote files, and its work cannot be finished: "
            f"{reason}",
            f"Copies of the earlier files are in the folder “{FOLDER}” of the course. Restore what "
            "you need, then delete that folder.",
        )


@dataclass(frozen=True, slots=True)
class Change:
    """The new content ``after`` for a file of the course.

    ``before`` is the content when the file was read, or ``None`` if there was no file.
    """

    path: str
    before: bytes | None
    after: bytes


@dataclass(frozen=True, slots=True)
class Undone:
    """The result of ``recover`` if an interrupted exchange was undone, because the file ``path``
    was edited after the interruption."""

    path: str


class Exchange:
    """The exclusive right to write in the course folder ``root``.

    Files are prepared in ``folder``, which is deleted at the end.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self.folder = root / FOLDER

    def put(self, changes: Iterable[Change]) -> None:
        """Write all of these files, or none.

        Raises ``ChangedError`` if a file was changed since it was read, and ``OSError`` if a file
        cannot be written; the course is then unchanged.
        """
        changes = [one for one in changes if one.before != one.after]
        entries = [self._prepare(number, one) for number, one in enumerate(changes)]
        folders = sorted({each for one in changes for each in self._missing_folders(one.path)})
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

    def _prepare(self, number: int, change: Change) -> dict[str, Any]:
        place = _real_path(self._root, change.path)
        new, old = (self.folder / f"{kind}-{number}" for kind in ("new", "old"))
        before = None if change.before is None else _digest_of(change.before)
        new.write_bytes(change.after)
        if os.path.lexists(place):
            shutil.copy2(place, old)
            shutil.copymode(place, new)
        if _digest(old) != before:
            raise ChangedError(change.path)
        return {"path": change.path, "before": before, "after": _digest_of(change.after)}

    def _missing_folders(self, path: str) -> Iterator[str]:
        for folder in PurePosixPath(path).parents:
            if not (self._root / folder).exists():
                yield folder.as_posix()


@contextmanager
def writing(root: Path, patience: float | None = None) -> Iterator[Exchange]:
    """Acquire the exclusive right to write in a course, for the ``with`` block. Waits up to
    ``patience`` seconds, by default ``PATIENCE``, for another process.

    First finishes or undoes an interrupted exchange. Raises ``ExchangeError`` and ``OSError``.
    """
    with _hold_lock(root, PATIENCE if patience is None else patience):
        _repair(root)
        (root / FOLDER).mkdir()
        try:
            yield Exchange(root)
        finally:
            _delete_folder(root)


def recover(root: Path) -> Undone | None:
    """Finish or undo an interrupted exchange, and delete its folder. Returns ``None`` if there was
    none, or if it was finished.

    Raises ``UnfinishedError`` if a half-written exchange can be neither finished nor undone, and
    ``BusyError`` if another process is writing and does not finish in time.
    """
    if not any(os.path.lexists(root / name) for name in (FOLDER, LOCK)):
        return None
    try:
        with _hold_lock(root, PATIENCE if _is_committed(root) else 0):
            return _repair(root)
    except BusyError:
        # Before the exchange is committed, nothing has been written.
        if _is_committed(root):
            raise
    except OSError as error:
        if _is_committed(root):
            reason = temporary.reason(error)
            raise UnfinishedError(reason) from error
    return None


def _is_committed(root: Path) -> bool:
    folder = root / FOLDER
    return not folder.is_symlink() and any((folder / name).exists() for name in _COMMITTED_NAMES)


def _repair(root: Path) -> Undone | None:
    found = None
    if _is_committed(root):
        undoing = (root / FOLDER / _UNDOING).exists()
        journal = _Journal(root, *_read(root / FOLDER / _COMMITTED_NAMES[not undoing], root))
        edited = None if undoing else journal.finish()
        if undoing or edited is not None:
            journal.undo()
        found = None if edited is None else Undone(edited)
        journal.end()
    _delete_folder(root)
    return found


def _delete_folder(root: Path) -> None:
    """Delete the folder of an exchange, unless it still has to be finished or undone."""
    folder = root / FOLDER
    if _is_committed(root):
        return
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    # On Windows, a virus scanner may have one of its files open. Then the next command deletes it.
    shutil.rmtree(folder, ignore_errors=True)


class _Journal:
    """A committed exchange: its files in order, as entries of the journal, and the folders that it
    creates in the course.

    A new file that is no longer in the folder of the exchange is complete at its final path, since
    renaming is atomic.
    """

    def __init__(self, root: Path, files: list[dict[str, Any]], folders: list[str]) -> None:
        self._root = root
        self._files = files
        self._folders = folders

    def finish(self) -> str | None:
        """Move every remaining new file to its path in the course. Stops at a file that was edited
        since the journal was written, and returns its path."""
        remaining = [number for number in range(len(self._files)) if self._new(number).exists()]
        # Check all before the first is written, and each again just before writing it.
        for number in remaining:
            if self._is_edited(number):
                return str(self._files[number]["path"])
        for number in remaining:
            if self._is_edited(number):
                return str(self._files[number]["path"])
            place = _real_path(self._root, self._files[number]["path"])
            place.parent.mkdir(parents=True, exist_ok=True)
            temporary.replace(self._new(number), place)
        return None

    def _is_edited(self, number: int) -> bool:
        """Whether the file of the course with this number in the journal, or the new file prepared
        for it, differs from its digest in the journal, so that somebody has edited it."""
        file = self._files[number]
        now, new = _digest(_real_path(self._root, file["path"])), _digest(self._new(number))
        return (now, new) != (file["before"], file["after"])

    def undo(self) -> None:
        """Restore the old files, except those that were edited since the exchange."""
        with suppress(FileNotFoundError):
            (self._root / FOLDER / _JOURNAL).replace(self._root / FOLDER / _UNDOING)
        for number, file in enumerate(self._files):
            place, old = _real_path(self._root, file["path"]), self._root / FOLDER / f"old-{number}"
            if self._new(number).exists() or _digest(place) != file["after"]:
                continue
            if file["before"] is None:
                place.unlink()
            elif old.exists():
                temporary.replace(old, place)
        for folder in reversed(self._folders):
            # The folder may contain files of the author by now.
            with suppress(OSError):
                (self._root / folder).rmdir()
        self.end()

    def end(self) -> None:
        """Delete the journal, so the exchange counts as complete, and the remaining files in its
        folder are ignored."""
        for name in _COMMITTED_NAMES:
            (self._root / FOLDER / name).unlink(missing_ok=True)

    def _new(self, number: int) -> Path:
        return self._root / FOLDER / f"new-{number}"


def _real_path(root: Path, path: str) -> Path:
    """The path of a course file after following links, unless they lead out of the course."""
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
    """Read the files and folders of a journal. Raises ``UnfinishedError`` if it is not valid.

    A course from a third party may contain a journal, so only paths that a course file can have are
    accepted.
    """
    try:
        if file.stat().st_size > _MAX_JOURNAL:
            raise ValueError
        read = json.loads(file.read_text("utf-8"))
        files = [
            {
                "path": _checked_path(one["path"], root),
                "before": one["before"] if one["before"] is None else str(one["before"]),
                "after": str(one["after"]),
            }
            for one in read["files"]
        ]
        return files, [_checked_path(folder, root) for folder in read["folders"]]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise UnfinishedError("its journal cannot be read") from error


def _checked_path(path: object, root: Path) -> str:
    foreign = "\\:\0" if sys.platform == "win32" else "\0"
    if not isinstance(path, str) or any(sign in path for sign in foreign):
        raise ValueError(path)
    parts = PurePosixPath(path).parts
    # The only hidden file that commands write is beside course.yaml; folders are never hidden.
    hidden = any(part.startswith(".") for part in parts[:-1])
    inside = Path(os.path.realpath(root / path)).is_relative_to(os.path.realpath(root))
    if not parts or hidden or parts[-1] in (".", "..") or path.startswith("/") or not inside:
        raise ValueError(path)
    return path


@contextmanager
def _hold_lock(root: Path, patience: float) -> Iterator[None]:
    """Hold the lock of a course during the ``with`` block. Waits up to ``patience`` seconds for
    another process, then raises ``BusyError``."""
    handle = _wait_for_lock(root / LOCK, patience)
    try:
        yield
    finally:
        _release_lock(root / LOCK, handle)


def _wait_for_lock(file: Path, patience: float) -> int:
    until = time.monotonic() + patience
    while True:
        handle = _try_lock(file)
        if handle is not None:
            return handle
        if time.monotonic() >= until:
            raise BusyError
        time.sleep(_RETRY_DELAY)


if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: Path) -> int | None:
        """Try to take the lock. Returns its handle, or ``None`` if another process holds it."""
        try:
            handle = os.open(file, os.O_CREAT | os.O_RDWR)
        except PermissionError:
            # Either the file is being deleted, or the folder is not writable.
            if os.access(file.parent, os.W_OK) and file.exists():
                return None
            raise
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            os.close(handle)
            return None
        return handle

    def _release_lock(file: Path, handle: int) -> None:
        os.close(handle)
        # If another process has the file open, it cannot be deleted, and that process has the lock.
        with suppress(OSError):
            file.unlink()

else:
    from fcntl import LOCK_EX, LOCK_NB, flock

    def _try_lock(file: Path) -> int | None:
        """Try to take the lock. Returns its handle, or ``None`` if another process holds it."""
        handle = os.open(file, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, 0o666)
        try:
            flock(handle, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return None
        except OSError:
            # Some network drives have no locks. There, two commands may write at the same time.
            return handle
        if _is_same_file(file, handle):
            return handle
        # The previous holder has deleted this file, so the new one has to be locked.
        os.close(handle)
        return None

    def _is_same_file(file: Path, handle: int) -> bool:
        try:
            return bool(os.path.samestat(file.stat(), os.fstat(handle)))
        except FileNotFoundError:
            return False

    def _release_lock(file: Path, handle: int) -> None:
        with suppress(OSError):
            file.unlink()
        os.close(handle)
