"""One run: a plan carried out in Chromium against the simulated LMS, and judged."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Frame, Page

from builder.course import interface
from builder.preview.lms import Faults
from tests.chaos import held
from tests.chaos.doubts import doubts
from tests.chaos.plan import Fault, Plan, Visit
from tests.chaos.trainee import LOOKING_BACK, Trainee, named
from tests.chaos.truth import RANKS, Found, Truth
from tests.lms.simulated import Simulated, node, simulated
from tests.support import patience

TEXTS = interface.texts("en")
SAVED = TEXTS["player.saved"]
NOT_SAVED = TEXTS["player.not_saved"]
RAW = "cmi.core.score.raw"
KEPT = TEXTS["player.visit.kept_in_browser"]

TODAY = "2026-11-25T12:00:00Z"
STEP = 50
"""Milliseconds of the page's time that pass at once."""
BUSY = 1000
"""Milliseconds of the page's time after which little happens; then that many pass at once."""
MOST = 90_000
"""Milliseconds of the page's time within which something has to happen, back-offs included."""
PACE = 100
"""Milliseconds of the page's time that pass at once in an LMS that saves each value by itself."""
PATIENCE = 300.0
"""Seconds of real time after which a run is given up: the browser hangs; no machine is so slow."""

WATCH = (Path(__file__).parent / "watch.js").read_text("utf-8")
NO_STORAGE = """for (const name of ["localStorage", "sessionStorage", "indexedDB"]) {
  Object.defineProperty(window, name, {
    get() { throw new DOMException("denied", "SecurityError"); },
  });
}"""


@cache
def about(profile: str) -> dict[str, Any]:
    described: dict[str, Any] = node()("describe", profile)
    return described


class StuckError(Exception):
    """Something that a trainee waits for does not come."""


@dataclass(slots=True)
class Story:
    """What happened, to be read; and what was wrong."""

    plan: Plan
    lines: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    promises: int = 0
    """How often the page said what can be held against it."""

    def tell(self, text: str) -> None:
        self.lines.append(text)

    def __str__(self) -> str:
        end = [f"WRONG: {one}" for one in self.faults] or ["All that was saved is there."]
        return "\n".join([self.plan.title, *(f"  {one}" for one in self.lines), *end])


@dataclass(slots=True)
class Run:
    """A run under way: one trainee, one LMS, one browser profile."""

    plan: Plan
    lms: Simulated
    context: BrowserContext
    story: Story
    truth: Truth
    page: Page = field(init=False)
    frame: Frame = field(init=False)
    """Of the visit under way."""
    acts: int = 0
    """How many there were in it when it was last looked at."""
    earlier: int = 0
    """How often the LMS was called before it."""
    lies: bool = False
    """Whether the LMS now confirms what it loses."""

    @property
    def paced(self) -> bool:
        return bool(about(self.plan.profile)["paced"])

    def carry_out(self) -> None:
        for number, visit in enumerate(self.plan.visits, 1):
            self.story.tell(f"Visit {number}")
            self.visit(visit)
        self.story.tell("The faults are over. The last visit")
        self.last_visit()

    # -- visits ---------------------------------------------------------------------------------

    def visit(self, visit: Visit) -> None:
        at_once = visit.launch.faults
        if visit.launch.words:
            self.story.tell(f"  {visit.launch.words}")
        self.set(at_once)
        trainee = self.open(**visit.launch.options)
        for number, act in enumerate(visit.acts):
            self.change(visit.faults, number, at_once)
            self.story.tell(f"  {trainee.do(act)}")
            self.look()
        self.change(visit.faults, len(visit.acts), at_once)
        self.wait(visit.wait)
        self.look()
        if visit.recovers:
            self.story.tell("  (nothing is wrong any more)")
            self.set({})
            kinds = {kind for fault in visit.faults for kind in fault.what}
            enough = self.caught if kinds & {"offline", "status", "expired"} else self.settled
            self.until(enough, "“Saved”, now that nothing is wrong")
            self.look()
        if self.practice:
            self.truth.practised()
        self.end(visit, trainee)
        self.set({})
        stored = self.lms.stored()
        self.truth.left(stored.status or "", stored.score or "")

    def last_visit(self) -> None:
        trainee = self.open()
        self.until(self.settled, "“Saved”, now that nothing is wrong")
        found = self.find(trainee)
        # What the browser has kept is read while the trainee looks already.
        added = trainee.add()
        if added or found.shown != found.held:
            found = replace(self.find(trainee), added=added)
        words = f"finds {found.shown}; the LMS holds {found.status!r} and {found.score!r}"
        self.story.tell(f"  {words}")
        self.story.faults += self.truth.broken(found)
        self.close()
        if self.plan.profile == "strict":
            self.judge()

    def find(self, trainee: Trainee) -> Found:
        shown = trainee.all_answers()
        self.until(self.settled, "“Saved” after a look at every page")
        self.lms.wait_for_the_last(self.page)
        stored = self.lms.stored()
        answers, best = held.answers(stored.state or "")
        return Found(
            # No page shows whether an ending was ever reached, nor a test-out that is needless.
            {"test": answers.get("test", "")} | shown | {"ended": answers.get("ended", "")},
            answers,
            best,
            stored.status or "",
            stored.score or "",
            stored.interactions or (),
            looking_back=self.words() == LOOKING_BACK,
        )

    def judge(self) -> None:
        """No call may be outside the specification."""
        for one in self.lms.findings(trouble=True):
            if one["kind"] == "specification":
                self.story.faults.append(f"outside SCORM 1.2: {one['call']}: {one['words']}")

    def open(self, *, foreign: bool = False, **options: Any) -> Trainee:
        state = self.lms.stored().state or ""
        answers, _ = held.answers(state)
        self.truth.launch(answers, begun=bool(state))
        self.acts = 0
        self.earlier = len(self.lms.server.calls)
        if self.lies:
            self.truth.doubt(math.inf)
        if foreign:
            options["foreign"] = self.lms.server.elsewhere
        learner = self.lms.launch(self.context, self.plan.window, **options)
        self.page, self.frame = learner.page, learner.frame
        if self.frame is not self.page.main_frame:
            # In a window, too, the course may be some frames further in.
            self.until(lambda: self.page.frame("sco") is not None, "the course's frame")
            self.frame = self.page.frame("sco") or self.frame
        trainee = Trainee(self.frame, self.truth, self.wait, self.until)
        shown = self.frame.locator("main h1")
        self.until(lambda: shown.count() > 0, "the course")
        # A popup may keep the window of its first, empty document, in which the script ran.
        if not self.frame.evaluate("watched.current()"):
            self.frame.evaluate(WATCH)
        # On the cover of a refresher, the buttons come with the start.
        started = self.frame.locator("#progress:not(:empty), #begin:visible, .cover .resume")
        self.until(lambda: started.count() > 0, "the course's start")
        return trainee

    def end(self, visit: Visit, trainee: Trainee) -> None:
        said = {
            "kill": "The tab dies.",
            "close": "The tab is closed.",
            "away": "The tab goes elsewhere.",
            "login": "The LMS shows its login page.",
            "exit": "Exit, and the tab is closed.",
            "leave": "The LMS's own way out.",
        }
        self.story.tell(f"  {said[visit.end]}")
        if visit.end == "exit":
            self.story.tell(f"  {trainee.exit()}")
            self.look()
        elif visit.end == "kill":
            self.kill()
        elif visit.end == "away":
            self.page.goto("about:blank")
        elif visit.end == "login":
            self.set({"expired": True})
            self.page.goto(f"{self.lms.server.address}/lms/left.html")
        self.close()

    def kill(self) -> None:
        """The process of the page dies, and nothing of the page hears of it."""
        try:
            self.page.goto("chrome://crash")
        except Error:
            return
        raise AssertionError("the tab is still there")

    def close(self) -> None:
        for page in self.context.pages:
            page.close()
        self.lms.wait_for_the_last(self.page)

    # -- faults ---------------------------------------------------------------------------------

    def change(self, faults: tuple[Fault, ...], now: int, always: dict[str, Any]) -> None:
        """Set what is wrong before an act."""
        if any(now in (fault.begins, fault.ends) for fault in faults):
            self.look(quietly=True)
            at_work = [fault.what for fault in faults if fault.begins <= now < fault.ends]
            self.set({name: value for what in (always, *at_work) for name, value in what.items()})
            self.story.tell(f"  (wrong now: {at_work or 'nothing'})")

    def set(self, what: dict[str, Any]) -> None:
        self.context.set_offline(bool(what.get("offline")))
        self.lms.faults = Faults(**{name: what[name] for name in what if name != "offline"})
        self.truth.refused_score |= RAW in what.get("refuse", ())
        lies = self.truth.doubts.lie(what)
        if lies:
            self.truth.doubt(math.inf)
        elif self.lies and not self.truth.doubts.dead:
            self.truth.doubt(self.acts)
        self.lies = lies

    # -- time and what is in view -----------------------------------------------------------------

    def wait(self, milliseconds: int) -> None:
        """Let time pass in the pages, and answers of the server come in between."""
        passed = 0
        while passed < milliseconds:
            # A chain of answers and timers gets on within the first second, then little happens.
            step = min(4 * STEP if passed < BUSY else BUSY, milliseconds - passed)
            self.pass_time(step)
            passed += step
            self.look(quietly=True)

    def pass_time(self, milliseconds: int) -> None:
        # Where each value goes by itself, what the player keeps apart has to stay so.
        slices = -(-milliseconds // PACE) if self.paced else 1
        for _ in range(slices):
            self.context.clock.run_for(milliseconds // slices)
            self.hear()

    def hear(self) -> None:
        """Let every request be answered: they are not on the page's clock, and a busy machine must
        not look like a line that is too slow."""
        for page in self.context.pages:
            for frame in page.frames:
                # A frame that goes away hears nothing any more.
                with suppress(Error):
                    frame.evaluate("watched.answered()")

    def until(self, true: Callable[[], bool], words: str) -> None:
        began = time.monotonic()
        passed = 0
        while passed < MOST and time.monotonic() - began < PATIENCE:
            if true():
                return
            # What does not come at once waits for a line that is tried again after seconds.
            step = STEP if passed < BUSY else 4 * STEP if passed < 4 * BUSY else BUSY
            self.pass_time(step)
            passed += step
        raise StuckError(f"{words} does not come; the page says {self.words()!r}")

    def words(self) -> str:
        return "".join(self.frame.locator("#save-status").all_inner_texts())

    def settled(self) -> bool:
        """Whether all is saved; or there is nothing to save, where the LMS shows a final result
        and the trainee looks back at it."""
        words = self.words()
        return words == SAVED or (words == LOOKING_BACK and self.mode() == "review")

    def caught(self) -> bool:
        """Whether it is settled, or the LMS sends nothing more in this visit, in which a request
        has failed, and the page says so."""
        return self.settled() or (self.truth.doubts.dead and self.words() == NOT_SAVED)

    def mode(self) -> str:
        """What the LMS said of this visit."""
        calls = self.lms.server.calls[self.earlier :]
        asked = [call for call in calls if call["args"] == ["cmi.core.lesson_mode"]]
        return str(asked[-1]["value"] or "") if asked else ""

    @property
    def practice(self) -> bool:
        """Whether the LMS has said that this visit is to change nothing."""
        return self.mode() not in ("", "normal")

    def look(self, quietly: bool = False) -> None:
        """Read what was said of saving, and hold the course to it."""
        seen = self.frame.evaluate("watched.read()")
        earlier, self.acts = self.acts, seen["acts"]
        told = [(what, words, act) for what, words, act in seen["told"] if words]
        saved = [act for what, words, act in told if words == SAVED]
        if saved and self.practice:
            self.story.faults.append(f"the page says {SAVED!r} in a visit that changes nothing")
            return
        if saved and self.truth.doubts.blind:
            # It says so before it has sent, and gets the moment that this takes.
            self.lms.wait_for_the_last(self.page)
        if self.truth.doubts.closed and self.lms.stored().status in RANKS[3:]:
            self.truth.close(earlier)
        for act in saved:
            self.story.promises += self.truth.saved(act)
        for what, words, act in told:
            if what == "notice" and KEPT in words:
                self.story.promises += self.truth.keeps(act)
        if seen["status"] == SAVED:
            self.truth.show(named(seen["shown"]))
        if not quietly:
            self.story.tell(f"    the page says {seen['status']!r}")


def run(plan: Plan, browser: Browser, course: Path, script: str = "") -> Story:
    """Carry out a plan; the story says what was wrong. ``course`` is the unpacked package;
    ``script`` runs in each frame before the page's own."""
    story = Story(plan)
    context = browser.new_context()
    context.set_default_timeout(patience.MILLISECONDS)
    context.on("weberror", lambda error: story.faults.append(f"page error: {error.error}"))
    context.on("dialog", lambda dialog: dialog.accept())
    context.clock.install(time=TODAY)
    context.clock.pause_at("2026-11-25T12:00:01Z")
    context.add_init_script(WATCH)
    if script:
        context.add_init_script(script)
    if not plan.storage:
        context.add_init_script(NO_STORAGE)
    truth = Truth(doubts(plan.profile, plan.settings), plan.storage)
    with simulated(course, plan.profile, **plan.settings) as lms:
        try:
            Run(plan, lms, context, story, truth).carry_out()
        except (StuckError, TimeoutError, Error) as problem:
            story.faults.append(f"{type(problem).__name__}: {problem}")
        finally:
            context.close()
    return story
