"""Reflection: never marked, reported only if the author says so, private if the author says so."""

from typing import Any

import pytest

from builder.course.questions.question_type import Answering, Fault
from builder.course.questions.reflection import REFLECTION
from builder.course.shaping import ShapeError, read


def reflection(**more: str) -> dict[str, Any]:
    return {"id": "q", "type": "reflection", "prompt": "What would you do?"} | more


def answering(**more: str) -> Answering:
    shape = read(REFLECTION.shape, reflection(**more))
    assert list(REFLECTION.faults(shape)) == []
    return REFLECTION.answering(shape, {})


def test_nothing_is_right_and_the_lms_is_not_told() -> None:
    found = answering()
    assert not found.scored
    assert found.interaction is None
    assert found.patterns == ()
    assert REFLECTION.room(found.extent) == 500


@pytest.mark.parametrize("kind", ["fill-in", "performance"])
def test_it_is_reported_as_the_type_that_the_author_names(kind: str) -> None:
    assert answering(report=kind).interaction == kind


def test_its_room_in_the_state_is_its_limit() -> None:
    assert REFLECTION.room(answering(limit="80").extent) == 80
    assert answering(limit="80").answer == {"limit": 80, "kept": True}


def test_of_a_private_text_only_a_mark_is_kept() -> None:
    found = answering(keep="none", limit="2000")
    assert REFLECTION.room(found.extent) == 1
    assert found.interaction is None
    assert found.answer == {"limit": 2000, "kept": False}


def test_a_private_text_is_not_reported() -> None:
    shape = read(REFLECTION.shape, reflection(keep="none", report="fill-in"))
    fault = Fault("reflection-private", ("report",), {"question": "q"})
    assert list(REFLECTION.faults(shape)) == [fault]


@pytest.mark.parametrize(
    "question",
    [
        reflection(limit="49"),
        reflection(limit="2001"),
        reflection(keep="all"),
        reflection(report="likert"),
        reflection(answer="yes"),
    ],
)
def test_shapes_that_are_refused(question: dict[str, Any]) -> None:
    with pytest.raises(ShapeError):
        read(REFLECTION.shape, question)
