"""The chance to pass a test by guessing, against every answer as the player judges it."""

from collections import Counter
from dataclasses import replace
from itertools import combinations, permutations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.course import guessing, markdown
from builder.course.model import Draw
from builder.course.questions import TYPES, Item, Question
from tests.player.conftest import Player
from tests.support.courses import question

LETTERS = "abcdefgh"


def subsets(ids: str) -> list[str]:
    return ["".join(some) for n in range(1, len(ids) + 1) for some in combinations(ids, n)]


def made(kind: str, answer: dict[str, Any], options: int, items: int = 0) -> Question:
    base = question("q")
    return replace(
        base,
        type=kind,
        answer=answer,
        options=tuple(replace(base.options[0], id=one) for one in LETTERS[:options]),
        items=tuple(Item(one, markdown.inline(one)) for one in LETTERS[:items]),
    )


def pairs(items: int, options: int) -> list[str]:
    chosen = product(LETTERS[:options], repeat=items)
    return ["".join(map("".join, zip(LETTERS, one, strict=False))) for one in chosen]


def orders(items: int) -> list[str]:
    return list(map("".join, permutations(LETTERS[:items])))


ONE = {"right": ["b"], "multiple": False, "credit": "all"}
MATCHED = {"right": {"a": "b", "b": "a", "c": "a"}}
ALL, PART = {"credit": "all"}, {"credit": "partial"}
KINDS = {
    "true or false": (made("true-false", ONE, 2), ["a", "b"]),
    "choice": (made("choice", ONE, 4), [*"abcd"]),
    "several": (made("choice", {"right": ["a", "c"], "multiple": True} | ALL, 4), subsets("abcd")),
    "several in part": (
        made("choice", {"right": ["a", "c", "d"], "multiple": True} | PART, 5),
        subsets("abcde"),
    ),
    "matching": (made("matching", MATCHED | ALL, 2, 3), pairs(3, 2)),
    "matching in part": (made("matching", MATCHED | PART, 4, 3), pairs(3, 4)),
    "order": (made("sequencing", {"right": [*"abcd"]} | ALL, 4), orders(4)),
    "order in part": (made("sequencing", {"right": [*"abcde"]} | PART, 5), orders(5)),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_possible_answer_is_as_likely(player: Player, kind: str) -> None:
    asked, answers = KINDS[kind]
    options = [{"id": one.id, "text": ""} for one in asked.options]
    items = [{"id": one.id, "text": ""} for one in asked.items]
    given = {"answer": asked.answer, "options": options, "items": items}
    type_ = "choice" if asked.type == "true-false" else asked.type
    credits = Counter(player("credit", type_, given, answer) for answer in answers)
    chances = {credit: n / len(answers) for credit, n in credits.items() if credit}
    assert TYPES[asked.type].guess(asked) == pytest.approx(chances)


def test_nobody_guesses_what_is_typed_but_ticks_are_believed() -> None:
    for kind in ("numeric", "fill-in", "reflection", "likert"):
        assert TYPES[kind].guess(made(kind, {}, 0)) == {}
    steps = made("performance", {"needed": ["a"], "credit": "all"}, 2)
    assert TYPES["performance"].guess(steps) == {10_000: 1}


def outcomes(asked: Question) -> list[tuple[int, float]]:
    guess = TYPES[asked.type].guess(asked)
    return [*guess.items(), (0, 1 - sum(guess.values()))]


def by_hand(pool: list[Question], count: int, mark: int) -> float:
    """The chance to pass one try, over every draw and every outcome."""
    draws = [*combinations(pool, count)]
    passing = 0.0
    for draw in draws:
        weights = sum(round(one.weight * 100) for one in draw)
        for results in product(*map(outcomes, draw)):
            earned, chance = 0, 1.0
            for one, (credit, own) in zip(draw, results, strict=True):
                earned, chance = earned + round(one.weight * 100) * credit, chance * own
            passing += chance * ((2 * earned + weights) // (2 * weights) >= mark * 100)
    return passing / len(draws)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from([*KINDS]), st.sampled_from([1, 1, 2.5])), max_size=6),
    st.integers(1, 3),
    st.integers(1, 100),
    st.integers(1, 3),
)
def test_all_tries_together(drawn: list[Any], count: int, mark: int, tries: int) -> None:
    pool = [replace(KINDS[kind][0], weight=weight) for kind, weight in drawn]
    pool += [KINDS["choice"][0]] * (count - len(pool))
    once = by_hand(pool, count, mark)
    chance = guessing.chance_to_pass((Draw(count, tuple(pool)),), mark, tries)
    assert chance == pytest.approx(1 - (1 - once) ** tries, abs=1e-9)


def test_two_statements_are_passed_by_one_in_four() -> None:
    two = (KINDS["true or false"][0],) * 2
    assert guessing.chance_to_pass((Draw(2, two),), 80, 1) == pytest.approx(0.25)
    assert guessing.chance_to_pass((Draw(2, two * 3),), 80, 3) == pytest.approx(1 - 0.75**3)


def test_two_draws_are_one_test() -> None:
    statement, choice = KINDS["true or false"][0], KINDS["choice"][0]
    both = (Draw(1, (statement,)), Draw(1, (choice,) * 3))
    assert guessing.chance_to_pass(both, 100, 1) == pytest.approx(1 / 8)
    assert guessing.chance_to_pass(both, 50, 1) == pytest.approx(5 / 8)


def test_what_has_no_right_answer_counts_nothing() -> None:
    statement = KINDS["true or false"][0]
    opinion = replace(made("likert", {}, 3), scored=False)
    drawn = (Draw(2, (statement, opinion)),)
    assert guessing.chance_to_pass(drawn, 100, 1) == pytest.approx(1 / 2)
    assert guessing.chance_to_pass((Draw(1, (opinion,)),), 100, 1) == 0
