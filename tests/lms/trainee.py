"""A trainee of the induction course, who uses the keyboard alone and may know every answer."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.learner import Learner
from tests.support.ways import best_way


@dataclass(frozen=True, slots=True)
class Trainee(Learner):
    """Works in the course of the package in ``unpacked``."""

    unpacked: Path

    @property
    def outline(self) -> dict[str, Any]:
        """The package's ``course.json``."""
        found: dict[str, Any] = json.loads((self.unpacked / "course.json").read_text("utf-8"))
        return found

    @property
    def patterns(self) -> dict[str, str]:
        """The correct response of each question."""
        questions = self.outline["questions"]
        return {one["id"]: one["patterns"][0] for one in questions if one["patterns"]}

    @property
    def titles(self) -> list[str]:
        """The titles of the course's pages, in order."""
        return [page["title"] for page in self.outline["pages"]]

    def begin(self) -> None:
        """Go from the cover to the first page."""
        self.press("Start")
        self.at(self.titles[0])

    def next(self) -> str:
        """Go to the next page; its title."""
        words = self.frame.locator("#next").inner_text()
        self.press(words)
        title = words.removeprefix("Next: ")
        self.at(title)
        return title

    def go_to(self, title: str) -> None:
        """Go forward to the page with this title; scenarios on the way are decided well."""
        while self.next() != title:
            self.decide()

    def decide(self) -> None:
        """Walk to the best ending, if the page on view is a scenario."""
        shown = self.frame.locator("article").get_attribute("data-page")
        page = next(one for one in self.outline["pages"] if one["id"] == shown)
        if page["kind"] == "scenario":
            for choice in best_way(page["scenario"]):
                self.press(self.frame.locator(f"#walk-{choice}").inner_text())
                self.press("Next")
            expect(self.frame.locator("#walk-again")).to_be_visible()

    def heading(self) -> str:
        """The heading that has the focus."""
        expect(self.frame.locator("h1:focus, h2:focus, h3:focus")).to_be_visible()
        return self.focused()[1]

    def answer(self, right: bool = True) -> None:
        """Answer the first question on view, right or wrong."""
        form = self.frame.locator("form[data-question]").first
        pattern = self.patterns[form.get_attribute("data-question") or ""].strip("{}")
        if form.locator("select").count():
            self.match(form, dict(pair.split(".") for pair in pattern.split(",")), right)
        elif form.locator("input[type=text]").count():
            self.tab_to(" ".join((form.locator("label").text_content() or "").split()))
            self.page.keyboard.insert_text(pattern if right else "0")
        elif form.locator(".presses").count():
            # One press answers.
            buttons = form.locator(".presses button").all()
            words = [
                button.inner_text()
                for button in buttons
                if (button.get_attribute("value") == pattern) is right
            ]
            self.press(words[0])
            return
        else:
            self.choose_all(form, pattern.split(","), right)
        self.press("Check")

    def match(self, form: Locator, pairs: dict[str, str], right: bool) -> None:
        """Pick an option for every item: the right one, or the first that is not."""
        for label, select in zip(
            form.locator("label").all(), form.locator("select").all(), strict=True
        ):
            wanted = pairs[select.get_attribute("data-item") or ""]
            options = {
                option.get_attribute("value"): option.inner_text()
                for option in select.locator("option").all()
            }
            words = [
                text for value, text in options.items() if value and (value == wanted) is right
            ]
            self.pick(label.inner_text(), words[0])

    def choose_all(self, form: Locator, wanted: list[str], right: bool) -> None:
        """Choose the options that are wanted, or the others."""
        options = {
            option.locator("input").get_attribute("value"): option.inner_text()
            for option in form.locator(".option").all()
        }
        chosen = [words for value, words in options.items() if (value in wanted) is right]
        several = form.locator("[type=checkbox]").count()
        self.choose(*chosen if several else chosen[:1])

    def take_quiz(self, right: bool = True) -> str:
        """Answer every question of an attempt under way; the heading of the result."""
        more = self.frame.locator(".feedback .actions button")
        while True:
            self.answer(right)
            assert self.heading() == ("Right" if right else "Not right")
            words = more.inner_text()
            self.press(words)
            if words == "See your result":
                return self.heading()

    def fill_record(self) -> None:
        """Write an answer and a date into every part of the record on view."""
        for number in range(1, self.frame.locator(".record-item").count() + 1):
            self.fill("Answer", f"My answer {number}.")
            for part, value in (("Day", "3"), ("Month", "11"), ("Year", "2026")):
                self.fill(part, value)
        self.page.keyboard.press("Tab")
