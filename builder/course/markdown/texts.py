"""The texts of a Markdown document one by one, and which of them something on show is a part of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markdown_it.token import Token

from builder.base.immutable import immutable
from builder.course.markdown.document import Directive, Document, Prose

THING = "\ufffc"
"""Stands in a text for what has no words of its own there, such as a local value."""


@immutable
class Text:
    """One text: the title of a block, or what stands between marks of Markdown.

    ``line`` is where it starts, ``children`` its tokens (none for a title), ``words`` what is left
    of it without markup.
    """

    line: int
    words: str
    children: tuple[Token, ...] = ()


class Texts:
    """The texts of one document, or of one run of prose, in their order."""

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
            start += len(worded(child))
        words = "".join(map(worded, children))
        self._add(Text(token.meta.get("line", 1), words, children))

    def title(self, block: Directive) -> int:
        """Which text the title of a block is."""
        return self._titles[id(block)]

    def spot(self, token: Token, child: Token) -> tuple[int, int] | None:
        """Which text a ``child`` of a ``token`` is in, and where it starts there.

        A child may have been shortened by what reads the bodies of blocks.
        """
        known = self._spots.get(id(child))
        if known:
            return known
        words = worded(child)
        near = self._at.get(token.meta.get("line", 1), ())
        found = [
            (index, start)
            for index in near
            if words and (start := self.all[index].words.find(words)) >= 0
        ]
        return found[0] if len(found) == 1 else None


def worded(child: Token) -> str:
    """The words of an inline token, as they count in the words of its text."""
    if child.type in ("text", "code_inline"):
        return child.content
    if child.type == "softbreak":
        return " "
    if child.type == "hardbreak":
        return "\n"
    return THING if child.type == "variable" else ""


def changed(texts: Sequence[Text], others: Sequence[Text]) -> Mapping[int, str] | None:
    """What the words are now of those texts that are not the same; ``None`` where there are more
    texts than before, or fewer."""
    if len(texts) != len(others):
        return None
    return dict(_differing(texts, others))


def _differing(texts: Sequence[Text], others: Sequence[Text]) -> Iterator[tuple[int, str]]:
    for index, (one, other) in enumerate(zip(texts, others, strict=True)):
        if _shape(one) != _shape(other):
            yield index, other.words


def _shape(text: Text) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The words of a text, and its links and pictures: what may not change unasked."""
    return text.words, tuple(
        (child.type, str(child.attrs.get("href") or child.attrs.get("src") or child.content))
        for child in text.children
        if child.type in ("link_open", "image", "variable", "note_met")
    )
