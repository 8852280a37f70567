"""How a request is answered: whole, in part, as JSON, or as events."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import BinaryIO

from builder import regular

_AT_ONCE = 1 << 18
"""Bytes of a file that are read in one go."""
_DIGESTS: dict[tuple[int, ...], str] = {}
"""Digests of files by their stamps."""
_MOST_DIGESTS = 10_000
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


class Answering(BaseHTTPRequestHandler):
    """Answers; who mixes it in decides what, and to whom."""

    def whole(self, data: bytes, kind: str) -> None:
        """All of these."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self._write(data)

    def value(self, value: object) -> None:
        """A value."""
        self.whole(json.dumps(value).encode(), "application/json")

    def empty(self, status: HTTPStatus) -> None:
        """Nothing but a status."""
        self.send_response(status)
        if status != HTTPStatus.NO_CONTENT:
            self.send_header("Content-Length", "0")
        self.end_headers()

    def piece(self, content: bytes | Path, kind: str, sha256: str = "") -> None:
        """What was asked for of a file: all of it, or one range. A file on disk is served only as
        long as it holds what it held when the course was read, with the digest ``sha256``: another
        file, or a link to one, may have taken its place."""
        try:
            file = BytesIO(content) if isinstance(content, bytes) else regular.opened(content)
        except OSError:
            self.empty(HTTPStatus.NOT_FOUND)
            return
        with file:
            if isinstance(file, BytesIO) or _digest(file) == sha256:
                self._piece(file, kind)
            else:
                self.empty(HTTPStatus.NOT_FOUND)

    def _piece(self, file: BinaryIO, kind: str) -> None:
        size = file.seek(0, os.SEEK_END)
        wanted = _RANGE.fullmatch(self.headers.get("Range", ""))
        span = _span(wanted, size) if wanted else range(size)
        if not span and wanted:
            self.send_response(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
            self.send_header("Content-Range", f"bytes */{size}")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(HTTPStatus.PARTIAL_CONTENT if wanted else HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(span)))
        self.send_header("Accept-Ranges", "bytes")
        if wanted:
            self.send_header("Content-Range", f"bytes {span.start}-{span.stop - 1}/{size}")
        self.end_headers()
        file.seek(span.start)
        if self.command != "HEAD":
            self._copy(file, len(span))

    def _copy(self, file: BinaryIO, left: int) -> None:
        while left and (data := file.read(min(left, _AT_ONCE))):
            self.wfile.write(data)
            left -= len(data)

    def stream(self, events: Iterator[str]) -> None:
        """Events, until there are no more or nobody listens."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        with suppress(OSError):
            for event in events:
                self.wfile.write(event.encode())
                self.wfile.flush()

    def _write(self, data: bytes) -> None:
        if self.command != "HEAD":
            self.wfile.write(data)


def _digest(file: BufferedReader) -> str:
    """The digest of an open file. A recording is asked for in many ranges: it is read again only
    where the system says that it is another file, or was written since."""
    status = os.fstat(file.fileno())
    stamp = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    known = _DIGESTS.get(stamp)
    if known is None:
        if len(_DIGESTS) > _MOST_DIGESTS:
            _DIGESTS.clear()
        known = _DIGESTS[stamp] = hashlib.file_digest(file, "sha256").hexdigest()
    return known


def _span(wanted: re.Match[str], size: int) -> range:
    first, last = wanted.groups()
    if not first:
        return range(max(0, size - int(last or 0)), size)
    return range(int(first), min(int(last or size), size - 1) + 1)
