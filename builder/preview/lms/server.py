"""The local web server of the simulated LMS: serves one package to one trainee, with the faults
that are set.

``/content/`` is the package, unless ``Lms.place`` is another path. ``/lms/`` is the simulator,
whose page contains the state at the time of the request. With ``kept`` in its query, browsers may
cache the page and show it again when a trainee goes back (facts/moodle.md#entry-mode-attempts).

Below ``/lms/``, the simulator posts to ``messages`` (what the next launch needs), ``data`` (what
the course saves; most faults apply here), ``calls`` (the log of API calls) and ``faults``. It gets
``state`` and ``alive``, which says whether the session is valid.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, unquote, urlsplit

from builder.base import resources
from builder.preview.answering import Answering
from builder.preview.lms.record import Lms, Message

_MAX_REQUEST = 4 << 20
"""Maximum number of bytes of a request."""

_OBSERVER_PATHS = ("/lms/calls", "/lms/faults", "/lms/state")
"""Requests that no course or real LMS makes, since they only observe and control the simulation."""


class Handler(Answering, SimpleHTTPRequestHandler):
    """Handles one request to the simulated LMS ``lms``, which ``running`` sets."""

    lms: Lms
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".css": "text/css; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".vtt": "text/vtt",
        ".webp": "image/webp",
    }

    def do_GET(self) -> None:
        if self._is_cut() or not self._is_allowed():
            return
        path = urlsplit(self.path).path
        if path in ("/lms/", "/lms/index.html"):
            self._page()
        elif path == "/lms/state":
            self.send_json({"messages": self.lms.messages, "faults": asdict(self.lms.faults)})
        elif path == "/lms/alive":
            expired = self.lms.faults.expired
            self.send_empty(HTTPStatus.UNAUTHORIZED if expired else HTTPStatus.NO_CONTENT)
        elif path == "/favicon.ico":
            self.send_empty(HTTPStatus.NO_CONTENT)
        elif not self._is_refused():
            super().do_GET()

    def do_HEAD(self) -> None:
        if not self._is_cut() and self._is_allowed() and not self._is_refused():
            super().do_HEAD()

    def _is_cut(self) -> bool:
        """Whether this request gets no response because there is no connection.

        Requests that only observe the simulation are still answered.
        """
        cut = self.lms.faults.offline and not self.path.startswith(_OBSERVER_PATHS)
        if cut:
            self.close_connection = True
        return cut

    def _is_refused(self) -> bool:
        """Whether this request for a file of the package is refused because the session has
        expired; if so, sends the refusal."""
        faults = self.lms.faults
        ours = self.path.startswith(("/content/", self.lms.place))
        shut = faults.expired and faults.locked and ours
        if shut:
            self.send_empty(HTTPStatus.UNAUTHORIZED)
        return shut

    def do_POST(self) -> None:
        body = None if self._is_cut() else self._body()
        if body is None or not self._is_allowed():
            return
        with self.lms.answering():
            self._post(urlsplit(self.path).path, body)

    def _post(self, path: str, body: bytes) -> None:
        try:
            sent = json.loads(body)
        except ValueError:
            self.send_empty(HTTPStatus.BAD_REQUEST)
            return
        if path == "/lms/calls" and isinstance(sent, list):
            page = parse_qs(urlsplit(self.path).query).get("page", ["0"])[0]
            number = int(page) if page.isdecimal() else 0
            self.send_empty(_storage_status(self.lms.log(sent, len(body), number)))
        elif path == "/lms/messages" and isinstance(sent, dict):
            copy = self.lms.is_copy(sent)
            if copy and sent["type"] == "launch":
                sent = {"type": "copy"}
            elif copy:
                self.send_empty(HTTPStatus.OK)
                return
            if self.lms.keep(sent, len(body)):
                self.send_json({"number": self.lms.launches})
            else:
                self.send_empty(_storage_status(False))
        elif path == "/lms/data" and isinstance(sent, dict):
            self._data(sent, len(body))
        elif path == "/lms/faults" and isinstance(sent, dict):
            try:
                self.lms.change_faults(sent)
            except ValueError:
                self.send_empty(HTTPStatus.BAD_REQUEST)
            else:
                self.send_empty(HTTPStatus.OK)
        else:
            self.send_empty(HTTPStatus.NOT_FOUND)

    def _data(self, message: Message, size: int) -> None:
        faults = self.lms.take_fault()
        if faults.cut:
            self.close_connection = True
            return
        # Store the data before the delay: only the response is late.
        if faults.expired:
            status = HTTPStatus.UNAUTHORIZED
        elif faults.status:
            status = HTTPStatus(faults.status)
            if faults.keep:
                self.lms.keep(message, size)
        else:
            status = HTTPStatus.OK if faults.drop else _storage_status(self.lms.keep(message, size))
        time.sleep(faults.delay)
        self.send_empty(status)

    def translate_path(self, path: str) -> str:
        """The path on disk of a file of the package or the simulator; "" for any other request."""
        requested = unquote(urlsplit(path).path)
        if requested.startswith(self.lms.place):
            requested = f"/content/{requested.removeprefix(self.lms.place)}"
        _, area, *parts = requested.split("/")
        roots = {"content": self.lms.package, "lms": resources.path("lms")}
        if area not in roots:
            return ""
        root = roots[area].resolve()
        try:
            file = root.joinpath(*parts).resolve()
        except ValueError:
            return ""
        if not file.is_relative_to(root):
            return ""
        # Keep the slash of a folder: without it the browser would be redirected endlessly.
        return f"{file}/" if parts[-1:] == [""] else str(file)

    def _is_allowed(self) -> bool:
        """Whether the request addresses this machine by a local name, and does not come from
        another site; otherwise sends a refusal.

        This prevents DNS rebinding and cross-site requests (facts/policy.md#safety).
        """
        origin = self.headers.get("Origin")
        if self._is_local_host(f"//{self.headers.get('Host', '')}") and (
            origin is None
            or self._is_local_host(origin)
            # A course in a sandboxed frame reads its own files.
            or (origin == "null" and self.command == "GET")
        ):
            return True
        self.close_connection = True
        self.send_empty(HTTPStatus.FORBIDDEN)
        return False

    @staticmethod
    def _is_local_host(address: str) -> bool:
        try:
            return urlsplit(address).hostname in ("127.0.0.1", "localhost")
        except ValueError:
            return False

    def _body(self) -> bytes | None:
        size = self.headers.get("Content-Length", "")
        if not size.isdecimal() or int(size) > _MAX_REQUEST:
            self.close_connection = True
            self.send_empty(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return None
        return self.rfile.read(int(size))

    def _page(self) -> None:
        """Send the page of the simulator, with the present state of the LMS."""
        self.send_page(resources.path("lms", "index.html").read_text("utf-8"), self.lms.printed())

    def end_headers(self) -> None:
        url = urlsplit(self.path)
        kept = url.path == "/lms/" and "kept" in url.query.split("&")
        self.send_header("Cache-Control", "private, max-age=0" if kept else "no-store")
        super().end_headers()


def _storage_status(kept: bool) -> HTTPStatus:
    return HTTPStatus.OK if kept else HTTPStatus.INSUFFICIENT_STORAGE


class Server(ThreadingHTTPServer):
    """An HTTP server that ignores disconnected browsers instead of printing tracebacks."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64
    # On Windows it would share a port with another program.
    allow_reuse_address = os.name != "nt"

    def handle_error(self, request: object, client_address: object) -> None:
        pass


@contextmanager
def running(package: Path, port: int = 0) -> Iterator[Lms]:
    """Serve an unpacked package in a simulated LMS until the block ends, on ``port`` or, if it is
    0, on any free port.

    Raises ``OSError`` if the port is taken.
    """
    lms = Lms(package)
    handler = type("Handler", (Handler,), {"lms": lms})
    with serving(handler, port) as lms.address, serving(handler, 0) as lms.elsewhere:
        yield lms


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler], port: int) -> Iterator[str]:
    """Serve requests with ``handler`` until the block ends, on ``port`` or, if it is 0, on any free
    port; yields the address."""
    with Server(("127.0.0.1", port), handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join(timeout=5)
