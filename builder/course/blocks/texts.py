"""Parses the blocks that consist of text: lists, terms, steps, quotations, tables, tabs.

The docstring of each reader names the parts that the block's template uses.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from builder.base.immutable import immutable
from builder.course import markdown, targets
from builder.course.blocks.base import (
    ALSO_INNER,
    Body,
    Contact,
    Content,
    File,
    Part,
    Reader,
    Reading,
    body_fault,
    entries,
    group_definitions,
    read_definitions,
    read_lists,
    require_blocks,
)
from builder.course.markdown import Directive, Element, Fault, Prose, Term, elements, join_prose

_TERM_PROBLEM = "contains something other than terms and their definitions"
_TERM_FIX = "Write each term on a separate line, and below it “: ” and its meaning."


@immutable
class Definition:
    """An entry of a glossary: one or more terms, each with its text as written, and the definition
    that they share."""

    terms: tuple[tuple[Term, Prose], ...]
    text: Prose


def _read_glossary(block: Directive) -> Body:
    """Parse a glossary: ``entries``, each with a ``definition`` and its ``terms``; a term has
    ``term`` (its id and plain text) and ``words`` (its text as written)."""
    entries: list[Part] = []
    faults = []
    for entry in _parse_glossary(block):
        if isinstance(entry, Fault):
            faults.append(entry)
        else:
            terms: Part = tuple({"term": term, "words": words} for term, words in entry.terms)
            entries.append({"terms": terms, "definition": entry.text})
    return Body({"entries": tuple(entries)}, tuple(faults))


def definitions(block: Directive) -> Iterator[Definition]:
    """Yield every valid entry of a glossary block."""
    return (entry for entry in _parse_glossary(block) if isinstance(entry, Definition))


def _parse_glossary(block: Directive) -> Iterator[Definition | Fault]:
    for entry in entries(block.blocks):
        if isinstance(entry, Element) and entry.kind == "dl":
            for group in group_definitions(entry):
                yield _definition(block, group)
        else:
            yield body_fault(block, entry.line, _TERM_PROBLEM, _TERM_FIX)


def _definition(block: Directive, group: list[Element]) -> Definition | Fault:
    terms = tuple((part.prose.terms[0], part.text()) for part in group if part.kind == "dt")
    meanings = [part for part in group if part.kind == "dd"]
    inside = [element for part in meanings for element in part.inside()]
    if [element.kind for element in inside] == ["paragraph"]:
        return Definition(terms, inside[0].text())
    # A definition is also shown in the middle of a sentence that links to its term, so it must be
    # one paragraph.
    problem = f"needs more than one paragraph to define “{terms[0][0].text}”"
    fix = "Write the meaning in one paragraph, and link to a page for more."
    return body_fault(block, meanings[0].line, problem, fix)


_FLASHCARD_PROBLEM = "contains something other than cards with a front and a back"
_FLASHCARD_FIX = (
    "Write the front of each card on a separate line, and below it “: ” with its back. Indent "
    "further paragraphs by two spaces."
)


def _read_flashcards(block: Directive) -> Body:
    """Parse flashcards: ``entries``, each with a ``front`` (the question) and a ``back`` (the
    answer)."""
    found, faults = read_definitions(block, _FLASHCARD_PROBLEM, _FLASHCARD_FIX)
    return Body({"entries": tuple({"front": front, "back": back} for front, back in found)}, faults)


_TIME_PROBLEM = "contains something other than times with their descriptions"
_TIME_FIX = (
    "Write each time on a separate line, and below it “: ” with what happens then. Indent further "
    "paragraphs by two spaces."
)


def _read_timeline(block: Directive) -> Body:
    """Parse a timeline: ``entries``, each with a ``time`` and the ``text`` about it."""
    found, faults = read_definitions(block, _TIME_PROBLEM, _TIME_FIX)
    return Body({"entries": tuple({"time": time, "text": text} for time, text in found)}, faults)


_CONTACT_PROBLEM = "has an entry that does not end with one variable, such as {{ manager }}"
_CONTACT_FIX = (
    "Give the variable a label and a value under “variables:” in course.yaml. Write it at the end "
    "of the entry, with nothing after it: - Your manager: {{ manager }}"
)


def _read_contacts(block: Directive) -> Body:
    """Parse contacts: ``entries``, each a ``Contact``."""
    entries, faults = read_lists(block, _contact, _CONTACT_PROBLEM, _CONTACT_FIX)
    return Body({"entries": entries}, faults)


def _contact(entry: Element) -> Contact | None:
    trailing = entry.trailing_variable()
    return Contact(*trailing) if trailing else None


_DOWNLOAD_PROBLEM = "has an entry that is not one link to a file in media/"
_DOWNLOAD_FIX = "Write each file on a separate line, like this: - [Its name](media/name.pdf)"


def _read_downloads(block: Directive) -> Body:
    """Parse downloads: ``files``, each with a ``file``, and the author's text after its link as
    ``note``."""
    files, faults = read_lists(block, _downloaded_file, _DOWNLOAD_PROBLEM, _DOWNLOAD_FIX)
    return Body({"files": files}, faults)


def _downloaded_file(entry: Element) -> Part | None:
    leading = entry.leading_link()
    if not leading or leading[2].links or not targets.is_file(leading[0].target):
        return None
    link, words, note = leading
    return {"file": File(link, words), "note": note}


_READING_PROBLEM = "has an entry that is not one link to an address outside the course"
_READING_FIX = (
    "Write each link on a separate line, like this: - [Its title](https://www.example.org)"
)


def _read_further_reading(block: Directive) -> Body:
    """Parse further reading: ``entries``, each with a ``reading`` (a link to an address), and the
    author's text after the link as ``note``."""
    entries, faults = read_lists(block, _further_reading_entry, _READING_PROBLEM, _READING_FIX)
    return Body({"entries": entries}, faults)


def _further_reading_entry(entry: Element) -> Part | None:
    leading = entry.leading_link()
    if not leading or leading[2].links or not targets.is_address(leading[0].target):
        return None
    link, words, note = leading
    return {"reading": Reading(link, words), "note": note}


def _read_steps(block: Directive) -> Body:
    """Parse steps: ``content`` is one numbered list, whose items may contain other blocks.

    If a step has several paragraphs, the first paragraph is its heading.
    """
    if not _is_numbered_list(block):
        problem = "must be one numbered list"
        fix = "Write each step after its number, “1. ”, and indent what belongs to it. Move all "
        return Body({}, (body_fault(block, block.line, problem, fix + "else out of the block."),))
    return Body({"content": Content(block.blocks)})


def _is_numbered_list(block: Directive) -> bool:
    # A block within an item splits the list into several runs of prose.
    first, last = block.blocks[0], block.blocks[-1]
    runs = [part for part in block.blocks if isinstance(part, Prose)]
    kinds = [element.kind for element in elements(join_prose(runs))]
    return isinstance(first, Prose) and isinstance(last, Prose) and kinds == ["ordered_list"]


def _read_points(block: Directive) -> Body:
    """Parse objectives or key points: ``content`` is one list, with at most one paragraph before
    the list."""
    kinds = [entry.kind if isinstance(entry, Element) else "" for entry in entries(block.blocks)]
    if kinds not in (["bullet_list"], ["paragraph", "bullet_list"]):
        problem = "must be one list"
        fix = (
            "Start each line of the list with “- ”. One paragraph may come before the list; the "
            "block can have nothing else."
        )
        return Body({}, (body_fault(block, block.line, problem, fix),))
    return Body({"content": Content(block.blocks)})


def _read_lead(block: Directive) -> Body:
    """Parse a lead: its only paragraph, as ``content``."""
    parts = entries(block.blocks)
    if [entry.kind if isinstance(entry, Element) else "" for entry in parts] != ["paragraph"]:
        fix = "Close the block with “:::” below the first paragraph."
        return Body({}, (body_fault(block, block.line, "must be one paragraph", fix),))
    return Body({"content": Content(block.blocks)})


def _read_quotation(block: Directive) -> Body:
    """Parse a quotation: the quoted text as ``content``, and the paragraph below it as
    ``source``."""
    parts = entries(block.blocks)
    kinds = [entry.kind if isinstance(entry, Element) else "" for entry in parts]
    if kinds != ["blockquote", "paragraph"]:
        problem = "must contain a quotation and its source"
        fix = (
            "Start each line of the quotation with “> ”. Leave a line empty, then write its source "
            "in one paragraph."
        )
        return Body({}, (body_fault(block, block.line, problem, fix),))
    quotation, source = (entry for entry in parts if isinstance(entry, Element))
    return Body({"content": Content((quotation.prose,)), "source": source.text()})


def _read_table(block: Directive) -> Body:
    """Parse a table: ``table`` is the table, with the block's title as its caption."""
    parts = entries(block.blocks)
    for entry in parts:
        if not isinstance(entry, Element) or entry.kind != "table":
            fix = "Move everything but the table out of the block."
            return Body(
                {}, (body_fault(block, entry.line, "contains something other than a table", fix),)
            )
    if len(parts) > 1:
        fix = "Put the second table into another block."
        return Body({}, (body_fault(block, parts[1].line, "contains two tables", fix),))
    (table,) = parts
    assert isinstance(table, Element)
    return Body({"table": markdown.with_caption(table.prose, block.argument)})


READERS: dict[str, Reader] = {
    "lead": _read_lead,
    "glossary": _read_glossary,
    "flashcards": _read_flashcards,
    "timeline": _read_timeline,
    "contacts": _read_contacts,
    "download": _read_downloads,
    "further-reading": _read_further_reading,
    "steps": _read_steps,
    "objectives": _read_points,
    "key-points": _read_points,
    "quotation": _read_quotation,
    "table": _read_table,
    "tabs": partial(require_blocks, inner="tab", alone=ALSO_INNER.format("tab")),
    "accordion": partial(require_blocks, inner="reveal", alone="; the reveal can stay"),
}
