"""Block syntax beyond CommonMark: directives and ids of headings."""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, image, link

from builder.course.directives import BLOCKS

# Word inserts a no-break space after colons.
_FENCE = re.compile(r"(:{3,})[^\S\n]*(\S*)[^\S\n]*(.*)")
_CODE_FENCE = re.compile(r"(`{3,}|~{3,})")
_HEADING_ID = re.compile(r"\{#([A-Za-z][A-Za-z0-9_-]*)\}$")
_LAST_BRACKET = -1
"""Key of the offset of the last closing bracket in a parser's cache."""
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
    """Skip a rule after the last closing bracket of a line.

    markdown-it would search for it a hundred levels deep at each open bracket.
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
    opening = _FENCE.match(state.src[first : state.eMarks[start]].rstrip())
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
    """The line after the end of a block, or the end of its container; and whether the block was
    closed."""
    code = ""
    for number in range(start, end):
        line = _line(state, number)
        if line and state.sCount[number] < state.blkIndent:
            return number, False
        match = _CODE_FENCE.match(line)
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
                token.meta["id"] = match[1]
