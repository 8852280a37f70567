"""Which rules may take a line, and a text: told by a look at it, as most rules want a certain mark.

markdown-it asks every rule about every line and every text. What is made of them stays the same:
``tests/test_beginnings.py`` compares.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore, normalize, text_join
from markdown_it.token import Token

from builder.markdown.kept import shared

Rule = Callable[[StateBlock, int, int, bool], bool]

FIRST_LINE = "first line"
"""The key of a parser's environment: the line of the file on which the text begins."""
_MARKS = {
    "fence": "`~",
    "blockquote": ">",
    "hr": "-*_",
    "list": "-*+0123456789",
    "note": "[",
    "reference": "[",
    # HTML is text.
    "html_block": "",
    "heading": "#",
    "directive": ":",
}
"""The characters with which a line begins that a rule takes; rules that are not here take any."""
_INDENTED = 4
"""Spaces in front of a line of code."""
_ITEM = re.compile(r"([-*+]) (?=[^\W\d_])")
"""How an item begins that is a line of words."""
_BULLETS = frozenset("-*+")
_DEEP = 50
"""Blocks within each other; the parser counts those beyond itself."""
_MARKUP = re.compile(r"[\\`*_{}\[\]<>&!~^\n]")


def plain_text(text: str) -> bool:
    """Whether a text is what it is written, without anything that a rule would read."""
    return not _MARKUP.search(text) and "://" not in text


def add_beginnings(parser: MarkdownIt) -> None:
    """Let a parser, which has all its rules by now, ask only those that may apply."""
    rules = parser.block.ruler
    named = dict(zip(rules.get_active_rules(), rules.getRules(""), strict=True))
    every = tuple(named.values())

    @lru_cache
    def beginning(mark: str) -> tuple[Rule, ...]:
        return tuple(rule for name, rule in named.items() if mark in _MARKS.get(name, mark))

    def first(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if silent:
            return False
        asked = every
        if state.sCount[start] - state.blkIndent < _INDENTED:
            mark = state.src[state.bMarks[start] + state.tShift[start]]
            if mark.isalpha() and _alone(state, start, end):
                _paragraph(state, start)
                return True
            if mark in _BULLETS and _items(state, start, end):
                return True
            asked = beginning(mark)
        return any(rule(state, start, end, False) for rule in asked)

    rules.before("table", "first", first)
    parser.core.ruler.at("normalize", _normalize)
    parser.core.ruler.at("inline", _inline)
    parser.core.ruler.disable("text_join")


def _alone(state: StateBlock, start: int, end: int) -> bool:
    """Whether no line that follows can say what a line of words is."""
    after = start + 1
    if after < state.lineMax and not state.isEmpty(after):
        return False
    after = state.skipEmptyLines(after)
    if after >= end:
        return True
    mark = state.src[state.bMarks[after] + state.tShift[after]]
    # A definition may have spaces of other kinds in front, such as a no-break space.
    return mark != ":" and not mark.isspace()


def _paragraph(state: StateBlock, line: int) -> None:
    """A line of words, a paragraph of its own."""
    state.push("paragraph_open", "p", 1).map = [line, line + 1]
    _words(state, line, state.blkIndent)
    state.push("paragraph_close", "p", -1)
    state.line = line + 1


def _words(state: StateBlock, line: int, indent: int) -> None:
    text = state.push("inline", "", 0)
    text.content = mdTrim(state.getLines(line, line + 1, indent, False))
    text.map, text.children = [line, line + 1], []


def _items(state: StateBlock, start: int, end: int) -> bool:
    """A list without anything but lines of words, one for each item; nothing for any other."""
    marked = _ITEM.match(state.src, state.bMarks[start] + state.tShift[start])
    if not marked or end != state.lineMax or state.level > _DEEP:
        return False
    mark, spaces = marked[1], state.sCount[start]
    last = start + 1
    while last < end and state.sCount[last] == spaces and _is_item(state, last, mark):
        last += 1
    after = state.skipEmptyLines(last)
    if after < end and (after == last or _goes_on(state, after, spaces)):
        return False
    # All but their words, items are alike on every page: their tokens are those that are kept.
    level, line = state.level, state.env[FIRST_LINE] + start
    add = state.tokens.append
    add(shared("bullet_list_open", "ul", 1, level, mark, True, False, line))
    state.level += 3
    for row in range(start, last):
        line = state.env[FIRST_LINE] + row
        add(shared("list_item_open", "li", 1, level + 1, mark, True, False, line))
        add(shared("paragraph_open", "p", 1, level + 2, "", True, True, line))
        before = state.tShift[row]
        state.tShift[row] += len(marked[0])
        _words(state, row, spaces + len(marked[0]))
        state.tShift[row] = before
        add(shared("paragraph_close", "p", -1, level + 2, "", True, True, line))
        add(shared("list_item_close", "li", -1, level + 1, mark, True, False, line))
    state.level = level
    add(shared("bullet_list_close", "ul", -1, level, mark, True, False, line))
    state.line = after
    return True


def _is_item(state: StateBlock, line: int, mark: str) -> bool:
    marked = _ITEM.match(state.src, state.bMarks[line] + state.tShift[line])
    return marked is not None and marked[1] == mark


def _goes_on(state: StateBlock, line: int, spaces: int) -> bool:
    """Whether what stands below an empty line may belong to the list above it."""
    mark = state.src[state.bMarks[line] + state.tShift[line]]
    return mark in _BULLETS or state.sCount[line] > spaces + 1


def _normalize(state: StateCore) -> None:
    if "\r" in state.src or "\0" in state.src:
        normalize(state)


def _inline(state: StateCore) -> None:
    """Read what stands within blocks of text; only what has marks in it becomes pieces of text,
    which are joined again where no mark divides them."""
    pieces: list[Token] = []
    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = []
        if not plain_text(token.content):
            state.md.inline.parse(token.content, state.md, state.env, token.children)
            pieces.append(token)
        elif token.content:
            token.children.append(Token("text", "", 0, content=token.content))
    text_join(StateCore("", state.md, state.env, pieces))
