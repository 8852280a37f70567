"""The checks find nothing in the showcase, in any state, nor in the pages of the checkout's course.

What an answer, a quiz or a search leads to is the player's, and the showcase has each once. Where
answers led to, only axe looks, and what needs an action: focus, announcements, verdicts in words.
`make a11y` makes each check in each state of both, and does the showcase by keyboard in a window of
its own."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.a11y.run import Report, inspect, later_visit, looking_back
from tests.a11y.table import CHECKS
from tests.a11y.view import Memory
from tests.a11y.walks import Whole
from tests.support.unpacked import Package

pytestmark = pytest.mark.long


def test_no_view_of_either_course_has_a_fault(
    showcase: Path, unpacked: Path, browser: Browser
) -> None:
    """Every state of the showcase with its certificate; then what is new in the pages and notices
    of the checkout's own course."""
    report = Report(brief=True)
    known = Memory()
    whole, own = Package("the showcase", showcase), Package("the course", unpacked)
    documents: dict[str, str] = {}
    inspect(report, browser, whole, known=known, documents=documents)
    looking_back(report, browser, whole, "light", known)
    inspect(report, browser, own, answers=False, known=known, documents=documents)
    later_visit(report, browser, own, "light", known)
    report.documents("both courses", documents)
    assert report.findings == []


def test_the_showcase_as_a_whole_has_no_fault(showcase: Path, browser: Browser) -> None:
    report = Report()
    report.course(Whole(Package("the showcase", showcase), browser))
    assert report.findings == []


@pytest.mark.thorough
def test_pages_from_right_to_left_have_no_fault(browser: Browser, arabic_showcase: Path) -> None:
    """`make a11y` looks at their states, too."""
    package = Package("the showcase in Arabic", arabic_showcase)
    assert package.direction == "rtl"
    report = Report(check for check in CHECKS if check.number in (7, 37))
    inspect(report, browser, package, answers=False)
    assert report.findings == []
