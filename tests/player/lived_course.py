"""The course in which trainees live their lives: practice, a quiz and a record."""

from tests.player.outlines import PAGE, QUIZ, RECORD, TRACKING

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
