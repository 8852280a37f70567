"""The recorded reports of a real Moodle, and packages with their outlines."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from builder.results import analysis, inputs, joining
from builder.results.joining import Joined
from builder.results.reading import tables
from tests.conftest import ROOT
from tests.results import moodle

FOLDER = ROOT / "tests/results/recorded"
VERSIONS = ("1.0.0", "1.1.0")
QUIZ = "check-your-understanding"


def package(version: str, folder: Path, **changes: Any) -> Path:
    """A zip with the outline of a recorded package, with some of its values changed."""
    outline = json.loads((FOLDER / f"course-{version}.json").read_bytes()) | changes
    path = folder / f"course-{version}-{len(list(folder.glob('*.zip')))}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("course.json", json.dumps(outline))
    return path


def without_columns(heads: Sequence[str], folder: Path) -> Path:
    """The recorded report without the columns of answers that begin with these words."""
    table = [row for _, row in tables.rows(FOLDER / "interactions.txt")]
    kept = [
        at for at, head in enumerate(table[0]) if head.rstrip("0123456789").strip() not in heads
    ]
    assert len(kept) < len(table[0])
    return moodle.write(folder / "interactions.txt", [[row[at] for at in kept] for row in table])


def join(reports: Sequence[Path], zips: Sequence[Path]) -> Joined:
    """The reports joined to the packages."""
    given = inputs.read(zips, reports)
    return joining.join(given.reports, given.packages)


def analyse(
    reports: Sequence[Path],
    zips: Sequence[Path],
    course: Path | None = None,
    texts: bool = False,
    names: bool = False,
) -> analysis.Results:
    """What the command reports."""
    from datetime import date

    day = date(2026, 11, 30)
    request = analysis.Request(tuple(reports), tuple(zips), course, texts, names, day)
    return analysis.analyse(request)
