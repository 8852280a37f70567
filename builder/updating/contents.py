"""Reads what a package shows: the outline, the HTML of its pages, and the day of its review.

``course.json`` has only digests of the pages, so texts are compared by the HTML.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from html.parser import HTMLParser
from pathlib import Path

from builder.base.printing import safe
from builder.diagnostics.diagnostic import Diagnostic
from builder.package.artifacts import LAUNCH, OUTLINE, Member
from builder.package.outline import Outline, UnreadableError, parse
from builder.updating.packages import outline_among, read_from

_PAGE = re.compile(r'scormBuilder\.add\("page","([^"]+)",')
_VISIT = 'scormBuilder.add("visit","",'
_FIRST = re.compile(r'<article class="page" data-page="([^"]+)">(.*?)</article>\s*</main>', re.S)
_REVIEWED = 4
"""The position of the day of the review in the list of facts of the view “About this course”
(``templates/about.html.j2``)."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Contents:
    """What a package shows. ``pages`` are the HTML of its pages in its source language, by page id.
    ``reviewed_on`` is the day of its review, ``None`` if the package does not show it."""

    outline: Outline
    pages: Mapping[str, str]
    reviewed_on: date | None = None


def read_contents(path: Path) -> tuple[Contents | None, tuple[Diagnostic, ...]]:
    """Read what the package at ``path`` shows, or report why that is not possible.

    Safe for any file: extracts nothing, and reads no file of more than 32 MiB. Never raises; the
    position of a problem is the name of the file.
    """
    return read_from(path, lambda archive: _contents(archive.files, archive.read))


def contents_among(files: Sequence[Member]) -> Contents:
    """What a package shows in its source language, from its files, before it is written."""
    return Contents(outline_among(files), pages_in(files, ""))


def pages_in(files: Sequence[Member], tag: str) -> Mapping[str, str]:
    """The HTML of the pages of a package that is not written yet, by page id, in the language
    ``tag``, or in its source language if that is empty."""
    mark = f"@{tag}" if tag else ""
    texts = (_pages_of(file.name, file.read) for file in files)
    return {
        name.removesuffix(mark): html
        for pages in texts
        for name, html in pages
        if name.partition("@")[2] == tag
    }


def _contents(names: Iterable[str], read: Callable[[str], bytes]) -> Contents:
    outline = parse(read(OUTLINE))
    pages: dict[str, str] = {}
    reviewed_on = None
    for name in names:
        pages |= dict(_pages_of(name, partial(read, name)))
        if name.startswith("assets/") and name.endswith(".js") and "visit" in name:
            reviewed_on = reviewed_on or _reviewed_on(_text(read(name)), outline)
    missing = [page.id for page in outline.pages if page.id not in pages]
    if missing:
        raise UnreadableError(f"it has no text of the page “{safe(missing[0])}”")
    return Contents(outline, pages, reviewed_on)


def _pages_of(name: str, read: Callable[[], bytes]) -> Iterator[tuple[str, str]]:
    """Yield the pages in the file ``name``: their HTML, each after its id with its language."""
    if name == LAUNCH:
        yield from _FIRST.findall(_text(read()))
    elif name.startswith("pages/") and name.endswith(".js"):
        yield from _pages(_text(read()))


def _text(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise UnreadableError("one of its pages is not UTF-8") from error


def _pages(script: str) -> Iterator[tuple[str, str]]:
    for found in _PAGE.finditer(script):
        data = _data(script, found.end())
        html = data.get("html")
        if isinstance(html, str):
            yield found[1], html


def _data(script: str, start: int) -> Mapping[str, object]:
    """The JSON object at ``start``; empty if there is none."""
    try:
        value, _ = json.JSONDecoder().raw_decode(script, start)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _reviewed_on(script: str, outline: Outline) -> date | None:
    start = script.find(_VISIT)
    about = _data(script, start + len(_VISIT)).get("about") if start >= 0 else None
    facts = _Facts()
    facts.feed(about if isinstance(about, str) else "")
    if len(facts.found) <= _REVIEWED or not facts.found[1].startswith(outline.version):
        return None
    day = _DAY.fullmatch(facts.found[_REVIEWED].strip())
    try:
        return date.fromisoformat(day[0]) if day else None
    except ValueError:
        return None


class _Facts(HTMLParser):
    """Collects the text of each ``dd`` element."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "dd":
            self.found.append("")
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "dd"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found[-1] += data
