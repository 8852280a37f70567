"""What a trainee's attempts at quizzes come to, against a plain Python reference.

The reference knows the rules, not the player: it is told which questions each attempt asked, works
out credits, scores and the result with exact fractions, and judges whether the player asked what
it had to. Many trainees go to Node in one call.
"""

import math
import random
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.player.conftest import Player
from tests.player.question_kinds import KINDS, answer, credit, make
from tests.player.states import pairs

Json = dict[str, Any]
TRAINEES = 60


def rounded(value: Fraction) -> int:
    return math.floor(value + Fraction(1, 2))


def make_quiz(chance: random.Random, at: int) -> tuple[Json, Json]:
    """The outline's entry and the page's data of one quiz."""
    questions = [make(chance, f"{at}{letter}") for letter in "abcdefghijkl"]
    questions = questions[: chance.randint(1, len(questions))]
    names = [one["id"] for one in questions]
    cut = chance.randint(0, len(names))
    pools = [pool for pool in (names[cut : cut + 4], names[cut + 4 :]) if pool]
    rules = {
        "attempts": chance.choice([0, 1, 2, 3]),
        "pass_mark": chance.choice([0, 50, 66, 80, 100]),
        "alone": chance.random() < 0.5,
        "keep": chance.choice(["best", "last"]),
        "weight": chance.choice([1, 1, 0.01, 2.5, 100, chance.randint(1, 9999) / 100]),
    }
    entry = {
        "id": f"quiz{at}",
        "key": f"qz{at:02}",
        "kind": "quiz",
        "quiz": rules,
        "needs": {"quiz": [one["key"] for one in questions]},
    }
    data = {
        "quiz": {
            "fixed": names[:cut],
            "draws": [{"count": chance.randint(1, len(pool)), "from": pool} for pool in pools],
            "shuffle_questions": chance.random() < 0.5,
            "retake": chance.choice(["all", "wrong"]),
            "feedback": "at-once",
        },
        "questions": {one["id"]: one for one in questions},
    }
    return entry, data


def make_case(seed: int) -> Json:
    chance = random.Random(seed)
    made = [make_quiz(chance, at) for at in range(chance.randint(1, 3))]
    steps = []
    for _ in range(chance.randint(0, 7)):
        entry, data = chance.choice(made)
        # Some trainees stop in the middle and come back.
        share = chance.choice([1, 1, 1, 0.7])
        steps.append(
            [
                entry["id"],
                {
                    name: answer(chance, question)
                    for name, question in data["questions"].items()
                    if chance.random() < share
                },
            ]
        )
    return {
        "attempt": "".join(chance.choice("ABCabc019_-") for _ in range(8)),
        "outline": {"pages": [entry for entry, _ in made]},
        "data": {entry["id"]: data for entry, data in made},
        "tracking": {
            "pages": "none",
            "report": chance.choice(["passed-failed", "completed"]),
            "pass_mark": chance.choice([0, 50, 80, 100]),
            "failed": chance.choice(["after-last-attempt", "after-last-attempt", "never"]),
        },
        "steps": steps,
    }


def score(questions: list[Json], answers: dict[str, str]) -> int:
    scored = [one for one in questions if one["scored"]]
    weights = {one["id"]: Fraction(str(one["weight"])) for one in scored}
    earned = sum(
        (weights[one["id"]] * credit(one, answers[one["id"]]) for one in scored), Fraction()
    )
    return rounded(earned / sum(weights.values()) * 10_000) if scored else 0


class Reference:
    """One quiz as the rules have it."""

    def __init__(self, entry: Json, data: Json) -> None:
        self.rules, self.data = entry["quiz"], data
        self.attempts, self.kept, self.is_open = 0, None, False
        self.answers: dict[str, str] = {}
        self.all: list[str] = []

    def right(self, name: str) -> bool:
        question = self.data["questions"][name]
        return not question["scored"] or credit(question, self.answers[name]) == 1

    def retake(self) -> bool:
        return self.data["quiz"]["retake"] == "wrong"

    def more(self) -> bool:
        left = not self.rules["attempts"] or self.attempts < self.rules["attempts"]
        return left and (not self.retake() or not all(map(self.right, self.all)))

    def take(self, told: Json | None, responses: dict[str, str]) -> None:
        """One step, and whether what the player did in it was what it had to do."""
        if not self.is_open:
            if self.attempts and not self.more():
                assert told is None
                return
            assert told is not None
            keeps = self.retake() and self.attempts
            before = set(self.all)
            self.answers = {
                name: response
                for name, response in self.answers.items()
                if keeps and self.right(name)
            }
            self.attempts, self.is_open, self.all = self.attempts + 1, True, told["all"]
            assert not keeps or set(self.all) == before
        assert told is not None
        assert told["all"] == self.all
        self.judge_draws()
        to_ask = [name for name in self.all if name not in self.answers]
        missing = [at for at, name in enumerate(to_ask) if name not in responses]
        assert told["asked"] == to_ask[: missing[0] if missing else len(to_ask)]
        self.answers |= {name: responses[name] for name in told["asked"]}
        if all(name in self.answers for name in self.all):
            found = score([self.data["questions"][name] for name in self.all], self.answers)
            last = self.rules["keep"] == "last" or self.kept is None
            self.kept = found if last else max(self.kept, found)
            self.is_open = False
        assert (told["attempts"], told["best"], told["open"]) == (
            self.attempts,
            self.kept,
            self.is_open,
        )

    def judge_draws(self) -> None:
        quiz = self.data["quiz"]
        assert len(self.all) == len(set(self.all))
        assert len(self.all) == len(quiz["fixed"]) + sum(draw["count"] for draw in quiz["draws"])
        for draw in quiz["draws"]:
            assert len(set(self.all) & set(draw["from"])) == draw["count"]

    def could_rise(self) -> bool:
        left = not self.rules["attempts"] or self.attempts < self.rules["attempts"]
        return (self.is_open or left) and self.kept != 10_000


def mean(quizzes: list[Reference]) -> int | None:
    if all(one.kept is None for one in quizzes):
        return None
    weights = [Fraction(str(one.rules["weight"])) for one in quizzes]
    total = sum(
        (weight * (one.kept or 0) for weight, one in zip(weights, quizzes, strict=True)), Fraction()
    )
    return rounded(total / sum(weights))


def result(quizzes: list[Reference], tracking: Json) -> Json:
    alone = [one for one in quizzes if one.rules["alone"]]
    together = [one for one in quizzes if not one.rules["alone"]]
    lacking = [one for one in alone if one.kept is None or one.kept < one.rules["pass_mark"] * 100]
    all_taken = all(one.kept is not None for one in together)
    if together and not (all_taken and mean(together) >= tracking["pass_mark"] * 100):
        lacking += together
    if not lacking:
        status = "completed" if tracking["report"] == "completed" else "passed"
    else:
        may_rise = tracking["failed"] == "never" or any(one.could_rise() for one in lacking)
        status = "incomplete" if may_rise else "failed"
    return {"status": status, "score": mean(quizzes)}


@pytest.mark.whole
@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**40))
def test_what_a_course_comes_to(player: Player, seed: int) -> None:
    cases = [make_case(seed + number) for number in range(TRAINEES)]
    for case, told in zip(cases, player("quizzes", cases), strict=True):
        quizzes = {
            entry["id"]: Reference(entry, case["data"][entry["id"]])
            for entry in case["outline"]["pages"]
        }
        for (page, responses), step in zip(case["steps"], told["taken"], strict=True):
            quizzes[page].take(step, responses)
        assert told["verdict"] == result(list(quizzes.values()), case["tracking"])


@pytest.mark.whole
def test_the_cases_reach_every_result_and_every_turn(player: Player) -> None:
    cases = [make_case(seed) for seed in range(400)]
    told = player("quizzes", cases)
    assert {one["verdict"]["status"] for one in told} == {
        *("passed", "completed", "incomplete", "failed"),
    }
    taken = [step for one in told for step in one["taken"]]
    assert None in taken
    assert any(step and step["open"] for step in taken)
    questions = [
        one
        for case in cases
        for data in case["data"].values()
        for one in data["questions"].values()
    ]
    assert {one["type"] for one in questions} == set(KINDS)
    scores = {one["verdict"]["score"] for one in told}
    assert len(scores - {None, 0, 10_000}) > 100


@pytest.mark.parametrize(
    ("best", "answers", "asked"),
    [
        (5000, {"kone": "a", "ktwo": "b"}, ["two"]),
        (10_000, {"kone": "a", "ktwo": "a"}, None),
        # The author has mended the second question since: what was given is right by now.
        (5000, {"kone": "a", "ktwo": "a"}, ["one", "two"]),
        # The second question is new.
        (10_000, {"kone": "a"}, ["two"]),
    ],
)
def test_another_attempt_asks_what_can_still_change_the_score(
    player: Player, best: int, answers: dict[str, str], asked: list[str] | None
) -> None:
    judged = {"right": ["a"], "multiple": False, "credit": "all"}
    questions = {
        name: {"id": name, "key": f"k{name}", "type": "choice", "scored": True, "weight": 1}
        | {"answer": judged}
        for name in ("one", "two")
    }
    rules = {"attempts": 0, "pass_mark": 80, "alone": True, "keep": "best", "weight": 1}
    quiz = {"fixed": ["one", "two"], "draws": [], "shuffle_questions": False, "retake": "wrong"}
    taken = {"attempts": 1, "best": best, "open": False, "answers": answers}
    given = {
        "entry": {"id": "quiz", "key": "quiz", "quiz": rules},
        "data": {"quiz": quiz, "questions": questions},
        "state": pairs({"quizzes": {"quiz": taken}}),
    }
    assert player("again", given) == {"more": asked is not None, "asked": asked}
