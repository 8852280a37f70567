"""The columns of a sheet of questions, in which each row is a question.

A sheet has the columns that its questions need, in any order. Headings are compared by their
letters and digits only: “Right answer”, “RIGHT_ANSWER” and “right answer:” are the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase
from typing import Literal

from builder.exporting.spreadsheet import languages

Part = Literal["option", "feedback"]


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A column of a sheet of questions.

    ``head`` is the heading that exports write, ``about`` explains the column to authors. ``also``
    has headings of other programs that mean the same, normalised by ``plain`` and separated by
    spaces. ``width`` is in characters. ``choices`` are the only values that a workbook allows in
    the column's cells; empty if any value is allowed.
    """

    head: str
    about: str
    also: str = ""
    width: int = 12
    choices: tuple[str, ...] = ()


ID = Column(
    "ID",
    "A name that stays, such as fire-exit: small letters, digits, hyphens. If it is empty, it is "
    "made of the question's words.",
    also="questionid name questionname identifier code",
    width=16,
)
CATEGORY = Column(
    "Category",
    "The quiz that asks this question, and a tag of it. Rows of one category need not stand "
    "together.",
    also="topic section module chapter quiz group pool bank questionbank",
    width=18,
)
TYPE = Column(
    "Type", "How it is answered: choose from the list.", also="questiontype kind", width=17
)
QUESTION = Column(
    "Question",
    "What is asked.",
    also="questiontext prompt stem questionstem questionprompt questiontitle",
    width=44,
)
ABOVE = Column(
    "Text above",
    "What is to be read before the question, such as a case. An empty line begins a paragraph.",
    also="introduction intro material case scenario passage context",
    width=44,
)
RIGHT = Column(
    "Right answer",
    "The letter of the right option, or several with commas: A, C. Of true-false: true or false. "
    "Of fill-in: each answer that is right, on lines of its own (Alt+Enter). Of numeric: a number, "
    "“2 to 5”, “at least 2” or “at most 5”. Of performance: the letters of the steps that are "
    "needed. Of reflection: what trainees read afterwards. Empty for the other types.",
    also="rightanswers rightoption rightoptions right correctanswer correctanswers "
    "correctoption correctoptions correctresponse correctresponses correctchoice correct "
    "answer answers answerkey key solution modelanswer modelanswers sampleanswer",
    width=18,
)
OPTION = Column(
    "Option",
    "What there is to choose from, a cell each. Of fill-in: more answers that are right. Of "
    "matching: pairs, “Green -> Way out”; “-> Danger” is only there to choose. Of sequencing: the "
    "items in their right order. Of performance: the steps. Of likert: the scale, unless it is the "
    "usual one of agreement.",
    width=24,
)
FEEDBACK = Column(
    "Feedback", "What those read who chose this option, or did not get this item right.", width=30
)
TOLERANCE = Column(
    "Tolerance", "Of numeric: how far from the number is still right.", also="margin plusminus"
)
UNIT = Column("Unit", "Of numeric: what is counted, such as days.", also="units")
STATEMENTS = Column(
    "Statements",
    "Of likert: what trainees agree with or not, on lines of their own (Alt+Enter).",
    also="statement",
    width=34,
)
POINTS = Column(
    "Points",
    "How much it counts in its quiz: 1 if it is empty.",
    also="point weight score mark marks grade defaultmark defaultgrade",
)
PARTIAL = Column(
    "Partial credit",
    "yes: an answer that is right in part earns a part of the points.",
    also="partial credit partialcredits partialpoints",
    choices=("yes", "no"),
)
EXPLANATION = Column(
    "Explanation",
    "Why the right answer is right: shown after every answer.",
    also="rationale why feedback generalfeedback justification answerexplanation",
    width=40,
)
WHEN_RIGHT = Column(
    "Feedback right",
    "What those read who are right.",
    also="feedbackcorrect rightfeedback correctfeedback feedbackifright feedbackifcorrect",
    width=30,
)
WHEN_PARTLY = Column(
    "Feedback partly",
    "What those read who are right in part.",
    also="partlyfeedback partialfeedback feedbackpartial feedbackpartlyright "
    "partiallycorrectfeedback feedbackpartiallycorrect",
    width=30,
)
WHEN_WRONG = Column(
    "Feedback wrong",
    "What all others read.",
    also="feedbackincorrect wrongfeedback incorrectfeedback feedbackifwrong feedbackifincorrect",
    width=30,
)
HINT = Column(
    "Hint", "Help that trainees may open before they answer.", also="hints clue", width=30
)
TAGS = Column(
    "Tags",
    "Groups that a quiz may draw from, with commas.",
    also="tag keywords keyword labels label",
    width=18,
)
SHUFFLE = Column(
    "Shuffle",
    "no: the options keep their order, as with one that says “All of these”.",
    also="shuffleoptions shuffleanswers randomise randomize",
    choices=("yes", "no"),
)
FORGIVE = Column(
    "Forgive",
    "Of fill-in: what does not matter: capitals, spaces, accents, or nothing. Capitals and spaces "
    "if it is empty.",
    also="ignore",
)
LIMIT = Column(
    "Limit",
    "Of fill-in and reflection: characters of an answer.",
    also="characters maxlength lengthlimit",
)
KEEP = Column(
    "Keep words",
    "Of reflection: no, and not a word is kept or sent.",
    also="keep",
    choices=("yes", "no"),
)
REPORT = Column(
    "Report as",
    "For reflections: fill-in or performance. The text is then sent to the learning system.",
    also="report",
    choices=("none", "fill-in", "performance"),
)
REVEAL = Column(
    "Reveal",
    "always or never: whether the right answer is shown with every answer.",
    also="showrightanswer showanswer",
    choices=("always", "never"),
)
SOURCE = Column(
    "Source",
    "Where the answer can be read: the id or the title of a page of the course. Anything else is "
    "listed, for people.",
    also="reference sources references page",
)
UNDECIDED = Column(
    "Undecided",
    "What nobody has decided yet, in a sentence. Until it is deleted the course is a draft.",
    also="unsure open tobedecided todo",
    width=30,
)
FORMAT = Column(
    "Text format",
    "markdown: the texts of this row are Markdown, with *emphasis*, **strong** and [links](…). "
    "Otherwise they are shown unchanged.",
    also="format textformat markup",
    choices=("plain", "markdown"),
)

OPTIONS = Column(
    "Options",
    "All options of a question in one cell, instead of a column for each: on lines, or separated "
    "by “|”, “;” or commas.",
    also="choices alternatives answeroptions answerchoices possibleanswers responses optionlist",
)
FRACTION = Column(
    "Fraction", "What this option earns, in percent, instead of the column of the right answer."
)
FRACTIONS = Column(
    "Fractions",
    "What each option earns, in percent, in one cell: 100; 0; 0.",
    also="fraction percentages",
)
ONLY_READ = (OPTIONS, FRACTIONS)
"""Columns that sheets of other programs have, and that exports do not write."""

BEFORE = (ID, CATEGORY, TYPE, QUESTION, ABOVE, RIGHT)
"""The columns before the columns of the options."""
BEHIND = (
    EXPLANATION,
    POINTS,
    TAGS,
    HINT,
    WHEN_RIGHT,
    WHEN_PARTLY,
    WHEN_WRONG,
    PARTIAL,
    TOLERANCE,
    UNIT,
    STATEMENTS,
    SHUFFLE,
    FORGIVE,
    LIMIT,
    KEEP,
    REPORT,
    REVEAL,
    SOURCE,
    UNDECIDED,
    FORMAT,
)
"""The columns after the columns of the options. The columns of the options' feedback come after the
first seven."""

LABELS = (*ascii_uppercase, *(str(digit) for digit in range(27, 37)))
"""The labels of options by index, as in the heading “Option A”: A to Z, then 27 to 36. A question
has at most 36 options."""

_OPTION_WORDS = (
    r"option|answeroption|answerchoice|answer|choice|response|alternative|item|pair|step"
)
_OPTION_WORDS += rf"|{languages.OPTION}"
_FEEDBACK_WORDS = rf"(?:feedback|comment|{languages.FEEDBACK})"
_PLACE = rf"(?P<letter>[a-z{''.join(languages.LETTERS)}])|(?P<number>[1-9][0-9]?)"
_OPTION = re.compile(rf"(?:{_OPTION_WORDS})?(?:{_PLACE})")
_OPTIONS_FEEDBACK = re.compile(rf"{_FEEDBACK_WORDS}(?:for|on|to)?(?:{_OPTION_WORDS})?(?:{_PLACE})")
_FEEDBACK_AFTER = re.compile(rf"(?:{_OPTION_WORDS})?(?:{_PLACE}){_FEEDBACK_WORDS}")
_FRACTION_WORDS = r"(?:fraction|percent(?:age)?)"
_FRACTION = re.compile(rf"{_FRACTION_WORDS}(?:for|of)?(?:{_OPTION_WORDS})?(?:{_PLACE})")
_FRACTION_AFTER = re.compile(rf"(?:{_OPTION_WORDS})?(?:{_PLACE}){_FRACTION_WORDS}")
_LONE_S = re.compile(r"(?<![a-z])s(?![a-z])", re.IGNORECASE)
_NOTE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\s[-–:]\s.*", re.DOTALL)


def plain(written: str) -> str:
    """Normalise a heading or word for comparison: only letters and digits, in lower case."""
    words = unicodedata.normalize("NFKC", written).casefold()
    return "".join(letter for letter in words if letter.isalnum())


_COLUMNS = (*BEFORE, *BEHIND)
_FOREIGN_HEADS = {
    plain(word): one
    for one in _COLUMNS
    for word in languages.words(languages.HEADS.get(one.head, ""))
}
_BY_HEAD = {
    **_FOREIGN_HEADS,
    **{
        name: one
        for one in (*_COLUMNS, *ONLY_READ)
        for name in (plain(one.head), *one.also.split())
    },
}
_BY_HEAD.pop("", None)
Renamed = Mapping[str, str]
"""Headings whose meaning the author has defined, normalised by ``plain``, each with the heading of
the column that it stands for."""


@dataclass(frozen=True, slots=True)
class Head:
    """The meaning of a heading: its column and, for a column of an option or its feedback, the
    index of the option from 0.

    ``numbered`` is whether the sheet numbers its options, so that the right answer is a number,
    too.
    """

    column: Column
    place: int = 0
    numbered: bool = False

    @property
    def name(self) -> str:
        """The heading of the column as exports write it."""
        if self.column in (OPTION, FEEDBACK, FRACTION):
            return f"{self.column.head} {LABELS[self.place]}"
        return self.column.head


def head_of(written: str, renamed: Renamed | None = None) -> Head | None:
    """Recognise a heading; ``None`` if it names no known column.

    Text in brackets or after a dash is ignored as a note. ``renamed`` are headings whose meaning
    the author has defined.
    """
    if renamed and (renamed_head := renamed.get(plain(written))):
        return head_of(renamed_head)
    written = unicodedata.normalize("NFKC", written)
    for words in (written, _NOTE.sub("", written)):
        name = plain(words)
        column = _BY_HEAD.get(name)
        # “Option S” is the column of an option, and “Options” that of all.
        if column and not (column is OPTIONS and _LONE_S.search(words)):
            return Head(column)
        for pattern, column in (
            (_OPTION, OPTION),
            (_OPTIONS_FEEDBACK, FEEDBACK),
            (_FEEDBACK_AFTER, FEEDBACK),
            (_FRACTION, FRACTION),
            (_FRACTION_AFTER, FRACTION),
        ):
            if (found := pattern.fullmatch(name)) and not _is_plural(found, words):
                return _option_column(found, column)
    return None


def _is_plural(found: re.Match[str], written: str) -> bool:
    """Whether the s at the end of the heading ``written``, such as “Steps”, is a plural, and not
    the letter of an option. ``found`` is the match in which this s is the group ``letter``."""
    return found["letter"] == "s" and not _LONE_S.search(written)


def _option_column(found: re.Match[str], column: Column) -> Head | None:
    if found["letter"]:
        return Head(column, place_of(found["letter"]))
    number = int(found["number"])
    # “Option 27” follows “Option Z” if a sheet uses letters.
    return Head(column, number - 1, numbered=number < 27) if number <= len(LABELS) else None


def place_of(letter: str) -> int:
    """The index from 0 of the option with this letter; -1 if the letter is in no known alphabet."""
    for letters in (ascii_lowercase, *languages.LETTERS):
        if letter.casefold() in letters:
            return letters.index(letter.casefold())
    return -1


def option_head(place: int) -> str:
    """The heading of the column for the option with this index from 0, such as ``Option A``."""
    return f"{OPTION.head} {LABELS[place]}"


def feedback_head(place: int) -> str:
    """The heading of the column for the feedback of the option with this index from 0."""
    return f"{FEEDBACK.head} {LABELS[place]}"


def heads(options: int, feedback: int) -> tuple[str, ...]:
    """All headings in order, with columns for this many options and this many feedback texts of
    options."""
    return (
        *(column.head for column in BEFORE),
        *(option_head(place) for place in range(options)),
        *(column.head for column in BEHIND[:7]),
        *(feedback_head(place) for place in range(feedback)),
        *(column.head for column in BEHIND[7:]),
    )
