"""Values that an LMS refuses."""

from itertools import pairwise

import pytest

from tests.player.answers import ANSWER
from tests.player.conftest import Player
from tests.player.saving import QUIZ_PASSED, VISIT, visit


@pytest.mark.parametrize(
    "element", ["cmi.suspend_data", "cmi.core.lesson_status", "cmi.core.score.raw"]
)
def test_refused_essential_value_prevents_saved_and_stores_rest(
    player: Player, element: str
) -> None:
    events = [VISIT, [0, "answer", ANSWER], *QUIZ_PASSED]
    result = visit(player, *events, refused=[element] * 9, until=150_000)
    assert result["told"][-1][1] == "failed"
    expected = {
        "cmi.core.lesson_location": "quiz",
        "cmi.core.lesson_status": "passed",
        "cmi.core.score.raw": 90,
        "cmi.interactions.0.id": "definition--cse-form-abuse",
    }
    expected.pop(element, None)
    assert expected.items() <= result["stored"].items()
    assert element not in result["stored"]
    ids = [entry[1] for entry in result["log"] if entry[1].endswith(".id")]
    assert ids == ["cmi.interactions.0.id"]
    result = visit(player, *events, refused=[element] * 9, until=2_000_000)
    assert result["told"][-1][1] == "saved"
    assert element in result["stored"]


@pytest.mark.parametrize("element", ["cmi.suspend_data", "cmi.core.score.raw"])
def test_final_status_waits_for_refused_state_or_score(player: Player, element: str) -> None:
    result = visit(player, VISIT, *QUIZ_PASSED, refused=[element] * 4, until=60_000)
    fourth, fifth = [entry[0] for entry in result["log"] if entry[1] == element][3:5]
    [passed] = [entry[0] for entry in result["log"] if entry[2:] == ["passed"]]
    assert fourth < passed == fifth
    assert result["told"][-1][1] == "saved"


@pytest.mark.parametrize("lines", [["up", "down"], ["up", "unknown"]])
def test_a_final_status_waits_for_repeated_answers(player: Player, lines: list[str]) -> None:
    events = [VISIT, [2000, "answer", ANSWER], *QUIZ_PASSED]
    result = visit(player, *events, commits=[True, "lost"], lines=lines, until=20_000)
    [again] = [entry[0] for entry in result["log"] if entry[1] == "cmi.interactions.1.id"]
    [passed] = [entry[0] for entry in result["log"] if entry[2:] == ["passed"]]
    assert again < passed
    assert result["told"][-1][1] == "saved"


def test_final_status_does_not_wait_if_connection_is_unknown(player: Player) -> None:
    events = [VISIT, [0, "answer", ANSWER], *QUIZ_PASSED]
    result = visit(player, *events, lines=["unknown"] * 9)
    assert [entry[0] for entry in result["log"] if entry[2:] == ["passed"]] == [4000]


def test_final_status_waits_only_briefly_for_unstored_answers(
    player: Player,
) -> None:
    events = [VISIT, [2000, "answer", ANSWER], *QUIZ_PASSED]
    result = visit(player, *events, commits=[True, *["kept"] * 20], until=200_000)
    assert result["stored"]["cmi.core.lesson_status"] == "passed"


def test_final_status_is_written_at_once_when_leaving(player: Player) -> None:
    events = [VISIT, *QUIZ_PASSED, [6000, "close"]]
    result = visit(player, *events, refused=["cmi.core.score.raw"] * 9, until=7000)
    assert result["stored"]["cmi.core.lesson_status"] == "passed"


@pytest.mark.parametrize("element", ["cmi.core.lesson_location", "cmi.interactions.0.result"])
def test_refused_minor_value_does_not_prevent_saving(player: Player, element: str) -> None:
    events = [VISIT, [0, "answer", ANSWER]]
    result = visit(player, *events, refused=[element])
    assert [outcome for _, outcome in result["told"]] == ["saving", "saved"] * 2
    assert element.startswith("cmi.interactions") or result["stored"][element] == "one"


def test_an_answer_that_was_refused_takes_its_place_once_more(player: Player) -> None:
    events = [VISIT, [0, "answer", ANSWER], [0, "answer", ANSWER]]
    result = visit(player, *events, refused=["cmi.interactions.0.id"])
    ids = [entry[:2] for entry in result["log"] if entry[1].endswith(".id")]
    assert ids == [
        [1000, "cmi.interactions.0.id"],
        [1000, "cmi.interactions.1.id"],
        [2000, "cmi.interactions.0.id"],
        [2000, "cmi.interactions.1.id"],
    ]
    assert result["told"][-1][1] == "saved"


def test_answer_refused_repeatedly_frees_its_index(player: Player) -> None:
    other = ANSWER | {"page": "other"}
    events = [VISIT, [0, "answer", ANSWER], [0, "answer", other]]
    result = visit(player, *events, refused=["cmi.interactions.0.id"] * 3)
    assert result["stored"]["cmi.interactions.0.id"] == "other--cse-form-abuse"


def test_after_hours_without_the_lms_all_is_stored(player: Player) -> None:
    hours = 3 * 3_600_000
    fails = [False] * 30
    result = visit(player, VISIT, *QUIZ_PASSED, commits=fails, hidden=True, until=hours)
    stamps = [entry[0] for entry in result["log"] if entry[1] == "commit"]
    waits = [later - at for at, later in pairwise(stamps)]
    assert max(waits) == 300_000
    assert result["told"][-1][1] == "saved"
    assert result["stored"]["cmi.core.lesson_status"] == "passed"
    assert [outcome for _, outcome in result["told"]] == ["saving", "failed", "saved"]


def test_refused_part_of_answer_is_rewritten_in_place(player: Player) -> None:
    response = "cmi.interactions.0.student_response"
    result = visit(player, VISIT, [0, "answer", ANSWER], refused=[response], until=30_000)
    written = [entry[1] for entry in result["log"] if entry[1].startswith("cmi.interactions")]
    assert written.count(response) == 2
    assert len(written) == len(set(written)) + 1
    assert result["stored"][response]
    [again] = [at for at, element, *_ in result["log"] if element == response][1:]
    assert [one for one in result["told"] if one[0]] == [[again, "saved"]]
    assert result["state"]["late"] == []


def test_always_refused_answer_part_is_dropped(player: Player) -> None:
    latency = "cmi.interactions.0.latency"
    result = visit(player, VISIT, [0, "answer", ANSWER], refused=[latency] * 9, until=90_000)
    assert [entry[1] for entry in result["log"]].count(latency) == 3
    assert latency not in result["stored"]
    assert result["told"][-1][1] == "saved"


def test_lms_without_interactions_still_reports_saved(player: Player) -> None:
    first = [[0, "answer", ANSWER | {"page": f"page-{n}"}] for n in range(6)]
    later = [60_000, "answer", ANSWER | {"page": "last"}]
    ids = [f"cmi.interactions.{n}.id" for n in range(6)]
    result = visit(player, VISIT, *first, later, refused=ids * 99, until=120_000)
    assert [one for one in result["told"] if one[0]] == [
        [3000, "saved"],
        [60_000, "saving"],
        [60_000, "saved"],
    ]
    assert not any(element.startswith("cmi.interactions.0.id") for element in result["stored"])


def test_answers_after_a_refused_answer_are_stored(player: Player) -> None:
    events = [[0, "answer", ANSWER | {"page": page}] for page in ("bad", "good", "better")]
    ids = [f"cmi.interactions.{n}.id" for n in range(3)]
    refused = [ids[0], *ids[1:] * 3, *[ids[0]] * 2]
    result = visit(player, VISIT, *events, refused=refused, until=60_000)
    assert {
        "cmi.interactions.0.id": "good--cse-form-abuse",
        "cmi.interactions.1.id": "better--cse-form-abuse",
    }.items() <= result["stored"].items()
