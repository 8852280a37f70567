"""Parses Markdown pages into prose and directives; only this package uses markdown-it.

A page is CommonMark with tables, definition lists, footnotes, ``~~strikethrough~~``, bare URLs,
``{{ variable }}``, ``{#id}`` after a heading, ``{width=50%}`` after an image, and blocks that start
with ``::: name argument`` and end with a line of as many colons. Raw HTML is text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from builder.course.markdown import marks as _marks
from builder.course.markdown.document import (
    Directive,
    Document,
    Element,
    Fault,
    Heading,
    Image,
    Link,
    Prose,
    Term,
    VariableUse,
    elements,
    is_blank,
    join_prose,
)
from builder.course.markdown.flow import End, Piece, Start, Words, flow
from builder.course.markdown.inline_tokens import is_plain, share_tokens, text_of
from builder.course.markdown.inlines import add_inlines, address_only, addresses
from builder.course.markdown.marks import Mark
from builder.course.markdown.notes import NOTES, add_notes
from builder.course.markdown.reader import Reader
from builder.course.markdown.rendering import HEADING_PREFIX, Renderer, Resolver, add_rendering
from builder.course.markdown.rules import add_definitions, add_rules
from builder.course.markdown.tables import add_tables, with_caption
from builder.course.markdown.texts import THING, Span, Text, Texts, align_texts, changed
from builder.course.markdown.translating import (
    LANGUAGE,
    TRANSLATE,
    Rendition,
    Rows,
    TextKind,
    Translate,
    add_translating,
    unwrap,
)
from builder.course.markdown.typography import isolate, mark_directions, opposite_direction, typeset
from builder.course.markdown.wording import (
    Paragraph,
    Target,
    escape_words,
    one_line,
    paragraphs,
    words,
)

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
    "Mark",
    "Paragraph",
    "Piece",
    "Prose",
    "Rendition",
    "Resolver",
    "Rows",
    "Span",
    "Start",
    "Target",
    "Term",
    "Text",
    "TextKind",
    "Texts",
    "Translate",
    "VariableUse",
    "Words",
    "address_only",
    "addresses",
    "align_texts",
    "changed",
    "elements",
    "escape_words",
    "flow",
    "html",
    "inline",
    "is_blank",
    "isolate",
    "join_prose",
    "marks",
    "one_line",
    "opposite_direction",
    "paragraphs",
    "parse",
    "plain",
    "unwrap",
    "with_caption",
    "words",
]


def _with_rules() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}, renderer_cls=Renderer).enable("table")
    add_rules(parser)
    add_inlines(parser)
    add_notes(parser)
    add_tables(parser)
    add_definitions(parser)
    add_translating(parser)
    add_rendering(parser)
    return parser


_PARSER = _with_rules()


def parse(
    text: str, first_line: int = 1, notes: bool = True, translate: Translate | None = None
) -> Document:
    """Parse the body of a page, whose first line is line ``first_line`` of its file.

    ``notes`` is whether footnotes are allowed, which are numbered across the page. ``translate``
    replaces the text of each block; ``None`` for the source language. Never raises: problems of the
    text are in the ``faults`` of the document and of its prose.
    """
    environment: dict[str, Any] = {NOTES: {}} if notes else {}
    if translate:
        environment[TRANSLATE] = translate
    tokens = _PARSER.parse(text, environment)
    return Reader(text.split("\n"), first_line).document(tokens)


def inline(
    text: str, line: int = 1, column: int = 1, foreign: tuple[str, str] | None = None
) -> Prose:
    """Parse one paragraph, such as a question's prompt, that starts at ``line`` and ``column`` of
    its file.

    ``foreign`` are the language and writing direction of a text that is not translated.
    """
    meta = {LANGUAGE: foreign} if foreign else {}
    if is_plain(text):
        child = Token("text", "", 0, content=text)
        token = Token("inline", "", 0, content=text, children=[child], meta=meta)
        return Prose(tuple(share_tokens([token])))
    tokens = _PARSER.parseInline(text)
    for token in tokens:
        token.meta |= meta
    return Reader(text.split("\n"), line, column - 1).prose(tokens)


def marks(text: str) -> tuple[Mark, ...]:
    """The markup of one block of inline Markdown, with its places in ``text``."""
    return () if is_plain(text) else _marks.marks(_recorder(), text)


@cache
def _recorder() -> MarkdownIt:
    # Made on demand, since only translations need it.
    return _marks.recording(_with_rules())


def html(prose: Prose, resolver: Resolver) -> str:
    """Render prose as HTML. Text and the values of variables are escaped."""
    environment = {"resolver": resolver, "links": []}
    tokens: Sequence[Token] = prose.tokens
    if resolver.typography:
        tokens = list(typeset(tokens, resolver.typography))
    if resolver.direction:
        tokens = mark_directions(tokens, resolver.direction, resolver.values.__getitem__)
    return str(_PARSER.renderer.render(tokens, _PARSER.options, environment))


def plain(prose: Prose, variables: Mapping[str, str]) -> str:
    """The text of prose without markup, one line for each block.

    ``variables`` are the values of local values by name; a missing one becomes empty.
    """
    return "\n".join(
        text_of(token.children or [], lambda name: variables.get(name, ""))
        for token in prose.tokens
        if token.type == "inline"
    )
