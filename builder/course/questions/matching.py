"""Matching questions: each item belongs to one of several options."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from builder.course import markdown
from builder.course.questions.base import (
    Answering,
    Fault,
    ItemShape,
    JudgedShape,
    OptionId,
    OptionShape,
    PlacedItemShape,
    QuestionType,
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
        room=2 * len(shape.items),
    )


MATCHING = QuestionType(
    name="matching",
    interaction="matching",
    shape=MatchingShape,
    faults=_faults,
    answering=_answering,
)
