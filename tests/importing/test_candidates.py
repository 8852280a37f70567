"""Hundreds of questions that were reworded are known again, in time that grows by their number."""

from __future__ import annotations

import random

import pytest

from builder.importing.again import matching, memory
from builder.importing.writing import WrittenCourse, WrittenQuestion
from tests.support.growth import linear

WORDS = [
    *("fire", "alarm", "exit", "wait", "phone", "door", "smoke", "warden", "coat", "stairs"),
    *("lift", "water", "call", "meet", "leave"),
]


def question(number: int, seed: int, reworded: bool) -> WrittenQuestion:
    choose = random.Random(f"{seed} {number}")
    prompt = choose.choices(WORDS, k=12)
    answers = [" ".join(choose.choices(WORDS, k=4)) for _ in range(3)]
    if reworded:
        prompt[3:5] = ["quite", "another"]
        answers[1] = "something new"
    name = f"{'new' if reworded else 'old'}-{number}"
    return WrittenQuestion(
        name, " ".join(prompt), {"options": tuple(answers)}, {"options": ("a", "b", "c")}
    )


def course(*asked: WrittenQuestion) -> WrittenCourse:
    return WrittenCourse(
        id="x",
        title="x",
        description="",
        language="en",
        level=1,
        texts={},
        pictures={},
        pages=(),
        questions=asked,
        modules={},
        variables={},
        listed=(),
        changed={},
    )


def test_each_of_many_is_known_again_wherever_it_stands() -> None:
    before = memory.remember(course(*(question(at, 1, False) for at in range(300))))
    moved = [question(at, 1, True) for at in range(300)]
    random.Random(7).shuffle(moved)
    known = matching.known_ids(before, course(*moved))["question"]
    assert known == {f"new-{at}": f"old-{at}" for at in range(300)}


def test_few_are_all_compared() -> None:
    nothing = [frozenset[str]()] * 50
    found = matching.compared_pairs(range(50), range(50), nothing, nothing)
    assert len(list(found)) == matching.COMPARE_ALL == 2500


@pytest.mark.whole
def test_the_work_grows_with_the_questions() -> None:
    def both(n: int) -> tuple[memory.Memory, WrittenCourse]:
        old, new = ([question(at, 1, now) for at in range(n)] for now in (False, True))
        return memory.remember(course(*old)), course(*reversed(new))

    linear(lambda pair: matching.known_ids(*pair), both, 80)
