"""scorm-again 3.4 (npm) with the small server of ``tests/lms/scorm_again.py``."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import ClassVar

from playwright.sync_api import BrowserContext, Frame, Page

from tests.lms.hosts.host import Host, interactions
from tests.lms.lms import Mode, Stored, Window, seconds
from tests.lms.scorm_again import ScormAgain, scorm_again
from tests.support.packages import ROOT, unpack


class ScormAgainHost(Host):
    name = "scorm-again"
    slug = "scorm-again"
    frame = "iframe"
    without: ClassVar = {"session": "its small server knows no sessions (tests/lms/scorm_again.py)"}

    def __init__(self, server: ScormAgain, folder: Path) -> None:
        super().__init__()
        self.server = server
        self._folder = folder

    @classmethod
    def version(cls) -> str:
        package = json.loads((ROOT / "node_modules/scorm-again/package.json").read_text("utf-8"))
        return str(package["version"])

    @property
    def home(self) -> str:
        return f"{self.server.address}/left"

    def upload(self, package: Path) -> None:
        shutil.rmtree(self._folder)
        unpack(package, self._folder)

    def launch(
        self, context: BrowserContext, window: Window = "frame", mode: Mode = "normal"
    ) -> tuple[Page, Frame]:
        credit = "credit" if mode == "normal" else "no-credit"
        self.server.given = {"cmi.core.lesson_mode": mode, "cmi.core.credit": credit}
        manifest = (self._folder / "imsmanifest.xml").read_text("utf-8")
        if mastery := re.search(r"<adlcp:masteryscore>(.+?)<", manifest):
            self.server.given["cmi.student_data.mastery_score"] = mastery[1]
        page = context.new_page()
        if window == "popup":
            with page.expect_popup() as opened:
                page.goto(self.server.url(window, self.href))
            return opened.value, opened.value.main_frame
        page.goto(self.server.url(window, self.href))
        return page, self.framed(page)

    def leave_page(self, page: Page) -> None:
        page.goto(self.home)

    def elements(self) -> dict[str, str]:
        return dict(self.server.stored)

    def stored(self) -> Stored:
        held = self.elements()
        return Stored(
            status=held.get("cmi.core.lesson_status", ""),
            score=held.get("cmi.core.score.raw", ""),
            seconds=seconds(held.get("cmi.core.total_time", "")),
            location=held.get("cmi.core.lesson_location", ""),
            state=held.get("cmi.suspend_data", ""),
            interactions=interactions(held),
        )


def _as_it_is(package: Path) -> AbstractContextManager[ScormAgain]:
    # Its mastery override is on by default (src/Scorm12API.ts:55-58).
    return scorm_again(package, own_rules=True, mastery_override=True)


@contextmanager
def start() -> Iterator[Callable[[], ScormAgainHost]]:
    """The value makes one host, with a server of its own, for each test."""
    with ExitStack() as servers, tempfile.TemporaryDirectory(prefix="scorm-again-") as folder:

        def fresh() -> ScormAgainHost:
            package = Path(tempfile.mkdtemp(dir=folder))
            return ScormAgainHost(servers.enter_context(_as_it_is(package)), package)

        yield fresh
