"""Checks the sources of a course by rules, and makes the model of the course if there is no error.

The sources are first read into the material (``material.Material``), the input of all rules.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date

from builder.base.cache import NO_CACHE, Cache, Pause, no_pause
from builder.base.immutable import immutable
from builder.course.approvals import KINDS, Kind, parts
from builder.course.model import Approval, Course, Remark
from builder.course.scenarios.proof import Proved
from builder.course.sources import PageFile, Sources
from builder.course.validate import (
    accessibility,
    approvals,
    blocks,
    directions,
    languages,
    limits,
    links,
    locks,
    marks,
    questions,
    quizzes,
    scenarios,
    structure,
    test_outs,
    theme,
    variables,
)
from builder.course.validate.assemble import assemble
from builder.course.validate.bank import QuestionItem
from builder.course.validate.gather import gather
from builder.course.validate.material import Material, PageItem
from builder.diagnostics.diagnostic import Diagnostic, Places, Position, Severity, tidy

Rule = Callable[[Material], Iterable[Diagnostic]]

RULES: tuple[Rule, ...] = (
    *structure.RULES,
    *locks.RULES,
    *directions.RULES,
    *blocks.RULES,
    *questions.RULES,
    *quizzes.RULES,
    *scenarios.RULES,
    *test_outs.RULES,
    *links.RULES,
    *accessibility.RULES,
    *theme.RULES,
    *variables.RULES,
    *approvals.RULES,
    *limits.RULES,
    *languages.RULES,
)
"""Every rule for all courses: a function from the material to diagnostics. No rule depends on
another."""

APART: frozenset[Rule] = frozenset(
    (
        *(structure.heading_ids, structure.kinds, structure.empty, structure.unwritten_pages),
        *(accessibility.headings, accessibility.names),
        *(blocks.directives, blocks.places, blocks.materials, blocks.contents, blocks.to_come),
        *(questions.faults, questions.ids, questions.unscored, questions.alike),
        *(variables.misplaced_below, scenarios.faults, scenarios.misplaced),
    )
)
"""Rules that check each page or question by its own content only.

With a cache, their results for unchanged pages and questions are reused. So are the results of the
sets of rules below if nothing that these rules read has changed.
"""

OF_FRONTS: frozenset[Rule] = frozenset(
    (
        *(structure.listed, structure.unlisted, structure.help_pages, structure.reserved),
        *(structure.page_ids, structure.record_ids, structure.unsure, directions.fields),
    )
)
"""Rules that read only course.yaml, the names of files, and the front matter of pages."""

OF_QUESTIONS: frozenset[Rule] = frozenset(
    (
        *(structure.question_ids, structure.unwritten_texts, questions.unsure),
        directions.questions,
    )
)
"""Rules that read only course.yaml and the questions."""

OF_BOTH: frozenset[Rule] = frozenset((structure.former_ids,))
"""Rules that read only what the rules in ``OF_FRONTS`` and ``OF_QUESTIONS`` read."""

OF_WORDS: tuple[Rule, ...] = (
    structure.heading_ids,
    *blocks.RULES,
    *questions.RULES,
    *(scenarios.faults, scenarios.misplaced),
    *(links.links, links.ambiguous, links.media, links.media_kinds, links.caption_times),
    *accessibility.RULES,
    *variables.RULES,
    *limits.RULES,
)
"""Rules that read texts, and are therefore applied to each translation, too. A translation has the
ids, settings and files of the source."""

UNUSED_RULES: tuple[Rule, ...] = (
    questions.unused,
    quizzes.mark_unused,
    quizzes.repeated,
    links.unused,
    variables.unused,
)
"""Rules that report unused files, questions and settings. They run only if there is no error, since
a page that cannot be read may use them."""


@immutable
class Judged:
    """The result of validating a course.

    - ``course``: ``None`` if there is an error.
    - ``diagnostics``: all problems, sorted by position.
    - ``places``: the positions of the pages, questions, record items and scenes.
    - ``approvals``: the approvals by the id of the part that they approve.
    - ``required``: the kinds of parts that must be approved before a release.
    - ``id``: the course's id, even if there are errors.
    - ``remarks``: the reviewers' remarks, each with the position in the course that it concerns.
    - ``incomplete``: the ids of the parts of translations with some text in the source language.
    - ``scenarios``: every scenario, also one with errors.
    """

    course: Course | None
    diagnostics: tuple[Diagnostic, ...]
    places: Places
    approvals: Mapping[str, Approval] = field(default_factory=dict)
    required: frozenset[Kind] = frozenset()
    id: str = ""
    remarks: tuple[tuple[Remark, Position], ...] = ()
    incomplete: frozenset[str] = frozenset()
    scenarios: tuple[Proved, ...] = ()


def validate(
    sources: Sources,
    today: date,
    cache: Cache = NO_CACHE,
    pause: Pause = no_pause,
) -> Judged:
    """Check the sources of a course and its translations. ``today`` is used only to compare dates
    with, such as that of the next review. ``pause`` is called before each translation."""
    cache.start_pass()
    judged, material = _validate_source(sources, today, cache)
    named = tuple(languages.interface_files(material))
    spoken = languages.judge_all(material, judged, _run_rules_of_words, cache, pause)
    if not spoken:
        return _with_problems(judged, named)
    course = judged.course and languages.with_translations(judged.course, spoken)
    found = (problem for one in spoken for problem in one.diagnostics)
    given = {part: approval for one in spoken for part, approval in one.approvals.items()}
    approved = {**judged.approvals, **given}
    incomplete = frozenset(part for one in spoken for part in one.incomplete)
    problems = [*named, *found]
    if judged.course and course:
        equal = limits.with_equal_rooms(course, cache)
        equal, worst = limits.with_worst_state(equal, material)
        problems += limits.progress_of_translations(course, worst)
        course = equal
        if judged.course.certificate:
            problems += quizzes.signed(material, course)
    whole = replace(judged, course=course, approvals=approved, incomplete=incomplete)
    return _with_problems(whole, problems)


def with_language(
    before: Course, sources: Sources, tag: str, today: date, cache: Cache
) -> Course | None:
    """The course ``before`` with the texts that ``sources`` have now in one language, empty for the
    source language; ``None`` if that cannot be made. Approvals and other languages stay as before.

    Only the text of pages may have changed since ``before`` was made.
    """
    old = before.in_language(tag)
    if old is None:
        return None
    if tag:
        material, problems = gather(sources, today, cache)
        made = languages.course_in(material, before, tag, _run_rules_of_words, cache)
        made = None if problems else made
    else:
        made = _validate_source(sources, today, cache)[0].course
    if made is None:
        return None
    made = replace(
        made,
        draft=old.draft,
        wording=old.wording,
        worst_state=old.worst_state,
        certificate=old.certificate,
    )
    translations = (made if one.language == tag else one for one in before.translations)
    whole = replace(before if tag else made, translations=tuple(translations))
    return limits.with_equal_rooms(whole, cache) if whole.translations else whole


def _with_problems(judged: Judged, found: Sequence[Diagnostic]) -> Judged:
    """The result with further problems; without the course if one of them is an error."""
    if not found:
        return judged
    has_errors = any(problem.severity is Severity.ERROR for problem in found)
    course = None if has_errors else judged.course
    return replace(judged, course=course, diagnostics=tidy((*judged.diagnostics, *found)))


def _validate_source(sources: Sources, today: date, cache: Cache) -> tuple[Judged, Material]:
    material, shape_problems = gather(sources, today, cache)
    diagnostics = [*shape_problems, *_run_rules(material, cache)]
    course = assemble(material, cache)
    listed = parts(course, cache)
    approved_parts = approvals.by_part(material, listed)
    wording, found = approvals.judged(material, listed, approved_parts)
    diagnostics.extend(found)
    # An open remark on a translation makes only that language a draft.
    translations = {file.path for file in sources.translations.values()}
    draft = languages.is_draft(one for one in diagnostics if one.position.path not in translations)
    required = frozenset(KINDS[name] for name in material.course.approvals.required)
    course = replace(
        course,
        draft=draft,
        wording=wording,
        without_approvals=approvals.is_waived(listed, required),
    )
    if material.whole:
        course, worst = limits.with_worst_state(course, material)
        diagnostics.extend(limits.progress(material, course, worst))
        diagnostics.extend(quizzes.signed(material, course))
    has_errors = any(problem.severity is Severity.ERROR for problem in diagnostics)
    if material.whole and not has_errors:
        diagnostics.extend(_apply_rules(UNUSED_RULES, material))
        diagnostics.extend(marks.full_marks(material, course))
    made = None if has_errors or sources.failed else course
    remarks = tuple((one, approvals.remark_position(material, one)) for one in material.remarks)
    judged = Judged(
        course=made,
        diagnostics=tidy(diagnostics),
        places=_places(material),
        approvals=approved_parts,
        required=required,
        id=course.id,
        remarks=remarks,
        scenarios=tuple(
            Proved(page.id, page.shape.title, page.scenario, page.proof)
            for page in material.pages.values()
            if page.scenario and page.proof
        ),
    )
    return judged, material


def _run_rules(
    material: Material, cache: Cache, rules: Sequence[Rule] = RULES
) -> Iterator[Diagnostic]:
    if not cache.stores:
        yield from _apply_rules(rules, material)
        return
    fronts, asked = _front_inputs(material), _question_inputs(material)
    for group, inputs in ((OF_FRONTS, fronts), (OF_QUESTIONS, asked), (OF_BOTH, (fronts, asked))):
        chosen = [rule for rule in rules if rule in group]
        yield from _judge_group(chosen, inputs, material, cache)
    several = APART | OF_FRONTS | OF_QUESTIONS | OF_BOTH
    yield from _apply_rules([rule for rule in rules if rule not in several], material)
    apart = [rule for rule in rules if rule in APART]
    for page in material.pages.values():
        yield from _judge_part(("page", page.path), page.file, page, material, cache, apart)
    for item in material.questions:
        name = "question", item.path, id(item)
        yield from _judge_part(name, item, item, material, cache, apart)


def _front_inputs(material: Material) -> tuple[object, ...]:
    """Everything that the rules in ``OF_FRONTS`` read, as a cache key."""
    sources = material.sources
    fronts = tuple(page.front for page in sources.pages.values())
    return sources.course, fronts, tuple(sources.questions), tuple(sorted(sources.failed))


def _question_inputs(material: Material) -> tuple[object, ...]:
    """Everything that the rules in ``OF_QUESTIONS`` read, as a cache key."""
    sources = material.sources
    return sources.course, material.questions, tuple(sources.questions.values())


def _run_rules_of_words(material: Material, cache: Cache) -> Iterator[Diagnostic]:
    return _run_rules(material, cache, OF_WORDS)


def _judge_group(
    rules: Sequence[Rule], inputs: tuple[object, ...], material: Material, cache: Cache
) -> tuple[Diagnostic, ...]:
    return cache.get_or_compute(
        ("together", tuple(rules)), inputs, lambda: tuple(_apply_rules(rules, material))
    )


def _judge_part(
    name: tuple[Hashable, ...],
    by: PageFile | QuestionItem,
    part: PageItem | QuestionItem,
    material: Material,
    cache: Cache,
    rules: Sequence[Rule],
) -> tuple[Diagnostic, ...]:
    """The problems that ``rules``, of those in ``APART``, find in one page or question (``part``).

    They are cached under ``name`` as long as ``by``, the object that the part is read from, is the
    same.
    """

    return cache.get_or_compute(
        ("apart", *name), (by,), lambda: tuple(_apply_rules(rules, material.only(part)))
    )


def _places(material: Material) -> Places:
    """The positions of all pages, questions, record items and scenes, by kind and id; the id of a
    scene is that of its page, a slash, and its own."""
    listed = {("question", question.shape.id): question.place.at for question in material.questions}
    for page in material.pages.values():
        listed["page", page.id] = page.front().at
        for index, item in enumerate(page.record):
            listed["record", item.id] = page.front("record", index).at
        for scene in page.scenario.scenes if page.scenario else ():
            listed["scene", f"{page.id}/{scene.id}"] = page.at(scene.heading.line, 1)
    return listed


def _apply_rules(rules: Sequence[Rule], material: Material) -> Iterator[Diagnostic]:
    for rule in rules:
        yield from rule(material)
