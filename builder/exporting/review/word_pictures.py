"""Embeds images in a Word file, with their alternative text."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import PurePosixPath

from docx.document import Document as Word
from docx.image.exceptions import (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
)
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Emu

from builder.course.sources import MediaFile
from builder.exporting.review.tree import Picture
from builder.exporting.review.word_styles import Element, element

_EMU = 914400
"""Number of English metric units (Word's unit of length) in an inch."""
_PIXELS = 96
"""Number of pixels in an inch."""
_MAX_HEIGHT = int(4.7 * _EMU)
_DEFAULT_SIZE = (480, 320)
"""Width and height in pixels of an image whose size is unknown."""
_ROOT = re.compile(r"<svg\b[^>]*>")
_SIZE_ATTRIBUTE = re.compile(r"""\s(width|height|viewBox)=["']([^"']*)["']""")
_NUMBER = re.compile(r"\d{1,6}(?:\.\d{1,6})?")
_HEADER_BYTES = 1 << 16
"""Number of bytes at the start of an SVG file in which its first element is searched."""
_NATIVE = (".png", ".jpg", ".jpeg", ".gif")
_SVG = ".svg"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SVG_EXTENSION = (
    f'<a:extLst xmlns:a="{_A}"><a:ext uri="{{{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}}}">'
    '<asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'r:embed="{relation}"/></a:ext></a:extLst>'
)
_DECORATIVE = (
    f'<a:extLst xmlns:a="{_A}"><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" '
    'val="1"/></a:ext></a:extLst>'
)


class Pictures:
    """Adds the images of a course to a Word file, each image file only once."""

    def __init__(self, word: Word, media: Mapping[str, MediaFile]) -> None:
        self.word = word
        self.media = media
        self._drawings: dict[str, str] = {}
        self._count = 0

    def run(self, picture: Picture, width: int) -> tuple[Element, bool]:
        """Build the run that contains a picture; also returns whether Word shows it: Word does not
        support WebP and AVIF.

        ``width`` is the maximum width in twentieths of a point.
        """
        file = self.media[picture.path]
        wide, high = _size(file, width * 635 * picture.percent // 100)
        ending = PurePosixPath(picture.path).suffix.lower()
        inline = self._embed_bitmap(file, wide, high) if ending in _NATIVE else None
        shown = inline is not None or ending == _SVG
        if inline is None:
            blank = BytesIO(_placeholder_image(wide, high))
            inline = self.word.part.new_pic_inline(blank, Emu(wide), Emu(high))
        if ending == _SVG:
            blip = next(inline.iter(qn("a:blip")))
            blip.append(parse_xml(_SVG_EXTENSION.format(relation=self._add_svg_part(file))))
        self._set_description(inline, picture)
        return element("r", element("drawing", inline)), shown

    def _embed_bitmap(self, file: MediaFile, wide: int, high: int) -> Element | None:
        try:
            with file.file.open("rb") as stream:
                return self.word.part.new_pic_inline(stream, Emu(wide), Emu(high))
        # Such as a file named .png that contains WebP, which browsers can show.
        except (
            UnrecognizedImageError,
            InvalidImageStreamError,
            UnexpectedEndOfFileError,
            struct.error,
        ):
            return None

    def _add_svg_part(self, file: MediaFile) -> str:
        if file.path not in self._drawings:
            name = PackURI(f"/word/media/drawing{len(self._drawings) + 1}.svg")
            package = self.word.part.package
            part = Part(name, "image/svg+xml", file.file.read_bytes(), package)
            relation = self.word.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
            self._drawings[file.path] = relation
        return self._drawings[file.path]

    def _set_description(self, inline: Element, picture: Picture) -> None:
        self._count += 1
        properties = inline.find(qn("wp:docPr"))
        assert properties is not None
        properties.set("id", str(self._count))
        properties.set("name", PurePosixPath(picture.path).name)
        if picture.alt:
            properties.set("descr", picture.alt)
        else:
            properties.set("descr", "")
            properties.append(parse_xml(_DECORATIVE))


def _size(file: MediaFile, most: int) -> tuple[int, int]:
    drawn = _svg_size(file) if file.path.lower().endswith(_SVG) else None
    wide, high = (int(side * _EMU / _PIXELS) for side in file.pixels or drawn or _DEFAULT_SIZE)
    wide, high = max(wide, 1), max(high, 1)
    scale = min(1.0, most / wide, _MAX_HEIGHT / high)
    return max(int(wide * scale), 1), max(int(high * scale), 1)


def _svg_size(file: MediaFile) -> tuple[float, float] | None:
    """The size of an SVG file in pixels: from its width and height, or else from its view box;
    ``None`` if it has neither."""
    with file.file.open("rb") as stream:
        root = _ROOT.search(stream.read(_HEADER_BYTES).decode("utf-8", "replace"))
    attributes = dict(_SIZE_ATTRIBUTE.findall(root[0])) if root else {}
    sides = [attributes.get(name, "").removesuffix("px") for name in ("width", "height")]
    if not all(map(_NUMBER.fullmatch, sides)):
        sides = attributes.get("viewBox", "").replace(",", " ").split()[2:]
    if len(sides) != len(_DEFAULT_SIZE) or not all(map(_NUMBER.fullmatch, sides)):
        return None
    wide, high = map(float, sides)
    return (wide, high) if wide and high else None


def _placeholder_image(wide: int, high: int) -> bytes:
    """Build a grey PNG of these proportions, for programs that cannot show the image itself."""
    columns = 64
    rows = max(1, min(256, columns * high // wide))
    pixels = (b"\0" + b"\xdd" * columns) * rows
    head = struct.pack(">IIBBBBB", columns, rows, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(pixels, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
