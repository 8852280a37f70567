"""wagtail-lms 0.11 (PyPI) in a Wagtail site."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, Frame, Page

from tests.lms.hosts.desk import Desk
from tests.lms.hosts.environment import locked, running
from tests.lms.hosts.host import Host, interactions
from tests.lms.lms import Mode, Stored, Window


class Wagtail(Host):
    name = "wagtail-lms"
    slug = "wagtail-lms"
    frame = "#scorm-frame"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._session = ""
        self._lesson = 0

    @classmethod
    def version(cls) -> str:
        return locked("wagtail", "wagtail-lms")

    @property
    def home(self) -> str:
        return f"{self.desk.address}/"

    def upload(self, package: Path) -> None:
        self._lesson = self.desk.send(f"/desk/upload/{self.course}", package.read_bytes())["lesson"]
        if not self._session:
            self._session = self.desk.send(f"/desk/trainee/{self.course}", b"")["session"]

    def launch(
        self, context: BrowserContext, window: Window = "frame", mode: Mode = "normal"
    ) -> tuple[Page, Frame]:
        context.add_cookies(
            [{"name": "sessionid", "value": self._session, "url": self.desk.address}]
        )
        page = context.new_page()
        page.goto(f"{self.desk.address}/lms/scorm-lesson/{self._lesson}/play/")
        return page, self.framed(page)

    def leave_page(self, page: Page) -> None:
        page.get_by_role("link", name="Back to Course").click()
        page.wait_for_url("**/course-*/")

    def elements(self) -> dict[str, str]:
        held = self.desk.get(f"/desk/stored/{self.course}")
        elements: dict[str, str] = held["elements"]
        columns = {
            name: held["attempt"][name]
            for name in (
                "completion_status",
                "score_raw",
                "score_min",
                "score_max",
                "location",
                "suspend_data",
                "total_time",
            )
            if name in held["attempt"]
        }
        return elements | {
            f"attempt.{name}": "" if value is None else str(value)
            for name, value in columns.items()
        }

    def stored(self) -> Stored:
        # The row is what wagtail-lms reports; the elements are what the next visit reads.
        held = self.elements()
        return Stored(
            status=held.get("attempt.completion_status", ""),
            score=held.get("attempt.score_raw", "").removesuffix(".0"),
            seconds=None,
            location=held.get("attempt.location", ""),
            state=held.get("attempt.suspend_data", ""),
            interactions=interactions(held),
        )


@contextmanager
def start() -> Iterator[Callable[[], Wagtail]]:
    """Run the site; the value makes one host, with a trainee of its own, for each test."""
    with running("wagtail") as server:
        desk = Desk(server.address)
        yield lambda: Wagtail(desk)
