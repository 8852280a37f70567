"""Typed shapes for YAML written by authors: keys, types, limits, and their violations."""

from builder.course.shaping.scalars import (
    After,
    Before,
    Limits,
    Pattern,
    ShapeError,
    Shorthand,
    Violation,
)
from builder.course.shaping.shape import Field, Shape, fields, read, written

__all__ = [
    "After",
    "Before",
    "Field",
    "Limits",
    "Pattern",
    "Shape",
    "ShapeError",
    "Shorthand",
    "Violation",
    "fields",
    "read",
    "written",
]
