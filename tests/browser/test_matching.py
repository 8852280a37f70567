"""A matching question by the keyboard: for practice, at a later visit, and for score."""

from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.learner import Learner, refused
from tests.browser.question_course import write_questions
from tests.lms.simulated import simulated

QUESTION = """
- id: sort
  type: matching
  prompt: Which list is each phrase on?
  credit: partial
  items:
    - {id: "1", text: Low spirits, match: v}
    - {id: "2", text: New gifts, match: i, feedback: You may notice these., source: practice,
       quote: Practice}
  options:
    - {id: v, text: Vulnerabilities}
    - {id: i, text: Indicators}
"""


def test_a_matching_question(tmp_path: Path, page: Page, servers: ExitStack) -> None:
    folder = write_questions(tmp_path, QUESTION, "sort")
    host = servers.enter_context(simulated(folder))
    page.goto(host.url())
    learner = Learner.in_frame(page)
    first, second = (learner.frame.get_by_label(one) for one in ("Low spirits", "New gifts"))

    expect(learner.frame.locator(".choices")).to_be_hidden()
    learner.pick("Low spirits", "Vulnerabilities")
    learner.press("Check")
    summary = learner.frame.get_by_role("group", name="There is a problem")
    expect(summary).to_be_focused()
    learner.press("Choose an answer for each item")
    expect(second).to_be_focused()
    expect(second).to_have_accessible_description("Choose an answer for each item")
    expect(first).not_to_have_attribute("aria-invalid", "true")

    learner.pick("New gifts", "Vulnerabilities")
    learner.press("Check")
    assert learner.focused() == ("h3", "Partly right: 1 of 2")
    expect(first).to_have_accessible_description("Right")
    expect(second).to_have_accessible_description("Not right")
    learner.see("You may notice these.")
    host.wait("cmi.interactions.1.student_response", "1.v,2.v")
    assert host.values["cmi.interactions.1.id"] == "practice--sort"
    assert host.values["cmi.interactions.1.type"] == "matching"
    assert host.values["cmi.interactions.1.correct_responses.0.pattern"] == "{1.v,2.i}"
    assert host.values["cmi.interactions.1.result"] == "0.5"

    page.goto(host.url())
    learner = Learner.in_frame(page)
    first, second = (learner.frame.get_by_label(one) for one in ("Low spirits", "New gifts"))
    expect(first).to_have_value("v")
    expect(second).to_have_value("v")
    learner.pick("New gifts", "Indicators")
    learner.press("Check")
    assert learner.focused() == ("h3", "Right")
    assert learner.frame.locator(".feedback li").count() == 0
    expect(learner.button("Try again")).to_have_count(0)
    expect(learner.button("Check")).to_be_hidden()
    second.select_option(label="Vulnerabilities")
    learner.press("Check")
    expect(second).to_have_accessible_description("Not right. Right answer: Indicators")
    # What was right stays.
    learner.press("Try again")
    expect(second).to_be_focused()
    expect(first).to_have_value("v")
    expect(second).to_have_value("")

    learner.go("Quiz")
    learner.press("Start")
    learner.pick("Low spirits", "Indicators")
    learner.pick("New gifts", "Vulnerabilities")
    learner.press("Check")
    assert learner.focused() == ("h3", "Not right")
    given = [
        "Low spirits – Indicators\nRight answer: Vulnerabilities",
        "New gifts – Vulnerabilities\nRight answer: Indicators",
    ]
    # One text says it, not one for each row.
    expect(learner.frame.get_by_text("None of these is right.")).to_have_count(1)
    rows = learner.frame.locator(".answered-rows li")
    assert rows.all_inner_texts() == given
    learner.press("See your result")
    review = learner.frame.locator(".reviewed")
    assert review.locator("> summary").all_inner_texts() == [
        "1. Which list is each phrase on?\nNot right"
    ]
    review.locator("> summary").click()
    assert rows.all_inner_texts() == given
    expect(review.get_by_text("Read again: Practice")).to_be_visible()
    assert refused(host) == []


def test_options_cut_off_in_list_are_shown_in_full(tmp_path: Path, page: Page, serve) -> None:
    long = "Listen, and write down the words as they were said"
    text = QUESTION.replace("text: Indicators", f'text: "{long}"')
    page.goto(serve(write_questions(tmp_path, text, "sort")) + "/index.html")
    options = page.get_by_role("listitem")
    assert options.all_inner_texts() == ["Vulnerabilities", long]
    expect(options.first).to_be_visible()


WIDE = """select => {
  const whole = select.cloneNode(true);
  whole.style.cssText = "position: absolute; inline-size: max-content; max-inline-size: none";
  select.after(whole);
  const fits = select.offsetWidth >= whole.offsetWidth;
  whole.remove();
  return fits;
}"""


def test_no_option_is_cut_off(tmp_path: Path, page: Page, servers: ExitStack) -> None:
    longest = QUESTION.replace("text: Vulnerabilities", "text: The one who is hurt now")
    folder = write_questions(tmp_path, longest, "sort")
    host = servers.enter_context(simulated(folder))
    page.goto(host.url())
    learner = Learner.in_frame(page)
    for width in (390, 620, 760, 1366):
        page.set_viewport_size({"width": width, "height": 800})
        for one in ("Low spirits", "New gifts"):
            assert learner.frame.get_by_label(one).evaluate(WIDE), width
