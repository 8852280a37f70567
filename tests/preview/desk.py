"""An author's window in a browser, and a course that they write."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from playwright.sync_api import BrowserContext, Frame, FrameLocator, Locator, Page, expect

from builder.preview.editor import Editor
from builder.preview.running import Request, Running, running
from tests.support import patience

GOOD = Path(__file__).resolve().parent.parent / "golden/course"
TODAY = date(2026, 1, 31)
KNOWN = """() => new Promise((known) => {
  const read = ({ initiatorType, name }) =>
    initiatorType === "fetch" && name.includes("/content/assets/");
  const look = (list) => list.getEntries().some(read) && known(true);
  new PerformanceObserver(look).observe({ type: "resource", buffered: true });
})"""
"""Comes true once the page has read the course's outline (templates/preview/stage/editions.ts)."""


@dataclass(slots=True)
class Author:
    """An author with a course, a preview that runs, and windows."""

    course: Path
    preview: Running

    def read(self, name: str) -> str:
        return (self.course / name).read_text("utf-8")

    def write(self, name: str, text: str) -> None:
        (self.course / name).write_text(text, "utf-8")

    def change(self, name: str, old: str, new: str) -> None:
        text = self.read(name)
        assert old in text
        self.write(name, text.replace(old, new))

    def open(self, context: BrowserContext) -> Desk:
        """A window, once the course can be used in it."""
        page = context.new_page()
        page.goto(self.preview.address)
        desk = Desk(page)
        desk.ready()
        return desk


@dataclass(slots=True)
class Desk:
    """An author's window."""

    page: Page

    @property
    def frame(self) -> Frame:
        """The frame with the course."""
        return next(frame for frame in self.page.frames if frame.name == "sco")

    @property
    def whole(self) -> FrameLocator:
        """The course with all that stands round its pages."""
        return self.page.frame_locator("#frame").frame_locator("iframe[name=sco]")

    @property
    def course(self) -> Locator:
        """The page of the course."""
        return self.whole.locator("main")

    def ready(self) -> None:
        """Wait until the course can be used, and what the author writes comes to it."""
        self.whole.locator("#contents-button:visible").wait_for(timeout=patience.MILLISECONDS)
        watched(self.frame.parent_frame)

    @contextmanager
    def opened_again(self) -> Iterator[None]:
        """What is done opens the course anew."""
        with self.page.expect_event(
            "framenavigated", lambda frame: frame.name == "sco" and "/content/" in frame.url
        ):
            yield
        self.ready()

    def go(self, page: str) -> None:
        """Go to a page of the course, until its title has the focus: what comes later would close
        a list that is opened meanwhile."""
        moved = self.frame.evaluate(
            "id => location.hash !== (location.hash = `#/${id}`)",
            page,
        )
        self.course.locator(f"article[data-page={page}]").wait_for()
        if moved:
            expect(self.course.get_by_role("heading", level=1)).to_be_focused()

    def part(self, title: str) -> Locator:
        """A part of the panel."""
        self.page.get_by_role("tab", name=title, exact=True).click()
        return self.page.get_by_role("tabpanel", name=title)

    @property
    def strip(self) -> Locator:
        return self.page.locator("#strip")

    @property
    def overlay(self) -> Locator:
        return self.page.locator("#overlay")


def watched(lms: Frame | None) -> None:
    """Wait until this page of the learning system knows which edition its course is of: one that
    is written before that is opened anew."""
    assert lms
    lms.wait_for_function(KNOWN)


@contextmanager
def author(
    folder: Path, source: Path = GOOD, profile: str = "moodle", port: int = 0, editor: str = ""
) -> Iterator[Author]:
    """An author of a copy of a course, whose preview runs until the block ends."""
    course = folder / "course"
    if not course.exists():
        shutil.copytree(source, course)
    with running(Request(course, TODAY, profile, Editor.read(editor), port)) as preview:
        yield Author(course, preview)
