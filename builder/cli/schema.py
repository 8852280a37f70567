"""``scorm-builder schema``: prints the JSON Schemas with which editors check the files of a
course."""

from __future__ import annotations

from pathlib import Path

import click

from builder.cli.terminal import Misused, say

KINDS = ("course", "questions", "page", "approvals", "remarks")


@click.command(short_help="Print the JSON Schemas, for editors.")
@click.argument("kind", type=click.Choice(KINDS), default=KINDS[0])
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write it to this file.",
)
def schema(kind: str, output: Path | None) -> None:
    """Print the JSON Schema for a kind of file: course.yaml, questions, the front matter of a page,
    approvals.yaml or remarks.yaml.

    An editor that supports JSON Schema completes the keys, explains them and marks mistakes. “new”
    writes all five schemas into a course. After an update of scorm-builder, write them again:
    scorm-builder schema course -o .schemas/course.json
    """
    from builder.course import starter
    from builder.exporting import files

    text = starter.schema(kind)
    if output is None:
        say(text.rstrip("\n"))
        return
    if problems := files.schema_file(kind, output):
        raise Misused(*(f"{one.position}: {one.message}" for one in problems))
