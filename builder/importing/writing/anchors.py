"""Plans the ids of pages and headings, and the targets of a document's bookmarks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from builder.base.immutable import immutable
from builder.base.slugs import slug
from builder.course.markdown import escaping
from builder.importing.document.form import Block, Box, List, Paragraph, Table
from builder.importing.writing.context import Context, heading_words, words_of
from builder.importing.writing.division import Part

_DEFAULT_ID = "section"
"""The id of a heading without Latin letters (``builder.course.markdown``)."""


@immutable
class Plan:
    """A page to write: its id and title, and in ``headings``, by index, the heading ids that must
    be written because a link leads there. ``ids`` are the ids of all headings."""

    id: str
    title: str
    path: str
    headings: dict[int, str]
    ids: tuple[str, ...]


class Anchors:
    """Plans the pages of a course in order; ``title`` is the course's title."""

    def __init__(self, context: Context, title: str) -> None:
        self.context, self.title = context, title

    def plan(self, part: Part, level: int) -> Plan:
        """Choose the id of a page, and record the targets of its bookmarks."""
        words = heading_words(part.heading) if part.heading else self.title
        title = escaping.title(words) or "…"
        # Without the heading's number, which changes when other headings are added or removed.
        named = words_of(part.heading.inlines) if part.heading else words
        name = self.context.names.new("page", named, "page")
        path = self.context.names.path(name)
        file = path.removeprefix("pages/")
        for bookmark in part.heading.bookmarks if part.heading else ():
            self.context.places[bookmark] = file
        headings = [block for block in part.blocks if _is_heading(block)]
        ids, written = self._headings(name, headings)
        self._record_bookmarks(file, part.blocks, ids, written)
        return Plan(name, title, path, written, tuple(ids))

    def _headings(self, page: str, headings: Sequence[Block]) -> tuple[list[str], dict[int, str]]:
        """The id of each heading, and those that differ from the automatic one and must be
        written."""
        kind = f"heading {page}"
        ids, written = [], {}
        seen: dict[str, int] = {}
        for at, block in enumerate(headings):
            assert isinstance(block, Paragraph)
            own = slug(escaping.clean(heading_words(block))) or _DEFAULT_ID
            seen[own] = seen.get(own, 0) + 1
            automatic = own if seen[own] == 1 else ""
            name = self.context.names.heading(kind, own)
            if name != automatic:
                # An id that an author writes must start with a letter.
                name = name if name[0].isalpha() else f"{_DEFAULT_ID}-{name}"
                written[at] = name
            ids.append(name)
        return ids, written

    def _record_bookmarks(
        self, file: str, blocks: Sequence[Block], ids: Sequence[str], written: dict[int, str]
    ) -> None:
        at = -1
        for block in blocks:
            if _is_heading(block):
                at += 1
            for bookmark in _bookmarks(block):
                self.context.places[bookmark] = f"{file}#{ids[at]}" if at >= 0 else file
                if at >= 0 and ids[at][0].isalpha():
                    # Written out, so that links do not depend on words that may change.
                    written[at] = ids[at]


def _is_heading(block: Block) -> bool:
    return isinstance(block, Paragraph) and bool(block.level and heading_words(block))


def _bookmarks(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield from block.bookmarks
    elif isinstance(block, List):
        for item in block.items:
            for inner in item.blocks:
                yield from _bookmarks(inner)
    elif isinstance(block, Table):
        for row in block.rows:
            for cell in row:
                for inner in cell.blocks:
                    yield from _bookmarks(inner)
    elif isinstance(block, Box):
        for inner in block.blocks:
            yield from _bookmarks(inner)
