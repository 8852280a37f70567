"""Holds the arguments of an import, and reads the files that they name.

If only some files of a course are imported again, returns the documents of all its files, in their
order: those just read, and the others as the earlier import saved them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position
from builder.exporting.spreadsheet import columns, head_of
from builder.importing import formats
from builder.importing.again import memory
from builder.importing.again.memory import Memory, Source
from builder.importing.document.form import Document, Pages, Paragraph, Volume, pages_at
from builder.importing.document.tally import Counts
from builder.importing.formats import Format
from builder.importing.writing import capacity


@dataclass(frozen=True, slots=True)
class Request:
    """The arguments of an import: the file ``source`` and then the files ``others`` are imported
    into ``folder``. The folder is new or empty; with ``again``, it contains the course that was
    made from earlier versions of the files, or a course to which banks are added.

    ``pages`` says which headings start pages; with ``None``, a repeated import keeps the earlier
    choice, and a first import chooses by the document's headings. With ``dry_run`` nothing is
    written. ``today`` is the date with which dates in the course are compared. ``named`` is the
    name of the format of all files; if empty, each file's format is detected. With ``later``,
    banks count as later versions even if they have no question in common with the earlier banks.
    ``columns`` maps column headings of a sheet of questions to the names of columns.
    """

    source: Path
    folder: Path
    pages: Pages | None
    today: date
    again: bool = False
    dry_run: bool = False
    others: tuple[Path, ...] = ()
    named: str = ""
    later: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def sources(self) -> tuple[Path, ...]:
        """All files to import, in the order of the command line."""
        return self.source, *self.others


class RefusedError(Exception):
    """Raised if an import is refused. Its message is the reason, as a sentence."""


class AnotherBankError(RefusedError):
    """Raised if a bank has no question in common with the earlier bank of the course that it would
    replace."""


@dataclass(frozen=True, slots=True)
class Read:
    """A file that was read. ``counts`` has its words and the numbers of its parts, to compare them
    with the course."""

    path: Path
    document: Document
    counts: Counts

    def volume(self, pages: Pages) -> Volume:
        """This file as a volume, one of the documents that a course is made from. ``pages`` says
        which headings start pages."""
        return Volume(self.path.name, pages, self.document)


def check_unique_names(sources: Sequence[Path]) -> None:
    """Raise ``RefusedError`` if two files have the same name, since a repeated import identifies
    files by name."""
    names = Counter(source.name for source in sources)
    if twice := next((name for name, count in names.items() if count > 1), ""):
        raise RefusedError(
            f"Two files are called “{twice}”. Rename one of them: when files are imported again, "
            "they are identified by their names."
        )


def read_file(
    path: Path, form: Format, request: Request
) -> tuple[Read | None, tuple[Diagnostic, ...]]:
    """Read a file of the format ``form``, and recognise and count its content. Returns ``None``
    instead if that fails, and the problems found in the file."""
    if request.again and form.kind == "twee":
        raise RefusedError(
            f"“{path.name}” is a story, and a story can be imported only once: a later import "
            "could give the ids of choices to other choices, and saved decisions would change "
            "their meaning. "
            "Change the scenario in the course instead, or make a new course with “-o”."
        )
    renamed = _parse_columns(request.columns) if request.columns else None
    document, found = form.read(path, named=bool(request.named), renamed=renamed)
    problems = with_folder(path, found)
    if document is None:
        return None, problems
    if not document.blocks:
        return None, (*problems, problem("import-empty", Position(path.as_posix())))
    if request.named and (wrong := _wrong_format(path, form, document)):
        return None, (wrong,)
    return Read(path, form.recognise(document), form.count(path, document)), problems


def _parse_columns(choices: Mapping[str, str]) -> Mapping[str, str]:
    """Check and normalise the author's ``choices``, which map a column heading of a sheet to the
    name of the column that it is. Raises ``RefusedError`` if no column has that name."""
    for name in choices.values():
        if head_of(name) is None:
            known = [column.head for column in (*columns.BEFORE, *columns.BEHIND)]
            known += [columns.option_head(place) for place in range(4)]
            near = get_close_matches(name, known, n=1)
            hint = f" Did you mean “{near[0]}”?" if near else f" Write one of: {', '.join(known)}."
            raise RefusedError(f"“{name}” is not a column of a sheet of questions.{hint}")
    return {columns.plain(head): name for head, name in choices.items()}


def limit_categories(read: Sequence[Read], files: int) -> list[Read]:
    """Join categories in each of the banks ``read`` if they are too many for a course that is made
    from ``files`` files: a trainee's saved state has room for a limited number of quizzes."""
    most = max(capacity.MOST_QUIZZES // files, 1)
    return [replace(one, document=capacity.join_categories(one.document, most)) for one in read]


def _wrong_format(path: Path, form: Format, document: Document) -> Diagnostic | None:
    """The problem to report if the author named the format of a bank (``form``) and no question was
    found in the file; ``None`` for any other file."""
    if not document.bank or not all(isinstance(one, Paragraph) for one in document.blocks):
        return None
    detected = formats.bank_of(path)
    advice = "Check its content, and name its format after “--from”"
    if detected is not None and detected is not form:
        advice = f"Leave out “--from”: the content shows that it is {detected.name}"
    kind = f"a file without any question in {form.name}"
    return problem("bank-format", Position(path.as_posix()), kind=kind, way=advice)


def format_of(source: Path, named: str) -> Format:
    """The format with the name ``named``; if that is empty, the format detected in the file. Raises
    ``RefusedError`` if there is none."""
    form = formats.format_by_name(named, source) if named else formats.format_of(source)
    if form is None and named:
        known = ", ".join(formats.format_names())
        raise RefusedError(
            f"“{named}” is not a format that can be imported. Write one of: {known}."
        )
    if form is None and (other := formats.unsupported(source)):
        raise RefusedError(
            f"“{source.name}” is {other.kind}, which cannot be imported. {other.way}; then import "
            "that file."
        )
    if form is None:
        known = "; ".join(f"{one.name} ({', '.join(one.endings)})" for one in formats.FORMATS)
        raise RefusedError(
            f"The format of “{source.name}” was not recognised. These formats can be imported: "
            f"{known}. If the file has one of them, name it after “--from”."
        )
    return form


class UnknownFileError(Exception):
    """Raised if a file is not one of those that the course was made from. Its message is a
    sentence."""


def all_volumes(before: Memory, given: Mapping[str, Document], pages: Pages | None) -> list[Volume]:
    """The documents of a course in their order. ``before`` is what the earlier import saved, and
    ``given`` has the documents of the files imported now, by file name. A document that is not
    given is taken from ``before``.

    If exactly one given file has an unknown name, and exactly one file of the course is not given,
    the first is a later version of the second. If all files of the course are given, files with
    unknown names are added at the end.
    Raises ``UnknownFileError`` if neither is possible. ``pages`` says which headings start pages;
    ``None`` keeps the earlier choice.
    """
    sources = _sources(before, given)
    names = [source.name for source in sources]
    unknown = [name for name in given if name not in names]
    missing = [name for name in names if name not in given]
    renamed = _renamed_file(names, given)
    if unknown and missing and not renamed:
        raise UnknownFileError(
            f"“{unknown[0]}” is not one of the files from which this course was made: "
            f"{', '.join(f'“{name}”' for name in names)}. If it is a later version of one of them, "
            "give it that name. To add it to the course, name all of the files."
        )
    return [
        *_known_volumes(sources, given, renamed, pages),
        *(
            Volume(name, pages or "auto", given[name])
            for name in unknown
            if name not in renamed.values()
        ),
    ]


def later_version(before: Memory, given: Collection[str]) -> Mapping[str, str]:
    """A mapping from the name that a renamed file had in the earlier import (``before``) to its new
    name; empty if no file was renamed. ``given`` has the names of the files imported now."""
    return _renamed_file([source.name for source in before.sources], given)


def earlier_versions(before: Memory, given: Collection[str]) -> Iterator[tuple[str, Source]]:
    """The names in ``given`` of files that the course was made from, each with the saved data of
    the file's earlier version, in the order of the course."""
    sources = _sources(before, given)
    renamed = _renamed_file([source.name for source in sources], given)
    for source in sources:
        name = renamed.get(source.name, source.name)
        if name in given:
            yield name, source


def _sources(before: Memory, given: Collection[str]) -> tuple[Source, ...]:
    # Early imports saved no file names: they had one file.
    return before.sources or (Source(next(iter(given)), before.level),)


def _renamed_file(names: Sequence[str], given: Collection[str]) -> dict[str, str]:
    """A mapping from the earlier name of a renamed file to its new name. A file counts as renamed
    if exactly one of the earlier ``names`` is missing in ``given``, and exactly one name there is
    unknown; otherwise the mapping is empty."""
    unknown = [name for name in given if name not in names]
    missing = [name for name in names if name not in given]
    return {missing[0]: unknown[0]} if len(unknown) == len(missing) == 1 else {}


def _known_volumes(
    sources: tuple[Source, ...],
    given: Mapping[str, Document],
    renamed: Mapping[str, str],
    pages: Pages | None,
) -> Iterator[Volume]:
    for source in sources:
        name = renamed.get(source.name, source.name)
        first = source.first_name or source.name
        if name in given:
            at = pages or pages_at(source.level)
            document = given[name]
        else:
            at = pages_at(source.level)
            document = memory.stored_document(source.document)
        yield Volume(name, at, document, "" if first == name else first)


def not_regular_files(paths: Iterable[Path]) -> Iterator[Diagnostic]:
    """The problem of each path that exists but is not a regular file."""
    for path in paths:
        # Reading a pipe would block, and a device may have no end.
        if path.exists() and not path.is_file():
            reason = "it is a folder, a device or a pipe"
            yield problem("file-unreadable", Position(path.as_posix()), reason=reason)


def with_folder(path: Path, problems: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The problems that a reader has found in the file ``path``, with the folder of the file added
    to their positions. Readers use the file name alone; with the folder, the author can find the
    file, and distinguish it from another file of that name."""
    return tuple(_with_folder(path, one) for one in problems)


def _with_folder(path: Path, found: Diagnostic) -> Diagnostic:
    name, *inside = found.position.path.split("/", 1)
    if name != path.name:
        return found
    place = "/".join([path.as_posix(), *inside])
    return replace(found, position=replace(found.position, path=place))
