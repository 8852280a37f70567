"""What a line of text may hold beyond CommonMark: variables, bare addresses, widths of images,
``H~2~O``, ``m^2^``, ``<br>``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from builder.base.patterns import late

_VARIABLE = re.compile(r"\{\{([^{}\n]*)\}\}")
_SCHEME = re.compile(r"(?<![^\W_])https?\Z", re.IGNORECASE)
_LONGEST_SCHEME = 6
"""Letters that tell whether a text ends with a scheme: those of “https”, and the one before."""
_ADDRESS = late(r"""://[^\s<>"“”«»\[\]{}|\\^`]+""")
_BEHIND = "?!.,:;*_~'’…"
"""What ends a sentence rather than the address before it."""
_WIDTH = late(r"""\{[ \t]*width=["']?(?P<percent>\d{1,3})%["']?[ \t]*\}""")
_LOWERED = re.compile(r"~((?:\\\S|[^\s~\\\[\]])+)~(?!~)")
_RAISED = re.compile(r"\^((?:\\\S|[^\s^\\\[\]])+)\^(?!\^)")
_BREAK = re.compile(r"<br[ ]?/?>", re.IGNORECASE)
_REFUSED = "refused address"
"""Key of the environment: the line that is read, and how far in it no address begins."""
AUTOMATIC = "auto"
"""The ``info`` of a link whose words are its address."""


def add_inlines(parser: MarkdownIt) -> None:
    """Teach a parser of CommonMark variables, links that are bare addresses, widths of images,
    ``~~text~~`` for what does not hold any more, ``~low~`` and ``^high^`` as Pandoc has them, and
    ``<br>`` for a new line where there can be no other, in a table."""
    parser.enable("strikethrough")
    parser.inline.ruler.before("strikethrough", "lowered", _lowered)
    parser.inline.ruler.before("strikethrough", "raised", _raised)
    parser.inline.ruler.before("autolink", "break_written", _break_written)
    parser.inline.ruler.before("link", "variable", _variable)
    parser.inline.ruler.before("link", "width", _width)
    parser.inline.ruler.before("link", "bare_address", _bare_address)


def _variable(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("{{", state.pos):
        return False
    match = _VARIABLE.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        state.push("variable", "", 0).content = match[1].strip()
    state.pos = match.end()
    return True


def _width(state: StateInline, silent: bool) -> bool:
    """``{width=50%}`` right behind an image."""
    if silent or state.src[state.pos] != "{" or state.pending or not state.tokens:
        return False
    image = state.tokens[-1]
    match = _WIDTH.match(state.src, state.pos)
    if not match or image.type != "image" or not 0 < int(match["percent"]) <= 100:
        return False
    image.meta["width"] = int(match["percent"])
    state.pos = match.end()
    return True


def _lowered(state: StateInline, silent: bool) -> bool:
    # Two of them are struck out.
    if state.src.startswith("~", state.pos - 1) and state.pos:
        return False
    return _set(state, silent, _LOWERED, "sub")


def _raised(state: StateInline, silent: bool) -> bool:
    return _set(state, silent, _RAISED, "sup")


def _set(state: StateInline, silent: bool, pattern: re.Pattern[str], tag: str) -> bool:
    match = pattern.match(state.src, state.pos)
    if not match or match.end() > state.posMax:
        return False
    if not silent:
        end = state.posMax
        state.push(f"{tag}_open", tag, 1)
        state.pos, state.posMax = match.start(1), match.end(1)
        state.md.inline.tokenize(state)
        state.posMax = end
        state.push(f"{tag}_close", tag, -1)
    state.pos = match.end()
    return True


def _break_written(state: StateInline, silent: bool) -> bool:
    match = _BREAK.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        state.push("hardbreak", "br", 0)
    state.pos = match.end()
    return True


def _bare_address(state: StateInline, silent: bool) -> bool:
    # Looked for at its colon, as the text before it has been read by then.
    if silent or state.linkLevel or not state.src.startswith("://", state.pos):
        return False
    line, end = state.env.get(_REFUSED, ("", 0))
    if line is state.src and state.pos < end:
        return False
    scheme = _SCHEME.search(state.pending[-_LONGEST_SCHEME:])
    rest = scheme and _ADDRESS.match(state.src, state.pos)
    # The address of a link that does not hold together is no text, either.
    if not scheme or not rest or state.pending.endswith(f"]({scheme[0]}"):
        return False
    written = scheme[0] + address_only(rest[0])
    if written.endswith("://"):
        # Nor is what begins further on in it, and ends so.
        state.env[_REFUSED] = state.src, rest.end()
        return False
    target = state.md.normalizeLink(written)
    if not state.md.validateLink(target):
        return False
    state.pending = state.pending[: -len(scheme[0])]
    state.pos += len(written) - len(scheme[0])
    link = state.push("link_open", "a", 1)
    link.attrs["href"], link.info = target, AUTOMATIC
    state.push("text", "", 0).content = written
    state.push("link_close", "a", -1).info = AUTOMATIC
    return True


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Where in a text bare addresses stand: from which character on, and up to before which."""
    end = 0
    for rest in _ADDRESS.finditer(text):
        scheme = _SCHEME.search(text[end : rest.start()])
        written = address_only(rest[0])
        if scheme and not written.endswith("://"):
            first = rest.start() - len(scheme[0])
            end = rest.start() + len(written)
            yield first, end


def address_only(address: str) -> str:
    """An address without the marks of the sentence round it: a bracket ends one that opens none."""
    while address:
        kept = address.rstrip(_BEHIND)
        if kept.endswith(")") and kept.count(")") > kept.count("("):
            kept = kept[:-1]
        if kept == address:
            break
        address = kept
    return address
