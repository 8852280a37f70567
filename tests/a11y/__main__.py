"""``make a11y``: every check over every page and state of the courses; a table of what it found.

Exits with 1 if there is any failure.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from tests.a11y.resilience import MEASURED
from tests.a11y.run import Report, inspect, later_visit, looking_back
from tests.a11y.table import CHECKS
from tests.a11y.walks import Whole
from tests.support.arabic import arabic
from tests.support.chromium import running_chromium
from tests.support.packages import built, unpack
from tests.support.unpacked import Package

ROOT = Path(__file__).resolve().parent.parent.parent
COURSES: dict[str, Callable[[Path], Path]] = {
    "the course": lambda _: ROOT / "course",
    "the showcase": lambda _: ROOT / "tests/showcase",
    "the showcase in Arabic": arabic,
}
"""Name → a function that gives the course's folder, which it may make in the folder given."""

LOOKS = (("frame", "light"), ("popup", "dark"))
"""Windows and colours, each of them once with every state: neither changes what the other does."""


def unpacked(name: str, folder: Path) -> Package:
    """Build a course and unpack it, as an LMS does."""
    source = COURSES[name](folder / "source")
    return Package(name, unpack(built(source, folder), folder / "unpacked"))


@dataclass(frozen=True, slots=True)
class Part:
    """What one process looks at, in a browser of its own."""

    package: Package
    look: tuple[str, str] | None
    """The window and the colours of a crawl; the course as a whole, if None."""

    def __str__(self) -> str:
        return f"{self.package.name}: {', '.join(self.look or ('as a whole',))}"


def report_of(part: Part) -> Report:
    """What the checks find in a part."""
    began = time.monotonic()
    with running_chromium() as browser:
        if part.look is None:
            report = Report((*CHECKS, MEASURED))
            report.course(Whole(part.package, browser))
        else:
            mode, scheme = part.look
            report = Report(check for check in CHECKS if check.again != scheme)
            later_visit(report, browser, part.package, scheme)
            if part.package.outline["certificate"]:
                looking_back(report, browser, part.package, scheme)
            inspect(report, browser, part.package, mode=mode, scheme=scheme, thorough=True)
    print(f"{part}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    return report


def main() -> None:
    # There is nothing to choose: whoever asks what this is, or mistypes, is not made to wait.
    argparse.ArgumentParser(prog="python -m tests.a11y", description=__doc__).parse_args()
    report = Report((*CHECKS, MEASURED))
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        packages: list[Package] = []
        for course in COURSES:
            folder = Path(name, str(len(packages)))
            folder.mkdir()
            packages.append(unpacked(course, folder))
        # The crawls first, which take longest.
        parts = [Part(package, look) for package in packages for look in LOOKS]
        parts += [Part(package, None) for package in packages]
        with ProcessPoolExecutor(mp_context=get_context("spawn")) as processes:
            for found in processes.map(report_of, parts):
                report.add(found)
    print(report.table())
    print(*report.findings, sep="\n")
    print(f"{len(report.findings)} failures in {time.monotonic() - began:.0f} s")
    sys.exit(1 if report.findings else 0)


if __name__ == "__main__":
    main()
