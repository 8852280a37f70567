"""Random reading and random answers in a test-out, against its rules written down once more.

The rules here share no code with the player and the builder: a page is done by what came first,
reading it or passing the test-out; nothing of it counts for the score.
"""

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.player.conftest import Player
from tests.player.outlines import TRACKING
from tests.player.states import EMPTY, pairs

TEST = "test-out_learn"
COVERED, ALWAYS, OUTSIDE = ("one", "two", "three"), "always", "first"
REVISED = "three"
"""The page whose earlier revision some trainees have read or shown."""


def page(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "key": f"p{name[:3]}", "title": name, "kind": "page"} | more


def course(asked: int, pool: list[int], attempts: int, mark: int) -> dict[str, Any]:
    """A module with a test-out, which asks ``asked`` of the questions with the weights ``pool``."""
    names = [f"q{number}" for number in range(len(pool))]
    rules = {"attempts": attempts, "pass_mark": mark, "alone": True, "keep": "best", "weight": 1}
    test = page(TEST, key="test", kind="test-out", quiz=rules, covers=COVERED)
    outline = {
        "modules": [],
        "pages": [
            page(OUTSIDE),
            test | {"needs": {"test-out": [f"{name}00"[:4] for name in names]}},
            *(page(name, shown=f"s{name[:3]}") for name in COVERED),
            page(ALWAYS),
        ],
    }
    outline["pages"][4]["former"] = {"same": [], "changed": ["oldr", "olds"]}
    questions = {
        name: {"id": name, "key": f"{name}00"[:4], "type": "any", "scored": True, "weight": weight}
        for name, weight in zip(names, pool, strict=True)
    }
    quiz = {
        "fixed": [],
        "draws": [{"count": asked, "from": names}],
        "shuffle_questions": False,
        "shuffle_options": False,
        "feedback": "at-end",
        "retake": "all",
    }
    return {"outline": outline, "data": {TEST: {"quiz": quiz, "questions": questions}}}


def test_next_passes_over_pages_that_were_shown(player: Player) -> None:
    pages = course(1, [1], 1, 100)["outline"]["pages"]
    ids = [one["id"] for one in pages]
    assert player("pagesAhead", 0, pages, []) == ids[1:]
    shown = ["sone", "stwo"]
    assert player("pagesAhead", 0, pages, shown) == [TEST, "three", ALWAYS]
    # A page that was read too is passed as usual.
    assert player("pagesAhead", 0, pages, [*shown, "ptwo"]) == [TEST, "two", "three", ALWAYS]
    # From a page that a test has shown, page by page.
    assert player("pagesAhead", ids.index("one"), pages, shown) == ["two", "three", ALWAYS]


page_ids = st.text("ab-", min_size=1, max_size=90)


@given(ids=st.lists(page_ids, max_size=90))
def test_the_lms_is_told_as_many_pages_as_fit(player: Player, ids: list[str]) -> None:
    told = player("pagesInResponse", [{"id": one} for one in ids])
    assert len(told) <= 255
    named, _, rest = told.partition("+")
    shown = named.split()
    assert shown == ids[: len(shown)]
    assert len(shown) + int(rest or 0) == len(ids)
    if rest:
        longer = " ".join(ids[: len(shown) + 1])
        left = len(ids) - len(shown) - 1
        assert len(f"{longer} +{left}" if left else longer) > 255


@dataclass
class Trainee:
    """What a trainee has done, and what the rules make of it."""

    asked: int
    limit: int
    mark: int
    before: str
    read: set[str] = field(default_factory=set)
    shown: set[str] = field(default_factory=set)
    attempts: int = 0
    best: int | None = None
    right: int = 0
    given: int = 0
    open: bool = False

    def done(self, name: str) -> bool:
        return name in self.read | self.shown

    def offered(self) -> bool:
        left = not self.limit or self.attempts < self.limit
        passed = self.best is not None and self.best >= self.mark * 100
        return left and not passed and not all(map(self.done, COVERED))

    def visit(self, name: str) -> None:
        if not self.done(name):
            self.read.add(name)

    def answer(self, rights: list[bool]) -> None:
        if not self.open and self.offered():
            self.attempts, self.right, self.given, self.open = self.attempts + 1, 0, 0, True
        if not self.open:
            return
        taken = rights[: self.asked - self.given]
        self.given += len(taken)
        self.right += sum(taken)
        if self.given < self.asked:
            return
        self.open = False
        # Equal weights: half a hundredth is rounded up.
        score = (2 * 10_000 * self.right + self.asked) // (2 * self.asked)
        self.best = max(score, self.best or 0)
        if score >= self.mark * 100:
            changed = {REVISED} if self.before else set()
            self.shown |= {name for name in COVERED if not self.done(name)} - changed

    def word(self, name: str) -> str:
        if name == TEST:
            if self.open:
                return "started"
            if self.best is not None and self.best >= self.mark * 100:
                return "quiz_passed"
            return "no_attempts" if self.limit and self.attempts >= self.limit else "optional"
        if name in self.read:
            return "visited"
        if name in self.shown:
            return "shown"
        return "changed" if name == REVISED and self.before else "not_started"

    def says(self, offered: bool | None, of_test: bool) -> dict[str, Any]:
        pages = (OUTSIDE, *COVERED, ALWAYS)
        left = sum(not self.done(name) for name in pages)
        kept = {"attempts": self.attempts, "best": self.best, "open": self.open}
        result = {
            "offered": offered,
            "words": [self.word(name) for name in (OUTSIDE, TEST, *COVERED, ALWAYS)],
            "left": left,
            "verdict": {"status": "incomplete" if left else "completed", "score": None},
        }
        return result | ({"kept": kept} if of_test and self.attempts else {})


READ = st.tuples(st.just("read"), st.sampled_from([OUTSIDE, *COVERED, ALWAYS]))
ANSWERS = st.lists(st.booleans() | st.just(True), max_size=5)
TRY = st.tuples(st.just("try"), st.just(TEST), ANSWERS)


@pytest.mark.whole
@settings(max_examples=150, deadline=None)
@given(
    st.integers(1, 4),
    st.integers(0, 3),
    st.integers(0, 3),
    st.integers(1, 100),
    st.sampled_from(["", "oldr", "olds"]),
    st.lists(READ | TRY, max_size=8),
)
def test_random_answers_go_by_the_rules(
    player: Player, asked: int, more: int, limit: int, mark: int, before: str, steps: list[Any]
) -> None:
    given = course(asked, [1] * (asked + more), limit, mark)
    state = pairs(EMPTY | {"visited": [before] if before else []})
    told = player("testOuts", given | {"state": state, "tracking": TRACKING, "steps": steps})
    trainee = Trainee(asked, limit, mark, before)
    for (act, name, *rest), says in zip(steps, told, strict=True):
        offered = trainee.offered() if act == "try" else None
        if act == "try":
            trainee.answer(*rest)
        else:
            trainee.visit(name)
        assert says == trainee.says(offered, act == "try")


def test_the_questions_stay_when_the_trainee_comes_back(player: Player) -> None:
    given = course(2, [1] * 6, 1, 50) | {"tracking": TRACKING, "state": pairs(EMPTY)}
    one, other = ["try", TEST, [True]], ["try", TEST, [True, True]]
    before, after = player("testOuts", given | {"steps": [one, other]})
    assert before["kept"] == {"attempts": 1, "best": None, "open": True}
    assert after["kept"] == {"attempts": 1, "best": 10_000, "open": False}
    assert after["words"][2:5] == ["shown"] * 3


def test_merge_prefers_read_page_over_page_skipped_by_test(player: Player) -> None:
    outline = course(1, [1], 1, 50)["outline"]
    read, shown = (pairs(EMPTY | {"visited": keys}) for keys in (["pone"], ["sone", "stwo"]))
    for pair in ((read, shown), (shown, read)):
        assert set(player("merge", *pair, outline)["visited"]) == {"pone", "stwo"}
