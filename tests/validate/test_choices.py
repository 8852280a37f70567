"""What the LMS is told and may judge by itself, as course.yaml chooses it."""

from pathlib import Path

import pytest

from builder.course.model import Tracking
from tests.validate.courses import changed, judge

ATTEMPTS = "  attempts: 0\n"
QUIZ = "  - who-to-tell\n---\n"


@pytest.mark.parametrize(
    ("chosen", "front", "expected"),
    [
        ("score: no", "", {"score": False}),
        ("comments: yes", "", {"comments": True}),
        ("failed: never", "", {"failed": "never"}),
        ("mastery: none", "", {}),
        ("mastery: manifest", "", {"mastery": 50}),
        ("mastery: manifest", "quiz:\n  pass_mark: 40\n", {"mastery": 40}),
        ("mastery: manifest\n  failed: never", "", {"mastery": 50, "failed": "never"}),
    ],
)
def test_a_course_chooses(tmp_path: Path, chosen: str, front: str, expected: dict) -> None:
    folder = changed(
        tmp_path / "course",
        ("course.yaml", ATTEMPTS, f"{ATTEMPTS}  {chosen}\n"),
        ("pages/quiz.md", QUIZ, QUIZ.replace("---", f"{front}---")),
    )
    course, found = judge(folder)
    own = ["pass-mark-unused"] if "pass_mark" in front else []
    assert [one.code for one in found] == own
    assert course is not None
    assert course.tracking == Tracking("all", "passed-failed", 50, 0, **expected)


def test_several_quizzes_that_are_judged_together_have_one_mark(tmp_path: Path) -> None:
    again = "---\ntitle: Once more\nkind: quiz\nquestions: [any-child]\n---\nTake your time.\n"
    folder = changed(
        tmp_path / "course",
        ("course.yaml", ATTEMPTS, f"{ATTEMPTS}  mastery: manifest\n"),
        ("course.yaml", "      - quiz.md\n", "      - quiz.md\n      - again.md\n"),
        ("pages/again.md", "", again),
    )
    course, found = judge(folder)
    assert found == []
    assert course is not None
    assert course.tracking.mastery == 50
