"""The preview as it runs: a course kept warm, watched, and served at two origins."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Event, Thread

from builder.lms import serving
from builder.preview import author_server, course_server
from builder.preview.course_server import CourseLms
from builder.preview.desk import Desk
from builder.preview.editor import Editor
from builder.preview.stage import Stage
from builder.preview.warm import Warm
from builder.preview.watch import Watch

PORT = 8420
"""Where the author's window is, unless another port is named or this one is taken."""
_TRIED = 20
"""Ports that are tried."""
_HEARS = 0.2
"""Seconds."""
_TAKEN = (errno.EADDRINUSE, errno.EACCES, errno.EADDRNOTAVAIL)


class TakenError(Exception):
    """No port is free; ``port`` is the one that was asked for."""

    def __init__(self, port: int) -> None:
        super().__init__(port)
        self.port = port


@dataclass(frozen=True, slots=True)
class Request:
    """What to show. ``port`` is 0 where any will do; ``profile`` names a learning system of
    ``templates/lms``; ``today`` decides what is overdue."""

    course: Path
    today: date
    profile: str
    editor: Editor
    port: int = 0


@dataclass(slots=True)
class Running:
    """A preview that runs: the address of the author's window, and what is on the stage."""

    address: str
    stage: Stage
    _ended: Event = field(default_factory=Event)
    _failure: Exception | None = None

    def wait(self) -> None:
        """Waits until the preview is stopped; raises the error that stopped it."""
        # On Windows a signal is heard between two waits.
        while not self._ended.wait(_HEARS):
            pass
        if self._failure:
            raise self._failure

    def follow(self, warm: Warm, watch: Watch) -> None:
        """Show each change of the course, until the end."""
        try:
            while watch.wait(self._ended.wait):
                self.stage.show(warm.refresh())
        except Exception as error:
            self._failure = error
            self._ended.set()

    def end(self) -> None:
        """Nothing is shown any more, and nobody is told of it."""
        self._ended.set()
        self.stage.events.close()
        self.stage.cues.close()


@contextmanager
def running(request: Request) -> Iterator[Running]:
    """Run a preview until the block ends; raises ``TakenError``."""
    learning = CourseLms(request.course)
    stage = Stage(request.course, learning)
    learning.stage = stage
    learning.heard = lambda: stage.events.tell("record", {})
    desk = Desk(stage, request.editor, request.profile)
    warm, watch = Warm(request.course, request.today), Watch(request.course)
    stage.show(warm.refresh())
    with ExitStack() as stack:
        served = serving(course_server.handler(stage, learning), 0)
        learning.address = stack.enter_context(served)
        address = _author(stack, desk, request.port)
        found = Running(address, stage)
        Thread(target=found.follow, args=(warm, watch), daemon=True).start()
        try:
            yield found
        finally:
            found.end()


def _author(stack: ExitStack, desk: Desk, port: int) -> str:
    """Serve the author's window; gives its address."""
    handler = author_server.handler(desk)
    for tried in [port] if port else range(PORT, PORT + _TRIED):
        try:
            return stack.enter_context(serving(handler, tried))
        except OSError as error:
            if error.errno not in _TAKEN:
                raise
    raise TakenError(port or PORT)
