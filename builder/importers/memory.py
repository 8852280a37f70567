"""What was imported then, in a small file beside the course: so that importing again can tell what
has changed in the source from what its author has changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from builder.importers.writing import Asked, Heading, Made, Page
from builder.printing import json_text

FILE = ".import.json"
"""The name of the file; no build reads it."""
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Memory:
    """An earlier import: its files by path, and the ids that it gave. ``level`` is that of the
    headings that begin pages, ``course`` the course's id."""

    course: str
    level: int
    texts: Mapping[str, str]
    pages: tuple[Page, ...]
    questions: tuple[Asked, ...]
    modules: Mapping[str, str]
    variables: Mapping[str, str]


class ForgottenError(Exception):
    """The file is not one that an import has written."""


def of(made: Made) -> Memory:
    """What is to be kept of an import."""
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
    )


def write(memory: Memory) -> str:
    """The file's text."""
    return f"{json_text({'version': _VERSION, **asdict(memory)})}\n"


def read(text: str) -> Memory:
    """What the file says. Raises ``ForgottenError``."""
    try:
        value = json.loads(text)
        if value["version"] != _VERSION:
            raise ForgottenError
        return Memory(
            course=str(value["course"]),
            level=int(value["level"]),
            texts=_texts(value["texts"]),
            pages=tuple(map(_page, value["pages"])),
            questions=tuple(map(_asked, value["questions"])),
            modules=_texts(value["modules"]),
            variables=_texts(value["variables"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ForgottenError from error


def _texts(value: Any) -> dict[str, str]:
    return {str(key): str(text) for key, text in value.items()}


def _page(value: Any) -> Page:
    return Page(
        id=str(value["id"]),
        title=str(value["title"]),
        path=str(value["path"]),
        module=str(value["module"]),
        words=(),
        kinds={},
        questions=tuple(map(str, value["questions"])),
        headings=tuple(Heading(str(one["words"]), str(one["id"])) for one in value["headings"]),
        record=_texts(value["record"]),
    )


def _asked(value: Any) -> Asked:
    return Asked(
        id=str(value["id"]),
        prompt=str(value["prompt"]),
        words=_lists(value["words"]),
        letters=_lists(value["letters"]),
        retired=tuple(map(str, value["retired"])),
    )


def _lists(value: Any) -> dict[str, tuple[str, ...]]:
    return {str(key): tuple(map(str, texts)) for key, texts in value.items()}
