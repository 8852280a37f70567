"""Runs the preview: watches a course, rebuilds what changes, and runs the two servers."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Event, Thread

from builder.preview import servers
from builder.preview.desk import Desk
from builder.preview.editor import Editor
from builder.preview.lms import serving
from builder.preview.servers import CourseLms
from builder.preview.stage import Stage
from builder.preview.warm import Warm
from builder.preview.watch import Watch
from builder.preview.window import WindowHandler

PORT = 8420
"""The default port of the author's window."""
_PORTS_TRIED = 20
"""Number of ports that are tried, from ``PORT`` on, if the author gives none."""
_SIGNAL_INTERVAL = 0.2
"""Interval in seconds between checks for signals."""
_PORT_ERRORS = (errno.EADDRINUSE, errno.EACCES, errno.EADDRNOTAVAIL)


class TakenError(Exception):
    """Raised if the requested ``port`` is not free, or no port if none was requested."""

    def __init__(self, port: int) -> None:
        super().__init__(port)
        self.port = port


@dataclass(frozen=True, slots=True)
class Request:
    """What to preview, and how.

    ``course`` is the course folder. ``today`` decides which reviews are overdue. ``profile`` is the
    id of a profile in ``templates/lms``. ``port`` 0 means any free port from ``PORT`` on.
    """

    course: Path
    today: date
    profile: str
    editor: Editor
    port: int = 0


@dataclass(slots=True)
class Running:
    """A running preview: the address of the author's window, and the stage with the view that is
    shown."""

    address: str
    stage: Stage
    _ended: Event = field(default_factory=Event)
    _failure: Exception | None = None

    def wait(self) -> None:
        """Block until the preview ends; raises the error that ended it."""
        # On Windows, signals are only handled between two waits.
        while not self._ended.wait(_SIGNAL_INTERVAL):
            pass
        if self._failure:
            raise self._failure

    def follow(self, warm: Warm, watch: Watch) -> None:
        """Rebuild and show the course after each change until the preview ends."""
        try:
            while watch.wait(self._ended.wait):
                for view in warm.refresh_in_steps(self.stage.language, watch.has_change):
                    self.stage.show(view)
                    if not view.complete:
                        self.stage.answer_first()
        except Exception as error:
            self._failure = error
            self._ended.set()

    def end(self) -> None:
        """End the preview: stop following changes, and close all event streams."""
        self._ended.set()
        self.stage.events.close()
        self.stage.cues.close()


@contextmanager
def running(request: Request) -> Iterator[Running]:
    """Run a preview until the block ends; raises ``TakenError`` if no port is free."""
    learning = CourseLms(request.course)
    stage = Stage(request.course, learning)
    learning.stage = stage
    learning.heard = lambda: stage.events.send("record", {})
    desk = Desk(stage, request.editor, request.profile, request.today)
    warm, watch = Warm(request.course, request.today), Watch(request.course)
    stage.show(warm.refresh())
    with ExitStack() as stack:
        served = serving(servers.course_handler(stage, learning), 0)
        learning.address = stack.enter_context(served)
        address = serve_window(stack, servers.author_handler(desk), request.port)
        found = Running(address, stage)
        Thread(target=found.follow, args=(warm, watch), daemon=True).start()
        try:
            yield found
        finally:
            found.end()


def serve_window(stack: ExitStack, handler: type[WindowHandler], port: int) -> str:
    """Serve a window on a port until ``stack`` is closed; returns its address. ``port`` 0 means any
    free port from ``PORT`` on. Raises ``TakenError`` if there is none."""
    for tried in [port] if port else range(PORT, PORT + _PORTS_TRIED):
        try:
            return stack.enter_context(serving(handler, tried))
        except OSError as error:
            if error.errno not in _PORT_ERRORS:
                raise
    raise TakenError(port or PORT)
