"""The simulator of ``templates/lms`` as an LMS of tests/lms/lms.py, for any profile."""

from __future__ import annotations

import atexit
import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal
from urllib.parse import quote

from playwright.sync_api import BrowserContext, Error, Page

from builder.preview.lms import Faults, Lms, Message, running
from tests.browser.learner import Learner
from tests.lms.lms import Mode, Stored, gone_back, seconds
from tests.lms.scorm_again import Call
from tests.lms.verified import missing
from tests.support import patience
from tests.support.node import Call as Node
from tests.support.node import running as running_node
from tests.support.packages import unpack

HERE = Path(__file__).resolve().parent
TIME, STATUS = "cmi.core.session_time", "cmi.core.lesson_status"
FINAL = ("passed", "completed", "failed")
TESTED = ("strict", "moodle", "wagtail-lms")
"""The profiles of `make test`: the standard and nothing beyond it, an LMS that stores what was
committed, and one that stores each value by itself. The long runs play all profiles."""
AnyWindow = Literal["frame", "popup", "window"]
"""Besides those of lms.py: the LMS itself in a window of its own, which another page opened."""


@cache
def node() -> Node:
    """The simulator's modules in Node, until this process ends."""
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(running_node(HERE / "run.mjs"))


@dataclass(slots=True)
class Simulated:
    """One profile with one package and one trainee; see ``Lms`` of tests/lms/lms.py."""

    slug: str
    """Its file in templates/lms/profiles/."""
    settings: Mapping[str, Any]
    """What differs from the profile's defaults."""
    name: str
    server: Lms
    folder: Path
    """Where packages are unpacked."""
    lacks: Mapping[str, str]
    given: dict[str, str] = field(default_factory=dict)
    """What the LMS says at each launch, over what the profile says: mode, credit, …"""
    simulated: bool = True
    kept: bool = False
    """Whether the browser keeps the LMS's page for Back where the profile does not say so."""

    _pages: list[Page] = field(default_factory=list)
    _visits: int = 0
    _records: dict[int, list[Message]] = field(default_factory=dict)

    @property
    def verified(self) -> bool:
        """Whether the real thing was recorded with these settings, in every situation that counts
        (verified.py)."""
        return not missing(self.slug, node()("describe", self.slug)["settings"], self.settings)

    @property
    def faults(self) -> Faults:
        return self.server.faults

    @faults.setter
    def faults(self, faults: Faults) -> None:
        """Act at once, in pages that are open too."""
        self.server.faults = faults
        in_the_page = {
            "initialise": faults.initialise,
            "refuse": faults.refuse,
            "throws": faults.throws,
            "state_limit": faults.state_limit,
        }
        for page in self._pages:
            if not page.is_closed():
                page.evaluate(
                    "(faults) => window.simulator && Object.assign(simulator.faults, faults)",
                    in_the_page,
                )

    @property
    def calls(self) -> list[Call]:
        """Every call so far, in order."""
        names = Call.__dataclass_fields__
        return [
            Call(**{k: v for k, v in call.items() if k in names} | {"args": tuple(call["args"])})
            for call in self.server.calls
        ]

    def findings(self, **given: Any) -> list[dict[str, Any]]:
        """What the judge of templates/lms/findings.ts has to say of every call so far; ``given``
        is what it takes besides: ``views``, ``answers``, ``trouble``."""
        paced = node()("describe", self.slug)["paced"]
        found: list[dict[str, Any]] = node()("judge", self.server.calls, {"paced": paced} | given)
        return found

    @property
    def values(self) -> dict[str, str]:
        """Every element of the current attempt as the LMS holds it."""
        return dict(self._held()["values"])

    def url(self, window: AnyWindow = "frame", mode: Mode = "normal", **visit: Any) -> str:
        """The simulator's page; ``visit`` is what simulator.js takes: ``levels=7``, ``api=500``;
        ``kept`` is whether the browser keeps it for Back."""
        self._visits += 1
        kept = visit.pop("kept", self.kept or node()("describe", self.slug)["kept"])
        whole = {"profile": self.slug, "settings": dict(self.settings), "window": window}
        whole |= {"mode": mode, "given": self.given} | visit
        # A new address each time, because a change of the fragment alone causes no reload.
        query = f"visit={self._visits}" + ("&kept" if kept else "")
        return f"{self.server.address}/lms/?{query}#{quote(json.dumps(whole))}"

    def upload(self, package: Path) -> None:
        number = sum(1 for _ in self.folder.iterdir()) + 1
        self.server.package = unpack(package, self.folder / str(number))

    def go_to(self, activity: int, revision: int = 1) -> None:
        """Go on in this activity, as Moodle has it: each has a record of its own, and the package
        at a path of its own, with the number of its revision (facts/moodle.md#launch)."""
        place = f"/pluginfile.php/{activity}/mod_scorm/content/{revision}/"
        with self.server._changed:
            self.server._messages = self._records.setdefault(activity, [])
            self.server.place = place

    def open(
        self,
        context: BrowserContext,
        window: AnyWindow = "frame",
        mode: Mode = "normal",
        **visit: Any,
    ) -> Learner:
        """As tests/lms/lms.py has it; ``visit`` as for ``url``."""
        learner = self.launch(context, window, mode, **visit).started()
        learner.page.bring_to_front()
        if learner.frame is not learner.page.main_frame:
            learner.frame.frame_element().focus()
        return learner

    def launch(
        self,
        context: BrowserContext,
        window: AnyWindow = "frame",
        mode: Mode = "normal",
        **visit: Any,
    ) -> Learner:
        """Open the page, without waiting for the course to start."""
        page = context.new_page()
        self._pages.append(page)
        address = self.url(window, mode, **visit)
        if window != "frame":
            with context.expect_page() as opened:
                page.goto(address)
            page = opened.value
            page.bring_to_front()
            if window == "popup" and node()("describe", self.slug)["popup"] == "course":
                return Learner(page, page.main_frame)
            self._pages.append(page)
            frame = page.locator("iframe").element_handle().content_frame()
            assert frame
            return Learner(page, frame)
        with page.expect_event("framenavigated", lambda frame: frame.name == "sco"):
            page.goto(address)
        frame = page.frame("sco")
        assert frame
        return Learner(page, frame)

    def leave(self, learner: Learner) -> None:
        page = learner.page
        self._wait_for_the_log(page)
        own = learner.frame is page.main_frame or "/lms/level.html" in page.url
        if not page.is_closed() and own:
            with page.expect_event("close"):
                page.close(run_before_unload=True)
        elif not page.is_closed():
            page.locator("#exit").click()
            page.wait_for_url("**/left.html")
        self.wait_for_the_last(page)

    def _wait_for_the_log(self, page: Page) -> None:
        """A page that goes drops what of its log is still on its way; offline none is."""
        for one in {page, *self._pages}:
            if not one.is_closed():
                # A page that is no LMS's, or is just going, has none.
                with suppress(Error):
                    one.evaluate("() => navigator.onLine && window.simulator?.sent()")

    def wait_for_the_last(self, page: Page) -> None:
        """Wait until all has arrived that a page has sent as it went. What the browser asks for
        after that comes behind it, however long either takes on a busy machine."""
        ours = [one for one in (page, *self._pages) if not one.is_closed() and "/lms/" in one.url]
        # Offline nothing comes, and nothing is to come.
        with suppress(Error):
            if ours:
                ours[0].evaluate("() => fetch('left.html', { cache: 'no-store' }).then(() => 0)")
            else:
                self._ask(page.context)
        self.server.wait_until_quiet(seconds=patience.SECONDS)

    def _ask(self, context: BrowserContext) -> None:
        """Ask for a page of the LMS in a tab of its own."""
        tab = context.new_page()
        try:
            tab.goto(f"{self.server.address}/lms/left.html")
        finally:
            tab.close()

    def back(self, learner: Learner) -> Learner:
        self.leave(learner)
        return gone_back(learner.page, "iframe[name=sco]")

    def committed(self) -> float:
        """The session time, in seconds, that the latest launch has come to by its LMSCommits, up to
        the first with a final status."""
        told = {TIME: "", STATUS: ""}
        committed = 0.0
        for call in self.calls:
            if call.launch != self.server.launches:
                continue
            if call.name == "LMSSetValue" and call.args[0] in told:
                told[call.args[0]] = call.args[1]
            elif call.name == "LMSCommit":
                committed = seconds(told[TIME])
                if told[STATUS] in FINAL:
                    break
        return committed

    def stored(self) -> Stored:
        held = self._held()
        interactions = held["interactions"]
        return Stored(
            held["status"],
            held["score"],
            held["seconds"],
            held["location"],
            held["state"],
            None if interactions is None else tuple(interactions),
        )

    def would(self, report: str) -> list[dict[str, Any]]:
        """What the preview's panel says that the LMS would do now, of a course that reports so."""
        said: list[dict[str, Any]] = node()(
            "outcomes", self.slug, dict(self.settings), self.server.messages, {"report": report}
        )
        return said

    def grade(self) -> float | None:
        """What its gradebook holds."""
        grade: float | None = self._held()["grade"]
        return grade

    def wait(self, element: str, value: str, seconds: float = patience.SECONDS) -> None:
        """Wait until the LMS holds this value: what a closing page sends arrives later."""
        if not self.server.wait(lambda: self.values.get(element) == value, seconds):
            held = self.values.get(element)
            raise AssertionError(f"{element} is {held!r} after {seconds} s, not {value!r}")

    def wait_for_call(self, name: str, seconds: float = patience.SECONDS) -> None:
        """Wait until the latest launch has made this call."""
        if not self.server.wait(
            lambda: any(
                call.launch == self.server.launches and call.name == name for call in self.calls
            ),
            seconds,
        ):
            raise AssertionError(f"no {name} after {seconds} s")

    def _held(self) -> dict[str, Any]:
        held: dict[str, Any] = node()(
            "stored", self.slug, dict(self.settings), self.server.messages
        )
        return held


@contextmanager
def simulated(
    package: Path | None = None, profile: str = "strict", **settings: Any
) -> Iterator[Simulated]:
    """Run a profile until the block ends; ``package`` is an unpacked one, or upload a zip."""
    given = settings.pop("given", {})
    about = node()("describe", profile, settings)
    with TemporaryDirectory() as folder, running(package or Path(folder)) as server:
        yield Simulated(
            profile, settings, about["name"], server, Path(folder), about["lacks"], given
        )
