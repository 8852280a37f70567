"""The data model of ``course.json``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Annotated, Literal

from builder.base.immutable import immutable
from builder.course.keys import Former
from builder.course.model import Tracking
from builder.course.ranges import Count, Form, Percent, Range
from builder.package.outline.reading import OMIT_IF_EMPTY, Json

FORMAT = 1
"""The version of the ``course.json`` format that is read and written here."""

Number = Annotated[int, Range(1, 1_000_000_000)]
"""A revision, or a count of at least one."""
Weight = Annotated[float, Range(0.01, 1_000_000)]
"""A weight of at least 0.01, since weights are added in hundredths."""
Letter = Annotated[str, Form("[a-z0-9]")]
"""The id of an option or an item in a response."""
Code = Annotated[str, Form("[2-9A-Z]{4}-[2-9A-Z]{4}")]
"""A words code (``builder.course.approvals``)."""
Date = Annotated[str, Form(r"\d{4}-\d\d-\d\d|")]
"""A day such as 2026-01-31, or empty."""
Key = Annotated[str, Form("[A-Za-z0-9_-]{4}")]
"""A key in the saved state (``builder.course.keys``)."""


@immutable
class Draw:
    """Draws ``count`` of these questions, given by id."""

    count: Number
    questions: tuple[str, ...] = field(metadata={"name": "from"})


@immutable
class Rules:
    """The rules of a quiz, completed with those of the course."""

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
    """One page; ``checks`` and ``quiz`` are question ids, ``fingerprint`` is computed from its
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
    lock: Mapping[str, tuple[str, ...]] = field(default_factory=dict, metadata=OMIT_IF_EMPTY)
    rules: Rules | None = field(default=None, metadata=OMIT_IF_EMPTY)


@immutable
class Question:
    """One question; ``texts`` are its options and items by id.

    ``wording`` is a fingerprint of all its texts, ``fingerprint`` of everything that judges an
    answer.
    """

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
    """A part of the course that can be approved, with the code of its words.

    ``approved_on`` is empty if nobody has approved these words; ``approved_by`` is also empty if
    the course hides names.
    """

    part: str
    code: Code
    approved_on: Date = field(default="", metadata=OMIT_IF_EMPTY)
    approved_by: str = field(default="", metadata=OMIT_IF_EMPTY)


@immutable
class Module:
    """A group of pages, by id; ``lock`` lists what has to be done first, by kind."""

    id: str = field(default="", kw_only=True)
    title: str
    pages: tuple[str, ...]
    lock: Mapping[str, tuple[str, ...]] = field(default_factory=dict, metadata=OMIT_IF_EMPTY)


@immutable
class Identifiers:
    """The identifiers of the manifest, derived from the course id alone.

    An LMS that finds another item identifier deletes the trainees' data
    (facts/moodle.md#when-a-teacher-replaces-the-package).
    """

    manifest: str
    organization: str
    item: str
    resource: str


@immutable
class Outline:
    """A course as described in its package.

    ``worst_state`` is in characters. ``digest`` is the package's digest, or a placeholder before
    packing. ``builder`` is the version that wrote it. ``certificate`` is whether trainees who
    finish get one. ``wording`` is empty if that version had no words codes; ``words_rule`` is the
    rule by which they were made. ``without_approvals`` is whether the course required none.
    """

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
    wording: tuple[Wording, ...] = field(default=(), metadata=OMIT_IF_EMPTY)
    words_rule: Count = field(default=1, metadata=OMIT_IF_EMPTY)
    without_approvals: bool = field(default=False, metadata=OMIT_IF_EMPTY)

    @property
    def keeps_day(self) -> bool:
        """Whether the day of completion is saved, for a certificate or a record."""
        return self.certificate or any(page.kind == "record" for page in self.pages)

    def question(self, identifier: str) -> Question:
        """The question with this id; raises ``KeyError`` if there is none."""
        return {question.id: question for question in self.questions}[identifier]
