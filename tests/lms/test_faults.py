"""Whatever goes wrong with LMS, line, browser or clock: the trainee goes on and is told the truth,
and in the end the LMS holds everything that was called saved.

A row of ``FAULTS`` is a fault: how it begins and ends, what shows that it happened, and what the
trainee is told meanwhile. Each meets every profile that it applies to. The trainee answers a
practice question, turns the page, passes the quiz and with it the course while the fault lasts.

The browser's clock stands still but for ``pass_time``, which waits for every answer in between:
nothing depends on how fast the machine is.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Frame, Request, expect

from builder import interface
from builder.lms import Faults
from builder.state import decode
from tests.browser.learner import Learner
from tests.browser.player_course import write_sco
from tests.lms.facts import FACTS, Visit
from tests.lms.simulated import Simulated, node, simulated
from tests.support import patience
from tests.support.courses import page, question

TEXTS = interface.texts("en")
PRACTICE = question("calm", "b")
QUIZ = (question("one", "a"), question("two", "a"))
RIGHT = {"one": "a", "two": "a"}
HALF = {"one": "a", "two": "b"}
"""Answers to the quiz; half of them right are not enough."""
PAGES = (
    page("first", "Keep calm.\n\n::: check calm\n", checks=(PRACTICE,)),
    page("quiz", "Ready?", kind="quiz", quiz=QUIZ),
)
NAMES = {one.key: one.id for one in PAGES}
START = datetime(2026, 1, 5, 9, tzinfo=UTC)
STEP = 2000
"""Milliseconds of the browser's clock between two looks at the page."""
MOST_STEPS = 60
"""Looks until a fault that is over has to be made good: two minutes."""
SLICE = 500
"""Milliseconds that pass without waiting for answers: a batch at most is sent in them."""
PACED_SLICE = 100
"""The same where each value goes by itself: a value at most."""
A_WHILE = 20_000
"""Milliseconds in which an LMS that is back is asked again, and a trainee who is looks round."""
MINUTE = 60_000
HOUR = 60 * MINUTE

STORING = """
window.storing = 0;
const counted = (owner, name, ends) => {
  const begin = owner[name];
  owner[name] = function (...given) {
    const begun = begin.apply(this, given);
    window.storing += 1;
    let over = false;
    const end = () => {
      window.storing -= over ? 0 : 1;
      over = true;
    };
    for (const type of ends) begun.addEventListener(type, end);
    return begun;
  };
};
counted(IDBFactory.prototype, "open", ["success", "error"]);
counted(IDBDatabase.prototype, "transaction", ["complete", "abort"]);
"""
"""Counts what this browser is still storing: the journal is not on the browser's clock."""
TURN = """() => new Promise((turned) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => turned(window.storing);
  port2.postMessage("");
})"""
"""Lets the page deal with what has arrived; how much it is storing then."""

FORGET = """() => new Promise((gone, kept) => {
  const deleting = indexedDB.deleteDatabase("scorm-builder");
  deleting.onsuccess = gone;
  deleting.onerror = deleting.onblocked = kept;
})"""


@dataclass(frozen=True, slots=True)
class Held:
    """What an LMS holds of a trainee's work. How often it was told of an answer, and the time, are
    for others to say (test_policy.py, ``check`` below)."""

    status: str
    score: str
    location: str
    interactions: tuple[tuple[str, ...], ...]
    """id, student_response and result, each once."""
    visited: frozenset[str]
    """In the state, as all that follows."""
    practice: tuple[str, ...]
    """The answers to practice questions."""
    best: int | None
    """The best result of the quiz, in hundredths of a percent."""


@dataclass(slots=True)
class Trouble:
    """One trainee with one LMS and one browser, and what can be done to them."""

    lms: Simulated
    context: BrowserContext
    learner: Learner | None = None
    older: Learner | None = None
    """The window that was open before."""
    opened: Mapping[str, Any] = field(default_factory=dict)
    passed: int = 0
    """Milliseconds that have passed so far, but for leaps of the clock."""
    loaded: list[str] = field(default_factory=list)
    """The addresses of everything that the browser has got."""
    failed: list[str] = field(default_factory=list)
    """The addresses of everything that the browser could not send."""
    _under_way: set[Request] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.context.clock.install(time=START)
        self.context.clock.pause_at(START)
        self.context.add_init_script(STORING)
        self.context.on("request", lambda request: self._under_way.add(request))
        self.context.on("response", lambda response: self._answered(response.request))
        self.context.on("requestfinished", lambda request: self._ended(request, self.loaded))
        self.context.on("requestfailed", lambda request: self._ended(request, self.failed))

    def _answered(self, request: Request) -> None:
        # Of an answer that nobody reads, the browser does not tell when it ends.
        if request.resource_type == "fetch":
            self._under_way.discard(request)

    def _ended(self, request: Request, into: list[str]) -> None:
        self._under_way.discard(request)
        into.append(request.url)

    @property
    def paced(self) -> bool:
        return bool(node()("describe", self.lms.slug)["paced"])

    @property
    def blind(self) -> bool:
        """Whether LMSCommit is true whatever becomes of what is sent."""
        return bool(node()("doubts", self.lms.slug, {})["blind"])

    @property
    def frame(self) -> Frame:
        assert self.learner is not None
        return self.learner.frame

    def open(self) -> None:
        self.learner = self.lms.launch(self.context, **self.opened)
        self.learner.started()
        self.settle()

    def leave(self) -> None:
        assert self.learner is not None
        self.lms.leave(self.learner)
        # What a page had under way that is gone, nobody hears of.
        self._under_way.clear()

    def forget(self) -> None:
        """After leaving: this browser keeps nothing of the course."""
        assert self.learner is not None
        self.learner.page.evaluate(FORGET)

    # What the trainee does.

    def answer(self) -> None:
        form = self.frame.locator("form[data-question=calm]")
        form.locator("[value=b]").check()
        form.locator("[type=submit]").click()
        expect(form.locator(".feedback h3")).to_have_text("Correct")

    def turn(self) -> None:
        title = self.frame.locator("#next").inner_text().removeprefix("Next: ")
        self.frame.locator("#next").click()
        expect(self.frame.locator("h1")).to_have_text(title)

    def take_quiz(self, answers: Mapping[str, str]) -> None:
        quiz = self.frame.locator("[data-quiz]")
        quiz.locator("button", has_text="Start").click()
        for onward in ("Next question", "See your result"):
            asked = quiz.locator("form[data-question]").get_attribute("data-question")
            quiz.locator(f"[value={answers[asked or '']}]").check()
            quiz.locator("[type=submit]").click()
            quiz.locator("button", has_text=onward).click()
        expect(quiz.locator(".pass-line")).to_be_visible()

    def work(self, answers: Mapping[str, str] = RIGHT) -> None:
        """All that there is to do."""
        self.answer()
        self.turn()
        self.take_quiz(answers)

    # What the trainee sees.

    def status(self) -> str:
        return self.frame.locator("#save-status").inner_text()

    def wait_until_told(self, *names: str) -> None:
        """Let time pass until the place for it says how the trainee's work is kept."""
        words = [TEXTS[f"player.{name}"] for name in names]
        self.wait_until(lambda: self.status() in words, " or ".join(words))

    def wait_for_the_next_page(self) -> None:
        """What the next page needs comes ahead of it."""
        self.wait_until(lambda: any("page-quiz" in one for one in self.loaded), "the next page")

    def wait_until(self, true: Callable[[], bool], what: str) -> None:
        for _ in range(MOST_STEPS):
            if true():
                return
            self.pass_time(STEP)
        raise AssertionError(f"{what} does not come; the page says “{self.status()}”")

    def pass_time(self, milliseconds: int) -> None:
        a_slice = PACED_SLICE if self.paced else SLICE
        for _ in range(milliseconds // a_slice):
            self.context.clock.run_for(a_slice)
            self.passed += a_slice
            self.settle()

    def settle(self) -> None:
        """Wait until no request is under way, nothing is being stored, and no answer has led to
        another request."""
        end = time.monotonic() + patience.SECONDS
        quiet = 0
        while quiet < 2:
            storing = self.frame.evaluate(TURN)
            quiet = 0 if storing or self._under_way else quiet + 1
            if time.monotonic() > end:
                urls = [request.url for request in self._under_way]
                raise AssertionError(f"{urls} and {storing} in store do not end")

    def notices(self) -> list[str]:
        """What is said above the page, and why."""
        told = ".notice > p:first-child, .notice details > p:first-of-type"
        return self.frame.locator("#notices").locator(told).all_text_contents()

    # What the LMS has.

    def holds(self) -> Held:
        """All that the trainee has done, as the LMS has it."""
        stored = self.lms.stored()
        state = decode(stored.state or "")
        told = {tuple(one.get(name, "") for name in ANSWER) for one in stored.interactions or ()}
        return Held(
            status=stored.status or "",
            score=f"{float(stored.score):g}" if stored.score else "",
            location=stored.location or "",
            interactions=tuple(sorted(told)),
            visited=frozenset(NAMES[key] for key in state.visited) if state else frozenset(),
            practice=tuple(one.response for one in state.checks.values()) if state else (),
            best=next((quiz.best for quiz in state.quizzes.values()), None) if state else None,
        )

    def wanted(self, **differs: Any) -> Held:
        """What this LMS should hold: everything, unless it ``differs``."""
        wanted = replace(EVERYTHING, **differs)
        for fact in FACTS.get(self.lms.name, ()):
            if fact.field in Held.__dataclass_fields__:
                wanted = replace(wanted, **{fact.field: fact.held(getattr(wanted, fact.field))})
        return wanted


ANSWER = ("id", "student_response", "result")
EVERYTHING = Held(
    status="passed",
    score="100",
    location="quiz",
    interactions=(
        ("first--calm", "b", "correct"),
        ("quiz--one", "a", "correct"),
        ("quiz--two", "a", "correct"),
    ),
    visited=frozenset({"first", "quiz"}),
    practice=("b",),
    best=10000,
)
HALF_DONE = {
    "status": "incomplete",
    "score": "50",
    "interactions": (*EVERYTHING.interactions[:2], ("quiz--two", "b", "wrong")),
    "best": 5000,
}
"""What differs where the quiz is not passed yet."""

Act = Callable[[Trouble], None]
Look = Callable[[Trouble], bool]


def nothing(trouble: Trouble) -> None:
    """Nothing more has to happen."""


def always(trouble: Trouble) -> bool:
    return True


def suffers(**faults: Any) -> Act:
    """The learning system has these faults from now on."""

    def begin(trouble: Trouble) -> None:
        trouble.lms.faults = Faults(**faults)

    return begin


def recovers(trouble: Trouble) -> None:
    trouble.lms.faults = Faults()


def gave_false(*call: str) -> Look:
    """A call of the API, of which the name and first arguments are given, gave "false"."""
    name, *args = call
    return lambda trouble: any(
        one.name == name and [*one.args[: len(args)]] == args and one.value == "false"
        for one in trouble.lms.calls
    )


def was_not_stored(trouble: Trouble) -> bool:
    return trouble.lms.server.failed > 0


def was_not_stored_thrice(trouble: Trouble) -> bool:
    failed = trouble.lms.server.failed
    # Where nobody hears of it, it is not sent again.
    return failed > 0 if trouble.blind else failed == 3


def offline(trouble: Trouble) -> None:
    trouble.context.set_offline(True)


def online(trouble: Trouble) -> None:
    trouble.context.set_offline(False)


def nothing_was_called(trouble: Trouble) -> bool:
    return trouble.lms.calls == []


def comes_late(trouble: Trouble) -> None:
    trouble.pass_time(LATE)


LATE = 20_000
"""Milliseconds until an API is there that is late: far more than a page takes to load."""


def in_the_page(true: str) -> Look:
    """Something is so, by JavaScript, in the course's window."""
    return lambda trouble: bool(trouble.frame.evaluate(f"() => {true}"))


UP = "(n, up) => (up === up.parent ? n : frames_up(n + 1, up.parent))"
SEVEN_UP = f"(() => {{ const frames_up = {UP}; return frames_up(0, window) > 7; }})()"
CROSS_ORIGIN = """(() => {
  try {
    for (let one = window; one !== one.parent; one = one.parent) one.parent.location.href;
    return false;
  } catch { return true; }
})()"""
THROWS = "(() => { try { return !indexedDB; } catch { return true; } })()"
STORAGE_THROWS = """
for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches", "BroadcastChannel"])
  Object.defineProperty(window, name, {
    get() { throw new DOMException("denied", "SecurityError"); },
  });
"""


def storage_throws(trouble: Trouble) -> None:
    trouble.context.add_init_script(STORAGE_THROWS)


SLOW = """
const lms = () => { try { return top.location.href && top; } catch { return window; } };
const note = (name, more) => (lms()[name] = (lms()[name] ?? 0) + more);
const now = performance.now.bind(performance);
performance.now = () => now() + (lms().stood ?? 0);
const { open, send } = XMLHttpRequest.prototype;
XMLHttpRequest.prototype.open = function (method, address, later = true, ...more) {
  this.waits = !later;
  return open.call(this, method, address, later, ...more);
};
XMLHttpRequest.prototype.send = function (body) {
  if (this.waits) note("stood", 5000);
  return send.call(this, body);
};
const ask = window.fetch;
window.fetch = async (address, given) => {
  const reply = await ask(address, given);
  if (address !== "data" && given?.method !== "HEAD") return reply;
  await new Promise((over) => setTimeout(over, 5000));
  note("waited", 5000);
  return reply;
};
"""
"""Each answer, of the LMS and to the player's own request, takes five seconds by the browser's
clock: ``stood`` while the page waits for it, ``waited`` where the page goes on. It counts once it
has arrived, however long the answer takes."""


def slow(trouble: Trouble) -> None:
    trouble.context.add_init_script(SLOW)


def leaps(act: Act) -> Act:
    """After some time a clock changes."""

    def begin(trouble: Trouble) -> None:
        trouble.pass_time(MINUTE)
        act(trouble)

    return begin


def sleeps(trouble: Trouble) -> None:
    trouble.context.clock.fast_forward(10 * HOUR)
    trouble.settle()


def set_to(when: datetime) -> Act:
    return lambda trouble: trouble.context.clock.set_system_time(when)


def leapt(hours: int) -> Look:
    """The page's clock is about so many hours away from the time that has passed."""

    def look(trouble: Trouble) -> bool:
        now = float(trouble.frame.evaluate("() => Date.now()")) / HOUR
        return abs(now - START.timestamp() / 3600 - trouble.passed / HOUR - hours) < 0.1

    return look


def counted_the_time_there(more: int = 0) -> Act:
    """What the LMS counts, if it does, is the time that the trainee was there, and at most so many
    milliseconds ``more``."""

    def check(trouble: Trouble) -> None:
        if "seconds" in trouble.lms.lacks:
            return
        seconds = trouble.lms.stored().seconds
        assert seconds is not None
        least = MINUTE / 1000
        visit = Visit("lms", least, (trouble.passed + more) / 1000, least)
        for fact in FACTS.get(trouble.lms.name, ()):
            if fact.field == "seconds" and visit.end in fact.ends:
                visit = fact.held(visit)
        assert visit.least <= seconds <= visit.most

    return check


def kept_as(change: Callable[[str], str], elsewhere: bool = False) -> Act:
    """There was a visit, and what was kept of it comes back changed; ``elsewhere`` in a browser
    that has nothing of it."""

    def before(trouble: Trouble) -> None:
        trouble.open()
        trouble.wait_until_told("saved")
        trouble.wait_for_the_next_page()
        trouble.work(HALF)
        trouble.wait_until_told("saved")
        trouble.leave()
        assert trouble.holds() == trouble.wanted(**HALF_DONE)
        trouble.lms.given = {"cmi.suspend_data": change(trouble.lms.stored().state or "")}
        if elsewhere:
            trouble.forget()

    return before


def truncated(text: str) -> str:
    return text[: len(text) * 3 // 4]


def garbage(text: str) -> str:
    return "@%" * 99


def came_back_changed(trouble: Trouble) -> bool:
    [*_, read] = [one for one in trouble.lms.calls if one.args == ("cmi.suspend_data",)]
    changed = trouble.lms.given["cmi.suspend_data"]
    return bool(read.value == changed)


def opens_another_window(trouble: Trouble) -> None:
    trouble.answer()
    trouble.wait_until_told("saved")
    trouble.older = trouble.learner
    trouble.open()
    trouble.wait_until_told("saved")


def is_elsewhere(trouble: Trouble) -> bool:
    assert trouble.older is not None
    told = trouble.older.frame.locator("#save-status").inner_text()
    return told == TEXTS["player.visit.elsewhere_status"]


CAME_TO = """
const came = { traverse: "back_forward", reload: "reload" };
const type = () => came[navigation.activation?.navigationType] ?? "navigate";
performance.getEntriesByType = (kind) => (kind === "navigation" ? [{ type: type() }] : []);
"""
"""How the browser came to a page, which a clock that stands still says of none."""


def says_how_it_came(trouble: Trouble) -> None:
    trouble.context.add_init_script(CAME_TO)


def comes_back(trouble: Trouble) -> None:
    """After a visit, the browser's Back leads to the LMS's page as it was at its start."""
    trouble.answer()
    trouble.wait_until_told("saved")
    trouble.wait_for_the_next_page()
    assert trouble.learner is not None
    page = trouble.learner.page
    launches = trouble.lms.server.launches
    trouble.leave()
    page.go_back(wait_until="commit")
    # The old copy, and the page that the LMS gives in its place.
    assert trouble.lms.server.wait(lambda: trouble.lms.server.launches == launches + 2)
    trouble.learner = Learner.in_frame(page)
    trouble.settle()


def was_an_old_copy(trouble: Trouble) -> bool:
    """And nothing of it reached the LMS."""
    kinds = [one["type"] for one in trouble.lms.server.messages]
    wrote = [call for call in trouble.lms.calls if call.launch == 2 and call.name in WRITING]
    return kinds.count("copy") == 1 and wrote == []


WRITING = ("LMSSetValue", "LMSCommit", "LMSFinish")


def the_rest(trouble: Trouble) -> None:
    trouble.turn()
    trouble.take_quiz(RIGHT)


def answers_while_it_lasts(trouble: Trouble) -> None:
    trouble.answer()
    trouble.pass_time(A_WHILE)
    recovers(trouble)
    the_rest(trouble)


def course_in_the_popup(profile: Mapping[str, Any]) -> bool:
    """Whether its popup has the course itself, not a page of the LMS without an opener."""
    return profile["popup"] == "course" and "popup" not in profile["lacks"]


def any_profile(profile: Mapping[str, Any]) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Fault:
    """One row. ``before`` happens before the course is opened, as ``opened`` says; ``begins`` once
    all is saved in it; then the trainee ``works``. ``told`` and ``notices`` are the texts of the
    interface while the fault lasts, without “player.”, ``blind`` is what is told where LMSCommit is
    true whatever becomes of it, and ``happened`` whether it did. ``ends`` ends it; without it the
    fault lasts, and nothing is ever saved. ``again`` is whether the LMS has all only once the
    trainee has come back. ``leaves`` is what the LMS has then, where that is not everything;
    ``check`` looks at more of it. ``saving`` is whether every profile meets it in each run. It
    ``applies`` to profiles by what describes them."""

    name: str
    told: str
    notices: tuple[str, ...] = ()
    opened: Mapping[str, Any] = field(default_factory=dict)
    before: Act = nothing
    begins: Act = nothing
    works: Act = Trouble.work
    blind: str = ""
    happened: Look = always
    ends: Act | None = nothing
    again: bool = False
    leaves: Mapping[str, Any] = field(default_factory=dict)
    check: Act = nothing
    saving: bool = False
    applies: Callable[[Mapping[str, Any]], bool] = any_profile


REFUSED = ("not_saved_notice", "visit.lost_refused")
SIGNED_OUT = ("visit.signed_out", "visit.lost_signed_out")
OFFLINE = ("not_saved_notice", "visit.lost_offline")
MISSING = ("visit.lms_missing", "visit.go_on")
FAULTS = (
    Fault("no fault", "saved", saving=True),
    Fault(
        "API missing",
        "nothing_recorded",
        MISSING,
        {"api": -1},
        happened=nothing_was_called,
        ends=None,
    ),
    Fault(
        "API late",
        "nothing_recorded",
        MISSING,
        {"api": LATE},
        happened=nothing_was_called,
        ends=comes_late,
    ),
    Fault("seven frames up", "saved", opened={"levels": 7}, happened=in_the_page(SEVEN_UP)),
    Fault(
        "only in the opener",
        "saved",
        opened={"window": "popup"},
        happened=in_the_page("parent === window && Boolean(opener.API)"),
        applies=course_in_the_popup,
    ),
    Fault(
        "behind a frame of another origin",
        "saved",
        opened={"levels": 3, "foreign": True},
        happened=in_the_page(CROSS_ORIGIN),
    ),
    Fault(
        "a sandboxed frame",
        "nothing_recorded",
        MISSING,
        {"sandbox": "allow-scripts"},
        happened=in_the_page('origin === "null"'),
        ends=None,
    ),
    Fault(
        "a sandboxed frame of the LMS's origin",
        "saved",
        opened={"sandbox": "allow-scripts allow-same-origin"},
        happened=in_the_page("frameElement.sandbox.length === 2"),
    ),
    Fault("storage throwing", "saved", before=storage_throws, happened=in_the_page(THROWS)),
    Fault(
        "Initialize false",
        "nothing_recorded",
        ("visit.lms_refused", "visit.go_on"),
        before=suffers(initialise="false"),
        happened=gave_false("LMSInitialize"),
        ends=recovers,
    ),
    *(
        Fault(
            f"SetValue false for {element}",
            "not_saved",
            REFUSED,
            begins=suffers(refuse=(element,)),
            happened=gave_false("LMSSetValue", element),
            ends=recovers,
        )
        for element in ("cmi.suspend_data", "cmi.core.score.raw", "cmi.core.lesson_status")
    ),
    *(
        Fault(
            f"SetValue false for {element}",
            "saved",
            begins=suffers(refuse=(element,)),
            happened=gave_false("LMSSetValue", element),
            leaves=leaves,
        )
        for element, leaves in (
            ("cmi.core.lesson_location", {"location": "first"}),
            ("cmi.core.session_time", {}),
            ("cmi.core.score.max", {}),
        )
    ),
    Fault(
        "SetValue false for cmi.interactions.0.id",
        "saved",
        begins=suffers(refuse=("cmi.interactions.0.id",)),
        works=answers_while_it_lasts,
        happened=gave_false("LMSSetValue", "cmi.interactions.0.id"),
        # It is left out, and the next takes its place.
        leaves={"interactions": EVERYTHING.interactions[1:]},
    ),
    Fault(
        "commit false three times",
        "saved",
        begins=suffers(status=503, times=3),
        blind="saved",
        happened=was_not_stored_thrice,
        ends=recovers,
    ),
    Fault(
        "commit false",
        "not_saved",
        REFUSED,
        begins=suffers(status=503),
        blind="saved",
        happened=was_not_stored,
        ends=recovers,
        saving=True,
    ),
    Fault(
        "session expired",
        "not_saved",
        REFUSED,
        begins=suffers(expired=True),
        blind="saved",
        happened=was_not_stored,
        ends=recovers,
    ),
    Fault(
        "session expired, for the package too",
        "not_saved",
        SIGNED_OUT,
        begins=suffers(expired=True, locked=True),
        blind="unconfirmed",
        happened=was_not_stored,
        ends=recovers,
    ),
    Fault(
        "commit true but lost",
        "saved",
        begins=suffers(drop=True),
        happened=was_not_stored,
        ends=recovers,
        again=True,
        saving=True,
    ),
    Fault(
        "answers after five seconds",
        "saved",
        before=slow,
        happened=in_the_page("top.stood > 0 || top.waited > 0"),
    ),
    Fault(
        "state truncated",
        "saved",
        ("visit.state_damaged", "visit.journal_added"),
        before=kept_as(truncated),
        works=nothing,
        happened=came_back_changed,
        leaves=HALF_DONE,
    ),
    Fault(
        "state truncated, on another computer",
        "saved",
        ("visit.state_damaged",),
        before=kept_as(truncated, elsewhere=True),
        works=nothing,
        happened=came_back_changed,
        leaves={**HALF_DONE, "best": None},
    ),
    Fault(
        "state garbage, on another computer",
        "saved",
        ("visit.state_unreadable",),
        before=kept_as(garbage, elsewhere=True),
        works=nothing,
        happened=came_back_changed,
        leaves={**HALF_DONE, "visited": frozenset({"first"}), "best": None, "practice": ()},
    ),
    Fault(
        "two windows",
        "saved",
        begins=opens_another_window,
        works=the_rest,
        happened=is_elsewhere,
    ),
    Fault(
        "came back from the history",
        "saved",
        opened={"kept": True},
        before=says_how_it_came,
        begins=comes_back,
        works=the_rest,
        happened=was_an_old_copy,
    ),
    Fault(
        "a computer that slept",
        "saved",
        begins=leaps(sleeps),
        happened=leapt(10),
        # When exactly it fell asleep, nobody knows (learning-time.js).
        check=counted_the_time_there(more=MINUTE),
    ),
    Fault(
        "a clock set forward",
        "saved",
        begins=leaps(set_to(START + timedelta(hours=10))),
        happened=leapt(10),
        check=counted_the_time_there(),
    ),
    Fault(
        "a clock set back",
        "saved",
        begins=leaps(set_to(START - timedelta(hours=10))),
        happened=leapt(-10),
        check=counted_the_time_there(),
    ),
    Fault(
        "network gone and back",
        "not_saved",
        OFFLINE,
        begins=offline,
        happened=lambda trouble: trouble.failed != [],
        ends=online,
        saving=True,
    ),
)


@dataclass(frozen=True, slots=True)
class Loss:
    """What an LMS loses for good: why, what it ``holds`` otherwise after the trainee has come back,
    and what ``shows`` that it is so."""

    why: str
    holds: Mapping[str, Any]
    shows: Look


def arrived(words: str) -> Look:
    """Something that was kept of what the LMS was sent has these words, a regular expression."""
    return lambda trouble: any(
        re.search(words, json.dumps(one["body"]))
        for one in trouble.lms.server.messages
        if one["type"] == "data"
    )


def never(look: Look) -> Look:
    return lambda trouble: not look(trouble)


def never_says_the_status(trouble: Trouble) -> bool:
    asked = ("cmi.core.lesson_status",)
    said = {one.value for one in trouble.lms.calls if one.args == asked}
    return said == {""}


UNBELIEVED = {
    ("session expired, for the package too", "openedx"),
    ("session expired, for the package too", "scormhost"),
    ("network gone and back", "openedx"),
    ("network gone and back", "scormhost"),
}
"""Where an LMS has confirmed what cannot have arrived, and gives no other sign of what it has: it
is not believed any more in that visit (saving.js)."""
NO_RESULT = Loss(
    "it never says which status and score it has, and a state that counts them as told is saved "
    "while the course is left (scormxblock.js, GetValue)",
    {"status": "incomplete", "score": "", "interactions": ()},
    never_says_the_status,
)
CANNOT: Mapping[tuple[str, str], Loss] = {
    ("commit true but lost", "moodle"): Loss(
        "it counts answers as sent that it has lost (facts/moodle.md#transport), and a state with "
        "them is saved while the course is left",
        {"interactions": ()},
        never(arrived("interactions")),
    ),
    ("commit false three times", "openedx"): NO_RESULT,
    ("commit false", "openedx"): NO_RESULT,
    ("session expired", "openedx"): NO_RESULT,
    ("commit true but lost", "openedx"): NO_RESULT,
    ("commit false three times", "wagtail-lms"): Loss(
        "it confirms each value whatever becomes of it, and nothing tells that one is missing "
        "(scorm_player.html, callAPI)",
        {"interactions": (("", "b", "correct"), *EVERYTHING.interactions[1:])},
        never(arrived("first--calm")),
    ),
    ("answers after five seconds", "wagtail-lms"): Loss(
        "values that follow each other before the first is answered undo each other in what it "
        "reports, and LMSGetValue shows nothing of it (views.py, set_scorm_value)",
        {"score": "", "location": ""},
        arrived(r"score\.raw\W+value\W+100"),
    ),
}
CLOSELY = ("moodle", "strict")
"""The profiles that meet every fault in each run of the tests; the others meet them in `make
faults`, and those of saving always."""


def cases() -> Iterator[Any]:
    """Every fault with every profile that it applies to."""
    for fault in FAULTS:
        for profile in node()("profiles"):
            if not fault.applies(node()("describe", profile)):
                continue
            marks = () if profile in CLOSELY or fault.saving else pytest.mark.thorough
            yield pytest.param(fault, profile, id=f"{fault.name}-{profile}", marks=marks)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sco(tmp_path_factory.mktemp("course") / "sco", *PAGES)


@pytest.fixture
def meet(
    new_context: Callable[..., BrowserContext], servers: ExitStack, course: Path
) -> Callable[..., Trouble]:
    """A trainee, with an LMS of a profile."""

    def meet(profile: str, **settings: Any) -> Trouble:
        lms = servers.enter_context(simulated(course, profile, **settings))
        return Trouble(lms, new_context())

    return meet


@pytest.mark.parametrize(("fault", "profile"), [*cases()])
def test_the_trainee_goes_on_and_what_was_called_saved_is_there(
    meet: Callable[..., Trouble], expected: list[str], fault: Fault, profile: str
) -> None:
    expected += ["Failed to load resource", "net::ERR_INTERNET_DISCONNECTED"]
    trouble = meet(profile)
    trouble.opened = fault.opened
    if fault.opened.get("foreign"):
        trouble.opened = {**fault.opened, "foreign": trouble.lms.server.elsewhere}
    unseen = bool(fault.blind) and trouble.blind
    told = fault.blind if unseen else fault.told
    unbelieved = (fault.name, profile) in UNBELIEVED
    loss = CANNOT.get((fault.name, profile))

    fault.before(trouble)
    trouble.open()
    if fault.begins is not nothing:
        trouble.wait_until_told("saved")
        trouble.wait_for_the_next_page()
        fault.begins(trouble)
    fault.works(trouble)
    trouble.wait_until_told(told)
    notices = fault.notices if told == fault.told else ()
    assert trouble.notices() == [TEXTS[f"player.{one}"] for one in notices]
    assert fault.happened(trouble)

    if fault.ends is None:
        assert [one for one in trouble.lms.server.messages if one["type"] == "data"] == []
        return
    fault.ends(trouble)
    after = "unconfirmed" if unbelieved else "saved"
    if after == told != fault.told:
        trouble.pass_time(A_WHILE)
    trouble.wait_until_told(after)
    if fault.told != "saved":
        assert trouble.notices() == []
    wanted = trouble.wanted(**(loss.holds if loss else fault.leaves))
    if loss or fault.again or unseen or unbelieved:
        trouble.leave()
        trouble.open()
        trouble.pass_time(A_WHILE)
        trouble.wait_until_told("saved", "nothing_recorded")
        if loss:
            assert loss.shows(trouble)
    assert trouble.holds() == wanted
    trouble.leave()
    assert trouble.holds() == wanted
    fault.check(trouble)
    if profile == "strict":
        outside = [one for one in trouble.lms.findings() if one["kind"] == "specification"]
        assert outside == []
