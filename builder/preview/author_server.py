"""Serves the author's window: its page, its data, and its actions.

The course cannot access it: it has another origin, cannot be framed, and every action requires the
token of this run.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from hmac import compare_digest
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qs, unquote, urlsplit

from builder.base import resources
from builder.package.artifacts import MANIFEST
from builder.preview import tabs
from builder.preview.answering import Answering
from builder.preview.desk import Desk, RefusedError

if TYPE_CHECKING:
    from http.server import ThreadingHTTPServer

Json = dict[str, Any]

_MAX_REQUEST = 8 << 20
"""Maximum number of bytes of a request."""
_CONTENT_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
}
_FILES = ("main.js", "preview.css")
"""What the window loads."""
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; frame-src {course}; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


class AuthorHandler(Answering):
    """Handles one request of the author's window; ``desk`` is set by ``handler``."""

    desk: Desk

    def do_GET(self) -> None:
        if not self._is_local_host():
            return
        path, query = unquote(urlsplit(self.path).path), parse_qs(urlsplit(self.path).query)
        asked = self._view_for(path, query)
        if path == "/":
            html = resources.path("preview", "index.html").read_text("utf-8")
            self.send_page(html, self.desk.printed())
        elif path == "/api/events":
            first = {"run": self.desk.stage.run, "edition": self.desk.stage.edition}
            self.send_events(self.desk.stage.events.listen(query.get("window", [""])[0], first))
        elif asked:
            self.send_json(asked())
        elif path == f"/content/{MANIFEST}":
            member = self.desk.stage.file(MANIFEST)
            self.send_file(member.content if member else b"", "text/xml; charset=utf-8")
        elif path == "/favicon.ico":
            self.send_empty(HTTPStatus.NO_CONTENT)
        else:
            self._file(path)

    def _view_for(self, path: str, query: Mapping[str, list[str]]) -> Callable[[], object] | None:
        desk = self.desk
        views: dict[str, Callable[[], object]] = {
            "/api/view": desk.view,
            "/api/record": lambda: desk.record(query),
            "/api/numbers": lambda: tabs.course_figures(desk.stage),
            "/api/trainees": lambda: tabs.trainees(desk.stage.shown),
            "/api/place": lambda: desk.place(query),
        }
        return views.get(path)

    def do_POST(self) -> None:
        request = self._read_request()
        if request is None:
            return
        try:
            self.send_json(self._run_action(urlsplit(self.path).path, request))
        except RefusedError as error:
            self.send_json({"refused": str(error)})
        except (ValueError, TypeError, KeyError):
            self.send_empty(HTTPStatus.BAD_REQUEST)

    def _run_action(self, path: str, request: Json) -> object:
        stage = self.desk.stage
        match path:
            case "/api/begin":
                stage.begin()
                stage.lms.take(list(request["messages"]))
            case "/api/faults":
                stage.lms.change_faults(request)
            case "/api/hold":
                stage.hold(bool(request["held"]))
            case "/api/replace":
                stage.replace()
            case "/api/cue":
                stage.cues.send(str(request["cue"]), request, str(request["window"]))
            case "/api/explain":
                return tabs.explain(stage.shown, str(request["state"]))
            case "/api/open":
                self.desk.open(request)
            case _:
                raise ValueError(path)
        return {}

    def _is_local_host(self) -> bool:
        """Whether a request comes from this machine, by the name and port of this server."""
        if self.headers.get("Host", "") in self._hosts():
            return True
        self.close_connection = True
        self.send_empty(HTTPStatus.FORBIDDEN)
        return False

    def _hosts(self) -> tuple[str, str]:
        port = cast("ThreadingHTTPServer", self.server).server_port
        return f"127.0.0.1:{port}", f"localhost:{port}"

    def _read_request(self) -> Json | None:
        """The JSON sent by the author's own window; rejects any other request."""
        token = self.headers.get("X-Token", "")
        origins = [f"http://{host}" for host in self._hosts()]
        size = self.headers.get("Content-Length", "")
        fits = size.isdecimal() and int(size) <= _MAX_REQUEST
        ours = self.headers.get("Origin") in origins and compare_digest(
            token.encode(), self.desk.stage.token.encode()
        )
        if not (fits and ours):
            self.close_connection = True
            self.send_empty(HTTPStatus.REQUEST_ENTITY_TOO_LARGE if ours else HTTPStatus.FORBIDDEN)
            return None
        if not self._is_local_host():
            return None
        try:
            request = json.loads(self.rfile.read(int(size)))
        except ValueError:
            request = None
        if not isinstance(request, dict):
            self.send_empty(HTTPStatus.BAD_REQUEST)
            return None
        return request

    def _file(self, path: str) -> None:
        """Send the script or the stylesheet of the window."""
        name = path.removeprefix("/preview/")
        if name in _FILES:
            file = resources.path("preview", name)
            self.send_whole(file.read_bytes(), _CONTENT_TYPES[file.suffix])
        else:
            self.send_empty(HTTPStatus.NOT_FOUND)

    def end_headers(self) -> None:
        for name, value in {
            "Cache-Control": "no-store",
            "Content-Security-Policy": _POLICY.format(course=self.desk.stage.lms.address),
            # An LMS may open its course in a new window, and remains its opener.
            "Cross-Origin-Opener-Policy": "same-origin-allow-popups",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Origin-Agent-Cluster": "?1",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
        }.items():
            self.send_header(name, value)
        super().end_headers()


def handler(desk: Desk) -> type[AuthorHandler]:
    """A handler class for this desk."""
    return type("Handler", (AuthorHandler,), {"desk": desk})
