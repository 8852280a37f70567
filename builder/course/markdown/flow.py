"""Converts a run of prose to a stream of start, text and end events, from which documents other
than HTML, such as Word files, are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from markdown_it.token import Token

from builder.base.immutable import immutable
from builder.course.interface import Typography
from builder.course.markdown.document import Prose
from builder.course.markdown.inline_tokens import text_of
from builder.course.markdown.rendering import UNDESCRIBED
from builder.course.markdown.texts import Texts
from builder.course.markdown.translating import LANGUAGE
from builder.course.markdown.typography import typeset

Style = Literal["strong", "em", "del", "code"]
_STYLES: Mapping[str, Style] = {"strong": "strong", "em": "em", "s": "del"}


@immutable
class Piece:
    """Part of a line: words with the same formatting, the value of a variable, an image, the number
    of a footnote, or a line break.

    - ``text``: the printed text; ``raw``: the text as written, or the name of the variable.
    - ``target``: the target of the link around the piece, or the file of an image; else empty.
    - ``percent``: the width of an image.
    - ``undescribed``: the alternative text of an image is still to be written.
    - ``place``: the index of the containing text in ``Texts.all``, and the offset in its words;
      ``None`` if unknown.
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
    """The start of a paragraph, a list, an item, a table …; ``kind`` is markdown-it's name for it.

    ``number`` is the first number of a list, the level of a heading, or the number of a footnote.
    ``head`` is true for a header cell.
    """

    kind: str
    number: int = 1
    head: bool = False


@immutable
class End:
    """The end of what a ``Start`` of the same kind opened."""

    kind: str


@immutable
class Words:
    """The content of a paragraph, a heading or a cell. If ``code`` is true, it is a code block,
    whose line breaks are part of the text. ``language`` is the tag of its language if it is not
    translated."""

    pieces: tuple[Piece, ...]
    code: bool = False
    language: str = ""


def flow(
    prose: Prose, texts: Texts, values: Mapping[str, str], typography: Typography | None
) -> Iterator[Start | End | Words]:
    """Yield the events of a run of prose; ``texts`` are the texts of the document around it.

    ``values`` are the values of variables by name. ``typography`` is how straight quotes and dashes
    are printed, ``None`` for unchanged.
    """
    printed = typeset(prose.tokens, typography) if typography else prose.tokens
    for token, shown in zip(prose.tokens, printed, strict=True):
        if token.type == "inline":
            language, _ = token.meta.get(LANGUAGE, ("", ""))
            pieces = tuple(_pieces(token, shown.children or (), texts, values))
            yield Words(pieces, language=language)
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
