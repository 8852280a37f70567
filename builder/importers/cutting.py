"""Files of a course as the units by which they are merged: paragraphs and blocks of a page, entries
of its front matter, of settings and of lists of questions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.importers.merging import Unit

_FENCE = re.compile(r"\s*(:{3,})\s*(\S*)")
_FRONT = "---"
_BODILESS = "check"
"""A block that ends on its own line."""


def lines(text: str) -> list[Unit]:
    """A text line by line."""
    return [Unit(line) for line in text.split("\n")]


def page(text: str) -> list[Unit]:
    """A page: its front matter by entries, its body by paragraphs and blocks."""
    rows = text.split("\n")
    if rows[0].strip() != _FRONT or _FRONT not in (row.rstrip() for row in rows[1:]):
        return list(_gapped(_blocks(rows)))
    end = next(at for at, row in enumerate(rows) if at and row.rstrip() == _FRONT)
    front = [Unit(part, setting=True) for part in _entries(rows[1:end], 0)]
    return [Unit(rows[0]), *front, Unit(rows[end]), *_gapped(_blocks(rows[end + 1 :]))]


def settings(text: str) -> list[Unit]:
    """``course.yaml``: each key, and each entry of a list or mapping below one."""
    return list(_gapped(_entries(text.split("\n"), 2)))


def questions(text: str) -> list[Unit]:
    """A list of questions: each with all its lines."""
    return list(_gapped(_entries(text.split("\n"), 0)))


def entry(text: str) -> list[Unit]:
    """A question: each key, and each entry of a list or mapping below one."""
    return [Unit(part, setting=True) for part in _entries(text.split("\n"), 4)]


def keys(text: str) -> list[Unit]:
    """A part of a question line by line."""
    return [Unit(line, setting=True) for line in text.split("\n")]


def _entries(rows: list[str], depth: int) -> list[str]:
    """Lines that are no deeper than ``depth``, each with those below it that are."""
    found: list[str] = []
    for row in rows:
        indent = len(row) - len(row.lstrip(" "))
        if found and (not row.strip() or indent > depth):
            found[-1] += f"\n{row}"
        else:
            found.append(row)
    return found


def _blocks(rows: list[str]) -> list[str]:
    """The paragraphs and blocks of a page, each with the empty lines behind it."""
    found: list[str] = []
    fence = ""
    ended = True
    for row in rows:
        mark = _FENCE.match(row)
        if fence:
            found[-1] += f"\n{row}"
            if row.strip() == fence:
                fence, ended = "", True
            continue
        if not row.strip():
            ended = True
            found[-1:] = [f"{found[-1]}\n{row}"] if found else [row]
            continue
        if ended or mark:
            found.append(row)
        else:
            found[-1] += f"\n{row}"
        ended = False
        if mark and mark[2] and mark[2] != _BODILESS:
            fence = mark[1]
        elif mark:
            ended = True
    return found


def _gapped(parts: list[str]) -> Iterator[Unit]:
    """Parts with what is empty at their end apart."""
    for part in parts:
        text = part.rstrip()
        yield Unit(text, f"{part[len(text) :]}\n")
