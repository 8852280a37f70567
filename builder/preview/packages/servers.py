"""The two servers of a package that is open: one for the window, one for the package in its LMS.

A browser cannot tell the package from the LMS around it, which must have the same origin. So
everything that the second server knows is known to the package, and what it logs can be forged.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import parse_qs, unquote, urlsplit

from builder.base import resources
from builder.preview.lms import Handler
from builder.preview.packages.opened import Opened
from builder.preview.window import Json, WindowHandler


class PackageWindowHandler(WindowHandler):
    """Handles one request of the window; ``opened`` is set by ``window_handler``."""

    opened: Opened
    files = ("package/main.js", "preview.css")

    def token(self) -> str:
        return self.opened.token

    def framed(self) -> str:
        return " ".join(self.opened.addresses)

    # To find out whether the browser resolves the first address.
    reached = framed

    def do_GET(self) -> None:
        if not self.is_local_host():
            return
        path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        if path == "/":
            html = resources.path("preview", "package", "index.html").read_text("utf-8")
            self.send_page(html, self.opened.printed())
        elif path == "/api/events":
            first = {"run": self.opened.run, "edition": 0}
            self.send_events(self.opened.events.listen("", first))
        elif path == "/api/trainees":
            self.send_json(self.opened.trainees())
        elif path == "/api/record":
            self._record(query)
        elif path == "/favicon.ico":
            self.send_empty(HTTPStatus.NO_CONTENT)
        else:
            self.send_asset(path)

    def _record(self, query: Mapping[str, list[str]]) -> None:
        numbers = [query.get(name, ["0"])[0] for name in ("item", "calls")]
        try:
            item, calls = map(int, numbers)
            self.send_json(self.opened.record(item, calls))
        except ValueError:
            self.send_empty(HTTPStatus.BAD_REQUEST)

    def do_POST(self) -> None:
        request = self.read_request()
        if request is None:
            return
        try:
            self.send_json(self._run_action(urlsplit(self.path).path, request))
        except (ValueError, TypeError, KeyError):
            self.send_empty(HTTPStatus.BAD_REQUEST)

    def _run_action(self, path: str, request: Json) -> object:
        match path:
            case "/api/begin":
                self.opened.begin(request["item"], list(request["messages"]))
            case "/api/faults":
                self.opened.change_faults(request)
            case "/api/explain":
                return self.opened.explain(str(request["state"]))
            case _:
                raise ValueError(path)
        return {}


def window_handler(opened: Opened) -> type[PackageWindowHandler]:
    """Make a class of request handlers for the window of this package."""
    return type("Handler", (PackageWindowHandler,), {"opened": opened})


_SOURCES = "'self' data: blob: 'unsafe-inline' 'unsafe-eval'"
_POLICY = "; ".join(
    (
        *(f"{name} {_SOURCES}" for name in ("default-src", "connect-src", "worker-src")),
        "form-action 'self'",
        "base-uri 'self'",
        "frame-ancestors 'self' {window}",
    )
)
"""The content security policy of every response: the package loads and sends nothing elsewhere."""
_PERMISSIONS = "camera=(), microphone=(), geolocation=(), display-capture=(), clipboard-read=()"
_ITEM = re.compile(r"/item/(\d{1,4})(/.*)", re.DOTALL)
_STYLES = "<style>#lms{display:none}</style>"
"""Hides the panel of the simulated LMS: the window shows its content instead."""


class PackageHandler(Handler):
    """Handles one request of the package or its LMS; ``opened`` is set by ``package_handler``.

    The paths of the LMS begin with ``/item/NUMBER``, since the LMS keeps a record for each item.
    """

    opened: Opened
    number: int
    """The number of the item that the request is about."""

    def do_GET(self) -> None:
        if self.path == "/clear":
            if self._is_allowed():
                self._clear()
        elif self._is_for_item() and not self._is_member():
            super().do_GET()

    def do_HEAD(self) -> None:
        if self._is_for_item() and not self._is_member():
            super().do_HEAD()

    def do_POST(self) -> None:
        if self._is_for_item():
            super().do_POST()

    def _is_for_item(self) -> bool:
        """Take the number of the item out of the path, and choose its LMS; sends 404 if there is no
        such item."""
        found = _ITEM.fullmatch(self.path)
        self.number = int(found[1]) if found else 0
        try:
            self.lms = self.opened.lms(self.number)
        except ValueError:
            self.send_empty(HTTPStatus.NOT_FOUND)
            return False
        self.path = found[2] if found else self.path
        return True

    def _is_member(self) -> bool:
        """Whether the request is for a file of the package; if so, sends it or a refusal."""
        path = unquote(urlsplit(self.path).path)
        if not path.startswith("/content/"):
            return False
        if self._is_cut() or not self._is_allowed() or self._is_refused():
            return True
        found = self.opened.file(path.removeprefix("/content/"))
        if found is None:
            self.send_empty(HTTPStatus.NOT_FOUND)
            return True
        with found[0] as file:
            try:
                # The course says what its encoding is: an LMS does not know.
                kind = self.guess_type(path).removesuffix("; charset=utf-8")
                self.send_stream(file, found[1], kind)
            # A damaged member ends its response early; zipfile raises many kinds of exception.
            except Exception:
                self.close_connection = True
        return True

    def _clear(self) -> None:
        """Send an empty page that deletes what the package has stored in the browser."""
        # Under the name “localhost”, the cookies are also those of other servers.
        own = f"http://{self.headers.get('Host', '')}" == self.opened.addresses[0]
        self.send_response(HTTPStatus.OK)
        self.send_header("Clear-Site-Data", '"cache", "storage"' + ', "cookies"' * own)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def translate_path(self, path: str) -> str:
        """The path on disk of a file of the simulator; the package is never on disk."""
        return super().translate_path(path) if unquote(path).startswith("/lms/") else ""

    def _page(self) -> None:
        html = resources.path("lms", "index.html").read_text("utf-8")
        html = html.replace("<body>", f"{_STYLES}<body>", 1)
        self.send_page(
            html, self.lms.printed() | {"course": self.opened.request.items[self.number]}
        )

    def _is_allowed(self) -> bool:
        """Whether the request comes from the package's own origin or from the window; otherwise
        sends a refusal.

        A service worker is refused: it would outlive this run.
        """
        own = self.opened.addresses
        origin = self.headers.get("Origin")
        host = f"http://{self.headers.get('Host', '')}"
        read = self.command in ("GET", "HEAD")
        if (
            host in own
            and (origin is None or origin in own or (origin == "null" and read))
            and self.headers.get("Service-Worker") is None
        ):
            return True
        self.close_connection = True
        self.send_empty(HTTPStatus.FORBIDDEN)
        return False

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", _POLICY.format(window=self.opened.windows))
        self.send_header("Permissions-Policy", _PERMISSIONS)
        self.send_header("Referrer-Policy", "same-origin")
        # A look-up of a name could carry data out.
        self.send_header("X-DNS-Prefetch-Control", "off")
        super().end_headers()


def package_handler(opened: Opened) -> type[PackageHandler]:
    """Make a class of request handlers for this package."""
    return type("Handler", (PackageHandler,), {"opened": opened, "lms": opened.lmss[0]})
