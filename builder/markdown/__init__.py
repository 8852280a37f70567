"""Prose and directives: the only user of markdown-it.

A page is CommonMark with tables, definition lists, footnotes, ``~~struck out~~``, bare addresses,
``{{ variable }}``, ``{#id}`` after a heading, ``{width=50%}`` after an image, and blocks that start
with ``::: name argument`` and end with a line of as many colons. Raw HTML is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from builder.markdown.alignment import Span, aligned
from builder.markdown.definitions import add_definitions
from builder.markdown.document import (
    Directive,
    Document,
    Fault,
    Heading,
    Image,
    Link,
    Prose,
    Term,
    VariableUse,
)
from builder.markdown.elements import Element, blank, elements, joined
from builder.markdown.flow import End, Piece, Start, Words, flow
from builder.markdown.inlines import add_inlines
from builder.markdown.notes import NOTES, add_notes
from builder.markdown.paragraphs import Paragraph, one_line, paragraphs
from builder.markdown.reader import Reader
from builder.markdown.rendering import HEADING_PREFIX, Resolver, add_rendering
from builder.markdown.rules import add_rules
from builder.markdown.tables import add_tables, captioned
from builder.markdown.text import text_of
from builder.markdown.texts import THING, Text, Texts, changed
from builder.markdown.typography import typeset
from builder.markdown.wording import words

__all__ = [
    "HEADING_PREFIX",
    "THING",
    "Directive",
    "Document",
    "Element",
    "End",
    "Fault",
    "Heading",
    "Image",
    "Link",
    "Paragraph",
    "Piece",
    "Prose",
    "Resolver",
    "Span",
    "Start",
    "Term",
    "Text",
    "Texts",
    "VariableUse",
    "Words",
    "aligned",
    "blank",
    "captioned",
    "changed",
    "elements",
    "flow",
    "html",
    "inline",
    "joined",
    "one_line",
    "paragraphs",
    "parse",
    "plain",
    "words",
]

_MARKUP = re.compile(r"[\\`*_{}\[\]<>&!~\n]|://")


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    add_rules(parser)
    add_inlines(parser)
    add_notes(parser)
    add_tables(parser)
    add_definitions(parser)
    add_rendering(parser)
    return parser


_PARSER = _parser()


def parse(text: str, first_line: int = 1, notes: bool = True) -> Document:
    """The body of a page, whose first line is line ``first_line`` of its file.

    ``notes`` is whether it may have footnotes, which are numbered for a whole page. Never raises:
    what is wrong is in the ``faults`` of the document and of its prose.
    """
    tokens = _PARSER.parse(text, {NOTES: {}} if notes else {})
    document = Reader(text.split("\n"), first_line).document(tokens)
    _slim(tokens)
    return document


def _slim(tokens: Iterable[Token]) -> None:
    """Let tokens that have been read share what says nothing or the same, and forget what nobody
    asks for any more: a quarter of the memory that a large course takes."""
    before = _NOTHING
    for token in tokens:
        token.map = None
        token.attrs = token.attrs or _NOTHING
        # Nearly all have their line alone.
        before = token.meta = before if token.meta == before else token.meta
        for child in token.children or ():
            child.attrs = child.attrs or _NOTHING
            child.meta = child.meta or _NOTHING


_NOTHING: dict[str, Any] = {}
"""Of all tokens without attributes, and those without anything else: never written to."""


def inline(text: str, line: int = 1, column: int = 1) -> Prose:
    """One paragraph's worth of text, such as a prompt, that starts at ``line`` and ``column``."""
    if not _MARKUP.search(text):
        child = Token("text", "", 0, content=text)
        return Prose((Token("inline", "", 0, content=text, children=[child]),))
    tokens = _PARSER.parseInline(text)
    return Reader(text.split("\n"), line, column - 1).prose(tokens)


def html(prose: Prose, resolver: Resolver) -> str:
    """The HTML of a run of prose; text and variables are escaped."""
    environment = {"resolver": resolver, "links": []}
    tokens: Sequence[Token] = prose.tokens
    if resolver.typography:
        tokens = list(typeset(tokens, resolver.typography))
    return str(_PARSER.renderer.render(tokens, _PARSER.options, environment))


def plain(prose: Prose, variables: Mapping[str, str]) -> str:
    """The text without markup, variables replaced, one line for each block."""
    return "\n".join(
        text_of(token.children or [], lambda name: variables.get(name, ""))
        for token in prose.tokens
        if token.type == "inline"
    )
