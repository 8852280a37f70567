"""Prepares text for display: quotes, dashes and spaces of a language, and the direction of text.

Changes only what is displayed: comparison, search and the LMS use the source text. Code, URLs and
the values of variables stay unchanged.

Text in the opposite direction to its course is marked, since a browser would use the direction of
the course, which puts a full stop on the wrong side (HTML, the ``dir`` attribute). The direction
with more letters wins: a paragraph may start with a name in another script.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal

from markdown_it.token import Token

from builder.base.patterns import late
from builder.course.interface import Typography
from builder.course.markdown.inline_tokens import text_of
from builder.course.markdown.inlines import AUTOMATIC

_STRAIGHT = "\"'"
_PLACEHOLDER = "\ufffc"
"""Placeholder character for content without text, such as an image."""
_OPENERS = frozenset("([{-–—/¿¡“‘«")
_ELIDED = late(r"'(?:tis|twas|em|til|n|\d\ds)\b", re.IGNORECASE)
"""Matches words that start with an apostrophe."""
_MAX_OPEN_QUOTES = 20
"""Maximum number of opening quotation marks that are remembered until their closing marks."""
_DASH = late(r"(?<=\s)-{2,3}(?=\s)|(?<=[^\s-])-{2,3}(?=[^\s-])")
_DASHES = {2: "–", 3: "—"}
_DOTS = late(r"(?<!\.)\.{3}(?!\.)")
_NO_BREAK = "\u00a0"


def typeset(tokens: Sequence[Token], typography: Typography) -> Iterator[Token]:
    """Yield copies of the tokens with quotes, dashes and spaces as the language prints them; the
    given tokens stay unchanged."""
    for token in tokens:
        children = token.children if token.type == "inline" else None
        if children:
            yield token.copy(children=list(_typeset_line(children, typography)))
        else:
            yield token


def _typeset_line(children: Sequence[Token], typography: Typography) -> Iterator[Token]:
    texts = list(_texts(children))
    whole = "".join(texts)
    printed = [*whole]
    for at, mark in _quote_marks(whole, typography).items():
        printed[at] = mark
    _replace(printed, whole, _DASH, _DASHES)
    for dots in _DOTS.finditer(whole):
        printed[dots.start() : dots.end()] = ["…", "", ""]
    for at, space in _no_break_spaces(whole, typography):
        printed[at] = space
    start = 0
    for child, text in zip(children, texts, strict=True):
        end = start + len(text)
        fixed = child.type != "text" or text == _PLACEHOLDER * len(text)
        yield child if fixed else child.copy(content="".join(printed[start:end]))
        start = end


def _texts(children: Sequence[Token]) -> Iterator[str]:
    """Yield the text of each token in the line whose quotes and dashes are converted; placeholders
    replace what must stay unchanged, and marks of emphasis are empty."""
    address = False
    for child in children:
        if child.info == AUTOMATIC:
            address = child.type == "link_open"
            yield ""
        elif child.type == "text":
            yield _PLACEHOLDER * len(child.content) if address else child.content
        elif child.type in ("softbreak", "hardbreak"):
            yield " "
        elif child.type in ("code_inline", "variable", "image"):
            yield _PLACEHOLDER
        else:
            yield ""


def _replace(
    printed: list[str], whole: str, pattern: re.Pattern[str], marks: Mapping[int, str]
) -> None:
    for found in pattern.finditer(whole):
        length = found.end() - found.start()
        printed[found.start() : found.end()] = [marks[length], *[""] * (length - 1)]


def _quote_marks(whole: str, typography: Typography) -> dict[int, str]:
    """The replacements of straight marks, by offset: pairs become quotation marks, other single
    marks apostrophes, other double marks stay."""
    marks: dict[int, str] = {}
    opened: list[int] = []
    for at, mark in enumerate(whole):
        if mark not in _STRAIGHT:
            continue
        before, after = whole[at - 1 : at] or " ", whole[at + 1 : at + 2] or " "
        within = before.isalnum() and after.isalnum()
        opens = (
            not _ELIDED.match(whole, at)
            and not after.isspace()
            and (before.isspace() or before in _OPENERS or before in "\"'")
        )
        first = next((start for start in reversed(opened) if whole[start] == mark), None)
        if first is not None and not before.isspace() and not within:
            # Marks opened in between and still open were not quotation marks.
            del opened[opened.index(first) :]
            marks[first], marks[at] = typography.marks(double=mark == '"')
        elif opens:
            opened.append(at)
            del opened[:-_MAX_OPEN_QUOTES]
        if mark == "'":
            marks.setdefault(at, "’")
    return marks


def _no_break_spaces(whole: str, typography: Typography) -> Iterator[tuple[int, str]]:
    """Yield the offset of each space at which a line must not break, beside punctuation, and the
    no-break space that replaces it."""
    for at, letter in enumerate(whole[:-1]):
        if letter == " " and whole[at + 1] in typography.before:
            yield at, typography.before[whole[at + 1]]
        elif letter in typography.behind and whole[at + 1] == " ":
            yield at + 1, _NO_BREAK


Direction = Literal["ltr", "rtl"]

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]")
"""Matches characters in blocks of right-to-left scripts (Unicode Standard Annex 9, table 5)."""

_ISOLATES: Mapping[Direction, str] = {"ltr": "\u2066", "rtl": "\u2067"}
_END_OF_ISOLATE = "\u2069"
"""Ends a directional isolate, which is the equivalent of ``dir`` in plain text (Unicode Standard
Annex 9, 2.4)."""

_CELLS = ("th", "td")
# The padding of a list leaves room for bullets only on the side where the course's text starts.
_STYLES = {"li": "margin-inline-start:1.5em"}


def opposite_direction(text: str, usual: Direction) -> Direction | None:
    """The writing direction of a text if it is opposite to ``usual``, else ``None``."""
    written = _dominant_direction(text, usual)
    return written if written != usual else None


def isolate(text: str, usual: Direction) -> str:
    """Wrap a text in directional isolates if its writing direction is opposite to ``usual``, that
    of the text around it.

    Used where no markup is possible, such as an option of a list, or a title within a sentence.
    """
    written = opposite_direction(text, usual)
    return f"{_ISOLATES[written]}{text}{_END_OF_ISOLATE}" if written else text


def mark_directions(
    tokens: Sequence[Token], direction: Direction, value: Callable[[str], str]
) -> Sequence[Token]:
    """The tokens with ``dir`` attributes where the text is opposite to ``direction``; the given
    tokens stay unchanged.

    Paragraphs, headings and items get the attribute themselves. The text of a cell, or of a line
    without an element, such as an option, is wrapped in a ``span`` instead: so it starts on the
    same side as the cells or options around it. ``value`` returns the value of a variable.
    """
    if direction == "ltr":
        texts = (_text(one, value) for one in tokens if one.type == "inline")
        if not _RIGHT_TO_LEFT.search("".join(texts)):
            return tokens
    return [*_mark_tokens(tokens, direction, value)]


def _mark_tokens(
    tokens: Sequence[Token], direction: Direction, value: Callable[[str], str]
) -> Iterator[Token]:
    for at, token in enumerate(tokens):
        words = _words(tokens, at)
        other = opposite_direction(_text(words, value), direction) if words else None
        if not other:
            yield token
        elif token.type == "inline":
            yield token.copy(children=[*_wrap_in_span(token.children or [], other)])
        else:
            style = {"style": _STYLES[token.tag]} if token.tag in _STYLES else {}
            yield token.copy(attrs={**token.attrs, "dir": other, **style})


def _wrap_in_span(children: Sequence[Token], written: Direction) -> Iterator[Token]:
    yield Token("span_open", "span", 1, attrs={"dir": written})
    yield from children
    yield Token("span_close", "span", -1)


def _text(line: Token, value: Callable[[str], str]) -> str:
    """The text of an inline token, without its images. ``value`` returns the value of a
    variable."""
    children = [child for child in line.children or [] if child.type != "image"]
    return text_of(children, value)


def _words(tokens: Sequence[Token], at: int) -> Token | None:
    """The inline token whose direction the token at index ``at`` can set: the token itself, or that
    of the paragraph, heading or item that the token opens; ``None`` if there is none."""
    token = tokens[at]
    if token.type == "inline":
        earlier = (tokens[before] for before in range(at - 1, -1, -1))
        before = next((one for one in earlier if not one.hidden), None)
        opened = before is not None and before.nesting == 1 and before.tag not in _CELLS
        return None if opened else token
    if token.nesting != 1 or token.hidden or token.tag in _CELLS:
        return None
    # A tight list has hidden paragraphs.
    for token in tokens[at + 1 : at + 3]:
        if token.type == "inline":
            return token
        if not token.hidden:
            return None
    return None


def _dominant_direction(text: str, usual: Direction) -> Direction | None:
    """The direction of most letters of a text; ``None`` if both directions have as many."""
    if usual == "ltr" and not _RIGHT_TO_LEFT.search(text):
        return usual
    kinds = Counter(map(unicodedata.bidirectional, text))
    right, left = kinds["R"] + kinds["AL"], kinds["L"]
    if right == left:
        return None
    return "rtl" if right > left else "ltr"
