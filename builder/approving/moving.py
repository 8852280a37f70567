"""Takes keys out of a YAML file, and leaves every other byte as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from builder.diagnostics import Position
from builder.sources import Place


@dataclass(frozen=True, slots=True)
class Moved:
    """The text without the keys, and the places of those that could not be taken out."""

    text: str
    left: tuple[Position, ...]


def moved(text: str, keys: Iterable[tuple[Place, str]]) -> Moved:
    """The text of a file without these keys: each the place of its mapping, and its name.

    Only a key that has a line to itself is taken out, the whole line with its note.
    """
    lines = text.splitlines(keepends=True)
    left = []
    for mapping, name in sorted(keys, key=lambda one: one[0].parts[one[1]].key, reverse=True):
        place = mapping.parts[name]
        if not _taken(lines, place, name):
            left.append(place.key)
    return Moved("".join(lines), tuple(sorted(left)))


def _taken(lines: list[str], place: Place, name: str) -> bool:
    row, column = place.key.line - 1, place.key.column - 1
    mark = "\ufeff" if not row and lines[0].startswith("\ufeff") else ""
    line = lines[row].removeprefix(mark)
    before, rest = line[:column], line[column:]
    alone = re.match(rf"{name}\s*:(\s|$)", rest)
    if not alone or not place.one_line or place.at.line != place.key.line:
        return False
    if not before.strip():
        lines[row : row + 1] = [mark] if mark else []
        return True
    following = lines[row + 1] if row + 1 < len(lines) else ""
    if not re.fullmatch(r" *- +", before) or not re.match(rf" {{{column}}}[^\s#]", following):
        return False
    # The first key of an entry of a list: the hyphen goes to the next one.
    lines[row : row + 2] = [mark + before + following[column:]]
    return True
