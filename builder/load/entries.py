"""A YAML file that is one list, read entry by entry: what did not change is not read again."""

from __future__ import annotations

import re

from builder.diagnostics import Diagnostic, Position
from builder.load import yaml
from builder.memo import Memo
from builder.sources import Place, Step, YamlFile

_ENTRY = re.compile(r"^-(?=[ \n])", re.MULTILINE)
"""Where an entry of the file's own list begins."""
_ELSEWHERE = re.compile(r"^[^\s#-]|^-[^ \n]|\t", re.MULTILINE)
"""What makes a file more than a list of entries, each indented below its hyphen."""


def read(text: str, path: str, memo: Memo) -> tuple[YamlFile | None, tuple[Diagnostic, ...]]:
    """The same as ``yaml.read``, through a ``memo``."""
    if not memo.keeps:
        return yaml.read(text, path)
    starts = [match.start() for match in _ENTRY.finditer(text)]
    if not starts or _ELSEWHERE.search(text) or _says(text[: starts[0]]):
        return yaml.read(text, path)
    values: list[object] = []
    parts: dict[Step, Place] = {}
    line = text.count("\n", 0, starts[0])
    begins = Position(path, line + 1, 1)
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        entry = text[start:end]
        file, problems = _read(entry, path, memo)
        # Messages tell lines in words, too, and what is not closed goes on in the next entry.
        if problems or file is None or not isinstance(file.value, list) or len(file.value) != 1:
            return yaml.read(text, path)
        parts[len(values)] = _moved(file.place.parts[0], line, (path, entry), memo)
        values.append(file.value[0])
        line += entry.count("\n")
    return YamlFile(path, values, Place(begins, begins, parts)), ()


def _read(entry: str, path: str, memo: Memo) -> tuple[YamlFile | None, tuple[Diagnostic, ...]]:
    return memo.of(("entry", path, entry), (), lambda: yaml.read(entry, path))


def _moved(place: Place, lines: int, name: tuple[str, str], memo: Memo) -> Place:
    return memo.of(("place", *name), (place, lines), lambda: place.moved(lines))


def _says(text: str) -> bool:
    return any(line.strip() and not line.lstrip().startswith("#") for line in text.split("\n"))
