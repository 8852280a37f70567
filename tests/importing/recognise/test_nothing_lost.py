"""Whatever a document says, its words are there afterwards, once: as text, as a part of a question,
or among what only steered."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.importing.document.form import (
    Block,
    Box,
    Break,
    Contacts,
    Document,
    Image,
    Inline,
    Link,
    List,
    NoteMark,
    Paragraph,
    Place,
    Question,
    Reading,
    Record,
    Table,
    Text,
)
from builder.importing.recognise import recognise
from tests.importing.recognise.mixed import mixed
from tests.support.growth import linear

_HERE = Place("body", 1)
_OURS = ("numeric", "true-false")
"""Kinds whose answers are written as we write them; the source's words are consumed."""


def _said(made: Document) -> Iterator[str]:
    yield from made.consumed
    for block in made.blocks:
        yield from _words(block)


def _words(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield from _inlines(block.inlines)
        case List():
            for item in block.items:
                yield from _all(item.blocks)
        case Table():
            yield from _inlines(block.caption)
            for row in block.rows:
                for cell in row:
                    yield from _all(cell.blocks)
        case Box():
            yield from _all(block.blocks)
        case Question():
            yield from _question(block)
        case Record():
            yield from (*block.signatures, *block.consumed)
            for asked in block.rows:
                yield from _all((*asked.question, *asked.reading))
        case Contacts():
            yield from block.consumed
            for contact in block.contacts:
                yield from _inlines(contact.name)
                yield from (value for _, value in contact.fields)
        case Reading():
            yield from block.consumed
            for entry in block.items:
                yield from _inlines(entry)


def _all(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        yield from _words(block)


def _question(question: Question) -> Iterator[str]:
    yield from _all(question.prompt)
    for option in question.options:
        yield from (*_inlines(option.inlines), *_inlines(option.feedback))
    for left, right in question.pairs:
        yield from (*_inlines(left), *_inlines(right))
    yield from () if question.kind in _OURS else question.answers
    for accepted in question.gaps:
        yield from accepted
    for value in question.feedback.values():
        yield from _inlines(value)
    yield from (question.name, *question.tags, *question.consumed)


def _inlines(inlines: Sequence[Inline]) -> Iterator[str]:
    """Words are together that stand together, whatever their looks."""
    text = ""
    for inline in inlines:
        match inline:
            case Text(words):
                text += words
            case Link(texts):
                text += "".join(each.words for each in texts)
            case Image(content):
                text += f" picture {content.decode()} "
            case NoteMark(note):
                text += f" note {note} "
            case Break():
                text += "\n"
    yield text


def _counted(made: Document) -> Counter[str]:
    return Counter(word for text in _said(made) for word in re.findall(r"\d+|[^\W\d_]+", text))


_ADDRESS = {"example", "org", "a"}
_seeds = st.integers(0, 2**32)


@pytest.mark.whole
@settings(max_examples=250)
@given(_seeds)
def test_no_word_is_lost_and_none_comes_twice(seed: int) -> None:
    before = mixed(seed)
    given, made = _counted(before), _counted(recognise(before))
    assert given - made == Counter()
    assert set(made - given) <= _ADDRESS, "a contact shows the address of a link, nothing else"


@pytest.mark.whole
@settings(max_examples=250)
@given(_seeds)
def test_twice_is_once(seed: int) -> None:
    once = recognise(mixed(seed))
    assert recognise(once) == once


def _repeated(*lines: str) -> Callable[[int], Document]:
    """A document with these lines n times."""

    def document(n: int) -> Document:
        paragraphs = tuple(Paragraph((Text(line),), _HERE) for line in lines)
        return Document(paragraphs * n)

    return document


@pytest.mark.whole
@pytest.mark.parametrize(
    "lines",
    [
        ("1. What is it?", "a) wax", "b) silk", "Answer: b"),
        ("1. What is it?", "a) wax", "b) silk", "Answers", "1. b"),
        ("Answers", "1. b"),
        ("Some words",),
        ("What is it?",),
        ("a) wax",),
        ("☐ wax",),
        ("Silk https://example.org/silk",),
        ("Phone: 01902 555555",),
        ("Answer: b",),
        ("1. b",),
    ],
)
def test_work_grows_with_the_length(lines: tuple[str, ...]) -> None:
    linear(recognise, _repeated(*lines), 100)


@pytest.mark.whole
@pytest.mark.parametrize(
    "piece", [" ", "\t", "a ", "a) ", "1. ", "1b ", "(", "(2 ", "_", "www.", "0", "a, ", "*", "\n"]
)
def test_work_grows_with_a_line(piece: str) -> None:
    def document(n: int) -> Document:
        long = piece * n
        lines = (f"1. What{long}!", f"a) {long}x", f"b) {long}!", f"Answer: {long}!", f"{long}!")
        return Document(tuple(Paragraph((Text(line),), _HERE) for line in lines))

    linear(recognise, document, 2000)
