"""Cases in plain text: one file holds the cases of a subject.

``=== TITLE`` begins a case, and a blank line ends it. In a case, ``@ WORD REST`` begins a part,
whose lines follow it. A case whose files are binary, or have lines that begin with ``=== `` or
``@ ``, is a folder instead.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple


class Part(NamedTuple):
    """A part of a case: ``@ word rest``, and the lines below it."""

    word: str
    rest: str
    text: str


def read(path: Path) -> dict[str, str]:
    """The cases of a file by title."""
    before, *found = re.split(r"(?:\A|\n)=== (.+)\n", path.read_bytes().decode("utf-8"))
    titles = found[::2]
    assert not before, f"{path}: lines before the first case"
    for title, case in zip(titles, found[1::2], strict=True):
        assert not case or case.endswith("\n"), f"{path}: no blank line after {title}"
    assert len({*titles}) == len(titles), f"{path}: two cases of one title"
    return dict(zip(titles, found[1::2], strict=True))


def parts(case: str) -> list[Part]:
    """The parts of a case in their order."""
    before, *found = re.split(r"(?m)^@ (\S+)(?: (.+))?\n", case)
    assert not before, f"lines before the first part: {before}"
    rests = (rest or "" for rest in found[1::3])
    return [Part(*one) for one in zip(found[::3], rests, found[2::3], strict=True)]


def split_signs(text: str) -> tuple[list[str], list[str]]:
    """The lines after ``-`` and the lines after ``+``."""
    lines = text.removesuffix("\n").split("\n")
    assert all(line[:2] in ("-", "+", "- ", "+ ") for line in lines), text
    old, new = ([line[2:] for line in lines if line[0] == sign] for sign in "-+")
    return old, new


def edit(content: str, text: str) -> str:
    """Replace the lines after ``-``, which occur once in a file, by the lines after ``+``."""
    old, new = split_signs(text)
    end = "" if new else "\n"
    gone = "\n".join(old) + end
    assert content.count(gone) == 1, gone
    return content.replace(gone, "\n".join(new))


def replace(path: Path, title: str, word: str, text: str) -> None:
    """Write the last part of a case again, which is the one called ``word``."""
    cases = read(path)
    kept, found, _ = cases[title].rpartition(f"@ {word}\n")
    assert found, f"{path}: {title} has no part {word}"
    cases[title] = f"{kept}{found}{text}"
    written = "\n".join(f"=== {name}\n{case}" for name, case in cases.items())
    path.write_text(written, "utf-8", newline="\n")
