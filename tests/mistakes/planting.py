"""Mistakes of authors, planted one at a time in the course in ``course/``.

``KIND.txt`` has the mistakes in one kind of file, in the notation of ``tests/support/cases.py``. A
title says what is planted. The parts of a row:

``@ edit PATH``      in this file, the text after ``-`` is replaced by the text after ``+``
``@ file PATH``      the lines below are this file
``@ copy FROM TO``, ``@ move FROM TO``   paths that contain spaces have them only in TO
``@ run ARGUMENTS``  a command to run in the course; without it, the course is checked
``@ expected``       on each line the position and code of a finding; of a command, its exit code
                     and the first line of its message
``@ judged WORD``    what a reader who does not know the code thinks of the message: ``clear``,
                     ``vague``, ``misleading``, ``silent`` or ``harmless``; a reason after a colon
"""

from __future__ import annotations

import re
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from builder.cli import main
from tests.support import cases
from tests.support.golden import judged

FOLDER = Path(__file__).resolve().parent
GOOD = FOLDER / "course"
TABLES = [path.stem for path in sorted(FOLDER.glob("*.txt"))]
_FINDING = re.compile(r"^([\w./ -]+?(?::\d+)?)(?::\d+)?: (?:error|warning) ([a-z-]+) ")


@dataclass(frozen=True)
class Row:
    """A mistake: the kind of file it is in, what it is, and how its message was judged."""

    kind: str
    title: str
    parts: tuple[cases.Part, ...]

    @property
    def judged(self) -> str:
        """The judgement, with its reason if there is one."""
        return next((part.rest for part in self.parts if part.word == "judged"), "")

    @property
    def expected(self) -> str:
        """What the row's ``@ expected`` says."""
        return next((part.text for part in self.parts if part.word == "expected"), "")

    def write_expected(self, text: str) -> None:
        """Replace what the row expects on disk."""
        kept = [part for part in self.parts if part.word not in ("judged", "expected")]
        parts = (
            *kept,
            cases.Part("judged", self.judged or "clear", ""),
            cases.Part("expected", "", text),
        )
        written = "".join(f"@ {one.word} {one.rest}".rstrip() + f"\n{one.text}" for one in parts)
        cases.write(FOLDER / f"{self.kind}.txt", self.title, written)


def rows() -> Iterator[Row]:
    """Yield the rows of all tables."""
    for kind in TABLES:
        for title, text in cases.read(FOLDER / f"{kind}.txt").items():
            yield Row(kind, title, tuple(cases.parts(text)))


def messages(row: Row) -> str:
    """Plant the mistake in a copy of the course, and return what its author reads: of several
    commands, the message of the last one."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "fire"
        shutil.copytree(GOOD, folder)
        commands = [command for part in row.parts if (command := _plant(part, folder))]
        with chdir(folder):
            run = [CliRunner().invoke(main, shlex.split(command)) for command in commands]
        if run:
            said = run[-1].output.replace(temporary, "")
            return f"exit {run[-1].exit_code}\n{said}"
        return "".join(f"{one}\n    {one.hint}\n" for one in judged(folder))


def _plant(part: cases.Part, folder: Path) -> str:
    """Change the course as a part of a row says; return the command that it names, if any."""
    path = folder / part.rest
    match part.word:
        case "run":
            return part.rest
        case "file":
            path.parent.mkdir(exist_ok=True)
            path.write_text(part.text, "utf-8")
        case "edit":
            path.write_text(cases.edit(path.read_text("utf-8"), part.text), "utf-8")
        case "copy" | "move":
            source, _, target = part.rest.partition(" ")
            shutil.copy(folder / source, folder / target)
            if part.word == "move":
                (folder / source).unlink()
    return ""


def findings(said: str) -> str:
    """The positions and codes in messages, without their words; of a command its exit code, and
    its first line if it has no findings."""
    found = [f"{one[1]} {one[2]}" for line in said.splitlines() if (one := _FINDING.match(line))]
    if said.startswith("exit "):
        code, *lines = said.splitlines()
        refused = [line for line in lines if line.startswith("Error: ")]
        found = [code, *(found or refused or lines[:1])]
    return "".join(f"{one}\n" for one in found)
