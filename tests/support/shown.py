"""What trainees see and hear in the showcase, scene by scene: as HTML, and as a screen reader gets
it. Made once for all processes."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page

from builder.course.directives import BLOCKS
from tests.lms.scorm_again import scorm_again
from tests.support.sharing import once
from tools.scenes import SCENES, Course, Visit, visiting
from tools.walks import test_outs as take_test_outs

# A piece of what is on view, with what trainees have chosen, and names for all that is in it.
PIECE = """() => {
  const copy = document.body.cloneNode(true);
  const real = [...document.body.querySelectorAll("input, option")];
  for (const [at, it] of [...copy.querySelectorAll("input, option")].entries()) {
    if (real[at].checked) it.setAttribute("checked", "");
    if (real[at].selected) it.setAttribute("selected", "");
  }
  for (const it of copy.querySelectorAll("script, noscript, style")) it.remove();
  const looks = (it) => [it.tagName, it.className.baseVal ?? it.className, it.id && `#${it.id}`,
    it.hidden, it.open, it.checked, it.getAttribute("aria-expanded"), it.getAttribute("role"),
    ...Object.keys(it.dataset)].join(" ");
  const names = [...copy.querySelectorAll("*")]
    .map((it) => `${looks(it.parentElement)}>${looks(it)}`);
  return { html: copy.outerHTML, page: copy.querySelector("article")?.dataset.page ?? "", names };
}"""

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

PRESENT = "names => names.filter((name) => document.querySelector(`main article .${name}`))"

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
        for name in window.evaluate(PRESENT, TAKEN):
            for number, block in enumerate(window.locator(f"main article .{name}").all(), 1):
                known = self.spoken[f"block {name}"]
                if block.is_visible() and (told := heard(block)) not in known.values():
                    known[f"{state}, {number}"] = told


class Viewer:
    """Collects what is on view as HTML, each look at least once."""

    def __init__(self) -> None:
        self.pieces: list[dict[str, Any]] = []
        self.known: set[str] = set()

    def look(self, window: Page, title: str) -> None:
        piece = window.evaluate(PIECE)
        names = set(piece.pop("names"))
        # The page of “Exit this page” has styles of its own.
        if not names <= self.known and "where it leads" not in title:
            self.known.update(names)
            self.pieces.append({"title": title, "direction": "ltr", **piece})


def shown(
    showcase: Path, new_context: Callable[..., BrowserContext], factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """What the showcase shows: ``spoken``, component → state → snapshot; ``pieces``, as ``PIECE``
    gives them, of what the first trainee sees. An LMS that is lost says 503."""
    folder = once(factory, "shown", partial(visit_all, showcase, new_context))
    found: dict[str, Any] = json.loads((folder / "shown.json").read_text("utf-8"))
    return found


def visit_all(showcase: Path, new_context: Callable[..., BrowserContext], folder: Path) -> None:
    reader, viewer = Reader(), Viewer()
    context = new_context(permissions=["clipboard-write"])
    context.clock.set_fixed_time(TODAY)
    context.add_init_script(SAME_ORDER)
    for scenes in TRAINEES:
        with scorm_again(showcase) as lms:
            for scene in scenes:
                with visiting(context, lms) as window:

                    def shoot(
                        title: str,
                        part: Locator | None = None,
                        window: Page = window,
                        seen: bool = scenes is SCENES,
                    ) -> None:
                        if seen:
                            viewer.look(window, title)
                        reader.hear(window, title, part)

                    scene(Visit(Course.at(showcase), lms, window, shoot, ""))
    told = {"spoken": reader.spoken, "pieces": viewer.pieces}
    (folder / "shown.json").write_text(json.dumps(told), "utf-8")
