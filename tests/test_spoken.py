"""What a screen reader gets of each component of the showcase, as golden files.

``tests/golden/aria/COMPONENT.yaml`` holds the accessibility snapshots of its states, one after
another, as Playwright writes them (facts/accessibility.md, check 30). Addresses are left out:
nobody hears them. ``pytest tests/test_spoken.py --regenerate`` writes the files: read the diff
aloud."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page

from builder.course.directives import BLOCKS
from builder.course.questions import TYPES
from tests.lms.scorm_again import scorm_again
from tools.scenes import SCENES, Course, Visit, visiting
from tools.walks import test_outs as take_test_outs

GOLDEN = Path(__file__).parent / "golden" / "aria"
TRAINEES = (SCENES, [take_test_outs])
"""What each trainee meets: the second one has read nothing and takes the test-outs."""
TODAY = "2026-11-25T12:00:00"

# What is drawn and shuffled for a trainee depends on a random id.
SAME_ORDER = "crypto.getRandomValues = (bytes) => bytes.fill(7)"

# Of what is shot as a whole window, the part that a component is.
PARTS = {
    "contents": "#contents",
    "search": "#search",
    "notices": "#notices",
    "resume": ".resume",
    "exit": "body",
    "exit this page": "body",
    "about this course": "body",
    "help and contacts": "main",
    "your result": "main",
    "page welcome": "body",
    "page true-or-false": "main",
    "page text": "main",
    "page repotting-day": "main",
    "page help": "main",
}
"""Of the pages: the first, one with a question, one of mere Markdown, a locked one, help. What the
others hold is taken block by block, question by question."""

# Every question has its own files, and each would repeat the rest of its page.
TAKEN = [name for name in BLOCKS if name not in ("check", "ending", "to-come")]
"""The blocks that are heard by themselves; an ending is heard in its scenario."""

CHILDLESS = re.compile(r":\n( +)- /url: [^\n]*(?=\n(?!\1- )|\Z)")
ADDRESS = re.compile(r"\n +- /url: [^\n]*")
DIGEST = re.compile(r"\b[0-9a-f]{16}(?:[0-9a-f]{48})?\b")
VERSION = re.compile(r"(?<=scorm-builder )\d\S*")
LETTERS = re.compile(r"x{9,}")


def heard(part: Locator) -> str:
    """The snapshot of a part, without what nobody hears and what each build has anew."""
    snapshot = ADDRESS.sub("", CHILDLESS.sub("", part.aria_snapshot()))
    for pattern, word in ((DIGEST, "DIGEST"), (VERSION, "VERSION"), (LETTERS, "xxx")):
        snapshot = pattern.sub(word, snapshot)
    return snapshot or "# (nothing)"


class Reader:
    """Hears a showcase through; ``spoken`` is its components' states, in the order of the visit."""

    def __init__(self) -> None:
        self.spoken: dict[str, dict[str, str]] = defaultdict(dict)

    def hear(self, window: Page, title: str, part: Locator | None = None) -> None:
        component, _, state = title.partition(", ")
        if component.startswith("page "):
            self.blocks(window, title.removeprefix("page "))
        if part is None and component in PARTS:
            window.locator("#save-status").filter(has_text="Saving").wait_for(state="detached")
            part = window.locator(PARTS[component])
        if part is not None:
            self.spoken[component][state or "as it comes"] = heard(part.first)

    def blocks(self, window: Page, state: str) -> None:
        for name in TAKEN:
            for number, block in enumerate(window.locator(f"main article .{name}").all(), 1):
                known = self.spoken[f"block {name}"]
                if block.is_visible() and (told := heard(block)) not in known.values():
                    known[f"{state}, {number}"] = told


def written(states: dict[str, str]) -> str:
    return "\n".join(f"# {state}\n{snapshot}\n" for state, snapshot in states.items())


def file_of(component: str) -> Path:
    return GOLDEN / f"{component.replace(' ', '-')}.yaml"


def test_what_a_screen_reader_gets(
    showcase: Path,
    new_context: Callable[..., BrowserContext],
    expected: list[str],
    request: pytest.FixtureRequest,
) -> None:
    expected.append("503")
    reader = Reader()
    context = new_context(permissions=["clipboard-write"])
    context.clock.set_fixed_time(TODAY)
    context.add_init_script(SAME_ORDER)
    for scenes in TRAINEES:
        with scorm_again(showcase) as lms:
            for scene in scenes:
                with visiting(context, lms) as window:
                    shoot = partial(reader.hear, window)
                    scene(Visit(Course.at(showcase), lms, window, shoot, ""))
    spoken = {file_of(component): written(states) for component, states in reader.spoken.items()}
    if request.config.getoption("--regenerate"):
        for path in GOLDEN.glob("*.yaml"):
            path.unlink()
        for path, text in spoken.items():
            path.write_text(text, "utf-8", newline="\n")
    golden = {path: path.read_text("utf-8") for path in GOLDEN.glob("*.yaml")}
    assert changes(golden, spoken) == []


def changes(golden: dict[Path, str], spoken: dict[Path, str]) -> list[str]:
    """The lines that differ, as in a diff."""
    return [
        line
        for path in sorted({*golden, *spoken})
        for line in difflib.unified_diff(
            golden.get(path, "").splitlines(),
            spoken.get(path, "").splitlines(),
            f"golden/{path.name}",
            path.name,
            lineterm="",
            n=1,
        )
    ]


def test_every_block_type_of_question_and_test_out_is_heard() -> None:
    names = [path.stem for path in GOLDEN.glob("*.yaml")]
    assert {name for name in TAKEN if f"block-{name}" not in names} == set()
    assert [name for name in names if name.startswith("test-out-")] == ["test-out-blocks"]
    assert {one for one in TYPES if not any(f"question-{one}-" in name for name in names)} == set()
