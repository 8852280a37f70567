"""Detects incomplete image files, as left by an interrupted copy or download.

Checks the structure of the file, not its pixels: PNG (ISO 15948), GIF89a, JPEG (ITU T.81), WebP
(RFC 9649), AVIF (ISO 14496-12, 4.2).
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from typing import BinaryIO

from builder.course.media.boxes import boxes

CUT = "its file ends too early"
NO_SIZE = "it is 0 pixels wide or high"

_PIECE = 1 << 20
_MAX_PARTS = 10_000
"""Maximum number of chunks or segments of a file that are checked; images have some
hundreds."""


def find_damage(stream: BinaryIO) -> str:
    """Describe why the image in a stream cannot be shown completely (``CUT`` or ``NO_SIZE``); empty
    if it can, or if it has another format.

    Reads from the start of the stream. Raises only errors of reading the stream.
    """
    stream.seek(0)
    head = stream.read(16)
    for begins, judge in _FORMATS:
        if begins.match(head):
            stream.seek(0)
            return judge(stream)
    return ""


def _png(stream: BinaryIO) -> str:
    stream.seek(8)
    for index in range(_MAX_PARTS):
        length, kind = _big(stream.read(4)), stream.read(4)
        if index == 0:
            size = stream.read(8) if kind == b"IHDR" else b""
            if len(size) < 8:
                return CUT
            if not _big(size[:4]) or not _big(size[4:]):
                return NO_SIZE
            length -= 8
        if len(kind) < 4 or not _skip(stream, length + 4):
            return CUT
        if kind == b"IEND":
            return ""
    return ""


def _gif(stream: BinaryIO) -> str:
    head = stream.read(13)
    if len(head) < 13:
        return CUT
    if not _little(head[6:8]) or not _little(head[8:10]):
        return NO_SIZE
    if not _skip(stream, _colours(head[10])):
        return CUT
    while (mark := stream.read(1)) != b";":
        if mark == b",":
            described = stream.read(9)
            if len(described) < 9 or not _skip(stream, _colours(described[8]) + 1):
                return CUT
        elif mark != b"!" or not stream.read(1):
            return CUT
        while length := stream.read(1):
            if length == b"\0":
                break
            if not _skip(stream, length[0]):
                return CUT
        else:
            return CUT
    return ""


def _colours(flags: int) -> int:
    """The length in bytes of the colour table that the flags in a GIF announce; 0 for none."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _jpeg(stream: BinaryIO) -> str:
    stream.seek(2)
    for _ in range(_MAX_PARTS):
        mark = stream.read(2)
        while mark == b"\xff\xff":
            mark = b"\xff" + stream.read(1)
        if len(mark) < 2 or mark[0] != 0xFF:
            return CUT
        length = _big(stream.read(2)) - 2
        if mark[1] in _FRAMES:
            frame = stream.read(5)
            length -= 5
            # A height of 0 may be given in a later segment, but browsers do not show such an image.
            if len(frame) == 5 and not (_big(frame[1:3]) and _big(frame[3:5])):
                return NO_SIZE
        if not _skip(stream, length):
            return CUT
        if mark[1] == _START_OF_SCAN:
            return "" if _contains(stream, b"\xff\xd9") else CUT
    return ""


_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_START_OF_SCAN = 0xDA


def _contains(stream: BinaryIO, mark: bytes) -> bool:
    before = b""
    while piece := stream.read(_PIECE):
        if mark in before + piece:
            return True
        before = piece[-1:]
    return False


def _webp(stream: BinaryIO) -> str:
    head = stream.read(30)
    if len(head) < 30 or not _skip(stream, _little(head[4:8]) + 8 - len(head)):
        return CUT
    if head[12:16] == b"VP8 ":
        wide, high = (_little(head[at : at + 2]) & 0x3FFF for at in (26, 28))
        return "" if wide and high else NO_SIZE
    return ""


def _avif(stream: BinaryIO) -> str:
    kinds = set()
    end = stream.seek(0, os.SEEK_END)
    for kind, _, stop in boxes(stream, 0, end):
        if stop > end:
            return CUT
        kinds.add(kind)
    return "" if kinds & {b"meta", b"moov"} else CUT


def _skip(stream: BinaryIO, length: int) -> bool:
    """Skip ``length`` bytes of a stream; returns whether the stream had that many left."""
    if length < 0:
        return False
    at = stream.tell()
    end = stream.seek(0, os.SEEK_END)
    stream.seek(min(at + length, end))
    return at + length <= end


def _big(raw: bytes) -> int:
    return int.from_bytes(raw, "big")


def _little(raw: bytes) -> int:
    return int.from_bytes(raw, "little")


_FORMATS: tuple[tuple[re.Pattern[bytes], Callable[[BinaryIO], str]], ...] = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), _png),
    (re.compile(rb"GIF8[79]a"), _gif),
    (re.compile(rb"\xff\xd8"), _jpeg),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), _webp),
    (re.compile(rb".{4}ftypavi[fs]", re.DOTALL), _avif),
)
"""The signature of each image format, and the function that checks it."""
