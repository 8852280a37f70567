"""``scorm-builder audit``: predicts how a SCORM package of any authoring tool behaves in LMSs."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from builder.base.printing import escape_controls
from builder.cli.terminal import COURSE, Misused, say, show_message, write_report

if TYPE_CHECKING:
    from builder.audit import Audited, Limit

_FORMATS = ("text", "json", "sarif", "html", "junit")


@click.command(short_help="Check how any SCORM package will behave in LMSs.")
@click.argument("package", type=COURSE, metavar="FILE.zip|FOLDER")
@click.option(
    "--lms",
    metavar="NAME,…",
    help="Report only findings for these LMSs, such as moodle,docebo.",
)
@click.option(
    "--against",
    type=COURSE,
    metavar="OLD.zip",
    help="Also report what happens to trainees who started OLD when this package replaces it.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    default="text",
    show_default=True,
    help="html is a page to read in a browser; sarif and junit are for CI.",
)
@click.option(
    "--fail-on",
    type=click.Choice(("error", "warning")),
    default="error",
    show_default=True,
    help="Exit with 1 if a finding has at least this severity.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the report to this file.",
)
@click.option(
    "--static",
    is_flag=True,
    help="Check only the files: do not run the package in simulated LMSs.",
)
@click.option(
    "--only",
    metavar="NAME",
    help="Run only this scenario, such as halfway.",
)
@click.option(
    "--limit",
    type=click.FloatRange(min=0, min_open=True),
    default=5,
    show_default=True,
    metavar="MINUTES",
    help="Stop after this many minutes, and report what was found.",
)
@click.option(
    "--no-sandbox",
    is_flag=True,
    help="Run the package even without a browser sandbox. The package is untrusted code.",
)
def audit(
    package: Path,
    lms: str | None,
    against: Path | None,
    static: bool,
    only: str | None,
    limit: float,
    no_sandbox: bool,
    form: str,
    fail_on: str,
    output: Path | None,
) -> None:
    """Check how any SCORM package will behave in the LMSs that people use.

    FILE.zip or FOLDER is a SCORM package of any authoring tool. The command checks its files. If
    Edge, Chrome or Chromium is on this computer (or CHROMIUM names one) and Playwright is
    installed, it also runs the package in simulated LMSs: those of --lms, or Moodle and an LMS that
    follows the standard exactly. Nothing is sent anywhere.

    Exits with 0 if no finding has the severity of --fail-on, 1 if one has, 2 if the command is
    wrong. Ctrl-C and TERM end it with a report of what was found.
    """
    from builder import audit as auditing
    from builder.diagnostics.diagnostic import Severity

    systems = _systems(lms)
    scenarios = _scenarios(only)
    if static and scenarios:
        raise Misused("Give --static or --only, not both: --static runs no scenarios.")
    if output is not None:
        _check_output(output, (package, *([against] if against else [])))
    whole = auditing.Limit(limit * 60)
    with _stopping(whole) as stopped:
        with show_message("Reading the package …"):
            audited = auditing.audit(package, systems, against, whole)
        if not static:
            named = lms is not None
            audited = _visit(package, audited, named, scenarios, not no_sandbox, whole)
        _write_report(audited, form, output)
    failed = 1 if audited.fails_on(Severity(fail_on)) else 0
    sys.exit(failed or (128 + stopped[0] if stopped else 0))


@contextmanager
def _stopping(limit: Limit) -> Iterator[list[int]]:
    """Let Ctrl-C and TERM stop the audit in the block, so that the findings so far are still
    reported.

    Yields a list that receives the numbers of the signals. A second signal ends the command at
    once.
    """
    received: list[int] = []
    before = {number: signal.getsignal(number) for number in _SIGNAL_PHRASES}

    def stop(number: int, frame: FrameType | None) -> None:
        received.append(number)
        limit.stop(_SIGNAL_PHRASES[number])
        signal.signal(number, before[number])

    for number in _SIGNAL_PHRASES:
        if before[number] != signal.SIG_IGN:
            signal.signal(number, stop)
    try:
        yield received
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


_SIGNAL_PHRASES: dict[int, str] = {
    signal.SIGINT: "by Ctrl-C",
    signal.SIGTERM: "by a signal to end (TERM)",
}
"""The phrase with which the report names the signal that stopped the audit."""


def _visit(
    package: Path,
    audited: Audited,
    named: bool,
    only: tuple[str, ...],
    sandbox: bool,
    limit: Limit,
) -> Audited:
    from builder.audit import visit
    from builder.audit.visit import browsers

    systems = audited.systems if named else visit.USUAL
    with show_message("Running the package: this takes a minute for each LMS …"):
        return visit.visited(
            package,
            audited,
            browsers.find(os.environ),
            sandbox=sandbox,
            systems=systems,
            only=only,
            limit=limit,
        )


def _scenarios(name: str | None) -> tuple[str, ...]:
    from builder.audit.visit.visiting import SCENARIOS
    from builder.diagnostics.codes import did_you_mean

    if name is None:
        return ()
    if name not in SCENARIOS:
        near = did_you_mean(name, SCENARIOS)
        raise Misused(f"There is no scenario “{name}”.{near} Scenarios: {', '.join(SCENARIOS)}.")
    return (name,)


def _systems(names: str | None) -> tuple[str, ...]:
    from builder.audit import SYSTEMS
    from builder.diagnostics.codes import did_you_mean

    if names is None:
        return tuple(SYSTEMS)
    asked = [name.strip().lower() for name in names.split(",") if name.strip()]
    for name in asked:
        if name not in SYSTEMS:
            near = did_you_mean(name, SYSTEMS)
            known = ", ".join(SYSTEMS)
            raise Misused(f"There is no LMS “{name}”.{near} Known LMSs: {known}.")
    if not asked:
        raise Misused("--lms names no LMS.")
    return tuple(asked)


def _write_report(audited: Audited, form: str, output: Path | None) -> None:
    from builder.cli.report.audit_formats import FORMATS
    from builder.cli.report.audit_text import summary_sentence

    text = FORMATS[form](audited)
    if output is None:
        say(text)
        return
    write_report(output, f"{click.unstyle(text)}\n".encode())
    say(f"{summary_sentence(audited)} The report is in {escape_controls(str(output))}.")


def _check_output(output: Path, packages: Iterable[Path]) -> None:
    """Raise ``Misused`` if the report must not be written to ``output``: a package, a file in a
    package's folder, or a pipe, which may have no reader."""
    place = Path(os.path.realpath(output))
    exists = os.access(output, os.F_OK)
    for package in packages:
        if exists and output.samefile(package):
            raise Misused(f"“{output}” is the package itself: give the report another name.")
        if package.is_dir() and place.is_relative_to(os.path.realpath(package)):
            raise Misused(
                f"“{output}” is inside the package's folder: write the report to a file outside it."
            )
    if exists and output.is_fifo():
        raise Misused(f"“{output}” is a pipe. Leave out -o to print the report.")
