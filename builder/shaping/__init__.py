"""Typed shapes for YAML written by authors: keys, types, limits, and their violations."""

from builder.shaping.marks import After, Before, Limits, Pattern, ShapeError, Shorthand, Wrong
from builder.shaping.shape import Field, Shape, fields, read, written

__all__ = [
    "After",
    "Before",
    "Field",
    "Limits",
    "Pattern",
    "Shape",
    "ShapeError",
    "Shorthand",
    "Wrong",
    "fields",
    "read",
    "written",
]
