"""Rules against answers that read the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from builder.course.markdown import Prose
from builder.course.questions import Item, Option
from builder.course.validate.bank import QuestionItem
from builder.course.validate.material import Material
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic

_MAX_SHOWN = 40
_EMPHASIS = frozenset({"strong_open", "strong_close", "em_open", "em_close"})
_SPACES = frozenset({"softbreak", "hardbreak"})


def alike(material: Material) -> Iterator[Diagnostic]:
    """Report options and items that say the same as an earlier one."""
    for item in material.questions:
        kind = item.kind
        if kind.option_name:
            options = item.question.options
            yield from _duplicates(item, kind.options_key, kind.option_name, options)
        if kind.item_name:
            yield from _duplicates(item, kind.items_key, kind.item_name, item.question.items)


def _duplicates(
    item: QuestionItem, key: str, name: str, parts: Sequence[Option | Item]
) -> Iterator[Diagnostic]:
    known: dict[tuple[str, ...], int] = {}
    for index, part in enumerate(parts):
        first = known.setdefault(tuple(_visible_pieces(part.text)), index)
        if first != index:
            line = item.place.find([key, first, "text"]).at.line
            yield problem(
                "option-alike",
                item.place.find([key, index, "text"]).at,
                words=_shorten(part.text),
                name=name,
                first=parts[first].id,
                line=str(line),
            )


def _visible_pieces(text: Prose) -> Iterator[str]:
    """The visible content of a text, as pieces: words without emphasis, and what changes them
    (pictures, raised digits)."""
    words = ""
    for token in text.tokens:
        for child in token.children or ():
            if child.type == "text":
                words += child.content
            elif child.type in _SPACES:
                words += " "
            elif child.type not in _EMPHASIS:
                yield " ".join(words.split())
                yield f"{child.type} {child.content} {child.attrs}"
                words = ""
    yield " ".join(words.split())


def _shorten(text: Prose) -> str:
    contents = (child.content for token in text.tokens for child in token.children or ())
    words = " ".join("".join(contents).split())
    return words if len(words) <= _MAX_SHOWN else f"{words[:_MAX_SHOWN]}…"


RULES: tuple[Callable[[Material], Iterator[Diagnostic]], ...] = (alike,)
