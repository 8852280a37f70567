"""Every diagnostic of a course as an author reads it: position, code, words, hint.

``tests/golden/diagnostics/CODE[.variant]/`` changes the good course in ``tests/golden/course/``:
``in/`` holds files to put over it, ``deleted.txt`` names files to take away. ``expected.txt`` holds
all the lines that the builder then says. ``pytest tests/test_golden.py --regenerate`` writes it.
"""

from pathlib import Path

import pytest

from builder.codes import CATALOGUE
from builder.load import load
from builder.validate import validate
from tests.support.golden import CASES, ELSEWHERE, GOOD, TODAY, changed, judged


def said(folder: Path) -> str:
    return "".join(f"{one}\n    {one.hint}\n" for one in judged(folder))


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
