"""Translates a course into the pseudo-language ``en-XA``, which shows which parts of
pages do not grow with their text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from builder.course.pseudo import pseudo
from builder.course.translations import Message
from builder.translating.markup import is_markdown, marks_in

_FIRST, _LAST = "\ue000", "\ue001"
"""Private characters around the number of markup that stays as it is."""
_KEPT = re.compile(f"{_FIRST}(\\d+){_LAST}")
_ADDRESS = re.compile(r"https?://\S+|[^\s@]+@[^\s@]+\.\w+")
"""An address in plain text, such as that of a contact."""
_PLACE = re.compile(r"\(\d+(?:\.\d+)?%, *\d+(?:\.\d+)?%\) *")
"""The place of a label in an image."""
_OUTSIDE = re.compile(r"^\[|~*\]$")
"""Matches the brackets and the padding of the pseudo-language."""


def translate(message: Message) -> str:
    """The text of a message in the pseudo-language, or unchanged if it must not be longer.

    Markup, variables, addresses and code stay as they are. Accepted answers stay, too: a tester
    could not type them.
    """
    text, as_markdown = message.text, is_markdown(message)
    if message.kind == "answers" or _FIRST in text:
        return text
    spans = [mark[2:4] for mark in marks_in(text, as_markdown)]
    if not as_markdown:
        spans += [found.span() for found in _ADDRESS.finditer(text)]
    first, last = _inside(text) if as_markdown else (0, len(text))
    made = text[:first] + _changed(text, spans, first, last, as_markdown) + text[last:]
    if message.kind in ("quotation", "value"):
        # Other texts contain them, and quotations are compared with pages word by word.
        made = _OUTSIDE.sub("", made)
    fits = not message.limit or len(made) <= message.limit
    return made if fits and (not as_markdown or _markup(made) == _markup(text)) else text


def _inside(text: str) -> tuple[int, int]:
    """The offsets in Markdown between which the brackets are.

    Blocks such as ``::: video`` need an item that is only a link, starts with a place in an image,
    or ends with a variable. So the brackets are inside the markup at both ends.
    """
    marks = tuple(marks_in(text, True))
    place = _PLACE.match(text)
    first, last = place.end() if place else 0, len(text)
    for _, role, start, end, _ in marks:
        if role == "open" and start == first:
            first = end
    for _, role, start, end, _ in reversed(marks):
        if role in ("close", "single") and end == last:
            last = start
            if role == "single":
                last = len(text[:last].rstrip(": "))
    return first, max(first, last)


def _changed(
    text: str, spans: Sequence[tuple[int, int]], first: int, last: int, as_markdown: bool
) -> str:
    """The text between two offsets in the pseudo-language; ``spans`` are what stays."""
    kept: list[str] = []
    stubbed, end = [], first
    for start, after in sorted(spans):
        if end <= start and after <= last:
            stubbed += [text[end:start], f"{_FIRST}{len(kept)}{_LAST}"]
            kept.append(text[start:after])
            end = after
    words = "".join((*stubbed, text[end:last]))
    made = pseudo(words, _KEPT)
    if as_markdown and made != words:
        made = _OUTSIDE.sub(lambda found: re.sub(r"([\[\]~])", r"\\\1", found[0]), made)
    return _KEPT.sub(lambda found: kept[int(found[1])], made)


def _markup(text: str) -> list[str]:
    """The markup of a translation, without escapes."""
    marks = marks_in(text, True)
    return [text[start:end] for _, role, start, end, _ in marks if role != "text"]
