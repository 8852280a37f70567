"""How far a trainee agrees: each statement by itself, kept, told to the LMS, never judged."""

import pytest
from playwright.sync_api import expect

from tests.browser.learner import Learner
from tests.browser.question_course import write_questions
from tests.lms.simulated import simulated

QUESTIONS = """\
- id: ready
  type: likert
  prompt: How far do you agree?
  statements:
    - id: a
      text: I know the signs.
    - id: b
      text: I know whom to tell.
  explanation: Your manager can help.
- id: helped
  type: likert
  prompt: The course helped me.
  scale:
    - id: n
      text: Not yet
      feedback: Read it again when you like.
    - id: y
      text: It did
- id: counts
  type: true-false
  prompt: This one counts.
  answer: true
"""


@pytest.fixture
def learner(tmp_path, servers, launch) -> tuple[Learner, object]:
    sco = write_questions(tmp_path, QUESTIONS, "ready", "helped", "counts")
    host = servers.enter_context(simulated(sco))
    return launch(host), host


def test_statements_are_answered_one_by_one(learner, launch) -> None:
    learner, host = learner
    outer = learner.frame.get_by_role("group", name="How far do you agree?")
    first, second = (
        outer.get_by_role("group", name=name)
        for name in ("I know the signs.", "I know whom to tell.")
    )
    agree = first.get_by_label("Agree", exact=True)
    agree.focus()
    learner.page.keyboard.press("Space")
    learner.press("Save answer")
    summary = learner.frame.get_by_role("group", name="There is a problem")
    expect(summary).to_be_focused()
    disagree = second.get_by_label("Strongly disagree")
    expect(disagree).to_have_accessible_description("Choose an answer for each statement")
    expect(agree).not_to_have_attribute("aria-invalid", "true")
    learner.press("Choose an answer for each statement")
    expect(disagree).to_be_focused()

    # What is chosen is kept before it is sent.
    learner.page.keyboard.press("Space")
    host.wait("cmi.core.lesson_location", "practice")
    learner.press("Save answer")
    expect(learner.frame.locator(".feedback.answered h3")).to_be_focused()
    learner.see("Your manager can help.")
    assert learner.button("Try again").count() == 0
    host.wait("cmi.interactions.2.result", "neutral")
    told = [
        [
            host.values[f"cmi.interactions.{at}.{name}"]
            for name in ("id", "type", "student_response")
        ]
        for at in (1, 2)
    ]
    assert told == [
        ["practice--ready--a", "likert", "4"],
        ["practice--ready--b", "likert", "1"],
    ]
    assert not [name for name in host.values if "pattern" in name]
    assert [call.error for call in host.calls if call.error != "0"] == []

    again = launch(host)
    group = again.frame.get_by_role("group", name="I know the signs.")
    expect(group.get_by_label("Agree", exact=True)).to_be_checked()


def test_an_opinion_does_not_count_in_a_quiz(learner) -> None:
    learner, _ = learner
    learner.go("Quiz")
    learner.press("Start")
    for name in ("I know the signs.", "I know whom to tell."):
        group = learner.frame.get_by_role("group", name=name)
        group.get_by_label("Agree", exact=True).focus()
        learner.page.keyboard.press("Space")
    learner.press("Save answer")
    learner.see("Your answer: I know the signs. – Agree; I know whom to tell. – Agree")
    learner.press("Next question")
    learner.choose("Not yet")
    learner.press("Save answer")
    learner.see("Read it again when you like.")
    learner.press("Next question")
    learner.choose("True")
    learner.press("Check")
    learner.press("See your result")
    learner.see("You passed · 100%")
    learner.frame.locator(".review > summary").click()
    results = learner.frame.locator(".reviewed")
    assert results.locator("> summary > .mark").all_inner_texts() == [
        "Not scored",
        "Not scored",
        "Right",
    ]
    results.locator("> summary").first.click()
    learner.see("Your answer: I know the signs. – Agree; I know whom to tell. – Agree")
