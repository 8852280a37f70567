"""The checks find nothing in the showcase, in any state, nor in the pages of the checkout's course.

What an answer, a quiz or a search leads to is the player's, and the showcase has each once; `make
a11y` looks at all of it in both."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.a11y.run import Report, inspect, later_visit, looking_back
from tests.a11y.table import CHECKS
from tests.a11y.walks import Whole, by_keyboard
from tests.support.unpacked import Package

pytestmark = pytest.mark.long

COURSES = {"unpacked": "the course", "showcase": "the showcase"}
BY_MAKE_A11Y = pytest.param("unpacked", marks=pytest.mark.thorough)


@pytest.fixture(params=[BY_MAKE_A11Y, "showcase"])
def course(request: pytest.FixtureRequest) -> Package:
    folder: Path = request.getfixturevalue(request.param)
    return Package(COURSES[request.param], folder)


def test_no_state_of_the_showcase_has_a_fault(showcase: Path, browser: Browser) -> None:
    report = Report()
    inspect(report, browser, Package("the showcase", showcase))
    assert report.findings == []


def test_no_page_of_the_course_has_a_fault(unpacked: Path, browser: Browser) -> None:
    report = Report()
    inspect(report, browser, Package("the course", unpacked), answers=False)
    assert report.findings == []


def test_the_course_as_a_whole_has_none(course: Package, browser: Browser) -> None:
    report = Report()
    report.course(Whole(course, browser))
    assert report.findings == []


def test_a_course_can_be_done_in_a_window_of_its_own(showcase: Path, browser: Browser) -> None:
    """The checkout's own is in tests/lms/test_course.py."""
    package = Package("the showcase", showcase)
    assert by_keyboard(Whole(package, browser, mode="popup")) == []


def test_no_notice_has_a_fault(unpacked: Path, browser: Browser) -> None:
    report = Report()
    later_visit(report, browser, Package("the course", unpacked), "light")
    assert report.findings == []


def test_the_certificate_has_no_fault(showcase: Path, browser: Browser) -> None:
    report = Report()
    looking_back(report, browser, Package("the showcase", showcase), "light")
    assert report.findings == []


def test_right_to_left(browser: Browser, arabic_showcase: Path) -> None:
    package = Package("the showcase in Arabic", arabic_showcase)
    assert package.direction == "rtl"
    report = Report(check for check in CHECKS if check.number in (7, 37))
    inspect(report, browser, package)
    assert report.findings == []
