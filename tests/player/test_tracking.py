"""The policy: status and score for each kind of progress (facts/policy.md#tracking)."""

from typing import Any

import pytest

from tests.player.conftest import Player
from tests.player.outlines import ANSWERED, FILLED, LAST, PAGE, QUIZ, RECORD, TRACKING, quiz
from tests.player.states import pairs

TOGETHER = QUIZ | {"quiz": QUIZ["quiz"] | {"alone": False}}
QUIZ2 = TOGETHER | {"id": "quiz2", "key": "qui2"}


def judge(player: Player, pages: list[dict[str, Any]], /, **given: Any) -> tuple[str, int | None]:
    tracking = TRACKING | {name: given.pop(name) for name in TRACKING if name in given}
    verdict = player("verdict", {"pages": pages}, pairs(given), tracking)
    return verdict["status"], verdict["score"]


@pytest.mark.parametrize(
    ("records", "status"),
    [
        ({"ite1": ANSWERED}, "incomplete"),
        ({"ite1": ANSWERED, "ite2": {"date": "", "text": "Done"}}, "incomplete"),
        ({"ite1": ANSWERED, "ite2": {"date": "2026-11-25", "text": " \n"}}, "incomplete"),
        (FILLED, "completed"),
    ],
)
def test_a_record_needs_every_answer_and_date(
    player: Player, records: dict[str, Any], status: str
) -> None:
    assert judge(player, [RECORD], visited=["recd"], records=records)[0] == status


def test_course_of_pages_completes_at_last_page_seen(player: Player) -> None:
    assert judge(player, [PAGE, LAST], visited=["pag2"]) == ("incomplete", None)
    assert judge(player, [PAGE, LAST], visited=["pag2", "pag1"]) == ("completed", None)


def test_several_quizzes_count_together(player: Player) -> None:
    pages, seen = [TOGETHER, QUIZ2], {"visited": ["quiz", "qui2"]}
    one = {"quiz": quiz(10000)}
    assert judge(player, pages, **seen, quizzes=one) == ("incomplete", 5000)
    assert judge(player, pages, **seen, quizzes=one | {"qui2": quiz(6000)}) == ("passed", 8000)
    assert judge(player, pages, **seen, quizzes=one | {"qui2": quiz(5000)}) == ("incomplete", 7500)
    assert judge(player, pages, **seen, quizzes=one | {"qui2": quiz(5000, 2)}) == ("failed", 7500)


@pytest.mark.parametrize(
    ("one", "other", "higher"),
    [
        ("passed", "incomplete", "passed"),
        ("incomplete", "completed", "completed"),
        ("completed", "passed", "passed"),
        ("completed", "failed", "completed"),
        ("failed", "incomplete", "failed"),
        ("incomplete", "not attempted", "incomplete"),
        ("incomplete", "browsed", "incomplete"),
        ("incomplete", "", "incomplete"),
    ],
)
def test_a_status_is_never_lowered(player: Player, one: str, other: str, higher: str) -> None:
    assert player("higher", one, other) == higher


def test_a_gate_waits_for_every_page(player: Player) -> None:
    rule = {"pages": [PAGE, LAST], "until": "done"}
    assert player("gateOpen", rule, pairs({"visited": ["pag1"]})) is False
    assert player("gateOpen", rule, pairs({"visited": ["pag1", "pag2"]})) is True
