"""Commands that write several files of a course are killed at any operation on its files.

The course is whole or untouched once the next command has read it, and nothing else is left in it.
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

import docx
import pytest
from click.testing import CliRunner

from builder import cli
from tests.exporting import reviewed_course
from tests.exporting.reviewer import Reviewer
from tests.support import killing
from tests.support.golden import GOOD

pytestmark = [pytest.mark.whole, pytest.mark.skipif(os.name == "nt", reason="written for Unix")]


@dataclass(frozen=True)
class Case:
    """A course in ``folder`` and a command that writes in it."""

    folder: Path
    command: tuple[str, ...]


def importing(folder: Path) -> Case:
    """An import that changes two pages, adds two, and changes what is kept of the import."""
    file, course = folder / "handbook.docx", folder / "course"
    _handbook(file, ("One", "Two", "Three"), "Old words.")
    made = CliRunner().invoke(cli.main, ["import", str(file), "-o", str(course)])
    assert made.exit_code == 0, made.output
    _handbook(file, ("One", "Two", "Third", "Three", "Four"), "New words.")
    return Case(course, ("import", str(file), "--into", str(course)))


def _handbook(file: Path, headings: tuple[str, ...], words: str) -> None:
    document = docx.Document()
    for heading in headings:
        document.add_heading(heading, 1)
        document.add_paragraph(f"{heading} is a page of its own, which stays.")
        document.add_paragraph(words if heading != "Two" else "These stay.")
    document.save(str(file))


def applying(folder: Path) -> Case:
    """A review with changes in three files."""
    course = reviewed_course.written(folder / "course")
    file = reviewed_course.sent(course)
    with Reviewer(file) as reviewer:
        reviewer.replace("Boots", "Wellingtons")
        reviewer.replace("Take your time", "Take all the time you need")
        reviewer.replace("Write it down", "Note it")
    return Case(course, ("review", str(course), "--read", str(file), "--apply", "all"))


def approving(folder: Path) -> Case:
    """Every part of a course, of which some are approved already."""
    course = folder / "course"
    shutil.copytree(GOOD, course)
    some = ("approve", str(course), "questions", "--by", "Sam Lee", "--on", "2026-01-30")
    first = CliRunner().invoke(cli.main, some)
    assert first.exit_code == 0, first.output
    everything = ("approve", str(course), "--all", "--by", "Ann Lee", "--on", "2026-01-31")
    return Case(course, everything)


CASES: dict[str, Callable[[Path], Case]] = {
    "import --into": importing,
    "review --apply": applying,
    "approve": approving,
}
SOME = 5
"""Kills of each command in ``make test``."""
MANY = 100
"""Kills of each command in the thorough test."""


@dataclass(frozen=True)
class Tried:
    """A course before a command and after it, and how many operations lie between."""

    case: Case
    before: Path
    untouched: dict[str, bytes | None]
    whole: dict[str, bytes | None]
    operations: int


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Tried]:
    @cache
    def make(name: str) -> Tried:
        folder = tmp_path_factory.mktemp("killed")
        case = CASES[name](folder)
        before = folder / "before"
        shutil.copytree(case.folder, before)
        operations = killing.operations(case.folder, case.command)
        whole = killing.held(case.folder)
        untouched = killing.held(before)
        assert whole != untouched
        assert operations > 5
        return Tried(case, before, untouched, whole, operations)

    return make


def judge(tried: Tried, number: int, torn: bool, again: int = 0) -> str:
    """Kill the command at an operation, perhaps the next one, too; and say what the course is
    after the last."""
    course = tried.case.folder
    shutil.rmtree(course)
    shutil.copytree(tried.before, course)
    ended = killing.run(course, tried.case.command, number, torn)
    assert ended.returncode == killing.KILLED, (number, ended.stderr)
    reading = ("approve", str(course))
    if again:
        killing.run(course, reading, again, torn)
    read = CliRunner().invoke(cli.main, reading)
    assert read.exit_code == 0, (number, read.output)
    now = killing.held(course)
    assert now in (tried.untouched, tried.whole), (
        f"killed at {number} of {tried.operations}, torn: {torn}",
        {
            path
            for path in now.keys() | tried.whole.keys()
            if now.get(path) != tried.whole.get(path)
        },
    )
    return "whole" if now == tried.whole else "untouched"


@pytest.mark.parametrize("name", CASES)
def test_command_after_a_kill_completes_or_undoes_its_work(
    name: str, tried: Callable[[str], Tried]
) -> None:
    one = tried(name)
    step = max(1, one.operations // SOME)
    became = [judge(one, number, number % 2 == 0) for number in range(1, one.operations, step)]
    assert {*became} == {"untouched", "whole"}
    assert sorted(became) == became


@pytest.mark.parametrize("name", CASES)
def test_the_next_command_may_be_killed_as_well(name: str, tried: Callable[[str], Tried]) -> None:
    one = tried(name)
    assert judge(one, one.operations - 6, False, again=2) == "whole"


@pytest.mark.thorough
@pytest.mark.parametrize("name", CASES)
def test_a_hundred_kills_at_random(name: str, tried: Callable[[str], Tried]) -> None:
    one, random = tried(name), Random(name)
    for _ in range(MANY):
        number = random.randint(1, one.operations)
        again = random.choice((0, 0, random.randint(1, 12)))
        judge(one, number, random.random() < 0.5, again)
