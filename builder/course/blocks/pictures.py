"""Parses the blocks that show pictures: figures, labelled images, media beside text, cards.

The docstring of each reader names the parts that the block's template uses.
"""

from __future__ import annotations

from collections.abc import Mapping

from builder.base.patterns import late
from builder.course.blocks.base import (
    ALSO_INNER,
    Body,
    Content,
    Part,
    Reader,
    body_fault,
    entries,
    is_image,
    require_blocks,
    split_end,
    split_first,
)
from builder.course.markdown import Directive, Element, Fault, Prose, is_blank

_PLACE = late(r"\(\s*(\d{1,3}(?:\.\d+)?)\s*%\s*,\s*(\d{1,3}(?:\.\d+)?)\s*%\s*\)\s*")
_FULL_WIDTH = 100
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
    'Say what the image shows between its square brackets, and delete “"decorative"”.',
)


def _read_labelled_image(block: Directive) -> Body:
    """Parse a labelled image: ``image``, and ``places``, each with ``left`` and ``top`` (percent of
    the image's width and height) and ``text``."""
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
    if not place_and_text or is_blank(place_and_text[1]):
        return body_fault(block, item.line, *_WITHOUT_PLACE)
    (left, top), text = place_and_text
    if float(left) > _FULL_WIDTH or float(top) > _FULL_WIDTH:
        return body_fault(block, item.line, *_OUTSIDE)
    return {"left": left, "top": top, "text": text}


_IMAGE_WITH_SPACE = late(r"!\[([^\]\n]*)\]\(([^()<>\"\n]+ [^()<>\"\n]*\.\w+)\)")
"""Matches an image with a space in its file name, which Markdown treats as plain text."""


def _inline_source(prose: Prose) -> str:
    return next((token.content for token in prose.tokens if token.type == "inline"), "")


def _read_figure(block: Directive) -> Body:
    """Parse a figure: ``image``, and its long ``description`` or ``None`` (WCAG 1.1.1,
    facts/accessibility.md).

    ``bare`` is true if the image is decorative and has no caption: screen readers must then not
    announce a figure.
    """
    head, rest = split_first(block)
    if head is None or not is_image(head):
        line = head.line if head else block.line
        problem = "does not start with its image"
        fix = "Write ![what it shows](media/name.png) first, and an empty line after it."
        if head and (spaced := _IMAGE_WITH_SPACE.match(_inline_source(head.prose))):
            problem = f"has an image whose address has a space: “{spaced[2]}”"
            fix = (
                f"Write ![{spaced[1]}](<{spaced[2]}>); or rename the file so that its name has "
                "no space."
            )
        return Body({}, (body_fault(block, line, problem, fix),))
    (image,) = head.prose.images
    if image.decorative and rest.blocks:
        problem = "describes an image that is marked as decorative"
        fix = (
            'Say what the image shows between its square brackets and delete “"decorative"”, or '
            "delete the description below the image."
        )
        return Body({}, (body_fault(block, image.line, problem, fix, image.column),))
    return Body(
        {
            "image": head.text(),
            "description": rest if rest.blocks else None,
            "bare": image.decorative and not block.argument,
        }
    )


_MEDIA_BLOCKS = ("figure", "video")
_NO_PICTURE = (
    "neither begins nor ends with its picture or video",
    "Write ![what it shows](media/name.png), or a block “::: figure” or “::: video”, above or "
    "below the text. Screen readers read them in this order.",
)
_NO_TEXT = (
    "has no text next to its picture or video",
    "Write the text above or below the picture, or delete the line with “media” and the line that "
    "closes it.",
)
_TWO_PICTURES = (
    "has two pictures or videos",
    "Put the second one and its text into another block “::: media”.",
)


def _read_media(block: Directive) -> Body:
    """Parse a picture or video beside text: ``picture`` and ``text``.

    ``first`` is true if the author wrote the picture before the text: screen readers then read the
    picture first, and the picture is at the start of the line.
    """
    head, after = split_end(block.blocks, 0)
    if _is_media_picture(head):
        parts: dict[str, Part] = {"picture": _media_picture(head), "text": after}
        return Body({**parts, "first": True}, _media_faults(block, after))
    last, before = split_end(block.blocks, -1)
    if _is_media_picture(last):
        parts = {"text": before, "picture": _media_picture(last)}
        return Body({**parts, "first": False}, _media_faults(block, before))
    return Body({}, (body_fault(block, block.line, *_NO_PICTURE),))


def _is_media_picture(entry: Element | Directive) -> bool:
    return is_image(entry) or (isinstance(entry, Directive) and entry.name in _MEDIA_BLOCKS)


def _media_picture(entry: Element | Directive) -> Part:
    return entry.text() if isinstance(entry, Element) else Content((entry,))


def _media_faults(block: Directive, text: Content) -> tuple[Fault, ...]:
    if not text.blocks:
        return (body_fault(block, block.line, *_NO_TEXT),)
    pictures = [entry for entry in entries(text.blocks) if _is_media_picture(entry)]
    return tuple(body_fault(block, entry.line, *_TWO_PICTURES) for entry in pictures)


_TWO_IN_A_ROW = (2, 4)
"""Numbers of cards that are shown two in a row. With three in a row, two cards would leave a gap,
and the last of four cards would be alone."""


_LISTS = (["bullet_list"], ["ordered_list"])


def _read_cards(block: Directive) -> Body:
    """Parse cards: ``content`` is at least two cards, and ``row`` says how many are in a row,
    ``two`` or ``three``; or it is one list, whose items are the ``rows`` of one card."""
    kinds = [entry.kind if isinstance(entry, Element) else "" for entry in entries(block.blocks)]
    if kinds in _LISTS:
        return Body({"content": Content(block.blocks), "row": "rows"})
    body = require_blocks(block, "card", alone=ALSO_INNER.format("card"))
    row = "two" if len(block.blocks) in _TWO_IN_A_ROW else "three"
    return Body({**body.parts, "row": row}, body.faults)


def _read_card(block: Directive) -> Body:
    """Parse a card: a ``picture`` if it starts with an image, the ``content``, and a ``link`` if it
    ends with a paragraph that is only a link. A missing part is ``None``."""
    head, rest = split_first(block)
    picture: Part = None
    if head and is_image(head):
        picture = head.text()
    else:
        rest = Content(block.blocks)
    link: Part = None
    if rest.blocks:
        last, before = split_end(rest.blocks, -1)
        if isinstance(last, Element) and _is_link(last):
            link, rest = last.text(), before
    return Body({"picture": picture, "content": rest if rest.blocks else None, "link": link})


def _is_link(entry: Element) -> bool:
    leading = entry.leading_link() if entry.kind == "paragraph" else None
    return bool(leading and is_blank(leading[2]))


READERS: dict[str, Reader] = {
    "figure": _read_figure,
    "labelled-image": _read_labelled_image,
    "media": _read_media,
    "cards": _read_cards,
    "card": _read_card,
}
