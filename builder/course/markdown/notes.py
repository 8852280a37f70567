"""Footnotes: ``[^name]`` in the text, and ``[^name]: the note`` on a line of its own.

Further lines of a note may be indented by two spaces; further paragraphs must be. All notes are
shown at the end of the text, numbered in the order of their first references. Each note ends with
links back to its references.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from builder.base.patterns import late

NOTES = "notes"
"""Key of the parser's environment, present if a text may have footnotes. Its value maps a name to
the token lists of all notes with this name; only the first note is shown."""
NOTE_PREFIX = "n-"
"""Prefix of a footnote's HTML id."""
_REFERENCE_PREFIX = "r-"
"""Prefix of the HTML id of a reference to a footnote."""
_NOTE_START = late(r"\[\^([^\[\]\s]+)\]:[ \t]*")
_REFERENCE = re.compile(r"\[\^([^\[\]\s]+)\]")
_BEFORE_BACK = "\u00a0"
"""No-break space that keeps the link back on the same line as the last word of a note."""
_BACK = "↩\ufe0e"
"""The text of a link back, with a variation selector: some systems would show an emoji."""
_INDENT = 2
"""Number of spaces before a further paragraph of a note."""


def add_notes(parser: MarkdownIt) -> None:
    """Add footnotes to a CommonMark parser, as in Pandoc and GitHub."""
    parser.block.ruler.before(
        "reference", "note", _parse_note, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    parser.inline.ruler.before("link", "note_met", _parse_reference)
    parser.core.ruler.after("block", "notes_placed", _append_notes)
    parser.core.ruler.push("notes_numbered", _number_notes)
    parser.add_render_rule("note_met", _render_reference)
    parser.add_render_rule("notes_open", _render_notes)
    parser.add_render_rule("notes_close", lambda *_: "</ol>\n</section>\n")
    parser.add_render_rule("note_open", _render_note)
    parser.add_render_rule("note_back", _render_back)
    parser.add_render_rule("note_fault", lambda *_: "")


def _parse_note(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    first = state.bMarks[start] + state.tShift[start]
    if NOTES not in state.env or not state.src.startswith("[^", first):
        return False
    marked = _NOTE_START.match(state.src, first, state.eMarks[start])
    if not marked or state.is_code_block(start):
        return False
    if silent:
        return True
    outer = (state.tokens, state.level, state.parentType, state.blkIndent)
    kept = (state.bMarks[start], state.tShift[start], state.sCount[start])
    # The tokens of a note are stored apart, since it is not shown at its place in the source.
    state.tokens, state.level, state.parentType = [], 1, "note"
    state.blkIndent += _INDENT
    state.bMarks[start], state.tShift[start] = marked.end(), 0
    state.sCount[start] = state.blkIndent
    opening = state.push("note_open", "li", 1)
    opening.map = [start, start + 1]
    opening.meta["name"] = marked[1]
    state.md.block.tokenize(state, start, end)
    state.push("note_close", "li", -1)
    state.env[NOTES].setdefault(marked[1], []).append(state.tokens)
    state.tokens, state.level, state.parentType, state.blkIndent = outer
    state.bMarks[start], state.tShift[start], state.sCount[start] = kept
    return True


def _parse_reference(state: StateInline, silent: bool) -> bool:
    # In silent mode markdown-it searches for the end of a link, which cannot contain a link.
    if silent or state.linkLevel or not state.src.startswith("[^", state.pos):
        return False
    marked = _REFERENCE.match(state.src, state.pos)
    if not marked or marked[1] not in state.env.get(NOTES, ()):
        return False
    state.push("note_met", "", 0).meta["name"] = marked[1]
    state.pos = marked.end()
    return True


def _append_notes(state: StateCore) -> None:
    # Before the inline rules run, so that the text of notes is parsed too.
    for note in _note_tokens(state):
        state.tokens.extend(note)


def _note_tokens(state: StateCore) -> Iterator[list[Token]]:
    for notes in state.env.get(NOTES, {}).values():
        yield from notes


def _number_notes(state: StateCore) -> None:
    """Number the notes by their first references; repeated and unused notes become faults."""
    length = sum(map(len, _note_tokens(state)))
    if not length:
        return
    body = state.tokens[:-length]
    named = {name: notes[0] for name, notes in state.env[NOTES].items()}
    faults = [
        _fault("note-repeated", note) for notes in state.env[NOTES].values() for note in notes[1:]
    ]
    numbered = _in_order(body, named)
    faults += [_fault("note-unused", note) for name, note in named.items() if name not in numbered]
    state.tokens = [*body, *_note_list(numbered, named), *faults]


def _in_order(body: Sequence[Token], named: dict[str, list[Token]]) -> dict[str, int]:
    """The number of references to each note by name, in the order of the first references. ``body``
    are the tokens of the page, and ``named`` those of each note by name.

    Stores in each reference token the ``number`` of its note, and its ``turn``: 1 for the first
    reference to the note, 2 for the second …
    """
    met: dict[str, int] = {}
    numbers: dict[str, int] = {}
    waiting: deque[Sequence[Token]] = deque([body])
    while waiting:
        for place in _references(waiting.popleft()):
            name = place.meta["name"]
            if name not in met:
                waiting.append(named[name])
                numbers[name] = len(numbers) + 1
            met[name] = met.get(name, 0) + 1
            place.meta |= {"number": numbers[name], "turn": met[name]}
    return met


def _references(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield from (child for child in token.children or () if child.type == "note_met")


def _note_list(met: dict[str, int], named: dict[str, list[Token]]) -> Iterator[Token]:
    if not met:
        return
    yield Token("notes_open", "section", 1, map=named[next(iter(met))][0].map)
    for number, (name, turns) in enumerate(met.items(), start=1):
        opening, *text, closing = named[name]
        opening.meta["number"] = number
        backs = [
            Token("note_back", "", 0, meta={"number": number, "turn": turn})
            for turn in range(1, turns + 1)
        ]
        yield opening
        yield from _with_way_back(text, backs)
        yield closing
    yield Token("notes_close", "section", -1)


def _with_way_back(text: list[Token], backs: list[Token]) -> list[Token]:
    """The tokens ``text`` of a note, with ``backs``, the links back to its references, after the
    text of its last paragraph, or in a paragraph of their own if the note ends with something else,
    such as a list."""
    if text and text[-1].type == "paragraph_close":
        text[-2].children = [*(text[-2].children or ()), *backs]
        return text
    line = Token("inline", "", 0, children=backs)
    return [*text, Token("paragraph_open", "p", 1), line, Token("paragraph_close", "p", -1)]


def _fault(code: str, note: Sequence[Token]) -> Token:
    meta = {"code": code, "name": note[0].meta["name"]}
    return Token("note_fault", "", 0, map=note[0].map, meta=meta)


def _id(prefix: str, token: Token) -> str:
    turn = token.meta.get("turn", 1)
    return f"{prefix}{token.meta['number']}" + (f"-{turn}" if turn > 1 else "")


def _render_reference(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any
) -> str:
    resolver, token = env["resolver"], tokens[index]
    number = token.meta["number"]
    # A glossary entry is also shown on other pages, which have ids of their own.
    name = f' id="{_id(_REFERENCE_PREFIX, token)}"' if resolver.marked else ""
    says = escape(resolver.say("page.note", n=number))
    target = escape(f"{resolver.here}{NOTE_PREFIX}{number}")
    return (
        f'<sup><a{name} href="{target}" role="doc-noteref" aria-label="{says}">{number}</a></sup>'
    )


def _render_notes(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any
) -> str:
    title = escape(env["resolver"].say("page.notes"))
    return (
        '<section class="notes" role="doc-endnotes" aria-labelledby="notes-title">\n'
        f'<h2 id="notes-title">{title}</h2>\n<ol>\n'
    )


def _render_note(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any
) -> str:
    return f'<li id="{_id(NOTE_PREFIX, tokens[index])}">'


def _render_back(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any
) -> str:
    resolver, token = env["resolver"], tokens[index]
    turn = f" {token.meta['turn']}" if token.meta["turn"] > 1 else ""
    says = escape(resolver.say("page.note-back", n=token.meta["number"]) + turn)
    target = escape(resolver.here + _id(_REFERENCE_PREFIX, token))
    return (
        f'{_BEFORE_BACK}<a href="{target}" role="doc-backlink" aria-label="{says}">'
        f'<span aria-hidden="true">{_BACK}{turn}</span></a>'
    )
