"""What a question type declares (``QuestionType``), and functions that several types share."""

# Without “from __future__ import annotations”, as in base.py.
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
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
    """A problem of a question that its type reports: the code of the diagnostic, the path to the
    faulty key (``steps``), and the values for the placeholders of the message (``words``)."""

    code: str
    steps: tuple[Step, ...]
    words: dict[str, str]


S = TypeVar("S", bound=QuestionShape)


def no_faults(shape: QuestionShape) -> Iterator[Fault]:
    """The ``faults`` function of a type that has no rules in addition to its shape."""
    return iter(())


@immutable
class Extent:
    """The data of a question from which the maximum length of a saved response is computed.

    ``parts`` is the number of items, steps or statements, or of options if several can be chosen.
    ``answers`` are the accepted answers. ``limit`` is the author's limit, in letters of the saved
    state; ``None`` for the type's default.
    """

    parts: int = 0
    answers: tuple[str, ...] = ()
    limit: int | None = None


def room_for_parts(extent: Extent) -> int:
    """The maximum length in letters of a response that has one option id for each part."""
    return max(1, extent.parts)


def room_for_pairs(extent: Extent) -> int:
    """The maximum length in letters of a response that has an item id and an option id for each
    part, or only one id if there are no parts."""
    return max(1, 2 * extent.parts)


@immutable
class Answering:
    """The part of a question that depends on its type: its answers, and how they are judged.

    The fields have the meaning of those of ``Question``. ``interaction`` is only used if the type
    itself has none, as for reflection questions.
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
    """A question as ``course.json`` in a package describes it.

    ``options`` and ``items`` are lists of ids, ``texts`` are the texts by id, ``retired`` are the
    ids of deleted options, ``answer`` is the answer key.
    """

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
    """Whether the answer key has a valid ``credit``, which says how much a partly right answer
    earns."""
    return question.answer.get("credit") in ("all", "partial")


def are_distinct_ids(value: Json, known: Collection[str]) -> TypeGuard[list[str]]:
    """Whether a value is a list of ids from ``known`` without duplicates."""
    return (
        isinstance(value, list)
        and all(isinstance(one, str) and one in known for one in value)
        and len(set(value)) == len(value)
    )


def describe_option(question: PackagedQuestion, option: str) -> str:
    """The text of an option or item by its id; for an id that the question no longer has, the id
    and a note."""
    if option in question.texts:
        return " ".join(question.texts[option].split())
    known = "retired" if option in question.retired else "not in this course"
    return f"“{option}” ({known})"


def describe_options(question: PackagedQuestion, response: str) -> str:
    """Describe in words a response that consists of the ids of chosen options, one character
    each."""
    return "; ".join(describe_option(question, option) for option in response)


def describe_pairs(question: PackagedQuestion, response: str) -> str:
    """Describe in words a response that consists of pairs: an item id and an option id, one
    character each."""
    pairs = (response[at : at + 2] for at in range(0, len(response), 2))
    return "; ".join(" – ".join(describe_option(question, one) for one in pair) for pair in pairs)


def describe_text(question: PackagedQuestion, response: str) -> str:
    """Describe a typed response, which is its own description."""
    return response


FULL = 10_000
"""Full credit for an answer, in hundredths of a percent."""

Guess = Mapping[int, float]
"""The chances of the credits, in hundredths of a percent, that an answer at random may earn; no
credit is left out."""


def share(part: int, whole: int) -> int:
    """``part`` of ``whole`` as credit, halves rounded up, as the player does
    (``templates/player/state/scoring.ts``)."""
    return (2 * part * FULL + whole) // (2 * whole)


def credits_by_parts(question: Question) -> frozenset[int]:
    """The credits that an answer may earn, from the answer key: none and full, and with partial
    credit a share for each right part."""
    if question.answer.get("credit") != "partial":
        return frozenset((0, FULL))
    parts = len(question.answer.get("right") or question.answer["needed"])
    return frozenset(share(done, parts) for done in range(parts + 1))


def add_chances(parts: Iterable[tuple[int, float]]) -> Guess:
    """The chance of each credit that ``parts`` list, some of them several times."""
    chances: dict[int, float] = {}
    for credit, chance in parts:
        if credit and chance:
            chances[credit] = chances.get(credit, 0) + chance
    return chances


def no_guess(question: Question) -> Guess:
    """The ``guess`` function of a type whose right answers nobody finds by chance, or that has
    none."""
    return {}


AnswerLine = tuple[str, Option | Item | None]
"""A line of a question's words that people approve, and the option or item that it shows, whose
feedback and quotation follow the line; ``None`` if there are none."""
WriteLine = Callable[[Prose], str]
"""A function that writes a text as one line, in which links to pages show the names of the
pages."""


def list_options(question: Question, write: WriteLine) -> Iterator[AnswerLine]:
    """Yield a line for each item and option.

    Options that may be shuffled are sorted by id, so that reordering them in the file does not
    change approved words. Options that are texts of the interface are left out.
    """
    for item in question.items:
        yield f"- {write(item.text)}", item
    options = () if question.usual_answers else question.options
    for option in sorted(options, key=lambda one: one.id) if question.shuffle else options:
        mark = "-" if not question.scored else "[x]" if option.correct else "[ ]"
        yield f"{mark} {write(option.text)}", option


@immutable
class QuestionType(Generic[S]):
    """One row of the table of question types.

    For questions that authors write:

    - ``interaction``: the SCORM 1.2 interaction type of reported answers; ``None`` if each question
      sets it in ``Answering``.
    - ``faults``: yields the problems that the shape cannot express.
    - ``answering``: converts a shape without faults. It also gets the interface texts by key, for
      answers that authors do not write, such as True and False.
    - ``options_key`` and ``items_key``: the keys of the options and items in a question file.
    - ``option_name`` and ``item_name``: what messages call an option or item; empty if two options
      or items may have the same text.
    - ``room``: computes the maximum length of a response in the saved state, in letters.
    - ``answer_lines``: yields the lines of the answers in the words that people approve.
    - ``credits``: computes the credits that an answer may earn; ``guess``: what one at random
      earns.

    For packages and saved states:

    - ``is_valid_key``: whether the player can judge responses by the answer key of a question.
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
    credits: Callable[[Question], frozenset[int]] = credits_by_parts
    guess: Callable[[Question], Guess] = no_guess
    typed: bool = False
    options_key: str = "options"
    items_key: str = "items"
    option_name: str = ""
    item_name: str = ""

    @property
    def judged(self) -> bool:
        """Whether questions of this type have right answers, once the author has decided on
        them."""
        return issubclass(self.shape, JudgedShape)
