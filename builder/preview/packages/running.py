"""Runs the two servers of a package that is open."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

from builder.base import zips
from builder.base.zips import DamagedError
from builder.preview.lms import serving
from builder.preview.packages import servers
from builder.preview.packages.opened import Opened, PackageRequest
from builder.preview.running import serve_window


@contextmanager
def running(request: PackageRequest) -> Iterator[Opened]:
    """Serve a package in the simulated LMS until the block ends; ``address`` of the result is the
    address of the window.

    The package gets a name and a port of its own, so that no other site, and no other package, has
    its origin. Raises ``DamagedError`` if the zip cannot be read, and ``TakenError`` if no port is
    free.
    """
    with ExitStack() as stack:
        archive = stack.enter_context(zips.open_zip(request.path))
        if problems := zips.safety_problems(archive):
            raise DamagedError(problems[0])
        opened = Opened(request, archive)
        stack.callback(opened.events.close)
        served = stack.enter_context(serving(servers.package_handler(opened), 0))
        port = urlsplit(served).port
        name = f"package-{secrets.token_hex(6)}.localhost"
        opened.addresses = f"http://{name}:{port}", f"http://localhost:{port}"
        opened.address = serve_window(stack, servers.window_handler(opened), request.port)
        yield opened
