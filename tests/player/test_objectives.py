"""How far each module is, told to LMSs that keep objectives, within the calls there are."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.player.conftest import Player
from tests.player.outlines import LAST, PAGE, QUIZ, TRACKING

THIRD = PAGE | {"id": "three", "key": "pag3"}
OUTLINE = {
    "modules": [
        {"id": "", "title": "", "count": 1},
        {"id": "basics", "title": "Basics", "count": 2},
        {"id": "practice", "title": "Practice", "count": 1},
    ],
    "pages": [PAGE, LAST, QUIZ, THIRD],
}
SPARE = 1


def run(player: Player, *visits: list[list[Any]], **given: Any) -> dict[str, Any]:
    course = {"outline": OUTLINE, "tracking": TRACKING, "visits": visits}
    found: dict[str, Any] = player("objectives", course | given)
    return found


def test_module_objective_is_reported_when_trainee_reaches_it(player: Player) -> None:
    found = run(player, [["pag1"], ["pag2"], ["quiz", "", 9000], ["pag3"], ["pag3", "last"]])
    assert found["saves"] == [
        [],
        [["cmi.objectives.0.id", "basics"]],
        [["cmi.objectives.0.score.raw", "90"]],
        [["cmi.objectives.0.status", "passed"]],
        [["cmi.objectives.1.id", "practice"], ["cmi.objectives.1.status", "completed"]],
    ]
    assert found["record"] == {
        "cmi.objectives.0.id": "basics",
        "cmi.objectives.0.status": "passed",
        "cmi.objectives.0.score.raw": "90",
        "cmi.objectives.1.id": "practice",
        "cmi.objectives.1.status": "completed",
    }
    assert found["settled"] == [True]


def test_an_lms_without_objectives_gets_none(player: Player) -> None:
    assert run(player, [["pag2"]], keeps=False) is None


def test_confirmed_objectives_are_not_read_or_written_again(
    player: Player,
) -> None:
    found = run(player, [["pag2"], ["pag2"]], [["pag1"], ["pag2"]])
    assert found["saves"][2:] == [[], []]


def test_a_module_is_found_again_by_its_id(player: Player) -> None:
    first = {"cmi.objectives.0.id": "practice", "cmi.objectives.1.id": "basics"}
    record = first | {"cmi.objectives.1.status": "incomplete"}
    found = run(player, [["pag2"]] * 4 + [["quiz", "", 9000]] * 6, record=record)
    assert found["record"] == record | {
        "cmi.objectives.1.status": "passed",
        "cmi.objectives.1.score.raw": "90",
    }


def test_a_status_that_the_lms_has_is_not_lowered(player: Player) -> None:
    record = {"cmi.objectives.0.id": "basics", "cmi.objectives.0.status": "passed"}
    found = run(player, [["pag2"]] * 5, record=record)
    assert found["record"] == record
    assert found["saves"] == [["cmi.objectives.0.id"], ["cmi.objectives.0.status"], [], [], []]


def test_lost_objectives_are_rewritten_and_a_refusal_stops_them(player: Player) -> None:
    found = run(player, [["pag2", "lost"], ["pag2"], ["pag2"]])
    assert found["record"]["cmi.objectives.0.status"] == "incomplete"
    found = run(player, [["pag2", "refused"], ["pag2"], ["pag2"]])
    assert found["record"] == {}
    assert found["settled"] == [False]


def test_unwritten_objectives_follow_with_the_next_save(player: Player) -> None:
    found = run(player, [["pag2", "unwritten"], ["pag2"], ["pag2"]])
    pairs = [["cmi.objectives.0.id", "basics"]]
    assert found["saves"][:2] == [pairs, pairs]


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["pag1", "pag2", "pag3"]),
        st.sampled_from(["", "", "lost", "refused", "unwritten"]),
    ).map(list)
    | st.tuples(st.just("quiz"), st.just(""), st.integers(0, 10000)).map(list),
    max_size=6,
)
RECORDS = st.permutations(["basics", "practice", "other", "gone"]).flatmap(
    lambda ids: st.integers(0, 4).map(
        lambda count: {f"cmi.objectives.{at}.id": one for at, one in enumerate(ids[:count])}
    )
)


@pytest.mark.whole
@given(st.lists(STEPS, min_size=1, max_size=3), RECORDS, st.booleans())
def test_lists_have_no_gaps_and_few_calls(
    player: Player, visits: list[list[list[Any]]], record: dict[str, str], reported: bool
) -> None:
    last = [["pag1"], ["pag2"], ["quiz", "", 9000], ["pag3"], *[["pag3"]] * 20]
    found = run(player, *visits, last, record=record, reported=reported)
    saves = found["saves"]
    assert all(len(save) <= SPARE for save in saves)
    kept = found["record"]
    ids = {kept[name]: name.removesuffix(".id") for name in kept if name.endswith(".id")}
    assert len(ids) == len([name for name in kept if name.endswith(".id")])
    assert kept[f"{ids['basics']}.status"] == "passed"
    assert kept[f"{ids['practice']}.status"] == "completed"
