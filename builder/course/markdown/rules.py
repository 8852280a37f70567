"""Block syntax beyond CommonMark: directives, ids of headings, definition lists."""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, image, link

from builder.course.directives import BLOCKS

# The spaces include the no-break space, which Word inserts after colons.
FENCE = re.compile(r"(:{3,})[^\S\n]*(\S*)[^\S\n]*(.*)")
CODE_FENCE = re.compile(r"(`{3,}|~{3,})")
_HEADING_ID = re.compile(
    r"\{#(?P<id>[A-Za-z][A-Za-z0-9_-]*)"
    r"(?:[ \t]+was=(?P<quote>[\"']?)(?P<was>[A-Za-z0-9_, -]+)(?P=quote))?[ \t]*\}$"
)
"""Matches ``{#id}``, or ``{#id was=old}`` with earlier ids of a scene, which commas separate."""
_LAST_BRACKET = -1
"""Key in the parser's cache of the offset of the last closing bracket in the current text."""
NESTING = 100
"""Maximum nesting of lists, quotations and blocks; the parser drops deeper content."""


def add_rules(parser: MarkdownIt) -> None:
    """Add directives and ids of headings to a CommonMark parser."""
    parser.options["maxNesting"] = NESTING
    parser.block.ruler.before(
        "fence", "directive", _directive, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    for name, rule in (("link", link), ("image", image)):
        parser.inline.ruler.at(name, _until_last_bracket(rule))
    parser.core.ruler.after("block", "heading_ids", _heading_ids)


def _until_last_bracket(
    rule: Callable[[StateInline, bool], bool],
) -> Callable[[StateInline, bool], bool]:
    """Wrap a rule so that it is skipped after the last closing bracket of a text.

    Otherwise markdown-it would search a hundred levels deep for a closing bracket at each opening
    one.
    """

    def limited(state: StateInline, silent: bool) -> bool:
        if _LAST_BRACKET not in state.cache:
            state.cache[_LAST_BRACKET] = state.src.rfind("]")
        return state.pos < state.cache[_LAST_BRACKET] and rule(state, silent)

    return limited


def _directive(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    # The container plugin silently closes unclosed blocks, and has no blocks without a body.
    # The first test is for speed: the rule runs for every line of every paragraph.
    first = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith(":::", first) or state.is_code_block(start):
        return False
    opening = FENCE.match(state.src[first : state.eMarks[start]].rstrip())
    if not opening:
        return False
    if silent:
        return True
    fence, name, argument = opening.groups()
    block = BLOCKS.get(name)
    last, closed = start + 1, True
    if name and (block is None or block.body):
        last, closed = _block_end(state, start + 1, end, fence)
    elif name and last < end and _line(state, last) == fence:
        last, closed = last + 1, True
    token = state.push("directive_open", "", 1)
    token.map = [start, last]
    token.info = name
    token.content = argument
    token.markup = fence
    token.meta = {"closed": closed}
    if name and (block is None or block.body):
        body_end = last - 1 if closed else last
        parent, line_max = state.parentType, state.lineMax
        state.parentType, state.lineMax = "directive", body_end
        state.md.block.tokenize(state, start + 1, body_end)
        state.parentType, state.lineMax = parent, line_max
    state.push("directive_close", "", -1)
    state.line = last
    return True


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].strip()


def _block_end(state: StateBlock, start: int, end: int, fence: str) -> tuple[int, bool]:
    """The number of the line after a block, and whether the block has an end line. The content of
    the block starts at the line ``start``, its container ends before the line ``end``, and
    ``fence`` is the end line. Without an end line, the block ends with its container."""
    code = ""
    for number in range(start, end):
        line = _line(state, number)
        if line and state.sCount[number] < state.blkIndent:
            return number, False
        match = CODE_FENCE.match(line)
        if code:
            code = "" if line.startswith(code) and not line.strip(code[0]) else code
        elif match:
            code = match[1]
        elif line == fence:
            return number + 1, True
    return end, False


def _heading_ids(state: StateCore) -> None:
    tokens = state.tokens
    for index, token in enumerate(tokens):
        if token.type in ("heading_open", "dt_open"):
            text = tokens[index + 1]
            match = _HEADING_ID.search(text.content)
            if match:
                text.content = text.content[: match.start()].rstrip()
                token.meta["id"] = match["id"]
                if match["was"]:
                    token.meta["was"] = tuple(re.findall(r"[^\s,]+", match["was"]))


_DEFINITION = re.compile(r":[ \t]+(?=\S)")
_INDENT = 2
"""Number of spaces before each further line of a definition."""
_MAX_TERMS = 8
"""Maximum number of terms before a definition. Without a limit, every line of a long paragraph
would start a search to its end."""


def add_definitions(parser: MarkdownIt) -> None:
    """Add definition lists to a CommonMark parser, as in Pandoc and PHP Markdown Extra.

    A list has one or more lines of terms, then definitions that start with ``: ``. Further lines
    and paragraphs of a definition are indented by two spaces.
    """
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
    """The number of the line of the first definition if ``start`` is the line of a term; else
    ``None``."""
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
    """Push the tokens of every definition from line ``start`` on; returns the number of the line
    after the last definition."""
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
    """The number of the line after the definition that starts at line ``start``."""
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
