"""What a quiz draws from, and the rules that it goes by."""

from pathlib import Path

import pytest

from builder.course.model import Course, QuizRules
from tests.validate.courses import changed, judge

QUESTION = """
- id: {name}
  type: true-false
  prompt: Is it so?
  answer: true
  source: topic
  tags: [{tags}]
"""
LISTED = "questions:\n  - any-child\n  - who-to-tell\n"


def bank(**tags: str) -> str:
    return "".join(QUESTION.format(name=name, tags=words) for name, words in tags.items())


@pytest.fixture
def drawn(tmp_path: Path) -> Course:
    rules = """quiz:
  draw:
    - bank: more
      tag: hard
      count: 1
    - bank: more
      count: 2
    - tag: easy
      count: 1
  shuffle_questions: yes
  attempts: 3
  keep: last
"""
    folder = changed(
        tmp_path / "course",
        ("pages/quiz.md", LISTED, "questions: [q1, any-child]\n" + rules),
        ("pages/quiz.md", "Take your time.", "::: check q2\n"),
        ("pages/start.md", "Read", "::: check who-to-tell\n\nRead"),
        ("questions/more.yaml", "", bank(q1="hard", q2="hard", q3="hard", q4="easy", q5="", q6="")),
        ("questions/other.yaml", "", bank(q7="easy", q8="easy, hard")),
    )
    course, found = judge(folder)
    assert found == []
    assert course is not None
    return course


def test_question_belongs_to_first_matching_draw(drawn: Course) -> None:
    quiz = drawn.pages[2]
    draws = [(draw.count, [one.id for one in draw.questions]) for draw in quiz.rules.draws]
    assert draws == [(1, ["q3"]), (2, ["q4", "q5", "q6"]), (1, ["q7", "q8"])]
    assert [one.id for one in quiz.fixed()] == ["q1", "any-child"]
    assert [one.id for one in quiz.quiz] == ["q1", "any-child", *(f"q{n}" for n in range(3, 9))]


def test_drawable_questions_are_part_of_the_course(drawn: Course) -> None:
    assert {one.id for one in drawn.questions} == {
        *("any-child", "who-to-tell"),
        *(f"q{number}" for number in range(1, 9)),
    }


def test_quiz_rules_default_to_rules_of_course(tmp_path: Path, drawn: Course) -> None:
    rules = drawn.pages[2].rules
    assert (rules.attempts, rules.pass_mark, rules.keep) == (3, None, "last")
    assert (rules.shuffle_questions, rules.shuffle_options) == (True, False)
    course, found = judge(changed(tmp_path / "plain"))
    assert found == []
    assert course is not None
    assert course.pages[2].rules == QuizRules()
    assert course.tracking.keep == "best"


def test_drawable_questions_need_approval_too(tmp_path: Path) -> None:
    folder = changed(
        tmp_path / "course",
        ("pages/quiz.md", LISTED, f"{LISTED}quiz:\n  draw:\n    - bank: more\n      count: 1\n"),
        ("questions/more.yaml", "", bank(q1="")),
        ("course.yaml", "required: []", "required: questions"),
    )
    _, found = judge(folder)
    assert [one.code for one in found] == ["question-unapproved"] * 3
