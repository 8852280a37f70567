"""What the real hosts have in common: a frame in a page, one trainee, one course."""

from __future__ import annotations

import re
import secrets
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from playwright.sync_api import BrowserContext, Frame, Page

from tests.browser.learner import Learner
from tests.lms.lms import Mode, Stored, Window, gone_back
from tests.lms.simulated import node

HREF = "index.html"


class Host(ABC):
    """The protocol of ``tests/lms/lms.py`` for a host that runs."""

    name: ClassVar[str]
    slug: ClassVar[str]
    """Its profile's file in templates/lms/profiles, its folder in tests/lms/transcripts."""

    simulated: ClassVar[bool] = False
    verified: ClassVar[bool] = True
    without: ClassVar[Mapping[str, str]] = {}
    """What the tests' site of it has not, besides what its profile lacks."""
    frame: ClassVar[str]
    """The selector of the frame that its page has for the course."""

    sent: ClassVar[str] = "true"
    """JavaScript in its page: whether all that it was given is on the server."""

    def __init__(self) -> None:
        self.href = HREF
        """The page that the package launches."""
        # Letters and digits that are an id in every host.
        self.course = f"course-{secrets.token_hex(4)}"

    @property
    def lacks(self) -> Mapping[str, str]:
        return {**node()("describe", self.slug)["lacks"], **self.without}

    @classmethod
    @abstractmethod
    def version(cls) -> str:
        """Of the product, as it is locked."""

    @property
    @abstractmethod
    def home(self) -> str:
        """A page of the LMS itself."""

    @abstractmethod
    def upload(self, package: Path) -> None: ...

    @abstractmethod
    def launch(
        self, context: BrowserContext, window: Window = "frame", mode: Mode = "normal"
    ) -> tuple[Page, Frame]:
        """Launch the course in a new tab; the tab or window, and the frame of the course in it."""

    @abstractmethod
    def leave_page(self, page: Page) -> None:
        """Leave by the LMS's own way out."""

    @abstractmethod
    def elements(self) -> dict[str, str]:
        """All that its server holds of the trainee's attempt, by its own names."""

    @abstractmethod
    def stored(self) -> Stored: ...

    def grade(self) -> float | None:
        """What its gradebook holds; None where it has none."""
        return None

    def expire(self, context: BrowserContext) -> None:
        """End the trainee's session, as if too much time had gone by."""
        context.clear_cookies()

    def open(
        self, context: BrowserContext, window: Window = "frame", mode: Mode = "normal"
    ) -> Learner:
        page, frame = self.launch(context, window, mode)
        learner = Learner(page, frame).started()
        page.bring_to_front()
        if frame != page.main_frame:
            frame.frame_element().focus()
        return learner

    def leave(self, learner: Learner) -> None:
        self._leave(learner.page)
        learner.page.close()

    def back(self, learner: Learner) -> Learner:
        self._leave(learner.page)
        return gone_back(learner.page, self.frame)

    def _leave(self, page: Page) -> None:
        self.leave_page(page)
        # What a page sends while it goes away arrives before what the next one sends.
        page.evaluate("() => fetch(location.href)")

    def framed(self, page: Page) -> Frame:
        """The course's frame in a page, once the course is in it."""
        frame = page.locator(self.frame).element_handle().content_frame()
        assert frame
        # The course may already be at a place of its own, such as a question.
        frame.wait_for_url(re.compile(rf"/{re.escape(self.href)}(#.*)?$"))
        return frame


def interactions(elements: Mapping[str, str]) -> tuple[dict[str, str], ...]:
    """The interactions among elements, in the order of their indexes."""
    found: dict[int, dict[str, str]] = {}
    for element, value in elements.items():
        if match := re.fullmatch(r"cmi\.interactions\.(\d+)\.(.+)", element):
            found.setdefault(int(match[1]), {})[match[2]] = value
    return tuple(found[index] for index in sorted(found))
