"""Finds the addresses in a style sheet as browsers do.

Reads the tokens of “CSS Syntax Module Level 3” (W3C), 4, in one pass. Possessive quantifiers
(``++``, ``*+``) prevent backtracking, so the time is linear. Only the open brackets are kept in
memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.base.immutable import immutable
from builder.base.patterns import late

_NEWLINE = r"(?:\r\n|[\n\r\f])"
_SPACE = r"[ \t\n\r\f]"
_ESCAPE = rf"\\(?:[0-9a-fA-F]{{1,6}}+(?:\r\n|{_SPACE})?+|[^0-9a-fA-F\n\r\f])"
_LETTER = rf"(?:[A-Za-z_]|[^\x00-\x7f]|{_ESCAPE})"
_IN_NAME = rf"(?:[-0-9A-Za-z_]|[^\x00-\x7f]|{_ESCAPE})"
_NAME = rf"(?:--|-?{_LETTER}){_IN_NAME}*+"
_IN_QUOTES = rf"\\(?:{_NEWLINE}|[^\n\r\f]|\Z)"
_TOKEN = late(
    rf"""
      (?P<comment> /\*.*?(?:\*/|\Z) )
    | "(?P<double> (?:[^"\\\n\r\f]|{_IN_QUOTES})*+ ) (?:"|\Z)?
    | '(?P<single> (?:[^'\\\n\r\f]|{_IN_QUOTES})*+ ) (?:'|\Z)?
    | (?P<number> [-+]?(?:[0-9]*+\.)?[0-9]++(?:[eE][-+]?[0-9]++)?+(?:{_NAME})?+ )
    | (?P<hash> \#{_IN_NAME}++ )
    | @(?P<rule> {_NAME} )
    | (?P<name> {_NAME} ) (?P<call> \( )?+
    | (?P<opens> [(\[{{] )
    | (?P<closes> [)\]}}] )
    | (?P<ends> ; )
    """,
    re.DOTALL | re.VERBOSE,
)
# The content of “url(” without quotes: no space at the end, and no characters that end it early.
_UNQUOTED_URL = late(
    rf"""{_SPACE}*+(?P<bare>(?:[^"'()\\\x00-\x20\x7f]|{_ESCAPE})*+){_SPACE}*+(?:\)|\Z)"""
)
_BEFORE_QUOTE = late(rf"""{_SPACE}*+["']""")
_BAD_URL = late(r"(?:[^)\\]|\\.?)*+\)?", re.DOTALL)
_ESCAPED = late(
    rf"\\(?:(?P<code>[0-9a-fA-F]{{1,6}})(?:\r\n|{_SPACE})?|{_NEWLINE}|(?P<plain>.)|\Z)", re.DOTALL
)
_LOADING = frozenset({"url", "src", "image", "image-set", "-webkit-image-set"})
"""Functions that load the addresses quoted in their arguments."""
_CLOSING = {"{": "}", "[": "]"}
_MAX_CODE_POINT = 0x10FFFF
# By the URL Standard, tabs and line ends within an address are dropped, and a backslash is a slash.
_DROPPED = str.maketrans({"\t": None, "\n": None, "\r": None, "\\": "/"})
_HOST = r"//+[^/\s]"
_OUTSIDE_IF_LOADED = late(rf"{_HOST}|(?!data:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_OUTSIDE_IF_QUOTED = late(
    rf"{_HOST}|(?:https?|ftp|wss?|file|blob|filesystem|javascript|vbscript):", re.IGNORECASE
)


@immutable
class Address:
    """A quoted text of a style sheet, or the content of ``url()``: it may be an address.

    The style sheet has it at ``text[start:end]``; ``value`` is this text with its escapes resolved.
    ``loads`` is false for quoted text that browsers do not load, such as a value of ``content``.
    ``rule`` is the name of the at-rule that contains it outside of any block, such as ``import``,
    in lower case; otherwise it is empty.
    """

    start: int
    end: int
    value: str
    loads: bool
    rule: str

    @property
    def outside(self) -> str:
        """The normalised address if it leads out of the package, else empty.

        Also returned for quoted text that is not loaded, since a custom property may pass it to a
        function that loads it, but not for the name of a namespace.
        """
        address = self.value.translate(_DROPPED).strip("".join(map(chr, range(33))))
        match = (_OUTSIDE_IF_LOADED if self.loads else _OUTSIDE_IF_QUOTED).match(address)
        return address if match and self.rule != "namespace" else ""


@immutable
class Import:
    """An ``@import`` that starts at ``text[start]``. The ``Address`` that it loads is the next part
    that ``read`` yields."""

    start: int


def addresses(text: str) -> Iterator[Address]:
    """Every quoted text and every content of ``url()`` in a style sheet, in order. Comments are
    skipped."""
    return (part for part in read(text) if isinstance(part, Address))


def read(text: str) -> Iterator[Address | Import]:
    """Read every ``Address`` and ``Import`` in a style sheet, in order."""
    # Browsers replace NUL, which must not end a name here.
    text = text.replace("\0", "\ufffd")
    open_brackets: list[str] = []
    rule, at = "", 0
    while match := _TOKEN.search(text, at):
        at = match.end()
        kind = match.lastgroup
        if kind in ("double", "single"):
            innermost = open_brackets[-1] if open_brackets else ""
            loads = innermost in _LOADING or (rule == "import" and not open_brackets)
            yield _address(text, *match.span(kind), loads, rule)
        elif kind == "call":
            name = unescape(match["name"]).lower()
            if name == "url" and not _BEFORE_QUOTE.match(text, at):
                unquoted = _UNQUOTED_URL.match(text, at)
                if unquoted:
                    yield _address(text, *unquoted.span("bare"), True, rule)
                at = (unquoted or _BAD_URL.match(text, at) or match).end()
            else:
                open_brackets.append(name)
        elif kind == "rule":
            name = unescape(match["rule"]).lower()
            rule = rule if open_brackets else name
            if name == "import":
                yield Import(match.start())
        elif kind == "opens":
            rule = "" if match[0] == "{" and not open_brackets else rule
            open_brackets.append(match[0])
        elif (
            kind == "closes" and open_brackets and match[0] == _CLOSING.get(open_brackets[-1], ")")
        ):
            open_brackets.pop()
        elif kind == "ends" and not open_brackets:
            rule = ""


def _address(text: str, start: int, end: int, loads: bool, rule: str) -> Address:
    return Address(start, end, unescape(text[start:end]), loads, rule)


def unescape(written: str) -> str:
    """Resolve the escapes in a name or quoted text."""
    return _ESCAPED.sub(_character, written) if "\\" in written else written


def _character(escape: re.Match[str]) -> str:
    if escape["code"] is None:
        return escape["plain"] or ""
    code = int(escape["code"], 16)
    valid = 0 < code <= _MAX_CODE_POINT and not 0xD800 <= code < 0xE000
    return chr(code) if valid else "\ufffd"
