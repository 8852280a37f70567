"""A trainee who uses the keyboard alone."""

import json
import re
from pathlib import Path

from playwright.sync_api import Frame, Locator, Page

_TABS = 200
"""More than any page has stops: a trainee who has pressed Tab so often is trapped."""


class Trainee:
    """Walks a course in a window (``page``) that shows it in ``frame``."""

    def __init__(self, page: Page, frame: Frame, unpacked: Path) -> None:
        self.keyboard = page.keyboard
        self.frame = frame
        self.outline = json.loads((unpacked / "course.json").read_text("utf-8"))
        self.patterns = {one["id"]: one["pattern"] for one in self.outline["questions"]}

    @property
    def titles(self) -> list[str]:
        """The titles of the course's pages, in order."""
        return [page["title"] for page in self.outline["pages"]]

    def tab_to(self, target: Locator) -> None:
        """Press Tab until ``target`` has the focus."""
        target.wait_for()
        for _ in range(_TABS):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {target}")

    def press(self, name: str | re.Pattern[str]) -> None:
        """Go to a button and press it."""
        self.tab_to(self.frame.get_by_role("button", name=name, exact=True))
        self.keyboard.press("Enter")

    def next(self) -> str:
        """Go to the next page; its title."""
        self.press(re.compile("^Next: "))
        return self.heading()

    def heading(self) -> str:
        """The heading that has the focus."""
        focused = self.frame.locator("h1:focus, h2:focus, h3:focus")
        focused.wait_for()
        return focused.inner_text()

    def go_to(self, title: str) -> None:
        """Go forward to the page with this title."""
        while self.next() != title:
            pass

    def answer(self, right: bool = True) -> None:
        """Answer the one question on view that has no answer yet."""
        form = self.frame.locator("form[data-question]")
        pattern = self.patterns[form.get_attribute("data-question") or ""]
        wanted = set(pattern.strip("{}").split(","))
        controls = form.locator("fieldset input").all()
        values = [control.get_attribute("value") or "" for control in controls]
        if controls[0].get_attribute("type") == "radio":
            self._choose(controls, values.index(next(v for v in values if (v in wanted) is right)))
        else:
            for control, value in zip(controls, values, strict=True):
                if (value in wanted) is right:
                    self.tab_to(control)
                    self.keyboard.press("Space")
        self.press("Check")

    def _choose(self, radios: list[Locator], index: int) -> None:
        self.tab_to(radios[0])
        self.keyboard.press("Space")
        for _ in range(index):
            self.keyboard.press("ArrowDown")

    def take_quiz(self, right: bool = True) -> str:
        """Answer every question of an attempt under way; the heading of the result."""
        while True:
            self.answer(right)
            assert self.heading() == ("Correct" if right else "Not quite")
            more = self.frame.get_by_role(
                "button", name=re.compile("^(Next question|See your result)$")
            )
            self.tab_to(more)
            last = more.inner_text() == "See your result"
            self.keyboard.press("Enter")
            heading = self.heading()
            if last:
                return heading

    def fill_record(self) -> None:
        """Write an answer and a date into every part of the record on view."""
        for number, item in enumerate(self.frame.locator(".record-item").all(), start=1):
            self.tab_to(item.get_by_label("Answer"))
            self.keyboard.type(f"My answer {number}.")
            for part, value in (("Day", "3"), ("Month", "11"), ("Year", "2026")):
                self.tab_to(item.get_by_label(part))
                self.keyboard.type(value)
        self.keyboard.press("Tab")
