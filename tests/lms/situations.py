"""What a recorder SCO does in a real LMS: situations, each some visits of one trainee.

They follow the transcripts of Moodle (facts/moodle.md): the calls are probes, many wrong on
purpose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Call = tuple[str, ...]
Way = Literal["link", "close", "goto", "kill"]
"""The LMS's own way out, closing the tab, another address, a tab that dies without a handler."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens between calls: ``network goes away``, ``session expires`` …"""

    what: str


@dataclass(frozen=True, slots=True)
class OnPagehide:
    """Set these elements when the page goes away, then commit and finish."""

    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AtOnce:
    """Calls of which none waits for what the ones before have sent."""

    calls: tuple[Call, ...]


@dataclass(frozen=True, slots=True)
class Visit:
    steps: tuple[Call | Event | OnPagehide | AtOnce, ...]
    left: Way = "link"
    back: bool = False
    """By the browser's Back, after the LMS's own way out, instead of a launch."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """A teacher's new package, with the same identifiers and other bytes."""


@dataclass(frozen=True, slots=True)
class Situation:
    about: str
    visits: tuple[Visit | Replaced, ...]
    mastery: str = ""
    needs: str = ""
    """What an LMS must not lack for it; "later": it answers before it has sent."""


START: Call = ("LMSInitialize", "")
COMMIT: Call = ("LMSCommit", "")
FINISH: Call = ("LMSFinish", "")


def get(element: str) -> Call:
    return ("LMSGetValue", element)


def put(element: str, value: str) -> Call:
    return ("LMSSetValue", element, value)


STATUS = "cmi.core.lesson_status"
STATE = "cmi.suspend_data"
PLACE = "cmi.core.lesson_location"
RAW = "cmi.core.score.raw"
TIME = "cmi.core.session_time"
EXIT = "cmi.core.exit"

ON_LAUNCH = tuple(
    get(element)
    for element in (
        "cmi.core.entry",
        "cmi.core.lesson_mode",
        "cmi.core.credit",
        STATUS,
        RAW,
        "cmi.core.total_time",
        STATE,
        PLACE,
    )
)
LOOK = Visit((START, *ON_LAUNCH, FINISH))
"""A visit that only reads what is there."""

READABLE = (
    "cmi._version",
    "cmi._children",
    "cmi.core._children",
    "cmi.core.student_id",
    "cmi.core.student_name",
    PLACE,
    "cmi.core.credit",
    STATUS,
    "cmi.core.entry",
    "cmi.core.score._children",
    RAW,
    "cmi.core.score.max",
    "cmi.core.score.min",
    "cmi.core.total_time",
    "cmi.core.lesson_mode",
    STATE,
    "cmi.launch_data",
    "cmi.comments",
    "cmi.comments_from_lms",
    "cmi.objectives._children",
    "cmi.objectives._count",
    "cmi.student_data._children",
    "cmi.student_data.mastery_score",
    "cmi.student_data.max_time_allowed",
    "cmi.student_data.time_limit_action",
    "cmi.student_preference._children",
    "cmi.student_preference.audio",
    "cmi.student_preference.language",
    "cmi.interactions._children",
    "cmi.interactions._count",
    EXIT,
    TIME,
    "cmi.nothing",
    "cmi.core.nothing",
)

QUESTION = (
    ("id", "q-1"),
    ("type", "choice"),
    ("time", "10:11:12"),
    ("correct_responses.0.pattern", "b"),
    ("weighting", "1"),
    ("student_response", "a"),
    ("result", "wrong"),
    ("latency", "00:00:12.50"),
)


def question(index: int, **other: str) -> tuple[Call, ...]:
    return tuple(
        put(f"cmi.interactions.{index}.{leaf}", other.get(leaf, value)) for leaf, value in QUESTION
    )


def half_way(page: str, time: str) -> tuple[Call, ...]:
    return (
        put(STATUS, "incomplete"),
        put(STATE, f"page={page}"),
        put(PLACE, page),
        put(TIME, time),
        put(EXIT, "suspend"),
    )


PASSED = (
    put("cmi.core.score.min", "0"),
    put("cmi.core.score.max", "100"),
    put(RAW, "80"),
    put(STATUS, "passed"),
    put(STATE, "done"),
    put(EXIT, "suspend"),
)


def told(number: int) -> tuple[Call, ...]:
    """Values of which each is another for every number."""
    return (
        put(STATUS, ("incomplete", "completed")[number % 2]),
        put("cmi.core.score.max", str(100 - number)),
        put(RAW, str(10 + number)),
        COMMIT,
        put(PLACE, f"page-{number}"),
        put(EXIT, ("suspend", "")[number % 2]),
        put(STATE, f"state {number}"),
        COMMIT,
    )


def mastery(raw: str, status: str) -> Situation:
    steps = (START, put(RAW, raw), put(STATUS, status), put(EXIT, "suspend"), COMMIT, FINISH)
    return Situation(f"mastery score 70, raw {raw}, {status}", (Visit(steps), LOOK), mastery="70")


def leaving(
    left: Way, value: str, about: str = "what a pagehide handler can still save"
) -> Situation:
    begun = (START, put(STATUS, "incomplete"), put(EXIT, "suspend"), COMMIT)
    return Situation(about, (Visit((*begun, OnPagehide(((STATE, value),))), left), LOOK))


SITUATIONS: dict[str, Situation] = {
    "first-visit": Situation(
        "calls outside the running state, every readable element on a first visit, finish twice",
        (
            Visit(
                (
                    get("cmi.core.entry"),
                    COMMIT,
                    FINISH,
                    ("LMSInitialize", "x"),
                    START,
                    START,
                    *map(get, READABLE),
                    ("LMSCommit", "x"),
                    COMMIT,
                    FINISH,
                    FINISH,
                    get("cmi.core.entry"),
                    COMMIT,
                )
            ),
        ),
    ),
    "limits": Situation(
        "lengths at and over the limits",
        (
            Visit(
                (
                    START,
                    *(
                        put(element, letter * length)
                        for length in (255, 4096, 4097, 64000, 64001)
                        for element, letter in ((STATE, "x"), (PLACE, "y"))
                    ),
                    put(STATE, "žluťoučký 🙂"),
                    put(STATE, "a\nb"),
                    put(STATE, ""),
                    put("cmi.comments", "first"),
                    put("cmi.comments", "second"),
                    get("cmi.comments"),
                    put("cmi.interactions.0.id", "q" * 255),
                    put("cmi.interactions.0.id", "q" * 256),
                    put("cmi.interactions.0.id", "ok"),
                    put("cmi.interactions.0.type", "fill-in"),
                    put("cmi.interactions.0.student_response", "r" * 255),
                    put("cmi.interactions.0.student_response", "r" * 256),
                    put(PLACE, "9"),
                    put(STATE, "short"),
                    FINISH,
                )
            ),
            LOOK,
        ),
    ),
    "vocabulary": Situation(
        "accepted and refused values",
        (
            Visit(
                (
                    START,
                    *(
                        put(STATUS, word)
                        for word in (
                            "incomplete",
                            "completed",
                            "passed",
                            "failed",
                            "browsed",
                            "not attempted",
                            "Passed",
                            "",
                            "browsed",
                        )
                    ),
                    *(put(EXIT, word) for word in ("suspend", "time-out", "logout", "", "normal")),
                    put(EXIT, ""),
                    *(
                        put(RAW, value)
                        for value in ("0", "100", "100.5", "-1", "55.55", "", "abc", "1e2", "40")
                    ),
                    get(RAW),
                    put("cmi.core.score.min", "0"),
                    put("cmi.core.score.max", "100"),
                    *(
                        put(TIME, value)
                        for value in (
                            "00:00:05",
                            "0000:00:05.25",
                            "9999:59:59.99",
                            "0:00:05",
                            "00:00:05.123",
                            "00:61:00",
                            "PT5S",
                            "00:01:00",
                        )
                    ),
                    put("cmi.core.student_id", "x"),
                    put("cmi.core._children", "x"),
                    put("cmi.core.entry", "x"),
                    put("cmi.nothing", "x"),
                    put("nothing", "x"),
                    put("cmi.student_preference.audio", "5"),
                    put("cmi.student_preference.audio", "101"),
                    put("cmi.student_preference.language", "en-GB"),
                    FINISH,
                )
            ),
            LOOK,
        ),
    ),
    "interactions": Situation(
        "arrays: contiguous, write only, continued after resume",
        (
            Visit(
                (
                    START,
                    get("cmi.interactions._count"),
                    *question(0),
                    get("cmi.interactions._count"),
                    get("cmi.interactions.0.id"),
                    get("cmi.interactions.0.result"),
                    put("cmi.interactions.2.id", "gap"),
                    *question(
                        1, id="q-2", type="true-false", student_response="t", result="correct"
                    ),
                    put("cmi.interactions.1.result", "incorrect"),
                    put("cmi.interactions.1.type", "other"),
                    put("cmi.interactions.1.id", "has space"),
                    put("cmi.interactions.1.time", "9:00:00"),
                    put("cmi.interactions.1.weighting", "101"),
                    put("cmi.interactions.1.latency", "00:00:01.123"),
                    put("cmi.interactions.1.student_response", "a,b"),
                    COMMIT,
                    get("cmi.interactions._count"),
                    put(EXIT, "suspend"),
                    put(STATUS, "incomplete"),
                    FINISH,
                )
            ),
            Visit(
                (
                    START,
                    get("cmi.interactions._count"),
                    put("cmi.interactions.0.result", "correct"),
                    *question(2, id="q-3"),
                    COMMIT,
                    get("cmi.interactions._count"),
                    FINISH,
                )
            ),
        ),
    ),
    "objectives": Situation(
        "objectives, kept across visits",
        (
            Visit(
                (
                    START,
                    get("cmi.objectives._count"),
                    get("cmi.objectives.0.id"),
                    put("cmi.objectives.0.id", "module-1"),
                    put("cmi.objectives.0.score.raw", "50"),
                    put("cmi.objectives.0.status", "completed"),
                    put("cmi.objectives.0.status", "not attempted"),
                    put("cmi.objectives.0.status", "wrong"),
                    put("cmi.objectives.2.id", "gap"),
                    get("cmi.objectives._count"),
                    get("cmi.objectives.0.status"),
                    put(EXIT, "suspend"),
                    put(STATUS, "incomplete"),
                    FINISH,
                )
            ),
            Visit(
                (
                    START,
                    get("cmi.objectives._count"),
                    get("cmi.objectives.0.id"),
                    get("cmi.objectives.0.status"),
                    get("cmi.objectives.0.score.raw"),
                    get("cmi.objectives.0.score.max"),
                    FINISH,
                )
            ),
        ),
    ),
    "suspend-and-resume": Situation(
        "entry and total_time over four visits",
        (
            Visit((START, *ON_LAUNCH, *half_way("2", "0000:01:00"), FINISH)),
            Visit((START, *ON_LAUNCH, put(TIME, "0000:00:10"), FINISH)),
            Visit((START, *ON_LAUNCH, put(EXIT, ""), FINISH)),
            LOOK,
        ),
    ),
    "back-half-way": Situation(
        "Back after the exit link, half-way",
        (
            Visit((START, *ON_LAUNCH, *half_way("2", "0000:01:00"), FINISH)),
            Visit((START, *ON_LAUNCH, *half_way("1", "0000:00:10"), FINISH), back=True),
            LOOK,
        ),
    ),
    "commit-only": Situation(
        "initialise and commit, no finish", (Visit((START, COMMIT)), Visit((START, *ON_LAUNCH)))
    ),
    "status-never-set": Situation(
        "finish without a status", (Visit((START, COMMIT, FINISH)), LOOK)
    ),
    "failed": Situation(
        "failed, then the next visit",
        (
            Visit(
                (
                    START,
                    put(RAW, "20"),
                    put(STATUS, "failed"),
                    put(EXIT, "suspend"),
                    put(STATE, "f"),
                    FINISH,
                )
            ),
            LOOK,
        ),
    ),
    "after-a-pass": Situation(
        "passed, then the next visit overwrites it",
        (
            Visit((START, *PASSED, FINISH)),
            Visit(
                (
                    START,
                    *ON_LAUNCH,
                    put(RAW, "10"),
                    put(STATUS, "incomplete"),
                    put(STATE, "overwritten"),
                    put(EXIT, "suspend"),
                    FINISH,
                )
            ),
            LOOK,
        ),
    ),
    "finish-then-initialise": Situation(
        "a second session in one page",
        (
            Visit(
                (
                    START,
                    put(STATUS, "incomplete"),
                    put(TIME, "0000:01:00"),
                    put(EXIT, "suspend"),
                    FINISH,
                    START,
                    *ON_LAUNCH,
                    put(TIME, "0000:00:10"),
                    FINISH,
                )
            ),
        ),
    ),
    "leave-link": leaving("link", "saved late"),
    "leave-close": leaving("close", "saved late"),
    "leave-goto": leaving("goto", "saved late"),
    "leave-kill": leaving("kill", "saved late", "a tab that dies runs no handler"),
    "leave-60kb": leaving("close", "x" * 60000, "60,000 characters while the page goes away"),
    "leave-70kb": leaving("close", "x" * 70000, "70,000 characters while the page goes away"),
    "long-state": Situation(
        "commits of 60,000 and 70,000 characters, then a short one",
        (
            Visit(
                (
                    START,
                    put(STATUS, "incomplete"),
                    put(STATE, "x" * 60000),
                    COMMIT,
                    put(STATE, "x" * 70000),
                    COMMIT,
                    put(STATE, "short again"),
                    COMMIT,
                    FINISH,
                )
            ),
            LOOK,
        ),
    ),
    "mastery-passed": mastery("80", "passed"),
    "mastery-below": mastery("50", "completed"),
    "mastery-completed": mastery("80", "completed"),
    "mastery-incomplete": mastery("80", "incomplete"),
    "offline": Situation(
        "what is set and committed while the network is away, and after it",
        (
            Visit(
                (
                    START,
                    put(STATUS, "incomplete"),
                    put(STATE, "before"),
                    COMMIT,
                    Event("network goes away"),
                    put(STATE, "while away"),
                    put(PLACE, "7"),
                    COMMIT,
                    get(STATE),
                    Event("network comes back"),
                    COMMIT,
                    get(STATE),
                    put(STATE, "while away"),
                    COMMIT,
                    put(STATE, "after #3"),
                    COMMIT,
                    FINISH,
                )
            ),
            LOOK,
        ),
    ),
    "session-expired": Situation(
        "what is set and committed after the LMS session has ended",
        (
            Visit(
                (
                    START,
                    put(STATUS, "incomplete"),
                    put(STATE, "before"),
                    COMMIT,
                    Event("session expires"),
                    put(STATE, "lost"),
                    COMMIT,
                    get(STATE),
                    FINISH,
                )
            ),
            LOOK,
        ),
        needs="session",
    ),
    "at-once": Situation(
        "values of which none waits for the one before, ten times, then each by itself",
        (
            Visit((START, *(AtOnce(told(number)) for number in range(1, 11)), *told(11))),
            LOOK,
        ),
        needs="later",
    ),
    "refused-at-once": Situation(
        "a score that is none among values at once, then each by itself",
        (Visit((START, AtOnce((*told(1)[:2], put(RAW, "-1"), *told(1)[3:])), *told(2))), LOOK),
        needs="later",
    ),
    "replaced-half-way": Situation(
        "package replaced half-way",
        (Visit((START, *half_way("2", "0000:01:00"), FINISH)), Replaced(), LOOK),
    ),
    "replaced-after-pass": Situation(
        "package replaced after passing",
        (Visit((START, *PASSED, FINISH)), Replaced(), LOOK),
    ),
}
