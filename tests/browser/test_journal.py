"""What the LMS does not have comes back from the browser: once, and to its trainee alone."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
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
    hasten,
    not_saved,
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


DAY = 86_400_000


@pytest.fixture(autouse=True)
def _hastened(context: BrowserContext) -> None:
    hasten(context)


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


def pass_quiz(learner: Learner, right: bool = True) -> None:
    learner.go("Quiz")
    learner.press("Start")
    learner.answer_quiz(right)


def silence(learner: Learner) -> None:
    """Nothing is said or asked of what the browser keeps."""
    learner.saves()
    assert learner.frame.locator("[data-notice=journal]").count() == 0


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit, and what it leaves. The LMS fails when ``down`` says so: "" is never."""

    do: Callable[[Learner], None]
    down: str = ""
    pages: tuple[Any, ...] = ()
    tracking: dict[str, Any] = field(default_factory=dict)

    def spend(self, context: BrowserContext, host: ScormAgain) -> dict[str, str]:
        """Live through it until the window is killed; the LMS works again then. Gives what the LMS
        had before the trainee did anything."""
        host.down = self.down == "from the beginning"
        learner = visit(context, host)
        if not host.down:
            learner.saves()
        before = dict(host.stored)
        host.down = bool(self.down)
        self.do(learner)
        if self.down:
            not_saved(learner)
        else:
            learner.saves()
        [entry] = entries(learner, 1)
        assert set(entry) == {"key", "owner", "at", "state", "saved", "place", "confirmed"}
        assert entry["saved"] is not host.down
        assert bool(entry["confirmed"]) is (self.down != "from the beginning")
        assert "learner" not in str(entry)
        # A login at Moodle does this.
        learner.frame.evaluate("localStorage.clear()")
        kill(learner)
        host.down = False
        return before


def answer_and_go_on(learner: Learner) -> None:
    answer_calm(learner)
    learner.go("Second")


def work(learner: Learner) -> None:
    learner.go("Second")
    learner.go("Record")
    fill_in(learner)
    pass_quiz(learner)


WITH_QUIZ = (PAGES[0], PAGES[3])
LATER = "after the first save"
LOST = Visit(answer_and_go_on, LATER)
"""An answer and a page are nowhere but in the browser."""
UNHEARD = Visit(answer_calm, "from the beginning")
"""The LMS has nothing of it."""
UNHEARD_PASS = Visit(pass_quiz, "from the beginning", WITH_QUIZ)
UNHEARD_WORK = Visit(
    work, "from the beginning", (PAGES[0], a_page("second", "Words."), PAGES[4], PAGES[3])
)
CONFIRMED = Visit(answer_and_go_on)
"""The LMS has confirmed an answer and a page."""
FAILED = Visit(lambda learner: pass_quiz(learner, right=False), "", WITH_QUIZ, {"attempts": 1})
"""The LMS has confirmed that the last attempt at the quiz has failed."""


@dataclass(frozen=True, slots=True)
class Left:
    """What a visit has left: the values of the LMS, before and after it, and what the browser
    keeps."""

    before: dict[str, str]
    stored: dict[str, str]
    kept: list[dict[str, Any]]


@pytest.fixture(scope="session")
def spent() -> dict[int, Left]:
    """What the visits have left that were lived through, by the id of the visit."""
    return {}


# As the player makes the database.
PUT = """async (entries) => {
  const opening = indexedDB.open("scorm-builder", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("journal", { keyPath: "key" });
  await new Promise((resolve) => (opening.onsuccess = resolve));
  const store = opening.result.transaction("journal", "readwrite").objectStore("journal");
  for (const one of entries) store.put(one);
  await new Promise((resolve) => (store.transaction.oncomplete = resolve));
  opening.result.close();
}"""
Change = Callable[[dict[str, Any]], dict[str, Any]]
After = Callable[..., tuple[ScormAgain, Left]]


def beside(context: BrowserContext, host: ScormAgain) -> Page:
    """A page of the course's site without the course."""
    page = context.new_page()
    page.goto(f"{host.address}/sco/imsmanifest.xml")
    return page


@pytest.fixture
def after(
    lms: Lms,
    context: BrowserContext,
    new_context: Callable[..., BrowserContext],
    expected: list[str],
    spent: dict[int, Left],
) -> After:
    """The LMS and the browser after a visit, which is lived through once for all tests. ``change``
    is made to each entry that the browser keeps."""

    def run(spend: Visit, change: Change = lambda entry: entry) -> tuple[ScormAgain, Left]:
        host = lms(*spend.pages, **spend.tracking)
        expected.append("503")
        if id(spend) not in spent:
            apart = new_context()
            hasten(apart)
            before = spend.spend(apart, host)
            kept = beside(apart, host).evaluate(KEPT)
            spent[id(spend)] = Left(before, dict(host.stored), kept)
            apart.close()
            host.forget()
        left = spent[id(spend)]
        host.stored.update(left.stored)
        page = beside(context, host)
        page.evaluate(PUT, [change(entry) for entry in left.kept])
        page.close()
        return host, left

    return run


def older(entry: dict[str, Any]) -> dict[str, Any]:
    """What a player before this one wrote of the same work."""
    return {name: entry[name] for name in ("key", "owner", "at", "state", "saved")}


def test_killed_visit_is_restored_at_next_visit(
    lms: Lms, context: BrowserContext, expected: list[str]
) -> None:
    host = lms()
    expected.append("503")
    LOST.spend(context, host)
    assert CALM not in stored(host).checks
    attempt = stored(host).attempt
    learner = visit(context, host)
    learner.see(ADDED)
    learner.saves()
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


def test_added_work_notice_does_not_stop_page_turn(after: After, context: BrowserContext) -> None:
    host, left = after(LOST)
    [entry] = left.kept
    kept = state.decode(entry["state"])
    assert kept
    assert kept.visited == {state.key("page", "first"), state.key("page", "second")}
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
    host = lms(*WITH_QUIZ)
    expected.append("503")
    Visit(pass_quiz, LATER).spend(context, host)
    learner = visit(context, host)
    learner.see(ADDED)
    learner.saves()
    host.wait("cmi.core.lesson_status", "passed")
    assert host.stored["cmi.core.score.raw"] == "100"


def asked(learner: Learner, more: str = "") -> None:
    today = learner.frame.evaluate("new Date().toLocaleDateString('en-GB', { dateStyle: 'long' })")
    words = (
        f"This browser has answers from {today} that your learning system does not have. Add them?"
    )
    learner.see(f"{words} {more}" if more else words)


def test_an_unknown_visit_is_asked_about_until_answered(
    after: After, context: BrowserContext
) -> None:
    host, left = after(UNHEARD_PASS)
    for _ in range(2):
        learner = visit(context, host)
        learner.told("Saved")
        asked(learner)
        kill(learner)
    # The LMS has the attempt by now that was begun while it was asked: it is still whole.
    learner = visit(context, host)
    asked(learner)
    assert host.stored["cmi.core.lesson_status"] == "incomplete"
    fresh = stored(host).attempt
    before = {attempt_of(one) for one in entries(learner, 2)}
    learner.press("Add them")
    learner.see(TAKEN)
    learner.saves()
    host.wait("cmi.core.lesson_status", "passed")
    assert host.stored["cmi.core.score.raw"] == "100"
    assert {stored(host).attempt} == before - {fresh} == {attempt_of(left.kept[0])}
    [entry] = entries(learner, 1)
    assert attempt_of(entry) == stored(host).attempt
    learner.page.close()
    silence(visit(context, host))


def other_attempt(host: ScormAgain) -> None:
    """The trainee has begun on another computer."""
    host.stored["cmi.suspend_data"] = state.encode(State("otherone", 1, "incomplete", ""))
    host.stored["cmi.core.lesson_status"] = "incomplete"


def test_another_attempt_gets_pages_but_a_colleague_sees_nothing(
    after: After, context: BrowserContext
) -> None:
    host, _ = after(UNHEARD)
    # A colleague at the same computer.
    host.given = {"cmi.core.student_id": "colleague"}
    learner = visit(context, host)
    silence(learner)
    entries(learner, 2)
    kill(learner)
    host.given = {}
    other_attempt(host)
    learner = visit(context, host)
    learner.saves()
    asked(learner)
    assert CALM not in stored(host).checks
    learner.press("Add them")
    learner.see(TAKEN)
    learner.saves()
    assert stored(host).checks[CALM].response == "b"
    assert stored(host).attempt == "otherone"
    learner.page.close()
    silence(visit(context, host))


def test_another_attempt_gets_no_result(after: After, context: BrowserContext) -> None:
    host, _ = after(UNHEARD_WORK)
    other_attempt(host)
    learner = visit(context, host)
    learner.saves()
    asked(learner, PART)
    learner.press("Add them")
    learner.see(TAKEN)
    learner.saves()
    held = stored(host)
    assert state.key("page", "second") in held.visited
    assert (held.quizzes, held.records) == ({}, {})
    assert (held.status, held.score) == ("incomplete", None)
    assert host.stored["cmi.core.lesson_status"] == "incomplete"
    assert host.stored.get("cmi.core.score.raw", "") == ""


def test_a_damaged_state_is_no_new_attempt(after: After, context: BrowserContext) -> None:
    host, _ = after(LOST)
    host.stored["cmi.suspend_data"] = "garbage"
    learner = visit(context, host)
    asked(learner)
    learner.press("Add them")
    learner.see(TAKEN)
    learner.saves()
    assert stored(host).checks[CALM].response == "b"


def test_what_is_left_out_is_gone(after: After, context: BrowserContext) -> None:
    host, _ = after(LOST)
    host.stored["cmi.suspend_data"] = "garbage"
    learner = visit(context, host)
    asked(learner)
    learner.press("Delete them")
    learner.saves()
    # That of this visit.
    entries(learner, 1)
    assert CALM not in stored(host).checks
    learner.page.close()
    silence(visit(context, host))


def test_work_kept_by_older_player_is_offered(after: After, context: BrowserContext) -> None:
    host, left = after(UNHEARD, older)
    learner = visit(context, host)
    learner.told("Saved")
    asked(learner)
    learner.press("Add them")
    learner.see(TAKEN)
    learner.saves()
    assert stored(host).checks[CALM].response == "b"
    # The LMS had nothing before this visit.
    assert stored(host).attempt == attempt_of(left.kept[0])


def lose_the_end(host: ScormAgain, _: Left) -> None:
    host.stored["cmi.suspend_data"] = host.stored["cmi.suspend_data"][:40]


def lose_all_since(host: ScormAgain, left: Left) -> None:
    host.stored.clear()
    host.stored.update(left.before)


@pytest.mark.parametrize(
    ("before", "lose"),
    [(LOST, lose_the_end), (CONFIRMED, lose_all_since)],
    ids=["the end of the state", "what it said was saved"],
)
def test_work_that_the_lms_lost_is_sent_again(
    after: After,
    context: BrowserContext,
    before: Visit,
    lose: Callable[[ScormAgain, Left], None],
) -> None:
    host, left = after(before)
    lose(host, left)
    learner = visit(context, host)
    learner.see(ADDED)
    learner.saves()
    assert stored(host).checks[CALM].response == "b"
    assert state.key("page", "second") in stored(host).visited
    host.wait_until(lambda: "b" in responses(host))


def start_anew(host: ScormAgain) -> None:
    host.forget()


def another_attempt(host: ScormAgain) -> None:
    theirs = state.decode(host.stored["cmi.suspend_data"])
    assert theirs
    other = replace(theirs, attempt="otherone", checks={}, visited=frozenset())
    host.stored["cmi.suspend_data"] = state.encode(other)


def read_all(host: ScormAgain) -> None:
    """The trainee has read both pages in another attempt, and not taken the quiz."""
    read = frozenset(state.key("page", name) for name in ("first", "quiz"))
    other = State("otherone", 1, "incomplete", "", visited=read)
    host.stored["cmi.suspend_data"] = state.encode(other)


def a_week_ago(entry: dict[str, Any]) -> dict[str, Any]:
    return entry | {"at": entry["at"] - 7 * DAY - 60_000}


@pytest.mark.parametrize(
    ("before", "change", "meanwhile"),
    [
        (LOST, a_week_ago, lambda host: None),
        # Its attempt is over for the LMS, which had all of it or a part.
        (CONFIRMED, dict, start_anew),
        (CONFIRMED, dict, another_attempt),
        (CONFIRMED, older, start_anew),
        (LOST, dict, start_anew),
        (FAILED, dict, start_anew),
        (UNHEARD_PASS, dict, read_all),
    ],
    ids=[
        "after a week",
        "a new attempt",
        "another attempt",
        "kept by an older player",
        "a part was saved",
        "the last attempt has failed",
        "nothing to add",
    ],
)
def test_what_belongs_to_no_later_visit_is_not_offered(
    after: After,
    context: BrowserContext,
    before: Visit,
    change: Change,
    meanwhile: Callable[[ScormAgain], None],
) -> None:
    host, _ = after(before, change)
    meanwhile(host)
    learner = visit(context, host)
    silence(learner)
    assert CALM not in stored(host).checks
    assert stored(host).quizzes == {}
    # That of this visit; an older player did not say where it kept the other one.
    found = entries(learner, 2 if change is older else 1)
    assert stored(host).attempt in {attempt_of(one) for one in found}


def test_work_already_in_lms_causes_no_notice(after: After, context: BrowserContext) -> None:
    host, _ = after(CONFIRMED)
    learner = visit(context, host)
    silence(learner)
    learner.press("Resume")
    learner.at("Second")
    silence(learner)


def test_work_done_before_lms_connects_overrides_kept_work(
    after: After, context: BrowserContext
) -> None:
    host, _ = after(CONFIRMED)
    context.add_init_script(HELD)
    context.add_init_script("if (top === window) held.there = false")
    learner = visit(context, host)
    learner.choose("Option a")
    learner.press("Check")
    learner.page.evaluate("held.there = true")
    silence(learner)
    learner.go("Second")
    learner.go("Third")
    learner.page.clock.run_for(2000)
    host.wait("cmi.core.lesson_location", "third")
    assert stored(host).checks[CALM].response == "a"


def test_words_are_not_kept_and_their_record_is_not_passed(
    lms: Lms, context: BrowserContext, expected: list[str]
) -> None:
    host = lms(PAGES[0], a_page("record", "Fill in.", kind="record", record=(item("one", 120),)))
    expected.append("503")

    def write(learner: Learner) -> None:
        learner.go("Record")
        fill_in(learner)

    Visit(write, LATER).spend(context, host)
    [entry] = beside(context, host).evaluate(KEPT)
    kept = state.decode(entry["state"])
    assert kept
    assert kept.status == "incomplete"
    [record] = kept.records.values()
    assert (record.date, record.text) == ("2026-11-24", "")
    learner = visit(context, host)
    learner.see(f"{ADDED} {WORDS}")
    learner.saves()
    assert host.stored["cmi.core.lesson_status"] == "incomplete"
    learner.press("Resume")
    expect(learner.frame.locator(".record-item h2")).to_be_focused()
    learner.fill("Answer", "Ann was late")
    learner.tab_to("Contents")
    learner.page.clock.run_for(2000)
    host.wait("cmi.core.lesson_status", "completed")


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
def test_visit_without_tracking_keeps_nothing_in_browser(
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
def test_course_works_if_browser_stores_nothing(lms: Lms, page: Page, launch, fault: str) -> None:
    page.add_init_script(fault)
    host = lms()
    learner = launch(host)
    learner.told("Saved")
    answer_calm(learner)
    learner.go("Second")
    learner.saves()
    assert stored(host).checks[CALM].response == "b"


def test_browser_storage_cleared_midway_stores_later_work(
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
