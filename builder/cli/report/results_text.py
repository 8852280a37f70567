"""Formats what reports say about a course's questions as text, with those that need work first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import click

from builder.base.printing import escape_controls, format_count
from builder.cli.report.lines import INDENT, columns, wrapped
from builder.results.analysis import QuestionResult, Results
from builder.results.figures import FEW, TOO_FEW
from builder.results.model import AnswerFate, Fate
from builder.results.quizzes import QuizFigures

ROWS: Mapping[Fate, str] = {
    "counted": "first attempts with the whole quiz: they count",
    "practice": "with practice answers only",
    "halfway": "half-way through the quiz",
    "later": "a later attempt of the same person",
    "mixed": "began the quiz with one version and went on with another",
    "foreign": "answers that no given package has together: a version may be missing",
    "unknown": "only answers to questions that no given package has",
    "opened": "opened, nothing answered",
    "never": "never started",
    "since": "not started in this report; the person's attempt is in another one",
    "twice": "the same row is in another report",
}
"""What happened to a row, in words."""
ANSWERS: Mapping[AnswerFate, str] = {
    "counted": "the first answer to a question of the quiz: these count",
    "round": "in a later round of the quiz",
    "repeated": "sent twice by the course",
    "first": "the first try at a practice question",
    "last": "the last try at a practice question",
    "other": "another try at a practice question",
    "gone": "the question is in no given package",
    "left": "in rows that do not count",
}
"""What happened to an answer, in words."""
_MOST_QUESTIONS = 12
"""Maximum number of questions with statements in the terminal; the page has all."""

_FIGURES = "The figures are below."
_MOST_ROWS = 20
"""Maximum number of questions in the terminal's table."""


def text(results: Results) -> str:
    """Format the results for the terminal."""
    parts = ["\n".join(_head(results)), "\n".join(_rows(results))]
    parts += ["\n".join(_quiz(one)) for one in results.quizzes]
    parts.append("\n\n".join(_questions(results)))
    if results.named:
        parts.append("\n".join(_named(results)))
    return "\n\n".join(filter(None, parts))


def _head(results: Results) -> Iterator[str]:
    yield click.style(escape_controls(results.title), bold=True)
    versions = ", ".join(one.label for one in results.packages)
    yield f"  {'Versions':<10}{escape_controls(versions)}"
    yield f"  {'Reports':<10}{escape_controls(', '.join(results.reports))}"
    for line in wrapped((f"Note: {note}" for note in results.notes), INDENT):
        yield click.style(line, fg="yellow")


def _rows(results: Results) -> Iterator[str]:
    yield click.style(f"{format_count(sum(results.rows.values()), 'row')}", bold=True)
    for fate, words in ROWS.items():
        if results.rows[fate]:
            yield f"  {results.rows[fate]:>7,}  {words}"
    answers = sum(results.answers.values())
    yield click.style(f"{format_count(answers, 'answer')}", bold=True)
    for kind, words in ANSWERS.items():
        if results.answers[kind]:
            yield f"  {results.answers[kind]:>7,}  {words}"
    if results.unknown:
        names = ", ".join(list(results.unknown)[:5])
        more = f" and {len(results.unknown) - 5:,} more" if len(results.unknown) > 5 else ""
        yield escape_controls(f"  In no package: {names}{more}.")


def _quiz(quiz: QuizFigures) -> Iterator[str]:
    yield click.style(escape_controls(f"Quiz “{quiz.title}”"), bold=True)
    yield from columns(quiz_lines(quiz))


def quiz_lines(quiz: QuizFigures) -> Iterator[tuple[str, str]]:
    """Yield what is said about a quiz: pairs of a name and words."""
    yield "People", f"{quiz.people:,}, by their first round"
    yield "Mean score", percent(quiz.mean)
    passed = percent(quiz.marks[quiz.pass_mark])
    others = ", ".join(
        f"{percent(share)} at {mark}"
        for mark, share in quiz.marks.items()
        if mark != quiz.pass_mark
    )
    yield "Would pass", f"{passed} at the mark of {quiz.pass_mark} ({others})"
    yield "Reliability", reliability(quiz)
    if quiz.minutes is not None:
        planned = (
            f"; the page says {_minutes(quiz.planned_minutes)}" if quiz.planned_minutes else ""
        )
        yield (
            "Length",
            f"{format_count(quiz.questions, 'question')}; from start to last save, pages included, "
            f"half of {format_count(quiz.timed, 'attempt')} took up to {_minutes(quiz.minutes)}"
            f"{planned}",
        )


def _minutes(number: float) -> str:
    return "a minute" if number <= 1 else f"{number:g} minutes"


def reliability(quiz: QuizFigures) -> str:
    """Cronbach's alpha in words, with its caveat."""
    if quiz.alpha is None:
        return f"too few to say: it needs {TOO_FEW} people with the same questions"
    of = f" of version {quiz.alpha_of}, {quiz.alpha_people:,} people"
    if quiz.alpha >= 0.7:
        meaning = "a second quiz like it would rank people much the same"
    else:
        meaning = (
            "a second quiz like it would rank people differently. That matters little if the quiz "
            "only checks that everybody knows the rules"
        )
    return f"{quiz.alpha:.2f} (Cronbach's alpha{of}): {meaning}"


def _questions(results: Results) -> Iterator[str]:
    ordered = sorted(results.questions, key=lambda one: one.urgency)
    found = [one for one in ordered if one.statements]
    if found:
        yield click.style("What to look at, worst first", bold=True)
    for one in found[:_MOST_QUESTIONS]:
        yield "\n".join(_question(one))
    if len(found) > _MOST_QUESTIONS:
        yield f"{len(found) - _MOST_QUESTIONS:,} more questions: -o report.html shows all."
    if not found:
        yield "\n".join(wrapped(nothing_found(results)))
    yield "\n".join(_table(ordered))


def nothing_found(results: Results) -> tuple[str, ...]:
    """Sentences about why the report says nothing about any question."""
    judged = [one.figures.people for one in results.questions if one.asked.judged]
    if max(judged, default=0) < FEW:
        few = (
            f"Too few people have answered to say anything about a question: hints take {FEW}, "
            f"statements {TOO_FEW}."
        )
        return few, _FIGURES
    return "No question stands out: where figures look unusual, chance can explain it.", _FIGURES


def _question(one: QuestionResult) -> Iterator[str]:
    where = f"{one.place}  " if one.place else ""
    yield escape_controls(f"{where}{one.asked.question.id} “{_short(one.asked.prompt)}”")
    sentences = [f"{each.finding}. {each.advice}." for each in one.statements]
    if one.answered_on:
        sentences.append(f"The page with the answer: “{one.answered_on}”.")
    yield from wrapped(sentences, 2 * INDENT)


def _table(ordered: list[QuestionResult]) -> Iterator[str]:
    judged = [one for one in ordered if one.asked.judged]
    if judged:
        heading = f"{'Right':>6}  {'Last':>6}  {'Tells apart':>11}  {'People':>7}  Question"
        yield click.style(heading, bold=True)
    for one in judged[:_MOST_ROWS]:
        figures = one.figures
        yield escape_controls(
            f"{percent(figures.facility):>6}  "
            f"{percent(figures.last_facility) if figures.again else '':>6}  "
            f"{hundredths(figures.discrimination):>11}  {figures.people:>7,}  {one.asked.id}"
        )
    if len(judged) > _MOST_ROWS:
        yield f"{len(judged) - _MOST_ROWS:,} more questions: -o report.html shows all."
    others = [one for one in ordered if not one.asked.judged]
    if others:
        yield click.style("Without right and wrong", bold=True)
    for one in others:
        counts = ", ".join(f"{option.id}: {option.chosen:,}" for option in one.figures.options)
        yield escape_controls(
            f"  {one.asked.id}: {format_count(one.figures.people, 'answer')}"
            f"{f' ({counts})' if counts else ''}"
        )


def hundredths(value: float | None) -> str:
    """A discrimination times 100, with a minus sign; “–” if there is none."""
    return "–" if value is None else f"{value * 100:.0f}".replace("-", "\u2212")


def percent(share: float | None) -> str:
    """A share as a whole percentage; “–” if there is none."""
    return "–" if share is None else f"{share * 100:.0f} %"


def _short(words: str) -> str:
    return words if len(words) <= 70 else f"{words[:69]}…"


def _named(results: Results) -> Iterator[str]:
    yield click.style("People whose rows do not count (--names)", bold=True)
    for report, row, person, fate in results.named:
        yield escape_controls(f"  {report}, row {row:,}: {person}: {ROWS[fate]}")
