"""The status and the score that an LMS is told (the player's ``state/tracking.js``)."""

from __future__ import annotations

from dataclasses import dataclass

from builder.model import Tracking
from builder.state import Status

COMPLETED = ("completed", "passed")
_RANK: dict[Status, int] = {"incomplete": 1, "failed": 2, "completed": 3, "passed": 4}


@dataclass(frozen=True, slots=True)
class QuizStanding:
    """A quiz of a trainee: the score that counts (hundredths of a percent, ``None`` before the
    first), whether its pass mark is reached, whether another attempt could still raise it."""

    key: str
    score: int | None
    weight: float
    alone: bool
    passed: bool
    open: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a trainee is: ``left`` counts the tracked pages that are not visited and the record
    pages that are not done."""

    left: int
    quizzes: tuple[QuizStanding, ...]


def higher(status: Status, other: Status) -> Status:
    """The higher of two statuses: none is ever lowered."""
    return other if _RANK[other] > _RANK[status] else status


def course_score(quizzes: tuple[QuizStanding, ...]) -> int | None:
    """The weighted mean of the scores, halves rounded up; ``None`` before any was finished.
    Weights count to two decimals."""
    if all(quiz.score is None for quiz in quizzes):
        return None
    weights = [int(quiz.weight * 100 + 0.5) for quiz in quizzes]
    earned = sum(weight * (quiz.score or 0) for weight, quiz in zip(weights, quizzes, strict=True))
    possible = sum(weights)
    return (2 * earned + possible) // (2 * possible)


def lacking(quizzes: tuple[QuizStanding, ...], tracking: Tracking) -> tuple[QuizStanding, ...]:
    """The quizzes that keep a course from being passed."""
    together = tuple(quiz for quiz in quizzes if not quiz.alone)
    taken = all(quiz.score is not None for quiz in together)
    enough = taken and (course_score(together) or 0) >= tracking.pass_mark * 100
    return tuple(quiz for quiz in quizzes if not (quiz.passed if quiz.alone else enough))


def verdict(standing: Standing, tracking: Tracking) -> tuple[Status, int | None]:
    """The status and the score of a course (facts/policy.md#tracking)."""
    return _status(standing, tracking), course_score(standing.quizzes)


def _status(standing: Standing, tracking: Tracking) -> Status:
    if standing.left:
        return "incomplete"
    if not standing.quizzes:
        return "completed"
    missing = lacking(standing.quizzes, tracking)
    if not missing:
        return "completed" if tracking.report == "completed" else "passed"
    kept_open = tracking.failed == "never" or any(quiz.open for quiz in missing)
    return "incomplete" if kept_open else "failed"


def tells_score(status: Status, score: int | None, tracking: Tracking) -> bool:
    """Whether the LMS is told a score with a status: never where the course tells none; where the
    manifest names the mark, only one that an LMS judges the same way."""
    if score is None or not tracking.score:
        return False
    return tracking.mastery is None or status == (
        "failed" if score < tracking.mastery * 100 else "passed"
    )
