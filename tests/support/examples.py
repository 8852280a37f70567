"""The examples that ``explain`` shows: a golden folder's ``example.txt``, as a wrong and a right
form of some lines of one of its files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from builder.report.explained import NAMES
from tests.support.golden import DIAGNOSTICS

ELSEWHERE = DIAGNOSTICS.parent / "examples"


@dataclass(frozen=True)
class Example:
    """What is wrong in a ``file`` of the folder ``case``, and what is right in its place; where
    ``file`` is ``NAMES``, both are names of files."""

    case: Path
    file: str
    wrong: str
    right: str

    @property
    def code(self) -> str:
        """The code that the example is for."""
        return self.case.name.partition(".")[0]


def of_files() -> list[Example]:
    """The examples of codes about files that come from others, which no course has: a file each,
    called by its code. Beside a file of text and ``NAMES``, they are of commands in a terminal."""
    return [_read(path) for path in sorted(ELSEWHERE.glob("*.txt"))]


def read() -> list[Example]:
    """The example of each code that has one in a course, by code."""
    found = [_read(path) for path in sorted(DIAGNOSTICS.glob("*/example.txt"))]
    assert len({example.code for example in found}) == len(found), "one example a code"
    return found


def _read(path: Path) -> Example:
    file, *lines = path.read_text("utf-8").removesuffix("\n").split("\n")
    assert all(line[:2] in ("-", "+", "- ", "+ ") for line in lines), path
    wrong, right = ("\n".join(line[2:] for line in lines if line[0] == sign) for sign in "-+")
    assert file == NAMES or (wrong and right), path
    return Example(path if path.parent == ELSEWHERE else path.parent, file, wrong, right)


def as_shipped() -> dict[str, dict[str, str]]:
    """What ``templates/examples.json`` holds."""
    return {
        example.code: {"file": example.file, "wrong": example.wrong, "right": example.right}
        for example in (*read(), *of_files())
    }
