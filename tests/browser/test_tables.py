"""A table that is wider than the screen: it scrolls by itself, and the keyboard reaches it."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Sco
from tests.browser.learner import Learner
from tests.support.courses import page as course_page

ROW = "| " + " | ".join(f"Telephone{number}" for number in range(4)) + " |\n"
TABLE = ROW + "|---" * 4 + "|\n" + ROW


def test_scrolling_table_is_named_region_and_tab_stop(sco: Sco, serve, page: Page) -> None:
    body = f"{TABLE}\n\n| Day | Water |\n|---|---|\n| **Monday** | Yes |"
    folder = sco(course_page("first"), course_page("second", body))
    page.set_viewport_size({"width": 320, "height": 568})
    page.goto(serve(folder) + "/index.html#/second")
    learner = Learner(page, page.main_frame).started()
    learner.at("Second")
    wide = page.get_by_role("region", name="Table: Telephone0")
    page.keyboard.press("Tab")
    expect(wide).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.activeElement.scrollLeft > 0")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # The small table is neither a stop nor a landmark.
    expect(page.get_by_role("region", name="Table: Day, Water")).to_have_count(0)
    expect(page.get_by_role("rowheader", name="Monday")).to_be_visible()
    page.keyboard.press("Tab")
    assert learner.focused() == ("button", "Previous: First")
    page.set_viewport_size({"width": 1400, "height": 800})
    expect(wide).to_have_count(0)


def test_without_script_every_table_can_be_reached(sco: Sco, serve, new_context) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.set_viewport_size({"width": 320, "height": 568})
    page.goto(serve(sco(course_page("first", TABLE))) + "/index.html")
    expect(page.get_by_role("region", name="Table: Telephone0")).to_have_attribute("tabindex", "0")
