"""Types and helper functions of the readers that parse the content of blocks."""

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
"""Minimum number of inner blocks of a block such as tabs or cards."""


@immutable
class Content:
    """A part of a block that may contain anything that a page may contain."""

    blocks: tuple[Prose | Directive, ...]


@immutable
class File:
    """A link to a file of the course; ``words`` is the text of the link."""

    link: Link
    words: Prose


@immutable
class Reading:
    """A link to an address outside the course; ``words`` is the text of the link."""

    link: Link
    words: Prose


@immutable
class Contact:
    """A variable with contact details. ``label`` is the author's text before the variable; if it is
    empty, the label of the variable is shown."""

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
"""A value for the template of a block. Prose that is only inline text, such as the text of one
paragraph, is rendered without a ``p`` element."""


@immutable
class Body:
    """The result of parsing a block: its parts by their names in the template, and its faults.

    If there are faults, parts may be missing.
    """

    parts: Mapping[str, Part]
    faults: tuple[Fault, ...] = ()


Reader = Callable[[Directive], Body]
"""A function that parses the content of a block."""


def entries(blocks: Iterable[Prose | Directive]) -> tuple[Element | Directive, ...]:
    """Split blocks into single elements, such as paragraphs, lists and tables; nested directives
    stay whole."""
    return tuple(
        entry
        for child in blocks
        for entry in (elements(child) if isinstance(child, Prose) else (child,))
    )


def read_lists(
    block: Directive, read: Callable[[Element], Part | None], problem: str, fix: str
) -> tuple[tuple[Part, ...], tuple[Fault, ...]]:
    """Apply ``read`` to the paragraph of each list item in a block, and to each paragraph outside
    lists.

    Returns the results, and a fault for each entry that is not one paragraph or that ``read``
    rejects with ``None``. ``problem`` and ``fix`` are the texts of these faults, as for
    ``body_fault``.
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
    """Make a fault in a block's content.

    ``problem`` is a phrase that continues a sentence after the block's name, such as “has no text”;
    ``fix`` is a whole sentence. ``line`` and ``column`` are positions in the file.
    """
    return Fault("block-body", line, column, {"name": block.name, "problem": problem, "fix": fix})


def split_first(block: Directive) -> tuple[Element | None, Content]:
    """Split the content of a block into its first element (a paragraph, list or table) and the
    rest.

    The first element is ``None`` if the block starts with a nested directive; the rest is then the
    whole content.
    """
    head, rest = split_end(block.blocks, 0)
    return (head, rest) if isinstance(head, Element) else (None, Content(block.blocks))


def split_end(
    blocks: tuple[Prose | Directive, ...], end: Literal[0, -1]
) -> tuple[Element | Directive, Content]:
    """Split blocks into their first (``end`` 0) or last (``end`` -1) element and the other
    blocks."""
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


ALSO_INNER = ", and the two lines that open and close the {}"
"""Advice about an inner block that cannot be outside its outer block."""


def require_blocks(block: Directive, inner: str, alone: str) -> Body:
    """Parse a block that must consist of at least two blocks named ``inner``.

    ``alone`` is put at the end of the advice to delete the fences of the outer block, which is
    given if it has only one inner block.
    """
    faults = [
        body_fault(
            block,
            elements(part)[0].line if isinstance(part, Prose) else part.line,
            f"contains something other than {inner}s",
            f"Put this part into a {inner}, or before the line with “{block.name}”.",
        )
        for part in block.blocks
        if isinstance(part, Prose) or part.name != inner
    ]
    if not faults and len(block.blocks) < _MIN_BLOCKS:
        fix = (
            f"Write a second “::: {inner} Title”, or delete the line with “{block.name}” and the "
            f"line that closes it{alone}."
        )
        faults = [body_fault(block, block.line, f"has only one {inner}", fix)]
    return Body({"content": Content(block.blocks)}, tuple(faults))


def group_definitions(definitions: Element) -> list[list[Element]]:
    """Split a definition list into groups: consecutive terms, followed by the definitions that
    these terms share."""
    groups: list[list[Element]] = []
    for part in definitions.inside():
        if part.kind == "dt" and (not groups or groups[-1][-1].kind == "dd"):
            groups.append([])
        groups[-1].append(part)
    return groups


def read_definitions(
    block: Directive, problem: str, fix: str
) -> tuple[tuple[tuple[Prose, Prose], ...], tuple[Fault, ...]]:
    """The pairs of a term and its text in the definition lists of a block, and a fault for anything
    else.

    A group of several terms or definitions is a fault, too. ``problem`` and ``fix`` are the texts
    of the faults, as for ``body_fault``.
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
