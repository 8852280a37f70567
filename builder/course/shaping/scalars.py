"""Creates readers for scalars: functions that convert text to numbers, dates and booleans, and
check it against patterns and limits."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace
from datetime import date
from functools import cache
from typing import Any

from builder.base.immutable import immutable

Location = tuple[str | int, ...]
"""The path to a part of a value: keys and list indexes, from the outside in."""


@immutable
class Pattern:
    """A regular expression that a text must contain, and how the text is cleaned.

    In the pattern, ``\\s`` is Unicode's White_Space, ``$`` the very end of the text. ``strip``
    removes white space at both ends, ``lower`` converts the text to lower case, ``filled`` rejects
    an empty text.
    """

    pattern: str
    strip: bool = False
    filled: bool = False
    lower: bool = False


@immutable
class Limits:
    """Limits of a number (``ge`` minimum, ``le`` maximum), or of the length of a list."""

    ge: float | None = None
    le: float | None = None
    multiple_of: float | None = None
    min_length: int | None = None
    max_length: int | None = None


@immutable
class Before:
    """A mark with a function that converts a short form of a value to its long form, before the
    value is read."""

    make: Callable[[Any], Any]


@immutable
class After:
    """A mark with a function that converts a value after it was read."""

    make: Callable[[Any], Any]


@immutable
class Shorthand:
    """A type, ``form``, that an author may write instead of the full value.

    It appears in the schemas for editors; a ``Before`` on the same field converts the short form.
    """

    form: Any


@immutable
class Violation:
    """A violation of a shape: the rule, the value found, the limits of the rule, and the path to
    the value (``at``).

    The rules for keys are ``missing`` and ``unknown``, and ``key`` for an invalid name in a mapping
    with free names. The other rules are for values, such as ``text`` or ``pattern``.
    """

    rule: str
    value: Any
    limits: Mapping[str, Any] = field(default_factory=dict)
    at: Location = ()


class ShapeError(ValueError):
    """A value violates its shape; ``violations`` are all violations found in it."""

    def __init__(self, violations: Iterable[Violation]) -> None:
        self.violations = tuple(violations)
        super().__init__(
            "; ".join(f"{violation.rule} at {violation.at}" for violation in self.violations)
        )

    def below(self, step: str | int) -> Iterable[Violation]:
        """The same violations with paths that start at the containing value, in which the faulty
        value is at the key or index ``step``."""
        return (replace(violation, at=(step, *violation.at)) for violation in self.violations)


def shape_error(rule: str, value: Any, **limits: Any) -> ShapeError:
    """The error with a single violation: a value breaks a rule with these limits."""
    return ShapeError([Violation(rule, value, limits)])


Reader = Callable[[Any], Any]
"""A function that converts a value, or raises ``ShapeError``."""

SPACE = "\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""Unicode's White_Space, for use in the brackets of a pattern.

Python's ``\\s`` also matches U+001C to U+001F.
"""
_SPACES = "\t\n\v\f\r \u0085\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_DIGITS = "[0-9]++(?:_[0-9]++)*+"
_INT = re.compile(rf"[+-]?{_DIGITS}(?:\.0+)?")
_FLOAT = re.compile(
    r"[+-]?(?:[0-9]++\.?[0-9]*+|\.[0-9]++)(?:e[+-]?[0-9]++)?|[+-]?inf(?:inity)?|nan"
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MAX_DIGITS = 4300
"""Maximum number of digits of an integer, as in Python."""
_YES = {"yes", "y", "true", "t", "on", "1"}
_NO = {"no", "n", "false", "f", "off", "0"}
_TOLERANCE = 1e-9
"""Tolerance for testing multiples, relative to the number: hundredths are inexact in binary."""


def text(marks: tuple[Any, ...]) -> Reader:
    """Make a reader for texts with the ``Pattern`` among ``marks``; it rejects all other types."""
    [pattern] = (mark for mark in marks if isinstance(mark, Pattern))
    search = compiled(pattern.pattern).search

    def read(value: Any) -> str:
        if not isinstance(value, str):
            raise shape_error("text", value)
        if not (value.isascii() or _encodable(value)):
            raise shape_error("letters", value)
        stripped = value.strip(_SPACES) if pattern.strip else value
        if pattern.filled and not stripped:
            raise shape_error("empty", value)
        if not search(stripped):
            raise shape_error("pattern", value, pattern=pattern.pattern)
        return stripped.lower() if pattern.lower else stripped

    return read


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Compile the regular expression of a ``Pattern`` for Python."""
    expanded = pattern.replace("[^\\s", f"[^{SPACE}").replace(r"\S", f"[^{SPACE}]")
    return re.compile(expanded.replace("$", r"\Z"))


def _encodable(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def whole(marks: tuple[Any, ...]) -> Reader:
    """Make a reader for integers within the ``Limits`` among ``marks``."""
    within = _check_limits(marks)

    def read(value: Any) -> int:
        if isinstance(value, str):
            stripped = value.strip(_SPACES)
            if len(stripped) > _MAX_DIGITS or not _INT.fullmatch(stripped):
                raise shape_error("whole", value)
            return int(within(int(stripped.partition(".")[0]), value))
        if not isinstance(value, int):
            raise shape_error("whole", value)
        return int(within(int(value), value))

    return read


def number(marks: tuple[Any, ...]) -> Reader:
    """Make a reader for numbers within the ``Limits`` among ``marks``."""
    within = _check_limits(marks)

    def read(value: Any) -> float:
        if isinstance(value, str):
            stripped = value.strip(_SPACES).lower()
            if "_" in stripped and "__" not in stripped and stripped == stripped.strip("_"):
                stripped = stripped.replace("_", "")
            if not _FLOAT.fullmatch(stripped):
                raise shape_error("number", value)
            return within(float(stripped), value)
        if not isinstance(value, int | float):
            raise shape_error("number", value)
        return within(float(value), value)

    return read


def _check_limits(marks: tuple[Any, ...]) -> Callable[[float, Any], float]:
    limits = [mark for mark in marks if isinstance(mark, Limits)]

    def check(number: float, value: Any) -> float:
        for one in limits:
            if one.multiple_of is not None and not _is_multiple(number, one.multiple_of):
                raise shape_error("decimals", value, multiple_of=one.multiple_of)
            if one.le is not None and not number <= one.le:
                raise shape_error("too-much", value, le=one.le)
            if one.ge is not None and not number >= one.ge:
                raise shape_error("too-little", value, ge=one.ge)
        return number

    return check


def _is_multiple(number: float, part: float) -> bool:
    over, near = (
        abs(math.fmod(number, part)) if math.isfinite(number) else 0,
        abs(number) * _TOLERANCE,
    )
    return not (over > near and abs(over - part) > near)


def yes_or_no(marks: tuple[Any, ...]) -> Reader:
    """Make a reader for booleans, written as yes or no, true or false, and similar words."""

    def read(value: Any) -> bool:
        if isinstance(value, bool):
            return value
        lowered = value.lower() if isinstance(value, str) else ""
        if lowered not in _YES and lowered not in _NO:
            raise shape_error("yes-or-no", value)
        return lowered in _YES

    return read


def day(marks: tuple[Any, ...]) -> Reader:
    """Make a reader for dates in the form 2026-01-31."""

    def read(value: Any) -> date:
        if isinstance(value, str) and _DAY.fullmatch(value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        raise shape_error("day", value)

    return read


def word(words: tuple[str, ...]) -> Reader:
    """Make a reader for exactly one of several words."""

    def read(value: Any) -> str:
        if isinstance(value, str) and not _encodable(value):
            raise shape_error("letters", value)
        if not isinstance(value, str) or value not in words:
            raise shape_error("word", value, words=words)
        return value

    return read


SCALARS: Mapping[type, Callable[[tuple[Any, ...]], Reader]] = {
    str: text,
    int: whole,
    float: number,
    bool: yes_or_no,
    date: day,
}
"""For each type, the function that makes its reader from the marks of a field: the arguments of
its ``Annotated`` type, such as ``Limits``."""
