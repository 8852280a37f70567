"""Accessibility rules for pages and questions: alternative texts, accessible names, and headings
that form an outline without gaps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import unquote

from builder.base.patterns import late
from builder.course import markdown
from builder.course.directives import BLOCKS, TOP, level_within
from builder.course.markdown import Directive, Prose
from builder.course.questions.base import visible
from builder.course.sources import Step
from builder.course.validate.bank import QuestionItem
from builder.course.validate.material import Material, PageItem
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic

_TITLE = 1
_FILE_NAME = late(
    r"[^\s.]\S*\.(?:avif|bmp|gif|jpe?g|png|svg|tiff?|webp)"
    r"|(?:dsc|image|img|picture|screenshot)[ _-]?\d+",
    re.IGNORECASE,
)
"""Matches an alternative text that is only a file name, or a name that a camera or Word gives
pictures."""
_ANY_IMAGE = frozenset({"image", "picture", "photo", "img"})
"""Alternative texts that fit any image."""


def alternatives(material: Material) -> Iterator[Diagnostic]:
    """Require an alternative text for every image that is not marked as decorative (WCAG 1.1.1)."""
    for text in material.texts:
        for image in text.prose.images:
            if image.undescribed and not visible(image.alt):
                position = text.at(image.line, image.column)
                yield problem("alt-undescribed", position, image=unquote(image.target))
            elif visible(image.alt) == image.decorative:
                code = "alt-decorative" if image.decorative else "alt-missing"
                position = text.at(image.line, image.column)
                yield problem(code, position, image=unquote(image.target))
            elif what := _meaningless(image.alt):
                position = text.at(image.line, image.column)
                words = {"alt": image.alt, "what": what, "image": unquote(image.target)}
                yield problem("alt-file-name", position, **words)


def _meaningless(alt: str) -> str:
    """What an alternative text is that does not say what an image shows; empty for any other."""
    if _FILE_NAME.fullmatch(alt.strip()):
        return "a file name"
    return "a word for every image" if alt.strip(" .").casefold() in _ANY_IMAGE else ""


def names(material: Material) -> Iterator[Diagnostic]:
    """Require words, or a picture with an alternative text, in every prompt, option and item (WCAG
    4.1.2)."""
    for item in material.questions:
        for steps, prose in _named_texts(item):
            decorative = prose.images and all(image.decorative for image in prose.images)
            if decorative and not prose.variables and not visible(markdown.plain(prose, {})):
                yield problem("words-missing", item.place.find(steps).at)


def _named_texts(item: QuestionItem) -> Iterator[tuple[tuple[Step, ...], Prose]]:
    yield ("prompt",), item.question.prompt
    for index, option in enumerate(item.question.options):
        yield (item.kind.options_key, index, "text"), option.text
    for index, entry in enumerate(item.question.items):
        yield (item.kind.items_key, index, "text"), entry.text


def headings(material: Material) -> Iterator[Diagnostic]:
    """Require that the headings of a page have words and form an outline without skipped levels
    (WCAG 1.3.1, 2.4.6)."""
    for page in material.pages.values():
        yield from _headings(page)


def _headings(page: PageItem) -> Iterator[Diagnostic]:
    previous = _TITLE
    for block, level in _levels(page.document.blocks, TOP):
        if isinstance(block, Directive):
            shows_heading = block.name not in BLOCKS or BLOCKS[block.name].heading
            previous = level if shows_heading and block.argument else previous
            continue
        for heading in block.headings:
            position = page.at(heading.line, 1)
            if not visible(heading.text) and all(
                use.line != heading.line for use in block.variables
            ):
                yield problem("heading-empty", position)
            if heading.level == _TITLE:
                yield problem("heading-top", position)
            elif heading.level > previous + 1:
                after = "the page's title" if previous == _TITLE else f"one of level {previous}"
                words = {"level": heading.level, "after": after, "marks": "#" * (previous + 1)}
                yield problem("heading-skipped", position, **words)
            # A heading of level 1 was reported; the next headings are checked as if it had level 2.
            previous = max(heading.level, TOP)


def _levels(
    blocks: Sequence[Prose | Directive], level: int
) -> Iterator[tuple[Prose | Directive, int]]:
    """Yield every block in order, nested ones included, with the level that a heading has there.

    ``level`` is the level of headings directly among ``blocks``.
    """
    for block in blocks:
        yield block, level
        if isinstance(block, Directive):
            yield from _levels(block.blocks, level_within(block.name, block.argument, level))


RULES: tuple[Callable[[Material], Iterator[Diagnostic]], ...] = (alternatives, names, headings)
