"""Finds texts that the author still has to write: of a template, and notes such as TODO."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace

from builder.base.immutable import immutable
from builder.course.sources import PageFile, Place, Step, YamlFile
from builder.diagnostics.diagnostic import Position

SIGN = "✎"
"""The sign before each text in ``templates/starter/`` that the author has to write."""

_NOTE = re.compile(r"\b(?:TODO|TBC|TBD|FIXME)\b|\b[Ll]orem [Ii]psum\b")
_CODE = re.compile(r"`+[^`]*`+")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_PRIVATE = frozenset({"unsure", "id", "url", "file"})
"""Keys whose values trainees do not read."""


@immutable
class Unwritten:
    """A text that the author still has to write, and the position of its sign.

    ``text`` is the template's text after the sign. ``steps`` is the path to the text in the YAML of
    its file; empty for the body of a page.
    """

    at: Position
    text: str
    steps: tuple[Step, ...] = ()


def in_body(page: PageFile) -> Iterator[Unwritten]:
    """Yield the texts in the body of a page that the author has to write, at most one per line."""
    for row, line in enumerate(page.body.split("\n")):
        if SIGN in line:
            at = Position(page.path, page.body_line + row, line.index(SIGN) + 1)
            yield Unwritten(at, _text_after_sign(line))


def in_yaml(file: YamlFile) -> Iterator[Unwritten]:
    """Yield the texts in a YAML file, or in a page's front matter, that the author has to write."""
    # Searching all values as one text is much faster than one by one.
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
        # In texts whose lines YAML has joined, the position of a line is unknown.
        if place.one_line or place.literal:
            at = replace(at, line=at.line + row, column=at.column + line.index(SIGN))
        yield Unwritten(at, _text_after_sign(line), steps)


def _text_after_sign(line: str) -> str:
    return line.partition(SIGN)[2].strip(" .")


def notes_in_body(page: PageFile) -> Iterator[Unwritten]:
    """Yield the notes such as TODO in the body of a page, at most one per line; ignores code."""
    if not _NOTE.search(page.body):
        return
    fenced = False
    for row, line in enumerate(page.body.split("\n")):
        fenced ^= bool(_FENCE.match(line))
        found = None if fenced else _NOTE.search(_without_code(line))
        if found:
            at = Position(page.path, page.body_line + row, found.start() + 1)
            yield Unwritten(at, found[0])


def notes_in_yaml(file: YamlFile) -> Iterator[Unwritten]:
    """Yield the notes such as TODO in the texts of a YAML file, or of a page's front matter, at
    most one per text; ignores code."""
    if _NOTE.search(json.dumps(file.value, ensure_ascii=False)):
        yield from _notes_in_value(file.value, file.place, ())


def _notes_in_value(value: object, place: Place, steps: tuple[Step, ...]) -> Iterator[Unwritten]:
    if isinstance(value, str):
        if found := note_in(value):
            yield Unwritten(place.at, found, steps)
        return
    parts = value.items() if isinstance(value, dict) else ()
    for step, part in enumerate(value) if isinstance(value, list) else parts:
        if step not in _PRIVATE:
            yield from _notes_in_value(part, place.find([step]), (*steps, step))


def note_in(text: str) -> str:
    """The first note such as TODO in a text, apart from code; empty if there is none."""
    found = _NOTE.search(_without_code(text))
    return found[0] if found else ""


def _without_code(text: str) -> str:
    return _CODE.sub(lambda match: " " * len(match[0]), text)
