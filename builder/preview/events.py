"""Sends server-sent events to all listening browser windows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from queue import Empty, SimpleQueue
from threading import Lock
from typing import Any

_HEARTBEAT = 10
"""Seconds until a heartbeat is sent, to detect windows that have gone."""

Event = Mapping[str, Any]


class Events:
    """The queues of all listening windows; each ends when its window goes or on ``close``."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._queues: list[tuple[str, SimpleQueue[str | None]]] = []
        self._closed = False

    def send(self, kind: str, event: Event, window: str = "") -> None:
        """Send an event to every window, or to one by name."""
        text = _format_event(kind, event)
        with self._lock:
            for name, line in self._queues:
                if window in ("", name):
                    line.put(text)

    def listen(self, window: str, first: Event) -> Iterator[str]:
        """The events for a window from now on, starting with ``first`` as "hello"; includes
        heartbeats."""
        line: SimpleQueue[str | None] = SimpleQueue()
        with self._lock:
            if self._closed:
                return
            self._queues.append((window, line))
        try:
            yield _format_event("hello", first)
            while (text := _next(line)) is not None:
                yield text
        finally:
            with self._lock:
                self._queues.remove((window, line))

    def close(self) -> None:
        """End all queues."""
        with self._lock:
            self._closed = True
            for _, line in self._queues:
                line.put(None)


def _next(line: SimpleQueue[str | None]) -> str | None:
    try:
        return line.get(timeout=_HEARTBEAT)
    except Empty:
        return ":\n\n"


def _format_event(kind: str, event: Event) -> str:
    return f"event: {kind}\ndata: {json.dumps(event)}\n\n"
