"""Writes interactions reports as Moodle does, from answers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

Given = tuple[str, str, str]
"""An answer: the id of its interaction, the response and the result."""
HEADS = ("Question {}", "Response {}", "Right answer {}", "Result {}")
BEGINNING = ("Name", "Email address", "Attempt", "Started on", "Last accessed on", "Score")


@dataclass
class Row:
    """A row of a report; an ``attempt`` of 0 is somebody who has not started."""

    name: str
    answers: Sequence[Given] = ()
    attempt: int = 1
    started: str = "Sunday, 29 November 2026, 10:57 AM"
    ended: str = "Sunday, 29 November 2026, 11:09 AM"
    score: str = "80"
    """The cell of the course: its score or, without one, the status."""


def table(
    rows: Iterable[Row],
    title: str,
    heads: Sequence[str] = HEADS,
    beginning: Sequence[str] = BEGINNING,
) -> list[list[str]]:
    """The cells of a report; ``heads`` has “{}” for the number of an answer."""
    rows = list(rows)
    most = max(len(one.answers) for one in rows)
    numbered = [head.format(at) for at in range(most) for head in heads]
    return [[*beginning, title, *numbered], *(_cells(one, len(numbered), heads) for one in rows)]


def _cells(row: Row, width: int, heads: Sequence[str]) -> list[str]:
    mail = f"{row.name.lower().replace(' ', '.')}@example.com"
    if not row.attempt:
        return [row.name, mail, "-", "-", "-", "-", "Not attempted", *[""] * width]
    places = [HEADS.index(head) if head in HEADS else at for at, head in enumerate(heads)]
    given = [
        (name, response, "x", result)[place]
        for name, response, result in row.answers
        for place in places
    ]
    cells = [*given, *[""] * (width - len(given))]
    beginning = [row.name, mail, str(row.attempt), row.started, row.ended, "80", row.score]
    return [*beginning, *cells]


def write(path: Path, cells: Iterable[Sequence[str]]) -> Path:
    """Write cells as tab-separated text."""
    text = io.StringIO()
    csv.writer(text, delimiter="\t", lineterminator="\n").writerows(cells)
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    return path
