"""True-or-false questions: trainees say whether a statement is true or false."""

from collections.abc import Iterator, Mapping
from typing import Literal

from builder.course.questions.base import JudgedShape, OptionShape, Question
from builder.course.questions.choice import guess_choice, is_valid_choice_key, right_choice
from builder.course.questions.question_type import (
    Answering,
    AnswerLine,
    Fault,
    QuestionType,
    WriteLine,
)


class TrueFalseShape(JudgedShape):
    """A trainee says whether the prompt is true or false."""

    type: Literal["true-false"]
    answer: bool | None = None
    """`true` or `false`."""


_UNANSWERED = "Write “answer: true” or “answer: false”"
"""The fix that a message suggests if the question has no right answer."""


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
    )


def _answer_lines(question: Question, write: WriteLine) -> Iterator[AnswerLine]:
    # The words of the interface are not used, so that an approval does not depend on them.
    yield from ((f"[x] {_WORDS[one.id]}", None) for one in question.options if one.correct)


_WORDS = {"t": "true", "f": "false"}

TRUE_FALSE = QuestionType(
    name="true-false",
    interaction="true-false",
    shape=TrueFalseShape,
    faults=_faults,
    answering=_answering,
    is_valid_key=is_valid_choice_key,
    right_response=right_choice,
    room=lambda extent: 1,
    answer_lines=_answer_lines,
    guess=guess_choice,
)
