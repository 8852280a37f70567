"""The markup in a message as a tree, so that tools for translators can protect it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from builder.base.immutable import immutable
from builder.course import markdown
from builder.course.markdown import escaping
from builder.course.translations import Message

_PLAIN_MARKS = re.compile(r"\{\{[^{}\n]*\}\}|_{3,}|</?[A-Za-z][^<>\n]*>")
"""What stays the same in plain text: variables, gaps, and the tags of captions."""
_GAP = re.compile("_{3,}")


@immutable
class Words:
    """Text to translate, without escapes."""

    text: str


@immutable
class Single:
    """Markup without words, such as a variable; ``source`` is how the source writes it."""

    kind: str
    source: str


@immutable
class Pair:
    """Markup around words, such as a link: what the source writes before (``opening``) and after
    (``closing``) them."""

    kind: str
    opening: str
    closing: str
    inside: tuple[Node, ...]


Node = Words | Single | Pair


def is_markdown(message: Message) -> bool:
    """Whether the text of a message is inline Markdown."""
    return message.form == "line"


def parse(text: str, as_markdown: bool) -> tuple[Node, ...]:
    """Convert a text to a tree; ``as_markdown`` is false for plain text."""
    stack: list[tuple[str, str, list[Node]]] = [("", "", [])]
    for kind, role, written, content in _steps(text, as_markdown):
        inside = stack[-1][2]
        if role == "open":
            stack.append((kind, written, []))
        elif role == "close":
            opened = stack.pop()
            stack[-1][2].append(Pair(kind, opened[1], written, tuple(opened[2])))
        elif role == "single":
            inside.append(Single(kind, written))
        elif inside and isinstance(inside[-1], Words):
            inside[-1] = Words(inside[-1].text + content)
        else:
            inside.append(Words(content))
    return tuple(stack[0][2])


_Step = tuple[str, str, str, str]
"""The kind and role of markup, how the source writes it, and the text that readers see."""


def _steps(text: str, as_markdown: bool) -> Iterator[_Step]:
    """Yield the markup of a text and the words between, in order."""
    end = 0
    for kind, role, start, after, content in marks_in(text, as_markdown):
        if start > end:
            yield "", "text", text[end:start], text[end:start]
        yield kind, role, text[start:after], content
        end = after
    if end < len(text):
        yield "", "text", text[end:], text[end:]


def marks_in(text: str, as_markdown: bool) -> Iterator[tuple[str, str, int, int, str]]:
    """Yield the markup of a text in order: kind, role, the offsets of its start and end, and the
    character that an escape means (see ``builder.course.markdown.Mark``)."""
    if not as_markdown:
        for found in _PLAIN_MARKS.finditer(text):
            kind = "gap" if found[0][0] == "_" else "variable" if found[0][0] == "{" else "tag"
            yield kind, "single", *found.span(), ""
        return
    end = 0
    marks = [(one.kind, one.role, one.start, one.end, one.content) for one in markdown.marks(text)]
    for mark in (*marks, ("", "", len(text), len(text), "")):
        for gap in _GAP.finditer(text, end, mark[2]):
            yield "gap", "single", *gap.span(), ""
        if mark[0]:
            yield mark
        end = mark[3]


def write(nodes: Sequence[Node], as_markdown: bool) -> str:
    """Convert a tree to text. In Markdown, its words are escaped so that they are no markup."""
    parts = list(_written(nodes))
    if not as_markdown:
        return "".join(text for text, _ in parts)
    escaped: list[str] = []
    for at, (text, is_words) in enumerate(parts):
        before = escaped[-1][-1:] if escaped else ""
        after = parts[at + 1][0][:1] if at + 1 < len(parts) else ""
        escaped.append(escaping.escaped(text, before, after) if is_words else text)
    return escaping.begun("".join(escaped)) if parts and parts[0][1] else "".join(escaped)


def _written(nodes: Sequence[Node]) -> Iterator[tuple[str, bool]]:
    """Yield each piece of the text, and whether it is words."""
    for node in nodes:
        if isinstance(node, Words):
            if node.text:
                yield node.text, True
        elif isinstance(node, Single):
            yield node.source, False
        else:
            yield node.opening, False
            yield from _written(node.inside)
            yield node.closing, False


def means_the_same(nodes: Sequence[Node], others: Sequence[Node]) -> bool:
    """Whether two trees have the same words and the same markup around them."""
    return list(_flat(nodes)) == list(_flat(others))


def _flat(nodes: Sequence[Node]) -> list[tuple[str, str]]:
    """The words and markup of a tree in order, with neighbouring words joined."""
    found: list[tuple[str, str]] = []
    for node in nodes:
        if isinstance(node, Words):
            before = found.pop()[1] if found and found[-1][0] == "words" else ""
            found.append(("words", before + node.text))
        elif isinstance(node, Single):
            found.append((node.kind, node.source))
        else:
            found += [(node.kind, node.opening), *_flat(node.inside), (node.kind, node.closing)]
    return found


def numbered(nodes: Sequence[Node]) -> Iterator[Single | Pair]:
    """Yield the markup of a tree in the order in which the text has it; its ids in XLIFF are the
    numbers from 1."""
    for node in nodes:
        if not isinstance(node, Words):
            yield node
        if isinstance(node, Pair):
            yield from numbered(node.inside)
