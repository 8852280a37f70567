"""The audit's trainee in a real LMS: the same scenarios, the same rules, another witness."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Error, Frame, Page, Request

from builder.audit.visit.driver import Driver
from builder.audit.visit.jail import jail
from builder.audit.visit.observers import About, Witness
from builder.audit.visit.record import Held, Play
from builder.audit.visit.scenarios import play
from builder.preview.lms import Lms
from tests.lms.hosts.host import Host
from tests.support import chromium

RECORDER = (Path(__file__).resolve().parents[3] / "lms/recorder.js").read_text("utf-8")
_TICK = 20
_QUIET = 8
"""Ticks without a request until nothing more is on its way."""
_LONG = 250


@dataclass(slots=True)
class Heard:
    """What the driver asks of ``builder.preview.lms.Lms``, of a host that runs: ``context`` is the
    trainee's, whose calls are kept by tests/lms/recorder.js."""

    host: Host
    context: BrowserContext
    address: str
    launches: int = 0
    messages: tuple[Mapping[str, object], ...] = ()
    under_way: set[Request] = field(default_factory=set)
    elsewhere: str = ""

    _logged_in: Sequence[Mapping[str, Any]] = ()
    """The cookies of a trainee who is logged out."""
    _before: list[dict[str, Any]] = field(default_factory=list)
    """The calls of launches that are over."""

    @property
    def calls(self) -> list[dict[str, Any]]:
        """Every call so far, as templates/lms/log.ts tells them."""
        return [*self._before, *self._of_this()]

    def begin(self) -> None:
        """A launch follows."""
        self._before += self._of_this(forget=True)
        self.launches += 1

    def change_faults(self, faults: Mapping[str, object]) -> None:
        """Log the trainee out, or in again as in another tab; the line is the context's."""
        if faults.get("expired"):
            self._logged_in = self.context.cookies()
            self.host.expire(self.context)
        elif self._logged_in:
            self.context.add_cookies(cast(Any, self._logged_in))
            self._logged_in = ()

    def wait_until_quiet(self, quiet: float, seconds: float) -> None:
        """Wait until no request is on its way and none has begun for some time."""
        page = next((one for one in self.context.pages if not one.is_closed()), None)
        still = 0
        for _ in range(_LONG if page else 0):
            still = 0 if self.under_way else still + 1
            if still > _QUIET:
                return
            with suppress(Error):
                page.wait_for_timeout(_TICK)  # type: ignore[union-attr]

    def _of_this(self, forget: bool = False) -> list[dict[str, Any]]:
        told = json.loads(self._at_home("recorded", forget) or "[]")
        return [_call(self.launches, order, one) for order, one in enumerate(told, 1)]

    def _at_home(self, key: str, forget: bool) -> str:
        """An entry of the storage that all pages of the host share."""
        ours = [one for one in self.context.pages if _origin(one.url) == self.address]
        page = ours[0] if ours else self.context.new_page()
        if not ours:
            page.goto(self.host.home)
        text = page.evaluate(
            "([key, forget]) => { const had = localStorage.getItem(key) ?? '';"
            " if (forget) localStorage.removeItem(key); return had; }",
            [key, forget],
        )
        if not ours:
            page.close()
        return str(text)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if isinstance(value, dict) else str(value)


def _call(launch: int, order: int, one: Mapping[str, Any]) -> dict[str, Any]:
    name, *args = one["call"]
    error = one.get("error", "0")
    return {
        "launch": launch,
        "order": order,
        "name": name,
        "args": [_text(each) for each in args],
        "value": _text(one.get("returns", "")),
        "error": "0" if isinstance(error, dict) else str(error),
        "threw": str(one.get("throws", "")),
    }


@dataclass(slots=True)
class RealDriver(Driver):
    """The trainee's hands and eyes at a host."""

    host: Host | None = None
    _own: set[Frame] = field(default_factory=set)
    """The LMS's own frames."""

    @property
    def _real(self) -> Host:
        assert self.host
        return self.host

    @property
    def _heard(self) -> Heard:
        return cast(Heard, self.lms)

    def open(self, **visit: Any) -> Page:
        self._heard.begin()
        page, frame = self._real.launch(self.context, visit.get("window", "frame"))
        for one in self.context.pages:
            if one.main_frame != frame:
                self._own.add(one.main_frame)
        self._arrived(page)
        self.settle()
        return page

    def leave(self, page: Page) -> None:
        for other in self.context.pages:
            if other is not page and other.main_frame not in self._own:
                with suppress(Error):
                    other.close(run_before_unload=True)
        self.quiet()
        with suppress(Error):
            self._real.leave_page(page)
        self._end(page)

    def quiet(self) -> None:
        super(RealDriver, self).quiet()
        for page in self.context.pages:
            if page.main_frame in self._own:
                with suppress(Error):
                    page.wait_for_function(self._real.sent, timeout=3_000)

    def _end(self, page: Page) -> None:
        self.quiet()
        for one in [page, *self.context.pages]:
            with suppress(Error):
                one.close()
        # No word comes of what a page sent while it went away; the next one asks after it.
        self._heard.under_way.clear()
        after = self.context.new_page()
        with suppress(Error):
            after.goto(self._real.home)
        self.quiet()
        after.close()

    def _frames(self) -> Iterator[Frame]:
        for page in self.context.pages:
            for frame in page.frames:
                ours = frame in self._own or _origin(frame.url) + "/" == frame.url
                if not ours and frame.url != "about:blank":
                    yield frame


@dataclass(frozen=True, slots=True)
class RealWitness(Witness):
    """Says what a host holds; ``like`` is the same scenario as simulated, for what only a profile
    knows beforehand."""

    host: Host
    like: Play

    def about(self) -> About:
        return About(self.like.functions, frozenset(self.like.lacks))

    def held(self) -> Held:
        stored = self.host.stored()
        answers = stored.interactions
        return Held(
            status=stored.status or "",
            score=stored.score or "",
            seconds=stored.seconds,
            location=stored.location or "",
            state=stored.state or "",
            answers=None if answers is None else len(answers),
            grade=self.host.grade(),
            mastery=self.like.moments[0].held.mastery if self.like.moments else "",
        )


def played(host: Host, package: Path, like: Play) -> Play:
    """What a trainee does with a zip at a host that has no course yet, in the scenario of the
    simulated play ``like``. Needs a thread without a running Playwright (apart.py)."""
    host.upload(package)
    address = _origin(host.home)
    with (
        jail(chromium.find(), address, sandbox=False) as jailed,
        jailed.trainee() as context,
    ):
        context.add_init_script(RECORDER)
        # Whether its page waits for its server, a recorded profile knows.
        waits = ({"means": "sync"},) if like.waits else ()
        heard = Heard(host, context, address, messages=waits)
        context.on("request", lambda one: heard.under_way.add(one))
        context.on("requestfinished", lambda one: heard.under_way.discard(one))
        context.on("requestfailed", lambda one: heard.under_way.discard(one))
        lms = cast(Lms, heard)
        driver = RealDriver(context, lms, host.slug, host=host)
        page = cast(Page, None)
        return play(like.scenario, driver, RealWitness(page, lms, host.slug, host, like))
