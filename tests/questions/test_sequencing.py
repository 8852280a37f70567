"""Sequencing: the order in which an author writes the items is the right one."""

from typing import Any

import pytest

from builder.course.questions.sequencing import SEQUENCING
from builder.course.shaping import ShapeError, read

IDS = "cabdefghijklmnopqrstuvwxyz0123456789"


def sequencing(ids: str, **more: Any) -> dict[str, Any]:
    items = [{"id": one, "text": f"Step {one}"} for one in ids]
    return {"id": "q", "type": "sequencing", "prompt": "What comes first?", "items": items} | more


@pytest.mark.parametrize("count", [2, 3, 36])
def test_the_right_order_as_scorm_writes_it(count: int) -> None:
    shape = read(SEQUENCING.shape, sequencing(IDS[:count]))
    assert list(SEQUENCING.faults(shape)) == []
    answering = SEQUENCING.answering(shape, {})
    assert answering.patterns == (",".join(IDS[:count]),)
    assert answering.right == answering.patterns[0]
    assert SEQUENCING.room(answering.extent) == count
    assert len(answering.right) <= 255
    assert answering.scored


def test_an_item_brings_its_feedback_and_its_quotation() -> None:
    question = sequencing("ab", credit="partial")
    question["items"][1] |= {"feedback": "Later.", "source": "page", "quote": "Later"}
    answering = SEQUENCING.answering(read(SEQUENCING.shape, question), {})
    second = answering.options[1]
    assert (second.feedback, second.source, second.quote) == ("Later.", "page", ("Later",))
    assert answering.answer == {"right": ["a", "b"], "credit": "partial"}


@pytest.mark.parametrize(
    "question",
    [
        sequencing("a"),
        sequencing("a" * 37),
        sequencing("aB"),
        sequencing("ab", credit="some"),
        sequencing("ab", options=[]),
        sequencing("ab", items=[{"id": "a", "text": "A", "correct": "yes"}] * 2),
    ],
)
def test_shapes_that_are_refused(question: dict[str, Any]) -> None:
    with pytest.raises(ShapeError):
        read(SEQUENCING.shape, question)
