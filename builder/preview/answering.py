"""Sends HTTP responses: files, byte ranges of files, JSON, and server-sent events."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from io import BufferedReader, BytesIO
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock
from typing import IO, Any

from builder.base import regular_files

_HEARTBEAT = 10
"""Seconds without an event after which a heartbeat is sent, to detect closed windows."""

Event = Mapping[str, Any]


class Events:
    """Sends events to the browser windows that listen. A queue for a window ends when the window
    is closed, or on ``close``."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._queues: list[tuple[str, SimpleQueue[str | None]]] = []
        self._closed = False

    def send(self, kind: str, event: Event, window: str = "") -> None:
        """Send an event to every listening window, or only to those named ``window``."""
        text = _format_event(kind, event)
        with self._lock:
            for name, line in self._queues:
                if window in ("", name):
                    line.put(text)

    def listen(self, window: str, first: Event) -> Iterator[str]:
        """The events for the window named ``window`` from now on, as texts for an event stream. The
        first is "hello" with the data ``first``; heartbeats are included."""
        line: SimpleQueue[str | None] = SimpleQueue()
        with self._lock:
            if self._closed:
                return
            self._queues.append((window, line))
        try:
            yield _format_event("hello", first)
            while (text := _next(line)) is not None:
                yield text
        finally:
            with self._lock:
                self._queues.remove((window, line))

    def close(self) -> None:
        """End the event streams of all windows."""
        with self._lock:
            self._closed = True
            for _, line in self._queues:
                line.put(None)


def _next(line: SimpleQueue[str | None]) -> str | None:
    try:
        return line.get(timeout=_HEARTBEAT)
    except Empty:
        return ":\n\n"


def _format_event(kind: str, event: Event) -> str:
    return f"event: {kind}\ndata: {json.dumps(event)}\n\n"


_CHUNK_SIZE = 1 << 18
"""Number of bytes of a file that are read at once."""
_DIGESTS: dict[tuple[int, ...], str] = {}
"""SHA-256 digests of files, by the stamps of the files: device, inode, size and times."""
_MAX_DIGESTS = 10_000
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


class Answering(BaseHTTPRequestHandler):
    """Request handler with helpers for responses; subclasses decide what to send to whom."""

    timeout = 10
    protocol_version = "HTTP/1.1"
    # A response is sent as head and body; with Nagle's algorithm the body would wait 40 ms.
    disable_nagle_algorithm = True

    def send_whole(self, data: bytes, kind: str) -> None:
        """Send a response with the body ``data``, whose content type is ``kind``."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self._write(data)

    def send_json(self, value: object) -> None:
        """Send a value as JSON."""
        self.send_whole(json.dumps(value).encode(), "application/json")

    def send_page(self, html: str, data: object) -> None:
        """Send an HTML page, with ``data`` as JSON in its empty script element ``{}``."""
        printed = json.dumps(data).replace("<", "\\u003c")
        page = html.replace(">{}</script>", f">{printed}</script>")
        self.send_whole(page.encode(), "text/html; charset=utf-8")

    def send_empty(self, status: HTTPStatus) -> None:
        """Send a status without a body."""
        self.send_response(status)
        if status != HTTPStatus.NO_CONTENT:
            self.send_header("Content-Length", "0")
        self.end_headers()

    def send_file(self, content: bytes | Path, kind: str, sha256: str = "") -> None:
        """Send a file, or the requested range of it; its content type is ``kind``.

        A file on disk is only sent if its digest is still ``sha256``, as when the course was read:
        another file, or a link, may have replaced it. Otherwise the response is 404.
        """
        try:
            file = (
                BytesIO(content) if isinstance(content, bytes) else regular_files.open_file(content)
            )
        except OSError:
            self.send_empty(HTTPStatus.NOT_FOUND)
            return
        with file:
            if isinstance(file, BytesIO) or _digest(file) == sha256:
                self.send_stream(file, file.seek(0, os.SEEK_END), kind)
            else:
                self.send_empty(HTTPStatus.NOT_FOUND)

    def send_stream(self, file: IO[bytes], size: int, kind: str) -> None:
        """Send an open file of ``size`` bytes, or the requested range of it; its content type is
        ``kind``."""
        requested = _RANGE.fullmatch(self.headers.get("Range", ""))
        span = _requested_range(requested, size) if requested else range(size)
        if not span and requested:
            self.send_response(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
            self.send_header("Content-Range", f"bytes */{size}")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(HTTPStatus.PARTIAL_CONTENT if requested else HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(span)))
        self.send_header("Accept-Ranges", "bytes")
        if requested:
            self.send_header("Content-Range", f"bytes {span.start}-{span.stop - 1}/{size}")
        self.end_headers()
        if self.command != "HEAD":
            file.seek(span.start)
            self._copy(file, len(span))

    def _copy(self, file: IO[bytes], left: int) -> None:
        while left and (data := file.read(min(left, _CHUNK_SIZE))):
            self.wfile.write(data)
            left -= len(data)

    def send_events(self, events: Iterator[str]) -> None:
        """Send server-sent events, formatted as texts, until they end or the client disconnects."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        with suppress(OSError):
            for event in events:
                self.wfile.write(event.encode())
                self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:
        pass

    def _write(self, data: bytes) -> None:
        if self.command != "HEAD":
            self.wfile.write(data)


def _digest(file: BufferedReader) -> str:
    """The SHA-256 digest of an open file, cached by the file's stamp.

    Browsers request a video in many ranges; for the digest, it is only read again if it was
    replaced or written to.
    """
    status = os.fstat(file.fileno())
    stamp = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    known = _DIGESTS.get(stamp)
    if known is None:
        if len(_DIGESTS) > _MAX_DIGESTS:
            _DIGESTS.clear()
        known = _DIGESTS[stamp] = hashlib.file_digest(file, "sha256").hexdigest()
    return known


def _requested_range(requested: re.Match[str], size: int) -> range:
    first, last = requested.groups()
    if not first:
        return range(max(0, size - int(last or 0)), size)
    return range(int(first), min(int(last or size), size - 1) + 1)
