"""Glossaries: ``::: glossary Title`` with a definition list."""

from __future__ import annotations

from collections.abc import Iterator

from builder.base.immutable import immutable
from builder.course.blocks.base import Body, Part, body_fault, entries, group_definitions
from builder.course.markdown import Directive, Element, Fault, Prose, Term

_PROBLEM = "contains something other than terms and their definitions"
_FIX = "Write each term on a separate line, and below it “: ” and its meaning."


@immutable
class Definition:
    """One or more terms, each with its words, and their definition."""

    terms: tuple[tuple[Term, Prose], ...]
    text: Prose


def read(block: Directive) -> Body:
    """Parse a glossary: ``entries``, each with ``terms`` (``term`` and ``words``) and a
    ``definition``."""
    entries: list[Part] = []
    faults = []
    for entry in _read(block):
        if isinstance(entry, Fault):
            faults.append(entry)
        else:
            terms: Part = tuple({"term": term, "words": words} for term, words in entry.terms)
            entries.append({"terms": terms, "definition": entry.text})
    return Body({"entries": tuple(entries)}, tuple(faults))


def definitions(block: Directive) -> Iterator[Definition]:
    """Every definition of a glossary."""
    return (entry for entry in _read(block) if isinstance(entry, Definition))


def _read(block: Directive) -> Iterator[Definition | Fault]:
    for entry in entries(block.blocks):
        if isinstance(entry, Element) and entry.kind == "dl":
            for group in group_definitions(entry):
                yield _definition(block, group)
        else:
            yield body_fault(block, entry.line, _PROBLEM, _FIX)


def _definition(block: Directive, group: list[Element]) -> Definition | Fault:
    terms = tuple((part.prose.terms[0], part.text()) for part in group if part.kind == "dt")
    meanings = [part for part in group if part.kind == "dd"]
    inside = [element for part in meanings for element in part.inside()]
    if [element.kind for element in inside] == ["paragraph"]:
        return Definition(terms, inside[0].text())
    # A definition is also shown in the middle of a sentence, so it must be one paragraph.
    problem = f"needs more than one paragraph to define “{terms[0][0].text}”"
    fix = "Write the meaning in one paragraph, and link to a page for more."
    return body_fault(block, meanings[0].line, problem, fix)
