"""What a question type declares, and functions that several types share."""

# Without “from __future__ import annotations”, as in base.py.
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Generic, Protocol, TypeGuard, TypeVar

from builder.base.immutable import immutable
from builder.course.markdown import Prose
from builder.course.questions.base import (
    Item,
    ItemShape,
    Json,
    JudgedShape,
    Option,
    OptionShape,
    Question,
    QuestionShape,
)
from builder.course.sources import Step


@immutable
class Fault:
    """A rule of a question type that a question breaks: code, faulty part, words for the
    message."""

    code: str
    steps: tuple[Step, ...]
    words: dict[str, str]


S = TypeVar("S", bound=QuestionShape)


def no_faults(shape: QuestionShape) -> Iterator[Fault]:
    """The check of a type that has no rules beyond its shape."""
    return iter(())


@immutable
class Extent:
    """What the length of a saved response depends on.

    ``parts``: the number of items, steps or statements, or of options if several can be chosen.
    ``answers``: the accepted answers. ``limit``: the author's limit in letters of the state.
    """

    parts: int = 0
    answers: tuple[str, ...] = ()
    limit: int | None = None


def room_for_parts(extent: Extent) -> int:
    """The room for one id for each part."""
    return max(1, extent.parts)


def room_for_pairs(extent: Extent) -> int:
    """The room for two ids for each part, or for one id if there are no parts."""
    return max(1, 2 * extent.parts)


@immutable
class Answering:
    """How a question of one type is answered and judged; the fields are those of ``Question``.

    ``interaction`` is used by types that do not have one interaction type for all questions.
    """

    extent: Extent = Extent()
    options: tuple[OptionShape, ...] = ()
    items: tuple[ItemShape, ...] = ()
    scored: bool = True
    interaction: str | None = None
    patterns: tuple[str, ...] = ()
    right: str = ""
    answer: Mapping[str, Json] = field(default_factory=dict)
    shuffle: bool = False
    separate: bool = False
    typed: bool = False
    usual_answers: bool = False


class PackagedQuestion(Protocol):
    """A question as ``course.json`` describes it; options and items are listed by id."""

    @property
    def options(self) -> Sequence[str]: ...
    @property
    def items(self) -> Sequence[str]: ...
    @property
    def texts(self) -> Mapping[str, str]: ...
    @property
    def retired(self) -> Sequence[str]: ...
    @property
    def answer(self) -> Mapping[str, Json]: ...


def has_credit(question: PackagedQuestion) -> bool:
    """Whether the answer key says how much a partly right answer earns."""
    return question.answer.get("credit") in ("all", "partial")


def are_distinct_ids(value: Json, known: Collection[str]) -> TypeGuard[list[str]]:
    """Whether a value is a list of known ids, each of them once."""
    return (
        isinstance(value, list)
        and all(isinstance(one, str) and one in known for one in value)
        and len(set(value)) == len(value)
    )


def describe_option(question: PackagedQuestion, option: str) -> str:
    """The text of an option or item. Saved answers may have ids that were deleted since."""
    if option in question.texts:
        return " ".join(question.texts[option].split())
    known = "retired" if option in question.retired else "not in this course"
    return f"“{option}” ({known})"


def describe_options(question: PackagedQuestion, response: str) -> str:
    """Describe a response that consists of option ids."""
    return "; ".join(describe_option(question, option) for option in response)


def describe_pairs(question: PackagedQuestion, response: str) -> str:
    """Describe a response that consists of an item id and an option id for each item."""
    pairs = (response[at : at + 2] for at in range(0, len(response), 2))
    return "; ".join(" – ".join(describe_option(question, one) for one in pair) for pair in pairs)


def describe_text(question: PackagedQuestion, response: str) -> str:
    """Describe a typed response: the response itself."""
    return response


AnswerLine = tuple[str, Option | Item | None]
"""A line of the words that an approver reads: the text, and the part of the question whose feedback
and quotation follow it."""
WriteLine = Callable[[Prose], str]
"""Writes a text as one line, with the names of the pages that it links to."""


def list_options(question: Question, write: WriteLine) -> Iterator[AnswerLine]:
    """List items and options; options that may be shuffled are sorted by id, so that reordering
    them in the file changes no approved words. Options that are texts of the interface are left
    out."""
    for item in question.items:
        yield f"- {write(item.text)}", item
    options = () if question.usual_answers else question.options
    for option in sorted(options, key=lambda one: one.id) if question.shuffle else options:
        mark = "-" if not question.scored else "[x]" if option.correct else "[ ]"
        yield f"{mark} {write(option.text)}", option


@immutable
class QuestionType(Generic[S]):
    """One row of the table of question types.

    What authors write:

    - ``interaction``: the SCORM 1.2 type of reported answers; ``None``: each question decides.
    - ``faults``: checks beyond the shape.
    - ``answering``: converts a shape without faults; it gets the interface texts, for answers that
      authors do not write.
    - ``options_key`` and ``items_key``: the keys of options and items in the question.
    - ``option_name`` and ``item_name``: what messages call an option or item; empty if two of them
      may have the same text.
    - ``room``: the maximum number of letters of a response in the state.
    - ``answer_lines``: the answers in the words that are approved.

    What packages and saved states contain:

    - ``is_valid_key``: whether the answer key of a scored question can be judged.
    - ``right_response``: a right response, or any response if none is right.
    - ``describe``: describes a response in words.
    - ``typed``: whether a response is the trainee's own text, which is shown only on request.
    """

    name: str
    interaction: str | None
    shape: type[S]
    faults: Callable[[S], Iterator[Fault]]
    answering: Callable[[S, Mapping[str, str]], Answering]
    is_valid_key: Callable[[PackagedQuestion], bool]
    right_response: Callable[[PackagedQuestion], str]
    describe: Callable[[PackagedQuestion, str], str] = describe_options
    room: Callable[[Extent], int] = room_for_parts
    answer_lines: Callable[[Question, WriteLine], Iterator[AnswerLine]] = list_options
    typed: bool = False
    options_key: str = "options"
    items_key: str = "items"
    option_name: str = ""
    item_name: str = ""

    @property
    def judged(self) -> bool:
        """Whether every answer is right or wrong, unless the author has not decided yet."""
        return issubclass(self.shape, JudgedShape)
