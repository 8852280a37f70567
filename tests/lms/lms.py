"""What the tests ask of an LMS, simulated or real, so that one scenario runs in all of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.learner import Learner

Window = Literal["frame", "popup"]
Mode = Literal["normal", "browse", "review"]


@dataclass(frozen=True, slots=True)
class Stored:
    """What an LMS holds of a trainee's attempt, as its server has it; None where it keeps no such
    thing, "" where it keeps it and nothing was stored."""

    status: str | None
    score: str | None
    """cmi.core.score.raw as text, "" where no score is stored."""

    seconds: float | None
    """The time of all visits that the LMS counts."""

    location: str | None
    state: str | None
    """cmi.suspend_data."""

    interactions: tuple[Mapping[str, str], ...] | None
    """In the order of their indexes: ``id``, ``type``, ``student_response``, ``result`` …"""


def seconds(timespan: str) -> float:
    """A CMITimespan in seconds; 0 where there is none."""
    total = 0.0
    for part in timespan.split(":") if timespan else ():
        total = total * 60 + float(part)
    return total


class Lms(Protocol):
    """One LMS with one course and one trainee.

    An instance is good for one test: ``upload`` first, then as many visits as wanted.
    """

    @property
    def name(self) -> str:
        """As the table's columns and the documents name it: "Moodle", "wagtail-lms"."""

    @property
    def simulated(self) -> bool: ...

    @property
    def verified(self) -> bool:
        """Whether it is the real thing, or a profile that replays transcripts of it, each call."""

    @property
    def lacks(self) -> Mapping[str, str]:
        """What it cannot do (a scenario, a window, a mode or a field of ``Stored``) and what proves
        it: the footnotes of the table."""

    def upload(self, package: Path) -> None:
        """Take a zip; a second one replaces the first as that LMS replaces a package."""

    def open(
        self, context: BrowserContext, window: Window = "frame", mode: Mode = "normal"
    ) -> Learner:
        """Launch the course as the trainee, in a new tab of this browser profile."""

    def leave(self, learner: Learner) -> None:
        """Leave by the LMS's own way out, and wait until its server has what that sends."""

    def back(self, learner: Learner) -> Learner:
        """Leave a frame by the LMS's own way out, and go back to it by the browser's; the course
        there, once it has said whether it records."""

    def stored(self) -> Stored:
        """What its server holds at this moment."""


RECORDS = re.compile("^(Saved|Sent, not confirmed|Nothing is recorded)$")


def history_step(page: Page, way: str = "go_back") -> None:
    """Go a step through the history, from a page that is whole: Chromium refuses another."""
    page.wait_for_load_state()
    getattr(page, way)(wait_until="commit")


def gone_back(page: Page, frame: str) -> Learner:
    """Go back in the history to the page of an LMS, which has the course in this frame, and wait
    until the course there has said whether it records: it may load the page anew before."""
    history_step(page)
    inside = page.frame_locator(frame)
    expect(inside.locator("#save-status")).to_have_text(RECORDS)
    found = page.locator(frame).element_handle().content_frame()
    assert found
    return Learner(page, found)
