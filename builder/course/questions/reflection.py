"""Reflection questions: free text with a limit, which is not scored."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from builder.course.questions.base import Answering, Fault, QuestionShape, QuestionType
from builder.course.shaping import Limits

USUAL_LIMIT = 500
"""Default maximum length of a text, in characters."""


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
        room=shape.limit if kept else 1,
        typed=kept,
    )


REFLECTION = QuestionType(
    name="reflection",
    interaction=None,
    shape=ReflectionShape,
    faults=_faults,
    answering=_answering,
)
