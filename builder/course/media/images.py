"""Reads the size of an image from its header, so that a page can reserve space for the image.

Supports PNG (ISO 15948), GIF89a, JPEG (ITU T.81, with the orientation of Exif 2.3) and WebP (RFC
9649).
"""

from __future__ import annotations

from typing import BinaryIO

Size = tuple[int, int]
"""Width and height in pixels, as displayed."""

_HEADER = 30
"""Number of bytes that contain the size in every format but JPEG."""
_MAX_SEGMENTS = 100
"""Maximum number of JPEG segments to search for the size; cameras write about ten."""
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
"""The second bytes of the markers of JPEG segments that contain the size."""
_EXIF = 0xE1
_START_OF_SCAN = 0xDA
_ORIENTATION = 0x0112
_FIRST_ROTATED = 5
"""The first of Exif's orientations (5 to 8) that exchange width and height."""


def size(stream: BinaryIO) -> Size | None:
    """Read the size of the image at the stream's position.

    Returns ``None`` for other formats, and for headers without a size. Raises only errors of
    reading the stream.
    """
    head = stream.read(_HEADER)
    measured = _jpeg(head[2:], stream) if head.startswith(b"\xff\xd8") else _from_header(head)
    return measured if measured and all(measured) else None


def _from_header(head: bytes) -> Size | None:
    if len(head) < _HEADER:
        return None
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return _big(head[16:20]), _big(head[20:24])
    if head.startswith((b"GIF87a", b"GIF89a")):
        return _little(head[6:8]), _little(head[8:10])
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return _webp(head)
    return None


def _webp(head: bytes) -> Size | None:
    if head[12:16] == b"VP8X":
        return _little(head[24:27]) + 1, _little(head[27:30]) + 1
    if head[12:16] == b"VP8L":
        bits = _little(head[21:25])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if head[12:16] == b"VP8 ":
        return _little(head[26:28]) & 0x3FFF, _little(head[28:30]) & 0x3FFF
    return None


def _jpeg(head: bytes, stream: BinaryIO) -> Size | None:
    source = _BytesThenStream(head, stream)
    is_rotated = False
    for _ in range(_MAX_SEGMENTS):
        mark = source.take(2)
        while mark == b"\xff\xff":
            mark = b"\xff" + source.take(1)
        length = _big(source.take(2)) - 2
        if len(mark) < 2 or mark[0] != 0xFF or mark[1] == _START_OF_SCAN or length < 0:
            return None
        segment = source.take(length)
        if mark[1] == _EXIF:
            is_rotated = is_rotated or _orientation(segment) >= _FIRST_ROTATED
        elif mark[1] in _FRAMES:
            height, width = _big(segment[1:3]), _big(segment[3:5])
            return (height, width) if is_rotated else (width, height)
    return None


def _orientation(segment: bytes) -> int:
    """The orientation in an Exif segment, 1 to 8; 0 if the segment has none."""
    tiff = segment.removeprefix(b"Exif\0\0")
    if tiff == segment or tiff[:2] not in (b"II", b"MM"):
        return 0
    read = _little if tiff.startswith(b"II") else _big
    start = read(tiff[4:8])
    for index in range(read(tiff[start : start + 2])):
        entry = tiff[start + 2 + 12 * index : start + 14 + 12 * index]
        if len(entry) < 12:
            return 0
        if read(entry[:2]) == _ORIENTATION:
            return read(entry[8:10])
    return 0


class _BytesThenStream:
    """Reads first from ``head``, the bytes of a stream that were already read, then from the
    stream."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self.head = head
        self.stream = stream

    def take(self, count: int) -> bytes:
        first, self.head = self.head[:count], self.head[count:]
        return first + self.stream.read(count - len(first))


def _big(raw: bytes) -> int:
    return int.from_bytes(raw, "big")


def _little(raw: bytes) -> int:
    return int.from_bytes(raw, "little")
