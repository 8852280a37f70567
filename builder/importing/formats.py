"""The formats that a course can be made of: one row each."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from builder.base import zips
from builder.base.immutable import immutable
from builder.base.slugs import slug
from builder.diagnostics.diagnostic import Diagnostic
from builder.exporting.spreadsheet.columns import Renamed
from builder.importing.document.form import Document
from builder.importing.document.tally import Counts

if TYPE_CHECKING:
    from builder.importing.banks.files import Kind

Read = tuple[Document | None, tuple[Diagnostic, ...]]
"""The document in a file, or ``None`` and why there is none."""


class Reader(Protocol):
    """Reads a file. ``named`` is whether the author has named the format, so that the content need
    not show it; ``renamed`` is what the author says that columns of a sheet mean."""

    def __call__(
        self, path: Path, *, named: bool = False, renamed: Renamed | None = None
    ) -> Read: ...


def _as_it_is(document: Document) -> Document:
    """A bank says by itself what its questions are."""
    return document


@immutable
class Format:
    """``endings`` are how the names of its files end, those included of which the reader says what
    to save them as. ``kind`` is what the content of a bank's file is recognised as. ``recognise``
    finds questions and records in what was read. ``count`` counts what a file holds without its
    reader; without it, what was read is counted."""

    name: str
    endings: tuple[str, ...]
    read: Reader
    kind: Kind | None = None
    recognise: Callable[[Document], Document] = _as_it_is
    count: Callable[[Path], Counts] | None = None


# A format's library is loaded when a file of it is read.


def _word(path: Path, *, named: bool = False, renamed: Renamed | None = None) -> Read:
    from builder.importing import word

    return word.read(path)


def _count_word(path: Path) -> Counts:
    from builder.importing import word

    return word.counts(path)


def _recognise(document: Document) -> Document:
    from builder.importing import recognise

    return recognise.recognise(document)


def _aiken(path: Path, *, named: bool = False, renamed: Renamed | None = None) -> Read:
    from builder.importing.banks import aiken

    return aiken.read(path, named)


def _cloze(path: Path, *, named: bool = False, renamed: Renamed | None = None) -> Read:
    from builder.importing.banks import cloze

    return cloze.read(path, named)


def _gift(path: Path, *, named: bool = False, renamed: Renamed | None = None) -> Read:
    from builder.importing.banks.gift import questions

    return questions.read(path, named)


def _moodle_xml(path: Path, *, named: bool = False, renamed: Renamed | None = None) -> Read:
    from builder.importing.banks.moodle_xml import questions

    return questions.read(path, named)


def _moodle_backup(path: Path, *, named: bool = False, renamed: Renamed | None = None) -> Read:
    from builder.importing.banks.moodle_xml import questions

    return questions.read_backup(path)


def _csv(path: Path, *, named: bool = False, renamed: Renamed | None = None) -> Read:
    from builder.importing.banks.sheets import questions

    return questions.read_text(path, named or bool(renamed), renamed)


def _xlsx(path: Path, *, named: bool = False, renamed: Renamed | None = None) -> Read:
    from builder.importing.banks.sheets import questions

    return questions.read_workbook(path, renamed)


def _qti(path: Path, *, named: bool = False, renamed: Renamed | None = None) -> Read:
    from builder.importing.banks.qti import questions

    return questions.read(path)


def _h5p(path: Path, *, named: bool = False, renamed: Renamed | None = None) -> Read:
    from builder.importing.banks import h5p

    return h5p.read(path)


_WORD = (".docx", ".docm", ".dotx", ".dotm", ".doc", ".odt", ".rtf")
_WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods", ".numbers")
_PACKED_QTI = (".xml", ".zip", ".imscc")
FORMATS = (
    Format("Word", _WORD, _word, recognise=_recognise, count=_count_word),
    Format("Aiken", (".txt",), _aiken, "aiken"),
    Format("GIFT", (".gift", ".txt"), _gift, "gift"),
    Format("Cloze", (".txt",), _cloze, "cloze"),
    Format("Moodle XML", (".xml",), _moodle_xml, "moodle-xml"),
    Format("CSV", (".csv", ".tsv", ".txt"), _csv, "sheet"),
    Format("XLSX", _WORKBOOKS, _xlsx, "xlsx"),
    Format("H5P", (".h5p",), _h5p, "h5p"),
    Format("Moodle backup", (".mbz",), _moodle_backup, "mbz"),
    Format("QTI 1.2", _PACKED_QTI, _qti, "qti-1"),
    Format("QTI 2", _PACKED_QTI, _qti, "qti-2"),
)


def format_of(path: Path) -> Format | None:
    """The format of a file: the bank that it is by what stands in it, whatever its name, else that
    of how its name ends, whose reader says what the file is. A name of Word's tells by itself."""
    ending = path.suffix.lower()
    named = next((form for form in FORMATS if ending in form.endings), None)
    if named is not None and named.kind is None:
        return named
    return bank_of(path) or named


def bank_of(path: Path) -> Format | None:
    """The format of the bank that a file is by its content; ``None`` where it is no bank, or cannot
    be read. Bounded, and never raises."""
    kind = _kind_of(path)
    return next((form for form in FORMATS if kind and form.kind == kind), None)


def _kind_of(path: Path) -> Kind | None:
    from builder.importing.banks import files, h5p
    from builder.importing.banks.moodle_xml import backup
    from builder.importing.banks.qti import package

    if backup.is_gzip(path):
        return "mbz"
    if not package.is_zip(path):
        words, _ = files.read_text(path, package.WORDS)
        kind = files.detect_format(words) if words is not None else None
        return None if isinstance(kind, files.UnsupportedFile) else kind
    with suppress(zips.DamagedError), zips.opened(path) as archive:
        if "xl/workbook.xml" in archive.files:
            return "xlsx"
        if h5p.ABOUT in archive.files:
            return "h5p"
        if backup.ABOUT in archive.files:
            return "mbz"
        if not zips.unsafe(archive):
            return package.kind(archive)
    return None


def names() -> list[str]:
    """How each format is named in a command."""
    return [slug(form.name) for form in FORMATS]


def named(name: str, path: Path) -> Format | None:
    """The format of a name, or of how it begins; of several versions of one the first that fits a
    file, else the first."""
    begun = f"{name.lower()}-"
    found = [form for form in FORMATS if f"{slug(form.name)}-".startswith(begun)]
    if len(found) > 1 and (told := bank_of(path)) in found:
        return told
    return found[0] if found else None
