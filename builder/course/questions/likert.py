"""Likert questions: trainees say how far they agree with one or several statements; nothing is
right or wrong."""

from collections.abc import Mapping
from typing import Annotated, Literal

from builder.course.questions.base import ItemShape, OptionId, OptionShape, QuestionShape, Text
from builder.course.questions.question_type import (
    Answering,
    Extent,
    PackagedQuestion,
    QuestionType,
    describe_options,
    describe_pairs,
    no_faults,
    room_for_pairs,
)
from builder.course.shaping import Limits, Shape

_DEGREES = 5
"""Number of points of the default scale, from strongly disagree to strongly agree."""


class PointShape(Shape):
    """One scale point."""

    id: OptionId
    """One letter a–z or digit, which reports in the LMS use: never give it to another point."""
    text: Text
    """What trainees read: one line of Markdown."""
    feedback: Text | None = None
    """Feedback for trainees who chose this point."""


class LikertShape(QuestionShape):
    """A trainee says how far they agree; nothing is right or wrong."""

    type: Literal["likert"]
    statements: Annotated[tuple[ItemShape, ...], Limits(min_length=1, max_length=20)] | None = None
    """The statements to agree with, one by one; without them, trainees rate the prompt."""
    scale: Annotated[tuple[PointShape, ...], Limits(min_length=2, max_length=11)] | None = None
    """The answers to choose from, instead of the five degrees of agreement."""


def _answering(shape: LikertShape, texts: Mapping[str, str]) -> Answering:
    scale = shape.scale or tuple(
        PointShape(id=str(degree), text=texts[f"page.agree-{degree}"])
        for degree in range(1, _DEGREES + 1)
    )
    statements = shape.statements or ()
    return Answering(
        options=tuple(
            OptionShape(id=point.id, text=point.text, feedback=point.feedback) for point in scale
        ),
        items=statements,
        scored=False,
        usual_answers=shape.scale is None,
        separate=bool(statements),
        extent=Extent(parts=len(statements)),
    )


def _response(question: PackagedQuestion) -> str:
    [first, *_] = question.options
    return "".join(f"{item}{first}" for item in question.items) if question.items else first


def _describe(question: PackagedQuestion, response: str) -> str:
    return (describe_pairs if question.items else describe_options)(question, response)


LIKERT = QuestionType(
    name="likert",
    interaction="likert",
    shape=LikertShape,
    faults=no_faults,
    answering=_answering,
    is_valid_key=lambda question: bool(question.options),
    right_response=_response,
    describe=_describe,
    room=room_for_pairs,
    options_key="scale",
    items_key="statements",
    option_name="scale point",
)
