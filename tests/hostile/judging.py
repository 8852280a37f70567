"""What a command owes to whoever gives it a bad input."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from unicodedata import bidirectional, category

_TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def faults(arguments: Sequence[str], folder: Path, code: int, out: str, err: str) -> Iterator[str]:
    """Everything that is wrong with how a command ended, in words."""
    told = out + err
    if code not in (0, 1, 2):
        yield f"exit code {code}"
    if "Traceback" in told:
        yield "a traceback"
    if obeyed := {one for one in told if one != "\n" and _obeyed(one)}:
        yield f"a terminal would obey {obeyed}"
    if code and not told.strip():
        yield "nothing is said"
    if code == 2 and (out or not err.strip()):
        yield "a wrong command is told on the wrong stream"
    if len(told) > 4_000_000:
        yield f"{len(told)} characters are told"
    helped = "-h" in arguments
    if "--json" in arguments and code != 2 and not helped and arguments[0] != "explain":
        try:
            json.loads(out)
        except ValueError:
            yield "what should be JSON is none"
    yield from _left(arguments, folder, code)


def _obeyed(character: str) -> bool:
    """Whether a terminal would obey a character: controls, halves of characters, ends of lines and
    paragraphs, and whatever turns the direction of others."""
    turns = bidirectional(character) in _TURNING or character in "\u061c\u200e\u200f"
    return turns or category(character) in ("Cc", "Cs", "Zl", "Zp")


def _left(arguments: Sequence[str], folder: Path, code: int) -> Iterator[str]:
    aside = sorted(path.name for path in folder.rglob(".scorm-builder-*"))
    if aside:
        yield f"what it has written in is left: {aside}"
    dist = folder / "dist"
    names = sorted(path.name for path in dist.iterdir()) if dist.is_dir() else []
    made = [name for name in names if name.endswith(".zip")]
    if code == 0 and made and len(names) != 2 * len(made):
        yield f"beside the package lies {names}"
    if code and names:
        yield f"a build that failed has left {names}"
