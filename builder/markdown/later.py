"""A page that was read by an earlier build: what its rules ask for is told, and its text is read
when somebody asks for more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import count
from operator import attrgetter
from typing import Any, overload

from markdown_it.token import Token

from builder.immutable import unfolding
from builder.markdown.document import (
    Directive,
    Document,
    Fault,
    Heading,
    Image,
    Link,
    Prose,
    Term,
    VariableUse,
)
from builder.memo import Form

_HELD: dict[str, tuple[type, Callable[[Any], Any]]] = {
    "headings": (Heading, attrgetter("level", "text", "id", "line", "written")),
    "terms": (Term, attrgetter("text", "id", "line", "written")),
    "links": (Link, attrgetter("target", "text", "line", "column")),
    "images": (
        Image,
        attrgetter("target", "alt", "line", "column", "decorative", "undescribed"),
    ),
    "variables": (VariableUse, attrgetter("name", "line", "column")),
    "faults": (Fault, attrgetter("code", "line", "column", "words")),
}
"""What a run of prose has beside its tokens, and the fields of each."""


def later(read: Callable[[], Document]) -> Form:
    """The form of the document that ``read`` makes: without its tokens."""
    return Form(_written, lambda written: _document(written, _Unread(read)))


def _written(document: Document) -> list[Any]:
    return [_blocks(document.blocks), _all(document.faults, "faults")]


def _blocks(blocks: Sequence[Prose | Directive]) -> list[Any]:
    return [
        {name: _all(getattr(block, name), name) for name in _HELD if getattr(block, name)}
        if isinstance(block, Prose)
        else [block.name, block.argument, block.line, block.column, _blocks(block.blocks)]
        for block in blocks
    ]


def _all(things: Sequence[Any], name: str) -> list[Any]:
    fields = _HELD[name][1]
    return [fields(thing) for thing in things]


def _document(written: list[Any], unread: _Unread) -> Document:
    blocks, faults = written
    return Document(_told(blocks, unread, count()), _things(faults, "faults"))


def _told(
    written: list[Any], unread: _Unread, numbers: Iterator[int]
) -> tuple[Prose | Directive, ...]:
    blocks: list[Prose | Directive] = []
    for block in written:
        if isinstance(block, dict):
            held = {name: _things(things, name) for name, things in block.items()}
            blocks.append(Prose(_Tokens(unread, next(numbers)), **held))
        else:
            name, argument, line, column, inside = block
            within = _told(inside, unread, numbers)
            blocks.append(Directive(name, argument, line, column, within))
    return tuple(blocks)


def _things(written: list[Any], name: str) -> tuple[Any, ...]:
    kind = _HELD[name][0]
    return tuple(kind(*values) for values in written)


@unfolding
class _Unread:
    """A page that is read once, when any of its tokens is asked for."""

    read: Callable[[], Document]

    @cached_property
    def prose(self) -> list[Prose]:
        """Its runs of prose, in the order of the page."""
        return [block for block in self.read().walk() if isinstance(block, Prose)]


class _Tokens(Sequence[Token]):
    """The tokens of one run of prose, by its number on the page."""

    __slots__ = ("_number", "_page")

    def __init__(self, page: _Unread, number: int) -> None:
        self._page = page
        self._number = number

    @overload
    def __getitem__(self, index: int) -> Token: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Token]: ...
    def __getitem__(self, index: int | slice) -> Token | Sequence[Token]:
        return self._page.prose[self._number].tokens[index]

    def __iter__(self) -> Iterator[Token]:
        return iter(self._page.prose[self._number].tokens)

    def __len__(self) -> int:
        return len(self._page.prose[self._number].tokens)
