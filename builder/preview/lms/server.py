"""A local web server for one unpacked package and one trainee."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from builder.preview.lms.handler import Handler
from builder.preview.lms.record import Lms


class Server(ThreadingHTTPServer):
    """HTTP server that ignores disconnected browsers instead of printing tracebacks."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64
    # On Windows it would share a port with another program.
    allow_reuse_address = os.name != "nt"

    def handle_error(self, request: object, client_address: object) -> None:
        pass


@contextmanager
def running(package: Path, port: int = 0) -> Iterator[Lms]:
    """Serve an unpacked package until the block ends, on ``port`` or any free port.

    Raises ``OSError`` if the port is taken.
    """
    lms = Lms(package)
    handler = type("Handler", (Handler,), {"lms": lms})
    with serving(handler, port) as lms.address, serving(handler, 0) as lms.elsewhere:
        yield lms


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler], port: int) -> Iterator[str]:
    """Serve until the block ends, like ``running``; yields the address."""
    with Server(("127.0.0.1", port), handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join(timeout=5)
