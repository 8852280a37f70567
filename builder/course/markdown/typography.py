"""Replaces straight quotes, typed dashes and spaces by those of a language.

Changes only the output: the source text stays as it is for comparison, search and the LMS. Code,
URLs and local values stay unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from markdown_it.token import Token

from builder.base.patterns import late
from builder.course.interface import Typography
from builder.course.markdown.inlines import AUTOMATIC

_STRAIGHT = "\"'"
_PLACEHOLDER = "\ufffc"
"""Placeholder character for content without text, such as an image."""
_OPENERS = frozenset("([{-–—/¿¡“‘«")
_ELIDED = late(r"'(?:tis|twas|em|til|n|\d\ds)\b", re.IGNORECASE)
"""Matches words that start with an apostrophe."""
_MAX_OPEN_QUOTES = 20
"""Maximum number of open quotation marks."""
_DASH = late(r"(?<=\s)-{2,3}(?=\s)|(?<=[^\s-])-{2,3}(?=[^\s-])")
_DASHES = {2: "–", 3: "—"}
_DOTS = late(r"(?<!\.)\.{3}(?!\.)")
_NO_BREAK = "\u00a0"


def typeset(tokens: Sequence[Token], typography: Typography) -> Iterator[Token]:
    """Yield the tokens with their texts as they are printed; the given tokens stay unchanged."""
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
    """Yield the text of each token as its neighbours see it; marks of emphasis have none."""
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
    """The replacement of each straight mark, by offset: pairs become quotation marks, others
    apostrophes."""
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
    """Yield the offsets of spaces that must not break, in languages with spaces before
    punctuation."""
    for at, letter in enumerate(whole[:-1]):
        if letter == " " and whole[at + 1] in typography.before:
            yield at, typography.before[whole[at + 1]]
        elif letter in typography.behind and whole[at + 1] == " ":
            yield at + 1, _NO_BREAK
