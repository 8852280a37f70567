"""Helpers and types for the readers of block contents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal

from builder.base.immutable import immutable
from builder.course.markdown import (
    Directive,
    Element,
    Fault,
    Link,
    Prose,
    Term,
    VariableUse,
    elements,
    join_prose,
)

_MIN_BLOCKS = 2
"""Minimum number of blocks that are chosen from or shown side by side."""


@immutable
class Content:
    """Any content that a page may have, for a template."""

    blocks: tuple[Prose | Directive, ...]


@immutable
class File:
    """A link to a file of the course; ``words`` are the link's text."""

    link: Link
    words: Prose


@immutable
class Reading:
    """A link to an address outside the course; ``words`` are the link's text."""

    link: Link
    words: Prose


@immutable
class Contact:
    """A variable with contact details; ``label`` is empty if the variable's own label is used."""

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
"""A part of a block. Prose is rendered without enclosing paragraph if it has none."""


@immutable
class Body:
    """The parts of a block by their names in its template; complete only without ``faults``."""

    parts: Mapping[str, Part]
    faults: tuple[Fault, ...] = ()


Reader = Callable[[Directive], Body]
"""Parses the content of a block."""


def entries(blocks: Iterable[Prose | Directive]) -> tuple[Element | Directive, ...]:
    """The elements of some blocks, one by one: paragraphs, lists, tables, nested blocks."""
    return tuple(
        entry
        for child in blocks
        for entry in (elements(child) if isinstance(child, Prose) else (child,))
    )


def read_lists(
    block: Directive, read: Callable[[Element], Part | None], problem: str, fix: str
) -> tuple[tuple[Part, ...], tuple[Fault, ...]]:
    """The results of ``read`` for the entries of a block's lists, and a fault for each other entry.

    An entry is one paragraph; ``problem`` and ``fix`` are those of ``body_fault``.
    """
    parts, faults = [], []
    for line, paragraph in _list_entries(block):
        part = paragraph and read(paragraph)
        if part:
            parts.append(part)
        else:
            faults.append(body_fault(block, line, problem, fix))
    return tuple(parts), tuple(faults)


def _list_entries(block: Directive) -> Iterator[tuple[int, Element | None]]:
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


def body_fault(block: Directive, line: int, problem: str, fix: str, column: int = 1) -> Fault:
    """A fault in a block's content.

    ``problem`` continues after the block's name; ``fix`` is a sentence.
    """
    return Fault("block-body", line, column, {"name": block.name, "problem": problem, "fix": fix})


def split_first(block: Directive) -> tuple[Element | None, Content]:
    """Split off the first paragraph, list or table; ``None`` if the block starts with another
    block."""
    head, rest = split_end(block.blocks, 0)
    return (head, rest) if isinstance(head, Element) else (None, Content(block.blocks))


def split_end(
    blocks: tuple[Prose | Directive, ...], end: Literal[0, -1]
) -> tuple[Element | Directive, Content]:
    """Split off the first (0) or last (-1) element of some blocks."""
    run = blocks[end]
    others = blocks[1:] if end == 0 else blocks[:-1]
    if isinstance(run, Directive):
        return run, Content(others)
    parts = elements(run)
    kept = parts[1:] if end == 0 else parts[:-1]
    kept_prose = (join_prose(element.prose for element in kept),) if kept else ()
    return parts[end], Content((*kept_prose, *others) if end == 0 else (*others, *kept_prose))


def is_image(entry: Element | Directive) -> bool:
    """Whether an element is a paragraph that consists of one image."""
    if not isinstance(entry, Element) or entry.kind != "paragraph":
        return False
    words = [
        child.type
        for token in entry.prose.tokens
        for child in token.children or ()
        if child.type != "softbreak"
    ]
    return words == ["image"]


def require_blocks(block: Directive, inner: str, without: str) -> Body:
    """Parse a block that must consist of at least two blocks named ``inner``.

    ``without`` names the block for the advice to omit it if there is only one.
    """
    faults = [
        body_fault(
            block,
            elements(part)[0].line if isinstance(part, Prose) else part.line,
            f"contains something other than {inner}s",
            f"Put it into a {inner}, or before the line with “{block.name}”.",
        )
        for part in block.blocks
        if isinstance(part, Prose) or part.name != inner
    ]
    if not faults and len(block.blocks) < _MIN_BLOCKS:
        fix = f"Write a second “::: {inner} Title”, or the text without {without}."
        faults = [body_fault(block, block.line, f"has only one {inner}", fix)]
    return Body({"content": Content(block.blocks)}, tuple(faults))


def group_definitions(definitions: Element) -> list[list[Element]]:
    """Group a definition list: terms, each with the definitions that they share."""
    groups: list[list[Element]] = []
    for part in definitions.inside():
        if part.kind == "dt" and (not groups or groups[-1][-1].kind == "dd"):
            groups.append([])
        groups[-1].append(part)
    return groups


def read_definitions(
    block: Directive, problem: str, fix: str
) -> tuple[tuple[tuple[Prose, Prose], ...], tuple[Fault, ...]]:
    """The terms of a block's definition lists, each with its text, and a fault for any other entry.

    ``problem`` and ``fix`` are those of ``body_fault``.
    """
    found, faults = [], []
    for entry in entries(block.blocks):
        if not isinstance(entry, Element) or entry.kind != "dl":
            faults.append(body_fault(block, entry.line, problem, fix))
            continue
        for group in group_definitions(entry):
            if [part.kind for part in group] == ["dt", "dd"]:
                term, text = group
                found.append((term.text(), join_prose(part.prose for part in text.inside())))
            else:
                faults.append(body_fault(block, group[1].line, problem, fix))
    return tuple(found), tuple(faults)
