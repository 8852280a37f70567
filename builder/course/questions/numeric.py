"""Numeric questions: trainees type a number, which is right within a tolerance or a range."""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Literal

from builder.base.patterns import late
from builder.course import letters
from builder.course.questions.base import JudgedShape, Question, Text
from builder.course.questions.question_type import (
    Answering,
    AnswerLine,
    Extent,
    Fault,
    PackagedQuestion,
    QuestionType,
    WriteLine,
)
from builder.course.shaping import Pattern

NUMBER_PATTERN = r"^-?[0-9]{1,9}(\.[0-9]{1,6})?$"
DIGITS = 9
"""Maximum number of digits of a response, unless a bound of the right answers has more."""

Number = Annotated[str, Pattern(NUMBER_PATTERN)]
"""A number with a decimal point, whatever the language of the course."""

_SIGNS_ROOM = letters.room("-.")
_BOUND = late(r"-?[0-9]{1,12}(\.[0-9]{1,12})?")
"""Matches a bound in an answer key. It may have more digits than ``NUMBER_PATTERN`` allows, since
it can be the sum of an answer and a tolerance."""


class NumericShape(JudgedShape):
    """A trainee types a number, as the language of the course writes it: right within a tolerance
    or a range."""

    type: Literal["numeric"]
    answer: Number | None = None
    """The right number, with a decimal point; or leave it out and write `min` and `max`."""
    tolerance: Number | None = None
    """How far an answer may be from the right number."""
    min: Number | None = None
    """The smallest right number; may be left out if there is a `max`."""
    max: Number | None = None
    """The largest right number; may be left out if there is a `min`."""
    unit: Text | None = None
    """The unit, such as `days`; it becomes part of the label."""


_UNANSWERED = "Write “answer:” with the right number, or “min:” and “max:” for a range"
"""The fix that a message suggests if the question has no right answer."""


def _faults(shape: NumericShape) -> Iterator[Fault]:
    low, high = shape.min, shape.max
    if shape.answer is None and low is None and high is None:
        yield Fault("answer-missing", (), {"question": shape.id, "fix": _UNANSWERED})
    range_fault: tuple[str, str, str] | None = None
    if shape.answer is not None and (low is not None or high is not None):
        key = "max" if low is None else "min"
        fix = "Delete “min:” and “max:”, or delete “answer:” (and “tolerance:”)"
        range_fault = key, "has both an answer and a range", fix
    elif shape.tolerance is not None and shape.answer is None:
        fix = "Write “answer:” too, or write “min:” and “max:” instead"
        range_fault = "tolerance", "has a tolerance but no “answer:”", fix
    elif shape.tolerance is not None and Decimal(shape.tolerance) < 0:
        range_fault = "tolerance", "has a tolerance below 0", "Write it without the minus sign"
    elif low is not None and high is not None and Decimal(low) > Decimal(high):
        range_fault = (
            "min",
            f"has no right number: {low} is greater than {high}",
            "Swap “min:” and “max:”",
        )
    elif shape.answer and shape.tolerance and _is_wide(shape.answer, shape.tolerance):
        words = {"answer": shape.answer, "tolerance": shape.tolerance}
        yield Fault("tolerance-wide", ("tolerance",), words)
    if range_fault:
        key, problem, fix = range_fault
        words = {"question": shape.id, "problem": problem, "fix": fix}
        yield Fault("number-range", (key,), words)


def _is_wide(answer: str, tolerance: str) -> bool:
    """Whether a tolerance is greater than the answer itself, so that 0 would be right."""
    return 0 < abs(Decimal(answer)) < Decimal(tolerance)


def _bounds(shape: NumericShape) -> tuple[Decimal | None, Decimal | None]:
    if shape.answer is not None:
        answer, off = Decimal(shape.answer), Decimal(shape.tolerance or 0)
        return answer - off, answer + off
    return (
        None if shape.min is None else Decimal(shape.min),
        None if shape.max is None else Decimal(shape.max),
    )


def _format_decimal(number: Decimal | None) -> str:
    """Format a number as a SCORM 1.2 CMIDecimal, without exponent and trailing zeros; empty for
    ``None``."""
    if number is None:
        return ""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _right(shape: NumericShape, low: str, high: str) -> str:
    if shape.answer is not None:
        right = _format_decimal(Decimal(shape.answer))
        off = _format_decimal(Decimal(shape.tolerance or 0))
        right = right if off == "0" else f"{right} ± {off}"
    elif low and high:
        right = low if low == high else f"{low} to {high}"
    else:
        right = f"≥ {low}" if low else f"≤ {high}"
    return f"{right} {shape.unit}" if shape.unit else right


def _digits(answers: Collection[str]) -> int:
    """The maximum number of digits of a response to a numeric question. ``answers`` are the bounds
    of its correct range, as text."""
    return max((DIGITS, *(sum(map(str.isdigit, answer)) for answer in answers)))


def _answering(shape: NumericShape, texts: Mapping[str, str]) -> Answering:
    numbers = _bounds(shape)
    bounds = low, high = _format_decimal(numbers[0]), _format_decimal(numbers[1])
    # A pattern must be one decimal (facts/scorm-1.2.md#interactions), so the patterns of a range
    # are its two ends, which are both right.
    patterns = (
        (_format_decimal(Decimal(shape.answer)),) if shape.answer is not None else (low, high)
    )
    return Answering(
        patterns=tuple(dict.fromkeys(pattern for pattern in patterns if pattern)),
        right=_right(shape, low, high),
        answer={
            "from": low,
            "to": high,
            "unit": shape.unit or "",
            "digits": _digits(bounds),
            "signed": any(bound is not None and bound < 0 for bound in numbers),
        },
        extent=Extent(answers=bounds),
    )


def _is_valid_key(question: PackagedQuestion) -> bool:
    answer = question.answer
    bounds = [bound for bound in (answer.get("from"), answer.get("to")) if bound != ""]
    numbers = [bound for bound in bounds if isinstance(bound, str) and _BOUND.fullmatch(bound)]
    if not bounds or len(numbers) < len(bounds) or not isinstance(answer.get("unit"), str):
        return False
    return Decimal(numbers[0]) <= Decimal(numbers[-1])


def _describe(question: PackagedQuestion, response: str) -> str:
    unit = question.answer.get("unit")
    return f"{response} {unit}" if isinstance(unit, str) and unit else response


def _answer_lines(question: Question, write: WriteLine) -> Iterator[AnswerLine]:
    low, high, unit = (str(question.answer[name]) for name in ("from", "to", "unit"))
    if low and high:
        right = low if low == high else f"{low} … {high}"
    else:
        right = f"≥ {low}" if low else f"≤ {high}"
    yield f"[x] {right} {unit}", None


NUMERIC = QuestionType(
    name="numeric",
    interaction="numeric",
    shape=NumericShape,
    faults=_faults,
    answering=_answering,
    is_valid_key=_is_valid_key,
    right_response=lambda question: str(question.answer["from"] or question.answer["to"]),
    describe=_describe,
    room=lambda extent: _digits(extent.answers) + _SIGNS_ROOM,
    answer_lines=_answer_lines,
)
