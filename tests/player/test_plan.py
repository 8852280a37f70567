"""What one save writes, whatever was done and lost before it."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.course.state import State, encode
from tests.player.conftest import Player
from tests.player.lived_course import (
    COURSE,
    NOTES,
    RESULTS,
    TRIES,
    VISITS,
)
from tests.player.outlines import TRACKING

STATE, STATUS, LOCATION = "cmi.suspend_data", "cmi.core.lesson_status", "cmi.core.lesson_location"
MIN, MAX, RAW = (f"cmi.core.score.{name}" for name in ("min", "max", "raw"))
RANK = ["", "not attempted", "browsed", "incomplete", "failed", "completed", "passed"]


ACTS = st.one_of(
    st.sampled_from(VISITS),
    st.sampled_from(TRIES),
    st.sampled_from(RESULTS),
    st.sampled_from(NOTES),
    st.sampled_from([["score", 0], ["score", 9500], ["type"]]),
)
LINES = st.sampled_from(["", "down", "unknown", "repair"])
TROUBLE = st.fixed_dictionaries(
    {
        "line": LINES,
        "proved": st.booleans(),
        "lost": st.lists(st.sampled_from([STATUS, RAW, LOCATION]), unique=True),
        "failures": st.integers(0, 9),
        "tries": st.integers(0, 9),
    }
)
MOMENT = st.fixed_dictionaries(
    {"leaving": st.booleans(), "last": st.booleans(), "again": st.booleans(), "trouble": TROUBLE}
)
STEP = st.fixed_dictionaries(
    {
        "acts": st.lists(ACTS, max_size=3),
        "moment": MOMENT,
        "refused": st.lists(
            st.sampled_from([STATE, STATUS, RAW, "cmi.interactions.0.id"]), max_size=2, unique=True
        ),
        "arrives": st.booleans(),
    }
)
BEGUN = State("AAAAAAAA", 0, "incomplete", "")
KEPT = [
    "",
    *(
        encode(replace(BEGUN, status=status, finished=finished))
        for status, finished in (
            ("incomplete", None),
            ("incomplete", ""),
            ("failed", "2026-01-31"),
            ("completed", ""),
            ("passed", "2026-01-31"),
        )
    ),
]
LAUNCH = st.fixed_dictionaries(
    {
        "status": st.sampled_from(RANK),
        "score": st.sampled_from(["", "0", "70", "95.5"]),
        "interactions": st.sampled_from(["", "0"]),
        "state": st.sampled_from(KEPT),
        "credit": st.sampled_from([True, True, True, False]),
    }
)
VISIT = st.fixed_dictionaries(
    {
        "launch": LAUNCH,
        "canFinish": st.booleans(),
        "tracking": st.sampled_from(
            [TRACKING, TRACKING | {"score": False}, TRACKING | {"mastery": 80}]
        ),
        "steps": st.lists(STEP, min_size=1, max_size=6),
    }
)


def planned(player: Player, visit: dict[str, Any]) -> list[dict[str, Any]]:
    batches: list[dict[str, Any]] = player("batches", COURSE | visit)
    assert len(batches) == len(visit["steps"])
    return batches


@pytest.mark.whole
@given(VISIT)
def test_a_batch_writes_each_element_once_in_order(player: Player, visit: dict[str, Any]) -> None:
    for batch in planned(player, visit):
        elements = [element for element, _ in batch["pairs"]]
        assert len(elements) == len(set(elements))
        at = {element: place for place, element in enumerate(elements)}
        answers = [place for element, place in at.items() if element.startswith("cmi.inter")]
        assert batch["full"] or all(place < at[STATE] for place in answers)
        results = [element for element in elements if element in (MIN, MAX, RAW, STATUS)]
        assert results == [*([MIN, MAX, RAW] if RAW in at else []), *([STATUS] * (STATUS in at))]
        assert elements[len(elements) - len(results) :] == results


@pytest.mark.whole
@given(VISIT)
def test_a_status_is_lowered_only_where_one_was_lost(player: Player, visit: dict[str, Any]) -> None:
    highest = RANK.index(visit["launch"]["status"])
    for batch in planned(player, visit):
        told = dict(map(tuple, batch["pairs"])).get(STATUS)
        if told is None or (STATUS in batch["lower"] and told == "incomplete"):
            continue
        if not visit["launch"]["credit"]:
            assert (visit["launch"]["status"], told) == ("not attempted", "incomplete")
            continue
        assert RANK.index(told) >= highest
        highest = RANK.index(told)


@pytest.mark.whole
@given(VISIT)
def test_the_day_is_that_on_which_the_status_rose(player: Player, visit: dict[str, Any]) -> None:
    """A pass after a fail has its own day; who looks in again later keeps theirs; and what was
    finished before a day was kept never gets today's."""
    for batch in planned(player, visit):
        before, after = batch["before"], batch["after"]
        rises = before["status"] != after["status"]
        kept = before["finished"]
        assert after["finished"] == ("2026-11-25" if rises and kept is not None else kept)


@pytest.mark.whole
@given(VISIT)
def test_nothing_is_lowered_while_leaving_or_disconnected(
    player: Player, visit: dict[str, Any]
) -> None:
    for step, batch in zip(visit["steps"], planned(player, visit), strict=True):
        moment = step["moment"]
        repair = moment["trouble"]["line"] == "repair" and not moment["leaving"]
        assert batch["lower"] == (moment["trouble"]["lost"] if repair else [])
        assert (["cmi.core.lesson_location", ""] in batch["pairs"]) >= (LOCATION in batch["lower"])


@pytest.mark.whole
@given(VISIT)
def test_the_counter_grows_with_each_change_or_repeat(
    player: Player, visit: dict[str, Any]
) -> None:
    batches = planned(player, visit)
    first = {"saves": 0}
    for (before, batch), step in zip(pairwise([first, *batches]), visit["steps"], strict=True):
        grows = batch is batches[0] or bool(step["acts"]) or step["moment"]["again"]
        assert batch["saves"] == before["saves"] + grows
        assert batch["after"]["saves"] == batch["saves"]


@pytest.mark.whole
@given(VISIT)
def test_the_written_state_is_the_known_one(player: Player, visit: dict[str, Any]) -> None:
    for batch in planned(player, visit):
        written = player("decode", dict(map(tuple, batch["pairs"]))[STATE])
        known = batch["after"] | ({} if visit["launch"]["credit"] else {"quizzes": []})
        for section in ("visited", "checks", "quizzes", "records", "late"):
            assert sorted(written.pop(section)) == sorted(known.pop(section))
        assert written == known


@pytest.mark.whole
@given(VISIT)
def test_nothing_refused_or_lost_counts_as_reported(player: Player, visit: dict[str, Any]) -> None:
    for step, batch in zip(visit["steps"], planned(player, visit), strict=True):
        before, after = batch["reported"]
        if not step["arrives"]:
            assert after == before
        if STATUS in step["refused"] and STATUS in dict(map(tuple, batch["pairs"])):
            assert after["status"] in (before["status"], dict(map(tuple, batch["pairs"]))[STATUS])
