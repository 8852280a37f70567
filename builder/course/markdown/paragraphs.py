"""Converts a run of prose to plain paragraphs below headings, for the search."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from markdown_it.token import Token

from builder.course.markdown.document import Prose
from builder.course.markdown.notes import NOTE_PREFIX
from builder.course.markdown.rendering import HEADING_PREFIX

_TITLE = "h1"
"""The tag of the heading that repeats the title of the page."""


class Paragraph(NamedTuple):
    """A paragraph, item, cell or heading as one line of text, without markup.

    ``heading`` is the HTML id of the heading or footnote that starts here, else empty.
    """

    text: str
    heading: str = ""


def paragraphs(prose: Prose, values: Mapping[str, str]) -> Iterator[Paragraph]:
    """The paragraphs of a text, with ``values`` instead of variables and without the text of
    images; a line break ends a paragraph."""
    heading = tag = ""
    for token in prose.tokens:
        if token.type == "heading_open":
            heading, tag = f"{HEADING_PREFIX}{token.meta['id']}", token.tag
        elif token.type == "note_open":
            heading = f"{NOTE_PREFIX}{token.meta['number']}"
        elif token.type == "inline" and tag != _TITLE:
            for line in _lines(token.children or (), values):
                yield Paragraph(one_line(line), heading)
                heading = ""
        elif token.type == "heading_close":
            heading = tag = ""
        elif token.type in ("fence", "code_block"):
            yield Paragraph(one_line(token.content))


def one_line(text: str) -> str:
    """Replace each sequence of white space by one space, and strip the text."""
    return " ".join(text.split())


def _lines(children: Sequence[Token], values: Mapping[str, str]) -> Iterator[str]:
    if len(children) == 1 and children[0].type == "text":
        yield children[0].content
        return
    words: list[str] = []
    for child in children:
        if child.type in ("text", "code_inline"):
            words.append(child.content)
        elif child.type == "variable":
            words.append(values[child.content])
        elif child.type == "softbreak":
            words.append(" ")
        elif child.type == "hardbreak":
            yield "".join(words)
            words.clear()
    yield "".join(words)
