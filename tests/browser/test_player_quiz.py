"""Quizzes that draw, shuffle, keep feedback back, and ask again."""

from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import expect

from builder.course.model import Draw, QuizRules
from tests.browser.conftest import Lms, Sco
from tests.browser.learner import Learner
from tests.browser.player_course import with_reasons
from tests.support.courses import page as page_of
from tests.support.courses import question

POOL = tuple(
    replace(with_reasons(question(f"drawn-{number}", "a")), shuffle=True) for number in range(6)
)


# What is drawn and shuffled for a trainee depends on a random id.
SAME_TRAINEE = "crypto.getRandomValues = (bytes) => bytes.fill(7)"


def quiz_page(name: str = "quiz", **rules: Any) -> Any:
    made = QuizRules(draws=(Draw(3, POOL),), **rules)
    return page_of(name, "Ready?", kind="quiz", quiz=POOL, rules=made)


FIRST = page_of("first", "Keep calm.")


def asked(learner: Learner) -> tuple[str, list[str]]:
    """The question on view, and its options in their order."""
    form = learner.frame.locator("form.question")
    options = form.locator(".option label").all_inner_texts()
    return form.get_attribute("data-question") or "", options


def answer(learner: Learner, option: str, submit: str = "Check") -> str:
    name, _ = asked(learner)
    learner.choose(option)
    learner.press(submit)
    return name


def test_a_trainees_own_questions_in_their_own_order(sco: Sco, serve, page) -> None:
    rules = {"shuffle_questions": True, "shuffle_options": True, "feedback": "at-end"}
    page.goto(serve(sco(FIRST, quiz_page(**rules))) + "/index.html")
    learner = Learner(page, page.main_frame).started()
    learner.go("Quiz")
    learner.see("This quiz has 3 questions, one at a time.")
    learner.see("After the last question you see which answers were right, and why.")
    learner.press("Start")
    seen = []
    for number in range(1, 4):
        assert learner.focused() == ("p", f"Question {number} of 3")
        assert page.title() == f"Question {number} of 3 – Quiz – First aid"
        assert page.url.endswith(f"#/quiz/question-{number}")
        # Only the question is there, and one way on.
        expect(learner.frame.get_by_text("Ready?")).to_be_hidden()
        expect(learner.frame.locator("#pager")).to_be_hidden()
        name, options = asked(learner)
        assert sorted(options) == ["Option a", "Option b", "Option c"]
        seen.append(name)
        # Nothing tells how it went before the end.
        learner.choose("Option a" if number < 3 else "Option b")
        learner.press("Save and continue")
        if number < 3:
            assert learner.frame.locator("#main").get_by_text("Right").count() == 0
    assert len(set(seen)) == 3
    assert learner.focused() == ("h2", "Check your answers")
    assert page.title() == "Check your answers – Quiz – First aid"
    assert page.url.endswith("#/quiz/answers")
    expect(learner.frame.locator("#pager")).to_be_hidden()
    learner.press("Submit answers")
    assert learner.focused() == ("h2", "You have not passed yet · 67%")
    # The heading has the score: it is not said again.
    expect(learner.frame.get_by_text("You scored")).to_have_count(0)
    learner.see("2 right, 1 not right.")
    rows = learner.frame.locator(".reviewed > summary")
    assert rows.all_inner_texts() == [
        f"{at + 1}. Prompt of {name}?\n{'Right' if at < 2 else 'Not right'}"
        for at, name in enumerate(seen)
    ]
    assert page.title() == "Your result – Quiz – First aid"
    assert page.url.endswith("#/quiz/result")
    # Folded, whether they are right or not.
    expect(learner.frame.locator(".reviewed[open]")).to_have_count(0)
    rows.nth(2).click()
    learner.press("Read again: First")
    learner.press("Go to “First”")
    # The rows of the result quote the same words.
    expect(rows).to_have_count(0)
    expect(learner.frame.get_by_text("Keep calm.", exact=True)).to_be_focused()


def test_question_order_survives_reload_and_differs_next_attempt(
    lms: Lms, launch, page, timed
) -> None:
    page.add_init_script(SAME_TRAINEE)
    host = lms(FIRST, quiz_page(shuffle_questions=True, shuffle_options=True), attempts=0)
    learner = launch(host)
    learner.go("Quiz")
    learner.press("Start")
    orders = []
    for _ in range(2):
        first = asked(learner)
        answer(learner, "Option a")
        learner.press("Next question")
        second = asked(learner)
        learner.saves()
        learner = launch(host)
        learner.press("Resume")
        learner.at("Quiz")
        learner.see("Question 2 of 3")
        assert asked(learner) == second
        answer(learner, "Option a")
        learner.press("Next question")
        answer(learner, "Option a")
        learner.press("See your result")
        orders.append((first, second))
        learner.press("Try again")
    assert orders[0] != orders[1]


def test_retake_asks_only_wrong_questions_and_keeps_last_score(lms: Lms, launch, timed) -> None:
    rules = {"retake": "wrong", "keep": "last", "pass_mark": 60, "attempts": 4}
    host = lms(FIRST, quiz_page(**rules), pages="none")
    learner = launch(host)
    learner.go("Quiz")
    learner.see("You have 4 attempts. Your last score counts.")
    learner.press("Start")
    right = [answer(learner, "Option a")]
    learner.press("Next question")
    wrong = [answer(learner, "Option b")]
    learner.press("Next question")
    wrong.append(answer(learner, "Option c"))
    learner.press("See your result")
    learner.see("You have not passed yet · 33%")
    learner.see("1 right, 2 not right.")
    learner.see("You need 2 of 3.")
    learner.see("Next time you only answer the 2 that were not right.")
    learner.press("Try again")
    assert learner.focused() == ("p", "Question 2 of 3")
    again = [answer(learner, "Option a")]
    learner.press("Next question")
    again.append(answer(learner, "Option a"))
    learner.press("See your result")
    assert sorted(again) == sorted(wrong)
    assert right[0] not in again
    learner.see("3 right.")
    # With full marks no retake is described, although attempts are left.
    learner.see("You passed · 100%")
    expect(learner.frame.get_by_text("Next time")).to_have_count(0)
    expect(learner.button("Try again")).to_have_count(0)
    learner.saves()
    host.wait("cmi.core.lesson_status", "passed")
    assert host.stored["cmi.core.score.raw"] == "100"


def test_a_score_that_goes_down_takes_no_status_away(lms: Lms, launch, timed) -> None:
    host = lms(FIRST, quiz_page(keep="last", feedback="never", attempts=0), pages="none")
    learner = launch(host)
    learner.go("Quiz")
    learner.see("After the last question you see your score, but not which answers were right.")
    learner.press("Start")
    for _ in range(3):
        answer(learner, "Option a", "Save and continue")
    learner.press("Submit answers")
    learner.see("You passed · 100%")
    learner.saves()
    host.wait("cmi.core.lesson_status", "passed")
    assert learner.frame.get_by_text("as often as you like").count() == 1
    # With full marks no retake is described.
    assert learner.frame.get_by_text("Next time").count() == 0
    learner.press("Try again")
    names = [answer(learner, "Option b", "Save and continue") for _ in range(3)]
    learner.press("Submit answers")
    learner.see("You have not passed yet · 0%")
    learner.saves()
    host.wait("cmi.core.score.raw", "0")
    assert host.stored["cmi.core.lesson_status"] == "passed"
    # What was given is there to read, without a word on what was right.
    assert learner.frame.get_by_role("table").count() == 0
    review = learner.frame.locator(".review")
    assert review.locator("h3").all_inner_texts() == [
        f"{at}. Prompt of {name}?" for at, name in enumerate(names, 1)
    ]
    review.locator("summary").first.click()
    learner.see("Your answer: Option b")
    assert learner.frame.locator("#main").get_by_text("Not right").count() == 0


def test_answers_can_be_changed_until_they_are_submitted(lms: Lms, launch, timed) -> None:
    host = lms(FIRST, quiz_page(feedback="at-end"), pages="none")
    learner = launch(host)
    learner.go("Quiz")
    learner.press("Start")
    names = [answer(learner, option, "Save and continue") for option in ("Option b",) * 3]
    rows = learner.frame.locator(".answers-to-check > li")
    assert rows.all_inner_texts() == [
        f"{at}. Prompt of {name}?\n\nOption b\n\nChange\nanswer {at}"
        for at, name in enumerate(names, 1)
    ]
    # Leaving here loses nothing, and ends nothing.
    learner.saves()
    assert host.stored["cmi.core.lesson_status"] == "incomplete"
    learner = launch(host)
    learner.press("Resume")
    learner.see("Check your answers")
    for number in (1, 2, 3):
        learner.press(f"Change answer {number}")
        assert learner.focused() == ("p", f"Question {number} of 3")
        assert asked(learner)[0] == names[number - 1]
        expect(learner.frame.get_by_label("Option b")).to_be_checked()
        # The third is looked at and left as it is.
        learner.choose("Option a" if number < 3 else "Option b")
        learner.press("Save and continue")
        assert learner.focused() == ("h2", "Check your answers")
    learner.press("Submit answers")
    learner.see("2 right, 1 not right.")
    learner.saves()
    host.wait("cmi.core.score.raw", "66.67")
    given = [value for name, value in host.stored.items() if name.endswith(".student_response")]
    assert given == ["1.2.0", "b", "b", "b", "1.2.0", "a", "a"]


def about(name: str, page: str) -> Any:
    return replace(question(name, "a"), source=page)


def test_quiz_result_by_page_links_to_pages_to_reread(lms: Lms, launch) -> None:
    second = page_of("second", "Stay there.")
    asks = (about("one", "first"), about("two", "first"), about("three", "second"))
    quiz = page_of("quiz", "Ready?", kind="quiz", quiz=asks)
    last = page_of("last", "Goodbye.")
    learner = launch(lms(FIRST, second, quiz, last, pages="none", attempts=0))
    learner.go("Second")
    learner.go("Quiz")
    learner.press("Start")
    for option, onward in (
        ("Option a", "Next question"),
        ("Option b", "Next question"),
        ("Option a", "See your result"),
    ):
        answer(learner, option)
        learner.press(onward)
    learner.see("You have not passed yet")
    expect(learner.frame.get_by_text("Ready?")).to_be_hidden()
    pages = learner.frame.locator("section", has=learner.frame.get_by_text("What to read again"))
    assert pages.get_by_role("listitem").all_inner_texts() == ["First – 1 of 2 right"]
    assert pages.get_by_role("link").first.get_attribute("href") == "#/first"
    learner.press("Try again")
    for onward in ("Next question", "Next question", "See your result"):
        answer(learner, "Option a")
        learner.press(onward)
    # After a pass the next page comes first, without the introduction; the answers are folded.
    assert learner.focused() == ("h2", "You passed · 100%")
    expect(learner.frame.get_by_text("Ready?")).to_be_hidden()
    assert learner.frame.locator(".outcome button").all_inner_texts() == ["Next: Last"]
    expect(pages).to_have_count(0)
    expect(learner.frame.get_by_role("heading", name="Prompt of one")).to_be_hidden()
    expect(learner.button("Next: Last")).to_have_count(1)
    learner.press("Next: Last")
    learner.at("Last")


def test_a_page_to_read_again_leads_back_to_the_quiz(lms: Lms, launch) -> None:
    second = page_of("second", "Stay there.")
    asks = (with_reasons(question("one", "a")), about("two", "second"))
    quiz = page_of("quiz", "Ready?", kind="quiz", quiz=asks)
    learner = launch(lms(FIRST, second, quiz, page_of("last", "Goodbye."), attempts=0))
    back = learner.frame.locator("#pager").get_by_role("link", name="Back: Quiz")
    learner.go("Second")
    learner.go("Quiz")
    learner.press("Start")
    answer(learner, "Option b")
    # Also in the middle of the quiz.
    learner.press("Read again: First")
    learner.press("Go to “First”")
    passage = learner.frame.locator("#p-1")
    expect(passage).to_be_focused()
    back.click()
    learner.see("Question 2 of 2")
    answer(learner, "Option b")
    learner.press("See your result")
    read = learner.frame.locator("section", has=learner.frame.get_by_text("What to read again"))
    read.get_by_role("link", name="First").click()
    expect(passage).to_be_focused()
    expect(back).to_be_visible()
    # Next leads to the quiz from here.
    learner.press("Next: Second")
    learner.at("Second")
    expect(back).to_be_hidden()
    learner.press("Previous: First")
    learner.at("First")
    back.click()
    learner.at("Quiz")
    learner.see("You have not passed yet")
    expect(learner.button("Try again")).to_be_visible()
    # Only a link out of the quiz needs a way back.
    learner.frame.evaluate("location.hash = '#/first'")
    learner.at("First")
    expect(back).to_be_hidden()


def test_options_that_must_stay_in_order_do(sco: Sco, serve, page) -> None:
    names = ["stays", *(f"turns-{number}" for number in range(5))]
    asks = tuple(replace(question(name), shuffle=name != "stays") for name in names)
    made = page_of("quiz", "Ready?", kind="quiz", quiz=asks, rules=QuizRules(shuffle_options=True))
    page.add_init_script(SAME_TRAINEE)
    page.goto(serve(sco(made)) + "/index.html")
    learner = Learner(page, page.main_frame).started()
    learner.press("Start")
    orders = {}
    for number in range(6):
        name, orders[name] = asked(learner)
        answer(learner, "Option a")
        learner.press("Next question" if number < 5 else "See your result")
    written = ["Option a", "Option b", "Option c"]
    assert orders.pop("stays") == written
    assert any(order != written for order in orders.values())


@pytest.mark.parametrize("marks", [(None, None), (100, None)])
def test_quiz_with_its_own_pass_mark_is_judged_alone(
    lms: Lms, launch, timed, marks: tuple[int | None, ...]
) -> None:
    one = page_of("one", kind="quiz", quiz=(question("a1"),), rules=QuizRules(pass_mark=marks[0]))
    two = page_of(
        "two", kind="quiz", quiz=(question("b1"), question("b2")), rules=QuizRules(weight=3)
    )
    host = lms(one, two, pages="none", pass_mark=50, attempts=1)
    learner = launch(host)
    learner.press("Start")
    answer(learner, "Option b")
    learner.press("See your result")
    learner.go("Two")
    learner.press("Start")
    answer(learner, "Option a")
    learner.press("Next question")
    answer(learner, "Option a")
    learner.press("See your result")
    learner.saves()
    host.wait("cmi.core.score.raw", "75")
    if marks[0]:
        learner.see("You passed")
        host.wait("cmi.core.lesson_status", "failed")
        learner.contents()
        statuses = learner.frame.locator(".contents-status")
        expect(statuses).to_have_text(["Not passed yet", "Passed"])
    else:
        learner.see("You passed")
        learner.see("Your score for all parts together is 75%.")
        host.wait("cmi.core.lesson_status", "passed")


def test_every_part_is_done_only_after_all_quizzes_pass(sco: Sco, serve, page) -> None:
    own = page_of("own", kind="quiz", quiz=(question("a1"),), rules=QuizRules(pass_mark=50))
    others = [page_of(name, kind="quiz", quiz=(question(f"{name}-1"),)) for name in ("one", "two")]
    page.goto(serve(sco(*others, own, attempts=0)) + "/index.html")
    learner = Learner(page, page.main_frame).started()

    def take(button: str, option: str) -> None:
        learner.press(button)
        answer(learner, option)
        learner.press("See your result")

    take("Start", "Option b")
    learner.go("Two")
    take("Start", "Option a")
    expect(learner.frame.locator(".outcome h2")).to_have_text("Your result")
    learner.see("Your score for all parts together is 50%.")
    learner.see("You need 80%.")
    learner.go("Own")
    take("Start", "Option a")
    learner.see("You passed")
    done = learner.frame.get_by_text("Every part of this course is done.")
    assert done.count() == 0
    assert learner.frame.locator(".todo li").all_inner_texts() == ["One – 0%"]
    for title in ("Two", "One"):
        learner.press(f"Previous: {title}")
        learner.at(title)
    take("Try again", "Option a")
    expect(done).to_be_visible()
