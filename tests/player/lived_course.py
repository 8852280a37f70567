"""The course in which trainees live their lives: practice, a quiz and a record."""

from typing import Any

from tests.player.outlines import FILLED, PAGE, QUIZ, RECORD, TRACKING

PAGES = [
    PAGE | {"needs": {"check": ["chk1", "chk2"]}},
    PAGE | {"id": "two", "key": "pag2", "needs": {"check": ["chk3"]}},
    QUIZ | {"quiz": QUIZ["quiz"] | {"attempts": 0}, "needs": {"quiz": ["q001"]}},
    RECORD,
]

QUESTIONS = {
    key: {
        "key": key,
        "id": f"question-{key}",
        "interaction": "choice",
        "patterns": ["a"],
        "scored": True,
        "weight": 1,
    }
    for key in ("chk1", "chk2", "chk3")
}

ON = {"one": ["chk1", "chk2"], "two": ["chk3"]}

COURSE = {
    "outline": {"pages": PAGES},
    "tracking": TRACKING,
    "pages": {page: {key: QUESTIONS[key] for key in keys} for page, keys in ON.items()},
}


def quiz(best: int) -> dict[str, Any]:
    """A quiz that was taken once."""
    return {"attempts": 1, "best": best, "open": False, "answers": []}


VISITS = [["visit", page["key"]] for page in PAGES]
TRIES = [["practise", page, QUESTIONS[key], "a"] for page, keys in ON.items() for key in keys]
RESULTS = [["quiz", "quiz", quiz(best)] for best in (0, 5000, 8000, 10000)]
NOTES = [["record", key, entry] for key, entry in FILLED.items()]
