"""The data that is saved for one trainee."""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from builder.base.immutable import immutable

LIMIT = 4096
"""Maximum number of characters of ``cmi.suspend_data`` in SCORM 1.2 (CMIString4096)."""
NEAR_LIMIT = 0.8
"""The share of the limit above which an author is warned."""
SAVES_LIMIT = (1 << 20) - 1
"""Maximum value of the counter of saves."""
INTERACTIONS_LIMIT = (1 << 10) - 1
"""Maximum value of the counter of answers reported to the LMS."""
TRIES_LIMIT = 7
"""Maximum value of the counter of practice tries: 7 means 7 or more."""
ATTEMPTS_LIMIT = (1 << 10) - 1
"""Maximum value of the counter of attempts at a quiz."""
BEST_LIMIT = 100_00
"""The maximum score, in hundredths of a percent."""

Status = Literal["incomplete", "failed", "completed", "passed"]
Section = Literal["visited", "checks", "quizzes", "records", "late", "finished"]


@immutable
class CheckState:
    """A practice answer: number of tries, whether the first was right, and the last response."""

    tries: int
    first: bool
    response: str


@immutable
class QuizState:
    """The state of a quiz.

    ``attempts`` counts those begun; ``best`` is the score that counts in hundredths of a percent,
    ``None`` before the first finished attempt; ``open`` is whether an attempt is under way;
    ``answers`` are the responses by question key.
    """

    attempts: int
    best: int | None
    open: bool
    answers: dict[str, str]


@immutable
class RecordState:
    """A record answer: its date (``YYYY-MM-DD`` or empty) and its text."""

    date: str
    text: str


@immutable
class State:
    """All saved data of one trainee; keys are those of ``builder.course.keys``.

    - ``attempt``: a random id of 8 characters; ``saves``: number of saves.
    - ``score``: the score last reported to the LMS, in hundredths of a percent, or ``None``.
    - ``edition``: the course's edition at the last visit, 2 characters, or empty.
    - ``reported``: whether the LMS has confirmed this status and score.
    - ``interactions``: number of ``cmi.interactions`` in use.
    - ``late``: keys of the questions whose last answer still has to be reported.
    - ``finished``: the day of the result, ``YYYY-MM-DD``; empty if there is none or it is unknown;
      ``None`` if the course keeps no day, because it has no certificate.
    - ``lost``: fields whose sections could not be read; not saved.
    """

    attempt: str
    saves: int
    status: Status
    bookmark: str
    score: int | None = None
    edition: str = ""
    visited: frozenset[str] = frozenset()
    checks: dict[str, CheckState] = field(default_factory=dict)
    quizzes: dict[str, QuizState] = field(default_factory=dict)
    records: dict[str, RecordState] = field(default_factory=dict)
    reported: bool = False
    interactions: int = 0
    late: frozenset[str] = frozenset()
    finished: str | None = None
    lost: tuple[Section, ...] = ()
