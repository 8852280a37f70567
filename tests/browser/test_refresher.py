"""What is new in a refresher, on its cover and its pages, as trainees see and hear it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.a11y.run import Report
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


def to(page: Page, name: str, title: str) -> None:
    """Go to a page by its address."""
    page.evaluate(f"location.hash = '#/{name}'")
    expect(page.locator("main h1")).to_have_text(title)


def test_news_is_on_the_cover_pages_and_paper_in_words(page: Page, address: str) -> None:
    page.goto(address)
    section = page.locator(".cover-news")
    expect(section.get_by_role("heading")).to_have_text("What is new since March 2026")
    assert section.get_by_role("listitem").all_inner_texts() == ["Bells\nChanged", "Foam\nNew"]
    section.get_by_role("link", name="Bells").click()
    expect(page.locator("main h1")).to_have_text("Bells")
    note, labels = page.locator(".news-note"), page.locator(".news-label")
    expect(note).to_have_text("This page has changed. New and changed text is marked.")
    # Marks are words and stand before what is new.
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
    # Also without colours, and on paper.
    page.emulate_media(forced_colors="active")
    expect(labels.first).to_be_visible()
    expect(labels.first).to_have_css("border-top-width", "1px")
    page.emulate_media(media="print", forced_colors="none")
    expect(labels.first).to_be_visible()
    expect(note).to_be_visible()
    # A new page says so once; one without news has no marks.
    page.emulate_media(media="screen")
    to(page, "foam", "Foam")
    expect(note).to_have_text("This page is new.")
    expect(labels).to_have_count(0)
    to(page, "tools", "Tools")
    expect(page.locator(".news-note, .news-label, [data-news]")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_cover_and_pages_pass_the_checks_of_courses(
    address: str, new_context: Callable[..., BrowserContext], scheme: str
) -> None:
    # What asks puts styles of its own into the page.
    page = new_context(bypass_csp=True, color_scheme=scheme).new_page()
    page.goto(address)
    expect(page.locator("#begin")).to_be_visible()
    tab = Tab(page, "window", scheme)
    # What is the same in the dark is looked at in the light.
    report = Report(check for check in CHECKS if check.again != scheme)
    memory = Memory()
    for name, title in (("", ""), ("bells", "Bells"), ("foam", "Foam")):
        if name:
            to(page, name, title)
        place = Place("refresher", name or "cover", "", "window", scheme)
        report.look(View(tab, place, memory, ""))
    assert report.findings == [], "\n".join(report.findings)
