"""A package shows a type of question that is only a row, a template and a script."""

import csv
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import pytest
from playwright.sync_api import Page, expect

from builder.base import resources
from builder.course.questions import TYPES
from builder.course.questions.base import QuestionShape
from builder.course.questions.question_type import Answering, Fault, PackagedQuestion, QuestionType
from builder.course.shaping import Limits
from builder.package import pipeline
from tests.browser.learner import Learner, refused
from tests.browser.question_course import write_questions
from tests.lms.simulated import simulated


class SliderShape(QuestionShape):
    type: Literal["slider"]
    answer: Annotated[int, Limits(ge=0, le=9)]


def _faults(shape: SliderShape) -> Iterator[Fault]:
    yield from ()


def _answering(shape: SliderShape, texts: Mapping[str, str]) -> Answering:
    right = str(shape.answer)
    return Answering(patterns=(right,), right=right, answer={"right": right})


def _right_response(question: PackagedQuestion) -> str:
    return str(question.answer["right"])


def _is_valid_key(question: PackagedQuestion) -> bool:
    return _right_response(question).isdigit()


SLIDER = QuestionType(
    "slider", "numeric", SliderShape, _faults, _answering, _is_valid_key, _right_response
)
TEMPLATE = """\
{% extends "questions/form.html.j2" %}
{% block answer %}
<input type="range" min="0" max="9" value="0" aria-label="Times">
{% endblock %}
"""
SCRIPT = """\
scormBuilder.question("slider", {
  read: (form) => form.querySelector("[type=range]").value,
  restore(form, response) { form.querySelector("[type=range]").value = response; },
  clear(form) { this.restore(form, "0"); },
  first: (form) => form.querySelector("[type=range]"),
  credit: ({ answer }, response) => (response === answer.right ? 10000 : 0),
  reported: (question, response) => [{ part: "", response }],
  describe: (question, response) => `${response} times`,
  feedback: () => [],
});
"""
QUESTION = "- {id: week, type: slider, prompt: How often in a week?, answer: 2, weight: 3}\n"


@pytest.fixture
def ninth(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    templates = tmp_path / "templates"
    shutil.copytree(resources.path(), templates)
    (templates / "questions" / "slider.html.j2").write_text(TEMPLATE, "utf-8")
    (templates / "parts" / "question-slider.js").write_text(SCRIPT, "utf-8")
    monkeypatch.setattr(resources, "_templates", lambda: templates)
    monkeypatch.setitem(TYPES, SLIDER.name, SLIDER)


@pytest.mark.usefixtures("ninth")
def test_another_type_of_question(tmp_path: Path, page: Page, servers: ExitStack) -> None:
    folder = write_questions(tmp_path, QUESTION, "week")
    request = pipeline.Request(
        tmp_path / "source", tmp_path / "dist", False, False, date(2026, 11, 25)
    )
    result = pipeline.build(request)
    assert result.summary is not None, result.diagnostics
    with result.summary.key.open(encoding="utf-8-sig", newline="") as file:
        rows = [
            (row["Interaction"], row["Type"], row["Right answer"], row["Weight"])
            for row in csv.DictReader(file)
        ]
    assert rows == [("practice--week", "slider", "2", "3"), ("quiz--week", "slider", "2", "3")]

    host = servers.enter_context(simulated(folder))
    page.goto(host.url())
    learner = Learner.in_frame(page)
    learner.tab_to("")
    page.keyboard.press("ArrowRight")
    learner.press("Check")
    assert learner.focused() == ("h3", "Not right")
    host.wait("cmi.interactions.1.student_response", "1")
    assert host.values["cmi.interactions.1.type"] == "numeric"

    page.goto(host.url())
    learner = Learner.in_frame(page)
    slider = learner.frame.get_by_role("slider", name="Times")
    expect(slider).to_have_value("1")
    learner.go("Quiz")
    learner.press("Start")
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    learner.press("Check")
    assert learner.focused() == ("h3", "Right")
    learner.see("Your answer: 2 times")
    learner.press("See your result")
    host.wait("cmi.core.lesson_status", "passed")
    assert refused(host) == []
