"""What people learnt in an earlier version that is now wrong: answers and decisions."""

from dataclasses import replace
from typing import Any

import pytest

from builder.course import judging
from builder.course.questions import TYPES
from builder.package.render.outline import outline_question
from builder.updating.relearnt import find_answers, is_answer_changed, is_decision_changed
from tests.support.courses import course, page, question, story
from tests.support.showcase import SHOWCASE
from tests.updating.outlines import outline
from tests.validate.courses import TODAY

BASE = outline_question(question("one"), course(page("first")))
TEXTS = {"a": "Call 112", "b": "Call the caretaker", "c": "Leave by the next exit"}


STORY = """## The call {#call}

She asks.

- [Promise it](#promise){a .poor}
- [Explain](#explain){b .good} Silence.

## You promise {#promise}

- [Explain after all](#explain){a .good}

## You explain {#explain}

::: ending good
She was helped.
:::
"""


def is_changed(old: dict[str, Any], new: dict[str, Any], kind: str = "choice") -> bool:
    before, after = (
        replace(BASE, **({"type": kind, "texts": TEXTS} | fields)) for fields in (old, new)
    )
    return is_answer_changed(before, after)


@pytest.mark.parametrize(
    ("kind", "old", "new", "expected"),
    [
        ("true-false", {"right": ["true"]}, {"right": ["false"]}, True),
        ("choice", {"right": ["a"]}, {"right": ["b"]}, True),
        ("choice", {"right": ["a", "b"]}, {"right": ["a"]}, True),
        ("choice", {"right": ["a", "b"]}, {"right": ["b", "a"]}, False),
        ("fill-in", {"accepted": ["fire"]}, {"accepted": ["fire", "flame"]}, False),
        ("fill-in", {"accepted": ["fire", "flame"]}, {"accepted": ["flame"]}, True),
        ("numeric", {"from": "9", "to": "10"}, {"from": "8", "to": "11"}, False),
        ("numeric", {"from": "9", "to": "10"}, {"from": "9.5", "to": "10"}, True),
        ("matching", {"right": {"1": "a"}}, {"right": {"1": "b"}}, True),
        ("sequencing", {"right": ["a", "b"]}, {"right": ["b", "a"]}, True),
        ("performance", {"needed": ["a"]}, {"needed": ["a", "b"]}, True),
        ("choice", {"right": ["a"], "credit": "all"}, {"right": ["a"], "credit": "partial"}, False),
    ],
)
def test_a_changed_key_changes_the_right_answer(
    kind: str, old: dict[str, Any], new: dict[str, Any], expected: bool
) -> None:
    assert is_changed({"answer": old}, {"answer": new}, kind) is expected


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({"a": "Call 999"}, True),
        ({"a": "Call the caretaker", "b": "Call 112"}, True),
        ({"a": "Shout as loudly as you can"}, True),
        ({"a": "Please call 112"}, False),
        ({"b": "Do nothing whatsoever"}, False),
    ],
)
def test_a_right_option_with_another_meaning_counts(texts: dict[str, str], expected: bool) -> None:
    answer = {"right": ["a"], "multiple": False, "credit": "all"}
    assert is_changed({"answer": answer}, {"answer": answer, "texts": TEXTS | texts}) is expected


def test_another_type_is_compared_in_words() -> None:
    choice = {"answer": {"right": ["a"]}}
    ordered = {"type": "sequencing", "answer": {"right": ["a", "b"]}}
    assert is_changed(choice, ordered)
    assert not is_changed(choice, {"type": "performance", "answer": {"needed": ["a"]}})


def test_nothing_is_relearnt_of_an_unchanged_course() -> None:
    made, _ = judging.course(SHOWCASE, TODAY)
    assert made
    assert {one.type for one in made.questions} == {*TYPES}
    assert find_answers(outline(made), made, ()) == ()


def test_a_question_without_a_right_answer_taught_none() -> None:
    answers = {"answer": {"right": ["a"]}}, {"answer": {"right": ["b"]}}
    assert not is_changed({**answers[0], "scored": False}, answers[1])
    assert not is_changed(answers[0], {**answers[1], "scored": False})


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("{b .good}", "{b .fair}", True),
        ("ending good", "ending poor", True),
        ("[Explain](#explain)", "[Say nothing at all](#explain)", True),
        ("- [Explain](#explain){b .good} Silence.\n", "", True),
        ("{a .poor}", "{a .good}", False),
        ("- [Promise it](#promise){a .poor}\n", "", False),
        ("She asks.", "She wants to know.", False),
    ],
)
def test_a_good_decision_that_got_worse_counts(old: str, new: str, expected: bool) -> None:
    assert old in STORY
    pages = [
        outline(course(page("first"), story("s", body))).pages[1]
        for body in (STORY, STORY.replace(old, new))
    ]
    assert is_decision_changed(*pages) is expected
