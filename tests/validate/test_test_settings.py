"""Settings of a test-out that are neither easy to guess nor without a mistake."""

from dataclasses import replace

import pytest

from builder.course.questions import Question
from builder.course.test_settings import Settings, advise, with_more_questions
from tests.support.courses import question

STATEMENT = replace(question("statement"), options=question("q").options[:2])
CHOICE = question("choice")
TYPED = replace(question("typed"), type="numeric", answer={})


def of(kind: Question, size: int, count: int, mark: int, attempts: int = 3) -> Settings:
    return Settings(tuple(replace(kind, id=f"q{at}") for at in range(size)), count, mark, attempts)


@pytest.mark.parametrize(
    ("now", "count", "mark", "missing"),
    [
        # Two statements are guessed by 25 of 100, and a lower mark would make it 75.
        (of(STATEMENT, 2, 2, 80), 8, 80, 6),
        (of(STATEMENT, 2, 2, 50), 8, 80, 6),
        # There are enough questions, and the mark stays.
        (of(STATEMENT, 12, 2, 80), 8, 80, 0),
        (of(CHOICE, 12, 3, 80), 6, 80, 0),
        # No number of questions makes half of the statements hard to guess: the mark is raised.
        (of(STATEMENT, 12, 10, 50, 1), 10, 85, 0),
        # Nobody guesses what is typed, so that the mark may be lower.
        (of(TYPED, 2, 2, 80), 2, 50, 0),
        (of(TYPED, 4, 4, 80), 4, 75, 0),
        # Who wants everything right gets only more questions.
        (of(STATEMENT, 2, 2, 100), 5, 100, 3),
    ],
)
def test_advice_is_near_and_sound(now: Settings, count: int, mark: int, missing: int) -> None:
    assert not now.sound
    better = advise(now, now.pool)
    assert better is not None
    assert better.sound
    assert (better.count, better.mark, better.missing) == (count, mark, missing)


def test_questions_of_quizzes_are_no_longer_asked() -> None:
    now = of(STATEMENT, 4, 3, 80)
    better = advise(now, now.pool[:1])
    assert better is not None
    assert (better.count, better.missing) == (8, 7)


def test_steps_that_are_believed_cannot_be_made_hard_to_guess() -> None:
    steps = replace(CHOICE, type="performance", answer={"needed": ["a"], "credit": "all"})
    now = of(steps, 3, 2, 80)
    assert now.chance == 1
    assert advise(now, now.pool) is None


def test_more_questions_with_the_same_mark() -> None:
    # Of 2 questions, 3 tries, or of 3, 3 tries: 30 % and 11 %.
    better = with_more_questions(of(CHOICE, 9, 2, 80))
    assert better is not None
    assert better.count == 4
    assert with_more_questions(of(CHOICE, 2, 2, 80)) is None
