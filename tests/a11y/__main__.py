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

THOROUGH = Look("frame", "light", thorough=True)
IN_THE_DARK = Look("popup", "dark", thorough=False)
LOOKS: dict[str, tuple[Look, ...]] = {
    "the course": (THOROUGH, IN_THE_DARK),
    "the showcase": (THOROUGH, IN_THE_DARK),
    # Only its words and their direction are new: its colours are those of the showcase.
    "the showcase in Arabic": (Look("frame", "light", thorough=False),),
    # Only the lengths of its words are new.
    "the showcase in the pseudo-language": (Look("frame", "light", thorough=False, only=LENGTHS),),
}
"""Name of a course → how the crawls look at it, each at every page."""


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
        crawls = [Part(package, look) for package in packages for look in LOOKS[package.name]]
        # Those that take longest first, so that no process has to wait long for the last.
        parts = sorted(crawls, key=lambda part: not (part.look and part.look.thorough))
        # Walks, prints and faults are the same whatever the lengths of words.
        parts += [Part(one, None) for one in packages if not LOOKS[one.name][0].only]
        with ProcessPoolExecutor(mp_context=get_context("spawn")) as processes:
            for found in processes.map(report_of, parts):
                report.add(found)
    print(report.table())
    print(*report.findings, sep="\n")
    print(f"{len(report.findings)} failures in {time.monotonic() - began:.0f} s")
    sys.exit(1 if report.findings else 0)


if __name__ == "__main__":
    main()
