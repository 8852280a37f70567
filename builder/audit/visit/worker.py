"""The process that runs the browser of a visit, so that a crash of the browser ends only this one.

Reads one JSON object (see ``run_job``) from standard input, and writes one JSON object a line:
``{"play": …}`` for each scenario in the requested order, or only ``{"refused": WHY}``. In between,
``{"at": WORDS}`` names the current action, and ``{"dialogs": NUMBER, …}`` reports endless dialogs.
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

from builder.audit.visit.driver import Driver
from builder.audit.visit.jail import Dialogs, NoBrowserError, NoSandboxError, jail
from builder.audit.visit.observers import LOOKED_AT, Axe, axe_source, witness
from builder.audit.visit.record import to_json
from builder.audit.visit.scenarios import play
from builder.audit.visit.unpacking import Part
from builder.preview.lms import running


def run_job(job: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Play the scenarios of a job; yields the JSON objects to write.

    In the job, ``package`` and ``browser`` are paths, and ``sandbox`` says whether the browser must
    run in its sandbox. ``asked`` lists what to play: the id of the LMS, the scenario, and the title
    and address of a SCO. ``seconds`` is the time for everything, ``patience`` the seconds for each
    scenario (twice as many for a whole course), ``ready`` the seconds until a course must show
    something.
    """
    end = time.monotonic() + job["seconds"] - min(_TO_LEAVE, job["seconds"] / 3)
    try:
        with (
            running(Path(job["package"])) as lms,
            jail(Path(job["browser"]), lms.address, sandbox=job["sandbox"]) as jailed,
            jailed.trainee() as ours,
        ):
            script = axe_source()
            for slug, scenario, title, href in job["asked"]:
                lms.clear()
                dialogs = Dialogs(_endless)
                with jailed.trainee(dialogs.answer) as context, witness(ours, lms, slug) as seen:
                    heard = _Reporter(dialogs).tell
                    driver = Driver(context, lms, slug, heard=heard, ready=job["ready"])
                    if script is not None and scenario == LOOKED_AT:
                        # Check the pages only once: they are the same in every LMS.
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
"""Seconds reserved at the end for leaving the course and recording, on a busy machine."""
_EVERY = 1.0


def _over(until: float) -> Callable[[], bool]:
    return lambda: time.monotonic() > until


def _endless(count: int, words: str) -> None:
    _write({"dialogs": count, "words": words[:200]})


class _Reporter:
    """Reports the current action to the parent process, and signs of life in between."""

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
    """Run the job from standard input. If the input ends, the parent process has ended, so this
    process and its browser end, too."""
    job = json.loads(sys.stdin.readline())
    Thread(target=_end_with_the_input, daemon=True).start()
    for line in run_job(job):
        _write(line)


def _end_with_the_input() -> None:
    sys.stdin.read()
    os._exit(1)


if __name__ == "__main__":
    main()
