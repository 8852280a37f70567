"""What trainees and teachers do with a course in an LMS, and what the LMS should hold then.

Each scenario is a row of ``make lms``. ``needs`` names what an LMS must not lack for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import expect

from tests.browser.learner import Learner
from tests.lms.facts import LATER, TOO_LATE
from tests.lms.play import (
    NEWER,
    QUIZ,
    READING,
    RECORDED,
    TESTED,
    Play,
    fill,
    go,
    practise,
    resume,
    take,
)

WRONG = ("quiz--one", "b", "wrong")
RIGHT = ("quiz--one", "a", "correct")
PRACTISED = ("first--calm", "b", "correct")
TWO = ("first", "second")
ALL = ("first", "second", "third")
BOTH = ("first", "quiz")


@dataclass(frozen=True, slots=True)
class Scenario:
    words: str
    play: Callable[[Play], None]
    needs: str = ""


def completed_by_pages(play: Play) -> None:
    play.upload(*READING)
    learner = play.open()
    go(learner, "Second")
    go(learner, "Third")
    learner.told("Saved")
    leave_with(play, learner, "completed", place="third", visited=ALL)


def passed(play: Play) -> None:
    pass_once(play)


def failed_then_passed(play: Play) -> None:
    play.upload(*TESTED, attempts=2)
    learner = play.open()
    go(learner, "Quiz")
    take(learner, right=False)
    learner.told("Saved")
    take(learner, right=True, start="Try again")
    learner.told("Saved")
    leave_with(play, learner, "passed", "100", "quiz", BOTH, (WRONG, RIGHT), 10000)


def failed_for_good(play: Play) -> None:
    play.upload(*TESTED, attempts=1)
    learner = play.open()
    go(learner, "Quiz")
    take(learner, right=False)
    learner.told("Saved")
    leave_with(play, learner, "failed", "0", "quiz", BOTH, (WRONG,), 0)


def half_way_and_resumed(play: Play) -> None:
    play.upload(*READING)
    learner = play.open()
    practise(learner)
    go(learner, "Second")
    learner.told("Saved")
    leave_with(play, learner, "incomplete", place="second", visited=TWO, answers=(PRACTISED,))
    learner = play.open()
    expect(learner.frame.get_by_label("Option b")).to_be_checked()
    resume(learner, "Second")
    go(learner, "Third")
    learner.told("Saved")
    leave_with(play, learner, "completed", place="third", visited=ALL, answers=(PRACTISED,))


def tab_killed(play: Play) -> None:
    play.upload(*READING)
    learner = play.open()
    practise(learner)
    go(learner, "Second")
    learner.told("Saved")
    give_time(play, "incomplete", place="second", visited=TWO, answers=(PRACTISED,))
    play.leave(learner, "kill")
    play.holds("incomplete", place="second", visited=TWO, answers=(PRACTISED,))
    learner = play.open()
    expect(learner.frame.get_by_label("Option b")).to_be_checked()
    resume(learner, "Second")
    leave_with(play, learner, "incomplete", place="second", visited=TWO, answers=(PRACTISED,))


def window_closed(play: Play) -> None:
    """Right after a page was turned, before anything was saved of it."""
    play.upload(*READING)
    learner = play.open("frame" if "popup" in play.lms.lacks else "popup")
    learner.told("Saved")
    go(learner, "Second")
    play.leave(learner, "close")
    if play.lms.name in TOO_LATE:
        play.least = 0
    else:
        play.holds("incomplete", place="second", visited=TWO)
    learner = play.open()
    # What came too late for the LMS is in the browser's journal, and told now.
    resume(learner, "Second")
    learner.told("Saved")
    leave_with(play, learner, "incomplete", place="second", visited=TWO)


def exit_button(play: Play) -> None:
    play.upload(*READING)
    learner = play.open()
    go(learner, "Second")
    play.leave(learner, "exit")
    play.holds("incomplete", place="second", visited=TWO)


def relaunched_after_completion(play: Play) -> None:
    pass_once(play)
    counted = play.least
    learner = play.open()
    resume(learner, "Quiz")
    play.leave(learner)
    # Some open it read-only, and then count no time.
    play.least = counted
    play.holds("passed", "100", "quiz", BOTH, (RIGHT,), 10000)


def reviewed(play: Play) -> None:
    """A visit that the LMS opens read-only: what is done in it leaves no trace."""
    pass_once(play)
    counted = play.least
    learner = play.open(mode="review")
    practise(learner)
    go(learner, "Quiz")
    take(learner, right=False, start="Try again")
    play.leave(learner)
    play.least = counted
    play.holds("passed", "100", "quiz", BOTH, (RIGHT,), 10000)


def pass_once(play: Play) -> None:
    play.upload(*TESTED)
    learner = play.open()
    go(learner, "Quiz")
    take(learner, right=True)
    learner.told("Saved")
    leave_with(play, learner, "passed", "100", "quiz", BOTH, (RIGHT,), 10000)


def browsed(play: Play) -> None:
    play.upload(*TESTED)
    learner = play.open(mode="browse")
    go(learner, "Quiz")
    take(learner, right=True)
    play.leave(learner)
    play.holds_nothing()


def two_windows(play: Play) -> None:
    """The older window knows less: what it saves at its end takes nothing away."""
    play.upload(*READING)
    older = play.open()
    older.told("Saved")
    newer = play.open()
    newer.told("Saved")
    go(newer, "Second")
    newer.told("Saved")
    play.leave(newer)
    play.leave(older)
    learner = play.open()
    resume(learner, "Second")
    play.leave(learner)
    # Two windows are open for the same time: how often it counts is the LMS's.
    play.least = 0
    play.holds("incomplete", place="second", visited=TWO)


def replaced_half_way(play: Play) -> None:
    play.upload(*READING)
    learner = play.open()
    practise(learner)
    go(learner, "Second")
    learner.told("Saved")
    leave_with(play, learner, "incomplete", place="second", visited=TWO, answers=(PRACTISED,))
    play.upload(NEWER, *READING[1:])
    learner = play.open()
    if "replaced" not in play.lms.lacks:
        learner.see("Keep calm, and help.")
    expect(learner.frame.get_by_label("Option b")).to_be_checked()
    resume(learner, "Second")
    go(learner, "Third")
    learner.told("Saved")
    leave_with(play, learner, "completed", place="third", visited=ALL, answers=(PRACTISED,))


def replaced_after_passing(play: Play) -> None:
    pass_once(play)
    counted = play.least
    play.upload(NEWER, QUIZ)
    learner = play.open()
    learner.see("Keep calm, and help.")
    resume(learner, "Quiz")
    play.leave(learner)
    play.least = counted
    play.holds("passed", "100", "quiz", BOTH, (RIGHT,), 10000)


def record_not_yet_filled(play: Play) -> None:
    play.upload(*RECORDED)
    learner = play.open()
    go(learner, "Quiz")
    take(learner, right=True)
    go(learner, "Record")
    learner.told("Saved")
    play.leave(learner)
    every = ("first", "quiz", "record")
    play.holds("incomplete", "100", "record", every, (RIGHT,), 10000)
    learner = play.open()
    resume(learner, "Record")
    fill(learner)
    learner.told("Saved")
    leave_with(play, learner, "passed", "100", "record", every, (RIGHT,), 10000)


def give_time(play: Play, *args: Any, **kwargs: Any) -> None:
    """Let an LMS that stores after its LMSCommit has answered do so."""
    if play.lms.name in LATER:
        counted, play.least = play.least, 0
        play.holds(*args, **kwargs)
        play.least = counted


def leave_with(play: Play, learner: Learner, *args: Any, **kwargs: Any) -> None:
    """Leave by the LMS's way out, with this saved."""
    give_time(play, *args, **kwargs)
    play.leave(learner)
    play.holds(*args, **kwargs)


SCENARIOS = {
    "pages": Scenario("complete by pages", completed_by_pages),
    "pass": Scenario("pass", passed),
    "fail-then-pass": Scenario("fail, then pass", failed_then_passed),
    "fail": Scenario("fail with no attempt left", failed_for_good),
    "half-way": Scenario("half-way and resume", half_way_and_resumed),
    "kill": Scenario("kill the tab", tab_killed),
    "close": Scenario("close the window", window_closed),
    "exit": Scenario("Exit button", exit_button),
    "relaunch": Scenario("relaunch after completion", relaunched_after_completion),
    "review": Scenario("review", reviewed, needs="review"),
    "browse": Scenario("browse", browsed, needs="browse"),
    "two-windows": Scenario("two windows", two_windows),
    "replaced-half-way": Scenario("package replaced half-way", replaced_half_way, needs="replaced"),
    "replaced-after-passing": Scenario(
        "package replaced after passing", replaced_after_passing, needs="replaced"
    ),
    "record": Scenario("passed, the record not yet filled", record_not_yet_filled),
}
