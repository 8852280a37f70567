"""A scenario in the review document: every word can be changed there, and its map is complete."""

from datetime import date
from pathlib import Path

from builder.course.load import load
from builder.course.validate import validate
from builder.exporting.review import html
from builder.exporting.review.composing import Reviewed, compose
from builder.exporting.review.source_texts import SourceTexts
from builder.exporting.review.tree import Document, lines
from tests.validate.courses import changed

STORY = """---
title: A call
kind: scenario
---
## The *call* {#call}

- [Promise it](#promise){a .poor} You **cannot**.
- [Explain](#explain){b .good}

  Silence.

## You promise {#promise}

- [Go back](#call){a .fair}

## You explain {#explain}

::: ending good
She was helped.
:::
"""


def composed(folder: Path) -> tuple[Document, SourceTexts, str]:
    made = changed(folder, ("course.yaml", "  - checklist.md", "  - checklist.md\n  - story.md"))
    (made / "pages/story.md").write_text(STORY, "utf-8")
    sources, _ = load(made)
    assert sources
    course = validate(sources, date(2026, 1, 31)).course
    assert course
    document = compose(Reviewed(course, sources, ()))
    return document, SourceTexts(made, sources), html.page(document, course)


def test_reviewer_can_change_every_word_of_a_scenario(tmp_path: Path) -> None:
    document, texts, _ = composed(tmp_path / "a")
    found = {}
    for line in lines(document.nodes):
        for run in line.runs:
            if run.spot and run.spot.origin.name == "pages/story.md":
                start = run.spot.start
                edits = texts.edits(run.spot.origin, start, start + len(run.text.strip()), "NEW")
                assert edits, run.text
                text = texts.text("pages/story.md")
                found[run.text] = text[edits[0].start : edits[0].end]
    assert found == {
        one: one.strip()
        for one in (
            *("A call", "The ", "call", "Promise it", "You ", "cannot", ".", "Explain"),
            *("Silence.", "You promise", "Go back", "You explain", "She was helped."),
        )
    }


def test_the_map_is_drawn_and_listed(tmp_path: Path) -> None:
    document, _, page = composed(tmp_path / "a")
    at = next(
        index
        for index, node in enumerate(document.nodes)
        if getattr(node, "text", "") == "Map of the scenes"
    )
    proof, drawing, listing = document.nodes[at + 1 : at + 4]
    assert [one.text for one in lines([proof])] == [
        "Scenes: 3. Ways from the start to an ending: 1, each through 2 to 2 scenes. Every scene "
        "can be reached, and every way ends."
    ]
    assert type(drawing).__name__ == "Drawing"
    assert [one.text for one in lines([listing])] == [
        *("1. The call", "a → 2. You promise", "b → 3. You explain"),
        *("2. You promise", "a → 1. The call", "3. You explain – Good ending"),
    ]
    assert page.count("<svg") == 1
    assert 'href="#p:story/scene-explain"' in page
    assert 'id="p:story/scene-explain"' in page
