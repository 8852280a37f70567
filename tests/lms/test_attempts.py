"""Two activities with the same package, and every new attempt, start empty in the same browser
(facts/moodle.md#entry-mode-attempts): what it has kept of one must not pass the other."""

from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from builder.course import state
from builder.course.state import State
from builder.preview.lms import Faults
from tests.browser.journal import attempt_of, entries
from tests.browser.learner import Learner
from tests.browser.player_course import PAGES, write_sco
from tests.lms.pauses import SHORT_PAUSES
from tests.lms.simulated import STATUS, Simulated, simulated

FAILING = Faults(status=503)
KEEPING = Faults(status=503, keep=True)


@pytest.fixture
def moodle(servers: ExitStack, tmp_path: Path, context: BrowserContext) -> Simulated:
    context.add_init_script(SHORT_PAUSES)
    package = write_sco(tmp_path / "sco", PAGES[0], PAGES[3])
    lms = servers.enter_context(simulated(package, "moodle"))
    lms.go_to(57)
    return lms


def pass_quiz(learner: Learner) -> None:
    learner.go("Quiz")
    learner.press("Start")
    learner.answer_quiz()


def held(lms: Simulated) -> State:
    found = state.decode(lms.stored().state or "")
    assert found
    return found


def passed(lms: Simulated, context: BrowserContext) -> str:
    """Pass, and leave by Moodle's own way out; gives the attempt."""
    learner = lms.open(context)
    pass_quiz(learner)
    learner.told("Saved")
    lms.leave(learner)
    assert (lms.stored().status, lms.stored().score) == ("passed", "100")
    return held(lms).attempt


def begins_anew(lms: Simulated, learner: Learner, count: int) -> list[str]:
    """Nothing of another attempt is here, offered or spoken of, once what the browser has kept was
    read. ``count`` entries are left; gives their attempts."""
    learner.told("Saved")
    found = [attempt_of(one) for one in entries(learner, count, held(lms).attempt)]
    expect(learner.frame.locator("[data-notice=journal]")).to_have_count(0)
    assert lms.stored().status == "incomplete"
    assert lms.stored().score in ("", "0")
    assert held(lms).quizzes == {}
    return found


def test_new_moodle_attempt_is_not_passed_by_browser_copy(
    moodle: Simulated, context: BrowserContext
) -> None:
    first = passed(moodle, context)
    learner = moodle.open(context, attempt="new")
    assert first not in begins_anew(moodle, learner, 1)


def test_same_package_in_another_activity_is_not_passed(
    moodle: Simulated, context: BrowserContext
) -> None:
    first = passed(moodle, context)
    moodle.go_to(58)
    learner = moodle.open(context)
    # What the first activity may still need is left alone.
    assert first in begins_anew(moodle, learner, 2)


def unheard(lms: Simulated, context: BrowserContext, faults: Faults = FAILING) -> None:
    """Pass while the learning system confirms nothing; then the window is killed."""
    lms.faults = faults
    context.clock.install()
    learner = lms.open(context)
    pass_quiz(learner)
    if faults.keep:
        # The result waits for several tries to save what comes before it.
        learner.wait(lambda: tried_again(learner) and lms.values.get(STATUS) == "passed")
    learner.told("Not saved")
    [entry] = entries(learner, 1)
    assert entry["confirmed"] == 0
    learner.page.evaluate("for (const name in API) API[name] = () => 'false'")
    learner.page.close()
    lms.faults = Faults()


def tried_again(learner: Learner) -> bool:
    """A minute passes, by the browser's clock: the course tries to save again."""
    learner.page.clock.run_for(60_000)
    return True


def test_unsaved_work_is_not_shown_in_another_activity(
    moodle: Simulated, context: BrowserContext, expected: list[str]
) -> None:
    expected.append("503")
    unheard(moodle, context)
    moodle.go_to(58)
    begins_anew(moodle, moodle.open(context), 2)


def test_unsaved_work_is_offered_after_activity_update(
    moodle: Simulated, context: BrowserContext, expected: list[str]
) -> None:
    expected.append("503")
    unheard(moodle, context)
    moodle.go_to(57, revision=2)
    learner = moodle.open(context)
    learner.told("Saved")
    assert moodle.stored().status == "incomplete"
    learner.press("Add them")
    moodle.wait(STATUS, "passed")
    moodle.wait("cmi.core.score.raw", "100")


def test_review_visit_offers_nothing_to_a_new_attempt(
    moodle: Simulated, context: BrowserContext, expected: list[str]
) -> None:
    expected.append("503")
    # Moodle has it all, and its answers were lost.
    unheard(moodle, context, KEEPING)
    learner = moodle.open(context)
    learner.told("Nothing is recorded")
    learner.frame.locator("[data-notice=mode]").wait_for()
    [entry] = entries(learner, 1)
    assert entry["confirmed"] == held(moodle).saves
    moodle.leave(learner)
    begins_anew(moodle, moodle.open(context, attempt="new"), 1)
