"""Imports a QTI bank: a file, or a package whose documents may have different QTI versions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from builder.base import zips
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position
from builder.importing.banks import files
from builder.importing.banks.bounds import MOST, bounded
from builder.importing.banks.qti import package, qti1, qti2
from builder.importing.banks.qti.bank import QtiBank
from builder.importing.banks.xml import Element
from builder.importing.document.form import Document

_ELSEWHERE = files.UnsupportedFile(
    "a test whose questions are in separate files",
    "Export the test as a package, a zip with its questions",
)
_DEEP = "its elements are nested too deeply"


@bounded
def read(path: Path) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Import the questions of a QTI file or package, or report why it has none. Rejects files that
    are too large; never raises."""
    position = Position(path.name)
    try:
        if not package.is_zip(path):
            return _import_package(position, *package.read_file(path))
        with zips.open_zip(path) as archive:
            return _import_package(position, *package.read_package(archive))
    except zips.DamagedError as error:
        return None, (problem("bank-damaged", position, problem=str(error)),)
    except RecursionError:
        return None, (problem("bank-damaged", position, problem=_DEEP),)


def _import_package(
    position: Position, found: package.Package | None, problems: tuple[Diagnostic, ...]
) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    if found is None:
        return None, problems
    if sum(1 for _ in _items(found)) > MOST:
        much = f"it has more than {MOST:,} questions"
        return None, (problem("bank-too-large", position, problem=much),)
    document = _document(found)
    if not document.blocks and any(_leads_elsewhere(part) for part in found.parts):
        placeholders = {"kind": _ELSEWHERE.kind, "way": _ELSEWHERE.way}
        return None, (problem("bank-format", position, **placeholders),)
    return document, problems


def _items(found: package.Package) -> Iterator[Element]:
    return (item for part in found.parts for item in part.root.iter("item", "assessmentItem"))


def _leads_elsewhere(part: package.Part) -> bool:
    return next(part.root.iter("assessmentItemRef", "itemref"), None) is not None


def _document(found: package.Package) -> Document:
    bank = QtiBank(found)
    bank.titles.update(item.get("title") or "" for item in _items(found))
    for part in found.parts:
        if part.root.tag == "questestinterop":
            qti1.read(bank, part)
    later = [part for part in found.parts if part.root.tag != "questestinterop"]
    qti2.TestReader(bank, later).read()
    return bank.document()
