"""The memory of an import: a small file in the course folder that says what the import wrote. With
it, the next import can tell changes in the source from the author's edits.

If a course is made from several files, the memory also stores their documents, so that the course
can be made again when only some of the files are imported. Question banks that were added to the
course have memories of their own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, field, fields, is_dataclass, replace
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from builder.base.immutable import immutable
from builder.importing.document.form import Document, Image, Place
from builder.importing.writing import Page, WrittenCourse, WrittenQuestion

FILE_NAME = ".import.json"
"""Name of the memory file in the course folder; builds ignore it."""
MAX_SIZE = 64_000_000
"""Maximum size of the memory file, in bytes. A course of thousands of pages needs a tenth of it."""
_VERSION = 1


@immutable
class Source:
    """A file from which the course was made: its name, and the level of the headings that start its
    pages. ``document`` is what was read from it, as ``store_document`` writes it, if the course has
    several files. ``first_name`` is the file's name at the first import, if that was different."""

    name: str
    level: int
    document: str = ""
    first_name: str = ""


@immutable
class Memory:
    """What an import remembers for the next import: the texts that it wrote, by path, and the ids
    that it gave. ``course`` is the course's id, and ``level`` the level of the headings that start
    pages. ``added`` has the memory of each question bank that was added to the course, by file
    name."""

    course: str
    level: int
    texts: Mapping[str, str]
    pages: tuple[Page, ...]
    questions: tuple[WrittenQuestion, ...]
    modules: Mapping[str, str]
    variables: Mapping[str, str]
    sources: tuple[Source, ...] = ()
    added: Mapping[str, Memory] = field(default_factory=dict)


NOTHING = Memory("", 1, {}, (), (), {}, {})
"""The memory of a course into which nothing was imported."""


class UnreadableMemoryError(Exception):
    """The memory file of a course does not have the content that an import writes."""


def remember(made: WrittenCourse, sources: tuple[Source, ...] = ()) -> Memory:
    """Create the memory of an import that made the course ``made`` from the files ``sources``."""
    pages = tuple(replace(page, words=(), kinds={}) for page in made.pages)
    return Memory(
        course=made.id,
        level=made.level,
        texts=made.texts,
        pages=pages,
        questions=made.questions,
        modules=made.modules,
        variables=made.variables,
        sources=sources,
    )


def write(memory: Memory) -> str:
    """Serialise a memory as JSON in printable ASCII. Each page, question and file has its own line,
    so that a version control system shows which of them an import changed."""
    keys = {"version": _VERSION, **{one.name: getattr(memory, one.name) for one in fields(memory)}}
    lines = ",\n".join(f"{_json(key)}: {_to_lines(value)}" for key, value in keys.items())
    # The only unprintable ASCII character that JSON does not escape.
    return f"{{\n{lines}\n}}\n".replace("\x7f", "\\u007f")


def _to_lines(value: object) -> str:
    if isinstance(value, Mapping):
        lines = ",\n".join(f" {_json(key)}: {_json(inner)}" for key, inner in value.items())
        return f"{{\n{lines}\n}}" if lines else "{}"
    if isinstance(value, tuple):
        lines = ",\n".join(f" {_json(inner)}" for inner in value)
        return f"[\n{lines}\n]" if lines else "[]"
    return _json(value)


def _to_dict(value: Any) -> object:
    """Convert a mapping or dataclass to a dictionary that JSON can encode."""
    if isinstance(value, Mapping):
        return dict(value)
    return {one.name: getattr(value, one.name) for one in fields(value)}


_json = json.JSONEncoder(default=_to_dict).encode


def read(text: str) -> Memory:
    """Parse the text of a memory file. Raises ``UnreadableMemoryError`` if it is not valid."""
    try:
        value = json.loads(text)
        if value["version"] != _VERSION:
            raise UnreadableMemoryError
        found = _from_plain(value, Memory)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableMemoryError from error
    assert isinstance(found, Memory)
    return found


_CLASS_KEY = "is"
_NO_PLACE = Place("", 0)


class UnreadableDocumentError(Exception):
    """A stored document in a memory file cannot be parsed."""


def store_document(document: Document, file_of: Callable[[Image], str]) -> str:
    """Convert a document to JSON, without its doubts, its reports and the bytes of its images.
    ``file_of`` returns the path that an image has in the course."""
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
    """Whether the value of a field can be left out of a stored document. Strings are always
    written, since an empty string may differ from a default of ``None``."""
    return value is None or isinstance(value, Place) or value in ((), {}, frozenset())


def stored_document(words: str) -> Document:
    """Parse a document that ``store_document`` wrote; its places in the source are lost. Raises
    ``UnreadableDocumentError`` if the text is not valid."""
    try:
        found = _from_plain(json.loads(words), Document)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise UnreadableDocumentError from error
    assert isinstance(found, Document)
    return found


def _from_plain(value: Any, hint: Any) -> Any:
    """Convert a JSON value to the type ``hint``. Raises ``TypeError`` if the value does not fit."""
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
    needed = {
        one.name
        for one in fields(kind)
        if one.default is MISSING and one.default_factory is MISSING
    }
    for name in needed - parts.keys():
        parts[name] = _empty_value(hints[name])
    return kind(**parts)


@cache
def _hints(kind: Any) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _empty_value(hint: Any) -> Any:
    """The empty value of the type ``hint``, for a required field that is not in the file."""
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
