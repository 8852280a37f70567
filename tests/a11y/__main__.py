"""``python -m tests.a11y [course or part …]``: the checks over every page and state of the courses,
each where something is new to it, all of them unless some are named; a table of what they found.

Exits with 1 if there is any failure.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from tests.a11y.parts import LENGTHS, Look, Part, part_name, report_of
from tests.a11y.resilience import MEASURED
from tests.a11y.run import Report
from tests.a11y.table import CHECKS
from tests.support.packages import built, unpack
from tests.support.unpacked import Package

ROOT = Path(__file__).resolve().parent.parent.parent
SHOWCASE = ROOT / "tests/showcase"
COURSES: dict[str, tuple[Path, *tuple[str, ...]]] = {
    "course": (ROOT / "course",),
    "showcase": (SHOWCASE,),
    "showcase in Arabic": (SHOWCASE, "--language", "ar"),
    "showcase in the pseudo-language": (SHOWCASE, "--language", "en-XA"),
}
"""Name → the course's folder, and options of ``scorm-builder build``."""

THOROUGH = Look("frame", "light", thorough=True)
IN_THE_DARK = Look("popup", "dark", thorough=False)
LOOKS: dict[str, tuple[Look, ...]] = {
    "course": (THOROUGH, IN_THE_DARK),
    "showcase": (THOROUGH, IN_THE_DARK),
    # Only its words and their direction are new: its colours are those of the showcase.
    "showcase in Arabic": (Look("frame", "light", thorough=False),),
    # Only the lengths of its words are new.
    "showcase in the pseudo-language": (Look("frame", "light", thorough=False, only=LENGTHS),),
}
"""Name of a course → how the crawls look at it, each at every page."""


def unpacked(name: str, folder: Path) -> Package:
    """Build a course and unpack it, as an LMS does."""
    source, *options = COURSES[name]
    return Package(name, unpack(built(source, folder, *options), folder / "unpacked"))


def parts(courses: Iterable[str]) -> list[tuple[str, Look | None]]:
    """Courses with the ways to look at them, those that take longest first, so that no process has
    to wait long for the last."""
    crawls = [(course, look) for course in courses for look in LOOKS[course]]
    # Walks, prints and faults are the same whatever the lengths of words.
    wholes = [(course, None) for course in courses if not LOOKS[course][0].only]
    return [*sorted(crawls, key=lambda part: not part[1].thorough), *wholes]


def main(names: Sequence[str]) -> int:
    known = {part_name(*part): part for part in parts(COURSES)}
    unknown = [name for name in names if name not in {*COURSES, *known}]
    if unknown:
        there = "; ".join([*COURSES, *known])
        print(f"a11y: no {', '.join(unknown)}; there are: {there}", file=sys.stderr)
        return 2
    chosen = [
        part for name, part in known.items() if not names or name in names or part[0] in names
    ]
    report = Report((*CHECKS, MEASURED))
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as temporary:
        packages: dict[str, Package] = {}
        for course in dict.fromkeys(course for course, _ in chosen):
            folder = Path(temporary, str(len(packages)))
            folder.mkdir()
            packages[course] = unpacked(course, folder)
        todo = [Part(packages[course], look) for course, look in chosen]
        with ProcessPoolExecutor(mp_context=get_context("spawn")) as processes:
            for number, found in enumerate(processes.map(report_of, todo), 1):
                report.add(found)
                print(f"{number} of {len(todo)} parts", file=sys.stderr, flush=True)
    print(report.table())
    print(*report.findings, sep="\n")
    print(f"{len(report.findings)} failures in {time.monotonic() - began:.0f} s")
    return int(bool(report.findings))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
