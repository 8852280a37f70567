"""A trainee's way through a course, the same in every engine."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from tests.a11y.view import ONWARD
from tests.engines.answers import form_of, give
from tests.engines.engine import Unreached
from tests.engines.hand import Hand, Query
from tests.support.unpacked import Package
from tests.support.ways import best_way

MOST_QUESTIONS = 60
ON_VIEW = "main form[data-question]"
CHECKS = "main .check form[data-question]"
GO_ON = "main .feedback .actions button"
SUBMIT = "main .answers-to-check ~ .actions button"


@dataclass(frozen=True, slots=True)
class Walk:
    """A trainee in a course; ``seen`` gets what each page looks like beyond its words."""

    package: Package
    hand: Hand

    def started(self) -> None:
        self.hand.wait("the course", lambda: self.hand.ask("where")["progress"])

    def saved(self) -> None:
        self.hand.wait("Saved", lambda: self.hand.ask("where")["status"] == "Saved")

    def at(self, page: str) -> None:
        self.hand.wait(f"page {page}", lambda: self.hand.ask("where")["page"] == page)

    def either(self, page: str, way: Query) -> str:
        """The page, or the words of the way there: whichever comes."""

        def come() -> str:
            if self.hand.ask("where")["page"] == page:
                return page
            return str(way.get("words", way["css"])) if self.hand.ask("has", way) else ""

        return str(self.hand.wait(f"{page}, or a way there", come))

    def through(self, last: str = "") -> list[str]:
        """From the first page to ``last`` or the end, doing all there is to do; what sticks out of
        a page."""
        wrong = []
        for number, page in enumerate(self.package.pages):
            way = {"css": ONWARD if number else "#begin"}
            if number or self.hand.ask("has", way):
                self.hand.press(way)
            self.at(page["id"])
            self.work(page)
            wrong += [f"{page['id']}: {one}" for one in self.hand.ask("wide")]
            if page["id"] == last:
                break
        return wrong

    def work(self, page: dict[str, Any]) -> None:
        """Do what a page asks for."""
        gate = {"css": "main .closed > .actions button"}
        if self.hand.ask("has", gate):
            self.hand.press(gate)
            self.hand.wait("an open page", lambda: not self.hand.ask("has", gate))
        for name in self.hand.ask("questions", CHECKS):
            give(self.hand, self.package.questions[name])
            self.taken(name)
        if page["kind"] == "quiz":
            self.quiz()
        if page["kind"] == "record":
            self.record()
        if page["kind"] == "scenario":
            self.scenario(page["scenario"])

    def taken(self, name: str) -> None:
        """An answer was taken: there is feedback."""
        feedback = {"css": f"{form_of(name)} .feedback h3"}
        self.hand.wait(f"a reply to {name}", lambda: self.hand.ask("has", feedback))

    def quiz(self) -> None:
        """Begin it and answer every question that it asks, up to its result."""
        self.hand.press({"css": "main .actions button", "index": -1})
        self.hand.wait("a question", lambda: self.hand.ask("questions", ON_VIEW))
        for _ in range(MOST_QUESTIONS):
            [name] = self.hand.ask("questions", ON_VIEW)
            give(self.hand, self.package.questions[name])
            self.hand.wait(f"a reply to {name}", partial(self.after, name))
            if self.hand.ask("has", {"css": GO_ON}):
                self.hand.press({"css": GO_ON, "index": -1})
                self.hand.wait("what comes next", partial(self.left, name))
            if not self.hand.ask("questions", ON_VIEW):
                # Where feedback comes at the end, the answers are shown before they count.
                if self.hand.ask("has", {"css": SUBMIT}):
                    self.hand.press({"css": SUBMIT})
                    self.hand.wait("the result", lambda: not self.hand.ask("has", {"css": SUBMIT}))
                return
        raise Unreached("the quiz does not end")

    def after(self, name: str) -> bool:
        """Whether there is feedback, or another question or the result in its place."""
        return bool(self.hand.ask("has", {"css": GO_ON})) or self.left(name)

    def left(self, name: str) -> bool:
        return bool(self.hand.ask("questions", ON_VIEW) != [name])

    def scenario(self, scenario: dict[str, Any]) -> None:
        """Walk to its best ending."""
        leads = {
            (scene["id"], choice["id"]): choice["to"]
            for scene in scenario["scenes"]
            for choice in scene["choices"]
        }
        here = scenario["start"]
        forward = {"css": "#walk-next"}
        for choice in best_way(scenario):
            here = leads[here, choice]
            then = {"css": f".scene[data-scene='{here}']:not([hidden])"}
            self.hand.press({"css": f"#walk-{choice}"})
            self.hand.wait("what follows", partial(self.any, forward, then))
            if self.hand.ask("has", forward):
                self.hand.press(forward)
            self.hand.wait(f"the scene {here}", partial(self.any, then))

    def any(self, *queries: Query) -> bool:
        return any(self.hand.ask("has", query) for query in queries)

    def record(self) -> None:
        for number in range(self.hand.ask("count", "main .record-item textarea")):
            self.hand.write({"css": "main .record-item textarea", "index": number}, "A few words.")
        dates = self.hand.ask("count", "main .record-item .date input")
        for number in range(dates):
            value = ("3", "11", "2026")[number % 3]
            self.hand.write({"css": "main .record-item .date input", "index": number}, value)
        # What is written counts once the field is left.
        self.hand.reach({"css": "#contents-button"})
