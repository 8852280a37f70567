"""``make a11y``: the checks over every page and state of the courses, each where something is new
to it; a table of what they found.

Exits with 1 if there is any failure.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from tests.a11y.parts import LENGTHS, Look, Part, report_of
from tests.a11y.resilience import MEASURED
from tests.a11y.run import Report
from tests.a11y.table import CHECKS
from tests.support.packages import built, unpack
from tests.support.unpacked import Package

ROOT = Path(__file__).resolve().parent.parent.parent
SHOWCASE = ROOT / "tests/showcase"
COURSES: dict[str, tuple[Path, *tuple[str, ...]]] = {
    "the course": (ROOT / "course",),
    "the showcase": (SHOWCASE,),
    "the showcase in Arabic": (SHOWCASE, "--language", "ar"),
    "the showcase in the pseudo-language": (SHOWCASE, "--language", "en-XA"),
}
"""Name → the course's folder, and options of ``scorm-builder build``."""

THOROUGH = ("the course", "the showcase")
"""Courses of which each question is looked at in each state, in one look. In the other looks and
courses each kind of question is: there only colours, window, direction or lengths are new."""

LONGER = ("the showcase in the pseudo-language",)
"""Courses of which only the lengths of words are new."""

TURNED = ("the showcase in Arabic",)
"""Courses of which only words and direction are new: their colours are those of the others."""


def looks(course: str) -> list[Look]:
    """How the crawls look at a course: windows and colours, each with every page."""
    if course in LONGER:
        return [Look("frame", "light", thorough=False, only=LENGTHS)]
    light = Look("frame", "light", thorough=course in THOROUGH)
    return [light] if course in TURNED else [light, Look("popup", "dark", thorough=False)]


def unpacked(name: str, folder: Path) -> Package:
    """Build a course and unpack it, as an LMS does."""
    source, *options = COURSES[name]
    return Package(name, unpack(built(source, folder, *options), folder / "unpacked"))


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
        crawls = [Part(package, look) for package in packages for look in looks(package.name)]
        # Those that take longest first, so that no process has to wait long for the last.
        parts = sorted(crawls, key=lambda part: not (part.look and part.look.thorough))
        parts += [Part(package, None) for package in packages if package.name not in LONGER]
        with ProcessPoolExecutor(mp_context=get_context("spawn")) as processes:
            for found in processes.map(report_of, parts):
                report.add(found)
    print(report.table())
    print(*report.findings, sep="\n")
    print(f"{len(report.findings)} failures in {time.monotonic() - began:.0f} s")
    sys.exit(1 if report.findings else 0)


if __name__ == "__main__":
    main()
