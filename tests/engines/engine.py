"""What the walks ask of a browser engine; one module each for Chromium, Firefox and WebKit."""

from __future__ import annotations

from typing import Any, Protocol

Size = tuple[int, int]
"""Width and height of the page, in CSS pixels."""

Key = str
"""``Enter``, ``Tab``, ``Shift``, ``Home``, ``ArrowDown`` or one character."""


class Missing(Exception):  # noqa: N818
    """An engine is not installed; the text names its Debian packages."""


class Unreached(Exception):  # noqa: N818
    """What a walk waited for did not come; the text says what."""


class Tab(Protocol):
    """A tab of a browser."""

    def go(self, address: str) -> None:
        """Open an address as a trainee does who types it; return once the page has loaded."""

    def back(self) -> None:
        """Press the browser's Back, without waiting for what comes."""

    def run(self, source: str, *arguments: Any) -> Any:
        """Call the function of this JavaScript source in the tab's own page; JSON in and out.

        Raises ``RuntimeError`` where it throws, or the page goes away meanwhile."""

    def press(self, key: Key) -> None:
        """Press a key and let it go, wherever the focus is."""

    def write(self, text: str) -> None:
        """Type a text, wherever the focus is."""

    def click(self, x: float, y: float) -> None:
        """Press the main button of the mouse at a point of the page in view."""

    def close(self) -> None:
        """Close it as a trainee does, whatever the page asks."""


class Engine(Protocol):
    """A running browser with one profile, all of whose pages have the same size."""

    version: str

    def tab(self) -> Tab:
        """Open a new tab, before the others."""

    def faults(self) -> list[str]:
        """What pages threw or logged as errors since the last time."""
