"""Reads the images of a Word file, each once, and detects their type from their content."""

from __future__ import annotations

import re

from builder.importing.word.parts import PartError, Parts

_TOTAL = 512 << 20
"""Maximum size of all images of a file together, in bytes."""
_KINDS: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "png"),
    (re.compile(rb"\xff\xd8\xff"), "jpg"),
    (re.compile(rb"GIF8[79]a"), "gif"),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), "webp"),
    (re.compile(rb".{4}ftypavi[fs]", re.DOTALL), "avif"),
    (re.compile(rb".{4}ftyp(?:hei[cx]|mif1|msf1)", re.DOTALL), "heic"),
    (re.compile(rb"BM.{4}\0\0\0\0", re.DOTALL), "bmp"),
    (re.compile(rb"II\*\0|MM\0\*|II\+\0|MM\0\+"), "tiff"),
    (re.compile(rb"\x01\0\0\0.{36} EMF", re.DOTALL), "emf"),
    (re.compile(rb"\xd7\xcd\xc6\x9a|[\x01\x02]\0\x09\0\0[\x01\x03]"), "wmf"),
    (re.compile(rb"II\xbc"), "wdp"),
    (re.compile(rb"\0\0\x01\0"), "ico"),
    (re.compile(rb"\x0a[\0-\x05]\x01[\x01\x02\x04\x08]"), "pcx"),
    (re.compile(rb"(?:%!PS|\xc5\xd0\xd3\xc6)"), "eps"),
    (re.compile(rb"%PDF-"), "pdf"),
    (re.compile(rb"8BPS"), "psd"),
)
_DRAWING = re.compile(rb"\s*<(?:\?xml|!--|!DOCTYPE|svg)")
_ZIPPED = b"\x1f\x8b"
_HEAD = 1024


def kind(content: bytes, target: str) -> str:
    """The file extension for an image, detected from its first bytes; empty if unknown.

    Compressed Windows metafiles (.emz, .wmz) are detected by name and never decompressed here.
    """
    head = content[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    for signature, file_type in _KINDS:
        if signature.match(head):
            return file_type
    if _DRAWING.match(head) and b"<svg" in head:
        return "svg"
    extension = target.rpartition(".")[2].lower()
    return extension if head.startswith(_ZIPPED) and extension in ("emz", "wmz") else ""


class Pictures:
    """Reads images by part name, up to a total size."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._known: dict[str, tuple[bytes, str]] = {}
        self._size = 0

    def read(self, part: str) -> tuple[bytes, str]:
        """Bytes and extension of an image; raises ``PartError`` with the reason in words."""
        if part not in self._known:
            content = self._parts.content(part)
            if self._size + len(content) > _TOTAL:
                problem = f"the pictures have more than {_TOTAL >> 20} MB together"
                raise PartError(part, problem)
            ending = kind(content, part)
            if not ending:
                raise PartError(part, "its file is not a picture of a known type")
            self._size += len(content)
            self._known[part] = content, ending
        return self._known[part]
