"""The author's window by the checks that courses pass, in every part of it; and how it looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.a11y.table import CHECKS
from tests.a11y.view import Memory, Place, Tab, View
from tests.preview.desk import Author, Desk, author

OUR_OWN = (
    # The course has its own checks, and stands in a frame that these cannot see into.
    *("4 frame-tested:", "37 the page is not to be seen"),
    # axe cannot tell what lies under words that a part of the panel has scrolled away.
    "4 color-contrast:",
)
"""Findings that are none, by how they begin."""
TO_THE_TOP = "document.querySelectorAll('[role=tabpanel]').forEach((it) => it.scrollTo(0, 0))"
OF_VIEWS = [check for check in CHECKS if check.needs == "view"]
PARTS = ("LMS", "Try", "Problems", "Remarks", "Results", "Numbers", "Calls")


@pytest.fixture
def writing(tmp_path: Path) -> Iterator[Author]:
    with author(tmp_path) as found:
        yield found


def states(desk: Desk, writing: Author) -> Iterator[str]:
    """Every state of the window worth a look."""
    for part in PARTS:
        desk.part(part)
        yield part
    desk.page.locator("#look > summary").click()
    yield "Look"
    desk.page.get_by_role("button", name="Panel").focus()
    writing.change("pages/topic.md", "what worries you", "whatever worries you")
    expect(desk.strip).to_contain_text("“The topic” and 1 more changed")
    yield "another page has changed"
    writing.change("pages/topic.md", "::: callout", "::: callut")
    expect(desk.overlay).to_be_visible()
    yield "problems"


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.thorough)])
def test_the_window_passes_the_checks_of_courses(
    writing: Author, new_context: Callable[..., BrowserContext], scheme: str
) -> None:
    # What asks puts styles of its own into the page.
    context = new_context(bypass_csp=True)
    desk = writing.open(context)
    desk.page.evaluate("document.getElementById('frame').hidden = true")
    tab = Tab(desk.page, "window", scheme)
    memory = Memory()
    findings = []
    for state in states(desk, writing):
        place = Place("preview", "window", state, "window", scheme)
        view = View(tab, place, memory, "preview", target=24)
        for check in OF_VIEWS:
            if check.fits(view):
                desk.page.evaluate(TO_THE_TOP)
                found = [f"{check.number} {one}" for one in check.look(view)]
                findings += [f"{state}: {one}" for one in found if not one.startswith(OUR_OWN)]
        tab.restore()
    assert findings == [], "\n".join(findings)


def test_preview_shows_chosen_width_and_colours(writing: Author, context: BrowserContext) -> None:
    desk = writing.open(context)
    page = desk.page
    for label, width in (("390, a phone", 390), ("700, Moodle’s frame", 700)):
        page.get_by_label("Width").select_option(label=label)
        expect(desk.whole.locator("html")).to_have_css("width", f"{width}px")
    page.locator("#look > summary").click()
    ground = "() => getComputedStyle(document.body).backgroundColor"
    light = desk.frame.evaluate(ground)
    page.get_by_label("Colours").select_option("dark")
    expect(desk.whole.locator("body")).not_to_have_css("background-color", light)
    page.get_by_label("Text", exact=True).select_option("200")
    expect(desk.whole.locator("html")).to_have_css("font-size", "32px")
    # As it is wanted after the course was opened anew, too.
    with desk.opened_again():
        page.get_by_role("button", name="Begin again").click()
    expect(desk.whole.locator("body")).not_to_have_css("background-color", light)
    page.locator("#look > summary").click()
    page.get_by_label("Colours").select_option("")
    expect(desk.whole.locator("body")).to_have_css("background-color", light)


def points(desk: Desk, keys: str = "") -> None:
    """Move the mouse over the page until it shows where a part comes from: the course is told of
    it in its own time."""
    desk.frame.wait_for_function(
        f"""() => {{
          const moved = new PointerEvent("pointermove", {{ bubbles: true, {keys} }});
          document.querySelector("article p").dispatchEvent(moved);
          return document.querySelector("html > div[aria-hidden]");
        }}"""
    )


def test_a_part_of_a_page_leads_to_its_source(writing: Author, context: BrowserContext) -> None:
    desk = writing.open(context)
    desk.go("topic")
    points(desk, "altKey: true")
    desk.course.locator("article p").first.click(modifiers=["Alt"])
    expect(desk.strip).to_contain_text("This comes from pages/topic.md:6")
    link = desk.strip.get_by_role("link")
    assert str(link.get_attribute("href")).endswith("/course/pages/topic.md:6:1")
    desk.page.get_by_role("button", name="Show sources").click()
    points(desk)
    answer = desk.course.get_by_role("button", name="True")
    answer.click()
    expect(desk.strip).to_contain_text("This comes from questions/all.yaml:1")
    expect(desk.course.locator(".presses [aria-pressed]")).to_have_count(0)
    desk.course.get_by_text("You don’t need to be certain.").hover()
    expect(desk.whole.locator("html > div[aria-hidden]")).to_have_text("pages/topic.md:10:1")
    desk.page.get_by_role("button", name="Show sources").click()
    expect(desk.whole.locator("html > div[aria-hidden]")).to_have_count(0)
    answer.click()
    expect(answer).to_have_attribute("aria-pressed", "true")


def test_preview_panel_is_hidden_on_phone_and_keyboard_operable(
    writing: Author, new_context: Callable[..., BrowserContext]
) -> None:
    desk = writing.open(new_context(viewport={"width": 390, "height": 800}))
    page = desk.page
    expect(page.locator("#panel")).to_be_hidden()
    page.get_by_role("button", name="Panel").press("Enter")
    expect(page.get_by_role("tab", name="LMS")).to_be_visible()
    page.get_by_role("tab", name="LMS").press("ArrowRight")
    expect(page.get_by_role("tab", name="Try")).to_be_focused()
    page.keyboard.press("End")
    expect(page.get_by_role("tabpanel", name="Calls")).to_be_visible()
    page.get_by_label("Show those with").fill("commit")
    calls = page.get_by_role("region", name="Calls").get_by_role("row")
    expect(calls.nth(1)).to_contain_text('LMSCommit("")')
    expect(calls.filter(has_text="LMSSetValue")).to_have_count(0)
    page.get_by_role("tab", name="Numbers").click()
    numbers = page.get_by_role("tabpanel", name="Numbers")
    expect(numbers).to_contain_text("4 pages, 91 words, 5 minutes, 2 questions.")
    expect(numbers.get_by_role("row").filter(has_text="The topic")).to_have_text("The topic3725")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
