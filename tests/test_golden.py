"""Every diagnostic of a course as an author reads it: position, code, words, hint.

``tests/golden/diagnostics/CODE[.variant]/`` changes the good course in ``tests/golden/course/``:
``in/`` holds files to put over it, ``deleted.txt`` names files to take away. ``expected.txt`` holds
all the lines that the builder then says. ``pytest tests/test_golden.py --regenerate`` writes it.
"""

import shutil
from datetime import date
from pathlib import Path

import pytest

from builder.codes import CATALOGUE
from builder.diagnostics import Diagnostic, tidy
from builder.load import load
from builder.validate import validate

GOLDEN = Path(__file__).parent / "golden"
GOOD = GOLDEN / "course"
CASES = sorted(path for path in (GOLDEN / "diagnostics").iterdir() if path.is_dir())
TODAY = date(2026, 1, 31)

# What is said of a folder to write to, or of a finished package, has its own tests; so have files
# that are too large for git, or whose names Windows and macOS cannot tell apart, and gaps in the
# catalogues of the interface; and what is said of a course beside an older one.
ELSEWHERE = (
    *("package-", "output-", "file-changed", "file-refused"),
    *("since-", "file-too-large", "file-repeated", "text-missing"),
)


def said(folder: Path) -> str:
    return "".join(f"{one}\n    {one.hint}\n" for one in judged(folder))


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
    shutil.copytree(case / "in", folder, dirs_exist_ok=True)
    return folder


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_an_author_reads(case: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    lines = said(changed(case, tmp_path / "course"))
    expected = case / "expected.txt"
    if request.config.getoption("--regenerate"):
        expected.write_text(lines, "utf-8", newline="\n")
    assert lines == expected.read_text("utf-8")


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if not case.name.startswith("noise.")],
    ids=lambda case: case.name,
)
def test_a_folder_shows_the_code_it_is_named_after(case: Path) -> None:
    assert f" {case.name.partition('.')[0]} " in (case / "expected.txt").read_text("utf-8")


def test_every_code_of_a_course_is_shown_by_a_folder() -> None:
    shown = {case.name.partition(".")[0] for case in CASES}
    codes = {code for code in CATALOGUE if not code.startswith(ELSEWHERE)}
    assert codes - shown == set()


def test_the_good_course_is_good() -> None:
    sources, found = load(GOOD)
    assert sources is not None
    outcome = validate(sources, TODAY)
    assert (*found, *outcome.diagnostics) == ()
    assert outcome.course is not None
    assert not outcome.course.draft
