"""The SCORM XBlock of Open edX 19 (PyPI) in the workbench of xblock-sdk."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, ClassVar

from playwright.sync_api import BrowserContext, Frame, Page

from tests.lms.hosts.desk import Desk
from tests.lms.hosts.environment import Running, locked, running
from tests.lms.hosts.host import Host, interactions
from tests.lms.lms import Mode, Stored, Window

FIELDS = {
    "display_name": "Course",
    "has_score": "1",
    "weight": "1",
    "width": "",
    "height": "700",
    "enable_navigation_menu": "0",
    "enable_fullscreen_button": "1",
    "navigation_menu_width": "",
}
"""Of the block's own form in Studio, as its author's defaults are."""


class OpenEdx(Host):
    name = "Open edX XBlock"
    slug = "openedx"
    frame = ".scorm-embedded"
    # A value waits for the answer to the one before it, and a page that goes drops it.
    sent = "jQuery.active === 0"
    without: ClassVar = {"session": "the workbench has no session: the trainee is in the address"}

    def __init__(self, server: Running) -> None:
        super().__init__()
        self.server = server
        self.desk = Desk(server.address)
        self.trainee = f"{self.course}-trainee"
        self._usage = self.desk.get(f"/desk/course/{self.course}")["usage"]
        self._package = b""

    @property
    def _page(self) -> str:
        return f"/scenario/{self.course}/?student={self.trainee}"

    @classmethod
    def version(cls) -> str:
        return locked("openedx", "openedx-scorm-xblock")

    @property
    def home(self) -> str:
        return f"{self.server.address}/"

    def upload(self, package: Path) -> None:
        self._package = package.read_bytes()
        self._submit("frame", self._package)

    def _submit(self, window: Window, package: bytes | None = None) -> None:
        self.desk.get(self._page)
        self.desk.submit(
            f"/handler/{self._usage}/studio_submit/?student=author",
            FIELDS
            | {"popup_on_launch": str(int(window == "popup"))}
            | ({} if package else {"file": ""}),
            (f"{self.course}.zip", package) if package else None,
            {"X-CSRFToken": self.desk.cookie("csrftoken")},
        )

    def launch(
        self, context: BrowserContext, window: Window = "frame", mode: Mode = "normal"
    ) -> tuple[Page, Frame]:
        self._submit(window)
        page = context.new_page()
        page.goto(self.server.address + self._page)
        if window == "popup":
            with page.expect_popup() as opened:
                page.get_by_role("button", name="Launch unit in new window").click()
            page = opened.value
        return page, self.framed(page)

    def leave_page(self, page: Page) -> None:
        page.goto(self.home)

    def _state(self) -> dict[str, Any]:
        with closing(
            sqlite3.connect(f"file:{self.server.site}/db.sqlite3?mode=ro", uri=True)
        ) as base:
            row = base.execute(
                "select state from workbench_xblockstate where user_id = ? and scope_id = ?",
                (self.trainee, self._usage),
            ).fetchone()
        state: dict[str, Any] = json.loads(row[0]) if row else {}
        return state

    def elements(self) -> dict[str, str]:
        state = self._state()
        kept = {name: str(value) for name, value in state.get("scorm_data", {}).items()}
        return kept | {
            f"block.{name}": str(state[name])
            for name in ("lesson_status", "success_status", "lesson_score")
            if name in state
        }

    def stored(self) -> Stored:
        state = self._state()
        held = self.elements()
        # Passed and failed are a status beside completed and incomplete.
        result = state.get("success_status", "unknown")
        score = state.get("lesson_score")
        return Stored(
            status=state.get("lesson_status", "") if result == "unknown" else result,
            score="" if score is None else f"{score * 100:g}",
            seconds=None,
            location=held.get("cmi.core.lesson_location", ""),
            state=held.get("cmi.suspend_data", ""),
            interactions=interactions(held),
        )

    def grade(self) -> float | None:
        grade: float | None = self.desk.get(f"/desk/grade/{self.course}/{self.trainee}")["grade"]
        return grade


@contextmanager
def start() -> Iterator[Callable[[], OpenEdx]]:
    """Run the workbench; the value makes one host, with a trainee of its own, for each test."""
    with running("openedx") as server:
        yield lambda: OpenEdx(server)
