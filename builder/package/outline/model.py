"""The data model of ``course.json``.

In the trainees' saved state, pages, questions and record items have a key (``builder.course.keys``)
that stands for their id and revision. Former keys are those of earlier ids and revisions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Annotated, Literal

from builder.base.immutable import immutable
from builder.course.keys import Former
from builder.course.model import Tracking
from builder.course.ranges import Count, Form, Percent, Range
from builder.course.scenarios.model import Keep, Quality
from builder.package.outline.reading import OMIT_IF_EMPTY, Json

FORMAT = 1
"""The version of the format of ``course.json`` that this package reads and writes."""

Number = Annotated[int, Range(1, 1_000_000_000)]
"""A revision, or a count of at least one."""
Weight = Annotated[float, Range(0.01, 1_000_000)]
"""A weight of at least 0.01, since weights are added in hundredths."""
Letter = Annotated[str, Form("[a-z0-9]")]
"""The id of an option or an item, as responses contain it."""
Code = Annotated[str, Form("[2-9A-Z]{4}-[2-9A-Z]{4}")]
"""A short digest of the words of a part that can be approved (``builder.course.approvals``). It
shows whether the words have changed."""
Date = Annotated[str, Form(r"\d{4}-\d\d-\d\d|")]
"""A day such as 2026-01-31, or empty."""
Key = Annotated[str, Form("[A-Za-z0-9_-]{4}")]
"""The key of a page, question or record item in the saved state (``builder.course.keys``)."""


@immutable
class Draw:
    """A rule of a quiz: each attempt asks ``count`` of these questions, which are given by id."""

    count: Number
    questions: tuple[str, ...] = field(metadata={"name": "from"})


@immutable
class Rules:
    """The rules of a quiz, completed with those of the course.

    ``attempts`` is the maximum number, 0 for no limit. ``alone`` says whether this quiz is judged
    by itself, with ``pass_mark``, or together with other quizzes. ``keep`` says which score counts.
    ``weight`` is the share of the quiz in the course's score. ``fixed`` are the ids of the
    questions that every attempt asks. ``retake`` says whether another attempt asks everything or
    only what was wrong.
    """

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
    """One question of a record page; ``text`` is its words. ``limit`` is the maximum length of an
    answer in letters, ``wording`` a digest of all its texts."""

    id: str
    key: Key
    former: Former
    limit: Number
    text: str
    wording: str


@immutable
class Choice:
    """A choice of a scene: ``to`` is the id of the scene that it leads to, ``text`` its words, and
    ``wording`` a digest of all its texts."""

    id: Letter
    to: str
    quality: Quality
    text: str
    wording: str


@immutable
class Scene:
    """A scene of a scenario; ``title`` is the words of its heading.

    ``key`` names it in the saved state: its first decision, or that its ending was reached.
    ``ending`` is the quality of its ending, or ``None`` if it has choices. ``wording`` is a digest
    of its texts, without those of choices.
    """

    id: str
    key: Key
    former: Former
    title: str
    choices: tuple[Choice, ...]
    ending: Quality | None
    wording: str


@immutable
class Scenario:
    """The scenes of a page in the order of its file.

    ``start`` is the id of the first one. ``complete`` says which endings complete the page, and
    ``weight`` is the share in the course's score, ``None`` for practice. ``attempts`` is how many
    walks count, 0 for no limit, and ``keep`` which of them. Packages built before these two existed
    have the defaults.
    """

    start: str
    complete: Literal["ending", "good"]
    weight: Weight | None
    scenes: tuple[Scene, ...]
    attempts: Count = 0
    keep: Keep = "first"

    @property
    def limit(self) -> int:
        """How many walks can change the score, 0 for no limit: one if the first counts."""
        return 1 if self.keep == "first" else self.attempts


@immutable
class Page:
    """One page of the course.

    ``file`` is its path in the course folder. ``fingerprint`` is a digest of its HTML. ``checks``
    are the ids of its practice questions, and ``quiz`` those of its quiz or test-out. ``lock``
    lists what trainees have to do before the page opens, by kind. ``covers`` are the ids of the
    pages that a test-out replaces; ``shown`` is the key of a page that a test-out has shown, and
    ``shown_was`` this key under earlier ids.
    """

    id: str
    key: Key
    former: Former
    revision: Number
    title: str
    kind: Literal["page", "quiz", "record", "scenario", "test-out"]
    minutes: Count
    file: str
    fingerprint: str
    checks: tuple[str, ...]
    quiz: tuple[str, ...]
    record: tuple[RecordItem, ...]
    lock: Mapping[str, tuple[str, ...]] = field(default_factory=dict, metadata=OMIT_IF_EMPTY)
    rules: Rules | None = field(default=None, metadata=OMIT_IF_EMPTY)
    scenario: Scenario | None = field(default=None, metadata=OMIT_IF_EMPTY)
    covers: tuple[str, ...] = field(default=(), metadata=OMIT_IF_EMPTY)
    shown: str = field(default="", metadata=OMIT_IF_EMPTY)
    shown_was: tuple[Key, ...] = field(default=(), metadata=OMIT_IF_EMPTY)


@immutable
class Question:
    """One question of the course.

    ``interaction`` is its type in SCORM 1.2, ``None`` if it is not reported. ``texts`` are the
    words of its options and items by id, and ``retired`` the ids of deleted options. ``right`` is
    the right answer in words. ``room`` is the maximum length of a response in the saved state, in
    letters. ``patterns`` are the correct responses in the form of SCORM 1.2, and ``answer`` is the
    data by which the player judges. ``wording`` is a digest of all its texts, ``fingerprint`` a
    digest of everything by which an answer is judged.
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
    """A part of the course that can be approved, with the digest ``code`` of its words.

    ``approved_on`` is empty if nobody has approved these words; ``approved_by`` is also empty if
    the course hides names.
    """

    part: str
    code: Code
    approved_on: Date = field(default="", metadata=OMIT_IF_EMPTY)
    approved_by: str = field(default="", metadata=OMIT_IF_EMPTY)


@immutable
class Module:
    """A group of pages, which are given by id. ``lock`` lists what trainees have to do before the
    module opens, by kind."""

    id: str = field(default="", kw_only=True)
    title: str
    pages: tuple[str, ...]
    lock: Mapping[str, tuple[str, ...]] = field(default_factory=dict, metadata=OMIT_IF_EMPTY)


@immutable
class PageText:
    """A page in another language: its title, and the digest of its HTML."""

    title: str
    fingerprint: str


@immutable
class QuestionTexts:
    """A question in another language, with fields as in ``Question``. ``patterns`` are empty if
    they are those of the source language."""

    prompt: str
    texts: Mapping[Letter, str]
    right: str
    patterns: tuple[str, ...] = field(default=(), metadata=OMIT_IF_EMPTY)


@immutable
class Translation:
    """The course in another language. ``pages``, ``questions`` and ``record`` (the questions of
    record pages) are by id, ``modules`` are titles in order. ``draft`` says whether the course is a
    draft in this language; ``untranslated`` is the number of its texts that are in the source
    language; ``wording`` is as in ``Outline``."""

    language: str
    title: str
    draft: bool
    modules: tuple[str, ...]
    pages: Mapping[str, PageText]
    questions: Mapping[str, QuestionTexts]
    record: Mapping[str, str]
    wording: tuple[Wording, ...] = field(default=(), metadata=OMIT_IF_EMPTY)
    untranslated: Count = field(default=0, metadata=OMIT_IF_EMPTY)


@immutable
class Identifiers:
    """The identifiers in the manifest, which depend only on the id of the course.

    If an upload has another item identifier than the package before, an LMS deletes the trainees'
    data (facts/moodle.md#when-a-teacher-replaces-the-package).
    """

    manifest: str
    organization: str
    item: str
    resource: str


@immutable
class Refresher:
    """What makes a package a refresher: the version and the digest of the package that its trainees
    completed, and the ids of the pages that they must read because something is new, each with
    ``new``, ``changed`` or ``again``."""

    version: str
    digest: str
    news: Mapping[str, Literal["new", "changed", "again"]] = field(default_factory=dict)


@immutable
class Outline:
    """A course as ``course.json`` in its package describes it.

    ``builder`` is the version of scorm-builder that wrote it. ``digest`` is the package's digest,
    or a placeholder before packing. ``worst_state`` is the maximum length of a trainee's saved
    state, in characters. ``certificate`` says whether trainees who finish get one. ``edition`` is a
    short code that changes if there is something new to read or answer. ``wording`` are the parts
    that can be approved; it is empty in packages of versions that did not write them.
    ``words_rule`` is the number of the rule by which the digests of words were made.
    ``without_approvals`` says whether the course required no approvals. ``translations`` are its
    texts in all other languages; packages in one language have none. ``refresh_every`` is how
    long a completion counts, such as ``12 months``; empty if the course does not say it.
    ``refresher`` is ``None`` for a package of the whole course.
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
    translations: tuple[Translation, ...] = field(default=(), metadata=OMIT_IF_EMPTY)
    refresh_every: str = field(default="", metadata=OMIT_IF_EMPTY)
    refresher: Refresher | None = field(default=None, metadata=OMIT_IF_EMPTY)

    @property
    def keeps_day(self) -> bool:
        """Whether the player saves the day of completion, for a certificate or a record."""
        return self.certificate or any(page.kind == "record" for page in self.pages)

    def question(self, identifier: str) -> Question:
        """The question with the id ``identifier``; raises ``KeyError`` if there is none."""
        return {question.id: question for question in self.questions}[identifier]
