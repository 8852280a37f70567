"""Sequencing questions: items to be put into the right order."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from builder.course.questions.base import (
    Answering,
    Fault,
    JudgedShape,
    PlacedItemShape,
    QuestionType,
)
from builder.course.shaping import Limits


class SequencingShape(JudgedShape):
    """A trainee moves items up and down until they are in order."""

    type: Literal["sequencing"]
    credit: Literal["all", "partial"] = "all"
    """`partial`: each item in its right place earns its share of the weight."""
    # SCORM 1.2 has one character for each item.
    items: Annotated[tuple[PlacedItemShape, ...], Limits(min_length=2, max_length=36)]
    """The items in their right order, 2 to 36."""


def _faults(shape: SequencingShape) -> Iterator[Fault]:
    yield from ()


def _answering(shape: SequencingShape, texts: Mapping[str, str]) -> Answering:
    right = [item.id for item in shape.items]
    order = ",".join(right)
    return Answering(
        options=tuple(item.as_option() for item in shape.items),
        patterns=(order,),
        right=order,
        answer={"right": right, "credit": shape.credit},
        room=len(shape.items),
    )


SEQUENCING = QuestionType(
    name="sequencing",
    interaction="sequencing",
    shape=SequencingShape,
    faults=_faults,
    answering=_answering,
    options_key="items",
)
