"""The judge of a log of calls: a good visit has no findings, each fault its own."""

from typing import Any

import pytest

from tests.lms.simulated import node

Log = list[dict[str, Any]]
Line = tuple[Any, ...]

STATUS = "cmi.core.lesson_status"
RAW = "cmi.core.score.raw"
STATE = "cmi.suspend_data"
TIME = "cmi.core.session_time"
EXIT = "cmi.core.exit"
MODE = "cmi.core.lesson_mode"
ANSWER = "cmi.interactions.0."
COUNT = "cmi.interactions._count"


def call(name: str, *args: Any, value: str = "true", error: str = "0", **other: Any) -> Line:
    return (f"LMS{name}", args, value, error, other)


def get(element: str, value: str, **other: Any) -> Line:
    return call("GetValue", element, value=value, **other)


def put(element: str, value: str, **other: Any) -> Line:
    return call("SetValue", element, value, **other)


COMMIT = call("Commit", "")
FINISH = call("Finish", "")
INITIALISE = call("Initialize", "")

OPENING = [
    INITIALISE,
    get(STATE, ""),
    get(MODE, "normal"),
    get("cmi.core.credit", "credit"),
    get(STATUS, "not attempted"),
    get(COUNT, "0"),
]
FIRST_PAGE = [put(STATE, "1"), put(EXIT, "suspend"), put(TIME, "0000:00:01.00")]
FIRST_PAGE += [put(STATUS, "incomplete"), COMMIT]
ONE_ANSWER = [
    put(f"{ANSWER}id", "page--question"),
    put(f"{ANSWER}type", "choice"),
    put(f"{ANSWER}time", "10:11:12"),
    put(f"{ANSWER}correct_responses.0.pattern", "{a,c}"),
    put(f"{ANSWER}student_response", "a,c"),
    put(f"{ANSWER}result", "correct"),
    put(STATE, "2"),
    put(TIME, "0000:00:02.00"),
]
PASS = [put("cmi.core.score.min", "0"), put("cmi.core.score.max", "100"), put(RAW, "90")]
PASS += [put(STATUS, "passed"), COMMIT]
GOOD = [
    *OPENING,
    *FIRST_PAGE,
    *ONE_ANSWER,
    *PASS,
    put(STATE, "3"),
    put(TIME, "0000:00:03.00"),
    FINISH,
]


def log(lines: list[Line], launch: int = 1, apart: int = 200) -> Log:
    """A log as log.js keeps it, its calls so many ms apart."""
    return [
        {
            "launch": launch,
            "order": order,
            "name": name,
            "args": [str(arg) for arg in args],
            "strings": all(isinstance(arg, str) for arg in args),
            "value": value,
            "error": error,
            "at": order * apart,
            "threw": "",
        }
        | other
        for order, (name, args, value, error, other) in enumerate(lines)
    ]


def judged(calls: Log, **given: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = node()("judge", calls, given)
    return found


def codes(lines: list[Line], **given: Any) -> list[str]:
    return [finding["code"] for finding in judged(log(lines), **given)]


def after(number: int, *lines: Line) -> list[Line]:
    """The good visit with other lines after one of its own; negative numbers count from its end."""
    at = number % (len(GOOD) + 1)
    return [*GOOD[:at], *lines, *GOOD[at:]]


def without(*lines: Line) -> list[Line]:
    return [line for line in GOOD if line not in lines]


def instead(line: Line, *lines: Line) -> list[Line]:
    at = GOOD.index(line)
    return [*GOOD[:at], *lines, *GOOD[at + 1 :]]


RUNNING = len(OPENING)
LAST = -2
"""Before LMSFinish."""


def told(element: str, value: str) -> list[Line]:
    """The opening, in which the LMS says something else of an element."""
    return [get(element, value) if line[1][0] == element else line for line in OPENING]


LOOKING = told(MODE, "review")
UNPAID = told("cmi.core.credit", "no-credit")
RESUMED = told(COUNT, "4")
TYPE = put(f"{ANSWER}type", "choice")
PATTERN = put(f"{ANSWER}correct_responses.0.pattern", "{a,c}")
RESPONSE = put(f"{ANSWER}student_response", "a,c")
SCORE = put(RAW, "90")

FAULTS: dict[str, list[list[Line]]] = {
    "before-initialise": [
        [get(MODE, ""), *GOOD],
        [call("Initialize", "", value="false", error="101"), COMMIT],
    ],
    "after-finish": [[*GOOD, COMMIT], [*GOOD, get(STATUS, "passed")]],
    "initialise-twice": [after(1, INITIALISE), [*GOOD, INITIALISE]],
    "finish-twice": [[*GOOD, FINISH]],
    "arguments": [
        after(RUNNING, call("Commit")),
        after(RUNNING, call("Commit", "now")),
        after(RUNNING, call("GetValue", STATUS, "x", value="")),
        after(RUNNING, call("GetValue")),
        after(RUNNING, call("SetValue", STATE)),
        instead(SCORE, call("SetValue", RAW, 90.5)),
    ],
    "unknown-element": [
        after(LAST, put("cmi.core.mood", "fine")),
        after(LAST, get("cmi.interactions.0.mood", "")),
        after(LAST, get("adl.nav.request", "")),
    ],
    "unknown-keyword": [
        after(LAST, get("cmi.core._count", "")),
        after(LAST, get("cmi.suspend_data._children", "")),
    ],
    "keyword-set": [after(LAST, put(COUNT, "0")), after(LAST, put("cmi._version", "3"))],
    "read-only": [after(LAST, put("cmi.core.student_name", "Me"))],
    "write-only": [after(LAST, get(f"{ANSWER}result", "")), after(LAST, get(TIME, ""))],
    "index-gap": [
        after(LAST, put("cmi.interactions.2.id", "far")),
        after(LAST, put(f"{ANSWER}objectives.1.id", "far")),
        [*RESUMED, put("cmi.interactions.5.id", "far")],
        [*OPENING, get("cmi.objectives._count", "0"), get("cmi.objectives.0.id", "")],
    ],
    "state-too-long": [
        after(LAST, COMMIT, put(STATE, "x" * 4097)),
        after(LAST, COMMIT, put(STATE, "x… (4097 characters)", length=4097)),
    ],
    "state-not-ascii": [after(LAST, COMMIT, put(STATE, "é"))],
    "status-not-attempted": [[*OPENING, put(STATUS, "not attempted")]],
    "response-before-type": [without(TYPE, PATTERN), without(TYPE, RESPONSE)],
    "wrong-response": [
        instead(RESPONSE, put(f"{ANSWER}student_response", "{a,c}")),
        instead(PATTERN, put(f"{ANSWER}correct_responses.0.pattern", "a;c")),
    ],
    "wrong-value": [
        instead(put(f"{ANSWER}time", "10:11:12"), put(f"{ANSWER}time", "9:11:12")),
        instead(put(f"{ANSWER}result", "correct"), put(f"{ANSWER}result", "incorrect")),
        after(LAST, put("cmi.core.lesson_location", "x" * 256)),
        instead(put("cmi.core.score.max", "100"), put("cmi.core.score.max", "101")),
    ],
    "answer-without-id": [[*OPENING, put(f"{ANSWER}type", "choice")]],
    "answer-changed": [
        after(LAST, put(f"{ANSWER}result", "wrong")),
        [*RESUMED, put("cmi.interactions.3.id", "old")],
    ],
    "too-many-values": [[*told(COUNT, "125"), put("cmi.interactions.125.id", "one-more")]],
    "mode-not-asked": [[INITIALISE, put(STATE, "1")]],
    "looking-back-write": [[*LOOKING, put(STATE, "1")], [*told(MODE, "browse"), put(STATE, "1")]],
    "looking-back-commit": [[*LOOKING, COMMIT]],
    "looking-back-finish": [[*LOOKING, FINISH]],
    "no-credit": [[*UNPAID, put(STATUS, "passed")], [*UNPAID, put("cmi.core.score.min", "0")]],
    "status-lowered": [
        after(LAST, put(STATUS, "incomplete")),
        [*told(STATUS, "completed"), put(STATUS, "incomplete")],
        # An LMS may lack an element; that is no failure after which a status may go down.
        after(
            LAST,
            call("SetValue", "cmi.comments", "x", value="false", error="401"),
            put(STATUS, "failed"),
        ),
    ],
    "score-after-status": [[*GOOD[: -len(PASS) - 3], *PASS[:2], PASS[3], SCORE, COMMIT]],
    "score-without-range": [without(PASS[0]), without(PASS[1])],
    "score-outside": [instead(PASS[1], put("cmi.core.score.max", "50"))],
    "time-decreasing": [after(LAST, COMMIT, put(TIME, "0000:00:02.99"))],
    "exit-not-suspend": [
        instead(FIRST_PAGE[1], put(EXIT, "logout")),
        instead(FIRST_PAGE[1], put(EXIT, "")),
    ],
    "exit-missing": [without(FIRST_PAGE[1])],
    "time-missing": [[line for line in GOOD if line[1][0] != TIME]],
    "twice-in-a-batch": [after(LAST, put(STATE, "4"))],
    "unchanged": [after(LAST, put(EXIT, "suspend"))],
}


@pytest.mark.parametrize(
    ("code", "lines"), [(code, lines) for code, several in FAULTS.items() for lines in several]
)
def test_a_fault_is_its_own_finding(code: str, lines: list[Line]) -> None:
    assert codes(lines) == [code]


def test_a_good_visit_has_no_findings() -> None:
    assert codes(GOOD) == []
    assert codes([line for line in GOOD if line != FINISH]) == []
    assert codes([*LOOKING, get("cmi.suspend_data", "")]) == []
    again = [
        *told(STATUS, "passed"),
        put(STATE, "4"),
        put(EXIT, "suspend"),
        put(TIME, "0000:00:01.00"),
    ]
    assert judged(log(GOOD) + log([*again, FINISH], launch=2)) == []


def test_writes_keep_apart_where_the_lms_saves_each() -> None:
    fast = log(GOOD, apart=50)
    assert judged(fast) == []
    assert {finding["code"] for finding in judged(fast, paced=True)} == {"not-paced"}
    assert judged(log(GOOD), paced=True) == []
    # When the page leaves, the state goes at once.
    leaving = [*OPENING, *FIRST_PAGE, put(STATE, "2")]
    calls = log(leaving)
    calls[-1]["at"] = calls[-2]["at"] + 1
    assert judged(calls, paced=True) == []


def test_values_are_committed_in_good_time() -> None:
    slow = [*OPENING, *FIRST_PAGE[:-1]]
    assert judged(log(slow, apart=2000)) == []
    assert [one["code"] for one in judged(log([*slow, *[get(STATUS, "")] * 3], apart=2500))] == [
        "not-committed"
    ]


def test_after_a_failure_values_are_written_again() -> None:
    refused = call("Commit", "", value="false", error="101")
    repeated = [put(EXIT, "suspend"), put(STATUS, "incomplete"), COMMIT, put(STATUS, "passed")]
    assert codes(after(LAST, refused, *repeated)) == []
    assert codes(after(LAST, COMMIT, *repeated), trouble=True) == []
    assert codes(after(LAST, COMMIT, *repeated)) == ["unchanged", "status-lowered"]


def test_course_may_choose_first_index_if_lms_reports_none() -> None:
    answer = [put("cmi.interactions.7.id", "a"), put("cmi.interactions.8.id", "b")]
    assert codes([*told(COUNT, ""), *answer]) == []
    assert codes([*told(COUNT, ""), *answer, put("cmi.interactions.10.id", "c")]) == ["index-gap"]


def test_a_run_has_its_number_of_calls() -> None:
    most = 30 + 5 + 16
    reads = [get(STATUS, "passed")] * (most - len(GOOD))
    look = [
        call("GetLastError", value="101", error="101"),
        call("GetErrorString", "101", value="x"),
    ]
    unread = call("GetValue", "cmi.core.score.min", value="", error="401")
    assert codes(after(LAST, *reads), views=1, answers=1) == []
    assert codes(after(LAST, *reads[1:], unread, *look), views=1, answers=1) == []
    assert codes(after(LAST, *reads, *look), views=1, answers=1) == ["too-many-calls"]
    assert codes(after(LAST, *reads, reads[0]), views=1, answers=1) == ["too-many-calls"]
    assert (
        judged(log(after(LAST, *reads, reads[0])) + log([INITIALISE], 2), views=1, answers=1) == []
    )


def test_a_finding_has_a_message_and_a_place() -> None:
    (found,) = judged(log(after(1, INITIALISE), launch=3))
    assert found == {
        "code": "initialise-twice",
        "kind": "specification",
        "launch": 3,
        "order": 1,
        "call": 'LMSInitialize("")',
        "words": "LMSInitialize was called again although it had succeeded.",
        "source": "facts/scorm-1.2.md#api: once; second → 101",
    }


def test_every_rule_is_tried() -> None:
    rules = node()("rules")
    assert {rule["kind"] for rule in rules} == {"specification", "policy"}
    assert sorted(rule["code"] for rule in rules) == sorted(
        {*FAULTS, "not-paced", "not-committed", "too-many-calls"}
    )
