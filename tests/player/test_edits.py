"""What an author's edit means for the state of a trainee who began before it."""

from typing import Any

from tests.player.conftest import Player
from tests.player.states import EMPTY, pairs

CHECK = {"tries": 2, "first": True, "response": "a"}
OLDER = {"tries": 1, "first": False, "response": "b"}


def same(*keys: str) -> dict[str, Any]:
    return {"same": list(keys), "changed": []}


def test_work_under_new_id_counts_after_edit_is_undone(player: Player) -> None:
    quiz = {"attempts": 2, "best": 7500, "open": True, "answers": {"new2": "a"}}
    state = {
        "visited": ["new1"],
        "checks": {"new2": CHECK, "old2": OLDER},
        "quizzes": {"new3": quiz, "old3": quiz | {"attempts": 1, "best": None}},
        "records": {"new4": {"date": "", "text": "mine"}},
    }
    former = {f"new{number}": same(f"old{number}") for number in (1, 2, 3, 4)}
    found = player("carryBack", pairs(EMPTY | state), {"former": former})
    assert set(found["visited"]) == {"new1", "old1"}
    assert dict(found["checks"])["old2"] == CHECK
    renamed = quiz | {"answers": [["new2", "a"], ["old2", "a"]]}
    assert dict(found["quizzes"]) == {"new3": renamed, "old3": renamed}
    assert dict(found["records"])["old4"] == {"date": "", "text": "mine"}


def test_words_go_that_are_not_kept_any_more(player: Player) -> None:
    text = {"tries": 2, "first": True, "response": "I was tired."}
    draft = text | {"tries": 0, "first": False}
    quiz = {"attempts": 1, "best": None, "open": True, "answers": {"pri1": "Sad.", "pub1": "Glad."}}
    state = EMPTY | {
        "checks": {"pri1": text, "pub1": text, "pri2": draft, "pri3": text | {"response": ""}},
        "quizzes": {"quiz": quiz},
    }
    outline = {"private": ["pri1", "pri2", "pri3"]}
    found, kept = player("forgetWords", pairs(state), outline)
    assert found
    assert dict(kept["checks"]) == {
        "pri1": text | {"response": "x"},
        "pub1": text,
        "pri3": text | {"response": ""},
    }
    assert kept["quizzes"] == [["quiz", quiz | {"answers": [["pri1", "x"], ["pub1", "Glad."]]}]]
    assert player("forgetWords", kept, outline) == [False, kept]
    assert player("forgetWords", pairs(state), {}) == [False, pairs(state)]
