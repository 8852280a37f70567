"""What an author's edit means for the state of a trainee who began before it."""

from typing import Any

from tests.player.conftest import Player
from tests.player.states import EMPTY, pairs

CHECK = {"tries": 2, "first": True, "response": "a"}
OLDER = {"tries": 1, "first": False, "response": "b"}


def carried(player: Player, state: dict[str, Any], former: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = player("carryOver", pairs(EMPTY | state), {"former": former})
    return found


def same(*keys: str) -> dict[str, Any]:
    return {"same": list(keys), "changed": []}


def changed(*keys: str) -> dict[str, Any]:
    return {"same": [], "changed": list(keys)}


def test_what_was_renamed_is_carried_over(player: Player) -> None:
    quiz = {"attempts": 1, "best": 5000, "open": True, "answers": {"old2": "a"}}
    record = {"date": "2026-11-25", "text": "mine"}
    state = {
        "bookmark": "old1",
        "visited": ["old1"],
        "checks": {"old2": CHECK},
        "quizzes": {"old3": quiz},
        "records": {"old4": record},
    }
    former = {f"new{number}": same(f"old{number}") for number in (1, 2, 3, 4)}
    found = carried(player, state, former)
    assert found["bookmark"] == "new1"
    assert found["visited"] == ["old1", "new1"]
    assert dict(found["checks"])["new2"] == CHECK
    renamed = quiz | {"answers": [["old2", "a"], ["new2", "a"]]}
    assert dict(found["quizzes"])["new3"] == renamed
    assert dict(found["records"])["new4"] == record
    # What an older package kept stays, should the edit be taken back.
    assert dict(found["checks"])["old2"] == CHECK


def test_what_is_done_under_the_new_id_counts_when_the_edit_is_taken_back(player: Player) -> None:
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


def test_what_is_kept_under_the_own_id_counts_for_more(player: Player) -> None:
    found = carried(player, {"checks": {"old2": OLDER, "new2": CHECK}}, {"new2": same("old2")})
    assert dict(found["checks"])["new2"] == CHECK


def test_an_earlier_revision_does_not_count(player: Player) -> None:
    state = {"visited": ["old1"], "checks": {"old2": CHECK}}
    former = {"new1": changed("old1"), "new2": changed("old2")}
    found = carried(player, state, former)
    assert found["visited"] == ["old1"]
    assert dict(found["checks"]) == {"old2": CHECK}


def page(number: int, **fields: Any) -> dict[str, Any]:
    return {"id": f"p{number}", "key": f"new{number}", "kind": "page", **fields}


def test_a_page_says_that_it_has_changed_until_it_is_read_again(player: Player) -> None:
    revised = page(1, former=changed("old1"))
    assert player("pageStatus", revised, pairs({"visited": []})) == "not_started"
    assert player("pageStatus", revised, pairs({"visited": ["old1"]})) == "changed"
    assert player("pageStatus", revised, pairs({"visited": ["old1", "new1"]})) == "visited"


def test_a_quiz_says_that_it_has_changed_until_it_is_taken_again(player: Player) -> None:
    quiz = {"attempts": 1, "best": 10000, "open": False, "answers": {}}
    rules = {"attempts": 0, "pass_mark": 80, "alone": True, "keep": "best", "weight": 1}
    revised = page(1, former=changed("old1"), needs={"quiz": ["q"]}, quiz=rules) | {"kind": "quiz"}
    done = {"visited": ["new1"], "quizzes": {"old1": quiz}}
    assert player("pageStatus", revised, pairs(done)) == "changed"
    again = {"quizzes": {"old1": quiz, "new1": quiz}}
    assert player("pageStatus", revised, pairs(again)) == "quiz_passed"


PAGES = [page(1), page(2), page(3, former=changed("old3")), page(4), page(5)]


def seen(player: Player, **state: Any) -> list[str]:
    found: list[str] = player("notSeen", {"pages": PAGES}, pairs(state))
    return found


def test_half_way_only_what_lies_behind_or_has_changed_is_listed(player: Player) -> None:
    assert seen(player, visited=["new1"]) == []
    assert seen(player, visited=["new2"]) == ["p1"]
    assert seen(player, visited=["new1", "new2", "old3"]) == ["p3"]
    assert seen(player, visited=["new1", "new2", "old3", "new5"]) == ["p3", "p4"]


def test_who_has_finished_sees_everything_that_is_new(player: Player) -> None:
    read = ["new1", "new2", "new3", "new4"]
    assert seen(player, visited=read) == []
    assert seen(player, visited=read, status="passed") == ["p5"]
    assert seen(player, visited=read, status="completed") == ["p5"]


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
