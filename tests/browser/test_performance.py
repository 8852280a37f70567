"""A task in steps by the keyboard: kept as it is ticked, scored only where steps are needed."""

from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.learner import Learner, refused
from tests.browser.question_course import write_questions
from tests.lms.simulated import Simulated, simulated

QUESTIONS = """
- id: before
  type: performance
  prompt: Do this before your first day.
  credit: partial
  steps:
    - {id: a, text: Find the exits, needed: yes}
    - {id: b, text: Meet your team, needed: yes, feedback: They sit on the second floor.}
    - {id: c, text: Have a coffee}
- id: round
  type: performance
  prompt: Look round.
  steps:
    - {id: a, text: The kitchen}
    - {id: b, text: The garden}
"""


def visit(page: Page, host: Simulated) -> Learner:
    page.goto(host.url())
    return Learner.in_frame(page)


def test_a_performance_question(tmp_path: Path, page: Page, servers: ExitStack) -> None:
    folder = write_questions(tmp_path, QUESTIONS, "before", "round")
    host = servers.enter_context(simulated(folder))
    learner = visit(page, host)
    expect(learner.frame.get_by_role("group").first).to_have_accessible_name(
        "Do this before your first day. Tick each step once you have done it."
    )
    learner.press("Check")
    expect(learner.frame.get_by_role("group", name="There is a problem")).to_be_focused()
    learner.press("Tick each step that you have done")
    expect(learner.frame.get_by_label("Find the exits")).to_be_focused()
    learner.choose("Find the exits", "Have a coffee")
    learner.told("Saved")

    # Ticked, not checked: it is there at the next visit all the same.
    learner = visit(page, host)
    expect(learner.frame.get_by_label("Have a coffee")).to_be_checked()
    learner.press("Check")
    assert learner.focused() == ("h3", "Partly done: 1 of 2")
    form = learner.frame.locator("form").first
    assert form.locator(".option").all_inner_texts() == [
        "Find the exits\nDone",
        "Meet your team\nNot yet",
        "Have a coffee\nDone",
    ]
    learner.see("They sit on the second floor.")
    host.wait("cmi.interactions.2.student_response", "a,c")
    assert host.values["cmi.interactions.2.type"] == "performance"
    assert host.values["cmi.interactions.2.correct_responses.0.pattern"] == "a,b"
    assert host.values["cmi.interactions.2.result"] == "0.5"

    learner.choose("The garden")
    learner.press("Save answer")
    assert learner.focused() == ("h3", "Thank you for your answer.")
    host.wait("cmi.interactions.3.student_response", "b")
    assert host.values["cmi.interactions.3.result"] == "neutral"
    assert "cmi.interactions.3.correct_responses.0.pattern" not in host.values

    learner.go("Quiz")
    learner.press("Start")
    learner.choose("Find the exits", "Meet your team")
    learner.press("Check")
    assert learner.focused() == ("h3", "All steps done")
    rows = learner.frame.locator(".answered-rows").first.get_by_role("listitem")
    given = ["Find the exits\nDone", "Meet your team\nDone", "Have a coffee"]
    assert rows.all_inner_texts() == given
    learner.press("Next question")
    learner.choose("The kitchen")
    learner.press("Save answer")
    learner.press("See your result")
    learner.frame.locator(".review > summary").click()
    summary = learner.frame.locator(".reviewed > summary").first
    assert summary.inner_text() == "1. Do this before your first day.\nAll steps done"
    summary.click()
    assert rows.all_inner_texts() == given
    assert refused(host) == []
