"""What a package says of its course: ``course.json``, as it is written and as it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Annotated, Literal

from builder.immutable import immutable
from builder.keys import Former
from builder.model import Tracking
from builder.outline.reading import LEFT_OUT, Json
from builder.ranges import Count, Form, Percent, Range

FORMAT = 1
"""The format of ``course.json`` that is written and read here."""

Number = Annotated[int, Range(1, 1_000_000_000)]
"""A revision, or how many of something of which there is at least one."""
Weight = Annotated[float, Range(0.01, 1_000_000)]
"""At least what counts: weights are added up in hundredths."""
Letter = Annotated[str, Form("[a-z0-9]")]
"""What stands for an option or an item in a response."""
Code = Annotated[str, Form("[2-9A-Z]{4}-[2-9A-Z]{4}")]
"""A words code (``builder.approvals``)."""
Date = Annotated[str, Form(r"\d{4}-\d\d-\d\d|")]
"""A day such as 2026-01-31, or nothing."""
Key = Annotated[str, Form("[A-Za-z0-9_-]{4}")]
"""What names something in the saved state (``builder.keys``)."""


@immutable
class Draw:
    """``count`` of these questions, by their ids."""

    count: Number
    questions: tuple[str, ...] = field(metadata={"name": "from"})


@immutable
class Rules:
    """The rules of a quiz, those of the course filled in where it has none of its own."""

    attempts: Count
    pass_mark: Percent
    alone: bool
    keep: Literal["best", "last"]
    weight: Weight
    fixed: tuple[str, ...]
    draws: tuple[Draw, ...]
    shuffle_questions: bool
    shuffle_options: bool
    feedback: Literal["at-once", "at-end", "never"]
    retake: Literal["all", "wrong"]


@immutable
class RecordItem:
    """One question of a record; ``limit`` in letters, ``wording`` a fingerprint of its texts."""

    id: str
    key: Key
    former: Former
    limit: Number
    text: str
    wording: str


@immutable
class Page:
    """One page; ``checks`` and ``quiz`` are ids of questions, ``fingerprint`` comes from its
    HTML."""

    id: str
    key: Key
    former: Former
    revision: Number
    title: str
    kind: Literal["page", "quiz", "record"]
    minutes: Count
    file: str
    fingerprint: str
    checks: tuple[str, ...]
    quiz: tuple[str, ...]
    record: tuple[RecordItem, ...]
    lock: Mapping[str, tuple[str, ...]] = field(default_factory=dict, metadata=LEFT_OUT)
    rules: Rules | None = field(default=None, metadata=LEFT_OUT)


@immutable
class Question:
    """One question; ``texts`` are its options and items by id. ``wording`` is a fingerprint of all
    its texts, ``fingerprint`` one of everything that judges an answer."""

    id: str
    key: Key
    former: Former
    revision: Number
    interaction: str | None
    retired: tuple[Letter, ...]
    prompt: str
    texts: Mapping[Letter, str]
    right: str
    room: Count
    type: str
    options: tuple[Letter, ...]
    items: tuple[Letter, ...]
    patterns: tuple[str, ...]
    answer: Mapping[str, Json]
    scored: bool
    weight: Weight
    fingerprint: str
    wording: str


@immutable
class Wording:
    """A part of the course that can be approved, and the code of its words.

    ``approved_on`` is empty where nobody has approved these words; ``approved_by`` is empty, too,
    where the course does not say who.
    """

    part: str
    code: Code
    approved_on: Date = field(default="", metadata=LEFT_OUT)
    approved_by: str = field(default="", metadata=LEFT_OUT)


@immutable
class Module:
    """A group of pages, by their ids; ``lock`` is what is done before they open, by its kind."""

    id: str = field(default="", kw_only=True)
    title: str
    pages: tuple[str, ...]
    lock: Mapping[str, tuple[str, ...]] = field(default_factory=dict, metadata=LEFT_OUT)


@immutable
class Identifiers:
    """The manifest's identifiers. They derive from the course id alone: an LMS that meets another
    item identifier deletes what trainees have done
    (facts/moodle.md#when-a-teacher-replaces-the-package)."""

    manifest: str
    organization: str
    item: str
    resource: str


@immutable
class Outline:
    """A course as its package has it; ``worst_state`` in characters, ``digest`` that of the
    package, or of nothing where the course has not been packed. ``builder`` is the version that
    wrote it, ``certificate`` whether whoever finishes gets one. ``wording`` is empty where that
    version knew no words codes; ``words_rule`` is the rule by which they were made.
    ``without_approvals`` is whether the course asked for none."""

    format: int
    builder: str = field(default="", kw_only=True)
    digest: str
    id: str
    identifiers: Identifiers
    title: str
    version: str
    language: str
    draft: bool
    worst_state: Count
    certificate: bool = field(default=False, kw_only=True)
    tracking: Tracking
    modules: tuple[Module, ...]
    pages: tuple[Page, ...]
    edition: Annotated[str, Form("[A-Za-z0-9_-]{2}")]
    questions: tuple[Question, ...]
    wording: tuple[Wording, ...] = field(default=(), metadata=LEFT_OUT)
    words_rule: Count = field(default=1, metadata=LEFT_OUT)
    without_approvals: bool = field(default=False, metadata=LEFT_OUT)

    @property
    def keeps_day(self) -> bool:
        """Whether the day of completion is kept: for a certificate or a record."""
        return self.certificate or any(page.kind == "record" for page in self.pages)

    def question(self, identifier: str) -> Question:
        """The question of an id; ``KeyError`` where there is none."""
        return {question.id: question for question in self.questions}[identifier]
