"""What passing takes, against every outcome of every attempt."""

from dataclasses import replace
from itertools import chain, combinations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.course import model
from builder.course.marks import Mark, Need, marks
from builder.course.model import Draw, Module, Page, QuizRules
from builder.course.questions import TYPES, Question
from builder.course.test_out import with_test_pages
from tests.support.courses import course, page, question, story

POOL = tuple(question(f"q{at}", "a") for at in range(12))
HALF = replace(
    question("half", "ab"), answer={"right": ["a", "b"], "multiple": True, "credit": "partial"}
)


def quiz(name: str, *questions: Question, mark: int | None = None, **rules: Any) -> Page:
    drawn = [one for draw in rules.get("draws", ()) for one in draw.questions]
    asked = (*questions, *drawn)
    return page(name, kind="quiz", quiz=asked, rules=QuizRules(pass_mark=mark, **rules))


def marked(*pages: Page, mark: int = 80) -> tuple[Mark, ...]:
    made = course(*pages)
    return marks(replace(made, tracking=replace(made.tracking, pass_mark=mark)))


def alone(made: Page, mark: int = 80) -> Mark:
    [found] = marked(made, mark=mark)
    return found


@pytest.mark.parametrize(
    ("count", "mark", "need", "full"),
    [
        (4, 80, Need(4, 4), True),
        (8, 80, Need(7, 8), False),
        (5, 80, Need(4, 5), False),
        (3, 67, Need(3, 3), True),
        (3, 66, Need(2, 3), False),
        (1, 50, Need(1, 1), True),
    ],
)
def test_of_equal_questions_so_many_must_be_right(
    count: int, mark: int, need: Need, full: bool
) -> None:
    found = alone(quiz("quiz", *POOL[:count]), mark)
    assert (found.need, found.full) == (need, full)


def test_a_draw_needs_as_much_as_its_questions() -> None:
    made = quiz("quiz", *POOL[:2], draws=(Draw(2, POOL[2:9]),))
    assert alone(made).need == Need(4, 4)


def test_with_partial_credit_or_weights_points_count() -> None:
    assert alone(quiz("quiz", *POOL[:3], HALF)).need == Need(3.2, 4, points=True)
    heavy = replace(POOL[0], weight=2.5)
    # Without the smallest of them, a trainee has 3.5 of 4.5 points, which is less than 80 %.
    found = alone(quiz("quiz", heavy, *POOL[1:3]))
    assert (found.need, found.full) == (Need(4.5, 4.5, points=True), True)


def test_of_different_questions_drawn_only_a_percentage_is_said() -> None:
    pool = (replace(POOL[0], weight=3), *POOL[1:4])
    found = alone(quiz("quiz", draws=(Draw(2, pool),)))
    assert found.need is None
    # With one of weight 3, a mistake in the other costs a quarter.
    assert (found.best, found.full) == (7500, True)


def test_a_shared_mark_is_that_of_all_parts_together() -> None:
    first, second = marked(quiz("one", *POOL[:4]), quiz("two", *POOL[4:6]))
    assert (first.shared, first.need, first.full) == (True, None, False)
    # A mistake in the quiz of four costs an eighth.
    assert first.best == second.best == 8750
    own, other = marked(quiz("one", *POOL[:4], mark=70), quiz("two", *POOL[4:6]))
    assert (own.need, other.need) == (Need(3, 4), Need(2, 2))


def test_a_walk_needs_good_decisions() -> None:
    lines = "## {} {{#{}}}\n\nText.\n\n- [Good](#{}){{a .good}}\n- [Poor](#{}){{b .poor}}\n\n"
    body = "".join(lines.format(*(one, one, to, to)) for one, to in ("ab", "bc", "cd"))
    walk = story("walk", f"{body}## d {{#d}}\n\n::: ending good\nDone.\n:::\n", weight=1.0)
    found = alone(walk, 60)
    assert (found.need, found.full) == (Need(2, 3), False)
    assert alone(walk).full


def test_a_test_out_has_a_mark_of_its_own() -> None:
    made = course(page("one"))
    test = model.TestOut((Draw(4, POOL[:8]),), 75, 2)
    modules = (Module("Plants", (page("one"),), id="plants", test_out=test),)
    [found] = marks(with_test_pages(replace(made, modules=modules)))
    assert (found.need, found.shared, found.page.kind) == (Need(3, 4), False, "test-out")


def test_no_mark_needs_nothing() -> None:
    assert marked(quiz("quiz", *POOL[:3]), mark=0) == ()


def outcomes(made: Page) -> list[tuple[int, int, bool]]:
    """Of every attempt: its points, all that can be earned, in hundredths of hundredths, and
    whether everything is right."""
    draws = [combinations(draw.questions, draw.count) for draw in made.rules.draws]
    found = []
    for drawn in product(*draws):
        asked = [*made.fixed(), *chain.from_iterable(drawn)]
        weights = [round(one.weight * 100) for one in asked]
        for earned in product(*(TYPES[one.type].credits(one) for one in asked)):
            points = sum(a * b for a, b in zip(weights, earned, strict=True))
            found.append((points, sum(weights), all(one == 10_000 for one in earned)))
    return found


kinds = st.builds(
    lambda at, half, weight: replace(HALF if half else POOL[at], id=f"q{at}", weight=weight),
    st.integers(0, 11),
    st.booleans(),
    st.sampled_from([1, 1, 1, 0.5, 2.25]),
)
banks = st.lists(kinds, min_size=1, max_size=4, unique_by=lambda one: one.id)


@settings(max_examples=150, deadline=None)
@given(banks, st.integers(0, 3), st.integers(1, 3), st.integers(1, 100))
def test_every_outcome_goes_by_what_is_said(
    asked: list[Question], fixed: int, count: int, mark: int
) -> None:
    pool = tuple(asked[fixed:])
    draws = (Draw(min(count, len(pool)), pool),) if pool else ()
    made = quiz("quiz", *asked[:fixed], draws=draws)
    found = alone(made, mark)
    passes = [
        (points, possible, whole, (2 * points + possible) // (2 * possible) >= mark * 100)
        for points, possible, whole in outcomes(made)
    ]
    assert found.full == (not any(passed and not whole for *_, whole, passed in passes))
    for points, possible, whole, passed in passes:
        assert passed or not whole
        if found.need and not found.need.points:
            right = points * found.need.of / possible / 10_000
            assert passed == (right >= found.need.enough - 1e-9)
        elif found.need:
            assert possible == round(found.need.of * 100)
            # A hundredth of a point may be missing where the score is rounded.
            assert passed or points < round(found.need.enough * 100) * 10_000
            assert not passed or points >= (found.need.enough * 100 - 1) * 10_000
