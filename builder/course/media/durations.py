"""Reads the duration of a recording from its headers, so that a page can say how long it is.

Supports MPEG-4 (ISO 14496-12, 8.2.2), WebM (RFC 9559) and WAV. MP3 and Ogg files need not have a
header with the duration.
"""

from __future__ import annotations

import math
import os
import struct
from collections.abc import Iterator
from typing import BinaryIO

from builder.course.media.boxes import boxes

_MAX_PARTS = 10_000
"""Maximum number of chunks or elements that are read; files have some tens before their content."""
_MAX_SECONDS = 24 * 3600
"""Longer durations are taken for damage."""

_CONSTANT_RATE = {1, 3, 6, 7, 0xFFFE}
"""The WAV encodings in which each sample has the same number of bytes: PCM, floating point, A-law,
μ-law, and PCM with a longer header."""

_SEGMENT, _CLUSTER, _INFO = 0x18538067, 0x1F43B675, 0x1549A966
_TIMESTAMP_SCALE, _DURATION = 0x2AD7B1, 0x4489
_DEFAULT_SCALE = 1_000_000
"""Nanoseconds in WebM's unit of time, if a file does not say."""


def seconds(stream: BinaryIO) -> int | None:
    """Read the duration of a recording in seconds, rounded, at least 1.

    Returns ``None`` if the headers do not contain it, if the file is cut, and for other formats.
    Reads from the start of the stream, and raises only errors of reading it.
    """
    end = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    head = stream.read(12)
    exact = None
    if head[4:8] == b"ftyp":
        exact = _mpeg_4(stream, end)
    elif head.startswith(b"\x1a\x45\xdf\xa3"):
        exact = _webm(stream, end)
    elif head.startswith(b"RIFF") and head[8:] == b"WAVE":
        exact = _wav(stream, end)
    # No comparison with NaN, which a WebM can contain, is true.
    return max(1, math.floor(exact + 0.5)) if exact and 0 < exact <= _MAX_SECONDS else None


def _mpeg_4(stream: BinaryIO, end: int) -> float | None:
    found = None
    for kind, start, stop in boxes(stream, 0, end):
        if stop > end:
            return None
        if kind == b"moov" and found is None:
            found = _movie(stream, start, stop)
    return found


def _movie(stream: BinaryIO, start: int, end: int) -> float | None:
    """The duration in the header of a movie box; ``None`` if it is unknown, as in a stream."""
    for kind, at, stop in boxes(stream, start, end):
        if kind == b"mvhd" and stop <= end:
            stream.seek(at)
            header = stream.read(min(32, stop - at))
            # Version 1 has longer fields.
            wide = 8 if header.startswith(b"\x01") else 4
            scale, length = header[4 + 2 * wide :][:4], header[8 + 2 * wide :][:wide]
            is_known = len(length) == wide and length.strip(b"\xff") and any(scale)
            return _big(length) / _big(scale) if is_known else None
    return None


def _wav(stream: BinaryIO, end: int) -> float | None:
    rate = frame = 0
    at = 12
    for _ in range(_MAX_PARTS):
        stream.seek(at)
        head = stream.read(8)
        length = _little(head[4:])
        if len(head) < 8 or at + 8 + length > end:
            return None
        if head[:4] == b"data":
            return length // frame / rate if rate and frame else None
        if head[:4] == b"fmt ":
            form = stream.read(min(16, length))
            if _little(form[:2]) in _CONSTANT_RATE:
                rate, frame = _little(form[4:8]), _little(form[12:14])
        # Chunks start at even positions.
        at += 8 + length + length % 2
    return None


def _webm(stream: BinaryIO, end: int) -> float | None:
    for name, start, stop in _elements(stream, 0, end):
        if name == _SEGMENT:
            return _segment(stream, start, stop) if stop <= end else None
    return None


def _segment(stream: BinaryIO, start: int, end: int) -> float | None:
    for name, at, stop in _elements(stream, start, end):
        if name == _CLUSTER:
            return None
        if name == _INFO:
            return _info(stream, at, min(stop, end))
    return None


def _info(stream: BinaryIO, start: int, end: int) -> float | None:
    scale, length = _DEFAULT_SCALE, None
    for name, at, stop in _elements(stream, start, end):
        if name in (_TIMESTAMP_SCALE, _DURATION) and stop - at <= 8:
            stream.seek(at)
            raw = stream.read(stop - at)
            if name == _TIMESTAMP_SCALE:
                scale = _big(raw)
            elif len(raw) in (4, 8):
                (length,) = struct.unpack(">f" if len(raw) == 4 else ">d", raw)
    return None if length is None else length * scale / 1e9


def _elements(stream: BinaryIO, at: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Yield the id of each EBML element (RFC 8794) between two positions of a stream, and where its
    content starts and stops. An element of unknown size stops at ``end``."""
    for _ in range(_MAX_PARTS):
        if at >= end:
            return
        stream.seek(at)
        head = stream.read(12)
        wide = 9 - head[0].bit_length()
        rest = head[wide:]
        if wide > 4 or not rest or not rest[0]:
            return
        long = 9 - rest[0].bit_length()
        most = (1 << 7 * long) - 1
        length, start = _big(rest[:long]) & most, at + wide + long
        stop = end if length == most else start + length
        yield _big(head[:wide]), start, stop
        at = stop


def _big(raw: bytes) -> int:
    return int.from_bytes(raw, "big")


def _little(raw: bytes) -> int:
    return int.from_bytes(raw, "little")
