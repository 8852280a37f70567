"""Computes the status and score that are reported to the LMS (the player's
``state/tracking.ts``)."""

from __future__ import annotations

from dataclasses import dataclass

from builder.course.model import Tracking
from builder.course.state import Status

COMPLETED = ("completed", "passed")
_RANK: dict[Status, int] = {"incomplete": 1, "failed": 2, "completed": 3, "passed": 4}


@dataclass(frozen=True, slots=True)
class QuizStanding:
    """A trainee's result in one quiz.

    ``score`` is the score that counts, in hundredths of a percent, or ``None`` before the first
    finished attempt. ``alone`` is whether the quiz has its own pass mark. ``passed`` is whether the
    score reaches the pass mark, ``open`` whether another attempt could still raise it.
    """

    key: str
    score: int | None
    weight: float
    alone: bool
    passed: bool
    open: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """A trainee's standing in the course: the result in each quiz, and what is left to do.

    ``left`` is the number of tracked pages not visited and record pages not filled in.
    """

    left: int
    quizzes: tuple[QuizStanding, ...]


def higher(status: Status, other: Status) -> Status:
    """The higher of two statuses, in the order incomplete, failed, completed, passed."""
    return other if _RANK[other] > _RANK[status] else status


def course_score(quizzes: tuple[QuizStanding, ...]) -> int | None:
    """The weighted mean of the quiz scores, in hundredths of a percent, with halves rounded up.

    ``None`` before any quiz is finished. Weights have two decimals.
    """
    if all(quiz.score is None for quiz in quizzes):
        return None
    weights = [int(quiz.weight * 100 + 0.5) for quiz in quizzes]
    earned = sum(weight * (quiz.score or 0) for weight, quiz in zip(weights, quizzes, strict=True))
    possible = sum(weights)
    return (2 * earned + possible) // (2 * possible)


def lacking(quizzes: tuple[QuizStanding, ...], tracking: Tracking) -> tuple[QuizStanding, ...]:
    """The quizzes because of which the course is not passed: those that did not reach their own
    pass mark, or that of the course by the rules ``tracking``."""
    together = tuple(quiz for quiz in quizzes if not quiz.alone)
    taken = all(quiz.score is not None for quiz in together)
    enough = taken and (course_score(together) or 0) >= tracking.pass_mark * 100
    return tuple(quiz for quiz in quizzes if not (quiz.passed if quiz.alone else enough))


def verdict(standing: Standing, tracking: Tracking) -> tuple[Status, int | None]:
    """The status and score that a standing earns (facts/policy.md#tracking)."""
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
    """Whether the player reports this score to the LMS along with this status. ``tracking`` are the
    rules of the course.

    False if the course reports no scores. If the manifest contains the pass mark, true only if the
    LMS would derive the same status from the score.
    """
    if score is None or not tracking.score:
        return False
    return tracking.mastery is None or status == (
        "failed" if score < tracking.mastery * 100 else "passed"
    )
