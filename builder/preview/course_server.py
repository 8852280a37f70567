"""Serves the simulated LMS and its course, with the files of the stage.

The course can access all of this origin, as in a real LMS, and nothing else: the author's window
has another origin (``author_server``).
"""

from __future__ import annotations

import json
from http import HTTPStatus
from urllib.parse import parse_qs, unquote, urlsplit

from builder.base import resources
from builder.preview.lms import Handler, Lms, Message
from builder.preview.stage import Stage, parse_part

_CUES = '<script type="module" src="/preview/main.js"></script>'
_STYLES = "<style>#lms{display:none}</style>"
"""Hides the simulator's own panel, which the author's window shows instead."""
_MESSAGE_KINDS = ("at", "changed", "pointed")
"""Kinds of messages that a page of the LMS may send to the author's window."""


class CourseLms(Lms):
    """The LMS around the course that is on the stage."""

    __slots__ = ("stage",)
    stage: Stage

    def version(self) -> str:
        """The version of the upload; stays the same while an author edits, since nothing is
        uploaded."""
        return self.stage.uploaded


class CourseHandler(Handler):
    """Handles one request of a course or its LMS; ``stage`` is set by ``handler``."""

    stage: Stage

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        if path == "/preview/cues":
            if self._is_allowed():
                window = parse_qs(urlsplit(self.path).query).get("window", [""])[0]
                self.send_events(self.stage.cues.listen(window, self.stage.cue()))
        elif path == "/preview/place":
            if self._is_allowed():
                self._place()
        elif path == "/preview/main.js":
            if self._is_allowed():
                file = resources.path("preview", "stage", "main.js")
                self.send_whole(file.read_bytes(), "text/javascript; charset=utf-8")
        elif path.startswith(("/content/", self.lms.place)):
            if not self._is_cut() and self._is_allowed() and not self._is_refused():
                self._member(path)
        else:
            super().do_GET()

    def do_HEAD(self) -> None:
        self.do_GET()

    def _place(self) -> None:
        """Send the source position of a part of a page."""
        position = self.stage.place(*parse_part(parse_qs(urlsplit(self.path).query)))
        self.send_json(str(position) if position else "")

    def _member(self, path: str) -> None:
        area = self.lms.place if path.startswith(self.lms.place) else "/content/"
        member = self.stage.file(path.removeprefix(area))
        if member is None:
            self.send_empty(HTTPStatus.NOT_FOUND)
        else:
            self.send_file(member.content, self.guess_type(member.name), member.sha256)

    def _page(self) -> None:
        html = resources.path("lms", "index.html").read_text("utf-8")
        html = html.replace("<body>", f"{_STYLES}<body>{_CUES}", 1)
        self.send_page(html, self.lms.printed())

    def _post(self, path: str, body: bytes) -> None:
        if path == "/preview/told":
            self._forward_message(body)
        else:
            super()._post(path, body)

    def _forward_message(self, body: bytes) -> None:
        message = _parse_message(body)
        if message is None:
            self.send_empty(HTTPStatus.BAD_REQUEST)
            return
        kind, window = message.pop("kind", None), message.pop("window", None)
        pages = message.get("pages")
        if kind == "changed" and isinstance(pages, list):
            message["pages"] = self.stage.sort_by_last_edit(map(str, pages))
        if kind in _MESSAGE_KINDS and isinstance(window, str) and window:
            self.stage.events.send(kind, message, window)
        self.send_empty(HTTPStatus.NO_CONTENT)


def _parse_message(body: bytes) -> Message | None:
    try:
        message = json.loads(body)
    except ValueError:
        return None
    return message if isinstance(message, dict) else None


def handler(stage: Stage, lms: Lms) -> type[CourseHandler]:
    """A handler class for this stage."""
    return type("Handler", (CourseHandler,), {"stage": stage, "lms": lms})
