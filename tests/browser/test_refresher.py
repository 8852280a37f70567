"""What is new in a refresher, on its cover and its pages, as trainees see and hear it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.a11y.table import CHECKS
from tests.a11y.view import Memory, Place, Tab, View
from tests.support.packages import built, unpack
from tests.support.sharing import once
from tests.updating.refreshed_course import version, write_course

HEAD = "title: Bells\nminutes: 5\n---\n"
OLD = f"""{HEAD}A long bell means a fire.

1. Stop your work at once.
2. Leave by the next exit.

| Bell | What to do |
| --- | --- |
| long | leave |
| short | nothing |

::: reveal Who is in charge?
The caretaker.
:::

::: check bell
"""
NEW = (
    OLD.replace("| short | nothing |", "| short | nothing at all |\n| none | call for help |")
    .replace("2. Leave by", "2. Close the windows.\n3. Leave by")
    .replace(
        "The caretaker.", "The caretaker on duty.\n\n## At night\n\nThe guard.\n\nNobody else."
    )
)
FOAM = "title: Foam\n---\nFoam smothers a fire.\n"


@pytest.fixture(scope="module")
def refresher(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A refresher, unpacked."""

    def make(folder: Path) -> None:
        old = built(write_course(folder / "old", bells=OLD), folder / "old-package")
        course = version("2.0.0").replace("tools.md]", "tools.md, foam.md]")
        new = write_course(folder / "new", course=course, bells=NEW, foam=FOAM)
        package = built(new, folder / "package", "--refresher", "--since", str(old))
        unpack(package, folder / "unpacked")

    return once(tmp_path_factory, "refresher", make) / "unpacked"


@pytest.fixture
def address(refresher: Path, serve: Callable[[Path], str]) -> str:
    return f"{serve(refresher)}/index.html"


def open_page(page: Page, address: str, name: str, title: str) -> None:
    page.goto(address)
    expect(page.locator("#begin")).to_be_visible()
    page.evaluate(f"location.hash = '#/{name}'")
    expect(page.locator("main h1")).to_have_text(title)


def test_the_cover_leads_to_each_page_with_news(page: Page, address: str) -> None:
    page.goto(address)
    section = page.locator(".cover-news")
    expect(section.get_by_role("heading")).to_have_text("What is new since March 2026")
    assert section.get_by_role("listitem").all_inner_texts() == ["Bells\nChanged", "Foam\nNew"]
    section.get_by_role("link", name="Bells").click()
    expect(page.locator("main h1")).to_have_text("Bells")
    expect(page.locator(".news-note")).to_have_text(
        "This page has changed. New and changed text is marked."
    )


def test_marks_are_words_and_stand_before_what_is_new(page: Page, address: str) -> None:
    open_page(page, address, "bells", "Bells")
    marked = page.locator("main :has(> .news-label, > .unseen)")
    texts = [" ".join((text or "").split()) for text in marked.all_text_contents()]
    assert [text for text in texts if text.startswith(("New", "Changed"))] == [
        "New Close the windows.",
        "Changed nothing at all",
        "New none",
        "New: call for help",
        "Changed The caretaker on duty.",
        "New At night",
        "New: The guard.",
        "New: Nobody else.",
    ]
    # What is new can be seen without opening anything.
    expect(page.get_by_text("The caretaker on duty.")).to_be_visible()
    expect(page.get_by_text("Close the windows.")).to_be_visible()


def test_a_new_page_says_so_once(page: Page, address: str) -> None:
    open_page(page, address, "foam", "Foam")
    expect(page.locator(".news-note")).to_have_text("This page is new.")
    expect(page.locator(".news-label")).to_have_count(0)


def test_a_page_without_news_has_no_marks(page: Page, address: str) -> None:
    open_page(page, address, "tools", "Tools")
    expect(page.locator(".news-note, .news-label, [data-news]")).to_have_count(0)


def test_a_mark_without_colours_is_still_seen(page: Page, address: str) -> None:
    page.emulate_media(forced_colors="active")
    open_page(page, address, "bells", "Bells")
    label = page.locator(".news-label").first
    expect(label).to_be_visible()
    assert label.evaluate("(one) => getComputedStyle(one).borderTopWidth") == "1px"


def test_marks_are_printed(page: Page, address: str) -> None:
    open_page(page, address, "bells", "Bells")
    page.emulate_media(media="print")
    expect(page.locator(".news-label").first).to_be_visible()
    expect(page.locator(".news-note")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_cover_and_pages_pass_the_checks_of_courses(
    address: str, new_context: Callable[..., BrowserContext], scheme: str
) -> None:
    # What asks puts styles of its own into the page.
    page = new_context(bypass_csp=True, color_scheme=scheme).new_page()
    page.goto(address)
    tab = Tab(page, "window", scheme)
    findings = []
    for name, title in (("", ""), ("bells", "Bells"), ("foam", "Foam")):
        if name:
            open_page(page, address, name, title)
        view = View(tab, Place("refresher", name or "cover", "", "window", scheme), Memory(), "")
        for check in CHECKS:
            if check.needs == "view" and check.fits(view):
                findings += [f"{name} {check.number} {one}" for one in check.look(view)]
        tab.restore()
    assert findings == [], "\n".join(findings)
