"""Formats problems, with lines of their source, and open remarks for the author's window."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from builder.course.model import Page, Remark
from builder.diagnostics.diagnostic import Diagnostic, Position, Severity
from builder.preview.editor import link

Json = dict[str, Any]

_BEFORE, _AFTER = 2, 1
"""Number of source lines shown before and after the line of the problem."""
_MAX_LINE_LENGTH = 160
"""Maximum number of characters shown of a line."""
_MAX_BYTES = 4_000_000


def list_problems(course: Path, diagnostics: Iterable[Diagnostic]) -> list[Json]:
    """All problems, errors first."""
    ordered = sorted(diagnostics, key=lambda one: (one.severity is not Severity.ERROR, one))
    found: dict[Diagnostic, list[Json]] = {}
    for path, same in groupby(sorted(ordered), key=lambda one: one.position.path):
        lines = _lines(course / path)
        found |= {one: list(_excerpt(lines, one.position)) for one in same}
    return [_problem(course, one, found[one]) for one in ordered]


def place(course: Path, position: Position) -> Json:
    """A position, with the URL that opens it in VS Code."""
    return {
        "path": position.path,
        "line": position.line,
        "column": position.column,
        "text": str(position),
        "link": link(course, position),
    }


def _problem(course: Path, one: Diagnostic, source: list[Json]) -> Json:
    return {
        "severity": str(one.severity),
        "code": one.code,
        "message": one.message,
        "hint": one.hint,
        "draft": one.draft,
        "place": place(course, one.position),
        "source": source,
    }


def _lines(file: Path) -> list[str]:
    try:
        if not file.is_file() or file.stat().st_size > _MAX_BYTES:
            return []
        return file.read_text("utf-8-sig", errors="replace").splitlines()
    except OSError:
        return []


def _excerpt(lines: list[str], position: Position) -> Iterator[Json]:
    """The lines around a position.

    ``caret`` is the number of characters before the position in the text shown; ``None`` for other
    lines. A long line is cut before the position.
    """
    if not 0 < position.line <= len(lines):
        return
    first = max(1, position.line - _BEFORE)
    last = min(len(lines), position.line + _AFTER)
    skipped = (
        max(0, position.column - _MAX_LINE_LENGTH // 2) if position.column > _MAX_LINE_LENGTH else 0
    )
    for number in range(first, last + 1):
        is_target = number == position.line
        yield {
            "number": number,
            "text": lines[number - 1][skipped : skipped + _MAX_LINE_LENGTH],
            "caret": max(0, position.column - 1 - skipped)
            if is_target and position.column
            else None,
            "meant": is_target,
        }


def list_remarks(
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
                "place": place(course, at),
            }
