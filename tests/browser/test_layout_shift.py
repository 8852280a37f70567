"""Nothing jumps in a first view, whichever of its style sheets comes last."""

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from builder.course.model import Cover, QuickExit
from builder.course.state import State, encode, key
from tests.browser.conftest import Sco
from tests.browser.odd_lms import holding
from tests.support.courses import page as page_of

WIDTHS = {390: 844, 1000: 600, 1366: 800}
"""Widths of a window and their heights, in pixels: a phone, Moodle's frame, a wide window."""
MOST = 0.1
"""The sum of layout shifts that people hardly notice (web.dev, “Cumulative Layout Shift”)."""

WATCH = """
  // Each launch begins with the same values, which is not an old copy of the launch before.
  try { sessionStorage.clear(); } catch {}
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries())
      if (!hadRecentInput)
        shifts.push([value, ...sources.map(({ node }) => node?.id || node?.localName)]);
  }).observe({ type: "layout-shift", buffered: true });
"""
# All that was laid out is painted, and has been told of.
DRAWN = """() => new Promise((resolve) =>
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve))))"""
# The surroundings of the pages are in place.
COMPLETE = "() => Boolean(window.scormBuilder?.again)"


class Sheets:
    """The style sheets that a page asks for, of which one can be made to come last."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.held: str | None = None
        self.asked: list[str] = []
        self.waiting: list[Route] = []
        # Once for all views: a page whose routes come and go between them can wait for ever.
        page.route("**/*.css", self._hold)

    def _hold(self, route: Route) -> None:
        self.asked.append(route.request.url.rpartition("/")[2])
        if self.asked[-1] == self.held:
            self.waiting.append(route)
        else:
            route.continue_()

    def first_view(self, address: str, held: str | None) -> list[Any]:
        """The layout shifts of a first view, whose style sheet ``held`` comes after all else."""
        page, self.held, self.asked, self.waiting = self.page, held, [], []
        page.goto("about:blank", wait_until="commit")
        late = (
            page.expect_request(lambda request: request.url.endswith(f"/{held}"))
            if held
            else nullcontext()
        )
        with late:
            page.goto(address, wait_until="commit")
        if held:
            expect(page.locator("main h1")).to_be_attached()
            page.evaluate(DRAWN)
            [route] = self.waiting
            route.continue_()
        page.wait_for_function(COMPLETE)
        page.evaluate(DRAWN)
        shifts: list[Any] = page.evaluate("shifts")
        return shifts


WORDS = "Water each plant once a week, more often where it is warm. " * 12
PAGES = tuple(page_of(f"page-{number}", WORDS) for number in range(1, 12))
COURSE = {
    "title": "Looking after the office plants",
    "quick_exit": QuickExit(None),
}
COVERED = COURSE | {"cover": Cover("What to do first.", "For everybody.", ("keep calm", "act"))}
TRAINEES = {
    "without an LMS": None,
    "new": {"cmi.core.student_name": "Learner, Sam", "cmi.core.student_id": "sam"},
    "back": {
        "cmi.core.student_id": "sam",
        "cmi.suspend_data": encode(State("AAAAAAAA", 4, "incomplete", key("page", "page-7"))),
    },
}


@pytest.mark.sampled
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("begins", ["cover", "page"])
def test_nothing_jumps_in_a_first_view(
    new_context: Callable[..., BrowserContext],
    sco: Sco,
    serve: Callable[[Path], str],
    begins: str,
    width: int,
) -> None:
    fields = COVERED if begins == "cover" else COURSE
    address = f"{serve(sco(*PAGES, fields=fields))}/index.html"
    found = {}
    for trainee, given in TRAINEES.items():
        context = new_context(viewport={"width": width, "height": WIDTHS[width]})
        context.add_init_script(WATCH + (holding(given) if given else ""))
        sheets = Sheets(context.new_page())
        found[f"{trainee}, none"] = sheets.first_view(address, None)
        for held in dict.fromkeys(sheets.asked):
            found[f"{trainee}, {held}"] = sheets.first_view(address, held)
        context.close()
    large = {name: shifts for name, shifts in found.items() if sum(one[0] for one in shifts) > MOST}
    assert large == {}
