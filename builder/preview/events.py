"""Sends server-sent events to all listening browser windows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from queue import Empty, SimpleQueue
from threading import Lock
from typing import Any

_BEAT = 10
"""Seconds until a heartbeat is sent, to detect windows that have gone."""

Event = Mapping[str, Any]


class Events:
    """The queues of all listening windows; each ends when its window goes or on ``close``."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._lines: list[tuple[str, SimpleQueue[str | None]]] = []
        self._closed = False

    def tell(self, kind: str, event: Event, window: str = "") -> None:
        """Send an event to every window, or to one by name."""
        text = _written(kind, event)
        with self._lock:
            for name, line in self._lines:
                if window in ("", name):
                    line.put(text)

    def listen(self, window: str, first: Event) -> Iterator[str]:
        """The events for a window from now on, starting with ``first`` as "hello"; includes
        heartbeats."""
        line: SimpleQueue[str | None] = SimpleQueue()
        with self._lock:
            if self._closed:
                return
            self._lines.append((window, line))
        try:
            yield _written("hello", first)
            while (text := _next(line)) is not None:
                yield text
        finally:
            with self._lock:
                self._lines.remove((window, line))

    def close(self) -> None:
        """End all queues."""
        with self._lock:
            self._closed = True
            for _, line in self._lines:
                line.put(None)


def _next(line: SimpleQueue[str | None]) -> str | None:
    try:
        return line.get(timeout=_BEAT)
    except Empty:
        return ":\n\n"


def _written(kind: str, event: Event) -> str:
    return f"event: {kind}\ndata: {json.dumps(event)}\n\n"
