"""scormhost 0.1 (PyPI): a small server of SCORM packages, one account for each test."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import BrowserContext, Frame, Page

from tests.browser.learner import Learner
from tests.lms.hosts.desk import Desk
from tests.lms.hosts.environment import locked, running
from tests.lms.hosts.host import Host, interactions
from tests.lms.lms import Mode, Stored, Window

ROOM = 36  # characters of a password


class Scormhost(Host):
    name = "scormhost"
    slug = "scormhost"
    frame = "#scormhost-content"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.trainee = Desk(desk.address)
        self.trainee.post("/api/auth/register", account(self.course, "Dana Cohen"))
        self._package = ""

    @classmethod
    def version(cls) -> str:
        return locked("scormhost", "scormhost")

    @property
    def home(self) -> str:
        return f"{self.desk.address}/"

    def upload(self, package: Path) -> None:
        file = (f"{self.course}.zip", package.read_bytes())
        wanted = f"?package_id={self.course}"
        self._package = self.desk.submit(f"/api/packages{wanted}", {}, file)["id"]

    def launch(
        self, context: BrowserContext, window: Window = "frame", mode: Mode = "normal"
    ) -> tuple[Page, Frame]:
        context.add_cookies(
            [
                {"name": one.name, "value": one.value or "", "url": self.desk.address}
                for one in self.trainee.cookies
            ]
        )
        page = context.new_page()
        page.goto(f"{self.desk.address}/launch/{self._package}?launch={quote(self.href)}")
        return page, self.framed(page)

    def back(self, learner: Learner) -> Learner:
        learner = super().back(learner)
        # The browser has loaded the course, and the page loads it again once it has what is stored.
        learner.page.wait_for_load_state("networkidle")
        return learner

    def leave_page(self, page: Page) -> None:
        page.goto(self.home)

    def elements(self) -> dict[str, str]:
        elements: dict[str, str] = self.trainee.get(
            f"/api/scorm/{self._package}/cmi?launch={quote(self.href)}"
        )["elements"]
        return elements

    def stored(self) -> Stored:
        held = self.elements()
        return Stored(
            status=held.get("cmi.core.lesson_status", ""),
            score=held.get("cmi.core.score.raw", ""),
            seconds=None,
            location=held.get("cmi.core.lesson_location", ""),
            state=held.get("cmi.suspend_data", ""),
            interactions=interactions(held),
        )


def account(name: str, shown: str) -> dict[str, str]:
    return {
        "email": f"{name}@example.com",
        "username": name,
        "password": secrets.token_hex(ROOM // 2),
        "display_name": shown,
    }


@contextmanager
def start() -> Iterator[Callable[[], Scormhost]]:
    """Run the server; the value makes one host, with a trainee of its own, for each test."""
    with running("scormhost") as server:
        desk = Desk(server.address)
        # The first account is the administrator's.
        desk.post("/api/auth/register", account("administrator", "Administrator"))
        yield lambda: Scormhost(desk)
