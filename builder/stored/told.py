"""Things in words: two that cannot be told apart by them are the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from pathlib import PurePath
from typing import Any

_MANY = 20
"""Keys of a mapping that is told once; what an author writes has fewer."""
_PLAIN = (str, int, float, bool, date, PurePath, type(None))


class UnknownError(Exception):
    """Which thing it is cannot be told in words."""


class Things:
    """What is told of things in the stage of a build that goes on, and in the one before it."""

    def __init__(self) -> None:
        self._before: dict[int, tuple[object, str]] = {}
        self._now: dict[int, tuple[object, str]] = {}

    def round(self) -> None:
        """Begin the next stage."""
        self._before, self._now = self._now, {}

    def known(self, thing: object, by: tuple[object, ...]) -> None:
        """A thing follows from others: which one it is, is told by them."""
        if isinstance(thing, _PLAIN):
            # An empty text, or none, is the same object wherever it stands.
            return
        self._keep(thing, digest(f"{_named(type(thing))} {self.told(by)}"))

    def told(self, thing: Any) -> str:
        """A thing in words; ``UnknownError`` where it is of a kind that is not looked into."""
        known = self._now.get(id(thing)) or self._before.get(id(thing))
        if known:
            return known[1]
        kind = type(thing)
        if kind is tuple or kind is list:
            return f"{kind.__name__}({','.join(map(self.told, thing))})"
        if kind is bytes:
            return f"#{hashlib.sha256(thing).hexdigest()}"
        if issubclass(kind, _PLAIN):
            return repr(thing)
        if kind is dict:
            inside: Iterable[str] = map(self.told, (*thing.keys(), *thing.values()))
            if len(thing) < _MANY:
                return f"dict({','.join(inside)})"
        elif is_dataclass(kind):
            inside = (self.told(getattr(thing, name)) for name in _names(kind))
        else:
            raise UnknownError(kind)
        return self._keep(thing, digest(f"{_named(kind)} {','.join(inside)}"))

    def _keep(self, thing: object, words: str) -> str:
        # The thing is held, too: another one might get its place in memory.
        self._now[id(thing)] = thing, words
        return words


def digest(words: str) -> str:
    """Some words in one, of ASCII."""
    told = words.encode("utf-8", "surrogatepass")
    return f"#{hashlib.blake2b(told, digest_size=16).hexdigest()}"


def _named(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
