"""The question types of a sheet: a ``SheetType`` for each word of the column “Type”.

A ``SheetType`` has everything that a sheet needs for a type, except how its cells are read: that is
in ``builder/importing/banks/sheets/answers.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from builder.exporting.spreadsheet import languages
from builder.exporting.spreadsheet.columns import (
    FEEDBACK,
    FORGIVE,
    KEEP,
    LIMIT,
    OPTION,
    PARTIAL,
    REPORT,
    RIGHT,
    SHUFFLE,
    STATEMENTS,
    TOLERANCE,
    UNIT,
    Column,
    plain,
)

if TYPE_CHECKING:
    from builder.course.questions import Question


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a question with the cells that belong to it.

    ``right``: whether it is a right option of a choice, or a required step of a performance.
    ``match``: for an item of a matching question, the option that belongs to it; ``text`` is empty
    for an option without an item.
    """

    text: str
    right: bool = False
    feedback: str = ""
    match: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A question as a sheet contains it. All its texts are either plain text or, if ``markdown`` is
    set, Markdown.

    Texts may have several lines. ``options`` are the options of a choice, pairs of a matching,
    items of a sequencing in the correct order, steps of a performance, or the scale of a likert.
    ``answers`` are the answers of a fill-in, ``true`` or ``false``, or a number: ``2 to 5``, ``at
    least 2``, ``at most 5``, with a decimal point. ``settings`` are the values of further columns,
    such as ``{UNIT: "days"}``.
    """

    type: str
    prompt: str
    id: str = ""
    category: str = ""
    above: str = ""
    several: bool = False
    options: tuple[Option, ...] = ()
    answers: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    explanation: str = ""
    right: str = ""
    partly: str = ""
    wrong: str = ""
    hint: str = ""
    tags: tuple[str, ...] = ()
    points: str = ""
    partial: bool = False
    undecided: tuple[str, ...] = ()
    markdown: bool = False
    settings: Mapping[Column, str] | None = None


Written = Mapping[str, Any]
"""A question as its author wrote it in a YAML file."""


@dataclass(frozen=True, slots=True)
class SheetType:
    """A word of the column “Type”, and what a sheet needs for questions of that type.

    ``type`` is the type in a course. ``right`` and ``options`` are the instructions for those
    columns. ``example`` is the example question in a new sheet. ``also`` has words of other
    programs that mean the same, normalised by ``plain`` and separated by spaces.

    ``columns`` are the columns that only some types have, and this type uses. ``several`` is
    whether trainees may choose several options; ``None`` if the number of right answers decides.
    ``judged`` is whether answers are right or wrong. ``limits`` are the smallest and the greatest
    value in the column “Limit”.

    For export, ``right_options`` is the key in ``Question.answer`` with the ids of right options;
    ``answers`` returns the right answer of types without right options.
    """

    word: str
    type: str
    right: str = ""
    options: str = ""
    columns: tuple[Column, ...] = ()
    several: bool | None = None
    judged: bool = True
    limits: tuple[int, int] = (0, 0)
    right_options: str = ""
    answers: Callable[[Question, Written], Sequence[str]] = lambda question, written: ()
    also: str = ""
    example: Entry | None = None


def _truth(question: Question, written: Written) -> Sequence[str]:
    """The right answer of a true-false question: ``true`` or ``false``; empty if it is
    undecided."""
    return () if question.undecided else (str(question.right == "t").lower(),)


def _accepted(question: Question, written: Written) -> Sequence[str]:
    """The accepted texts of a fill-in question."""
    return tuple(question.answer["accepted"])


def _number(question: Question, written: Written) -> Sequence[str]:
    """The correct answer of a numeric question: a number, or a range such as ``2 to 5``."""
    if "answer" in written:
        return (str(written["answer"]),)
    least, most = written.get("min"), written.get("max")
    if least is not None and most is not None:
        return (f"{least} to {most}",)
    if least is not None:
        return (f"at least {least}",)
    return () if most is None else (f"at most {most}",)


_SAFETY, _ABOUT = "Fire safety", "About you"
"""Categories of the example questions."""

SHEET_TYPES = (
    SheetType(
        "single answer",
        "choice",
        right="The letter of the right option: B",
        options="What there is to choose from",
        columns=(RIGHT, OPTION, FEEDBACK, SHUFFLE),
        several=False,
        right_options="right",
        also="singlechoice singleselect oneanswer onechoice radio radiobuttons dropdown",
        example=Entry(
            "choice",
            "What do you do first when the alarm rings?",
            id="alarm-first",
            category=_SAFETY,
            options=(
                Option("Finish the sentence", feedback="Whatever it is, it can wait."),
                Option("Leave by the nearest exit", right=True, feedback="At once."),
                Option("Fetch your coat", feedback="Whatever you leave behind can be replaced."),
            ),
            explanation="The green signs lead to the nearest exit.",
            hint="Look for a green sign.",
            tags=("alarm",),
        ),
    ),
    SheetType(
        "multiple answers",
        "choice",
        right="The letters of all right options: A, C",
        options="What there is to choose from. Partial credit: yes, if some of the right ones earn "
        "points",
        columns=(RIGHT, OPTION, FEEDBACK, SHUFFLE),
        several=True,
        right_options="right",
        also="multipleanswer severalanswers multipleresponse multipleselect multiselect mrq "
        "checkbox checkboxes",
        example=Entry(
            "choice",
            "Which of these are ways out?",
            id="ways-out",
            category=_SAFETY,
            several=True,
            options=(
                Option("The stairs", right=True),
                Option("The lift"),
                Option("The door at the back", right=True),
            ),
            explanation="In a fire a lift may stop between two floors.",
            points="2",
            partial=True,
        ),
    ),
    SheetType(
        "true-false",
        "true-false",
        right="true or false",
        options="Empty",
        columns=(RIGHT,),
        answers=_truth,
        also="trueorfalse tf yesno truefalsequestion",
        example=Entry(
            "true-false",
            "A green sign shows the way out.",
            id="green-sign",
            category=_SAFETY,
            answers=("true",),
            explanation="Red signs show equipment to fight a fire.",
            right="Yes: green is safety.",
            wrong="It does: look at the next one that you pass.",
        ),
    ),
    SheetType(
        "fill-in",
        "fill-in",
        right="Each answer that is right, on lines of its own (Alt+Enter)",
        options="Empty, or more answers that are right",
        columns=(RIGHT, OPTION, FORGIVE, LIMIT),
        limits=(10, 765),
        answers=_accepted,
        also="fillintheblank fillintheblanks fillinblank fillinthegap fib blank shortanswer "
        "shorttext typein",
        example=Entry(
            "fill-in",
            "What do you break to ring the alarm?",
            id="break-to-ring",
            category=_SAFETY,
            answers=("glass", "the glass"),
            explanation="The glass of the red box beside the door.",
        ),
    ),
    SheetType(
        "numeric",
        "numeric",
        right="A number with a decimal point: 2.5; or “2 to 5”, “at least 2”, “at most 5”",
        options="Empty. Tolerance: how far from the number is still right",
        columns=(RIGHT, TOLERANCE, UNIT),
        answers=_number,
        also="number numerical",
        example=Entry(
            "numeric",
            "How many minutes does the battery of the emergency light last?",
            id="emergency-light",
            category=_SAFETY,
            answers=("60",),
            explanation="Long enough to empty the building several times.",
            settings={TOLERANCE: "5", UNIT: "minutes"},
        ),
    ),
    SheetType(
        "matching",
        "matching",
        right="Empty",
        options="A pair in each: Green -> Way out. “-> Danger” is only there to choose. Where -> "
        "belongs to the words: \\->",
        columns=(OPTION, FEEDBACK, PARTIAL),
        also="match pairs draganddrop matchingpairs",
        example=Entry(
            "matching",
            "What do the signs mean?",
            id="signs",
            category=_SAFETY,
            options=(
                Option("Green", match="The way out", feedback="Green is the way to safety."),
                Option("Red", match="Equipment to fight a fire"),
                Option("", match="Something that you must not do"),
            ),
            explanation="Signs of one colour have one meaning everywhere.",
            partial=True,
        ),
    ),
    SheetType(
        "sequencing",
        "sequencing",
        right="Empty",
        options="The items in their right order",
        columns=(OPTION, FEEDBACK, PARTIAL),
        also="sequence order ordering ranking sorting",
        example=Entry(
            "sequencing",
            "Put into order what you do when you see a fire.",
            id="what-comes-first",
            category=_SAFETY,
            options=(
                Option("Ring the alarm"),
                Option("Leave the building"),
                Option("Wait at the meeting point"),
            ),
            explanation="People before things.",
        ),
    ),
    SheetType(
        "likert",
        "likert",
        right="Empty: no answer is right or wrong",
        options="Empty for “strongly disagree” to “strongly agree”, or a scale of your own. "
        "Statements: what is agreed with, on lines of their own",
        columns=(OPTION, FEEDBACK, STATEMENTS),
        judged=False,
        also="likertscale scale rating survey",
        example=Entry(
            "likert",
            "How far do you agree?",
            id="how-safe",
            category=_ABOUT,
            statements=("I know the way out.", "I know who is my first-aider."),
        ),
    ),
    SheetType(
        "performance",
        "performance",
        right="The letters of the steps that are needed; empty if nothing is scored",
        options="The steps of the task",
        columns=(RIGHT, OPTION, FEEDBACK),
        judged=False,
        right_options="needed",
        also="task steps checklist practicaltask",
        example=Entry(
            "performance",
            "Walk the way out from your desk.",
            id="walk-the-way",
            category=_ABOUT,
            options=(
                Option("I have found the nearest exit", right=True),
                Option("I have stood at the meeting point", right=True),
                Option("I have looked for a second way"),
            ),
            explanation="The second way is for the day when the first one is blocked.",
        ),
    ),
    SheetType(
        "reflection",
        "reflection",
        right="What trainees read after they have written; or empty",
        options="Empty",
        columns=(LIMIT, KEEP, REPORT),
        judged=False,
        limits=(50, 2000),
        also="essay freetext longtext openended openquestion opentext longanswer",
        example=Entry(
            "reflection",
            "What would you do differently now?",
            id="differently-now",
            category=_ABOUT,
        ),
    ),
)
"""The types that a sheet offers, in the order in which its instructions explain them."""
CHOICE = SheetType(
    "choice",
    "choice",
    columns=(RIGHT, OPTION, FEEDBACK, SHUFFLE),
    also="multiplechoice mcq mc multichoice quiz",
)
"""The type of a choice in sheets of other programs, which do not say whether several options are
right."""

_MAX_LENGTH = 40
"""Maximum number of characters of a word that is compared with the words for types."""
_ALL = (*SHEET_TYPES, CHOICE)
_BY_FOREIGN_WORD = {
    plain(word): one for one in _ALL for word in languages.words(languages.TYPES.get(one.word, ""))
}
_BY_FOREIGN_WORD.pop("", None)
_BY_WORD = {
    **_BY_FOREIGN_WORD,
    **{name: one for one in _ALL for name in (plain(one.word), *one.also.split())},
}


def find_type(written: str) -> SheetType | None:
    """The type that a cell of the column “Type” names, in any spelling variant; ``None`` if
    unknown."""
    return _BY_WORD.get(plain(written))


# Cached, since a misspelled word is often copied down the column.
@lru_cache(maxsize=64)
def nearest_type(written: str) -> SheetType | None:
    """The type whose name is most similar to a misspelled word; ``None`` if none is similar."""
    # Imported here, since most sheets do not need it.
    from difflib import get_close_matches

    word = plain(written)
    near = get_close_matches(word, _BY_WORD, n=1, cutoff=0.8) if len(word) <= _MAX_LENGTH else []
    return _BY_WORD[near[0]] if near else None


def type_of(name: str, several: bool = False) -> SheetType:
    """The ``SheetType`` for the question type ``name`` of courses; ``several`` is whether trainees
    may choose several options."""
    return next(one for one in SHEET_TYPES if one.type == name and one.several in (None, several))
