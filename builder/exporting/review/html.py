"""Renders the review document as a single self-contained web page."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from pathlib import PurePosixPath

from markupsafe import Markup

from builder.base import resources
from builder.course import interface
from builder.course.media.formats import FORMATS
from builder.course.model import Course
from builder.course.sources import MediaFile
from builder.exporting.review.tree import Break, Document, Heading
from builder.package.render.templates import Templates

_LEVELS = 2
"""Number of heading levels in the table of contents."""


def page(document: Document, course: Course, kind: str = "review") -> str:
    """Render the review document as one HTML page with embedded images.

    ``kind`` is the folder of the page's template and styles; the styles of ``review`` are always
    included. Only the kind ``review`` shows tags.
    """
    nodes = document.nodes
    start = next(index for index, node in enumerate(nodes) if isinstance(node, Break))
    marked: set[str] = set()

    def mark(tag: str) -> bool:
        """Record that an element has this tag; returns whether it is the first with the tag, which
        then becomes its id."""
        new = tag not in marked
        marked.add(tag)
        return new

    return str(
        Templates(course).render(
            f"{kind}/document.html.j2",
            document=document,
            front=nodes[:start],
            rest=nodes[start:],
            headings=[
                node for node in nodes if isinstance(node, Heading) and node.level <= _LEVELS
            ],
            css=Markup("".join(map(_styles, dict.fromkeys(("review", kind))))),
            tagged=kind == "review",
            address=lambda path: _address(path, course.media),
            mark=mark,
            direction_of=lambda tag: interface.spoken(tag).direction,
            kind_of=lambda node: type(node).__name__,
        )
    )


def _styles(kind: str) -> str:
    return resources.path(f"{kind}/document.css").read_text("utf-8")


def _address(path: str, media: Mapping[str, MediaFile]) -> str:
    kind = FORMATS[PurePosixPath(path).suffix.lower()].mime
    content = b64encode(media[path].file.read_bytes()).decode()
    return f"data:{kind};base64,{content}"
