"""Composes questions for paper: to be answered there, or with right answers and feedback."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from builder.course import markdown
from builder.course.model import Page
from builder.course.questions import TYPES, Item, Option, Question
from builder.exporting.review import questions as reviewed
from builder.exporting.review.tree import Box, Line, Listing, Node, plain

_LINE = "…" * 20
"""Space to write a word."""
_TICKED_TYPES = ("true-false", "choice", "likert", "performance")
"""Types whose options are ticked; the options of other types are written, paired or numbered."""


class QuestionComposer(reviewed.QuestionComposer):
    """Composes the questions of one course; with right answers and feedback if ``open``."""

    open = False

    def doubts(self, question: Question) -> Iterator[Node]:
        """Empty: open decisions concern only authors."""
        yield from ()

    def answers(self, page: Page, question: Question) -> Iterator[Node]:
        """Compose the options in an order that does not reveal the answer, or the right answers."""
        if self.open:
            yield from super().answers(page, question)
            return
        kind = TYPES[question.type]
        if question.type == "likert":
            yield from self._scale_rows(page, question)
            return
        if question.items:
            yield self._listed(page, question, question.items, kind.items_key)
        if question.type == "sequencing":
            yield self._listed(page, question, self._sorted_by_text(question), kind.options_key)
        elif question.options:
            yield self._listed(page, question, question.options, kind.options_key)
        elif question.type in ("fill-in", "numeric"):
            unit = str(question.answer.get("unit", ""))
            label = plain(f"{self.say('page.answer')}: ", "label")
            yield Line((label, plain(f"{_LINE} {unit}".rstrip())))
        else:
            yield Box("writing", ())

    def _sorted_by_text(self, question: Question) -> Sequence[Option]:
        values = self.texts.templates.values
        return sorted(question.options, key=lambda one: markdown.plain(one.text, values))

    def _scale_rows(self, page: Page, question: Question) -> Iterator[Node]:
        """Each statement with the whole scale below it; without statements, the scale below the
        prompt."""
        kind = TYPES[question.type]
        scale = self._listed(page, question, question.options, kind.options_key)
        for index, item in enumerate(question.items):
            yield from self.line(page, question, item.text, kind.items_key, index, "text")
            yield scale
        if not question.items:
            yield scale

    def _listed(
        self, page: Page, question: Question, parts: Sequence[Item | Option], key: str
    ) -> Listing:
        return Listing(
            False,
            tuple(
                self.line(page, question, part.text, key, index, "text")
                for index, part in enumerate(parts)
            ),
            ticked=question.type in _TICKED_TYPES,
        )

    def feedback(self, page: Page, question: Question) -> Iterator[Node]:
        """Compose the hint, and with right answers the feedback too."""
        if self.open:
            yield from super().feedback(page, question)
        elif question.hint:
            yield from self.line(page, question, question.hint, "hint", label="page.hint")
