"""Writes the key to LMS reports, a CSV file beside the package. It says what the interaction ids,
and the letters in answers, mean."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from builder.course import markdown
from builder.course.markdown import Prose
from builder.course.model import Course, Page
from builder.course.questions import Item, Option, Question
from builder.course.scenarios.model import Scene
from builder.package.artifacts import Plan

HEADINGS = (
    "Interaction",
    "Page",
    "Use",
    "Type",
    "Question",
    "Items",
    "Options",
    "Retired letters",
    "Right answer",
    "Weight",
)
"""The first row of the key; each other row is about one interaction."""
_TRANSLATED = ("Page", "Question", "Items", "Options", "Right answer")
"""The headings of the columns that each translation has too, such as ``Page (pl)``."""

_FORMULA = re.compile("[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
"""Matches the start of a cell that a spreadsheet program would run as a formula."""
_IGNORED_AT_START = ' "\t\r\n\u00a0'
"""Characters that spreadsheets may ignore at the start of a cell."""
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def write(plan: Plan) -> bytes:
    """Make the key to LMS reports as CSV (RFC 4180), in UTF-8 with the BOM that Excel needs.

    There is a row for each interaction that the player may report, in the order of pages and
    questions. An apostrophe protects cells that a spreadsheet program would run as formulas. It
    also protects text after a semicolon: in countries where semicolons separate lists, spreadsheet
    programs split rows there, even within quotation marks. The texts of each translation are in
    columns after those of the source language.
    """
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    for row in _with_translations(plan):
        table.writerow([_escape_formulas(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def interaction_id(page: Page, question: Question, part: str = "") -> str:
    """The id under which the player reports an answer (``templates/player/lms/interactions.ts``).

    ``part`` is the id of an item that is reported separately, or empty. The id is a CMIIdentifier
    (facts/scorm-1.2.md#data-types) of at most 133 characters, of 255 that are allowed: the ids of
    page and question have up to 64 characters each, ``part`` has one.
    """
    return "--".join(filter(None, (page.id, question.id, part)))


def decision_id(page: Page, scene: Scene) -> str:
    """The id under which the player reports the first decision in a scene: a CMIIdentifier with the
    ids of the page and the scene, which no practice question of the page has."""
    return f"{page.id}--{scene.id}"


def _with_translations(plan: Plan) -> Iterator[tuple[str, ...]]:
    others = [one.course for one in plan.translations]
    columns = [HEADINGS.index(heading) for heading in _TRANSLATED]
    yield (
        *HEADINGS,
        *(f"{heading} ({one.language})" for one in others for heading in _TRANSLATED),
    )
    # Every language has the same interactions, in the same order.
    for row, *translated in zip(_rows(plan.course), *map(_rows, others), strict=True):
        yield (*row, *(one[column] for one in translated for column in columns))


def _rows(course: Course) -> Iterator[tuple[str, ...]]:
    words = _TextFormatter(course)
    for page in course.pages:
        scored = "test-out" if page.covers else "quiz"
        for use, questions in (("practice", page.checks), (scored, page.quiz)):
            for question in questions:
                if question.interaction:
                    yield from words.rows(page, use, question)
        for scene in page.scenes():
            if scene.choices:
                yield words.decision(page, scene)


class _TextFormatter:
    """Formats the rows of the key, with each text in one line as trainees read it."""

    def __init__(self, course: Course) -> None:
        unset = course.texts["page.unset"]
        self.values = {
            name: unset if variable.value is None else variable.value
            for name, variable in course.variables.items()
        }

    def text_of(self, prose: Prose) -> str:
        return " ".join(markdown.plain(prose, self.values).split())

    def rows(self, page: Page, use: str, question: Question) -> Iterator[tuple[str, ...]]:
        """The rows of a question in the key: one, or one per item if items are reported separately.

        ``use`` is ``practice``, ``quiz`` or ``test-out``. A row has a cell for each heading.
        """
        prompt = self.text_of(question.prompt)
        if not question.separate:
            yield self.row(page, use, question, "", prompt, question.items)
            return
        for item in question.items:
            words = f"{prompt} – {self.text_of(item.text)}"
            yield self.row(page, use, question, item.id, words, ())

    def row(
        self,
        page: Page,
        use: str,
        question: Question,
        part: str,
        asked: str,
        items: tuple[Item, ...],
    ) -> tuple[str, ...]:
        return (
            interaction_id(page, question, part),
            page.title,
            use,
            question.type,
            asked,
            self.list_with_letters(items),
            self.list_with_letters(question.options),
            ", ".join(question.retired),
            question.right,
            f"{question.weight:g}" if question.scored else "0",
        )

    def decision(self, page: Page, scene: Scene) -> tuple[str, ...]:
        """The row of a scene in which trainees decide."""
        return (
            decision_id(page, scene),
            page.title,
            "scenario",
            "choice",
            self.text_of(scene.words),
            "",
            "; ".join(f"{choice.id}: {self.text_of(choice.words)}" for choice in scene.choices),
            "",
            ", ".join(choice.id for choice in scene.choices if choice.quality == "good"),
            "0",
        )

    def list_with_letters(self, parts: tuple[Item, ...] | tuple[Option, ...]) -> str:
        return "; ".join(f"{part.id}: {self.text_of(part.text)}" for part in parts)


def _escape_formulas(cell: str) -> str:
    first, *more = cell.split(";")
    parts = [f"'{first}" if _FORMULA.match(first) and not _NUMBER.fullmatch(first) else first]
    for part in more:
        inner = part.lstrip(_IGNORED_AT_START)
        harmless = _NUMBER.fullmatch(part.strip()) or not _FORMULA.match(inner)
        parts.append(part if harmless else f"'{part}")
    return ";".join(parts)
