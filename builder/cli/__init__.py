"""The command: options become a request, the pipeline does the work, a reporter speaks.

Each command has a file of its own, and loads the stages that it needs when it runs.
"""

from __future__ import annotations

from datetime import date

import click

from builder import __version__
from builder.cli import (
    approve,
    build,
    diff,
    explain,
    import_,
    new,
    preview,
    process,
    rehearse,
    review,
    schema,
    state,
)
from builder.cli.endings import Commands


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Whatever the command, it exits with 3 when scorm-builder itself has failed.",
)
@click.version_option(__version__, prog_name="scorm-builder")
@click.pass_context
def main(context: click.Context) -> None:
    """Compile a course folder of Markdown and YAML into one SCORM 1.2 package."""
    context.obj = _today()


for command in (
    *(new.new, import_.import_, preview.preview, build.build, review.review, approve.approve),
    *(diff.diff, rehearse.rehearse, state.state, explain.explain, schema.schema),
):
    main.add_command(command)


def run() -> None:
    """The process of the command ``scorm-builder``."""
    process.run(main)


def _today() -> date:
    return date.today()  # noqa: DTZ011 — the author's own day decides what is overdue
