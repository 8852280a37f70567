"""A later visit: the trainee chooses where to go on, and finds everything as it was."""

import pytest
from playwright.sync_api import expect

from builder.course import state
from tests.browser.conftest import Lms
from tests.browser.learner import Learner, sent

pytestmark = pytest.mark.usefixtures("timed")


@pytest.fixture
def returned(lms: Lms, launch, page):
    """A trainee who answered on the first two pages, left from the third and is back."""
    host = lms()
    learner = launch(host)
    learner.choose("Option a")
    learner.press("Check")
    learner.go("Second")
    learner.choose("Option a", "Option b")
    learner.press("Check")
    learner.go("Third")
    page.goto("about:blank")
    host.wait("cmi.core.lesson_location", "third")
    host.wait_for_call("LMSFinish")
    return host, launch(host)


def test_place_known_only_by_lms_stays_until_trainee_chooses(lms: Lms, launch) -> None:
    host = lms(given={"cmi.core.lesson_location": "third"})
    learner = launch(host)
    expect(learner.frame.get_by_role("heading", level=1)).to_have_text("First")
    learner.see("Last time you stopped at “Third”.")
    learner.saves()
    assert sent(host, "cmi.core.lesson_location") == []
    learner.press("Resume")
    learner.at("Third")
    assert learner.button("Resume").count() == 0


def test_all_is_as_it_was_and_nothing_moves_by_itself(returned) -> None:
    host, learner = returned
    expect(learner.frame.get_by_role("heading", level=1)).to_have_text("First")
    learner.see("Last time you stopped at “Third”.")
    # Nothing moves by itself.
    learner.saves()
    assert host.stored["cmi.core.lesson_location"] == "third"
    # An answered check has its feedback on demand.
    expect(learner.frame.get_by_label("Option a")).to_be_checked()
    expect(learner.frame.locator(".feedback")).to_be_hidden()
    learner.press("Show feedback")
    assert learner.focused() == ("h3", "Not right")
    learner.see("Because of a.")
    learner.go("Second")
    assert learner.button("Resume").count() == 0
    checked = [learner.frame.get_by_label(f"Option {letter}").is_checked() for letter in "abc"]
    assert checked == [True, True, False]
    learner.saves()
    host.wait("cmi.core.lesson_location", "second")


def test_start_again_asks_first(returned) -> None:
    host, learner = returned
    learner.press("Start again")
    assert learner.focused() == ("h2", "Start again?")
    learner.press("No, go back")
    assert learner.focused() == ("h2", "Welcome back")
    learner.press("Start again")
    learner.press("Yes, start again")
    learner.at("First")
    expect(learner.frame.get_by_label("Option a")).not_to_be_checked()
    learner.saves()
    host.wait("cmi.core.lesson_location", "first")
    kept = state.decode(host.stored["cmi.suspend_data"])
    assert kept is not None
    assert kept.visited == {state.key("page", "first")}
    assert kept.checks == {}


def test_a_quiz_resumes_and_its_last_answer_counts(lms: Lms, launch, page) -> None:
    host = lms()
    learner: Learner = launch(host)
    for title in ("Second", "Third", "Quiz"):
        learner.go(title)
    learner.press("Start")
    learner.choose("Option a")
    learner.press("Check")
    learner.saves()
    page.goto("about:blank")
    host.wait_for_call("LMSFinish")
    learner = launch(host)
    learner.press("Resume")
    learner.at("Quiz")
    learner.see("Question 2 of 3")
    learner.choose("Option a", "Option c")
    learner.press("Check")
    learner.press("Next question")
    learner.choose("True")
    learner.press("Check")
    # Also if the result is never looked at in this visit.
    page.goto("about:blank")
    host.wait("cmi.core.score.raw", "100")
    learner = launch(host)
    learner.press("Resume")
    learner.see("You scored 4 of 4 points.")


def test_state_is_restored_whatever_the_lms_returns_for_entry(lms: Lms, launch) -> None:
    kept = state.State("AAAAAAAA", 4, "incomplete", state.key("page", "third"))
    for entry in ("", "ab-initio"):
        host = lms(given={"cmi.core.entry": entry, "cmi.suspend_data": state.encode(kept)})
        learner = launch(host)
        learner.see("Last time you stopped at “Third”.")


def test_unreadable_state_is_reported_and_counts_nothing(lms: Lms, launch) -> None:
    for location in ("", "third"):
        given = {"cmi.suspend_data": "1!damaged", "cmi.core.lesson_location": location}
        host = lms(given=given)
        learner = launch(host)
        learner.see(
            "Your saved progress could not be read, so no page or question counts as done. "
            "Please tell the person who looks after your learning system."
        )
        # The place may be known all the same.
        place = learner.frame.get_by_text("Last time you stopped at “Third”.")
        expect(place).to_have_count(1 if location else 0)
        learner.saves()
        kept = state.decode(host.stored["cmi.suspend_data"])
        assert kept is not None
        assert kept.visited == {state.key("page", "first")}


def test_an_lms_that_has_only_the_place_is_reported(lms: Lms, launch) -> None:
    words = (
        "Your learning system has kept where you stopped, but not which pages and questions you "
        "have done. Please tell the person who looks after it."
    )
    # Without progress, or with that of another course, nothing of this one is known.
    for given, told in (
        ({"cmi.core.lesson_location": "third"}, [words]),
        ({}, []),
        ({"cmi.core.lesson_location": "2-1", "cmi.core.lesson_status": "incomplete"}, []),
    ):
        learner = launch(lms(given=given))
        learner.saves()
        expect(learner.frame.locator("[data-notice=state]")).to_have_text(told)


def test_what_the_lms_lost_is_written_again(lms: Lms, launch) -> None:
    quiz = state.QuizState(1, 9000, False, {})
    kept = state.State("AAAAAAAA", 4, "passed", "", quizzes={state.key("page", "quiz"): quiz})
    host = lms(given={"cmi.suspend_data": state.encode(kept)})
    launch(host).saves()
    assert host.stored["cmi.core.lesson_status"] == "passed"
    assert host.stored["cmi.core.score.raw"] == "90"


@pytest.mark.parametrize("mode", ["review", "browse"])
def test_looking_back_writes_and_offers_nothing(lms: Lms, launch, page, mode: str) -> None:
    kept = state.State("AAAAAAAA", 4, "passed", state.key("page", "third"))
    given = {"cmi.suspend_data": state.encode(kept), "cmi.core.lesson_mode": mode}
    host = lms(given=given)
    learner = launch(host)
    learner.told("Nothing is recorded")
    learner.see("Nothing is recorded during this visit.")
    for words in ("Resume", "Start again"):
        expect(learner.button(words)).to_have_count(0)
    expect(learner.frame.get_by_text("Welcome back")).to_have_count(0)
    # The place is no promise, so that it is still told.
    learner.press("Last time you stopped at “Third”.")
    learner.at("Third")
    expect(learner.frame.locator("[data-notice=mode]")).to_be_visible()
    learner.press("Previous: Second")
    learner.at("Second")
    learner.choose("Option a")
    learner.press("Check")
    page.clock.run_for(2_000)
    page.goto("about:blank")
    assert {call.name for call in host.calls} == {"LMSInitialize", "LMSGetValue"} | {
        call.name for call in host.calls if call.name.startswith(("LMSGetE", "LMSGetL"))
    }
