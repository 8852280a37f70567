"""Rules for blocks (``::: name``): names, arguments, content and places; and for other faults of
Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set

from builder.base.slugs import slug
from builder.course import blocks as bodies
from builder.course.directives import BLOCKS
from builder.course.markdown import Directive, Prose
from builder.course.markdown.fences import FAULTS as FENCE_FAULTS
from builder.course.questions.base import ID_PATTERN, visible
from builder.course.shaping import written
from builder.course.validate.material import Material, PageItem, Passage
from builder.course.validate.shape import missing_key
from builder.diagnostics.codes import Known, problem
from builder.diagnostics.diagnostic import Diagnostic

_ID = re.compile(ID_PATTERN)


def faults(material: Material) -> Iterator[Diagnostic]:
    """Report the faults that the Markdown parser found, such as unclosed blocks and HTML."""
    for passage in material.passages:
        for fault in passage.document.faults:
            position = passage.at(fault.line, fault.column)
            yield problem(fault.code, position, **fault.message_words(passage.page))
    for text in material.texts:
        for fault in text.prose.faults:
            position = text.at(fault.line, fault.column)
            page = text.page
            in_body = position.path == page.path and position.line >= page.file.body_line
            yield problem(fault.code, position, **fault.message_words(in_body))


def directives(material: Material) -> Iterator[Diagnostic]:
    """Require that every block is known and has a valid argument."""
    known = Known(BLOCKS)
    for passage in material.passages:
        for block in passage.document.walk():
            if isinstance(block, Directive):
                yield from _directive(passage, block, known, material.question_ids)


def _directive(
    passage: Passage, block: Directive, known: Known, questions: Set[str]
) -> Iterator[Diagnostic]:
    position = passage.at(block.line, block.column)
    kind = BLOCKS.get(block.name)
    if kind is None:
        near = known.did_you_mean(block.name)
        words = {"name": block.name, "did_you_mean": near, "known": ", ".join(BLOCKS)}
        yield problem("directive-unknown", position, **words)
        return
    fault = _argument(block, kind.argument)
    if fault:
        example = f"::: {block.name} {_example(block, kind.argument)}".rstrip()
        ids = re.split(r"[\s,;]+", block.argument)
        if len(ids) > 1 and questions >= {*ids}:
            fault = "asks one question"
            example = ", and on a line of its own ".join(f"::: {block.name} {one}" for one in ids)
        words = {"name": block.name, "problem": fault, "example": example}
        yield problem("directive-argument", position, **words)


_EXAMPLES = {
    "title": "Title",
    "title or nothing": "Title",
    "question": "QUESTION-ID",
    "quality": "good",
    "nothing": "",
}


def _example(block: Directive, kind: str) -> str:
    """An example of an argument for a block; for a question, the id that the author probably
    meant."""
    return (slug(block.argument) if kind == "question" else "") or _EXAMPLES[kind]


def _argument(block: Directive, kind: str) -> str:
    if kind == "question" and not _ID.match(block.argument):
        return _not_an_id(block) if block.argument else "needs the id of a question"
    if kind == "nothing" and block.argument:
        return f"takes no title, and “{block.argument}” would not be shown"
    if kind == "title" and not block.argument:
        return "needs a title"
    if block.argument and not visible(block.argument):
        return "has an invisible title: it has only invisible characters"
    return ""


def _not_an_id(block: Directive) -> str:
    if _ID.match(block.argument.lower()):
        return f"needs the id of a question, but “{block.argument}” has capital letters"
    return f"needs the id of a question, but “{block.argument}” is not an id"


def places(material: Material) -> Iterator[Diagnostic]:
    """Reject blocks in the wrong place, and blocks with vital content, such as warnings, inside
    blocks that hide their content (facts/accessibility.md)."""
    for page in material.pages.values():
        # Where a block does not end, the blocks after it seem to be inside it.
        if not any(fault.code in FENCE_FAULTS for fault in page.document.faults):
            yield from _places(page, page.document.blocks, ())


def materials(material: Material) -> Iterator[Diagnostic]:
    """Reject headings, and blocks that may have headings, in the material of a question.

    The headings would interrupt the outline of the page that asks the question.
    """
    allowed = ", ".join(name for name, kind in BLOCKS.items() if kind.material)
    for passage in material.passages:
        if passage.page:
            continue
        for block in passage.document.walk():
            if isinstance(block, Prose):
                lines = [(heading.line, 1, "A heading") for heading in block.headings]
            elif block.name in BLOCKS and not BLOCKS[block.name].material:
                lines = [(block.line, block.column, f"“::: {block.name}”")]
            else:
                lines = []
            for line, column, what in lines:
                words = {"what": what, "blocks": allowed}
                yield problem("material-misplaced", passage.at(line, column), **words)


def _places(
    page: PageItem, blocks: Sequence[Prose | Directive], around: tuple[str, ...]
) -> Iterator[Diagnostic]:
    for block in blocks:
        if not isinstance(block, Directive):
            continue
        kind = BLOCKS.get(block.name)
        if kind:
            position = page.at(block.line, block.column)
            hiding = [name for name in around if name in BLOCKS and BLOCKS[name].hides]
            if kind.inside and around[-1:] != (kind.inside,):
                yield problem("block-misplaced", position, name=block.name, inside=kind.inside)
            if kind.first and block is not page.document.blocks[0]:
                yield problem("block-not-first", position, name=block.name)
            if kind.vital and hiding:
                yield problem("block-hidden", position, name=block.name, inside=hiding[-1])
        yield from _places(page, block.blocks, (*around, block.name))


def notes(material: Material) -> Iterator[Diagnostic]:
    """Require that a page with a content note has its duration (``minutes:``), and that the course
    has help pages or contacts (facts/accessibility.md)."""
    has_help = bool(material.course.help) or any(
        any(page.blocks("contacts")) for page in material.pages.values()
    )
    for page in material.pages.values():
        for block in page.blocks("content-note"):
            if page.whole and "minutes" not in written(page.shape):
                duration = "the number of minutes that the page takes"
                holder = "This page with a content note"
                yield missing_key(page.front().at, holder, "minutes", duration, beside="title")
            if material.course_whole and not has_help:
                yield problem("help-missing", page.at(block.line, block.column))


def contents(material: Material) -> Iterator[Diagnostic]:
    """Report the faults that the reader of each block (``builder/course/blocks/``) finds in its
    content."""
    for passage in material.passages:
        if passage.document.faults:
            # An unclosed block contains the rest of the page, so further faults would mislead.
            continue
        for block in passage.document.walk():
            if isinstance(block, Directive) and block.name in BLOCKS:
                for fault in bodies.read(block).faults:
                    yield problem(fault.code, passage.at(fault.line, fault.column), **fault.words)


def to_come(material: Material) -> Iterator[Diagnostic]:
    """Report placeholders for media that is still to come, which make the course a draft."""
    for page in material.pages.values():
        for block in page.document.walk():
            if isinstance(block, Directive) and block.name == "to-come" and block.argument:
                yield problem(
                    "media-to-come", page.at(block.line, block.column), title=block.argument
                )


RULES: tuple[Callable[[Material], Iterator[Diagnostic]], ...] = (
    faults,
    directives,
    to_come,
    places,
    materials,
    notes,
    contents,
)
