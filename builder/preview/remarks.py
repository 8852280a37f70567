"""Formats open remarks of reviewers for the author's window."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from builder.course.model import Page, Remark
from builder.diagnostics.diagnostic import Position
from builder.preview import problems

Json = dict[str, Any]


def listed(
    course: Path, remarks: Iterable[tuple[Remark, Position]], pages: Iterable[Page]
) -> Iterator[Json]:
    """The open remarks in the order of their positions; ``pages`` are the pages shown."""
    pages_by_part: dict[str, list[str]] = {}
    for page in pages:
        pages_by_part.setdefault(page.path, []).append(page.id)
        for question in page.questions():
            pages_by_part.setdefault(f"q:{question.id}", []).append(page.id)
    for remark, at in sorted(remarks, key=lambda pair: (pair[1], pair[0].id)):
        if remark.state == "open":
            part = remark.part.partition("/")[0]
            yield {
                "id": remark.id,
                "kind": remark.kind,
                "author": remark.author,
                "about": remark.about,
                "added": remark.added,
                "text": remark.text,
                "pages": pages_by_part.get(part) or pages_by_part.get(at.path, []),
                "place": problems.place(course, at),
            }
