"""Locked pages: why, in words, wherever a trainee meets one; and that they open
(facts/accessibility.md)."""

from dataclasses import replace

from playwright.sync_api import expect

from builder.course import state
from builder.course.model import Lock
from tests.browser.conftest import Lms
from tests.browser.player_course import PAGES

FIRST, SECOND, THIRD, QUIZ, RECORD = PAGES
LOCKED = (
    FIRST,
    replace(SECOND, lock=Lock(pages=("third",))),
    THIRD,
    QUIZ,
    replace(RECORD, lock=Lock(pages=("second",), passed=("quiz",))),
)
WAITS = "Not available yet: finish “Third” first"
BOTH = "Not available yet: finish “Second” and pass “Quiz” first"


def test_the_way_through_a_course_with_locks(lms: Lms, launch) -> None:
    learner = launch(lms(*LOCKED))
    ahead = learner.frame.locator("#locked-next")
    # Next passes over what is locked and says so.
    expect(ahead).to_have_text(f"Second {WAITS}")
    learner.contents()
    entry = learner.frame.locator("#contents a").nth(1)
    expect(entry).to_have_text(f"Second {WAITS}")
    expect(entry).not_to_have_attribute("href", "#/second")
    assert "Second" not in [link.inner_text() for link in learner.frame.get_by_role("link").all()]
    learner.press("Third Not started 2 min")
    learner.at("Third")
    # It has opened: what was visited is enough for this lock.
    expect(ahead).to_have_count(0)
    learner.press("Previous: Second")
    learner.at("Second")
    learner.go("Third")
    learner.go("Quiz")
    expect(ahead).to_have_text("Record Not available yet: pass “Quiz” first")
    expect(learner.frame.locator("#next")).to_be_hidden()
    learner.press("Start")
    learner.answer_quiz()
    expect(ahead).to_have_count(0)
    learner.go("Record")


def test_a_locked_page_and_a_result_show_what_comes_first(lms: Lms, launch, timed) -> None:
    host = lms(*LOCKED)
    learner = launch(host)
    learner.frame.evaluate("location.hash = '#/record'")
    learner.at("Record")
    learner.see(BOTH)
    learner.see("Page 5 of 5")
    assert learner.frame.title() == "Record – First aid"
    # Second is locked itself, so that no link leads there.
    assert learner.frame.locator("main li").all_inner_texts() == [f"Second\n{WAITS}", "Quiz"]
    learner.see("Do this first")
    learner.press("Quiz")
    learner.at("Quiz")
    learner.saves()
    host.wait("cmi.core.lesson_location", "quiz")
    kept = state.decode(host.stored["cmi.suspend_data"])
    assert kept is not None
    assert state.key("page", "record") not in kept.visited
    # The list after a quiz shows locked pages, below the result by page.
    learner.press("Start")
    learner.answer_quiz(right=False)
    left = learner.frame.locator(".todo").last.locator("li")
    expect(left.nth(0)).to_have_text(f"Second – {WAITS}")
    expect(left.nth(1)).to_have_text("Third – Not started")
    expect(left.nth(2)).to_have_text(f"Record – {BOTH}")
    assert [link.inner_text() for link in left.get_by_role("link").all()] == ["Third"]


def test_what_was_visited_stays_open(lms: Lms, launch) -> None:
    record, second = state.key("page", "record"), state.key("page", "second")
    kept = state.State("AAAAAAAA", 4, "incomplete", record, visited=(record,))
    learner = launch(lms(*LOCKED, given={"cmi.suspend_data": state.encode(kept)}))
    learner.press("Resume")
    learner.at("Record")
    finished = replace(kept, status="passed", bookmark=second, visited=())
    learner = launch(lms(*LOCKED, given={"cmi.suspend_data": state.encode(finished)}))
    expect(learner.frame.locator("#locked-next")).to_have_count(0)
    learner.press("Resume")
    learner.at("Second")


def test_what_can_open_no_more_asks_for_nothing(lms: Lms, launch, timed) -> None:
    pages = (FIRST, QUIZ, replace(RECORD, lock=Lock(passed=("quiz",))))
    learner = launch(host := lms(*pages, attempts=1))
    learner.go("Quiz")
    learner.press("Start")
    learner.answer_quiz(right=False)
    shut = "Not available: no attempts are left at “Quiz”"
    expect(learner.frame.locator("#locked-next")).to_have_text(f"Record {shut}")
    # The LMS gives another attempt at the course only after a final status.
    learner.saves()
    host.wait("cmi.core.lesson_status", "failed")
    learner.frame.evaluate("location.hash = '#/record'")
    learner.at("Record")
    learner.see(shut)
    expect(learner.frame.locator("main a")).to_have_count(0)
