"""Choice questions: trainees choose one right option, or with ``multiple: yes`` all right
options."""

from collections.abc import Iterator, Mapping
from math import comb
from typing import Annotated, Literal

from builder.course.questions.base import JudgedShape, OptionShape, Question
from builder.course.questions.question_type import (
    FULL,
    Answering,
    Extent,
    Fault,
    Guess,
    PackagedQuestion,
    QuestionType,
    add_chances,
    are_distinct_ids,
    has_credit,
    share,
)
from builder.course.shaping import Limits


class ChoiceShape(JudgedShape):
    """A trainee chooses one option, or several."""

    type: Literal["choice"]
    multiple: bool = False
    """`yes`: trainees must choose every right option and no other."""
    credit: Literal["all", "partial"] = "all"
    """`partial`: with `multiple: yes`, some of the right options earn a part of the weight."""
    shuffle: bool = True
    """`no`: the options keep their order when a quiz shuffles options; use it if one says “All of
    these”."""
    # SCORM 1.2 has one character for each option.
    options: Annotated[tuple[OptionShape, ...], Limits(min_length=2, max_length=36)]
    """The answers to choose from, 2 to 36."""


_UNANSWERED = "Write “correct: yes” below the right option"
"""The fix that a message suggests if the question has no right answer."""


def _right(shape: ChoiceShape) -> list[str]:
    return sorted(option.id for option in shape.options if option.correct)


def _faults(shape: ChoiceShape) -> Iterator[Fault]:
    right = _right(shape)
    if not right:
        yield Fault("answer-missing", ("options",), {"question": shape.id, "fix": _UNANSWERED})
    elif len(right) > 1 and not shape.multiple:
        words = {"question": shape.id, "options": ", ".join(right)}
        yield Fault("answer-ambiguous", ("options",), words)
    if shape.credit == "partial" and not shape.multiple:
        yield Fault("credit-partial", ("credit",), {"question": shape.id})


def _answering(shape: ChoiceShape, texts: Mapping[str, str]) -> Answering:
    right = _right(shape)
    letters = ",".join(right)
    return Answering(
        options=shape.options,
        patterns=(f"{{{letters}}}" if shape.multiple else letters,),
        right=letters,
        answer={"right": right, "multiple": shape.multiple, "credit": shape.credit},
        extent=Extent(parts=len(shape.options) if shape.multiple else 0),
        shuffle=shape.shuffle,
    )


def is_valid_choice_key(question: PackagedQuestion) -> bool:
    """Whether the answer key of a choice question names one option, or at least one if several can
    be chosen."""
    right, multiple = question.answer.get("right"), question.answer.get("multiple")
    return (
        isinstance(multiple, bool)
        and has_credit(question)
        and are_distinct_ids(right, question.options)
        and (len(right) >= 1 if multiple else len(right) == 1)
    )


def right_choice(question: PackagedQuestion) -> str:
    """The correct response to a choice question: the ids of its correct options, sorted."""
    return "".join(sorted(question.answer["right"]))


def guess_choice(question: Question) -> Guess:
    """One option at random; if several can be chosen, any options but not none."""
    options, right = len(question.options), len(question.answer["right"])
    if not question.answer["multiple"]:
        return {FULL: 1 / options}
    possible = 2**options - 1
    if question.answer["credit"] == "all":
        return {FULL: 1 / possible}
    wrong = options - right
    return add_chances(
        (share(max(good - bad, 0), right), comb(right, good) * comb(wrong, bad) / possible)
        for good in range(right + 1)
        for bad in range(wrong + 1)
    )


CHOICE = QuestionType(
    name="choice",
    interaction="choice",
    shape=ChoiceShape,
    faults=_faults,
    answering=_answering,
    is_valid_key=is_valid_choice_key,
    right_response=right_choice,
    guess=guess_choice,
    option_name="option",
)
