"""Servers of the tests: on 127.0.0.1, on a free port, gone when the block ends."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler
from socket import create_server
from threading import Thread

from builder.preview.lms.server import Server

OWN = 20_000
ANY = 32_768
"""From here on Linux gives ports to whoever asks for any (/proc/sys/net/ipv4/ip_local_port_range).
"""


class Handler(SimpleHTTPRequestHandler):
    """Files of ``directory``, never cached, nothing logged, no connection kept for long."""

    timeout = 10
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".js": "text/javascript; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".webp": "image/webp",
        ".vtt": "text/vtt",
    }

    def do_GET(self) -> None:
        # Browsers ask for it unasked, and a 404 would look like a fault of the page.
        if self.path == "/favicon.ico":
            self.send_response(HTTPStatus.NO_CONTENT)
            self.end_headers()
        else:
            super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


def free_port() -> int:
    """A port of 127.0.0.1 that nothing listens on, and that nobody gets who asks for any: neither
    another server nor a connection takes it before its own server does, or while that is away. A
    preview which goes through the numbers from 8420 does not come to it."""
    while True:
        port = OWN + secrets.randbelow(ANY - OWN)
        with suppress(OSError), create_server(("127.0.0.1", port)):
            return port


@contextmanager
def running(handler: type[Handler], directory: str) -> Iterator[str]:
    """Serve until the block ends; the value is the address, without a slash at its end."""
    with Server(
        ("127.0.0.1", 0), lambda *request: handler(*request, directory=directory)
    ) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join(timeout=5)
