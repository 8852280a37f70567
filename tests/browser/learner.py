"""A trainee with a keyboard: tabs to things by their names, as they are read out."""

from __future__ import annotations

import re
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from playwright.sync_api import Frame, Locator, Page, expect

from builder.course.state import State, decode
from tests.lms.scorm_again import ScormAgain
from tests.support import patience

MOST_TABS = 80

NOTHING_AHEAD = "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"
"""The browser is asked to save data: pages come when they are wanted, the next one before."""

# The words of the control that has the focus: its label, else its own text.
FOCUSED = """() => {
  const element = document.activeElement ?? document.documentElement;
  const words = element.labels?.[0]?.textContent ?? element.textContent;
  return [element.localName, words.trim().replace(/\\s+/g, " "), element.type ?? ""];
}"""


def sent(host: ScormAgain, element: str) -> list[str]:
    """Every value that the course has set of an element, in order."""
    sets = [call.args for call in host.calls if call.name == "LMSSetValue"]
    return [value for name, value in sets if name == element]


def saved(host: ScormAgain) -> State:
    """The state that the LMS has."""
    state = decode(host.stored.get("cmi.suspend_data", ""))
    assert state is not None
    return state


def patiently() -> Iterator[None]:
    """As often as a key is pressed for what may still have to come: as long as tests wait, and so
    many times on a machine that stands still."""
    end = time.monotonic() + patience.SECONDS
    pressed = 0
    while pressed < MOST_TABS or time.monotonic() < end:
        yield
        pressed += 1


def refused(host: ScormAgain) -> list[tuple[str, ...]]:
    """What the course set and the LMS did not take: elements and values."""
    return [c.args for c in host.calls if c.name == "LMSSetValue" and c.error != "0"]


@dataclass(frozen=True, slots=True)
class Learner:
    """Works in one frame of a page by the keyboard alone."""

    page: Page
    frame: Frame

    @classmethod
    def in_frame(cls, page: Page) -> Learner:
        """In the frame of an LMS, once the course has started there."""
        frame = page.locator("iframe[name=sco]").element_handle().content_frame()
        assert frame is not None
        return cls(page, frame).started()

    def started(self) -> Learner:
        """A page is shown, or the cover with a way into the course."""
        shown = self.frame.locator("#progress:not(:empty), #begin:visible, .cover .resume")
        expect(shown.first).to_be_attached()
        return self

    def focused(self) -> tuple[str, str]:
        """The element that has the focus, and its words."""
        element, words, _ = self.frame.evaluate(FOCUSED)
        return element, words

    def wait(self, true: Callable[[], object]) -> None:
        """Wait until something holds that comes of the page, such as that it has asked for a file:
        requests are told of between two looks."""
        end = time.monotonic() + patience.SECONDS
        while not true() and time.monotonic() < end:
            self.focused()
        assert true()

    def tab_to(self, words: str) -> None:
        """Press Tab until the control with these words has the focus, which may still have to
        come."""
        seen: deque[str] = deque(maxlen=MOST_TABS)
        for _ in patiently():
            self.page.keyboard.press("Tab")
            seen.append(self.focused()[1])
            if seen[-1] == words:
                return
        raise AssertionError(f"Tab does not lead to {words!r}, only to {[*seen]}")

    def press(self, words: str) -> None:
        """Tab to a button or link and press Enter."""
        self.tab_to(words)
        self.page.keyboard.press("Enter")

    def contents(self) -> None:
        """Open the contents, which may still have to come: who goes on before that is not called
        back to them."""
        self.press("Contents")
        expect(self.frame.locator("#contents")).to_be_visible()

    def retry(self, mend: Callable[[], object]) -> None:
        """Go to Retry, let what failed work again, and press Enter. What is tried by itself may
        come before that: then the button is gone, and the key meets nothing."""
        self.tab_to("Retry")
        mend()
        self.page.keyboard.press("Enter")

    def choose(self, *options: str) -> None:
        """Choose a radio button, or tick checkboxes, in the next question."""
        for option in options:
            for _ in patiently():
                _, words, kind = self.frame.evaluate(FOCUSED)
                if kind == "radio":
                    if words == option:
                        self.page.keyboard.press("Space")
                        break
                    self.page.keyboard.press("ArrowDown")
                elif kind == "checkbox" and words == option:
                    self.page.keyboard.press("Space")
                    break
                else:
                    self.page.keyboard.press("Tab")
            else:
                raise AssertionError(f"the keyboard does not reach {option!r}")

    def pick(self, label: str, option: str) -> None:
        """Tab to a select and go through its options to one of them."""
        if self.focused()[1] != label:
            self.tab_to(label)
        select = self.frame.get_by_label(label, exact=True)
        for key in ["Home", *["ArrowDown"] * MOST_TABS]:
            self.page.keyboard.press(key)
            if select.evaluate("(select) => select.selectedOptions[0].text") == option:
                return
        raise AssertionError(f"{label!r} has no option {option!r}")

    def fill(self, label: str, text: str, nth: int = 0) -> None:
        """Tab to the nth field with a label from here on and type."""
        for _ in range(nth + 1):
            self.tab_to(label)
        self.page.keyboard.insert_text(text)

    def go(self, title: str) -> None:
        """Press Next to the page with this title."""
        self.press(f"Next: {title}")
        self.at(title)

    def at(self, title: str | re.Pattern[str]) -> None:
        """The page with this title is shown and its heading has the focus."""
        heading = self.frame.get_by_role("heading", level=1)
        expect(heading).to_have_text(title)
        expect(heading).to_be_focused()

    def exited(self) -> None:
        """The last view is shown, in the words for where the course stands."""
        closes = self.frame.evaluate("window === top || Boolean(top.opener)")
        self.at(
            "You can close this window" if closes else "You can go back to your learning system"
        )

    def see(self, words: str) -> None:
        expect(self.frame.get_by_text(words, exact=True).first).to_be_visible()

    def button(self, words: str) -> Locator:
        return self.frame.get_by_role("button", name=words, exact=True)

    def told(self, words: str) -> None:
        """The save status says this."""
        expect(self.frame.locator("#save-status")).to_have_text(words)

    def saves(self) -> None:
        """Let the time pass that the course takes to save, on a clock that the test has installed
        (``timed``)."""
        self.page.clock.run_for(2_000)
        self.told("Saved")

    def answer_quiz(self, right: bool = True) -> None:
        """Answer the three questions of the small course's quiz and see the result."""
        answers = [("Option a",), ("Option a", "Option c"), ("True",)]
        if not right:
            answers = [("Option b",), ("Option b",), ("False",)]
        for number, options in enumerate(answers, 1):
            assert self.focused() == ("p", f"Question {number} of 3")
            self.choose(*options)
            self.press("Check")
            expect(self.frame.locator(".feedback h3")).to_be_focused()
            self.press("Next question" if number < 3 else "See your result")
