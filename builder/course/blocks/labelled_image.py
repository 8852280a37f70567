"""Labelled images: ``::: labelled-image Title`` with an image and a numbered list of places."""

from __future__ import annotations

from collections.abc import Mapping

from builder.base.patterns import late
from builder.course.blocks.base import Body, Part, body_fault, entries, is_image, split_first
from builder.course.markdown import Directive, Element, Fault, blank

_PLACE = late(r"\(\s*(\d{1,3}(?:\.\d+)?)\s*%\s*,\s*(\d{1,3}(?:\.\d+)?)\s*%\s*\)\s*")
_EDGE = 100
_WITHOUT_IMAGE = (
    "does not start with its image",
    "Write ![what it shows](media/name.png) first, and an empty line after it.",
)
_WITHOUT_LIST = (
    "must be an image and one numbered list",
    "Write the list below the image, with one number for each place: 1. (20%, 35%) What is there.",
)
_WITHOUT_PLACE = (
    "has an entry that does not start with its place",
    "Write how far the place is from the left edge and from the top edge of the image: 1. (20%, "
    "35%) What is there.",
)
_OUTSIDE = ("has a place outside the image", "Write two numbers from 0% to 100%.")
_DECORATIVE = (
    "names places in an image that is marked as decorative",
    "Say what the image shows between its square brackets.",
)


def read(block: Directive) -> Body:
    """Parse a labelled image: ``image``, and ``places``, each with ``left``, ``top`` (percent) and
    ``text``."""
    head, rest = split_first(block)
    if head is None or not is_image(head):
        return Body({}, (body_fault(block, head.line if head else block.line, *_WITHOUT_IMAGE),))
    (image,) = head.prose.images
    if image.decorative:
        return Body({}, (body_fault(block, image.line, *_DECORATIVE, image.column),))
    listed = entries(rest.blocks)
    if [entry.kind if isinstance(entry, Element) else "" for entry in listed] != ["ordered_list"]:
        return Body({}, (body_fault(block, block.line, *_WITHOUT_LIST),))
    items = [item for entry in listed if isinstance(entry, Element) for item in entry.inside()]
    found = [_place(block, item) for item in items]
    return Body(
        {
            "image": head.text(),
            "places": tuple(place for place in found if not isinstance(place, Fault)),
        },
        tuple(place for place in found if isinstance(place, Fault)),
    )


def _place(block: Directive, item: Element) -> Mapping[str, Part] | Fault:
    inside = item.inside()
    is_paragraph = len(inside) == 1 and inside[0].kind == "paragraph"
    place_and_text = inside[0].behind(_PLACE) if is_paragraph else None
    if not place_and_text or blank(place_and_text[1]):
        return body_fault(block, item.line, *_WITHOUT_PLACE)
    (left, top), text = place_and_text
    if float(left) > _EDGE or float(top) > _EDGE:
        return body_fault(block, item.line, *_OUTSIDE)
    return {"left": left, "top": top, "text": text}
