"""What is kept for one trainee."""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from builder.immutable import immutable

LIMIT = 4096
"""Characters that SCORM 1.2 keeps in ``cmi.suspend_data`` (CMIString4096)."""
NEAR_LIMIT = 0.8
"""The share of the limit from which an author is warned."""
SAVES_LIMIT = (1 << 20) - 1
"""Saves are counted up to here."""
INTERACTIONS_LIMIT = (1 << 10) - 1
"""Answers that the LMS was told of are counted up to here."""
TRIES_LIMIT = 7
"""Practice tries are counted up to here: 7 is 7 or more."""
ATTEMPTS_LIMIT = (1 << 10) - 1
"""Attempts at a quiz are counted up to here."""
BEST_LIMIT = 100_00
"""The best score there is, in hundredths of a percent."""

Status = Literal["incomplete", "failed", "completed", "passed"]
Section = Literal["visited", "checks", "quizzes", "records", "late", "finished"]


@immutable
class CheckState:
    """A practice answer: tries so far, whether the first was right, the last response."""

    tries: int
    first: bool
    response: str


@immutable
class QuizState:
    """A quiz: attempts begun, the score that counts in hundredths of a percent (``None`` before
    the first is finished), whether an attempt is under way, the answers by the keys of their
    questions."""

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
    """Everything kept for one trainee; keys are those of ``builder.keys``.

    ``attempt`` is a random id of 8 characters, ``saves`` how often the state was saved, ``score``
    what the LMS was last told, in hundredths of a percent, or ``None``. ``edition`` is that of the
    course at the last visit, 2 characters, or empty. ``reported`` is whether the LMS had confirmed
    this status and score, ``interactions`` how many of its ``cmi.interactions`` are in use,
    ``late`` the questions whose last answer it is still to be told. ``finished`` is the day of the
    result, ``YYYY-MM-DD``: empty where there is none or it is not known, ``None`` where none is
    kept, because the course has no certificate. ``lost`` are the fields whose sections were too
    damaged to be read; it is not kept itself.
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
