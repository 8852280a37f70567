"""A test-out: passed, its pages are done; otherwise they are read as usual."""

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from builder.course import keys, model
from builder.course.model import Draw, Lock, Module
from builder.course.questions import Quotation
from builder.package.plan import plan
from tests.browser.learner import Learner, saved, sent
from tests.browser.player_course import small_course, true_false, unpacked, with_reasons
from tests.lms.scorm_again import ScormAgain, scorm_again
from tests.support.courses import page as page_of

pytestmark = pytest.mark.usefixtures("timed")
TITLE = "Show that you know it: Plants"
START = "Start (2 questions)"
POOL = tuple(replace(with_reasons(true_false(f"known-{at}", "t"))) for at in range(5))
FIRST, LIGHT, WATER, FIRE, LAST = (
    page_of(name, "Text.") for name in ("first", "light", "water", "fire", "last")
)


def written(folder: Path, attempts: int = 2, revision: int = 1) -> Path:
    light = replace(
        LIGHT,
        revision=revision,
        key=keys.key("page", "light", revision),
        former=keys.former("page", "light", revision, ()),
    )
    test = model.TestOut((Draw(2, POOL),), 80, attempts, ("fire",))
    last = replace(LAST, lock=Lock(modules=("Plants",)))
    made = small_course(FIRST, light, WATER, FIRE, last)
    modules = (
        Module("", (FIRST,)),
        Module("Plants", (light, WATER, FIRE), id="plants", test_out=test),
        Module("End", (last,), id="end"),
    )
    return unpacked(folder, plan(replace(made, modules=modules, questions=POOL)))


@pytest.fixture
def host(tmp_path: Path, servers: ExitStack) -> ScormAgain:
    return servers.enter_context(scorm_again(written(tmp_path / "sco"), given={}))


@pytest.fixture
def learner(host: ScormAgain, page: Page) -> Learner:
    page.goto(host.url())
    opened = Learner.in_frame(page)
    opened.go(TITLE)
    return opened


def answer(learner: Learner, *options: str) -> None:
    for option in options:
        learner.choose(option)
        learner.press("Save and continue")


def take(learner: Learner, *options: str) -> None:
    answer(learner, *options)
    learner.press("Submit answers")


def asked_by(learner: Learner, *options: str) -> set[str]:
    """Take the test, and return the ids of the questions that it asks."""
    asked = set()
    for option in options:
        form = learner.frame.locator("form.question")
        asked.add(str(form.get_attribute("data-question")))
        answer(learner, option)
    learner.press("Submit answers")
    return asked


def contents(learner: Learner) -> list[str]:
    """The titles in the contents with their words."""
    rows = learner.frame.locator("#contents li a, #contents li:not(:has(a))")
    return [" ".join(row.split("\n")[:2]).strip() for row in rows.all_inner_texts()]


def shown_pages(host: ScormAgain) -> list[str]:
    """The responses of the interactions that say which pages were shown."""
    stored = host.stored
    numbers = [
        element.split(".")[2] for element, value in stored.items() if value == "test-out_plants"
    ]
    return [stored[f"cmi.interactions.{number}.student_response"] for number in numbers]


def finish(learner: Learner, host: ScormAgain) -> None:
    """Leave the course, which is completed."""
    learner.page.clock.run_for(2_000)
    host.wait("cmi.core.lesson_status", "completed")
    leave(learner, host)


def leave(learner: Learner, host: ScormAgain) -> None:
    learner.page.goto("about:blank")
    host.wait_for_call("LMSFinish")


def test_passed_its_pages_are_done_and_locks_open(host: ScormAgain, learner: Learner) -> None:
    learner.see("You need 2 of 2 to pass.")
    learner.see("You have 2 attempts. You use up an attempt as soon as you start it.")
    learner.see("It does not count towards your score.")
    expect(learner.frame.locator("#progress")).to_have_text("Plants · 2 minutes")
    learner.press(START)
    take(learner, "True", "True")
    assert learner.focused() == ("h2", "You have shown that you know it")
    learner.see("2 pages are done. You can still read them.")
    # What must be read whatever the result comes next; then the lock of the last page opens.
    expect(learner.frame.locator("#next")).to_have_text("Next: Fire")
    # A page that was shown says so and can be read.
    learner.contents()
    listed = contents(learner)
    assert f"{TITLE} Passed" in listed
    assert {"Light Shown by test", "Water Shown by test"} <= set(listed)
    expect(learner.frame.locator("#contents .tally")).to_contain_text("3 of 5 done")
    learner.press("Light Shown by test")
    learner.at("Light")
    learner.see(
        "You have passed a test about this page, so you do not have to read it. You can still "
        "read it."
    )
    expect(learner.frame.locator("#progress")).to_contain_text("Page 2 of 5")
    # From the test, Next passes over it; who opens it can read on.
    learner.press(f"Previous: {TITLE}")
    learner.at(TITLE)
    learner.press("Next: Fire")
    learner.at("Fire")
    learner.press("Previous: Water")
    learner.press("Previous: Light")
    # Opening it does not make it a page that was read.
    learner.go("Water")
    learner.saves()
    host.wait("cmi.core.lesson_location", "water")
    assert keys.key("page", "light") not in saved(host).visited
    learner.go("Fire")
    learner.go("Last")
    finish(learner, host)
    assert shown_pages(host) == ["light water"]
    assert sent(host, "cmi.core.score.raw") == []
    ids = [value for element, value in host.stored.items() if element.endswith(".id")]
    assert sum(one.startswith("test-out_plants--known-") for one in ids) == 2
    objectives = {
        host.stored[f"cmi.objectives.{at}.id"]: host.stored[f"cmi.objectives.{at}.status"]
        for at in range(2)
    }
    assert objectives == {"plants": "passed", "end": "completed"}
    shown = {keys.key("shown", name) for name in ("light", "water")}
    read = {keys.key("page", name) for name in ("first", "test-out_plants", "fire", "last")}
    assert saved(host).visited == shown | read


def test_not_passed_the_pages_are_read_as_usual(host: ScormAgain, learner: Learner) -> None:
    learner.press(START)
    first = asked_by(learner, "True", "False")
    assert learner.focused() == ("h2", "Not enough this time")
    # Neither which answers were right, nor the right ones.
    learner.see("1 of 2 right. You need 2 of 2.")
    expect(learner.frame.locator(".reviewed")).to_have_count(0)
    assert "known-" not in learner.frame.locator("main").inner_text()
    learner.see("That is no problem: read the pages, or try again now or later.")
    learner.see("You have one more attempt. You use up an attempt as soon as you start it.")
    expect(learner.frame.locator(".quiz .todo a")).to_have_text(["Light", "Water"])
    learner.press("Try again")
    second = asked_by(learner, "False", "False")
    assert not first & second
    assert learner.focused() == ("h2", "Not enough this time")
    learner.see("0 of 2 right. You need 2 of 2.")
    learner.see("That is no problem: please read the pages.")
    assert learner.button("Try again").count() == 0
    learner.press("Read the pages")
    learner.at("Light")
    learner.go("Water")
    learner.go("Fire")
    learner.go("Last")
    finish(learner, host)
    assert shown_pages(host) == []
    assert sent(host, "cmi.objectives.0.status")[-1] == "completed"


def test_a_result_leads_to_pages_to_read_then_the_end(
    page: Page, tmp_path: Path, servers: ExitStack
) -> None:
    """To one page for each answer, also where the quotation is below a heading, to which the
    question's source leads; after the last page that is left, to the result of the course."""
    light = page_of("light", "Text.\n\n## Shade {#shade}\n\nFerns need shade.")
    new = replace(
        POOL[0], id="new", source="light", quotation=Quotation("light", ("Ferns need shade",))
    )
    pool = (new, replace(POOL[1], quotation=Quotation("first", ("Text",))))
    test = model.TestOut((Draw(2, pool),), 80, 2, ())
    made = small_course(FIRST, light, WATER)
    module = Module("Plants", (light, WATER), id="plants", test_out=test)
    planned = plan(replace(made, modules=(Module("", (FIRST,)), module), questions=pool))
    host = servers.enter_context(scorm_again(unpacked(tmp_path / "sco", planned), given={}))
    page.goto(host.url())
    learner = Learner.in_frame(page)
    learner.go(TITLE)
    learner.press(START)
    take(learner, "True", "True")
    ways = learner.frame.locator(".reviewed").get_by_text("Read", exact=False)
    expect(ways).to_have_count(2)
    assert sorted(ways.all_text_contents()) == ["Read again: First", "Read: Light"]
    expect(learner.frame.locator("#next")).to_have_text("Next: Your result")
    # Not a second link to the same view.
    expect(learner.frame.locator("#pager a")).to_be_hidden()


def test_pages_can_be_read_instead_of_the_test(learner: Learner) -> None:
    learner.press("Read the pages")
    learner.at("Light")
    learner.go("Water")
    learner.press("Previous: Light")
    learner.press(f"Previous: {TITLE}")
    learner.see("These pages are done, so you do not need this test.")
    assert learner.button(START).count() == 0


def test_it_goes_on_half_way_and_changed_pages_are_read(
    host: ScormAgain, learner: Learner, page: Page, tmp_path: Path, servers: ExitStack
) -> None:
    learner.press(START)
    asked = learner.frame.locator("form.question")
    first = asked.get_attribute("data-question")
    answer(learner, "True")
    second = asked.get_attribute("data-question")
    leave(learner, host)
    page.goto(host.url())
    back = Learner.in_frame(page)
    back.press("Resume")
    form = back.frame.locator("form.question")
    expect(form).to_have_attribute("data-question", str(second))
    take(back, "True")
    back.see("You have shown that you know it")
    back.saves()
    test = keys.key("page", "test-out_plants")
    host.wait_until(lambda: not saved(host).quizzes[test].open)
    quiz = saved(host).quizzes[test]
    assert (quiz.attempts, quiz.best, len(quiz.answers)) == (1, 10_000, 2)
    assert first != second
    # A page with a raised revision is no longer shown by the test.
    assert keys.key("shown", "light") in saved(host).visited
    leave(back, host)
    given = {"cmi.suspend_data": host.stored["cmi.suspend_data"]}
    later = servers.enter_context(scorm_again(written(tmp_path / "later", revision=2), given=given))
    page.goto(later.url())
    back = Learner.in_frame(page)
    back.contents()
    assert "Light Changed" in contents(back)
    assert "Water Shown by test" in contents(back)
