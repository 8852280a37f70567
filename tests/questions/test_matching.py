"""Matching: what the LMS is told, what takes no part, and which questions cannot be answered."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.course.questions.matching import MATCHING
from builder.course.questions.question_type import Fault
from builder.course.shaping import ShapeError, read

IDS = "abcdefghijklmnopqrstuvwxyz0123456789"


def matching(pairs: dict[str, str], letters: str, **more: Any) -> dict[str, Any]:
    """A question whose items, by id, belong to these options."""
    return {
        "id": "q",
        "type": "matching",
        "prompt": "Which is which?",
        "items": [{"id": one, "text": "Text", "match": to} for one, to in pairs.items()],
        "options": [{"id": one, "text": "Text"} for one in letters],
    } | more


def faults(question: dict[str, Any]) -> list[Fault]:
    return list(MATCHING.faults(read(MATCHING.shape, question)))


def test_the_right_answer_as_scorm_writes_it() -> None:
    shape = read(MATCHING.shape, matching({"1": "b", "2": "a", "3": "b"}, "abc"))
    answering = MATCHING.answering(shape, {})
    assert answering.patterns == ("{1.b,2.a,3.b}",)
    assert answering.right == "1.b,2.a,3.b"
    assert answering.answer == {"right": {"1": "b", "2": "a", "3": "b"}, "credit": "all"}
    assert answering.scored
    assert not any(option.correct for option in answering.options)


@pytest.mark.whole
@given(
    st.dictionaries(st.sampled_from(IDS), st.sampled_from(IDS), min_size=2, max_size=36),
    st.sampled_from(["all", "partial"]),
)
def test_the_longest_answer_fits_state_and_report(items: dict[str, str], credit: str) -> None:
    shape = read(MATCHING.shape, matching(items, IDS, credit=credit))
    assert list(MATCHING.faults(shape)) == []
    answering = MATCHING.answering(shape, {})
    assert MATCHING.room(answering.extent) == len("".join(one + to for one, to in items.items()))
    assert len(answering.right) <= 255


def test_an_item_belongs_to_an_option_that_there_is() -> None:
    words = {"option": "x", "known": "a, b"}
    fault = Fault("match-unknown", ("items", 1, "match"), words)
    assert faults(matching({"1": "a", "2": "x"}, "ab")) == [fault]
    assert faults(matching({"1": "a", "2": "a"}, "ab")) == []


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("![a map](../media/map.png)", ["an image"]),
        ("[the board](https://example.org)", ["a link"]),
        ("*Vulnerabilities*", []),
    ],
)
def test_a_list_to_choose_from_shows_plain_text(text: str, lost: list[str]) -> None:
    question = matching({"1": "a", "2": "b"}, "ab")
    question["options"][1]["text"] = text
    assert faults(question) == [
        Fault("option-plain", ("options", 1, "text"), {"lost": one}) for one in lost
    ]


@pytest.mark.parametrize(
    "question",
    [
        matching({"1": "a"}, "ab"),
        matching({"1": "a", "2": "a"}, "a"),
        matching({"12": "a", "2": "a"}, "ab"),
        matching({"1": "a", "2": "ab"}, "ab"),
        matching({"1": "a", "2": "b"}, "ab", credit="some"),
        matching({"1": "a", "2": "b"}, "ab", options=[{"id": "a", "text": "A", "correct": "yes"}]),
        matching({"1": "a", "2": "b"}, "ab", items=[{"id": "1", "text": "No match"}] * 2),
    ],
)
def test_shapes_that_are_refused(question: dict[str, Any]) -> None:
    with pytest.raises(ShapeError):
        read(MATCHING.shape, question)
