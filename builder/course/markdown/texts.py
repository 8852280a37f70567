"""The individual texts of a Markdown document, for finding and comparing what is shown of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markdown_it.token import Token

from builder.base.immutable import immutable
from builder.course.markdown.document import Directive, Document, Prose

THING = "\ufffc"
"""Placeholder character for content without text, such as a local value."""


@immutable
class Text:
    """A text: the title of a block, or the content of a paragraph, heading or cell.

    ``line`` is where it starts, ``children`` are its tokens (none for a title), ``words`` its text
    without markup.
    """

    line: int
    words: str
    children: tuple[Token, ...] = ()


class Texts:
    """The texts of a document, or of one run of prose, in order."""

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
        """The index of the text that contains a ``child`` of a ``token``, and the offset in it.

        The readers of block bodies may have shortened the child.
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
    """The words of an inline token, as counted in its text."""
    if child.type in ("text", "code_inline"):
        return child.content
    if child.type == "softbreak":
        return " "
    if child.type == "hardbreak":
        return "\n"
    return THING if child.type == "variable" else ""


def changed(texts: Sequence[Text], others: Sequence[Text]) -> Mapping[int, str] | None:
    """The new words of the texts that differ, by index; ``None`` if the number of texts differs."""
    if len(texts) != len(others):
        return None
    return dict(_changed_texts(texts, others))


def _changed_texts(texts: Sequence[Text], others: Sequence[Text]) -> Iterator[tuple[int, str]]:
    for index, (one, other) in enumerate(zip(texts, others, strict=True)):
        if _shape(one) != _shape(other):
            yield index, other.words


def _shape(text: Text) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The words of a text, its links and its images, none of which may change unintentionally."""
    return text.words, tuple(
        (child.type, str(child.attrs.get("href") or child.attrs.get("src") or child.content))
        for child in text.children
        if child.type in ("link_open", "image", "variable", "note_met")
    )
