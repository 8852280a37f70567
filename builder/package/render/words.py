"""Extracts the words of a page in the order shown, for the search."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from builder.course import blocks as bodies
from builder.course import markdown
from builder.course.blocks import Contact, Content, File, Part, Reading
from builder.course.directives import asks
from builder.course.markdown import Directive, Paragraph, Prose
from builder.course.model import Course, Page
from builder.package.render import contacts
from builder.package.render.templates import Templates

_NOT_SHOWN = frozenset(("sources", "tracks", "poster"))
"""Parts of a recording whose links are shown as formats only."""
_LABELS = {"description": "page.image-described", "transcript": "page.transcript"}
"""Interface texts that introduce a part of a block, by the part's name."""


class PageWords:
    """The words of the pages of a course, without titles, questions and common interface texts.

    Titles are indexed separately. Questions are left out, since a false statement would look like a
    fact among the results.
    """

    def __init__(self, course: Course, templates: Templates) -> None:
        self._course = course
        self._templates = templates

    def paragraphs(self, page: Page) -> Iterator[Paragraph]:
        """The paragraphs of a page from top to bottom; some are empty."""
        yield from self._blocks(page.document.blocks)
        for item in page.record:
            question = " ".join(paragraph.text for paragraph in self._prose(item.question))
            yield Paragraph(question, f"record-{item.key}-question")
            if item.reading:
                label = f"{self._templates.text('page.further-reading')}:"
                first, *others = self._prose(item.reading)
                yield Paragraph(f"{label} {first.text}".strip())
                yield from others

    def _prose(self, prose: Prose) -> Iterator[Paragraph]:
        return markdown.paragraphs(prose, self._templates.values)

    def _blocks(self, blocks: Sequence[Prose | Directive]) -> Iterator[Paragraph]:
        for block in blocks:
            if isinstance(block, Prose):
                yield from self._prose(block)
            elif not asks(block.name):
                yield Paragraph(markdown.one_line(block.argument))
                yield from self._part_paragraphs(bodies.read(block).parts)

    def _part_paragraphs(self, parts: Mapping[str, Part]) -> Iterator[Paragraph]:
        for name, part in parts.items():
            if not part or name in _NOT_SHOWN:
                continue
            if name in _LABELS:
                yield Paragraph(self._templates.text(_LABELS[name]))
            yield from self._part(part)

    def _part(self, part: Part) -> Iterator[Paragraph]:
        if isinstance(part, Prose):
            yield from self._prose(part)
        elif isinstance(part, Content):
            yield from self._blocks(part.blocks)
        elif isinstance(part, File):
            yield from self._prose(part.words)
        elif isinstance(part, Reading):
            yield from self._reading(part)
        elif isinstance(part, Contact):
            yield from self._contact(part)
        elif isinstance(part, Mapping):
            yield from self._part_paragraphs(part)
        elif isinstance(part, tuple):
            for inner in part:
                yield from self._part(inner)

    def _reading(self, reading: Reading) -> Iterator[Paragraph]:
        title = " ".join(paragraph.text for paragraph in self._prose(reading.words))
        organisation = unnamed_organisation(self._course, reading, title)
        yield Paragraph(f"{title}, {markdown.one_line(organisation)}" if organisation else title)

    def _contact(self, contact: Contact) -> Iterator[Paragraph]:
        variable = self._course.variables[contact.value.name]
        label = " ".join(paragraph.text for paragraph in self._prose(contact.label)).strip()
        yield Paragraph(label or markdown.one_line(contacts.label(variable)))
        for text in contacts.texts(self._templates.values[variable.name]):
            yield Paragraph(markdown.one_line(text))


def unnamed_organisation(course: Course, reading: Reading, title: str) -> str:
    """The organisation of a further-reading address; empty if the ``title`` contains it."""
    reference = course.references.get(reading.link.target)
    organisation = (reference and reference.organisation) or ""
    return "" if organisation.casefold() in title.casefold() else organisation
