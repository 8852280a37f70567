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
        ("Every Monday", "Not right"),
        ("Light", "Partly right: 1 of 2"),
    ):
        learner.choose(chosen)
        learner.press("Check")
        assert learner.focused() == ("h3", heading)
    learner.press("False")
    assert learner.focused() == ("h3", "Not right")
    learner.see("The soil may still be wet.")
    host.wait("cmi.interactions.3.result", "wrong")
    names = ("id", "type", "correct_responses.0.pattern", "student_response", "result")
    assert [
        tuple(host.values[f"cmi.interactions.{at}.{name}"] for name in names) for at in (1, 2, 3)
    ] == [
        ("practice--when", "choice", "b", "a", "wrong"),
        ("practice--needs", "choice", "{a,b}", "b", "0.5"),
        ("practice--shade", "true-false", "t", "f", "wrong"),
    ]

    learner = visit(page, host)
    chosen = learner.frame.locator("input:checked + label")
    expect(chosen).to_have_text(["Every Monday", "Light"])
    expect(learner.frame.get_by_role("button", pressed=True)).to_have_text("False")
    for options in (("When the soil is dry",), ("Water",)):
        learner.choose(*options)
        learner.press("Check")
        assert learner.focused() == ("h3", "Right")
    learner.press("True")
    assert learner.focused() == ("h3", "Right")

    learner.go("Quiz")
    learner.press("Start")
    for options, heading, more in (
        (("When the soil is dry",), "Right", "Next question"),
        (("Water",), "Partly right: 1 of 2", "Next question"),
        (("False",), "Not right", "See your result"),
    ):
        learner.choose(*options)
        learner.press("Check")
        assert learner.focused() == ("h3", heading)
        learner.press(more)
    # After a pass the answers are folded.
    learner.frame.locator(".review > summary").click()
    review = learner.frame.locator(".reviewed")
    assert review.locator("> summary").all_inner_texts() == [
        "1. When do you water a fern?\nRight",
        "2. What does it need?\nPartly right: 1 of 2",
        "3. Ferns like shade.\nNot right",
    ]
    assert [one.get_attribute("open") for one in review.all()] == [None, None, None]
    review.last.locator("> summary").click()
    # It is passed, so the right answers are shown.
    assert review.last.get_by_role("listitem").all_inner_texts() == [
        "True\nRight",
        "False\nYour answer: not right",
    ]
    expect(review.last.get_by_role("link")).to_have_text("Read again: Practice")
    host.wait("cmi.core.score.raw", "50")
    assert refused(host) == []


def test_one_press_answers_a_statement_and_can_be_taken_back(
    tmp_path: Path, page: Page, servers: ExitStack
) -> None:
    host = servers.enter_context(simulated(write_questions(tmp_path, QUESTIONS, "shade")))
    learner = visit(page, host)
    form = learner.frame.locator("form[data-question=shade]")
    learner.tab_to("True")
    # As with any buttons, and other than with radio buttons, arrow keys choose nothing.
    page.keyboard.press("ArrowRight")
    expect(form.get_by_role("button", pressed=True)).to_have_count(0)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert learner.focused() == ("h3", "Not right")
    expect(form.locator(".presses button:disabled")).to_have_text(["True", "False Not right"])
    learner.press("Try again")
    assert learner.focused() == ("button", "True")
    expect(form.get_by_role("button", pressed=True)).to_have_count(0)
    page.keyboard.press("Space")
    assert learner.focused() == ("h3", "Right")
    expect(form.get_by_role("button", pressed=True)).to_have_text("True Right")
