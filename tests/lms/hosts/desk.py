"""Talks to a host from the tests: JSON or a file there, JSON back."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from http.cookiejar import CookieJar
from typing import Any
from urllib.request import HTTPCookieProcessor, Request, build_opener

PATIENCE = 60
"""Seconds for an answer."""


class Desk:
    """An administrator's session with a host; a status of 400 or more raises ``HTTPError``."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.cookies = CookieJar()
        self._opener = build_opener(HTTPCookieProcessor(self.cookies))

    def cookie(self, name: str) -> str:
        return next(one.value or "" for one in self.cookies if one.name == name)

    def get(self, path: str) -> Any:
        return self._ask(Request(self.address + path))

    def post(self, path: str, body: object = None) -> Any:
        data = json.dumps(body).encode()
        return self._ask(Request(self.address + path, data, {"Content-Type": "application/json"}))

    def send(self, path: str, content: bytes) -> Any:
        return self._ask(Request(self.address + path, content, {"Content-Type": "application/zip"}))

    def submit(
        self,
        path: str,
        fields: Mapping[str, str],
        file: tuple[str, bytes] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        """Submit a form, its file in the field ``file``."""
        boundary = secrets.token_hex(16)
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"'
            f"\r\n\r\n{value}\r\n".encode()
            for name, value in fields.items()
        ]
        if file:
            name, content = file
            head = (
                f'--{boundary}\r\nContent-Disposition: form-data; name="file"; '
                f'filename="{name}"\r\nContent-Type: application/zip\r\n\r\n'
            )
            parts += [head.encode(), content, b"\r\n"]
        body = b"".join([*parts, f"--{boundary}--\r\n".encode()])
        kind = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        return self._ask(Request(self.address + path, body, kind | dict(headers or {})))

    def _ask(self, request: Request) -> Any:
        with self._opener.open(request, timeout=PATIENCE) as answer:
            body = answer.read()
        return json.loads(body) if "json" in answer.headers["Content-Type"] else body.decode()
