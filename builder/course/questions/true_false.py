"""True-or-false questions."""

from collections.abc import Iterator, Mapping
from typing import Literal

from builder.course.questions.base import Answering, Fault, JudgedShape, OptionShape, QuestionType


class TrueFalseShape(JudgedShape):
    """A trainee says whether the prompt is true or false."""

    type: Literal["true-false"]
    answer: bool | None = None
    """`true` or `false`."""


_UNANSWERED = "Write “answer: true” or “answer: false”"
"""The fix suggested if no answer is right."""


def _faults(shape: TrueFalseShape) -> Iterator[Fault]:
    if shape.answer is None:
        yield Fault("answer-missing", (), {"question": shape.id, "fix": _UNANSWERED})


def _answering(shape: TrueFalseShape, texts: Mapping[str, str]) -> Answering:
    right = "t" if shape.answer else "f"
    return Answering(
        options=(
            OptionShape(id="t", text=texts["page.true"], correct=shape.answer is True),
            OptionShape(id="f", text=texts["page.false"], correct=shape.answer is False),
        ),
        patterns=(right,),
        right=right,
        answer={"right": [right], "multiple": False, "credit": "all"},
        room=1,
    )


TRUE_FALSE = QuestionType(
    name="true-false",
    interaction="true-false",
    shape=TrueFalseShape,
    faults=_faults,
    answering=_answering,
)
