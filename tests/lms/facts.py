"""What some LMSs hold otherwise than the tracking policy says, each with what proves it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.lms.lms import Lms


@dataclass(frozen=True, slots=True)
class Expected:
    """What an LMS should hold; see ``Play.holds``."""

    status: str
    score: str
    place: str
    visited: frozenset[str]
    answers: tuple[tuple[str, str, str], ...]
    best: int | None
    seconds: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Fact:
    """How an LMS differs, as the footnotes of the table tell it."""

    words: str
    held: Callable[[Expected], Expected]


def no_score_is_zero(wanted: Expected) -> Expected:
    return replace(wanted, score=wanted.score or "0")


FACTS: dict[str, Fact] = {
    "scormhost": Fact(
        "cmi.core.score.raw is 0 before the first score (scorm12-api.js:11)", no_score_is_zero
    ),
}
"""By the name of an LMS."""

LATER = {
    "wagtail-lms": "each value is a request of its own, and LMSCommit waits for none "
    "(scorm_player.html, callAPI)",
    "Open edX XBlock": "values are queued, and LMSCommit waits for none "
    "(scormxblock.js, SetValueAsync; scorm.js, LMSCommit)",
    "scormhost": "LMSCommit starts a request and does not wait for it (scorm12-api.js, LMSCommit)",
}
"""The LMSs that cannot say whether they have stored: their servers get a moment before a visit
ends, where one of them would otherwise lose what its LMSCommit has confirmed."""

TOO_LATE = {
    "wagtail-lms": "its page ends the session on beforeunload, before the course can save "
    "(scorm_player.html, beforeunload)",
    "Open edX XBlock": "it sends one batch at a time, and none once its page is gone "
    "(scormxblock.js, processSetValueQueueItems)",
}
"""The LMSs that lose what is set while the window closes, and what proves it."""


def as_held(lms: Lms, wanted: Expected) -> Expected:
    fact = FACTS.get(lms.name)
    return fact.held(wanted) if fact else wanted
