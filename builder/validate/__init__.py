"""Judges what a course folder holds, and makes a course of it where nothing is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from builder import state
from builder.diagnostics import Diagnostic, Places, Severity, tidy
from builder.model import Course
from builder.sources import Sources
from builder.validate import (
    accessibility,
    approvals,
    blocks,
    choices,
    directions,
    limits,
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
from builder.validate.material import Material
from builder.validate.places import places

Rule = Callable[[Material], Iterable[Diagnostic]]

RULES: tuple[Rule, ...] = (
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
    *limits.RULES,
)
"""Every rule: a function from the material to diagnostics. None depends on another."""

UNUSED_RULES: tuple[Rule, ...] = (
    questions.unused,
    quizzes.mark_unused,
    links.unused,
    variables.unused,
)
"""Rules that conclude from silence, and therefore only where nothing is wrong."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The course, or ``None`` where there is an error; every problem found, in order; and where
    the parts of the course stand that trainees can have done."""

    course: Course | None
    diagnostics: tuple[Diagnostic, ...]
    places: Places


def validate(sources: Sources, today: date) -> Judged:
    """Judge what a course folder holds; ``today`` decides what is overdue and nothing else."""
    material, shape_problems = gather(sources, today)
    diagnostics = [*shape_problems, *_judged(RULES, material)]
    course = assemble(material, draft=any(problem.draft for problem in diagnostics))
    if material.whole:
        worst = state.worst(course)
        course = replace(course, worst_state=worst.size)
        diagnostics.extend(limits.progress(material, worst))
    wrong = any(problem.severity is Severity.ERROR for problem in diagnostics)
    if material.whole and not wrong:
        diagnostics.extend(_judged(UNUSED_RULES, material))
    made = None if wrong or sources.failed else course
    return Judged(made, tidy(diagnostics), places(material))


def _judged(rules: Sequence[Rule], material: Material) -> Iterator[Diagnostic]:
    for rule in rules:
        yield from rule(material)
