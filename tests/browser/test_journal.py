"""What the LMS does not have comes back from the browser: once, and to its trainee alone."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from builder import state
from builder.state import State
from tests.browser.conftest import Lms
from tests.browser.learner import Learner
from tests.browser.player_course import PAGES
from tests.courses import item
from tests.courses import page as a_page
from tests.lms.scorm_again import ScormAgain

ADDED = (
    "Part of your last visit had not reached your learning system. It is back, and is being saved."
)
WORDS = (
    "What you wrote in your own words is not kept in the browser. "
    "Please look at those answers again."
)

# All that the course has put into the database, as text.
KEPT = """async () => {
  const names = (await indexedDB.databases()).map(({ name }) => name);
  if (!names.includes("scorm-builder")) return [];
  const opening = indexedDB.open("scorm-builder");
  const done = (request) => new Promise((resolve) => (request.onsuccess = resolve));
  await done(opening);
  const opened = opening.result;
  const asked = opened.transaction("journal").objectStore("journal").getAll();
  await done(asked);
  const found = asked.result;
  opened.close();
  return found;
}"""


def visit(context: BrowserContext, host: ScormAgain) -> Learner:
    page = context.new_page()
    page.goto(host.url())
    learner = Learner.in_frame(page)
    expect(learner.frame.locator("#contents-button")).to_be_visible()
    return learner


def kill(learner: Learner) -> None:
    """End a visit so that nothing more of it reaches the LMS."""
    learner.page.evaluate("for (const name in API) API[name] = () => 'false'")
    learner.page.close()


# Reading takes its time, and the browser writes meanwhile.
LOOKS = 1000
UNTIL = f"""async (count) => {{
  let found = [];
  for (let look = 0; look < {LOOKS}; look += 1) {{
    found = await ({KEPT})();
    if (found.length === count) break;
  }}
  return found;
}}"""


def entries(learner: Learner, count: int) -> list[dict[str, Any]]:
    """What the browser keeps, once it keeps as much."""
    found: list[dict[str, Any]] = learner.frame.evaluate(UNTIL, count)
    assert len(found) == count
    return found


def answer_calm(learner: Learner) -> None:
    learner.choose("Option b")
    learner.press("Check")


def fill_in(learner: Learner) -> None:
    """Answer the record on view, in words, with its date."""
    learner.fill("Answer", "Ann was late")
    for part, digits in (("Day", "24"), ("Month", "11"), ("Year", "2026")):
        learner.fill(part, digits)
    learner.tab_to("Answer")


def stored(host: ScormAgain) -> State:
    found = state.decode(host.stored["cmi.suspend_data"])
    assert found is not None
    return found


CALM = state.key("question", "calm")


@pytest.fixture
def lost(lms: Lms, context: BrowserContext, expected: list[str]):
    """A visit after which an answer and a page are nowhere but in the browser: the LMS has failed,
    and the window was killed. Gives the LMS, which works again."""

    def run(*pages: Any, given: dict[str, str] | None = None, **tracking: Any) -> ScormAgain:
        host = lms(*pages, given=given, **tracking)
        learner = visit(context, host)
        learner.told("Saved")
        expected.append("503")
        host.down = True
        answer_calm(learner)
        learner.go("Second")
        learner.told("Not saved")
        [entry] = entries(learner, 1)
        assert set(entry) == {"key", "owner", "at", "state", "saved"}
        kept = state.decode(entry["state"])
        assert kept
        assert kept.visited == {state.key("page", "first"), state.key("page", "second")}
        assert "learner" not in str(entry)
        # A login at Moodle does this.
        learner.frame.evaluate("localStorage.clear()")
        kill(learner)
        host.down = False
        return host

    return run


def test_a_killed_visit_is_made_good_at_the_next_one(lost, context: BrowserContext) -> None:
    host = lost()
    assert CALM not in stored(host).checks
    attempt = stored(host).attempt
    learner = visit(context, host)
    learner.see(ADDED)
    learner.told("Saved")
    assert stored(host).checks[CALM].response == "b"
    assert stored(host).attempt == attempt
    host.wait("cmi.interactions.0.student_response", "b")
    # It goes on where the trainee was, and shows what was answered.
    learner.press("Resume")
    learner.at("Second")
    learner.press("Previous: First")
    expect(learner.frame.get_by_label("Option b")).to_be_checked()
    learner.page.reload()
    learner = Learner.in_frame(learner.page)
    learner.told("Saved")
    assert learner.frame.get_by_text(ADDED).count() == 0


def test_what_is_added_stops_nobody_who_is_on_the_way_to_the_next_page(
    lost, context: BrowserContext
) -> None:
    host = lost()
    page = context.new_page()
    held: dict[str, Route] = {}

    def hold(route: Route) -> None:
        held[route.request.url.rpartition("/")[2].rpartition("-")[0]] = route

    page.route(re.compile(r"/(shell-visit|second)-\w+\.js$"), hold)
    page.goto(host.url(), wait_until="commit")
    learner = Learner.in_frame(page).started()
    learner.press("Next: Second")
    held["shell-visit"].continue_()
    learner.see(ADDED)
    held["second"].continue_()
    learner.at("Second")


def test_a_pass_that_was_lost_is_reported(
    lms: Lms, context: BrowserContext, expected: list[str]
) -> None:
    host = lms(PAGES[0], PAGES[3])
    learner = visit(context, host)
    learner.told("Saved")
    expected.append("503")
    host.down = True
    learner.go("Quiz")
    learner.press("Start")
    learner.answer_quiz()
    entries(learner, 1)
    kill(learner)
    host.down = False
    learner = visit(context, host)
    learner.see(ADDED)
    learner.told("Saved")
    host.wait("cmi.core.lesson_status", "passed")
    assert host.stored["cmi.core.score.raw"] == "100"


def test_a_colleague_at_the_same_computer_sees_nothing_of_it(lost, context: BrowserContext) -> None:
    host = lost()
    host.forget()
    host.given = {"cmi.core.student_id": "colleague"}
    learner = visit(context, host)
    learner.told("Saved")
    entries(learner, 2)
    assert learner.frame.locator("[data-notice=journal]").count() == 0
    learner.page.close()
    host.given = {}
    learner = visit(context, host)
    expect(learner.frame.locator("[data-notice=journal]")).to_be_visible()


def asked(learner: Learner) -> None:
    today = learner.frame.evaluate("new Date().toLocaleDateString('en-GB', { dateStyle: 'long' })")
    learner.see(
        f"This browser has answers of yours from {today} that are not in what your learning "
        "system has now. Add them?"
    )


def test_another_attempt_gets_them_only_if_the_trainee_says_so(
    lost, context: BrowserContext
) -> None:
    host = lost()
    host.forget()
    learner = visit(context, host)
    learner.told("Saved")
    asked(learner)
    assert CALM not in stored(host).checks
    learner.press("Add them")
    learner.see(ADDED)
    learner.told("Saved")
    assert stored(host).checks[CALM].response == "b"
    learner.page.close()
    learner = visit(context, host)
    learner.told("Saved")
    assert learner.frame.locator("[data-notice=journal]").count() == 0


def test_what_is_left_out_is_gone(lost, context: BrowserContext) -> None:
    host = lost()
    host.stored["cmi.suspend_data"] = "garbage"
    learner = visit(context, host)
    asked(learner)
    learner.press("Leave them out and delete them")
    learner.told("Saved")
    # That of this visit.
    entries(learner, 1)
    assert CALM not in stored(host).checks
    learner.page.close()
    learner = visit(context, host)
    learner.told("Saved")
    assert learner.frame.locator("[data-notice=journal]").count() == 0


def test_a_state_of_which_the_lms_lost_the_end_is_whole_again(
    lost, context: BrowserContext
) -> None:
    host = lost()
    host.stored["cmi.suspend_data"] = host.stored["cmi.suspend_data"][:40]
    learner = visit(context, host)
    learner.see(ADDED)
    learner.told("Saved")
    assert stored(host).checks[CALM].response == "b"
    assert state.key("page", "second") in stored(host).visited


def test_after_a_week_it_is_gone(lost, context: BrowserContext) -> None:
    host = lost()
    context.clock.set_system_time(datetime.now(UTC) + timedelta(days=7, minutes=1))
    learner = visit(context, host)
    learner.told("Saved")
    assert learner.frame.locator("[data-notice=journal]").count() == 0
    assert CALM not in stored(host).checks


@pytest.fixture
def confirmed(lms: Lms, context: BrowserContext):
    """A visit with an answer and a page that the LMS has confirmed. Gives the LMS, and what it had
    before."""

    def run(**tracking: Any) -> tuple[ScormAgain, dict[str, str]]:
        host = lms(**tracking)
        learner = visit(context, host)
        learner.told("Saved")
        before = dict(host.stored)
        answer_calm(learner)
        learner.go("Second")
        learner.told("Saved")
        [entry] = entries(learner, 1)
        assert entry["saved"]
        kill(learner)
        return host, before

    return run


def silence(learner: Learner) -> None:
    """Nothing is said or asked of what the browser keeps."""
    learner.told("Saved")
    assert learner.frame.locator("[data-notice=journal]").count() == 0


def test_what_the_lms_has_is_not_spoken_of(confirmed, context: BrowserContext) -> None:
    host, _ = confirmed()
    learner = visit(context, host)
    silence(learner)
    learner.press("Resume")
    learner.at("Second")
    silence(learner)


def test_what_the_lms_has_lost_after_it_said_saved_is_made_good(
    confirmed, context: BrowserContext
) -> None:
    host, before = confirmed()
    host.stored.clear()
    host.stored.update(before)
    learner = visit(context, host)
    learner.see(ADDED)
    learner.told("Saved")
    assert stored(host).checks[CALM].response == "b"
    host.wait("cmi.interactions.0.student_response", "b")


def test_an_lms_that_has_lost_everything_is_asked_about_until_there_is_an_answer(
    confirmed, context: BrowserContext
) -> None:
    host, _ = confirmed()
    host.forget()
    for _ in range(2):
        learner = visit(context, host)
        learner.told("Saved")
        asked(learner)
        kill(learner)
    learner = visit(context, host)
    learner.press("Add them")
    learner.told("Saved")
    assert stored(host).checks[CALM].response == "b"


def test_an_lms_that_has_gone_on_to_another_attempt_is_not_asked_about(
    confirmed, context: BrowserContext
) -> None:
    host, _ = confirmed()
    theirs = state.decode(host.stored["cmi.suspend_data"])
    assert theirs
    other = replace(theirs, attempt="otherone", checks={}, visited=frozenset())
    host.stored["cmi.suspend_data"] = state.encode(other)
    learner = visit(context, host)
    silence(learner)
    assert CALM not in stored(host).checks


def test_a_new_attempt_after_the_last_failed_one_is_a_new_beginning(
    lms: Lms, context: BrowserContext
) -> None:
    host = lms(PAGES[0], PAGES[3], attempts=1)
    learner = visit(context, host)
    learner.go("Quiz")
    learner.press("Start")
    learner.answer_quiz(right=False)
    learner.told("Saved")
    entries(learner, 1)
    kill(learner)
    host.forget()
    learner = visit(context, host)
    silence(learner)
    assert stored(host).quizzes == {}


def test_a_record_whose_words_are_lost_is_not_passed(
    lms: Lms, context: BrowserContext, expected: list[str]
) -> None:
    host = lms(PAGES[0], a_page("record", "Fill in.", kind="record", record=(item("one", 120),)))
    learner = visit(context, host)
    learner.told("Saved")
    expected.append("503")
    host.down = True
    learner.go("Record")
    fill_in(learner)
    learner.told("Not saved")
    [entry] = entries(learner, 1)
    kept = state.decode(entry["state"])
    assert kept
    assert kept.status == "incomplete"
    kill(learner)
    host.down = False
    learner = visit(context, host)
    learner.see(f"{ADDED} {WORDS}")
    learner.told("Saved")
    assert host.stored["cmi.core.lesson_status"] == "incomplete"
    learner.press("Resume")
    learner.fill("Answer", "Ann was late")
    learner.tab_to("Contents")
    host.wait("cmi.core.lesson_status", "completed")


def test_nobodys_own_words_are_kept_and_their_loss_is_said(
    lms: Lms, context: BrowserContext, expected: list[str]
) -> None:
    host = lms(a_page("start", "Words."), PAGES[4])
    learner = visit(context, host)
    learner.told("Saved")
    expected.append("503")
    host.down = True
    learner.go("Record")
    fill_in(learner)
    learner.told("Not saved")
    [entry] = entries(learner, 1)
    kept = state.decode(entry["state"])
    assert kept
    [record] = kept.records.values()
    assert (record.date, record.text) == ("2026-11-24", "")
    kill(learner)
    host.down = False
    learner = visit(context, host)
    learner.see(f"{ADDED} {WORDS}")


@pytest.mark.parametrize(
    ("given", "tracking"),
    [
        ({"cmi.core.student_id": ""}, {}),
        ({"cmi.core.credit": "no-credit"}, {}),
        ({"cmi.core.lesson_mode": "review"}, {}),
        ({}, {"journal": False}),
    ],
    ids=str,
)
def test_a_visit_of_which_nothing_is_to_be_kept_leaves_nothing(
    lms: Lms,
    context: BrowserContext,
    expected: list[str],
    given: dict[str, str],
    tracking: dict[str, bool],
) -> None:
    host = lms(given=given, **tracking)
    expected.append("503")
    host.down = True
    learner = visit(context, host)
    answer_calm(learner)
    learner.go("Second")
    assert learner.frame.evaluate(KEPT) == []


FORBIDDEN = [
    "Object.defineProperty(window, 'indexedDB', { get() { throw Error('denied'); } });",
    "IDBFactory.prototype.open = () => { throw Error('denied'); };",
    "IDBObjectStore.prototype.put = () => { throw Error('full'); };",
    "IDBObjectStore.prototype.put = function () { this.transaction.abort(); };",
    "delete window.BroadcastChannel; Object.defineProperty(window, 'indexedDB', {});",
]


@pytest.mark.parametrize("fault", FORBIDDEN)
def test_a_browser_that_stores_nothing_takes_nothing_away(
    lms: Lms, page: Page, launch, fault: str
) -> None:
    page.add_init_script(fault)
    host = lms()
    learner = launch(host)
    learner.told("Saved")
    answer_calm(learner)
    learner.go("Second")
    learner.told("Saved")
    assert stored(host).checks[CALM].response == "b"


def test_a_browser_that_was_emptied_keeps_what_comes_after(
    lms: Lms, page: Page, launch, expected: list[str]
) -> None:
    expected.append("503")
    host = lms()
    learner = launch(host)
    learner.told("Saved")
    host.down = True
    answer_calm(learner)
    entries(learner, 1)
    learner.frame.evaluate(
        """() => new Promise((done) => {
          indexedDB.deleteDatabase("scorm-builder").onsuccess = done;
        })"""
    )
    learner.go("Second")
    [entry] = entries(learner, 1)
    kept = state.decode(entry["state"])
    assert kept
    assert CALM in kept.checks
