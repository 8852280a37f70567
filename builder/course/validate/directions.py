"""Rules for invisible characters that change the writing direction: each must be closed.

Unicode Standard Annex 9, 2 and 3.3.2: an embedding or override (U+202A, U+202B, U+202D, U+202E)
lasts until U+202C, an isolate (U+2066 to U+2068) until U+2069, both at most to the end of the
paragraph.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html import unescape

from builder.course.questions.base import VISIBLE_PATTERN
from builder.course.sources import Place, PoFile, YamlFile
from builder.course.validate.material import Material
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position

_CLOSING = {
    **dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c"),
    **dict.fromkeys("\u2066\u2067\u2068", "\u2069"),
}
_DIRECTION_CHARACTER = re.compile(
    "[\u202a-\u202e\u2066-\u2069]|&#(?:x0{0,2}(?:202[a-e]|206[6-9])|0{0,3}(?:823[4-8]|829[4-7]));",
    re.IGNORECASE,
)
"""Matches a character that changes the writing direction, or its character reference in Markdown:
`&#8238;`, `&#x202e;`."""


_VISIBLE_WORD = re.compile(rf"{VISIBLE_PATTERN}\S{{0,20}}")


def unclosed(text: str) -> Iterator[tuple[int, str]]:
    """Yield the offset and the character of each unclosed direction character in ``text``, which is
    one paragraph."""
    opened: list[tuple[int, str]] = []
    for match in _DIRECTION_CHARACTER.finditer(text):
        character = unescape(match[0])
        if character in _CLOSING:
            opened.append((match.start(), character))
        elif opened and _CLOSING[opened[-1][1]] == character:
            opened.pop()
    yield from opened


def _has_direction_characters(text: str) -> bool:
    return ("&#" in text or not text.isascii()) and bool(_DIRECTION_CHARACTER.search(text))


def fields(material: Material) -> Iterator[Diagnostic]:
    """Report unclosed direction characters in the texts of ``course.yaml`` and of the front matter
    of pages."""
    sources = material.sources
    for file in (sources.course, *(page.front for page in sources.pages.values())):
        yield from _check_values(file)


def questions(material: Material) -> Iterator[Diagnostic]:
    """Report unclosed direction characters in the texts of questions."""
    for file in material.sources.questions.values():
        yield from _check_values(file)


def _check_values(file: YamlFile) -> Iterator[Diagnostic]:
    # Searching all values as one text is much faster than one by one.
    if not _has_direction_characters(json.dumps(file.value, ensure_ascii=False)):
        return
    todo: list[tuple[object, Place]] = [(file.value, file.place)]
    while todo:
        value, place = todo.pop()
        if isinstance(value, str):
            for start, character in unclosed(value):
                at = place.at
                column = at.column + start if place.one_line else at.column
                yield _problem(Position(at.path, at.line, column), value[start:], character)
        elif isinstance(value, dict):
            todo += [(part, place.find([key])) for key, part in value.items()]
        elif isinstance(value, list):
            todo += [(part, place.find([index])) for index, part in enumerate(value)]


def pages(material: Material) -> Iterator[Diagnostic]:
    """Report unclosed direction characters in the paragraphs of pages."""
    for page in material.sources.pages.values():
        if not _has_direction_characters(page.body):
            continue
        line = page.body_line
        for paragraph in re.split(r"(\n[ \t]*\n)", page.body):
            row, before, scanned_to = line, -1, 0
            for start, character in unclosed(paragraph):
                row += paragraph.count("\n", scanned_to, start)
                before = max(before, paragraph.rfind("\n", scanned_to, start))
                position = Position(page.path, row, start - before)
                yield _problem(position, paragraph[start:], character)
                scanned_to = start
            line += paragraph.count("\n")


def translations(file: PoFile) -> Iterator[Diagnostic]:
    """Report unclosed direction characters in the translations of a PO file."""
    for entry in file.entries:
        at = Position(file.path, entry.line, 1)
        for text in () if entry.obsolete else (entry.translation, *entry.forms):
            if _has_direction_characters(text):
                for start, character in unclosed(text):
                    yield _problem(at, text[start:], character)


def _problem(position: Position, text: str, character: str) -> Diagnostic:
    """The diagnostic for an unclosed direction character, at which ``text`` starts."""
    match = _DIRECTION_CHARACTER.match(text)
    written = match[0] if match else character
    what, delete = f"“{written}”", f"Delete “{written}”"
    closing = f"“&#x{ord(_CLOSING[character]):04X};”"
    if written == character:
        following = _VISIBLE_WORD.match(text, len(character))
        where = f"directly before “{following[0]}”" if following else "after it"
        what = f"An invisible character ({_number(character)})"
        delete = f"Delete it: put the cursor {where} and press backspace"
        closing = _number(_CLOSING[character])
    return problem("direction-open", position, what=what, delete=delete, closing=closing)


def _number(character: str) -> str:
    return f"U+{ord(character):04X}"


RULES: tuple[Callable[[Material], Iterator[Diagnostic]], ...] = (fields, questions, pages)
