"""Matching questions: trainees choose for each item the option that it belongs to."""

from collections.abc import Iterator, Mapping
from math import comb
from typing import Annotated, Literal

from builder.course import markdown
from builder.course.questions.base import (
    ItemShape,
    JudgedShape,
    OptionId,
    OptionShape,
    PlacedItemShape,
    Question,
)
from builder.course.questions.question_type import (
    FULL,
    Answering,
    AnswerLine,
    Extent,
    Fault,
    Guess,
    PackagedQuestion,
    QuestionType,
    WriteLine,
    add_chances,
    describe_pairs,
    has_credit,
    room_for_pairs,
    share,
)
from builder.course.shaping import Limits


class MatchedShape(PlacedItemShape):
    """An item, and the option that it belongs to."""

    match: OptionId
    """The id of the option that this item belongs to."""


class MatchingShape(JudgedShape):
    """A trainee chooses an option for each item."""

    type: Literal["matching"]
    credit: Literal["all", "partial"] = "all"
    """`partial`: each right pair earns its share of the weight."""
    # SCORM 1.2 has one character for each item.
    items: Annotated[tuple[MatchedShape, ...], Limits(min_length=2, max_length=36)]
    """The items to match, 2 to 36; several may belong to one option."""
    options: Annotated[tuple[ItemShape, ...], Limits(min_length=2, max_length=36)]
    """The options that items belong to, 2 to 36; an option may have no item."""


def _faults(shape: MatchingShape) -> Iterator[Fault]:
    known = {option.id for option in shape.options}
    for index, item in enumerate(shape.items):
        if item.match not in known:
            words = {"option": item.match, "known": ", ".join(sorted(known))}
            yield Fault("match-unknown", ("items", index, "match"), words)
    for index, option in enumerate(shape.options):
        text = markdown.inline(option.text)
        for lost, present in (("an image", text.images), ("a link", text.links)):
            if present:
                yield Fault("option-plain", ("options", index, "text"), {"lost": lost})


def _answering(shape: MatchingShape, texts: Mapping[str, str]) -> Answering:
    pairs = ",".join(f"{item.id}.{item.match}" for item in shape.items)
    return Answering(
        options=tuple(OptionShape(id=option.id, text=option.text) for option in shape.options),
        items=shape.items,
        patterns=(f"{{{pairs}}}",),
        right=pairs,
        answer={
            "right": {item.id: item.match for item in shape.items},
            "credit": shape.credit,
        },
        extent=Extent(parts=len(shape.items)),
    )


def _is_valid_key(question: PackagedQuestion) -> bool:
    right = question.answer.get("right")
    return (
        has_credit(question)
        and isinstance(right, dict)
        and right.keys() == set(question.items)
        and all(isinstance(one, str) and one in question.options for one in right.values())
    )


def _right_response(question: PackagedQuestion) -> str:
    return "".join(f"{item}{question.answer['right'][item]}" for item in question.items)


def _answer_lines(question: Question, write: WriteLine) -> Iterator[AnswerLine]:
    options = {option.id: write(option.text) for option in question.options}
    matches = question.answer["right"]
    for item in sorted(question.items, key=lambda item: item.id):
        yield f"[x] {write(item.text)} = {options.get(matches[item.id], '')}", item
    for option in sorted(options.keys() - set(matches.values())):
        yield f"[ ] {options[option]}", None


def _guess(question: Question) -> Guess:
    """An option at random for each item."""
    items, chance = len(question.items), 1 / len(question.options)
    if question.answer["credit"] == "all":
        return {FULL: chance**items}
    return add_chances(
        (share(right, items), comb(items, right) * chance**right * (1 - chance) ** (items - right))
        for right in range(items + 1)
    )


MATCHING = QuestionType(
    name="matching",
    interaction="matching",
    shape=MatchingShape,
    faults=_faults,
    answering=_answering,
    is_valid_key=_is_valid_key,
    right_response=_right_response,
    describe=describe_pairs,
    room=room_for_pairs,
    answer_lines=_answer_lines,
    guess=_guess,
    option_name="option",
    item_name="item",
)
