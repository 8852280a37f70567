"""Prose and directives: the only user of markdown-it.

A page is CommonMark with tables, definition lists, ``{{ variable }}``, ``{#id}`` after a heading,
and blocks that start with ``::: name argument`` and end with a line of as many colons. Raw HTML is
text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from markdown_it import MarkdownIt
from markdown_it.token import Token

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
from builder.markdown.paragraphs import Paragraph, one_line, paragraphs
from builder.markdown.reader import Reader
from builder.markdown.rendering import HEADING_PREFIX, Resolver, add_rendering
from builder.markdown.rules import add_rules
from builder.markdown.tables import add_tables, captioned
from builder.markdown.text import text_of

__all__ = [
    "HEADING_PREFIX",
    "Directive",
    "Document",
    "Element",
    "Fault",
    "Heading",
    "Image",
    "Link",
    "Paragraph",
    "Prose",
    "Resolver",
    "Term",
    "VariableUse",
    "blank",
    "captioned",
    "elements",
    "html",
    "inline",
    "joined",
    "one_line",
    "paragraphs",
    "parse",
    "plain",
]

_MARKUP = re.compile(r"[\\`*_{}\[\]<>&!\n]")


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    add_rules(parser)
    add_tables(parser)
    add_definitions(parser)
    add_rendering(parser)
    return parser


_PARSER = _parser()


def parse(text: str, first_line: int = 1) -> Document:
    """The body of a page, whose first line is line ``first_line`` of its file.

    Never raises: what is wrong is in the ``faults`` of the document and of its prose.
    """
    return Reader(text.split("\n"), first_line).document(_PARSER.parse(text))


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
    return str(_PARSER.renderer.render(prose.tokens, _PARSER.options, environment))


def plain(prose: Prose, variables: Mapping[str, str]) -> str:
    """The text without markup, variables replaced, one line for each block."""
    return "\n".join(
        text_of(token.children or [], lambda name: variables.get(name, ""))
        for token in prose.tokens
        if token.type == "inline"
    )
