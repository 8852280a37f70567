"""Profiles without recordings: what the sources or documents of these LMSs say, as a transcript
of it would have it. That keeps the facts as they were read; it verifies none of them."""

from typing import Any

import pytest

from tests.lms.simulated import node

Step = dict[str, Any]

STATUS = "cmi.core.lesson_status"
RAW = "cmi.core.score.raw"
STATE = "cmi.suspend_data"
PLACE = "cmi.core.lesson_location"
EXIT = "cmi.core.exit"
TIME = "cmi.core.session_time"
TOTAL = "cmi.core.total_time"


def call(name: str, *args: Any, gives: Any = "true", error: str = "0") -> Step:
    return {"call": [f"LMS{name}", *args], "returns": gives, "error": error}


def put(element: str, value: str, gives: Any = "true", error: str = "0") -> Step:
    return call("SetValue", element, value, gives=gives, error=error)


def get(element: str, gives: Any, error: str = "0") -> Step:
    return call("GetValue", element, gives=gives, error=error)


INITIALISE = call("Initialize", "")
COMMIT = call("Commit", "")
FINISH = call("Finish", "")
AWAY = {"event": "network goes away"}
BACK = {"event": "network comes back"}


def visit(
    *steps: Step,
    mode: str = "normal",
    grade: float | None = None,
    stored: dict[str, str] | None = None,
) -> Step:
    return {
        "launched": mode,
        "attempt": 1,
        "steps": steps,
        "left_by": "the LMS's exit link",
        "stored": {f"1/item-1/{element}": value for element, value in (stored or {}).items()},
        "grade": grade,
    }


def late(step: Step) -> Step:
    """A call while the page goes away."""
    return step | {"while": "leaving"}


ILIAS = {
    "a failed commit is not sent again": [
        visit(
            INITIALISE,
            put(STATE, "before"),
            COMMIT,
            AWAY,
            put(STATE, "lost"),
            call("Commit", "", gives="false", error="101"),
            BACK,
            COMMIT,
            put(PLACE, "7"),
            COMMIT,
            get(STATE, "lost"),
            stored={STATE: "before", PLACE: "7"},
        )
    ],
    "values are judged": [
        visit(
            INITIALISE,
            get(RAW, ""),
            get(STATUS, "not attempted"),
            get(TOTAL, "00:00:00"),
            get("cmi.student_data.time_limit_action", "continue,no message"),
            put(STATE, "x repeated 4097 times", gives="false", error="405"),
            call("SetValue", STATE, None, gives="false", error="405"),
            call("SetValue", STATE, {}, gives="false", error="405"),
            call("SetValue", STATE, gives="false", error="405"),
            call("SetValue", PLACE, 7),
            get(PLACE, "7"),
            get("cmi._version", "", error="201"),
            put(RAW, "+5", gives="false", error="405"),
            put(RAW, "100.0"),
            put("cmi.interactions.0.id", "a b", gives="false", error="405"),
            put("cmi.interactions.0.id", "a"),
            put("cmi.interactions.0.weighting", "-1", gives="false", error="405"),
            put("cmi.interactions.0.result", "-0.5"),
            put("cmi.interactions.2.id", "far", gives="false", error="201"),
            put("cmi.core.mood", "fine", gives="false", error="201"),
            put("cmi.core.entry", "", gives="false", error="403"),
            put("cmi.core._children", "", gives="false", error="402"),
            call("Commit", "now", gives="false", error="201"),
            FINISH,
            call("Finish", "", gives="false", error="301"),
            INITIALISE,
            get(RAW, "100.0"),
            grade=100,
            stored={
                RAW: "100.0",
                STATUS: "completed",
                PLACE: "7",
                "cmi.interactions.0.id": "a",
                "cmi.interactions.0.result": "-0.5",
            },
        )
    ],
    "completed is judged by the mastery score 70": [
        visit(
            INITIALISE,
            put(RAW, "50"),
            put(STATUS, "incomplete"),
            put(EXIT, "suspend"),
            FINISH,
            grade=50,
            stored={RAW: "50", STATUS: "incomplete", EXIT: "suspend"},
        ),
        visit(
            INITIALISE,
            get("cmi.core.entry", "resume"),
            put(STATUS, "completed"),
            FINISH,
            grade=50,
            stored={RAW: "50", STATUS: "failed", EXIT: "suspend"},
        ),
        visit(
            INITIALISE,
            put(RAW, "70"),
            put(STATUS, "completed"),
            put(TIME, "0000:01:00.5"),
            FINISH,
            grade=70,
            stored={
                RAW: "70",
                STATUS: "passed",
                EXIT: "suspend",
                TIME: "0000:01:00.5",
                TOTAL: "00:01:00.50",
            },
        ),
    ],
    "in a preview nothing that is told is stored": [
        visit(INITIALISE, put(STATE, "x"), get(STATE, "x"), COMMIT, mode="browse"),
    ],
    "the last request is denied": [
        visit(
            INITIALISE,
            put(STATUS, "incomplete"),
            COMMIT,
            late(put(STATE, "late")),
            late(call("Commit", "", gives="false", error="101")),
            stored={STATUS: "incomplete"},
        ),
    ],
}

CHAMILO = {
    "true whatever becomes of it, and never again": [
        visit(
            INITIALISE,
            put(STATE, "before"),
            COMMIT,
            AWAY,
            put(STATE, "lost"),
            COMMIT,
            BACK,
            COMMIT,
            stored={STATE: "before", EXIT: ""},
        )
    ],
    "nothing is sent while the page goes away": [
        visit(
            INITIALISE,
            put(STATE, "x"),
            COMMIT,
            late(put(STATE, "late")),
            late(FINISH),
            stored={STATE: "x", EXIT: ""},
        ),
    ],
    "the exit belongs to one commit": [
        visit(
            INITIALISE,
            get("cmi.core.entry", "ab-initio"),
            put(EXIT, "suspend"),
            put(STATUS, "incomplete"),
            COMMIT,
            stored={STATUS: "incomplete", EXIT: "suspend"},
        ),
        visit(
            INITIALISE,
            get("cmi.core.entry", "resume"),
            put(PLACE, "2"),
            COMMIT,
            stored={STATUS: "incomplete", PLACE: "2", EXIT: ""},
        ),
        visit(
            INITIALISE,
            get("cmi.core.entry", ""),
            stored={STATUS: "incomplete", PLACE: "2", EXIT: ""},
        ),
    ],
    "what it answers": [
        visit(
            INITIALISE,
            get(RAW, 0),
            get("cmi.core.score.max", 100),
            get("cmi.interactions._count", 0),
            get("cmi.comments", "", error="401"),
            get("cmi._version", "", error="201"),
            get(EXIT, "", error="404"),
            put("cmi.comments", "x", gives="false", error="401"),
            put("cmi.core.entry", "", gives="false", error="403"),
            put(RAW, "any"),
            put(STATUS, "incomplete"),
            get(STATUS, "incomplete"),
            put(RAW, "0"),
            put("cmi.interactions.0.id", "a"),
            get("cmi.interactions.0.id", "", error="201"),
            COMMIT,
            get(STATUS, "not attempted"),
            stored={STATUS: "incomplete", "cmi.interactions.0.id": "a", EXIT: ""},
        )
    ],
    "after a final status nothing is recorded": [
        visit(
            INITIALISE,
            put(RAW, "90"),
            put(STATUS, "passed"),
            COMMIT,
            put(STATE, "too late"),
            COMMIT,
            grade=90,
            stored={RAW: "90", STATUS: "passed", EXIT: ""},
        ),
        visit(
            INITIALISE,
            get("cmi.core.credit", "no-credit"),
            mode="review",
            grade=90,
            stored={RAW: "90", STATUS: "passed", EXIT: ""},
        ),
    ],
    "a status that was never told, by the mastery score 70": [
        visit(
            INITIALISE,
            put(RAW, "60"),
            COMMIT,
            grade=60,
            stored={RAW: "60", STATUS: "failed", EXIT: ""},
        ),
    ],
    "a status that was never told, without a score": [
        visit(INITIALISE, COMMIT, stored={EXIT: ""}),
        visit(INITIALISE, FINISH, stored={STATUS: "completed", EXIT: ""}),
    ],
    "a status of an earlier visit stays": [
        visit(
            INITIALISE, put(STATUS, "incomplete"), COMMIT, stored={STATUS: "incomplete", EXIT: ""}
        ),
        visit(INITIALISE, FINISH, stored={STATUS: "incomplete", EXIT: ""}),
    ],
    "objectives follow each other": [
        visit(
            INITIALISE,
            put("cmi.objectives.1.id", "far", gives="false", error="201"),
            put("cmi.objectives.0.id", "a"),
            COMMIT,
            stored={"cmi.objectives.0.id": "a", EXIT: ""},
        )
    ],
    "the same answer takes its own place": [
        visit(
            INITIALISE,
            put("cmi.interactions.0.id", "q"),
            put("cmi.interactions.0.result", "wrong"),
            COMMIT,
            put("cmi.interactions.1.id", "q"),
            put("cmi.interactions.1.result", "correct"),
            COMMIT,
            stored={"cmi.interactions.0.id": "q", "cmi.interactions.0.result": "correct", EXIT: ""},
        )
    ],
    "an answer takes the place with its index, where one before it was lost": [
        visit(
            INITIALISE,
            AWAY,
            put("cmi.interactions.0.id", "lost"),
            COMMIT,
            BACK,
            put("cmi.interactions.1.id", "first"),
            put("cmi.interactions.1.result", "wrong"),
            COMMIT,
            stored={
                "cmi.interactions.1.id": "first",
                "cmi.interactions.1.result": "wrong",
                EXIT: "",
            },
        ),
        visit(
            INITIALISE,
            get("cmi.interactions._count", 1),
            put("cmi.interactions.1.id", "second"),
            put("cmi.interactions.1.result", "correct"),
            put("cmi.interactions.2.id", "first"),
            COMMIT,
            stored={
                "cmi.interactions.1.id": "second",
                "cmi.interactions.1.result": "correct",
                "cmi.interactions.2.id": "first",
                EXIT: "",
            },
        ),
    ],
}

RUSTICI = {
    "the length of SCORM 1.2": [
        visit(
            INITIALISE,
            put(STATE, "é repeated 4096 times"),
            put(STATE, "é repeated 4097 times", gives="false", error="405"),
            COMMIT,
            stored={STATE: "é repeated 4096 times", STATUS: "not attempted"},
        )
    ],
    "where a status was told the mastery score 80 decides nothing": [
        visit(
            INITIALISE,
            put(RAW, "50"),
            put(STATUS, "completed"),
            FINISH,
            grade=50,
            stored={RAW: "50", STATUS: "completed", TOTAL: "0000:00:00.00"},
        )
    ],
    "where no status was told the mastery score 80 decides": [
        visit(
            INITIALISE,
            put(RAW, "50"),
            FINISH,
            grade=50,
            stored={RAW: "50", STATUS: "failed", TOTAL: "0000:00:00.00"},
        )
    ],
    "true before it is sent": [
        visit(INITIALISE, put(STATE, "x"), AWAY, COMMIT),
        visit(INITIALISE, AWAY, put(PLACE, "2"), COMMIT, late(FINISH)),
    ],
    "the last request is denied": [
        visit(
            INITIALISE,
            put(PLACE, "1"),
            COMMIT,
            late(put(PLACE, "2")),
            late(FINISH),
            stored={PLACE: "1", STATUS: "not attempted"},
        ),
    ],
}


@pytest.mark.parametrize(
    ("slug", "about", "visits"),
    [
        (slug, about, visits)
        for slug, facts in (("ilias", ILIAS), ("chamilo", CHAMILO), ("rustici", RUSTICI))
        for about, visits in facts.items()
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_what_the_sources_say(slug: str, about: str, visits: list[Step]) -> None:
    transcript = {"lms": slug, "about": about, "settings": {}, "visits": visits}
    assert node()("replay", slug, transcript) == []


def test_ilias_may_turn_to_looking_back() -> None:
    done = {STATUS: "completed"}
    again = visit(INITIALISE, get("cmi.core.entry", ""), mode="review", stored=done)
    visits = [visit(INITIALISE, put(STATUS, "completed"), COMMIT, stored=done), again]
    transcript = {"about": "", "settings": {"autoReview": True}, "visits": visits}
    assert node()("replay", "ilias", transcript) == []


def test_rustici_may_let_the_score_override_the_status() -> None:
    judged = {RAW: "50", STATUS: "failed", TOTAL: "0000:00:00.00"}
    told = visit(
        INITIALISE, put(RAW, "50"), put(STATUS, "completed"), FINISH, grade=50, stored=judged
    )
    settings = {"scoreOverridesStatus": True}
    transcript = {"about": "mastery score 80", "settings": settings, "visits": [told]}
    assert node()("replay", "rustici", transcript) == []


def test_ilias_judges_the_type_of_a_value_in_every_phase() -> None:
    refused = call("SetValue", STATE, None, gives="false", error="405")
    transcript = {
        "about": "",
        "settings": {},
        "visits": [visit(refused, put(STATE, "x", "false", "301"))],
    }
    assert node()("replay", "ilias", transcript) == []


def test_simultaneous_values_overwrite_each_other_in_wagtail_lms() -> None:
    def told(element: str, value: str, burst: int) -> dict[str, Any]:
        body = {"kind": "set", "element": element, "value": value, "burst": burst}
        return {"type": "data", "launch": 1, "mode": "normal", "credit": "credit", "body": body}

    def held(*bursts: int) -> tuple[str, str, str]:
        values = ((RAW, "90"), (STATUS, "passed"), (STATE, "state"))
        data = [told(*pair, burst) for pair, burst in zip(values, bursts, strict=True)]
        launch = {"type": "launch", "mode": "normal", "learner": {"id": "1", "name": "Dana"}}
        stored = node()("stored", "wagtail-lms", {}, [launch, *data])
        assert stored["values"][STATUS] == "passed"
        return stored["status"], stored["score"], stored["state"]

    assert held(1, 2, 3) == ("passed", "90", "state")
    assert held(1, 1, 2) == ("passed", "", "state")
    assert held(1, 1, 1) == ("incomplete", "", "state")
