"""Shapes: classes that declare the keys, types and limits of YAML that authors write.

Reading a value into a shape converts it, or lists all violations of the shape.
"""

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
