"""Reports what evidence was made, and what a check of evidence found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from builder.base.printing import escape_controls, format_count, quoted
from builder.cli.report.lines import INDENT, wrapped
from builder.results.evidence import manifest
from builder.results.evidence.manifest import Checked
from builder.results.evidence.pack import Made


def made_text(made: Made, folder: Path) -> str:
    """Format what evidence was made in a folder."""
    return "\n".join(_made_lines(made, folder))


def _made_lines(made: Made, folder: Path) -> Iterator[str]:
    name = escape_controls(str(folder))
    yield click.style(f"Made the evidence in {name}.", bold=True)
    yield "It names people: give it only to those who may know what they completed."
    completed = f"{made.completed} of {format_count(made.people, 'person', 'people')} completed"
    due = format_count(made.overdue, "is due again", "are due again")
    again = f"; {due}" if made.overdue else ""
    yield f"{completed} a version that the report names{again}."
    yield f"Versions: {', '.join(escape_controls(one) for one in made.versions)}."
    if made.missing:
        yield ""
        yield click.style("What is missing", bold=True)
        for words in made.missing:
            first, *more = wrapped([words], 2 * INDENT)
            yield f"  - {first.lstrip()}"
            yield from more
    yield ""
    yield f"SHA-256 of {manifest.NAME}: {made.seal}"
    yield (
        "Keep it in another place, and compare it with what "
        f"“scorm-builder results --check {quoted(str(folder))}” prints."
    )


def checked_text(checked: Checked) -> str:
    """Format what a check found."""
    if checked.problems:
        head = click.style("The evidence was changed.", fg="red", bold=True)
        lines = [head, *(f"  {words}" for words in checked.problems)]
    else:
        files = format_count(checked.files, "file is", "files are")
        lines = [click.style(f"{files} as they were made.", fg="green", bold=True)]
    lines.append(f"SHA-256 of {manifest.NAME}: {checked.seal}")
    lines.append("This finds changes, not forgeries: compare it with the one that was kept.")
    return "\n".join(lines)
