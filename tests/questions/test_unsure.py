"""Questions that somebody has still to decide: asked, but not judged, and a point of the draft."""

from pathlib import Path

import pytest

from builder.course import load, validate
from builder.course.model import Course
from builder.package import outline, plan, render
from builder.package.artifacts import OUTLINE
from tests.support.golden import BY_NAME, TODAY, changed


def judged(case: str, tmp_path: Path) -> tuple[Course | None, set[tuple[str, bool]]]:
    sources, _ = load.load(changed(BY_NAME[case], tmp_path / "course"))
    assert sources
    found = validate.validate(sources, TODAY)
    return found.course, {(one.code, one.draft) for one in found.diagnostics}


@pytest.mark.parametrize(
    ("case", "undecided"), [("question-unsure", False), ("question-unsure.open", True)]
)
def test_a_question_without_a_right_answer_is_not_scored(
    case: str, undecided: bool, tmp_path: Path
) -> None:
    course, said = judged(case, tmp_path)
    assert course
    assert course.draft
    # The quiz has one question less that is judged.
    full = {("pass-mark-full", False)} if undecided else set()
    assert said == {("question-unsure", True), *full}
    [question] = [one for one in course.questions if one.id == "who-to-tell"]
    assert (question.undecided, question.scored) == (undecided, not undecided)
    assert bool(question.patterns) is not undecided


@pytest.mark.parametrize("case", ["question-unsure", "question-unsure.open"])
def test_its_package_can_be_compared(case: str, tmp_path: Path) -> None:
    course, _ = judged(case, tmp_path)
    assert course
    [written] = [one for one in render.render(plan.plan(course)) if one.name == OUTLINE]
    read = outline.parse(written.read())
    [question] = [one for one in read.questions if one.id == "who-to-tell"]
    assert question.scored is (case == "question-unsure")
