"""What a trainee does with a scenario in an LMS, and what the LMS should hold then."""

from __future__ import annotations

from dataclasses import replace

from builder.course.state import QuizState
from tests.lms.play import WALKED, WALKED_ONCE, Play, Wanted, at_scene, decide, go, press, resume

TO_WALK = ("first", "walk")
EVERYWHERE = (*TO_WALK, "third")
DECIDED = ("walk--call", "b", "correct")
ON_THE_WAY = Wanted(
    "incomplete",
    place="walk",
    visited=TO_WALK,
    answers=(DECIDED,),
    walked=QuizState(1, None, True, {"call": "b"}),
)
ENDED_WELL = Wanted(
    "passed",
    "100",
    "third",
    EVERYWHERE,
    (DECIDED, ("walk--explain", "a", "correct")),
    walked=QuizState(1, 10_000, False, {"call": "b", "explain": "a"}),
    ended=("told",),
)
ENDED_BADLY = Wanted(
    "failed",
    "0",
    "third",
    EVERYWHERE,
    (("walk--call", "a", "wrong"), ("walk--promise", "a", "wrong")),
    walked=QuizState(1, 0, False, {"call": "a", "promise": "a"}),
    ended=("alone",),
)


def walked_well(play: Play) -> None:
    """In a scenario that counts; a poorer way after a good one changes nothing."""
    play.upload(*WALKED)
    learner = play.open()
    go(learner, "Walk")
    decide(learner, "Say whom you have to tell", "Explain the next steps")
    at_scene(learner, "The right person")
    press(learner, "Try another way")
    press(learner, "Hang up")
    at_scene(learner, "Monday")
    go(learner, "Third")
    learner.told("Saved")
    play.leave(learner)
    again = QuizState(2, 10_000, False, {"call": "c"})
    play.holds_soon(replace(ENDED_WELL, walked=again, ended=("told", "monday")))


def take_the_poor_way(play: Play) -> None:
    """A visit in which the trainee comes to the bad ending."""
    learner = play.open()
    go(learner, "Walk")
    decide(learner, "Promise it", "Keep it")
    at_scene(learner, "Alone")
    go(learner, "Third")
    learner.told("Saved")
    play.leave(learner)


def walked_badly_then_well(play: Play) -> None:
    """A poor way fails nobody: the course stays open, and a good way passes it."""
    play.upload(*WALKED)
    take_the_poor_way(play)
    play.holds_soon(replace(ENDED_BADLY, status="incomplete"))
    learner = play.open()
    resume(learner, "Third")
    press(learner, "Previous: Walk")
    at_scene(learner, "Alone")
    press(learner, "Try another way")
    decide(learner, "Say whom you have to tell", "Explain the next steps")
    at_scene(learner, "The right person")
    learner.told("Saved")
    play.leave(learner)
    play.holds_soon(
        Wanted(
            "passed",
            "100",
            "walk",
            EVERYWHERE,
            (*ENDED_BADLY.answers, ("walk--explain", "a", "correct")),
            walked=QuizState(2, 10_000, False, {"call": "b", "explain": "a"}),
            ended=("alone", "told"),
        )
    )


def walked_badly(play: Play) -> None:
    """The first way counts, and no other way changes the result."""
    play.upload(*WALKED_ONCE)
    take_the_poor_way(play)
    play.holds_soon(ENDED_BADLY)


def walked_half_way_and_resumed(play: Play) -> None:
    play.upload(*WALKED)
    learner = play.open()
    go(learner, "Walk")
    decide(learner, "Say whom you have to tell")
    learner.told("Saved")
    play.leave(learner)
    play.holds_soon(ON_THE_WAY)
    learner = play.open()
    resume(learner, "Walk")
    # The feedback is shown again.
    at_scene(learner, "The call")
    press(learner, "Next")
    at_scene(learner, "An explanation")
    decide(learner, "Explain the next steps")
    go(learner, "Third")
    learner.told("Saved")
    play.leave(learner)
    play.holds_soon(ENDED_WELL)


def walk_reviewed(play: Play) -> None:
    """A visit that the LMS opens read-only: the walk in it leaves no trace."""
    play.upload(*WALKED)
    learner = play.open()
    go(learner, "Walk")
    decide(learner, "Say whom you have to tell", "Explain the next steps")
    go(learner, "Third")
    learner.told("Saved")
    play.leave(learner)
    play.holds_soon(ENDED_WELL)
    visits = [*play.visits]
    learner = play.open(mode="review")
    go(learner, "Walk")
    at_scene(learner, "The right person")
    press(learner, "Try another way")
    decide(learner, "Promise it", "Keep it")
    at_scene(learner, "Alone")
    play.leave(learner)
    play.visits = visits
    play.holds(ENDED_WELL)
