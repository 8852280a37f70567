"""The header of every page, and the room that it leaves."""

from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from builder.course.model import QuickExit
from tests.browser.conftest import Lms, Sco
from tests.browser.learner import NOTHING_AHEAD, Learner
from tests.browser.several_languages import write_languages
from tests.lms.scorm_again import scorm_again

HEADER = 0.25
"""The most of a small phone's height (568 px) that the header may take."""


@pytest.mark.parametrize("leave", [None, QuickExit(None)])
def test_header_leaves_most_of_small_screen_to_page(
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


def test_header_buttons_fit_in_one_row(lms: Lms, launch, page: Page) -> None:
    learner = launch(lms(fields={"quick_exit": QuickExit(None)}))
    learner.told("Saved")
    # On phones, the contents have the search.
    for width, count in ((320, 3), (390, 3), (700, 4), (1366, 4)):
        page.set_viewport_size({"width": width, "height": 568})
        expect(learner.button("Save and exit")).to_be_visible()
        in_one_row(learner, count)


def test_language_button_fits_in_header_row(tmp_path: Path, launch, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 568})
    page.add_init_script(NOTHING_AHEAD)
    folder = write_languages(tmp_path / "sco", ("ar", "pl"), quick_exit=QuickExit(None))
    with scorm_again(folder) as host:
        learner = launch(host)
        learner.press("Start")
        for tag, words in (("en", "Save and exit"), ("ar", "حفظ وخروج"), ("pl", "Zapisz i wyjdź")):
            if tag != "en":
                learner.frame.locator("#language-button").click()
                learner.frame.locator(f"#languages [lang={tag}]").click()
            expect(learner.button(words)).to_be_visible()
            in_one_row(learner, 4)
        # Nothing is being loaded when the server ends.
        page.goto("about:blank")


def in_one_row(learner: Learner, count: int) -> None:
    rows = learner.frame.evaluate(
        """() => [...document.querySelectorAll(".bar > button, .bar .leave-link")]
          .filter((it) => it.checkVisibility())
          .map((it) => it.getBoundingClientRect())
          .map(({ top, bottom }) => Math.round((top + bottom) / 2))"""
    )
    assert len(rows) == count
    assert max(rows) - min(rows) <= 1


def test_nothing_in_the_header_covers_anything_else(sco: Sco, serve, page: Page) -> None:
    page.goto(serve(sco(fields={"quick_exit": QuickExit(None)})) + "/index.html")
    Learner(page, page.main_frame).started()
    page.locator("#exit-button").evaluate("it => (it.hidden = false)")
    for width, size in product((320, 650, 1280), ("100%", "200%")):
        page.set_viewport_size({"width": width, "height": 700})
        page.evaluate("size => (document.documentElement.style.fontSize = size)", size)
        assert (width, size, covered(page)) == (width, size, [])


def covered(page: Page) -> list[str]:
    """The pairs of things in the header that overlap."""
    found: list[str] = page.evaluate(
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
    return found
