"""A request to one of the preview's servers, as no browser would make it."""

from __future__ import annotations

import json
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlsplit

from tests.support import patience


def ask(
    address: str, method: str, path: str, body: object = None, **headers: str
) -> tuple[HTTPResponse, bytes]:
    """The answer, and its body; underscores in the names of ``headers`` are hyphens."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=patience.SECONDS)
    data = None if body is None else json.dumps(body).encode()
    connection.request(method, path, data, {k.replace("_", "-"): v for k, v in headers.items()})
    answer = connection.getresponse()
    found = answer, answer.read()
    connection.close()
    return found
