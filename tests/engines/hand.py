"""A trainee at a tab: by the keyboard alone, or with a pointer."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.engines.engine import Tab, Unreached

PROBES = (Path(__file__).resolve().parent / "page.js").read_text("utf-8")
COURSE = """(name, ...given) => {
  const probes = %s;
  const frame = document.querySelector("iframe[name=sco]");
  return probes[name](frame?.contentWindow ?? window, ...given);
}"""
PATIENCE = 60
"""Seconds for what a trainee waits for."""
MOST_PRESSES = 10
PAUSE = 0.03
"""Seconds between two looks: a driver cannot wait for a page."""

Query = dict[str, Any]
"""How a control is found: ``css`` of its kind, its ``words``, the ``index`` of several, ``top`` for
one of the learning system's own page."""


@dataclass(frozen=True, slots=True)
class Hand:
    tab: Tab
    pointer: bool
    """Whether buttons are clicked rather than pressed by the keyboard."""

    def ask(self, probe: str, *given: Any) -> Any:
        """What a function of page.js says."""
        return self.tab.run(COURSE % PROBES, probe, *given)

    def wait(self, what: str, true: Callable[[], Any]) -> Any:
        """Look until something holds; its value. Raises ``Unreached`` in the end."""
        end = time.monotonic() + PATIENCE
        last = ""
        while time.monotonic() < end:
            try:
                if found := true():
                    return found
                last = ""
            except RuntimeError as wrong:
                # A page that is on its way has no document yet.
                last = f" ({wrong})"
            time.sleep(PAUSE)
        raise Unreached(f"{what} does not come{last}; there is {self.where()}")

    def where(self) -> Any:
        try:
            return self.ask("where")
        except RuntimeError as wrong:
            return str(wrong)

    def reach(self, query: Query) -> tuple[float, float]:
        """Give a control the focus, once it is there and nothing covers it; its middle."""
        last: list[str] = [""]

        def reached() -> Any:
            told = self.ask("reach", query)
            last[0] = told if isinstance(told, str) else ""
            return None if last[0] else told

        try:
            at = self.wait(f"{query}", reached)
        except Unreached as wrong:
            raise Unreached(f"{wrong}: it is {last[0]}") from None
        return at["x"], at["y"]

    def press(self, query: Query, key: str = "Enter") -> None:
        """Press a button or a link; again where the page took the focus away in between."""
        for _ in range(MOST_PRESSES):
            x, y = self.reach(query)
            if self.pointer:
                self.tab.click(x, y)
            else:
                self.tab.press(key)
            if self.arrived():
                return
        raise Unreached(f"what is pressed does not arrive at {query}")

    def arrived(self) -> bool:
        try:
            return bool(self.ask("arrived"))
        except RuntimeError:
            return True

    def tick(self, query: Query) -> None:
        """Choose a radio button, or tick a box that is not."""
        if not self.ask("checked", query):
            self.press(query, "Space")
        self.wait(f"the tick at {query}", lambda: self.ask("checked", query))

    def write(self, query: Query, text: str) -> None:
        """Write into a field, over what is there; again where letters are missing: Firefox throws
        away what is typed while a synchronous call runs."""
        value = None
        for _ in range(MOST_PRESSES):
            self.reach(query)
            self.ask("select", query)
            self.tab.write(text)
            value = self.ask("value", query)
            if value == text:
                return
        raise Unreached(f"what is typed arrives as {value!r} in {query}, not as {text!r}")

    def pick(self, query: Query, value: str) -> None:
        """Choose a value of a list by the keyboard: the list itself is the system's."""
        self.reach(query)
        self.tab.press("Home")
        seen = [self.ask("value", query)]
        still = 0
        while seen[-1] != value:
            self.tab.press("ArrowDown")
            seen.append(self.ask("value", query))
            # A key may be lost as letters may.
            still = still + 1 if seen[-1] == seen[-2] else 0
            if still > MOST_PRESSES:
                raise Unreached(f"the arrow keys lead to {seen} in {query}, not to {value!r}")
