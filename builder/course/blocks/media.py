"""Media: ``::: media Title`` with a picture or a video beside text."""

from __future__ import annotations

from builder.course.blocks.base import Body, Content, Part, body_fault, entries, is_image, split_end
from builder.course.markdown import Directive, Element, Fault

_MEDIA_BLOCKS = ("figure", "video")
_NO_PICTURE = (
    "neither begins nor ends with its picture or video",
    "Write ![what it shows](media/name.png), or a block “::: figure” or “::: video”, above or "
    "below the text. Screen readers read them in this order.",
)
_NO_TEXT = (
    "has no text beside its picture or video",
    "Write the text above or below it, or the picture without this block.",
)
_TWO_PICTURES = (
    "has two pictures or videos",
    "Put the second one and its text into another block “::: media”.",
)


def read(block: Directive) -> Body:
    """Parse media: ``picture`` and ``text``, in the order written.

    ``first`` is whether the picture comes first: it is then also read first, and is at the
    start of the line.
    """
    head, after = split_end(block.blocks, 0)
    if _is_picture(head):
        parts: dict[str, Part] = {"picture": _picture(head), "text": after}
        return Body({**parts, "first": True}, _faults(block, after))
    last, before = split_end(block.blocks, -1)
    if _is_picture(last):
        parts = {"text": before, "picture": _picture(last)}
        return Body({**parts, "first": False}, _faults(block, before))
    return Body({}, (body_fault(block, block.line, *_NO_PICTURE),))


def _is_picture(entry: Element | Directive) -> bool:
    return is_image(entry) or (isinstance(entry, Directive) and entry.name in _MEDIA_BLOCKS)


def _picture(entry: Element | Directive) -> Part:
    return entry.text() if isinstance(entry, Element) else Content((entry,))


def _faults(block: Directive, text: Content) -> tuple[Fault, ...]:
    if not text.blocks:
        return (body_fault(block, block.line, *_NO_TEXT),)
    pictures = [entry for entry in entries(text.blocks) if _is_picture(entry)]
    return tuple(body_fault(block, entry.line, *_TWO_PICTURES) for entry in pictures)
