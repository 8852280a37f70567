"""Counts the calls of an LMS's API while a trainee goes through a whole course.

Time is the browser's own to move: after each step it runs on until everything is saved, so that a
step answers for all the calls it causes. What the player asks after a refusal is not counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from playwright.sync_api import BrowserContext, Locator, expect

from tests.lms.scorm_again import ScormAgain
from tools.scenes import Course, Visit, fillings, visiting

Kind = Literal["session", "page view", "answer"]
MOST: Mapping[Kind, int] = {"session": 30, "page view": 5, "answer": 16}
"""The most calls that each may take. A session is its start, with its first page, and its end."""
MORE = 7
"""Calls for each statement of a likert question after the first. SCORM 1.2 has one response in an
interaction: id, type, time, weighting, student_response, result and latency of another one."""
LOOK_UPS = ("LMSGetLastError", "LMSGetErrorString", "LMSGetDiagnostic")
_PAUSE = 3000
"""Milliseconds in which every write is sent that was put off."""
_SOON = 2000
"""Milliseconds, of the machine, after which more time is given to what has begun late."""
_TIMES = 60


@dataclass(frozen=True, slots=True)
class Step:
    """What a trainee did, and the calls that it caused; ``most`` may be made."""

    kind: Kind
    name: str
    calls: int
    most: int


@dataclass(frozen=True, slots=True)
class Calls:
    """The steps of a run, in order."""

    steps: tuple[Step, ...]

    def of(self, kind: Kind) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.kind == kind)

    def beyond(self) -> list[str]:
        """The steps that took more calls than they may."""
        return [f"{step.name}: {step.calls}" for step in self.steps if step.calls > step.most]

    @property
    def total(self) -> int:
        return sum(step.calls for step in self.steps)

    @property
    def most(self) -> int:
        """What the whole run may take."""
        return sum(step.most for step in self.steps)


def count(context: BrowserContext, course: Course, lms: ScormAgain) -> Calls:
    """The calls of a trainee who opens everything and answers everything, then comes back once."""
    # Paused: on a slow machine, seconds would pass within a step, and a pause end in it.
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
        """The calls since this was last asked."""
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
        # To go on within a quiz calls nothing, and is no page view.
        if calls := self.taken():
            self.told(kind, name, calls, more)

    def everything(self, visit: Visit) -> None:
        for page in self.course.pages[1:]:
            # A quiz that was not passed keeps it closed.
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
            asked.locator("[type=submit]").click()
            if not asked.locator(".error-summary").count():
                break
        # Reports have every statement of a likert question as a question of its own.
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
    """No picture is taken."""
