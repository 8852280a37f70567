"""Constraints on the values of fields: ranges of numbers, patterns of text."""

from __future__ import annotations

import re
from typing import Annotated, Any

from builder.base.immutable import immutable


@immutable
class Range:
    """The minimum and maximum of a number."""

    least: float
    most: float

    def holds(self, value: Any) -> bool:
        """Whether a number is in the range; NaN never is."""
        return bool(self.least <= value <= self.most)


@immutable
class Form:
    """A regular expression that a whole text must match."""

    pattern: str

    def holds(self, value: Any) -> bool:
        """Whether a whole text matches the pattern."""
        return re.fullmatch(self.pattern, value) is not None


NEEDED = {"needed": True}
"""Metadata of a field that has a default in Python but must be in every ``course.json``, the file
that describes a course in its package."""

Percent = Annotated[int, Range(0, 100)]
Count = Annotated[int, Range(0, 1_000_000_000)]
