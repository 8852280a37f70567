"""The example rows of a new sheet of questions, one of each type."""

from __future__ import annotations

from builder.exporting.spreadsheet import columns
from builder.exporting.spreadsheet.rows import Entry, Option, needed_headings, row

_CATEGORY = "Fire safety"
EXAMPLES = (
    Entry(
        "choice",
        "What do you do first when the alarm rings?",
        id="alarm-first",
        category=_CATEGORY,
        options=(
            Option("Finish the sentence", feedback="Whatever it is, it can wait."),
            Option("Leave by the nearest exit", right=True, feedback="At once."),
            Option("Fetch your coat", feedback="Whatever you leave behind can be replaced."),
        ),
        explanation="The green signs lead to the nearest exit.",
        hint="Look for a green sign.",
        tags=("alarm",),
    ),
    Entry(
        "choice",
        "Which of these are ways out?",
        id="ways-out",
        category=_CATEGORY,
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
    Entry(
        "true-false",
        "A green sign shows the way out.",
        id="green-sign",
        category=_CATEGORY,
        answers=("true",),
        explanation="Red signs show equipment to fight a fire.",
        right="Yes: green is safety.",
        wrong="It does: look at the next one that you pass.",
    ),
    Entry(
        "fill-in",
        "What do you break to ring the alarm?",
        id="break-to-ring",
        category=_CATEGORY,
        answers=("glass", "the glass"),
        explanation="The glass of the red box beside the door.",
    ),
    Entry(
        "numeric",
        "How many minutes does the battery of the emergency light last?",
        id="emergency-light",
        category=_CATEGORY,
        answers=("60",),
        explanation="Long enough to empty the building several times.",
        settings={columns.TOLERANCE: "5", columns.UNIT: "minutes"},
    ),
    Entry(
        "matching",
        "What do the signs mean?",
        id="signs",
        category=_CATEGORY,
        options=(
            Option("Green", match="The way out", feedback="Green is the way to safety."),
            Option("Red", match="Equipment to fight a fire"),
            Option("", match="Something that you must not do"),
        ),
        explanation="Signs of one colour have one meaning everywhere.",
        partial=True,
    ),
    Entry(
        "sequencing",
        "Put into order what you do when you see a fire.",
        id="what-comes-first",
        category=_CATEGORY,
        options=(
            Option("Ring the alarm"),
            Option("Leave the building"),
            Option("Wait at the meeting point"),
        ),
        explanation="People before things.",
    ),
    Entry(
        "likert",
        "How far do you agree?",
        id="how-safe",
        category="About you",
        statements=("I know the way out.", "I know who is my first-aider."),
    ),
    Entry(
        "performance",
        "Walk the way out from your desk.",
        id="walk-the-way",
        category="About you",
        options=(
            Option("I have found the nearest exit", right=True),
            Option("I have stood at the meeting point", right=True),
            Option("I have looked for a second way"),
        ),
        explanation="The second way is for the day when the first one is blocked.",
    ),
    Entry(
        "reflection",
        "What would you do differently now?",
        id="differently-now",
        category="About you",
    ),
)
"""Example questions, which a course can ask as they are."""


def rows() -> tuple[dict[str, str], ...]:
    """The rows of the sheet."""
    return tuple(map(row, EXAMPLES))


def heads() -> tuple[str, ...]:
    """The headings of the sheet: those of the examples, with room for more options."""
    return needed_headings(rows(), options=6)
