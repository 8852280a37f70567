"""The parts of ``make a11y`` that run beside each other, each in a process of its own.

A new process finds what it runs by the name of its module, which ``__main__`` does not have.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass

from tests.a11y.resilience import MEASURED
from tests.a11y.run import Report, inspect, later_visit, looking_back
from tests.a11y.table import CHECKS
from tests.a11y.view import Memory
from tests.a11y.walks import Whole
from tests.support.chromium import running_chromium
from tests.support.unpacked import Package

BY_KEYBOARD = next(check for check in CHECKS if check.number == 20)
LENGTHS = (1, 4, 19, 31, 32, 33, 37, 38)
"""Numbers of the checks that may find more where words are longer."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a crawl looks at a course."""

    mode: str
    """The window: "frame" or "popup"."""

    scheme: str
    """The colours: "light" or "dark"."""

    thorough: bool
    """Whether it looks at each question in each state, and takes the words there to be new;
    otherwise at each kind of question once, and only at what is new in a state."""

    only: tuple[int, ...] = ()
    """Numbers of the checks that it is for; all, if none is named."""

    def __str__(self) -> str:
        return f"{self.mode}, {self.scheme}"


@dataclass(frozen=True, slots=True)
class Part:
    """What one process looks at, in a browser of its own."""

    package: Package
    look: Look | None
    """The course as a whole, if None."""

    def __str__(self) -> str:
        return part_name(self.package.name, self.look)


def part_name(course: str, look: Look | None) -> str:
    return f"{course}: {look or 'as a whole'}"


def report_of(part: Part) -> Report:
    """What the checks find in a part."""
    began = time.monotonic()
    with running_chromium() as browser:
        if part.look is None:
            report = Report((*CHECKS, MEASURED))
            report.course(Whole(part.package, browser))
            report.note(
                BY_KEYBOARD,
                f"{part.package.name} (popup)",
                part.package.name,
                BY_KEYBOARD.find(Whole(part.package, browser, mode="popup")),
            )
        else:
            mode, scheme = part.look.mode, part.look.scheme
            report = Report(
                check
                for check in CHECKS
                if check.again != scheme and (not part.look.only or check.number in part.look.only)
            )
            known = Memory()
            inspect(
                report,
                browser,
                part.package,
                mode=mode,
                scheme=scheme,
                thorough=part.look.thorough,
                known=known,
            )
            later_visit(report, browser, part.package, scheme, known)
            if part.package.outline["certificate"]:
                looking_back(report, browser, part.package, scheme, known)
    again = f"{len(report.findings)} failures. Again: make a11y ONLY='\"{part}\"'"
    result = again if report.findings else "right"
    print(f"{part}: {time.monotonic() - began:.0f} s, {result}", file=sys.stderr, flush=True)
    return report
