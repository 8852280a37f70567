"""Pages that nobody reads in one go, and how to divide them."""

from __future__ import annotations

from collections.abc import Iterator

from builder.importers.form import BOLD, Document, Pages, Place, Rest, pages_at
from builder.importers.writing.division import Part, divide, size
from builder.importers.writing.made import Page

MOST = 1500
"""Words from which on a page gets a proposal to divide it."""
_WAYS: tuple[Pages, ...] = ("heading-1", "heading-2", "bold")


def proposal(part: Part, page: Page, level: int) -> Iterator[Rest]:
    """How a page of too many words can be divided; nothing for any other one. ``level`` is that of
    the headings that begin pages."""
    count = len(page.words)
    if part.bank or count <= MOST:
        return
    heading = (part.heading,) if part.heading else ()
    whole = Document((*heading, *part.blocks))
    found = []
    for way in _WAYS:
        if level == BOLD or way == pages_at(level):
            continue
        parts = divide(whole, way).parts
        if len(parts) > 1:
            found.append((max(size(one.blocks) for one in parts), len(parts), way))
    longest, parts_found, best = min(found, default=(0, 0, ""))
    place = next(iter(whole.blocks)).place if whole.blocks else Place("", 0)
    said = f"it has {count:,} words, which is long for one page. "
    if best:
        said += (
            f"“--pages {best}” makes {parts_found} pages of it, the longest with {longest:,} words"
        )
        said += "." if longest <= MOST else ": give more lines a heading's style in Word, too."
    else:
        said += (
            "To divide it, give the lines that begin its parts the style “Heading 1” in Word, and "
            "import the document again."
        )
    yield Rest("long page", place, page.title, said)
