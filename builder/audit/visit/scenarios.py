"""What a trainee does with a course, scenario by scenario, and the points at which is looked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

from builder.audit.visit.driver import Driver
from builder.audit.visit.record import FINAL, Moment, Picture, Play, Screen, Step
from builder.audit.visit.sight import Sight
from builder.audit.visit.trainee import Act, Memory, decide, way_out
from builder.audit.visit.witness import About, Witness
from builder.audit.visit.words import purpose

MOST_STEPS = 160
"""Steps of a trainee who does the whole course."""
HALF_STEPS = 14
"""Steps of one who leaves before the end."""
_WORDS = 3_000
"""Characters of a page that a record keeps."""


@dataclass(slots=True)
class Stage:
    """A scenario that is being played."""

    driver: Driver
    witness: Witness
    about: About
    moments: list[Moment] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    memory: Memory = field(default_factory=Memory)

    def open(self, **visit: Any) -> Page:
        """Open the course, with a memory for this visit alone."""
        page = self.driver.open(**visit)
        self.memory = Memory()
        return page

    def moment(self, name: str, sight: Sight | None = None) -> Moment:
        """Note what the LMS holds and what is on view now."""
        seen = sight or self.driver.look()
        screen = Screen(seen.heading, seen.words, seen.answers, seen.text[:_WORDS])
        lms = self.driver.lms
        held = self.witness.held()
        now = Moment(name, lms.launches, len(lms.calls), held, screen, len(self.steps))
        self.moments.append(now)
        if image := self.driver.picture():
            self.pictures.append(Picture(name, seen.heading, len(self.steps), image))
        return now

    def do(self, act: Act, sight: Sight) -> bool:
        """Do one thing, and note it; whether it could be done."""
        done = self.driver.act(act)
        self.memory = self.memory.after(act, sight)
        control = act.control
        pointer = bool(control and not control.keyboard and done)
        lms = self.driver.lms
        step = Step(
            words=str(act) if done else f"{act}, in vain",
            why=act.why,
            calls=len(lms.calls),
            launch=lms.launches,
            pointer=pointer,
            name=control.name if control else "",
            seen=sight.text[:_WORDS],
            answers=sight.submitted_by(control) if control and act.why == "submit" else (),
        )
        self.steps.append(step)
        return done

    def go(self, most: int, enough: Callable[[Memory, Sight], bool] = lambda m, s: False) -> bool:
        """Go on until there is nothing more to do, or it is enough; whether it came to one of
        these within so many steps."""
        for _ in range(most):
            sight = self.driver.look()
            if sight.empty:
                sight = self.driver.look_again()
            self.driver.check(sight.heading or " ".join(sight.text.split())[:60])
            if enough(self.memory, sight):
                return True
            act = decide(sight, self.memory)
            if act is None:
                self._miss(sight)
                return True
            self.do(act, sight)
        return False

    def _miss(self, sight: Sight) -> None:
        barred = [one for one in sight.controls if one.disabled and purpose(one.name) == "next"]
        asking = [one for one in sight.controls if one.asks and not one.disabled and not one.locked]
        if barred or asking:
            place = sight.heading or "a page"
            self.missed.append(f"what comes after “{place}”, which lets this trainee no further")
        if sight.films:
            self.missed.append("a film or recording, which a trainee has to play to its end")
        if sight.drawn:
            self.missed.append("a part that is drawn and cannot be read, such as a game")
        if sight.empty:
            self.missed.append("anything at all: the page stays empty")


def _glance(stage: Stage) -> None:
    page = stage.open()
    stage.moment("opened")
    stage.driver.leave(page)
    stage.moment("left", Sight())


def _window(stage: Stage) -> None:
    if "popup" in stage.about.lacks:
        return
    page = stage.open(window="popup")
    stage.moment("opened")
    stage.driver.close(page)


def _foreign(stage: Stage) -> None:
    other = stage.driver.lms.address.replace("127.0.0.1", "localhost")
    page = stage.open(levels=2, foreign=other)
    stage.moment("opened")
    stage.driver.close(page)


def _whole(stage: Stage) -> None:
    page = stage.open()
    stage.moment("opened")
    if not stage.go(MOST_STEPS):
        stage.missed.append(f"the end of the course, within {MOST_STEPS} steps")
    sight = stage.driver.look()
    stage.moment("end", sight)
    if control := way_out(sight):
        stage.do(Act("press", control, why="exit"), sight)
    stage.driver.leave(page)
    stage.moment("finished", Sight())
    page = stage.open()
    stage.moment("again")
    stage.go(3)
    stage.driver.leave(page)
    stage.moment("looked", Sight())


def _begin_half(stage: Stage) -> tuple[Page, Sight]:
    page = stage.open()
    stage.moment("opened")

    def enough(memory: Memory, sight: Sight) -> bool:
        return memory.submitted > 0 or stage.witness.held().status in FINAL

    stage.go(HALF_STEPS, enough)
    sight = stage.driver.look()
    stage.moment("half", sight)
    return page, sight


def _return(stage: Stage, half: Sight) -> None:
    """Come back as a person does: go on where the course offers it."""
    left = Screen(half.heading, half.words)
    page = stage.open()
    stage.moment("returned")
    for _ in range(2):
        sight = stage.driver.look()
        if Screen(sight.heading, sight.words).like(left):
            break
        act = decide(sight, stage.memory)
        if act is None or act.why not in ("resume", "start"):
            break
        stage.do(act, sight)
    stage.moment("back")
    stage.driver.leave(page)
    stage.moment("gone", Sight())


def _halfway(stage: Stage) -> None:
    page, half = _begin_half(stage)
    stage.driver.leave(page)
    stage.moment("left", Sight())
    _return(stage, half)


def _closed(stage: Stage) -> None:
    page, half = _begin_half(stage)
    stage.driver.close(page)
    stage.moment("left", Sight())
    _return(stage, half)


def _killed(stage: Stage) -> None:
    page, half = _begin_half(stage)
    stage.driver.kill(page)
    stage.moment("left", Sight())
    _return(stage, half)


def _login(stage: Stage) -> None:
    _trouble(stage, {"expired": True}, {"expired": False})


def _line(stage: Stage) -> None:
    _trouble(stage, {"offline": True}, {"offline": False})


def _trouble(stage: Stage, fault: Mapping[str, bool], end: Mapping[str, bool]) -> None:
    """Something fails just before the first answer is submitted."""
    page = stage.open()
    stage.moment("opened")
    stage.go(HALF_STEPS, lambda memory, sight: memory.fresh)
    sight = stage.driver.look()
    stage.moment("half", sight)
    lms = stage.driver.lms
    lms.change_faults(dict(fault))
    stage.driver.context.set_offline("offline" in fault)
    stage.go(HALF_STEPS, lambda memory, sight: memory.submitted > 0)
    after = stage.driver.look()
    stage.moment("failing", after)
    stage.driver.context.set_offline(False)
    lms.change_faults(dict(end))
    stage.driver.settle()
    stage.driver.leave(page)
    stage.moment("left", Sight())
    _return(stage, after)


PLAYS: dict[str, Callable[[Stage], None]] = {
    "glance": _glance,
    "whole": _whole,
    "halfway": _halfway,
    "closed": _closed,
    "killed": _killed,
    "login": _login,
    "line": _line,
    "window": _window,
    "foreign": _foreign,
}
"""How each scenario of ``visiting.SCENARIOS`` is played."""


def play(scenario: str, driver: Driver, witness: Witness) -> Play:
    """Play one scenario of ``PLAYS``: what there is to judge of it."""
    about = witness.about()
    stage = Stage(driver, witness, about)
    driver.begin()
    PLAYS[scenario](stage)
    stage.missed += [f"the pages that the course has at {site}" for site in driver.away]
    return Play(
        witness.slug,
        scenario,
        moments=tuple(stage.moments),
        calls=witness.calls(),
        steps=tuple(stage.steps),
        waits=any(one.get("means") == "sync" for one in driver.lms.messages),
        errors=tuple(driver.errors),
        complaints=tuple(driver.complaints),
        elsewhere=tuple(driver.elsewhere),
        missed=tuple(dict.fromkeys(stage.missed)),
        functions=about.functions,
        lacks=tuple(sorted(about.lacks)),
        pictures=tuple(stage.pictures),
        barriers=tuple(driver.axe.found) if driver.axe else (),
    )
