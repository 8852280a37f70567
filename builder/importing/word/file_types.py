"""Detects from its content what type of file an author has given instead of a Word file, and tells
how to convert it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from builder.base.immutable import immutable
from builder.base.zips import Archive, DamagedError

_HEAD = 4096
_PIECE = 1 << 20
_SEARCHED = 64
"""Maximum number of pieces of 1 MB that are searched for stream names in an older Office file."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_IN_WORD = "Open it in Word, choose File > Save As and the type “Word Document (.docx)”"
_IN_WRITER = (
    "Open it in LibreOffice Writer or Word, choose File > Save As and the type “Word Document "
    "(.docx)” (“Word 2010–365 Document” in LibreOffice)"
)


@immutable
class UnsupportedFile:
    """A file type that cannot be imported. ``kind`` is its name, and ``way`` says how the author
    can convert such a file to a Word file."""

    kind: str
    way: str


LOCKED = UnsupportedFile("locked with a password", "")
_DOC = UnsupportedFile("a document of Word 97 to 2003 (.doc)", _IN_WORD)
_RTF = UnsupportedFile("Rich Text (.rtf)", _IN_WORD)
_FLAT = UnsupportedFile("a Word document in one XML file (.xml)", _IN_WORD)
_PAGE = UnsupportedFile("a web page", _IN_WORD)
_TEXT = UnsupportedFile("plain text", _IN_WORD)
_WORDPERFECT = UnsupportedFile("a document of WordPerfect", _IN_WRITER)
_ODT = UnsupportedFile("a document of LibreOffice or OpenOffice (.odt)", _IN_WRITER)
_FLAT_ODT = UnsupportedFile("a document of LibreOffice in one XML file (.fodt)", _IN_WRITER)
_PDF = UnsupportedFile(
    "a PDF",
    "Ask for the file that it was made from; without it, open the PDF in Word, which makes a "
    "document of it, look that over and save it as “Word Document (.docx)”",
)
_PAGES = UnsupportedFile(
    "a document of Apple Pages", "Open it in Pages and choose File > Export To > Word… (.docx)"
)
_EPUB = UnsupportedFile("an e-book (.epub)", "Ask for the file that it was made from")
_WORKBOOK = UnsupportedFile(
    "an Excel workbook",
    "If it has a row for each question, save it in Excel as .xlsx; otherwise copy its "
    "tables into a Word document and save that as .docx",
)
_SLIDES = UnsupportedFile(
    "a PowerPoint presentation",
    "In PowerPoint choose File > Export > Create Handouts, and save those as .docx",
)
_OFFICE = UnsupportedFile("a file of an older Office program", _IN_WORD)

_STREAMS = (
    ("EncryptedPackage", LOCKED),
    ("WordDocument", _DOC),
    ("Workbook", _WORKBOOK),
    ("PowerPoint Document", _SLIDES),
)
_BEGINNINGS = (
    (b"{\\rtf", _RTF),
    (b"%pdf-", _PDF),
    (b"\xffwpc", _WORDPERFECT),
    (b"<!doctype html", _PAGE),
    (b"<html", _PAGE),
    (b"mime-version:", _PAGE),
)
_WITHIN = (
    (b"http://schemas.microsoft.com/office/2006/xmlpackage", _FLAT),
    (b"http://schemas.microsoft.com/office/word/2003/wordml", _FLAT),
    (b"urn:oasis:names:tc:opendocument:xmlns:office", _FLAT_ODT),
    (b"<html", _PAGE),
)
_MIMES = (
    (b"application/vnd.oasis.opendocument.text", _ODT),
    (b"application/vnd.sun.xml.writer", _ODT),
    (b"application/vnd.oasis.opendocument.spreadsheet", _WORKBOOK),
    (b"application/vnd.oasis.opendocument.presentation", _SLIDES),
    (b"application/epub", _EPUB),
)
_MEMBERS = (
    ("xl/", _WORKBOOK),
    ("ppt/", _SLIDES),
    ("index/document.iwa", _PAGES),
    ("index.zip", _PAGES),
    ("index.xml", _PAGES),
    ("index/", _PAGES),
)


def detect_file(path: Path) -> UnsupportedFile | None:
    """Detect the type of a file that is not a zip; ``None`` if it is unknown or the file is a zip.
    Raises ``OSError`` if the file cannot be read."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if head.startswith(_OLE):
            file.seek(0)
            return _detect_old_office(file)
    begins = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for beginning, other in _BEGINNINGS:
        if begins.startswith(beginning):
            return other
    if begins.startswith(b"<?xml"):
        return next((other for mark, other in _WITHIN if mark in begins), None)
    return _TEXT if begins and not head.startswith(b"PK") and _is_text(head) else None


def detect_zip(archive: Archive) -> UnsupportedFile | None:
    """Detect the type of a zip that does not contain a Word document; ``None`` if it is unknown."""
    if "mimetype" in archive.files:
        try:
            mime_type = next(archive.chunks("mimetype"), b"")[:200]
        except DamagedError:
            mime_type = b""
        for mime, other in _MIMES:
            if mime_type.startswith(mime):
                return other
    names = [member.lower() for member in archive.files]
    for beginning, other in _MEMBERS:
        if any(member.startswith(beginning) for member in names):
            return other
    return None


def _detect_old_office(file: BinaryIO) -> UnsupportedFile:
    streams = set()
    previous = b""
    for piece in _pieces(file):
        for stream, other in _STREAMS:
            if stream.encode("utf-16-le") in previous + piece:
                streams.add(other)
        previous = piece[-64:]
    return next((other for _, other in _STREAMS if other in streams), _OFFICE)


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    for _ in range(_SEARCHED):
        if not (piece := file.read(_PIECE)):
            return
        yield piece


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    # The head may end in the middle of a character of up to 4 bytes, so 3 may not decode.
    text = head.decode("utf-8", "ignore")
    return len(text.encode()) >= len(head) - 3 and all(
        one.isprintable() or one in "\t\r\n\f" for one in text
    )
