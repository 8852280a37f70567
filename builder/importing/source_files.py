"""Checks the files of an import, and finds out which documents make the course when only some of
its files are imported again."""

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
    """A file is not one of those that the course was made from. The message is a sentence."""


def all_volumes(before: Memory, given: Mapping[str, Document], pages: Pages | None) -> list[Volume]:
    """The documents of a course in their order. ``given`` has the documents of the files imported
    now, by file name.

    If exactly one file is missing and one has an unknown name, it is a later version of the missing
    file. If none is missing, files with unknown names are added. ``UnknownFileError`` in any other
    case.
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
    """The new name of a renamed file, by its earlier name; empty if no file was renamed."""
    return _renamed_file([source.name for source in before.sources], given)


def earlier_versions(before: Memory, given: Collection[str]) -> Iterator[tuple[str, Source]]:
    """The names of the files that are ``given``, each with the source of which it is a later
    version."""
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
    """The new name of the one missing file, if exactly one given name is unknown."""
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
            document = storage.from_json(source.document)
        yield Volume(name, at, document, "" if first == name else first)


def not_regular_files(paths: Iterable[Path]) -> Iterator[Diagnostic]:
    """Problems for paths that exist but are not regular files."""
    for path in paths:
        # Reading a pipe would block, and a device may have no end.
        if path.exists() and not path.is_file():
            reason = "it is a folder, a device or a pipe"
            yield problem("file-unreadable", Position(path.as_posix()), reason=reason)


def with_folder(path: Path, problems: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Add the folder to the problems that a reader reports with the file name alone, so that the
    author can find the file and tell it from another one with that name."""
    return tuple(_with_folder(path, one) for one in problems)


def _with_folder(path: Path, found: Diagnostic) -> Diagnostic:
    name, *inside = found.position.path.split("/", 1)
    if name != path.name:
        return found
    place = "/".join([path.as_posix(), *inside])
    return replace(found, position=replace(found.position, path=place))
