"""Finds the passage of a page that a quotation comes from, for trainees who want to read it
again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from builder.course import markdown
from builder.course.markdown import Element, Prose
from builder.course.model import Course, Page
from builder.course.questions import Quotation
from builder.course.questions.base import comparable, pieces

_LISTS = ("bullet_list", "ordered_list")


class Passages:
    """Finds the elements of a page that contain a quotation, such as one that the feedback of a
    question links to. The elements are paragraphs, list items and headings.

    ``values`` are the values of variables by name. They are filled into the texts of the pages
    before the texts are searched.
    """

    def __init__(self, course: Course, values: Mapping[str, str]) -> None:
        self._pages = {page.id: page for page in course.pages}
        self._values = values
        self._texts: dict[str, _PageText] = {}

    def of(self, quotation: Quotation) -> Sequence[Element]:
        """The elements of the page that contain the quoted words, in order.

        Empty if the words are elsewhere, such as in the title of a block.
        """
        return self._text(quotation).find_elements(quotation)

    def heading(self, quotation: Quotation) -> str:
        """The id of the nearest heading above the quoted words; empty if there is none."""
        text = self._text(quotation)
        passage = text.find_elements(quotation)
        return text.heading(passage[0].line) if passage else ""

    def _text(self, quotation: Quotation) -> _PageText:
        name = quotation.page
        if name not in self._texts:
            self._texts[name] = _PageText(self._pages[name], self._values)
        return self._texts[name]


class _PageText:
    """The words of one page, with the elements that contain them."""

    def __init__(self, page: Page, values: Mapping[str, str]) -> None:
        self._parts = list(_parts(page))
        texts = [comparable(markdown.plain(part.prose, values)) for part in self._parts]
        self._whole = " ".join(texts)
        self._ends = list(accumulate(len(text) + 1 for text in texts))
        written = (block for block in page.document.walk() if isinstance(block, Prose))
        self._headings = [heading for prose in written for heading in prose.headings]

    def heading(self, line: int) -> str:
        """The id of the last heading on or above a line; empty if there is none."""
        above = [one.id for one in self._headings if one.line <= line]
        return above[-1] if above else ""

    def find_elements(self, quotation: Quotation) -> Sequence[Element]:
        found: dict[int, Element] = {}
        end = 0
        for words in (comparable(piece) for quote in quotation.parts for piece in pieces(quote)):
            start = self._whole.find(words, end)
            if start < 0:
                return ()
            end = start + len(words)
            found |= dict(self._elements_between(start, end))
        return [found[at] for at in sorted(found)]

    def _elements_between(self, start: int, end: int) -> Iterator[tuple[int, Element]]:
        begin = 0
        for at, (part, after) in enumerate(zip(self._parts, self._ends, strict=True)):
            if begin < end and start < after - 1:
                yield at, part
            begin = after


def _parts(page: Page) -> Iterator[Element]:
    for block in page.document.walk():
        if isinstance(block, Prose):
            for element in markdown.elements(block):
                yield from element.inside() if element.kind in _LISTS else (element,)
