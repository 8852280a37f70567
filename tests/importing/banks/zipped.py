"""Banks that are packages: the files of a folder as a zip."""

from __future__ import annotations

import zipfile
from pathlib import Path


def zipped(folder: Path, into: Path) -> Path:
    """A zip of all files of a folder, in the order of their names."""
    path = into / "bank.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(one for one in folder.rglob("*") if one.is_file()):
            archive.write(file, file.relative_to(folder).as_posix())
    return path
