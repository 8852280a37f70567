"""Walks the boxes of MPEG-4 and AVIF files (ISO 14496-12, 4.2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

_MAX_BOXES = 10_000
"""Maximum number of boxes that are read; files that are not streamed have fewer than a hundred."""


def boxes(stream: BinaryIO, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield the type of each box between two positions of a stream, and where its content starts
    and stops.

    A box that is cut, or has a damaged header, is the last one and stops after ``end``. Reads only
    the headers.
    """
    for _ in range(_MAX_BOXES):
        if at >= end:
            return
        stream.seek(at)
        head = stream.read(16)
        length, kind, start = int.from_bytes(head[:4], "big"), head[4:8], at + 8
        if length == 1:
            length, start = int.from_bytes(head[8:], "big"), at + 16
        elif not length:
            length = end - at
        stop = at + length
        if not start <= stop <= end:
            yield kind, start, end + 1
            return
        yield kind, start, stop
        at = stop
