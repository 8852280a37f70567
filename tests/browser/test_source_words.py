"""Every line of the course's source is text that a trainee can see, on its page, in its order."""

import json
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

from playwright.sync_api import Page

from tests.course.words import UNREADABLE, lines

BY_PAGE = [
    (name, [" ".join(line.text.split()) for line in found])
    for name, found in groupby(lines(), key=lambda line: line.page)
    if name != "cover"
]


def test_the_page_says_what_the_source_says_in_its_order(
    page: Page, serve: Callable[[Path], str], unpacked: Path
) -> None:
    page.goto(f"{serve(unpacked)}/index.html#/{BY_PAGE[0][0]}")
    for name, expected in BY_PAGE:
        page.evaluate("name => (location.hash = `#/${name}`)", name)
        text, place = visible(page, name), 0
        for line in expected:
            assert line in text[place:], f"{name}: not seen, or not in this place: {line}"
            place = text.index(line, place) + len(line)


def visible(page: Page, name: str) -> str:
    """The text of a page that can be seen, white space folded."""
    page.locator(f"article[data-page={name}] h1").wait_for()
    # A preview that is folded opens with one press.
    for folded in page.locator("main details:not([open]) > summary").all():
        folded.click()
    return " ".join(page.locator("main").inner_text().split())


def test_the_pages_stand_in_the_order_of_the_source(unpacked: Path) -> None:
    outline = json.loads((unpacked / "course.json").read_text("utf-8"))
    order = [page["id"] for page in outline["pages"]]
    pages = [name for name, _ in BY_PAGE]
    assert pages == [name for name in order if name in pages]


def test_the_unreadable_line_is_left_out(unpacked: Path) -> None:
    for file in unpacked.rglob("*"):
        if file.is_file():
            assert UNREADABLE.encode() not in file.read_bytes()
