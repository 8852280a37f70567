"""The data of reports and packages, before and after they are joined."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from builder.base.immutable import immutable

Result = float | None
"""The share of a question's weight that an answer earned, 0 to 1; ``None`` if it is not judged."""


@immutable
class Answer:
    """One answer of a report.

    ``interaction`` is its id, ``response`` and ``pattern`` are as the LMS has them, ``seconds`` is
    the time that it took, if the LMS reports it. ``doubtful`` is whether a spreadsheet program may
    have changed the response. ``version`` is the version of the course with the code of its words,
    if the player reported it before the answer.
    """

    interaction: str
    response: str
    pattern: str
    result: Result
    seconds: float | None = None
    doubtful: bool = False
    version: str = ""


@immutable
class Seen:
    """A version of the course as the player reported it (``builder.results.versions``).

    ``before`` is the number of answers of the attempt before it. ``code`` is the code of the
    version's words, ``status`` a final status with its ``day``; both are empty at the start of a
    visit.
    """

    before: int
    version: str
    code: str
    status: str = ""
    day: str = ""

    @property
    def label(self) -> str:
        """The version with the code of its words, such as ``1.1.0 7KQ2-M9XR``."""
        return " ".join(filter(None, (self.version, self.code)))


@immutable
class Shown:
    """The pages that a test-out has shown, by their ids, as the player reported them after a pass
    (``builder.results.versions``). ``more`` is the number of pages for which there was no room."""

    pages: tuple[str, ...]
    more: int = 0


@immutable
class Details:
    """Cells of a row as the LMS wrote them: when the attempt ``started``, when the LMS ``last``
    stored a value, and the ``score`` or, without one, the status in the LMS's language."""

    started: str = ""
    last: str = ""
    score: str = ""


NO_DETAILS = Details()


@dataclass(slots=True)
class Attempt:
    """One row of a report: an attempt of one person.

    ``person`` identifies the person within the reports and is in no output. ``report`` is the index
    of the report, ``row`` the number of the row there. ``number`` is the LMS's number of the
    attempt; ``None`` if the person has not started. ``month`` is when it started, such as
    ``2026-11``, or empty. ``minutes`` is the time from the start to the last saved value. ``seen``
    are the versions of the course that the player reported. ``shown``, one for each pass of a
    test-out, and ``details`` are for the evidence only.
    """

    person: tuple[str, ...]
    report: int
    row: int
    number: int | None
    month: str
    minutes: float | None
    answers: tuple[Answer, ...]
    seen: tuple[Seen, ...] = ()
    shown: tuple[Shown, ...] = ()
    details: Details = NO_DETAILS


@dataclass(slots=True)
class Report:
    """A report as read.

    ``titles`` are the headings of the columns that have the title of a SCO. ``changes`` counts
    answers that had become a ``formula``, and unknown words in place of a ``result``. ``unread``
    counts the answers whose id the LMS did not store. ``people`` are the headings of the columns
    about the person. Without results (``has_results``), answers are judged by the key of their
    package (``builder.results.crediting``).
    """

    name: str
    titles: tuple[str, ...]
    attempts: list[Attempt]
    changes: Counter[str] = field(default_factory=Counter)
    unread: int = 0
    has_responses: bool = True
    has_results: bool = True
    people: tuple[str, ...] = ()


Fate = Literal[
    "counted",
    "practice",
    "halfway",
    "later",
    "mixed",
    "foreign",
    "unknown",
    "opened",
    "never",
    "since",
    "twice",
]
"""What happened to a row of a report; each row has exactly one:

- ``counted``: a first attempt with the whole quiz, which the figures of the quiz are made from.
- ``practice``: a first attempt with practice answers only.
- ``halfway``: a first attempt that ended within the quiz.
- ``later``: a later attempt of a person.
- ``mixed``: the quiz was begun with one version and continued with another.
- ``foreign``: the quiz has questions that no given package has together.
- ``unknown``: every answer belongs to a question that no given package has.
- ``opened``: started without an answer.
- ``never``: never started, in no report.
- ``since``: not started in this report; another report has an attempt of the person.
- ``twice``: the same attempt as a row of another report.
"""

AnswerFate = Literal["counted", "round", "repeated", "first", "last", "other", "gone", "left"]
"""What happened to an answer of a report; each answer has exactly one:

- ``counted``: the first answer to a question of the quiz, in a row that counts.
- ``round``: an answer in a later round of the quiz.
- ``repeated``: the same answer that the course had sent before.
- ``first``, ``last``, ``other``: the first, the last and the other tries at a practice question.
- ``gone``: its question is in no given package.
- ``left``: in a row that does not count.
"""
