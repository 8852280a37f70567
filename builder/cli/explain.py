"""``scorm-builder explain``: explains a diagnostic code."""

from __future__ import annotations

import click

from builder.cli.terminal import Misused, say


@click.command(short_help="Explain the code of a message, or list all codes.")
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Explain a diagnostic's CODE, or list all codes."""
    from builder.audit import rules
    from builder.cli import report
    from builder.cli.report.audited import explained
    from builder.diagnostics.codes import CATALOGUE, did_you_mean

    if code is None:
        say(f"{report.catalogue()}\n\nCodes of audit, about packages:\n{explained.catalogue()}")
    elif code in CATALOGUE:
        say(report.explanation(CATALOGUE[code]))
    elif code in rules.CATALOGUE:
        say(explained.explanation(rules.CATALOGUE[code]))
    else:
        near = did_you_mean(code, (*CATALOGUE, *rules.CATALOGUE))
        raise Misused(f"There is no code “{code}”.{near} “scorm-builder explain” lists all codes.")
