"""The view of how the course went comes after the last page, and changes nothing."""

import re
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import expect

from builder.course import state
from builder.course.model import Lock, QuizRules
from tests.browser.conftest import Lms, Sco
from tests.browser.learner import Learner, sent
from tests.browser.odd_lms import holding
from tests.browser.player_course import SEVERAL
from tests.support.clocks import pass_until, stand_still
from tests.support.courses import item, question
from tests.support.courses import page as page_of

QUIZ = (question("one"), replace(SEVERAL, answer=SEVERAL.answer | {"credit": "partial"}))
PAGES: tuple[Any, ...] = (
    page_of("first", "Keep calm."),
    page_of("quiz", "Ready?", kind="quiz", quiz=QUIZ),
    page_of("record", "Fill in.", kind="record", record=(item("one"),)),
)
KEPT = ("Save and exit", "Exit")


def facts(learner: Learner) -> list[str]:
    return [one for one in learner.frame.locator(".band-facts > span").all_inner_texts() if one]


def buttons(learner: Learner) -> list[str]:
    return [
        words
        for words in learner.frame.locator("article .actions button").all_inner_texts()
        if words not in KEPT and not words.startswith("Back: ")
    ]


def take_quiz(learner: Learner) -> None:
    learner.press("Start")
    learner.choose("Option a")
    learner.press("Check")
    learner.press("Next question")
    learner.choose("Option a")
    learner.press("Check")
    learner.press("See your result")


def test_from_what_is_left_to_passed(lms: Lms, launch) -> None:
    host = lms(*PAGES, pass_mark=70)
    launch(host).page.clock.install(time="2026-11-25T09:05:07")
    learner = launch(host)
    learner.contents()
    learner.press("Your result")
    learner.at("You have not finished yet")
    assert learner.page.main_frame.url == host.url()
    assert facts(learner) == ["1 of 3 done"]
    todo = learner.frame.locator(".todo a")
    assert todo.all_inner_texts() == ["Quiz", "Record"]
    # One way is the one that matters: to what is still to do.
    # An empty record is to be filled in, not printed.
    assert buttons(learner) == ["Next: Quiz"]
    main = learner.frame.locator("article .actions button:not(.plain)")
    assert main.all_inner_texts() == ["Next: Quiz"]
    learner.press("Next: Quiz")
    learner.at("Quiz")
    take_quiz(learner)
    learner.frame.evaluate("location.hash = '#end'")
    learner.at("You have not finished yet")
    assert "Your score: 75%, enough to pass" in facts(learner)
    learner.go("Record")
    learner.fill("Answer", "I would ask.")
    learner.button("Today").click()
    # Less than the check of the line may take: it is answered by a server outside this clock.
    learner.page.clock.run_for(5_000)
    host.wait("cmi.core.lesson_status", "passed")
    learner.told("Saved")
    before = len(host.calls)
    learner.press("Next: Your result")
    learner.at("You passed · 75%")
    learner.see("Thank you. Your learning system has your result, and you can close the course.")
    learner.see("1 right, 1 partly right")
    assert facts(learner) == ["25 November 2026", "1 right, 1 partly right"]
    assert learner.frame.locator(".next-steps h3").all_inner_texts() == [
        "Print your record",
        "Have it signed",
        "Close the course",
    ]
    expect(learner.frame.locator("#contents")).to_be_hidden()
    assert buttons(learner) == ["Print record", "Look at my answers"]
    # Somebody still has to sign it.
    assert main.all_inner_texts() == ["Print record"]
    assert todo.count() == 0
    # It is not a page: nothing was written to the LMS.
    learner.page.clock.run_for(60_000)
    assert [call.args for call in host.calls[before:] if call.name == "LMSSetValue"] == []
    assert sent(host, "cmi.core.lesson_location")[-1] == "record"

    learner.frame.evaluate("window.print = () => { window.printed = document.title; }")
    learner.press("Print record")
    learner.at("Record")
    learner.frame.wait_for_function("() => window.printed")
    expect(learner.frame.locator("[data-sheet=completed]")).to_have_text("25 November 2026")
    expect(learner.frame.locator("[data-sheet=status]")).to_have_text(re.compile("^Passed"))


def test_a_record_is_printed_only_where_it_can_be_opened(lms: Lms, launch) -> None:
    first, quiz, record = PAGES
    locked = replace(record, lock=Lock(passed=("quiz",)))
    work = state.State(
        "AAAAAAAA",
        4,
        "incomplete",
        first.key,
        records={state.key("record", "one"): state.RecordState("2026-03-05", "Sam")},
    )
    given = {"cmi.suspend_data": state.encode(work)}
    learner = launch(lms(first, quiz, locked, attempts=1, given=given))
    learner.frame.evaluate("location.hash = '#end'")
    learner.at("You have not finished yet")
    assert buttons(learner) == ["Next: Quiz"]
    learner = launch(lms(first, quiz, record, attempts=1, given=given))
    learner.frame.evaluate("location.hash = '#end'")
    learner.at("You have not finished yet")
    assert buttons(learner) == ["Next: Quiz", "Print record"]


def test_finishing_on_an_earlier_page_leads_to_the_result(lms: Lms, launch, timed) -> None:
    last = page_of("last", "Read this.")
    host = lms(PAGES[1], last, pass_mark=50)
    learner = launch(host)
    way = learner.frame.locator("#pager").get_by_role("link", name="Your result")
    learner.go("Last")
    expect(learner.button("Next: Your result")).to_be_visible()
    expect(way).to_be_hidden()
    learner.press("Previous: Quiz")
    learner.at("Quiz")
    expect(way).to_be_hidden()
    take_quiz(learner)
    learner.page.clock.run_for(2_000)
    host.wait("cmi.core.lesson_status", "passed")
    expect(way).to_be_visible()
    learner.go("Last")
    expect(learner.button("Next: Your result")).to_be_visible()
    expect(way).to_be_hidden()
    learner.press("Previous: Quiz")
    way.click()
    learner.at("You passed · 75%")
    expect(way).to_be_hidden()


THERE = "Thank you. Your learning system has your result, and you can close the course."
SENT = (
    "Your result has been sent, but your learning system has not confirmed it. "
    "Please keep this window open a little longer."
)


PLACES = "all => all.map((one) => JSON.stringify(one.getBoundingClientRect()))"


def test_buttons_of_a_quiz_stay_while_it_is_saved(lms: Lms, launch, timed) -> None:
    learner = launch(lms(PAGES[1], pass_mark=80))
    take_quiz(learner)
    expect(learner.frame.locator(".band h2")).to_have_text("You have not passed yet · 75%")
    shown = learner.frame.locator("article button, article summary, #pager button")
    before = shown.evaluate_all(PLACES)
    line = learner.frame.locator(".band .saved")
    # As long as an LMS may take for a commit.
    pass_until(learner.page, lambda: line.text_content() == "Saved in your learning system")
    assert shown.evaluate_all(PLACES) == before


def test_buttons_stay_while_the_result_is_saved(lms: Lms, launch, timed) -> None:
    host = lms(PAGES[1], pass_mark=50)
    learner = launch(host)
    stand_still(learner.page)
    take_quiz(learner)
    learner.frame.evaluate("location.hash = '#end'")
    learner.at("You passed · 75%")
    line, words = learner.frame.locator(".saved"), learner.frame.locator(".saved-words")
    expect(words).to_have_text("")
    before = learner.frame.locator("article button, footer a").evaluate_all(PLACES)
    # As long as an LMS may take for a commit.
    pass_until(learner.page, lambda: line.text_content() == "Saved in your learning system")
    expect(words).to_have_text(THERE)
    assert learner.frame.locator("article button, footer a").evaluate_all(PLACES) == before
    learner.page.clock.resume()
    learner.press("Save and exit")
    # The result stays, and nothing at the side looks as if it could still be used.
    learner.exited()
    expect(learner.frame.locator(".band")).to_contain_text("You passed · 75%")
    expect(learner.frame.locator("#contents")).to_be_hidden()
    # The LMS launches it a second time.
    learner.press("Open the course again")
    again = learner.page.frame_locator("iframe[name=sco]")
    expect(again.get_by_role("heading", level=1)).to_have_text("Quiz")
    assert host.launches == 2


def test_the_result_is_there_only_where_that_is_known(sco: Sco, serve, page, timed) -> None:
    kept = state.State("AAAAAAAA", 4, "passed", "", score=100_00, reported=True)
    held = {"cmi.core.lesson_status": "passed", "cmi.suspend_data": state.encode(kept)}
    page.add_init_script(holding(held))
    page.goto(serve(sco(*PAGES)) + "/index.html#end")
    learner = Learner(page, page.main_frame)
    learner.at("You passed · 100%")
    # The LMS has said so at the launch; nothing was saved since.
    learner.see(THERE)
    page.evaluate("window.silent = true")
    learner.press("Back: First")
    learner.at("First")
    status = page.locator("#save-status")
    pass_until(page, lambda: status.text_content() == "Sent, not confirmed")
    learner.frame.evaluate("location.hash = '#end'")
    # The result is what the LMS has confirmed.
    learner.see(THERE)
    assert learner.frame.get_by_text(SENT).count() == 0


SPENT = (
    "You cannot pass this time. Ask your manager, or the person who "
    "asked you to take this course, whether you can have another attempt."
)
FINISH_THE_REST = "Still to do"


@pytest.mark.parametrize("failed", ["report", "never"])
def test_without_an_attempt_left_the_consequence_is_explained(
    lms: Lms, launch, timed, failed: str
) -> None:
    host = lms(*PAGES, attempts=1, failed=failed)
    learner = launch(host)
    learner.go("Quiz")
    take_quiz(learner)
    learner.frame.evaluate("location.hash = '#end'")
    learner.at("You have not passed · 75%")
    learner.see(SPENT)
    learner.see(FINISH_THE_REST)
    assert learner.frame.locator(".todo a").all_inner_texts() == ["Record"]
    learner.go("Record")
    learner.fill("Answer", "Sam")
    for part, digits in (("Day", "6"), ("Month", "3"), ("Year", "2026")):
        learner.fill(part, digits)
    learner.frame.evaluate("location.hash = '#end'")
    learner.at("You have not passed · 75%")
    learner.see(SPENT)
    assert learner.frame.get_by_text(FINISH_THE_REST).count() == 0
    learner.page.clock.run_for(2_000)
    host.wait("cmi.core.lesson_status", "failed" if failed == "report" else "incomplete")


def test_a_passed_quiz_says_if_another_part_has_failed(lms: Lms, launch) -> None:
    once = QuizRules(attempts=1)
    failing = page_of("failing", "Ready?", kind="quiz", quiz=(question("other"),), rules=once)
    quiz = page_of("quiz", "Ready?", kind="quiz", quiz=(question("one"),))
    learner = launch(lms(failing, quiz, attempts=0))
    for option, onward in (("Option b", "Next: Quiz"), ("Option a", "Your answers")):
        learner.press("Start")
        learner.choose(option)
        learner.press("Check")
        learner.press("See your result")
        expect(learner.frame.get_by_text(onward)).to_be_visible()
        if onward == "Next: Quiz":
            learner.press(onward)
    learner.see("You scored 100%.")
    learner.see("You have not passed")
    learner.see(SPENT)
    assert buttons(learner) == []


def test_in_review_it_shows_what_the_lms_holds(lms: Lms, launch) -> None:
    kept = state.State("AAAAAAAA", 4, "passed", "")
    host = lms(
        *PAGES,
        given={
            "cmi.core.lesson_mode": "review",
            "cmi.core.lesson_status": "passed",
            "cmi.core.score.raw": "81.58",
            "cmi.suspend_data": state.encode(kept),
        },
    )
    learner = launch(host)
    learner.frame.evaluate("location.hash = '#end'")
    learner.at("You passed · 82%")
    learner.see("This is what your learning system says.")
    assert facts(learner) == []
    assert learner.frame.locator(".todo").count() == 0


def test_practice_in_review_changes_no_statement_about_the_lms(lms: Lms, launch, timed) -> None:
    host = lms(*PAGES)
    learner = launch(host)
    learner.go("Quiz")
    take_quiz(learner)
    learner.saves()
    host.given = {"cmi.core.lesson_mode": "review"}
    learner = launch(host)

    def ending() -> list[str]:
        learner.frame.evaluate("location.hash = '#end'")
        learner.see("This is what your learning system says.")
        counts = learner.frame.locator(".counts")
        expect(counts).to_have_text("1 right, 1 partly right")
        return [str(facts(learner)[:2]), counts.inner_text(), *buttons(learner)]

    held = ending()
    assert held[0] == str(["1 of 3 done", "Your score: 75%"])
    # One attempt is only begun, another is finished, and a page is opened for the first time.
    for steps in (["Next question"], ["Next question", "See your result"]):
        learner.frame.evaluate("location.hash = '#/quiz'")
        learner.at("Quiz")
        learner.see("You have not passed yet")
        # The attempts that are left, and what they count, are those of a recorded visit.
        assert learner.frame.get_by_text("attempt").count() == 0
        learner.press("Try again")
        for onward in steps:
            learner.choose("Option b")
            learner.press("Check")
            learner.press(onward)
        learner.frame.evaluate("location.hash = '#/record'")
        learner.at("Record")
        assert ending() == held
    learner.press("Look at my answers")
    # The quiz has partial credit, so its mark and its score are points.
    learner.see("You scored 1.5 of 2 points.")


def test_in_review_a_quiz_can_be_practised_without_limit(lms: Lms, launch, timed) -> None:
    host = lms(*PAGES, attempts=1)
    learner = launch(host)
    learner.go("Quiz")
    take_quiz(learner)
    learner.saves()
    host.given = {"cmi.core.lesson_mode": "review"}
    learner = launch(host)
    for _ in range(2):
        learner.frame.evaluate("location.hash = '#/quiz'")
        learner.press("Try again")
        for onward in ("Next question", "See your result"):
            learner.choose("Option b")
            learner.press("Check")
            learner.press(onward)
    expect(learner.button("Try again")).to_be_visible()


@pytest.mark.parametrize(
    ("reported", "heading", "source"),
    [
        (True, "You passed · 75%", "This is what your learning system last confirmed."),
        (
            False,
            "Your result",
            "Your result is in your learning system.",
        ),
    ],
)
def test_in_review_of_an_lms_that_returns_nothing(
    sco: Sco, serve, page, reported: bool, heading: str, source: str
) -> None:
    kept = state.State("AAAAAAAA", 4, "passed", "", score=75_00, reported=reported)
    given = {"cmi.core.lesson_mode": "review", "cmi.suspend_data": state.encode(kept)}
    page.add_init_script(holding(given))
    page.goto(serve(sco(*PAGES)) + "/index.html#end")
    learner = Learner(page, page.main_frame)
    learner.at(heading)
    learner.see(source)
    assert learner.frame.locator(".todo").count() == 0


def test_without_an_lms(sco: Sco, serve, page) -> None:
    page.goto(serve(sco(*PAGES)) + "/index.html#end")
    learner = Learner(page, page.main_frame)
    learner.at("You have not finished yet")
    # There is nothing to print or copy so far.
    unsaved = page.get_by_text("Your result is not saved. Print or copy it now.")
    expect(page.locator("#save-status")).to_contain_text("nothing is recorded")
    assert unsaved.count() == 0
    assert buttons(learner) == ["Next: First"]
    page.evaluate("location.hash = '#/record'")
    learner.at("Record")
    learner.fill("Answer", "Sam")
    page.evaluate("location.hash = '#end'")
    learner.at("You have not finished yet")
    expect(unsaved).to_be_visible()
