"""A visit as the LMS sees it: what is written, when, and what is stored in the end."""

from typing import Any

from tests.player.conftest import Player
from tests.player.outlines import PAGE, QUIZ, TRACKING
from tests.player.states import EMPTY, pairs

OUTLINE = {"pages": [PAGE, QUIZ]}
PASSED = {"attempts": 1, "best": 9000, "open": False, "answers": []}
VISIT = [0, "visit", "pag1"]
QUIZ_PASSED = [[2000, "visit", "quiz"], [4000, "quiz", "quiz", PASSED]]


def visit(player: Player, *events: list[Any], until: int = 9000, **given: Any) -> dict[str, Any]:
    course = {"outline": OUTLINE, "tracking": TRACKING, "launch": {}}
    result: dict[str, Any] = player("visit", course | given | {"events": events, "until": until})
    return result


def writes(result: dict[str, Any], element: str) -> list[str]:
    return [entry[2] for entry in result["log"] if entry[1] == element]


def saved(player: Player, **state: Any) -> str:
    text: str = player("encode", pairs(EMPTY | state))
    return text
