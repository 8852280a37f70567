"""Judges what a course folder holds, and makes a course of it where nothing is wrong."""

from __future__ import annotations

from datetime import date

from builder.diagnostics import Diagnostic, Severity, tidy
from builder.model import Course
from builder.sources import Sources
from builder.validate import (
    accessibility,
    approvals,
    blocks,
    budgets,
    choices,
    directions,
    links,
    locks,
    questions,
    quizzes,
    recordings,
    structure,
    theme,
    variables,
)
from builder.validate.assemble import assemble
from builder.validate.gather import gather

RULES = (
    *structure.RULES,
    *locks.RULES,
    *directions.RULES,
    *blocks.RULES,
    *questions.RULES,
    *quizzes.RULES,
    *choices.RULES,
    *links.RULES,
    *recordings.RULES,
    *accessibility.RULES,
    *theme.RULES,
    *variables.RULES,
    *approvals.RULES,
    *budgets.RULES,
)
"""Every rule: a function from the material to diagnostics. None depends on another."""

UNUSED_RULES = (questions.unused, links.unused, variables.unused)
"""Rules that conclude from silence, and therefore only where nothing is wrong."""


def validate(sources: Sources, today: date) -> tuple[Course | None, tuple[Diagnostic, ...]]:
    """The course, or ``None`` where there is an error, and every problem found, in order.

    ``today`` decides what is overdue and nothing else.
    """
    material, found = gather(sources, today)
    diagnostics = [*found, *(one for rule in RULES for one in rule(material))]
    course = assemble(material, draft=any(one.draft for one in diagnostics))
    if material.whole:
        diagnostics.extend(budgets.progress(material, course))
    wrong = any(one.severity is Severity.ERROR for one in diagnostics)
    if material.whole and not wrong:
        diagnostics.extend(one for rule in UNUSED_RULES for one in rule(material))
    return None if wrong or sources.failed else course, tidy(diagnostics)
