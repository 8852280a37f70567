"""The page of people in Chromium: its table fits screen and paper, and cuts no word."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from playwright.sync_api import BrowserContext

from builder.results.evidence import pages

HEADINGS = ("Name", "Email address", "ID number", *pages.COLUMNS, pages.SHOWN_COLUMN)
ROW = (
    *("Alexandra Brook-Fitzgerald", "alexandra.brook-fitzgerald@leeds-care.example.org"),
    *("00481516", "1", "Sunday, 29 November 2026, 10:57 AM", "Sunday, 29 November 2026, 11:09 AM"),
    *("1.0.0 7KQ2-M9XR", "1.1.0 8LQ2-M9XR", "1.1.0 8LQ2-M9XR"),
    *("passed; the version was not reported", "2026-11-29", "89.47", "filled in", "2027-11-29"),
    "Doors: “Locks”, “Keys”",
)
CUT = r"""() => {
  const cut = [];
  const range = document.createRange();
  const texts = document.createTreeWalker(document.querySelector("table"), NodeFilter.SHOW_TEXT);
  while (texts.nextNode())
    for (const { 0: word, index } of texts.currentNode.data.matchAll(/\p{L}+|\d+/gu)) {
      range.setStart(texts.currentNode, index);
      range.setEnd(texts.currentNode, index + word.length);
      if (new Set([...range.getClientRects()].map(({ top }) => top)).size > 1) cut.push(word);
    }
  return cut;
}"""
"""The words of the table that are on two lines."""


@pytest.mark.parametrize(
    ("media", "size"),
    [("screen", (1280, 720)), ("print", (1047, 718))],
    ids=["a laptop", "A4 paper across"],
)
def test_the_table_of_people_fits_its_page(
    media: str, size: Sequence[int], context: BrowserContext
) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(media="print" if media == "print" else "screen")
    page.set_content(pages.people("Fire safety", HEADINGS, [ROW] * 3, "One row each."))
    table = page.locator(".scroll").evaluate("it => [it.scrollWidth, it.clientWidth]")
    assert table[0] <= table[1]
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert page.evaluate(CUT) == []


def test_people_are_printed_across_the_paper(context: BrowserContext) -> None:
    page = context.new_page()
    page.set_content(pages.people("Fire safety", HEADINGS, [ROW] * 12, "One row each."))
    assert b"/MediaBox [0 0 841.9" in page.pdf(prefer_css_page_size=True)
