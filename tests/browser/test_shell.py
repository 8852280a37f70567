"""What stands round every page: a header that leaves room, and help in its place."""

import pytest
from playwright.sync_api import Page, expect

from builder.model import QuickExit
from tests.browser.conftest import Lms, Sco
from tests.browser.learner import Learner
from tests.browser.player_course import PAGES

HEADER = 0.25
"""The most of a small phone's height (568 px) that the header may take."""


@pytest.fixture
def helped(sco: Sco, serve, page) -> Learner:
    page.goto(serve(sco(fields={"help": (PAGES[2], PAGES[1])})) + "/index.html")
    return Learner(page, page.main_frame).started()


def test_help_is_named_by_its_pages_and_stands_in_one_place(helped: Learner) -> None:
    places = []
    for title in ("First", "Second", "Third", "Quiz", "Record"):
        if title != "First":
            helped.go(title)
        places.append(" ".join(helped.frame.locator("footer").inner_text().split()))
    assert places == ["Help and contacts Third Second About this course"] * 5
    nav = helped.frame.get_by_role("navigation", name="Help and contacts")
    assert nav.get_by_role("link").all_inner_texts() == ["Third", "Second"]


def test_help_is_a_key_press_away_and_back_leads_back(helped: Learner) -> None:
    helped.go("Second")
    helped.go("Third")
    helped.go("Quiz")
    helped.tab_to("About this course")
    helped.page.keyboard.press("Shift+Tab")
    helped.page.keyboard.press("Shift+Tab")
    helped.page.keyboard.press("Enter")
    helped.at("Third")
    helped.page.go_back()
    helped.at("Quiz")


def test_help_is_there_on_the_about_view_too(helped: Learner) -> None:
    helped.press("About this course")
    helped.at("About this course")
    expect(helped.frame.get_by_role("navigation", name="Help and contacts")).to_be_visible()


def test_without_script_there_is_no_link_that_leads_nowhere(sco: Sco, serve, new_context) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(serve(sco(fields={"help": (PAGES[2],)})) + "/index.html")
    expect(page.locator("#help")).to_be_hidden()
    expect(page.locator(".course-title")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Keep calm.")


@pytest.mark.parametrize("leave", [None, QuickExit(None)])
def test_the_header_leaves_most_of_a_small_screen_to_the_page(
    lms: Lms, launch, serve, page: Page, leave: QuickExit | None
) -> None:
    page.set_viewport_size({"width": 320, "height": 568})
    learner = launch(lms(fields={"quick_exit": leave}))
    learner.told("Saved")
    learner.go("Second")
    bottom = "document.querySelector('.bar').getBoundingClientRect().bottom"
    assert learner.frame.evaluate(bottom) <= 568 * HEADER
    page.goto(learner.frame.url)
    learner = Learner(page, page.main_frame).started()
    learner.told("No learning system found: nothing is recorded")
    assert page.evaluate(bottom) <= 568 * HEADER


@pytest.mark.parametrize("width", [320, 650, 1280])
@pytest.mark.parametrize("size", ["100%", "200%"])
def test_nothing_in_the_header_covers_anything_else(
    sco: Sco, serve, page: Page, width: int, size: str
) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(serve(sco(fields={"quick_exit": QuickExit(None)})) + "/index.html")
    Learner(page, page.main_frame).started()
    page.locator("#exit-button").evaluate("it => (it.hidden = false)")
    page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
    covered = page.evaluate(
        """() => {
          const boxes = [...document.querySelectorAll(
            ".leave-link, .bar > :not(:empty, .leave, .progress-bar)")]
            .filter((it) => it.checkVisibility())
            .flatMap((it) => {
              const range = document.createRange();
              range.selectNodeContents(it);
              const words = it.matches("p:not(.brand)") ? range : it;
              return [...words.getClientRects()].map((box) => [it.id || it.className, box]);
            });
          return boxes.flatMap(([one, a], at) => boxes.slice(at + 1)
            .filter(([other, b]) => one !== other
              && a.right > b.left + 1 && b.right > a.left + 1
              && a.bottom > b.top + 1 && b.bottom > a.top + 1)
            .map(([other]) => `${one} and ${other}`));
        }"""
    )
    assert covered == []
