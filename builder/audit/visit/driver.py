"""Controls the browser for the simulated trainee: opens the course, reads what is visible, clicks,
waits and leaves.

The clock of the course's pages is simulated and set forward, so that a visit need not wait for
their timers.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Error,
    Frame,
    JSHandle,
    Page,
    Request,
    Response,
    WebError,
)

from builder.audit.visit.observers import Axe
from builder.audit.visit.trainee import Act, Control, Sight, sight_of
from builder.audit.visit.visiting import READY
from builder.base import resources
from builder.preview.lms import Lms

READING = 20_000
"""Milliseconds on the course's clock for which the trainee reads a page before an action."""
_SOON = 1_500
"""Milliseconds on the course's clock that an action gets to have its effect."""
_LONG = 120_000
"""Milliseconds on the course's clock that a trainee waits if the way on is disabled."""
_PRESS = 1_500
_TICK = 50
_LOAD = 8_000
_FRAMES = 20
_MOST = 50
"""Maximum number of recorded texts in each list of errors or addresses."""
_ASKED = 2_000
"""Maximum number of recorded paths in each list of requested or missing files."""
_DEPENDS = ("document", "script", "xhr", "fetch", "websocket", "eventsource")
"""Kinds of requests that a course may need to work. Without styles it only looks plain."""
_IDLE = 5_000
"""Maximum number of milliseconds to wait for requests before the course's clock is advanced."""
OPENS = "the course opens"
CLOCK = "the visit sets the clock of the course forward"
"""Names of the current action, shown to the person who waits for the audit."""
MEANS = ("mouse", "keyboard", "events", "touch")
"""Ways to press a control, in the order in which they are tried."""
_DISPATCH = """(element, touch) => {
  const box = element.getBoundingClientRect();
  const at = { clientX: box.x + box.width / 2, clientY: box.y + box.height / 2 };
  const all = { bubbles: true, cancelable: true, composed: true, view: window, ...at };
  const point = { pointerType: touch ? "touch" : "mouse", isPrimary: true, ...all };
  if (touch) {
    const finger = new Touch({ identifier: 1, target: element, ...at });
    for (const [name, touches] of [["touchstart", [finger]], ["touchend", []]])
      element.dispatchEvent(
        new TouchEvent(name, { ...all, touches, targetTouches: touches, changedTouches: [finger] }),
      );
    return;
  }
  element.dispatchEvent(new PointerEvent("pointerdown", point));
  element.dispatchEvent(new MouseEvent("mousedown", all));
  element.dispatchEvent(new PointerEvent("pointerup", point));
  element.dispatchEvent(new MouseEvent("mouseup", all));
  element.click();
}"""
_SCROLL = """([step, end]) => {
  const room = innerHeight / 3;
  const parts = [...document.querySelectorAll("body *")].slice(0, 6000).filter((one) =>
    one.scrollHeight - one.clientHeight > 8 && one.clientHeight >= room &&
    /auto|scroll/.test(getComputedStyle(one).overflowY));
  let more = false;
  for (const one of [document.scrollingElement, ...parts].filter(Boolean)) {
    const before = one.scrollTop;
    one.scrollTop = end ? one.scrollHeight : before + one.clientHeight * step;
    more ||= one.scrollTop > before;
  }
  return more;
}"""
_SCREENS = 40
"""Maximum number of steps in which a trainee scrolls a part of a page."""
_SMALLER = 0.5
"""Scale of a screenshot relative to the window."""
_QUALITY = 55
PICTURE = 90_000
"""Maximum length of a stored screenshot in Base64, in characters."""


@dataclass(slots=True)
class Driver:
    """Controls the browser of one trainee, and records errors and requests of the course.

    ``slug`` is the id of the LMS's profile. ``errors`` are uncaught script errors, ``complaints``
    errors that scripts logged, ``elsewhere`` requested addresses outside the package, and
    ``missing`` and ``requested`` the requested files that do not and do exist.
    """

    context: BrowserContext
    lms: Lms
    slug: str
    axe: Axe | None = None
    """Checks pages for accessibility barriers; ``None`` for no checks."""
    errors: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    away: list[str] = field(default_factory=list)
    """Hosts of pages on other sites that the course opened, and that the visit cannot show."""

    blocked: list[str] = field(default_factory=list)
    """Blocked addresses that the course may need to work."""
    missing: list[str] = field(default_factory=list)
    requested: list[str] = field(default_factory=list)
    unfound: str = ""
    """The path of the launched page if it is missing; otherwise empty."""
    crashed: bool = False
    heard: Callable[[str], None] = lambda words: None
    """Called with the current action in words, or with an empty text as a sign of life."""
    ready: float = READY
    """Seconds that the course may take to show anything, and to call the API."""

    _pending: set[Request] = field(default_factory=set)
    _arrivals: int = 0
    _ending: bool = False
    _doing: str = ""
    _opened: int = 0
    _looked: list[tuple[Frame, JSHandle]] = field(default_factory=list)
    _leaving: bool = False
    """Whether the trainee is leaving the course."""

    def begin(self) -> None:
        """Start to record errors, requests and responses. Call this once, before the course is
        opened."""
        self.context.clock.install()
        self.context.on("weberror", lambda error: self._failed(error))
        self.context.on("console", lambda message: self._complained(message))
        self.context.on("request", lambda request: self._asked(request))
        self.context.on("response", lambda response: self._answered(response))
        self.context.on("requestfinished", lambda request: self._pending.discard(request))
        self.context.on("requestfailed", lambda request: self._pending.discard(request))

    def open(self, **visit: Any) -> Page:
        """Open the course in the LMS; ``visit`` has the options of templates/lms/simulator.ts."""
        self._opened += 1
        self._doing = OPENS
        self.heard(self._doing)
        self._ending = False
        whole = {"profile": self.slug, "window": "frame"} | visit
        page = self.context.new_page()
        page.on("crash", lambda _: self._crash())
        address = f"{self.lms.address}/lms/?visit={self._opened}#{quote(json.dumps(whole))}"
        with suppress(Error):
            page.goto(address, timeout=_LOAD)
        self._arrived(page)
        self.settle()
        return page

    def _crash(self) -> None:
        self.crashed = self.crashed or not self._ending

    def _arrived(self, page: Page) -> None:
        """Wait until the LMS has opened the course."""
        for _ in range(_LOAD // _TICK):
            self.heard("")
            with suppress(Error):
                page.wait_for_timeout(_TICK)
            if any(frame.url != "about:blank" for frame in self._frames()):
                return

    def look(self) -> Sight:
        """Read what is visible in all frames and windows of the course."""
        probe = resources.path("audit", "sight.js").read_text("utf-8")
        self._looked = []
        frames = []
        for frame in self._frames():
            with suppress(Error):
                handle = frame.evaluate_handle(f"() => {{ {probe} return probe.look(); }}")
                frames.append(handle.evaluate("(seen) => seen.told"))
                self._looked.append((frame, handle))
        return sight_of(frames)

    def picture(self) -> str:
        """A small screenshot of the course as JPEG in Base64; empty if there is no window or it is
        too large."""
        pages = [page for page in self.context.pages if not page.is_closed()]
        if not pages:
            return ""
        size = pages[-1].viewport_size or {"width": 1000, "height": 720}
        image = ""
        # Playwright's screenshot waits for the page's clock, which is stopped here.
        with suppress(Error):
            session = self.context.new_cdp_session(pages[-1])
            clip = {"x": 0, "y": 0, **size, "scale": _SMALLER}
            asked = {"format": "jpeg", "quality": _QUALITY, "clip": clip}
            image = str(session.send("Page.captureScreenshot", asked)["data"])
            session.detach()
        return image if len(image) <= PICTURE else ""

    def check(self, heading: str) -> None:
        """Check the visible page for accessibility barriers, if ``axe`` is set. ``heading``
        identifies the page: each is checked once."""
        if self.axe is not None:
            self.axe.look(self._frames(), heading)

    def act(self, act: Act, means: str = "mouse") -> bool:
        """Perform an action in the way ``means``, one of ``MEANS``; returns whether it was
        possible."""
        self._doing = f"the trainee {act}"
        self.heard(self._doing)
        if means == MEANS[0]:
            self._idle()
            self._forward(READING)
        self._leaving = act.why == "exit"
        done = True
        if act.kind == "wait":
            self._forward(_LONG)
        elif act.kind == "scroll":
            self._scroll()
        elif act.control is not None:
            done = self._use(act, act.control, means)
        self.settle()
        return done

    def _forward(self, milliseconds: int) -> None:
        """Advance the course's clock.

        First waits until each frame responds, then reports ``CLOCK``: a page that hangs before does
        so by itself, and a page that hangs afterwards may do so because of the clock.
        """
        for frame in list(self._frames()):
            with suppress(Error):
                frame.evaluate("() => 0")
        self.heard(CLOCK)
        self.context.clock.fast_forward(milliseconds)
        self.heard(self._doing)

    def _idle(self) -> None:
        """Wait until the course's requests are finished. If its clock were advanced earlier, the
        course would assume a timeout."""
        pages = [page for page in self.context.pages if not page.is_closed()]
        for _ in range(_IDLE // _TICK):
            if not self._pending or not pages:
                return
            with suppress(Error):
                pages[0].wait_for_timeout(_TICK)

    def _scroll(self) -> None:
        """Scroll every scrollable part of the course to its end."""
        for frame in list(self._frames()):
            for _ in range(_SCREENS):
                with suppress(Error):
                    if frame.evaluate(_SCROLL, [0.7, False]):
                        frame.page.wait_for_timeout(_TICK)
                        continue
                break
            with suppress(Error):
                frame.evaluate(_SCROLL, [1, True])

    def settle(self) -> None:
        """Wait until the last action has had its effect: pages are loaded, requests are finished,
        and the course's clock is advanced a little."""
        self._load()
        self._idle()
        self._forward(_SOON)
        self.quiet()
        # On a busy machine, the requests that a press causes begin only now.
        self._load()

    def look_again(self, patience: float = _LOAD / 1000) -> Sight:
        """Wait at most ``patience`` seconds until anything is visible; returns what is."""
        sight = self.look()
        end = time.monotonic() + patience
        while time.monotonic() < end:
            self.heard("")
            if not sight.empty or not self.context.pages:
                break
            with suppress(Error):
                self.context.pages[0].wait_for_timeout(_TICK)
            sight = self.look()
        return sight

    def wait_for_call(self) -> None:
        """Wait until the course has called the API, at most ``ready`` seconds. On a busy
        machine, a large course shows something long before its first call of the API."""
        end = time.monotonic() + self.ready
        while not self.lms.calls and self.context.pages and time.monotonic() < end:
            self.heard("")
            with suppress(Error):
                self.context.pages[0].wait_for_timeout(_TICK)

    def _load(self) -> None:
        """Wait until all pages and frames have loaded."""
        for page in self.context.pages:
            self.heard("")
            with suppress(Error):
                page.wait_for_load_state("load", timeout=_LOAD)
        for frame in self._frames():
            self.heard("")
            with suppress(Error):
                frame.wait_for_load_state("load", timeout=_LOAD)

    def quiet(self) -> None:
        """Wait until no request to the LMS is pending."""
        with suppress(TimeoutError):
            self.lms.wait_until_quiet(0.06, 3)

    def leave(self, page: Page) -> None:
        """Leave the course by the LMS's exit link on ``page``, after closing the course's own
        window if it has one."""
        for other in self.context.pages:
            if other is not page:
                with suppress(Error), other.expect_event("close", timeout=_LOAD):
                    other.close(run_before_unload=True)
                # The course may check its window with a timer.
                self._forward(_SOON)
        self.quiet()
        with suppress(Error):
            page.locator("#exit").click(timeout=_LOAD)
            page.wait_for_url("**/left.html", timeout=_LOAD)
            # Wait for one more request, so that the course's last one has arrived.
            page.evaluate("() => fetch('left.html', { cache: 'no-store' }).then(() => 0)")
        self._end(page)

    def close(self, page: Page) -> None:
        """Close the tab as a trainee does, so that its unload events occur."""
        with suppress(Error), page.expect_event("close", timeout=_LOAD):
            page.close(run_before_unload=True)
        self._end(page)

    def kill(self, page: Page) -> None:
        """Crash the tab, so that no script of the course runs when it ends."""
        self._ending = True
        with suppress(Error), page.expect_event("crash", timeout=_LOAD), suppress(Error):
            page.goto("chrome://crash")
        self._end(page)

    def _end(self, page: Page) -> None:
        self.quiet()
        for one in [page, *self.context.pages]:
            with suppress(Error):
                one.close()

    def _use(self, act: Act, control: Control, means: str) -> bool:
        if control.place[0] >= len(self._looked):
            return False
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
            elif means == "keyboard":
                found.focus()
                choosing = control.role in ("radio", "checkbox", "option", "menuitemradio")
                found.press("Space" if choosing else "Enter", timeout=_PRESS)
            elif means in ("events", "touch"):
                found.evaluate(_DISPATCH, means == "touch")
            else:
                found.click(timeout=_PRESS)
        except Error:
            return False
        return True

    def _frames(self) -> Iterator[Frame]:
        """The frames of the course in all windows, without the frames of the LMS."""
        count = 0
        for page in self.context.pages:
            for frame in page.frames:
                ours = urlsplit(frame.url).path.startswith("/lms/")
                if not ours and frame.url != "about:blank" and count < _FRAMES:
                    count += 1
                    yield frame

    def _ports(self) -> tuple[int | None, ...]:
        """The port of the LMS, and that of its second address, which acts as another site."""
        return tuple(urlsplit(one).port for one in (self.lms.address, self.lms.elsewhere) if one)

    def _answered(self, response: Response) -> None:
        url = urlsplit(response.url)
        path = unquote(url.path).removeprefix("/content/")
        if path == unquote(url.path) or url.port not in self._ports():
            return
        if response.request.is_navigation_request() and not self._arrivals:
            self.unfound = path if response.status == HTTPStatus.NOT_FOUND else ""
        self._arrivals += response.request.is_navigation_request()
        notes = self.missing if response.status == HTTPStatus.NOT_FOUND else self.requested
        if path not in notes and len(notes) < _ASKED:
            notes.append(path)

    def _note(self, notes: list[str], text: str) -> None:
        if text not in notes and len(notes) < _MOST:
            notes.append(text)

    def _failed(self, error: WebError) -> None:
        self._note(self.errors, str(error.error.message or error.error).split("\n")[0][:300])

    def _complained(self, message: ConsoleMessage) -> None:
        # Messages of the browser itself have no arguments.
        logged = message.type == "error" and bool(message.args)
        if logged and not urlsplit(message.location.get("url", "")).path.startswith("/lms/"):
            self._note(self.complaints, message.text.split("\n")[0][:300])

    def _asked(self, request: Request) -> None:
        url = urlsplit(request.url)
        ours = url.hostname in ("127.0.0.1", "localhost")
        ours = ours and url.port in self._ports()
        # The request of a video stays open while it plays.
        if ours and url.path.startswith("/content/") and request.resource_type != "media":
            self._pending.add(request)
        # The course's exit may open another site, which is no part of the course.
        if self._leaving and request.is_navigation_request():
            return
        if not ours and url.scheme not in ("data", "blob", "about"):
            self._note(self.elsewhere, request.url[:300])
            if request.resource_type in _DEPENDS:
                self._note(self.blocked, request.url[:300])
            if request.is_navigation_request():
                self._note(self.away, url.hostname or request.url[:60])
