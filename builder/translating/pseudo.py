"""Translates a course into the pseudo-language ``en-XA``, which shows what does not grow."""

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
    before, inside, behind = _outer_image(text) if as_markdown else ("", text, "")
    made = before + _changed(inside, text, spans, len(before), as_markdown) + behind
    fits = not message.limit or len(made) <= message.limit
    return made if fits and (not as_markdown or _markup(made) == _markup(text)) else text


def _outer_image(text: str) -> tuple[str, str, str]:
    """The parts of a text that is one image: its description, and what is before and behind it.

    An image alone in a paragraph is a figure, so that the brackets must be in the description.
    """
    marks = tuple(marks_in(text, True))
    images = [mark for mark in marks if mark[:2] == ("image", "open")]
    if len(images) == 1 and images[0][2] == 0 and marks[-1][3] == len(text):
        first, last = images[0][3], marks[-1][2]
        return text[:first], text[first:last], text[last:]
    return "", text, ""


def _changed(
    inside: str, text: str, spans: Sequence[tuple[int, int]], offset: int, as_markdown: bool
) -> str:
    """``inside``, which starts at ``offset`` of ``text``, in the pseudo-language; ``spans`` are
    what stays in ``text``."""
    kept: list[str] = []
    stubbed, end = [], offset
    for start, after in sorted(spans):
        if end <= start and after <= offset + len(inside):
            stubbed += [text[end:start], f"{_FIRST}{len(kept)}{_LAST}"]
            kept.append(text[start:after])
            end = after
    words = "".join((*stubbed, text[end : offset + len(inside)]))
    made = pseudo(words, _KEPT)
    if as_markdown and made != words:
        made = _OUTSIDE.sub(lambda found: re.sub(r"([\[\]~])", r"\\\1", found[0]), made)
    return _KEPT.sub(lambda found: kept[int(found[1])], made)


def _markup(text: str) -> list[str]:
    """The markup of a translation, without escapes."""
    marks = marks_in(text, True)
    return [text[start:end] for _, role, start, end, _ in marks if role != "text"]
