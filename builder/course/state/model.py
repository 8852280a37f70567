"""The data that the player saves for one trainee in ``cmi.suspend_data``."""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from builder.base.immutable import immutable

LIMIT = 4096
"""Maximum number of characters of ``cmi.suspend_data`` in SCORM 1.2 (CMIString4096)."""
NEAR_LIMIT = 0.8
"""The share of ``LIMIT`` above which the author of a course is warned about the size of states."""
SAVES_LIMIT = (1 << 20) - 1
"""Maximum value of the counter of saves."""
INTERACTIONS_LIMIT = (1 << 10) - 1
"""Maximum value of the counter of ``cmi.interactions``, the answers reported to the LMS."""
TRIES_LIMIT = 7
"""Maximum value of the counter of practice tries: 7 means 7 or more."""
ATTEMPTS_LIMIT = (1 << 10) - 1
"""Maximum value of the counter of attempts at a quiz."""
BEST_LIMIT = 100_00
"""The maximum score, in hundredths of a percent."""

Status = Literal["incomplete", "failed", "completed", "passed"]
Section = Literal["visited", "checks", "quizzes", "records", "late", "finished", "language"]


@immutable
class CheckState:
    """A practice answer: number of tries, whether the first try was right, and the last
    response."""

    tries: int
    first: bool
    response: str


@immutable
class QuizState:
    """The state of a quiz.

    ``attempts`` is the number of attempts that the trainee has started. ``best`` is the score that
    counts, in hundredths of a percent; ``None`` before the first finished attempt. ``open`` is
    whether an attempt is in progress. ``answers`` are the responses by question key.
    """

    attempts: int
    best: int | None
    open: bool
    answers: dict[str, str]


@immutable
class RecordState:
    """The answer to a record item: its date (``YYYY-MM-DD`` or empty) and its text."""

    date: str
    text: str


@immutable
class State:
    """All saved data of one trainee.

    Pages, questions and record items are named by their keys (``builder.course.keys``).

    - ``attempt``: a random id of 8 characters; ``saves``: number of saves.
    - ``bookmark``: the key of the page where the trainee left, or empty.
    - ``score``: the score last reported to the LMS, in hundredths of a percent, or ``None``.
    - ``edition``: the code of the course's keys at the last visit (``keys.edition``), or empty.
    - ``visited``: keys of pages; ``checks``: practice answers by question key; ``quizzes``: by page
      key; ``records``: by the key of the record item.
    - ``reported``: whether the LMS has confirmed ``status`` and ``score``.
    - ``interactions``: number of ``cmi.interactions`` in use.
    - ``late``: keys of the questions whose last answer still has to be reported.
    - ``finished``: the day of the result, ``YYYY-MM-DD``; empty if there is no result or its day is
      unknown; ``None`` if the day is not saved, as in a course without certificate and record.
    - ``language``: the tag of the translation that the trainee has chosen; empty for the source
      language.
    - ``lost``: names of the fields that could not be decoded; not saved itself.
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
    language: str = ""
    lost: tuple[Section, ...] = ()
