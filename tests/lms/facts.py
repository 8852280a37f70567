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


def zero_is_no_score(wanted: Expected) -> Expected:
    return replace(wanted, score="" if wanted.score == "0" else wanted.score)


def one_answer_for_each_id(wanted: Expected) -> Expected:
    latest = {answer[0]: answer for answer in wanted.answers}
    return replace(wanted, answers=tuple(latest.values()))


def time_at_the_end_is_lost(wanted: Expected) -> Expected:
    return replace(wanted, seconds=(0, wanted.seconds[1]))


FACTS: dict[str, tuple[Fact, ...]] = {
    "scormhost": (
        Fact(
            "cmi.core.score.raw is 0 before the first score (scorm12-api.js:11)",
            no_score_is_zero,
        ),
    ),
    "Chamilo": (
        Fact("it keeps no score of 0 (lp_ajax_save_item.php, save_item)", zero_is_no_score),
        Fact(
            "a later answer with the same id takes the place of the earlier one "
            "(learnpathItem.class.php, write_to_db)",
            one_answer_for_each_id,
        ),
        Fact(
            "it counts whole seconds, and none after the last commit, since the request of a page "
            "that goes away is synchronous, which Chrome denies (scorm_api.php, addListeners)",
            time_at_the_end_is_lost,
        ),
    ),
    "Rustici Engine (SCORM Cloud)": (
        Fact(
            "it adds up the time with its last request, which Chrome denies a page that goes away "
            "(SCORM12.md 4)",
            time_at_the_end_is_lost,
        ),
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
    "Chamilo": "the request of a page that goes away is synchronous, which Chrome denies "
    "(scorm_api.php, addListeners)",
    "Rustici Engine (SCORM Cloud)": "its last request is synchronous, which Chrome denies a page "
    "that goes away (SCORM12.md 4)",
    "ILIAS": "while the course's window closes its request is synchronous, which Chrome denies "
    "(basisAPI.js, sendRequest)",
    "Open edX XBlock": "it sends one batch at a time, and none once its page is gone "
    "(scormxblock.js, processSetValueQueueItems)",
}
"""The LMSs that lose what is set while the window closes, and what proves it."""


def as_held(lms: Lms, wanted: Expected) -> tuple[Expected, list[str]]:
    """What this LMS should hold, and in whose words it differs from the policy."""
    words = []
    for fact in FACTS.get(lms.name, ()):
        held = fact.held(wanted)
        if held != wanted:
            words.append(fact.words)
        wanted = held
    return wanted, words
