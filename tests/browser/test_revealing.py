"""Which answer was right is shown once a trainee has tried, or the question is closed."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.learner import Learner
from tests.browser.question_course import write_questions

QUESTION = """\
- id: where
  type: choice
  prompt: Where is it?
  options:
    - {id: a, text: Here, correct: yes}
    - {id: b, text: There}
"""


def rows(learner: Learner) -> list[str]:
    return [
        words.replace("\n", " ")
        for words in learner.frame.locator(".option, .answered-rows li").all_inner_texts()
    ]


def open_course(page: Page, serve, folder: Path, more: str = "") -> Learner:
    page.goto(serve(write_questions(folder, QUESTION + more, "where")) + "/index.html")
    return Learner(page, page.main_frame).started()


def answer(learner: Learner, option: str) -> None:
    learner.choose(option)
    learner.press("Check")


GIVEN = ["Here", "There Your answer: not right"]
TOLD = ["Here Right", "There Your answer: not right"]


@pytest.mark.parametrize(
    ("more", "first", "second"),
    [
        ("", GIVEN, TOLD),
        ("  reveal: always\n", TOLD, TOLD),
        ("  reveal: never\n", GIVEN, GIVEN),
    ],
)
def test_in_practice(
    page: Page, serve, tmp_path: Path, more: str, first: list[str], second: list[str]
) -> None:
    learner = open_course(page, serve, tmp_path, more)
    answer(learner, "There")
    assert learner.focused() == ("h3", "Not right")
    expect(learner.frame.get_by_label("There")).to_have_accessible_description(
        "Your answer: not right"
    )
    assert rows(learner) == first
    panel = learner.frame.locator(".feedback")
    expect(panel).to_be_in_viewport(ratio=1)
    # The same answer is no second try.
    expect(learner.button("Check")).to_be_hidden()
    learner.press("Try again")
    assert rows(learner) == ["Here", "There"]
    answer(learner, "There")
    assert rows(learner) == second
    assert panel.get_by_text("Right answer: Here").count() == (second == TOLD)


@pytest.mark.parametrize(("more", "shown"), [("", TOLD), ("  reveal: never\n", GIVEN)])
def test_in_a_quiz_once_the_question_is_closed(
    page: Page, serve, tmp_path: Path, more: str, shown: list[str]
) -> None:
    learner = open_course(page, serve, tmp_path, more)
    learner.go("Quiz")
    learner.press("Start")
    answer(learner, "There")
    assert rows(learner) == shown
    learner.press("See your result")
    learner.see("You have not passed yet")
    learner.frame.locator(".reviewed > summary").click()
    assert rows(learner) == shown
