"""Accordions: ``:::: accordion Title`` with several ``::: reveal Title`` in it."""

from __future__ import annotations

from builder.course.blocks.base import Body, require_blocks
from builder.course.markdown import Directive


def read(block: Directive) -> Body:
    """Parse an accordion: ``content`` is at least two reveals and nothing else."""
    return require_blocks(block, "reveal", without="an accordion")
