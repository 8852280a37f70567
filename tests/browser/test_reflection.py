"""A reflection by the keyboard: counted, kept from the first words on, private where it says so."""

from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Page, expect

from builder.course import state
from tests.browser.learner import Learner, refused
from tests.browser.question_course import write_questions
from tests.lms.scorm_again import scorm_again
from tests.lms.simulated import Simulated, simulated
from tests.support.clocks import stand_still

QUESTIONS = """
- id: first-step
  type: reflection
  report: fill-in
  limit: 60
  prompt: What would you do first?
  explanation: The course says who to talk to.
- id: feeling
  type: reflection
  keep: none
  prompt: How do you feel about it?
- {id: sure, type: true-false, prompt: Nobody marks what I write., answer: yes}
"""
FIRST, FEELING = "What would you do first?", "How do you feel about it?"


def test_reflection_in_review_promises_no_saving(
    tmp_path: Path, page: Page, servers: ExitStack
) -> None:
    folder = write_questions(tmp_path, QUESTIONS, "first-step", "feeling", "sure")
    host = servers.enter_context(scorm_again(folder, given={"cmi.core.lesson_mode": "review"}))
    page.goto(host.url())
    learner = Learner.in_frame(page)
    field = learner.frame.get_by_label(FIRST)
    expect(field).to_have_accessible_description(
        "What you write is not saved. You lose it when you close the course. "
        "About 54 characters left"
    )
    assert learner.frame.locator(".question [type=submit]").all_inner_texts() == [
        "Done",
        "Done",
        "True",
        "False",
    ]
    assert learner.frame.locator("main").get_by_text("is saved").count() == 0


def visit(page: Page, host: Simulated) -> Learner:
    page.goto(host.url())
    return Learner.in_frame(page)


def test_a_reflection(tmp_path: Path, page: Page, servers: ExitStack) -> None:
    folder = write_questions(tmp_path, QUESTIONS, "first-step", "feeling", "sure")
    host = servers.enter_context(simulated(folder))
    page.clock.install(time="2026-11-25T09:05:07")
    learner = visit(page, host)
    field = learner.frame.get_by_label(FIRST)
    expect(field).to_have_accessible_description(
        "What you write is saved in the learning system and appears in its reports, where "
        "administrators and managers could read it. "
        "About 54 characters left"
    )

    learner.press("Save answer")
    expect(learner.frame.get_by_role("group", name="There is a problem")).to_be_focused()
    learner.press("Write your answer")
    expect(field).to_be_focused()

    # The count follows each letter; it is spoken when typing pauses.
    stand_still(page)
    count, spoken = learner.frame.locator(".written").first.locator(".count, [role=status]").all()
    page.keyboard.insert_text("I would talk to my lead.\n")
    expect(count).to_have_text("About 30 characters left")
    expect(spoken).to_be_empty()
    page.clock.run_for(1000)
    expect(spoken).to_have_text("About 30 characters left")
    page.clock.resume()
    learner.saves()

    # Typed, not answered: it is there at the next visit all the same.
    learner = visit(page, host)
    field = learner.frame.get_by_label(FIRST)
    expect(field).to_have_value("I would talk to my lead.")
    assert "cmi.interactions.2.id" not in host.values
    learner.tab_to(FIRST)
    page.keyboard.press("Control+End")
    page.keyboard.insert_text("\n{At once}, and I would write down what I saw and heard.")
    learner.press("Save answer")
    learner.press("Shorten your answer")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("I would talk\n{to my lead}")
    learner.press("Save answer")
    assert learner.focused() == ("h3", "Thank you for your answer.")
    learner.see("The course says who to talk to.")
    page.clock.run_for(2_000)
    host.wait("cmi.interactions.2.student_response", "I would talk (to my lead)")
    assert host.values["cmi.interactions.2.type"] == "fill-in"
    assert host.values["cmi.interactions.2.result"] == "neutral"

    learner = visit(page, host)
    expect(learner.frame.get_by_label(FIRST)).to_have_value("I would talk\n{to my lead}")

    learner.go("Quiz")
    learner.press("Start")
    learner.fill(FIRST, "I would ask.")
    learner.press("Save answer")
    learner.see("Your answer: I would ask.")
    learner.press("Next question")
    learner.fill(FEELING, "Unsure")
    learner.press("Done")
    learner.see("Your answer: not kept")
    learner.press("Next question")
    learner.choose("True")
    learner.press("Check")
    learner.press("See your result")
    answers = learner.frame.locator(".reviewed > summary + p")
    assert answers.all_text_contents() == ["Your answer: I would ask.", "Your answer: not kept"]
    assert refused(host) == []


def test_a_private_reflection_leaves_no_word(
    tmp_path: Path, page: Page, servers: ExitStack
) -> None:
    folder = write_questions(tmp_path, QUESTIONS, "feeling", "sure")
    host = servers.enter_context(scorm_again(folder))
    page.clock.install(time="2026-11-25T09:05:07")
    learner = visit(page, host)
    expect(learner.frame.get_by_label(FEELING)).to_have_accessible_description(
        "What you write is neither saved nor sent. You lose it when you leave this page. "
        "About 450 characters left"
    )
    learner.fill(FEELING, "Unsure")
    page.clock.run_for(1000)
    learner.press("Done")
    assert learner.focused() == ("h3", "Thank you for your answer.")
    learner.go("Quiz")
    learner.press("Previous: Practice")
    learner.at("Practice")
    expect(learner.frame.get_by_label(FEELING)).to_have_value("")
    learner.saves()
    assert "Unsure" not in str(host.calls)
    assert not [name for name in host.values if name.startswith("cmi.interactions.1.")]


def test_stored_words_of_private_reflection_are_removed(
    tmp_path: Path, page: Page, servers: ExitStack
) -> None:
    """Also those of a quiz that nobody opens."""
    first, feeling, quiz = (
        state.key("question", "first-step"),
        state.key("question", "feeling"),
        state.key("page", "quiz"),
    )
    kept = state.State(
        "AAAAAAAA",
        4,
        "incomplete",
        "",
        checks={
            first: state.CheckState(1, True, "Ask Sam."),
            feeling: state.CheckState(2, True, "Tired."),
        },
        quizzes={quiz: state.QuizState(1, None, True, {feeling: "Sad.", first: "Ask Ann."})},
    )
    folder = write_questions(tmp_path, QUESTIONS, "first-step", "feeling", "sure")
    given = {"cmi.suspend_data": state.encode(kept)}
    host = servers.enter_context(simulated(folder, given=given))
    learner = visit(page, host)

    def answers() -> list[str]:
        there = state.decode(host.stored().state or "")
        given = (there.checks[key].response for key in (first, feeling)) if there else ()
        return [*given, *(there.quizzes[quiz].answers.values() if there else ())]

    wanted = ["Ask Sam.", "x", "Ask Ann.", "x"]
    assert host.server.wait(lambda: sorted(answers()) == sorted(wanted)), answers()
    learner.told("Saved")
