"""Class decorators for immutable values, faster than frozen dataclasses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def immutable(cls: type[T]) -> type[T]:
    """Turn a class into a dataclass with slots, whose instances are compared, hashed and printed by
    their fields, like those of a frozen dataclass.

    Only mypy enforces immutability. For a frozen dataclass, Python would compile six methods at
    every start, which took a sixth of the time of a small build, and creating an instance would
    take twice as long. Use ``immutable`` for all classes that a build loads.
    """
    return _add_methods(cls, dataclass(eq=False, repr=False, slots=True)(cls))


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def unfolding(cls: type[T]) -> type[T]:
    """Same as ``immutable`` but without slots, for classes with a ``cached_property``, which cannot
    store its value in an instance with slots."""
    return _add_methods(cls, dataclass(eq=False, repr=False)(cls))


def _add_methods(cls: type[T], made: Any) -> type[T]:
    """Add methods for comparing, hashing and printing to ``made``, the dataclass, unless ``cls``,
    the class as written, defines them itself."""
    known = fields(made)
    equality_key = _values([one.name for one in known if one.compare])
    hash_key = _values([one.name for one in known if one.compare and one.hash is not False])
    printed_fields = [one.name for one in known if one.repr]

    def equal(self: T, other: object) -> Any:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return equality_key(self) == equality_key(other)

    def compute_hash(self: T) -> int:
        return hash(hash_key(self))

    def represent(self: T) -> str:
        inside = ", ".join(f"{name}={getattr(self, name)!r}" for name in printed_fields)
        return f"{type(self).__qualname__}({inside})"

    for name, method in (("__eq__", equal), ("__hash__", compute_hash), ("__repr__", represent)):
        if name not in vars(cls):
            setattr(made, name, method)
    whole: type[T] = made
    return whole


def _values(names: list[str]) -> Callable[[Any], Any]:
    """A function that returns the values of the fields ``names`` of an instance."""
    return attrgetter(*names) if names else lambda value: ()
