"""What some LMSs hold otherwise than the tracking policy says, each with what proves it.

What is wrong with a field of ``Stored`` is told by the policy first. Only then a fact counts, and
only where the LMS holds just what the fact says; so a footnote is always earned.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

from builder.course.state import State

Leave = Literal["lms", "exit", "close", "kill"]
"""How a visit ends: by the LMS's own way out, the course's button, or the window itself."""
EVERY_END: frozenset[Leave] = frozenset(("lms", "exit", "close", "kill"))
GONE: frozenset[Leave] = frozenset(("lms", "close"))
"""The page goes away, and what it does then is all there is."""


@dataclass(frozen=True, slots=True)
class Visit:
    """How long a visit took, in seconds: what an LMS may count of it."""

    end: Leave
    least: float
    most: float
    committed: float
    """What an LMSCommit had told at least, before the end."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What an LMS should hold, by the fields of ``Stored``."""

    status: str
    score: str
    location: str
    state: State
    """Without what differs from run to run (``play.lasting``)."""
    interactions: tuple[tuple[str, str, str], ...]
    """id, student_response and result of each."""
    visits: tuple[Visit, ...]

    @property
    def seconds(self) -> tuple[float, float]:
        return sum(one.least for one in self.visits), sum(one.most for one in self.visits)


@dataclass(frozen=True, slots=True)
class Fact:
    """How an LMS differs, as the footnotes of the table tell it."""

    field: str
    """Of ``Stored``."""
    words: str
    held: Callable[[Any], Any]
    """What it holds of what it should hold; of a visit, for the time."""
    ends: frozenset[Leave] = EVERY_END
    """The ends of a visit of which it holds."""

    def of(self, wanted: Expected) -> Expected:
        if self.field == "seconds":
            visits = (self.held(one) if one.end in self.ends else one for one in wanted.visits)
            return replace(wanted, visits=tuple(visits))
        return replace(wanted, **{self.field: self.held(getattr(wanted, self.field))})


def no_score_is_zero(score: str) -> str:
    return score or "0"


def zero_is_no_score(score: str) -> str:
    return "" if score == "0" else score


def one_answer_for_each_id(
    answers: tuple[tuple[str, str, str], ...],
) -> tuple[tuple[str, str, str], ...]:
    latest = {answer[0]: answer for answer in answers}
    return tuple(latest.values())


def whole_seconds(visit: Visit) -> Visit:
    return replace(visit, least=int(visit.least), committed=int(visit.committed))


def until_the_last_commit(visit: Visit) -> Visit:
    return replace(visit, least=visit.committed)


def none(visit: Visit) -> Visit:
    return replace(visit, least=0, most=0)


FACTS: dict[str, tuple[Fact, ...]] = {
    "scormhost": (
        Fact(
            "score",
            "cmi.core.score.raw is 0 before the first score (scorm12-api.js:11)",
            no_score_is_zero,
        ),
    ),
    "Chamilo": (
        Fact(
            "score",
            "it keeps no score of 0 (lp_ajax_save_item.php, save_item)",
            zero_is_no_score,
        ),
        Fact(
            "interactions",
            "a later answer with the same id or index takes the place of the earlier one "
            "(learnpathItem.class.php, write_to_db)",
            one_answer_for_each_id,
        ),
        Fact("seconds", "it counts whole seconds (lp_ajax_save_item.php)", whole_seconds),
        Fact(
            "seconds",
            "it counts no time after the last commit, since the request of a page that goes away "
            "is synchronous, which Chrome denies (scorm_api.php, addListeners)",
            until_the_last_commit,
            GONE,
        ),
    ),
    "ILIAS": (
        Fact(
            "seconds",
            "it counts no time after the last commit, since the request of a page that goes away "
            "is synchronous, which Chrome denies (basisAPI.js, sendRequest)",
            until_the_last_commit,
            GONE,
        ),
    ),
    "Rustici Engine (SCORM Cloud)": (
        Fact(
            "seconds",
            "it counts the time of a visit by its last request, which Chrome denies a page that "
            "goes away (facts/learning-systems.md)",
            none,
            GONE,
        ),
    ),
}
"""By the name of an LMS."""

LATER = {
    "wagtail-lms": "each value is a request of its own, and LMSCommit waits for none "
    "(scorm_player.html, callAPI)",
    "Open edX XBlock": "values wait while a request is under way, LMSCommit for none, and those "
    "that wait go with the page (scormxblock.js, processSetValueQueueItems; scorm.js, LMSCommit)",
    "Rustici Engine (SCORM Cloud)": "it sends in the background, and LMSCommit waits for nothing "
    "(facts/learning-systems.md)",
    "scormhost": "LMSCommit starts a request and does not wait for it (scorm12-api.js, LMSCommit)",
}
"""The LMSs that cannot say whether they have stored. Which of their requests a page that ends
takes with it is chance: what is missing then has to be there after the next visit."""

TOO_LATE = {
    "wagtail-lms": "its page ends the session on beforeunload, before the course can save "
    "(scorm_player.html, beforeunload)",
    "Chamilo": "the request of a page that goes away is synchronous, which Chrome denies "
    "(scorm_api.php, addListeners)",
    "ILIAS": "the request of a page that goes away is synchronous, which Chrome denies "
    "(basisAPI.js, sendRequest)",
}
"""The LMSs that lose what is set while the window closes: they hold just what was saved before."""

LOADED_TWICE = {
    "scormhost": "after Back its page loads the course twice, and refuses the second where the "
    "first has closed the visit (scorm12-api.js, LMSInitialize)",
}
"""The LMSs whose page may record nothing after Back. The course says so, and the trainee opens it
again."""
