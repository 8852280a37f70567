"""A trainee of an edited course, and what an edit means for them, by the rules in words.

The rules are written down once more, without keys and without the player's code: progress belongs
to an id and a revision; ``was`` gives it to the new id as well, unless that has some already; an
attempt at a quiz asks what the course asks now, keeps the answers to it, and is finished when there
is nothing left to answer; the score of a finished attempt stays.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from builder.course import state
from builder.course.keys import Kind, key
from builder.course.state import CheckState, QuizState, RecordState, State
from tests.edits.authoring import Json, asked_ids

Name = tuple[str, int]
"""An id and a revision."""
FULL = 10_000
TEXTS = ["", "calm", "Tell her – now", "Dim problem ŵ", "قلق؟", "🙂🙂"]
RANKS = ["not attempted", "incomplete", "failed", "completed", "passed"]


def pairs(response: str) -> dict[str, str]:
    """The items of a response in pairs, each with its answer."""
    return dict(zip(response[::2], response[1::2], strict=False))


def _right(question: Json) -> set[str]:
    return {one["id"] for one in question["options"] if one["correct"]}


def _is_number(question: Json, response: str) -> bool:
    try:
        return Decimal(response) == question["answer"]
    except InvalidOperation:
        return False


EARNS: dict[str, Callable[[Json, str], bool]] = {
    "choice": lambda one, given: set(given) == _right(one) and len(given) == len(_right(one)),
    "true-false": lambda one, given: given == "ft"[one["answer"]],
    "fill-in": lambda one, given: given.casefold() in {each.casefold() for each in one["answers"]},
    "numeric": _is_number,
    "matching": lambda one, given: all(
        pairs(given).get(item["id"]) == item["match"] for item in one["items"]
    ),
    "sequencing": lambda one, given: (
        [each for each in given if each in {item["id"] for item in one["items"]}]
        == [item["id"] for item in one["items"]]
    ),
    "performance": lambda one, given: all(
        step["id"] in given for step in one["steps"] if step.get("needed")
    ),
}
"""Whether a response earns everything, by type; the other types earn nothing."""


def _some(chance: random.Random, ids: list[str]) -> str:
    return "".join(sorted(chance.sample(ids, chance.randint(1, len(ids)))))


def _chosen(chance: random.Random, one: Json) -> str:
    ids = [option["id"] for option in one["options"]]
    if chance.random() < 0.5:
        return "".join(sorted(_right(one)))
    return _some(chance, ids) if one["multiple"] else chance.choice(ids)


def _matched(chance: random.Random, one: Json) -> str:
    options = [option["id"] for option in one["options"]]
    right = chance.random() < 0.5
    return "".join(
        item["id"] + (item["match"] if right else chance.choice(options)) for item in one["items"]
    )


def _ordered(chance: random.Random, one: Json) -> str:
    ids = [item["id"] for item in one["items"]]
    return "".join(ids if chance.random() < 0.5 else chance.sample(ids, len(ids)))


ANSWERS: dict[str, Callable[[random.Random, Json], str]] = {
    "choice": _chosen,
    "true-false": lambda chance, one: chance.choice("tf"),
    "fill-in": lambda chance, one: chance.choice([*one["answers"], "cup", "Bord"]),
    "numeric": lambda chance, one: str(chance.choice([one["answer"], chance.randint(-9, 9)])),
    "matching": _matched,
    "sequencing": _ordered,
    "performance": lambda chance, one: _some(chance, [step["id"] for step in one["steps"]]),
    "likert": lambda chance, one: "".join(
        item["id"] + chance.choice("abc") for item in one["statements"]
    ),
    "reflection": lambda chance, one: chance.choice(TEXTS[1:]),
}
"""Any answer that the form of a question takes, by type; one in two is right."""


def acts(chance: random.Random, made: Json) -> list[list[Any]]:
    """What a trainee does in one sitting, for ``sitting`` of run.mjs."""
    questions = {one["id"]: one for one in made["questions"]}

    def answer(name: str) -> str:
        return ANSWERS[questions[name]["type"]](chance, questions[name])

    def act() -> list[Any]:
        page = chance.choice(made["pages"])
        if page["kind"] == "quiz":
            responses = {name: answer(name) for name in sorted(asked_ids(made, page))}
            return ["quiz", page["id"], responses, chance.randint(0, len(responses))]
        if page["kind"] == "record":
            item = chance.choice(page["record"])
            day = chance.choice(["", "2026-11-25"])
            return ["record", page["id"], key("record", item["id"]), day, chance.choice(TEXTS)]
        if page.get("checks"):
            name = chance.choice(page["checks"])
            return ["check", page["id"], name, answer(name)]
        return ["visit", page["id"]]

    again = [["again"]] if chance.random() < 0.05 else []
    return [act() for _ in range(chance.randint(0, 6))] + again


@dataclass(slots=True)
class Quiz:
    """What is kept of a quiz."""

    attempts: int
    best: int | None
    open: bool
    answers: dict[Name, str]

    def copy(self) -> Quiz:
        return Quiz(self.attempts, self.best, self.open, dict(self.answers))


@dataclass(slots=True)
class Kept:
    """What a trainee has done, and the rules for it."""

    visited: dict[Name, bool] = field(default_factory=dict)
    checks: dict[Name, tuple[int, bool, str]] = field(default_factory=dict)
    quizzes: dict[Name, Quiz] = field(default_factory=dict)
    records: dict[Name, tuple[str, str]] = field(default_factory=dict)

    def open(self, made: Json) -> None:
        """The course is opened: what was renamed has its progress under its new id."""
        for section, name, was in self._renamed(made):
            old = next((one for one in was if one in section), None)
            if name not in section and old:
                value = section[old]
                section[name] = value.copy() if isinstance(value, Quiz) else value

    def close(self, made: Json) -> None:
        """The course is left: the old ids have it too, should the edit be taken back."""
        for section, name, was in self._renamed(made):
            if name in section:
                for old in was:
                    value = section[name]
                    section[old] = value.copy() if isinstance(value, Quiz) else value

    def _renamed(self, made: Json) -> Iterator[tuple[dict[Name, Any], Name, list[Name]]]:
        def names(one: Json) -> tuple[Name, list[Name]]:
            revision = one.get("revision", 1)
            return (one["id"], revision), [(was, revision) for was in one["was"]]

        asked = {name for page in made["pages"] for name in asked_ids(made, page)}
        # Answers move with their quiz: first they, then the quiz.
        for one in made["questions"]:
            if one["id"] in asked and one["was"]:
                for section in (self.checks, *(quiz.answers for quiz in self.quizzes.values())):
                    yield section, *names(one)
        for page in made["pages"]:
            if page["was"]:
                yield self.visited, *names(page)
                yield self.quizzes, *names(page)
            for item in page.get("record", ()):
                if item["was"]:
                    yield self.records, *names(item)

    def act(self, made: Json, act: list[Any], came: Any) -> None:
        """One act of ``acts`` and what the player says came of it."""
        what, *rest = act
        if what == "again":
            self.visited.clear()
            self.checks.clear()
            return
        page = next(one for one in made["pages"] if one["id"] == rest[0])
        self.visit(page)
        if what == "check":
            self._check(made, *rest[1:])
        elif what == "record":
            item = next(one for one in page["record"] if key("record", one["id"]) == rest[1])
            answer = (rest[2], rest[3])
            if self.records.get((item["id"], 1), ("", "")) != answer:
                self.records[item["id"], 1] = answer
        elif what == "quiz":
            self._quiz(made, page, *rest[1:], came)

    def opens(self, made: Json, page: Json, asked: list[str] | None) -> None:
        """A page is on view; ``asked`` is what the attempt at its quiz asks, if there is one."""
        self.visit(page)
        kept = self.quizzes.get(named(page))
        if kept and kept.open and asked is not None:
            _finish(made, page, kept, asked)

    def visit(self, page: Json) -> None:
        self.visited[page["id"], page["revision"]] = True

    def _check(self, made: Json, name: str, response: str) -> None:
        one = question(made, name)
        tries, first, _ = self.checks.get(named(one), (0, False, ""))
        if not tries:
            first = one["type"] not in EARNS or earns(one, response)
        self.checks[named(one)] = (min(tries + 1, state.TRIES_LIMIT), first, response)

    def _quiz(
        self, made: Json, page: Json, responses: dict[str, str], most: int, came: Json
    ) -> None:
        rules, tracking = page["quiz"], made["tracking"]
        kept = self.quizzes.get(named(page))
        if kept and kept.open:
            _finish(made, page, kept, came["before"])
        if kept is None or not kept.open:
            allowed = kept is None or _allowed(made, page, kept, came["before"], tracking)
            assert came["began"] == allowed
            if not allowed:
                assert not came["gave"]
                return
            kept = Quiz(
                kept.attempts + 1 if kept else 1,
                kept.best if kept else None,
                True,
                _right_already(made, kept, came["before"])
                if kept and rules["retake"] == "wrong"
                else {},
            )
            self.quizzes[named(page)] = kept
        else:
            assert not came["began"]
        _asks_what_it_should(made, page, kept, came["asked"])
        open_ones = [
            name for name in came["asked"] if named(question(made, name)) not in kept.answers
        ]
        assert came["gave"] == open_ones[:most]
        for name in came["gave"]:
            kept.answers[named(question(made, name))] = responses[name]
        if came["gave"]:
            _finish(made, page, kept, came["asked"])

    def state(self, read: State) -> State:
        """The state that keeps this; what else there is in it is as it was read."""

        def names(kind: Kind, section: dict[Name, Any]) -> Iterator[tuple[str, Any]]:
            return ((key(kind, *name), value) for name, value in section.items())

        return State(
            attempt=read.attempt,
            saves=read.saves,
            status=read.status,
            bookmark=read.bookmark,
            score=read.score,
            edition=read.edition,
            visited=frozenset(name for name, _ in names("page", self.visited)),
            checks={name: CheckState(*one) for name, one in names("question", self.checks)},
            quizzes={
                name: QuizState(
                    one.attempts, one.best, one.open, dict(names("question", one.answers))
                )
                for name, one in names("page", self.quizzes)
            },
            records={name: RecordState(*one) for name, one in names("record", self.records)},
            reported=read.reported,
            interactions=read.interactions,
            late=read.late,
            finished=read.finished,
        )


def named(one: Json) -> Name:
    return one["id"], one["revision"]


def question(made: Json, name: str) -> Json:
    found: Json = next(one for one in made["questions"] if one["id"] == name)
    return found


def earns(one: Json, response: str) -> bool:
    return one["type"] in EARNS and EARNS[one["type"]](one, response)


def _answered(made: Json, kept: Quiz, name: str) -> str | None:
    return kept.answers.get(named(question(made, name)))


def _score(made: Json, kept: Quiz, asked: list[str]) -> int:
    scored = [name for name in asked if question(made, name)["type"] in EARNS]
    right = [name for name in scored if _is_right(made, kept, name)]
    return (2 * len(right) * FULL + len(scored)) // (2 * len(scored)) if scored else 0


def _is_right(made: Json, kept: Quiz, name: str) -> bool:
    response = _answered(made, kept, name)
    return response is not None and earns(question(made, name), response)


def _finish(made: Json, page: Json, kept: Quiz, asked: list[str]) -> None:
    if all(_answered(made, kept, name) is not None for name in asked):
        score = _score(made, kept, asked)
        last = page["quiz"]["keep"] == "last"
        kept.best = score if last else max(kept.best or 0, score)
        kept.open = False


def _open_ones(made: Json, kept: Quiz, asked: list[str]) -> list[str]:
    """What an attempt that asks only what was not right asks again."""
    return [
        name
        for name in asked
        if _answered(made, kept, name) is None
        or (question(made, name)["type"] in EARNS and not _is_right(made, kept, name))
    ]


def _allowed(made: Json, page: Json, kept: Quiz, asked: list[str], tracking: Json) -> bool:
    if tracking["attempts"] and kept.attempts >= tracking["attempts"]:
        return False
    if page["quiz"]["retake"] == "all":
        return True
    mended = _score(made, kept, asked) > (kept.best or 0)
    return bool(_open_ones(made, kept, asked)) or mended


def _right_already(made: Json, kept: Quiz, asked: list[str]) -> dict[Name, str]:
    again = _open_ones(made, kept, asked)
    if not again:
        return {}
    names = [named(question(made, name)) for name in asked if name not in again]
    return {name: kept.answers[name] for name in names}


def _asks_what_it_should(made: Json, page: Json, kept: Quiz, asked: list[str]) -> None:
    """Every question that is in no draw, so many of each draw, and first those answered."""
    drawn: set[str] = set()
    for draw in page["quiz"].get("draw", ()):
        pool = {one["id"] for one in made["questions"] if draw["tag"] in one.get("tags", ())}
        chosen = pool & set(asked)
        answered = {name for name in pool if _answered(made, kept, name) is not None}
        assert len(chosen) == draw["count"]
        assert len(chosen & answered) == min(len(answered), draw["count"])
        drawn |= pool
    assert set(asked) - drawn == set(page["questions"]) - drawn
    assert len(asked) == len(set(asked))
