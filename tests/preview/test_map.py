"""The Map tab: the scenes and choices of a scenario, right ones and wrong ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
            "The call #calla, poor: “Promise it” leads to 2b, good: “Explain” leads to 3"
            "Open pages/story.md:5:1",
            "You promise #promisea, fair: “Wait” leads to 2b, good: “Explain” leads to 3"
            "Open pages/story.md:10:1",
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
    expect(panel).to_contain_text("b, poor: “No” leads to “no”, which is missing")


def test_a_wide_map_scrolls_and_stays_readable(
    tmp_path: Path, new_context: Callable[..., BrowserContext]
) -> None:
    """Six scenes side by side are three times as wide as the panel."""
    ends = range(1, 7)
    choices = "".join(f"- [Way {at}](#end-{at}){{{at} .good}}\n" for at in ends)
    scenes = "".join(f"\n## End {at} {{#end-{at}}}\n\n::: ending good\nDone.\n:::\n" for at in ends)
    head = "---\ntitle: A call\nkind: scenario\n---\n## The call {#call}\n\n"
    with author(tmp_path) as writing:
        writing.write("pages/story.md", head + choices + scenes)
        writing.change("course.yaml", "  - checklist.md", "  - checklist.md\n  - story.md")
        desk = writing.open(new_context(viewport={"width": 1440, "height": 900}))
        panel = desk.part("Map")
        text = panel.locator("svg text").first
        # Of a letter of 13 pixels, a line is higher.
        assert (text.bounding_box() or {"height": 0})["height"] >= 13
        # The start, in the middle, is on view; so are both ends once the author scrolls.
        drawing = panel.get_by_role("group", name="Drawing")
        expect(panel.locator('[data-scene="call"]')).to_be_in_viewport(ratio=1)
        for place, scene in (("0", "end-1"), ("it.scrollWidth", "end-6")):
            drawing.evaluate(f"it => it.scrollLeft = {place}")
            expect(panel.locator(f'[data-scene="{scene}"]')).to_be_in_viewport(ratio=1)
