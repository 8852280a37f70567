"""What trainees and teachers do with a course in an LMS, and what the LMS should hold then.

Each scenario is a row of ``make lms``. ``needs`` names what an LMS must not lack for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from playwright.sync_api import Route, expect

from builder.course import interface
from tests.browser.learner import Learner
from tests.lms.lms import Window
from tests.lms.play import (
    CHANGED,
    FILLED,
    FIRST,
    NEWER,
    QUIZ,
    READING,
    RECORDED,
    SPOKEN,
    TEST,
    TEST_OUT,
    TESTED,
    THIRD,
    Play,
    Wanted,
    answer_test,
    choose_language,
    fill,
    go,
    heading,
    practise,
    press,
    resume,
    show,
    spoken,
    take,
)
from tests.lms.simulated import Simulated
from tests.lms.walks import (
    walk_reviewed,
    walked_badly,
    walked_badly_then_well,
    walked_half_way_and_resumed,
    walked_well,
)
from tests.support import patience

WRONG = ("quiz--one", "b", "wrong")
RIGHT = ("quiz--one", "a", "correct")
PRACTISED = ("first--calm", "b", "correct")
ALL = ("first", "second", "third")
BOTH = ("first", "quiz")

STARTED = Wanted("incomplete")
SECOND_PAGE = Wanted("incomplete", place="second", visited=("first", "second"))
HALF_WAY = replace(SECOND_PAGE, answers=(PRACTISED,))
READ = Wanted("completed", place="third", visited=ALL)
PASSED = Wanted("passed", "100", "quiz", BOTH, (RIGHT,))
FINISHED = Wanted(
    "passed",
    "100",
    "quiz",
    ("first", "second", "quiz"),
    (PRACTISED, ("first--word", "fire", "correct"), RIGHT),
)
"""After ``SPOKEN``, done in its source language."""
FAILED_ONCE = Wanted("incomplete", "0", "quiz", BOTH, (WRONG,))


@dataclass(frozen=True, slots=True)
class Scenario:
    words: str
    play: Callable[[Play], None]
    needs: str = ""


def completed_by_pages(play: Play) -> None:
    play.upload(*READING)
    learner = play.open()
    go(learner, "Second")
    go(learner, "Third")
    learner.told("Saved")
    play.leave(learner)
    play.holds_soon(READ)


def passed(play: Play) -> None:
    pass_once(play, PASSED)


def failed_then_passed(play: Play) -> None:
    play.upload(*TESTED, attempts=2)
    learner = play.open()
    go(learner, "Quiz")
    take(learner, right=False)
    learner.told("Saved")
    take(learner, right=True, start="Try again")
    learner.told("Saved")
    play.leave(learner)
    play.holds_soon(replace(PASSED, answers=(WRONG, RIGHT)))


def failed_for_good(play: Play) -> None:
    fail_once(play, replace(FAILED_ONCE, status="failed"))


def half_way_and_resumed(play: Play) -> None:
    half_way(play)
    learner = play.open()
    expect(learner.frame.get_by_label("Option b")).to_be_checked()
    resume(learner, "Second")
    go(learner, "Third")
    learner.told("Saved")
    play.leave(learner)
    play.holds_soon(replace(READ, answers=(PRACTISED,)))


def half_way(play: Play) -> None:
    play.upload(*READING)
    learner = play.open()
    practise(learner)
    go(learner, "Second")
    learner.told("Saved")
    play.leave(learner)
    play.holds_soon(HALF_WAY)


def tab_killed(play: Play) -> None:
    """As soon as the course says that all is saved."""
    play.upload(*READING)
    learner = play.open()
    practise(learner)
    go(learner, "Second")
    learner.told("Saved")
    play.leave(learner, "kill")
    play.holds_soon(HALF_WAY)
    learner = play.open()
    expect(learner.frame.get_by_label("Option b")).to_be_checked()
    resume(learner, "Second")
    play.leave(learner)
    play.holds_soon(HALF_WAY)


def requests_failed(play: Play) -> None:
    """Those of the LMS alone: its pages and the package can be reached all the time."""
    play.upload(*READING)
    learner = play.open()
    learner.told("Saved")

    def cut(route: Route) -> None:
        request = route.request
        sends = request.method in ("POST", "PUT") and "/lms/calls" not in request.url
        route.abort() if sends else route.fallback()

    learner.page.route("**/*", cut)
    practise(learner)
    # Where nothing more is sent, that is seen only after a while.
    told = learner.frame.locator("#save-status")
    expect(told).to_have_text("Not saved", timeout=patience.MILLISECONDS * 4)
    learner.page.unroute("**/*", cut)
    play.leave(learner)
    # Of the time that did not reach it, some LMSs count none.
    play.accept_any_time()
    learner = play.open()
    go(learner, "Second")
    learner.told("Saved")
    play.leave(learner)
    play.holds_soon(HALF_WAY)


def window_closed(play: Play) -> None:
    """The course's own, which the LMS has opened."""
    closed(play, "popup")


def tab_closed(play: Play) -> None:
    """With the LMS and the course in it."""
    closed(play, "frame")


def closed(play: Play, window: Window) -> None:
    """Right after a page was turned, before anything was saved of it."""
    play.upload(*READING)
    learner = play.open(window)
    # The version of the course follows the state, in a batch of its own.
    play.holds(STARTED, timed=False)
    go(learner, "Second")
    play.leave(learner, "close")
    play.holds_late(SECOND_PAGE, STARTED)


def exit_button(play: Play) -> None:
    play.upload(*READING)
    learner = play.open()
    go(learner, "Second")
    play.leave(learner, "exit")
    play.holds(SECOND_PAGE)


def went_back_half_way(play: Play) -> None:
    """The LMS's page may be an old copy, of the time before there was anything."""
    keeps_its_page(play)
    play.upload(*READING)
    learner = play.open()
    practise(learner)
    go(learner, "Second")
    learner.told("Saved")
    learner = play.back(learner)
    learner.told("Saved")
    offered = learner.button("Resume")
    expect(learner.frame.locator("h1", has_text="Second").or_(offered).first).to_be_visible()
    if offered.is_visible():
        resume(learner, "Second")
    expect(learner.button("Next: Third")).to_be_visible()
    go(learner, "Third")
    learner.told("Saved")
    play.leave(learner)
    play.holds_soon(replace(READ, answers=(PRACTISED,)))


def went_back_after_passing(play: Play) -> None:
    keeps_its_page(play)
    play.upload(*TESTED)
    learner = play.open()
    go(learner, "Quiz")
    take(learner, right=True)
    learner.told("Saved")
    learner = play.back(learner)
    play.look_back(learner)
    play.holds_soon(PASSED)


def keeps_its_page(play: Play) -> None:
    """As browsers keep Moodle's."""
    if isinstance(play.lms, Simulated):
        play.lms.kept = True


def relaunched_after_completion(play: Play) -> None:
    pass_once(play, PASSED)
    learner = play.open()
    resume(learner, "Quiz")
    play.look_back(learner)
    play.holds(PASSED)


def reviewed(play: Play) -> None:
    """A visit that the LMS opens read-only: what is done in it leaves no trace."""
    pass_once(play, PASSED)
    visits = [*play.visits]
    learner = play.open(mode="review")
    practise(learner)
    go(learner, "Quiz")
    # The best score counts.
    take(learner, right=False, start="Try again", outcome="You passed")
    play.leave(learner)
    play.visits = visits
    play.holds(PASSED)


def pass_once(play: Play, wanted: Wanted, **tracking: Any) -> None:
    play.upload(*TESTED, **tracking)
    learner = play.open()
    go(learner, "Quiz")
    take(learner, right=True)
    learner.told("Saved")
    play.leave(learner)
    play.holds_soon(wanted)


def fail_once(play: Play, wanted: Wanted, attempts: int = 1, **tracking: Any) -> None:
    play.upload(*TESTED, attempts=attempts, **tracking)
    learner = play.open()
    go(learner, "Quiz")
    take(learner, right=False, outcome="You have not passed" if attempts == 1 else "")
    learner.told("Saved")
    play.leave(learner)
    play.holds_soon(wanted)


def judged_by_the_lms(play: Play) -> None:
    """Half-way there is nothing to judge; then the LMS comes to the course's own result."""
    fail_once(play, replace(FAILED_ONCE, untold=True), attempts=2, mastery=80)
    learner = play.open()
    resume(learner, "Quiz")
    take(learner, right=True, start="Try again")
    learner.told("Saved")
    play.leave(learner)
    play.holds_soon(replace(PASSED, answers=(WRONG, RIGHT)))


def failed_by_the_lms(play: Play) -> None:
    fail_once(play, replace(FAILED_ONCE, status="failed"), mastery=80)


def reported_as_completed(play: Play) -> None:
    pass_once(play, replace(PASSED, status="completed"), report="completed")


def told_no_score(play: Play) -> None:
    pass_once(play, replace(PASSED, untold=True), score=False)


def never_failed(play: Play) -> None:
    fail_once(play, FAILED_ONCE, failed="never")


def browsed(play: Play) -> None:
    play.upload(*TESTED)
    learner = play.open(mode="browse")
    go(learner, "Quiz")
    take(learner, right=True)
    play.leave(learner)
    play.holds_nothing()


def two_windows(play: Play) -> None:
    """The older window knows less: what it saves at its end takes nothing away."""
    play.upload(*READING)
    older = play.open()
    older.told("Saved")
    newer = play.open()
    newer.told("Saved")
    go(newer, "Second")
    newer.told("Saved")
    play.leave(newer)
    play.leave(older)
    play.accept_any_time()
    learner = play.open()
    resume(learner, "Second")
    play.leave(learner)
    play.holds_soon(SECOND_PAGE)


def replaced_half_way(play: Play) -> None:
    half_way(play)
    play.upload(NEWER, *READING[1:])
    learner = play.open()
    learner.see("Keep calm, and help.")
    expect(learner.frame.get_by_label("Option b")).to_be_checked()
    resume(learner, "Second")
    go(learner, "Third")
    learner.told("Saved")
    play.leave(learner)
    play.holds_soon(replace(READ, answers=(PRACTISED,)))


def replaced_after_passing(play: Play) -> None:
    pass_once(play, PASSED)
    play.upload(NEWER, QUIZ)
    learner = play.open()
    learner.see("Keep calm, and help.")
    resume(learner, "Quiz")
    play.look_back(learner)
    play.holds(PASSED)


def record_not_yet_filled(play: Play) -> None:
    play.upload(*RECORDED)
    learner = play.open()
    go(learner, "Quiz")
    take(learner, right=True)
    go(learner, "Record")
    learner.told("Saved")
    play.leave(learner)
    unfilled = Wanted("incomplete", "100", "record", (*BOTH, "record"), (RIGHT,))
    play.holds_soon(unfilled)
    learner = play.open()
    resume(learner, "Record")
    fill(learner)
    learner.told("Saved")
    play.leave(learner)
    play.holds_soon(replace(unfilled, status="passed", filled=True))


def record_reviewed(play: Play) -> None:
    """In a visit that the LMS opens read-only, the record and the result are those that it has."""
    play.upload(*RECORDED)
    learner = play.open()
    go(learner, "Quiz")
    take(learner, right=True)
    go(learner, "Record")
    fill(learner)
    learner.told("Saved")
    play.leave(learner)
    done = Wanted("passed", "100", "record", (*BOTH, "record"), (RIGHT,), filled=True)
    play.holds_soon(done)
    visits = [*play.visits]
    learner = play.open(mode="review")
    result = show_result(learner)
    learner.frame.evaluate("location.hash = '#/quiz'")
    learner.button("Try again").click()
    learner.frame.evaluate("location.hash = '#/record'")
    sheet = learner.frame.locator(".record-item")
    expect(sheet.locator("dd")).to_have_text([FILLED[1], "6 March 2026"])
    expect(sheet.locator("textarea, input, button")).to_have_count(0)
    assert show_result(learner) == result
    play.leave(learner)
    play.visits = visits
    play.holds(done)


def show_result(learner: Learner) -> str:
    """Open the view of the result, and return what its band says."""
    learner.frame.evaluate("location.hash = '#end'")
    learner.see("You passed · 100%")
    expect(learner.frame.locator(".counts")).to_have_text("1 right")
    return learner.frame.locator(".band").inner_text()


def in_one_language(play: Play) -> None:
    """What ``in_three_languages`` is compared with."""
    play.upload(*SPOKEN, languages=("pl", "ar"))
    learner = play.open()
    submit(learner, "calm", "[value=b]")
    submit(learner, "word", "[type=text]", "fire")
    go(learner, "Second")
    go(learner, "Quiz")
    take(learner, right=True)
    learner.told("Saved")
    play.leave(learner)
    play.holds_soon(FINISHED)


def in_three_languages(play: Play) -> None:
    """One result and one report: only the typed answer names its language."""
    play.upload(*SPOKEN, languages=("pl", "ar"))
    learner = play.open()
    submit(learner, "calm", "[value=b]")
    learner.told("Saved")
    choose_language(learner, "pl")
    submit(learner, "word", "[type=text]", "ogień")
    learner.frame.locator("#next").click()
    expect(heading(learner)).to_have_text("pl Second")
    learner.told(interface.texts("pl")["player.saved"])
    play.leave(learner)
    polish = ("first--word", "[pl] ogień", "correct")
    half = replace(SECOND_PAGE, answers=(PRACTISED, polish), language="pl")
    play.holds_soon(half)
    learner = play.open()
    spoken(learner, "pl")
    expect(learner.frame.locator(".answer [type=text]")).to_have_value("ogień")
    learner.frame.locator(".resume button").first.click()
    expect(heading(learner)).to_have_text("pl Second")
    choose_language(learner, "ar", "rtl")
    learner.frame.locator("#next").click()
    quiz = learner.frame.locator("[data-quiz]")
    quiz.get_by_role("button").click()
    quiz.locator("[value=a]").check()
    quiz.locator("[type=submit]").click()
    quiz.locator(".feedback button").click()
    passed = interface.texts("ar")["player.quiz.passed"]
    expect(quiz.get_by_role("heading", name=passed, exact=True)).to_be_visible()
    learner.told(interface.texts("ar")["player.saved"])
    play.leave(learner)
    answers = (PRACTISED, polish, RIGHT)
    play.holds_soon(replace(FINISHED, answers=answers, language="ar"))


KNOWN = (f"{TEST}--one", "a", "correct")
UNKNOWN = (f"{TEST}--one", "b", "wrong")
SHOWN = Wanted(
    "completed",
    place=TEST,
    visited=(TEST,),
    shown=ALL,
    answers=(KNOWN, (TEST, "first second third", "neutral")),
)
TEST_TITLE = "Show that you know it"
START_TEST = "Start (one question)"
PASSED_TEST = "You have shown that you know it"
NOT_PASSED = "Not enough this time"


def shown_by_test(play: Play) -> None:
    play.upload(*READING, test_out=TEST_OUT)
    learner = play.open()
    show(learner, True, START_TEST, PASSED_TEST)
    learner.told("Saved")
    play.leave(learner)
    play.holds_soon(SHOWN)


def test_out_half_way(play: Play) -> None:
    """An attempt counts as soon as it begins, and resumes where it stopped."""
    play.upload(*READING, test_out=TEST_OUT)
    learner = leave_within_test(play, play.open())
    answer_test(learner, True, PASSED_TEST)
    learner.told("Saved")
    play.leave(learner)
    play.holds_soon(SHOWN)


def leave_within_test(play: Play, learner: Learner) -> Learner:
    """Start the test-out on view, leave it at its question, and open the course again."""
    press(learner, START_TEST)
    expect(learner.frame.get_by_text("Question 1 of 1")).to_be_visible()
    learner.told("Saved")
    play.leave(learner)
    return play.open()


def test_out_not_passed(play: Play) -> None:
    """After the last try, here the only one, the pages are read."""
    play.upload(*READING, test_out=TEST_OUT)
    learner = play.open()
    show(learner, False, START_TEST, NOT_PASSED)
    learner.button("Read the pages").click()
    expect(heading(learner)).to_have_text("First")
    go(learner, "Second")
    go(learner, "Third")
    learner.told("Saved")
    play.leave(learner)
    play.holds_soon(replace(READ, visited=(TEST, *ALL), answers=(UNKNOWN,)))


def reviewed_after_test_out(play: Play) -> None:
    """A visit that the LMS opens read-only: what is read in it leaves no trace."""
    shown_by_test(play)
    visits = [*play.visits]
    learner = play.open(mode="review")
    learner.frame.get_by_role("link", name="First").or_(learner.button("Next: First")).first.click()
    learner.see(
        "You have passed a test about this page, so you do not have to read it. You can still "
        "read it."
    )
    play.leave(learner)
    play.visits = visits
    play.holds(SHOWN)


REFRESHED = Wanted(
    "completed",
    place=TEST,
    visited=(TEST, "second"),
    shown=("first", "third"),
    answers=(KNOWN, (TEST, "first third", "neutral")),
)


def refreshed(play: Play) -> None:
    """What is new is read, the rest is shown by a test."""
    learner = begin_refresher(play)
    show(learner, True, START_TEST, PASSED_TEST)
    finish_refresher(play, learner)


def refreshed_half_way(play: Play) -> None:
    """The test goes on where it was left."""
    learner = leave_within_test(play, begin_refresher(play))
    resume(learner, TEST_TITLE)
    answer_test(learner, True, PASSED_TEST)
    finish_refresher(play, learner)


def begin_refresher(play: Play) -> Learner:
    """Read the page that has changed, which comes first, and go to the test."""
    play.upload(FIRST, CHANGED, THIRD, test_out=TEST_OUT, since=READING)
    learner = play.open()
    expect(heading(learner)).to_have_text("Refresher")
    press(learner, "Start")
    expect(heading(learner)).to_have_text("Second")
    learner.see("This page has changed. New and changed text is marked.")
    go(learner, TEST_TITLE)
    return learner


def finish_refresher(play: Play, learner: Learner) -> None:
    learner.told("Saved")
    play.leave(learner)
    play.holds_soon(REFRESHED)


def submit(learner: Learner, question: str, field: str, text: str = "") -> None:
    """Give a right answer to a practice question in any language: check an option, or type."""
    form = learner.frame.locator(f"form[data-question={question}]")
    if text:
        form.locator(field).fill(text)
    else:
        form.locator(field).check()
    form.locator("[type=submit]").click()
    expect(form.locator(".feedback.correct")).to_be_visible()


SCENARIOS = {
    "pages": Scenario("complete by pages", completed_by_pages),
    "pass": Scenario("pass", passed),
    "fail-then-pass": Scenario("fail, then pass", failed_then_passed),
    "fail": Scenario("fail with no attempt left", failed_for_good),
    "half-way": Scenario("half-way and resume", half_way_and_resumed),
    "judged": Scenario("the LMS judges: fail, then pass", judged_by_the_lms),
    "judged-fail": Scenario("the LMS judges: fail", failed_by_the_lms),
    "completed": Scenario("pass, told as completed", reported_as_completed),
    "no-score": Scenario("pass, without a score", told_no_score),
    "never-failed": Scenario("nobody fails", never_failed),
    "kill": Scenario("kill the tab", tab_killed),
    "requests-fail": Scenario("the LMS's requests alone fail", requests_failed),
    "close-window": Scenario("close the window", window_closed, needs="popup"),
    "close-tab": Scenario("close the tab", tab_closed),
    "exit": Scenario("Exit button", exit_button),
    "back": Scenario("Back in the browser, half-way", went_back_half_way),
    "back-passed": Scenario("Back in the browser, after a pass", went_back_after_passing),
    "relaunch": Scenario("relaunch after completion", relaunched_after_completion),
    "review": Scenario("review", reviewed, needs="review"),
    "browse": Scenario("browse", browsed, needs="browse"),
    "two-windows": Scenario("two windows", two_windows),
    "replaced-half-way": Scenario("package replaced half-way", replaced_half_way, needs="replaced"),
    "replaced-after-passing": Scenario(
        "package replaced after passing", replaced_after_passing, needs="replaced"
    ),
    "record": Scenario("passed, the record not yet filled", record_not_yet_filled),
    "record-review": Scenario("review of a record", record_reviewed, needs="review"),
    "test-out": Scenario("shown by a test-out", shown_by_test),
    "test-out-half-way": Scenario("test-out half-way and resume", test_out_half_way),
    "test-out-read": Scenario("test-out not passed, then read", test_out_not_passed),
    "test-out-review": Scenario("review after a test-out", reviewed_after_test_out, needs="review"),
    "refresher": Scenario("a refresher, finished by its test", refreshed),
    "refresher-half-way": Scenario("a refresher half-way and resume", refreshed_half_way),
    "one-language": Scenario("pass in one of three languages", in_one_language),
    "languages": Scenario("English, then Polish, then Arabic", in_three_languages),
    "walk": Scenario("a scenario that ends well, then another way", walked_well),
    "walk-again": Scenario("a scenario that ends badly, then well", walked_badly_then_well),
    "walk-fail": Scenario("a scenario that ends badly, its first way counts", walked_badly),
    "walk-half-way": Scenario("a scenario half-way and resume", walked_half_way_and_resumed),
    "walk-review": Scenario("review of a scenario", walk_reviewed, needs="review"),
}
