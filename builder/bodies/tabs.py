"""Texts of which one is read at a time: ``:::: tabs Title`` and several ``::: tab Title`` in it."""

from __future__ import annotations

from builder.bodies.base import Body, holding
from builder.markdown import Directive


def read(block: Directive) -> Body:
    """``content``, which is two tabs or more and nothing else."""
    return holding(block, "tab", without="tabs")
