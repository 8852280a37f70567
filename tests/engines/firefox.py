"""Firefox as it is installed, driven over WebDriver BiDi, which it speaks by itself.

W3C "WebDriver BiDi". No geckodriver is needed, and Playwright's Firefox is another browser.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.engines.engine import Engine, Missing, Size, Tab
from tests.engines.webdriver import PATIENCE, WebDriverTab

PREFERENCES = """\
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("app.normandy.enabled", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("toolkit.telemetry.enabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("services.settings.server", "data:,");
user_pref("messaging-system.rsexperimentloader.enabled", false);
user_pref("extensions.update.enabled", false);
user_pref("dom.disable_open_during_load", false);
"""
"""Nothing but pages: no service of its own."""


class Bidi:
    """Commands in, results out; events of the log are kept."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._number = 0
        self.log: list[str] = []

    def send(self, method: str, **parameters: Any) -> Any:
        """Send a command and wait for its result; raises ``RuntimeError`` where it fails."""
        self._number += 1
        number = self._number
        command = {"id": number, "method": method, "params": parameters}
        self._socket.send(json.dumps(command))
        while True:
            told = json.loads(self._socket.recv(timeout=PATIENCE))
            if told.get("method") == "log.entryAdded" and told["params"]["level"] == "error":
                self.log.append(f"{told['params']['type']}: {told['params']['text']}")
            if told.get("id") == number:
                break
        if told["type"] == "error":
            raise RuntimeError(f"{method}: {told['error']}: {told['message']}")
        return told["result"]


class FirefoxTab(WebDriverTab):
    def __init__(self, bidi: Bidi, context: str) -> None:
        self._bidi = bidi
        self._context = context

    def go(self, address: str) -> None:
        self._bidi.send(
            "browsingContext.navigate", context=self._context, url=address, wait="complete"
        )

    def run(self, source: str, *arguments: Any) -> Any:
        given = json.dumps(arguments)
        told = self._bidi.send(
            "script.evaluate",
            expression=f"JSON.stringify(({source})(...{given}) ?? null)",
            target={"context": self._context},
            awaitPromise=False,
            userActivation=False,
        )
        if told["type"] == "exception":
            raise RuntimeError(told["exceptionDetails"]["text"])
        return json.loads(told["result"]["value"])

    def type(self, keyboard: dict[str, Any]) -> None:
        self._act(keyboard, self._innermost())

    def click(self, x: float, y: float) -> None:
        steps = [
            {"type": "pointerMove", "x": round(x), "y": round(y)},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self._act({"type": "pointer", "id": "mouse", "actions": steps}, self._context)

    def _act(self, source: dict[str, Any], context: str) -> None:
        # What is pressed may take its own page away.
        with suppress(RuntimeError):
            self._bidi.send("input.performActions", context=context, actions=[source])

    def _innermost(self) -> str:
        """The page in the frame, where keys go: this engine delivers them to the page named."""
        [tree] = self._bidi.send("browsingContext.getTree", root=self._context)["contexts"]
        while tree["children"]:
            tree = tree["children"][0]
        return str(tree["context"])

    def close(self) -> None:
        self._bidi.send("browsingContext.close", context=self._context, promptUnload=True)


class Firefox:
    def __init__(self, bidi: Bidi, size: Size, version: str) -> None:
        self.version = version
        self._bidi = bidi
        self._size = size

    def tab(self) -> Tab:
        context = self._bidi.send("browsingContext.create", type="tab")["context"]
        width, height = self._size
        self._bidi.send(
            "browsingContext.setViewport",
            context=context,
            viewport={"width": width, "height": height},
        )
        return FirefoxTab(self._bidi, context)

    def faults(self) -> list[str]:
        # Events that are on their way come before the answer.
        self._bidi.send("session.status")
        found, self._bidi.log[:] = list(self._bidi.log), []
        return found


@contextmanager
def firefox(size: Size) -> Iterator[Engine]:
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if not program:
        raise Missing("firefox-esr")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        Path(profile, "user.js").write_text(PREFERENCES, "utf-8")
        command = [program, "--headless", "--no-remote", "--profile", profile]
        with subprocess.Popen(
            [*command, "--remote-debugging-port=0", "about:blank"],
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
        ) as process:
            try:
                with connect(f"{listening(process)}/session", max_size=None, proxy=None) as socket:
                    yield session(Bidi(socket), size)
            except ConnectionClosed as lost:
                raise RuntimeError(f"Firefox has ended: {lost}") from lost
            finally:
                process.terminate()
                assert process.stderr
                process.stderr.close()


def listening(process: subprocess.Popen[str]) -> str:
    """The address at which this Firefox is to be spoken to, which it prints."""
    assert process.stderr
    for line in process.stderr:
        _, found, address = line.partition("BiDi listening on ")
        if found:
            return address.strip()
    raise RuntimeError("Firefox ended before it listened")


def session(bidi: Bidi, size: Size) -> Firefox:
    wanted = {"alwaysMatch": {"unhandledPromptBehavior": {"default": "accept"}}}
    told = bidi.send("session.new", capabilities=wanted)
    bidi.send("session.subscribe", events=["log.entryAdded"])
    return Firefox(bidi, size, told["capabilities"]["browserVersion"])
