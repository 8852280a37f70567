"""When a page is locked, in which words, and what that means for the result."""

from typing import Any

import pytest

from builder.course import interface
from tests.player.conftest import Player
from tests.player.outlines import FILLED, LAST, PAGE, QUIZ, RECORD, TRACKING, quiz
from tests.player.states import pairs

TEXTS = {
    key.removeprefix("player.locks."): text
    for key, text in interface.texts("en").items()
    if key.startswith("player.locks.")
}
FINISH = "Not available yet: finish {} first"
PASS = "Not available yet: pass “Quiz” first"
SHUT = "Not available: no attempts are left at “Quiz”"
PASSED = {"quizzes": {"quiz": quiz(8000)}}
FAILED = {"quizzes": {"quiz": quiz(7900, 2)}}


def locked(page: dict[str, Any], **lock: list[str]) -> dict[str, Any]:
    return page | {"lock": lock}


def whole(pages: list[dict[str, Any]]) -> dict[str, Any]:
    return {"modules": [{"title": "", "count": len(pages)}], "pages": pages}


def reasons(player: Player, *pages: dict[str, Any], **state: Any) -> list[str | None]:
    """Why each page is locked; the first two are the module “Basics”."""
    modules = [{"title": "Basics", "count": 2}, {"title": "", "count": len(pages) - 2}]
    outline = {"modules": modules, "pages": list(pages)}
    found = player("lockReasons", outline, pairs(state), TEXTS)
    return [found[page["id"]] for page in pages]


@pytest.mark.parametrize(
    ("lock", "state", "reason"),
    [
        ({"pages": ["one"]}, {}, FINISH.format("“One”")),
        ({"pages": ["one"]}, {"visited": ["pag1"]}, None),
        ({"pages": ["one", "two"]}, {}, FINISH.format("“One” and “Two”")),
        ({"pages": ["one", "two"]}, {"visited": ["pag2"]}, FINISH.format("“One”")),
        ({"modules": ["Basics"]}, {"visited": ["pag1"]}, FINISH.format("“Basics”")),
        ({"modules": ["Basics"]}, {"visited": ["pag1", "pag2"]}, None),
        ({"pages": ["quiz"]}, {"visited": ["quiz"]}, FINISH.format("“Quiz”")),
        ({"pages": ["quiz"]}, FAILED, None),
        ({"passed": ["quiz"]}, {}, PASS),
        ({"passed": ["quiz"]}, {"quizzes": {"quiz": quiz(7900)}}, PASS),
        ({"passed": ["quiz"]}, PASSED, None),
        ({"passed": ["quiz"]}, FAILED, SHUT),
        ({"passed": ["quiz"]}, {"quizzes": {"quiz": quiz(7900, 2, True)}}, PASS),
        (
            {"modules": ["Basics"], "passed": ["quiz"]},
            {},
            "Not available yet: finish “Basics” and pass “Quiz” first",
        ),
        ({"modules": ["Basics"], "passed": ["quiz"]}, FAILED, SHUT),
        # What was visited stays open, and so does everything once the course was completed.
        ({"passed": ["quiz"]}, FAILED | {"visited": ["recd"]}, None),
        ({"passed": ["quiz"]}, {"status": "passed"}, None),
        ({"passed": ["quiz"]}, {"status": "completed"}, None),
        ({"passed": ["quiz"]}, {"status": "failed"}, PASS),
    ],
)
def test_why_a_page_is_locked(
    player: Player, lock: dict[str, Any], state: dict[str, Any], reason: str | None
) -> None:
    found = reasons(player, PAGE, LAST, QUIZ, locked(RECORD, **lock), **state)
    assert found == [None, None, None, reason]


def test_a_module_lends_its_lock_to_each_page(player: Player) -> None:
    modules = [
        {"title": "", "count": 1},
        {"title": "Later", "count": 2, "lock": {"pages": ["one"]}},
    ]
    outline = {"modules": modules, "pages": [PAGE, LAST, locked(RECORD, pages=["two"])]}
    found = player("lockReasons", outline, pairs({}), TEXTS)
    assert found == {
        "one": None,
        "two": FINISH.format("“One”"),
        "record": FINISH.format("“One” and “Two”"),
    }


def test_only_the_quiz_itself_is_reported_without_attempts(player: Player) -> None:
    behind = locked(LAST, pages=["record"])
    found = reasons(player, PAGE, QUIZ, locked(RECORD, passed=["quiz"]), behind, **FAILED)
    assert found == [None, None, SHUT, FINISH.format("“Record”")]


def test_pages_that_can_never_open_do_not_count_as_left(player: Player) -> None:
    """The LMS offers a new attempt at the course only after a final status."""
    second = QUIZ | {"id": "quiz2", "key": "qui2", "lock": {"pages": ["record"]}}
    pages = [PAGE, QUIZ, locked(RECORD, passed=["quiz"]), second]

    def judged(**state: Any) -> tuple[str, int | None]:
        verdict = player("verdict", whole(pages), pairs(state), TRACKING)
        return verdict["status"], verdict["score"]

    seen = ["pag1", "quiz"]
    assert judged(visited=seen, quizzes={"quiz": quiz(7900)}) == ("incomplete", 3950)
    assert judged(visited=seen, quizzes={"quiz": quiz(7900, 2, True)}) == ("incomplete", 3950)
    assert judged(visited=seen, quizzes={"quiz": quiz(7900, 2)}) == ("failed", 3950)
    assert judged(visited=seen, quizzes={"quiz": quiz(8000, 2)}) == ("incomplete", 4000)
    everything = {"visited": [*seen, "recd", "qui2"], "records": FILLED}
    assert judged(**everything, quizzes={"quiz": quiz(8000), "qui2": quiz(8000)})[0] == "passed"
