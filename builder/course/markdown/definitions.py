"""Definition lists: one or more lines of terms, then definitions that start with ``: ``.

Further lines and paragraphs of a definition are indented by two spaces.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

_DEFINITION = re.compile(r":[ \t]+(?=\S)")
_INDENT = 2
"""Number of spaces before a further line of a definition."""
_MAX_TERMS = 8
"""Maximum number of terms before a definition, so that no paragraph is scanned twice."""


def add_definitions(parser: MarkdownIt) -> None:
    """Add definition lists to a CommonMark parser, as in Pandoc and PHP Markdown Extra."""
    parser.block.ruler.before("paragraph", "definitions", _definitions)


def _definitions(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    first = _first_definition(state, start, end)
    if silent or first is None:
        return False
    opening = state.push("dl_open", "dl", 1)
    line, after = start, start
    while first is not None:
        _push_terms(state, line, first)
        after = _push_definitions(state, first, end)
        line = _skip_empty(state, after, end)
        first = _first_definition(state, line, end)
    opening.map = [start, after]
    state.push("dl_close", "dl", -1)
    state.line = after
    return True


def _first_definition(state: StateBlock, start: int, end: int) -> int | None:
    """The line of the first definition, if terms start here; else ``None``."""
    line = start
    while line < end and line - start <= _MAX_TERMS and _continues_terms(state, line):
        if line > start and _has_marker(state, line):
            break
        line += 1
    after = line
    if line > start and line < end and state.isEmpty(line):
        line = _skip_empty(state, line, end)
    if line in (start, end) or not (_is_within(state, line) and _has_marker(state, line)):
        return None
    rules = state.md.block.ruler.getRules("paragraph")
    interrupted = any(rule(state, at, end, True) for at in range(start, after) for rule in rules)
    return None if interrupted or _has_marker(state, start) else line


def _continues_terms(state: StateBlock, line: int) -> bool:
    return _is_within(state, line) and not state.isEmpty(line) and not state.is_code_block(line)


def _push_terms(state: StateBlock, start: int, end: int) -> None:
    for line in range(start, end):
        if state.isEmpty(line):
            continue
        state.push("dt_open", "dt", 1).map = [line, line + 1]
        text = state.push("inline", "", 0)
        text.content = _text(state, line)
        text.map = [line, line + 1]
        text.children = []
        state.push("dt_close", "dt", -1)


def _push_definitions(state: StateBlock, start: int, end: int) -> int:
    """Push every definition from this line on; returns the line after the last one."""
    line = start
    while line < end and _is_within(state, line) and _has_marker(state, line):
        after = _push_definition(state, line, end)
        line = _skip_empty(state, after, end)
    return after


def _push_definition(state: StateBlock, start: int, end: int) -> int:
    last = _definition_end(state, start, end)
    loose = any(state.isEmpty(line) for line in range(start, last))
    opening = state.push("dd_open", "dd", 1)
    marked = _DEFINITION.match(_text(state, start))
    assert marked
    kept = (state.tShift[start], state.sCount[start])
    outer = (state.parentType, state.lineMax, state.blkIndent)
    state.tShift[start] += marked.end()
    state.blkIndent += _INDENT
    state.sCount[start] = state.blkIndent
    state.parentType, state.lineMax = "definitions", last
    first = len(state.tokens)
    state.md.block.tokenize(state, start, last)
    if not loose:
        for token in state.tokens[first:]:
            if token.type.startswith("paragraph_") and token.level == opening.level + 1:
                token.hidden = True
    state.parentType, state.lineMax, state.blkIndent = outer
    state.tShift[start], state.sCount[start] = kept
    opening.map = [start, state.line]
    state.push("dd_close", "dd", -1)
    return state.line


def _definition_end(state: StateBlock, start: int, end: int) -> int:
    """The line after the definition that starts here."""
    line = start + 1
    while line < end:
        if state.isEmpty(line):
            after = _skip_empty(state, line, end)
            if after == end or state.sCount[after] < state.blkIndent + _INDENT:
                break
            line = after
        elif state.sCount[line] < state.blkIndent + _INDENT:
            break
        line += 1
    return line


def _skip_empty(state: StateBlock, line: int, end: int) -> int:
    while line < end and state.isEmpty(line):
        line += 1
    return line


def _is_within(state: StateBlock, line: int) -> bool:
    return state.sCount[line] >= state.blkIndent


def _has_marker(state: StateBlock, line: int) -> bool:
    return bool(_DEFINITION.match(_text(state, line)))


def _text(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()
