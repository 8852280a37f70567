"""Lists the formats that can be imported, and detects the format of a file."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from builder.base import zips
from builder.base.immutable import immutable
from builder.base.slugs import slug
from builder.diagnostics.diagnostic import Diagnostic
from builder.exporting.spreadsheet.columns import Renamed
from builder.importing.document import tally
from builder.importing.document.form import Document
from builder.importing.document.tally import Counts

if TYPE_CHECKING:
    from builder.importing.banks.files import Kind, UnsupportedFile

ReadResult = tuple[Document | None, tuple[Diagnostic, ...]]
"""The document that was read from a file, or ``None`` if it cannot be read, and the problems that
were found in the file."""


@immutable
class Format:
    """A format that can be imported. ``endings`` are its file extensions, including those of
    formats such as ``.doc``, for which the reader only explains in which format to save the file.
    ``kind`` is the format of a question bank or story as content detection returns it; ``None`` for
    Word documents."""

    name: str
    endings: tuple[str, ...]
    kind: Kind | None = None

    def read(self, path: Path, named: bool = False, renamed: Renamed | None = None) -> ReadResult:
        """Read a file of this format. ``named`` is true if the author named the format on the
        command line, so the format is not detected in the content. ``renamed`` maps column headings
        of a sheet of questions to the names of the columns that the author says they are."""
        # Imported late: a format's library is only loaded to read a file of that format.
        match self.kind:
            case None:
                from builder.importing import word

                return word.read(path)
            case "aiken":
                from builder.importing.banks import aiken

                return aiken.read(path, named)
            case "gift":
                from builder.importing.banks import gift

                return gift.read(path, named)
            case "cloze":
                from builder.importing.banks import cloze

                return cloze.read(path, named)
            case "moodle-xml":
                from builder.importing.banks import moodle_xml

                return moodle_xml.read(path, named)
            case "mbz":
                from builder.importing.banks import moodle_xml

                return moodle_xml.read_backup(path)
            case "sheet":
                from builder.importing.banks.sheets import questions

                return questions.read_text(path, named or bool(renamed), renamed)
            case "xlsx":
                from builder.importing.banks.sheets import questions

                return questions.read_workbook(path, renamed)
            case "h5p":
                from builder.importing.banks import h5p

                return h5p.read(path)
            case "qti-1" | "qti-2":
                from builder.importing.banks.qti import questions as qti

                return qti.read(path)
            case "twee":
                from builder.importing import twee

                return twee.read(path)

    def recognise(self, document: Document) -> Document:
        """Recognise questions, records and the like in the text of a document, and return it with
        these. A question bank or a story is returned unchanged: its reader has already recognised
        its content."""
        if self.kind:
            return document
        from builder.importing import recognise

        return recognise.recognise(document)

    def count(self, path: Path, document: Document) -> Counts:
        """Count the content of a file. A Word file is counted independently of its reader, so
        content that the reader missed is noticed. The content of a bank or story is counted in
        ``document``, which was read from the file."""
        if self.kind == "twee":
            return tally.count_story(document)
        if self.kind:
            return tally.count_bank(document)
        from builder.importing import word

        return word.counts(path)


_WORD_ENDINGS = (".docx", ".docm", ".dotx", ".dotm", ".doc", ".odt", ".rtf")
_WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods", ".numbers")
_QTI_ENDINGS = (".xml", ".zip", ".imscc")
FORMATS = (
    Format("Word", _WORD_ENDINGS),
    Format("Aiken", (".txt",), "aiken"),
    Format("GIFT", (".gift", ".txt"), "gift"),
    Format("Cloze", (".txt",), "cloze"),
    Format("Moodle XML", (".xml",), "moodle-xml"),
    Format("CSV", (".csv", ".tsv", ".txt"), "sheet"),
    Format("XLSX", _WORKBOOK_ENDINGS, "xlsx"),
    Format("H5P", (".h5p",), "h5p"),
    Format("Moodle backup", (".mbz",), "mbz"),
    Format("QTI 1.2", _QTI_ENDINGS, "qti-1"),
    Format("QTI 2", _QTI_ENDINGS, "qti-2"),
    Format("Twee", (".twee", ".tw"), "twee"),
)


def format_of(path: Path) -> Format | None:
    """The format of a file, or ``None`` if it is not recognised. A file extension of Word or Twee
    is enough. For any other file the content decides; if no format is detected in it, the extension
    decides, and the reader of that format reports what is wrong with the file."""
    ending = path.suffix.lower()
    by_ending = next((form for form in FORMATS if ending in form.endings), None)
    if by_ending is not None and by_ending.kind in (None, "twee"):
        return by_ending
    return bank_of(path) or by_ending


def may_be_bank(name: str) -> bool:
    """Whether a file with this name may be a question bank: its ending is not that of a document or
    a story."""
    ending = PurePath(name).suffix.lower()
    by_ending = next((form for form in FORMATS if ending in form.endings), None)
    return by_ending is None or by_ending.kind not in (None, "twee")


def bank_of(path: Path) -> Format | None:
    """The question bank format of a file, detected from its content; ``None`` if the file is not a
    bank or cannot be read. Reads a limited number of characters, and never raises."""
    kind = _kind_of(path)
    return next((form for form in FORMATS if kind and form.kind == kind), None)


def unsupported(path: Path) -> UnsupportedFile | None:
    """What a text file is whose format cannot be imported; ``None`` if nothing is known of it.
    Reads a limited number of characters, and never raises."""
    from builder.importing.banks import files

    words, _ = files.read_text(path)
    found = files.detect_format(words) if words is not None else None
    return found if isinstance(found, files.UnsupportedFile) and found is not files.PROSE else None


def _kind_of(path: Path) -> Kind | None:
    from builder.importing.banks import files, h5p, moodle_backup
    from builder.importing.banks.qti import package

    if moodle_backup.is_gzip(path):
        return "mbz"
    if not package.is_zip(path):
        words, _ = files.read_text(path, package.WORDS)
        kind = files.detect_format(words) if words is not None else None
        return None if isinstance(kind, files.UnsupportedFile) else kind
    with suppress(zips.DamagedError), zips.open_zip(path) as archive:
        if "xl/workbook.xml" in archive.files:
            return "xlsx"
        if h5p.ABOUT in archive.files:
            return "h5p"
        if moodle_backup.ABOUT in archive.files:
            return "mbz"
        if not zips.safety_problems(archive):
            return package.kind(archive)
    return None


def format_names() -> list[str]:
    """The names of all formats as the command line accepts them."""
    return [slug(form.name) for form in FORMATS]


def format_by_name(name: str, path: Path) -> Format | None:
    """The format whose name on the command line is ``name`` or starts with it and a hyphen: ``qti``
    fits QTI 1.2 and QTI 2. If several formats fit, returns the format detected in the file, else
    the first. ``None`` if no format has this name."""
    prefix = f"{name.lower()}-"
    found = [form for form in FORMATS if f"{slug(form.name)}-".startswith(prefix)]
    if len(found) > 1 and (detected := bank_of(path)) in found:
        return detected
    return found[0] if found else None
