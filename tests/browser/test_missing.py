"""At a launch, the LMS's count of answers is compared with what was written before."""

import pytest
from playwright.sync_api import Page

from builder.course import state
from tests.browser.conftest import Sco
from tests.browser.learner import Learner
from tests.browser.odd_lms import holding
from tests.browser.player_course import PAGES, PRACTICE, QUIZ, STATEMENT
from tests.support.clocks import pass_until

MISSING = "Your learning system did not keep all your answers from an earlier visit."
SENT = "We are sending them again."
LOST = (
    "We are sending your latest answers again. Earlier tries cannot be sent again, and may be "
    "missing from its reports. Your progress and your result stay as they are."
)
HELD = state.State(
    "AAAAAAAA",
    9,
    "incomplete",
    PAGES[3].key,
    75_00,
    visited=frozenset(one.key for one in PAGES[:4]),
    checks={PRACTICE.key: state.CheckState(2, False, "b")},
    quizzes={
        PAGES[3].key: state.QuizState(1, 75_00, False, {QUIZ[0].key: "a", STATEMENT.key: "t"})
    },
    reported=True,
    interactions=6,
)
"""Of six answers the state still holds three."""
IDS = """() => calls
  .filter(([name, element]) => name === "LMSSetValue" && /\\d\\.id$/.test(element))
  .map(([, element, value]) => `${element.split(".")[2]} ${value}`).sort()"""


def launched(sco: Sco, serve, page: Page, count: str) -> Learner:
    given = {
        "cmi.core.lesson_status": "incomplete",
        "cmi.core.score.raw": "75",
        "cmi.suspend_data": state.encode(HELD),
        "cmi.interactions._count": count,
    }
    page.clock.install()
    page.add_init_script(holding(given))
    page.goto(serve(sco(*PAGES)) + "/index.html")
    learner = Learner(page, page.main_frame).started()
    learner.told("Saved")
    return learner


@pytest.mark.parametrize(("count", "words"), [("4", ""), ("3", SENT), ("1", LOST)])
def test_missing_answers_are_sent_again_or_reported(
    sco: Sco, serve, page: Page, count: str, words: str
) -> None:
    learner = launched(sco, serve, page, count)
    if words:
        learner.see(MISSING)
        learner.see(words)
    first = int(count)
    told = [f"version-{first}", "first--calm", "quiz--one", "quiz--statement"]
    pass_until(page, lambda: len(page.evaluate(IDS)) == 4)
    assert page.evaluate(IDS) == [f"{first + at} {name}" for at, name in enumerate(told)]
    learner.saves()
    # An LMS that keeps one interaction of each id has those four when it has every answer.
    notice = learner.frame.locator("[data-notice=missing]")
    assert notice.count() == bool(words)


@pytest.mark.parametrize(("count", "first"), [("6", 6), ("", 6), ("0", 0)])
def test_recorded_or_uncounted_interactions_are_not_sent_again(
    sco: Sco, serve, page: Page, count: str, first: int
) -> None:
    learner = launched(sco, serve, page, count)
    learner.go("Second")
    learner.saves()
    assert learner.frame.locator("[data-notice=missing]").count() == 0
    assert page.evaluate(IDS) == [f"{first} version-{first}"]
