"""Makes a course from imported files: joins their documents, writes the course, and summarizes the
result for each file. Names that occur in several documents are made unique, and categories of banks
with the same name are merged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from itertools import chain
from typing import Any

from builder.base.immutable import immutable
from builder.course.load import TEXT_LIMIT
from builder.importing.document.form import (
    Block,
    Document,
    Link,
    NoteMark,
    Pages,
    Paragraph,
    Place,
    Rest,
    Volume,
    words_of,
)
from builder.importing.merging import memory
from builder.importing.outcome import FileOutcome, Imported, compare_words, total_words
from builder.importing.reading import Read, RefusedError
from builder.importing.writing import Names, WrittenCourse, write
from builder.importing.writing.pictures import Pictures


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


def volume_of(read: Read, pages: Pages) -> Volume:
    """The volume for one of the files from which a course is made."""
    return Volume(read.path.name, pages, read.document)


def write_course(volumes: Sequence[Volume], names: Names | None = None) -> WrittenCourse:
    """Write the course that these files make together. ``names`` has the ids that its parts had
    before. ``RefusedError`` if a file of the course would be too large to be read again."""
    document = join(volumes)
    made = write(document, volumes[0].stem, volumes[0].pages, _drawing_refusal, names)
    for path, text in made.texts.items():
        if (size := len(text.encode())) > TEXT_LIMIT:
            raise RefusedError(
                f"Nothing was imported: “{path}” would have {size / 1_000_000:.1f} MB, but a page "
                f"or a list of questions can have at most {TEXT_LIMIT // 1_000_000} MB. Divide the "
                "file that you import, or shorten its longest text."
            )
    return made


def _drawing_refusal(drawing: bytes) -> str:
    """Say what a drawing would do that is not allowed in a package; empty if it is safe."""
    # Imported late: only a course with a drawing needs lxml.
    from builder.package.verify import svg

    return next((words for _, words in svg.judge(drawing)), "")


def summarize(read: Sequence[Read], made: WrittenCourse) -> Imported:
    """Summarize what was imported from the files ``read``; ``made`` may contain further files."""
    files = []
    for one in read:
        # The words of each file are compared with a course made from that file alone.
        alone = made if len(made.levels) == 1 else write_course([volume_of(one, "auto")])
        words = compare_words(one.counts, one.document, alone)
        kinds = dict(alone.kinds)
        files.append(FileOutcome(one.path, words, one.counts.kinds, kinds, one.document.bank))
    names = {"", *(one.path.name for one in read)}
    listed = tuple(one for one in made.listed if one.rest.place.file in names)
    return Imported(
        source=read[0].path,
        folder=None,
        made=replace(made, listed=listed),
        words=total_words(one.words for one in files),
        kinds=dict(sum((Counter(one.kinds) for one in files), Counter())),
        files=tuple(files),
    )


def memory_sources(volumes: Sequence[Volume], made: WrittenCourse) -> tuple[memory.Source, ...]:
    """The data to save for each file, so that one file can be imported again without the others."""
    gallery = Pictures(_drawing_refusal)
    several = len(volumes) > 1
    return tuple(
        memory.Source(
            volume.name,
            level,
            memory.store_document(volume.document, lambda image: gallery.file(image)[0])
            if several
            else "",
            volume.first_name,
        )
        for volume, level in zip(volumes, made.levels, strict=True)
    )
