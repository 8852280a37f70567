"""Open remarks of reviewers as the author's window shows them, beside their page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from builder.diagnostics import Position
from builder.model import Page, Remark
from builder.preview import problems

Json = dict[str, Any]


def listed(
    course: Path, remarks: Iterable[tuple[Remark, Position]], pages: Iterable[Page]
) -> Iterator[Json]:
    """The remarks that are open, in the order of their places. ``pages`` are those on view."""
    by_path = {page.path: page.id for page in pages}
    asked = {question.id: page.id for page in pages for question in page.questions()}
    for one, at in sorted(remarks, key=lambda pair: (pair[1], pair[0].id)):
        if one.state == "open":
            name = one.part.partition(":")[2].partition("/")[0]
            question = asked.get(name, "") if one.part.startswith("q:") else ""
            yield {
                "id": one.id,
                "kind": one.kind,
                "author": one.author,
                "about": one.about,
                "added": one.added,
                "text": one.text,
                "page": question or by_path.get(at.path, ""),
                "place": problems.place(course, at),
            }
