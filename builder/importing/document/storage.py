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

_KIND = "is"
_NOWHERE = Place("", 0)


class UnreadableError(Exception):
    """The text is not a stored document."""


def kept(document: Document, file_of: Callable[[Image], str]) -> str:
    """Convert a document to JSON, without its doubts and reports. ``file_of`` returns the path in
    the course for an image."""
    bare = replace(document, rest=(), doubts=(), consumed=(), volumes=())
    return json.dumps(_plain(bare, file_of), ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any, file_of: Callable[[Image], str]) -> Any:
    if isinstance(value, tuple):
        return [_plain(one, file_of) for one in value]
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, dict):
        return {key: _plain(one, file_of) for key, one in value.items()}
    if isinstance(value, Image):
        value = replace(value, content=b"", file=file_of(value))
    if not is_dataclass(value) or isinstance(value, type):
        return value if not isinstance(value, bytes) else ""
    told = {one.name: getattr(value, one.name) for one in fields(value)}
    parts = {name: _plain(one, file_of) for name, one in told.items() if not _is_nothing(one)}
    return {_KIND: type(value).__name__, **parts}


def _is_nothing(value: object) -> bool:
    """Whether a value can be left out. Strings are always written, since an empty string may differ
    from a default of ``None``."""
    return value is None or isinstance(value, Place) or value in ((), {}, frozenset())


def document(words: str) -> Document:
    """Read a stored document; its places are lost. ``UnreadableError`` if the text is not valid."""
    try:
        found = _read(json.loads(words), Document)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise UnreadableError from error
    assert isinstance(found, Document)
    return found


def _read(value: Any, hint: Any) -> Any:
    """Convert a JSON value to the type ``hint``. ``TypeError`` if it does not fit."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return _one_of(value, arguments)
    if origin is tuple:
        return _several(_checked(value, list), arguments)
    if origin in (dict, Mapping):
        return {str(key): _read(one, arguments[1]) for key, one in _checked(value, dict).items()}
    if origin is frozenset:
        return frozenset(_read(one, arguments[0]) for one in _checked(value, list))
    if origin is Literal:
        if value not in arguments:
            raise TypeError(value)
        return value
    if is_dataclass(hint):
        return _made(_checked(value, dict), hint)
    if hint is bytes:
        return b""
    return _checked(value, hint)


def _checked(value: Any, kind: Any) -> Any:
    if type(value) is not kind:
        raise TypeError(value)
    return value


def _one_of(value: Any, kinds: tuple[Any, ...]) -> Any:
    if isinstance(value, dict):
        named = {kind.__name__: kind for kind in kinds if isinstance(kind, type)}
        return _read(value, named[str(value[_KIND])])
    if value is None and NoneType in kinds:
        return None
    if isinstance(value, list):
        several = [kind for kind in kinds if get_origin(kind) is tuple]
        return _read(value, several[0] if several else str)
    return _checked(value, str)


def _several(values: list[Any], kinds: tuple[Any, ...]) -> tuple[Any, ...]:
    if kinds[-1] is Ellipsis:
        return tuple(_read(one, kinds[0]) for one in values)
    return tuple(_read(one, kind) for one, kind in zip(values, kinds, strict=True))


def _made(value: Mapping[str, Any], kind: Any) -> Any:
    hints = _hints(kind)
    parts = {name: _read(value[name], hint) for name, hint in hints.items() if name in value}
    # Fields added to the format later have a default; only fields without one are filled in.
    needed = {one.name for one in fields(kind) if _is_needed(one)}
    for name in needed - parts.keys():
        parts[name] = _nothing(hints[name])
    return kind(**parts)


def _is_needed(one: Field[Any]) -> bool:
    return one.default is MISSING and one.default_factory is MISSING


@cache
def _hints(kind: Any) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _nothing(hint: Any) -> Any:
    """The empty value for a required field that was not written."""
    origin: Any = get_origin(hint)
    if hint is Place:
        return _NOWHERE
    if origin is Mapping:
        return {}
    if origin in (tuple, dict, frozenset):
        return origin()
    if origin in (Union, UnionType):
        return None
    raise TypeError(hint)
