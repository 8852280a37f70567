"""Which questions an attempt asks: enough, none twice, and the same ones after every reload."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.player.conftest import Player
from tests.player.states import pairs

NAMES = [f"q{number:02}" for number in range(30)]
SEEDS = {"draw": "AAAAAAAA quiz 1", "order": "AAAAAAAA quiz 1"}
PAGE = {"key": "quiz"}


def quiz(*draws: tuple[int, list[str]], fixed: list[str], **more: Any) -> dict[str, Any]:
    found = [{"count": count, "from": pool} for count, pool in draws]
    return {"fixed": fixed, "draws": found, "shuffle_questions": False, "retake": "all"} | more


@st.composite
def quizzes(draw: st.DrawFn) -> dict[str, Any]:
    """Questions of which each belongs to one draw, or to none."""
    names = draw(st.permutations(NAMES))
    cuts = sorted(draw(st.lists(st.integers(0, len(names)), max_size=3)))
    ends = [*cuts[1:], len(names)]
    pools = [names[one:other] for one, other in zip(cuts, ends, strict=False)]
    sizes = [draw(st.integers(1, len(pool))) for pool in pools if pool]
    return quiz(
        *zip(sizes, filter(None, pools), strict=True),
        fixed=names[: cuts[0]] if cuts else names,
        shuffle_questions=draw(st.booleans()),
    )


@pytest.mark.whole
@settings(max_examples=100, deadline=None)
@given(quizzes(), st.lists(st.sampled_from(NAMES), unique=True), st.text("abc", max_size=3))
def test_as_many_as_the_draws_say_and_those_answered_stay(
    player: Player, quiz: dict[str, Any], answered: list[str], seed: str
) -> None:
    seeds = {"draw": seed, "order": seed}
    asked = player("attemptOf", quiz, seeds, answered)
    assert player("attemptOf", quiz, seeds, answered) == asked
    assert len(asked) == len(set(asked))
    assert set(quiz["fixed"]) <= set(asked)
    for draw in quiz["draws"]:
        drawn = [name for name in asked if name in draw["from"]]
        assert len(drawn) == draw["count"]
        before = [name for name in drawn if name in answered]
        assert len(before) == min(draw["count"], len(set(draw["from"]) & set(answered)))
    if not quiz["shuffle_questions"]:
        pools = [name for draw in quiz["draws"] for name in draw["from"]]
        order = [*quiz["fixed"], *pools]
        assert asked == sorted(asked, key=order.index)


def test_drawn_questions_stay_after_answers_and_bank_growth(
    player: Player,
) -> None:
    small = quiz((4, NAMES[:12]), fixed=[])
    asked = player("attemptOf", small, SEEDS, [])
    for count in range(1, 4):
        assert player("attemptOf", small, SEEDS, asked[:count]) == asked
    larger = quiz((4, NAMES), fixed=[])
    assert set(asked[:3]) < set(player("attemptOf", larger, SEEDS, asked[:3]))


def test_trainees_and_attempts_differ(player: Player) -> None:
    made = quiz((5, NAMES), fixed=[], shuffle_questions=True)

    def asked(attempt: str, number: int) -> tuple[str, ...]:
        taken = {"attempts": number, "best": None, "open": True, "answers": {}}
        state = pairs({"attempt": attempt, "quizzes": {"quiz": taken}})
        return tuple(player("attemptOf", made, player("seedsOf", PAGE, made, state), []))

    assert asked("AAAAAAAA", 1) == asked("AAAAAAAA", 1)
    assert len({asked(f"AAAAAAA{one}", number) for one in "ABCDE" for number in (1, 2)}) == 10


def test_retake_of_wrong_questions_keeps_draw_and_reorders(
    player: Player,
) -> None:
    made = quiz((5, NAMES), fixed=[], shuffle_questions=True, retake="wrong")
    taken = {"best": None, "open": True, "answers": {}}
    orders = [
        player(
            "attemptOf",
            made,
            player("seedsOf", PAGE, made, pairs({"quizzes": {"quiz": taken | {"attempts": n}}})),
            [],
        )
        for n in (1, 2)
    ]
    assert sorted(orders[0]) == sorted(orders[1])
    assert orders[0] != orders[1]


TEST = {"key": "test", "covers": ["page"]}


def tried(player: Player, made: dict[str, Any], attempts: int, answered: list[str]) -> list[str]:
    """The questions of the attempt with this number at a test-out."""
    taken = {"attempts": attempts, "best": None, "open": True, "answers": {}}
    state = pairs({"attempt": "AAAAAAAA", "quizzes": {"test": taken}})
    asked: list[str] = player("attemptOf", made, player("seedsOf", TEST, made, state), answered)
    return asked


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 8), st.integers(0, 20))
def test_each_try_of_a_test_asks_other_questions(player: Player, count: int, more: int) -> None:
    made = quiz((count, NAMES[: count + more]), fixed=[], shuffle_questions=True)
    tries = [tried(player, made, at + 1, []) for at in range((count + more) // count)]
    asked = [name for one in tries for name in one]
    assert len(asked) == len(set(asked)) == count * len(tries)


def test_open_test_keeps_its_answers_after_any_edit(player: Player) -> None:
    before = tried(player, quiz((3, NAMES[:6]), fixed=[]), 2, [])
    # The bank has grown, has less than two tries, or the test asks fewer questions.
    for count, pool in ((3, NAMES), (3, [*before[:2], "q29"]), (1, NAMES[:6])):
        made = quiz((count, pool), fixed=[])
        after = tried(player, made, 2, before[:2])
        assert set(before[:2]) <= set(after)
        assert len(after) == max(count, 2)


def test_every_question_of_a_bank_comes_up_about_as_often(player: Player) -> None:
    made = quiz((3, NAMES[:10]), fixed=[])
    counts = dict.fromkeys(NAMES[:10], 0)
    for number in range(400):
        seeds = {"draw": f"{number:08} quiz 1", "order": ""}
        for name in player("attemptOf", made, seeds, []):
            counts[name] += 1
    assert min(counts.values()) > 80
    assert max(counts.values()) < 160
