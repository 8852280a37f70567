"""Converts prose to text: the words that are approved, and the paragraphs that are searched.

The words of a run of prose are one line for each block, with the marks that change their meaning.
Marks are written as in Markdown: ``~~struck~~``, ``^high^``, ``~low~``, ``{{ name }}``,
``![picture]``, ``1.`` before an item, ``| cell | cell |`` for a table row, ``<target>`` after a
link. In the text itself, these characters are escaped by a backslash, so that the words are
unambiguous.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from markdown_it.token import Token

from builder.base.patterns import late
from builder.course.markdown.document import Prose
from builder.course.markdown.notes import NOTE_PREFIX
from builder.course.markdown.rendering import HEADING_PREFIX

Target = Callable[[str], str]
"""Converts the target of a link to the form in which the words show it."""

_CODE = ("fence", "code_block")
_TOKEN_MARKS = {
    **dict.fromkeys(("s_open", "s_close"), "~~"),
    **dict.fromkeys(("sup_open", "sup_close"), "^"),
    **dict.fromkeys(("sub_open", "sub_close"), "~"),
    **dict.fromkeys(("softbreak", "hardbreak"), " "),
}
_MARK_CHARACTERS = late(r"[\\~^|]|\{\{|!\[|<(?=[A-Za-z/#])")
"""Matches text that would be read as a mark if it were not escaped."""


def words(prose: Prose, target: Target = str) -> Iterator[str]:
    """Yield, line by line, the text that a trainee can read or hear, including the text of images,
    the targets of links, and the names of variables. ``target`` converts the target of a link to
    the form that is yielded."""
    numbers: list[int | None] = []
    row: list[str] | None = None
    before = ""
    for token in prose.tokens:
        text = ""
        if token.type == "ordered_list_open":
            numbers.append(int(token.attrs.get("start", 1)))
        elif token.type == "bullet_list_open":
            numbers.append(None)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            # A block in an item splits the prose: its list may have started in an earlier run.
            del numbers[-1:]
        elif token.type == "list_item_open" and numbers and numbers[-1] is not None:
            before += f"{numbers[-1]}. "
            numbers[-1] += 1
        elif token.type == "note_open":
            before += f"{token.meta['number']}. "
        elif token.type == "table_open":
            text = escape_words(token.meta.get("caption", ""))
        elif token.type in _CODE:
            text = escape_words(token.content)
        elif token.type == "tr_open":
            row = []
        elif row is not None and token.type in ("th_open", "td_open"):
            row.append("")
        elif row is not None and token.type == "tr_close":
            # Empty cells count: a number means something else in another column.
            text = f"| {' | '.join(row)} |"
            row = None
        elif token.type == "inline":
            text = _text(token.children or (), target)
            if row is not None:
                row[-1], text = text, ""
        if text:
            yield before + text
            before = ""


def escape_words(text: str) -> str:
    """Escape the characters of plain text that are marks in the words."""
    return _MARK_CHARACTERS.sub(r"\\\g<0>", text) if _MARK_CHARACTERS.search(text) else text


def _text(tokens: Sequence[Token], target: Target) -> str:
    if len(tokens) == 1 and tokens[0].type == "text":
        return escape_words(tokens[0].content)
    parts: list[str] = []
    opened: list[tuple[str, int]] = []
    for token in tokens:
        if token.type in ("text", "code_inline"):
            parts.append(escape_words(token.content))
        elif token.type == "variable":
            parts.append(f"{{{{ {token.content} }}}}")
        elif token.type in _TOKEN_MARKS:
            parts.append(_TOKEN_MARKS[token.type])
        elif token.type == "note_met":
            parts.append(f"^[{token.meta['number']}]^")
        elif token.type == "image":
            inside = _text(token.children or (), target)
            parts.append(f"![{inside}]" if inside else "")
        elif token.type == "link_open":
            opened.append((str(token.attrs["href"]), len(parts)))
        elif token.type == "link_close":
            address, start = opened.pop()
            # The text of a bare URL is its target.
            known = "".join(parts[start:]) == escape_words(address)
            parts.append("" if known else f" <{target(address)}>")
    return "".join(parts)


_TITLE = "h1"
"""The tag of the heading that repeats the title of the page."""


class Paragraph(NamedTuple):
    """A paragraph, item, cell or heading as one line of text, without markup.

    ``heading`` is the HTML id of the heading or footnote that starts with this text, or empty.
    """

    text: str
    heading: str = ""


def paragraphs(prose: Prose, values: Mapping[str, str]) -> Iterator[Paragraph]:
    """Yield the paragraphs of a text, with ``values`` instead of variables and without the text of
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
