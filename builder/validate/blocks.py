"""Directives: known blocks, closed, with what has to follow their name; and other faults of
Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from builder.blocks import BLOCKS
from builder.codes import Known, problem
from builder.diagnostics import Diagnostic
from builder.markdown import Directive
from builder.questions.base import ID_PATTERN, visible
from builder.validate.material import Material, PageItem

_ID = re.compile(ID_PATTERN)


def faults(material: Material) -> Iterator[Diagnostic]:
    """What the parser met: blocks that are not closed, HTML."""
    for page in material.pages.values():
        for fault in page.document.faults:
            yield problem(fault.code, page.at(fault.line, fault.column), **fault.words)
    for text in material.texts:
        for fault in text.prose.faults:
            yield problem(fault.code, text.at(fault.line, fault.column), **fault.words)


def directives(material: Material) -> Iterator[Diagnostic]:
    """Every block is known and has its argument."""
    known = Known(BLOCKS)
    for page in material.pages.values():
        for block in page.document.walk():
            if isinstance(block, Directive):
                yield from _directive(page, block, known)


def _directive(page: PageItem, block: Directive, known: Known) -> Iterator[Diagnostic]:
    position = page.at(block.line, block.column)
    kind = BLOCKS.get(block.name)
    if kind is None:
        near = known.did_you_mean(block.name)
        words = {"name": block.name, "did_you_mean": near, "known": ", ".join(BLOCKS)}
        yield problem("directive-unknown", position, **words)
    elif kind.argument == "question" and not _ID.match(block.argument):
        wrong = "needs the id of one question" if not block.argument else _not_an_id(block)
        words = {"name": block.name, "problem": wrong, "example": f"::: {block.name} QUESTION-ID"}
        yield problem("directive-argument", position, **words)
    elif block.argument and not visible(block.argument):
        wrong = "has a title that nobody can see: it has only invisible characters"
        words = {"name": block.name, "problem": wrong, "example": f"::: {block.name} Title"}
        yield problem("directive-argument", position, **words)


def _not_an_id(block: Directive) -> str:
    return f"takes the id of one question, and “{block.argument}” is not an id"


RULES: tuple[Callable[[Material], Iterator[Diagnostic]], ...] = (faults, directives)
