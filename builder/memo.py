"""What pure functions made, kept for the next time that the same is asked of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from operator import is_
from pathlib import PurePath
from typing import Any, TypeVar

from builder.immutable import immutable

T = TypeVar("T")


@immutable
class Form:
    """How a thing is written as JSON, ``None`` where it is better made again, and read back: the
    same, but that tuples may be lists."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


PLAIN = Form(lambda thing: thing, lambda written: written)
"""Of what is JSON as it is."""
NAMES = Form(list, tuple)
"""Of a tuple of texts."""


class Memo:
    """Remembers nothing: everything is made. Stages take it where nobody hands them another one."""

    keeps = False
    """Whether it pays to ask for small parts of the whole."""
    stores = False
    """Whether what has a form is still there when the next process asks."""

    def of(
        self,
        name: Hashable,
        given: tuple[Any, ...],
        make: Callable[[], T],
        form: Form | None = None,
    ) -> T:
        """What ``make`` makes of what is ``given``; ``name`` tells one such thing from others.

        ``make`` must depend on nothing else, and nobody may change what it made. ``form`` is for a
        memo that ``stores``.
        """
        return make()

    def known(self, thing: object, *by: object) -> None:
        """All that a ``thing`` says follows from what is told here, but for the lines on which it
        stands. Nobody needs to look into it to know which one it is."""

    def round(self) -> None:
        """Begin anew to ask for all that is needed."""

    def end(self, whole: bool) -> None:
        """Nothing more will be asked for; ``whole`` is whether all that a course needs was."""


class Kept(Memo):
    """Remembers what was asked for in the last round and in this one, of each name the last."""

    keeps = True

    def __init__(self) -> None:
        self._before: dict[Hashable, tuple[tuple[Any, ...], Any]] = {}
        self._now: dict[Hashable, tuple[tuple[Any, ...], Any]] = {}

    def of(
        self,
        name: Hashable,
        given: tuple[Any, ...],
        make: Callable[[], T],
        form: Form | None = None,
    ) -> T:
        """What was made of the same, or what ``make`` makes now."""
        found = self._now.get(name) or self._before.get(name)
        if found is None or not same(found[0], given):
            found = given, make()
        self._now[name] = found
        made: T = found[1]
        return made

    def round(self) -> None:
        """Forget what nobody asked for since the last round began."""
        self._before, self._now = self._now, {}


FORGETFUL = Memo()

_PLAIN = (str, bytes, int, float, bool, date, PurePath)


def same(one: Any, other: Any) -> bool:
    """Whether two values cannot be told apart: unlike ``==``, also not 1, 1.0 and ``True``, nor
    mappings in another order. No time is spent on what is the very same object."""
    if one is other:
        return True
    kind = type(one)
    if kind is not type(other):
        return False
    if kind is tuple:
        # Nearly always all parts are the very same objects, which needs no call for each.
        return len(one) == len(other) and (all(map(is_, one, other)) or all(map(same, one, other)))
    if issubclass(kind, _PLAIN):
        return bool(one == other)
    if kind is dict:
        return same(tuple(one.items()), tuple(other.items()))
    return is_dataclass(kind) and all(
        same(getattr(one, name), getattr(other, name)) for name in _names(kind)
    )


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
