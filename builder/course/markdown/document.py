"""The result of parsing a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from operator import attrgetter

from markdown_it.token import Token

from builder.base.immutable import immutable, unfolding

_TYPE = attrgetter("type")


@immutable
class Heading:
    """A heading of a page: level 1–6, text without markup, id within the page.

    ``written`` is the id that the author wrote, if any; ``id`` differs if that was already used.
    """

    level: int
    text: str
    id: str
    line: int
    written: str = ""


@immutable
class Term:
    """A term that a glossary defines: its text without markup, and its id within the page.

    ``written`` is the id that the author wrote, if any; ``id`` differs if that was already used.
    """

    text: str
    id: str
    line: int
    written: str = ""


@immutable
class Link:
    """A link as the author wrote it; ``target`` is not resolved."""

    target: str
    text: str
    line: int
    column: int


@immutable
class Image:
    """An image as the author wrote it; ``alt`` is empty if there is no text.

    ``decorative``: the author marked it as decorative. ``undescribed``: its text is still to be
    written.
    """

    target: str
    alt: str
    line: int
    column: int
    decorative: bool = False
    undescribed: bool = False


@immutable
class VariableUse:
    """One ``{{ name }}``."""

    name: str
    line: int
    column: int


@immutable
class Fault:
    """A problem found while parsing: a code of the catalogue, its position, and the values for its
    message."""

    code: str
    line: int
    column: int
    words: dict[str, str]


@immutable
class Prose:
    """A run of text without directives, and the elements in it to validate."""

    tokens: Sequence[Token]
    headings: tuple[Heading, ...] = ()
    terms: tuple[Term, ...] = ()
    links: tuple[Link, ...] = ()
    images: tuple[Image, ...] = ()
    variables: tuple[VariableUse, ...] = ()
    faults: tuple[Fault, ...] = ()

    def has_table(self) -> bool:
        """Whether it contains a table."""
        return "table_open" in map(_TYPE, self.tokens)

    def has_notes(self) -> bool:
        """Whether it contains the footnotes of a page."""
        return "notes_open" in map(_TYPE, self.tokens)


@immutable
class Directive:
    """A block: its name, its argument, and its content."""

    name: str
    argument: str
    line: int
    column: int
    blocks: tuple[Prose | Directive, ...]

    def prose(self) -> Iterator[Prose]:
        """Yield every run of prose in it, nested blocks included."""
        return (block for block in _walk(self.blocks) if isinstance(block, Prose))


@unfolding
class Document:
    """The parsed body of a page; ``faults`` are those of its directives."""

    blocks: tuple[Prose | Directive, ...]
    faults: tuple[Fault, ...] = ()

    def walk(self) -> Iterator[Prose | Directive]:
        """Iterate over every run of prose and every directive, in the order of the page."""
        return iter(self._walked)

    @cached_property
    def _walked(self) -> tuple[Prose | Directive, ...]:
        # Cached, since nearly every rule iterates over all of them.
        return tuple(_walk(self.blocks))


def _walk(blocks: Sequence[Prose | Directive]) -> Iterator[Prose | Directive]:
    for block in blocks:
        yield block
        if isinstance(block, Directive):
            yield from _walk(block.blocks)
