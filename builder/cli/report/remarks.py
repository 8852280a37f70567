"""Reports the reviewers' remarks that are saved in a course, and their states."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from builder.base.printing import escape_controls, format_count, json_text, quoted
from builder.cli.report.problems import data
from builder.cli.report.reviewed import problems_in, wrapped
from builder.course.model import Remark
from builder.diagnostics.diagnostic import Diagnostic, Position

Remarks = Sequence[tuple[Remark, Position]]


def list_text(remarks: Remarks, folder: Path) -> str:
    """Format all remarks of a course as text, in the order given."""
    if not remarks:
        return f"{escape_controls(str(folder))} has no remarks of reviewers."
    parts = ["\n".join(_remark(one, at, folder)) for one, at in remarks]
    return "\n\n".join([click.style(_count(remarks), bold=True), *parts, *_onward(remarks, folder)])


def _count(remarks: Remarks) -> str:
    states = [one.state for one, _ in remarks]
    counts = [format_count(states.count("open"), "remark is open", "remarks are open")]
    counts += [f"{number} done" for number in [states.count("done")] if number]
    counts += [f"{number} declined" for number in [states.count("declined")] if number]
    return ", ".join(counts)


def _remark(one: Remark, at: Position, folder: Path) -> Iterator[str]:
    place = escape_controls(str(replace(at, path=str(folder / at.path))))
    details = ", ".join([one.kind, f"by {one.author}", *([f"[{one.part}]"] if one.part else [])])
    colour = "yellow" if one.state == "open" else "green"
    state = click.style(one.state, fg=colour, bold=True)
    yield f"{click.style(one.id, bold=True)} {state} {place}: {escape_controls(details)}"
    if one.kind == "change":
        yield from wrapped(one.words)
    else:
        if one.about:
            yield from wrapped(f"about “{one.about}”")
        for line in one.text.split("\n"):
            yield from wrapped(line)
    if one.reason:
        yield from wrapped(f"Declined: {one.reason}")


def _onward(remarks: Remarks, folder: Path) -> Iterator[str]:
    first = next((one.id for one, _ in remarks if one.state == "open"), None)
    if first:
        command = f"scorm-builder review {quoted(str(folder))}"
        yield (
            f"To close a remark that the course now follows: {command} --resolve {first}\n"
            f"To close a remark that it will not follow: {command} --decline {first} "
            '--reason "REASON"'
        )


def closed_text(remarks: Remarks, ids: Collection[str], folder: Path) -> str:
    """Report the remarks with these ids, which were closed, and how many are still open."""
    parts = ["\n".join(_remark(one, at, folder)) for one, at in remarks if one.id in ids]
    left = sum(one.state == "open" for one, _ in remarks)
    left_line = f"{format_count(left, 'remark is', 'remarks are')} still open."
    left_line = left_line if left else "No remark is open."
    return "\n\n".join([*parts, left_line])


def list_json(remarks: Remarks) -> str:
    """Format all remarks of a course as JSON."""
    return json_text({"remarks": [_data(one, at) for one, at in remarks], "diagnostics": []})


def _data(one: Remark, at: Position) -> dict[str, Any]:
    return {
        "id": one.id,
        "state": one.state,
        "kind": one.kind,
        "by": one.by or None,
        "on": one.on or None,
        "part": one.part or None,
        "file": at.path,
        "line": at.line,
        "column": at.column,
        "about": one.about,
        "added": one.added,
        "text": one.text,
        "reason": one.reason or None,
    }


def refused_text(problems: Sequence[Diagnostic], folder: Path) -> str:
    """Format as text why the remarks of a course cannot be read or closed."""
    return problems_in(problems, folder)


def refused_json(problems: Sequence[Diagnostic]) -> str:
    """Format as JSON why the remarks of a course cannot be read or closed."""
    return json_text({"remarks": [], "diagnostics": [data(one) for one in problems]})
