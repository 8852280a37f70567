"""A trainee of tests/chaos/course, who clicks and types; knows the page by what it shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Frame, Locator

from tests.chaos.plan import CHECKS, ITEMS, PAGES, QUIZ, Act
from tests.chaos.truth import Truth


class OutOfReachError(Exception):
    """A page that the course cannot fetch, and says so."""


@dataclass(frozen=True, slots=True)
class Trainee:
    """At work in one visit. ``wait(ms)`` lets time pass; ``until(true)`` does until it holds."""

    frame: Frame
    truth: Truth
    wait: Callable[[int], None]
    until: Callable[[Callable[[], bool], str], None]

    def do(self, act: Act) -> str:
        """Do what an act says; what came of it, in words."""
        name, *rest = act
        deeds: dict[str, Callable[..., str]] = {
            "visit": self.visit,
            "check": self.check,
            "quiz": self.quiz,
            "record": self.record,
            "wait": self.pause,
        }
        try:
            return deeds[name](*rest)
        except OutOfReachError as page:
            return f"is told that {page} cannot be fetched"

    def pause(self, milliseconds: str) -> str:
        self.wait(int(milliseconds))
        return f"waits {milliseconds} ms"

    def visit(self, page: str) -> str:
        """Follow a link to a page."""
        self.frame.evaluate("page => { location.hash = `#/${page}` }", page)
        heading = self.frame.locator(f"article[data-page='{page}'] h1")
        told = self.frame.locator("[data-notice=page]")
        self.until(lambda: heading.count() + told.count() > 0, PAGES[page])
        if not heading.count():
            raise OutOfReachError(PAGES[page])
        return f"goes to {PAGES[page]}"

    def check(self, name: str, response: str) -> str:
        """Answer a question on its page, again where it was answered before."""
        self.visit("start" if name in ("where", "weekly") else "words")
        form = self.form(name)
        self.fill(form, response)
        form.locator("[type=submit]").click()
        self.there(form.locator(".feedback:visible"), f"feedback on {name}")
        self.truth.give(name, response)
        return f"answers {name} with {response!r}"

    def quiz(self, how: str) -> str:
        """Answer the next question of the quiz; begin an attempt where none is under way."""
        self.visit("quiz")
        form = self.frame.locator("main form[data-question]")
        if not form.count():
            self.frame.locator("main .actions button:visible").last.click()
            self.there(form, "a question of the quiz")
            self.truth.give("quiz", self.place())
        name = form.get_attribute("data-question") or ""
        right, wrong = QUIZ[name]
        self.fill(form, right if how == "right" else wrong)
        form.locator("[type=submit]").click()
        more = self.frame.locator("main .feedback .actions button")
        self.there(more, f"feedback on {name}")
        more.click()
        self.until(lambda: self.place() != "", "what comes next")
        self.truth.give("quiz", self.place())
        score = self.score()
        if score is not None:
            self.truth.scored(score)
        return f"answers {name} {how}: {self.place()}"

    def place(self) -> str:
        """Where in the quiz the trainee is, in the page's words: a question, or the result."""
        if self.frame.locator("main form[data-question]").count():
            return self.frame.locator("main h2").first.inner_text()
        return "" if self.score() is None else f"{self.score():g} %"

    def score(self) -> float | None:
        words = self.frame.locator("main").inner_text()
        found = re.search(r"You scored ([\d.]+)", words)
        return float(found[1]) if found else None

    def record(self, name: str, text: str) -> str:
        """Write an answer into the record, and leave the field."""
        self.visit("record")
        field = self.item(name)
        field.fill(text)
        field.blur()
        self.truth.give(name, text)
        return f"writes {text!r} into {name}"

    def exit(self) -> str:
        """Press Exit, and once more where it warns."""
        button = self.frame.locator("#exit-button")
        if not button.is_visible():
            return "finds no Exit"
        button.click()

        def answered() -> bool:
            return button.is_hidden() or self.frame.locator("[data-notice=exit]").count() > 0

        self.until(answered, "an answer to Exit")
        if button.is_visible():
            button.click()
            self.until(button.is_hidden, "the end of the visit")
            return "presses Exit, is warned, and leaves all the same"
        return "presses Exit"

    def all_answers(self) -> dict[str, str]:
        """What the course shows of everything that can be answered."""
        shown: dict[str, str] = {}
        for page, names in {"start": ("where", "weekly"), "words": tuple(CHECKS)[2:]}.items():
            self.visit(page)
            shown |= {name: self.response(self.form(name)) for name in names}
        self.visit("quiz")
        shown["quiz"] = self.place()
        self.visit("record")
        return shown | {name: self.item(name).input_value() for name in ITEMS}

    # -- the page -------------------------------------------------------------------------------

    def there(self, thing: Locator, words: str) -> None:
        self.until(lambda: thing.count() > 0 and thing.first.is_visible(), words)

    def form(self, name: str) -> Locator:
        return self.frame.locator(f"main form[data-question='{name}']")

    def item(self, name: str) -> Locator:
        return self.frame.locator("main .record-item textarea").nth(tuple(ITEMS).index(name))

    def fill(self, form: Locator, response: str) -> None:
        option = form.locator(f"input[type=radio][value='{response}']")
        if option.count():
            option.check()
        else:
            form.locator("input[type=text], textarea").first.fill(response)

    def response(self, form: Locator) -> str:
        options = form.locator("input[type=radio]")
        if options.count():
            chosen = form.locator("input[type=radio]:checked")
            return (chosen.get_attribute("value") or "") if chosen.count() else ""
        return form.locator("input[type=text], textarea").first.input_value()
