"""“Comment on this course”, where a course asks for comments."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Lms
from tests.browser.learner import Learner, sent

DAY = "2026-11-25"
COMMENT = "Comment on this course"
# An LMS that replaces comments, puts them behind each other (Moodle) or takes none (Chamilo).
KINDS = """kind => {
  const { LMSSetValue, LMSGetValue } = API;
  const mine = (element) => element === "cmi.comments";
  if (kind === "appends") {
    const before = (element) => (mine(element) ? LMSGetValue(element) : "");
    API.LMSSetValue = (element, value) => LMSSetValue(element, before(element) + value);
  }
  if (kind === "refuses") {
    API.LMSSetValue = (element, value) => (mine(element) ? "false" : LMSSetValue(element, value));
    API.LMSGetValue = (element) => (mine(element) ? "" : LMSGetValue(element));
  }
}"""


@pytest.fixture
def asked(lms: Lms, launch, page):
    """A course that asks for comments, opened in an LMS."""

    def open_course(**given: str):
        page.clock.install(time=f"{DAY}T13:05:00")
        reminder = {"reminder": "Do not name a customer."}
        host = lms(comments=True, given=given, fields=reminder)
        return host, launch(host)

    return open_course


def say(learner: Learner, words: str) -> None:
    learner.fill("Your comment", words)
    learner.page.keyboard.press("Tab")
    assert learner.focused() == ("button", "Send comment")
    learner.page.keyboard.press("Enter")
    learner.page.clock.run_for(5000)


@pytest.mark.parametrize("kind", ["replaces", "appends"])
def test_every_comment_is_sent_to_the_lms(asked, kind: str) -> None:
    host, learner = asked()
    learner.told("Saved")
    learner.page.evaluate(KINDS, kind)
    learner.press(COMMENT)
    learner.at(COMMENT)
    learner.see(
        "Your comment goes to your learning system together with your name. "
        "The people who run this course there can read it."
    )
    learner.see("Do not name a customer.")
    say(learner, "Page 2 is too long.")
    status = learner.frame.get_by_role("main").get_by_role("status").last
    expect(status).to_have_text("Sent. Thank you.")
    expect(learner.frame.get_by_label("Your comment")).to_have_value("")
    learner.page.keyboard.press("Shift+Tab")
    learner.page.keyboard.insert_text("Thanks")
    status.evaluate(
        """it => {
          window.said = [];
          new MutationObserver(() => said.push(it.textContent)).observe(it, { childList: true });
        }"""
    )
    learner.button("Send comment").press("Enter")
    learner.page.clock.run_for(5000)
    host.wait("cmi.comments", f"{DAY}: Page 2 is too long.\n{DAY}: Thanks\n")
    # A screen reader says the same words again only where they have been gone.
    expect(status).to_have_text("Sent. Thank you.")
    assert learner.frame.evaluate("said") == ["", "Sent. Thank you."]
    learner.press("Back: First")
    learner.at("First")


def test_a_comment_needs_words_and_can_be_copied_if_refused(asked, context) -> None:
    host, learner = asked()
    learner.press(COMMENT)
    learner.at(COMMENT)
    learner.press("Send comment")
    field = learner.frame.get_by_label("Your comment")
    expect(field).to_be_focused()
    learner.see("Write your comment")
    learner.page.keyboard.insert_text("x" * 4100)
    learner.see("Too long. Characters to remove: 17")
    learner.button("Send comment").press("Enter")
    learner.see("Shorten your comment")
    learner.press("Back: First")
    learner.at("First")
    learner.press(COMMENT)
    learner.at(COMMENT)
    # What is typed stays.
    expect(field).to_have_value("x" * 4100)
    assert sent(host, "cmi.comments") == []
    learner.told("Saved")
    learner.page.evaluate(KINDS, "refuses")
    field.fill("Page 2 is too long.")
    learner.button("Send comment").press("Enter")
    learner.page.clock.run_for(5000)
    status = learner.frame.get_by_role("main").get_by_role("status").last
    expect(status).to_contain_text("Your learning system does not take comments.")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    learner.press("Copy comment")
    expect(status).to_have_text("Copied")
    assert learner.frame.evaluate("navigator.clipboard.readText()") == "Page 2 is too long."


def test_a_comment_that_could_not_be_saved_stays(asked, expected: list[str]) -> None:
    host, learner = asked()
    learner.told("Saved")
    expected.append("503")
    learner.press(COMMENT)
    learner.at(COMMENT)
    host.down = True
    say(learner, "Page 2 is too long.")
    learner.page.clock.run_for(20_000)
    status = learner.frame.get_by_role("main").get_by_role("status").last
    expect(status).to_contain_text("Not sent yet.")
    expect(learner.frame.get_by_label("Your comment")).to_have_value("Page 2 is too long.")


def test_an_ended_visit_sends_no_comment_and_reports_it(asked, context) -> None:
    host, learner = asked()
    learner.told("Saved")
    learner.press(COMMENT)
    learner.at(COMMENT)
    context.new_page().goto(host.url())
    learner.told("Open in another window")
    learner.page.bring_to_front()
    say(learner, "Page 2 is too long.")
    status = learner.frame.get_by_role("main").get_by_role("status").last
    expect(status).to_contain_text("Nothing is recorded in this visit")
    assert sent(host, "cmi.comments") == []


def test_a_look_back_sends_nothing(asked) -> None:
    host, learner = asked(**{"cmi.core.lesson_mode": "review"})
    learner.press(COMMENT)
    learner.at(COMMENT)
    expect(learner.frame.get_by_text("a comment cannot be sent")).to_be_visible()
    assert learner.button("Send comment").count() == 0
    assert learner.button("Copy comment").count() == 1
    assert not {call.name for call in host.calls} & {"LMSSetValue", "LMSCommit"}


def test_a_course_that_does_not_ask_has_no_form(lms: Lms, launch) -> None:
    learner = launch(lms())
    assert learner.button(COMMENT).count() == 0
    assert learner.button("About this course").count() == 1
