"""One trainee's way through a small course in any LMS, and what the LMS should hold of it."""

from __future__ import annotations

import re
import time
import zipfile
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any, cast

from playwright.sync_api import BrowserContext, Error, Page, expect

from builder import updating
from builder.course import model, state
from builder.course.model import Page as CoursePage
from builder.course.state import State
from builder.package.plan import plan
from builder.results import versions
from tests.browser.learner import Learner
from tests.browser.player_course import PAGES, PRACTICE, small_course, unpacked
from tests.browser.scenario_course import CALL
from tests.browser.several_languages import WORD, in_languages
from tests.lms.facts import FACTS, LATER, LOADED_TWICE, TOO_LATE, Expected, Leave, Visit
from tests.lms.hosts.host import Host
from tests.lms.lms import Lms, Mode, Stored, Window
from tests.lms.simulated import Simulated
from tests.support import patience
from tests.support.courses import item, page, story
from tests.support.courses import question as asked

FIRST = page("first", "Keep calm.\n\n::: check calm\n", checks=(PRACTICE,))
SECOND = page("second", "Words.")
THIRD = page("third", "More words.")
QUIZ = page("quiz", "Ready?", kind="quiz", quiz=(asked("one", "a"),))
RECORD = page("record", "Fill in.", kind="record", record=(item("one", 120),))

WALK = story("walk", CALL, weight=1.0)
ONCE = story("walk", CALL, weight=1.0, keep="first")
TEST = "test-out_page_first"
"""The page of ``TEST_OUT``: the first one, since all pages are outside any module."""
TEST_OUT = model.TestOut((model.Draw(1, (asked("one", "a"),)),), 80, 2)
READING = (FIRST, SECOND, THIRD)
TESTED = (FIRST, QUIZ)
RECORDED = (FIRST, QUIZ, RECORD)
WALKED = (FIRST, WALK, THIRD)
WALKED_ONCE = (FIRST, ONCE, THIRD)
"""The first way through the scenario counts."""
SPOKEN = (
    page(
        "first",
        "Keep calm.\n\n::: check calm\n\n::: check word\n",
        checks=(PRACTICE, WORD),
    ),
    SECOND,
    QUIZ,
)
"""Has a typed answer, which each language accepts in its own words."""
FILLED = ("2026-03-06", "Sam")
"""Of the record: its date and its answer."""
CHANGED = page("second", "Words, and new ones.")
"""The page that is new in a refresher of ``READING``."""
NEWER = page("first", "Keep calm, and help.\n\n::: check calm\n", checks=(PRACTICE,))

WELL = "told"
"""The scene of the scenario that has a good ending."""

PATIENCE = patience.SECONDS
"""Until a server has what a closing page sends."""
IN_VAIN = 8
"""Seconds after which an LMS that may never get it is taken not to have got it."""
ROUNDING = 0.02
STARTING = 0.2
"""Seconds by which the course may begin to count later than its page shows, on a busy machine."""

Answer = tuple[str, str, str]
"""An answer as it is written to the LMS: id, response and result."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be held of a trainee, in a scenario's words."""

    status: str
    score: str = ""
    place: str = "first"
    visited: tuple[str, ...] = ("first",)
    answers: tuple[Answer, ...] = ()
    """In order; each at the quiz is an attempt, for it has one question."""
    filled: bool = False
    """The record, as ``fill`` does."""
    shown: tuple[str, ...] = ()
    """Pages that the test-out has shown."""
    untold: bool = False
    """There is a score, which the LMS is not told."""
    language: str = ""
    """The chosen language, if it is not the course's source language."""
    walked: state.QuizState | None = None
    """The walks through the scenario, with the scenes of the current one by their ids."""
    ended: tuple[str, ...] = ()
    """The scenes whose ending was reached."""

    def expected(self, visits: tuple[Visit, ...]) -> Expected:
        told = "" if self.untold else self.score
        return Expected(self.status, told, self.place, self.kept(), self.answers, visits)

    def kept(self) -> State:
        """What the player keeps."""
        practised, taken, tested, decided = (
            [answer for answer in self.answers if answer[0].startswith(f"{page}--")]
            for page in ("first", "quiz", TEST, "walk")
        )
        score = round(float(self.score) * 100) if self.score else None
        return State(
            attempt="",
            saves=0,
            status=cast("state.Status", self.status),
            bookmark=state.key("page", self.place),
            score=score,
            visited=frozenset(
                (
                    *(state.key("page", name) for name in self.visited),
                    *(state.key("shown", name) for name in self.shown),
                )
            ),
            checks={
                question(name): state.CheckState(1, result == "correct", typed(response))
                for name, response, result in practised
            }
            | {
                scene(name.partition("--")[2]): state.CheckState(1, result == "correct", response)
                for name, response, result in decided
            }
            | {scene(name): state.CheckState(1, name == WELL, "") for name in self.ended},
            quizzes={
                state.key("page", "quiz"): state.QuizState(
                    len(taken), score, False, {question(name): response}
                )
                for name, response, _ in taken[-1:]
            }
            | self._walks()
            | {
                state.key("page", TEST): state.QuizState(
                    len(tested),
                    max(10_000 * (one[2] == "correct") for one in tested),
                    False,
                    {question(name): response},
                )
                for name, response, _ in tested[-1:]
            },
            records={state.key("record", "one"): state.RecordState(*FILLED)} if self.filled else {},
            finished=self._finished(),
            language=self.language,
        )

    def _walks(self) -> dict[str, state.QuizState]:
        if not self.walked:
            return {}
        answers = {scene(name): choice for name, choice in self.walked.answers.items()}
        return {state.key("page", "walk"): replace(self.walked, answers=answers)}

    def _finished(self) -> str | None:
        """The day of the result, which only courses with a record keep here."""
        if "record" not in self.visited:
            return None
        return datetime.now().astimezone().date().isoformat() if self.status == "passed" else ""


def with_test_out(course: model.Course, test_out: model.TestOut) -> model.Course:
    """The course with a test-out of its only module."""
    [module] = course.modules
    asked = [one for draw in test_out.draws for one in draw.questions]
    modules = (replace(module, test_out=test_out),)
    return replace(course, modules=modules, questions=(*course.questions, *asked))


def refresher(course: model.Course, old: Path) -> model.Course:
    """The refresher of a course for people who completed the package ``old``."""
    rules = model.RefresherRules("Refresher")
    made, problems = updating.make_refresher(replace(course, refreshers=rules), old, 1)
    assert made, problems
    return made.course


def question(told: str) -> str:
    """The key of the question of an interaction's id."""
    return state.key("question", told.partition("--")[2])


def scene(name: str) -> str:
    """The key of a scene of the scenario."""
    return state.key("scene", f"walk/{name}")


def typed(told: str) -> str:
    """How the state keeps a response that an LMS is told: with the language of a typed one behind
    it, such as ``[pl] ogień``."""
    found = re.fullmatch(r"\[([a-z]+)\] (.*)", told)
    return f"{found[2]}\n{found[1]}" if found else told


def lasting(kept: State) -> State:
    """A state without what differs from run to run, or from one LMS to another."""
    return replace(
        kept, attempt="", saves=0, edition="", reported=False, interactions=0, late=frozenset()
    )


@dataclass(slots=True)
class Play:
    """The trainee in one LMS; each visit opens, goes on and ends."""

    lms: Lms
    context: BrowserContext
    folder: Path

    visits: list[Visit] = field(default_factory=list)
    """That have ended, as far as they leave a trace."""

    notes: list[str] = field(default_factory=list)
    """What the LMS was seen to hold otherwise than the policy says (facts.py)."""

    _uploads: int = 0
    _versions: list[str] = field(default_factory=list)
    """Of the course, in each visit that may write."""
    _opened: dict[Page, tuple[float, float]] = field(default_factory=dict)

    def upload(
        self,
        *pages: CoursePage,
        languages: tuple[str, ...] = (),
        test_out: model.TestOut | None = None,
        since: tuple[CoursePage, ...] = (),
        **tracking: Any,
    ) -> None:
        """Upload a course, with translations into these languages, or another one in its place. A
        ``test_out`` is of all its pages. If there are pages ``since`` which the course has changed,
        it is a refresher for people who completed these."""
        self._uploads += 1
        fields = {"version": self._version}
        course = small_course(*(pages or PAGES), fields=fields, **tracking)
        if test_out:
            course = with_test_out(course, test_out)
        if since:
            old = plan(small_course(*since, fields={"version": "1.0.0"}, **tracking))
            course = refresher(course, zipped(unpacked(self.folder / "old", old)))
        planned = plan(in_languages(course, *languages))
        self.lms.upload(zipped(unpacked(self.folder / str(self._uploads), planned)))

    @property
    def _version(self) -> str:
        return f"1.{self._uploads}.0"

    def open(self, window: Window = "frame", mode: Mode = "normal") -> Learner:
        if mode == "normal" and self.lms.stored().status not in ("passed", "completed"):
            self._versions.append(self._version)
        before = time.monotonic()
        learner = self.lms.open(self.context, window, mode)
        self._opened[learner.page] = (before, time.monotonic())
        return learner

    def leave(self, learner: Learner, how: Leave = "lms") -> None:
        """End a visit."""
        page = learner.page
        before, started = self._opened.pop(page)
        simulated = self.lms if isinstance(self.lms, Simulated) else None
        committed = simulated.committed() if simulated else 0
        # Measured first, because the course's clock stops at Exit.
        least = 0 if how == "kill" else self._at_least(started)
        if how == "exit":
            press(learner, "Save and exit")
            learner.exited()
            if isinstance(self.lms, Host):
                # Meanwhile the trainee reads that.
                page.wait_for_function(self.lms.sent)
        if how == "kill":
            kill(page)
        elif how == "close":
            with page.expect_event("close"):
                page.close(run_before_unload=True)
        else:
            self.lms.leave(learner)
        if simulated:
            simulated.wait_for_the_last(page)
        self.visits.append(Visit(how, least, time.monotonic() - before, committed))

    @staticmethod
    def _at_least(started: float) -> float:
        """For how many seconds a visit has lasted, at least, by the course's own clock."""
        return max(time.monotonic() - started - STARTING, 0)

    def back(self, learner: Learner) -> Learner:
        """End a visit by the LMS's own way out, and go back by the browser's."""
        if isinstance(self.lms, Simulated):
            self.lms.wait_for_the_last(learner.page)
        before, started = self._opened.pop(learner.page)
        committed = self.lms.committed() if isinstance(self.lms, Simulated) else 0
        least = self._at_least(started)
        learner = self.lms.back(learner)
        now = time.monotonic()
        self.visits.append(Visit("lms", least, now - before, committed))
        self._opened[learner.page] = (started, now)
        told = learner.frame.locator("#save-status").inner_text()
        if self.lms.name not in LOADED_TWICE or told != "Nothing is recorded":
            return learner
        self._note(LOADED_TWICE[self.lms.name])
        self.leave(learner)
        return self.open()

    def look_back(self, learner: Learner) -> None:
        """End a visit that some LMSs open read-only: those count no time of it."""
        self.leave(learner)
        self.visits[-1] = replace(self.visits[-1], least=0, committed=0)

    def accept_any_time(self) -> None:
        """How much of the time of the visits so far counts is the LMS's: they were at the same
        time, or their requests failed."""
        self.visits = [replace(one, least=0, committed=0) for one in self.visits]

    def holds(self, wanted: Wanted, timed: bool = True, seconds: float | None = None) -> None:
        """The LMS's server holds this, and within ``seconds``, since closing pages send late;
        ``timed`` is whether the time is judged, which is known once no visit is open.

        Raises ``AssertionError`` with what differs.
        """
        wrong, notes = self._wrong(wanted, timed)
        end = time.monotonic() + (PATIENCE if seconds is None else seconds)
        while wrong and time.monotonic() < end:
            time.sleep(0.05)
            wrong, notes = self._wrong(wanted, timed)
        if wrong:
            raise AssertionError(f"{self.lms.name}: " + "; ".join(wrong.values()))
        self._note(*notes)

    def holds_soon(self, wanted: Wanted) -> None:
        """As ``holds``; at the next visit where the LMS cannot say whether it has stored."""
        if self.lms.name not in LATER:
            return self.holds(wanted)
        try:
            self.holds(wanted, seconds=IN_VAIN)
        except AssertionError:
            self._holds_next(wanted, LATER[self.lms.name])

    def holds_late(self, wanted: Wanted, saved: Wanted) -> None:
        """As ``holds_soon``; where the LMS loses what is set while a window closes, it holds
        ``saved`` until the next visit, no more and no less."""
        if self.lms.name not in TOO_LATE:
            return self.holds_soon(wanted)
        try:
            self.holds(wanted, seconds=IN_VAIN)
        except AssertionError:
            self.holds(saved)
            self._holds_next(wanted, TOO_LATE[self.lms.name])

    def _holds_next(self, wanted: Wanted, why: str) -> None:
        """What did not reach the LMS is in the browser's journal, and told at the next visit."""
        self._visit_again(wanted)
        self.holds(wanted)
        self._note(f"only at the next visit: {why}")

    def _visit_again(self, wanted: Wanted) -> None:
        learner = self.open()
        if wanted.place != "first":
            resume(learner, wanted.place.title())
        # An LMS that cannot say what it has stored takes its time here, too.
        self.holds(wanted, timed=False)
        self.leave(learner)

    def holds_nothing(self) -> None:
        """The LMS's server holds nothing of a visit."""
        held = self.lms.stored()
        traces = [
            f"{one.name} is {value!r}"
            for one in fields(held)
            if (value := getattr(held, one.name)) and value not in UNTOUCHED.get(one.name, ())
        ]
        if traces:
            raise AssertionError(f"{self.lms.name}: " + "; ".join(traces))

    def _note(self, *notes: str) -> None:
        self.notes += [one for one in notes if one not in self.notes]

    def _expected_versions(self, wanted: Wanted) -> list[str]:
        opened = _without_repeats(self._versions)
        if opened and wanted.status != "incomplete":
            today = datetime.now().astimezone().date()
            opened.append(f"{opened[-1]} {wanted.status} {today}")
        return opened

    def _wrong(self, wanted: Wanted, timed: bool) -> tuple[dict[str, str], list[str]]:
        """What differs by the fields of ``Stored``, and the facts without which more would."""
        held = self.lms.stored()
        if not timed:
            held = replace(held, seconds=None)
        expected = wanted.expected(tuple(self.visits))
        wrong = differences(held, expected)
        notes = []
        for fact in FACTS.get(self.lms.name, ()):
            if fact.field in wrong:
                expected = fact.of(expected)
                notes.append(fact.words)
                wrong = differences(held, expected)
        told, opened = _versions_of(held), self._expected_versions(wanted)
        if held.interactions is not None and told != opened:
            wrong["versions"] = f"versions are {told}, not {opened}"
        return wrong, notes


UNTOUCHED = {"status": ("not attempted", "browsed")}


def _versions_of(held: Stored) -> list[str]:
    """The versions with which the attempt was begun, continued and completed, and the result."""
    told = [one for one in held.interactions or () if versions.is_id(one.get("id", ""))]
    return _without_repeats([one.get("student_response", "") for one in told])


def _without_repeats(versions: list[str]) -> list[str]:
    return [one for one, _ in groupby(versions)]


def differences(held: Stored, wanted: Expected) -> dict[str, str]:
    """By field, what an LMS holds otherwise than it should; what it does not keep is not judged."""
    wrong: dict[str, str] = {}

    def compare(what: str, has: object, wants: object) -> None:
        if has != wants:
            wrong[what] = f"{what} is {has!r}, not {wants!r}"

    for what in ("status", "score", "location"):
        if (has := getattr(held, what)) is not None:
            compare(what, has, getattr(wanted, what))
    if held.state is not None:
        kept = state.decode(held.state)
        compare("state", kept and lasting(kept), wanted.state)
    if held.interactions is not None:
        found = tuple(
            (one.get("id", ""), one.get("student_response", ""), one.get("result", ""))
            for one in held.interactions
            if not versions.is_id(one.get("id", ""))
        )
        compare("interactions", found, wanted.interactions)
    if held.seconds is not None:
        least, most = wanted.seconds
        if not least - ROUNDING <= held.seconds <= most + ROUNDING:
            wrong["seconds"] = f"seconds are {held.seconds}, not {least:.2f} to {most:.2f}"
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
    """Go on at the last page: by the button, or by the link of a visit that looks back."""
    button = learner.frame.get_by_role("button", name="Resume", exact=True).or_(
        learner.frame.get_by_role("button", name=f"Resume: {title}", exact=True)
    )
    link = learner.frame.get_by_role("link", name=f"Last time you stopped at “{title}”.")
    button.or_(link).click()
    expect(heading(learner)).to_have_text(title)


def choose_language(learner: Learner, tag: str, direction: str = "ltr") -> None:
    """Turn the course into another language by the list in its header."""
    learner.frame.locator("#language-button").click()
    learner.frame.locator(f"#languages [lang={tag}]").click()
    spoken(learner, tag, direction)


def spoken(learner: Learner, tag: str, direction: str = "ltr") -> None:
    """The course is shown in a language."""
    html = learner.frame.locator("html")
    expect(html).to_have_attribute("lang", tag)
    expect(html).to_have_attribute("dir", direction)


def practise(learner: Learner) -> None:
    """Answer the check of the first page."""
    learner.frame.get_by_label("Option b").check()
    press(learner, "Check")


def take(learner: Learner, right: bool, start: str = "Start", outcome: str = "") -> None:
    """Take the quiz on view, which has one question, to its outcome: by default, that of an attempt
    after which another one is left."""
    press(learner, start)
    learner.frame.get_by_label("Option a" if right else "Option b").check()
    press(learner, "Check")
    press(learner, "See your result")
    ended(learner, outcome or ("You passed" if right else "You have not passed yet"))


def ended(learner: Learner, outcome: str) -> None:
    """The result of a quiz is on view. Its heading has the score, if that is decided."""
    heading = re.compile(rf"^{re.escape(outcome)}( · |$)")
    expect(learner.frame.get_by_role("heading", name=heading)).to_be_visible()


def show(learner: Learner, right: bool, start: str, outcome: str) -> None:
    """Take the test-out on view, which has one question, to its outcome."""
    press(learner, start)
    answer_test(learner, right, outcome)


def answer_test(learner: Learner, right: bool, outcome: str) -> None:
    """Answer the one question of the test-out that has been started."""
    learner.frame.get_by_label("Option a" if right else "Option b").check()
    press(learner, "Save and continue")
    press(learner, "Submit answers")
    expect(learner.frame.get_by_role("heading", name=outcome, exact=True)).to_be_visible()


def fill(learner: Learner) -> None:
    """Fill in the record on view, which has one part."""
    date, answer = FILLED
    learner.frame.get_by_label("Answer").fill(answer)
    for part, digits in zip(("Year", "Month", "Day"), date.split("-"), strict=True):
        learner.frame.get_by_label(part, exact=True).fill(digits)
    learner.frame.get_by_label("Day", exact=True).blur()


def decide(learner: Learner, *choices: str) -> None:
    """Make choices in the scenario on view, each in the scene to which the one before leads."""
    for words in choices:
        press(learner, words)
        press(learner, "Next")


def at_scene(learner: Learner, title: str) -> None:
    expect(learner.frame.get_by_role("heading", level=2, name=title, exact=True)).to_be_visible()
