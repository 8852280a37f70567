"""The courses of the golden diagnostics: a good one, and a folder of changes for each mistake."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from builder.diagnostics import Diagnostic, tidy
from builder.load import load
from builder.validate import validate

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
GOOD = GOLDEN / "course"
DIAGNOSTICS = GOLDEN / "diagnostics"
CASES = sorted(path for path in DIAGNOSTICS.iterdir() if path.is_dir())
TODAY = date(2026, 1, 31)

# What is said of a folder to write to, or of a finished package, has its own tests; so have files
# that are too large for git, or whose names Windows and macOS cannot tell apart, and gaps in the
# catalogues of the interface; what is said of a course beside an older one or beside a review that
# came back, and of a document that is to become one.
OF_FILES = ("word-", "bank-", "import-", "remark-", "sheet-")
"""How codes begin that are about files which come from others: documents, banks, reviews."""
ELSEWHERE = (
    *("package-", "output-", "file-changed", "file-refused", "file-reserved"),
    *("since-", "file-too-large", "image-large", "file-repeated", "text-missing"),
    *("approval-undecided", "approval-unwritten"),
    *OF_FILES,
)


def judged(folder: Path) -> tuple[Diagnostic, ...]:
    sources, found = load(folder)
    if sources is None:
        return tidy(found)
    outcome = validate(sources, TODAY)
    if any(one.severity == "error" for one in outcome.diagnostics):
        assert outcome.course is None
    return tidy((*found, *outcome.diagnostics))


def changed(case: Path, folder: Path) -> Path:
    """The good course with a case's changes, in ``folder``."""
    deleted = case / "deleted.txt"
    names = deleted.read_text("utf-8").split("\n") if deleted.exists() else []
    shutil.copytree(GOOD, folder, ignore=lambda *_: [])
    for name in filter(None, names):
        (folder / name).unlink()
        if not any((folder / name).parent.iterdir()):
            (folder / name).parent.rmdir()
    shutil.copytree(case / "in", folder, dirs_exist_ok=True)
    return folder
