"""What a page is made of, once it has been parsed."""

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

    ``written`` is the id that the author wrote, if any: ``id`` differs where it was taken.
    """

    level: int
    text: str
    id: str
    line: int
    written: str = ""


@immutable
class Term:
    """A term that a glossary defines: its text without markup, and its id within the page.

    ``written`` is the id that the author wrote, if any: ``id`` differs where it was taken.
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
    """An image as the author wrote it; ``alt`` is empty where there is no text.

    ``decorative`` is whether the author says that it shows nothing that matters, ``undescribed``
    whether it is still to be said what it shows.
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
    """A problem found while parsing: a code of the catalogue, its place and its words."""

    code: str
    line: int
    column: int
    words: dict[str, str]


@immutable
class Prose:
    """A run of text without directives, and what is in it that has to be checked."""

    tokens: Sequence[Token]
    headings: tuple[Heading, ...] = ()
    terms: tuple[Term, ...] = ()
    links: tuple[Link, ...] = ()
    images: tuple[Image, ...] = ()
    variables: tuple[VariableUse, ...] = ()
    faults: tuple[Fault, ...] = ()

    def has_table(self) -> bool:
        """Whether there is a table in it."""
        return "table_open" in map(_TYPE, self.tokens)

    def has_notes(self) -> bool:
        """Whether the footnotes of a page stand in it."""
        return "notes_open" in map(_TYPE, self.tokens)


@immutable
class Directive:
    """One block: its name, what follows the name on its line, and what is in it."""

    name: str
    argument: str
    line: int
    column: int
    blocks: tuple[Prose | Directive, ...]

    def prose(self) -> Iterator[Prose]:
        """Every run of prose in it, also in blocks within it."""
        return (block for block in _walk(self.blocks) if isinstance(block, Prose))


@unfolding
class Document:
    """The body of one page; ``faults`` are those of its directives."""

    blocks: tuple[Prose | Directive, ...]
    faults: tuple[Fault, ...] = ()

    def walk(self) -> Iterator[Prose | Directive]:
        """Every run of prose and every directive, in the order of the page."""
        return iter(self._walked)

    @cached_property
    def _walked(self) -> tuple[Prose | Directive, ...]:
        # Nearly every rule goes through all of them.
        return tuple(_walk(self.blocks))


def _walk(blocks: Sequence[Prose | Directive]) -> Iterator[Prose | Directive]:
    for block in blocks:
        yield block
        if isinstance(block, Directive):
            yield from _walk(block.blocks)
