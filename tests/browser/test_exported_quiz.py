"""A quiz that was exported as a bank and imported into a course of its own counts the same."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from builder import importing
from builder.course.load import load
from builder.course.validate import validate
from builder.exporting import export
from builder.package.plan import plan
from tests.browser.learner import Learner, sent
from tests.browser.player_course import unpacked
from tests.lms.scorm_again import scorm_again

TODAY = date(2026, 11, 26)
COURSE = """\
id: asked
title: Asked
version: "1"
language: en
pages: [quiz.md]
review_by: 2099-01-01
cover: {show: no}
"""
QUESTIONS = """\
- id: alarm
  type: choice
  prompt: What do you do *first*?
  options:
    - {id: a, text: Leave, correct: yes}
    - {id: b, text: Finish the sentence}
- id: ways-out
  type: choice
  prompt: Which are ways out?
  multiple: yes
  credit: partial
  options:
    - {id: a, text: Stairs, correct: yes}
    - {id: b, text: Back door, correct: yes}
    - {id: c, text: Lift}
- id: green
  type: true-false
  prompt: Green signs show the way out.
  answer: true
- id: glass
  type: fill-in
  prompt: To ring the alarm, break the ___.
  answers: [glass, glass pane]
- id: minutes
  type: numeric
  prompt: How many minutes does the light last?
  answer: 3
  tolerance: 0.5
- id: signs
  type: matching
  prompt: What do they mean?
  credit: partial
  items:
    - {id: a, text: Green sign, match: w}
    - {id: b, text: Red sign, match: f}
  options:
    - {id: w, text: Way out}
    - {id: f, text: Equipment}
"""
WEIGHED = """\
- id: order
  type: sequencing
  prompt: What comes first?
  credit: partial
  weight: 2.5
  items:
    - {id: a, text: Ring}
    - {id: b, text: Leave}
    - {id: c, text: Wait outside}
"""
"""What GIFT cannot say."""


def tick(*labels: str) -> Callable[[Locator], None]:
    def answer(form: Locator) -> None:
        for label in labels:
            form.get_by_label(label, exact=True).check()

    return answer


def write(words: str) -> Callable[[Locator], None]:
    return lambda form: form.get_by_role("textbox").fill(words)


def pick(*options: str) -> Callable[[Locator], None]:
    def answer(form: Locator) -> None:
        for select, option in zip(form.get_by_role("combobox").all(), options, strict=True):
            select.select_option(label=option)

    return answer


def order(*items: str) -> Callable[[Locator], None]:
    def answer(form: Locator) -> None:
        rows = form.get_by_role("listitem")
        # An order that nobody has touched is no answer.
        form.get_by_role("button", name="Move down").first.click()
        for place, item in enumerate(items):
            while rows.nth(place).locator(".in-order").inner_text() != item:
                form.get_by_role("button", name=f"Move up: {item}").click()

    return answer


ANSWERS = {
    "alarm": tick("Leave"),
    "ways-out": tick("Stairs"),
    "green": tick("False"),
    "glass": write("Glass pane"),
    "minutes": write("3.5"),
    "signs": pick("Way out", "Way out"),
    "order": order("Ring", "Wait outside", "Leave"),
}
"""Two are right in part, one is wrong; so is the order, but for one of three."""


def package(folder: Path, output: Path) -> Path:
    sources, _ = load(folder)
    assert sources
    course = validate(sources, TODAY).course
    assert course
    return unpacked(output, plan(course))


def scored(page: Page, sco: Path, expected: str) -> None:
    """Answer the quiz of a package and return the score that the LMS gets."""
    with ExitStack() as servers:
        host = servers.enter_context(scorm_again(sco))
        page.goto(host.url())
        learner = Learner.in_frame(page)
        frame = learner.frame
        if frame.locator("#begin:visible").count():
            frame.locator("#begin").click()
        frame.get_by_role("button", name="Start").click()
        last = frame.get_by_role("button", name="See your result")
        following = frame.get_by_role("button", name="Next question")
        for _ in ANSWERS:
            form = frame.locator("form.question:visible")
            ANSWERS[form.get_attribute("data-question") or ""](form)
            form.locator("[type=submit]").click()
            expect(last.or_(following)).to_be_visible()
            if last.is_visible():
                break
            following.click()
        last.click()
        host.wait("cmi.core.score.raw", expected)
        assert sent(host, "cmi.core.score.raw")[-1] == expected


@pytest.mark.parametrize(
    ("to", "file", "questions", "expected"),
    [
        pytest.param("gift", "bank.gift", QUESTIONS, "66.67", marks=pytest.mark.thorough),
        ("moodle-xml", "bank.xml", QUESTIONS + WEIGHED, "56.86"),
        pytest.param("xlsx", "bank.xlsx", QUESTIONS + WEIGHED, "56.86", marks=pytest.mark.thorough),
    ],
)
def test_the_same_answers_score_the_same(
    to: export.Format, file: str, questions: str, expected: str, tmp_path: Path, page: Page
) -> None:
    source = tmp_path / "source"
    ids = [line.removeprefix("- id: ") for line in questions.split("\n") if line.startswith("- ")]
    asked = f"---\ntitle: Quiz\nkind: quiz\nquestions: [{', '.join(ids)}]\n---\nReady?\n"
    files = {"course.yaml": COURSE, "pages/quiz.md": asked, "questions/all.yaml": questions}
    for name, text in files.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text, "utf-8")
    bank = tmp_path / file
    assert export.export(export.Export(source, to, bank, False, TODAY)).made
    request = importing.Request(bank, tmp_path / "again", None, TODAY, False, False)
    assert importing.run(request)[0]

    scored(page, package(source, tmp_path / "first"), expected)
    scored(page, package(tmp_path / "again", tmp_path / "second"), expected)
