"""Inline syntax beyond CommonMark: variables, bare URLs, widths of images, marks of choices,
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
"""Number of characters at the end of a text that show whether it ends with a scheme: the length of
“https”, and the character before it."""
_ADDRESS = late(r"""://[^\s<>"“”«»\[\]{}|\\^`]+""")
_TRAILING_PUNCTUATION = "?!.,:;*_~'’…"
"""Characters at the end of a URL that belong to the sentence around it."""
_WIDTH = late(r"""\{[ \t]*width=["']?(?P<percent>\d{1,3})%["']?[ \t]*\}""")
_CHOICE = late(
    r"\{[ \t]*(?:(?P<id>[\w-]+)[ \t]*\.[ \t]*(?P<quality>[\w-]+)"
    r"|\.[ \t]*(?P<only_quality>[\w-]+)|(?P<only_id>[A-Za-z0-9]))?[ \t]*\}"
)
"""Matches the mark of a choice, ``{a .good}``, also if one of its two parts is missing."""
_SUBSCRIPT = re.compile(r"~((?:\\\S|[^\s~\\\[\]])+)~(?!~)")
_SUPERSCRIPT = re.compile(r"\^((?:\\\S|[^\s^\\\[\]])+)\^(?!\^)")
_BREAK = re.compile(r"<br[ ]?/?>", re.IGNORECASE)
_REJECTED_URL = "refused address"
"""Key in the parser's environment of the last rejected URL: its line, and the offset of its end,
before which no other URL starts."""
AUTOMATIC = "auto"
"""The ``info`` of the tokens of a link made from a bare URL in the text."""


def add_inlines(parser: MarkdownIt) -> None:
    """Add inline syntax to a CommonMark parser: variables, bare URLs, widths of images,
    ``~~strikethrough~~``, ``~sub~`` and ``^super^`` as in Pandoc, and ``<br>`` for line breaks in
    table cells."""
    parser.enable("strikethrough")
    parser.inline.ruler.before("strikethrough", "lowered", _subscript)
    parser.inline.ruler.before("strikethrough", "raised", _superscript)
    parser.inline.ruler.before("autolink", "break_written", _html_break)
    parser.inline.ruler.before("link", "variable", _variable)
    parser.inline.ruler.before("link", "width", _width)
    parser.inline.ruler.before("link", "choice", _choice)
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
    """Parse ``{width=50%}`` directly after an image, and store the width in the image's token.
    Returns whether there was a width; always false if ``silent``, when markdown-it only tests the
    syntax."""
    if silent or state.src[state.pos] != "{" or state.pending or not state.tokens:
        return False
    image = state.tokens[-1]
    match = _WIDTH.match(state.src, state.pos)
    if not match or image.type != "image" or not 0 < int(match["percent"]) <= 100:
        return False
    image.meta["width"] = int(match["percent"])
    state.pos = match.end()
    return True


def _choice(state: StateInline, silent: bool) -> bool:
    """Parse the mark of a choice, ``{a .good}``, directly after a link, and store it in the token
    that opens the link. A mark without its id or quality is read only after a link within the page,
    since ``{.name}`` after another link is an attribute in other dialects of Markdown. A second
    mark is text."""
    if silent or state.src[state.pos] != "{" or state.pending or not state.tokens:
        return False
    match = _CHOICE.match(state.src, state.pos)
    if not match or state.tokens[-1].type != "link_close":
        return False
    opening = next(one for one in reversed(state.tokens) if one.type == "link_open")
    if "choice" in opening.meta:
        return False
    if not match["id"] and not str(opening.attrs["href"]).startswith("#"):
        return False
    id_, quality = match["id"] or match["only_id"], match["quality"] or match["only_quality"]
    opening.meta["choice"] = id_ or "", quality or ""
    state.pos = match.end()
    return True


def _subscript(state: StateInline, silent: bool) -> bool:
    # Two tildes are strikethrough.
    if state.src.startswith("~", state.pos - 1) and state.pos:
        return False
    return _push_script(state, silent, _SUBSCRIPT, "sub")


def _superscript(state: StateInline, silent: bool) -> bool:
    return _push_script(state, silent, _SUPERSCRIPT, "sup")


def _push_script(state: StateInline, silent: bool, pattern: re.Pattern[str], tag: str) -> bool:
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


def _html_break(state: StateInline, silent: bool) -> bool:
    match = _BREAK.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        state.push("hardbreak", "br", 0)
    state.pos = match.end()
    return True


def _bare_address(state: StateInline, silent: bool) -> bool:
    # Detected at its colon: the parser has read the scheme as text by then.
    if silent or state.linkLevel or not state.src.startswith("://", state.pos):
        return False
    line, end = state.env.get(_REJECTED_URL, ("", 0))
    if line is state.src and state.pos < end:
        return False
    scheme = _SCHEME.search(state.pending[-_LONGEST_SCHEME:])
    rest = scheme and _ADDRESS.match(state.src, state.pos)
    # The URL of a failed link is not a bare URL, either.
    if not scheme or not rest or state.pending.endswith(f"]({scheme[0]}"):
        return False
    written = scheme[0] + address_only(rest[0])
    if written.endswith("://"):
        # No other URL starts within a rejected one.
        state.env[_REJECTED_URL] = state.src, rest.end()
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
    """Yield the offsets of the start and the end of each bare URL in a text."""
    end = 0
    for rest in _ADDRESS.finditer(text):
        scheme = _SCHEME.search(text[end : rest.start()])
        written = address_only(rest[0])
        if scheme and not written.endswith("://"):
            first = rest.start() - len(scheme[0])
            end = rest.start() + len(written)
            yield first, end


def address_only(address: str) -> str:
    """The URL without the punctuation at its end that belongs to the sentence around the URL,
    including a closing bracket without an opening one."""
    while address:
        kept = address.rstrip(_TRAILING_PUNCTUATION)
        if kept.endswith(")") and kept.count(")") > kept.count("("):
            kept = kept[:-1]
        if kept == address:
            break
        address = kept
    return address
