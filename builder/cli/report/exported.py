"""Reports an export of a course: what the file contains, and what it leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.base.printing import escape_controls, format_count, json_text
from builder.cli.report.reviewed import diagnostic, problems_in
from builder.diagnostics.diagnostic import Position

if TYPE_CHECKING:
    from builder.exporting.banks import Listed
    from builder.exporting.export import Exported

_WITH_ANSWERS = "included: right answers, feedback and explanations"
_WITHOUT_ANSWERS = "not included: --answers adds right answers, feedback and explanations"
_MAX_WORDS_LENGTH = 60
"""Maximum number of characters of a text that the report quotes."""
_MAX_PER_REASON = 5
"""Maximum number of omissions listed for the same reason; ``--json`` lists all."""


def text(exported: Exported, folder: Path) -> str:
    """Format the result of an export as text: what was written and left out, or why the export
    failed."""
    if not exported.made:
        return problems_in(exported.diagnostics, folder)
    parts = ["\n".join(_head(exported))]
    if exported.counts:
        parts.append("\n".join(_counts(exported)))
    if exported.listed:
        parts.append("\n".join(_list_omissions(exported, folder)))
    return "\n\n".join(parts)


def _head(exported: Exported) -> Iterator[str]:
    what = "the page" if exported.to == "html" else "the question bank"
    yield click.style(f"Made {what} {escape_controls(str(exported.path))}", fg="green", bold=True)
    yield f"  {'Course':<10}{escape_controls(exported.title)}"
    if exported.to == "html":
        yield f"  {'Pages':<10}{exported.pages:,}"
    yield f"  {'Questions':<10}{exported.questions:,}"
    if exported.to == "html":
        yield f"  {'Answers':<10}{_WITH_ANSWERS if exported.answers else _WITHOUT_ANSWERS}"


def _counts(exported: Exported) -> Iterator[str]:
    width = max(map(len, exported.counts)) + 2
    yield click.style(f"{'Content':<{width + 2}}{'course':>8}{'file':>8}", bold=True)
    for kind, (inside, written) in exported.counts.items():
        yield f"  {kind:<{width}}{inside:>8,}{written:>8,}"


def _list_omissions(exported: Exported, folder: Path) -> Iterator[str]:
    """List what the file leaves out, grouped by reason, with the questions concerned."""
    yield click.style("Different from the course", bold=True)
    for (what, reason), group in groupby(sorted(exported.listed, key=_reason), key=_reason):
        found = list(group)
        many = f", {format_count(len(found), 'time')}" if len(found) > 1 else ""
        yield escape_controls(f"  {what}{many}: {reason}")
        for one in found[:_MAX_PER_REASON]:
            yield f"      {_place(exported, folder, one)}"
        if len(found) > _MAX_PER_REASON:
            yield f"      {len(found) - _MAX_PER_REASON:,} more: --json lists all."


def _reason(one: Listed) -> tuple[str, str]:
    return one.what, one.reason


def _place(exported: Exported, folder: Path, one: Listed) -> str:
    at = exported.places.get(one.question, Position(""))
    where = f"{folder / at.path}:{at.line} " if at.path else ""
    words = (
        one.words if len(one.words) <= _MAX_WORDS_LENGTH else f"{one.words[:_MAX_WORDS_LENGTH]}…"
    )
    # Words that start with a quotation mark get no second pair.
    quoted = words if words.startswith("“") else f"“{words}”"
    return escape_controls(f"{where}{one.question}{f' {quoted}' if words else ''}")


def as_json(exported: Exported) -> str:
    """Format the result of an export as JSON."""
    return json_text(
        {
            "made": exported.made,
            "path": exported.path.as_posix() if exported.made else None,
            "to": exported.to,
            "title": exported.title,
            "pages": exported.pages,
            "questions": exported.questions,
            "answers": exported.answers,
            "kinds": {
                kind: {"course": inside, "file": written}
                for kind, (inside, written) in exported.counts.items()
            },
            "left": [
                {
                    "question": one.question,
                    "what": one.what,
                    "words": one.words,
                    "reason": one.reason,
                    "file": exported.places[one.question].path,
                    "line": exported.places[one.question].line,
                }
                for one in exported.listed
            ],
            "diagnostics": [diagnostic(one) for one in exported.diagnostics],
        }
    )
