"""Makes a course from imported files, and summarizes the import as data for its report.

Joins the files' documents: names that occur in several documents are made unique, and categories of
banks with the same name are merged. Compares the words of each file with those of the course.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, fields, is_dataclass, replace
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from builder.base.immutable import immutable
from builder.course.load import TEXT_LIMIT
from builder.diagnostics.diagnostic import Diagnostic
from builder.importing.again import memory
from builder.importing.document.form import (
    Block,
    Contacts,
    Document,
    Link,
    NoteMark,
    Paragraph,
    Place,
    Question,
    Reading,
    Record,
    Rest,
    Volume,
    words_of,
)
from builder.importing.document.question_types import repeated_answers, repeated_choices
from builder.importing.document.tally import Counts, split
from builder.importing.reading import Read, RefusedError
from builder.importing.writing import Names, WrittenCourse, write
from builder.importing.writing.division import split_gaps, typed_numbers
from builder.importing.writing.pictures import Pictures

_ENOUGH_SHARE = 0.98
"""Minimum share of a document's words that must be imported or listed as not imported, so that the
import counts as complete."""
_MAX_SEARCHED = 2_000
"""Maximum number of words that are searched for across word boundaries, since each search scans the
whole course."""
_MAX_RUN = 12
"""Maximum number of missing words that one text of ``Words.missing`` contains."""


@immutable
class Words:
    """What became of the words of a document.

    ``document`` counts all words, ``course`` those that are in the course, ``steering`` those that
    only tell the importer something (such as “Answer: B”), and ``listed`` those that the report
    lists with the reason why they were not imported. ``missing`` has all other words: each text is
    a run of consecutive words.
    """

    document: int
    course: int
    steering: int
    listed: int = 0
    missing: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """The share of the document's words that are not missing, from 0 to 1."""
        known = self.course + self.steering + self.listed
        return known / self.document if self.document else 1.0

    @property
    def enough(self) -> bool:
        """Whether enough words were imported for the import to count as complete."""
        return self.share >= _ENOUGH_SHARE


def _total_words(each: Iterable[Words]) -> Words:
    """The word counts of several files, added up, with the missing words of all."""
    found = list(each)
    return Words(
        document=sum(one.document for one in found),
        course=sum(one.course for one in found),
        steering=sum(one.steering for one in found),
        listed=sum(one.listed for one in found),
        missing=tuple(run for one in found for run in one.missing),
    )


@immutable
class FileOutcome:
    """The result for one imported file. ``kinds`` has the number of its parts of each kind, such as
    tables, and ``made`` the number of those parts in the course. ``bank`` is whether the file is a
    question bank."""

    source: Path
    words: Words
    kinds: Mapping[str, int]
    made: Mapping[str, int]
    bank: bool


@immutable
class Edit:
    """A change of a file between two versions of the source: ``line`` is its line in the new text,
    ``before`` the old lines, and ``after`` the new ones."""

    path: str
    line: int
    before: str
    after: str


@immutable
class Beside:
    """A file that was written beside a file of the course, since that one must not be overwritten.
    ``path`` is the path of the file of the course, and ``reason`` says why it stays."""

    path: str
    reason: str


@immutable
class NewPage:
    """A page that is new in the course: its path, its title, and the lines that list it in
    ``course.yaml``; none if that file lists it already. ``module`` is the title of the module of
    the course to which the lines belong, or empty."""

    path: str
    title: str
    lines: tuple[str, ...] = ()
    module: str = ""


@immutable
class Gone:
    """A page or question that the source no longer has, at a file and line of the course."""

    path: str
    line: int
    words: str


@immutable
class Updated:
    """What an import changed in a course that existed.

    ``written`` are the paths of files that were rewritten, ``beside`` the files that were
    written beside others, and ``edits`` what the source has changed in all of them. ``pages`` are
    new, and ``gone`` is no longer in the source but still in the course. ``files`` are new files of
    questions. ``title`` is the course's title.
    """

    title: str
    written: tuple[str, ...] = ()
    beside: tuple[Beside, ...] = ()
    edits: tuple[Edit, ...] = ()
    pages: tuple[NewPage, ...] = ()
    files: tuple[str, ...] = ()
    gone: tuple[Gone, ...] = ()


@immutable
class Imported:
    """The result of an import: the course ``made``, written to ``folder`` (``None`` for a dry run).
    ``source`` is the first of the imported ``files``.

    ``words`` has the word counts of all files together, and ``kinds`` the number of their parts of
    each kind. ``problems`` are what a build reports about the course: the errors that make it a
    draft, and everything else to check. ``updated`` has the changes in a course that existed, else
    ``None``. ``later`` maps the earlier name of a renamed file to its new name.
    """

    source: Path
    folder: Path | None
    made: WrittenCourse
    words: Words
    kinds: Mapping[str, int]
    problems: tuple[Diagnostic, ...] = ()
    updated: Updated | None = None
    files: tuple[FileOutcome, ...] = ()
    later: Mapping[str, str] = field(default_factory=dict)


def compare_words(counts: Counts, document: Document, made: WrittenCourse) -> Words:
    """Count what became of the words of a document. Each word in ``counts``, which were counted in
    the source file, is looked for in three places: the course ``made`` from the document, the
    steering words of the document, and the content that was listed as not imported."""
    source = [word for text in counts.words for word in split(text)]
    pools = {
        "course": _count_words(made.words),
        "steering": _count_words(_consumed_words(document)),
        "listed": _count_words(one.rest.words for one in made.listed),
    }
    known, letters = frozenset(pools["course"]), "".join(split(" ".join(made.words)))
    found: Counter[str] = Counter()
    runs: list[list[str]] = []
    last, searched = -2, 0
    for at, word in enumerate(source):
        kind = next((kind for kind, pool in pools.items() if pool[word]), "")
        if kind:
            pools[kind][word] -= 1
        elif word not in known and searched < _MAX_SEARCHED:
            # The course may divide the same letters into other words, as beside a ruby text.
            searched += 1
            beside = (source[max(at - 1, 0) : at + 1], source[at : at + 2])
            kind = "course" if any("".join(pair) in letters for pair in beside) else ""
        found[kind] += 1
        if kind:
            continue
        if at == last + 1 and len(runs[-1]) < _MAX_RUN:
            runs[-1].append(word)
        else:
            runs.append([word])
        last = at
    missing = tuple(map(" ".join, runs))
    return Words(len(source), found["course"], found["steering"], found["listed"], missing)


def _count_words(texts: Iterable[str]) -> Counter[str]:
    return Counter(word for text in texts for word in split(text))


def _consumed_words(document: Document) -> Iterator[str]:
    yield from document.consumed
    yield from () if document.bank else typed_numbers(document.blocks)
    for block in document.blocks:
        if isinstance(block, Question | Record | Contacts | Reading):
            yield from block.consumed
        if isinstance(block, Question):
            for question in split_gaps(block):
                yield from repeated_answers(question)
            yield from repeated_choices(block)


def join(volumes: Sequence[Volume]) -> Document:
    """Join the documents of several files into one, in their order. In the joined document, each
    place names its file. A single document is returned unchanged."""
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
    """The volume with a prefix before the names of its notes and bookmarks, so that they are unique
    in the course, and with the file name in its places. ``at`` is the volume's index; the first has
    no prefix."""
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
    """Renames the notes and bookmarks of one document by putting ``prefix`` before their names, and
    adds the name of its ``file`` to its places."""

    file: str
    prefix: str

    def rename(self, value: Any) -> Any:
        """Change all places, notes and bookmarks in a value of the document, and return the changed
        copy."""
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
            for name in _field_names(value.__class__)
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


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    """The names of a dataclass's fields whose values may contain names to change; none for
    ``Place``, which is changed as a whole."""
    return () if kind is Place else tuple(one.name for one in fields(kind))


def _merge_categories(volumes: Sequence[Volume]) -> list[Volume]:
    """Merge the categories of banks that have the same name: the questions of each later occurrence
    move to the end of the first."""
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


def write_course(volumes: Sequence[Volume], names: Names | None = None) -> WrittenCourse:
    """Make the text of all files of the course that these documents, ``volumes``, make together;
    nothing is saved to disk. ``names`` has the ids that the course's parts have from an earlier
    import. Raises ``RefusedError`` if a course file would be too large to be read by a build."""
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
    """The reason why an SVG drawing is not allowed in a package; empty if it is safe."""
    # Imported late: only a course with a drawing needs lxml.
    from builder.package.verify import svg

    return next((words for _, words in svg.judge(drawing)), "")


def summarize(read: Sequence[Read], made: WrittenCourse) -> Imported:
    """Summarize what was imported from the files ``read``. The course ``made`` may contain further
    files, which were imported earlier."""
    files = []
    for one in read:
        # The words of each file are compared with a course made from that file alone.
        alone = made if len(made.levels) == 1 else write_course([one.volume("auto")])
        words = compare_words(one.counts, one.document, alone)
        kinds = dict(alone.kinds)
        files.append(FileOutcome(one.path, words, one.counts.kinds, kinds, one.document.bank))
    names = {"", *(one.path.name for one in read)}
    listed = tuple(one for one in made.listed if one.rest.place.file in names)
    return Imported(
        source=read[0].path,
        folder=None,
        made=replace(made, listed=listed),
        words=_total_words(one.words for one in files),
        kinds=dict(sum((Counter(one.kinds) for one in files), Counter())),
        files=tuple(files),
    )


def combine(courses: Sequence[WrittenCourse]) -> WrittenCourse:
    """What several imports into one course have made, as one course for the report; its texts are
    those of the first."""
    first, *others = courses
    return (
        replace(
            first,
            pages=tuple(page for one in courses for page in one.pages),
            pictures={path: content for one in courses for path, content in one.pictures.items()},
            questions=tuple(asked for one in courses for asked in one.questions),
            modules={name: title for one in courses for name, title in one.modules.items()},
            listed=tuple(rest for one in courses for rest in one.listed),
            changed=dict(sum((Counter(one.changed) for one in courses), Counter())),
            levels=tuple(level for one in courses for level in one.levels),
        )
        if others
        else first
    )


def memory_sources(volumes: Sequence[Volume], made: WrittenCourse) -> tuple[memory.Source, ...]:
    """The data to save for each file of a course. If the course was made from several files, the
    data include the document of each file. One file can then be imported again without the
    others."""
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
