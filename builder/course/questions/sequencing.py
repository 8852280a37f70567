"""Sequencing questions: trainees put items into the right order."""

from collections.abc import Iterator, Mapping
from math import comb, factorial
from typing import Annotated, Literal

from builder.course.questions.base import JudgedShape, PlacedItemShape, Question
from builder.course.questions.question_type import (
    FULL,
    Answering,
    AnswerLine,
    Extent,
    Guess,
    PackagedQuestion,
    QuestionType,
    WriteLine,
    add_chances,
    are_distinct_ids,
    credits_by_parts,
    describe_option,
    has_credit,
    no_faults,
    share,
)
from builder.course.shaping import Limits


class SequencingShape(JudgedShape):
    """A trainee moves items up and down until they are in order."""

    type: Literal["sequencing"]
    credit: Literal["all", "partial"] = "all"
    """`partial`: each item in its right place earns its share of the weight."""
    # SCORM 1.2 has one character for each item.
    items: Annotated[tuple[PlacedItemShape, ...], Limits(min_length=2, max_length=36)]
    """The items in their right order, 2 to 36."""


def _answering(shape: SequencingShape, texts: Mapping[str, str]) -> Answering:
    right = [item.id for item in shape.items]
    order = ",".join(right)
    return Answering(
        options=tuple(item.as_option() for item in shape.items),
        patterns=(order,),
        right=order,
        answer={"right": right, "credit": shape.credit},
        extent=Extent(parts=len(shape.items)),
    )


def _is_valid_key(question: PackagedQuestion) -> bool:
    right = question.answer.get("right")
    return (
        has_credit(question)
        and are_distinct_ids(right, question.options)
        and 0 < len(right) == len(question.options)
    )


def _describe(question: PackagedQuestion, response: str) -> str:
    texts = (describe_option(question, option) for option in response)
    return "; ".join(f"{place}. {text}" for place, text in enumerate(texts, start=1))


def _answer_lines(question: Question, write: WriteLine) -> Iterator[AnswerLine]:
    for place, option in enumerate(question.options, start=1):
        yield f"{place}. {write(option.text)}", option


def _guess(question: Question) -> Guess:
    """Any order of the items."""
    items = len(question.options)
    if question.answer["credit"] == "all":
        return {FULL: 1 / factorial(items)}
    return add_chances(
        (share(placed, items), comb(items, placed) * _displaced(items - placed) / factorial(items))
        for placed in range(items + 1)
    )


def _displaced(items: int) -> int:
    """The number of orders in which no item is in its place (derangements)."""
    fewer, now = 0, 1
    for count in range(1, items + 1):
        fewer, now = now, (count - 1) * (fewer + now) if count > 1 else 0
    return now


def _credits(question: Question) -> frozenset[int]:
    """Not all items but one: the last one is then in its place, too."""
    items = len(question.options)
    return credits_by_parts(question) - {share(items - 1, items)}


SEQUENCING = QuestionType(
    name="sequencing",
    interaction="sequencing",
    shape=SequencingShape,
    faults=no_faults,
    answering=_answering,
    is_valid_key=_is_valid_key,
    right_response=lambda question: "".join(question.answer["right"]),
    describe=_describe,
    answer_lines=_answer_lines,
    credits=_credits,
    guess=_guess,
    options_key="items",
    option_name="item",
)
