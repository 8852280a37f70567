"""Whatever fails and whenever the browser dies: what was said to be saved is there in the end."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.player.conftest import Player
from tests.player.lived_course import (
    COURSE,
    NOTES,
    ON,
    PAGES,
    QUESTIONS,
    RESULTS,
    TRIES,
    VISITS,
    quiz,
)
from tests.player.outlines import FILLED

RANK = ["", "not attempted", "incomplete", "failed", "completed", "passed"]
RUN_TIMES = ["moodle", "plain", "openEdx", "scormhost", "wagtail"]
STATUS, RAW = "cmi.core.lesson_status", "cmi.core.score.raw"


ACTS = st.one_of(
    st.sampled_from(VISITS),
    st.sampled_from(TRIES),
    st.sampled_from(RESULTS),
    st.sampled_from(NOTES),
    st.sampled_from([["type"], ["flush"], ["exit"]]),
)
FAULTS = st.sampled_from(
    [
        *["offline", "expired", "unknown", "any"] * 2,
        "cmi.suspend_data",
        STATUS,
        RAW,
        "cmi.core.lesson_location",
        "cmi.interactions.0.result",
    ]
)
TIMES = st.integers(0, 200).map((100).__mul__) | st.integers(0, 20_000)


@st.composite
def a_visit(draw: st.DrawFn) -> dict[str, Any]:
    times = sorted(draw(st.lists(TIMES, max_size=8)))
    windows = [
        (at, at + draw(st.sampled_from([50, 1000, 8000, 60_000])), draw(FAULTS))
        for at in draw(st.lists(TIMES, max_size=2))
    ]
    last = times[-1] if times else 0
    return {
        "events": [[0, "visit", "pag1"], *([at, *draw(ACTS)] for at in times)],
        "faults": windows,
        "end": last + draw(st.sampled_from([0, 50, 400, 1500, 5000, 120_000])),
        "kill": draw(st.booleans()),
    }


DELAYS = st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), min_size=1, max_size=5)
HEALTHY = {"events": [[0, "visit", "pag1"]], "end": 60_000}


def best(state: dict[str, Any]) -> dict[str, int]:
    return {key: -1 if one["best"] is None else one["best"] for key, one in state["quizzes"]}


LEAVES = ("type", "correct_responses.0.pattern", "weighting", "student_response", "result")


def whole(element: str, record: dict[str, Any], refused: tuple[str, ...]) -> bool:
    """Whether it is the id of an interaction that is in the LMS with all that belongs to it."""
    if not element.startswith("cmi.interactions.") or not element.endswith(".id"):
        return False
    leaves = {f"{element.removesuffix('id')}{leaf}" for leaf in LEAVES}
    return leaves - set(refused) <= set(record)


def missing(player: Player, found: dict[str, Any], *refused: str) -> list[str]:
    """What was said to be saved and is not in the LMS, but for elements that it refused."""
    record = found["record"]
    kept = player("decode", record.get("cmi.suspend_data", ""))
    told = {value for name, value in record.items() if whole(name, record, refused)}
    wrong = []
    for said in found["promised"]:
        wrong += sorted(set(said["visited"]) - set(kept["visited"]))
        wrong += [key for key, one in said["checks"] if [key, one] not in kept["checks"]]
        wrong += [key for key, one in said["records"] if [key, one] not in kept["records"]]
        wrong += [key for key, score in best(said).items() if best(kept).get(key, -2) < 0 <= score]
        if RANK.index(said["status"]) > RANK.index(record.get(STATUS, "")):
            wrong.append(f"{STATUS} {said['status']}")
        if said["score"] is not None and said["score"] > float(record.get(RAW) or -1) * 100:
            wrong.append(f"{RAW} {said['score']}")
        wrong += [
            f"interaction of {key}"
            for key, _ in said["checks"]
            if not any(one.endswith(QUESTIONS[key]["id"]) for one in told)
        ]
    return wrong


@pytest.mark.whole
@settings(max_examples=150)
@given(st.sampled_from(RUN_TIMES), st.lists(a_visit(), min_size=1, max_size=3), DELAYS)
def test_everything_reported_as_saved_ends_up_in_the_lms(
    player: Player, run_time: str, visits: list[dict[str, Any]], delays: list[tuple[int, int]]
) -> None:
    given = {"runTime": run_time, "visits": [*visits, HEALTHY], "delays": delays}
    found = player("lives", COURSE | given)
    refused = [fault for visit in visits for *_, fault in visit["faults"]]
    assert missing(player, found, *refused) == []


ANSWERS = ("practise", "quiz", "record")


@pytest.mark.whole
@given(st.sampled_from(RUN_TIMES), st.lists(a_visit(), min_size=1, max_size=3))
def test_calls_are_bounded_by_what_the_trainee_does(
    player: Player, run_time: str, visits: list[dict[str, Any]]
) -> None:
    calm = [visit | {"faults": []} for visit in visits]
    events = [act for visit in calm for _, act, *_ in visit["events"]]
    found = player("lives", COURSE | {"runTime": run_time, "visits": calm})
    views, answers = events.count("visit"), sum(map(events.count, ANSWERS))
    # Pressing Exit and staying, and hiding the page, are what a session has besides.
    more = 5 * (events.count("exit") + events.count("flush") + events.count("type"))
    assert sum(found["calls"]) <= 30 * len(calm) + 5 * views + 16 * answers + more


def test_a_visit_without_faults_reports_each_answer_once(player: Player) -> None:
    asked = [["practise", page, QUESTIONS[key], "a"] for page, keys in ON.items() for key in keys]
    events = [[0, "visit", "pag1"], *([at, *act] for at, act in enumerate(asked, 1000))]
    for run_time in RUN_TIMES:
        for end in (1200, 9000):
            given = {"runTime": run_time, "visits": [{"events": events, "end": end}, HEALTHY]}
            record = player("lives", COURSE | given)["record"]
            ids = sorted(value for name, value in record.items() if name.endswith(".id"))
            assert ids == [f"{page}--question-{key}" for page, keys in ON.items() for key in keys]


PRACTISE = [2000, "practise", "one", QUESTIONS["chk1"], "a"]


@pytest.mark.parametrize(
    ("run_time", "events", "faults", "end"),
    [
        # The line is back when the LMS is asked to commit.
        ("wagtail", [PRACTISE], [(2000, 2300, "offline")], 60_000),
        # The state must not arrive without the answer before it.
        ("wagtail", [PRACTISE], [(2000, 2100, "offline")], 3300),
        # What was written first arrives last, with an older state.
        (
            "wagtail",
            [[2000, "visit", "pag2"], [2155, "visit", "quiz"], [2160, "flush"]],
            [],
            30_000,
        ),
        # The page is hidden when half of an answer is written.
        ("wagtail", [PRACTISE, [2400, "flush"]], [], 60_000),
        # It takes nothing for a while.
        ("moodle", [PRACTISE], [(1900, 4500, "any")], 60_000),
        # What it confirms after a failure has not arrived.
        (
            "scormhost",
            [PRACTISE, [20_000, "practise", "two", QUESTIONS["chk3"], "a"]],
            [(1900, 5000, "offline")],
            60_000,
        ),
        # The last beacon brings the state, and the answers count as sent.
        ("moodle", [PRACTISE], [(1900, 5000, "offline")], 5500),
    ],
)
def test_lost_or_late_requests_are_recovered_in_the_end(
    player: Player, run_time: str, events: list[Any], faults: list[Any], end: int
) -> None:
    visit = {"events": [[0, "visit", "pag1"], *events], "faults": faults, "end": end}
    kill = run_time == "wagtail"
    for delays in ([(0, 70), (0, 0)], [(0, 0), (0, 70)], [(0, 0)]):
        visits = [visit | {"kill": kill}, HEALTHY]
        found = player("lives", COURSE | {"runTime": run_time, "visits": visits, "delays": delays})
        assert missing(player, found) == []


def test_half_written_pass_is_completed_at_next_visit(
    player: Player,
) -> None:
    done = [[0, "visit", page["key"]] for page in PAGES]
    done += [[0, "record", key, item] for key, item in FILLED.items()]
    for at in range(5050, 6400, 100):
        events = [*done, [5000, "quiz", "quiz", quiz(9000)], [at, "flush"]]
        visit = {"events": events, "end": at + 500}
        found = player("lives", COURSE | {"runTime": "wagtail", "visits": [visit, HEALTHY]})
        assert (found["record"][RAW], found["record"][STATUS]) == ("90", "passed")


def test_answer_of_unloadable_page_waits_for_later_visit(player: Player) -> None:
    lost = {"events": [[0, "visit", "pag1"], PRACTISE], "faults": [(1900, 5500, "offline")]}
    offline = {"events": [[100, "visit", "pag1"]], "faults": [(0, 50, "offline")], "end": 60_000}
    visits = [lost | {"end": 5500}, offline, HEALTHY]
    found = player("lives", COURSE | {"runTime": "moodle", "visits": visits})
    ids = [value for name, value in found["record"].items() if name.endswith(".id")]
    assert ids == ["one--question-chk1"]


def test_repeated_answer_is_not_overwritten_by_next_visit(player: Player) -> None:
    first = {"events": [[0, "visit", "pag1"], PRACTISE], "faults": [(1900, 2500, "offline")]}
    other = [0, "practise", "one", QUESTIONS["chk2"], "a"]
    lost = {"events": [[0, "visit", "pag1"], PRACTISE, [3000, *other[1:]]], "end": 3000}
    third = {"events": [[0, "visit", "pag1"], [0, "practise", "two", QUESTIONS["chk3"], "a"]]}
    for end in (2050, 3050):
        visits = [lost | {"faults": [(1900, end, "offline")]}, third | {"end": 0}, HEALTHY]
        found = player("lives", COURSE | {"runTime": "moodle", "visits": visits})
        assert missing(player, found) == []
        visits[1:1] = [HEALTHY, HEALTHY]
        found = player("lives", COURSE | {"runTime": "moodle", "visits": visits})
        assert missing(player, found) == []
    second = {"events": [[0, "visit", "pag1"], other], "end": 0}
    visits = [first | {"end": 60_000}, second, HEALTHY]
    found = player("lives", COURSE | {"runTime": "moodle", "visits": visits})
    assert missing(player, found) == []
