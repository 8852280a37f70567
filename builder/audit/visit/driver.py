"""The trainee's hands and eyes: a browser with the course in a simulated LMS."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Error,
    Frame,
    JSHandle,
    Page,
    Request,
    WebError,
)

from builder import resources
from builder.audit.visit.barriers import Axe
from builder.audit.visit.sight import Control, Sight, seen
from builder.audit.visit.trainee import Act
from builder.lms import Lms

READING = 20_000
"""Milliseconds, by the course's clock, that a trainee looks at a page before doing anything."""
_SOON = 1_500
"""Milliseconds, by the course's clock, until what was done has shown."""
_LONG = 120_000
"""As long as anybody waits for a page that lets nobody on."""
_PRESS = 1_500
_TICK = 50
_LOAD = 8_000
_FRAMES = 20
_MOST = 50
"""Errors and addresses that are noted."""
_SMALLER = 0.5
"""Of the window, how large a picture is."""
_QUALITY = 55
PICTURE = 90_000
"""Characters of the largest picture that is kept."""


@dataclass(slots=True)
class Driver:
    """One trainee's browser. ``slug`` is the profile of the LMS."""

    context: BrowserContext
    lms: Lms
    slug: str
    axe: Axe | None = None
    """What pages are looked at with for barriers, if they are."""
    errors: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    away: list[str] = field(default_factory=list)
    """The sites of pages that the course has elsewhere, and that no trainee sees here."""

    _opened: int = 0
    _looked: list[tuple[Frame, JSHandle]] = field(default_factory=list)
    _leaving: bool = False
    """Whether the trainee is just following a way out."""

    def begin(self) -> None:
        """Watch what the course does besides talking to its LMS; once, before it is opened."""
        self.context.clock.install()
        self.context.on("weberror", lambda error: self._failed(error))
        self.context.on("console", lambda message: self._complained(message))
        self.context.on("request", lambda request: self._asked(request))

    def open(self, **visit: Any) -> Page:
        """Open the course in the LMS; ``visit`` is what templates/lms/simulator.js takes."""
        self._opened += 1
        whole = {"profile": self.slug, "window": "frame"} | visit
        page = self.context.new_page()
        address = f"{self.lms.address}/lms/?visit={self._opened}#{quote(json.dumps(whole))}"
        with suppress(Error):
            page.goto(address, timeout=_LOAD)
        self._arrived(page)
        self.settle()
        return page

    def _arrived(self, page: Page) -> None:
        """Wait until the LMS has opened the course, as far as it can."""
        for _ in range(_LOAD // _TICK):
            with suppress(Error):
                page.wait_for_timeout(_TICK)
            if any(frame.url != "about:blank" for frame in self._frames()):
                return

    def look(self) -> Sight:
        """What is on view in the course, whatever frames and windows it is in."""
        look = resources.path("audit", "sight.js").read_text("utf-8").rstrip().removesuffix(";")
        self._looked = []
        told = []
        for frame in self._frames():
            with suppress(Error):
                handle = frame.evaluate_handle(f"({look})()")
                told.append(handle.evaluate("(seen) => seen.told"))
                self._looked.append((frame, handle))
        return seen(told)

    def picture(self) -> str:
        """What the window of the course looks like now, as a small JPEG in Base64; "" where there
        is no window, or the picture is too large."""
        pages = [page for page in self.context.pages if not page.is_closed()]
        if not pages:
            return ""
        size = pages[-1].viewport_size or {"width": 1000, "height": 720}
        told = ""
        # Playwright's own way waits for the page's clock, which stands still here.
        with suppress(Error):
            session = self.context.new_cdp_session(pages[-1])
            clip = {"x": 0, "y": 0, **size, "scale": _SMALLER}
            asked = {"format": "jpeg", "quality": _QUALITY, "clip": clip}
            told = str(session.send("Page.captureScreenshot", asked)["data"])
            session.detach()
        return told if len(told) <= PICTURE else ""

    def check(self, heading: str) -> None:
        """Look for barriers in the page that is on view, once, as long as there is time."""
        if self.axe is not None:
            self.axe.look(self._frames(), heading)

    def act(self, act: Act) -> bool:
        """Do it; whether that could be done."""
        self.context.clock.fast_forward(READING)
        self._leaving = act.why == "exit"
        done = True
        if act.kind == "wait":
            self.context.clock.fast_forward(_LONG)
        elif act.control is not None:
            done = self._use(act, act.control)
        self.settle()
        return done

    def settle(self) -> None:
        """Wait until what was done has come to rest."""
        self._load()
        self.context.clock.fast_forward(_SOON)
        self.quiet()
        # What a press has asked for has begun to load only now, where the machine is busy.
        self._load()

    def look_again(self) -> Sight:
        """What is on view once there is anything, as long as a page may take."""
        sight = self.look()
        for _ in range(_LOAD // _TICK):
            if not sight.empty or not self.context.pages:
                break
            with suppress(Error):
                self.context.pages[0].wait_for_timeout(_TICK)
            sight = self.look()
        return sight

    def _load(self) -> None:
        """Wait until all pages and frames have loaded."""
        for page in self.context.pages:
            with suppress(Error):
                page.wait_for_load_state("load", timeout=_LOAD)
        for frame in self._frames():
            with suppress(Error):
                frame.wait_for_load_state("load", timeout=_LOAD)

    def quiet(self) -> None:
        """Wait until nothing more is on its way to the LMS."""
        with suppress(TimeoutError):
            self.lms.wait_until_quiet(0.06, 3)

    def leave(self, page: Page) -> None:
        """Leave by the LMS's own way; a window of the course is closed."""
        for other in self.context.pages:
            if other is not page:
                with suppress(Error), other.expect_event("close", timeout=_LOAD):
                    other.close(run_before_unload=True)
                # The course may look after its window from time to time.
                self.context.clock.fast_forward(_SOON)
        self.quiet()
        with suppress(Error):
            page.locator("#exit").click(timeout=_LOAD)
            page.wait_for_url("**/left.html", timeout=_LOAD)
            # What the course sent as it went is before this one, however busy the machine is.
            page.evaluate("() => fetch('left.html', { cache: 'no-store' }).then(() => 0)")
        self._end(page)

    def close(self, page: Page) -> None:
        """Close the tab, so that the course hears of it."""
        with suppress(Error), page.expect_event("close", timeout=_LOAD):
            page.close(run_before_unload=True)
        self._end(page)

    def kill(self, page: Page) -> None:
        """End the tab as a crash does: nothing runs any more."""
        with suppress(Error), page.expect_event("crash", timeout=_LOAD), suppress(Error):
            page.goto("chrome://crash")
        self._end(page)

    def _end(self, page: Page) -> None:
        self.quiet()
        for one in [page, *self.context.pages]:
            with suppress(Error):
                one.close()

    def _use(self, act: Act, control: Control) -> bool:
        _, handle = self._looked[control.place[0]]
        part = 1 if act.kind in ("press", "choose") else 0
        try:
            found = handle.evaluate_handle(
                "(seen, [at, part]) => seen.elements[at][part]", [control.place[1], part]
            ).as_element()
            if found is None:
                return False
            if act.kind == "pick":
                found.select_option(label=act.value, timeout=_PRESS)
            elif act.kind == "write":
                found.fill(act.value, timeout=_PRESS)
                found.press("Tab", timeout=_PRESS)
            else:
                found.click(timeout=_PRESS)
        except Error:
            return False
        return True

    def _frames(self) -> Iterator[Frame]:
        """The frames of the course: all but those of the LMS itself."""
        count = 0
        for page in self.context.pages:
            for frame in page.frames:
                ours = urlsplit(frame.url).path.startswith("/lms/")
                if not ours and frame.url != "about:blank" and count < _FRAMES:
                    count += 1
                    yield frame

    def _note(self, notes: list[str], text: str) -> None:
        if text not in notes and len(notes) < _MOST:
            notes.append(text)

    def _failed(self, error: WebError) -> None:
        self._note(self.errors, str(error.error.message or error.error).split("\n")[0][:300])

    def _complained(self, message: ConsoleMessage) -> None:
        # What the browser itself has to say there comes without arguments.
        said = message.type == "error" and bool(message.args)
        if said and not urlsplit(message.location.get("url", "")).path.startswith("/lms/"):
            self._note(self.complaints, message.text.split("\n")[0][:300])

    def _asked(self, request: Request) -> None:
        url = urlsplit(request.url)
        ours = url.hostname in ("127.0.0.1", "localhost")
        ours = ours and url.port == urlsplit(self.lms.address).port
        # A way out may lead to another site: the course has asked for nothing there.
        if self._leaving and request.is_navigation_request():
            return
        if not ours and url.scheme not in ("data", "blob", "about"):
            self._note(self.elsewhere, request.url[:300])
            if request.is_navigation_request():
                self._note(self.away, url.hostname or request.url[:60])
