"""Collects the images of a document as files of a course. Their names are made from their content.

Metadata about authors, cameras and places is removed from JPEG (ITU T.81, Exif 2.3), PNG (ISO
15948) and WebP (RFC 9649). Metadata that affects the display is kept: colour profiles, and the
orientation of a photograph.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator

from builder.course.media import pictures
from builder.course.media.formats import BEGINNING, FORMATS
from builder.importing.document.form import Image

_IMAGE_ENDINGS = {ending for ending, form in FORMATS.items() if form.kind == "image"}
_SAVE_AS = "browsers do not show this format: save the picture as PNG, and put it into media/"


class Pictures:
    """Collects the image files of a course: ``files`` has their bytes by path. ``refused`` returns
    the reason why an SVG drawing is not allowed in a package, or an empty text."""

    def __init__(self, refused: Callable[[bytes], str]) -> None:
        self.files: dict[str, bytes] = {}
        self._refused = refused

    def file(self, image: Image) -> tuple[str, str]:
        """The path of an image in the course, where the image is added to the files; or an empty
        path and the reason why it is left out."""
        if image.file:
            return image.file, ""
        ending = f".{image.ending.lower()}"
        if not image.content:
            return "", "the document only links to it, and the file is not downloaded"
        if ending not in _IMAGE_ENDINGS:
            return "", f"{image.ending.upper()}: {_SAVE_AS}"
        if not FORMATS[ending].begins.match(image.content[:BEGINNING]):
            return "", f"it is named as {image.ending.upper()}, but its content is something else"
        damage = pictures.find_damage(io.BytesIO(image.content))
        if damage:
            return "", damage
        if ending == ".svg" and (reason := self._refused(image.content)):
            return "", f"a drawing that would {reason}"
        content = without_metadata(image.content, ending)
        name = hashlib.sha256(content).hexdigest()[:12]
        path = f"media/picture-{name}{'.jpg' if ending == '.jpeg' else ending}"
        self.files[path] = content
        return path, ""


_KEPT_SEGMENTS = {0xE0, 0xE2, 0xEE}
"""Markers of the JPEG application segments that affect the display: JFIF, colour profile, Adobe."""
_COMMENT = 0xFE
_EXIF = 0xE1
_START_OF_SCAN = 0xDA
_PNG_METADATA = (b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME")
"""Types of PNG chunks that contain texts, dates and places."""
_ORIENTATION = 0x0112
_UPRIGHT = 1
_WEBP_METADATA = (b"EXIF", b"XMP ")
_WEBP_FLAGS = ~(0x08 | 0x04) & 0xFF


def without_metadata(content: bytes, ending: str) -> bytes:
    """The bytes of an image without its metadata; its appearance does not change. The bytes of
    other formats than JPEG, PNG and WebP are returned unchanged."""
    if content.startswith(b"\xff\xd8"):
        return b"".join(_jpeg(content))
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return b"".join(_png(content))
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _webp(content)
    return content


def _jpeg(content: bytes) -> Iterator[bytes]:
    yield content[:2]
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF and content[at + 1] != _START_OF_SCAN:
        mark = content[at + 1]
        if mark == 0xFF:
            at += 1
            continue
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if mark == _EXIF:
            yield _orientation_only(content[at + 4 : end])
        elif not (0xE0 <= mark <= 0xEF or mark == _COMMENT) or mark in _KEPT_SEGMENTS:
            yield content[at:end]
        at = end
    yield content[at:]


def _orientation_only(exif: bytes) -> bytes:
    """An Exif segment of a JPEG with only the orientation; empty if the photograph is upright or
    ``exif``, the content of its own segment, has no orientation."""
    tiff = exif.removeprefix(b"Exif\0\0")
    if tiff == exif or tiff[:2] not in (b"II", b"MM"):
        return b""
    order = "little" if tiff[:2] == b"II" else "big"
    start = int.from_bytes(tiff[4:8], order)  # type: ignore[arg-type]
    for index in range(int.from_bytes(tiff[start : start + 2], order)):  # type: ignore[arg-type]
        entry = tiff[start + 2 + 12 * index : start + 14 + 12 * index]
        if int.from_bytes(entry[:2], order) == _ORIENTATION:  # type: ignore[arg-type]
            turn = int.from_bytes(entry[8:10], order)  # type: ignore[arg-type]
            return _orientation_segment(turn) if turn > _UPRIGHT else b""
        if len(entry) < 12:
            break
    return b""


def _orientation_segment(turn: int) -> bytes:
    field = (
        (1).to_bytes(2, "big")
        + _ORIENTATION.to_bytes(2, "big")
        + (3).to_bytes(2, "big")
        + (1).to_bytes(4, "big")
        + (turn & 0xFF).to_bytes(2, "big")
        + bytes(2)
        + bytes(4)
    )
    body = b"Exif\0\0" + b"MM\0*" + (8).to_bytes(4, "big") + field
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body


def _png(content: bytes) -> Iterator[bytes]:
    yield content[:8]
    at = 8
    while at + 8 <= len(content):
        end = at + 12 + int.from_bytes(content[at : at + 4], "big")
        kind = content[at + 4 : at + 8]
        if kind not in _PNG_METADATA:
            yield content[at:end]
        at = end
        if kind == b"IEND":
            # Data after the end chunk is never shown.
            return


def _webp(content: bytes) -> bytes:
    parts, at = [], 12
    while at + 8 <= len(content):
        kind = content[at : at + 4]
        length = int.from_bytes(content[at + 4 : at + 8], "little")
        end = at + 8 + length + length % 2
        part = content[at:end]
        if kind == b"VP8X" and len(part) > 8:
            part = part[:8] + bytes([part[8] & _WEBP_FLAGS]) + part[9:]
        if kind not in _WEBP_METADATA:
            parts.append(part)
        at = end
    body = b"WEBP" + b"".join(parts)
    return b"RIFF" + len(body).to_bytes(4, "little") + body
