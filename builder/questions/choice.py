"""Choice: one right answer, or with ``multiple: yes`` every right answer and no other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from builder.questions.base import Fault, OptionShape, QuestionShape, QuestionType


class ChoiceShape(QuestionShape):
    """2–36 options: SCORM 1.2 has one character for each."""

    type: Literal["choice"]
    multiple: bool = False
    options: Annotated[tuple[OptionShape, ...], Field(min_length=2, max_length=36)]


def _right(shape: ChoiceShape) -> list[str]:
    return sorted(option.id for option in shape.options if option.correct)


def _faults(shape: ChoiceShape) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, option in enumerate(shape.options):
        if option.id in seen:
            yield Fault("option-repeated", ("options", index, "id"), {"id": option.id})
        seen.add(option.id)
    right = _right(shape)
    if not right:
        yield Fault("answer-missing", ("options",), {"question": shape.id})
    elif len(right) > 1 and not shape.multiple:
        words = {"question": shape.id, "options": ", ".join(right)}
        yield Fault("answer-ambiguous", ("options",), words)


def _pattern(shape: ChoiceShape) -> str:
    right = ",".join(_right(shape))
    return f"{{{right}}}" if shape.multiple else right


CHOICE = QuestionType(
    name="choice",
    interaction="choice",
    shape=ChoiceShape,
    options=lambda shape, texts: shape.options,
    multiple=lambda shape: shape.multiple,
    faults=_faults,
    pattern=_pattern,
)
