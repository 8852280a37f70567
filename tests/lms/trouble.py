"""A trainee in trouble: one with a small course, an LMS and a browser, what they do and see, and
what the LMS has of it.

The browser's clock stands still but for ``pass_time``, which waits for every answer in between:
nothing depends on how fast the machine is.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import BrowserContext, Frame, Request, expect

from builder.course import interface
from builder.course.state import decode
from builder.results import versions
from builder.results.model import Answer
from tests.a11y.view import ONWARD
from tests.browser.learner import Learner
from tests.lms.facts import FACTS
from tests.lms.simulated import Simulated, node
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
NEXT_PAGE = ('.add("page","quiz",', '.add("part","page-quiz",')
"""What stands in the scripts that bring the second page."""
NAMES = {one.key: one.id for one in PAGES}
START = datetime(2026, 1, 5, 9, tzinfo=UTC)
STEP = 2000
"""Milliseconds of the browser's clock between two looks at the page."""
MOST_STEPS = 60
"""Looks until a fault that is over has to be made good: two minutes."""
SLICE = 500
"""Milliseconds that pass without waiting for answers: a batch at most is sent in them."""
PACED_SLICE = 125
"""The same where each value goes by itself: a value at most."""
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
    """What an LMS holds of a trainee's work. Repeated answers and the time are checked elsewhere
    (test_policy.py, ``check`` below)."""

    status: str
    score: str
    location: str
    interactions: tuple[tuple[str, ...], ...]
    """id, student_response and result, each once."""
    results: frozenset[str]
    """The final statuses that were reported with the version."""
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
        # Calls that a closed page had not sent yet are lost.
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
        expect(form.locator(".feedback h3")).to_have_text("Right")

    def turn(self) -> None:
        onward = self.frame.locator(ONWARD)
        title = onward.inner_text().removeprefix("Next: ")
        onward.click()
        expect(self.frame.locator("h1")).to_have_text(title)

    def take_quiz(self, answers: Mapping[str, str]) -> None:
        quiz = self.frame.locator("[data-quiz]")
        quiz.locator("button", has_text="Start").click()
        for onward in ("Next question", "See your result"):
            asked = quiz.locator("form[data-question]").get_attribute("data-question")
            quiz.locator(f"[value={answers[asked or '']}]").check()
            quiz.locator("[type=submit]").click()
            quiz.locator("button", has_text=onward).click()
        expect(quiz.locator(".outcome")).to_be_visible()

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
        """What the next page needs comes ahead of it, by itself or with what else is needed."""
        self.wait_until(self._has_the_next_page, "the next page")

    def _has_the_next_page(self) -> bool:
        package = self.lms.server.package
        assert package
        names = {url.rpartition("/")[2] for url in self.loaded}
        scripts = [one.read_text("utf-8") for one in package.rglob("*.js") if one.name in names]
        return all(any(data in script for script in scripts) for data in NEXT_PAGE)

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
        told = {
            tuple(one.get(name, "") for name in ANSWER)
            for one in stored.interactions or ()
            if not versions.is_id(one.get("id", ""))
        }
        return Held(
            status=stored.status or "",
            score=f"{float(stored.score):g}" if stored.score else "",
            location=stored.location or "",
            interactions=tuple(sorted(told)),
            results=self.results(),
            visited=frozenset(NAMES[key] for key in state.visited) if state else frozenset(),
            practice=tuple(one.response for one in state.checks.values()) if state else (),
            best=next((quiz.best for quiz in state.quizzes.values()), None) if state else None,
        )

    def results(self) -> frozenset[str]:
        """The final statuses of the versions that are among the answers."""
        told = [
            Answer(one.get("id", ""), one.get("student_response", ""), "", None)
            for one in self.lms.stored().interactions or ()
        ]
        _, seen = versions.split(told, {})
        return frozenset(one.status for one in seen if one.status)

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
    results=frozenset({"passed"}),
    visited=frozenset({"first", "quiz"}),
    practice=("b",),
    best=10000,
)
HALF_DONE = {
    "status": "incomplete",
    "score": "50",
    "interactions": (*EVERYTHING.interactions[:2], ("quiz--two", "b", "wrong")),
    "results": frozenset(),
    "best": 5000,
}
"""What differs where the quiz is not passed yet."""
