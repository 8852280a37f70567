"""A trainee of tests/chaos/course, who clicks and types; knows the page by what it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Frame, Locator

from builder.course import interface
from tests.chaos.plan import DAY, ENDINGS, ITEMS, KNOWN, PAGES, QUIZ, SCENES, TEST, Act
from tests.chaos.truth import (
    PLACES,
    SOURCE,
    TYPED,
    UNTOLD,
    WORDS,
    Answer,
    Truth,
    walk_score,
)

LOOKING_BACK = interface.texts("en")["player.nothing_recorded"]


class OutOfReachError(Exception):
    """A page that the course cannot fetch, and says so."""


@dataclass(frozen=True, slots=True)
class Trainee:
    """At work in one visit. ``wait(ms)`` lets time pass; ``until(true)`` does until it holds."""

    frame: Frame
    truth: Truth
    wait: Callable[[int], None]
    until: Callable[[Callable[[], bool], str], None]
    last: dict[str, Answer] = field(default_factory=dict)
    """Practice answers of the page on view, of which the LMS is told when it is left."""
    tried: set[str] = field(default_factory=set)
    """What the test-out has asked in this visit, in tries that are over."""

    def do(self, act: Act) -> str:
        """Do what an act says; what came of it, in words."""
        name, *rest = act
        deeds: dict[str, Callable[..., str]] = {
            "visit": self.visit,
            "check": self.check,
            "quiz": self.quiz,
            "show": self.show,
            "record": self.record,
            "decide": self.decide,
            "language": self.language,
            "wait": self.pause,
            "told": self.told,
        }
        try:
            return deeds[name](*rest)
        except OutOfReachError as page:
            return f"is told that {page} cannot be fetched"

    def pause(self, milliseconds: str) -> str:
        self.wait(int(milliseconds))
        return f"waits {milliseconds} ms"

    def told(self, words: str) -> str:
        """Wait until the page says so of saving, however long that takes."""
        places = self.frame.locator("#save-status, [data-notice=save] details")
        self.until(lambda: any(words in one for one in places.all_text_contents()), words)
        return f"is told {words!r}"

    def visit(self, page: str) -> str:
        """Follow a link to a page."""
        article = self.frame.locator(f"article[data-page='{page}']")
        stays = article.count() > 0
        self.frame.evaluate("page => { location.hash = `#/${page}` }", page)
        heading = article.locator("h1")
        told = self.frame.locator("[data-notice=page]")
        self.until(lambda: heading.count() + told.count() > 0, PAGES[page])
        if not heading.count():
            raise OutOfReachError(PAGES[page])
        if not stays:
            for answer in self.last.values():
                self.truth.tell(answer, self.acts())
            self.last.clear()
        return f"goes to {PAGES[page]}"

    def language(self) -> str:
        """Turn the course into its other language, on the same page."""
        button = self.frame.locator("#language-button")
        self.there(button, "the choice of languages")
        button.click()
        other = self.frame.locator("#languages button:not([aria-current])")
        self.there(other, "the other language")
        tag = other.get_attribute("lang")
        failed = self.frame.locator("[data-notice=language]")
        other.click()
        self.until(lambda: self.spoken() == tag or failed.count() > 0, f"the language {tag}")
        if self.spoken() != tag:
            raise OutOfReachError(tag)
        return f"goes on in {tag}"

    def check(self, name: str, response: str) -> str:
        """Answer a question on its page, again where it was answered before. A right answer that
        is on view with its feedback cannot be given once more."""
        self.visit("start" if name in ("where", "weekly") else "words")
        form = self.frame.locator(f"main form[data-question='{name}']")
        # Of an answer in words that only the browser had there is nothing to see.
        first = name not in WORDS and not self.shown().get(name)
        again = form.locator(".feedback:visible .actions button")
        if again.count():
            again.click()
        press = form.locator(f".presses [value='{response}']")
        if press.count():
            check = press
        else:
            self.fill(form, response)
            check = form.locator("[type=submit]")
        if check.is_hidden() or check.is_disabled():
            return f"sees that {response!r} was right for {name}"
        check.click()
        self.truth.give(name, response, self.acts())
        if name != UNTOLD:
            answer = Answer(name, response, self.spoken() if name == TYPED else SOURCE)
            self.truth.answered(answer)
            if first:
                self.truth.tell(answer, self.acts())
            else:
                self.last[name] = answer
        self.there(form.locator(".feedback:visible"), f"feedback on {name}")
        return f"answers {name} with {response!r}"

    def submit(
        self, form: Locator, questions: Mapping[str, tuple[str, str]], how: str
    ) -> tuple[str, int]:
        """Answer the question on view; return its id and the number of the act."""
        name = form.get_attribute("data-question") or ""
        right, wrong = questions[name]
        answer = Answer(name, right if how == "right" else wrong)
        self.fill(form, answer.response)
        form.locator("[type=submit]").click()
        act = self.acts()
        self.truth.answered(answer)
        self.truth.tell(answer, act)
        return name, act

    def quiz(self, how: str) -> str:
        """Answer the next question of the quiz; begin an attempt where none is under way."""
        self.visit("quiz")
        form = self.frame.locator("main form[data-question]")
        if not form.count():
            self.frame.locator("main .actions button:visible").last.click()
            self.there(form, "a question of the quiz")
            self.truth.give("quiz", self.place(), self.acts())
        name, act = self.submit(form, QUIZ, how)
        more = self.frame.locator("main .feedback .actions button")
        self.there(more, f"feedback on {name}")
        more.click()
        self.until(lambda: self.place() != "", "what comes next")
        self.truth.give("quiz", self.place(), act)
        if self.place().endswith("%"):
            self.truth.scored("quiz", float(self.place().removesuffix("%")), act)
        return f"answers {name} {how}: {self.place()}"

    def decide(self, choice: str) -> str:
        """Make a choice in the scenario, the first one where there is no such choice; after an
        ending, begin another walk."""
        self.visit("walk")
        forward = self.frame.locator("#walk-next")
        again = self.frame.locator("#walk-again")
        if forward.count():
            # The feedback of an earlier visit.
            forward.click()
        elif again.count():
            again.click()
            self.there(self.frame.locator(".walk-choices"), "the first scene")
            self.truth.give("walk", self.shown()["walk"], self.acts())
        scene = self.shown()["walk"]
        choice = choice if choice in SCENES[scene] else "a"
        answer = Answer(scene, choice)
        first = scene not in self.truth.responses
        earlier = [(scene, choice) for scene, choice in self.frame.evaluate("watched.decisions()")]
        self.frame.locator(f"#walk-{choice}").click()
        act = self.acts()
        self.truth.answered(answer)
        if first:
            # Where the first decision was lost, a later one may have been the first.
            self.truth.tell(answer, act)
        if forward.count():
            forward.click()
        place = self.shown()["walk"]
        self.truth.give("walk", place, act)
        if place in ENDINGS:
            self.truth.give("ended", "yes", act)
            self.truth.scored("walk", walk_score([*earlier, (scene, choice)]), act)
        return f"decides {choice} in {scene}: {place}"

    def show(self, how: str) -> str:
        """Answer the test-out's question and submit it, in a further attempt if one is offered."""
        self.visit(TEST)
        form = self.frame.locator("main form[data-question]")
        submit = self.frame.locator("main .answers-to-check ~ .actions button")
        if not form.count() and not submit.count():
            begin = self.frame.get_by_role("button", name="Start (one question)")
            begin = begin.or_(self.frame.get_by_role("button", name="Try again", exact=True))
            if not begin.count():
                return "finds nothing to show"
            begin.click()
            self.there(form, "the question of the test-out")
            self.truth.give("test", self.shown()["test"], self.acts())
        if form.count():
            name, act = self.submit(form, KNOWN, how)
            if name in self.tried:
                self.truth.asked_again.append(name)
            self.tried.add(name)
            self.there(submit, "the answers to check")
            self.truth.give("test", self.shown()["test"], act)
        submit.click()
        act = self.acts()
        self.until(lambda: self.shown()["test"].endswith("%"), "the result of the test-out")
        self.truth.give("test", self.shown()["test"], act)
        return f"takes the test-out: {self.shown()['test']}"

    def record(self, name: str, text: str) -> str:
        """Write an answer into the record and when it was achieved, and leave the field. A visit in
        which nothing is recorded has no fields."""
        self.visit("record")
        item = self.frame.locator("main .record-item").nth(tuple(ITEMS).index(name))
        field, written = item.locator("textarea"), item.locator(".written")
        self.there(field.or_(written), "an answer of the record")
        if written.count():
            self.told(LOOKING_BACK)
            return f"finds no field to write {name} into"
        field.fill(text)
        self.truth.give(name, text, self.acts())
        fields = item.locator("fieldset input")
        for at, part in enumerate(DAY.split()):
            fields.nth(at).fill(part)
        self.truth.give(f"{name}-day", DAY, self.acts())
        fields.last.blur()
        return f"writes {text!r} into {name}"

    def exit(self) -> str:
        """Press Exit, and once more where it warns."""
        button = self.frame.locator("#exit-button")
        if not button.is_visible():
            return "finds no Exit"
        before = self.frame.evaluate("watched.warnings()")
        button.click()

        def answered() -> bool:
            warned: bool = self.frame.evaluate("watched.warnings()") > before
            return warned or button.is_hidden()

        self.until(answered, "an answer to Exit")
        if button.is_visible():
            button.click()
            self.until(button.is_hidden, "the end of the visit")
            return "presses Exit, is warned, and leaves all the same"
        return "presses Exit"

    def add(self) -> bool:
        """Have the work added that this browser has of another attempt, if it asks."""
        button = self.frame.locator("[data-notice=journal] button").first
        asked = button.count() > 0 and button.is_visible()
        if asked:
            button.click()
        return asked

    def all_answers(self) -> dict[str, str]:
        """What the course shows of everything that can be answered."""
        shown: dict[str, str] = {}
        for page in PAGES:
            self.visit(page)
            shown |= self.shown()
        return shown

    # -- the page -------------------------------------------------------------------------------

    def acts(self) -> int:
        """How many acts there were in this visit; see watch.js."""
        return int(self.frame.evaluate("watched.acts()"))

    def spoken(self) -> str:
        """The language in which the course is shown."""
        return self.frame.locator("html").get_attribute("lang") or ""

    def shown(self) -> dict[str, str]:
        return named(self.frame.evaluate("watched.shown()"))

    def place(self) -> str:
        """Where in the quiz the trainee is, in the page's words: a question, or the result."""
        return self.shown()["quiz"]

    def there(self, thing: Locator, words: str) -> None:
        self.until(lambda: thing.count() > 0 and thing.first.is_visible(), words)

    def fill(self, form: Locator, response: str) -> None:
        option = form.locator(f"input[type=radio][value='{response}']")
        if option.count():
            option.check()
        else:
            form.locator("input[type=text], textarea").first.fill(response)


def named(shown: dict[str, Any]) -> dict[str, str]:
    """What watch.js reads of a page, by the names of the answers."""
    found: dict[str, str] = dict(shown["answers"])
    found |= {name: shown[name] for name in PLACES if shown[name] is not None}
    for name, (text, day) in zip(ITEMS, shown["items"], strict=False):
        found |= {name: text, f"{name}-day": day}
    return found
