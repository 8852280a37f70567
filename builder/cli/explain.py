"""``scorm-builder explain``: a diagnostic in more words."""

from __future__ import annotations

import click

from builder.cli.speaking import Misused, say


@click.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Explain a diagnostic's CODE, or list all codes."""
    from builder import report
    from builder.codes import CATALOGUE, did_you_mean

    if code is None:
        say(report.catalogue())
    elif code in CATALOGUE:
        say(report.explanation(CATALOGUE[code]))
    else:
        near = did_you_mean(code, CATALOGUE)
        raise Misused(f"There is no code “{code}”.{near} “scorm-builder explain” lists all.")
