"""Formats open remarks of reviewers for the author's window."""

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
    """The open remarks in the order of their positions; ``pages`` are the pages shown."""
    shown: dict[str, list[str]] = {}
    for page in pages:
        shown.setdefault(page.path, []).append(page.id)
        for question in page.questions():
            shown.setdefault(f"q:{question.id}", []).append(page.id)
    for one, at in sorted(remarks, key=lambda pair: (pair[1], pair[0].id)):
        if one.state == "open":
            part = one.part.partition("/")[0]
            yield {
                "id": one.id,
                "kind": one.kind,
                "author": one.author,
                "about": one.about,
                "added": one.added,
                "text": one.text,
                "pages": shown.get(part) or shown.get(at.path, []),
                "place": problems.place(course, at),
            }
