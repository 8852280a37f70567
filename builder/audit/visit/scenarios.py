"""Plays the scenarios: the simulated trainee's actions in a course, and what is recorded."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page

from builder.audit.visit.driver import MEANS, Driver
from builder.audit.visit.observers import About, Witness
from builder.audit.visit.record import FINAL, Moment, Picture, Play, Screen, Step
from builder.audit.visit.trainee import Act, Memory, Sight, decide, purpose, way_out
from builder.audit.visit.unpacking import WHOLE_PACKAGE, Part

MOST_STEPS = 160
"""Maximum number of actions in the scenario of the whole course."""
HALF_STEPS = 14
"""Maximum number of actions of a trainee before they leave half-way."""
_WORDS = 3_000
"""Maximum length of a recorded page's text, in characters."""


@dataclass(slots=True)
class Stage:
    """A scenario that is being played, with its recordings so far.

    ``about`` is the LMS's profile. ``missed`` says in words what the trainee could not do,
    ``unready`` why the course did not open, ``limited`` which limit ended the scenario, and ``end``
    what proves that the trainee reached the end of the course; empty texts say nothing.
    """

    driver: Driver
    witness: Witness
    about: About
    moments: list[Moment] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    memory: Memory = field(default_factory=Memory)
    over: Callable[[], bool] = lambda: False
    """Returns true when the time is over and the trainee must leave."""
    href: str = ""
    """The launched file; empty for the one that the LMS chooses."""
    unready: str = ""
    limited: str = ""
    end: str = ""
    _idle: list[str] = field(default_factory=list)
    _seen: Sight | None = None
    """What was visible after the last action; ``None`` if it may have changed since."""

    def open(self, **visit: Any) -> Page:
        """Open the course as a trainee who remembers nothing. ``visit`` are options of
        ``Driver.open``."""
        page = self.driver.open(**({"href": self.href} if self.href else {}), **visit)
        self.memory = Memory()
        return page

    def moment(self, name: str, sight: Sight | None = None) -> Moment:
        """Record, as the moment ``name``, which data the LMS stores now, and what is visible:
        ``sight``, or if it is ``None``, what the trainee sees now."""
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
        """Perform and record an action on the page ``sight``; returns whether it was possible. If
        a press has no effect, it is repeated by keyboard and in other ways (``MEANS``)."""
        before, self._seen = self._state(), None
        done = self.driver.act(act)
        means = MEANS[0]
        tried = act.kind in ("press", "choose") and act.why != "exit"
        if tried and not self._changed(sight, before):
            for means in MEANS[1:]:
                done = self.driver.act(act, means) or done
                if self._changed(sight, before):
                    break
            else:
                means = ""
        self.memory = self.memory.after(act, sight)
        if not means and act.why in _WAYS and act.control:
            self._idle.append(
                f"what “{act.control.name}” leads to, which no press has an effect on"
            )
        control = act.control
        pointer = bool(control and not control.keyboard and done)
        lms = self.driver.lms
        by = f" ({_BY[means]})" if means in _BY else ""
        step = Step(
            words=f"{act}{by}" if done and means else f"{act}, in vain",
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

    def _state(self) -> tuple[object, ...]:
        """Values that change if an action has an invisible effect: the numbers of API calls and
        requested files, and the addresses of all frames."""
        pages = self.driver.context.pages
        addresses = tuple(frame.url for page in pages for frame in page.frames)
        return len(self.driver.lms.calls), len(self.driver.requested), addresses

    def _changed(self, sight: Sight, before: tuple[object, ...]) -> bool:
        self._seen = self.driver.look()
        return self._state() != before or self._seen != sight

    def go(self, most: int, enough: Callable[[Memory, Sight], bool] = lambda m, s: False) -> bool:
        """Let the trainee act until there is nothing left to do, ``enough`` returns true for the
        trainee's memory and the present page, or the time is over.

        Returns false if none of these happened within ``most`` actions.
        """
        for _ in range(most):
            if self.over():
                self.limited = "the time of this scenario"
                return True
            sight, self._seen = self._seen or self.driver.look(), None
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
        self.missed += self._idle
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


_WAYS = ("start", "next", "submit", "finish", "resume")
"""Purposes of controls that lead further into the course. If such a control has no effect, the rest
of the course is not reached."""
_BY = {"keyboard": "by keyboard", "events": "by events of a script", "touch": "by touch"}
_END = re.compile(
    r"^\W*(?:the end(?=\W*$)|end of (?:the |this )?(?:course|module|lesson|training)|"
    r"(?:you have|you’ve|you've) (?:now |successfully )*(?:completed|finished|reached the end of) "
    r"(?:the|this|your|our) (?:\w+ )?(?:course|module|lesson|training)|"
    r"(?:the |this )?(?:course|module|lesson|training) (?:is )?(?:now )?complete(?:d)?|"
    r"thank you for (?:completing|taking) (?:the|this) (?:course|module|lesson|training)|"
    r"ende des kurses|(?:der )?kurs (?:ist )?abgeschlossen|fin du (?:cours|module)|"
    r"fin del curso|fine del corso|fim do curso|einde van de cursus|koniec kursu|"
    r"(?:курс заверш[её]н|конец курса)|课程结束|نهاية الدورة)\b",
    re.IGNORECASE | re.MULTILINE,
)
"""Texts by which courses announce their end."""
_COUNTER = re.compile(
    r"(?<![\d.,:/])(\d{1,3}) ?(?:/|of|von|de|sur|di|van|z|из|av) ?(\d{1,3})(?![\d.,:/])"
)
"""Matches a page counter, such as “3 of 10”."""


def ending(sight: Sight, steps: Sequence[Step]) -> str:
    """What proves that a trainee with nothing left to do is at the end of the course, in words;
    empty if nothing does.

    ``steps`` are the actions so far. The proof is a sentence about the end that the course did not
    show at its start, a page counter at its last page, or a finish control that had an effect.
    """
    if not steps:
        return ""
    beginning = steps[0].seen.lower()
    for found in _END.finditer(sight.text):
        if found[0].strip().lower() not in beginning:
            return f"the course says “{found[0].strip()}”"
    # A page counter has shown a lower number before; a date or a fraction has not.
    totals = {
        found[2]
        for step in steps
        for found in _COUNTER.finditer(step.seen)
        if int(found[1]) < int(found[2])
    }
    ahead = any(purpose(one.name) == "next" and not one.disabled for one in sight.controls)
    for found in _COUNTER.finditer(sight.text):
        last = found[1] == found[2] and found[2] in totals and found[0] not in beginning
        if last and not ahead:
            return f"the course counts “{found[0]}”"
    pressed = [one for one in steps if one.why == "finish" and not one.words.endswith("in vain")]
    return f"the trainee {pressed[-1].words}" if pressed else ""


def _ready(stage: Stage, sight: Sight) -> None:
    """If nothing of the course is visible, record why in ``stage``."""
    driver = stage.driver
    if driver.unfound:
        stage.unready = f"“{driver.unfound}” is not in the package (404)"
        return
    if driver.crashed or not sight.blank or not driver.look_again(driver.ready).blank:
        return
    if driver.blocked:
        hosts = ", ".join(dict.fromkeys(urlsplit(one).hostname or one for one in driver.blocked))
        stage.missed.append(
            "anything at all: the page stays empty, and the visit let no request out to "
            f"{hosts}, which may be the cause"
        )
        return
    missing = [one for one in driver.missing if one.lower().endswith(_STARTING)]
    if missing:
        stage.unready = f"“{missing[0]}” is not in the package (404)"
    elif driver.errors:
        stage.unready = f"its page stays empty, after the script error “{driver.errors[0]}”"
    else:
        stage.unready = "its page stays empty"


_STARTING = (".html", ".htm", ".xhtml", ".js", ".mjs", ".json", ".xml", ".wasm", ".data")
"""Endings of files that a course may need to start."""


def _glance(stage: Stage) -> None:
    page = stage.open()
    stage.moment("opened")
    _ready(stage, stage.driver.look())
    if not (stage.unready or stage.driver.crashed):
        stage.driver.wait_for_call()
    stage.driver.leave(page)
    stage.moment("left", Sight())


def _window(stage: Stage) -> None:
    if "popup" in stage.about.lacks:
        return
    page = stage.open(window="popup")
    stage.driver.wait_for_call()
    stage.moment("opened")
    stage.driver.close(page)


def _foreign(stage: Stage) -> None:
    other = stage.driver.lms.address.replace("127.0.0.1", "localhost")
    page = stage.open(levels=2, foreign=other)
    stage.driver.wait_for_call()
    stage.moment("opened")
    stage.driver.close(page)


def _whole(stage: Stage) -> None:
    page = stage.open()
    stage.moment("opened")
    if not stage.go(MOST_STEPS):
        stage.limited = f"{MOST_STEPS} steps"
    sight = stage.driver.look()
    stage.moment("end", sight)
    if not (stage.limited or stage.missed):
        stage.end = ending(sight, stage.steps)
    if control := way_out(sight):
        stage.do(Act("press", control, why="exit"), sight)
    stage.driver.leave(page)
    stage.moment("finished", Sight())
    if stage.over():
        return
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
    """Open the course again, and resume if the course offers that. ``half`` is what was visible
    when the trainee left."""
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
    """Play a scenario in which ``fault`` begins just before the trainee submits their first answer.

    ``fault`` and ``end`` are settings of the simulated LMS that begin and end the fault.
    """
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
"""The function that plays each scenario of ``visiting.SCENARIOS``."""


def play(
    scenario: str,
    driver: Driver,
    witness: Witness,
    over: Callable[[], bool] = lambda: False,
    part: Part = WHOLE_PACKAGE,
) -> Play:
    """Play one scenario of ``PLAYS`` with the SCO ``part``, and return what was recorded. Once
    ``over`` returns true, the trainee leaves."""
    about = witness.about()
    stage = Stage(driver, witness, about, over=over, href=part.href)
    driver.begin()
    PLAYS[scenario](stage)
    if driver.crashed:
        stage.limited = "the memory of a page, which then ended"
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
        sco=part.title,
        blocked=tuple(driver.blocked),
        missing=tuple(driver.missing),
        requested=tuple(driver.requested),
        unready=stage.unready,
        limited=stage.limited,
        end=stage.end,
    )
