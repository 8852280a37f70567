"""Converts dataclasses to JSON and back, checking types and ranges of all fields."""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

Json = Any
"""A value that JSON can represent."""

OMIT_IF_EMPTY = {"left out": True}
"""Metadata for a field of a dataclass that is not written to JSON if it is empty or ``None``."""

_PLAIN = frozenset((str, int, float, bool, type(None)))
_DEPTH = 8
"""Maximum nesting depth of a field that may have any JSON value."""


class UnreadableError(Exception):
    """Raised if a file is not an outline of scorm-builder; the text says why, for a diagnostic."""


def loads(text: bytes) -> Json:
    """Parse a JSON text; raises ``ValueError`` or ``RecursionError`` if it is invalid.

    Rejects ``NaN`` and ``Infinity``, which are not JSON (RFC 8259, section 6).
    """

    def refuse(name: str) -> None:
        raise ValueError(f"{name} is no number")

    return json.loads(text, parse_constant=refuse)


def to_json(value: Any) -> Json:
    """Convert a value, such as a dataclass, to JSON that ``read`` converts back. Fields keep their
    order and get their JSON names."""
    kind: type = type(value)
    # Fast path for most values.
    if kind in _PLAIN:
        return value
    if named := _json_fields(kind):
        return {
            name: inner if type(inner) in _PLAIN else to_json(inner)
            for field, name, always in named
            if (inner := getattr(value, field)) or always
        }
    if isinstance(value, Mapping):
        return {name: to_json(inner) for name, inner in value.items()}
    if isinstance(value, tuple | list):
        return [to_json(inner) for inner in value]
    return value


@cache
def _json_fields(kind: type) -> tuple[tuple[str, str, bool], ...]:
    """For each field of the dataclass ``kind``: its name in Python, its name in JSON, and whether
    it is written even if its value is empty. Nothing for other types."""
    if not dataclasses.is_dataclass(kind):
        return ()
    return tuple(
        (part.name, part.metadata.get("name", part.name), "left out" not in part.metadata)
        for part in dataclasses.fields(kind)
    )


def read(kind: Any, value: Json, where: str = "") -> Any:
    """Convert a JSON value to the Python type ``kind``, such as a dataclass.

    Raises ``UnreadableError`` if the value has another type, or violates the type's range or form.
    ``where`` is the path of the value within the file, for the error.
    """
    origin, parts = get_origin(kind), get_args(kind)
    if kind is Any and _is_within_depth(value, _DEPTH):
        return value
    if origin is Annotated:
        parsed = read(parts[0], value, where)
        if all(part.holds(parsed) for part in parts[1:]):
            return parsed
    if dataclasses.is_dataclass(kind) and isinstance(value, dict):
        return _read_dataclass(kind, value, where)
    if origin is tuple and isinstance(value, list):
        return tuple(read(parts[0], inner, where) for inner in value)
    if origin is Mapping and isinstance(value, dict):
        named = ((read(parts[0], name, where), inner) for name, inner in value.items())
        return {name: read(parts[1], inner, where) for name, inner in named}
    if origin in (Union, types.UnionType):
        return None if value is None else read(parts[0], value, where)
    if origin is Literal and any(value == part and type(value) is type(part) for part in parts):
        return value
    # In JSON an integer is a valid float, and true is not a number.
    plain = {float: (int, float), int: (int,), bool: (bool,), str: (str,)}.get(kind, ())
    if isinstance(value, plain) and isinstance(value, bool) == (kind is bool):
        return value
    raise UnreadableError(f"“{where}” in its course.json is not what it should be")


def _is_within_depth(value: Json, depth: int) -> bool:
    if not isinstance(value, list | dict):
        return True
    inner = value.values() if isinstance(value, dict) else value
    return depth > 0 and all(_is_within_depth(part, depth - 1) for part in inner)


def _read_dataclass(kind: Any, value: dict[str, Json], where: str) -> Any:
    fields = {}
    for part, hint in _typed_fields(kind):
        name = part.metadata.get("name", part.name)
        inside = f"{where}.{name}" if where else name
        if name in value:
            fields[part.name] = read(hint, value[name], inside)
        elif _is_required(part):
            raise UnreadableError(f"“{inside}” is missing in its course.json")
    return kind(**fields)


def _is_required(part: dataclasses.Field[Any]) -> bool:
    without = dataclasses.MISSING
    undecided = part.default is without and part.default_factory is without
    return undecided or "needed" in part.metadata


@cache
def _typed_fields(kind: Any) -> tuple[tuple[dataclasses.Field[Any], Any], ...]:
    hints = get_type_hints(kind, include_extras=True)
    return tuple((part, hints[part.name]) for part in dataclasses.fields(kind))
