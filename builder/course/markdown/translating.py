"""Replaces the text of each block by its translation, before inline Markdown is parsed.

A translation is inline Markdown: it cannot add or remove a block. Ids of headings and terms are
made from the words of the source, so that links lead to the same place in every language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from builder.base.immutable import immutable
from builder.course.directives import titled
from builder.course.markdown.inline_tokens import text_of

TextKind = Literal["paragraph", "heading", "item", "cell", "column", "term", "meaning", "title"]
"""What a text of a page is: a paragraph, a heading, an item of a list, a cell or a column header of
a table, a term or its meaning, or the title of a block."""


@immutable
class Rendition:
    """A text as trainees get it in a language: inline Markdown, or the title of a block.

    ``language`` and ``direction`` are those of the text if it is not translated, for HTML's
    ``lang`` and ``dir``; else empty.
    """

    text: str
    language: str = ""
    direction: str = ""


Rows = tuple[int, int]
"""The index of the first line of a text in the Markdown, from 0, and that of the line after it."""
Translate = Callable[[str, TextKind, Rows], Rendition]
"""A function that returns the rendition of a text in the source language."""

TRANSLATED = "translated"
"""The name of the rule that translates the text of each block."""
TRANSLATE = "translate"
"""Key of the parser's environment for its ``Translate`` function; absent for the source."""
SOURCE_WORDS = "source words"
"""Key in the ``meta`` of a heading's or term's opening token: its words in the source language."""
LANGUAGE = "language"
"""Key in the ``meta`` of an inline token that is not translated: its language and direction."""

_BREAK = re.compile(r"(?: (?P<spaces> +)|(?P<signs>(?<!\\)(?:\\\\)*\\(?=\n)))?[ \t]*\n[ \t]*")
"""Matches a line end in Markdown, with two or more spaces or a backslash before it if it is a line
break that readers see."""
_KINDS: dict[str, TextKind] = {
    "heading_open": "heading",
    "th_open": "column",
    "td_open": "cell",
    "dt_open": "term",
    "dd_open": "meaning",
    "list_item_open": "item",
}
"""The kind of a text, by the innermost token around it."""


def add_translating(parser: MarkdownIt) -> None:
    """Make a parser translate the text of each block; it needs the other rules on blocks."""
    parser.core.ruler.before("inline", TRANSLATED, _translate)


def unwrap(text: str) -> str:
    """A text of Markdown as one line: a line end becomes a space, and stays if it is a break that
    readers see."""
    if "\n" not in text:
        return text
    return _BREAK.sub(_joined_line, text)


def _joined_line(end: re.Match[str]) -> str:
    if end["signs"]:
        return f"{end['signs']}\n"
    return "  \n" if end["spaces"] else " "


def _translate(state: StateCore) -> None:
    if translate := state.env.get(TRANSLATE):
        translate_blocks(state, translate)


def translate_blocks(state: StateCore, translate: Translate) -> None:
    """Replace the text of each block, whose inline Markdown is not parsed yet."""
    opened: list[Token] = []
    for at, token in enumerate(state.tokens):
        if token.type == "inline":
            kind = next((_KINDS[one.type] for one in reversed(opened) if one.type in _KINDS), None)
            _translate_inline(state, at, kind or "paragraph", translate)
        elif token.type == "directive_open":
            if titled(token.info) and token.content:
                title = translate(token.content, "title", _rows(token, 1))
                token.content = title.text
        elif token.nesting == 1:
            opened.append(token)
        elif token.nesting == -1 and token.type != "directive_close":
            opened.pop()


def _translate_inline(state: StateCore, at: int, kind: TextKind, translate: Translate) -> None:
    token, before = state.tokens[at], state.tokens[at - 1]
    if not token.content:
        return
    source = unwrap(token.content)
    made = translate(source, kind, _rows(token))
    if made.language:
        token.meta[LANGUAGE] = made.language, made.direction
        return
    if made.text == source:
        return
    if before.type in ("heading_open", "dt_open"):
        before.meta[SOURCE_WORDS] = _words(state, token.content)
    token.content = made.text


def _rows(token: Token, count: int | None = None) -> Rows:
    """The rows of a block, or ``count`` rows from its first row on."""
    first, end = token.map or (0, 1)
    return first, first + count if count else end


def _words(state: StateCore, text: str) -> str:
    """The text of inline Markdown without markup, as the ids of headings are made from it."""
    children: list[Token] = []
    state.md.inline.parse(text, state.md, state.env, children)
    return text_of(_joined(children), lambda name: "").strip()


def _joined(children: Sequence[Token]) -> Sequence[Token]:
    for child in children:
        if child.type == "text_special":
            child.type = "text"
    return children
