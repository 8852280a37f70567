"""Forced colours: the edge of a button stands off its words, or is not to be seen."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

# Buttons with a visible edge less than four pixels beside their words.
TIGHT = """() => [...document.querySelectorAll("button")].filter((it) => it.checkVisibility())
  .filter((it) => {
    const style = getComputedStyle(it);
    const edged = parseFloat(style.borderInlineStartWidth) > 0
      && style.borderInlineStartColor !== getComputedStyle(document.body).backgroundColor;
    return edged && it.clientWidth > 44 && parseFloat(style.paddingInlineStart) < 4;
  }).map((it) => it.textContent.trim())"""

# The edge of the notice that offers to resume, which the cover has within its own edge.
RESUME_EDGE = """() => Object.fromEntries(["page", "cover"].map((where) => {
  const notice = document.createElement("div");
  notice.className = "resume";
  document.querySelector(where === "cover" ? ".cover" : "body").append(notice);
  return [`on the ${where}`, getComputedStyle(notice).borderTopWidth];
}))"""


def test_edges_of_buttons_stand_off_their_words(
    page: Page, serve: Callable[[Path], str], showcase: Path
) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{serve(showcase)}/index.html")
    page.wait_for_function("() => window.scormBuilder?.again")
    page.locator("#about-button").wait_for()
    for view in ("look-closer", "pests", "tabs", "sequencing", "scenario"):
        page.evaluate(f"location.hash = '#/{view}'")
        page.locator(f"article[data-page={view}] h1").wait_for()
        page.wait_for_function("() => window.scormBuilder?.again")
        assert (view, page.evaluate(TIGHT)) == (view, [])


def test_words_on_the_cover_have_no_edge_of_their_own(
    page: Page, serve: Callable[[Path], str], showcase: Path
) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{serve(showcase)}/index.html")
    page.wait_for_function("() => window.scormBuilder?.again")
    page.locator("#about-button").wait_for()
    edge = page.evaluate(RESUME_EDGE)
    assert edge == {"on the page": "1px", "on the cover": "0px"}
