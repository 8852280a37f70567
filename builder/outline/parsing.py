"""What a package says of its course: ``course.json``, read and checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from builder.compare.fitting import fits
from builder.compare.reading import Form, Json, Range, UnreadableError, loads, read
from builder.keys import Former

__all__ = [
    "Draw",
    "Json",
    "Module",
    "Outline",
    "Page",
    "Question",
    "RecordItem",
    "Rules",
    "Tracking",
    "UnreadableError",
    "parse",
]

FORMAT = 1
"""The format of ``course.json`` that is read here."""

Percent = Annotated[int, Range(0, 100)]
Count = Annotated[int, Range(0, 1_000_000_000)]
Number = Annotated[int, Range(1, 1_000_000_000)]
"""A revision, or how many of something of which there is at least one."""
Weight = Annotated[float, Range(0.01, 1_000_000)]
"""At least what counts: weights are added up in hundredths."""
Letter = Annotated[str, Form("[a-z0-9]")]
"""What stands for an option or an item in a response."""
Key = Annotated[str, Form("[A-Za-z0-9_-]{4}")]
"""What names something in the saved state (``builder.keys``)."""


@dataclass(frozen=True, slots=True)
class Tracking:
    """What counts, as in ``builder.model.Tracking``."""

    pages: Literal["all", "none"]
    report: Literal["passed-failed", "completed"]
    pass_mark: Percent
    attempts: Count
    keep: Literal["best", "last"]
    score: bool = True
    mastery: Percent | None = None
    failed: Literal["after-last-attempt", "never"] = "after-last-attempt"
    journal: bool = True


@dataclass(frozen=True, slots=True)
class Draw:
    """``count`` of these questions, by their ids."""

    count: Number
    questions: tuple[str, ...] = field(metadata={"name": "from"})


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class RecordItem:
    """One question of a record; ``limit`` in letters, ``wording`` a fingerprint of its texts."""

    id: str
    key: Key
    former: Former
    limit: Number
    text: str
    wording: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page; ``checks`` and ``quiz`` are ids of questions, ``fingerprint`` that of its HTML."""

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
    rules: Rules | None = None
    lock: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """One question; ``texts`` are those of its options and items by id, ``wording`` a fingerprint
    of all its texts, ``fingerprint`` one of what it is judged by."""

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


@dataclass(frozen=True, slots=True)
class Module:
    """A group of pages, by their ids."""

    title: str
    pages: tuple[str, ...]
    lock: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Identifiers:
    """The manifest's identifiers."""

    manifest: str
    organization: str
    item: str
    resource: str


@dataclass(frozen=True, slots=True)
class Outline:
    """A course as its package has it; ``worst_state`` in characters, ``digest`` that of the
    package, or of nothing where the course has not been packed."""

    format: int
    digest: str
    id: str
    identifiers: Identifiers
    title: str
    version: str
    language: str
    draft: bool
    worst_state: Count
    tracking: Tracking
    modules: tuple[Module, ...]
    pages: tuple[Page, ...]
    edition: Annotated[str, Form("[A-Za-z0-9_-]{2}")]
    questions: tuple[Question, ...]

    def question(self, identifier: str) -> Question:
        """The question of an id; ``KeyError`` where there is none."""
        return {question.id: question for question in self.questions}[identifier]


def parse(text: bytes) -> Outline:
    """The outline in a ``course.json``. Raises ``UnreadableError`` for whatever is none of ours,
    or says what no course can have."""
    try:
        value = loads(text)
    # A file of nothing but brackets exceeds the parser's depth.
    except (ValueError, RecursionError) as error:
        raise UnreadableError("its course.json is not JSON") from error
    if not isinstance(value, dict) or "format" not in value:
        raise UnreadableError("its course.json is of another tool")
    if value["format"] != FORMAT:
        raise UnreadableError("its course.json is of another version of scorm-builder")
    outline: Outline = read(Outline, value)
    if not all(_whole(outline)):
        raise UnreadableError("its course.json does not hold together")
    for question in outline.questions:
        if not fits(question.type, question.options, question.items, question.answer):
            raise UnreadableError(
                f"the answer to “{question.id}” in its course.json does not fit its type"
            )
    return outline


def _whole(outline: Outline) -> Iterator[bool]:
    """Whether everything that is named is there, and once; and every page can be opened."""
    known = [question.id for question in outline.questions]
    pages = [page.id for page in outline.pages]
    yield bool(pages)
    yield len(set(known)) == len(known) and len(set(pages)) == len(pages)
    yield {one for page in outline.pages for one in (*page.checks, *page.quiz)} <= set(known)
    yield {one for module in outline.modules for one in module.pages} == set(pages)
    locks = [*(page.lock for page in outline.pages), *(one.lock for one in outline.modules)]
    yield {one for lock in locks for kind in ("pages", "passed") for one in lock.get(kind, ())} <= (
        set(pages)
    )
    titles = {module.title for module in outline.modules}
    yield {one for lock in locks for one in lock.get("modules", ())} <= titles
    yield all(_ruled(page) for page in outline.pages)
    yield _opens(outline)


def _ruled(page: Page) -> bool:
    """Whether a quiz, and nothing else, has rules, and these are for its own questions."""
    if not page.rules:
        return not page.quiz
    drawn = [one for draw in page.rules.draws for one in draw.questions]
    enough = all(draw.count <= len(draw.questions) for draw in page.rules.draws)
    return bool(page.quiz) and enough and {*page.rules.fixed, *drawn} <= set(page.quiz)


def _opens(outline: Outline) -> bool:
    """Whether no page waits, by way of others, for itself."""
    waits: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for number, module in enumerate(outline.modules):
        # Two modules may have one title; each has a lock of its own.
        lock = ("lock", str(number))
        waits[lock] = _waited(module.lock)
        for one in module.pages:
            waits.setdefault(("module", module.title), []).append(("page", one))
            waits.setdefault(("page", one), []).append(lock)
    for page in outline.pages:
        waits.setdefault(("page", page.id), []).extend(_waited(page.lock))
    return _without_circle(waits)


def _waited(lock: Mapping[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    kinds = (("pages", "page"), ("passed", "page"), ("modules", "module"))
    return [(kind, one) for name, kind in kinds for one in lock.get(name, ())]


def _without_circle(waits: Mapping[tuple[str, str], list[tuple[str, str]]]) -> bool:
    """Whether things can be put into an order in which none waits for a later one (Kahn)."""
    behind: dict[tuple[str, str], list[tuple[str, str]]] = {}
    left = {one: len(others) for one, others in waits.items()}
    for one, others in waits.items():
        for other in others:
            behind.setdefault(other, []).append(one)
    ready = [one for one, number in left.items() if not number]
    for one in ready:
        for other in behind.get(one, ()):
            left[other] -= 1
            if not left[other]:
                ready.append(other)
    return len(ready) == len(left)
