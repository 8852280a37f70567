"""Figures: ``::: figure Caption`` with an image and an optional long description."""

from __future__ import annotations

from builder.base.patterns import late
from builder.course.blocks.base import Body, body_fault, is_image, split_first
from builder.course.markdown import Directive, Prose

_IMAGE_WITH_SPACE = late(r"!\[([^\]\n]*)\]\(([^()<>\"\n]+ [^()<>\"\n]*\.\w+)\)")
"""An image with a space in its file name, which Markdown reads as text."""


def _source(prose: Prose) -> str:
    return next((token.content for token in prose.tokens if token.type == "inline"), "")


def read(block: Directive) -> Body:
    """Parse a figure: ``image``, and its long ``description`` or ``None`` (WCAG 1.1.1,
    facts/accessibility.md).

    ``bare`` is true if neither image nor caption has any words, so that it must not be announced as
    a figure.
    """
    head, rest = split_first(block)
    if head is None or not is_image(head):
        line = head.line if head else block.line
        problem = "does not start with its image"
        fix = "Write ![what it shows](media/name.png) first, and an empty line after it."
        if head and (spaced := _IMAGE_WITH_SPACE.match(_source(head.prose))):
            problem = f"has an image whose address has a space: “{spaced[2]}”"
            fix = (
                f"Write ![{spaced[1]}](<{spaced[2]}>); or rename the file so that its name has "
                "no space."
            )
        return Body({}, (body_fault(block, line, problem, fix),))
    (image,) = head.prose.images
    if image.decorative and rest.blocks:
        problem = "describes an image that is marked as decorative"
        fix = "Say what the image shows between its square brackets, or delete the description."
        return Body({}, (body_fault(block, image.line, problem, fix, image.column),))
    return Body(
        {
            "image": head.text(),
            "description": rest if rest.blocks else None,
            "bare": image.decorative and not block.argument,
        }
    )
