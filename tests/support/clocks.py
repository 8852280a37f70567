"""The clock of a page that Playwright has installed."""

import time
from collections.abc import Callable

from playwright.sync_api import Page

from tests.support import patience


def stand_still(page: Page) -> None:
    """From here on time passes in a page only as a test says. Before that it leaps, and what was
    due within the leap is done: Playwright stops a clock only at a time to come, and no machine is
    slow enough to be late for this one."""
    page.clock.pause_at(page.evaluate("Date.now() / 1000") + patience.SECONDS)


def pass_until(page: Page, holds: Callable[[], bool]) -> None:
    """Let time pass in a page, a little at a time, until something holds. Answers of a server come
    in between: they are not on the page's clock, and a leap would look like a line that is dead."""
    end = time.monotonic() + patience.SECONDS
    while not holds():
        assert time.monotonic() < end, "it does not come"
        page.clock.run_for(1000)
