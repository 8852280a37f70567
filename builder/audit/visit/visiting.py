"""Runs a visit in a separate process with limits on time and memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from queue import Empty, Queue
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from builder.audit.limit import Limit
from builder.audit.systems import SYSTEMS
from builder.audit.visit import browsers
from builder.audit.visit.record import Play, from_json
from builder.audit.visit.unpacking import Part, parts

SCENARIOS: Mapping[str, str] = {
    "glance": "opens the course and leaves at once",
    "whole": "does the whole course, and looks back",
    "halfway": "leaves half-way through the learning system's exit, and comes back",
    "closed": "closes the tab half-way, and comes back",
    "killed": "loses the browser half-way, and comes back",
    "login": "is logged out while answering, and comes back",
    "line": "loses the connection while answering, and comes back",
    "window": "opens the course in a separate window",
    "foreign": "opens the course inside a frame of another site",
}
"""The scenarios: what the trainee does in each, by the names that ``--only`` accepts."""

_NEEDS = {"killed": "halfway", "closed": "halfway", "login": "halfway", "line": "halfway"}
_NEEDS |= {"window": "glance", "foreign": "glance"}
"""For a scenario, the scenario with which rules compare it, and which is played as well."""

USUAL = tuple(key for key in SCENARIOS if key != "foreign")
"""The scenarios that are played by default. Few LMSs show a course in a frame of another site."""

PATIENCE = 45.0
"""Seconds after which the trainee of a scenario stops and leaves the course."""
READY = 20.0
"""Seconds that a course may take to show anything, and to call the API."""
STALL = 30.0
"""Seconds after which a page counts as not responding."""
MEMORY = 2 << 30
"""Maximum memory of the browser's processes, in bytes."""
_SLOWER = 3
"""Factor by which ``STALL`` is longer for a page that gets no CPU time."""
_BUSY = 2.0
"""Seconds without a message from the worker process after which a page counts as busy."""
_LOOK = 0.25
_STALLS = 2
"""Number of times a course may stop responding before the visit ends."""

NO_PLAYWRIGHT = (
    "It was not visited: install Playwright beside scorm-builder first (“pipx inject scorm-builder "
    "playwright”, or “pip install playwright”)."
)
NO_AXE = (
    "Its pages were not checked for accessibility: install axe-playwright-python beside "
    "scorm-builder first (“pipx inject scorm-builder axe-playwright-python”)."
)
NO_BROWSER = (
    "It was not visited: no Edge, Chrome or Chromium was found on this machine. Set "
    "CHROMIUM to the path of one."
)
NO_START = "It was not visited: the browser does not start ({why})."
NO_SANDBOX = (
    "It was not visited: the browser has no sandbox here, for example because you are root or the "
    "system allows no user namespaces, and a package is untrusted code. To run it without a "
    "sandbox, add --no-sandbox."
)


def looks_for_barriers() -> bool:
    """Whether a visit checks for accessibility barriers: the Python package for that is
    installed."""
    return find_spec("axe_playwright_python") is not None


@dataclass(slots=True)
class Visited:
    """The result of a visit: ``played`` has the plays by LMS and scenario.

    ``parts`` are the plays of the second and further SCOs by LMS, all of the scenario ``whole``.
    ``refused`` says why there was no visit; it is empty if there was one. ``missed`` says, in a
    sentence each, what was not played, and ``stuck`` where the course stopped responding.
    """

    played: dict[str, dict[str, Play]] = field(default_factory=dict)
    parts: dict[str, list[Play]] = field(default_factory=dict)
    refused: str = ""
    missed: tuple[str, ...] = ()
    stuck: tuple[Stuck, ...] = ()
    scos: int = 1
    """Number of SCOs to visit."""
    cut_short: frozenset[str] = frozenset()
    """The ids of the LMSs in which not everything was played."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """A course that stopped responding: ``why`` says how that was detected, and ``at`` is the
    action then. ``opening`` says whether the course had just been opened."""

    lms: str
    scenario: str
    why: str
    at: str
    opening: bool


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser of this machine, and whether it must keep its sandbox."""

    path: Path | None
    sandbox: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """A scenario to play in an LMS, with one SCO of the package. ``further`` says whether this is
    not the first SCO."""

    lms: str
    scenario: str
    part: Part
    further: bool = False

    def __str__(self) -> str:
        sco = f" of “{self.part.title}”" if self.further else ""
        return f"in {SYSTEMS[self.lms].name}, a trainee who {SCENARIOS[self.scenario]}{sco}"


def visit(
    package: Path,
    systems: Iterable[str],
    browser: Browser,
    only: Collection[str] = (),
    limit: Limit | None = None,
    patience: float = PATIENCE,
    ready: float = READY,
) -> Visited:
    """Visit the unpacked ``package`` in each of ``systems`` (profiles in ``templates/lms``).

    Plays all scenarios, or ``only`` these, until ``limit`` is over. After ``patience`` seconds
    (twice as many for a whole course), the trainee of a scenario stops and leaves the course. A
    course that shows nothing for ``ready`` seconds does not start. Never raises because of a
    package.
    """
    if find_spec("playwright") is None:
        return Visited(refused=NO_PLAYWRIGHT)
    if browser.path is None:
        return Visited(refused=NO_BROWSER)
    limit = limit or Limit()
    scos = parts(package)
    asked = in_order([*systems], only, scos)
    visited = Visited({one.lms: {} for one in asked}, scos=len(scos))
    given_up: list[Asked] = []
    with TemporaryDirectory(prefix="scorm-audit-", ignore_cleanup_errors=True) as folder:
        while asked and not visited.refused and not limit.over:
            job = {
                "package": str(package),
                "browser": str(browser.path),
                "sandbox": browser.sandbox,
                "asked": [(one.lms, one.scenario, one.part.title, one.part.href) for one in asked],
                "seconds": limit.left,
                "patience": patience,
                "ready": ready,
            }
            done = _run(job, asked, folder, visited, limit)
            asked = asked[done:]
            if _is_pointless(visited):
                break
            given_up += [one for one in asked if not one.further and _is_unready(visited, one.lms)]
            asked = [one for one in asked if one not in given_up]
    if (left := [*given_up, *asked]) and not visited.refused:
        _note_left(visited, left)
    return visited


def in_order(systems: list[str], only: Collection[str], scos: Sequence[Part]) -> list[Asked]:
    """List what to play in the LMSs ``systems`` with the SCOs ``scos``, the most important first:
    opening and finishing, then further SCOs, then the rest. The first LMS comes before all others.

    ``only`` are the requested scenarios; empty means the usual ones.
    """
    wanted = {*only, *(_NEEDS[key] for key in only if key in _NEEDS)}
    scenarios = [key for key in SCENARIOS if key in (wanted or USUAL)]
    first = scos[0] if len(scos) > 1 else Part("", scos[0].href)
    early = [Asked(lms, key, first) for lms in systems for key in scenarios if key in _EARLY]
    late = [Asked(lms, key, first) for lms in systems for key in scenarios if key not in _EARLY]
    further = [
        Asked(lms, "whole", part, further=True)
        for lms in systems
        for part in scos[1:]
        if "whole" in scenarios
    ]
    first_lms = [one for one in (*early, *further) if one.lms == systems[0]]
    return [*first_lms, *(one for one in (*early, *late, *further) if one not in first_lms)]


_EARLY = ("glance", "whole")


def _is_pointless(visited: Visited) -> bool:
    """Whether going on with the visit is pointless: the course does not open, or has stopped
    responding repeatedly."""
    return any(one.opening for one in visited.stuck) or len(visited.stuck) >= _STALLS


def _is_unready(visited: Visited, lms: str) -> bool:
    """Whether the course did not become ready in the LMS with this id."""
    return any(play.unready for play in visited.played[lms].values())


def _note_left(visited: Visited, asked: Sequence[Asked]) -> None:
    left = len(asked)
    played = sum(map(len, visited.played.values())) + sum(map(len, visited.parts.values()))
    visited.missed = (
        *visited.missed,
        f"{left} of {left + played + len(visited.stuck)} scenarios of the visit were not played. "
        f"The next was, {asked[0]}.",
    )
    visited.cut_short |= {one.lms for one in asked}


def _run(
    job: Mapping[str, object],
    asked: list[Asked],
    folder: str,
    visited: Visited,
    limit: Limit,
) -> int:
    """Play the scenarios ``asked`` in a new process until it ends, and record the results in
    ``visited``. Returns the number of scenarios that are done.

    ``job`` is the input of the process, and ``folder`` its folder for temporary files.
    """
    # Files that the browser leaves are deleted with the folder, even if the browser crashes.
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
            lines = _lines(process, json.dumps(job))
            return _record_plays(Listener(process.pid, lines), asked, visited, limit)
        finally:
            browsers.end(process)


def _record_plays(listener: Listener, asked: list[Asked], visited: Visited, limit: Limit) -> int:
    """Record the plays that the process reports in ``visited``; returns the number of scenarios
    that are done."""
    for done, one in enumerate(asked):
        line = listener.next(limit)
        if line is None:
            return _record_failure(listener, one, visited, done, limit)
        if "refused" in line:
            visited.refused = _refusal(line)
            return len(asked)
        play = from_json(line["play"])
        if one.further:
            visited.parts.setdefault(one.lms, []).append(play)
        else:
            visited.played[one.lms][one.scenario] = play
        if play.limited:
            visited.cut_short |= {one.lms}
        if play.unready and not one.further:
            return done + 1
    return len(asked)


def _record_failure(
    listener: Listener, one: Asked, visited: Visited, done: int, limit: Limit
) -> int:
    """Record in ``visited`` why the scenario ``one`` did not finish, after ``done`` others; returns
    the number of scenarios that are done."""
    if limit.over:
        return done
    if listener.stuck:
        stuck = Stuck(one.lms, one.scenario, listener.why, listener.at, listener.opening)
        visited.stuck = (*visited.stuck, stuck)
    else:
        visited.missed = (*visited.missed, f"Not reached {one}: {listener.why}.")
    visited.cut_short |= {one.lms}
    return done + 1


def _refusal(line: Mapping[str, Any]) -> str:
    return NO_SANDBOX if line["refused"] == "sandbox" else NO_START.format(why=line.get("why", ""))


def _lines(process: subprocess.Popen[str], job: str) -> Queue[str]:
    """Send the job to the process; returns a queue of the lines that the process writes, with an
    empty text at the end."""
    lines: Queue[str] = Queue()
    assert process.stdin
    assert process.stdout
    out = process.stdout
    with suppress(OSError):
        process.stdin.write(f"{job}\n")
        process.stdin.flush()

    def read() -> None:
        # The stream may be closed when the process is killed.
        with suppress(ValueError, OSError):
            for line in out:
                lines.put(line)
        lines.put("")

    Thread(target=read, daemon=True).start()
    return lines


def _memory_of(pid: int) -> int:
    return browsers.memory(browsers.process_tree(pid))


def _cpu_seconds_of(pid: int) -> float:
    return browsers.cpu_seconds(browsers.process_tree(pid))


@dataclass(slots=True)
class Listener:
    """Reads the messages of the worker process ``pid``, and detects a course that does not respond.

    ``memory`` and ``work`` measure the memory in bytes and the CPU time in seconds of a process and
    its descendants.
    """

    pid: int
    lines: Queue[str]
    clock: Callable[[], float] = time.monotonic
    memory: Callable[[int], int] = _memory_of
    work: Callable[[int], float] = _cpu_seconds_of
    at: str = ""
    """The last reported action, in words."""
    why: str = ""
    """Why there is no further play, in words; empty if there may be one."""
    stuck: bool = False
    """Whether the course stopped responding; false if a limit of the visit was reached."""
    opening: bool = True
    """Whether the trainee has done nothing yet except open the course."""
    _worked: float = 0.0
    """CPU seconds that the processes had used when the messages stopped."""
    _heard: bool = True

    def next(self, limit: Limit) -> Mapping[str, Any] | None:
        """Wait for the next message with a play; ``None`` if there is none. Then ``why`` is set,
        unless ``limit`` is over."""
        heard = self.clock()
        self.at, self.opening = _STARTS, True
        while not limit.over:
            try:
                line = self.lines.get(timeout=_LOOK)
            except Empty:
                silent = self.clock() - heard
                if self._stops(silent):
                    return None
                continue
            heard, self._heard = self.clock(), True
            if not line:
                self.why = "the browser ended"
                return None
            message: Mapping[str, Any] = json.loads(line)
            if "dialogs" in message:
                self.why = f"it opens one dialog after another (“{message['words']}”)"
                self.stuck = True
                return None
            if "at" not in message:
                return message
            self.at = message["at"] or self.at
            self.opening = self.at == _OPENS or (self.opening and self.at == _CLOCK)
        return None

    def _stops(self, silent: float) -> bool:
        if self._heard:
            self._worked, self._heard = self.work(self.pid), False
        used = self.memory(self.pid)
        # A page that exhausts memory also stops responding; wait for the memory limit.
        if used > MEMORY and (silent > _BUSY or used > MEMORY * 3 // 2):
            self.stuck = silent > _BUSY
            busy = "it does not respond, and uses" if self.stuck else "the course used"
            self.why = f"{busy} more than {MEMORY >> 30} GB of memory"
        elif silent > STALL:
            # On a busy machine a page may be slow, so require that it used CPU time.
            worked = self.work(self.pid) - self._worked
            if worked < STALL / 2 and silent < STALL * _SLOWER:
                return False
            self.stuck = self.at not in (_STARTS, _CLOCK)
            self.why = f"it does not respond within {silent:.0f} seconds"
            if self.at == _CLOCK:
                self.why += ", after the visit had set its clock forward"
        return bool(self.why)


_STARTS = "the browser starts"
_OPENS = "the course opens"
_CLOCK = "the visit sets the clock of the course forward"
"""The words for the current action. The last two are equal to those of ``driver``, which this
module does not import, because that needs Playwright."""
