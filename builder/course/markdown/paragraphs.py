"""The paragraphs of a run of prose as a search reads them: plain text below headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from markdown_it.token import Token

from builder.course.markdown.document import Prose
from builder.course.markdown.notes import NOTE_PREFIX
from builder.course.markdown.rendering import HEADING_PREFIX

_TITLE = "h1"
"""The heading that says what the title of the page says already."""


class Paragraph(NamedTuple):
    """One paragraph, item, cell or heading: its text in one line, without markup.

    ``heading`` is the id in the HTML of the heading or the footnote that it begins, empty for
    anything else.
    """

    text: str
    heading: str = ""


def paragraphs(prose: Prose, values: Mapping[str, str]) -> Iterator[Paragraph]:
    """The paragraphs of a text, ``values`` in place of its variables; the text of images is not
    among them, and a line break ends one."""
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
    """The text with one space wherever there is any space in it, and none around it."""
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
