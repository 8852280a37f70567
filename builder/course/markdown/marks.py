"""Finds the markup in one block of inline Markdown, with its place in the source.

markdown-it gives inline tokens no position. Here every inline rule is wrapped so that it records
which characters it has read: the result is what the parser understood, not a second grammar.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from builder.base.immutable import immutable
from builder.course.markdown.notes import NOTES

_SPAN = "span"
"""Key in the metadata of a token of its first and last offset in the source."""
_DELIMITERS = ("emphasis", "strikethrough")
"""Rules that push one token for each mark, which only later turns out to open or close anything."""
_WHOLE_LINKS = ("autolink", "bare_address")
"""Rules that push a link whose text is its address."""
Role = Literal["open", "close", "single", "text"]
_SINGLE_TYPES = ("code_inline", "variable", "note_met", "hardbreak", "softbreak")


@immutable
class Mark:
    """Markup, or escaped text, in the characters ``start`` to ``end`` of a source.

    ``kind`` is the type of the token: ``em``, ``strong``, ``s``, ``sub``, ``sup``, ``link`` and
    ``image`` have one mark that opens and one that closes; ``address``, ``code_inline``,
    ``variable``, ``note_met``, ``hardbreak`` and ``softbreak`` are single. A mark with the role
    ``text`` is a character that the source writes as an entity or after a backslash; ``content`` is
    this character.
    """

    kind: str
    role: Role
    start: int
    end: int
    content: str = ""


class _AnyName(dict[str, Any]):
    """The definitions of a text that is parsed without its page: every name is defined."""

    def __contains__(self, name: object) -> bool:
        return True

    def get(self, name: str, default: Any = None) -> Any:
        return {"href": "#", "title": ""}


def recording(parser: MarkdownIt) -> MarkdownIt:
    """Change a parser so that its inline tokens carry their places in the source."""
    parser.inline.ruler2.disable("fragments_join")
    for name in parser.get_all_rules()["inline"]:
        for rule in parser.inline.ruler.__rules__:
            if rule.name == name:
                parser.inline.ruler.at(name, _recorded(name, rule.fn))
    return parser


def _recorded(name: str, rule: Any) -> Any:
    def recorded(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            _record(name, state, start, state.tokens[count:])
        return True

    return recorded


def _record(name: str, state: StateInline, start: int, pushed: Sequence[Token]) -> None:
    """Store the places of the tokens that the rule ``name`` has pushed for the characters from
    ``start`` to the current position."""
    end = state.pos
    if name in ("width", "choice"):
        state.tokens[-1].meta[_SPAN] = (state.tokens[-1].meta[_SPAN][0], end)
        return
    new = [token for token in pushed if _SPAN not in token.meta]
    if name in _DELIMITERS:
        for token in reversed(new):
            if end <= start:
                break
            token.meta[_SPAN] = (end - len(token.content), end)
            end -= len(token.content)
    elif name in _WHOLE_LINKS:
        opened, written, closed = pushed[-3:]
        opened.meta["address"] = True
        first = end - len(written.content) if name == "bare_address" else start
        opened.meta[_SPAN], closed.meta[_SPAN] = (first, end), (end, end)
        written.meta[_SPAN] = (end, end)
    elif name in ("link", "image"):
        # The parser keeps the offset of the closing bracket to itself.
        label_end = state.md.helpers.parseLinkLabel(state, start + (name == "image"), True)
        if name == "image":
            pushed[-1].meta[_SPAN], pushed[-1].meta["label"] = (start, end), label_end
            return
        opened, closed = (token for token in new if token.type.startswith("link_"))
        opened.meta[_SPAN], closed.meta[_SPAN] = (start, start + 1), (label_end, end)
    elif name in ("lowered", "raised"):
        opened, closed = (token for token in new if token.type.startswith(("sub_", "sup_")))
        opened.meta[_SPAN], closed.meta[_SPAN] = (start, start + 1), (end - 1, end)
    elif name == "newline":
        # The spaces before it belong to it, unless another break has taken them.
        spans = [token.meta[_SPAN][1] for token in state.tokens if _SPAN in token.meta]
        new[-1].meta[_SPAN] = (max(len(state.src[:start].rstrip(" ")), *spans[-1:], 0), end)
    elif new and new[-1].type != "text":
        new[-1].meta[_SPAN] = (start, end)


def marks(parser: MarkdownIt, text: str) -> tuple[Mark, ...]:
    """The markup of one block of inline Markdown in the order of the source, found by a
    ``recording`` parser.

    Every name of a footnote or of a link's definition counts as defined.
    """
    tokens: list[Token] = []
    parser.inline.parse(text, parser, {"references": _AnyName(), NOTES: _AnyName()}, tokens)
    found = [mark for token in tokens for mark in _marks_of(parser, text, token)]
    return tuple(sorted(found, key=lambda mark: (mark.start, mark.end)))


def _marks_of(parser: MarkdownIt, text: str, token: Token) -> Iterator[Mark]:
    start, end = token.meta.get(_SPAN, (0, 0))
    if start == end:
        return
    if token.meta.get("address"):
        yield Mark("address", "single", start, end)
    elif token.type == "text_special":
        yield Mark(token.info, "text", start, end, token.content)
    elif token.type == "image":
        label = token.meta["label"]
        yield Mark("image", "open", start, start + 2)
        for inner in marks(parser, text[start + 2 : label]):
            first, last = inner.start + start + 2, inner.end + start + 2
            yield Mark(inner.kind, inner.role, first, last, inner.content)
        yield Mark("image", "close", label, end)
    elif token.type in _SINGLE_TYPES:
        yield Mark(token.type, "single", start, end)
    elif token.nesting:
        kind = token.type.rpartition("_")[0]
        # The second character of ** is in a token beside this one, whose content is now empty.
        wider = len(token.markup) - (end - start) if kind == "strong" else 0
        if token.nesting > 0:
            yield Mark(kind, "open", start - wider, end)
        else:
            yield Mark(kind, "close", start, end + wider)
