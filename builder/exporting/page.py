"""Composes a course as one web page to read: the review document without the details for
authors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from builder.course import interface
from builder.course.markdown import Directive
from builder.course.model import Course, Page
from builder.course.questions import Question
from builder.course.scenarios.model import Scenario
from builder.course.sources import Sources
from builder.exporting.review import html
from builder.exporting.review.blocks import PageComposer
from builder.exporting.review.composing import PAGE, DocumentComposer, Reviewed
from builder.exporting.review.prose import Source, TextComposer
from builder.exporting.review.questions import QuestionComposer
from builder.exporting.review.tree import (
    Break,
    Document,
    Heading,
    Line,
    Listing,
    Node,
    Picture,
    Run,
    Spot,
    Table,
    plain,
)

_RECORD_WIDTHS = (28, 17, 25, 15, 15)
"""Relative widths of the columns of a record table that trainees fill in by hand."""


def page(course: Course, sources: Sources, answers: bool) -> str:
    """Render the course as one HTML page.

    ``answers`` is whether the page has right answers, feedback and explanations. Raises ``OSError``
    if an image can no longer be read.
    """
    composer = _DocumentComposer(Reviewed(course, sources, ()))
    composer.questions.with_answers = answers
    return html.page(composer.document(), course, "reading")


class _TextComposer(TextComposer):
    """Composes texts without the descriptions of images and the addresses of links, which the style
    sheet prints."""

    def picture(
        self, path: str, alt: str, percent: int = 100, spot: Spot | None = None
    ) -> Iterable[Node]:
        yield Picture(path, alt, percent)

    def undescribed_picture(self, path: str, percent: int, spot: Spot | None) -> Iterable[Node]:
        yield Picture(path, self.say("page.undescribed"), percent)

    def address(self, href: str, words: str) -> list[Run]:
        return []

    def note(self, source: Source, number: str) -> str:
        return f"n:{source.path.removeprefix('pages/').removesuffix('.md')}/{number}"


class _PageComposer(PageComposer):
    TEXT_COMPOSER = _TextComposer

    def kind(self, block: Directive) -> str:
        return self.say("page.warning") if block.name == "warning" else ""


class _QuestionComposer(QuestionComposer):
    """Composes questions with blank answers; with right answers and feedback if ``with_answers`` is
    set."""

    with_answers = False

    def doubts(self, question: Question) -> Iterator[Node]:
        """Compose nothing: open decisions concern only authors."""
        yield from ()

    def answers(self, page: Page, question: Question) -> Iterator[Node]:
        if self.with_answers:
            yield from super().answers(page, question)
        else:
            yield from self.blank_answers(page, question)

    def scoring(self, question: Question) -> Iterator[Node]:
        """Compose the settings that decide how answers are scored, only with right answers: they
        concern only authors."""
        if self.with_answers:
            yield from super().scoring(question)

    def feedback(self, page: Page, question: Question) -> Iterator[Node]:
        """Compose the hint of a question, and with right answers also its feedback."""
        if self.with_answers:
            yield from super().feedback(page, question)
        elif question.hint:
            yield from self.line(page, question, question.hint, "hint", label="page.hint")


class _DocumentComposer(DocumentComposer):
    PAGE_COMPOSER = _PageComposer
    QUESTION_COMPOSER = _QuestionComposer
    questions: _QuestionComposer

    def document(self) -> Document:
        """Compose the whole page: the cover, the contents, and every page of the course."""
        nodes = (*self.front(""), *self.cover(), *self.modules())
        if not any(isinstance(node, Break) for node in nodes):
            nodes = (*nodes, Break())
        return self.as_document(nodes, code="", where="")

    def front(self, code: str) -> Iterator[Node]:
        """Compose title, description and owner, which are above the table of contents."""
        course = self.course
        if course.theme.logo:
            yield Picture(course.theme.logo, course.theme.logo_alt or course.owner, 20)
        yield Line((plain(course.title),), "title")
        yield from self._about()
        facts = [f"{self.say('page.version')} {course.version}"]
        facts += [course.owner] if course.owner else []
        facts += [course.rights] if course.rights else []
        yield Line((plain(" · ".join(facts)),), "facts")
        if course.draft:
            yield Line((plain(self.say("page.draft-note"), "unset"),))

    def _about(self) -> Iterator[Node]:
        cover, course = self.course.cover, self.course
        about = (cover.about if cover else "") or course.description
        if about:
            yield Line((plain(about),), "subtitle")
        if not cover:
            return
        if cover.picture:
            yield Picture(cover.picture, cover.picture_alt, 60)
        if cover.audience:
            yield Line((plain(cover.audience),))
        if cover.outcomes:
            yield Line((plain(self.say("page.cover-outcomes")),), "label")
            yield Listing(False, tuple((Line((plain(text),)),) for text in cover.outcomes))

    def cover(self) -> Iterator[Node]:
        """Compose nothing: the text of the cover is above the table of contents."""
        yield from ()

    def page(self, page: Page) -> Iterator[Node]:
        """Compose a page of the course with its quiz and its record."""
        yield Heading(PAGE, Line((plain(page.title),)), f"p:{page.id}")
        plural = interface.plural(self.course.language, page.minutes)
        minutes = self.say(f"page.cover-minutes_{plural}", n=page.minutes)
        yield Line((plain(minutes),), "facts")
        yield from self.content(page)

    def scenario(self, page: Page, scenario: Scenario) -> Iterator[Node]:
        """Compose a scenario like a book in which readers choose."""
        yield from self.scenario_composer(page, scenario, self.questions.with_answers).nodes()

    def record(self, page: Page) -> Iterator[Node]:
        """Compose only the table of a record, to fill in by hand; its header names who signs."""
        tables = (node for node in super().record(page) if isinstance(node, Table))
        yield from (replace(table, widths=_RECORD_WIDTHS) for table in tables)
