"""The process in which a visit runs: what goes wrong with a browser or a package ends here.

Reads one JSON object from its input (see ``Job``), and writes a JSON object a line: ``{"play": …}``
for each scenario, in the order asked for, or ``{"refused": WHY}`` and nothing more.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import Thread
from typing import Any

from builder.audit.visit.barriers import LOOKED_AT, Axe, source
from builder.audit.visit.driver import Driver
from builder.audit.visit.jail import NoBrowserError, NoSandboxError, jail
from builder.audit.visit.record import to_json
from builder.audit.visit.scenarios import play
from builder.audit.visit.witness import witness
from builder.lms import running


def told(job: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """What is written for a job: ``package`` and ``browser`` are paths, ``asked`` pairs of LMS and
    scenario."""
    try:
        with (
            running(Path(job["package"])) as lms,
            jail(Path(job["browser"]), lms.address, sandbox=job["sandbox"]) as jailed,
            jailed.trainee() as ours,
        ):
            script = source()
            for slug, scenario in job["asked"]:
                lms.clear()
                with jailed.trainee() as context, witness(ours, lms, slug) as seen:
                    driver = Driver(context, lms, slug)
                    if script is not None and scenario == LOOKED_AT:
                        # The pages are the same in the next learning system.
                        driver.axe, script = Axe(script), None
                    yield {"play": to_json(play(scenario, driver, seen))}
    except NoSandboxError:
        yield {"refused": "sandbox"}
    except NoBrowserError as error:
        yield {"refused": "browser", "why": str(error)}


def main() -> None:
    """Do the job that the input has; whoever gave it is gone once the input ends, and so is this
    process then, with its browser."""
    job = json.loads(sys.stdin.readline())
    Thread(target=_end_with_the_input, daemon=True).start()
    for line in told(job):
        sys.stdout.write(f"{json.dumps(line)}\n")
        sys.stdout.flush()


def _end_with_the_input() -> None:
    sys.stdin.read()
    os._exit(1)


if __name__ == "__main__":
    main()
