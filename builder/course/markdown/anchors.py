"""Gives HTML ids to the texts of a page, so that links can lead to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from builder.course.markdown.rendering import HEADING_PREFIX

ANCHOR_PREFIX = "p-"
"""Prefix of the HTML ids of paragraphs, items and cells, which keeps them apart from other ids."""


def anchors(tokens: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """Yield the index of each text in a page's tokens, and the HTML id that its element can have.

    Headings and terms have their own id. That of another element consists of the line of its file
    and, for the second cell of a table's row and later ones, a number. So it is the same in each
    language. Texts without an element of their own in ``tokens`` are left out.
    """
    on_line: Counter[int] = Counter()
    for at, token in enumerate(tokens):
        line = token.meta.get("line") if token.type == "inline" else None
        opening = _opening(tokens, at) if line else None
        if not line or opening is None:
            continue
        on_line[line] += 1
        further = f"-{on_line[line]}" if on_line[line] > 1 else ""
        name = tokens[opening].meta.get("id")
        yield at, f"{HEADING_PREFIX}{name}" if name else f"{ANCHOR_PREFIX}{line}{further}"


def with_anchors(tokens: Sequence[Token], wanted: set[str]) -> Sequence[Token]:
    """The tokens with the ids in ``wanted`` on their elements; the given tokens stay unchanged.

    Each id that is set is removed from ``wanted``, so that the page has it once.
    """
    found = [*tokens]
    for at, name in anchors(tokens):
        opening = _opening(tokens, at)
        if name in wanted and opening is not None:
            wanted.discard(name)
            opened = tokens[opening]
            found[opening] = opened.copy(attrs={**opened.attrs, "id": name})
    return found


def _opening(tokens: Sequence[Token], at: int) -> int | None:
    """The index of the token that opens the element which starts with the text at index ``at``;
    ``None`` if there is none."""
    # A tight list has hidden paragraphs.
    before = next((one for one in range(at - 1, -1, -1) if not tokens[one].hidden), None)
    return before if before is not None and tokens[before].nesting == 1 else None
