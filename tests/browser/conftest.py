"""The player in a small course, with an LMS round it or without one."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.learner import Learner
from tests.browser.player_course import write_sco
from tests.lms.scorm_again import ScormAgain, scorm_again

Sco = Callable[..., Path]
Lms = Callable[..., ScormAgain]


@pytest.fixture
def sco(tmp_path: Path) -> Sco:
    """Write the small course as an LMS unpacks it; takes pages and settings of its tracking."""
    return lambda *pages, **tracking: write_sco(tmp_path / "sco", *pages, **tracking)


@pytest.fixture
def lms(sco: Sco, servers: ExitStack) -> Lms:
    """An LMS that runs the small course: ``lms(given={...}, attempts=1)``."""

    def run(*pages: Any, given: dict[str, str] | None = None, **tracking: Any) -> ScormAgain:
        folder = sco(*pages, **tracking)
        return servers.enter_context(scorm_again(folder, given=given or {}))

    return run


@pytest.fixture
def timed(page: Page) -> None:
    """The page has a clock that a test can move on, so that it waits for nothing to be saved."""
    page.clock.install()


@pytest.fixture
def launch(page: Page) -> Callable[[ScormAgain], Learner]:
    """Open the course in its LMS's frame, as at each visit."""

    def open_course(host: ScormAgain) -> Learner:
        page.goto(host.url())
        return Learner.in_frame(page)

    return open_course
