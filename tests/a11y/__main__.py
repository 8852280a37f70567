"""``make a11y``: every check over every page and state of the courses; a table of what it found.

Exits with 1 if there is any failure.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
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


def main() -> None:
    # There is nothing to choose: whoever asks what this is, or mistypes, is not made to wait.
    argparse.ArgumentParser(prog="python -m tests.a11y", description=__doc__).parse_args()
    report = Report((*CHECKS, MEASURED))
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as name, running_chromium() as browser:
        for number, course in enumerate(COURSES):
            folder = Path(name, str(number))
            folder.mkdir()
            package = unpacked(course, folder)
            report.course(Whole(package, browser))
            for mode, scheme in LOOKS:
                print(f"{course}: {mode}, {scheme}", file=sys.stderr, flush=True)
                later_visit(report, browser, package, scheme)
                if package.outline["certificate"]:
                    looking_back(report, browser, package, scheme)
                inspect(report, browser, package, mode=mode, scheme=scheme, thorough=True)
    print(report.table())
    print(*report.findings, sep="\n")
    print(f"{len(report.findings)} failures in {time.monotonic() - began:.0f} s")
    sys.exit(1 if report.findings else 0)


if __name__ == "__main__":
    main()
