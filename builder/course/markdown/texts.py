"""The individual texts of a Markdown document, and the position of each character in its source.

markdown-it reports only the line on which a text starts. In unusual sources the positions are a
guess: code that edits a source must parse the result again and compare it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape

from markdown_it.token import Token

from builder.base.immutable import immutable
from builder.base.patterns import late
from builder.course.markdown.document import Directive, Document, Prose
from builder.course.markdown.inlines import AUTOMATIC

THING = "\ufffc"
"""Placeholder character in a text for a variable, whose value is not part of the source."""


@immutable
class Text:
    """A text: the title of a block, or the content of a paragraph, heading or cell.

    ``line`` is the line where it starts, ``words`` its text without markup, ``children`` its inline
    tokens (none for a title).
    """

    line: int
    words: str
    children: tuple[Token, ...] = ()


class Texts:
    """The texts of a document, or of one run of prose, in order (``all``).

    Other code refers to a text by its index in ``all``.
    """

    def __init__(self, content: Document | Prose) -> None:
        self.all: list[Text] = []
        self._spots: dict[int, tuple[int, int]] = {}
        self._titles: dict[int, int] = {}
        self._at: dict[int, list[int]] = {}
        blocks = content.walk() if isinstance(content, Document) else (content,)
        for block in blocks:
            if isinstance(block, Directive):
                self._titles[id(block)] = len(self.all)
                self._add(Text(block.line, block.argument))
            else:
                for token in block.tokens:
                    if token.type == "inline":
                        self._add_token(token)

    def _add(self, text: Text) -> None:
        self._at.setdefault(text.line, []).append(len(self.all))
        self.all.append(text)

    def _add_token(self, token: Token) -> None:
        children = tuple(token.children or ())
        start = 0
        for child in children:
            self._spots[id(child)] = len(self.all), start
            start += len(token_words(child))
        words = "".join(map(token_words, children))
        self._add(Text(token.meta.get("line", 1), words, children))

    def title(self, block: Directive) -> int:
        """The index of the text that is the title of a block."""
        return self._titles[id(block)]

    def spot(self, token: Token, child: Token) -> tuple[int, int] | None:
        """The index in ``all`` of the text that contains ``child``, an inline token of ``token``,
        and the child's offset in the words of that text; ``None`` if not found.

        The child may be a copy with fewer words, made by the reader of a block: it is then searched
        among the texts that start on the same line.
        """
        known = self._spots.get(id(child))
        if known:
            return known
        words = token_words(child)
        near = self._at.get(token.meta.get("line", 1), ())
        found = [
            (index, start)
            for index in near
            if words and (start := self.all[index].words.find(words)) >= 0
        ]
        return found[0] if len(found) == 1 else None


def token_words(child: Token) -> str:
    """The words of an inline token in ``Text.words``."""
    if child.type in ("text", "code_inline"):
        return child.content
    if child.type == "softbreak":
        return " "
    if child.type == "hardbreak":
        return "\n"
    return THING if child.type == "variable" else ""


def changed(texts: Sequence[Text], others: Sequence[Text]) -> Mapping[int, str] | None:
    """The words of those texts in ``others`` whose words, links or images differ from the text with
    the same index in ``texts``, by index; ``None`` if the number of texts differs."""
    if len(texts) != len(others):
        return None
    return dict(_changed_texts(texts, others))


def _changed_texts(texts: Sequence[Text], others: Sequence[Text]) -> Iterator[tuple[int, str]]:
    for index, (one, other) in enumerate(zip(texts, others, strict=True)):
        if _shape(one) != _shape(other):
            yield index, other.words


def _shape(text: Text) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The words of a text, and the type and target or name of its links, images, variables and
    footnotes: what is compared to find changes."""
    return text.words, tuple(
        (child.type, str(child.attrs.get("href") or child.attrs.get("src") or child.content))
        for child in text.children
        if child.type in ("link_open", "image", "variable", "note_met")
    )


Span = tuple[int, int]
"""The offsets of the start and the end of a character in a source."""

_ENTITY = late(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_SOFT = late(r"[ \t]*\n[ \t>]*")
_HARD = late(r"(?:\\| {2,})\n[ \t>]*")
_VALUE = late(r"\{\{[^{}\n]*\}\}")
_WORDS = r"\[(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*\]"
_TARGET = r"(?:\((?:[^()\\]|\\.|\([^()]*\))*\)|\[[^\[\]]*\])?"
_IMAGE = late(rf"!{_WORDS}{_TARGET}(?:\{{[^{{}}\n]*\}})?", re.DOTALL)
_LINK_END = late(rf"\]{_TARGET}", re.DOTALL)
_NOTE = late(r"\[\^[^\[\]\s]+\]")
_MAX_MARKUP = 2000
"""Maximum number of characters that are skipped as markup to find the next words."""


def align_texts(
    texts: Sequence[Text], source: str, first_line: int = 1
) -> list[tuple[Span, ...] | None]:
    """For each text, the spans of its characters in ``source``; ``None`` for a text that was not
    found. ``first_line`` is the line number of the first line of ``source``."""
    starts = [0, *(found.end() for found in re.finditer("\n", source))]
    line, at = 0, 0
    places: list[tuple[Span, ...] | None] = []
    for text in texts:
        row = text.line - first_line
        if text.line != line:
            at = starts[row] if 0 <= row < len(starts) else len(source)
        line = text.line
        found = (
            _align_title(text, source, at) if not text.children else _align_text(text, source, at)
        )
        at = found[-1][1] if found else at
        places.append(found)
    return places


def _align_title(text: Text, source: str, at: int) -> tuple[Span, ...] | None:
    end = source.find("\n", at)
    start = source.rfind(text.words, at, len(source) if end < 0 else end)
    if start < 0:
        return None
    return tuple((place, place + 1) for place in range(start, start + len(text.words)))


def _align_text(text: Text, source: str, at: int) -> tuple[Span, ...] | None:
    places: list[Span] = []
    for child in text.children:
        found = _align_child(child, source, at)
        if found is None:
            return None
        spans, at = found
        places.extend(spans)
    return tuple(places)


def _align_child(child: Token, source: str, at: int) -> tuple[list[Span], int] | None:
    if child.type in ("text", "code_inline"):
        return _find_words(child.content, source, at)
    if child.type in _SINGLE_CHARACTERS:
        found = _SINGLE_CHARACTERS[child.type].search(source, at, at + _MAX_MARKUP)
        return ([found.span()], found.end()) if found else None
    if child.type in _ZERO_WIDTH:
        found = _ZERO_WIDTH[child.type].search(source, at, at + _MAX_MARKUP)
        return ([], found.end()) if found else None
    if child.type == "link_close" and child.info != AUTOMATIC:
        found = _LINK_END.match(source, at)
        return [], found.end() if found else at
    marked = child.markup and child.type != "link_open" and source.startswith(child.markup, at)
    return [], at + len(child.markup) if marked else at


_SINGLE_CHARACTERS = {"softbreak": _SOFT, "hardbreak": _HARD, "variable": _VALUE}
"""Types of tokens that are one character in the words of a text, and how the source writes them."""
_ZERO_WIDTH = {"image": _IMAGE, "note_met": _NOTE}
"""Types of tokens that are not in the words of a text, and how the source writes them."""


def _find_words(words: str, source: str, at: int) -> tuple[list[Span], int] | None:
    """The spans of the characters of ``words`` in ``source``, at or after the offset ``at``, with
    nothing but markup in between, and the offset after the last span; ``None`` if not found."""
    if not words:
        return [], at
    for start in range(at, min(len(source), at + _MAX_MARKUP)):
        spans = _match_at(words, source, start)
        if spans is not None:
            return spans, spans[-1][1]
    return None


def _match_at(words: str, source: str, at: int) -> list[Span] | None:
    spans: list[Span] = []
    for letter in words:
        end = _character_end(letter, source, at)
        if end is None:
            return None
        spans.append((at, end))
        at = end
    return spans


def _character_end(letter: str, source: str, at: int) -> int | None:
    """The offset after ``letter`` if the source has this letter at the offset ``at``, unchanged,
    escaped or as an entity; ``None`` if another character is there."""
    written = source[at : at + 1]
    if written == "\\" and source[at + 1 : at + 2] == letter:
        return at + 2
    entity = _ENTITY.match(source, at) if written == "&" else None
    if entity and unescape(entity[0]) == letter:
        return entity.end()
    if written == letter:
        return at + 1
    return at + 1 if letter == " " and written == "\n" else None
