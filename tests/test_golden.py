"""Every diagnostic of a course as an author reads it: position, code, words, hint.

Each case changes the good course in ``tests/golden/course/``, as ``tests/support/golden.py`` says.
``pytest tests/test_golden.py --regenerate`` writes what is expected again.
"""

from dataclasses import replace
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from builder.course.load import load
from builder.course.validate import validate
from builder.diagnostics import codes
from builder.diagnostics.codes import CATALOGUE
from tests.support.golden import (
    CASES,
    DIAGNOSTICS,
    ELSEWHERE,
    GOOD,
    TODAY,
    Case,
    changed,
    judged,
    read,
)

SUBJECTS = {
    rule.code: module.name
    for module in iter_modules(codes.__path__)
    for rule in getattr(import_module(f"builder.diagnostics.codes.{module.name}"), "RULES", ())
}


def said(folder: Path) -> str:
    return "".join(f"{one}\n    {one.hint}\n" for one in judged(folder))


@pytest.mark.whole
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_an_author_reads(case: Case, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    lines = said(changed(case, tmp_path / "course"))
    if request.config.getoption("--regenerate"):
        case.write_expected(lines)
    else:
        assert lines == case.expected


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.code != "noise"], ids=lambda case: case.name
)
def test_a_case_shows_the_code_it_is_named_after(case: Case) -> None:
    assert f" {case.code} " in case.expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_is_in_the_file_of_its_subject(case: Case) -> None:
    if not case.source.is_dir():
        assert case.source == DIAGNOSTICS / f"{SUBJECTS.get(case.code, 'noise')}.txt"


def test_every_code_of_a_course_is_shown_by_a_case() -> None:
    shown = {case.code for case in CASES}
    assert {code for code in CATALOGUE if not code.startswith(ELSEWHERE)} - shown == set()


def test_the_good_course_is_good() -> None:
    sources, found = load(GOOD)
    assert sources is not None
    outcome = validate(sources, TODAY)
    assert (*found, *outcome.diagnostics) == ()
    assert outcome.course is not None
    assert not outcome.course.draft


@pytest.mark.whole
@pytest.mark.parametrize("path", sorted(DIAGNOSTICS.glob("*.txt")), ids=lambda path: path.stem)
def test_regenerating_writes_one_case_and_leaves_the_others(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    first, *others = read(copy)
    other = "pages/start.md:1:1: error other-code Other words.\n    A hint.\n"
    first.write_expected(other)
    changed_first, *kept = read(copy)
    assert kept == others
    assert changed_first == replace(first, expected=other)
    first.write_expected(first.expected)
    assert copy.read_bytes() == path.read_bytes()
