"""What the player keeps in ``cmi.suspend_data``, version 1: its keys, its text and its size.

The text is printable ASCII::

    1!HEAD!VISITED!CHECKS!QUIZZES!RECORDS!CRC

========= =========================================================================================
HEAD      ``attempt.saves.status.bookmark``: a random attempt id of 8 characters; how often the
          state was saved, base 36; ``i``, ``c``, ``p`` or ``f``; the key of the page to resume at
VISITED   the keys of the visited pages, 4 characters each
CHECKS    for each practice answer ``key tries first response .``: tries is one character (63 at
          most), first ``r`` or ``w``, the response as its type writes it: the ids of the chosen
          options, or encoded text
QUIZZES   joined by ``;``, for each ``key,attempts,best,open,answers``: attempts base 36, best the
          score that counts (the last one where the quiz keeps that) in hundredths of a percent
          base 36 or empty, open ``1`` while an attempt is under way, the answers ``key response .``
          each
RECORDS   joined by ``;``, for each ``key,date,text``: the date ``yyyymmdd`` or empty
CRC       CRC-32 of everything before ``!CRC``, 8 hexadecimal digits
========= =========================================================================================

``templates/player/state.js`` is the other codec of this format; golden vectors in the tests hold
for both.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from urllib.parse import unquote_to_bytes

from builder.model import Course, Page, RecordItem
from builder.questions import Question
from builder.typed import encode_text

VERSION = "1"
LIMIT = 4096
"""Characters that SCORM 1.2 keeps in ``cmi.suspend_data`` (CMIString4096)."""
NEAR_LIMIT = 0.8
"""The share of the limit from which an author is warned."""

_BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"
_STATUS = {"i": "incomplete", "c": "completed", "p": "passed", "f": "failed"}
_LETTER = {status: letter for letter, status in _STATUS.items()}
_KEY = r"[A-Za-z0-9_-]{4}"
_TEXT = r"(?:[A-Za-z0-9_+*-]|%[0-9A-F]{2})*"
_HEAD = re.compile(rf"([A-Za-z0-9_-]{{8}})\.([0-9a-z]{{1,7}})\.([icpf])\.((?:{_KEY})?)")
_VISITED = re.compile(rf"(?:{_KEY})*")
_CHECK = re.compile(rf"({_KEY})([A-Za-z0-9_-])([rw])({_TEXT})\.")
_QUIZ = re.compile(rf"({_KEY}),([0-9a-z]{{1,3}}),([0-9a-z]{{0,3}}),([01]),((?:{_KEY}{_TEXT}\.)*)")
_ANSWER = re.compile(rf"({_KEY})({_TEXT})\.")
_RECORD = re.compile(rf"({_KEY}),((?:\d{{8}})?),({_TEXT})")
SAVES_LIMIT = 36**7 - 1
"""Saves are counted up to here."""
TRIES_LIMIT = 63
"""Practice tries are counted up to here."""
ATTEMPTS_LIMIT = 36**3 - 1
"""Attempts at a quiz are counted up to here."""
BEST_LIMIT = 100_00
"""The best score there is, in hundredths of a percent."""


@dataclass(frozen=True, slots=True)
class CheckState:
    """A practice answer: tries so far, whether the first was right, the last response."""

    tries: int
    first: bool
    response: str


@dataclass(frozen=True, slots=True)
class QuizState:
    """A quiz: attempts begun, the score that counts in hundredths of a percent, whether an attempt
    is under way."""

    attempts: int
    best: int | None
    open: bool
    answers: dict[str, str]


@dataclass(frozen=True, slots=True)
class RecordState:
    """A record answer: its date (``YYYY-MM-DD`` or empty) and its text."""

    date: str
    text: str


@dataclass(frozen=True, slots=True)
class State:
    """Everything kept for one trainee. Maps and lists keep their order; keys are ``key()``'s."""

    attempt: str
    saves: int
    status: str
    bookmark: str
    visited: tuple[str, ...] = ()
    checks: dict[str, CheckState] = field(default_factory=dict)
    quizzes: dict[str, QuizState] = field(default_factory=dict)
    records: dict[str, RecordState] = field(default_factory=dict)


def key(kind: Literal["page", "question", "record"], identifier: str, revision: int = 1) -> str:
    """The 24 bits that name a page, a question or a record item in the state: 4 characters."""
    digest = hashlib.sha256(f"{kind}:{identifier}@{revision}".encode()).digest()
    return base64.urlsafe_b64encode(digest[:3]).decode("ascii")


def _decode_text(encoded: str) -> str:
    return unquote_to_bytes(encoded.replace("+", " ").replace("*", "\n")).decode("utf-8")


def encode(state: State) -> str:
    """The text of a state."""
    head = [
        state.attempt,
        _base36(min(state.saves, SAVES_LIMIT)),
        _LETTER[state.status],
        state.bookmark,
    ]
    sections = [
        VERSION,
        ".".join(head),
        "".join(state.visited),
        "".join(_check(name, check) for name, check in state.checks.items()),
        ";".join(_quiz(name, quiz) for name, quiz in state.quizzes.items()),
        ";".join(_record(name, record) for name, record in state.records.items()),
    ]
    text = "!".join(sections)
    return f"{text}!{zlib.crc32(text.encode('ascii')):08x}"


def _check(name: str, check: CheckState) -> str:
    tries = _BASE64[min(check.tries, TRIES_LIMIT)]
    return f"{name}{tries}{'r' if check.first else 'w'}{check.response}."


def _quiz(name: str, quiz: QuizState) -> str:
    best = "" if quiz.best is None else _base36(quiz.best)
    answers = "".join(f"{question}{response}." for question, response in quiz.answers.items())
    return f"{name},{_base36(quiz.attempts)},{best},{int(quiz.open)},{answers}"


def _record(name: str, record: RecordState) -> str:
    return f"{name},{record.date.replace('-', '')},{encode_text(record.text)}"


def _base36(number: int) -> str:
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = _BASE36[digit] + digits
        if not number:
            return digits


def decode(text: str) -> State | None:
    """The state that a text says, or ``None`` where it is not a whole state of this version."""
    body, _, checksum = text.rpartition("!")
    sections = body.split("!")
    if not text.isascii() or len(sections) != 6 or sections[0] != VERSION:
        return None
    if checksum != f"{zlib.crc32(body.encode('ascii')):08x}":
        return None
    head = _HEAD.fullmatch(sections[1])
    visited = _VISITED.fullmatch(sections[2])
    checks = _read_checks(sections[3])
    quizzes = _read_quizzes(sections[4])
    records = _read_records(sections[5])
    if not head or not visited or checks is None or quizzes is None or records is None:
        return None
    return State(
        attempt=head[1],
        saves=int(head[2], 36),
        status=_STATUS[head[3]],
        bookmark=head[4],
        visited=tuple(dict.fromkeys(re.findall(_KEY, sections[2]))),
        checks=checks,
        quizzes=quizzes,
        records=records,
    )


def _read_checks(section: str) -> dict[str, CheckState] | None:
    if not re.fullmatch(f"(?:{_CHECK.pattern})*", section):
        return None
    return {
        name: CheckState(_BASE64.index(tries), first == "r", response)
        for name, tries, first, response in _CHECK.findall(section)
    }


def _read_quizzes(section: str) -> dict[str, QuizState] | None:
    quizzes = {}
    for entry in section.split(";") if section else []:
        found = _QUIZ.fullmatch(entry)
        if not found:
            return None
        name, attempts, best, is_open, answers = found.groups()
        hundredths = int(best, 36) if best else None
        if hundredths is not None and hundredths > BEST_LIMIT:
            return None
        quizzes[name] = QuizState(
            int(attempts, 36), hundredths, is_open == "1", dict(_ANSWER.findall(answers))
        )
    return quizzes


def _read_records(section: str) -> dict[str, RecordState] | None:
    records = {}
    for entry in section.split(";") if section else []:
        found = _RECORD.fullmatch(entry)
        if not found:
            return None
        name, day, text = found.groups()
        try:
            records[name] = RecordState(_read_date(day), _decode_text(text))
        except ValueError:
            return None
    return records


def _read_date(day: str) -> str:
    return date(int(day[:4]), int(day[4:6]), int(day[6:])).isoformat() if day else ""


@dataclass(frozen=True, slots=True)
class Worst:
    """The longest state that a trainee can reach, in characters, and what takes the room.

    ``parts`` are (what, characters), the largest first; they add up to ``size``.
    """

    size: int
    parts: tuple[tuple[str, int], ...]


def worst(course: Course) -> Worst:
    """The longest state of a course, over all that a trainee can do.

    Keys of pages and questions that the course no longer has do not count: the player drops
    them first when room runs out.
    """
    parts = [("the frame", len(encode(_EMPTY)))]
    if course.tracking.pages == "all":
        checks = [question for page in course.pages for question in page.checks]
        parts.append(("visited pages", sum(len(page.key) for page in course.pages)))
        parts.append(("practice answers", sum(len(_longest_check(one)) for one in checks)))
    for page in course.pages:
        if page.quiz:
            parts.append((f"the quiz “{page.title}”", len(_longest_quiz(page)) + 1))
        parts.extend(
            (f"the record answer “{item.id}”", len(_longest_record(item)) + 1)
            for item in page.record
        )
    parts.sort(key=lambda part: -part[1])
    return Worst(sum(size for _, size in parts), tuple(parts))


_EMPTY = State(attempt="A" * 8, saves=SAVES_LIMIT, status="incomplete", bookmark="AAAA")


def _longest_check(question: Question) -> str:
    return _check(question.key, CheckState(TRIES_LIMIT, True, "x" * question.room))


def _longest_quiz(page: Page) -> str:
    asked = [*page.fixed()]
    for draw in page.rules.draws:
        asked += sorted(draw.questions, key=lambda question: -question.room)[: draw.count]
    answers = {question.key: "x" * question.room for question in asked}
    return _quiz(page.key, QuizState(ATTEMPTS_LIMIT, BEST_LIMIT, True, answers))


def _longest_record(item: RecordItem) -> str:
    return _record(item.key, RecordState("2026-12-31", "x" * item.limit))
