"""True or false: a statement, and which of the two it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from builder.questions.base import Fault, OptionShape, QuestionShape, QuestionType


class TrueFalseShape(QuestionShape):
    """``answer: true`` or ``answer: false``; without it the question has no right answer."""

    type: Literal["true-false"]
    answer: bool | None = None


def _options(shape: TrueFalseShape, texts: Mapping[str, str]) -> tuple[OptionShape, ...]:
    return (
        OptionShape(id="t", text=texts["page.true"], correct=shape.answer is True),
        OptionShape(id="f", text=texts["page.false"], correct=shape.answer is False),
    )


def _faults(shape: TrueFalseShape) -> Iterator[Fault]:
    if shape.answer is None:
        yield Fault("answer-missing", (), {"question": shape.id})


TRUE_FALSE = QuestionType(
    name="true-false",
    interaction="true-false",
    shape=TrueFalseShape,
    options=_options,
    multiple=lambda shape: False,
    faults=_faults,
    pattern=lambda shape: "t" if shape.answer else "f",
)
