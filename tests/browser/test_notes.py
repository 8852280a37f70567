"""Footnotes as a trainee meets them: there and back by keyboard, found, and on paper."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect


def test_footnote_links_both_ways_and_is_printed(
    page: Page, serve: Callable[[Path], str], showcase: Path
) -> None:
    page.goto(f"{serve(showcase)}/index.html#/text")
    note = page.locator("#n-1")
    number = page.get_by_role("link", name="Note 1", exact=True)
    number.focus()
    page.keyboard.press("Enter")
    expect(note).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Note 2", exact=True)).to_be_focused()
    page.get_by_role("link", name="Back to note 1 in the text").press("Enter")
    expect(number).to_be_focused()

    page.goto(f"{page.url.partition('#')[0]}#/welcome")
    expect(page.locator("h1")).to_be_focused()
    page.get_by_role("button", name="Search").press("Enter")
    page.locator("#search-words").fill("deep as it goes")
    result = page.locator("#search li")
    expect(result).to_have_text(
        "TextWith a finger, as deep as it goes. Cactuses are another matter."
    )
    result.get_by_role("link").press("Enter")
    expect(note).to_be_focused()

    page.emulate_media(media="print")
    told = " ".join(page.locator("main").inner_text().split())
    assert "Feel the soil1." in told
    assert told.count("https://www.example.org/plants") == 1
    assert told.endswith("They store water for weeks.")
    expect(note.get_by_role("link", name="Back to note 1 in the text")).to_be_hidden()
