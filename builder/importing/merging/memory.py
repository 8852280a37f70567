"""The memory of an import, in a small file in the course folder. With it, the next import can tell
changes in the source from the author's edits."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from builder.base.immutable import immutable
from builder.importing.writing import Heading, Page, WrittenCourse, WrittenQuestion

FILE_NAME = ".import.json"
"""The file's name; builds ignore it."""
MAX_SIZE = 64_000_000
"""Maximum size in bytes. A course of thousands of pages needs a tenth of it."""
_VERSION = 1


@immutable
class Source:
    """A file from which the course was made: its name, and the level of the headings that start
    pages. ``document`` is its stored document (``document/storage``) if the course has several
    files. ``first_name`` is its name at the first import, if that was different."""

    name: str
    level: int
    document: str = ""
    first_name: str = ""


@immutable
class Memory:
    """An earlier import: its files by path, and the ids that it gave. ``level`` is that of the
    headings that start pages; ``course`` is the course's id."""

    course: str
    level: int
    texts: Mapping[str, str]
    pages: tuple[Page, ...]
    questions: tuple[WrittenQuestion, ...]
    modules: Mapping[str, str]
    variables: Mapping[str, str]
    sources: tuple[Source, ...] = ()


class UnreadableMemoryError(Exception):
    """The file was not written by an import."""


def remember(made: WrittenCourse, sources: tuple[Source, ...] = ()) -> Memory:
    """The memory of an import from these files."""
    pages = tuple(
        Page(
            id=page.id,
            title=page.title,
            path=page.path,
            module=page.module,
            words=(),
            kinds={},
            questions=page.questions,
            headings=page.headings,
            record=page.record,
        )
        for page in made.pages
    )
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
    """Serialise the memory as JSON in printable ASCII, with one line for each page, question and
    file, so that a version control system shows which of them an import changed."""
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
    """Convert a mapping or dataclass to a dictionary."""
    if isinstance(value, Mapping):
        return dict(value)
    return {one.name: getattr(value, one.name) for one in fields(value)}


_json = json.JSONEncoder(default=_to_dict).encode


def read(text: str) -> Memory:
    """Parse the file. Raises ``UnreadableMemoryError``."""
    try:
        value = json.loads(text)
        if value["version"] != _VERSION:
            raise UnreadableMemoryError
        return Memory(
            course=str(value["course"]),
            level=int(value["level"]),
            texts=_to_texts(value["texts"]),
            pages=tuple(map(_to_page, value["pages"])),
            questions=tuple(map(_to_question, value["questions"])),
            modules=_to_texts(value["modules"]),
            variables=_to_texts(value["variables"]),
            sources=tuple(map(_to_source, value.get("sources", ()))),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableMemoryError from error


def _to_source(value: Any) -> Source:
    return Source(
        str(value["name"]),
        int(value["level"]),
        str(value["document"]),
        str(value.get("first_name", "")),
    )


def _to_texts(value: Any) -> dict[str, str]:
    return {str(key): str(text) for key, text in value.items()}


def _to_page(value: Any) -> Page:
    return Page(
        id=str(value["id"]),
        title=str(value["title"]),
        path=str(value["path"]),
        module=str(value["module"]),
        words=(),
        kinds={},
        questions=tuple(map(str, value["questions"])),
        headings=tuple(Heading(str(one["words"]), str(one["id"])) for one in value["headings"]),
        record=_to_texts(value["record"]),
    )


def _to_question(value: Any) -> WrittenQuestion:
    return WrittenQuestion(
        id=str(value["id"]),
        prompt=str(value["prompt"]),
        words=_to_lists(value["words"]),
        letters=_to_lists(value["letters"]),
        retired=tuple(map(str, value["retired"])),
    )


def _to_lists(value: Any) -> dict[str, tuple[str, ...]]:
    return {str(key): tuple(map(str, texts)) for key, texts in value.items()}
