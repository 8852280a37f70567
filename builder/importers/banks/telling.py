"""Which bank a file is, by what stands in it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from builder import zips
from builder.importers.banks import files, h5p
from builder.importers.banks.moodle_xml import backup
from builder.importers.banks.qti import package

_WORKBOOK = "xl/workbook.xml"


def kind(path: Path) -> files.Kind | None:
    """The kind of bank that a file is; ``None`` where it is none, or cannot be read. Bounded, and
    never raises."""
    if backup.is_packed(path):
        return "mbz"
    if not package.is_zip(path):
        words, _ = files.text(path, package.WORDS)
        told = files.kind(words) if words is not None else None
        return None if isinstance(told, files.Other) else told
    with suppress(zips.DamagedError), zips.opened(path) as archive:
        if _WORKBOOK in archive.files:
            return "xlsx"
        if h5p.ABOUT in archive.files:
            return "h5p"
        if backup.ABOUT in archive.files:
            return "mbz"
        if not zips.unsafe(archive):
            return package.kind(archive)
    return None
