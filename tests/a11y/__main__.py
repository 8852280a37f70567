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
from multiprocessing import get_context
from pathlib import Path

from tests.a11y.parts import Part, report_of
from tests.a11y.resilience import MEASURED
from tests.a11y.run import Report
from tests.a11y.table import CHECKS
from tests.support.arabic import arabic
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
