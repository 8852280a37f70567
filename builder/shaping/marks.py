"""What an ``Annotated`` says of a value beside its type, and how a value breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace
from typing import Any

from builder.immutable import immutable

Location = tuple[str | int, ...]
"""The keys and the numbers of entries that lead to a part of a value."""


@immutable
class Pattern:
    """What a text matches somewhere: ``\\s`` is Unicode's White_Space, ``$`` the very end.

    ``strip`` takes white space off both ends, ``lower`` makes what was read lower-case. What is
    empty where ``filled`` is has no value.
    """

    pattern: str
    strip: bool = False
    filled: bool = False
    lower: bool = False


@immutable
class Limits:
    """How great a number may be, or how many entries a list may have."""

    ge: float | None = None
    le: float | None = None
    multiple_of: float | None = None
    min_length: int | None = None
    max_length: int | None = None


@immutable
class Before:
    """What makes the long form of a value out of a shorter one, before anything is read."""

    make: Callable[[Any], Any]


@immutable
class After:
    """What a value becomes once it is read."""

    make: Callable[[Any], Any]


@immutable
class Shorthand:
    """A shorter ``form``, a type, in which an author may write a value: for the schemas of
    editors. A ``Before`` beside it makes of it what it stands for."""

    form: Any


@immutable
class Wrong:
    """A part of a value that breaks its shape: the rule, where, what stands there, and the limits
    that the rule names.

    Rules are ``missing`` and ``unknown`` for keys, ``key`` for a name that cannot stand in a
    mapping of any names, and those of values, such as ``text`` or ``pattern``.
    """

    rule: str
    value: Any
    limits: Mapping[str, Any] = field(default_factory=dict)
    at: Location = ()


class ShapeError(ValueError):
    """A value that breaks its shape; ``wrongs`` is every part that does."""

    def __init__(self, wrongs: Iterable[Wrong]) -> None:
        self.wrongs = tuple(wrongs)
        super().__init__("; ".join(f"{one.rule} at {one.at}" for one in self.wrongs))

    def below(self, step: str | int) -> Iterable[Wrong]:
        """The same, in the part of a greater value to which ``step`` leads."""
        return (replace(wrong, at=(step, *wrong.at)) for wrong in self.wrongs)


def broken(rule: str, value: Any, **limits: Any) -> ShapeError:
    """The error of one value that breaks one rule."""
    return ShapeError([Wrong(rule, value, limits)])
