"""What goes wrong for a trainee, and what must be kept: a table, which test_faults.py plays.

Each row is a fault: how it begins, what shows that it happened, how it ends, what the trainee is
told meanwhile, and what the LMS has in the end. While it lasts the trainee answers a practice
question, turns the page, passes the quiz and with it the course. Each row meets every profile of
an LMS that it applies to; what one cannot keep stands in ``CANNOT``, with its reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from tests.lms.mishaps import (
    CROSS_ORIGIN,
    LATE,
    SEVEN_UP,
    STATUS,
    THROWS,
    Act,
    Look,
    always,
    answers_while_it_lasts,
    arrived,
    came_back_changed,
    comes_back,
    comes_late,
    counted_the_time_there,
    course_in_the_popup,
    garbage,
    gave_false,
    has_only_the_start,
    in_the_page,
    is_elsewhere,
    kept_as,
    leaps,
    leapt,
    leaves_and_comes_back,
    never_says_the_status,
    nothing,
    nothing_was_called,
    offline,
    online,
    opens_another_window,
    recovers,
    recovers_as_it_is_left,
    request_failed,
    says_how_it_came,
    set_to,
    sleeps,
    slow,
    storage_throws,
    suffers,
    the_rest,
    truncated,
    was_an_old_copy,
    was_not_stored,
    was_not_stored_thrice,
)
from tests.lms.trouble import EVERYTHING, HALF_DONE, MINUTE, START, Trouble

REFUSED = ("not_saved_notice", "visit.lost_refused")
SIGNED_OUT = ("visit.signed_out", "visit.lost_signed_out")
OFFLINE = ("visit.not_saved_offline", "visit.lost_offline")
MISSING = ("visit.lms_missing", "visit.go_on")
NOT_STARTED = ("visit.lms_refused", "visit.go_on")
DAMAGED = "visit.state_damaged"
ALL: Mapping[str, Any] = {}
"""Everything that the trainee has done."""
NEVER = None
"""A fault that does not end."""


def any_profile(profile: Mapping[str, Any]) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One row. Texts are those of the interface, without “player.”."""

    name: str

    opened: Mapping[str, Any] = field(default_factory=dict)
    """How the LMS opens the course."""
    before: Act = nothing
    """What happens before that."""
    begins: Act = nothing
    """What happens once the course is open and all in it is saved."""
    works: Act = Trouble.work
    """What the trainee does then."""
    happened: Look = always
    """What shows that the fault is there."""
    ends: Act | None = nothing
    """What ends it. One that does not end keeps everything from being saved."""

    told: str
    """The save status while the fault lasts."""
    notices: tuple[str, ...] = ()
    """What is said above the page."""

    keeps: Mapping[str, Any] = field(default_factory=lambda: ALL)
    """What the LMS must have in the end: what differs from everything."""
    again: bool = False
    """Whether it has that only once the trainee has come back."""
    check: Act = nothing
    """A look at more of it."""

    everywhere: bool = False
    """Whether it meets each profile of ``make test``, as it concerns saving, or one of them. ``make
    faults`` plays it in every profile."""
    applies: Callable[[Mapping[str, Any]], bool] = any_profile
    """To which profiles, by what describes them."""


WHERE_THE_COURSE_STANDS = (
    Fault(name="no fault", told="saved"),
    Fault(
        name="API missing",
        opened={"api": -1},
        happened=nothing_was_called,
        ends=NEVER,
        told="nothing_recorded",
        notices=MISSING,
    ),
    Fault(
        name="API late",
        opened={"api": LATE},
        happened=nothing_was_called,
        ends=comes_late,
        told="nothing_recorded",
        notices=MISSING,
    ),
    Fault(
        name="seven frames up",
        opened={"levels": 7},
        happened=in_the_page(SEVEN_UP),
        told="saved",
    ),
    Fault(
        name="only in the opener",
        opened={"window": "popup"},
        happened=in_the_page("parent === window && Boolean(opener.API)"),
        told="saved",
        applies=course_in_the_popup,
    ),
    Fault(
        name="behind a frame of another origin",
        opened={"levels": 3, "foreign": True},
        happened=in_the_page(CROSS_ORIGIN),
        told="saved",
    ),
    Fault(
        name="a sandboxed frame",
        opened={"sandbox": "allow-scripts"},
        happened=in_the_page('origin === "null"'),
        ends=NEVER,
        told="nothing_recorded",
        notices=MISSING,
    ),
    Fault(
        name="a sandboxed frame of the LMS's origin",
        opened={"sandbox": "allow-scripts allow-same-origin"},
        happened=in_the_page("frameElement.sandbox.length === 2"),
        told="saved",
    ),
    Fault(
        name="storage throwing",
        before=storage_throws,
        happened=in_the_page(THROWS),
        told="saved",
    ),
)

WHAT_THE_LMS_REFUSES = (
    Fault(
        name="Initialize false",
        before=suffers(initialise="false"),
        happened=gave_false("LMSInitialize"),
        ends=recovers,
        told="nothing_recorded",
        notices=NOT_STARTED,
    ),
    *(
        Fault(
            name=f"SetValue false for {element}",
            begins=suffers(refuse=(element,)),
            happened=gave_false("LMSSetValue", element),
            ends=recovers,
            told="not_saved",
            notices=REFUSED,
        )
        for element in ("cmi.suspend_data", "cmi.core.score.raw", STATUS)
    ),
    Fault(
        name=f"SetValue false for {STATUS} from the start",
        before=suffers(refuse=(STATUS,)),
        happened=gave_false("LMSSetValue", STATUS),
        ends=leaves_and_comes_back,
        told="not_saved",
        notices=REFUSED,
    ),
    *(
        Fault(
            name=f"SetValue false for {element}",
            begins=suffers(refuse=(element,)),
            happened=gave_false("LMSSetValue", element),
            told="saved",
            keeps=keeps,
        )
        for element, keeps in (
            ("cmi.core.lesson_location", {"location": "first"}),
            ("cmi.core.session_time", ALL),
            ("cmi.core.score.max", ALL),
        )
    ),
    Fault(
        name="SetValue false for cmi.interactions.1.id",
        begins=suffers(refuse=("cmi.interactions.1.id",)),
        works=answers_while_it_lasts,
        happened=gave_false("LMSSetValue", "cmi.interactions.1.id"),
        told="saved",
        # It is left out, and the next takes its place.
        keeps={"interactions": EVERYTHING.interactions[1:]},
    ),
)

WHAT_THE_LMS_DOES_NOT_STORE = (
    Fault(
        name="commit false three times",
        begins=suffers(status=503, times=3),
        happened=was_not_stored_thrice,
        ends=recovers,
        told="saved",
    ),
    Fault(
        name="commit false",
        begins=suffers(status=503),
        happened=was_not_stored,
        ends=recovers,
        told="not_saved",
        notices=REFUSED,
        everywhere=True,
    ),
    Fault(
        name="the LMS's requests alone fail",
        begins=suffers(cut=True),
        happened=was_not_stored,
        ends=recovers,
        told="not_saved",
        notices=REFUSED,
    ),
    Fault(
        name="the LMS's requests alone fail until the page goes",
        begins=suffers(cut=True),
        happened=was_not_stored,
        ends=recovers_as_it_is_left,
        told="not_saved",
        notices=REFUSED,
        again=True,
    ),
    Fault(
        name="session expired",
        begins=suffers(expired=True),
        happened=was_not_stored,
        ends=recovers,
        told="not_saved",
        notices=REFUSED,
    ),
    Fault(
        name="session expired, for the package too",
        begins=suffers(expired=True, locked=True),
        happened=was_not_stored,
        ends=recovers,
        told="not_saved",
        notices=SIGNED_OUT,
    ),
    Fault(
        name="commit true but lost",
        begins=suffers(drop=True),
        happened=was_not_stored,
        ends=recovers,
        told="saved",
        again=True,
        everywhere=True,
    ),
    Fault(
        name="only the start of the state is kept",
        begins=suffers(state_limit=60),
        happened=has_only_the_start,
        ends=recovers,
        told="not_saved",
        notices=("visit.end_stored", "visit.lost_cut"),
    ),
)

THE_LINE = (
    Fault(
        name="answers after five seconds",
        before=slow,
        happened=in_the_page("top.stood > 0 || top.waited > 0"),
        told="saved",
    ),
    Fault(
        name="network gone and back",
        begins=offline,
        happened=request_failed,
        ends=online,
        told="not_saved",
        notices=OFFLINE,
        everywhere=True,
    ),
)

WHAT_COMES_BACK_OF_A_VISIT = (
    Fault(
        name="state truncated",
        before=kept_as(truncated),
        works=nothing,
        happened=came_back_changed,
        told="saved",
        notices=(DAMAGED, "visit.journal_added"),
        keeps=HALF_DONE,
    ),
    Fault(
        name="state truncated, on another computer",
        before=kept_as(truncated, elsewhere=True),
        works=nothing,
        happened=came_back_changed,
        told="saved",
        notices=(DAMAGED,),
        keeps={**HALF_DONE, "best": None},
    ),
    Fault(
        name="state garbage, on another computer",
        before=kept_as(garbage, elsewhere=True),
        works=nothing,
        happened=came_back_changed,
        told="saved",
        notices=("visit.state_unreadable",),
        keeps={**HALF_DONE, "visited": frozenset({"first"}), "best": None, "practice": ()},
    ),
)

WINDOWS = (
    Fault(
        name="two windows",
        begins=opens_another_window,
        works=the_rest,
        happened=is_elsewhere,
        told="saved",
    ),
    Fault(
        name="came back from the history",
        opened={"kept": True},
        before=says_how_it_came,
        begins=comes_back,
        works=the_rest,
        happened=was_an_old_copy,
        told="saved",
    ),
)

CLOCKS = (
    Fault(
        name="a computer that slept",
        begins=leaps(sleeps),
        happened=leapt(10),
        told="saved",
        # When exactly it fell asleep, nobody knows (learning-time.js).
        check=counted_the_time_there(more=MINUTE),
    ),
    Fault(
        name="a clock set forward",
        begins=leaps(set_to(START + timedelta(hours=10))),
        happened=leapt(10),
        told="saved",
        check=counted_the_time_there(),
    ),
    Fault(
        name="a clock set back",
        begins=leaps(set_to(START - timedelta(hours=10))),
        happened=leapt(-10),
        told="saved",
        check=counted_the_time_there(),
    ),
)

FAULTS = (
    *WHERE_THE_COURSE_STANDS,
    *WHAT_THE_LMS_REFUSES,
    *WHAT_THE_LMS_DOES_NOT_STORE,
    *THE_LINE,
    *WHAT_COMES_BACK_OF_A_VISIT,
    *WINDOWS,
    *CLOCKS,
)


@dataclass(frozen=True, slots=True)
class Loss:
    """What an LMS loses for good: why, what it ``holds`` otherwise after the trainee has come back,
    and what ``shows`` that it is so."""

    why: str
    holds: Mapping[str, Any]
    shows: Look


NO_RESULT = Loss(
    "it never says which status and score it has, and a state that counts them as told is saved "
    "while the course is left (scormxblock.js, GetValue)",
    {"status": "incomplete", "score": "", "interactions": (), "results": frozenset()},
    never_says_the_status,
)
CANNOT: Mapping[tuple[str, str], Loss] = {
    ("commit true but lost", "openedx"): NO_RESULT,
    ("commit false three times", "wagtail-lms"): Loss(
        "it keeps each value by itself: what is left of an answer whose id was lost stays beside "
        "the one that is sent again (views.py, set_scorm_value)",
        {"interactions": (("", "b", "correct"), *EVERYTHING.interactions)},
        arrived("first--calm"),
    ),
    ("only the start of the state is kept", "chamilo"): Loss(
        "it takes nothing after a final status, so that a state is not made good "
        "(learnpathItem.class.php, save)",
        {"best": None},
        arrived(r"suspend_data\W+1[\w-]{70}"),
    ),
    ("answers after five seconds", "wagtail-lms"): Loss(
        "values that follow each other before the first is answered undo each other in what it "
        "reports, and LMSGetValue shows nothing of it (views.py, set_scorm_value)",
        {"score": "", "location": ""},
        arrived(r"score\.raw\W+value\W+100"),
    ),
}
NOT_IN_THIS_VISIT = {
    (name, "scormhost")
    for name in (
        "commit false three times",
        "commit false",
        "session expired",
        "session expired, for the package too",
        "the LMS's requests alone fail",
        "network gone and back",
    )
}
"""Where an LMS sends nothing more in a visit in which one request has failed (scorm12-api.js, the
chain of its requests): what is told stays as it was, and the next visit makes it good."""
