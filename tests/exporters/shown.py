"""Every text that trainees meet, as the package has it: to be looked for in other documents."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import html

from builder.artifacts import LAUNCH, OUTLINE
from builder.model import Course
from builder.plan import plan
from builder.render import render

_INTERFACE = (
    *("new-tab", "unseen", "term-back", "actions", "count", "date", "hint", "terms", "sheet"),
    "file-facts",
)
"""Classes of what the interface says of itself, of what moves, and of what stands elsewhere."""
_WAYS = (
    "//*[contains(@class, 'read-again')]/summary | //p[@class='read-again']"
    " | //div[@class='passage']/p[last()] | //a[@role='doc-backlink']"
    " | //p[@class='reading']/strong"
)
"""What only leads from one page of a course to another."""
_TAGS = ("button", "select", "input", "textarea", "svg", "script")
_BLANKS = re.compile(r"\s+|…")


def texts(course: Course) -> Iterator[str]:
    """The texts of every page and of every question with all that is said to its answers, and those
    of the outline."""
    for member in render(plan(course)):
        if member.name == LAUNCH:
            yield from _html(re.findall(r"<main.*?</main>", member.read().decode(), re.S)[0])
        elif member.name == OUTLINE:
            yield from _outline(json.loads(member.read()))
        elif member.name.startswith("pages/"):
            yield from _page(json.loads(member.read().decode().split(",", 2)[2].strip()[:-2]))


def _page(page: dict[str, Any]) -> Iterator[str]:
    yield from _html(page["html"])
    for form in page["forms"].values():
        yield from _html(form)
    for question in page["questions"].values():
        for part in (*question["options"], *question["items"]):
            yield from _html(part["feedback"] or "")
        for said in (*question["feedback"].values(), question["explanation"], question["because"]):
            yield from _html(said or "")


def _outline(outline: dict[str, Any]) -> Iterator[str]:
    yield outline["title"]
    yield from (module["title"] for module in outline["modules"] if module["title"])
    yield from (page["title"] for page in outline["pages"])
    for question in outline["questions"]:
        # Screen readers are told of a blank in words.
        yield from question["prompt"].split("…")


def _html(text: str) -> Iterator[str]:
    if not text.strip():
        return
    root = html.fragment_fromstring(text, create_parent="div")
    for element in root.xpath(_WAYS):
        element.clear(keep_tail=True)
    for element in list(root.iter()):
        classes = set((element.get("class") or "").split())
        if element.tag in _TAGS or classes & set(_INTERFACE):
            element.clear(keep_tail=True)
    for element in root.iter():
        yield from (one for one in (element.text, element.tail) if one and one.strip())
        if element.get("alt"):
            yield element.get("alt")


def squeezed(text: str) -> str:
    """A text for comparison: without its spaces."""
    return _BLANKS.sub("", text)
