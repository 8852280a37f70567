"""Counts the calls of an LMS's API while a trainee goes through a whole course.

The browser's clock is simulated. After each step it is advanced until everything is saved, so that
the calls that a step causes are counted for this step. Queries about errors are not counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from playwright.sync_api import BrowserContext, Locator, expect

from tests.lms.scorm_again import ScormAgain
from tests.support.ways import SUBMIT
from tools.scenes import Course, Visit, fillings, visiting

Kind = Literal["session", "page view", "answer"]
MOST: Mapping[Kind, int] = {"session": 30, "page view": 6, "answer": 16}
"""Maximum number of calls for each kind of step. A session step is the start of a session, with its
first page, and its end."""
MORE = 7
"""Number of further calls for each statement of a likert question after the first. In SCORM 1.2 an
interaction has one response, so each statement is an interaction, for which these are set: id,
type, time, weighting, student_response, result and latency."""
LOOK_UPS = ("LMSGetLastError", "LMSGetErrorString", "LMSGetDiagnostic")
_PAUSE = 3000
"""Milliseconds on the simulated clock after which the player has sent every delayed write."""
_SOON = 2000
"""Milliseconds of real time to wait for “Saved” before the simulated clock is advanced again."""
_TIMES = 60


@dataclass(frozen=True, slots=True)
class Step:
    """An action of the trainee, and the number of calls that it caused; ``most`` is the maximum."""

    kind: Kind
    name: str
    calls: int
    most: int


@dataclass(frozen=True, slots=True)
class Calls:
    """The calls of a whole run: its steps in order."""

    steps: tuple[Step, ...]

    def of(self, kind: Kind) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.kind == kind)

    def beyond(self) -> list[str]:
        """The steps that caused more calls than allowed, each with its number of calls."""
        return [f"{step.name}: {step.calls}" for step in self.steps if step.calls > step.most]

    @property
    def total(self) -> int:
        return sum(step.calls for step in self.steps)

    @property
    def most(self) -> int:
        """Maximum number of calls for the whole run."""
        return sum(step.most for step in self.steps)


def count(context: BrowserContext, course: Course, lms: ScormAgain) -> Calls:
    """Count the calls while a trainee opens and answers everything, and then comes back once."""
    # Pause the clock: on a slow machine, a delayed write could otherwise be sent within a step.
    context.clock.install(time="2026-11-25T12:00:00Z")
    context.clock.pause_at("2026-11-25T12:00:01Z")
    walk = _Walk(context, course, lms)
    walk.visit(walk.everything)
    walk.visit(lambda visit: None)
    return Calls(tuple(walk.steps))


class _Walk:
    def __init__(self, context: BrowserContext, course: Course, lms: ScormAgain) -> None:
        self.context, self.course, self.lms = context, course, lms
        self.steps: list[Step] = []
        self.counted = 0

    def visit(self, act: Callable[[Visit], None]) -> None:
        with visiting(self.context, self.lms) as window:
            visit = Visit(self.course, self.lms, window, _unseen, "")
            self.settle(visit)
            start = self.taken()
            act(visit)
            self.taken()
        self.told("session", "a session", start + self.taken())

    def taken(self) -> int:
        """The number of calls since the last call of this method."""
        made = sum(call.name not in LOOK_UPS for call in self.lms.calls)
        self.counted, before = made, self.counted
        return made - before

    def settle(self, visit: Visit) -> None:
        status = visit.window.locator("#save-status")
        for _ in range(_TIMES):
            self.context.clock.run_for(_PAUSE)
            with suppress(AssertionError):
                expect(status).to_have_text("Saved", timeout=_SOON)
                break
        self.context.clock.run_for(_PAUSE)
        expect(status).to_have_text("Saved")

    def told(self, kind: Kind, name: str, calls: int, more: int = 0) -> None:
        self.steps.append(Step(kind, name, calls, MOST[kind] + MORE * more))

    def step(self, visit: Visit, kind: Kind, name: str, more: int = 0) -> None:
        self.settle(visit)
        # Going on within a quiz causes no call, and is not a page view.
        if calls := self.taken():
            self.told(kind, name, calls, more)

    def everything(self, visit: Visit) -> None:
        for page in self.course.pages[1:]:
            # A locked page may stay closed, since its quiz was not passed.
            if page.get("lock"):
                continue
            visit.show(page["id"])
            self.step(visit, "page view", page["id"])
            for name in page["checks"]:
                self.answer(visit, visit.window.locator(f"main form[data-question={name}]"))
            if page["quiz"]:
                self.quiz(visit, page["id"])
            for number, item in enumerate(visit.window.locator(".record-item").all(), 1):
                item.locator("textarea").fill("I asked my manager.")
                for part, digits in zip(
                    item.locator("input").all(), ("3", "11", "2026"), strict=True
                ):
                    part.fill(digits)
                self.step(visit, "answer", f"{page['id']}, item {number}")

    def answer(self, visit: Visit, form: Locator) -> None:
        name = form.get_attribute("data-question") or ""
        asked = visit.window.locator(f"main form[data-question={name}]")
        question = self.course.question(name)
        for _ in fillings(asked, question):
            asked.locator(SUBMIT).click()
            if not asked.locator(".error-summary").count():
                break
        # The player reports every statement of a likert question separately.
        statements = len(question["items"]) if question["type"] == "likert" else 0
        self.step(visit, "answer", name, max(0, statements - 1))

    def quiz(self, visit: Visit, page: str) -> None:
        quiz = visit.window.locator("[data-quiz]")
        quiz.locator("button").first.click()
        self.step(visit, "page view", f"{page}, start")
        form = quiz.locator("form[data-question]")
        while form.count():
            self.answer(visit, form)
            forward = quiz.locator(".feedback button")
            if forward.count():
                forward.click()
                self.step(visit, "page view", f"{page}, on")


def _unseen(title: str, *_: object) -> None:
    """A ``shoot`` for ``Visit`` that takes no picture."""
