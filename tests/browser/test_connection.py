"""An LMS that comes late, refuses the visit at first or cannot be read: nothing is lost by it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from builder.course import state
from tests.browser.conftest import Lms, Sco
from tests.browser.learner import Learner
from tests.browser.odd_lms import HELD, SAYS_TRUE
from tests.lms.scorm_again import ScormAgain
from tests.support.clocks import stand_still

KEPT = state.State(
    "AAAAAAAA",
    4,
    "incomplete",
    state.key("page", "third"),
    visited=frozenset({state.key("page", "third")}),
    quizzes={state.key("page", "quiz"): state.QuizState(1, 6000, False, {})},
)
GIVEN = {"cmi.suspend_data": state.encode(KEPT), "cmi.core.lesson_location": "third"}


@pytest.fixture
def held(lms: Lms, page: Page) -> Callable[..., tuple[ScormAgain, Learner]]:
    """Open the course, which was begun before, in an LMS with this fault. Time stands still until
    the test says otherwise: the course looks for an LMS only so long, and asks one at its times."""

    def launch(fault: str, **given: str) -> tuple[ScormAgain, Learner]:
        page.clock.install()
        stand_still(page)
        page.add_init_script(HELD)
        page.add_init_script(f"if (top === window) Object.assign(held, {fault})")
        host = lms(given=GIVEN | given)
        page.goto(host.url())
        return host, Learner.in_frame(page)

    return launch


def stored(host: ScormAgain) -> state.State:
    kept = state.decode(host.stored["cmi.suspend_data"])
    assert kept is not None
    return kept


def test_work_done_before_lms_connects_is_merged(held, page: Page) -> None:
    host, learner = held("{ there: false }")
    learner.told("Connecting to your learning system")
    learner.choose("Option b")
    learner.press("Check")
    learner.go("Second")
    learner.choose("Option a")
    assert learner.button("Save and exit").count() == 0
    page.evaluate("held.there = true")
    page.clock.resume()
    learner.told("Saved")
    # The trainee is where they were, with what they were doing.
    expect(learner.frame.get_by_role("heading", level=1)).to_have_text("Second")
    expect(learner.frame.get_by_label("Option a")).to_be_checked()
    expect(learner.button("Save and exit")).to_be_visible()
    host.wait("cmi.core.lesson_location", "second")
    kept = stored(host)
    assert kept.attempt == "AAAAAAAA"
    assert kept.visited == {state.key("page", name) for name in ("first", "second", "third")}
    assert kept.checks[state.key("question", "calm")].response == "b"
    assert kept.quizzes == KEPT.quizzes
    assert host.stored["cmi.interactions.0.id"] == "first--calm"
    assert host.stored["cmi.core.score.raw"] == "60"


def test_resume_is_offered_when_lms_connects_late(held, page: Page) -> None:
    host, learner = held("{ there: false }")
    page.evaluate("held.there = true")
    page.clock.resume()
    learner.told("Saved")
    learner.see("Last time you stopped at “Third”.")
    assert stored(host).bookmark == state.key("page", "third")
    learner.press("Resume")
    learner.at("Third")


def test_open_quiz_view_shows_restored_attempts(held, page: Page) -> None:
    _, learner = held("{ there: false }")
    for title in ("Second", "Third", "Quiz"):
        learner.go(title)
    expect(learner.button("Start")).to_be_visible()
    page.evaluate("held.there = true")
    page.clock.resume()
    learner.told("Saved")
    learner.see("You have one more attempt. Your best score counts.")


def test_a_missing_lms_is_reported_and_retry_finds_it(held, page: Page) -> None:
    _, learner = held("{ there: false }")
    page.clock.run_for(11_000)
    learner.told("Nothing is recorded")
    notice = learner.frame.locator("[data-notice=lms]")
    expect(notice).to_contain_text("your learning system has not answered yet")
    learner.retry(lambda: page.evaluate("held.there = true"))
    page.clock.resume()
    learner.told("Saved")
    expect(notice).to_have_count(0)


def test_a_refused_visit_is_opened_once_the_lms_is_ready(held, page: Page) -> None:
    host, learner = held("{ refuse: 'throw' }")
    learner.choose("Option b")
    learner.press("Check")
    page.clock.run_for(5000)
    notice = learner.frame.locator("[data-notice=lms]")
    expect(notice).to_contain_text("has not opened a record for this visit")
    learner.press("Retry")
    expect(notice).to_be_visible()
    learner.retry(lambda: page.evaluate("held.refuse = null"))
    page.clock.resume()
    learner.told("Saved")
    expect(notice).to_have_count(0)
    assert stored(host).checks[state.key("question", "calm")].response == "b"


def test_a_refusal_that_passes_is_not_even_noticed(held, page: Page) -> None:
    _, learner = held("{ refuse: 'false' }")
    page.evaluate("held.refuse = null")
    page.clock.run_for(1500)
    page.clock.resume()
    learner.told("Saved")
    assert learner.frame.locator("[data-notice=lms]").count() == 0


@pytest.mark.parametrize("fault", ["{ refuse: 'false' }", "{ blind: true }"])
def test_a_refusal_that_lasts_for_minutes_passes_by_itself(held, page: Page, fault: str) -> None:
    host, learner = held(fault)
    learner.choose("Option b")
    learner.press("Check")
    page.clock.run_for(300_000)
    learner.told("Nothing is recorded")
    learner.go("Second")
    page.evaluate("Object.assign(held, { refuse: null, blind: false })")
    page.clock.run_for(60_000)
    page.clock.resume()
    learner.told("Saved")
    expect(learner.frame.locator("[data-notice=lms]")).to_have_count(0)
    assert stored(host).checks[state.key("question", "calm")].response == "b"


def test_unreadable_lms_data_is_never_overwritten(held, page: Page) -> None:
    host, learner = held("{ blind: true }")
    learner.go("Second")
    page.clock.run_for(5000)
    notice = learner.frame.locator("[data-notice=lms]")
    expect(notice).to_contain_text("cannot be read just now")
    learner.told("Nothing is recorded")
    names = {call.name for call in host.calls}
    assert not names & {"LMSSetValue", "LMSCommit", "LMSFinish"}
    page.evaluate("held.blind = false")
    page.clock.run_for(15_000)
    page.clock.resume()
    learner.told("Saved")
    expect(notice).to_have_count(0)
    assert stored(host).visited >= KEPT.visited
    assert stored(host).quizzes == KEPT.quizzes


def test_leaving_before_lms_data_is_read_writes_nothing(held, page: Page) -> None:
    host, learner = held("{ blind: true }")
    learner.go("Second")
    page.goto("about:blank")
    assert not {call.name for call in host.calls} & {"LMSSetValue", "LMSCommit", "LMSFinish"}


def test_looking_back_is_known_once_the_lms_is_there(held, page: Page) -> None:
    host, learner = held("{ there: false }", **{"cmi.core.lesson_mode": "review"})
    learner.go("Second")
    page.evaluate("held.there = true")
    page.clock.resume()
    learner.see("Nothing is recorded during this visit.")
    learner.told("Nothing is recorded")
    assert not {call.name for call in host.calls} & {"LMSSetValue", "LMSCommit"}


def frame(address: str) -> str:
    return f'<iframe name="sco" src="{address}" style="width:100%;height:90vh"></iframe>'


def chain(folder: Path, urls: list[str]) -> str:
    """Pages in frames of each other, each at its address; gives that of the outermost."""
    inner = urls[-1]
    for level, url in enumerate(reversed(urls[:-1])):
        (folder / f"level-{level}.html").write_text(f"<!doctype html>{frame(inner)}", "utf-8")
        inner = f"{url}/level-{level}.html"
    return inner


ONLY_TOP = f"if (top === window && !opener) {{{SAYS_TRUE}}}"


def test_the_lms_is_found_behind_a_foreign_frame(
    sco: Sco, serve: Callable[[Path], str], page: Page
) -> None:
    folder = sco()
    own, foreign = serve(folder), serve(folder)
    page.add_init_script(ONLY_TOP)
    page.goto(chain(folder, [own, foreign, f"{own}/index.html"]))
    course = next(one for one in page.frames if one.url == f"{own}/index.html")
    Learner(page, course).started().told("Saved")


def test_an_lms_in_the_opener_of_the_frame_is_found(
    sco: Sco, serve: Callable[[Path], str], page: Page, context: Any
) -> None:
    folder = sco()
    own = serve(folder)
    (folder / "lms.html").write_text("<!doctype html><title>LMS</title>", "utf-8")
    (folder / "popup.html").write_text(f"<!doctype html>{frame('index.html')}", "utf-8")
    context.add_init_script(ONLY_TOP)
    page.goto(f"{own}/lms.html")
    with page.expect_popup() as popup:
        page.evaluate("() => void open('popup.html')")
    window = popup.value
    window.wait_for_selector("iframe")
    course = window.frame("sco")
    assert course is not None
    Learner(window, course).started().told("Saved")
