"""Media: ``::: media Title`` with a picture or a video beside text."""

from __future__ import annotations

from builder.bodies.base import Body, Content, Part, apart, entries, is_image, wrong
from builder.markdown import Directive, Element, Fault

_SHOWN = ("figure", "video")
_NEITHER = (
    "neither begins nor ends with its picture or video",
    "Write ![what it shows](media/name.png), or a block “::: figure” or “::: video”, above the "
    "text or below it: what stands first is read first.",
)
_ALONE = (
    "has no text beside its picture or video",
    "Write the text above or below it, or the picture without this block.",
)
_TWO = (
    "has two pictures or videos",
    "Give the second one and its text a block “::: media” of their own.",
)


def read(block: Directive) -> Body:
    """Parse media: ``picture`` and ``text``, in the order written.

    ``first`` is whether the picture comes first: it is then also read first, and stands at the
    start of the line.
    """
    head, after = apart(block.blocks, 0)
    if _shows(head):
        parts: dict[str, Part] = {"picture": _picture(head), "text": after}
        return Body({**parts, "first": True}, _faults(block, after))
    last, before = apart(block.blocks, -1)
    if _shows(last):
        parts = {"text": before, "picture": _picture(last)}
        return Body({**parts, "first": False}, _faults(block, before))
    return Body({}, (wrong(block, block.line, *_NEITHER),))


def _shows(entry: Element | Directive) -> bool:
    return is_image(entry) or (isinstance(entry, Directive) and entry.name in _SHOWN)


def _picture(entry: Element | Directive) -> Part:
    return entry.text() if isinstance(entry, Element) else Content((entry,))


def _faults(block: Directive, text: Content) -> tuple[Fault, ...]:
    if not text.blocks:
        return (wrong(block, block.line, *_ALONE),)
    pictures = [entry for entry in entries(text.blocks) if _shows(entry)]
    return tuple(wrong(block, entry.line, *_TWO) for entry in pictures)
