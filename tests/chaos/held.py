"""What an LMS holds of a trainee, in the words of the page; by the state's codec in Python."""

from __future__ import annotations

from collections.abc import Mapping

from builder.course.state import QuizState, decode, key
from tests.chaos.plan import CHECKS, ENDINGS, ITEMS, KNOWN, QUIZ, SCENES, TEST, WEIGHTS

CHECKING = "Check your answers"
"""The place before the answers of a test-out are submitted."""


def answers(text: str) -> tuple[dict[str, str], dict[str, float]]:
    """What ``Trainee.all_answers`` has to find with this state, and the best score of each page of
    ``WEIGHTS`` that has one."""
    state = decode(text)
    if state is None:
        return {}, {}
    found = {}
    for name in CHECKS:
        check = state.checks.get(key("question", name))
        # A typed answer has its language in a second line.
        found[name] = check.response.partition("\n")[0] if check else ""
    for name in ITEMS:
        item = state.records.get(key("record", name))
        found[name] = item.text if item else ""
        year, month, day = item.date.split("-") if item and item.date else ("", "", "")
        found[f"{name}-day"] = f"{day} {month} {year}".strip()
    quiz = state.quizzes.get(key("page", "quiz"))
    walk = state.quizzes.get(key("page", "walk"))
    found["walk"] = _scene(walk.answers if walk else {})
    ended = any(key("scene", f"walk/{name}") in state.checks for name in ENDINGS)
    found["ended"] = "yes" if ended else ""
    found["quiz"] = _place(quiz, QUIZ, len(QUIZ)) if quiz else ""
    test = state.quizzes.get(key("page", TEST))
    found["test"] = _place(test, KNOWN, 1) if test else ""
    best = {page: state.quizzes.get(key("page", page)) for page in WEIGHTS}
    return found, {
        page: kept.best / 100 for page, kept in best.items() if kept and kept.best is not None
    }


def _place(quiz: QuizState, asked: dict[str, tuple[str, str]], count: int) -> str:
    """Where a trainee is in an attempt, which asks ``count`` of these questions."""
    if quiz.open and len(quiz.answers) < count:
        return f"Question {len(quiz.answers) + 1} of {count}"
    if quiz.open:
        return CHECKING
    right = sum(quiz.answers.get(key("question", name)) == one for name, (one, _) in asked.items())
    return f"{100 * right / count:g} %"


def _scene(answers: Mapping[str, str]) -> str:
    """The scene to which the choices lead."""
    scene = next(iter(SCENES))
    while choice := SCENES.get(scene, {}).get(answers.get(key("scene", f"walk/{scene}"), "")):
        scene = choice[1]
    return scene
