"""What tabs driven over WebDriver and WebDriver BiDi share: input as both take it.

W3C "WebDriver", actions; "WebDriver BiDi" has the same.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

PATIENCE = 120
"""Seconds for a command, a synchronous call of the page within it included."""

KEYS = {
    "Tab": "\ue004",
    "Enter": "\ue007",
    "Shift": "\ue008",
    "Home": "\ue011",
    "ArrowDown": "\ue015",
    "Space": " ",
}
"""Keys that are no characters, as the protocols name them."""


class WebDriverTab(ABC):
    """A tab, but for how a protocol sends what is done in it."""

    @abstractmethod
    def run(self, source: str, *arguments: Any) -> Any:
        """See ``Tab`` of engine.py."""

    @abstractmethod
    def type(self, keyboard: dict[str, Any]) -> None:
        """Perform the actions of a keyboard, which may take the page away."""

    def back(self) -> None:
        self.run("() => { setTimeout(() => history.back(), 0); }")

    def press(self, key: str) -> None:
        self.type(typed([KEYS.get(key, key)]))

    def write(self, text: str) -> None:
        self.type(typed(list(text)))


def typed(keys: list[str]) -> dict[str, Any]:
    """A keyboard on which keys are pressed and let go, one after another."""
    steps = [{"type": kind, "value": one} for one in keys for kind in ("keyDown", "keyUp")]
    return {"type": "key", "id": "keyboard", "actions": steps}
