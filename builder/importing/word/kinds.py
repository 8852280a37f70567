"""What a file is that is no Word file of today, by how it begins, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from builder.base.immutable import immutable
from builder.base.zips import Archive, DamagedError

_HEAD = 4096
_PIECE = 1 << 20
_SEARCHED = 64
"""Pieces of an older file of Office that are looked through for the names of its streams."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_IN_WORD = "Open it in Word, choose File > Save As and the type “Word Document (.docx)”"
_IN_WRITER = (
    "Open it in LibreOffice Writer or Word, choose File > Save As and the type “Word Document "
    "(.docx)” (“Word 2010–365 Document” in LibreOffice)"
)


@immutable
class Other:
    """A kind of file, and how to make a Word file of it."""

    kind: str
    way: str


LOCKED = Other("locked with a password", "")
_DOC = Other("a document of Word 97 to 2003 (.doc)", _IN_WORD)
_RTF = Other("Rich Text (.rtf)", _IN_WORD)
_FLAT = Other("a Word document in one XML file (.xml)", _IN_WORD)
_PAGE = Other("a web page", _IN_WORD)
_TEXT = Other("plain text", _IN_WORD)
_WORDPERFECT = Other("a document of WordPerfect", _IN_WRITER)
_ODT = Other("a document of LibreOffice or OpenOffice (.odt)", _IN_WRITER)
_FLAT_ODT = Other("a document of LibreOffice in one XML file (.fodt)", _IN_WRITER)
_PDF = Other(
    "a PDF",
    "Ask for the file that it was made from; without it, open the PDF in Word, which makes a "
    "document of it, look that over and save it as “Word Document (.docx)”",
)
_PAGES = Other(
    "a document of Apple Pages", "Open it in Pages and choose File > Export To > Word… (.docx)"
)
_EPUB = Other("an e-book (.epub)", "Ask for the file that it was made from")
_WORKBOOK = Other(
    "an Excel workbook",
    "If it has a row for each question, save it in Excel as .xlsx; otherwise copy its "
    "tables into a Word document and save that as .docx",
)
_SLIDES = Other(
    "a PowerPoint presentation",
    "In PowerPoint choose File > Export > Create Handouts, and save those as .docx",
)
_OFFICE = Other("a file of an older Office program", _IN_WORD)

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


def of_file(path: Path) -> Other | None:
    """The kind of a file that is no zip; ``None`` where it is not known. ``OSError`` if it cannot
    be read."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if head.startswith(_OLE):
            file.seek(0)
            return _old_office(file)
    begins = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for beginning, other in _BEGINNINGS:
        if begins.startswith(beginning):
            return other
    if begins.startswith(b"<?xml"):
        return next((other for mark, other in _WITHIN if mark in begins), None)
    return _TEXT if begins and not head.startswith(b"PK") and _is_text(head) else None


def of_zip(archive: Archive) -> Other | None:
    """The kind of a zip that holds no Word document; ``None`` where it is not known."""
    if "mimetype" in archive.files:
        try:
            said = next(archive.chunks("mimetype"), b"")[:200]
        except DamagedError:
            said = b""
        for mime, other in _MIMES:
            if said.startswith(mime):
                return other
    names = [member.lower() for member in archive.files]
    for beginning, other in _MEMBERS:
        if any(member.startswith(beginning) for member in names):
            return other
    return None


def _old_office(file: BinaryIO) -> Other:
    found = set()
    before = b""
    for piece in _pieces(file):
        for stream, other in _STREAMS:
            if stream.encode("utf-16-le") in before + piece:
                found.add(other)
        before = piece[-64:]
    return next((other for _, other in _STREAMS if other in found), _OFFICE)


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    for _ in range(_SEARCHED):
        if not (piece := file.read(_PIECE)):
            return
        yield piece


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    # Cut in the middle of a character, the end is no text; what stands before it is.
    text = head.decode("utf-8", "ignore")
    return len(text.encode()) >= len(head) - 3 and all(
        one.isprintable() or one in "\t\r\n\f" for one in text
    )
