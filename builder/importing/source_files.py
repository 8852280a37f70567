"""The files of an import: whether they can be read as files, and which files the course is made of
when some of them are imported again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position
from builder.importing.document import storage
from builder.importing.document.form import Document, Pages, Volume, pages_at
from builder.importing.merging.memory import Memory, Source


class UnknownFileError(Exception):
    """A file is none of those that the course was made of, as a sentence."""


def all_volumes(before: Memory, given: Mapping[str, Document], pages: Pages | None) -> list[Volume]:
    """The documents of a course in their order; ``given`` are those of files by their names.

    A file whose name is not known is a later version of the one that is missing, where just one is;
    where none is missing, it is one more. ``UnknownFileError`` where neither can be told.
    """
    sources = _sources(before, given)
    names = [source.name for source in sources]
    fresh = [name for name in given if name not in names]
    missing = [name for name in names if name not in given]
    renamed = _renamed(names, given)
    if fresh and missing and not renamed:
        raise UnknownFileError(
            f"“{fresh[0]}” is none of the files that this course was made of: "
            f"{', '.join(f'“{name}”' for name in names)}. Give it the name of the one that it is a "
            "later version of; to add it as one more, name all of them."
        )
    return [
        *_known(sources, given, renamed, pages),
        *(
            Volume(name, pages or "auto", given[name])
            for name in fresh
            if name not in renamed.values()
        ),
    ]


def later_version(before: Memory, given: Collection[str]) -> Mapping[str, str]:
    """The new name of the file that was given under another one than before, by the old one; empty
    where there is none."""
    return _renamed([source.name for source in before.sources], given)


def earlier_versions(before: Memory, given: Collection[str]) -> Iterator[tuple[str, Source]]:
    """The names of files that are ``given``, each with the file that it is a later version of."""
    sources = _sources(before, given)
    renamed = _renamed([source.name for source in sources], given)
    for source in sources:
        name = renamed.get(source.name, source.name)
        if name in given:
            yield name, source


def _sources(before: Memory, given: Collection[str]) -> tuple[Source, ...]:
    # An older import has kept no names: it had one file.
    return before.sources or (Source(next(iter(given)), before.level),)


def _renamed(names: Sequence[str], given: Collection[str]) -> dict[str, str]:
    """The new name of the one file that is missing, where one has a name that is not known."""
    fresh = [name for name in given if name not in names]
    missing = [name for name in names if name not in given]
    return {missing[0]: fresh[0]} if len(fresh) == len(missing) == 1 else {}


def _known(
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
            document = storage.document(source.document)
        yield Volume(name, at, document, "" if first == name else first)


def not_files(paths: Iterable[Path]) -> Iterator[Diagnostic]:
    """What to say of those that cannot be read as a file is: twice, and to an end."""
    for path in paths:
        # A pipe would be waited for, a device may never end.
        if path.exists() and not path.is_file():
            reason = "it is a folder, a device or a pipe"
            yield problem("file-unreadable", Position(path.as_posix()), reason=reason)


def with_folder(path: Path, problems: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Problems of a file that a reader knows by its name alone, with the folder that the author has
    named: by it the file is found, and told from another one of its name."""
    return tuple(_with_folder(path, one) for one in problems)


def _with_folder(path: Path, found: Diagnostic) -> Diagnostic:
    name, *inside = found.position.path.split("/", 1)
    if name != path.name:
        return found
    place = "/".join([path.as_posix(), *inside])
    return replace(found, position=replace(found.position, path=place))
