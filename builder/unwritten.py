"""What a course still has of the texts that only its author can write."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from builder.diagnostics import Position
from builder.immutable import immutable
from builder.sources import PageFile, Place, Step, YamlFile

SIGN = "✎"
"""What stands in ``templates/starter/`` before whatever only an author knows."""


@immutable
class Unwritten:
    """A text that is still to be written, and where its sign stands.

    ``steps`` lead to it in the YAML of its file; the text of a page has none.
    """

    at: Position
    text: str
    steps: tuple[Step, ...] = ()


def in_body(page: PageFile) -> Iterator[Unwritten]:
    """What is to be written in the text of a page: one for each line."""
    for row, line in enumerate(page.body.split("\n")):
        if SIGN in line:
            at = Position(page.path, page.body_line + row, line.index(SIGN) + 1)
            yield Unwritten(at, _asked(line))


def in_yaml(file: YamlFile) -> Iterator[Unwritten]:
    """What is to be written among the values of a YAML file, or of a page's front matter."""
    # As one text it is searched much faster than part by part.
    if SIGN in json.dumps(file.value, ensure_ascii=False):
        yield from _in_value(file.value, file.place, ())


def _in_value(value: object, place: Place, steps: tuple[Step, ...]) -> Iterator[Unwritten]:
    if isinstance(value, str):
        if SIGN in value:
            yield from _in_text(value, place, steps)
        return
    parts = value.items() if isinstance(value, dict) else ()
    for step, part in enumerate(value) if isinstance(value, list) else parts:
        yield from _in_value(part, place.find([step]), (*steps, step))


def _in_text(text: str, place: Place, steps: tuple[Step, ...]) -> Iterator[Unwritten]:
    for row, line in enumerate(text.split("\n")):
        if SIGN not in line:
            continue
        at = place.at
        # Where YAML has joined lines, nobody can tell any more where each of them was.
        if place.one_line or place.literal:
            at = replace(at, line=at.line + row, column=at.column + line.index(SIGN))
        yield Unwritten(at, _asked(line), steps)


def _asked(line: str) -> str:
    return line.partition(SIGN)[2].strip(" .")
