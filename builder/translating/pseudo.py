"""Translates a course into the pseudo-language ``en-XA``, which shows what does not grow."""

from __future__ import annotations

import re

from builder.course.pseudo import pseudo
from builder.course.translations import Message
from builder.translating.markup import is_markdown, marks_in

_FIRST, _LAST = "\ue000", "\ue001"
"""Private characters around the number of markup that stays as it is."""
_KEPT = re.compile(f"{_FIRST}(\\d+){_LAST}")
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
    kept: list[str] = []
    stubbed, end = [], 0
    for _, _, start, after, _ in marks_in(text, as_markdown):
        stubbed += [text[end:start], f"{_FIRST}{len(kept)}{_LAST}"]
        kept.append(text[start:after])
        end = after
    made = pseudo("".join((*stubbed, text[end:])), _KEPT)
    if made == "".join((*stubbed, text[end:])):
        return text
    if as_markdown:
        made = _OUTSIDE.sub(lambda found: re.sub(r"([\[\]~])", r"\\\1", found[0]), made)
    made = _KEPT.sub(lambda found: kept[int(found[1])], made)
    fits = not message.limit or len(made) <= message.limit
    return made if fits and (not as_markdown or _markup(made) == _markup(text)) else text


def _markup(text: str) -> list[str]:
    """The markup of a translation, without escapes."""
    marks = marks_in(text, True)
    return [text[start:end] for _, role, start, end, _ in marks if role != "text"]
