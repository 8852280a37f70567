"""The formats that a course can be made of: one row each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from builder.diagnostics import Diagnostic
from builder.immutable import immutable
from builder.importers.form import Document
from builder.slugs import slug

if TYPE_CHECKING:
    from builder.importers.banks.files import Kind


class Counts(Protocol):
    """What a file holds, as a second reader counts it that shares no code with the first: how many
    of each kind, and the words in their order."""

    @property
    def kinds(self) -> Mapping[str, int]:
        """How many there are of each kind."""

    @property
    def words(self) -> tuple[str, ...]:
        """The words that a reader of the file meets."""


Renamed = Mapping[str, str]
"""By what a sheet calls its columns, what we call them."""
Sheet = tuple[
    Callable[[Path], tuple["Document | None", tuple[Diagnostic, ...]]], Callable[[Path], Counts]
]
"""A reader and the second one."""


@immutable
class Format:
    """``endings`` are how the names of its files end, those included of which the reader says what
    to save them as. ``read`` gives the document, or ``None`` and why there is none; ``count`` is
    the second reader; ``recognise`` finds questions and records in what was read. ``kind`` is
    what a file of a bank is told to be by what stands in it; ``named`` reads one that the author
    says has this format, whatever stands in it. ``sheet`` gives both readers of a sheet whose
    author says what some of its heads mean."""

    name: str
    endings: tuple[str, ...]
    read: Callable[[Path], tuple[Document | None, tuple[Diagnostic, ...]]]
    count: Callable[[Path], Counts]
    recognise: Callable[[Document], Document]
    kind: Kind | None = None
    named: Callable[[Path], tuple[Document | None, tuple[Diagnostic, ...]]] | None = None
    sheet: Callable[[Renamed], Sheet] | None = None


def _read_word(path: Path) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    # A format's library is loaded when a file of it is read.
    from builder.importers import word

    return word.read(path)


def _count_word(path: Path) -> Counts:
    from builder.importers import word

    return word.counts(path)


def _recognise(document: Document) -> Document:
    from builder.importers import recognise

    return recognise.recognise(document)


def _read_aiken(path: Path) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    from builder.importers.banks import aiken

    return aiken.read(path)


def _named_aiken(path: Path) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    from builder.importers.banks import aiken

    return aiken.read(path, named=True)


def _count_aiken(path: Path) -> Counts:
    from builder.importers.banks import aiken_counting

    return aiken_counting.count(path)


def _read_cloze(path: Path) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    from builder.importers.banks import cloze

    return cloze.read(path)


def _named_cloze(path: Path) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    from builder.importers.banks import cloze

    return cloze.read(path, named=True)


def _count_cloze(path: Path) -> Counts:
    from builder.importers.banks import cloze_counting

    return cloze_counting.count(path)


def _read_gift(path: Path) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    from builder.importers.banks.gift import reader

    return reader.read(path)


def _named_gift(path: Path) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    from builder.importers.banks.gift import reader

    return reader.read(path, named=True)


def _count_gift(path: Path) -> Counts:
    from builder.importers.banks.gift import counting

    return counting.count(path)


def _read_moodle(path: Path) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    from builder.importers.banks.moodle_xml import reader

    return reader.read(path)


def _named_moodle(path: Path) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    from builder.importers.banks.moodle_xml import reader

    return reader.read(path, named=True)


def _count_moodle(path: Path) -> Counts:
    from builder.importers.banks.moodle_xml import counting

    return counting.count(path)


def _read_csv(path: Path) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    from builder.importers.banks.sheets import reader

    return reader.read_text(path)


def _named_csv(path: Path) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    from builder.importers.banks.sheets import reader

    return reader.read_text(path, named=True)


def _renamed_csv(renamed: Renamed) -> Sheet:
    from builder.importers.banks.sheets import counting, reader

    return (
        lambda path: reader.read_text(path, named=True, renamed=renamed),
        lambda path: counting.count_text(path, renamed),
    )


def _renamed_xlsx(renamed: Renamed) -> Sheet:
    from builder.importers.banks.sheets import counting, reader

    return (
        lambda path: reader.read_workbook(path, renamed=renamed),
        lambda path: counting.count_workbook(path, renamed),
    )


def _count_csv(path: Path) -> Counts:
    from builder.importers.banks.sheets import counting

    return counting.count_text(path)


def _read_xlsx(path: Path) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    from builder.importers.banks.sheets import reader

    return reader.read_workbook(path)


def _count_xlsx(path: Path) -> Counts:
    from builder.importers.banks.sheets import counting

    return counting.count_workbook(path)


def _read_qti(path: Path) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    from builder.importers.banks.qti import reader

    return reader.read(path)


def _count_qti(path: Path) -> Counts:
    from builder.importers.banks.qti import counting

    return counting.count(path)


def _read_h5p(path: Path) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    from builder.importers.banks import h5p

    return h5p.read(path)


def _count_h5p(path: Path) -> Counts:
    from builder.importers.banks import h5p_counting

    return h5p_counting.count(path)


def _read_backup(path: Path) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    from builder.importers.banks.moodle_xml import reader

    return reader.read_backup(path)


def _count_backup(path: Path) -> Counts:
    from builder.importers.banks.moodle_xml import backup_counting

    return backup_counting.count(path)


def _as_it_is(document: Document) -> Document:
    """A bank says by itself what its questions are."""
    return document


FORMATS = (
    Format(
        "Word",
        (".docx", ".docm", ".dotx", ".dotm", ".doc", ".odt", ".rtf"),
        _read_word,
        _count_word,
        _recognise,
    ),
    Format("Aiken", (".txt",), _read_aiken, _count_aiken, _as_it_is, "aiken", _named_aiken),
    Format("GIFT", (".gift", ".txt"), _read_gift, _count_gift, _as_it_is, "gift", _named_gift),
    Format("Cloze", (".txt",), _read_cloze, _count_cloze, _as_it_is, "cloze", _named_cloze),
    Format(
        "Moodle XML",
        (".xml",),
        _read_moodle,
        _count_moodle,
        _as_it_is,
        "moodle-xml",
        _named_moodle,
    ),
    Format(
        "CSV",
        (".csv", ".tsv", ".txt"),
        _read_csv,
        _count_csv,
        _as_it_is,
        "sheet",
        _named_csv,
        _renamed_csv,
    ),
    Format(
        "XLSX",
        (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods", ".numbers"),
        _read_xlsx,
        _count_xlsx,
        _as_it_is,
        "xlsx",
        sheet=_renamed_xlsx,
    ),
    Format("H5P", (".h5p",), _read_h5p, _count_h5p, _as_it_is, "h5p"),
    Format("Moodle backup", (".mbz",), _read_backup, _count_backup, _as_it_is, "mbz"),
    Format("QTI 1.2", (".xml", ".zip", ".imscc"), _read_qti, _count_qti, _as_it_is, "qti-1"),
    Format("QTI 2", (".xml", ".zip", ".imscc"), _read_qti, _count_qti, _as_it_is, "qti-2"),
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
    """The format of the bank that a file is by what stands in it."""
    from builder.importers.banks import telling

    told = telling.kind(path)
    return next((form for form in FORMATS if told and form.kind == told), None)


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
