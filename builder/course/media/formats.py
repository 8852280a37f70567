"""File formats of images and recordings that browsers show: extensions and signatures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from builder.base.immutable import immutable

CAPTIONS = ".vtt"
"""The extension of captions (WebVTT)."""
BEGINNING = 1024
"""Number of bytes of a file that show its format. Most formats need fewer; readers look for the
first line of a PDF in these (Adobe, PDF Reference 1.7, appendix H, note 13)."""
PDF = b"%PDF-"
"""The beginning of the first line of a PDF."""

LINKED = frozenset(
    (
        *(".pdf", ".epub", ".txt", ".md", ".csv", ".rtf", ".ics", ".vcf"),
        *(".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".ods", ".odp"),
        *(".bmp", ".tif", ".tiff", ".heic", ".mov", ".m4v", ".aac", ".flac", ".vtt"),
        *(".avi", ".mkv", ".wmv", ".srt"),
    )
)
"""Extensions of further files, in addition to ``FORMATS``, that a page may link to.

None of these files can run code in a browser, or by itself on a trainee's computer.
"""


@immutable
class Format:
    """A file format that a page can show: its kind, its MIME type, and a pattern that matches the
    first bytes of its files (``begins``)."""

    kind: Literal["image", "video", "audio"]
    mime: str
    begins: re.Pattern[bytes]


# Browsers detect image formats by content, not by name: a JPEG named .png is shown.
_IMAGE = re.compile(
    rb"\x89PNG\r\n\x1a\n|GIF8[79]a|\xff\xd8|RIFF.{4}WEBP|.{4}ftypavi[fs]", re.DOTALL
)
# SVG is text that may start with a declaration or comments; the finished package is checked
# instead.
_SVG = re.compile(rb"")
_MPEG_4 = re.compile(rb".{4}ftyp", re.DOTALL)
_MATROSKA = re.compile(rb"\x1a\x45\xdf\xa3")
_OGG = re.compile(rb"OggS")

FORMATS: Mapping[str, Format] = {
    ".avif": Format("image", "image/avif", _IMAGE),
    ".gif": Format("image", "image/gif", _IMAGE),
    ".jpeg": Format("image", "image/jpeg", _IMAGE),
    ".jpg": Format("image", "image/jpeg", _IMAGE),
    ".png": Format("image", "image/png", _IMAGE),
    ".svg": Format("image", "image/svg+xml", _SVG),
    ".webp": Format("image", "image/webp", _IMAGE),
    ".mp4": Format("video", "video/mp4", _MPEG_4),
    ".webm": Format("video", "video/webm", _MATROSKA),
    ".mp3": Format("audio", "audio/mpeg", re.compile(rb"ID3|\xff[\xe0-\xff]")),
    ".m4a": Format("audio", "audio/mp4", _MPEG_4),
    ".ogg": Format("audio", "audio/ogg", _OGG),
    ".opus": Format("audio", "audio/ogg", _OGG),
    ".wav": Format("audio", "audio/wav", re.compile(rb"RIFF.{4}WAVE", re.DOTALL)),
}
"""The formats by file extension."""


def endings(kind: str) -> tuple[str, ...]:
    """The extensions of all formats of a kind, without the dot."""
    return tuple(ending[1:] for ending, form in FORMATS.items() if form.kind == kind)
