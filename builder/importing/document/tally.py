"""Counts the content of a document by kind, and lists its words in order, so that an import can
compare them with the course."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from builder.base.immutable import immutable
from builder.importing.document.form import (
    Block,
    Box,
    Contacts,
    Document,
    Exit,
    Image,
    Inline,
    Link,
    List,
    Paragraph,
    Question,
    Reading,
    Record,
    Table,
    Text,
    inner_blocks,
    words_of,
)
from builder.importing.document.question_types import TYPES

_WORD = re.compile(r"[^\W_]+")
"""A word. Underscores are not part of words, since Markdown puts them around words, and gaps are
written with them."""
_SOFT_HYPHEN = "\u00ad"


@immutable
class Counts:
    """The content of a document: ``kinds`` has the number of parts of each kind, such as tables,
    and ``words`` are its words, in order."""

    kinds: Mapping[str, int]
    words: tuple[str, ...]


def split(text: str) -> list[str]:
    """Split a text into its words: runs of letters and digits, without soft hyphens."""
    return _WORD.findall(text.replace(_SOFT_HYPHEN, ""))


def words(blocks: Iterable[Block]) -> list[str]:
    """The words of blocks in order. The words of a text box follow those of the paragraph that
    contains the text box."""
    return [word for inlines in lines(blocks) for word in split(words_of(inlines))]


def text(blocks: Iterable[Block]) -> str:
    """The text of blocks on one line, including its punctuation."""
    return " ".join(" ".join(map(words_of, lines(blocks))).split())


def lines(blocks: Iterable[Block]) -> Iterator[tuple[Inline, ...]]:
    """The content of each paragraph, caption and other text in blocks, in order."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.inlines
        elif isinstance(block, List | Table | Box):
            yield from (block.caption,) if isinstance(block, Table) else ()
            yield from lines(inner_blocks(block))
        elif isinstance(block, Exit):
            yield from ((choice,) for choice in block.choices)
            yield from lines(block.blocks)
        else:
            yield from _recognised_lines(block)


def images(blocks: Iterable[Block]) -> Iterator[Image]:
    """The images in blocks, in order."""
    for inlines in lines(blocks):
        yield from (one for one in inlines if isinstance(one, Image))


def tally(document: Document) -> dict[str, int]:
    """Count the parts of each kind in a document, such as tables and words, including those in its
    notes."""
    texts = (document.blocks, *document.notes.values())
    counts: Counter[str] = Counter()
    for blocks in texts:
        counts["words"] += len(words(blocks))
        _count(blocks, counts)
    counts["notes"] = len(document.notes)
    counts.update(_REST_KINDS[one.kind] for one in document.rest if one.kind in _REST_KINDS)
    return dict(counts)


def count_bank(document: Document) -> Counts:
    """Count what was read from a question bank. A question that was imported as text, so the course
    does not ask it, is counted as such."""
    kinds: Counter[str] = Counter()
    found: list[str] = [*_source_words(document.consumed)]
    for block in document.blocks:
        kinds.update(_question_kinds(block) if isinstance(block, Question) else ())
        # The field ``consumed`` also has the question's name and tags.
        counted = replace(block, name="", tags=()) if isinstance(block, Question) else block
        found += words([counted])
        found += _source_words(block.consumed, block.doubts) if isinstance(block, Question) else ()
    found += (
        word for one in document.rest if one.kind in _KINDS_WITH_WORDS for word in split(one.words)
    )
    kinds["questions not asked"] = sum(one.kind == "question" for one in document.rest)
    kinds["questions"] += kinds["questions not asked"]
    kinds["pictures"] = sum(1 for _ in images(document.blocks))
    return Counts({kind: count for kind, count in kinds.items() if count}, tuple(found))


def count_story(document: Document) -> Counts:
    """Count what was read from a story, and the words of what is listed as not imported."""
    found = words(document.blocks)
    listed = (word for one in document.rest for word in split(one.words))
    return Counts(tally(document), (*found, *listed))


def _source_words(texts: Iterable[str], own: Iterable[str] = ()) -> Iterator[str]:
    """The words of texts of the source. Texts that are in ``own`` are skipped: they are sentences
    of the importer."""
    return (word for one in texts if one not in own for word in split(one))


def _question_kinds(question: Question) -> Iterator[str]:
    """The names of the kinds under which a question is counted, repeated for each option."""
    yield from ("questions", TYPES[question.kind].counted_as)
    if question.kind == "choice":
        yield from ("options" for _ in question.options)
    option_feedback = (one.feedback for one in question.options)
    if any((*question.feedback.values(), *option_feedback, *question.remarks)):
        yield "questions with feedback"
    if question.tags:
        yield "questions with tags"


def _count(blocks: Iterable[Block], counts: Counter[str]) -> None:
    for block in blocks:
        if isinstance(block, Paragraph):
            counts["headings"] += block.level > 0
            _count_line(block.inlines, counts)
        elif isinstance(block, List):
            counts["list items"] += len(block.items)
        elif isinstance(block, Table):
            counts["tables"] += 1
            counts["rows"] += len(block.rows)
            counts["cells"] += sum(len(row) for row in block.rows)
            _count_line(block.caption, counts)
        elif isinstance(block, Box):
            counts["text boxes"] += 1
        elif isinstance(block, Exit):
            counts["list items"] += len(block.choices)
            _count_line(block.choices, counts)
        else:
            for inlines in _recognised_lines(block):
                _count_line(inlines, counts)
        _count(inner_blocks(block), counts)


def _count_line(inlines: Iterable[Inline], counts: Counter[str]) -> None:
    for one in inlines:
        counts["pictures"] += isinstance(one, Image)
        counts["links"] += isinstance(one, Link)


def _recognised_lines(
    block: Question | Record | Contacts | Reading,
) -> Iterator[tuple[Inline, ...]]:
    if isinstance(block, Question):
        yield from ((Text(one),) for one in filter(None, (block.name, *block.tags)))
        yield from lines(block.prompt)
        for option in block.options:
            yield option.inlines
            yield option.feedback
        for left, right in block.pairs:
            yield left
            yield right
        yield from block.remarks
        yield from block.statements
        if TYPES[block.kind].answers_are_words:
            yield from ((Text(answer),) for answer in block.answers)
        yield from block.feedback.values()
    elif isinstance(block, Record):
        for row in block.rows:
            yield from lines((*row.question, *row.reading))
        yield from ((Text(signature),) for signature in block.signatures)
    elif isinstance(block, Contacts):
        for contact in block.contacts:
            yield contact.name
            yield from ((Text(value),) for _, value in contact.fields)
    else:
        yield from block.items


_KINDS_WITH_WORDS = (
    *("comment", "feedback", "feedback of a quiz", "note for markers", "template of an answer"),
    *("cell", "column", "sheet", "text"),
)
"""Kinds of content of a bank that is not imported (``Rest``) and whose words are in no other field
of its document."""
_REST_KINDS = {
    "comment": "comments",
    "link": "links",
    "insertion": "insertions",
    "deletion": "deletions",
    "equation": "equations",
    "header": "headers and footers",
    "footer": "headers and footers",
    "embedded file": "embedded files",
}
