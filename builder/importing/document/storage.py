"""Converts documents to JSON and back, so that a course made from several files can be made again
from only some of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from builder.importing.document.form import Document, Image, Place

_CLASS_KEY = "is"
_NO_PLACE = Place("", 0)


class UnreadableError(Exception):
    """The text is not a stored document."""


def to_json(document: Document, file_of: Callable[[Image], str]) -> str:
    """Convert a document to JSON, without its doubts and reports. ``file_of`` returns the path in
    the course for an image."""
    content = replace(document, rest=(), doubts=(), consumed=(), volumes=())
    return json.dumps(_to_plain(content, file_of), ensure_ascii=False, separators=(",", ":"))


def _to_plain(value: Any, file_of: Callable[[Image], str]) -> Any:
    if isinstance(value, tuple):
        return [_to_plain(one, file_of) for one in value]
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, dict):
        return {key: _to_plain(one, file_of) for key, one in value.items()}
    if isinstance(value, Image):
        value = replace(value, content=b"", file=file_of(value))
    if not is_dataclass(value) or isinstance(value, type):
        return value if not isinstance(value, bytes) else ""
    field_values = {one.name: getattr(value, one.name) for one in fields(value)}
    parts = {
        name: _to_plain(one, file_of) for name, one in field_values.items() if not _is_empty(one)
    }
    return {_CLASS_KEY: type(value).__name__, **parts}


def _is_empty(value: object) -> bool:
    """Whether a value can be left out. Strings are always written, since an empty string may differ
    from a default of ``None``."""
    return value is None or isinstance(value, Place) or value in ((), {}, frozenset())


def from_json(words: str) -> Document:
    """Read a stored document; its places are lost. ``UnreadableError`` if the text is not valid."""
    try:
        found = _from_plain(json.loads(words), Document)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise UnreadableError from error
    assert isinstance(found, Document)
    return found


def _from_plain(value: Any, hint: Any) -> Any:
    """Convert a JSON value to the type ``hint``. ``TypeError`` if it does not fit."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return _read_union(value, arguments)
    if origin is tuple:
        return _read_tuple(_require_type(value, list), arguments)
    if origin in (dict, Mapping):
        return {
            str(key): _from_plain(one, arguments[1])
            for key, one in _require_type(value, dict).items()
        }
    if origin is frozenset:
        return frozenset(_from_plain(one, arguments[0]) for one in _require_type(value, list))
    if origin is Literal:
        if value not in arguments:
            raise TypeError(value)
        return value
    if is_dataclass(hint):
        return _read_dataclass(_require_type(value, dict), hint)
    if hint is bytes:
        return b""
    return _require_type(value, hint)


def _require_type(value: Any, kind: Any) -> Any:
    if type(value) is not kind:
        raise TypeError(value)
    return value


def _read_union(value: Any, kinds: tuple[Any, ...]) -> Any:
    if isinstance(value, dict):
        named = {kind.__name__: kind for kind in kinds if isinstance(kind, type)}
        return _from_plain(value, named[str(value[_CLASS_KEY])])
    if value is None and NoneType in kinds:
        return None
    if isinstance(value, list):
        several = [kind for kind in kinds if get_origin(kind) is tuple]
        return _from_plain(value, several[0] if several else str)
    return _require_type(value, str)


def _read_tuple(values: list[Any], kinds: tuple[Any, ...]) -> tuple[Any, ...]:
    if kinds[-1] is Ellipsis:
        return tuple(_from_plain(one, kinds[0]) for one in values)
    return tuple(_from_plain(one, kind) for one, kind in zip(values, kinds, strict=True))


def _read_dataclass(value: Mapping[str, Any], kind: Any) -> Any:
    hints = _hints(kind)
    parts = {name: _from_plain(value[name], hint) for name, hint in hints.items() if name in value}
    # Fields added to the format later have a default; only fields without one are filled in.
    needed = {one.name for one in fields(kind) if _is_needed(one)}
    for name in needed - parts.keys():
        parts[name] = _empty_value(hints[name])
    return kind(**parts)


def _is_needed(one: Field[Any]) -> bool:
    return one.default is MISSING and one.default_factory is MISSING


@cache
def _hints(kind: Any) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _empty_value(hint: Any) -> Any:
    """The empty value for a required field that was not written."""
    origin: Any = get_origin(hint)
    if hint is Place:
        return _NO_PLACE
    if origin is Mapping:
        return {}
    if origin in (tuple, dict, frozenset):
        return origin()
    if origin in (Union, UnionType):
        return None
    raise TypeError(hint)
