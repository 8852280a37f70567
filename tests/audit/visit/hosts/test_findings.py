"""The table of findings in packages of other tools (docs/facts/packages.md) is what an audit finds,
row by row; whether a row is true, somebody has looked at."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from builder.audit import audit
from builder.audit.findings import Kind
from builder.audit.rules import CATALOGUE
from tests.audit.visit.apart import apart
from tests.audit.visit.hosts import found
from tests.audit.visit.hosts.found import Found
from tests.audit.visit.hosts.others import LATER, OTHERS, built
from tests.support.packages import ROOT

pytestmark = pytest.mark.browser

PAGE = (ROOT / "docs/facts/packages.md").read_text("utf-8")
SECTION = PAGE.partition("## Findings in packages of other tools\n")[2].partition("\n## ")[0]
ROW = re.compile(r"^\| ([\w, -]+) \| `([\w-]+)`, (\w+) \| ([\w, -]+) \| (\w+) \| (.+) \|$", re.M)
COURSES = [*OTHERS, *LATER]


def told() -> list[tuple[str, Found, str]]:
    """Each row of each course, and whether it is true."""
    return [
        (course, Found(code, severity, places), true)
        for courses, code, severity, places, true, _ in ROW.findall(SECTION)
        for course in courses.split(", ")
    ]


def test_recorded_errors_and_most_warnings_are_true() -> None:
    rows = told()
    assert {course for course, _, _ in rows} <= set(COURSES)
    assert all(CATALOGUE[one.code].severity.value == one.severity for _, one, _ in rows)
    true: dict[str, list[bool]] = {"error": [], "warning": []}
    for _, one, word in rows:
        true[one.severity].append({"yes": True, "no": False}[word])
    errors, warnings = true["error"], true["warning"]
    assert all(errors)
    assert sum(warnings) / len(warnings) >= 0.95
    counted = (
        f"{len(COURSES)} packages: {len(errors)} errors, all true; {len(warnings)} warnings, "
        f"{sum(warnings)} of them true."
    )
    assert counted in SECTION


@pytest.mark.thorough
@pytest.mark.parametrize("course", COURSES)
def test_an_audit_finds_what_the_table_says(course: str, tmp_path: Path) -> None:
    package = built(course, tmp_path / "own")
    here = found.of_files(package)
    visited: Callable[[Path], frozenset[Found]] = found.in_use
    if course in OTHERS:
        here |= apart(visited, package)
    assert sorted(here) == sorted(one for name, one, _ in told() if name == course)


@pytest.mark.whole
@pytest.mark.parametrize(("course", "edition"), [("later-3", "3rd"), ("later-4", "4th")])
def test_a_package_of_scorm_2004_is_recognised(course: str, edition: str, tmp_path: Path) -> None:
    facts = audit(built(course, tmp_path / "own")).facts
    assert (facts.kind, facts.edition) == (Kind.SCORM_2004, f"{edition} Edition")
    assert LATER[course].version.endswith(facts.edition)
