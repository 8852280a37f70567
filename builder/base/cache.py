"""An in-memory cache for the results of pure functions."""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable
from dataclasses import fields, is_dataclass
from datetime import date
from operator import is_
from pathlib import PurePath
from typing import Any, TypeVar

T = TypeVar("T")
Pause = Callable[[], None]
"""A function that is called now and then in a pass over a course, and may raise an error to abandon
the pass."""


def no_pause() -> None:
    """Go on with the pass."""


class Cache:
    """The default cache, which stores nothing: every value is computed."""

    stores = False
    """Whether values are stored. If so, callers also cache small parts of a value separately."""

    def get_or_compute(self, name: Hashable, given: tuple[Any, ...], make: Callable[[], T]) -> T:
        """Return the value that ``make`` computes from the values ``given``. ``name`` is its key in
        the cache.

        ``make`` must depend on ``given`` only, and the returned value must not be changed.
        """
        return make()

    def start_pass(self) -> None:
        """Start the next pass over a course, before any value of that pass is requested."""

    def scope(self, name: Hashable) -> Cache:
        """The part of this cache for one variant of a course, such as a language: its names and
        passes are its own, so that the same functions serve all variants."""
        return self


class MemoryCache(Cache):
    """Keeps the last value of each name that was requested during this pass or the previous
    pass."""

    stores = True

    def __init__(self) -> None:
        self._before: dict[Hashable, tuple[tuple[Any, ...], Any]] = {}
        self._now: dict[Hashable, tuple[tuple[Any, ...], Any]] = {}
        self._scopes: dict[Hashable, MemoryCache] = {}

    def get_or_compute(self, name: Hashable, given: tuple[Any, ...], make: Callable[[], T]) -> T:
        """Return the cached value of ``name`` if it was computed from the same ``given``, otherwise
        what ``make`` computes."""
        found = self._now.get(name) or self._before.get(name)
        if found is None or not is_identical(found[0], given):
            found = given, make()
        self._now[name] = found
        made: T = found[1]
        return made

    def start_pass(self) -> None:
        """Drop the values that were not requested during the finished pass."""
        self._before, self._now = self._now, {}

    def abandon_pass(self) -> None:
        """Keep all values, since this pass will not request the rest of them."""
        self._before, self._now = {}, self._before | self._now

    def scope(self, name: Hashable) -> Cache:
        """The part of this cache with this name; the same object each time."""
        return self._scopes.setdefault(name, MemoryCache())


NO_CACHE = Cache()

_PLAIN = (str, bytes, int, float, bool, date, PurePath, frozenset)


def is_identical(one: Any, other: Any) -> bool:
    """Whether two values, ``one`` and ``other``, are indistinguishable. Unlike ``==``, this tells
    1, 1.0 and ``True`` apart, and dictionaries whose keys have another order."""
    if one is other:
        return True
    kind = type(one)
    if kind is not type(other):
        return False
    if kind is tuple:
        # Nearly always all parts are the same objects, so no part needs a call of this function.
        return len(one) == len(other) and (
            all(map(is_, one, other)) or all(map(is_identical, one, other))
        )
    if issubclass(kind, _PLAIN):
        return bool(one == other)
    if kind is dict:
        return is_identical(tuple(one.items()), tuple(other.items()))
    return is_dataclass(kind) and all(
        is_identical(getattr(one, name), getattr(other, name)) for name in _names(kind)
    )


@functools.cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
