"""What a block consists of, as its template takes it and as its rules judge it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from builder.markdown import (
    Directive,
    Element,
    Fault,
    Link,
    Prose,
    Term,
    VariableUse,
    elements,
    joined,
)


@dataclass(frozen=True, slots=True)
class Content:
    """Whatever a page may hold, as a template shows it."""

    blocks: tuple[Prose | Directive, ...]


@dataclass(frozen=True, slots=True)
class File:
    """A file of the course, as a link names it; ``words`` are the link's."""

    link: Link
    words: Prose


@dataclass(frozen=True, slots=True)
class Reading:
    """An address outside the course, as a link names it; ``words`` are the link's."""

    link: Link
    words: Prose


@dataclass(frozen=True, slots=True)
class Contact:
    """A local value, and in words what it is; ``label`` is empty where its own label says so."""

    label: Prose
    value: VariableUse


Part = (
    Prose
    | Content
    | Term
    | File
    | Reading
    | Contact
    | Mapping[str, "Part"]
    | tuple["Part", ...]
    | str
    | bool
    | None
)
"""A part of a block. Prose becomes HTML without a paragraph round it where it has none."""


@dataclass(frozen=True, slots=True)
class Body:
    """The parts of a block, by the names that its template has for them.

    They are complete where there are no ``faults``.
    """

    parts: Mapping[str, Part]
    faults: tuple[Fault, ...] = ()


def entries(block: Directive) -> tuple[Element | Directive, ...]:
    """What stands in a block, one by one: paragraphs, lists, tables, further blocks."""
    return tuple(
        entry
        for child in block.blocks
        for entry in (elements(child) if isinstance(child, Prose) else (child,))
    )


def listed(
    block: Directive, read: Callable[[Element], Part | None], problem: str, fix: str
) -> tuple[tuple[Part, ...], tuple[Fault, ...]]:
    """What ``read`` makes of the entries of a block's lists, and a fault for each other entry.

    An entry is one paragraph; ``problem`` and ``fix`` are those of ``wrong``.
    """
    parts, faults = [], []
    for line, paragraph in _listed(block):
        part = paragraph and read(paragraph)
        if part:
            parts.append(part)
        else:
            faults.append(wrong(block, line, problem, fix))
    return tuple(parts), tuple(faults)


def _listed(block: Directive) -> Iterator[tuple[int, Element | None]]:
    for entry in entries(block):
        if isinstance(entry, Element) and entry.kind == "bullet_list":
            for item in entry.inside():
                yield item.line, _paragraph(item)
        else:
            yield entry.line, _paragraph(entry)


def _paragraph(item: Element | Directive) -> Element | None:
    if not isinstance(item, Element):
        return None
    inside = item.inside() if item.kind == "list_item" else (item,)
    return inside[0] if len(inside) == 1 and inside[0].kind == "paragraph" else None


def wrong(block: Directive, line: int, problem: str, fix: str, column: int = 1) -> Fault:
    """A fault of a body. ``problem`` goes on from the block's name, ``fix`` is a sentence."""
    return Fault("block-body", line, column, {"name": block.name, "problem": problem, "fix": fix})


def begins(block: Directive) -> tuple[Element | None, Content]:
    """The first paragraph, list or table of a block, and what follows it.

    There is none where another block comes first.
    """
    first, *others = block.blocks
    if not isinstance(first, Prose):
        return None, Content(block.blocks)
    head, *rest = elements(first)
    return head, Content((*((joined(element.prose for element in rest),) if rest else ()), *others))
