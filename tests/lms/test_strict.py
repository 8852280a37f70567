"""The strict profile: what the standard allows is taken, what it does not is refused."""

from typing import Any

import pytest

from tests.lms.simulated import node

START = ["LMSInitialize", ""]
SCORE = "cmi.core.score.raw"


def said(*calls: list[Any], **page: str) -> list[list[str]]:
    """What each call returns and the error after it, in a session that has begun."""
    given = {"cmi.core.lesson_status": "not attempted", **page}
    answers: list[list[str]] = node()("calls", "strict", {}, given, [START, *calls])
    assert answers[0] == ["true", "0"]
    return answers[1:]


def put(element: str, value: Any) -> list[Any]:
    return ["LMSSetValue", element, value]


def ask(element: str) -> list[Any]:
    return ["LMSGetValue", element]


TAKEN = ["true", "0"]
TYPE = ["false", "405"]

FORMATS = {
    "true-false": (["t", "f", "1", "0"], ["true", "", "{t}"], ["t"], ["x"]),
    "choice": (["a", "a,c", "9"], ["{a}", "a, c", "ac", "A", ""], ["a", "{a,c}", "a,c"], ["{a"]),
    "fill-in": (["two words", "", "x" * 255], ["x" * 256], ["two words"], ["x" * 256]),
    "matching": (["1.a", "1.a,2.b"], ["1.a;2.b", "{1.a}", "1-a", ""], ["{1.a,2.b}"], ["1,a"]),
    "sequencing": (["c,a,b"], ["{c,a,b}", "c.a"], ["c,a,b"], ["c a b"]),
    "performance": (["done", ""], ["x" * 256], ["done"], ["x" * 256]),
    "likert": (["a", "5", ""], ["a,b", "{a}"], [""], ["a"]),
    "numeric": (["1", "-2.50", ".5", "18"], ["1,5", "ten", ""], ["18"], ["17:19", "[17,19]"]),
}


@pytest.mark.parametrize("kind", FORMATS)
def test_responses_and_patterns_by_type(kind: str) -> None:
    taken, refused, patterns, no_patterns = FORMATS[kind]
    for element, good, bad in (
        ("student_response", taken, refused),
        ("correct_responses.0.pattern", patterns, no_patterns),
    ):
        name = f"cmi.interactions.0.{element}"
        answers = said(
            put("cmi.interactions.0.type", kind), *[put(name, one) for one in good + bad]
        )
        assert answers == [TAKEN] * (1 + len(good)) + [TYPE] * len(bad)


def test_the_type_comes_first() -> None:
    assert said(
        put("cmi.interactions.0.id", "page--question"),
        put("cmi.interactions.0.student_response", "a"),
    ) == [TAKEN, TYPE]


@pytest.mark.parametrize(
    ("element", "value", "expected"),
    [
        ("cmi.core.lesson_status", "not attempted", "false,405"),
        ("cmi.core.lesson_status", "Passed", "false,405"),
        ("cmi.core.score.raw", "100.01", "false,405"),
        ("cmi.core.score.raw", "99.5", "true,0"),
        ("cmi.core.exit", "normal", "false,405"),
        ("cmi.core.session_time", "00:61:00", "false,405"),
        ("cmi.core.session_time", "0000:01:00.50", "true,0"),
        ("cmi.core.student_name", "Me", "false,403"),
        ("cmi.core._children", "all", "false,402"),
        ("cmi.core.mood", "fine", "false,201"),
        ("cmi.suspend_data", "x" * 4096, "true,0"),
        ("cmi.suspend_data", "x" * 4097, "false,405"),
        ("cmi.suspend_data", "é", "false,405"),
        ("cmi.interactions.1.id", "beyond-the-end", "false,201"),
        ("cmi.interactions.0.id", "two words", "false,405"),
        ("cmi.interactions.0.result", "incorrect", "false,405"),
        ("cmi.interactions.0.result", "0.5", "true,0"),
        ("cmi.interactions.0.time", "24:00:00", "false,405"),
        ("cmi.interactions.0.correct_responses.1.pattern", "a", "false,201"),
    ],
)
def test_elements_and_values(element: str, value: str, expected: str) -> None:
    assert said(put(element, value)) == [expected.split(",")]


@pytest.mark.parametrize("value", [None, 5, True, ["a"], {}])
def test_a_value_is_a_string(value: Any) -> None:
    assert said(put("cmi.suspend_data", value)) == [TYPE]


def test_what_is_written_only_cannot_be_read() -> None:
    assert said(
        put("cmi.interactions.0.id", "one"),
        ask("cmi.interactions.0.id"),
        ask("cmi.interactions._count"),
        ask("cmi.interactions.0.correct_responses._count"),
        ask("cmi.core.exit"),
    ) == [TAKEN, ["", "404"], ["1", "0"], ["0", "0"], ["", "404"]]


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        ("cmi._version", ["3.4", "0"]),
        ("cmi.core.score._children", ["raw,min,max", "0"]),
        ("cmi.core.lesson_status._children", ["", "202"]),
        ("cmi.core._count", ["", "203"]),
        ("cmi.objectives._count", ["0", "0"]),
        ("cmi.objectives.0.id", ["", "201"]),
        ("cmi.core.mood", ["", "201"]),
        ("nav.event", ["", "401"]),
        ("", ["", "201"]),
        ("cmi.comments", ["", "0"]),
        ("cmi.core.lesson_status", ["not attempted", "0"]),
    ],
)
def test_reading(element: str, expected: list[str]) -> None:
    assert said(ask(element)) == [expected]


def test_interactions_continue_where_the_last_visit_ended() -> None:
    page = {"cmi.interactions.0.id": "one", "cmi.interactions.1.id": "two"}
    assert said(ask("cmi.interactions._count"), put("cmi.interactions.3.id", "x"), **page) == [
        ["2", "0"],
        ["false", "201"],
    ]


def test_one_session() -> None:
    assert said(
        START,
        ["LMSCommit", "now"],
        ["LMSCommit"],
        ["LMSFinish", ""],
        put("cmi.core.lesson_location", "x"),
        ["LMSFinish", ""],
        START,
    ) == [
        ["false", "101"],
        ["false", "201"],
        ["false", "201"],
        ["true", "0"],
        ["false", "301"],
        ["false", "301"],
        ["false", "101"],
    ]
    before = node()("calls", "strict", {}, {}, [ask(SCORE), ["LMSCommit", ""], ["LMSFinish", ""]])
    assert before == [["", "301"], ["false", "301"], ["false", "301"]]


PACKAGE = {"type": "package", "item": "item-1", "mastery": "70", "launchData": "hint"}
LAUNCH = {"type": "launch", "mode": "normal", "attempt": ""}


def held(*messages: dict[str, Any]) -> dict[str, Any]:
    """What the record is after these messages."""
    found: dict[str, Any] = node()("stored", "strict", {}, [PACKAGE, *messages])
    return found


def sent(kind: str, mode: str = "normal", credit: str = "credit", **core: str) -> dict[str, Any]:
    names = {"suspend": "cmi.suspend_data", "raw": "cmi.core.score.raw"}
    values = {names.get(name, f"cmi.core.{name}"): value for name, value in core.items()}
    return {
        "type": "data",
        "mode": mode,
        "credit": credit,
        "means": "sync",
        "body": {"kind": kind, "values": values},
    }


def test_times_add_up_at_the_end_of_each_visit() -> None:
    one = sent("finish", session_time="0001:30:00.50")
    assert held(one, sent("commit", session_time="00:10:00"))["seconds"] == 5400.5
    assert held(one, sent("finish", session_time="00:00:30"))["seconds"] == 5430.5
    # A visit without a time of its own adds nothing.
    assert held(one, sent("finish"))["seconds"] == 5400.5


@pytest.mark.parametrize(
    ("raw", "status", "expected"),
    [
        ("", "not attempted", "completed"),
        ("", "incomplete", "incomplete"),
        ("69.99", "completed", "failed"),
        ("70", "incomplete", "passed"),
    ],
)
def test_the_end_of_a_visit_judges_its_status(raw: str, status: str, expected: str) -> None:
    visit = {"lesson_status": status, "raw": raw}
    assert held(sent("finish", **visit))["status"] == expected
    assert held(sent("commit", **visit))["status"] == status


def test_without_credit_score_and_status_are_not_recorded() -> None:
    kept = sent("commit", lesson_status="incomplete", raw="40", suspend="a")
    none = {"mode": "normal", "credit": "no-credit"}
    found = held(kept, sent("finish", **none, lesson_status="passed", raw="90", suspend="b"))
    assert (found["status"], found["score"], found["state"]) == ("incomplete", "40", "b")
    found = held(sent("finish", **none, lesson_status="passed", raw="90"))
    assert (found["status"], found["score"]) == ("", "")
    browsed = sent("finish", mode="browse", credit="no-credit")
    assert held(browsed)["status"] == "browsed"
    assert held(kept, browsed)["status"] == "incomplete"


def test_read_only_elements_keep_the_values_of_the_lms() -> None:
    found = held(sent("commit", student_name="Me", entry="resume", total_time="99:00:00"))
    assert found["values"] == {}


def test_a_new_attempt_starts_empty() -> None:
    kept = sent("commit", lesson_location="3", raw="40")
    found = held(LAUNCH, kept, LAUNCH, LAUNCH | {"attempt": "new"})
    assert (found["location"], found["score"], found["grade"]) == ("", "", None)
    assert held(LAUNCH, kept, LAUNCH)["location"] == "3"


def test_another_item_in_the_package_is_another_course() -> None:
    kept = sent("commit", lesson_location="3", raw="40")
    assert held(kept, PACKAGE | {"mastery": "80"})["location"] == "3"
    found = held(kept, PACKAGE | {"item": "item-2"})
    assert (found["location"], found["grade"]) == ("", None)


def test_what_a_trainee_has_already_can_be_given() -> None:
    given = {"cmi.suspend_data": "old", "cmi.interactions.0.id": "one"}
    found = held({"type": "held", "values": given})
    assert found["state"] == "old"
    assert found["interactions"] == [{"id": "one"}]


def test_interactions_come_in_the_order_of_their_indexes() -> None:
    names = {f"cmi.interactions.{n}.id": str(n) for n in (10, 9, 2)}
    found = held({"type": "held", "values": names})
    assert [one["id"] for one in found["interactions"]] == ["2", "9", "10"]
