"""An LMS for tests: scorm-again as SCORM 1.2 run-time, its records kept here."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from string import Template
from threading import Condition
from typing import Any, Literal
from urllib.parse import parse_qs, quote, urlsplit

from tests.support import patience
from tests.support.local_server import Handler, running

HERE = Path(__file__).resolve().parent
RUN_TIME = HERE.parent.parent / "node_modules/scorm-again/dist/scorm12.min.js"


@dataclass(frozen=True, slots=True, order=True)
class Call:
    """One call of the API by a SCO, in the order of launch and call."""

    launch: int
    order: int
    name: str
    args: tuple[str, ...]
    value: str
    error: str
    """What LMSGetLastError says after the call; "0" is no error."""
    sent: int = 0
    """How many commits its page had sent by then that do not wait for an answer."""


@dataclass(slots=True)
class ScormAgain:
    """One learner's record of one SCO. Each load of ``url()`` is one launch."""

    address: str
    """Of the server, without a slash at the end."""

    given: dict[str, str] = field(default_factory=dict)
    """What the LMS says at each launch, over what is stored: mode, credit, launch data, …"""

    own_rules: bool = False
    """Whether scorm-again alone judges what a SCO sets, kinder than the standard as it is."""

    mastery_override: bool = False
    """Whether the LMS replaces the status by passed or failed, from raw and mastery score."""

    down: bool = False
    """Set it, and the LMS answers each commit with 503 and stores nothing."""

    stored: dict[str, str] = field(default_factory=dict)
    """Every element of the data model as the LMS last stored it."""

    commits: int = 0
    """How often the LMS stored."""

    launches: int = 0

    _arrived: int = 0
    """How many commits have come whose pages did not wait for an answer."""
    _calls: list[Call] = field(default_factory=list)
    _changed: Condition = field(default_factory=Condition)

    @property
    def values(self) -> dict[str, str]:
        """As ``Simulated`` (simulated.py) has them."""
        return self.stored

    @property
    def calls(self) -> list[Call]:
        """Every call so far, in order."""
        with self._changed:
            return sorted(self._calls)

    def url(self, mode: Literal["frame", "popup"] = "frame", href: str = "index.html") -> str:
        """The page that launches the SCO, in a frame named "sco" or in a window of its own."""
        return f"{self.address}/?mode={mode}&href={quote(href)}"

    def wait(self, element: str, value: str, seconds: float = patience.SECONDS) -> None:
        """Wait until the LMS has stored this value: what a closing page sends arrives later."""
        with self._changed:
            if not self._changed.wait_for(lambda: self.stored.get(element) == value, seconds):
                raise AssertionError(
                    f"{element} is {self.stored.get(element)!r} after {seconds} s, not {value!r}"
                )

    def wait_until(self, holds: Callable[[], bool], seconds: float = patience.SECONDS) -> None:
        """Wait until something is true of what the LMS has stored."""
        with self._changed:
            if not self._changed.wait_for(lambda: bool(self.stored) and holds(), seconds):
                raise AssertionError(f"not so after {seconds} s: {self.stored}")

    def wait_for_call(self, name: str, seconds: float = patience.SECONDS) -> None:
        """Wait until the latest launch has made this call, and all has come that it sent before."""

        def made() -> bool:
            sent: dict[int, int] = defaultdict(int)
            for call in self._calls:
                sent[call.launch] = max(sent[call.launch], call.sent)
            there = any(c.launch == self.launches and c.name == name for c in self._calls)
            return there and self._arrived >= sum(sent.values())

        with self._changed:
            if not self._changed.wait_for(made, seconds):
                raise AssertionError(f"no {name} after {seconds} s")

    def recover(self) -> None:
        """It stores again."""
        self.down = False

    def forget(self) -> None:
        """Start a new attempt, as for another learner."""
        with self._changed:
            self.stored.clear()
            self._calls.clear()
            self.commits = 0

    def _launch(self, mode: str, href: str) -> str:
        with self._changed:
            self.launches += 1
            kept = {
                element: value
                for element, value in self.stored.items()
                if not element.endswith(("_children", "_count", "_version"))
                and element not in ("cmi.core.exit", "cmi.core.session_time")
            }
            if not self.stored:
                entry = "ab-initio"
            elif self.stored.get("cmi.core.exit") == "suspend":
                entry = "resume"
            else:
                entry = ""
            learner = {
                "cmi.core.student_id": "learner-1",
                "cmi.core.student_name": "Cohen, Dana",
                "cmi.core.credit": "credit",
                "cmi.core.lesson_mode": "normal",
            }
            launch = {
                "number": self.launches,
                "mode": mode,
                "href": f"/sco/{href}",
                "ownRules": self.own_rules,
                "masteryOverride": self.mastery_override,
                "elements": kept | learner | {"cmi.core.entry": entry} | self.given,
            }
        return Template((HERE / "host.html").read_text("utf-8")).substitute(
            launch=json.dumps(launch).replace("<", r"\u003c")
        )

    def _store(self, body: dict[str, object]) -> None:
        with self._changed:
            # scorm-again sends an empty list as an element of its own.
            self.stored = {
                element: value for element, value in body.items() if isinstance(value, str)
            }
            self.commits += 1
            self._changed.notify_all()

    def _arrive(self, path: str) -> None:
        with self._changed:
            self._arrived += path.endswith("?beacon")
            self._changed.notify_all()

    def _log(self, calls: list[dict[str, Any]]) -> None:
        with self._changed:
            self._calls += [Call(**call | {"args": tuple(call["args"])}) for call in calls]
            self._changed.notify_all()


@contextmanager
def scorm_again(package: Path, **settings: object) -> Iterator[ScormAgain]:
    """Run the LMS for an unpacked package until the block ends."""
    lms = ScormAgain("", **settings)  # type: ignore[arg-type]

    class LmsHandler(Handler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path == "/":
                query = parse_qs(parts.query)
                self.reply(lms._launch(query["mode"][0], query["href"][0]), "text/html")
            elif parts.path == "/left":
                self.reply("<!doctype html><title>Left</title>", "text/html")
            elif parts.path == "/scorm12.js":
                self.reply(RUN_TIME.read_text("utf-8"), "text/javascript")
            else:
                super().do_GET()

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if self.path == "/calls":
                lms._log(body)
            elif lms.down:
                lms._arrive(self.path)
                self.send_error(HTTPStatus.SERVICE_UNAVAILABLE)
                return
            else:
                lms._store(body)
                lms._arrive(self.path)
            self.reply('{"result": "true", "errorCode": 0}', "application/json")

        def reply(self, text: str, kind: str) -> None:
            data = text.encode()
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def translate_path(self, path: str) -> str:
            # A name outside the package's folder is not found, rather than the host's own file.
            return super().translate_path(
                path.removeprefix("/sco") if path.startswith("/sco/") else "/..not-found"
            )

    with running(LmsHandler, str(package)) as lms.address:
        yield lms
