"""A run of prose as a row of what starts, what is said and what ends, for documents that are not
HTML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from markdown_it.token import Token

from builder.base.immutable import immutable
from builder.course.interface import Typography
from builder.course.markdown.document import Prose
from builder.course.markdown.rendering import UNDESCRIBED
from builder.course.markdown.text import text_of
from builder.course.markdown.texts import Texts
from builder.course.markdown.typography import typeset

Style = Literal["strong", "em", "del", "code"]
_STYLES: Mapping[str, Style] = {"strong": "strong", "em": "em", "s": "del"}


@immutable
class Piece:
    """Words of a line that are set alike, or what stands among them: a local value, a picture, the
    number of a note, a break of the line.

    ``text`` is what is printed, ``raw`` the same as it is written; of a value its name. ``target``
    is where a link leads, or the file of a picture. ``undescribed`` is whether a picture's author
    has still to describe it.
    ``place`` is which text of the document it is in, and where it starts there.
    """

    kind: Literal["words", "value", "picture", "note", "break"]
    text: str
    raw: str = ""
    styles: frozenset[Style] = frozenset()
    target: str = ""
    percent: int = 100
    place: tuple[int, int] | None = None
    undescribed: bool = False


@immutable
class Start:
    """Where something begins: a paragraph, a list, an item, a table …, by markdown-it's word.

    ``number`` is the first number of a list, the level of a heading, or that of a note; ``head``
    is whether a cell heads its column or row.
    """

    kind: str
    number: int = 1
    head: bool = False


@immutable
class End:
    """Where the same ends."""

    kind: str


@immutable
class Words:
    """What a paragraph, a heading or a cell says; ``code`` has lines that stay as they are."""

    pieces: tuple[Piece, ...]
    code: bool = False


def flow(
    prose: Prose, texts: Texts, values: Mapping[str, str], typography: Typography | None
) -> Iterator[Start | End | Words]:
    """What stands in a run of prose of the document that ``texts`` are of.

    ``values`` are the local values; ``typography`` is how straight marks are printed.
    """
    printed = typeset(prose.tokens, typography) if typography else prose.tokens
    for token, shown in zip(prose.tokens, printed, strict=True):
        if token.type == "inline":
            yield Words(tuple(_pieces(token, shown.children or (), texts, values)))
        elif token.type in ("fence", "code_block"):
            yield Words((Piece("words", token.content.rstrip("\n")),), code=True)
        elif token.nesting > 0:
            yield _start(token)
        elif token.nesting < 0:
            yield End(token.type.removesuffix("_close"))
        elif token.type == "hr":
            yield Start("hr")


def _start(token: Token) -> Start:
    kind = token.type.removesuffix("_open")
    number = 1
    if kind == "heading":
        number = int(token.tag[1])
    elif kind == "ordered_list":
        number = int(token.attrs.get("start", 1))
    elif kind == "note":
        number = token.meta["number"]
    return Start(kind, number, token.tag == "th")


def _pieces(
    token: Token, shown: Sequence[Token], texts: Texts, values: Mapping[str, str]
) -> Iterator[Piece]:
    styles: list[Style] = []
    targets: list[str] = []
    for child, print_ in zip(token.children or (), shown, strict=True):
        kind, _, end = child.type.rpartition("_")
        if kind in _STYLES and end == "open":
            styles.append(_STYLES[kind])
        elif kind in _STYLES and end == "close":
            styles.remove(_STYLES[kind])
        elif child.type == "link_open":
            targets.append(str(child.attrs["href"]))
        elif child.type == "link_close":
            targets.pop()
        else:
            target = targets[-1] if targets else ""
            place = texts.spot(token, child)
            yield from _piece(child, print_, frozenset(styles), target, place, values)


def _piece(
    child: Token,
    shown: Token,
    styles: frozenset[Style],
    target: str,
    place: tuple[int, int] | None,
    values: Mapping[str, str],
) -> Iterator[Piece]:
    if child.type in ("text", "code_inline"):
        styles |= {"code"} if child.type == "code_inline" else frozenset()
        yield Piece("words", shown.content, child.content, styles, target, place=place)
    elif child.type == "softbreak":
        yield Piece("words", " ", " ", styles, target, place=place)
    elif child.type == "hardbreak":
        yield Piece("break", "\n", "\n", place=place)
    elif child.type == "variable":
        text = values[child.content]
        yield Piece("value", text, child.content, styles, target, place=place)
    elif child.type == "note_met":
        yield Piece("note", str(child.meta["number"]), place=place)
    elif child.type == "image":
        said = text_of([child], values.__getitem__)
        percent = child.meta.get("width", 100)
        undescribed = not said and child.attrs.get("title") == UNDESCRIBED
        target = str(child.attrs["src"])
        yield Piece("picture", said, "", frozenset(), target, percent, place, undescribed)
