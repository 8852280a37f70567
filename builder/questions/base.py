"""What every question has, whatever its type."""

# Without “from __future__ import annotations”: types are read, and text would be compiled for it.
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from typing import Annotated, Any, Generic, Literal, TypeVar

from builder.immutable import immutable
from builder.keys import NO_FORMER, Former
from builder.markdown import Document, Prose
from builder.shaping import Before, Limits, Pattern, Shape, Shorthand
from builder.sources import Step

Json = Any
"""A value that JSON can write."""

ID_PATTERN = r"^[a-z0-9][a-z0-9-]{0,63}$"
OPTION_ID_PATTERN = r"^[a-z0-9]$"

Id = Annotated[str, Pattern(ID_PATTERN)]
"""1–64 lower-case letters, digits and hyphens: safe in a URL, and in a CMIIdentifier."""

OptionId = Annotated[str, Pattern(OPTION_ID_PATTERN)]
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


Text = Annotated[str, Pattern(VISIBLE_PATTERN, strip=True, filled=True)]


def listed(value: object) -> object:
    """One text stands for a list of one."""
    return (value,) if isinstance(value, str) else value


Texts = Annotated[tuple[Text, ...], Before(listed), Shorthand(Text)]
"""A list of texts, or one text that stands for a list of one."""

Ids = Annotated[tuple[Id, ...], Before(listed), Shorthand(Id)]
"""A list of ids, or one id."""

OptionIds = Annotated[tuple[OptionId, ...], Before(listed), Shorthand(OptionId)]
"""A list of ids of options, or one."""


# The player adds weights up in hundredths: one of less would count nothing.
Weight = Annotated[float, Limits(ge=0.01, le=100, multiple_of=0.01)]
"""How much a question counts in its quiz, or a quiz in the course."""


class QuotedShape(Shape):
    """Something that rests on words of the course."""

    source: Id | None = None
    """The id of the page where this is answered."""
    quote: Texts | None = None
    """Words of that page, which are checked; “ … ” in them leaves words out."""


class ItemShape(Shape):
    """One of several things that a question asks about, such as a statement to agree with."""

    id: OptionId
    """One letter a–z or digit, which reports in the LMS use: never give it to another one."""
    text: Text
    """What trainees read: one line of Markdown."""


class PlacedItemShape(ItemShape, QuotedShape):
    """An item that has a right place."""

    feedback: Text | None = None
    """What those read who did not answer this one right."""

    def as_option(self, correct: bool = False) -> "OptionShape":
        """The same as an answer to choose from, for a type whose items are its answers."""
        return OptionShape(
            id=self.id,
            text=self.text,
            correct=correct,
            feedback=self.feedback,
            source=self.source,
            quote=self.quote,
        )


class OptionShape(QuotedShape):
    """One answer to choose from."""

    id: OptionId
    """One letter a–z or digit, which reports in the LMS use: never give it to another option."""
    text: Text
    """What trainees read: one line of Markdown."""
    correct: bool = False
    """`yes`: this is a right answer."""
    feedback: Text | None = None
    """What those read who chose this option: why it is right, or is not."""


class FeedbackShape(Shape):
    """What the course says to a whole answer."""

    right: Text | None = None
    """To a right answer."""
    partly: Text | None = None
    """To an answer that is right in part."""
    wrong: Text | None = None
    """To any other answer."""


class QuestionShape(QuotedShape):
    """The keys that every type of question has."""

    id: Id
    """The question's name, for good: progress and reports go by it. Lower-case letters, digits and
    hyphens."""
    type: str
    """How trainees answer."""
    prompt: Text
    """What is asked: one line of Markdown."""
    material: Text | None = None
    """What the question is about, shown above the prompt: Markdown with paragraphs, lists, tables,
    pictures and blocks that show something."""
    hint: Text | None = None
    """Help that trainees may open before they answer."""
    feedback: FeedbackShape = FeedbackShape()
    """What the course says to a right answer, to one that is right in part, to any other."""
    explanation: Text | None = None
    """Why the right answer is right: shown after every answer."""
    tags: Ids = ()
    """Groups that a quiz may draw from."""
    was: Ids = ()
    """Ids that the question had before: trainees who answered it then keep their answers."""
    retired: OptionIds = ()
    """Ids of options that were there once: reports of the LMS still hold them."""
    unsure: Texts = ()
    """What nobody has decided yet about the question, in a sentence or several, such as which
    answer is right. Until it is deleted the package is a draft, and a question without a right
    answer is asked, but not judged."""
    weight: Weight = 1
    """How much the question counts in its quiz: 0.01 to 100, in hundredths."""
    revision: Annotated[int, Limits(ge=1, le=9999)] = 1
    """Raise it only when trainees have to answer again."""


class JudgedShape(QuestionShape):
    """A question of which an answer can be shown to be right."""

    reveal: Literal["always", "never"] | None = None
    """Whether the right answer is shown `always`, with every answer, or `never`; if left out, in
    practice after the second answer that is not right, in a quiz once nothing is left to win."""


@immutable
class Quotation:
    """Words of the course, and the id of the page they stand on.

    ``parts`` stand there in their order; `` … `` in a part stands for words left out.
    """

    page: str
    parts: tuple[str, ...]


@immutable
class Option:
    """One answer to choose from. ``id`` is what the LMS is sent, whatever the order shown."""

    id: str
    text: Prose
    correct: bool
    feedback: Prose | None
    quotation: Quotation | None


@immutable
class Item:
    """One of several things that a question asks about; ``id`` is what the LMS is sent.

    ``feedback`` and ``quotation`` are for those who did not answer it right.
    """

    id: str
    text: Prose
    feedback: Prose | None = None
    quotation: Quotation | None = None


@immutable
class Feedback:
    """What the course says to a right answer, to one right in part, and to any other."""

    right: Prose | None = None
    partly: Prose | None = None
    wrong: Prose | None = None

    def prose(self) -> Iterator[Prose]:
        """Every text that is there."""
        yield from (prose for prose in (self.right, self.partly, self.wrong) if prose)


@immutable
class Question:
    """One quiz item.

    ``key`` names it in the state: 4 characters for its id and revision; ``former`` are the keys
    that it had before. ``bank`` is the file that it stands in, without folder and ending.
    ``interaction`` is the SCORM 1.2 interaction type, or ``None`` where the LMS is not told.
    ``patterns`` are its SCORM 1.2 correct responses, ``right`` is the right answer for people.
    ``answer`` is what its type in the player judges by; ``room`` is how many letters a response may
    take in the state. ``source`` is the id of the page where it is answered; ``shuffle`` whether
    the order of its options may change, ``separate`` whether the LMS is told of each item by
    itself, ``typed`` whether a response is kept in a trainee's own words. ``material`` is shown
    above the prompt. ``was`` are the ids that it had before; ``usual_answers`` is whether its
    options are texts of the interface. ``undecided`` is whether its author is still unsure which
    answer is right, so that none is; ``doubts`` are what nobody has decided yet, in sentences.
    ``reveal``: whether the right answer is shown with every answer or never; ``None`` is once a
    trainee has tried.
    """

    id: str
    key: str
    type: str
    bank: str
    interaction: str | None
    revision: int
    weight: float
    prompt: Prose
    hint: Prose | None
    options: tuple[Option, ...]
    items: tuple[Item, ...]
    scored: bool
    patterns: tuple[str, ...]
    right: str
    answer: Mapping[str, Json]
    room: int
    feedback: Feedback
    explanation: Prose | None
    quotation: Quotation | None
    tags: tuple[str, ...]
    retired: tuple[str, ...]
    source: str | None = None
    shuffle: bool = False
    separate: bool = False
    typed: bool = False
    material: Document | None = None
    former: Former = NO_FORMER
    was: tuple[str, ...] = ()
    usual_answers: bool = False
    undecided: bool = False
    doubts: tuple[str, ...] = ()
    reveal: Literal["always", "never"] | None = None

    def prose(self) -> Iterator[Prose]:
        """Every text of the question that may hold links, images and variables."""
        if self.material:
            yield from (block for block in self.material.walk() if isinstance(block, Prose))
        yield self.prompt
        if self.hint:
            yield self.hint
        for item in self.items:
            yield item.text
            if item.feedback:
                yield item.feedback
        for option in self.options:
            yield option.text
            if option.feedback:
                yield option.feedback
        yield from self.feedback.prose()
        if self.explanation:
            yield self.explanation


@immutable
class Fault:
    """A rule of a type that a question breaks: the code, the part at fault, the message's words."""

    code: str
    steps: tuple[Step, ...]
    words: dict[str, str]


S = TypeVar("S", bound=QuestionShape)


@immutable
class Answering:
    """How a question of one type is answered and judged; the fields are those of ``Question``.

    ``interaction`` is for a type that does not itself name one.
    """

    room: int
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


@immutable
class QuestionType(Generic[S]):
    """One row of the table of types.

    ``interaction`` is the SCORM 1.2 type as which answers are reported; ``None`` leaves that to
    each question. ``faults`` are what the shape alone cannot say; ``answering`` what becomes of a
    shape without faults, with the interface's texts at hand for answers that the author does not
    write. Options and items stand under ``options_key`` and ``items_key`` of the question.
    """

    name: str
    interaction: str | None
    shape: type[S]
    faults: Callable[[S], Iterator[Fault]]
    answering: Callable[[S, Mapping[str, str]], Answering]
    options_key: str = "options"
    items_key: str = "items"
