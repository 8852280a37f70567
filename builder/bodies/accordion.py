"""Texts that open one by one: ``:::: accordion Title`` and several ``::: reveal Title`` in it."""

from __future__ import annotations

from builder.bodies.base import Body, holding
from builder.markdown import Directive


def read(block: Directive) -> Body:
    """``content``, which is two reveals or more and nothing else."""
    return holding(block, "reveal", without="an accordion")
