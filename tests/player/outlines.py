"""Pages, tracking and results as the player's modules get them."""

from typing import Any

PAGE = {"id": "one", "key": "pag1", "title": "One", "kind": "page"}

LAST = {"id": "two", "key": "pag2", "title": "Two", "kind": "page"}

QUIZ = {
    "id": "quiz",
    "key": "quiz",
    "title": "Quiz",
    "kind": "quiz",
    "quiz": {"attempts": 2, "pass_mark": 80, "alone": True, "keep": "best", "weight": 1},
    "needs": {"quiz": ["q001"]},
}

RECORD = {
    "id": "record",
    "key": "recd",
    "title": "Record",
    "kind": "record",
    "needs": {"record": ["ite1", "ite2"]},
}

TRACKING = {
    "pages": "all",
    "report": "passed-failed",
    "pass_mark": 80,
    "attempts": 2,
    "score": True,
    "mastery": None,
    "failed": "after-last-attempt",
}

ANSWERED = {"date": "2026-11-25", "text": "Done"}

FILLED = {"ite1": ANSWERED, "ite2": ANSWERED}


def quiz(best: int | None, attempts: int = 1, is_open: bool = False) -> dict[str, Any]:
    return {"attempts": attempts, "best": best, "open": is_open, "answers": {}}
