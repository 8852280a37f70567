"""Judges what a course folder holds, and makes a course of it where nothing is wrong."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from builder.approvals import KINDS, Kind, parts
from builder.diagnostics import Diagnostic, Places, Severity, tidy
from builder.memo import FORGETFUL, Memo
from builder.model import Approval, Course
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
from builder.validate.bank import QuestionItem
from builder.validate.gather import gather
from builder.validate.material import Material, PageItem
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

APART: frozenset[Rule] = frozenset(
    (
        *(structure.heading_ids, structure.kinds, structure.empty, structure.unwritten),
        *(accessibility.headings, accessibility.names),
        *(blocks.directives, blocks.places, blocks.materials, blocks.contents),
        *(questions.faults, questions.ids, questions.unscored),
    )
)
"""Rules that judge each page, or each question, by nothing but itself."""

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
    the parts of the course stand that trainees can have done.

    ``approvals`` are the entries of ``approvals.yaml``, ``required`` the kinds of words that have
    to be approved.
    """

    course: Course | None
    diagnostics: tuple[Diagnostic, ...]
    places: Places
    approvals: tuple[Approval, ...] = ()
    required: frozenset[Kind] = frozenset()


def validate(sources: Sources, today: date, memo: Memo = FORGETFUL) -> Judged:
    """Judge what a course folder holds; ``today`` decides what is overdue and nothing else."""
    memo.round()
    material, shape_problems = gather(sources, today, memo)
    diagnostics = [*shape_problems, *_ruled(material, memo)]
    course = assemble(material, memo)
    wording, found = approvals.judged(material, parts(course, memo))
    diagnostics.extend(found)
    draft = any(problem.draft for problem in diagnostics)
    course = replace(course, draft=draft, wording=wording)
    if material.whole:
        course, worst = limits.judged(course, material)
        diagnostics.extend(limits.progress(material, worst))
    wrong = any(problem.severity is Severity.ERROR for problem in diagnostics)
    if material.whole and not wrong:
        diagnostics.extend(_judged(UNUSED_RULES, material))
    made = None if wrong or sources.failed else course
    required = frozenset(KINDS[name] for name in material.course.approvals.required)
    return Judged(made, tidy(diagnostics), places(material), material.approvals, required)


def _ruled(material: Material, memo: Memo) -> Iterator[Diagnostic]:
    if not memo.keeps:
        yield from _judged(RULES, material)
        return
    yield from _judged([rule for rule in RULES if rule not in APART], material)
    for page in material.pages.values():
        yield from _apart(("page", page.path), page, material, memo)
    for item in material.questions:
        yield from _apart(("question", item.path, id(item)), item, material, memo)


def _apart(
    name: tuple[Hashable, ...], part: PageItem | QuestionItem, material: Material, memo: Memo
) -> tuple[Diagnostic, ...]:
    def make() -> tuple[Diagnostic, ...]:
        rules = tuple(rule for rule in RULES if rule in APART)
        return tuple(_judged(rules, material.only(part)))

    return memo.of(("apart", *name), (part,), make)


def _judged(rules: Sequence[Rule], material: Material) -> Iterator[Diagnostic]:
    for rule in rules:
        yield from rule(material)
