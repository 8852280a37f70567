"""What the LMS does not have comes back from the browser: once, and to its trainee alone."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from builder.course import state
from builder.course.state import State
from tests.browser.conftest import Lms
from tests.browser.journal import (
    CALM,
    KEPT,
    answer_calm,
    attempt_of,
    entries,
    responses,
    stored,
    visit,
)
from tests.browser.learner import Learner
from tests.browser.odd_lms import HELD
from tests.browser.player_course import PAGES
from tests.lms.scorm_again import ScormAgain
from tests.support.courses import item
from tests.support.courses import page as a_page

ADDED = (
    "Part of your last visit had not reached your learning system. We found it and are saving it."
)
TAKEN = "We have added them and are saving them."
PART = (
    "Only pages and practice answers are added: your learning system has started a new attempt, "
    "in which quizzes and the record start again."
)
WORDS = (
    "What you wrote in your own words is not kept in the browser. "
    "Please look at those answers again."
)


def kill(learner: Learner) -> None:
    """End a visit so that nothing more of it reaches the LMS."""
    learner.page.evaluate("for (const name in API) API[name] = () => 'false'")
    learner.page.close()


def fill_in(learner: Learner) -> None:
    """Answer the record on view, in words, with its date."""
    learner.fill("Answer", "Ann was late")
    for part, digits in (("Day", "24"), ("Month", "11"), ("Year", "2026")):
        learner.fill(part, digits)
    learner.tab_to("Answer")


def silence(learner: Learner) -> None:
    """Nothing is said or asked of what the browser keeps."""
    learner.told("Saved")
    assert learner.frame.locator("[data-notice=journal]").count() == 0


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
        fields = {"key", "owner", "at", "state", "saved", "place", "confirmed"}
        assert set(entry) == fields
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
    host.wait_until(lambda: "b" in responses(host))
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
    # The browser asks for a page when it is idle, or when it is wanted.
    learner.wait(lambda: held.keys() == {"shell-visit", "second"})
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


def asked(learner: Learner, more: str = "") -> None:
    today = learner.frame.evaluate("new Date().toLocaleDateString('en-GB', { dateStyle: 'long' })")
    words = (
        f"This browser has answers from {today} that your learning system does not have. Add them?"
    )
    learner.see(f"{words} {more}" if more else words)


@pytest.fixture
def unheard(lms: Lms, context: BrowserContext, expected: list[str]):
    """A visit of which the LMS has nothing: it has failed all along, and the window was killed.
    Gives the LMS, which works again."""

    def run(*pages: Any, do: Callable[[Learner], None] = answer_calm) -> ScormAgain:
        host = lms(*pages)
        expected.append("503")
        host.down = True
        learner = visit(context, host)
        do(learner)
        learner.told("Not saved")
        [entry] = entries(learner, 1)
        assert (entry["saved"], entry["confirmed"]) == (False, 0)
        kill(learner)
        host.down = False
        return host

    return run


def test_a_colleague_at_the_same_computer_sees_nothing_of_it(
    unheard, context: BrowserContext
) -> None:
    host = unheard()
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


def pass_quiz(learner: Learner) -> None:
    learner.go("Quiz")
    learner.press("Start")
    learner.answer_quiz()


def test_a_visit_of_which_the_lms_has_nothing_is_taken_over_whole(
    unheard, context: BrowserContext
) -> None:
    host = unheard(PAGES[0], PAGES[3], do=pass_quiz)
    learner = visit(context, host)
    learner.told("Saved")
    asked(learner)
    assert host.stored["cmi.core.lesson_status"] == "incomplete"
    fresh = stored(host).attempt
    before = {attempt_of(one) for one in entries(learner, 2)}
    learner.press("Add them")
    learner.see(TAKEN)
    host.wait("cmi.core.lesson_status", "passed")
    learner.told("Saved")
    assert host.stored["cmi.core.score.raw"] == "100"
    assert {stored(host).attempt} == before - {fresh}
    [entry] = entries(learner, 1)
    assert attempt_of(entry) == stored(host).attempt
    learner.page.close()
    silence(visit(context, host))


def test_it_is_asked_about_until_there_is_an_answer(unheard, context: BrowserContext) -> None:
    host = unheard(PAGES[0], PAGES[3], do=pass_quiz)
    for _ in range(2):
        learner = visit(context, host)
        learner.told("Saved")
        asked(learner)
        kill(learner)
    # The LMS has the attempt by now that was begun while it was asked: it is still whole.
    learner = visit(context, host)
    asked(learner)
    learner.press("Add them")
    host.wait("cmi.core.lesson_status", "passed")


def other_attempt(host: ScormAgain) -> None:
    """The trainee has begun on another computer."""
    host.stored["cmi.suspend_data"] = state.encode(State("otherone", 1, "incomplete", ""))
    host.stored["cmi.core.lesson_status"] = "incomplete"


def test_another_attempt_gets_pages_and_practice_if_the_trainee_says_so(
    unheard, context: BrowserContext
) -> None:
    host = unheard()
    other_attempt(host)
    learner = visit(context, host)
    learner.told("Saved")
    asked(learner)
    assert CALM not in stored(host).checks
    learner.press("Add them")
    learner.see(TAKEN)
    learner.told("Saved")
    assert stored(host).checks[CALM].response == "b"
    assert stored(host).attempt == "otherone"
    learner.page.close()
    silence(visit(context, host))


def test_another_attempt_gets_no_result(unheard, context: BrowserContext) -> None:
    def work(learner: Learner) -> None:
        learner.go("Second")
        learner.go("Record")
        fill_in(learner)
        pass_quiz(learner)

    host = unheard(PAGES[0], a_page("second", "Words."), PAGES[4], PAGES[3], do=work)
    other_attempt(host)
    learner = visit(context, host)
    learner.told("Saved")
    asked(learner, PART)
    learner.press("Add them")
    learner.see(TAKEN)
    learner.told("Saved")
    held = stored(host)
    assert state.key("page", "second") in held.visited
    assert (held.quizzes, held.records) == ({}, {})
    assert (held.status, held.score) == ("incomplete", None)
    assert host.stored["cmi.core.lesson_status"] == "incomplete"
    assert host.stored.get("cmi.core.score.raw", "") == ""


def test_what_has_nothing_to_add_is_not_asked_about(unheard, context: BrowserContext) -> None:
    host = unheard(PAGES[0], PAGES[3], do=pass_quiz)
    # Both pages, and not the quiz.
    read = frozenset(state.key("page", name) for name in ("first", "quiz"))
    other = State("otherone", 1, "incomplete", "", visited=read)
    host.stored["cmi.suspend_data"] = state.encode(other)
    learner = visit(context, host)
    silence(learner)
    assert {attempt_of(one) for one in entries(learner, 1)} == {"otherone"}


def test_a_damaged_state_is_no_new_attempt(lost, context: BrowserContext) -> None:
    host = lost()
    host.stored["cmi.suspend_data"] = "garbage"
    learner = visit(context, host)
    asked(learner)
    learner.press("Add them")
    learner.see(TAKEN)
    learner.told("Saved")
    assert stored(host).checks[CALM].response == "b"


def test_what_is_left_out_is_gone(lost, context: BrowserContext) -> None:
    host = lost()
    host.stored["cmi.suspend_data"] = "garbage"
    learner = visit(context, host)
    asked(learner)
    learner.press("Delete them")
    learner.told("Saved")
    # That of this visit.
    entries(learner, 1)
    assert CALM not in stored(host).checks
    learner.page.close()
    silence(visit(context, host))


# What a player before this one wrote of the same work.
OLDER = f"""async () => {{
  const all = await ({KEPT})();
  const opening = indexedDB.open("scorm-builder");
  await new Promise((resolve) => (opening.onsuccess = resolve));
  const store = opening.result.transaction("journal", "readwrite").objectStore("journal");
  for (const {{ key, owner, at, state, saved }} of all) {{
    store.put({{ key, owner, at, state, saved }});
  }}
  await new Promise((resolve) => (store.transaction.oncomplete = resolve));
  opening.result.close();
}}"""


def rewrite(context: BrowserContext, host: ScormAgain) -> None:
    """Put what this browser keeps as an older player writes it."""
    page = context.new_page()
    page.goto(f"{host.address}/sco/imsmanifest.xml")
    page.evaluate(OLDER)
    page.close()


def test_what_an_older_player_kept_without_a_place_is_asked_about(
    unheard, context: BrowserContext
) -> None:
    host = unheard()
    rewrite(context, host)
    learner = visit(context, host)
    learner.told("Saved")
    asked(learner)
    learner.press("Add them")
    learner.told("Saved")
    assert stored(host).checks[CALM].response == "b"


def test_work_that_an_older_player_saved_is_not_offered(confirmed, context: BrowserContext) -> None:
    host, _ = confirmed()
    rewrite(context, host)
    host.forget()
    silence(visit(context, host))


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


def test_what_the_lms_has_is_not_spoken_of(confirmed, context: BrowserContext) -> None:
    host, _ = confirmed()
    learner = visit(context, host)
    silence(learner)
    learner.press("Resume")
    learner.at("Second")
    silence(learner)


def test_what_was_done_before_the_lms_came_is_newer_than_what_the_browser_kept(
    confirmed, context: BrowserContext
) -> None:
    host, _ = confirmed()
    context.add_init_script(HELD)
    context.add_init_script("if (top === window) held.there = false")
    learner = visit(context, host)
    learner.choose("Option a")
    learner.press("Check")
    learner.page.evaluate("held.there = true")
    silence(learner)
    learner.go("Second")
    learner.go("Third")
    host.wait("cmi.core.lesson_location", "third")
    assert stored(host).checks[CALM].response == "a"


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
    host.wait_until(lambda: "b" in responses(host))


def test_what_the_lms_once_had_comes_back_only_within_its_attempt(
    confirmed, context: BrowserContext
) -> None:
    host, _ = confirmed()
    host.forget()
    learner = visit(context, host)
    silence(learner)
    # That of this visit.
    entries(learner, 1)
    assert CALM not in stored(host).checks


def test_what_was_done_after_the_lms_had_a_part_is_of_its_attempt_too(
    lost, context: BrowserContext
) -> None:
    host = lost()
    host.forget()
    silence(visit(context, host))


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


def test_no_free_text_is_stored_and_a_notice_says_so(
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
