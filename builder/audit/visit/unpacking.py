"""Puts a package where a browser can be given its files: into a temporary folder, within bounds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from builder import zips
from builder.zips import DamagedError

LIMIT = 1 << 30
"""Bytes of all files together."""


class TooLargeError(Exception):
    """A package has more in it than is unpacked."""


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """The folder of a package, until the block ends: itself, or what a zip has, in a temporary
    folder. For packages that the audit of files has not refused.

    Raises ``TooLargeError``, and ``DamagedError`` and ``OSError`` for what cannot be read or
    written.
    """
    if path.is_dir():
        yield path
        return
    with TemporaryDirectory(prefix="scorm-audit-", ignore_cleanup_errors=True) as name:
        root = Path(name).resolve()
        with zips.opened(path) as archive:
            _unpack(archive, root)
        yield root


def _unpack(archive: zips.Archive, root: Path) -> None:
    left = LIMIT
    for member in archive.files:
        place = (root / member).resolve()
        if not place.is_relative_to(root):
            raise DamagedError(f"“{zips.shown(member)}” would be unpacked outside of its folder")
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("wb") as file:
            for piece in archive.pieces(member):
                left -= len(piece)
                # What a zip says of its sizes may be a lie: the bytes count.
                if left < 0:
                    raise TooLargeError
                file.write(piece)
