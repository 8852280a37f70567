"""Who completed which version, by what the player reports among the answers."""

from datetime import date
from pathlib import Path

import pytest

from builder.results.evidence import people
from builder.results.evidence.people import Completion
from builder.results.model import Answer
from builder.results.packages import read_packages
from builder.results.reading import report
from builder.results.versions import split
from tests.results import moodle
from tests.results.evidence import packs
from tests.results.evidence.packs import ASK, DOOR, seen
from tests.results.moodle import Row


@pytest.fixture(scope="session")
def zips(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return packs.both(tmp_path_factory)


def completions(zips: tuple[Path, ...], folder: Path, *rows: Row) -> list[Completion]:
    packages, _ = read_packages(zips)
    known = {name for package in packages for name in package.asked}
    found = report.read(packs.report(folder, rows), 0, known)
    outlines = [package.outline for package in packages]
    return list(people.completions([found], outlines, "12 months"))


def test_attempt_across_two_versions_lists_both(zips: tuple[Path, Path], tmp_path: Path) -> None:
    old, new = map(packs.label, zips)
    answers = [seen(old), DOOR, seen(new), ASK, seen(new, "passed 2026-11-28")]
    (row,) = completions(zips, tmp_path, Row("Ann Lee", answers))
    assert row == Completion(
        name="Ann Lee",
        details=("ann.lee@example.com",),
        attempt="1",
        started="Sunday, 29 November 2026, 10:57 AM",
        last="Sunday, 29 November 2026, 11:09 AM",
        first_seen=old,
        last_seen=new,
        completed_with=new,
        result="passed",
        completed="2026-11-28",
        score="80",
        record="filled in",
        due="2027-11-28",
    )


def test_attempt_in_two_reports_has_one_row(zips: tuple[Path, Path], tmp_path: Path) -> None:
    """The second report has a column more, and the result. The third is of another activity, where
    Ann has given another answer."""
    old = packs.label(zips[0])
    begun, done = [seen(old), DOOR, ASK], [seen(old), DOOR, ASK, seen(old, "passed 2026-11-28")]
    other = [seen(old), ("locks--door", "b", "wrong"), seen(old, "failed 2026-11-27")]
    packages, _ = read_packages(zips)
    known = {name for package in packages for name in package.asked}
    found = []
    for at, (name, answers) in enumerate({"1": begun, "2": done, "3": other}.items()):
        table = moodle.table([Row("Ann", answers), Row("Ben", attempt=0)], "Keys")
        if name == "2":
            table = [
                [row[0], "ID" if not at_row else "7", *row[1:]] for at_row, row in enumerate(table)
            ]
        path = moodle.write(tmp_path / f"{name}.txt", table)
        found.append(report.read(path, at, known))
    rows = people.completions(found, [package.outline for package in packages], "")
    assert [(one.name, one.details, one.result) for one in rows] == [
        ("Ann", ("7", "ann@example.com"), "passed"),
        ("Ann", ("ann@example.com",), "failed"),
        ("Ben", ("7", "ben@example.com"), "not started"),
    ]


def test_incomplete_and_failed_attempts_are_not_completions(
    zips: tuple[Path, Path], tmp_path: Path
) -> None:
    old = packs.label(zips[0])
    found = completions(
        zips,
        tmp_path,
        Row("Ann", [seen(old), DOOR], score="50"),
        Row("Ben", [seen(old), DOOR, seen(old, "failed 2026-11-28")]),
        Row("Cai", [DOOR, ASK]),
        Row("Dee", attempt=0),
        Row("Eve", [seen("3.0 7KQ2-M9XR"), ASK, seen("3.0 7KQ2-M9XR", "completed 2026-11-27")]),
    )
    assert [(one.name, one.result, one.completed_with, one.record, one.due) for one in found] == [
        ("Ann", "incomplete", "", "not known to be filled in", ""),
        ("Ben", "failed", "", "not known to be filled in", ""),
        ("Cai", *["not in the report"] * 3, ""),
        ("Dee", "not started", "", "", ""),
        ("Eve", "completed", "3.0 7KQ2-M9XR", "version not among the packages", "2027-11-27"),
    ]


def test_result_whose_report_was_lost_is_what_the_lms_proves(
    zips: tuple[Path, Path], tmp_path: Path
) -> None:
    old = packs.label(zips[0])
    failed = [seen(old), seen(old, "failed 2026-11-28")]
    found = completions(
        zips,
        tmp_path,
        Row("Ann", [seen(old), DOOR], score="Passed"),
        Row("Ben", [DOOR], score="Completed"),
        Row("Cai", failed, score="passed"),
        Row("Dee", [seen(old), DOOR], score="80/100"),
        Row("Eve", failed, score="80"),
        Row("Fay", [seen(old), DOOR], score="79.99"),
    )
    unversioned = "passed; the version was not reported"
    assert [(one.result, one.is_complete, one.record) for one in found] == [
        (unversioned, True, "filled in"),
        ("completed; the version was not reported", True, people.NOT_REPORTED),
        (unversioned, True, "filled in"),
        ("pass mark reached; the result was not reported", False, "not known to be filled in"),
        ("failed", False, "not known to be filled in"),
        ("incomplete", False, "not known to be filled in"),
    ]
    assert {(one.completed_with, one.completed, one.due) for one in found} == {
        ("", "", ""),
        (people.NOT_REPORTED, "", ""),
    }


def test_score_of_a_course_with_mastery_proves_a_pass(tmp_path: Path) -> None:
    path = packs.with_mastery(tmp_path)
    version = packs.label(path)
    rows = [Row("Ann", [seen(version), ASK], score="80"), Row("Ben", [seen(version)], score="79")]
    found = completions((path,), tmp_path, *rows)
    results = ["passed; the version was not reported", "incomplete"]
    assert [one.result for one in found] == results


def test_only_latest_completion_has_a_due_date(zips: tuple[Path, Path], tmp_path: Path) -> None:
    old = packs.label(zips[0])
    rows = [
        Row("Ann", [seen(old, f"passed {day}"), DOOR], attempt)
        for attempt, day in ((1, "2025-11-28"), (2, "2026-11-28"))
    ]
    found = completions(zips, tmp_path, *rows)
    assert [one.due for one in found] == ["", "2027-11-28"]
    assert [people.is_overdue(found[1], date(2027, 11, day)) for day in (28, 29)] == [False, True]


@pytest.mark.parametrize(
    ("interval", "day"),
    [
        ("1 day", "2024-03-01"),
        ("2 weeks", "2024-03-14"),
        ("1 month", "2024-03-29"),
        ("12 months", "2025-02-28"),
        ("4 years", "2028-02-29"),
    ],
)
def test_intervals(interval: str, day: str) -> None:
    assert people.add(date(2024, 2, 29), interval).isoformat() == day


def test_answers_have_the_version_that_was_reported_before_them() -> None:
    answers = [Answer(*packs.DOOR[:2], "", 1.0)]
    version = Answer("version-3", "1.1.0 7KQ2-M9XR", "", None)
    own, found = split([*answers, version, *answers], {})
    assert [one.version for one in own] == ["", "1.1.0 7KQ2-M9XR"]
    assert [(one.before, one.label, one.status) for one in found] == [(1, "1.1.0 7KQ2-M9XR", "")]


def test_a_course_without_questions(tmp_path: Path) -> None:
    path = packs.without_questions(tmp_path)
    version = packs.label(path)
    rows = [Row("Ann", [seen(version), seen(version, "completed 2026-11-28")])]
    (row,) = completions((path,), tmp_path, *rows)
    assert (row.result, row.completed_with, row.completed) == ("completed", version, "2026-11-28")
    assert row.record == "no record in this version"


def test_pages_that_a_test_out_has_shown(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = packs.with_test_out(tmp_path_factory)
    version = packs.label(path)
    asked = ("test-out_doors--ask", "t", "correct")
    rows = [
        Row("Ann", [seen(version), asked, ("test-out_doors", "locks keys", "neutral")]),
        Row("Ben", [seen(version), ("test-out_doors", "locks gone +3", "neutral")]),
        Row("Cai", [seen(version), asked]),
    ]
    assert [(one.name, one.shown) for one in completions((path,), tmp_path, *rows)] == [
        ("Ann", "Doors: “Locks”, “Keys”"),
        ("Ben", "Doors: “Locks”, “gone”, 3 more"),
        ("Cai", ""),
    ]
