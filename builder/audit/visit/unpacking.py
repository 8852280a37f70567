"""Unpacks a package into a temporary folder for a browser, within limits, and lists its SCOs."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from builder.audit import manifest as manifests
from builder.audit.manifest import Launch, scorm_type, title_of
from builder.base import zips
from builder.base.zips import DamagedError

LIMIT = 1 << 30
"""Maximum size of all files of a package together, in bytes."""


class TooLargeError(Exception):
    """Raised if the files of a package are larger than ``LIMIT``."""


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """The folder with the files of a package until the block ends: ``path`` itself if it is a
    folder, otherwise a temporary folder with the files of the zip.

    Only for packages that the audit of files has not refused. Raises ``TooLargeError``,
    ``DamagedError`` if the zip cannot be read, and ``OSError`` if a file cannot be read or written.
    """
    if path.is_dir():
        yield path
        return
    with TemporaryDirectory(prefix="scorm-audit-", ignore_cleanup_errors=True) as name:
        root = Path(name).resolve()
        with zips.open_zip(path) as archive:
            _unpack(archive, root)
        yield root


def _unpack(archive: zips.Archive, root: Path) -> None:
    left = LIMIT
    for member in archive.files:
        place = (root / member).resolve()
        if not place.is_relative_to(root):
            raise DamagedError(
                f"“{zips.printable_name(member)}” would be unpacked outside of its folder"
            )
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("wb") as file:
            for piece in archive.chunks(member):
                left -= len(piece)
                # Sizes in a zip may be wrong, so count the bytes.
                if left < 0:
                    raise TooLargeError
                file.write(piece)


MOST = 60
"""Maximum number of SCOs that are launched."""


@dataclass(frozen=True, slots=True)
class Part:
    """A SCO: its title, and its address relative to the root of the package. The title is empty for
    the only SCO of a package; an empty address means the one that the LMS chooses."""

    title: str = ""
    href: str = ""


WHOLE_PACKAGE = Part()


def parts(package: Path) -> tuple[Part, ...]:
    """The SCOs of the unpacked ``package`` in the order of the manifest's items; at least one."""
    files = {
        Path(folder, name).relative_to(package).as_posix()
        for folder, _, names in os.walk(package)
        for name in names
    }
    try:
        content = (package / manifests.MANIFEST).read_bytes()
    except OSError:
        return (WHOLE_PACKAGE,)
    manifest = manifests.read(manifests.MANIFEST, content, files)
    opened = [one for one in manifest.launches if one.path in files]
    scos = [one for one in opened if scorm_type(one.resource).lower() == "sco"]
    found = tuple(dict.fromkeys(map(_part, scos or opened)))[:MOST]
    if len(found) > 1:
        return found
    # With an xml:base, LMSs may resolve the address differently.
    moved = any(manifests.base(one.resource) for one in opened[:1])
    return (Part("", found[0].href),) if found and moved else (WHOLE_PACKAGE,)


def _part(launch: Launch) -> Part:
    path, query = launch.path or "", launch.href[len(launch.href.partition("?")[0]) :]
    own = "" if launch.item is None else launch.item.get("parameters") or ""
    title = "" if launch.item is None else title_of(launch.item)
    return Part(title or posixpath.basename(path), f"{quote(path)}{query}{own}")
