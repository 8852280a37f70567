"""The part of a document that becomes one page."""

from __future__ import annotations

from builder.base.immutable import immutable
from builder.importing.document.form import Block, Paragraph


@immutable
class Part:
    """The part of a document that becomes one page: its heading (``None`` for content before the
    first heading) and its blocks. ``module`` is the higher heading above it, which groups pages.
    ``level`` is that of the headings that start pages in its document. ``bank`` is true for a page
    of a question bank."""

    heading: Paragraph | None
    blocks: tuple[Block, ...]
    module: Paragraph | None = None
    level: int = 1
    bank: bool = False
