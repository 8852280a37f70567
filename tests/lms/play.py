"""One trainee's way through a small course in any LMS, and what the LMS should hold of it."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import BrowserContext, Error, Page, expect

from builder import state
from builder.model import Page as CoursePage
from tests.browser.learner import Learner
from tests.browser.player_course import PAGES, PRACTICE, write_sco
from tests.courses import item, page, question
from tests.lms.facts import Expected, as_held
from tests.lms.lms import Lms, Mode, Window

FIRST = page("first", "Keep calm.\n\n::: check calm\n", checks=(PRACTICE,))
SECOND = page("second", "Words.")
THIRD = page("third", "More words.")
QUIZ = page("quiz", "Ready?", kind="quiz", quiz=(question("one", "a"),))
RECORD = page("record", "Fill in.", kind="record", record=(item("one", 120),))

READING = (FIRST, SECOND, THIRD)
TESTED = (FIRST, QUIZ)
RECORDED = (FIRST, QUIZ, RECORD)
NEWER = page("first", "Keep calm, and help.\n\n::: check calm\n", checks=(PRACTICE,))

PATIENCE = 8
"""Seconds until a server has what a closing page sends."""
ROUNDING = 0.02

Leave = Literal["lms", "exit", "close", "kill"]


@dataclass(slots=True)
class Play:
    """The trainee in one LMS; each visit opens, goes on and ends."""

    lms: Lms
    context: BrowserContext
    folder: Path

    least: float = 0
    most: float = 0
    """Seconds of all visits so far: what an LMS may count."""

    differs: list[str] = field(default_factory=list)
    """What the LMS was seen to hold otherwise than the policy says (facts.py)."""

    _uploads: int = 0
    _opened: dict[Page, tuple[float, float]] = field(default_factory=dict)

    def upload(self, *pages: CoursePage, **tracking: Any) -> None:
        """Upload a course, or another one in its place."""
        self._uploads += 1
        sco = write_sco(self.folder / str(self._uploads), *(pages or PAGES), **tracking)
        self.lms.upload(zipped(sco))

    def open(self, window: Window = "frame", mode: Mode = "normal") -> Learner:
        before = time.monotonic()
        learner = self.lms.open(self.context, window, mode)
        self._opened[learner.page] = (before, time.monotonic())
        return learner

    def leave(self, learner: Learner, how: Leave = "lms") -> None:
        """End a visit: by the LMS's way out, the course's button, or the window itself."""
        page = learner.page
        before, started = self._opened.pop(page)
        if how == "exit":
            press(learner, "Exit")
            expect(heading(learner)).to_have_text("You can close this window")
        self.least += 0 if how == "kill" else time.monotonic() - started
        if how == "kill":
            kill(page)
        elif how == "close":
            with page.expect_event("close"):
                page.close(run_before_unload=True)
        else:
            self.lms.leave(learner)
        self.most += time.monotonic() - before

    def holds(
        self,
        status: str,
        score: str = "",
        place: str = "first",
        visited: Iterable[str] = ("first",),
        answers: tuple[tuple[str, str, str], ...] = (),
        best: int | None = None,
    ) -> None:
        """The LMS's server holds this, and within seconds, since closing pages send late.

        ``answers`` are the scored ones: id, response and result; ``best`` is the quiz's score in
        hundredths of a percent. Raises ``AssertionError`` with what differs.
        """
        wanted = Expected(
            status, score, place, frozenset(visited), answers, best, (self.least, self.most)
        )
        end = time.monotonic() + PATIENCE
        while wrong := self._wrong(wanted):
            if time.monotonic() > end:
                raise AssertionError(f"{self.lms.name}: " + "; ".join(wrong))
            time.sleep(0.05)

    def holds_nothing(self) -> None:
        """The LMS's server holds nothing of a visit."""
        held = self.lms.stored()
        assert not held.state, held
        assert not held.score, held
        assert held.status in ("", "not attempted", "browsed", None), held

    def _wrong(self, wanted: Expected) -> list[str]:
        held = self.lms.stored()
        wanted, words = as_held(self.lms, wanted)
        wrong = []

        def compare(what: str, has: object, wants: object) -> None:
            if has != wants:
                wrong.append(f"{what} is {has!r}, not {wants!r}")

        if held.status is not None:
            compare("status", held.status, wanted.status)
        if held.score is not None:
            compare("score", held.score, wanted.score)
        if held.location is not None:
            compare("location", held.location, wanted.place)
        if held.state is not None:
            kept = state.decode(held.state)
            visited = kept.visited if kept else frozenset()
            names = {state.key("page", name) for name in wanted.visited}
            compare("pages visited in the state", visited, frozenset(names))
            quiz = kept.quizzes.get(state.key("page", "quiz")) if kept else None
            compare("best in the state", quiz.best if quiz else None, wanted.best)
        if held.interactions is not None:
            found = tuple(
                (one.get("id", ""), one.get("student_response", ""), one.get("result", ""))
                for one in held.interactions
            )
            compare("interactions", found, wanted.answers)
        if held.seconds is not None:
            least, most = wanted.seconds
            if not least - ROUNDING <= held.seconds <= most + ROUNDING:
                wrong.append(f"time is {held.seconds}, not {least:.2f} to {most:.2f}")
        if not wrong:
            self.differs += [one for one in words if one not in self.differs]
        return wrong


def zipped(folder: Path) -> Path:
    """A package of an unpacked course, the manifest first."""
    path = folder.with_suffix(".zip")
    files = sorted(one for one in folder.rglob("*") if one.is_file())
    files.sort(key=lambda one: one.name != "imsmanifest.xml")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, file.relative_to(folder).as_posix())
    return path


def kill(page: Page) -> None:
    """Let a tab die as when the browser is ended: no handler runs."""
    with page.expect_event("crash"), suppress(Error):
        page.goto("chrome://crash")
    page.close()


# Clicks, which are quicker than tabs: the keyboard's way is proved by the walks in tests/browser.


def heading(learner: Learner) -> Any:
    return learner.frame.get_by_role("heading", level=1)


def press(learner: Learner, words: str) -> None:
    learner.button(words).click()


def go(learner: Learner, title: str) -> None:
    press(learner, f"Next: {title}")
    expect(heading(learner)).to_have_text(title)


def resume(learner: Learner, title: str) -> None:
    press(learner, "Resume")
    expect(heading(learner)).to_have_text(title)


def practise(learner: Learner) -> None:
    """Answer the check of the first page."""
    learner.frame.get_by_label("Option b").check()
    press(learner, "Check")


def take(learner: Learner, right: bool, start: str = "Start") -> None:
    """Take the quiz on view, which has one question, to its result."""
    press(learner, start)
    learner.frame.get_by_label("Option a" if right else "Option b").check()
    press(learner, "Check")
    press(learner, "See your result")
    expect(learner.frame.get_by_role("heading", name="Your result")).to_be_visible()


def fill(learner: Learner) -> None:
    """Fill in the record on view, which has one part."""
    learner.frame.get_by_label("Answer").fill("Sam")
    for part, digits in (("Day", "6"), ("Month", "3"), ("Year", "2026")):
        learner.frame.get_by_label(part, exact=True).fill(digits)
    learner.frame.get_by_label("Year", exact=True).blur()
