"""Texts of which one is read at a time: ``:::: tabs Title`` and several ``::: tab Title`` in it."""

from __future__ import annotations

from builder.bodies.base import Body, Content, wrong
from builder.markdown import Directive, Prose, elements

_LEAST = 2


def read(block: Directive) -> Body:
    """``content``, which is two tabs or more and nothing else."""
    faults = []
    for part in block.blocks:
        if isinstance(part, Prose) or part.name != "tab":
            line = elements(part)[0].line if isinstance(part, Prose) else part.line
            problem = "holds something else than tabs"
            fix = "Put it into a tab, or before the line with “tabs”."
            faults.append(wrong(block, line, problem, fix))
    if not faults and len(block.blocks) < _LEAST:
        problem = "has one tab only"
        fix = "Write a second “::: tab Title”, or the text without tabs."
        faults.append(wrong(block, block.line, problem, fix))
    return Body({"content": Content(block.blocks)}, tuple(faults))
