"""A scenario: one scene at a time, by keyboard; the first decisions are recorded."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from builder.course.state import CheckState, QuizState, State, encode, key
from builder.package.plan import plan
from tests.browser.conftest import Lms
from tests.browser.learner import Learner, refused, saved, sent
from tests.browser.player_course import small_course, unpacked
from tests.browser.scenario_course import in_language, pages
from tests.lms.scorm_again import ScormAgain, scorm_again
from tests.support.courses import translated

pytestmark = pytest.mark.usefixtures("timed")
WALK = key("page", "walk")
Launch = Callable[[ScormAgain], Learner]
FREE = "It does not count towards your result. "
FIRST = "Your first decision in each scene is recorded, and you can try other ways later."
REPEAT = "When you decide again in a scene, your first decision stays recorded."
REPLACES = (
    "When you decide again in a scene, your new decision counts for your score. Reports show your "
    "first one."
)
ANY = "You can try as many ways as you like. Your best score counts."
SIGN = "(it) => getComputedStyle(it, '::before').content"
PRACTICE = "Further ways are practice and do not change your score."


def scene(name: str) -> str:
    return key("scene", f"walk/{name}")


def reported(host: ScormAgain) -> list[tuple[str, str, str]]:
    """The decisions that the LMS has: id, choice, result."""
    found: dict[str, dict[str, str]] = {}
    for element, value in host.stored.items():
        parts = element.split(".")
        if parts[:2] == ["cmi", "interactions"] and parts[2].isdigit():
            found.setdefault(parts[2], {})[".".join(parts[3:])] = value
    rows = [found[at] for at in sorted(found, key=int) if found[at]["id"].startswith("walk--")]
    assert {row["type"] for row in rows} == {"choice"}
    return [(row["id"], row["student_response"], row["result"]) for row in rows]


def scene_on_view(learner: Learner) -> Locator:
    return learner.frame.locator(".scene:visible")


def at_scene(learner: Learner, title: str) -> None:
    """This scene alone is on view, and its heading has the focus."""
    heading = learner.frame.get_by_role("heading", level=2)
    expect(heading).to_have_count(1)
    expect(heading).to_be_focused()
    assert heading.evaluate("(it) => it.innerText") == title
    assert learner.frame.title() == f"{title} – A call on Friday – First aid"


def decide(learner: Learner, words: str, feedback: str, then: str) -> None:
    """Make a choice, read the feedback, and go to the next scene."""
    learner.press(words)
    assert learner.focused() == ("h3", "Your decision")
    expect(scene_on_view(learner).locator(".walk-words")).to_have_text(words)
    expect(learner.frame.locator(".walk-feedback")).to_contain_text(feedback)
    learner.press("Next")
    at_scene(learner, then)


def background(learner: Learner, what: str) -> str:
    shown: str = learner.frame.locator(what).evaluate("(it) => getComputedStyle(it).background")
    return shown


def in_a_later_visit(host: ScormAgain, launch: Launch, page: Page) -> Learner:
    """The scenario in the next visit, after this one was left without a word."""
    page.goto("about:blank")
    host.wait_for_call("LMSFinish")
    learner = launch(host)
    learner.press("Resume")
    learner.at("A call on Friday")
    return learner


@pytest.fixture
def walking(lms: Lms, launch: Launch) -> Callable[..., tuple[ScormAgain, Learner]]:
    """A trainee on the page of the scenario."""

    def walk(**rules: Any) -> tuple[ScormAgain, Learner]:
        host = lms(*pages(**rules))
        learner = launch(host)
        learner.go("A call on Friday")
        return host, learner

    return walk


def test_a_walk_by_keyboard(walking: Callable[..., tuple[ScormAgain, Learner]]) -> None:
    host, learner = walking()
    expect(learner.frame.locator(".scene")).to_have_count(6)
    learner.see("It is four o'clock.")
    learner.see(FREE + FIRST)
    choices = scene_on_view(learner).get_by_role("list", name="What do you do?")
    expect(choices.get_by_role("button")).to_have_text(
        ["Promise it", "Say whom you have to tell", "Hang up"]
    )
    expect(learner.button("Back")).to_be_hidden()
    decide(learner, "Promise it", "You cannot promise that.", "A promise")
    # One way onward: neither the pager nor the introduction.
    expect(learner.frame.locator("#pager")).to_be_hidden()
    expect(learner.frame.get_by_text("It is four o'clock.")).to_be_hidden()
    # Open for a phone, too.
    path = learner.frame.locator(".walk-path li")
    expect(path).to_have_text(["The call: Promise it", "A promise: You are here"])
    expect(path.last).to_be_visible()
    expect(path.last).to_have_attribute("aria-current", "step")
    decide(learner, "Keep it", "Nobody else knows.", "Alone")
    learner.see("Poor ending")
    # After a poor ending, another way is the main thing to do.
    expect(learner.button("Try another way")).not_to_have_class("plain")
    assert background(learner, "#walk-again") != background(learner, "#next")
    steps = learner.frame.locator(".walk-steps li")
    expect(steps).to_have_text(
        ["The call: Promise it – Poor decision", "A promise: Keep it – Poor decision"]
    )
    expect(learner.frame.locator("#pager")).to_be_visible()
    learner.go("Last")
    learner.saves()
    host.wait("cmi.core.lesson_status", "completed")
    assert reported(host) == [("walk--call", "a", "wrong"), ("walk--promise", "a", "wrong")]
    assert sent(host, "cmi.core.score.raw") == []
    assert refused(host) == []
    state = saved(host)
    assert state.checks == {
        scene("call"): CheckState(1, False, "a"),
        scene("promise"): CheckState(1, False, "a"),
        scene("alone"): CheckState(1, False, ""),
    }
    walked = {scene("call"): "a", scene("promise"): "a"}
    assert state.quizzes == {WALK: QuizState(1, 0, False, walked)}


def test_a_decision_shows_its_quality_only_if_the_author_wants_it(
    walking: Callable[..., tuple[ScormAgain, Learner]],
) -> None:
    host, learner = walking(reveal=True)
    told = scene_on_view(learner).locator(".walk-feedback")
    learner.press("Promise it")
    expect(told.locator(".walk-quality.poor")).to_have_text("Poor decision")
    assert told.locator(".walk-quality").evaluate(SIGN) == '"○ " / ""'
    learner.press("Next")
    # Not in the list of the way so far: an ending has it.
    expect(scene_on_view(learner).locator(".walk-quality")).to_have_count(0)
    learner.press("Take it back")
    expect(told.locator(".walk-quality.good")).to_have_text("Good decision")
    learner.press("Next")
    learner.press("Hang up")
    learner.see("Acceptable ending")
    assert refused(host) == []


def test_a_decision_keeps_its_quality_to_the_ending_by_default(
    walking: Callable[..., tuple[ScormAgain, Learner]],
) -> None:
    _, learner = walking()
    learner.press("Promise it")
    expect(learner.frame.locator(".walk-feedback")).to_be_visible()
    expect(learner.frame.locator(".walk-quality")).to_have_count(0)


def test_another_way_and_back_leave_what_was_recorded(
    walking: Callable[..., tuple[ScormAgain, Learner]],
) -> None:
    host, learner = walking()
    # Without feedback, the next scene follows at once.
    learner.press("Hang up")
    at_scene(learner, "Monday")
    learner.see("Acceptable ending")
    expect(learner.button("Try another way")).to_have_class("plain")
    learner.press("Try another way")
    at_scene(learner, "The call")
    learner.see(FREE + REPEAT)
    decide(learner, "Say whom you have to tell", "Silence, then a nod.", "An explanation")
    learner.saves()
    before = saved(host)
    learner.press("Back")
    at_scene(learner, "The call")
    expect(scene_on_view(learner).locator(".walk-words")).to_have_text("Say whom you have to tell")
    expect(learner.frame.locator(".walk-feedback")).to_contain_text("Silence, then a nod.")
    expect(learner.button("Promise it")).to_have_count(0)
    learner.press("The other choices")
    expect(scene_on_view(learner).locator(".walk-others li")).to_have_text(
        ["Promise it", "Hang up"]
    )
    learner.press("Next")
    at_scene(learner, "An explanation")
    expect(learner.button("Explain the next steps")).to_be_visible()
    learner.saves()
    assert replace(saved(host), saves=before.saves) == before
    decide(learner, "Tell her not to worry", "That tells her nothing.", "The right person")
    learner.saves()
    # The decision in a scene that was new, but not the second one in the first scene.
    assert reported(host) == [("walk--call", "c", "neutral"), ("walk--explain", "b", "neutral")]
    state = saved(host)
    assert state.checks[scene("call")] == CheckState(1, False, "c")
    assert state.checks[scene("monday")] == CheckState(1, False, "")
    assert state.checks[scene("told")] == CheckState(1, True, "")
    walked = {scene("call"): "b", scene("explain"): "b"}
    assert state.quizzes == {WALK: QuizState(2, 7500, False, walked)}


def test_a_way_back_in_the_story_is_walked_again(
    walking: Callable[..., tuple[ScormAgain, Learner]],
) -> None:
    host, learner = walking(weight=1.0)
    learner.see(ANY)
    decide(learner, "Promise it", "You cannot promise that.", "A promise")
    expect(learner.frame.get_by_text(ANY)).to_have_count(0)
    decide(learner, "Take it back", "She stays on the line.", "The call")
    # The list and the way back stay, and so does the one way onward.
    learner.see(REPLACES)
    expect(learner.frame.locator(".walk-path li")).to_have_text(
        ["The call: Promise it", "A promise: Take it back", "The call: You are here"]
    )
    expect(learner.frame.locator("#pager")).to_be_hidden()
    learner.press("Back")
    at_scene(learner, "A promise")
    expect(learner.frame.locator(".walk-feedback")).to_contain_text("She stays on the line.")
    learner.press("Back")
    at_scene(learner, "The call")
    expect(scene_on_view(learner).locator(".walk-words")).to_have_text("Promise it")
    learner.press("Next")
    learner.press("Next")
    at_scene(learner, "The call")
    decide(learner, "Say whom you have to tell", "Silence, then a nod.", "An explanation")
    decide(learner, "Explain the next steps", "She has two questions.", "The right person")
    expect(learner.frame.locator(".walk-steps .walk-choice")).to_have_text(
        ["Promise it", "Take it back", "Say whom you have to tell", "Explain the next steps"]
    )
    learner.see(REPLACES)
    learner.see("This way ended well, though not every decision was good.")
    # The second decision in the first scene has replaced the poor one.
    learner.see("Your score on this page is 100%.")
    expect(learner.frame.get_by_text("as many ways as you like")).to_have_count(0)
    learner.press("Try another way")
    learner.see(ANY)
    learner.press("Hang up")
    learner.see("The score of this way is 50%.")
    learner.see("Your score on this page is 100%.")
    learner.saves()
    assert saved(host).quizzes[WALK].best == 10_000
    assert host.stored["cmi.core.score.raw"] == "100"


def test_a_poor_way_is_made_up_for_by_a_good_one(
    walking: Callable[..., tuple[ScormAgain, Learner]],
) -> None:
    host, learner = walking(weight=1.0, complete="good")
    decide(learner, "Promise it", "You cannot promise that.", "A promise")
    decide(learner, "Keep it", "Nobody else knows.", "Alone")
    learner.see("Your score on this page is 0%.")
    learner.see(ANY)
    learner.go("Last")
    learner.saves()
    assert host.stored["cmi.core.lesson_status"] == "incomplete"
    learner.press("Previous: A call on Friday")
    learner.at("A call on Friday")
    learner.press("Try another way")
    decide(learner, "Say whom you have to tell", "Silence, then a nod.", "An explanation")
    decide(learner, "Explain the next steps", "She has two questions.", "The right person")
    learner.see("Your score on this page is 100%.")
    expect(learner.frame.get_by_text("not every decision")).to_have_count(0)
    learner.saves()
    host.wait("cmi.core.lesson_status", "passed")
    assert host.stored["cmi.core.score.raw"] == "100"
    # The reports keep the first decision in each scene.
    assert ("walk--call", "a", "wrong") in reported(host)
    assert ("walk--call", "b", "correct") not in reported(host)


def test_the_first_way_counts_if_the_author_wants_it(
    walking: Callable[..., tuple[ScormAgain, Learner]],
) -> None:
    host, learner = walking(weight=1.0, keep="first")
    learner.see("Only your first way through counts.")
    decide(learner, "Promise it", "You cannot promise that.", "A promise")
    decide(learner, "Take it back", "She stays on the line.", "The call")
    learner.see(REPEAT)
    decide(learner, "Say whom you have to tell", "Silence, then a nod.", "An explanation")
    decide(learner, "Explain the next steps", "She has two questions.", "The right person")
    # Poor, good and good: the second decision in the first scene does not count.
    learner.see("Your score on this page is 67%.")
    learner.see(PRACTICE)
    expect(learner.frame.locator(".walk-end")).to_contain_text(
        "You need 80% to pass. You cannot pass this time. Ask your manager"
    )
    learner.press("Try another way")
    learner.see(PRACTICE)
    learner.press("Hang up")
    learner.see("Your score on this page is 67%.")
    learner.saves()
    assert saved(host).quizzes[WALK].best == 6667
    assert host.stored["cmi.core.score.raw"] == "66.67"


def test_the_first_scene_says_how_many_ways_count(
    walking: Callable[..., tuple[ScormAgain, Learner]],
) -> None:
    host, learner = walking(weight=1.0, attempts=2, keep="last")
    learner.see("This is way 1 of the 2 that count. Your last score counts.")
    learner.press("Hang up")
    learner.see("Your score on this page is 50%.")
    learner.see("Ways left that count: 1. Your next way replaces this score.")
    learner.press("Try another way")
    learner.see("This is way 2 of the 2 that count. Your last score counts.")
    decide(learner, "Promise it", "You cannot promise that.", "A promise")
    decide(learner, "Keep it", "Nobody else knows.", "Alone")
    learner.see("Your score on this page is 0%.")
    learner.see(PRACTICE)
    learner.press("Try another way")
    learner.see(PRACTICE)
    learner.press("Hang up")
    learner.see("The score of this way is 50%.")
    learner.see("Your score on this page is 0%.")
    learner.go("Last")
    learner.saves()
    host.wait("cmi.core.lesson_status", "failed")
    assert saved(host).quizzes[WALK].best == 0


def test_who_failed_by_the_first_way_can_pass_after_an_edit(lms: Lms, launch: Launch) -> None:
    """The LMS still records; in the package of that time, the first way counted."""
    scenes = {scene(name): CheckState(1, False, "a") for name in ("call", "promise")}
    failed = State(
        attempt="abcdefgh",
        saves=9,
        status="failed",
        score=0,
        reported=True,
        bookmark=key("page", "last"),
        visited=frozenset(key("page", name) for name in ("first", "walk", "last")),
        checks=scenes | {scene("alone"): CheckState(1, False, "")},
        quizzes={WALK: QuizState(1, 0, False, dict.fromkeys(scenes, "a"))},
    )
    given = {
        "cmi.suspend_data": encode(failed),
        "cmi.core.lesson_status": "failed",
        "cmi.core.score.raw": "0",
        "cmi.core.entry": "resume",
    }
    host = lms(*pages(weight=1.0), given=given)
    learner = launch(host)
    expect(learner.frame.get_by_text("You cannot pass this time")).to_have_count(0)
    learner.press("Resume")
    learner.press("Next: Your result")
    learner.at("You have not passed yet · 0%")
    expect(learner.frame.locator("main .todo li")).to_have_text(["A call on Friday – 0%"])
    learner.frame.get_by_role("main").get_by_role("link", name="A call on Friday").click()
    learner.at("A call on Friday")
    learner.press("Try another way")
    decide(learner, "Say whom you have to tell", "Silence, then a nod.", "An explanation")
    decide(learner, "Explain the next steps", "She has two questions.", "The right person")
    learner.saves()
    host.wait("cmi.core.lesson_status", "passed")
    assert host.stored["cmi.core.score.raw"] == "100"


def test_a_scenario_that_must_end_well(
    walking: Callable[..., tuple[ScormAgain, Learner]],
) -> None:
    host, learner = walking(complete="good")
    learner.press("Hang up")
    at_scene(learner, "Monday")
    learner.see("To finish this page, find a way to a good ending.")
    learner.saves()
    learner.go("Last")
    learner.saves()
    assert host.stored["cmi.core.lesson_status"] == "incomplete"
    learner.press("Previous: A call on Friday")
    learner.at("A call on Friday")
    learner.press("Try another way")
    decide(learner, "Say whom you have to tell", "Silence, then a nod.", "An explanation")
    decide(learner, "Explain the next steps", "She has two questions.", "The right person")
    expect(learner.frame.get_by_text("This page is done once")).to_have_count(0)
    learner.saves()
    host.wait("cmi.core.lesson_status", "completed")


def test_a_later_visit_resumes_at_the_feedback_and_passes(
    walking: Callable[..., tuple[ScormAgain, Learner]], launch: Launch, page: Page
) -> None:
    host, learner = walking(weight=2.0)
    learner.press("Say whom you have to tell")
    learner.saves()
    # Left while the feedback is shown: it is read before the next scene.
    learner = in_a_later_visit(host, launch, page)
    expect(scene_on_view(learner)).to_have_attribute("data-scene", "call")
    expect(learner.frame.locator(".walk-feedback")).to_contain_text("Silence, then a nod.")
    expect(learner.frame.locator(".walk-path li")).to_have_text(
        ["The call: Say whom you have to tell"]
    )
    learner.press("Next")
    at_scene(learner, "An explanation")
    # In the same visit it is known that the feedback was read.
    learner.frame.evaluate("location.hash = '#/first'")
    learner.at("First")
    learner.go("A call on Friday")
    expect(scene_on_view(learner)).to_have_attribute("data-scene", "explain")
    decide(learner, "Explain the next steps", "She has two questions.", "The right person")
    learner.go("Last")
    learner.saves()
    assert reported(host) == [("walk--call", "b", "correct"), ("walk--explain", "a", "correct")]
    # The score is that of the first walk.
    host.wait("cmi.core.lesson_status", "passed")
    assert host.stored["cmi.core.score.raw"] == "100"


def test_scenario_feedback_at_an_ending_is_restored_later(
    walking: Callable[..., tuple[ScormAgain, Learner]], launch: Launch, page: Page
) -> None:
    host, learner = walking()
    decide(learner, "Promise it", "You cannot promise that.", "A promise")
    learner.press("Keep it")
    learner.saves()
    # Left while the feedback before the ending is shown.
    learner = in_a_later_visit(host, launch, page)
    expect(scene_on_view(learner)).to_have_attribute("data-scene", "alone")
    told = scene_on_view(learner).locator(".walk-feedback")
    expect(told.locator(".walk-words")).to_have_text("Keep it")
    expect(told).to_contain_text("Nobody else knows.")
    # In the order of the story: before the words of the ending.
    expect(scene_on_view(learner).locator("h2 + .walk-feedback + .ending")).to_have_count(1)
    learner.frame.evaluate("location.hash = '#/first'")
    learner.at("First")
    learner.go("A call on Friday")
    expect(told).to_have_count(1)
    # Once the decision itself was on view, the ending follows as in the first visit.
    learner.press("Back")
    at_scene(learner, "A promise")
    learner.press("Next")
    at_scene(learner, "Alone")
    expect(told).to_have_count(0)
    learner.press("Try another way")
    learner.press("Hang up")
    at_scene(learner, "Monday")
    expect(told).to_have_count(0)
    learner = in_a_later_visit(host, launch, page)
    # This decision has no feedback.
    expect(scene_on_view(learner)).to_have_attribute("data-scene", "monday")
    expect(scene_on_view(learner).locator(".walk-feedback")).to_have_count(0)


def test_scenario_path_after_going_back_is_restored_later(
    walking: Callable[..., tuple[ScormAgain, Learner]], launch: Launch, page: Page
) -> None:
    host, learner = walking()
    decide(learner, "Promise it", "You cannot promise that.", "A promise")
    decide(learner, "Take it back", "She stays on the line.", "The call")
    learner.saves()
    learner = in_a_later_visit(host, launch, page)
    learner.see(FREE + REPEAT)
    decide(learner, "Say whom you have to tell", "Silence, then a nod.", "An explanation")
    decide(learner, "Explain the next steps", "She has two questions.", "The right person")
    expect(learner.frame.locator(".walk-steps .walk-choice")).to_have_text(
        ["Say whom you have to tell", "Explain the next steps"]
    )
    learner.see(REPEAT)


def test_review_writes_nothing_and_prints_scenes_as_a_book(lms: Lms, launch: Launch) -> None:
    given = {"cmi.core.lesson_mode": "review", "cmi.core.lesson_status": "completed"}
    host = lms(*pages(weight=1.0), given=given)
    learner = launch(host)
    learner.go("A call on Friday")
    # No way counts for the score, and no decision replaces one that the LMS has.
    learner.see(PRACTICE)
    learner.press("Hang up")
    at_scene(learner, "Monday")
    learner.press("Try another way")
    at_scene(learner, "The call")
    decide(learner, "Promise it", "You cannot promise that.", "A promise")
    decide(learner, "Take it back", "She stays on the line.", "The call")
    learner.frame.get_by_text("Your decisions so far").click()
    learner.see(REPEAT)
    for words in (REPLACES, ANY):
        assert learner.frame.get_by_text(words).count() == 0
    decide(learner, "Promise it", "You cannot promise that.", "A promise")
    learner.page.clock.run_for(2_000)
    assert [call.args for call in host.calls if call.name == "LMSSetValue"] == []
    learner.page.emulate_media(media="print")
    expect(learner.frame.locator(".scene:visible")).to_have_count(6)
    expect(learner.frame.locator("[class^=walk-]:visible")).to_have_count(0)
    words = " ".join(learner.frame.locator("main").inner_text().split())
    assert "It is four o'clock." in words
    assert "1. The call" in words
    assert "Promise it Go to 2 You cannot promise that." in words
    assert "Alone Poor ending" in words


@pytest.fixture
def spoken(tmp_path: Path, servers: ExitStack) -> ScormAgain:
    """An LMS with the course in English and Arabic."""
    made = small_course(*pages())
    arabic = in_language(translated(made, "ar"), "ar")
    planned = plan(replace(made, translations=(arabic,)))
    return servers.enter_context(scorm_again(unpacked(tmp_path / "sco", planned)))


def test_another_language_keeps_the_scene(spoken: ScormAgain, launch: Launch) -> None:
    learner = launch(spoken)
    learner.go("A call on Friday")
    decide(learner, "Say whom you have to tell", "Silence, then a nod.", "An explanation")
    learner.press("Tell her not to worry")
    frame = learner.frame
    frame.locator("#language-button").click()
    frame.locator("#languages [lang=ar]").click()
    expect(frame.locator("html")).to_have_attribute("dir", "rtl")
    # The feedback is still on view.
    expect(scene_on_view(learner)).to_have_attribute("data-scene", "explain")
    expect(frame.locator(".walk-words")).to_have_text("ar Tell her not to worry")
    expect(frame.locator(".walk-feedback h3")).to_have_text("قرارك")
    frame.locator("#walk-next").click()
    expect(scene_on_view(learner)).to_have_attribute("data-scene", "told")
    expect(frame.locator(".walk-steps li").first).to_contain_text("ar Say whom you have to tell")
    frame.locator("#language-button").click()
    frame.locator("#languages [lang=en]").click()
    expect(frame.locator("html")).to_have_attribute("dir", "ltr")
    expect(frame.locator(".walk-steps li").first).to_contain_text("Say whom you have to tell")
    learner.saves()
    assert reported(spoken) == [("walk--call", "b", "correct"), ("walk--explain", "b", "neutral")]
