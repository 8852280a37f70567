"""Imports of documents that are in memory, by a format of the tests' own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from unittest import mock

from builder import importing
from builder.importing import formats
from builder.importing.document import tally
from builder.importing.document.form import Document, Pages
from builder.importing.making import Imported

TODAY = date(2026, 11, 26)
NAME = "handbook.test"


def counted(document: Document) -> tally.Counts:
    """What a file of the format holds, of which there is only the document to read."""
    blocks = (*document.blocks, *(one for note in document.notes.values() for one in note))
    return tally.Counts(tally.tally(document), (*tally.words(blocks), *document.consumed))


@contextmanager
def of(document: Document) -> Iterator[Path]:
    """A file that holds a document, as long as this lasts; give its name to an import."""

    class InMemory(formats.Format):
        def read(self, *_: object, **__: object) -> formats.ReadResult:
            return document, ()

        def recognise(self, document: Document) -> Document:
            return document

        def count(self, path: Path, document: Document) -> tally.Counts:
            return counted(document)

    form = InMemory("Test", (".test",))
    with mock.patch.object(formats, "FORMATS", (form,)):
        yield Path(NAME)


def into(
    folder: Path, document: Document, again: bool = False, pages: Pages | None = None
) -> Imported:
    """Import a document into a new folder, or once more into its course."""
    with of(document) as file:
        made, problems = importing.run(importing.Request(file, folder, pages, TODAY, again))
    assert made is not None
    assert problems == ()
    return made


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a course by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
