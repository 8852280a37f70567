"""Finds the passage of a page that a quotation comes from, for trainees who want to read it again,
and the HTML id to which links to it lead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from builder.base.cache import NO_CACHE, Cache
from builder.base.immutable import immutable
from builder.course import blocks as bodies
from builder.course import markdown
from builder.course.blocks import Content, Part
from builder.course.directives import BLOCKS
from builder.course.markdown import ANCHOR_PREFIX, HEADING_PREFIX, Directive, Element, Prose
from builder.course.model import Course, Page
from builder.course.questions import Question, Quotation
from builder.course.questions.base import comparable, pieces

_LISTS = ("bullet_list", "ordered_list")
_TURNED = "flashcards"
"""The block that shows one of its texts at a time, so that links cannot lead to the others."""


class Passages:
    """Finds the elements of a page that contain a quotation, such as one that the feedback of a
    question links to. The elements are paragraphs, list items and headings.

    ``values`` are the values of variables by name. They are filled into the texts of the pages
    before the texts are searched.
    """

    def __init__(self, course: Course, values: Mapping[str, str], cache: Cache = NO_CACHE) -> None:
        self._cache = cache
        self._quoted: dict[str, list[Quotation]] = {}
        for quotation in (one for asked in course.questions for one in quotations(asked)):
            self._quoted.setdefault(quotation.page, []).append(quotation)
        self._pages = {page.id: page for page in course.pages}
        self._values = values
        self._texts: dict[str, _PageText] = {}

    def of(self, quotation: Quotation) -> Sequence[Element]:
        """The elements of the page that contain the quoted words, in order.

        Empty if the words are elsewhere, such as in the title of a block.
        """
        return self._text(quotation).find_elements(quotation)

    def anchor(self, quotation: Quotation) -> str:
        """The HTML id of the first element with quoted words.

        If a link cannot lead to that element: the id of the nearest heading or term above it. Empty
        if there is none.
        """
        return self._text(quotation).anchor(quotation)

    def anchors(self, page: Page) -> frozenset[str]:
        """The HTML ids of the elements of a page that questions quote, and that are not headings or
        terms."""
        quoted = tuple(self._quoted.get(page.id, ()))
        if not quoted:
            return frozenset()
        given = (page, quoted, self._values)
        return self._cache.get_or_compute(
            ("anchors", page.id),
            given,
            lambda: frozenset(
                name for name in map(self.anchor, quoted) if name.startswith(ANCHOR_PREFIX)
            ),
        )

    def _text(self, quotation: Quotation) -> _PageText:
        name = quotation.page
        if name not in self._texts:
            self._texts[name] = _PageText(self._pages[name], self._values)
        return self._texts[name]


def quotations(question: Question) -> Iterator[Quotation]:
    """The quotations of a question, its options and items."""
    options = (option.quotation for option in question.options)
    items = (item.quotation for item in question.items)
    return filter(None, (question.quotation, *options, *items))


@immutable
class _Line:
    """A text of a page as one line: its ``words``, and the element that contains it.

    ``anchor`` is the HTML id to which a link to the text leads; empty if that is the whole page.
    """

    words: str
    element: Element
    anchor: str


class _PageText:
    """The words of one page, with the elements that contain them."""

    def __init__(self, page: Page, values: Mapping[str, str]) -> None:
        self._lines = list(_lines(page, values))
        self._whole = " ".join(line.words for line in self._lines)
        self._ends = list(accumulate(len(line.words) + 1 for line in self._lines))
        self._found: dict[Quotation, Sequence[_Line]] = {}

    def anchor(self, quotation: Quotation) -> str:
        """The HTML id to which a link to the quotation leads; empty if that is the whole page."""
        return next((line.anchor for line in self._find(quotation)), "")

    def find_elements(self, quotation: Quotation) -> Sequence[Element]:
        """The elements that contain the quotation, in order."""
        elements = (line.element for line in self._find(quotation))
        return list({id(element): element for element in elements}.values())

    def _find(self, quotation: Quotation) -> Sequence[_Line]:
        """The lines that contain the quotation, in order; empty if the words are elsewhere."""
        if quotation not in self._found:
            self._found[quotation] = self._search(quotation)
        return self._found[quotation]

    def _search(self, quotation: Quotation) -> Sequence[_Line]:
        found: dict[int, _Line] = {}
        end = 0
        for words in (comparable(piece) for quote in quotation.parts for piece in pieces(quote)):
            start = self._whole.find(words, end)
            if start < 0:
                return ()
            end = start + len(words)
            found |= dict(self._lines_between(start, end))
        return [found[at] for at in sorted(found)]

    def _lines_between(self, start: int, end: int) -> Iterator[tuple[int, _Line]]:
        begin = 0
        for at, (line, after) in enumerate(zip(self._lines, self._ends, strict=True)):
            if begin < end and start < after - 1:
                yield at, line
            begin = after


def _lines(page: Page, values: Mapping[str, str]) -> Iterator[_Line]:
    blocks = page.scenario.introduction if page.scenario else page.document.blocks
    linked = {name for prose in _linked(blocks) for _, name in markdown.anchors(prose.tokens)}
    above = ""
    for block in page.document.walk():
        if not isinstance(block, Prose):
            continue
        names = {id(block.tokens[at]): name for at, name in markdown.anchors(block.tokens)}
        for element in _elements(block):
            for token in element.text().tokens:
                own = names.get(id(token), "")
                if own.startswith(HEADING_PREFIX) and not page.scenario:
                    above = own
                if words := comparable(markdown.plain(Prose((token,)), values)):
                    yield _Line(words, element, own if own in linked else above)


def _elements(prose: Prose) -> Iterator[Element]:
    for element in markdown.elements(prose):
        yield from element.inside() if element.kind in _LISTS else (element,)


def _linked(blocks: Sequence[Prose | Directive]) -> Iterator[Prose]:
    """The runs of prose in blocks whose elements the page shows as they are.

    Other pages also show the definitions of a glossary, so only its terms have an id.
    """
    for block in blocks:
        if isinstance(block, Prose):
            yield block
        elif block.name != _TURNED and not BLOCKS[block.name].defines:
            for part in bodies.read(block).parts.values():
                yield from _prose_of(part)


def _prose_of(part: Part) -> Iterator[Prose]:
    if isinstance(part, Prose):
        yield part
    elif isinstance(part, Content):
        yield from _linked(part.blocks)
    elif isinstance(part, Mapping):
        yield from (prose for inner in part.values() for prose in _prose_of(inner))
    elif isinstance(part, tuple):
        yield from (prose for inner in part for prose in _prose_of(inner))
