"""Visits a package in simulated learning systems, in a process of its own with bounds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from queue import Empty, Queue
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from builder.audit.visit import bounds
from builder.audit.visit.record import Play, from_json

SCENARIOS: Mapping[str, str] = {
    "glance": "opens the course and leaves at once",
    "whole": "does the whole course, and looks back",
    "halfway": "leaves half-way by the learning system's way out, and comes back",
    "closed": "closes the tab half-way, and comes back",
    "killed": "loses the browser half-way, and comes back",
    "login": "is logged out while answering, and comes back",
    "line": "loses the line while answering, and comes back",
    "window": "opens the course in a window of its own",
    "foreign": "opens the course below a frame of another site",
}
"""What a trainee does, by the names that commands take."""

_NEEDS = {"killed": "halfway", "closed": "halfway", "login": "halfway", "line": "halfway"}
_NEEDS |= {"window": "glance", "foreign": "glance"}
"""What has to be played besides, to compare with."""

PATIENCE = 180.0
"""Seconds that one scenario may take."""
MEMORY = 2 << 30
"""Bytes that the browser, and all that belongs to it, may use."""
_LOOK = 0.5

NO_PLAYWRIGHT = (
    "It was not visited: that needs Playwright beside scorm-builder (“pipx inject scorm-builder "
    "playwright”, or “pip install playwright”)."
)
NO_AXE = (
    "Its pages were not looked at for accessibility: that needs axe-playwright-python beside "
    "scorm-builder (“pipx inject scorm-builder axe-playwright-python”)."
)
NO_BROWSER = (
    "It was not visited: no Edge, Chrome or Chromium was found on this machine. Set "
    "CHROMIUM to the path of one."
)
NO_START = "It was not visited: the browser does not start ({why})."
NO_SANDBOX = (
    "It was not visited: the browser cannot keep its sandbox here, as it cannot for root or where "
    "the system gives others no user namespaces, and a package is code of strangers. With "
    "--no-sandbox it is visited all the same."
)


def looks_for_barriers() -> bool:
    """Whether what is needed for it is installed."""
    return find_spec("axe_playwright_python") is not None


@dataclass(slots=True)
class Visited:
    """What a visit came to: what was played, by LMS and scenario; ``refused`` says why there was
    none, ``missed`` what was cut short."""

    played: dict[str, dict[str, Play]] = field(default_factory=dict)
    refused: str = ""
    missed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Browser:
    """What to visit with: a browser of this machine, and whether it has to keep its sandbox."""

    path: Path | None
    sandbox: bool = True


def visit(
    package: Path,
    systems: Iterable[str],
    browser: Browser,
    only: Collection[str] = (),
    patience: float = PATIENCE,
) -> Visited:
    """Visit the unpacked ``package`` in each of ``systems`` (profiles of ``templates/lms``), in all
    scenarios or ``only`` these; each gets ``patience`` seconds. Never raises for a package."""
    if find_spec("playwright") is None:
        return Visited(refused=NO_PLAYWRIGHT)
    if browser.path is None:
        return Visited(refused=NO_BROWSER)
    wanted = {*only, *(_NEEDS[key] for key in only if key in _NEEDS)}
    scenarios = [key for key in SCENARIOS if key in wanted or not wanted]
    asked = [(lms, key) for lms in systems for key in scenarios]
    visited = Visited({lms: {} for lms, _ in asked})
    with TemporaryDirectory(prefix="scorm-audit-", ignore_cleanup_errors=True) as folder:
        while asked and not visited.refused:
            done = _run(package, asked, browser, folder, visited, patience)
            asked = asked[done:]
    return visited


def _run(
    package: Path,
    asked: list[tuple[str, str]],
    browser: Browser,
    folder: str,
    visited: Visited,
    patience: float,
) -> int:
    """Play as many as come to an end; how many need not be tried again."""
    job = {
        "package": str(package),
        "browser": str(browser.path),
        "sandbox": browser.sandbox,
        "asked": asked,
    }
    # What the browser leaves behind, however it ends, is deleted with the folder.
    own = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), folder)
    with subprocess.Popen(
        [sys.executable, "-m", "builder.audit.visit.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        env={**os.environ, **own},
    ) as process:
        try:
            return _played(_lines(process, json.dumps(job)), process, asked, visited, patience)
        finally:
            bounds.end(process)


def _played(
    lines: Queue[str],
    process: subprocess.Popen[str],
    asked: list[tuple[str, str]],
    visited: Visited,
    patience: float,
) -> int:
    """Take down what the process has played; how many need not be tried again."""
    for done, (lms, scenario) in enumerate(asked):
        line, why = _next(process, lines, patience)
        if line is None:
            words = f"in {lms}, a trainee who {SCENARIOS[scenario]}: {why}"
            visited.missed = (*visited.missed, words)
            return done + 1
        if "refused" in line:
            visited.refused = _refusal(line)
            return len(asked)
        visited.played[lms][scenario] = from_json(line["play"])
    return len(asked)


def _refusal(line: Mapping[str, Any]) -> str:
    return NO_SANDBOX if line["refused"] == "sandbox" else NO_START.format(why=line.get("why", ""))


def _lines(process: subprocess.Popen[str], job: str) -> Queue[str]:
    """What the process writes, line by line, "" at its end."""
    lines: Queue[str] = Queue()
    assert process.stdin
    assert process.stdout
    out = process.stdout
    with suppress(OSError):
        process.stdin.write(f"{job}\n")
        process.stdin.flush()

    def read() -> None:
        # Whoever ends the process may close this first.
        with suppress(ValueError, OSError):
            for line in out:
                lines.put(line)
        lines.put("")

    Thread(target=read, daemon=True).start()
    return lines


def _next(
    process: subprocess.Popen[str], lines: Queue[str], patience: float
) -> tuple[Mapping[str, Any] | None, str]:
    """The next line, or why there is none."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            line = lines.get(timeout=_LOOK)
        except Empty:
            if bounds.memory(bounds.family(process.pid)) > MEMORY:
                return None, f"the course used more than {MEMORY >> 30} GB of memory"
            continue
        if not line:
            return None, "the browser ended"
        told: Mapping[str, Any] = json.loads(line)
        return told, ""
    return None, f"it did not come to an end within {patience:g} seconds"
