"""The command’s work: reads reports and packages, and computes what is reported about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from builder.base.immutable import immutable
from builder.course import judging
from builder.diagnostics.diagnostic import Position
from builder.results import advice, figures, inputs, languages
from builder.results.advice import Statement
from builder.results.figures import QuestionFigures
from builder.results.joining import Joined, join
from builder.results.model import AnswerFate, Fate
from builder.results.packages import Asked, Package
from builder.results.privacy import SMALLEST
from builder.results.quizzes import QuizFigures, quiz_figures
from builder.results.reading.tables import ReportError
from builder.results.tally import CHOSEN_TYPES

_URGENT: tuple[str, ...] = ("key", "negative", "version", "hard", "weak", "nobody", "easy", "hint")


@immutable
class Request:
    """What the command is asked for.

    ``course`` is the course folder, for lines in its files, or ``None``. ``texts`` is whether to
    show what trainees typed, ``names`` whether to name the people whose rows do not count.
    """

    reports: tuple[Path, ...]
    packages: tuple[Path, ...]
    course: Path | None
    texts: bool
    names: bool
    today: date


@immutable
class Typed:
    """A typed answer: its text, its share of the weight, and how many people gave it.

    ``language`` is the tag of the language in which it was given. It is empty if the course has
    only one, and for answers that do not report it.
    """

    text: str
    result: float | None
    people: int
    language: str


@dataclass(slots=True)
class QuestionResult:
    """What is reported about a question.

    ``place`` is its line in the course, ``None`` if the course is not known. ``answered_on`` is the
    title of the page with the answer, or empty. ``typed`` are answers that people typed, the most
    frequent first, and ``typed_others`` is the number of people whose answers are not among them.
    """

    figures: QuestionFigures
    statements: tuple[Statement, ...]
    place: Position | None
    answered_on: str
    typed: tuple[Typed, ...]
    typed_others: int

    @property
    def asked(self) -> Asked:
        return self.figures.asked

    @property
    def urgency(self) -> tuple[int, float]:
        """The sort key that puts the questions that need work first."""
        kinds = [_URGENT.index(one.kind) for one in self.statements]
        facility = self.figures.facility
        return (min(kinds, default=len(_URGENT)), 2.0 if facility is None else facility)


@dataclass(slots=True)
class Results:
    """What is reported about the reports.

    ``rows`` counts the rows by what happened to them, ``answers`` the answers. ``unknown`` counts
    answers by the id of an interaction that no package has. ``notes`` are sentences about the
    files. ``named`` lists people whose rows do not count, only if that was asked for: report, row,
    name and what happened.
    """

    title: str
    packages: tuple[Package, ...]
    reports: tuple[str, ...]
    rows: Counter[Fate]
    answers: Counter[AnswerFate]
    unknown: Mapping[str, int]
    notes: tuple[str, ...]
    quizzes: tuple[QuizFigures, ...]
    questions: tuple[QuestionResult, ...]
    named: tuple[tuple[str, int, str, Fate], ...] = ()


def analyse(request: Request) -> Results:
    """Join reports to packages, and compute the figures. Raises ``ReportError``."""
    given = inputs.read(request.packages, request.reports)
    packages = given.packages
    joined = join(given.reports, packages)
    if joined.rows.keys() <= {"never", "since", "unknown"} and joined.rows["unknown"]:
        raise ReportError(
            "No answer in the reports belongs to a question of the packages. Name the packages "
            "that were in this activity."
        )
    places, sources = _course(request, packages[-1])
    made = tuple(
        _question(one, joined, places, sources, request.texts)
        for one in figures.question_figures(joined)
    )
    return Results(
        title=packages[-1].outline.title,
        packages=packages,
        reports=tuple(one.name for one in given.reports),
        rows=joined.rows,
        answers=joined.answers,
        unknown=dict(sorted(joined.unknown.items())),
        notes=(*given.notes, *_notes(joined)),
        quizzes=tuple(quiz_figures(joined)),
        questions=made,
        named=tuple(joined.named) if request.names else (),
    )


def _course(request: Request, newest: Package) -> tuple[Mapping[str, Position], Mapping[str, str]]:
    """The positions of questions in the course folder, and the titles of the pages that answer
    them, by id of the question."""
    sources = _practised_on(newest)
    if request.course is None:
        return {}, sources
    judged, _ = judging.judge(request.course, request.today)
    if judged is None or judged.id != newest.outline.id:
        return {}, sources
    places = {
        name: Position(str(request.course / place.path), place.line)
        for (kind, name), place in judged.places.items()
        if kind == "question"
    }
    if judged.course:
        titles = {page.id: page.title for page in judged.course.pages}
        for page in judged.course.pages:
            for question in (*page.checks, *page.quiz):
                if question.source in titles:
                    sources[question.id] = titles[question.source]
    return places, sources


def _practised_on(package: Package) -> dict[str, str]:
    """The titles of the pages where questions of the quiz are also asked for practice: such a page
    usually has the answer."""
    return {name: page.title for page in reversed(package.outline.pages) for name in page.checks}


def _question(
    found: QuestionFigures,
    joined: Joined,
    places: Mapping[str, Position],
    sources: Mapping[str, str],
    texts: bool,
) -> QuestionResult:
    name = found.asked.question.id
    typed = _typed(found, joined, texts)
    answered_on = sources.get(name, "")
    return QuestionResult(
        found,
        advice.statements(found),
        places.get(name),
        "" if answered_on == found.asked.page.title else answered_on,
        typed,
        found.people - sum(one.people for one in typed) if found.asked.typed or typed else 0,
    )


def _typed(found: QuestionFigures, joined: Joined, texts: bool) -> tuple[Typed, ...]:
    """The typed answers: all with ``texts``, otherwise only numbers that at least five people
    gave."""
    asked = found.asked
    if asked.question.type in CHOSEN_TYPES or (asked.typed and not texts):
        return ()
    translations = joined.translations if asked.has_language else frozenset[str]()
    source = joined.packages[-1].outline.language if translations else ""
    counts: Counter[tuple[str, str, float | None]] = Counter()
    for (_, response, result, _, _), times in found.tally.entries.items():
        tag, text = languages.split(response, translations)
        counts[text, tag or source, result] += times
    return tuple(
        Typed(text, result, people, language)
        for (text, language, result), people in sorted(
            counts.items(), key=lambda one: (-one[1], *one[0][:2], one[0][2] or 0.0)
        )
        if texts or people >= SMALLEST
    )


def _judged_by_key(name: str, at: int, joined: Joined) -> Iterator[str]:
    """Yield sentences about the report ``name`` with this index, which has no results."""
    yield (
        f"“{name}” has no column of results, so the answers were judged by the key of the package. "
        "Tick “Summary of result” in Moodle to see how the course judged them."
    )
    if unclear := joined.unclear[at]:
        yield (
            f"“{name}”: the version of these answers is not clear, and the versions judge them "
            f"differently. They are neither right nor wrong: {unclear:,}."
        )


def _notes(joined: Joined) -> tuple[str, ...]:
    notes: list[str] = []
    for at, one in enumerate(joined.reports):
        if not one.has_results:
            notes.extend(_judged_by_key(one.name, at, joined))
        if one.changes["formula"]:
            notes.append(
                f"“{one.name}”: the spreadsheet made formulas of answers that begin with = or @. "
                f"They were restored: {one.changes['formula']:,}."
            )
        if one.changes["result"]:
            notes.append(
                f"“{one.name}” has results other than those of SCORM 1.2 (correct, wrong, neutral, "
                f"a share). These answers are neither right nor wrong: {one.changes['result']:,}."
            )
        if one.unread:
            notes.append(
                f"“{one.name}” has answers without an id, because the LMS refused it. They are not "
                f"counted: {one.unread:,}."
            )
        if not one.has_responses:
            notes.append(
                f"“{one.name}” has no column of responses: nothing can be said about options. Tick "
                "“Summary of responses” in Moodle to see them."
            )
    if doubtful := sum(joined.doubtful.values()):
        notes.append(
            "Typed answers that the spreadsheet stores as numbers may have lost zeros or a plus "
            f"sign at their start: {doubtful:,}. The report as text has them."
        )
    few = [page for page, sittings in joined.quizzes.items() if len(sittings) < SMALLEST]
    for page in few:
        notes.append(f"Fewer than five people finished the quiz “{page}”: it has no figures.")
    sittings = [*joined.practice, *(one for found in joined.quizzes.values() for one in found)]
    if unclear := sum(len(one.languages) > 1 for one in sittings):
        notes.append(
            "The report shows in which language a person answered only if they typed an answer, or "
            "if a right answer differs between the languages. Unclear: "
            f"{unclear:,} of {len(sittings):,}."
        )
    return tuple(notes)
