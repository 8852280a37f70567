"""Judges what a course folder holds, and makes a course of it where nothing is wrong."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date

from builder.approvals import KINDS, Kind, parts
from builder.diagnostics import Diagnostic, Places, Position, Severity, tidy
from builder.immutable import immutable
from builder.memo import FORGETFUL, Memo
from builder.model import Approval, Course, Remark
from builder.sources import PageFile, Sources
from builder.validate import (
    accessibility,
    alike,
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
    remarked,
    structure,
    theme,
    variables,
)
from builder.validate.assemble import assemble
from builder.validate.bank import QuestionItem
from builder.validate.gather import gather
from builder.validate.material import Material, PageItem

Rule = Callable[[Material], Iterable[Diagnostic]]

RULES: tuple[Rule, ...] = (
    *structure.RULES,
    *locks.RULES,
    *directions.RULES,
    *blocks.RULES,
    *questions.RULES,
    *alike.RULES,
    *quizzes.RULES,
    *choices.RULES,
    *links.RULES,
    *recordings.RULES,
    *accessibility.RULES,
    *theme.RULES,
    *variables.RULES,
    *approvals.RULES,
    *remarked.RULES,
    *limits.RULES,
)
"""Every rule: a function from the material to diagnostics. None depends on another."""

APART: frozenset[Rule] = frozenset(
    (
        *(structure.heading_ids, structure.kinds, structure.empty, structure.unwritten_pages),
        *(accessibility.headings, accessibility.names),
        *(blocks.directives, blocks.places, blocks.materials, blocks.contents, blocks.to_come),
        *(questions.faults, questions.ids, questions.unscored, alike.alike),
        *(variables.misplaced_below,),
    )
)
"""Rules that judge each page, or each question, by nothing but itself."""

OF_FRONTS: frozenset[Rule] = frozenset(
    (
        *(structure.listed, structure.unlisted, structure.help_pages, structure.reserved),
        *(structure.page_ids, structure.record_ids, structure.unsure, directions.fields),
    )
)
"""Rules that read course.yaml, the names of files and the front matter of pages, nothing else."""

OF_QUESTIONS: frozenset[Rule] = frozenset(
    (
        *(structure.question_ids, structure.unwritten_texts, questions.unsure),
        directions.questions,
    )
)
"""Rules that read course.yaml and the questions, nothing else."""

OF_BOTH: frozenset[Rule] = frozenset((structure.former_ids,))
"""Rules that read what those two read."""

UNUSED_RULES: tuple[Rule, ...] = (
    questions.unused,
    quizzes.mark_unused,
    quizzes.repeated,
    links.unused,
    variables.unused,
)
"""Rules that conclude from silence, and therefore only where nothing is wrong."""


@immutable
class Judged:
    """The course, or ``None`` where there is an error; every problem found, in order; and where
    the parts of the course stand that trainees can have done.

    ``approvals`` are those of its parts, by their ids, ``required`` the kinds of words that have to
    be approved; ``id`` is the course's, whatever else is wrong. ``remarks`` are those of reviewers,
    each with where it belongs.
    """

    course: Course | None
    diagnostics: tuple[Diagnostic, ...]
    places: Places
    approvals: Mapping[str, Approval] = field(default_factory=dict)
    required: frozenset[Kind] = frozenset()
    id: str = ""
    remarks: tuple[tuple[Remark, Position], ...] = ()


def validate(sources: Sources, today: date, memo: Memo = FORGETFUL) -> Judged:
    """Judge what a course folder holds; ``today`` decides what is overdue and nothing else."""
    memo.round()
    material, shape_problems = gather(sources, today, memo)
    diagnostics = [*shape_problems, *_ruled(material, memo)]
    course = assemble(material, memo)
    listed = parts(course, memo)
    given = approvals.by_part(material, listed)
    wording, found = approvals.judged(material, listed, given)
    diagnostics.extend(found)
    draft = any(problem.draft for problem in diagnostics)
    required = frozenset(KINDS[name] for name in material.course.approvals.required)
    course = replace(
        course,
        draft=draft,
        wording=wording,
        without_approvals=approvals.waived(listed, required),
    )
    if material.whole:
        course, worst = limits.judged(course, material)
        diagnostics.extend(limits.progress(material, worst))
        diagnostics.extend(choices.signed(material, course))
    wrong = any(problem.severity is Severity.ERROR for problem in diagnostics)
    if material.whole and not wrong:
        diagnostics.extend(_judged(UNUSED_RULES, material))
    made = None if wrong or sources.failed else course
    remarks = tuple((one, remarked.position(material, one)) for one in material.remarks)
    return Judged(made, tidy(diagnostics), _places(material), given, required, course.id, remarks)


def _ruled(material: Material, memo: Memo) -> Iterator[Diagnostic]:
    if not memo.keeps:
        yield from _judged(RULES, material)
        return
    fronts, asked = _fronts(material), _questions(material)
    for group, given in ((OF_FRONTS, fronts), (OF_QUESTIONS, asked), (OF_BOTH, (fronts, asked))):
        yield from _together(group, given, material, memo)
    several = APART | OF_FRONTS | OF_QUESTIONS | OF_BOTH
    yield from _judged([rule for rule in RULES if rule not in several], material)
    for page in material.pages.values():
        yield from _apart(("page", page.path), page.file, page, material, memo)
    for item in material.questions:
        yield from _apart(("question", item.path, id(item)), item, item, material, memo)


def _fronts(material: Material) -> tuple[object, ...]:
    """All that ``OF_FRONTS`` reads."""
    sources = material.sources
    fronts = tuple(page.front for page in sources.pages.values())
    return sources.course, fronts, tuple(sources.questions), tuple(sorted(sources.failed))


def _questions(material: Material) -> tuple[object, ...]:
    """All that ``OF_QUESTIONS`` reads."""
    sources = material.sources
    return sources.course, material.questions, tuple(sources.questions.values())


def _together(
    group: frozenset[Rule], given: tuple[object, ...], material: Material, memo: Memo
) -> tuple[Diagnostic, ...]:
    rules = [rule for rule in RULES if rule in group]
    return memo.of(("together", group), given, lambda: tuple(_judged(rules, material)))


def _apart(
    name: tuple[Hashable, ...],
    by: PageFile | QuestionItem,
    part: PageItem | QuestionItem,
    material: Material,
    memo: Memo,
) -> tuple[Diagnostic, ...]:
    """What is wrong with a part, of which all is told ``by`` this."""

    def make() -> tuple[Diagnostic, ...]:
        rules = tuple(rule for rule in RULES if rule in APART)
        return tuple(_judged(rules, material.only(part)))

    return memo.of(("apart", *name), (by,), make)


def _places(material: Material) -> Places:
    """The place of each page, question and record item."""
    listed = {("question", question.shape.id): question.place.at for question in material.questions}
    for page in material.pages.values():
        listed["page", page.id] = page.front().at
        for index, item in enumerate(page.record):
            listed["record", item.id] = page.front("record", index).at
    return listed


def _judged(rules: Sequence[Rule], material: Material) -> Iterator[Diagnostic]:
    for rule in rules:
        yield from rule(material)
