"""Imports of documents that are in memory, by a format of the tests' own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from unittest import mock

from builder import importing
from builder.importers import formats, tally
from builder.importers.form import Document
from builder.importers.outcome import Imported

TODAY = date(2026, 11, 26)
NAME = "handbook.test"


class Counted:
    """The second reader of the format, which has only the document to read."""

    def __init__(self, document: Document) -> None:
        blocks = (*document.blocks, *(one for note in document.notes.values() for one in note))
        self.words = (*tally.words(blocks), *document.consumed)
        self.kinds = tally.tally(document)


@contextmanager
def of(document: Document) -> Iterator[Path]:
    """A file that holds a document, as long as this lasts; give its name to an import."""
    form = formats.Format(
        "Test",
        (".test",),
        lambda path: (document, ()),
        lambda path: Counted(document),
        lambda found: found,
    )
    with mock.patch.object(formats, "FORMATS", (form,)):
        yield Path(NAME)


def into(folder: Path, document: Document, again: bool = False) -> Imported:
    """Import a document into a new folder, or once more into its course."""
    with of(document) as file:
        made, problems = importing.run(importing.Request(file, folder, None, TODAY, again))
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
