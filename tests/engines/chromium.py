"""Chromium, the one that all tests use, driven by Playwright."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from playwright.sync_api import BrowserContext, Dialog, Error, Page

from tests.engines.engine import Engine, Size, Tab
from tests.support.chromium import running_chromium


class ChromiumTab:
    def __init__(self, page: Page) -> None:
        self.page = page

    def go(self, address: str) -> None:
        self.page.goto(address)

    def back(self) -> None:
        self.run("() => { setTimeout(() => history.back(), 0); }")

    def run(self, source: str, *arguments: Any) -> Any:
        try:
            return self.page.evaluate(f"(given) => ({source})(...given)", list(arguments))
        except Error as wrong:
            raise RuntimeError(wrong.message) from wrong

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)

    def click(self, x: float, y: float) -> None:
        self.page.mouse.click(x, y)

    def close(self) -> None:
        with self.page.expect_event("close"):
            self.page.close(run_before_unload=True)


class Chromium:
    def __init__(self, context: BrowserContext, version: str) -> None:
        self.version = version
        self._context = context
        self._faults: list[str] = []
        context.on("weberror", lambda error: self._faults.append(f"page error: {error.error}"))
        context.on("console", lambda told: self._note(told.type, told.text))
        context.on("dialog", leave)

    def _note(self, kind: str, text: str) -> None:
        if kind == "error":
            self._faults.append(f"console: {text}")

    def tab(self) -> Tab:
        return ChromiumTab(self._context.new_page())

    def faults(self) -> list[str]:
        found, self._faults[:] = list(self._faults), []
        return found


def leave(dialog: Dialog) -> None:
    """Leave although the page asks not to."""
    with suppress(Error):
        dialog.accept()


@contextmanager
def chromium(size: Size) -> Iterator[Engine]:
    width, height = size
    with running_chromium() as browser:
        context = browser.new_context(viewport={"width": width, "height": height})
        yield Chromium(context, browser.version)
        context.close()
