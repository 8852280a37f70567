"""Every text that trainees meet, as the package has it: to be looked for in other documents."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from lxml import etree, html

from builder.base.cache import NO_CACHE, Cache
from builder.course.model import Course
from builder.package import manifest
from builder.package.artifacts import LAUNCH, OUTLINE
from builder.package.plan import plan
from builder.package.render import render

_INTERFACE = (
    *("new-tab", "unseen", "term-back", "actions", "count", "date", "hint", "terms", "sheet"),
    *("file-facts", "printed-name", "check-title"),
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
    of the outline, all in the source language."""
    for member in render(plan(replace(course, translations=()))):
        if member.name == LAUNCH:
            yield from _html(re.findall(r"<main.*?</main>", member.read().decode(), re.S)[0])
        elif member.name == OUTLINE:
            yield from _outline(json.loads(member.read()))
        elif member.name.startswith("pages/"):
            yield from _page(_data(member.read().decode()))


def _data(script: str) -> Any:
    """The data of a page; in the file of the first page, parts of the player stand before it."""
    added = script.rstrip().rpartition("\n")[2]
    return json.loads(added.split(",", 2)[2][:-2])


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
        within = element.text or ""
        # Notes on a cover stand in one line, which other documents have as a list.
        notes = within.split(" · ") if element.get("class") == "cover-notes" else [within]
        yield from (one for one in (*notes, element.tail) if one and one.strip())
        if element.get("alt"):
            yield element.get("alt")


def everything(course: Course, cache: Cache = NO_CACHE) -> Counter[str]:
    """All that a trainee can see, hear or print of a package, and all by which the player judges
    and counts: texts, alternative texts, names for screen readers, captions, where links lead,
    numbers of lists, rules of quizzes. Of the manifest, what an LMS lists."""
    planned = plan(course)
    members = render(planned, cache)
    found: Counter[str] = Counter()
    for member in members:
        if member.name.endswith((".html", ".js")):
            found.update(_of_file(member.name.endswith(".html"), member.read().decode()))
    listing = etree.fromstring(manifest.build(planned, [member.name for member in members]))
    found.update(text for one in listing.iter("{*}title", "{*}langstring") if (text := one.text))
    return found


@lru_cache(500)
def _of_file(is_page: bool, text: str) -> tuple[str, ...]:
    if is_page:
        return tuple(_seen(text))
    return tuple(f"{kind}{leaf}" for kind, data in _chunks(text) for leaf in _leaves(data))


_CHUNK = re.compile(r"scormBuilder\.add\((\"\w+\"),\"[^\"]*\",(?=\{\")")
_TECHNICAL = frozenset(
    ("key", "src", "digest", "edition", "css", "ahead", "rest", "visit", "private", "former")
)
"""Names in the player's data of what nobody sees: keys of the state, files to load."""
_UNTOLD = frozenset(("needs", "typed", "id", "check", "style", "script"))
"""More of them: what follows from texts and rules that are there, too."""
_READ = ("alt", "title", "aria-label", "href", "label", "content", "start", "data-text", "download")
"""Attributes of HTML that are seen, heard or followed."""
_MET = re.compile("/term-")


def _chunks(script: str) -> Iterator[tuple[str, Any]]:
    for match in _CHUNK.finditer(script):
        data, _ = json.JSONDecoder().raw_decode(script, match.end())
        yield match[1], data


def _leaves(data: Any, path: str = "") -> Iterator[str]:
    if isinstance(data, dict):
        for name, value in data.items():
            if name not in _TECHNICAL | _UNTOLD:
                yield from _leaves(value, f"{path}.{name}")
    elif isinstance(data, list):
        for value in data:
            yield from _leaves(value, path)
    elif isinstance(data, str) and data.lstrip().startswith("<"):
        yield from (f"{path} {text}" for text in _seen(data))
    elif data is not None:
        yield f"{path}: {data}"


def _seen(text: str) -> Iterator[str]:
    root = html.fromstring(text)
    for element in root.iter():
        if element.tag in ("style", "script"):
            if element.get("type") == "application/json" and element.text:
                yield from _leaves(json.loads(element.text))
            continue
        if element.tag == "meta" and element.get("name") is None:
            continue
        for name in _READ:
            if element.get(name) and not (name == "href" and element.tag == "link"):
                yield f"{name}={element.get(name)}"
        if element.text and element.text.strip():
            yield f"{element.tag}: {element.text.strip()}"
    yield from (one.tail.strip() for one in root.iter() if one.tail and one.tail.strip())


def squeezed(text: str) -> str:
    """A text for comparison: without its spaces."""
    return _BLANKS.sub("", text)
