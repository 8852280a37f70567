"""The whole course by the keyboard, and what the LMS has afterwards."""

from builder.course import state
from tests.browser.conftest import Lms, Sco
from tests.browser.learner import Learner, sent
from tests.browser.player_course import PAGES


def test_whole_course_by_keyboard(lms: Lms, launch, page, timed) -> None:
    host = lms()
    learner: Learner = launch(host)
    learner.saves()
    assert host.stored["cmi.core.lesson_status"] == "incomplete"

    learner.choose("Option b")
    learner.press("Check")
    assert learner.focused() == ("h3", "Right")
    learner.go("Second")
    learner.go("Third")
    learner.go("Quiz")
    learner.press("Start")
    learner.answer_quiz()
    assert learner.focused() == ("h2", "You passed · 100%")
    learner.see("You scored 4 of 4 points.")
    learner.see("You passed")
    learner.saves()
    host.wait("cmi.core.score.raw", "100")
    assert host.stored["cmi.core.lesson_status"] == "incomplete"

    # A score is never lowered.
    learner.press("Try again")
    learner.answer_quiz(right=False)
    learner.see("You scored 0 of 4 points.")
    learner.see("Your best score is 100%.")
    learner.see("No attempts are left.")
    learner.saves()
    assert sent(host, "cmi.core.score.raw") == ["100"]
    assert sent(host, "cmi.core.lesson_status") == ["incomplete"]

    learner.go("Record")
    for item in range(2):
        learner.fill("Answer", f"I asked my manager ({item}).")
        learner.fill("Day", "25")
        learner.fill("Month", "11")
        learner.fill("Year", "2026")
    learner.press("Previous: Quiz")
    learner.at("Quiz")
    learner.saves()
    host.wait("cmi.core.lesson_status", "passed")
    page.keyboard.press("Shift+Tab")
    learner.frame.get_by_role("button", name="Save and exit").focus()
    page.keyboard.press("Enter")
    learner.at("You can go back to your learning system")

    assert [call.error for call in host.calls if call.error != "0"] == []
    assert host.calls[-1].name == "LMSFinish"
    assert host.stored["cmi.core.score.min"] == "0"
    assert host.stored["cmi.core.score.max"] == "100"
    assert host.stored["cmi.core.exit"] == "suspend"
    assert host.stored["cmi.core.lesson_location"] == "quiz"
    kept = state.decode(host.stored["cmi.suspend_data"])
    assert kept is not None
    assert kept.status == "passed"
    assert kept.bookmark == state.key("page", "quiz")
    assert set(kept.visited) == {
        state.key("page", name) for name in ("first", "second", "third", "quiz", "record")
    }
    assert kept.checks == {state.key("question", "calm"): state.CheckState(1, True, "b")}
    assert kept.quizzes[state.key("page", "quiz")].best == 10000
    assert kept.records[state.key("record", "two")] == state.RecordState(
        "2026-11-25", "I asked my manager (1)."
    )


def test_interactions_reach_the_lms(lms: Lms, launch, timed) -> None:
    host = lms()
    learner = launch(host)
    for option in ("Option a", "Option c", "Option b"):
        learner.choose(option)
        learner.press("Check")
        if option != "Option b":
            learner.press("Try again")
    learner.go("Second")
    learner.choose("Option a", "Option c")
    learner.press("Check")
    learner.go("Third")
    learner.saves()
    host.wait("cmi.interactions.3.result", "correct")
    names = ("id", "type", "correct_responses.0.pattern", "student_response", "result")
    told = [
        tuple(host.stored.get(f"cmi.interactions.{index}.{name}", "") for name in names)
        for index in range(4)
    ]
    assert told == [
        ("version-0", "fill-in", "", "1.2.0", "neutral"),
        ("first--calm", "choice", "b", "a", "wrong"),
        ("first--calm", "choice", "b", "b", "correct"),
        ("second--several", "choice", "{a,c}", "a,c", "correct"),
    ]
    assert host.stored["cmi.interactions.1.weighting"] == "1"


def test_failing_last_attempt_reports_failed_status(lms: Lms, launch, timed) -> None:
    host = lms(*PAGES[:1], PAGES[3], attempts=1)
    learner = launch(host)
    learner.go("Quiz")
    learner.see("You have one attempt.")
    learner.press("Start")
    learner.answer_quiz(right=False)
    learner.see("You have not passed")
    learner.see("You need 4 of 4 points.")
    learner.saves()
    host.wait("cmi.core.lesson_status", "failed")
    assert host.stored["cmi.core.score.raw"] == "0"
    assert learner.button("Try again").count() == 0


def test_without_an_lms(sco: Sco, serve, page) -> None:
    page.goto(serve(sco()) + "/index.html")
    learner = Learner(page, page.main_frame).started()
    walk_without_an_lms(learner)


def test_from_disk(sco: Sco, page) -> None:
    page.goto((sco() / "index.html").as_uri())
    learner = Learner(page, page.main_frame).started()
    walk_without_an_lms(learner)


def walk_without_an_lms(learner: Learner) -> None:
    learner.told("No learning system found: nothing is recorded")
    assert learner.button("Save and exit").count() == 0
    learner.choose("Option b")
    learner.press("Check")
    for title in ("Second", "Third", "Quiz"):
        learner.go(title)
    learner.press("Start")
    learner.answer_quiz()
    learner.see("You passed")
    learner.told("No learning system found: nothing is recorded")
