"""What is walked in each engine. A scenario gives what was stored and seen, to be compared between
engines, and raises ``AssertionError`` or ``Unreached`` where it is not as it should be."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from builder.course import state
from builder.preview.lms import Faults
from tests.engines import answers
from tests.engines.engine import Engine, Tab, Unreached
from tests.engines.hand import PATIENCE, Hand
from tests.engines.walks import Walk
from tests.lms.simulated import Simulated, simulated
from tests.support.unpacked import Package

Found = dict[str, Any]
"""What was stored and seen, by name."""

HALF_WAY = 3
"""The page, counted from 0, at which a trainee leaves half-way."""
SLOW = (4.0, 20.0)
"""Seconds of the call during which a second window opens; more for a slow machine."""
RESUME = {"css": ".resume .actions button:first-child"}
AWHILE = 1.5
"""Seconds in which something that should not come would come."""


@dataclass(frozen=True, slots=True)
class Room:
    """One engine at one size, with the packages."""

    engine: Engine
    packages: Mapping[str, Package]
    narrow: bool
    """Whether it has the width of a phone: the trainee points instead of using the keyboard."""

    def hand(self, tab: Tab) -> Hand:
        return Hand(tab, self.narrow)


@dataclass(slots=True)
class Visitor:
    """A trainee with a package in a simulated Moodle."""

    room: Room
    package: Package
    lms: Simulated
    noted: list[str]
    """What pages did wrong."""

    def open(self, tab: Tab | None = None) -> Walk:
        """Launch the course, in a new tab where none is given."""
        tab = tab or self.room.engine.tab()
        tab.go(self.lms.url())
        walk = Walk(self.package, self.room.hand(tab))
        walk.started()
        return walk

    def leave(self, walk: Walk) -> None:
        """Leave by the learning system's link."""
        self.note(walk)
        walk.hand.press({"css": "#exit", "top": True})
        walk.hand.wait("the page after the visit", lambda: gone(walk.hand))
        self.lms.server.wait_until_quiet()

    def note(self, walk: Walk) -> None:
        """Take down what pages did wrong, before the tab is gone."""
        self.noted += walk.hand.ask("faults")

    def stored(self) -> Found:
        return held(self.lms)


def gone(hand: Hand) -> bool:
    return "You have left the course" in hand.ask("sight")


def held(lms: Simulated) -> Found:
    """What the learning system holds, without what differs from run to run: times, counts, and the
    version of the course, which each visit reports."""
    stored = lms.stored()
    kept = state.decode(stored.state or "")
    answers = [
        tuple(one.get(name, "") for name in ("id", "type", "student_response", "result"))
        for one in stored.interactions or ()
        if not one.get("id", "").startswith("version")
    ]
    return {
        "status": stored.status,
        "score": stored.score,
        "place": stored.location,
        "interactions": answers,
        "state": kept and replace(kept, saves=0, reported=False, late=frozenset(), interactions=0),
    }


@contextmanager
def visiting(room: Room, course: str) -> Iterator[Visitor]:
    """A trainee in a fresh Moodle, at an address that no page was at before."""
    package = room.packages[course]
    with simulated(package.folder, "moodle") as lms:
        visitor = Visitor(room, package, lms, [])
        yield visitor
        told = [one for one in lms.findings() if one["kind"] == "specification"]
        assert not told, f"outside SCORM 1.2: {told}"
    assert not visitor.noted, f"faults of pages: {visitor.noted}"


def whole(room: Room, course: str) -> Found:
    """From launch to Exit, doing all there is to do."""
    with visiting(room, course) as visitor:
        walk = visitor.open()
        wide = walk.through()
        walk.hand.press({"css": "#exit-button"})
        visitor.lms.wait_for_call("LMSFinish")
        visitor.lms.server.wait_until_quiet()
        visitor.note(walk)
        walk.hand.tab.close()
        found = visitor.stored()
        assert found["status"] == "passed", found
        assert not wide, wide
        return found


def by_link(visitor: Visitor, walk: Walk) -> None:
    visitor.leave(walk)
    walk.hand.tab.close()


def by_exit(visitor: Visitor, walk: Walk) -> None:
    walk.hand.press({"css": "#exit-button"})
    visitor.lms.wait_for_call("LMSFinish")
    visitor.note(walk)
    walk.hand.tab.close()


def by_closing(visitor: Visitor, walk: Walk) -> None:
    visitor.note(walk)
    walk.hand.tab.close()


def resumed(room: Room, leave: Callable[[Visitor, Walk], None], *, told: bool = True) -> Found:
    """Leave half-way and come back: all is there, and one press leads to the place. ``told`` is
    whether the LMS has it all before that, and not by the browser's journal in the end."""
    with visiting(room, "course") as visitor:
        place = visitor.package.pages[HALF_WAY]["id"]
        walk = visitor.open()
        walk.through(place)
        leave(visitor, walk)
        if told:
            # What a closing page sends may arrive late.
            visitor.lms.wait("cmi.core.lesson_location", place)
        visitor.lms.server.wait_until_quiet()
        first = visitor.stored() if told else {}
        walk = visitor.open()
        walk.hand.press(RESUME)
        walk.at(place)
        walk.hand.press({"css": "#next"})
        walk.at(visitor.package.pages[HALF_WAY + 1]["id"])
        by_link(visitor, walk)
        return {"first": first, "then": visitor.stored()}


def two_windows(room: Room) -> Found:
    """A second window opens while a call runs in which the first one tells an answer."""
    for slow in SLOW:
        found = opened_twice(room, slow)
        if found:
            return found
    raise Unreached(f"a second window takes longer to open than {SLOW[-1]} s")


def opened_twice(room: Room, slow: float) -> Found | None:
    """What is stored in the end; None where the call ended before the second window was there."""
    with visiting(room, "showcase") as visitor:
        server = visitor.lms.server
        [page, later] = [one for one in visitor.package.pages if one["checks"]][:2]
        first = visitor.open()
        first.through(page["id"])
        first.hand.press({"css": "#next"})
        first.at(later["id"])
        handing_in = answers.prepare(first.hand, visitor.package.questions[later["checks"][0]])
        server.wait_until_quiet()

        visitor.lms.faults = Faults(delay=slow)
        before = len(server.messages)
        first.hand.ask("later", handing_in, 0)
        assert server.wait(lambda: len(server.messages) > before, PATIENCE), "nothing is sent"
        # Only that call is slow, not those of the second window. It opens now, since a page that is
        # hidden calls Moodle otherwise.
        visitor.lms.faults = Faults()
        second = visitor.open()
        meanwhile = server.busy
        second.saved()
        first.hand.wait("the first window's end", lambda: first.hand.ask("where")["alert"])
        server.wait_until_quiet()
        visitor.note(first)
        by_link(visitor, second)
        first.hand.tab.close()
        server.wait_until_quiet()
        return visitor.stored() if meanwhile else None


def from_disk(room: Room) -> Found:
    """The package's page, opened as a file: every page can be read and answered."""
    package = room.packages["showcase"]
    tab = room.engine.tab()
    tab.go((package.folder / "index.html").as_uri())
    walk = Walk(package, room.hand(tab))
    walk.started()
    wide = walk.through("recordings")
    captions = walk.hand.wait("captions", lambda: ready(walk.hand.ask("captions")))
    faults = walk.hand.ask("faults")
    seen = walk.hand.ask("where")
    tab.close()
    assert not wide, wide
    assert not faults, faults
    return {"where": seen, "captions": captions}


def ready(captions: list[Any]) -> list[Any]:
    return captions if captions and all(cues for _, _, cues in captions) else []


def quick_exit(room: Room) -> Found:
    """ "Exit this page", then Back: no word of the course before a press on "Open again"."""
    with visiting(room, "course") as visitor:
        tab = room.engine.tab()
        tab.go(f"{visitor.lms.server.address}/lms/left.html")
        walk = visitor.open(tab)
        pages = visitor.package.pages
        for page, way in zip(pages[:3], ("#begin", "#next", "#next"), strict=True):
            walk.hand.press({"css": way})
            walk.at(page["id"])
        walk.hand.press({"css": ".leave-link"})
        walk.hand.wait("the neutral page", lambda: "Calendar" in walk.hand.ask("sight"))
        visitor.lms.wait("cmi.core.lesson_location", pages[2]["id"])
        visitor.lms.server.wait_until_quiet()
        stored = visitor.stored()
        tab.back()
        sights = watched(walk.hand)
        # Where Back leads is the browser's affair: to the course, or past it.
        secret = [visitor.package.outline["title"], *(page["title"] for page in pages)]
        told = sorted({word for sight in sights for word in secret if word in sight})
        assert not told, f"after Back there is to be seen: {told}"
        again = {"css": "button", "words": "Open again"}
        if walk.hand.ask("has", again):
            title = walk.hand.ask("title")
            assert not any(word in title for word in secret), f"the window is called {title}"
            walk.hand.press(again)
            walk.started()
            visitor.note(walk)
        tab.close()
        visitor.lms.server.wait_until_quiet()
        assert visitor.stored() == stored, (stored, visitor.stored())
        return stored


def watched(hand: Hand) -> list[str]:
    """Everything in sight for a while."""
    end = time.monotonic() + AWHILE
    found = []
    while time.monotonic() < end:
        try:
            found.append(hand.ask("sight"))
        except RuntimeError:
            continue
    return found


def back_after_exit(room: Room) -> Found:
    """The browser's Back after the learning system's way out: nothing is written by an old copy,
    and the trainee is where they were with one press or none."""
    with visiting(room, "course") as visitor:
        place = visitor.package.pages[HALF_WAY]["id"]
        walk = visitor.open()
        walk.through(place)
        visitor.leave(walk)
        stored = visitor.stored()
        walk.hand.tab.back()
        walk.hand.wait("the course again", lambda: walk.hand.ask("where")["progress"])
        end = time.monotonic() + AWHILE
        visitor.lms.server.wait(lambda: time.monotonic() > end)
        assert visitor.stored() == stored, (stored, visitor.stored())
        if walk.either(place, RESUME) != place:
            walk.hand.press(RESUME)
        walk.at(place)
        by_link(visitor, walk)
        assert visitor.stored() == stored, (stored, visitor.stored())
        return stored


@dataclass(frozen=True, slots=True)
class Scenario:
    words: str
    play: Callable[[Room], Found]


SCENARIOS = {
    "course": Scenario("The course, launch to Exit", lambda room: whole(room, "course")),
    "showcase": Scenario("The showcase, launch to Exit", lambda room: whole(room, "showcase")),
    "leave": Scenario("Left by the LMS, resumed", lambda room: resumed(room, by_link)),
    "exit": Scenario("Left by Exit, resumed", lambda room: resumed(room, by_exit)),
    "close": Scenario("Tab closed, resumed", lambda room: resumed(room, by_closing, told=False)),
    "windows": Scenario("Two windows, slow calls", two_windows),
    "disk": Scenario("From disk", from_disk),
    "quick": Scenario("Exit this page, then Back", quick_exit),
    "back": Scenario("Exit, then Back", back_after_exit),
}


def watched_package(package: Path) -> None:
    """Put the walks' watch before the player of an unpacked package."""
    watch = (Path(__file__).resolve().parent / "watch.js").read_text("utf-8")
    [player] = (package / "assets").glob("player-*.js")
    player.write_text(watch + player.read_text("utf-8"), "utf-8")
