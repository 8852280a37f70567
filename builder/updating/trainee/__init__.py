"""Computes how the player would treat a trainee's saved state in a course.

The rules are the player's, written in Python. Each module has the name of its module in
``templates/player/state/``, and each function the name of its function there: change both.
``tests/player/vectors/`` tests both, and another test compares them in random courses.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from builder.course.state import State, Status
from builder.package.outline import Page
from builder.updating.trainee.asked import is_read
from builder.updating.trainee.course import Course
from builder.updating.trainee.edits import carry_over, not_seen
from builder.updating.trainee.progress import Progress
from builder.updating.trainee.tracking import higher, tells_score, verdict

__all__ = ["Course", "Trainee", "carry_over"]


@dataclass(frozen=True)
class Trainee:
    """A trainee in a course. ``state`` is the saved state, already carried over to this version."""

    course: Course
    state: State

    @cached_property
    def progress(self) -> Progress:
        """The trainee's progress in the course."""
        return Progress(self.course, self.state)

    def notice(self) -> tuple[Page, ...] | None:
        """The pages listed in the notice that the course has changed; ``None`` if the player shows
        no notice."""
        known = self.state.edition in ("", self.course.outline.edition)
        return None if known else not_seen(self.course.outline, self.state)

    def resume_page(self, location: str = "") -> Page | None:
        """The page that the link “Resume” opens; ``None`` if the course starts at its first page.

        ``location`` is the LMS's ``cmi.core.lesson_location``, the fallback for a saved bookmark.
        """
        pages = self.course.outline.pages
        page = next((page for page in pages if page.key == self.state.bookmark), None)
        page = page or next((page for page in pages if page.id == location), None)
        if page is None and self.state.visited:
            unread = (page for page in pages if not is_read(page, self.state))
            page = next((page for page in unread if not self.progress.missing(page)), None)
        return page if page is not pages[0] else None

    def after_opening(self) -> Trainee:
        """The trainee after opening the course, which marks the first page as visited."""
        first = self.course.outline.pages[0]
        opened = frozenset() if is_read(first, self.state) else {first.key}
        state = replace(self.state, visited=self.state.visited | opened)
        return replace(self, state=state)

    def earned_result(self) -> tuple[Status, int | None]:
        """The status and score that the trainee's work alone earns in this course, whatever was
        reported before."""
        return verdict(self.progress.measure(), self.course.outline.tracking)

    def reported_result(self) -> tuple[Status, int | None]:
        """The status and score that the player reports to the LMS.

        A status is never lowered. A score is lowered only if a quiz keeps the score of its last
        attempt. The score is ``None`` if the course reports none, or none yet.
        """
        status, score = self.earned_result()
        kept = self.state.score
        if score is None:
            score = kept
        elif not self.course.keeps_last:
            score = max(score, kept or 0)
        status = higher(self.state.status, status)
        return status, score if tells_score(status, score, self.course.outline.tracking) else None

    def finish_date(self, today: str) -> str | None:
        """The day on which the course was finished: ``today`` if the trainee's status rises now,
        else the saved day.

        Empty if the course is not finished or the day is unknown; ``None`` if the course keeps no
        day, because it has neither certificate nor record.
        """
        kept = self.state.finished
        if kept is None and self.course.outline.keeps_day:
            kept = ""
        rises = self.reported_result()[0] != self.state.status
        return today if rises and kept is not None else kept
