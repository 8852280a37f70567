"""Reports of an LMS, results and evidence beside the course are known, and no part of a package."""

import shutil
from pathlib import Path

from builder.course import load
from builder.course.load import discovery
from tests.support.golden import GOOD

RECORDED = Path(__file__).parent.parent / "results" / "recorded"


def test_reports_beside_the_course_are_neither_read_nor_reported(tmp_path: Path) -> None:
    course = tmp_path / "course"
    shutil.copytree(GOOD, course)
    before, problems = discovery.discover(course)
    for ending in ("txt", "ods", "xlsx"):
        shutil.copy(RECORDED / f"interactions.{ending}", course)
    shutil.copy(RECORDED / "gradebook.csv", course)
    (course / "results.json").write_text("{}")
    (course / "results.html").write_text("<p>")
    (course / "evidence").mkdir()
    shutil.copy(RECORDED / "interactions.xlsx", course / "evidence" / "completed.xlsx")
    after, found = discovery.discover(course)
    assert (after, found) == (before, problems)
    assert load.load(course)[1] == load.load(GOOD)[1]
