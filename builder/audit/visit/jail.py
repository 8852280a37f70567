"""The browser of a visit, in which a foreign package can reach our server and nothing else.

A package is code of strangers. So the browser keeps its sandbox, starts with an empty profile, and
knows one address, that of the simulated LMS: no name is resolved, every other address goes to a
proxy that is a port which nobody listens at, and what does not go through a proxy (UDP) is off.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Dialog, Error, sync_playwright

PATIENCE = 5_000
"""Milliseconds that anything in the browser may take."""
_DIALOGS = 25
"""Dialogs of one act: a course that opens more never lets anybody on."""
_HEAP = 512
"""MiB of JavaScript in each process of the browser."""

# Belt and braces: what sends UDP is not there at all. Runs ahead of the scripts of every frame.
_WITHOUT = """
for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "RTCDataChannel",
  "WebTransport"]) delete globalThis[name];
"""


class NoSandboxError(Exception):
    """The browser cannot keep its sandbox here."""


class NoBrowserError(Exception):
    """The browser does not start; the text says why, as far as it says so itself."""


def accept(dialog: Dialog) -> None:
    """Say yes to whatever a page asks."""
    with suppress(Error):
        dialog.accept()


# Playwright sets an attribute on whoever it calls.
@dataclass
class Dialogs:
    """Says yes to the dialogs of a scenario, and tells ``endless`` where one thing that the trainee
    does opens too many of them: their number, and the words of the last."""

    endless: Callable[[int, str], None]
    _count: int = 0

    def begin(self) -> None:
        """Count from the beginning: the trainee does something else."""
        self._count = 0

    def answer(self, dialog: Dialog) -> None:
        """Say yes to this one."""
        self._count += 1
        if self._count == _DIALOGS:
            self.endless(self._count, dialog.message)
        accept(dialog)


@dataclass(frozen=True, slots=True)
class Jail:
    """A browser that is running, and the one address that it can reach."""

    browser: Browser
    address: str

    @contextmanager
    def trainee(self, answer: Callable[[Dialog], None] = accept) -> Iterator[BrowserContext]:
        """A profile that nobody has used: no cookies, no storage, no permissions, no downloads."""
        context = self.browser.new_context(
            accept_downloads=False,
            service_workers="block",
            permissions=[],
            viewport={"width": 1000, "height": 720},
            locale="en-GB",
        )
        try:
            context.set_default_timeout(PATIENCE)
            context.add_init_script(_WITHOUT)
            # A page that leaves may ask whether it may: a trainee who leaves says yes.
            context.on("dialog", answer)
            yield context
        finally:
            with suppress(Error):
                context.close()


@contextmanager
def jail(executable: Path, address: str, *, sandbox: bool = True) -> Iterator[Jail]:
    """Run the browser ``executable`` until the block ends; it reaches ``address`` alone
    (``http://127.0.0.1:PORT``).

    Raises ``NoSandboxError`` where it would have to run without its sandbox, and
    ``NoBrowserError`` where it does not run at all.
    """
    with _nobody() as dead, sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=executable,
                args=arguments(address, dead),
                chromium_sandbox=sandbox,
                timeout=30_000,
            )
        except Error as error:
            said = str(error)
            if sandbox and re.search(r"sandbox|Operation not permitted", _own(said), re.I):
                raise NoSandboxError from error
            raise NoBrowserError(_last(said)) from error
        try:
            yield Jail(browser, address)
        finally:
            with suppress(Error):
                browser.close()


def arguments(address: str, dead: int) -> Sequence[str]:
    """What the browser is started with, so that it reaches ``address`` alone: ``dead`` is a port
    that nobody listens at."""
    port = urlsplit(address).port
    return (
        # No name but those of this machine, and these are the one server.
        "--host-resolver-rules=MAP localhost 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        f"--proxy-server=http://127.0.0.1:{dead}",
        # Without <-loopback> other ports of this machine would be reached past the proxy.
        f"--proxy-bypass-list=<-loopback>;127.0.0.1:{port};localhost:{port}",
        "--dns-prefetch-disable",
        "--no-pings",
        "--disable-quic",
        "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
        "--webrtc-ip-handling-policy=disable_non_proxied_udp",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-domain-reliability",
        "--disable-sync",
        "--deny-permission-prompts",
        "--disable-file-system",
        "--disable-gpu",
        "--no-first-run",
        f"--js-flags=--max-old-space-size={_HEAP}",
    )


@contextmanager
def _nobody() -> Iterator[int]:
    """A port of this machine that is taken and at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def _own(said: str) -> str:
    """What the browser itself said, without the arguments that it was started with."""
    return "\n".join(line for line in said.splitlines() if "<launching>" not in line)


def _last(said: str) -> str:
    lines = [line.strip(" -") for line in _own(said).splitlines() if line.strip(" -")]
    return lines[0] if lines else ""
