"""How a trainee works: by the keyboard alone, or by single taps."""

from __future__ import annotations

from typing import Protocol

from playwright.sync_api import Locator, Page

MOST_TABS = 150
# Where the focus is: between the radio buttons of a set, arrows lead.
AT = """it => !it.isConnected ? "replaced" : it === document.activeElement ? "there"
  : it.type === "radio" && document.activeElement.name === it.name ? "in its set" : "elsewhere"
"""


class Unreached(Exception):  # noqa: N818
    """The hand cannot do this; the text says what."""


class Hand(Protocol):
    """What it takes to work through a course. Each waits until the element is there."""

    def press(self, control: Locator) -> None:
        """Activate a button or a link."""

    def tick(self, control: Locator) -> None:
        """Choose a radio button, or tick a box that is not."""

    def write(self, field: Locator, text: str) -> None:
        """Write into a field, over what is there."""

    def pick(self, field: Locator, value: str) -> None:
        """Choose a value of a list."""


class Keyboard:
    """Presses keys. ``tabs`` says whether it goes from stop to stop, as a trainee does, or has
    the focus at once: check 15 and 16 prove that each stop can be reached."""

    def __init__(self, page: Page, *, tabs: bool) -> None:
        self.page = page
        self.tabs = tabs

    def reach(self, control: Locator) -> None:
        if not self.tabs:
            control.focus()
            return
        control.wait_for()
        element = control.element_handle()
        for _ in range(MOST_TABS):
            at = element.evaluate(AT)
            if at == "there":
                return
            if at == "replaced":
                element = control.element_handle()
                continue
            self.page.keyboard.press("ArrowDown" if at == "in its set" else "Tab")
        raise Unreached(f"the keyboard does not reach {control.evaluate('it => it.outerHTML')}")

    def press(self, control: Locator) -> None:
        self.reach(control)
        self.page.keyboard.press("Enter")

    def tick(self, control: Locator) -> None:
        self.reach(control)
        if not control.is_checked():
            self.page.keyboard.press("Space")
        if not control.is_checked():
            raise Unreached("Space does not choose " + control.evaluate("it => it.outerHTML"))

    def write(self, field: Locator, text: str) -> None:
        self.reach(field)
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.insert_text(text)

    def pick(self, field: Locator, value: str) -> None:
        self.reach(field)
        self.page.keyboard.press("Home")
        for _ in range(field.locator("option").count()):
            if field.input_value() == value:
                return
            self.page.keyboard.press("ArrowDown")
        if field.input_value() != value:
            raise Unreached(f"the arrow keys do not lead to {value!r}")


class Touch:
    """Taps, one at a time; no second finger, no drag, no long press."""

    def press(self, control: Locator) -> None:
        control.tap()

    def tick(self, control: Locator) -> None:
        if not control.is_checked():
            control.tap()
        if not control.is_checked():
            raise Unreached("a tap does not choose " + control.evaluate("it => it.outerHTML"))

    def write(self, field: Locator, text: str) -> None:
        field.tap()
        field.fill(text)

    def pick(self, field: Locator, value: str) -> None:
        # The list itself is the system's, outside of the page.
        field.tap()
        field.select_option(value)
        field.page.keyboard.press("Escape")
