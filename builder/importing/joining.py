"""Joins several documents into one, from which one course is made. Names that occur in several
documents are made unique, and categories of banks with the same name are merged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from itertools import chain
from typing import Any

from builder.base.immutable import immutable
from builder.importing.document.form import (
    Block,
    Document,
    Link,
    NoteMark,
    Paragraph,
    Place,
    Rest,
    Volume,
)
from builder.importing.document.tally import words_of


def join(volumes: Sequence[Volume]) -> Document:
    """Join documents in their order; a single document stays unchanged. In a joined document each
    place names its file."""
    if len(volumes) == 1:
        return volumes[0].document
    unique = [_with_unique_names(volume, at) for at, volume in enumerate(volumes)]
    merged = _merge_categories(unique)
    documents = [volume.document for volume in merged]
    language = next((one.language for one in documents if one.language), "")
    return Document(
        blocks=tuple(block for one in documents for block in one.blocks),
        notes={name: note for one in documents for name, note in one.notes.items()},
        title=documents[0].title,
        author=", ".join(dict.fromkeys(one.author for one in documents if one.author)),
        language=language,
        rest=tuple(
            rest for one in merged for rest in (*one.document.rest, *_other_language(one, language))
        ),
        right_to_left=documents[0].right_to_left,
        doubts=tuple(doubt for one in documents for doubt in one.doubts),
        consumed=tuple(words for one in documents for words in one.consumed),
        bank=all(one.bank for one in documents),
        volumes=tuple(merged),
    )


def _other_language(volume: Volume, language: str) -> Iterator[Rest]:
    own = volume.document.language
    if own and own.partition("-")[0] != language.partition("-")[0]:
        reason = f"a course has one language, here “{language}”: check “language:” in course.yaml"
        yield Rest("language", Place("", 0, file=volume.name), own, reason)


def _with_unique_names(volume: Volume, at: int) -> Volume:
    """Prefix a document's notes and bookmarks so that they are unique, and add the file name to its
    places."""
    renamer = _Renamer(volume.name, f"{at}:" if at else "")
    document = volume.document
    notes = {
        f"{renamer.prefix}{name}": renamer.rename(note) for name, note in document.notes.items()
    }
    renamed = replace(
        document,
        blocks=renamer.rename(document.blocks),
        notes=notes,
        rest=renamer.rename(document.rest),
        doubts=renamer.rename(document.doubts),
    )
    return replace(volume, document=renamed)


@immutable
class _Renamer:
    """Renames the parts of one document: ``prefix`` is that of its notes and bookmarks."""

    file: str
    prefix: str

    def rename(self, value: Any) -> Any:
        """Copy a value with its places, notes and bookmarks renamed."""
        if isinstance(value, tuple):
            return tuple(map(self.rename, value))
        if isinstance(value, dict):
            return {key: self.rename(one) for key, one in value.items()}
        if not is_dataclass(value) or isinstance(value, type):
            return value
        if changed := _RENAMERS.get(type(value)):
            value = changed(self, value)
        parts = {
            name: new
            for name in _field_names(type(value))
            if (new := self.rename(old := getattr(value, name))) is not old
        }
        return replace(value, **parts) if parts else value

    def place(self, place: Place) -> Place:
        return replace(place, file=self.file)

    def mark(self, mark: NoteMark) -> NoteMark:
        return NoteMark(f"{self.prefix}{mark.note}")

    def link(self, link: Link) -> Link:
        if not link.address.startswith("#"):
            return link
        return replace(link, address=f"#{self.prefix}{link.address[1:]}")

    def paragraph(self, paragraph: Paragraph) -> Paragraph:
        names = tuple(f"{self.prefix}{name}" for name in paragraph.bookmarks)
        return replace(paragraph, bookmarks=names)


_RENAMERS: dict[type, Callable[[_Renamer, Any], Any]] = {
    Place: _Renamer.place,
    NoteMark: _Renamer.mark,
    Link: _Renamer.link,
    Paragraph: _Renamer.paragraph,
}


def _field_names(kind: type) -> tuple[str, ...]:
    """The names of a dataclass's fields, cached by class."""
    if kind not in _FIELD_NAMES:
        _FIELD_NAMES[kind] = tuple(one.name for one in fields(kind))
    return _FIELD_NAMES[kind]


_FIELD_NAMES: dict[type, tuple[str, ...]] = {Place: ()}


def _merge_categories(volumes: Sequence[Volume]) -> list[Volume]:
    """Move the questions of each bank category to its first occurrence."""
    first: dict[str, list[Block]] = {}
    groups: list[list[list[Block]]] = []
    for volume in volumes:
        here: list[Block] = []
        groups.append([here])
        for block in volume.document.blocks:
            if volume.document.bank and isinstance(block, Paragraph) and block.level:
                name = words_of(block.inlines)
                if name not in first:
                    first[name] = [block]
                    groups[-1].append(first[name])
                here = first[name]
            else:
                here.append(block)
    return [
        replace(volume, document=replace(volume.document, blocks=tuple(chain(*own))))
        for volume, own in zip(volumes, groups, strict=True)
    ]
