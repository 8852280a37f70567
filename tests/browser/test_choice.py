"""Choices and statements by the keyboard: for practice, at a later visit, and for score."""

from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.learner import Learner, refused
from tests.browser.question_course import write_questions
from tests.lms.simulated import Simulated, simulated

QUESTIONS = """
- id: when
  type: choice
  prompt: When do you water a fern?
  options:
    - {id: a, text: Every Monday, feedback: The soil may still be wet.}
    - {id: b, text: When the soil is dry, correct: yes}
- id: needs
  type: choice
  multiple: yes
  credit: partial
  prompt: What does it need?
  options:
    - {id: a, text: Water, correct: yes}
    - {id: b, text: Light, correct: yes}
    - {id: c, text: Coffee}
- {id: shade, type: true-false, prompt: Ferns like shade., answer: true, source: practice,
   quote: Practice}
"""
IDS = ("when", "needs", "shade")


def visit(page: Page, host: Simulated) -> Learner:
    page.goto(host.url())
    return Learner.in_frame(page)


def test_choices_and_a_statement(tmp_path: Path, page: Page, servers: ExitStack) -> None:
    folder = write_questions(tmp_path, QUESTIONS, *IDS)
    host = servers.enter_context(simulated(folder))
    learner = visit(page, host)
    for chosen, heading in (
        ("Every Monday", "Not quite"),
        ("Light", "Partly right"),
        ("False", "Not quite"),
    ):
        learner.choose(chosen)
        learner.press("Check")
        assert learner.focused() == ("h3", heading)
    learner.see("The soil may still be wet.")
    host.wait("cmi.interactions.2.result", "wrong")
    names = ("id", "type", "correct_responses.0.pattern", "student_response", "result")
    assert [
        tuple(host.values[f"cmi.interactions.{at}.{name}"] for name in names) for at in range(3)
    ] == [
        ("practice--when", "choice", "b", "a", "wrong"),
        ("practice--needs", "choice", "{a,b}", "b", "0.5"),
        ("practice--shade", "true-false", "t", "f", "wrong"),
    ]

    learner = visit(page, host)
    chosen = learner.frame.locator("input:checked + label")
    expect(chosen).to_have_text(["Every Monday", "Light", "False"])
    for options in (("When the soil is dry",), ("Water",), ("True",)):
        learner.choose(*options)
        learner.press("Check")
        assert learner.focused() == ("h3", "Correct")

    learner.go("Quiz")
    learner.press("Start")
    for options, heading, more in (
        (("When the soil is dry",), "Correct", "Next question"),
        (("Water",), "Partly right", "Next question"),
        (("False",), "Not quite", "See your result"),
    ):
        learner.choose(*options)
        learner.press("Check")
        assert learner.focused() == ("h3", heading)
        learner.press(more)
    review = learner.frame.locator(".review dl")
    assert [one.locator("> div > dd").all_inner_texts()[:2] for one in review.all()] == [
        ["When the soil is dry", "Correct"],
        ["Water", "Partly right"],
        ["False", "Not quite"],
    ]
    again = review.last.locator("> div", has_text="Read again").get_by_role("link")
    expect(again).to_have_text("Practice")
    host.wait("cmi.core.score.raw", "50")
    assert refused(host) == []
