"""A report without results is judged as the player judged the answers."""

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.package.outline import QuestionTexts, Translation
from builder.results.crediting import credit
from builder.results.packages import Package
from tests.player.conftest import HERE, Player
from tests.player.question_kinds import KINDS, Json, answer, make
from tests.results import simulated
from tests.support.node import running

FULL = 10_000
WORDS = ("first", "Tŷ {1}", "=1+1", "x" * 300)


@pytest.fixture(scope="module")
def player() -> Iterator[Player]:
    with running(HERE / "run.mjs") as call:
        yield call


def package(asked: Json) -> Package:
    """A package whose quiz asks a question as the player gets it."""
    item = simulated.Item("q", "ab", "a", "a", {}, 1, (0,))
    made = simulated.package([item], 0)
    [question] = made.outline.questions
    question = replace(
        question,
        type=asked["type"],
        answer={"from": None, "to": None} | asked["answer"],
        scored=asked["scored"],
        patterns=tuple(asked["answer"].get("accepted", ())),
    )
    return Package(made.path, replace(made.outline, questions=(question,)), made.label)


@pytest.mark.parametrize("kind", KINDS)
def test_each_answer_earns_what_the_player_gave_it(player: Player, kind: str) -> None:
    chance = random.Random(kind)
    compared = 0
    while compared < 60:
        asked = make(chance, "q")
        if asked["type"] != kind:
            continue
        response = answer(chance, asked)
        asked.setdefault("options", [{"id": one, "text": one} for one in "abcdtf"])
        earned = player("credit", kind, asked, response)
        for reported in player("reported", kind, asked, response):
            compared += 1
            found = credit(package(asked), "quiz--q", reported["response"])
            assert found == (earned / FULL if asked["scored"] else None), (asked, reported)


@given(st.sampled_from(WORDS), st.sampled_from((*WORDS, "FIRST ", "second")))
def test_typed_answers(player: Player, accepted: str, typed: str) -> None:
    forgiven = {"accepted": [accepted], "forgive": ["case", "spaces"], "room": 300}
    asked = {"type": "fill-in", "scored": True, "answer": forgiven}
    [reported] = player("reported", "fill-in", asked, typed)
    earned = player("credit", "fill-in", asked, typed)
    assert credit(package(asked), "quiz--q", reported["response"]) == earned / FULL


def test_typed_answer_in_a_translation() -> None:
    answers = {"accepted": ["fire"], "forgive": ["case"]}
    made = package({"type": "fill-in", "scored": True, "answer": answers})
    texts = {"q": QuestionTexts("", {}, "", ("ogień",))}
    polish = Translation("pl", "Jeden", False, (), {}, texts, {})
    made = Package(made.path, replace(made.outline, translations=(polish,)), made.label)
    found = [
        credit(made, "quiz--q", one) for one in ("[pl] Ogień", "ogień", "[pl] fire", "fire", "")
    ]
    assert found == [1.0, 0.0, 0.0, 1.0, None]


def test_a_response_that_is_not_a_number() -> None:
    asked = {"type": "numeric", "scored": True, "answer": {"from": "18", "to": "18"}}
    made = package(asked)
    assert [credit(made, "quiz--q", one) for one in ("18", "nan", "18.0", "1e1")] == [1, 0, 1, 0]
