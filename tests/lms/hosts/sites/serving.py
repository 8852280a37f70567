"""Runs inside a host's own environment: a free port, told to the tests, and an end with them."""

import json
import os
import socket
import sys
import threading


def listening() -> socket.socket:
    """A socket on a free port of 127.0.0.1."""
    bound = socket.socket()
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind(("127.0.0.1", 0))
    bound.listen(64)
    return bound


def announce(bound: socket.socket) -> None:
    """Tell the tests the port, in one line of JSON on the standard output."""
    print(json.dumps({"port": bound.getsockname()[1]}), flush=True)


def end_with_the_tests() -> None:
    """Leave once the standard input closes: it does however the tests end, kill included."""

    def wait() -> None:
        sys.stdin.buffer.read()
        os._exit(0)

    threading.Thread(target=wait, daemon=True).start()


def serve_django() -> None:
    """Serve the Django site of the settings as ``runserver`` does, static files included."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.servers.basehttp import (
        ThreadedWSGIServer,
        WSGIRequestHandler,
        get_internal_wsgi_application,
    )

    class Quiet(WSGIRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

    end_with_the_tests()
    with ThreadedWSGIServer(("127.0.0.1", 0), Quiet) as server:
        server.daemon_threads = True
        server.set_app(StaticFilesHandler(get_internal_wsgi_application()))
        announce(server.socket)
        server.serve_forever()
