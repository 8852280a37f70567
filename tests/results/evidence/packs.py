"""A course in two versions, what its player reports, and Moodle's report of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from builder.results import versions
from builder.results.evidence import pack
from builder.updating import read
from tests.results import moodle
from tests.results.moodle import Given, Row
from tests.support.packages import built
from tests.support.sharing import once

TITLE = "Keys"
TODAY = date(2026, 11, 29)
_COURSE = """\
id: keys
title: Keys
version: "{version}"
refresh_every: 12 months
review_by: 2027-11-01
pages: [locks.md, check.md, record.md]
"""
_LOCKS = """\
---
id: locks
title: Locks
---
Lock {words}.

[A page](check.md) and [outside](https://www.example.org/).

::: check door
"""
_CHECK = """\
---
id: check
title: Check
kind: quiz
questions: [ask]
---
"""
_RECORD = """\
---
id: record
title: Record
kind: record
record:
  - id: one
    question: Where is your key?
---
"""
_QUESTIONS = """\
- id: door
  type: choice
  prompt: Which door?
  options:
    - {{id: a, text: The front door, correct: yes, feedback: The back door has no lock.}}
    - {{id: b, text: The window}}
- id: ask
  type: true-false
  prompt: {prompt}
  answer: true
"""


def write(folder: Path, version: str, words: str, prompt: str = "Ask for a key?") -> Path:
    """Write a version of the course."""
    course = folder / f"course-{version}-{len(words)}"
    for name in ("pages", "questions"):
        (course / name).mkdir(parents=True)
    (course / "course.yaml").write_text(_COURSE.format(version=version), "utf-8")
    (course / "pages/locks.md").write_text(_LOCKS.format(words=words), "utf-8")
    (course / "pages/check.md").write_text(_CHECK, "utf-8")
    (course / "pages/record.md").write_text(_RECORD, "utf-8")
    (course / "questions/all.yaml").write_text(_QUESTIONS.format(prompt=prompt), "utf-8")
    return course


def package(folder: Path, version: str, words: str, prompt: str = "Ask for a key?") -> Path:
    """Build a version of the course."""
    course = write(folder, version, words, prompt)
    return built(course, folder / f"dist-{version}-{len(words)}")


def with_mastery(folder: Path) -> Path:
    """Build a course by whose mastery score the LMS judges."""
    course = write(folder, "1.0.0", FIRST)
    settings = (course / "course.yaml").read_text("utf-8")
    (course / "course.yaml").write_text(f"{settings}tracking: {{mastery: manifest}}\n", "utf-8")
    return built(course, folder / "dist-mastery")


def without_questions(folder: Path) -> Path:
    """Build a course that only has a page."""
    course = folder / "course-to-read"
    (course / "pages").mkdir(parents=True)
    settings = _COURSE.format(version="1.0.0").replace("[locks.md, check.md, record.md]", "[a.md]")
    (course / "course.yaml").write_text(settings, "utf-8")
    (course / "pages/a.md").write_text("---\nid: a\ntitle: Locks\n---\nLock it.\n", "utf-8")
    return built(course, folder / "dist-to-read")


FIRST = "the front door"
"""The words of version 1.0.0 that the next version changes."""


def both(factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Version 1.0.0, and version 1.1.0 with other words on a page and in a question. Shared: not to
    be written to."""

    def make(folder: Path) -> None:
        package(folder, "1.0.0", FIRST)
        package(folder, "1.1.0", "every door", "Ask for the key?")

    old, new = sorted(once(factory, "keys", make).glob("dist-*/*.zip"))
    return old, new


def label(path: Path) -> str:
    """The version of a package as its player reports it."""
    outline, _ = read(path)
    assert outline
    return versions.label_of(outline)


def seen(version: str, result: str = "") -> Given:
    """What the player reports of a version, with a result and its day."""
    said = " ".join(filter(None, (version, result)))
    return "-".join(("version-0", *result.split()[:1])), said, "neutral"


DOOR: Given = ("locks--door", "a", "correct")
ASK: Given = ("check--ask", "t", "correct")


def report(folder: Path, rows: Sequence[Row]) -> Path:
    """Write Moodle's report with these rows."""
    return moodle.write(folder / "report.txt", moodle.table(rows, TITLE))


def request(
    folder: Path, rows: Sequence[Row], packages: Sequence[Path], person: str = ""
) -> pack.Request:
    reports = (report(folder, rows),)
    return pack.Request(reports, tuple(packages), (), folder / "evidence", person, TODAY)


def with_test_out(factory: pytest.TempPathFactory) -> Path:
    """A course whose module can be shown by a test. Shared: not to be written to."""
    [path] = once(factory, "keys-to-show", _with_test_out).glob("dist-*/*.zip")
    return path


def _with_test_out(folder: Path) -> Path:
    course = folder / "course-to-show"
    for name in ("pages", "questions"):
        (course / name).mkdir(parents=True)
    pages = "\n  - module: Doors\n    pages: [locks.md, keys.md]\n    test_out: {count: 1}"
    settings = _COURSE.format(version="1.0.0").replace(" [locks.md, check.md, record.md]", pages)
    (course / "course.yaml").write_text(settings, "utf-8")
    for name in ("locks", "keys"):
        text = f"---\nid: {name}\ntitle: {name.title()}\n---\nLock it.\n"
        (course / f"pages/{name}.md").write_text(text, "utf-8")
    asked = "- {id: ask, type: true-false, prompt: Is it locked?, answer: true, source: locks}\n"
    (course / "questions/all.yaml").write_text(asked, "utf-8")
    return built(course, folder / "dist-to-show")
