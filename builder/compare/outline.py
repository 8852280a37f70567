"""What a package says of its course: ``course.json``, read and checked."""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from builder.keys import Former

Json = Any
"""A value as JSON has it."""

FORMAT = 1
"""The format of ``course.json`` that is read here."""


class UnreadableError(Exception):
    """Not an outline of ours; the text says why, in words for a diagnostic."""


@dataclass(frozen=True, slots=True)
class Tracking:
    """What counts, as in ``builder.model.Tracking``."""

    pages: Literal["all", "none"]
    report: Literal["passed-failed", "completed"]
    pass_mark: int
    attempts: int
    keep: Literal["best", "last"]
    score: bool = True
    mastery: int | None = None
    failed: Literal["after-last-attempt", "never"] = "after-last-attempt"
    journal: bool = True


@dataclass(frozen=True, slots=True)
class Draw:
    """``count`` of these questions, by their ids."""

    count: int
    questions: tuple[str, ...] = field(metadata={"name": "from"})


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a quiz, those of the course filled in where it has none of its own."""

    attempts: int
    pass_mark: int
    alone: bool
    keep: Literal["best", "last"]
    weight: float
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
    key: str
    former: Former
    limit: int
    text: str
    wording: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page; ``checks`` and ``quiz`` are ids of questions, ``fingerprint`` that of its HTML."""

    id: str
    key: str
    former: Former
    revision: int
    title: str
    kind: Literal["page", "quiz", "record"]
    minutes: int
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
    key: str
    former: Former
    revision: int
    interaction: str | None
    retired: tuple[str, ...]
    prompt: str
    texts: Mapping[str, str]
    right: str
    room: int
    type: str
    options: tuple[str, ...]
    items: tuple[str, ...]
    patterns: tuple[str, ...]
    answer: Mapping[str, Json]
    scored: bool
    weight: float
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
    worst_state: int
    tracking: Tracking
    modules: tuple[Module, ...]
    pages: tuple[Page, ...]
    edition: str
    questions: tuple[Question, ...]

    def question(self, identifier: str) -> Question:
        """The question of an id; ``KeyError`` where there is none."""
        return {question.id: question for question in self.questions}[identifier]


def parse(text: bytes) -> Outline:
    """The outline in a ``course.json``. Raises ``UnreadableError`` for whatever is none of ours."""
    try:
        value = json.loads(text)
    # A file of nothing but brackets exceeds the parser's depth.
    except (ValueError, RecursionError) as error:
        raise UnreadableError("its course.json is not JSON") from error
    if not isinstance(value, dict) or "format" not in value:
        raise UnreadableError("its course.json is of another tool")
    if value["format"] != FORMAT:
        raise UnreadableError("its course.json is of another version of scorm-builder")
    outline: Outline = _read(Outline, value, "")
    _whole(outline)
    return outline


def _whole(outline: Outline) -> None:
    """Everything that is named is there, and once."""
    known = [question.id for question in outline.questions]
    pages = [page.id for page in outline.pages]
    named = {one for page in outline.pages for one in (*page.checks, *page.quiz)}
    listed = {one for module in outline.modules for one in module.pages}
    locks = [*(page.lock for page in outline.pages), *(one.lock for one in outline.modules)]
    waited = {one for lock in locks for kind in ("pages", "passed") for one in lock.get(kind, ())}
    titled = {one for lock in locks for one in lock.get("modules", ())}
    ruled = all(bool(page.quiz) == (page.rules is not None) for page in outline.pages)
    once = len(set(known)) == len(known) and len(set(pages)) == len(pages)
    named_once = once and named <= set(known) and waited <= set(pages)
    grouped = listed == set(pages) and titled <= {module.title for module in outline.modules}
    if not (named_once and ruled and grouped and pages):
        raise UnreadableError("its course.json does not hold together")


def _read(kind: Any, value: Json, where: str) -> Any:
    """A JSON value as a type of Python; ``UnreadableError`` where it is of another."""
    origin, parts = get_origin(kind), get_args(kind)
    if kind is Any:
        return value
    if dataclasses.is_dataclass(kind) and isinstance(value, dict):
        return _record(kind, value, where)
    if origin is tuple and isinstance(value, list):
        return tuple(_read(parts[0], one, where) for one in value)
    if origin is Mapping and isinstance(value, dict):
        return {name: _read(parts[1], one, where) for name, one in value.items()}
    if origin in (Union, types.UnionType):
        return None if value is None else _read(parts[0], value, where)
    if origin is Literal and any(value == one for one in parts):
        return value
    # In JSON a whole number may stand for any, and true is no number.
    plain = {float: (int, float), int: (int,), bool: (bool,), str: (str,)}.get(kind, ())
    if isinstance(value, plain) and isinstance(value, bool) == (kind is bool):
        return value
    raise UnreadableError(f"“{where}” in its course.json is not what it should be")


def _record(kind: Any, value: dict[str, Json], where: str) -> Any:
    found = {}
    for part, hint in _parts(kind):
        name = part.metadata.get("name", part.name)
        inside = f"{where}.{name}" if where else name
        if name in value:
            found[part.name] = _read(hint, value[name], inside)
        elif part.default is dataclasses.MISSING and part.default_factory is dataclasses.MISSING:
            raise UnreadableError(f"“{inside}” is missing in its course.json")
    return kind(**found)


@cache
def _parts(kind: Any) -> tuple[tuple[dataclasses.Field[Any], Any], ...]:
    hints = get_type_hints(kind)
    return tuple((part, hints[part.name]) for part in dataclasses.fields(kind))
