"""The blocks of a page, where they do more than stand there."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Sco
from tests.courses import page as make_page

Show = Callable[[str], None]


@pytest.fixture
def show(page: Page, sco: Sco, serve: Callable[[Path], str]) -> Show:
    """Open a page with these blocks; one before it leads to its heading “deep”."""

    def open_page(body: str) -> None:
        first = make_page("first", "See [the depth](second.md#deep).")
        page.goto(f"{serve(sco(first, make_page('second', body)))}/index.html")
        page.get_by_role("button", name="Next: Second").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Second")

    return open_page


REVEAL = "::: reveal Why?\nBecause.\n\n## Deep {#deep}\n\nDown here.\n:::"


def test_what_is_revealed_opens_by_keyboard_by_a_link_into_it_and_on_paper(
    page: Page, show: Show
) -> None:
    show(REVEAL)
    text = page.get_by_text("Because.")
    expect(text).to_be_hidden()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(text).to_be_visible()
    page.keyboard.press("Enter")
    expect(text).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(text).to_be_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(text).to_be_hidden()
    page.get_by_role("button", name="Previous: First").click()
    page.get_by_role("link", name="the depth").click()
    expect(page.get_by_role("heading", name="Deep")).to_be_focused()
    expect(text).to_be_visible()
