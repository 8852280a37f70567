"""The two servers of the preview: one for the author's window, one for the course in its LMS.

The course can access everything of its own origin, as in a real LMS, and nothing else. It cannot
access the author's window, which has another origin and cannot be framed. Every action of the
author's window requires a token, which is different each time the preview is started.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from http import HTTPStatus
from urllib.parse import parse_qs, unquote, urlsplit

from builder.base import resources
from builder.package.artifacts import MANIFEST
from builder.preview import approvals, scenario_map, tabs
from builder.preview.desk import Desk, RefusedError
from builder.preview.lms import Handler, Lms, Message
from builder.preview.stage import Stage, parse_part
from builder.preview.window import Json, WindowHandler


class AuthorHandler(WindowHandler):
    """Handles one request of the author's window; ``desk`` is set by ``author_handler``."""

    desk: Desk
    files = ("main.js", "preview.css")

    def token(self) -> str:
        return self.desk.stage.token

    def framed(self) -> str:
        return self.desk.stage.lms.address

    def do_GET(self) -> None:
        if not self.is_local_host():
            return
        path, query = unquote(urlsplit(self.path).path), parse_qs(urlsplit(self.path).query)
        asked = self._view_for(path, query)
        if path == "/":
            html = resources.path("preview", "index.html").read_text("utf-8")
            self.send_page(html, self.desk.printed())
        elif path == "/api/events":
            first = {"run": self.desk.stage.run, "edition": self.desk.stage.edition}
            self.send_events(self.desk.stage.events.listen(query.get("window", [""])[0], first))
        elif asked:
            self.send_json(asked())
        elif path == f"/content/{MANIFEST}":
            member = self.desk.stage.file(MANIFEST)
            self.send_file(member.content if member else b"", "text/xml; charset=utf-8")
        elif path == "/favicon.ico":
            self.send_empty(HTTPStatus.NO_CONTENT)
        else:
            self.send_asset(path)

    def _view_for(self, path: str, query: Mapping[str, list[str]]) -> Callable[[], object] | None:
        desk = self.desk
        views: dict[str, Callable[[], object]] = {
            "/api/view": desk.view,
            "/api/record": lambda: desk.record(query),
            "/api/numbers": lambda: tabs.course_figures(desk.stage),
            "/api/map": lambda: scenario_map.maps(desk.stage),
            "/api/trainees": lambda: tabs.trainees(desk.stage.shown),
            "/api/place": lambda: desk.place(query),
            "/api/approvals": lambda: approvals.of_page(desk.stage, desk.today, query),
        }
        return views.get(path)

    def do_POST(self) -> None:
        request = self.read_request()
        if request is None:
            return
        try:
            self.send_json(self._run_action(urlsplit(self.path).path, request))
        except RefusedError as error:
            self.send_json({"refused": str(error)})
        except (ValueError, TypeError, KeyError):
            self.send_empty(HTTPStatus.BAD_REQUEST)

    def _run_action(self, path: str, request: Json) -> object:
        stage = self.desk.stage
        match path:
            case "/api/begin":
                stage.begin()
                stage.lms.take(list(request["messages"]))
            case "/api/faults":
                stage.lms.change_faults(request)
            case "/api/hold":
                stage.hold(bool(request["held"]))
            case "/api/replace":
                stage.replace()
            case "/api/cue":
                stage.cues.send(str(request["cue"]), request, str(request["window"]))
            case "/api/explain":
                return tabs.explain(stage.shown, str(request["state"]))
            case "/api/approve":
                approvals.record(stage.course, self.desk.today, request)
            case "/api/open":
                self.desk.open(request)
            case _:
                raise ValueError(path)
        return {}


def author_handler(desk: Desk) -> type[AuthorHandler]:
    """Make a class of request handlers that use this desk."""
    return type("Handler", (AuthorHandler,), {"desk": desk})


_CUES = '<script type="module" src="/preview/main.js"></script>'
_STYLES = "<style>#lms{display:none}</style>"
"""Hides the panel of the simulated LMS: the author's window shows its content instead."""
_MESSAGE_KINDS = ("at", "changed", "pointed")
"""Kinds of messages that a page of the simulated LMS may send to the author's window."""


class CourseLms(Lms):
    """The simulated LMS around the course that the preview shows."""

    __slots__ = ("stage",)
    stage: Stage

    def version(self) -> str:
        """The version of the uploaded package. Editing does not change it, since an edit uploads
        nothing."""
        return self.stage.uploaded


class CourseHandler(Handler):
    """Handles one request of a course or its LMS; ``stage`` is set by ``course_handler``."""

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
        """Send the source position of the part of a page that the request names, as text; empty if
        unknown."""
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
        self.stage.wait_for_last_visit()
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
            named = self.stage.edited_last if message.get("whole") else self.stage.sort_by_last_edit
            message["pages"] = named(map(str, pages))
        if kind == "at":
            self.stage.language = str(message.pop("language", ""))
        if kind in _MESSAGE_KINDS and isinstance(window, str) and window:
            self.stage.events.send(kind, message, window)
        self.send_empty(HTTPStatus.NO_CONTENT)


def _parse_message(body: bytes) -> Message | None:
    try:
        message = json.loads(body)
    except ValueError:
        return None
    return message if isinstance(message, dict) else None


def course_handler(stage: Stage, lms: Lms) -> type[CourseHandler]:
    """Make a class of request handlers that use this stage and this LMS."""
    return type("Handler", (CourseHandler,), {"stage": stage, "lms": lms})
