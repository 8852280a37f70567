"""The contents follow the page on view, fold what is finished, and bear a thousand pages."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from builder.course.model import Module, Tracking
from builder.package.plan import plan
from tests.browser.player_course import unpacked
from tests.support.courses import course
from tests.support.courses import page as page_of

SIZES = {"phone": (390, 844), "frame": (1000, 600), "wide": (1366, 800)}
# Whether the entry of the page on view is in sight within the list.
IN_SIGHT = """() => {
  const link = document.querySelector("#contents [aria-current]");
  if (!link) return false;
  const [list, entry] = [document.getElementById("contents"), link]
    .map((it) => it.getBoundingClientRect());
  return entry.top >= list.top && entry.bottom <= Math.min(list.bottom, innerHeight);
}"""

# By how many degrees the arrow of each module is turned.
TURNS = """() => [...document.querySelectorAll("#contents h2 > button")].map((it) => {
  const { a, b } = new DOMMatrix(getComputedStyle(it, "::before").transform);
  return Math.round((Math.atan2(b, a) * 180) / Math.PI);
})"""

Open = Callable[..., Page]


@pytest.fixture
def opened(
    new_context: Callable[..., BrowserContext], serve: Callable[[Path], str], tmp_path: Path
) -> Open:
    """A course of modules with so many pages, at a size and a page; pages are called 1, 2, …"""

    def open_course(counts: dict[str, int], size: str, at: str = "") -> Page:
        pages = [page_of(f"p{number}") for number in range(1, sum(counts.values()) + 1)]
        pages = [replace(page, title=f"Page {page.id[1:]}") for page in pages]
        made = course(*pages, tracking=Tracking("all", "passed-failed", 80, 0))
        modules = []
        rest = iter(pages)
        for title, count in counts.items():
            modules.append(Module(title, tuple(next(rest) for _ in range(count))))
        folder = unpacked(tmp_path / "sco", plan(replace(made, modules=tuple(modules))))
        width, height = SIZES[size]
        page = new_context(viewport={"width": width, "height": height}).new_page()
        page.goto(f"{serve(folder)}/index.html{at}")
        page.wait_for_function("() => window.scormBuilder?.again")
        return page

    return open_course


def show(page: Page, number: int) -> None:
    page.evaluate("number => (location.hash = `#/p${number}`)", number)
    expect(page.locator("main h1")).to_have_text(f"Page {number}")
    contents = page.locator("#contents")
    if contents.is_hidden():
        page.get_by_role("button", name="Contents").click()
    expect(contents.locator("[aria-current]")).to_contain_text(f"Page {number}")


def folds(page: Page) -> dict[str, bool]:
    """The headings of the contents, and whether each is open."""
    buttons = page.locator("#contents h2 > button").all()
    return {
        button.locator("span").first.inner_text(): button.get_attribute("aria-expanded") == "true"
        for button in buttons
    }


def test_the_page_on_view_is_always_in_sight(opened: Open) -> None:
    page = opened({"Start": 3, "Middle": 30, "End": 5}, "phone")
    for width, height in SIZES.values():
        page.set_viewport_size({"width": width, "height": height})
        for number in (1, 20, 33, 38, 21, 4, 2):
            show(page, number)
            page.wait_for_function(IN_SIGHT)
        assert page.evaluate("scrollY") == 0


def test_scrolled_contents_list_stays_until_page_changes(opened: Open) -> None:
    page = opened({"": 40}, "wide", "#/p1")
    show(page, 1)
    page.evaluate("document.getElementById('contents').scrollTop = 600")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert page.evaluate("document.getElementById('contents').scrollTop") == 600
    show(page, 2)
    page.wait_for_function(IN_SIGHT)


def test_finished_modules_fold_and_open_again_by_keyboard(opened: Open) -> None:
    page = opened({"Start": 2, "Middle": 3, "End": 2}, "wide", "#/p1")
    assert folds(page) == {"Start": True, "Middle": True, "End": True}
    for number in (2, 3):
        show(page, number)
    assert folds(page) == {"Start": False, "Middle": True, "End": True}
    start = page.get_by_role("button", name="Start All 2 done")
    start.focus()
    page.keyboard.press("Enter")
    assert folds(page) == {"Start": True, "Middle": True, "End": True}
    page.keyboard.press("Tab")
    expect(page.locator("#contents a").first).to_be_focused()
    # Where the focus is, nothing folds away.
    page.keyboard.press("Enter")
    expect(page.locator("main h1")).to_have_text("Page 1")
    show(page, 4)
    assert folds(page) == {"Start": False, "Middle": True, "End": True}


def test_the_arrow_of_a_folded_module_points_in_reading_direction(opened: Open) -> None:
    page = opened({"Start": 1, "End": 2}, "wide", "#/p1")
    show(page, 2)
    assert folds(page) == {"Start": False, "End": True}
    for direction, folded in (("ltr", -45), ("rtl", 135)):
        page.evaluate("direction => (document.documentElement.dir = direction)", direction)
        # Without a turn, the corner of the arrow points to the bottom right; with 45°, down.
        assert page.evaluate(TURNS) == [folded, 45]


@pytest.mark.parametrize("counts", [{"": 1000}, {f"Module {n}": 10 for n in range(1, 101)}])
def test_a_thousand_pages_are_few_stops_for_the_keyboard(
    opened: Open, counts: dict[str, int]
) -> None:
    page = opened(counts, "wide", "#/p777")
    show(page, 777)
    page.wait_for_function(IN_SIGHT)
    groups = folds(page)
    assert len(groups) == (20 if len(counts) == 1 else 100)
    assert [name for name, is_open in groups.items() if is_open] == [
        "Pages 751 to 800" if len(counts) == 1 else "Module 78"
    ]
    links = page.locator("#contents a:visible")
    # The last one leads to the result.
    assert links.count() == (51 if len(counts) == 1 else 11)
    # A screen reader goes from heading to heading.
    headings = page.locator("#contents").get_by_role("heading", level=2)
    assert headings.count() == len(groups)
