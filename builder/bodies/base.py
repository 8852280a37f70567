"""What a block consists of, as its template takes it and as its rules judge it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal

from builder.immutable import immutable
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

_LEAST = 2
"""Blocks of one kind that have to be chosen from, or stand beside each other."""


@immutable
class Content:
    """Whatever a page may hold, as a template shows it."""

    blocks: tuple[Prose | Directive, ...]


@immutable
class File:
    """A file of the course, as a link names it; ``words`` are the link's."""

    link: Link
    words: Prose


@immutable
class Reading:
    """An address outside the course, as a link names it; ``words`` are the link's."""

    link: Link
    words: Prose


@immutable
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


@immutable
class Body:
    """The parts of a block, by the names that its template has for them.

    They are complete where there are no ``faults``.
    """

    parts: Mapping[str, Part]
    faults: tuple[Fault, ...] = ()


def entries(blocks: Iterable[Prose | Directive]) -> tuple[Element | Directive, ...]:
    """What stands in some blocks, one by one: paragraphs, lists, tables, further blocks."""
    return tuple(
        entry
        for child in blocks
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
    for entry in entries(block.blocks):
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
    head, rest = apart(block.blocks, 0)
    return (head, rest) if isinstance(head, Element) else (None, Content(block.blocks))


def apart(
    blocks: tuple[Prose | Directive, ...], end: Literal[0, -1]
) -> tuple[Element | Directive, Content]:
    """What stands at one end of some blocks, the first (0) or the last (-1), and all the others."""
    run = blocks[end]
    others = blocks[1:] if end == 0 else blocks[:-1]
    if isinstance(run, Directive):
        return run, Content(others)
    parts = elements(run)
    kept = parts[1:] if end == 0 else parts[:-1]
    left = (joined(element.prose for element in kept),) if kept else ()
    return parts[end], Content((*left, *others) if end == 0 else (*others, *left))


def is_image(entry: Element | Directive) -> bool:
    """Whether this is a paragraph that consists of one image."""
    if not isinstance(entry, Element) or entry.kind != "paragraph":
        return False
    words = [
        child.type
        for token in entry.prose.tokens
        for child in token.children or ()
        if child.type != "softbreak"
    ]
    return words == ["image"]


def holding(block: Directive, inner: str, without: str) -> Body:
    """``content``, which is two blocks or more of the name ``inner``, and nothing else.

    A single one would better be written ``without`` this block.
    """
    faults = [
        wrong(
            block,
            elements(part)[0].line if isinstance(part, Prose) else part.line,
            f"holds something else than {inner}s",
            f"Put it into a {inner}, or before the line with “{block.name}”.",
        )
        for part in block.blocks
        if isinstance(part, Prose) or part.name != inner
    ]
    if not faults and len(block.blocks) < _LEAST:
        fix = f"Write a second “::: {inner} Title”, or the text without {without}."
        faults = [wrong(block, block.line, f"has one {inner} only", fix)]
    return Body({"content": Content(block.blocks)}, tuple(faults))


def grouped(definitions: Element) -> list[list[Element]]:
    """The parts of a definition list: terms, and the definitions that they share."""
    groups: list[list[Element]] = []
    for part in definitions.inside():
        if part.kind == "dt" and (not groups or groups[-1][-1].kind == "dd"):
            groups.append([])
        groups[-1].append(part)
    return groups


def pairs(
    block: Directive, problem: str, fix: str
) -> tuple[tuple[tuple[Prose, Prose], ...], tuple[Fault, ...]]:
    """The terms of a block's definition lists, each with the text below it, and a fault for each
    entry that is anything else; ``problem`` and ``fix`` are those of ``wrong``."""
    found, faults = [], []
    for entry in entries(block.blocks):
        if not isinstance(entry, Element) or entry.kind != "dl":
            faults.append(wrong(block, entry.line, problem, fix))
            continue
        for group in grouped(entry):
            if [part.kind for part in group] == ["dt", "dd"]:
                term, text = group
                found.append((term.text(), joined(part.prose for part in text.inside())))
            else:
                faults.append(wrong(block, group[1].line, problem, fix))
    return tuple(found), tuple(faults)
