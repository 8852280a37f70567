"""Constraints in the ``Annotated`` types of a shape, and violations of a shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace
from typing import Any

from builder.base.immutable import immutable

Location = tuple[str | int, ...]
"""The path to a part of a value: keys and list indexes."""


@immutable
class Pattern:
    """A pattern that a text must contain: ``\\s`` is Unicode's White_Space, ``$`` the very end.

    ``strip`` removes white space at both ends, ``lower`` converts to lower case, ``filled`` treats
    an empty text as no value.
    """

    pattern: str
    strip: bool = False
    filled: bool = False
    lower: bool = False


@immutable
class Limits:
    """Limits of a number, or of the length of a list."""

    ge: float | None = None
    le: float | None = None
    multiple_of: float | None = None
    min_length: int | None = None
    max_length: int | None = None


@immutable
class Before:
    """A function that converts a short form of a value to its long form before it is read."""

    make: Callable[[Any], Any]


@immutable
class After:
    """A function that converts a value after it is read."""

    make: Callable[[Any], Any]


@immutable
class Shorthand:
    """A short ``form`` (a type) that an author may write for a value; used in the schemas for
    editors.

    A ``Before`` beside it converts the short form.
    """

    form: Any


@immutable
class Violation:
    """A violation of a shape: the rule, the path, the value found, and the rule's limits.

    Rules are ``missing`` and ``unknown`` for keys, ``key`` for an invalid name in a mapping with
    free names, and rules for values such as ``text`` or ``pattern``.
    """

    rule: str
    value: Any
    limits: Mapping[str, Any] = field(default_factory=dict)
    at: Location = ()


class ShapeError(ValueError):
    """A value violates its shape; ``violations`` lists every violation."""

    def __init__(self, violations: Iterable[Violation]) -> None:
        self.violations = tuple(violations)
        super().__init__(
            "; ".join(f"{violation.rule} at {violation.at}" for violation in self.violations)
        )

    def below(self, step: str | int) -> Iterable[Violation]:
        """The same violations, for a value that is the part ``step`` of a larger value."""
        return (replace(violation, at=(step, *violation.at)) for violation in self.violations)


def shape_error(rule: str, value: Any, **limits: Any) -> ShapeError:
    """The error for one violation of one value."""
    return ShapeError([Violation(rule, value, limits)])
