"""What the servers of all windows have in common: whom they answer, and what they allow a window.

A window has another origin than the LMS that it shows, and cannot be framed. Every action requires
a token, which is different each time the preview is started.
"""

from __future__ import annotations

import json
from hmac import compare_digest
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast

from builder.base import resources
from builder.preview.answering import Answering

if TYPE_CHECKING:
    from http.server import ThreadingHTTPServer

Json = dict[str, Any]

_MAX_REQUEST = 8 << 20
"""Maximum number of bytes of a request."""
_CONTENT_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self' {reached}; frame-src {framed}; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


class WindowHandler(Answering):
    """Handles one request of a window; subclasses set the class attributes."""

    files: tuple[str, ...]
    """The names in ``templates/preview`` of the scripts and stylesheets that the window loads."""

    def token(self) -> str:
        """The token of this run, which every action has to carry."""
        raise NotImplementedError

    def framed(self) -> str:
        """The origins that the window may frame, with spaces between them."""
        raise NotImplementedError

    def reached(self) -> str:
        """Further origins to which the window may send requests, with spaces between them."""
        return ""

    def is_local_host(self) -> bool:
        """Whether a request addresses this server by a local name and its port; otherwise sends a
        refusal."""
        if self.headers.get("Host", "") in self._hosts():
            return True
        self.close_connection = True
        self.send_empty(HTTPStatus.FORBIDDEN)
        return False

    def _hosts(self) -> tuple[str, str]:
        port = cast("ThreadingHTTPServer", self.server).server_port
        return f"127.0.0.1:{port}", f"localhost:{port}"

    def read_request(self) -> Json | None:
        """The JSON object in a request of the window. For any other request, sends a refusal and
        returns ``None``."""
        token = self.headers.get("X-Token", "")
        origins = [f"http://{host}" for host in self._hosts()]
        size = self.headers.get("Content-Length", "")
        fits = size.isdecimal() and int(size) <= _MAX_REQUEST
        ours = self.headers.get("Origin") in origins and compare_digest(
            token.encode(), self.token().encode()
        )
        if not (fits and ours):
            self.close_connection = True
            self.send_empty(HTTPStatus.REQUEST_ENTITY_TOO_LARGE if ours else HTTPStatus.FORBIDDEN)
            return None
        if not self.is_local_host():
            return None
        try:
            request = json.loads(self.rfile.read(int(size)))
        except ValueError:
            request = None
        if not isinstance(request, dict):
            self.send_empty(HTTPStatus.BAD_REQUEST)
            return None
        return request

    def send_asset(self, path: str) -> None:
        """Send the script or the stylesheet that ``path`` names, or else 404."""
        name = path.removeprefix("/preview/")
        if name in self.files:
            file = resources.path("preview", *name.split("/"))
            self.send_whole(file.read_bytes(), _CONTENT_TYPES[file.suffix])
        else:
            self.send_empty(HTTPStatus.NOT_FOUND)

    def end_headers(self) -> None:
        for name, value in {
            "Cache-Control": "no-store",
            "Content-Security-Policy": _POLICY.format(framed=self.framed(), reached=self.reached()),
            # Allow popups: an LMS may open its course in a new window, which needs its opener.
            "Cross-Origin-Opener-Policy": "same-origin-allow-popups",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Origin-Agent-Cluster": "?1",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
        }.items():
            self.send_header(name, value)
        super().end_headers()
