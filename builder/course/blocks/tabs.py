"""Tabs: ``:::: tabs Title`` with several ``::: tab Title`` in it."""

from __future__ import annotations

from builder.course.blocks.base import Body, require_blocks
from builder.course.markdown import Directive


def read(block: Directive) -> Body:
    """Parse tabs: ``content`` is at least two tabs and nothing else."""
    return require_blocks(block, "tab", without="tabs")
