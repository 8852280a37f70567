"""Parses Markdown pages into prose and directives; only this package uses markdown-it.

A page is CommonMark with tables, definition lists, footnotes, ``~~strikethrough~~``, bare URLs,
``{{ variable }}``, ``{#id}`` after a heading, ``{width=50%}`` after an image, and blocks that start
with ``::: name argument`` and end with a line of as many colons. Raw HTML is text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.parser_core import RuleFuncCoreType
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from builder.course.markdown import marks as _marks
from builder.course.markdown.anchors import ANCHOR_PREFIX, anchors, with_anchors
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
    walk,
)
from builder.course.markdown.flow import End, Piece, Start, Words, flow
from builder.course.markdown.inline_tokens import is_plain, share_tokens, text_of
from builder.course.markdown.inlines import add_inlines, address_only, addresses
from builder.course.markdown.marks import Mark
from builder.course.markdown.notes import NOTES, add_notes
from builder.course.markdown.reader import Reader
from builder.course.markdown.rendering import (
    HEADING_PREFIX,
    Renderer,
    Resolver,
    add_rendering,
    breakable,
)
from builder.course.markdown.rules import add_definitions, add_rules
from builder.course.markdown.tables import add_tables, with_caption
from builder.course.markdown.texts import THING, Span, Text, Texts, align_texts, changed
from builder.course.markdown.translating import (
    LANGUAGE,
    TRANSLATE,
    TRANSLATED,
    Rendition,
    Rows,
    TextKind,
    Translate,
    add_translating,
    translate_blocks,
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
    "ANCHOR_PREFIX",
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
    "anchors",
    "block_texts",
    "breakable",
    "changed",
    "elements",
    "escape_words",
    "flow",
    "has_definition",
    "headings",
    "html",
    "inline",
    "is_blank",
    "is_plain",
    "isolate",
    "join_prose",
    "marks",
    "one_line",
    "opposite_direction",
    "paragraphs",
    "parse",
    "plain",
    "unwrap",
    "walk",
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
    text: str,
    first_line: int = 1,
    notes: bool = True,
    translate: Translate | None = None,
    again: bool = False,
) -> Document:
    """Parse the body of a page, whose first line is line ``first_line`` of its file.

    ``notes`` is whether footnotes are allowed, which are numbered across the page. ``translate``
    replaces the text of each block; ``None`` for the source language. ``again`` is whether the same
    text will be parsed for translations, too. Never raises: problems of the text are in the
    ``faults`` of the document and of its prose.
    """
    if translate or again:
        tokens = _in_blocks(text, notes, {TRANSLATE: translate} if translate else {})
    else:
        tokens = _PARSER.parse(text, {NOTES: {}} if notes else {})
    return Reader(text.split("\n"), first_line).document(tokens)


def block_texts(text: str, notes: bool = True) -> tuple[tuple[str, TextKind, Rows], ...]:
    """The texts of the blocks of a page as they are translated, each with its kind and its rows.

    Parses no inline Markdown.
    """
    found: list[tuple[str, TextKind, Rows]] = []

    def record(text: str, kind: TextKind, rows: Rows) -> Rendition:
        found.append((text, kind, rows))
        return Rendition(text)

    translate_blocks(_blocks(text, notes), record)
    return tuple(found)


def headings(text: str, level: int) -> tuple[tuple[int, str, tuple[str, ...]], ...]:
    """The headings of a page, outside blocks, with this level and an id that the author wrote: the
    index of the line, the id, and the earlier ids of each."""
    depth = 0
    found = []
    for token in _blocks(text, True).tokens:
        depth += token.nesting if token.type.startswith("directive_") else 0
        is_heading = not depth and not token.level and token.tag == f"h{level}"
        if is_heading and token.nesting == 1 and "id" in token.meta and token.map:
            found.append((token.map[0], token.meta["id"], token.meta.get("was", ())))
    return tuple(found)


def has_definition(text: str, label: str) -> bool:
    """Whether a text has a definition such as ``[label]: https://www.example.org``, so that
    ``[label]`` is a link in it."""
    references = _blocks(text, True).env.get("references", {})
    return normalizeReference(label) in references


def _in_blocks(text: str, notes: bool, env: dict[str, Translate]) -> list[Token]:
    """The tokens of a text that may be divided into blocks already. ``env`` says how its blocks are
    translated."""
    blocks = _blocks(text, notes)
    if blocks.env.get(NOTES):
        # The environment refers to the tokens of the notes.
        return _PARSER.parse(text, {NOTES: {}, **env})
    state = StateCore(blocks.src, _PARSER, {**blocks.env, **env})
    state.tokens = [_copy(token) for token in blocks.tokens]
    _, following = _core_rules()
    for rule in following:
        rule(state)
    return state.tokens


_TEXTS = 2_000
"""Maximum number of texts whose blocks are kept."""


@lru_cache(maxsize=_TEXTS)
def _blocks(text: str, notes: bool) -> StateCore:
    """The state of the parser before the blocks of a text are translated.

    The blocks are the same in all languages, so a text with translations is divided into blocks
    only once. The caller must not change the state.
    """
    state = StateCore(text, _PARSER, {NOTES: {}} if notes else {})
    first, _ = _core_rules()
    for rule in first:
        rule(state)
    return state


@cache
def _core_rules() -> tuple[Sequence[RuleFuncCoreType], Sequence[RuleFuncCoreType]]:
    """The rules of the parser before the blocks are translated, and the others."""
    ruler = _PARSER.core.ruler
    rules, at = ruler.getRules(""), ruler.get_active_rules().index(TRANSLATED)
    return rules[:at], rules[at:]


def _copy(token: Token) -> Token:
    return Token(
        token.type,
        token.tag,
        token.nesting,
        dict(token.attrs),
        token.map,
        token.level,
        None if token.children is None else [],
        token.content,
        token.markup,
        token.info,
        dict(token.meta),
        token.block,
        token.hidden,
    )


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
    if resolver.anchors:
        tokens = with_anchors(tokens, resolver.anchors)
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
