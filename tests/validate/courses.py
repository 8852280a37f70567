"""The good course of the golden tests, changed for one test."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

from builder.course.load import load
from builder.course.model import Course
from builder.course.validate import validate
from builder.diagnostics.diagnostic import Diagnostic

GOOD = Path(__file__).parent.parent / "golden" / "course"
TODAY = date(2026, 1, 31)

Judge = Callable[..., tuple[Course | None, list[Diagnostic]]]


def judge(folder: Path, today: date = TODAY) -> tuple[Course | None, list[Diagnostic]]:
    """The course of a folder and what is said of it."""
    sources, found = load(folder)
    if sources is None:
        return None, list(found)
    judged = validate(sources, today)
    return judged.course, [*found, *judged.diagnostics]


def changed(folder: Path, *changes: tuple[str, str, str]) -> Path:
    """The good course in a new folder; each change is a file, the words in it, the new words."""
    shutil.copytree(GOOD, folder)
    for name, old, new in changes:
        file = folder / name
        text = file.read_text("utf-8") if file.exists() else ""
        assert old in text
        file.write_text(text.replace(old, new, 1) if old else text + new, "utf-8")
    return folder
