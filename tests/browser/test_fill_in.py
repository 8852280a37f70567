"""A word to fill in: typed, judged, kept, told to the LMS, and read again in the review."""

import pytest
from playwright.sync_api import expect

from tests.browser.learner import Learner
from tests.browser.question_course import write_questions
from tests.lms.simulated import Simulated, simulated
from tests.support.clocks import stand_still

LABEL = "Look beyond the blank behaviours."
QUESTIONS = """\
- id: beyond
  type: fill-in
  prompt: Look beyond the ____ behaviours.
  answers: [problem, "difficult & hard"]
  limit: 40
  hint: It starts with a p.
  feedback:
    right: That is the word.
    wrong: Read the page again.
"""


@pytest.fixture
def host(tmp_path, servers) -> Simulated:
    return servers.enter_context(simulated(write_questions(tmp_path, QUESTIONS, "beyond")))


@pytest.fixture
def learner(host, launch) -> tuple[Learner, Simulated]:
    return launch(host), host


def test_a_word_is_filled_in(learner, launch) -> None:
    learner, host = learner
    field = learner.frame.get_by_label(LABEL)
    for attribute, value in (("autocomplete", "off"), ("autocapitalize", "off")):
        expect(field).to_have_attribute(attribute, value)

    learner.press("Check")
    expect(learner.frame.get_by_role("group", name="There is a problem")).to_be_focused()
    expect(field).to_have_accessible_description("Enter your answer")
    learner.press("Enter your answer")
    expect(field).to_be_focused()
    learner.page.keyboard.insert_text("a word that is quite a bit longer than 40")
    learner.page.keyboard.press("Enter")
    expect(field).to_have_accessible_description(
        "Too long. Characters to remove: about 1. Letters with accents and punctuation count as "
        "more than one."
    )

    field.fill(" easy ")
    learner.page.keyboard.press("Enter")
    assert learner.focused() == ("h3", "Not right")
    learner.see("Read the page again.")
    # The second try that is not right tells.
    assert learner.frame.get_by_text("Accepted:").count() == 0
    expect(field).to_have_accessible_description("Your answer: not right")
    host.wait("cmi.interactions.1.result", "wrong")
    assert host.values["cmi.interactions.1.student_response"] == "easy"

    learner.press("Try again")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    learner.page.keyboard.insert_text("Pro blem")
    learner.page.keyboard.press("Enter")
    assert learner.focused() == ("h3", "Right")
    learner.see("That is the word.")
    learner.see("Also accepted: difficult & hard")
    learner.go("Quiz")
    host.wait("cmi.interactions.2.result", "correct")

    again = launch(host)
    expect(again.frame.get_by_label(LABEL)).to_have_value("Pro blem")
    again.press("Show feedback")
    assert again.focused() == ("h3", "Right")


def test_a_word_counts_in_a_quiz(learner) -> None:
    learner, host = learner
    learner.go("Quiz")
    learner.press("Start")
    # What is not given yet waits while a trainee looks something up.
    learner.fill(LABEL, "Difficult & hard")
    for page_id in ("practice", "quiz"):
        learner.frame.evaluate("id => (location.hash = `#/${id}`)", page_id)
        learner.at(page_id.title())
    field = learner.frame.get_by_label(LABEL)
    expect(field).to_have_value("Difficult & hard")
    learner.press("Check")
    assert learner.focused() == ("h3", "Right")
    given = learner.frame.locator(".answered-rows li")
    expect(given).to_have_text("Difficult & hard Your answer: right")
    learner.press("See your result")
    learner.see("You passed · 100%")
    learner.frame.locator(".review > summary").click()
    summary = learner.frame.locator(".reviewed > summary")
    assert summary.all_inner_texts() == ["1. Look beyond the … behaviours.\nRight"]
    expect(given).to_have_text("Difficult & hard Your answer: right")
    host.wait("cmi.interactions.1.result", "correct")
    told = {
        name.removeprefix("cmi.interactions.1."): value
        for name, value in host.values.items()
        if name.startswith("cmi.interactions.1.")
    }
    assert told["type"] == "fill-in"
    assert told["student_response"] == "Difficult & hard"
    assert told["correct_responses.0.pattern"] == "problem"
    assert told["correct_responses.1.pattern"] == "difficult & hard"
    assert [call.error for call in host.calls if call.error != "0"] == []


def test_nothing_is_saved_between_two_keys(host, page, launch) -> None:
    """A browser may discard what is typed while the LMS is called."""
    # Before the page: a timer that was set by another clock would not wait for this one.
    page.clock.install()
    learner = launch(host)
    learner.told("Saved")
    stand_still(page)
    field = learner.frame.get_by_label(LABEL)
    field.fill("easy")
    page.keyboard.press("Enter")
    learner.press("Try again")
    for letters in ("pro", "bl", "em"):
        page.keyboard.insert_text(letters)
        page.clock.run_for(400)
    assert "cmi.interactions.1.result" not in host.values
    page.clock.run_for(500)
    host.wait("cmi.interactions.1.result", "wrong")
    expect(field).to_have_value("problem")
