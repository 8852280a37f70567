"""Runs the browser of a visit, in which a package can reach our server and nothing else.

A package is untrusted code. So the browser keeps its sandbox, starts with an empty profile, and
reaches one address, that of the simulated LMS. It resolves no host names, sends requests for all
other addresses to a proxy port where nothing listens, and does not use UDP, which ignores proxies.
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
"""Timeout of browser operations, in milliseconds."""
_DIALOGS = 25
"""Number of dialogs during one action from which they count as endless."""
_HEAP = 512
"""Maximum JavaScript heap of each browser process, in MiB."""

# A second protection: delete the APIs that send UDP, before any script of a frame runs.
_WITHOUT = """
for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "RTCDataChannel",
  "WebTransport"]) delete globalThis[name];
"""


class NoSandboxError(Exception):
    """Raised if the browser cannot run in its sandbox on this machine."""


class NoBrowserError(Exception):
    """Raised if the browser does not start; the message is the reason that the browser gives."""


def accept(dialog: Dialog) -> None:
    """Accept a dialog of a page."""
    with suppress(Error):
        dialog.accept()


# No slots: Playwright sets an attribute on event handlers' objects.
@dataclass
class Dialogs:
    """Accepts the dialogs that a course opens. If it opens too many during one action, calls
    ``endless`` with their number and the text of the last one."""

    endless: Callable[[int, str], None]
    _count: int = 0

    def begin(self) -> None:
        """Reset the count for the next action."""
        self._count = 0

    def answer(self, dialog: Dialog) -> None:
        """Accept a dialog and count it."""
        self._count += 1
        if self._count == _DIALOGS:
            self.endless(self._count, dialog.message)
        accept(dialog)


@dataclass(frozen=True, slots=True)
class Jail:
    """A running browser, and the one address that it can reach."""

    browser: Browser
    address: str

    @contextmanager
    def trainee(self, answer: Callable[[Dialog], None] = accept) -> Iterator[BrowserContext]:
        """A new browser context until the block ends, without cookies, storage, permissions and
        downloads. ``answer`` handles its dialogs."""
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
            # Accept “Leave site?” dialogs.
            context.on("dialog", answer)
            yield context
        finally:
            with suppress(Error):
                context.close()


@contextmanager
def jail(executable: Path, address: str, *, sandbox: bool = True) -> Iterator[Jail]:
    """Run the browser ``executable`` until the block ends. The browser reaches only ``address``
    (``http://127.0.0.1:PORT``).

    Raises ``NoSandboxError`` if the browser must run in its ``sandbox`` and cannot, and
    ``NoBrowserError`` if it does not start.
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
            output = str(error)
            if sandbox and re.search(r"sandbox|Operation not permitted", _own(output), re.I):
                raise NoSandboxError from error
            raise NoBrowserError(_last(output)) from error
        try:
            yield Jail(browser, address)
        finally:
            with suppress(Error):
                browser.close()


def arguments(address: str, dead: int) -> Sequence[str]:
    """The command-line arguments of a browser that reaches only ``address``. ``dead`` is a port
    where nothing listens, the proxy for all other addresses."""
    port = urlsplit(address).port
    return (
        # Resolve no host names except localhost.
        "--host-resolver-rules=MAP localhost 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        f"--proxy-server=http://127.0.0.1:{dead}",
        # Without <-loopback>, other ports of this machine would bypass the proxy.
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
    """Reserve a port of this machine where nothing listens, until the block ends."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def _own(output: str) -> str:
    """The browser's messages in ``output``, without the line that contains its command line."""
    return "\n".join(line for line in output.splitlines() if "<launching>" not in line)


def _last(output: str) -> str:
    lines = [line.strip(" -") for line in _own(output).splitlines() if line.strip(" -")]
    return lines[0] if lines else ""
