"""An author edits the course, builds it again, and a trainee who has begun comes back."""

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from builder.course import state
from builder.course.keys import former, key
from tests.browser.learner import Learner
from tests.browser.player_course import PAGES, PRACTICE, QUIZ, write_sco
from tests.browser.revisions import revised
from tests.lms.scorm_again import ScormAgain, scorm_again
from tests.support.courses import page as make_page
from tests.support.courses import question

FIRST, SECOND, THIRD, QUIZ_PAGE, RECORD = PAGES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "sco"


@pytest.fixture
def host(folder: Path, servers) -> ScormAgain:
    """An LMS with the small course, whose package can be replaced."""
    write_sco(folder)
    return servers.enter_context(scorm_again(folder))


def visit(page: Page, host: ScormAgain) -> Learner:
    page.goto(host.url())
    return Learner.in_frame(page)


def leave(page: Page, host: ScormAgain) -> None:
    page.goto("about:blank")
    host.wait_for_call("LMSFinish")


@pytest.mark.usefixtures("timed")
def test_a_new_revision_is_read_and_answered_again(page: Page, folder: Path, host) -> None:
    learner = visit(page, host)
    learner.choose("Option b")
    learner.press("Check")
    learner.go("Second")
    learner.go("Third")
    learner.saves()
    leave(page, host)

    practice = revised(PRACTICE)
    first = replace(FIRST, checks=(practice,))
    write_sco(folder, first, revised(SECOND), THIRD, QUIZ_PAGE, RECORD)
    learner = visit(page, host)
    notice = learner.frame.locator("[data-notice=course]")
    expect(notice).to_contain_text(
        "This course has changed since your last visit. What you have done still counts."
    )
    expect(notice.get_by_role("link")).to_have_text(["Second"])
    learner.see("This question has changed since you answered it. Please answer it again.")
    expect(learner.frame.locator("form input:checked")).to_have_count(0)
    learner.contents()
    statuses = learner.frame.locator(".contents-status")
    expect(statuses).to_have_text(["Visited", "Changed", "Visited", "Not started", "Not started"])
    page.keyboard.press("Escape")
    notice.get_by_role("link").click()
    learner.at("Second")
    learner.see("This page has changed since you read it. Please read it again.")
    learner.contents()
    expect(statuses.nth(1)).to_have_text("In progress")
    page.keyboard.press("Escape")

    # Who has read the notice can close it.
    notice.get_by_role("button", name="Close").press("Enter")
    expect(notice).to_have_count(0)
    learner.at("Second")
    leave(page, host)

    # Read again, it is as any other page; and nothing is said twice.
    learner = visit(page, host)
    expect(learner.frame.locator("[data-notice=course]")).to_have_count(0)
    learner.contents()
    expect(learner.frame.locator(".contents-status").nth(1)).to_have_text("Visited")


def test_changed_page_says_so_before_outline_loads(page: Page, folder: Path, host) -> None:
    visit(page, host).told("Saved")
    leave(page, host)

    write_sco(folder, revised(FIRST), SECOND, THIRD, QUIZ_PAGE, RECORD)
    learner = visit(page, host)
    changed = "This page has changed since you read it. Please read it again."
    learner.see(changed)
    learner.go("Second")
    learner.press("Previous: First")
    learner.at("First")
    expect(learner.frame.locator("main").get_by_text(changed)).to_have_count(0)


@pytest.mark.usefixtures("timed")
def test_what_is_renamed_keeps_its_progress(page: Page, folder: Path, host) -> None:
    learner = visit(page, host)
    learner.choose("Option b")
    learner.press("Check")
    learner.go("Second")
    learner.saves()
    leave(page, host)

    practice = replace(
        PRACTICE,
        id="peace",
        key=key("question", "peace"),
        former=former("question", "peace", 1, ["calm"]),
    )
    first = make_page("first", "Keep calm.\n\n::: check peace\n", checks=(practice,))
    second = replace(
        make_page("other", "Words."), title="Other", former=former("page", "other", 1, ["second"])
    )
    write_sco(folder, first, second, THIRD, QUIZ_PAGE, RECORD)
    learner = visit(page, host)
    expect(learner.frame.get_by_role("radio", name="Option b")).to_be_checked()
    learner.see("Last time you stopped at “Other”.")
    learner.see("This course has changed since your last visit. What you have done still counts.")
    expect(learner.frame.locator("[data-notice=course] a")).to_have_count(0)
    learner.contents()
    expect(learner.frame.locator(".contents-status").nth(1)).to_have_text("Visited")


def test_a_finished_course_stays_finished_and_shows_new_pages(
    page: Page, folder: Path, host
) -> None:
    keys = [one.key for one in PAGES]
    kept = state.State(
        "AAAAAAAA",
        9,
        "passed",
        keys[0],
        9000,
        "x9",
        visited=frozenset(keys),
        quizzes={QUIZ_PAGE.key: state.QuizState(1, 9000, False, {})},
    )
    host.stored["cmi.suspend_data"] = state.encode(kept)
    host.stored["cmi.core.lesson_status"] = "passed"
    host.stored["cmi.core.score.raw"] = "90"

    new = make_page("fourth", "New words.\n\n::: check more\n", checks=(question("more"),))
    quiz = replace(QUIZ_PAGE, quiz=(*QUIZ, question("more")))
    write_sco(folder, FIRST, SECOND, THIRD, new, revised(quiz), RECORD)
    learner = visit(page, host)
    notice = learner.frame.locator("[data-notice=course]")
    expect(notice.get_by_role("link")).to_have_text(["Fourth", "Quiz"])
    notice.get_by_role("link", name="Quiz").click()
    learner.see("This quiz has changed since you took it. Please take it again.")
    expect(learner.frame.locator("article .notice")).to_have_count(1)
    learner.told("Saved")
    learner.press("Start")
    leave(page, host)
    assert host.stored["cmi.core.lesson_status"] == "passed"
    assert host.stored["cmi.core.score.raw"] == "90"


def test_a_page_added_later_is_never_shown_as_done(page: Page, folder: Path, host) -> None:
    done = state.State(
        "AAAAAAAA",
        9,
        "passed",
        "",
        9000,
        "x9",
        visited=frozenset({FIRST.key, QUIZ_PAGE.key}),
        quizzes={QUIZ_PAGE.key: state.QuizState(1, 9000, False, {})},
    )
    host.stored["cmi.suspend_data"] = state.encode(done)
    host.stored["cmi.core.lesson_status"] = "passed"
    host.stored["cmi.core.score.raw"] = "90"
    all_done = "Every part of this course is done."
    write_sco(folder, FIRST, QUIZ_PAGE, pages="none")
    learner = visit(page, host)
    learner.go("Quiz")
    learner.see(all_done)
    leave(page, host)

    write_sco(folder, FIRST, make_page("fourth", "New words."), QUIZ_PAGE, pages="none")
    learner = visit(page, host)
    learner.contents()
    statuses = learner.frame.locator(".contents-status")
    expect(statuses).to_have_text(["Visited", "Not started", "Passed"])
    learner.press("Quiz Passed")
    learner.at("Quiz")
    learner.see(
        "Everything that counts in this course is done. “Contents” shows what you have not read."
    )
    assert learner.frame.get_by_text(all_done).count() == 0
    learner.press("Previous: Fourth")
    learner.at("Fourth")
    learner.go("Quiz")
    learner.see(all_done)
