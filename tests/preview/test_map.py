"""The Map tab: the scenes and choices of a scenario, right ones and wrong ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.preview.desk import Author, author

STORY = """---
title: A call
kind: scenario
---
## The call {#call}

- [Promise it](#promise){a .poor}
- [Explain](#explain){b .good} Silence.

## You promise {#promise}

- [Wait](#promise){a .fair}
- [Explain](#explain){b .good}

## You explain {#explain}

::: ending good
She was helped.
:::
"""


@pytest.fixture
def writing(tmp_path: Path) -> Iterator[Author]:
    with author(tmp_path) as found:
        yield found


def test_the_map_shows_each_scene_and_its_problems(
    writing: Author, context: BrowserContext
) -> None:
    desk = writing.open(context)
    # A course without scenarios has no map: the keyboard leads past the hidden tab.
    expect(desk.page.get_by_role("tab", name="Numbers")).to_be_visible()
    expect(desk.page.get_by_role("tab", name="Map")).to_be_hidden()
    desk.page.get_by_role("tab", name="Numbers").click()
    desk.page.keyboard.press("ArrowRight")
    expect(desk.page.get_by_role("tab", name="Calls")).to_be_focused()

    writing.write("pages/story.md", STORY)
    with desk.opened_again():
        writing.change("course.yaml", "  - checklist.md", "  - checklist.md\n  - story.md")
    desk.page.get_by_role("tab", name="Map").click()
    panel = desk.page.get_by_role("tabpanel", name="Map")
    expect(panel.get_by_role("heading", name="A call")).to_be_visible()
    expect(panel).to_contain_text("3 scenes; 2 paths to an ending, of 2 to 3 scenes")
    expect(panel.locator("ol > li")).to_have_text(
        [
            "The call #calla, poor: to 2b, good: to 3Open pages/story.md:5:1",
            "You promise #promisea, fair: to 2b, good: to 3Open pages/story.md:10:1",
            "You explain #explain – good endingOpen pages/story.md:15:1",
        ]
    )
    opener = panel.get_by_role("link", name="Open pages/story.md:10:1")
    opener.evaluate(
        "it => it.addEventListener('click', (event) => {"
        " event.preventDefault(); window.opened = it.href; })"
    )
    panel.locator('[data-scene="promise"]').click()
    assert desk.page.evaluate("window.opened") == opener.get_attribute("href")

    # The map stays while the course has errors.
    writing.change("pages/story.md", "- [Promise it](#promise){a .poor}\n", "")
    expect(panel).to_contain_text("You promise #promise – cannot be reached")
    expect(desk.page.locator("#problems-button")).to_contain_text("1 error")
    writing.change(
        "pages/story.md", "- [Explain](#explain){b .good} Silence.", "- [No](#no){b .poor}"
    )
    expect(panel).to_contain_text("b, poor: to “no”, which is missing")
