"""The process in which a visit runs: what goes wrong with a browser or a package ends here.

Reads one JSON object from its input (see ``Job``), and writes a JSON object a line: ``{"play": …}``
for each scenario, in the order asked for, or ``{"refused": WHY}`` and nothing more. Meanwhile
``{"at": WORDS}`` says what is being done, and ``{"dialogs": NUMBER, …}`` that they never end.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from threading import Thread
from typing import Any

from builder.audit.visit.barriers import LOOKED_AT, Axe, source
from builder.audit.visit.driver import Driver
from builder.audit.visit.jail import Dialogs, NoBrowserError, NoSandboxError, jail
from builder.audit.visit.record import to_json
from builder.audit.visit.scenarios import play
from builder.audit.visit.unpacking import Part
from builder.audit.visit.witness import witness
from builder.lms import running


def told(job: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """What is written for a job: ``package`` and ``browser`` are paths, ``asked`` has LMS,
    scenario, and title and address of a SCO, ``seconds`` is the time for all,
    ``patience`` that of a scenario, twice of one that is a whole course."""
    end = time.monotonic() + job["seconds"] - min(_TO_LEAVE, job["seconds"] / 3)
    try:
        with (
            running(Path(job["package"])) as lms,
            jail(Path(job["browser"]), lms.address, sandbox=job["sandbox"]) as jailed,
            jailed.trainee() as ours,
        ):
            script = source()
            for slug, scenario, title, href in job["asked"]:
                lms.clear()
                dialogs = Dialogs(_endless)
                with jailed.trainee(dialogs.answer) as context, witness(ours, lms, slug) as seen:
                    driver = Driver(context, lms, slug, heard=_Told(dialogs).tell)
                    if script is not None and scenario == LOOKED_AT:
                        # The pages are the same in the next learning system.
                        driver.axe, script = Axe(script), None
                    seconds = job["patience"] * (2 if scenario == "whole" else 1)
                    until = min(end, time.monotonic() + seconds)
                    part = Part(title, href)
                    over = _over(until)
                    yield {"play": to_json(play(scenario, driver, seen, over, part))}
    except NoSandboxError:
        yield {"refused": "sandbox"}
    except NoBrowserError as error:
        yield {"refused": "browser", "why": str(error)}


_TO_LEAVE = 30.0
"""Seconds that it may take to leave, and to note what was seen, on a machine that is busy."""
_EVERY = 1.0


def _over(until: float) -> Callable[[], bool]:
    return lambda: time.monotonic() > until


def _endless(count: int, words: str) -> None:
    _write({"dialogs": count, "words": words[:200]})


class _Told:
    """Says what is being done, and at least now and then that it goes on."""

    def __init__(self, dialogs: Dialogs) -> None:
        self._dialogs = dialogs
        self._last = 0.0

    def tell(self, words: str) -> None:
        if words:
            self._dialogs.begin()
        now = time.monotonic()
        if words or now - self._last > _EVERY:
            self._last = now
            _write({"at": words})


def _write(line: Mapping[str, Any]) -> None:
    sys.stdout.write(f"{json.dumps(line)}\n")
    sys.stdout.flush()


def main() -> None:
    """Do the job that the input has; whoever gave it is gone once the input ends, and so is this
    process then, with its browser."""
    job = json.loads(sys.stdin.readline())
    Thread(target=_end_with_the_input, daemon=True).start()
    for line in told(job):
        _write(line)


def _end_with_the_input() -> None:
    sys.stdin.read()
    os._exit(1)


if __name__ == "__main__":
    main()
