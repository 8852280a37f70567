"""The parts that all question types share."""

# Without “from __future__ import annotations”: the annotations are evaluated, and strings would
# have to be compiled.
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Annotated, Any, Generic, Literal, Protocol, TypeGuard, TypeVar

from builder.base.immutable import immutable
from builder.course.keys import NO_FORMER, Former
from builder.course.markdown import Document, Prose
from builder.course.shaping import Before, Limits, Pattern, Shape, Shorthand
from builder.course.sources import Step

Json = Any
"""A value that can be written as JSON."""

ID_PATTERN = r"^[a-z0-9][a-z0-9-]{0,63}$"
OPTION_ID_PATTERN = r"^[a-z0-9]$"

Id = Annotated[str, Pattern(ID_PATTERN)]
"""An id: 1–64 lower-case letters, digits and hyphens; safe in a URL and in a CMIIdentifier."""

OptionId = Annotated[str, Pattern(OPTION_ID_PATTERN)]
"""The id of an option: one character a–z or 0–9, as SCORM 1.2 reports a choice."""

VISIBLE_PATTERN = (
    r"[^\s"
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""One visible character: no white space, none of Unicode's Default_Ignorable_Code_Point
(DerivedCoreProperties.txt), no Braille blank."""
_VISIBLE = re.compile(VISIBLE_PATTERN)


def visible(text: str) -> bool:
    """Whether a text contains anything that can be seen or read out."""
    return bool(_VISIBLE.search(text))


Text = Annotated[str, Pattern(VISIBLE_PATTERN, strip=True, filled=True)]


def as_list(value: object) -> object:
    """Wrap a single text into a list of one."""
    return (value,) if isinstance(value, str) else value


Texts = Annotated[tuple[Text, ...], Before(as_list), Shorthand(Text)]
"""A list of texts, or one text as a list of one."""

Ids = Annotated[tuple[Id, ...], Before(as_list), Shorthand(Id)]
"""A list of ids, or one id as a list of one."""

OptionIds = Annotated[tuple[OptionId, ...], Before(as_list), Shorthand(OptionId)]
"""A list of option ids, or one id as a list of one."""


# The player adds weights in hundredths, so a smaller weight would count nothing.
Weight = Annotated[float, Limits(ge=0.01, le=100, multiple_of=0.01)]
"""How much a question counts in its quiz, or a quiz in the course."""


class QuotedShape(Shape):
    """Something that can quote the course as its reason."""

    source: Id | None = None
    """The id of the page that has the answer."""
    quote: Texts | None = None
    """Words quoted from that page, which the builder checks; write “ … ” for words left
    out."""


class ItemShape(Shape):
    """One of several things that a question asks about, such as a statement to agree with."""

    id: OptionId
    """One letter a–z or digit, which reports in the LMS use: never give it to another item."""
    text: Text
    """What trainees read: one line of Markdown."""


class PlacedItemShape(ItemShape, QuotedShape):
    """An item that has a right place."""

    feedback: Text | None = None
    """Feedback for trainees who did not get this item right."""

    def as_option(self, correct: bool = False) -> "OptionShape":
        """Convert an item to an answer option, for types whose items are the answers."""
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
    """Feedback for trainees who chose this option: why it is right or wrong."""


class FeedbackShape(Shape):
    """The feedback for a whole answer."""

    right: Text | None = None
    """Feedback for a right answer."""
    partly: Text | None = None
    """Feedback for a partly right answer."""
    wrong: Text | None = None
    """Feedback for any other answer."""


class QuestionShape(QuotedShape):
    """The keys that every type of question has."""

    id: Id
    """The question's permanent id: progress and reports use it. Lower-case letters, digits and
    hyphens."""
    type: str
    """How trainees answer."""
    prompt: Text
    """The question itself: one line of Markdown."""
    material: Text | None = None
    """What the question is about, shown above the prompt: Markdown with paragraphs, lists, tables,
    images and blocks that show something."""
    hint: Text | None = None
    """Help that trainees may open before they answer."""
    feedback: FeedbackShape = FeedbackShape()
    """The feedback for a right answer, for a partly right one, and for any other."""
    explanation: Text | None = None
    """Why the right answer is right: shown after every answer."""
    tags: Ids = ()
    """Groups that a quiz may draw from."""
    was: Ids = ()
    """Earlier ids of the question: trainees keep the answers that they gave under them."""
    retired: OptionIds = ()
    """Ids of deleted options: old reports in the LMS still have them."""
    unsure: Texts = ()
    """What is undecided about the question, in one or more sentences, such as which answer is
    right. Until it is deleted, the package is a draft, and a question without a right answer is
    asked but not scored."""
    weight: Weight = 1
    """How much the question counts in its quiz: 0.01 to 100, in hundredths."""
    revision: Annotated[int, Limits(ge=1, le=9999)] = 1
    """Raise it only if trainees must answer again."""


class JudgedShape(QuestionShape):
    """A question of which an answer can be shown to be right."""

    reveal: Literal["always", "never"] | None = None
    """When the right answer is shown: `always`, after every answer, or `never`. If left out: in
    practice after the second wrong answer, in a quiz once no more points can be earned."""


@immutable
class Quotation:
    """A quotation from the course, with the id of its page.

    ``parts`` occur on the page in this order; `` … `` in a part stands for words left out.
    """

    page: str
    parts: tuple[str, ...]


@immutable
class Option:
    """One answer to choose from; ``id`` is reported to the LMS, whatever the order shown."""

    id: str
    text: Prose
    correct: bool
    feedback: Prose | None
    quotation: Quotation | None


@immutable
class Item:
    """One of several things that a question asks about; ``id`` is reported to the LMS.

    ``feedback`` and ``quotation`` are shown to trainees who did not answer it right.
    """

    id: str
    text: Prose
    feedback: Prose | None = None
    quotation: Quotation | None = None


@immutable
class Feedback:
    """The feedback to a right answer, a partly right one, and any other."""

    right: Prose | None = None
    partly: Prose | None = None
    wrong: Prose | None = None

    def prose(self) -> Iterator[Prose]:
        """Every feedback text that exists."""
        yield from (prose for prose in (self.right, self.partly, self.wrong) if prose)


@immutable
class Question:
    """One quiz item.

    - ``key``: its name in the state, 4 characters for id and revision; ``former``: its earlier
      keys.
    - ``bank``: its file, without folder and extension.
    - ``interaction``: the SCORM 1.2 interaction type; ``None`` if it is not reported to the LMS.
    - ``patterns``: its SCORM 1.2 correct responses; ``right``: the right answer for people.
    - ``answer``: the data by which its type in the player judges.
    - ``room``: the maximum number of letters of a response in the state.
    - ``source``: the id of the page with the answer.
    - ``shuffle``: whether its options may be shuffled.
    - ``separate``: whether each item is reported to the LMS by itself.
    - ``typed``: whether a response is the trainee's own text.
    - ``material``: content shown above the prompt.
    - ``was``: its earlier ids.
    - ``usual_answers``: whether its options are texts of the interface.
    - ``undecided``: the author does not know the right answer yet, so it has none.
    - ``doubts``: what is not decided yet, in sentences.
    - ``reveal``: whether the right answer is always or never shown; ``None``: after the trainee has
      tried.
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
        """Every text of the question that may contain links, images or variables."""
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
    """A rule of a question type that a question breaks: code, faulty part, words for the
    message."""

    code: str
    steps: tuple[Step, ...]
    words: dict[str, str]


S = TypeVar("S", bound=QuestionShape)


@immutable
class Answering:
    """How a question of one type is answered and judged; the fields are those of ``Question``.

    ``interaction`` is used by types that do not have one interaction type for all questions.
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
