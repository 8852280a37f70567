"""Reports a trainee's saved state (``cmi.suspend_data``) in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict

import click

from builder.base.printing import escape_controls, format_count, json_text
from builder.course import interface
from builder.course.state import LIMIT, TRIES_LIMIT, Status
from builder.updating import Damage, Explained, Head, QuizLine, WalkLine, Words

WORDS = {
    "not_started": "Not started",
    "changed": "Changed",
    "visited": "Visited",
    "shown": "Shown by test",
    "optional": "Optional",
    "no_attempts": "No attempts left",
    "started": "In progress",
    "done": "Done",
    "quiz_passed": "Passed",
    "quiz_not_passed": "Not passed yet",
}
"""The English names of page statuses, as trainees see them in the course."""
STATUSES = {
    "incomplete": "incomplete: not finished yet",
    "failed": "failed: not passed",
    "completed": "completed",
    "passed": "passed",
}
"""The SCORM 1.2 statuses, with explanations where needed."""


def text(explained: Explained) -> str:
    """Format a trainee's saved state as text: what is damaged, then its content."""
    parts = [
        f"A saved state of “{escape_controls(explained.course)}”, version "
        f"{escape_controls(explained.version)}"
    ]
    if explained.damage:
        parts.append(_damage(explained.damage))
    if explained.head:
        parts.append(_rows(_head(explained, explained.head)))
        parts += _lists(explained)
    return "\n\n".join(parts)


def as_json(explained: Explained) -> str:
    """Format a trainee's saved state as JSON."""
    value = asdict(explained)
    return json_text({"whole": explained.damage is None, **value})


def _damage(damage: Damage) -> str:
    cannot = "Not readable" if not damage.kept else "Partly readable"
    lines = [f"{click.style(cannot, fg='red', bold=True)}: {escape_controls(damage.problem)}"]
    if damage.kept:
        lines.append(f"  Could be read: {'; '.join(damage.kept)}.")
        lines.append(f"  Lost: {'; '.join(damage.lost)}.")
        asks = "asks the trainee to check the pages"
        does = asks if damage.notice else "does not mention the loss: no page or answer is lost"
        lines.append(f"  The course reads the same parts, and {does}.")
    else:
        lines.append(
            "  The course would count no page or question as done. Status, score and the page "
            "last shown are safe in the LMS."
        )
        lines.append(
            "  Check that the whole string was copied, and that it belongs to this course."
        )
    return "\n".join(lines)


def _rows(rows: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"  {name:<12}{escape_controls(value)}" for name, value in rows)


def _head(explained: Explained, head: Head) -> Iterator[tuple[str, str]]:
    yield "Format", "version 1"
    yield "Attempt", head.attempt
    yield "Saved", times(head.saves)
    yield "Status", STATUSES[head.status]
    yield "Score", percent(head.score)
    if head.finished is not None:
        yield "Finished", head.finished or no_day(head.status)
    confirmed = "confirmed" if head.reported else "not confirmed"
    interactions = count(head.interactions, "interactions")
    interactions += f", {head.late} not reported yet" if head.late else ""
    yield "Reported", f"{interactions}; status and score {confirmed} by the LMS"
    yield "Stopped at", f"“{head.bookmark}”" if head.bookmark else "no page of this course"
    if language := _language(head):
        yield "Language", language
    if head.changed is not None:
        course_line = "changed since the last visit: its pages or questions differ"
        yield "Course", course_line if head.changed else "not changed since the last visit"
    yield "Length", f"{explained.length:,} of {LIMIT:,} characters"


def _language(head: Head) -> str:
    name = interface.name_of(head.language) if head.language else ""
    if head.wanted:
        missing = f"{interface.name_of(head.wanted)} was chosen, which this package does not have"
        return f"{name}; {missing}" if name else missing
    return name


def no_day(status: Status) -> str:
    """The text that replaces the day of completion if the state contains no day. ``status`` is the
    trainee's status."""
    return "not yet" if status == "incomplete" else "on an unknown date"


def _lists(explained: Explained) -> Iterator[str]:
    done = sum(page.word not in ("not_started", "changed") for page in explained.pages)
    yield _list(
        f"Pages: {done} of {len(explained.pages)} started or done",
        (f"{WORDS[page.word]:<16}{page.title}" for page in explained.pages),
    )
    if explained.checks:
        yield _list(
            f"Practice answers: {len(explained.checks)}",
            (
                f"{check.id}, on “{check.page}”: {_tries(check.tries, check.first, check.scored)}"
                f"\n      {check.prompt}\n      {_answer(check.answer)}"
                for check in explained.checks
            ),
        )
    for quiz in explained.quizzes:
        yield _list(f"Quiz “{escape_controls(quiz.title)}”: {_quiz(quiz)}", _answers(quiz))
    for walk in explained.scenarios:
        yield _list(f"Scenario “{escape_controls(walk.title)}”: {_walk(walk)}", _decisions(walk))
    if explained.records:
        yield _list(
            f"Record answers: {len(explained.records)}",
            (
                f"{record.id}, on “{record.page}”: {record.date or 'no date'}"
                f"\n      {record.question}\n      {_answer(record.answer)}"
                for record in explained.records
            ),
        )
    counted = [count(number, name) for name, number in asdict(explained.unknown).items() if number]
    if counted:
        yield (
            f"Not in this package: {', '.join(counted)}.\n  Kept from an earlier or later version "
            "of the course while there is room."
        )


_NOUNS = {
    "pages": ("page", "pages"),
    "checks": ("practice answer", "practice answers"),
    "quizzes": ("quiz", "quizzes"),
    "answers": ("quiz answer", "quiz answers"),
    "interactions": ("answer", "answers"),
    "records": ("record answer", "record answers"),
}


def count(number: int, name: str) -> str:
    """Format a number with its noun; ``name`` is a field of ``Unknown``, or ``interactions``."""
    singular, plural = _NOUNS[name]
    return f"{number} {singular if number == 1 else plural}"


def _list(heading: str, lines: Iterable[str]) -> str:
    # Keep the line breaks of this module; escape control characters in everything else.
    shown_lines = ("\n".join(map(escape_controls, line.split("\n"))) for line in lines)
    return "\n".join([heading, *(f"  {line}" for line in shown_lines)])


def _tries(tries: int, first: bool, scored: bool) -> str:
    if not tries:
        return "started, not answered yet"
    more = " or more" if tries == TRIES_LIMIT else ""
    tries_text = f"{tries}{more} {'try' if tries == 1 else 'tries'}"
    if not scored:
        return tries_text
    return f"{tries_text}, the first {'right' if first else 'not right'}"


def _answer(words: Words) -> str:
    if words.text is None:
        size = format_count(words.letters, "character")
        return f"The trainee's own text, about {size}: --show-text prints it"
    return f"Answer: {' / '.join(words.text.splitlines())}" if words.text else "No answer"


def _quiz(quiz: QuizLine) -> str:
    left = "" if quiz.attempts_left is None else f", {quiz.attempts_left} left"
    attempts = f"{quiz.attempts} {'attempt' if quiz.attempts == 1 else 'attempts'} started{left}"
    scored = f"score {percent(quiz.best)}" if quiz.best is not None else "no score yet"
    state = "an attempt is unfinished" if quiz.open else WORDS[quiz.word].lower()
    return f"{attempts}, {scored}, {state}"


def _answers(quiz: QuizLine) -> Iterator[str]:
    for line in quiz.answers:
        yield f"{line.id}\n      {line.prompt}\n      {_answer(line.answer)}"


def _walk(walk: WalkLine) -> str:
    score = "" if walk.score is None else f", score {percent(walk.score)}"
    state = f"now in the scene “{escape_controls(walk.at)}”" if walk.at else "none under way"
    return f"{format_count(walk.walks, 'walk')} begun{score}, {state}"


def _decisions(walk: WalkLine) -> Iterator[str]:
    for one in walk.decisions:
        words = "a choice that this package does not have" if one.text is None else one.text
        quality = f" ({one.quality})" if one.quality else ""
        chosen = f"First decision: {one.choice}, {words}{quality}"
        yield f"{one.scene}\n      {one.title}\n      {chosen}"
    for title in walk.endings:
        yield f"Ending reached: {title}"


def percent(hundredths: int | None) -> str:
    """Format a score in hundredths of a percent as a percentage, with as many decimals as it
    has."""
    return "none" if hundredths is None else f"{hundredths / 100:g}%"


def times(number: int) -> str:
    """Format how often something happened: “once” or “3 times”."""
    return "once" if number == 1 else f"{number:,} times"
