"""A server on 127.0.0.1 for one unpacked package and one trainee.

``/content/`` is the package, ``/lms/`` the simulator: its page has printed into it what there was
when it was asked for. With ``kept`` in its query a browser keeps it, and shows it again when a
trainee goes back (facts/moodle.md#entry-mode-attempts). An activity may have the package at a path
of its own. The simulator posts to ``messages`` (what it
has to know at the next launch), ``data`` (what the run-time under simulation sends; here faults
act), ``calls`` (the log) and ``faults``, and gets ``state`` and ``alive``.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Condition, Thread
from typing import Any
from urllib.parse import unquote, urlsplit

from builder import resources

_BODY_LIMIT = 4 << 20
"""Bytes of one request."""
_KEPT_LIMIT = 256 << 20
"""Bytes of everything that is kept, the log included."""

_WATCHES = ("/lms/calls", "/lms/faults", "/lms/state")
"""Requests that no course and no LMS makes."""

Message = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Faults:
    """What goes wrong with the learning system: on the way to it, in it, and in its API."""

    delay: float = 0
    """Seconds until a request with data is answered."""
    status: int = 0
    """The HTTP status of every answer to data, which is then not kept; 0 for the right one."""
    keep: bool = False
    """Data that is answered with ``status`` is kept all the same: only the answer is wrong."""
    drop: bool = False
    """Data is confirmed and lost."""
    offline: bool = False
    """There is no line: whatever is asked for ends without an answer."""
    expired: bool = False
    """The trainee's session is over: data is answered by 401 and not kept."""
    locked: bool = False
    """The package is for those who are logged in: with ``expired`` it is answered by 401, too."""
    times: int | None = None
    """How many requests with data ``status`` and ``drop`` hit; None for all."""
    initialise: str = ""
    """"false" where LMSInitialize fails."""
    refuse: tuple[str, ...] = ()
    """The elements for which LMSSetValue fails."""
    throws: tuple[str, ...] = ()
    """The functions of the API that throw."""

    def of_the_api(self) -> Message:
        """Those that act in the page (templates/lms/faults.js)."""
        return {"initialise": self.initialise, "refuse": self.refuse, "throws": self.throws}

    def changed(self, changes: Message) -> Faults:
        """With these instead; raises ``ValueError`` where there is no such fault, or it is not
        of this kind."""
        values: Message = {
            name: tuple(v) if isinstance(v, list) else v for name, v in changes.items()
        }
        kinds = {name: type(value) for name, value in asdict(Faults(times=0)).items()}
        for name, value in values.items():
            fits = type(value) is kinds.get(name) or (name == "times" and value is None)
            whole = kinds.get(name) is float and type(value) is int
            words = not isinstance(value, tuple) or all(isinstance(word, str) for word in value)
            if not (fits or whole) or not words:
                raise ValueError(name)
        return replace(self, **values)


@dataclass(slots=True)
class Lms:
    """What the server serves, holds and does wrong. Thread-safe."""

    package: Path
    """The unpacked package; another one may take its place."""
    faults: Faults = field(default_factory=Faults)
    address: str = ""
    """Of the server, without a slash at the end."""
    elsewhere: str = ""
    """The same server as another origin: frames between the course and its LMS."""
    place: str = "/content/"
    """Where the course is opened, with a slash at both ends: the package is there, too."""

    heard: Callable[[], None] = lambda: None
    """Called when anything has arrived and was kept."""

    _messages: list[Message] = field(default_factory=list)
    _records: dict[str, list[Message]] = field(default_factory=dict)
    _calls: list[Message] = field(default_factory=list)
    _pages: int = 0
    _failed: int = 0
    _size: int = 0
    _busy: int = 0
    _heard: float = 0.0
    _changed: Condition = field(default_factory=Condition)

    @property
    def messages(self) -> list[Message]:
        """Everything that arrived and was kept, in order."""
        with self._changed:
            return list(self._messages)

    @property
    def calls(self) -> list[Message]:
        """Every call of the API that the log has so far, in the order of launch and call."""
        with self._changed:
            return sorted(self._calls, key=lambda call: (call["launch"], call["order"]))

    def calls_after(self, count: int) -> tuple[list[Message], int]:
        """The calls in the order of arrival without so many first ones, and how many there are."""
        with self._changed:
            return self._calls[count:], len(self._calls)

    @property
    def failed(self) -> int:
        """How many requests with data were refused or lost, because of a fault."""
        with self._changed:
            return self._failed

    @property
    def launches(self) -> int:
        """How often the course was opened, by an old copy of the page too."""
        return sum(message.get("type") in ("launch", "copy") for message in self.messages)

    def go_to(self, activity: str, place: str) -> None:
        """Go on in an activity with the same package: each has a record of its own, also of the
        same trainee. ``place`` is where it has the package."""
        with self._changed:
            self._messages = self._records.setdefault(activity, [])
            self.place = place

    def clear(self) -> None:
        """Forget the trainee."""
        with self._changed:
            self._messages.clear()
            self._calls.clear()
            self._size = 0
            self.faults = Faults()

    def faults_now(self) -> Message:
        """The faults, for a page that shows them."""
        with self._changed:
            return asdict(self.faults)

    def take(self, messages: list[Message]) -> None:
        """Have these messages besides, as if they had arrived."""
        with self._changed:
            self._messages.extend(messages)

    def wait(self, true: Callable[[], bool], seconds: float = 5) -> bool:
        """Wait until something holds, which is asked each time that anything arrives."""
        end = time.monotonic() + seconds
        while not true():
            with self._changed:
                if time.monotonic() > end:
                    return False
                self._changed.wait(0.05)
        return True

    def wait_until_quiet(self, quiet: float = 0.2, seconds: float = 15) -> None:
        """Wait until no request is being answered and none has come for ``quiet`` seconds:
        what a closing page sent has arrived by then."""
        began = time.monotonic()
        done = self.wait(
            lambda: not self._busy and time.monotonic() - max(began, self._heard) >= quiet, seconds
        )
        if not done:
            raise TimeoutError(f"requests still come after {seconds} s")

    def change_faults(self, changes: Message) -> None:
        """Change these; raises ``ValueError`` as ``Faults.changed`` does."""
        with self._changed:
            self.faults = self.faults.changed(changes)

    def _take_fault(self) -> Faults:
        """The faults that hit this request with data."""
        with self._changed:
            faults = self.faults
            if faults.times is not None and (faults.status or faults.drop):
                if faults.times:
                    self.faults = replace(faults, times=faults.times - 1)
                else:
                    faults = replace(faults, status=0, drop=False)
            self._failed += bool(faults.status or faults.drop or faults.expired)
            return faults

    def _print(self) -> Message:
        """What a page of the simulator has to know."""
        with self._changed:
            self._pages += 1
            page = self._pages
        return {
            "page": page,
            "version": self.version(),
            "messages": self.messages,
            "faults": asdict(self.faults),
            "place": self.place,
        }

    def version(self) -> str:
        """The same for the same files with the same contents, as LMSs compare uploads."""
        return _version(self.package)

    def _is_copy(self, message: Message) -> bool:
        """Whether a message is from a page that was shown before: an LMS hears nothing of it."""
        page = message.get("page")
        return page is not None and any(
            message["type"] == "launch" and message.get("page") == page for message in self.messages
        )

    def _keep(self, message: Message, size: int) -> bool:
        with self._changed:
            if self._size + size > _KEPT_LIMIT:
                return False
            self._size += size
            self._messages.append(message)
            self._changed.notify_all()
        self.heard()
        return True

    def _log(self, calls: list[Message], size: int) -> bool:
        with self._changed:
            if self._size + size > _KEPT_LIMIT:
                return False
            self._size += size
            self._calls.extend(calls)
            self._changed.notify_all()
        self.heard()
        return True


class Handler(SimpleHTTPRequestHandler):
    """One request; ``lms`` is set by ``running``."""

    lms: Lms
    timeout = 10
    protocol_version = "HTTP/1.1"
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".css": "text/css; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".vtt": "text/vtt",
        ".webp": "image/webp",
    }

    def do_GET(self) -> None:
        if self._cut() or not self._allowed():
            return
        path = urlsplit(self.path).path
        if path in ("/lms/", "/lms/index.html"):
            self._page()
        elif path == "/lms/state":
            self._json({"messages": self.lms.messages, "faults": asdict(self.lms.faults)})
        elif path == "/lms/alive":
            expired = self.lms.faults.expired
            self._end(HTTPStatus.UNAUTHORIZED if expired else HTTPStatus.NO_CONTENT)
        elif path == "/favicon.ico":
            self._end(HTTPStatus.NO_CONTENT)
        elif not self._shut():
            super().do_GET()

    def do_HEAD(self) -> None:
        if not self._cut() and self._allowed() and not self._shut():
            super().do_HEAD()

    def _cut(self) -> bool:
        """Whether this gets no answer, since there is no line: neither the course nor its LMS
        does. What watches them is heard."""
        cut = self.lms.faults.offline and not self.path.startswith(_WATCHES)
        if cut:
            self.close_connection = True
        return cut

    def _shut(self) -> bool:
        """Whether this is refused, since the session is over."""
        faults = self.lms.faults
        ours = self.path.startswith(("/content/", self.lms.place))
        shut = faults.expired and faults.locked and ours
        if shut:
            self._end(HTTPStatus.UNAUTHORIZED)
        return shut

    def do_POST(self) -> None:
        body = None if self._cut() else self._body()
        if body is None or not self._allowed():
            return
        with self.lms._changed:
            self.lms._busy += 1
        try:
            self._post(urlsplit(self.path).path, body)
        finally:
            with self.lms._changed:
                self.lms._busy -= 1
                self.lms._heard = time.monotonic()
                self.lms._changed.notify_all()

    def _post(self, path: str, body: bytes) -> None:
        try:
            sent = json.loads(body)
        except ValueError:
            self._end(HTTPStatus.BAD_REQUEST)
            return
        if path == "/lms/calls" and isinstance(sent, list):
            self._end(_kept(self.lms._log(sent, len(body))))
        elif path == "/lms/messages" and isinstance(sent, dict):
            copy = self.lms._is_copy(sent)
            if copy and sent["type"] == "launch":
                sent = {"type": "copy"}
            elif copy:
                self._end(HTTPStatus.OK)
                return
            if self.lms._keep(sent, len(body)):
                self._json({"number": self.lms.launches})
            else:
                self._end(_kept(False))
        elif path == "/lms/data" and isinstance(sent, dict):
            self._data(sent, len(body))
        elif path == "/lms/faults" and isinstance(sent, dict):
            try:
                self.lms.change_faults(sent)
            except ValueError:
                self._end(HTTPStatus.BAD_REQUEST)
            else:
                self._end(HTTPStatus.OK)
        else:
            self._end(HTTPStatus.NOT_FOUND)

    def _data(self, message: Message, size: int) -> None:
        faults = self.lms._take_fault()
        # It counts once it has arrived, however long the answer takes.
        if faults.expired:
            status = HTTPStatus.UNAUTHORIZED
        elif faults.status:
            status = HTTPStatus(faults.status)
            if faults.keep:
                self.lms._keep(message, size)
        else:
            status = HTTPStatus.OK if faults.drop else _kept(self.lms._keep(message, size))
        time.sleep(faults.delay)
        self._end(status)

    def translate_path(self, path: str) -> str:
        """A file of the package or the simulator, "" outside them."""
        wanted = unquote(urlsplit(path).path)
        if wanted.startswith(self.lms.place):
            wanted = f"/content/{wanted.removeprefix(self.lms.place)}"
        _, area, *parts = wanted.split("/")
        roots = {"content": self.lms.package, "lms": resources.path("lms")}
        if area not in roots:
            return ""
        root = roots[area].resolve()
        try:
            file = root.joinpath(*parts).resolve()
        except ValueError:
            return ""
        if not file.is_relative_to(root):
            return ""
        # A folder keeps its slash, without which it would be asked for again and again.
        return f"{file}/" if parts[-1:] == [""] else str(file)

    def _allowed(self) -> bool:
        """Whether the request means this machine by its own name, not by one that was made to
        point here, and comes from no page of another site (facts/policy.md#safety)."""
        origin = self.headers.get("Origin")
        if self._host(f"//{self.headers.get('Host', '')}") and (
            origin is None
            or self._host(origin)
            # A course in a sandboxed frame reads its own files.
            or (origin == "null" and self.command == "GET")
        ):
            return True
        self.close_connection = True
        self._end(HTTPStatus.FORBIDDEN)
        return False

    @staticmethod
    def _host(address: str) -> bool:
        try:
            return urlsplit(address).hostname in ("127.0.0.1", "localhost")
        except ValueError:
            return False

    def _body(self) -> bytes | None:
        size = self.headers.get("Content-Length", "")
        if not size.isdecimal() or int(size) > _BODY_LIMIT:
            self.close_connection = True
            self._end(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return None
        return self.rfile.read(int(size))

    def _page(self) -> None:
        """The simulator's page, with what is printed into it."""
        text = (resources.path("lms") / "index.html").read_text("utf-8")
        printed = json.dumps(self.lms._print()).replace("<", "\\u003c")
        body = text.replace(">{}</script>", f">{printed}</script>").encode()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _json(self, value: object) -> None:
        body = json.dumps(value).encode()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _end(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def end_headers(self) -> None:
        url = urlsplit(self.path)
        kept = url.path == "/lms/" and "kept" in url.query.split("&")
        self.send_header("Cache-Control", "private, max-age=0" if kept else "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    """A browser may hang up whenever it likes: that is not worth a traceback."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64
    # On Windows it would share a port that another program has.
    allow_reuse_address = os.name != "nt"

    def handle_error(self, request: object, client_address: object) -> None:
        pass


def _version(package: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in package.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(package).as_posix()}\n{path.stat().st_size}\n".encode())
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def _kept(kept: bool) -> HTTPStatus:
    return HTTPStatus.OK if kept else HTTPStatus.INSUFFICIENT_STORAGE


@contextmanager
def running(package: Path, port: int = 0) -> Iterator[Lms]:
    """Serve an unpacked package until the block ends, on ``port`` or any that is free; raises
    ``OSError`` where the port is taken."""
    lms = Lms(package)
    handler = type("Handler", (Handler,), {"lms": lms})
    with serving(handler, port) as lms.address, serving(handler, 0) as lms.elsewhere:
        yield lms


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler], port: int) -> Iterator[str]:
    """Serve until the block ends, as ``running`` does; gives the address."""
    with Server(("127.0.0.1", port), handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join(timeout=5)
