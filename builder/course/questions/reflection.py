"""Reflection questions: free text with a limit, which is not scored."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from builder.course.questions.base import QuestionShape
from builder.course.questions.question_type import (
    Answering,
    Extent,
    Fault,
    PackagedQuestion,
    QuestionType,
)
from builder.course.shaping import Limits

USUAL_LIMIT = 500
"""Default maximum length of a text, in characters."""
DISCARDED = "x"
"""The response that is saved instead of the trainee's text if the question does not keep texts."""
_SAMPLE = "An answer."


class ReflectionShape(QuestionShape):
    """A trainee writes free text, which nobody marks. A note says what happens to it."""

    type: Literal["reflection"]
    limit: Annotated[int, Limits(ge=50, le=2000)] = USUAL_LIMIT
    """Maximum number of characters of the saved text."""
    keep: Literal["text", "none"] = "text"
    """`none`: the text is neither saved nor sent, only the fact that there was an answer."""
    report: Literal["none", "fill-in", "performance"] = "none"
    """`fill-in` or `performance`: the first 255 characters are reported to the LMS as an
    interaction of this type."""


def _faults(shape: ReflectionShape) -> Iterator[Fault]:
    if shape.keep == "none" and shape.report != "none":
        yield Fault("reflection-private", ("report",), {"question": shape.id})


def _answering(shape: ReflectionShape, texts: Mapping[str, str]) -> Answering:
    kept = shape.keep == "text"
    return Answering(
        scored=False,
        interaction=None if shape.report == "none" else shape.report,
        answer={"limit": shape.limit, "kept": kept},
        extent=Extent(limit=shape.limit if kept else 1),
        typed=kept,
    )


def is_discarded(question: PackagedQuestion, response: str) -> bool:
    """Whether a response replaces a text that the question does not keep."""
    return question.answer.get("kept") is False and response == DISCARDED


def _is_valid_key(question: PackagedQuestion) -> bool:
    limit = question.answer.get("limit")
    whole = isinstance(limit, int) and not isinstance(limit, bool) and 1 <= limit <= 1_000_000
    return whole and isinstance(question.answer.get("kept"), bool)


def _response(question: PackagedQuestion) -> str:
    return _SAMPLE[: question.answer["limit"]] if question.answer["kept"] else DISCARDED


def _describe(question: PackagedQuestion, response: str) -> str:
    return "an answer whose text is not kept" if is_discarded(question, response) else response


REFLECTION = QuestionType(
    name="reflection",
    interaction=None,
    shape=ReflectionShape,
    faults=_faults,
    answering=_answering,
    is_valid_key=_is_valid_key,
    right_response=_response,
    describe=_describe,
    room=lambda extent: extent.limit or USUAL_LIMIT,
    typed=True,
)
