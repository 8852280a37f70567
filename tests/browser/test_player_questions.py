"""Questions tell what is missing and why an answer is right, and focus follows."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Lms, Sco
from tests.browser.learner import Learner
from tests.browser.player_course import write_sco
from tests.support.courses import page as page_of
from tests.support.courses import question


@pytest.fixture
def learner(sco: Sco, serve, page) -> Learner:
    page.goto(serve(sco()) + "/index.html")
    return Learner(page, page.main_frame).started()


def test_practice_from_an_empty_answer_to_the_right_one(learner: Learner) -> None:
    page = learner.page
    # An empty answer is asked for.
    learner.press("Check")
    summary = learner.frame.get_by_role("group", name="There is a problem")
    expect(summary).to_be_focused()
    assert page.title() == "Error: First – First aid"
    first = learner.frame.get_by_label("Option a")
    feedback = learner.frame.locator(".feedback")
    expect(first).to_have_attribute("aria-invalid", "true")
    expect(first).to_have_accessible_description("Choose an answer")
    learner.press("Choose an answer")
    expect(first).to_be_focused()
    learner.choose("Option a")
    learner.press("Check")
    assert learner.focused() == ("h3", "Not right")
    assert page.title() == "First – First aid"
    assert summary.count() == 0
    expect(first).not_to_have_attribute("aria-invalid", "true")
    # Feedback gives the reasons.
    for words in ("Because of a.", "Calm helps."):
        learner.see(words)
    # The words of the page are the right answer, which is shown after the second wrong one.
    assert learner.frame.get_by_text("The course says:").count() == 0
    # To try again clears the question and goes to its first control.
    learner.press("Try again")
    assert learner.focused() == ("input", "Option a")
    expect(first).not_to_be_checked()
    expect(feedback).to_be_hidden()
    learner.choose("Option c")
    learner.press("Check")
    learner.see("The course says: Keep calm")
    assert learner.frame.get_by_text("Because of b.").count() == 0
    learner.press("Read again: First")
    passage = learner.frame.locator(".passage")
    expect(passage).to_contain_text("Keep calm.")
    expect(passage.get_by_role("link", name="Go to “First”")).to_be_visible()
    # Another choice takes the old feedback away.
    learner.choose("Option b")
    expect(learner.frame.get_by_label("Option b")).to_be_checked()
    expect(feedback).to_be_hidden()
    # An answer is taken once.
    learner.frame.evaluate(
        """() => {
          window.shown = 0;
          const feedback = document.querySelector(".feedback");
          const watch = new MutationObserver(() => { shown += 1; });
          watch.observe(feedback, { attributeFilter: ["class"] });
        }"""
    )
    page.keyboard.press("Enter")
    assert learner.focused() == ("h3", "Right")
    assert learner.frame.evaluate("shown") == 1


def test_a_frame_that_may_not_submit_forms(sco: Sco, serve, page) -> None:
    page.goto(serve(sco()) + "/index.html")
    page.set_content(
        '<iframe name="sco" sandbox="allow-scripts allow-same-origin" src="index.html"></iframe>'
    )
    learner = Learner.in_frame(page)
    learner.press("Check")
    expect(learner.frame.get_by_role("group", name="There is a problem")).to_be_focused()
    learner.choose("Option b")
    page.keyboard.press("Enter")
    assert learner.focused() == ("h3", "Right")


def test_a_question_may_have_any_name(serve, page, tmp_path) -> None:
    names = ("dataset", "prepend")
    body = "\n\n".join(f"::: check {name}" for name in names)
    asked = page_of("first", f"{body}\n", checks=tuple(question(name, "b") for name in names))
    folder = write_sco(tmp_path, asked)
    index = folder / "index.html"
    # As a course's own template may name its controls.
    html = index.read_text("utf-8")
    for name in names:
        html = html.replace(f'name="q-{name}"', f'name="{name}"')
    index.write_text(html)
    page.goto(serve(folder) + "/index.html")
    learner = Learner(page, page.main_frame).started()
    for _ in names:
        learner.press("Check")
        expect(learner.frame.get_by_role("group", name="There is a problem")).to_be_focused()
        learner.choose("Option b")
        learner.press("Check")
        assert learner.focused() == ("h3", "Right")


def test_the_last_try_has_its_own_time(lms: Lms, page, timed) -> None:
    host = lms()
    page.clock.set_fixed_time("2026-11-25T09:05:07")
    page.goto(host.url())
    learner = Learner.in_frame(page)
    learner.choose("Option a")
    learner.press("Check")
    learner.press("Try again")
    page.clock.set_fixed_time("2026-11-25T09:15:07")
    learner.choose("Option b")
    learner.press("Check")
    page.clock.set_fixed_time("2026-11-25T09:35:07")
    learner.go("Second")
    page.clock.run_for(2_000)
    host.wait("cmi.interactions.2.result", "correct")
    times = [host.stored[f"cmi.interactions.{index}.time"] for index in (1, 2)]
    assert times == ["09:05:07", "09:15:07"]


def test_a_wrong_choice_is_never_partly_right_without_credit(learner: Learner) -> None:
    learner.go("Second")
    learner.choose("Option a", "Option b")
    learner.press("Check")
    assert learner.focused() == ("h3", "Not right")


def test_several_answers_are_all_needed(learner: Learner) -> None:
    learner.go("Second")
    expect(learner.frame.get_by_role("group")).to_have_accessible_name(
        "Prompt of several? Select all that apply."
    )
    learner.choose("Option a")
    learner.press("Check")
    assert learner.focused() == ("h3", "Partly right")
    expect(learner.frame.locator(".feedback")).to_have_class("feedback partly")
    learner.see("Right so far. Choose at least one more.")
    learner.press("Try again")
    # What was right is still chosen.
    learner.choose("Option c")
    learner.press("Check")
    assert learner.focused() == ("h3", "Right")


def test_answers_that_count_are_fixed_and_reviewed_in_the_result(learner: Learner) -> None:
    for title in ("Second", "Third", "Quiz"):
        learner.go(title)
    learner.see("This quiz has 3 questions, one at a time.")
    learner.see("You need 4 of 4 points to pass.")
    learner.see("You have 2 attempts. Your best score counts.")
    learner.press("Start")
    learner.press("Check")
    expect(learner.frame.get_by_role("group", name="There is a problem")).to_be_focused()
    learner.choose("Option b")
    learner.press("Check")
    assert learner.focused() == ("h3", "Not right")
    # It cannot be changed.
    learner.see("Your answer: not right")
    assert learner.frame.locator("#main input, #main [type=submit]").count() == 0
    for option in ("Option b", "False"):
        learner.press("Next question")
        learner.choose(option)
        learner.press("Check")
    learner.press("See your result")
    learner.see("You have one more attempt. Your best score counts.")
    learner.see("You have not passed yet")
    learner.see("Next time you answer all the questions again.")
    review = learner.frame.locator(".reviewed")
    assert review.locator("> summary").all_inner_texts() == [
        "1. Prompt of one?\nNot right",
        "2. Prompt of several?\nNot right",
        "3. Prompt of statement?\nNot right",
    ]
    for summary in review.locator("> summary").all():
        summary.click()
    assert review.first.get_by_role("listitem").all_inner_texts() == [
        "Option a\nRight",
        "Option b\nYour answer: not right",
        "Option c",
    ]
    learner.press("Try again")
    learner.answer_quiz()
    learner.see("You passed")
    learner.see("You scored 4 of 4 points.")
    learner.see("3 right.")
    # Nobody needs an attempt after the best possible result.
    assert learner.frame.get_by_text("No attempts are left.").count() == 0
