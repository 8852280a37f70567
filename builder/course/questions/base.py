"""What all question types share: the shapes of the keys that authors write, and the model of a
valid question.

A question is saved by its key (``builder.course.keys``). Lengths of saved answers are counted in
letters, the six-bit units of the saved state (``builder.course.letters``).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from builder.base.immutable import immutable
from builder.course.keys import NO_FORMER, Former
from builder.course.markdown import Document, Prose
from builder.course.shaping import Before, Limits, Pattern, Shape, Shorthand

# Without “from __future__ import annotations”: shapes evaluate the annotations, and strings would
# have to be compiled first.


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
"""Matches one visible character: not white space, not one of Unicode's Default_Ignorable_Code_Point
(DerivedCoreProperties.txt), not the Braille blank."""
_VISIBLE = re.compile(VISIBLE_PATTERN)


def visible(text: str) -> bool:
    """Whether a text contains a character that can be seen or read out."""
    return bool(_VISIBLE.search(text))


Text = Annotated[str, Pattern(VISIBLE_PATTERN, strip=True, filled=True)]


def as_list(value: object) -> object:
    """Wrap a single text in a tuple; any other value stays unchanged."""
    return (value,) if isinstance(value, str) else value


Texts = Annotated[tuple[Text, ...], Before(as_list), Shorthand(Text)]
"""A list of texts, or one text as a list of one."""

Ids = Annotated[tuple[Id, ...], Before(as_list), Shorthand(Id)]
"""A list of ids, or one id as a list of one."""

OptionIds = Annotated[tuple[OptionId, ...], Before(as_list), Shorthand(OptionId)]
"""A list of option ids, or one id as a list of one."""


# The player adds up weights in hundredths, so a smaller weight would count as 0.
Weight = Annotated[float, Limits(ge=0.01, le=100, multiple_of=0.01)]
"""How much a question counts in its quiz, or a quiz in the course."""


class QuotedShape(Shape):
    """A question, option or item for which authors can quote the course as the reason."""

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
        """Convert an item to an answer option, for question types whose items are the answers."""
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
    """The keys of a question that has right and wrong answers."""

    reveal: Literal["always", "never"] | None = None
    """When the right answer is shown: `always`, after every answer, or `never`. If left out: in
    practice after the second wrong answer, in a quiz once no more points can be earned."""


@immutable
class Quotation:
    """A quotation from the course, with the id of the quoted page.

    ``parts`` occur on the page in this order; `` … `` in a part marks omitted words.
    """

    page: str
    parts: tuple[str, ...]


@immutable
class Option:
    """One answer to choose from; ``id`` is reported to the LMS, so shuffling does not change
    reports."""

    id: str
    text: Prose
    correct: bool
    feedback: Prose | None
    quotation: Quotation | None


@immutable
class Item:
    """One of several things that a question asks about, such as a statement; ``id`` is reported to
    the LMS.

    ``feedback`` and ``quotation`` are shown to trainees who answered this item wrong.
    """

    id: str
    text: Prose
    feedback: Prose | None = None
    quotation: Quotation | None = None


@immutable
class Feedback:
    """The feedback on a right answer, on a partly right answer, and on any other answer; ``None``
    for none."""

    right: Prose | None = None
    partly: Prose | None = None
    wrong: Prose | None = None

    def prose(self) -> Iterator[Prose]:
        """Yield the feedback texts that exist."""
        yield from (prose for prose in (self.right, self.partly, self.wrong) if prose)


@immutable
class Question:
    """A question of a valid course, for practice or for a quiz.

    - ``key``: 4 characters, a hash of id and revision, that name the question in the saved state;
      ``former``: its earlier keys.
    - ``type``: a key of ``TYPES``.
    - ``bank``: the name of its file, without folder and extension.
    - ``interaction``: the SCORM 1.2 interaction type; ``None`` if answers are not reported to the
      LMS.
    - ``weight``: how much the question counts in its quiz.
    - ``patterns``: the correct responses in the form that SCORM 1.2 reports; ``right``: the right
      answer as text for people.
    - ``answer``: the answer key: data from which the player judges a response; its form depends on
      the type.
    - ``room``: the maximum length of a response in the saved state, in letters.
    - ``quotation``: words of the course that support the right answer.
    - ``tags``: names by which a quiz may draw the question; ``retired``: ids of deleted options.
    - ``source``: the id of the page with the answer.
    - ``shuffle``: whether its options may be shuffled.
    - ``separate``: whether each item is reported to the LMS as an interaction of its own.
    - ``typed``: whether a response is the trainee's own text.
    - ``material``: content shown above the prompt.
    - ``was``: its earlier ids.
    - ``usual_answers``: whether its options are the default scale of agreement, whose texts come
      from the player's interface rather than from the author.
    - ``undecided``: whether the author has not decided on the right answer yet, so that the
      question is not scored.
    - ``doubts``: what the author has not decided yet, in sentences.
    - ``reveal``: when the right answer is shown; ``None`` for the player's default.
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
        """Yield every text of the question that may contain links, images or variables."""
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


_LEFT_OUT = re.compile(r" (?:…|\.\.\.) ")
_QUOTE_STYLES = str.maketrans("‘’“”\u00a0", "''\"\" ")


def comparable(text: str) -> str:
    """A text with single spaces and straight quotation marks, so that texts that differ only in
    these can be compared."""
    return " ".join(text.translate(_QUOTE_STYLES).split())


def pieces(quote: str) -> list[str]:
    """Split a quotation at each `` … ``, which marks omitted words."""
    return _LEFT_OUT.split(" ".join(quote.split()))
