"""WebKitGTK, Safari's engine, in its MiniBrowser on a screen of its own, driven over WebDriver.

W3C "WebDriver": each command is one request with JSON.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from tests.engines.engine import Engine, Missing, Size, Tab
from tests.engines.webdriver import PATIENCE, WebDriverTab
from tests.support.local_server import free_port

PACKAGES = {"WebKitWebDriver": "webkit2gtk-driver", "Xvfb": "xvfb"}
"""Program → the Debian package that has it."""

BROWSERS = "*/webkit2gtk-4*/MiniBrowser"
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
"""How the protocol marks an element."""
UNDER = """
const element = document.elementFromPoint(...arguments);
const { x, y } = element.getBoundingClientRect();
return { element, frame: element.localName === "iframe" ? [x, y] : null };
"""
BARS = 200
"""Pixels that the browser's own bars may take."""


class Session:
    """A session of the driver."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._path = ""
        self._process = 0
        self.current = ""

    def send(self, method: str, path: str, body: Any = None) -> Any:
        """Send a command; raises ``RuntimeError`` where it fails."""
        connection = HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        try:
            text = None if body is None else json.dumps(body)
            connection.request(method, f"{self._path}{path}", text)
            told = json.loads(connection.getresponse().read())["value"]
        finally:
            connection.close()
        if isinstance(told, dict) and "error" in told:
            raise RuntimeError(f"{path}: {told['error']}: {told['message']}")
        return told

    def begin(self, browser: Path) -> str:
        """Start the browser; its version."""
        # Its bar would not let a page be narrower than 447 px.
        options = {"binary": str(browser), "args": ["--automation", "--full-screen"]}
        wanted = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        told = self.send("POST", "/session", {"capabilities": wanted})
        self._path = f"/session/{told['sessionId']}"
        self._process = told["capabilities"]["webkit:processID"]
        return str(told["capabilities"]["browserVersion"])

    def end(self) -> None:
        """End the browser, also where the driver does not answer any more."""
        try:
            self.send("DELETE", "")
        except (OSError, RuntimeError):
            os.kill(self._process, signal.SIGTERM)

    def at(self, handle: str) -> Session:
        """Have what follows concern this tab."""
        if self.current != handle:
            self.send("POST", "/window", {"handle": handle})
            self.current = handle
        return self


class WebKitTab(WebDriverTab):
    def __init__(self, session: Session, handle: str) -> None:
        self._session = session
        self._handle = handle

    def _send(self, method: str, path: str, body: Any = None) -> Any:
        return self._session.at(self._handle).send(method, path, body)

    def go(self, address: str) -> None:
        self._send("POST", "/url", {"url": address})

    def run(self, source: str, *arguments: Any) -> Any:
        script = f"return JSON.stringify(({source})(...arguments) ?? null)"
        told = self._send("POST", "/execute/sync", {"script": script, "args": list(arguments)})
        return json.loads(told)

    def type(self, keyboard: dict[str, Any]) -> None:
        # What is pressed may take its own page away.
        with suppress(RuntimeError):
            self._send("POST", "/actions", {"actions": [keyboard]})

    def click(self, x: float, y: float) -> None:
        # The driver waits for ever where it moves the mouse in any tab but the first.
        with suppress(RuntimeError):
            found = self._under(x, y)
            while found["frame"]:
                self._send("POST", "/frame", {"id": found["element"]})
                x, y = x - found["frame"][0], y - found["frame"][1]
                found = self._under(x, y)
            self._send("POST", f"/element/{found['element'][ELEMENT]}/click", {})
        with suppress(RuntimeError):
            self._send("POST", "/frame", {"id": None})

    def _under(self, x: float, y: float) -> Any:
        """The element at a point, and where the frame is that it is."""
        return self._send("POST", "/execute/sync", {"script": UNDER, "args": [x, y]})

    def close(self) -> None:
        self._send("DELETE", "/window")
        self._session.current = ""


class WebKit:
    """What its pages log, the driver does not tell: the walks' own watch does."""

    def __init__(self, session: Session, size: Size, version: str) -> None:
        self.version = version
        self._session = session
        self._size = size
        [self._base] = session.send("GET", "/window/handles")

    def tab(self) -> Tab:
        # The first tab of all stays open below: without any, the browser ends.
        base = self._session.at(self._base)
        handle = base.send("POST", "/window/new", {"type": "tab"})["handle"]
        tab = WebKitTab(self._session, handle)
        self._fit(tab)
        return tab

    def _fit(self, tab: WebKitTab) -> None:
        """Make the window as large as its page and the bar of tabs need together."""
        bar = tab.run("() => outerHeight - innerHeight")
        width, height = self._size
        self._session.send("POST", "/window/rect", {"width": width, "height": height + bar})

    def faults(self) -> list[str]:
        return []


@contextmanager
def webkit(size: Size) -> Iterator[Engine]:
    missing = {package for name, package in PACKAGES.items() if not shutil.which(name)}
    if missing:
        raise Missing(" ".join(sorted(missing)))
    browser = next(iter(sorted(Path("/usr/lib").glob(BROWSERS))), None)
    if not browser:
        raise Missing("webkit2gtk-driver")
    with ExitStack() as stack:
        display = stack.enter_context(screen(size))
        session = stack.enter_context(driver(display))
        version = session.begin(browser)
        stack.callback(session.end)
        yield WebKit(session, size, version)


@contextmanager
def screen(size: Size) -> Iterator[str]:
    """A screen of this size that nobody sees; its name."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", f"{size[0]}x{size[1] + BARS}x24"]
    with subprocess.Popen(
        [*command, "-nolisten", "tcp"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            assert process.stdout
            yield f":{process.stdout.readline().strip()}"
        finally:
            process.terminate()


@contextmanager
def driver(display: str) -> Iterator[Session]:
    port = free_port()
    # Its sandbox needs rights that root in a container does not have; the pages are our own.
    alone = {"DISPLAY": display, "GDK_BACKEND": "x11"}
    alone |= {"WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}
    with subprocess.Popen(
        ["WebKitWebDriver", f"--port={port}"],
        env=os.environ | alone,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            session = Session(port)
            await_driver(session)
            yield session
        finally:
            process.terminate()


def await_driver(session: Session) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            session.send("GET", "/status")
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("WebKitWebDriver does not listen")
