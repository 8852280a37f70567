"""The key to an LMS's reports: what interaction ids, and letters in answers, stand for."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from builder import interface, markdown
from builder.artifacts import Plan
from builder.markdown import Prose
from builder.model import Course, Page
from builder.questions import Item, Option, Question

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
"""The first row; each other row is one interaction."""

_FORMULA = re.compile("[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
"""How a cell starts that a spreadsheet would take for a formula, and might run."""
_AROUND = ' "\t\r\n\u00a0'
"""What spreadsheets may leave out at the start of a cell."""
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def write(plan: Plan) -> bytes:
    """The key as CSV (RFC 4180), in UTF-8 with the mark by which Excel knows it.

    One row for each interaction that the player may report, in the order of pages and questions.
    A cell that a spreadsheet would take for a formula starts with an apostrophe, and so does what
    follows a semicolon: where lists are separated by these, a spreadsheet splits a row there, in
    spite of the quotation marks that every cell has.
    """
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    table.writerow(HEADINGS)
    table.writerows([_safe(cell) for cell in row] for row in _rows(plan.course))
    return text.getvalue().encode("utf-8-sig")


def interaction_id(page: Page, question: Question, part: str = "") -> str:
    """The id under which the player reports an answer (``templates/player/lms/interactions.js``).

    A CMIIdentifier of at most 133 of its 255 characters (facts/scorm-1.2.md#data-types): ids have
    up to 64, and a part, the id of an item that is reported by itself, has one.
    """
    return "--".join(filter(None, (page.id, question.id, part)))


def _rows(course: Course) -> Iterator[tuple[str, ...]]:
    words = _Words(course)
    for page in course.pages:
        for use, questions in (("practice", page.checks), ("quiz", page.quiz)):
            for question in questions:
                if question.interaction:
                    yield from words.rows(page, use, question)


class _Words:
    """Texts as trainees read them, in one line."""

    def __init__(self, course: Course) -> None:
        unset = interface.texts(course.language)["page.unset"]
        self.values = {
            name: unset if variable.value is None else variable.value
            for name, variable in course.variables.items()
        }

    def of(self, prose: Prose) -> str:
        return " ".join(markdown.plain(prose, self.values).split())

    def rows(self, page: Page, use: str, question: Question) -> Iterator[tuple[str, ...]]:
        """One row, or one for each item where the LMS is told of each by itself."""
        prompt = self.of(question.prompt)
        if not question.separate:
            yield self.row(page, use, question, "", prompt, question.items)
            return
        for item in question.items:
            words = f"{prompt} – {self.of(item.text)}"
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
            self.lettered(items),
            self.lettered(question.options),
            ", ".join(question.retired),
            question.right,
            f"{question.weight:g}" if question.scored else "0",
        )

    def lettered(self, parts: tuple[Item, ...] | tuple[Option, ...]) -> str:
        return "; ".join(f"{part.id}: {self.of(part.text)}" for part in parts)


def _safe(cell: str) -> str:
    first, *more = cell.split(";")
    parts = [f"'{first}" if _FORMULA.match(first) and not _NUMBER.fullmatch(first) else first]
    for part in more:
        inner = part.lstrip(_AROUND)
        harmless = _NUMBER.fullmatch(part.strip()) or not _FORMULA.match(inner)
        parts.append(part if harmless else f"'{part}")
    return ";".join(parts)
