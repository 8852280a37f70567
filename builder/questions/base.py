"""What every question has, whatever its type."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Generic, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from builder.markdown import Prose
from builder.sources import Step

ID_PATTERN = r"^[a-z0-9][a-z0-9-]{0,63}$"
OPTION_ID_PATTERN = r"^[a-z0-9]$"

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
"""1–64 lower-case letters, digits and hyphens: safe in a URL, and in a CMIIdentifier."""

OptionId = Annotated[str, StringConstraints(pattern=OPTION_ID_PATTERN)]
"""One character a–z or 0–9, as SCORM 1.2 reports a choice."""

VISIBLE_PATTERN = (
    r"[^\s"
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""One character that can be seen: no white space, none of Unicode's Default_Ignorable_Code_Point
(DerivedCoreProperties.txt), no blank of Braille."""
_VISIBLE = re.compile(VISIBLE_PATTERN)


def visible(text: str) -> bool:
    """Whether there is anything in a text that can be seen or read out."""
    return bool(_VISIBLE.search(text))


Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, pattern=VISIBLE_PATTERN)
]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _read_day(value: object) -> object:
    # pydantic alone would also take a number of seconds since 1970.
    if isinstance(value, str) and _DAY.fullmatch(value):
        return date.fromisoformat(value)
    raise ValueError("not a date")


Day = Annotated[date, BeforeValidator(_read_day)]
"""A date written 2026-01-31."""

Texts = Annotated[
    tuple[Text, ...], BeforeValidator(lambda value: (value,) if isinstance(value, str) else value)
]
"""A list of texts, or one text that stands for a list of one."""


class Shape(BaseModel):
    """A mapping in a YAML file: unknown keys are errors, text becomes the type of its field.

    A key without a value counts as not written.
    """

    # Schemas are made when they are first needed: most commands need none.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {name: part for name, part in value.items() if part is not None}


class QuotedShape(Shape):
    """Something that rests on words of the course: ``quote`` stands on the page ``source``.

    `` … `` in a quote leaves words out.
    """

    source: Id | None = None
    quote: Texts | None = None


class OptionShape(QuotedShape):
    """One answer to choose from."""

    id: OptionId
    text: Text
    correct: bool = False
    feedback: Text | None = None


class QuestionShape(QuotedShape):
    """The keys that every type of question has."""

    id: Id
    type: str
    prompt: Text
    explanation: Text | None = None
    # The player adds weights up in hundredths: one of less would count nothing.
    weight: Annotated[float, Field(ge=0.01, le=100, multiple_of=0.01)] = 1
    revision: Annotated[int, Field(ge=1)] = 1
    approved_by: Text | None = None
    approved_on: Day | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of the course, and the id of the page they stand on.

    ``parts`` stand there in their order; `` … `` in a part stands for words left out.
    """

    page: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose from. ``id`` is what the LMS is sent, whatever the order shown."""

    id: str
    text: Prose
    correct: bool
    feedback: Prose | None
    quotation: Quotation | None


@dataclass(frozen=True, slots=True)
class Question:
    """One quiz item.

    ``key`` names it in the state: 4 characters for its id and revision. ``pattern`` is the SCORM
    1.2 correct response. ``interaction`` is the SCORM 1.2 interaction type.
    """

    id: str
    key: str
    type: str
    interaction: str
    revision: int
    weight: float
    prompt: Prose
    options: tuple[Option, ...]
    multiple: bool
    pattern: str
    explanation: Prose | None
    quotation: Quotation | None
    approved: bool

    def prose(self) -> Iterator[Prose]:
        """Every text of the question that may hold links, images and variables."""
        yield self.prompt
        for option in self.options:
            yield option.text
            if option.feedback:
                yield option.feedback
        if self.explanation:
            yield self.explanation


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule of a type that a question breaks: the code, the part at fault, the message's words."""

    code: str
    steps: tuple[Step, ...]
    words: dict[str, str]


S = TypeVar("S", bound=QuestionShape)


@dataclass(frozen=True, slots=True)
class QuestionType(Generic[S]):
    """One row of the table of types.

    ``options`` gives the answers to choose from, with the interface's texts at hand for those
    that the author does not write; ``faults`` what the shape alone cannot say; ``pattern`` the
    correct response as SCORM 1.2 writes it (SCORM12.md 2.6).
    """

    name: str
    interaction: str
    shape: type[S]
    options: Callable[[S, Mapping[str, str]], tuple[OptionShape, ...]]
    multiple: Callable[[S], bool]
    faults: Callable[[S], Iterator[Fault]]
    pattern: Callable[[S], str]
