"""Performance questions: trainees do a task away from the screen, and tick the steps they did."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from builder.course.questions.base import PlacedItemShape, QuestionShape
from builder.course.questions.question_type import (
    FULL,
    Answering,
    Extent,
    Fault,
    PackagedQuestion,
    QuestionType,
    are_distinct_ids,
    has_credit,
)
from builder.course.shaping import Limits


class StepShape(PlacedItemShape):
    """A step of a task."""

    needed: bool = False
    """`yes`: the answer is right only with this step. If no step is needed, the question is not
    scored."""


class PerformanceShape(QuestionShape):
    """A trainee ticks the steps of a task that they have done, away from the screen as well."""

    type: Literal["performance"]
    credit: Literal["all", "partial"] = "all"
    """`partial`: each needed step earns its share of the weight."""
    steps: Annotated[tuple[StepShape, ...], Limits(min_length=1, max_length=36)]
    """The steps of the task, 1 to 36."""


def _needed(shape: PerformanceShape) -> list[str]:
    return sorted(step.id for step in shape.steps if step.needed)


def _faults(shape: PerformanceShape) -> Iterator[Fault]:
    if shape.credit == "partial" and not _needed(shape):
        yield Fault("credit-unscored", ("credit",), {"question": shape.id})


def _answering(shape: PerformanceShape, texts: Mapping[str, str]) -> Answering:
    needed = _needed(shape)
    letters = ",".join(needed)
    return Answering(
        options=tuple(step.as_option(correct=step.needed) for step in shape.steps),
        scored=bool(needed),
        # The player reports the ticked steps in this form (facts/scorm-1.2.md#interactions: any
        # text).
        patterns=(letters,) if needed else (),
        right=letters,
        answer={"needed": needed, "credit": shape.credit},
        extent=Extent(parts=len(shape.steps)),
    )


def _is_valid_key(question: PackagedQuestion) -> bool:
    return (
        bool(question.options)
        and has_credit(question)
        and are_distinct_ids(question.answer.get("needed"), question.options)
    )


def _right_response(question: PackagedQuestion) -> str:
    return "".join(sorted(question.answer["needed"])) or question.options[0]


PERFORMANCE = QuestionType(
    name="performance",
    interaction="performance",
    shape=PerformanceShape,
    faults=_faults,
    answering=_answering,
    is_valid_key=_is_valid_key,
    right_response=_right_response,
    # To tick every step is right, and nothing shows whether it was done.
    guess=lambda question: {FULL: 1} if question.scored else {},
    options_key="steps",
)
