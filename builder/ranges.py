"""What is said of a field beside its type: a range of numbers, a form of text, a need."""

from __future__ import annotations

import re
from typing import Annotated, Any

from builder.immutable import immutable


@immutable
class Range:
    """The least and the most that a number may be."""

    least: float
    most: float

    def holds(self, value: Any) -> bool:
        """Whether a number lies within; not-a-number lies in no range."""
        return bool(self.least <= value <= self.most)


@immutable
class Form:
    """What a text has to look like, as a regular expression for the whole of it."""

    pattern: str

    def holds(self, value: Any) -> bool:
        """Whether a text is of this form."""
        return re.fullmatch(self.pattern, value) is not None


NEEDED = {"needed": True}
"""Metadata of a field that has a default, and yet is in every ``course.json``."""

Percent = Annotated[int, Range(0, 100)]
Count = Annotated[int, Range(0, 1_000_000_000)]
