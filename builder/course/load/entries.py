"""Reads a YAML file that is one list entry by entry, and reuses the entries that did not change."""

from __future__ import annotations

import re

from builder.base.cache import Cache
from builder.course.load import yaml
from builder.course.sources import Place, Step, YamlFile
from builder.diagnostics.diagnostic import Diagnostic, Position

_ENTRY = re.compile(r"^-(?=[ \n])", re.MULTILINE)
"""The start of an entry of the file's top-level list."""
_NOT_A_LIST = re.compile(r"^[^\s#-]|^-[^ \n]|\t", re.MULTILINE)
"""A line that makes the file more than a list of entries indented below their hyphens."""


def read(text: str, path: str, cache: Cache) -> tuple[YamlFile | None, tuple[Diagnostic, ...]]:
    """Same as ``yaml.read``, but cached per entry in ``cache``."""
    if not cache.stores:
        return yaml.read(text, path)
    starts = [match.start() for match in _ENTRY.finditer(text)]
    if not starts or _NOT_A_LIST.search(text) or _has_content(text[: starts[0]]):
        return yaml.read(text, path)
    values: list[object] = []
    parts: dict[Step, Place] = {}
    line = text.count("\n", 0, starts[0])
    list_start = Position(path, line + 1, 1)
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        entry = text[start:end]
        file, problems = _read_entry(entry, path, cache)
        # Fall back, since messages name line numbers and an unclosed quote continues in the next
        # entry.
        if problems or file is None or not isinstance(file.value, list) or len(file.value) != 1:
            return yaml.read(text, path)
        parts[len(values)] = _move_place(file.place.parts[0], line, (path, entry), cache)
        values.append(file.value[0])
        line += entry.count("\n")
    return YamlFile(path, values, Place(list_start, list_start, parts)), ()


def _read_entry(
    entry: str, path: str, cache: Cache
) -> tuple[YamlFile | None, tuple[Diagnostic, ...]]:
    return cache.get_or_compute(("entry", path, entry), (), lambda: yaml.read(entry, path))


def _move_place(place: Place, lines: int, name: tuple[str, str], cache: Cache) -> Place:
    return cache.get_or_compute(("place", *name), (place, lines), lambda: place.moved(lines))


def _has_content(text: str) -> bool:
    return any(line.strip() and not line.lstrip().startswith("#") for line in text.split("\n"))
