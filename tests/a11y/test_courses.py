"""The checks find nothing in the checkout's course and in the showcase, in any state."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.a11y.crawl import Package
from tests.a11y.run import Report, inspect
from tests.a11y.walks import Whole


@pytest.fixture(params=["unpacked", "showcase"])
def package(request: pytest.FixtureRequest) -> Package:
    folder: Path = request.getfixturevalue(request.param)
    return Package({"unpacked": "the course"}.get(request.param, "the showcase"), folder)


def test_no_check_finds_anything(package: Package, browser: Browser) -> None:
    report = Report()
    inspect(report, browser, package)
    assert report.findings == []


def test_the_course_as_a_whole(package: Package, browser: Browser) -> None:
    report = Report()
    report.course(Whole(package, browser))
    assert report.findings == []
