"""The browser's Back shows an old copy of the LMS's page: what the LMS has stays as it is, and the
trainee is where they were.

The simulated Moodle shows what transcripts/moodle/back-*.json have recorded; any other profile does
where it is told to keep its page.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from builder.course import interface
from builder.course.model import QuickExit
from builder.course.state import State, decode
from builder.results import versions
from tests.browser.learner import Learner
from tests.browser.player_course import write_sco
from tests.lms.lms import history_step
from tests.lms.pauses import SHORT_PAUSES
from tests.lms.play import fill, go, heading, practise, press, resume, take
from tests.lms.simulated import Simulated, node, simulated
from tests.support import patience
from tests.support.courses import item, page, question

TEXTS = interface.texts("en")
OLD_COPY = TEXTS["player.visit.old_copy"]
CLOSED = TEXTS["player.visit.visit_closed"]
PAGES = (
    page("first", "Keep calm.\n\n::: check calm\n", checks=(question("calm", "b"),)),
    page("second", "Words."),
    page("quiz", "Ready?", kind="quiz", quiz=(question("one", "a"),)),
    page("record", "Fill in.", kind="record", record=(item("one", 120),)),
)
WAYS = ("the LMS's link", "Save and exit")
ALSO_THE_POPUP = pytest.mark.parametrize(
    "window", ["frame", pytest.param("popup", marks=pytest.mark.thorough)]
)
"""Moodle's “new window”, which has a history of its own; `make faults` plays what is thorough."""
WRITING = {"LMSSetValue", "LMSCommit", "LMSFinish"}
ALL_DONE = ("passed", "100", "record")
NO_STORAGE = """Object.defineProperty(window, "sessionStorage", {
  get() { throw new DOMException("denied", "SecurityError"); },
});"""
FULL_STORAGE = """Storage.prototype.setItem = () => {
  throw new DOMException("full", "QuotaExceededError");
};"""


@dataclass
class Trainee:
    """One trainee in one tab with one LMS."""

    lms: Simulated
    context: BrowserContext
    opened: dict[str, Any] = field(default_factory=dict)
    learner: Learner | None = None

    @property
    def page(self) -> Page:
        assert self.learner
        return self.learner.page

    def open(self, **visit: Any) -> Learner:
        self.learner = self.lms.open(self.context, **self.opened | visit)
        return self.learner

    def leave(self) -> None:
        assert self.learner
        self.lms.leave(self.learner)

    def back(self, way: str = "go_back") -> None:
        """Go back, or forward, to the LMS's page, which the browser has kept."""
        launches = self.lms.server.launches
        history_step(self.page, way)
        server = self.lms.server
        assert server.wait(lambda: server.launches > launches, patience.SECONDS)

    def again(self) -> Learner:
        """In the page that the LMS has reloaded."""
        self.page.wait_for_function(
            "() => performance.getEntriesByType('navigation')[0].type === 'reload'"
        )
        self.learner = Learner.in_frame(self.page)
        return self.learner

    def old(self) -> Learner:
        """In the old copy."""
        self.page.wait_for_function(
            "() => performance.getEntriesByType('navigation')[0].type === 'back_forward'"
        )
        self.learner = Learner.in_frame(self.page)
        return self.learner

    def half_way(self, **visit: Any) -> None:
        """Work up to the second page."""
        learner = self.open(**visit)
        practise(learner)
        go(learner, "Second")
        learner.told("Saved")

    def rest(self) -> None:
        """Do what there is after the second page, and pass."""
        assert self.learner
        go(self.learner, "Quiz")
        take(self.learner, right=True)
        go(self.learner, "Record")
        fill(self.learner)
        self.learner.told("Saved")

    def writes(self) -> list[tuple[int, str]]:
        """The launches that have written, with the calls."""
        return [(call.launch, call.name) for call in self.lms.calls if call.name in WRITING]


def held(lms: Simulated) -> tuple[Any, ...]:
    """All that an LMS has of the trainee but for the time of visits, after a visit was left."""
    stored = lms.stored()
    return stored.status, stored.score, stored.location, stored.state, stored.interactions


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sco(tmp_path_factory.mktemp("course") / "sco", *PAGES)


@pytest.fixture
def trainee(
    new_context: Callable[..., BrowserContext], servers: ExitStack, course: Path
) -> Callable[..., Trainee]:
    def make(
        profile: str = "moodle", folder: Path = course, pauses: str = SHORT_PAUSES, **opened: Any
    ) -> Trainee:
        lms = servers.enter_context(simulated(folder, profile))
        context = new_context()
        context.add_init_script(pauses)
        return Trainee(lms, context, opened)

    return make


def copies(lms: Simulated) -> list[int]:
    """The launches that were old copies."""
    types = [one["type"] for one in lms.server.messages if one["type"] in ("launch", "copy")]
    return [number for number, kind in enumerate(types, 1) if kind == "copy"]


def state_of(lms: Simulated) -> State:
    found = decode(lms.stored().state or "")
    assert found
    return found


def wrote_nothing(one: Trainee) -> None:
    """No old copy has written anything, while it was there or as it went."""
    one.lms.server.wait_until_quiet()
    assert copies(one.lms) != []
    assert [call for call in one.writes() if call[0] in copies(one.lms)] == []


def left_by(one: Trainee, way: str) -> None:
    assert one.learner
    if way == "Save and exit":
        press(one.learner, "Save and exit")
        one.learner.exited()
    one.leave()


@pytest.mark.sampled
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("window", "journal"),
    [("frame", True), ("popup", True), pytest.param("popup", False, marks=pytest.mark.thorough)],
)
def test_half_way_work_stays_and_the_trainee_goes_on(
    trainee: Callable[..., Trainee], tmp_path: Path, window: str, journal: bool, way: str
) -> None:
    one = trainee(folder=write_sco(tmp_path / "sco", *PAGES, journal=journal), window=window)
    one.half_way()
    left_by(one, way)
    before = state_of(one.lms)
    one.back()
    learner = one.again()
    expect(heading(learner)).to_have_text("Second")
    learner.told("Saved")
    wrote_nothing(one)
    one.rest()
    one.leave()
    assert held(one.lms)[:3] == ALL_DONE
    after = state_of(one.lms)
    assert (after.attempt, after.checks) == (before.attempt, before.checks)
    told = {answer["id"] for answer in one.lms.stored().interactions or ()}
    assert {name for name in told if not versions.is_id(name)} == {"first--calm", "quiz--one"}
    assert any(map(versions.is_id, told))


@ALSO_THE_POPUP
@pytest.mark.parametrize("journal", [True, pytest.param(False, marks=pytest.mark.thorough)])
def test_the_words_of_the_record_stay(
    trainee: Callable[..., Trainee], tmp_path: Path, window: str, journal: bool
) -> None:
    one = trainee(folder=write_sco(tmp_path / "sco", *PAGES, journal=journal), window=window)
    learner = one.open()
    for title in ("Second", "Quiz", "Record"):
        go(learner, title)
    fill(learner)
    learner.told("Saved")
    one.leave()
    before = held(one.lms)
    one.back()
    learner = one.again()
    expect(heading(learner)).to_have_text("Record")
    expect(learner.frame.get_by_label("Answer")).to_have_value("Sam")
    learner.told("Saved")
    wrote_nothing(one)
    one.leave()
    after = held(one.lms)
    assert (after[0], after[2]) == (before[0], before[2]) == ("incomplete", "record")
    [record] = state_of(one.lms).records.values()
    assert record.text == "Sam"


@pytest.mark.sampled
@pytest.mark.parametrize("journal", [True, False])
@pytest.mark.parametrize("window", ["frame", "popup"])
def test_a_pass_stays_passed(
    trainee: Callable[..., Trainee], tmp_path: Path, window: str, journal: bool
) -> None:
    one = trainee(folder=write_sco(tmp_path / "sco", *PAGES, journal=journal), window=window)
    one.half_way()
    one.rest()
    marks_the_tab(one)
    one.leave()
    before = held(one.lms)
    assert before[:3] == ALL_DONE
    one.back()
    learner = one.old()
    learner.see(OLD_COPY)
    learner.told("Nothing is recorded")
    leaves_without_a_trace(one, before)
    one.back()
    learner = one.old()
    go(learner, "Second")
    learner.button("Open the course again").click()
    learner = one.again()
    expect(heading(learner)).to_have_text("Record")
    one.leave()
    wrote_nothing(one)
    assert held(one.lms) == before
    assert one.lms.grade() == 100


def marks_the_tab(one: Trainee) -> None:
    """What the tab remembers of a visit has no work in it."""
    assert one.learner
    marks = one.learner.frame.evaluate("() => Object.entries(sessionStorage)")
    [(name, text)] = [(name, text) for name, text in marks if name.startswith("scorm-builder")]
    state = state_of(one.lms)
    assert name == "scorm-builder /content/index.html"
    assert json.loads(text) == {
        "attempt": state.attempt,
        "sent": state.saves,
        "confirmed": state.saves,
        "over": True,
    }


def leaves_without_a_trace(one: Trainee, before: tuple[Any, ...]) -> None:
    """Answer in an old copy, turn the page, and leave."""
    assert one.learner
    expect(heading(one.learner)).to_have_text("First")
    practise(one.learner)
    go(one.learner, "Second")
    one.leave()
    wrote_nothing(one)
    assert held(one.lms) == before


@ALSO_THE_POPUP
def test_leaving_an_outdated_copy_writes_nothing(
    trainee: Callable[..., Trainee], window: str
) -> None:
    """The LMS's page is not reloaded offline."""
    one = trainee(window=window)
    one.half_way()
    one.leave()
    before = held(one.lms)
    one.context.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'onLine', { get: () => false });"
    )
    one.back()
    one.old().see(OLD_COPY)
    leaves_without_a_trace(one, before)


def test_back_twice_forward_and_a_reload(trainee: Callable[..., Trainee]) -> None:
    one = trainee()
    tab = one.context.new_page()
    start = f"{one.lms.server.address}/lms/left.html?start"
    tab.goto(start)
    tab.goto(one.lms.url())
    one.learner = Learner.in_frame(tab)
    go(one.learner, "Second")
    one.learner.told("Saved")
    one.leave()
    before = state_of(one.lms)
    one.back()
    goes_on(one)
    # The pages of the course are steps of the history, too.
    while tab.url != start:
        history_step(tab)
    one.back("go_forward")
    goes_on(one)
    to_what_came_after(one)
    one.back()
    goes_on(one)
    assert len(copies(one.lms)) == 3
    reload(one)
    one.again().told("Saved")
    one.leave()
    as_it_was(one, before)


@pytest.mark.sampled
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("journal", [False, True])
def test_popup_survives_back_forward_and_reload(
    trainee: Callable[..., Trainee], tmp_path: Path, journal: bool, way: str
) -> None:
    """The window begins with the course: a second Back leads nowhere."""
    one = trainee(folder=write_sco(tmp_path / "sco", *PAGES, journal=journal), window="popup")
    one.half_way()
    left_by(one, way)
    before = state_of(one.lms)
    one.back()
    goes_on(one)
    launches = one.lms.server.launches
    history_step(one.page)
    assert one.learner
    expect(heading(one.learner)).to_have_text("Second")
    assert one.lms.server.launches == launches
    to_what_came_after(one)
    one.back()
    goes_on(one)
    reload(one)
    resume(one.again(), "Second")
    one.learner.told("Saved")
    one.leave()
    as_it_was(one, before)


def goes_on(one: Trainee) -> None:
    """In the page that the LMS has reloaded, where the trainee was."""
    learner = one.again()
    expect(heading(learner)).to_have_text("Second")
    learner.told("Saved")


def to_what_came_after(one: Trainee) -> None:
    """Forward, through the pages of the course, to where the LMS has led from it."""
    while not one.page.url.endswith("left.html"):
        history_step(one.page, "go_forward")


def reload(one: Trainee) -> None:
    """A trainee's own, which is a launch like any other."""
    launches = one.lms.server.launches
    one.page.reload()
    server = one.lms.server
    assert server.wait(lambda: server.launches == launches + 1, patience.SECONDS)


def as_it_was(one: Trainee, before: State) -> None:
    wrote_nothing(one)
    after = state_of(one.lms)
    assert held(one.lms)[:3:2] == ("incomplete", "second")
    assert (after.attempt, after.visited, after.bookmark, after.checks) == (
        before.attempt,
        before.visited,
        before.bookmark,
        before.checks,
    )


@ALSO_THE_POPUP
def test_a_new_attempt_that_was_asked_for_is_begun_once(
    trainee: Callable[..., Trainee], window: str
) -> None:
    """Back from one that is passed, and from one that is half done."""
    one = trainee(window=window)
    one.half_way()
    one.rest()
    one.leave()
    one.half_way(attempt="new")
    one.rest()
    one.leave()
    before, attempt = held(one.lms), state_of(one.lms).attempt
    one.back()
    learner = one.old()
    learner.see(CLOSED)
    expect(learner.button("Open the course again")).to_have_count(0)
    one.leave()
    is_still_in(one, 2, attempt, before)
    one.half_way(attempt="new")
    one.leave()
    before, attempt = held(one.lms), state_of(one.lms).attempt
    one.back()
    goes_on(one)
    one.leave()
    is_still_in(one, 3, attempt, before)


def is_still_in(one: Trainee, number: int, attempt: str, before: tuple[Any, ...]) -> None:
    """The attempt is the same, with what it had."""
    wrote_nothing(one)
    assert held(one.lms)[:3] == before[:3]
    assert state_of(one.lms).attempt == attempt
    record = node()("stored", "moodle", {}, one.lms.server.messages)
    assert record["attempt"] == number


@ALSO_THE_POPUP
@pytest.mark.parametrize("script", [NO_STORAGE, FULL_STORAGE], ids=["none", "full"])
def test_without_storage_nothing_is_lost_either(
    trainee: Callable[..., Trainee], window: str, script: str
) -> None:
    one = trainee(window=window)
    one.context.add_init_script(script)
    one.half_way()
    one.leave()
    before = state_of(one.lms)
    one.back()
    learner = one.again()
    resume(learner, "Second")
    learner.told("Saved")
    wrote_nothing(one)
    one.leave()
    after = state_of(one.lms)
    assert (after.attempt, after.checks) == (before.attempt, before.checks)


@ALSO_THE_POPUP
def test_an_api_that_comes_late_is_an_old_copy_too(
    trainee: Callable[..., Trainee], window: str
) -> None:
    # A second of looking for the API, and more.
    one = trainee(api=1500, window=window, pauses="")
    one.half_way()
    one.leave()
    one.back()
    learner = one.again()
    learner.told("Saved")
    wrote_nothing(one)
    one.leave()
    assert len(state_of(one.lms).visited) == 2


@ALSO_THE_POPUP
def test_a_page_from_the_browsers_page_cache_is_reopened(
    trainee: Callable[..., Trainee], window: str
) -> None:
    one = trainee(window=window)
    one.half_way()
    assert one.learner
    launches = one.lms.server.launches
    one.learner.frame.evaluate(
        """() => {
          dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
          dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
        }"""
    )
    learner = one.again()
    expect(heading(learner)).to_have_text("Second")
    learner.told("Saved")
    assert one.lms.server.launches == launches + 1


@ALSO_THE_POPUP
def test_going_back_after_quick_exit_overwrites_nothing(
    trainee: Callable[..., Trainee], tmp_path: Path, window: str
) -> None:
    """Before the trainee leads on, and after."""
    folder = write_sco(tmp_path / "sco", *PAGES, fields={"quick_exit": QuickExit(None)})
    one = trainee(folder=folder, window=window)
    one.half_way()
    assert one.learner
    press_link(one.learner, "Exit this page")
    one.page.wait_for_url("**/content/*")
    one.lms.wait_for_the_last(one.page)
    before, visited = held(one.lms), state_of(one.lms).visited
    assert before[::2] == ("incomplete", "second", before[4])
    one.back()
    open_again = one.page.frame_locator("iframe[name=sco]").get_by_role("button")
    expect(open_again).to_have_text("Open again")
    wrote_nothing(one)
    open_again.click()
    resume(one.again(), "Second")
    one.page.goto(f"{one.lms.server.address}/lms/left.html")
    one.lms.wait_for_the_last(one.page)
    after = held(one.lms)
    assert (after[0], after[2]) == (before[0], before[2])
    # The visit that was opened again reports its version behind them.
    assert after[4][: len(before[4])] == before[4]
    assert [versions.is_id(answer["id"]) for answer in after[4][len(before[4]) :]] == [True]
    assert state_of(one.lms).visited == visited


def press_link(learner: Learner, words: str) -> None:
    learner.frame.locator("[data-leave]:visible", has_text=words).last.click()


def test_back_in_popup_tells_trainee_to_use_lms(
    trainee: Callable[..., Trainee],
) -> None:
    """The LMS is in another window, which the course must not reload."""
    one = trainee("strict")
    one.lms.kept = True
    window = one.context.new_page()
    with one.context.expect_page() as opened:
        window.goto(one.lms.url("popup"))
    learner = Learner(opened.value, opened.value.main_frame).started()
    go(learner, "Second")
    learner.told("Saved")
    one.lms.leave(learner)
    before = held(one.lms)
    window.locator("#exit").click()
    window.wait_for_url("**/left.html")
    with one.context.expect_page() as opened:
        window.go_back(wait_until="commit")
    learner = Learner(opened.value, opened.value.main_frame).started()
    learner.see(CLOSED)
    learner.told("Nothing is recorded")
    expect(learner.button("Open the course again")).to_have_count(0)
    go(learner, "Second")
    one.lms.leave(learner)
    wrote_nothing(one)
    assert held(one.lms) == before


# What is no old copy.


def test_back_to_reloaded_lms_page_is_a_new_visit(
    trainee: Callable[..., Trainee],
) -> None:
    one = trainee(kept=False)
    one.half_way()
    one.leave()
    one.back()
    learner = one.old()
    resume(learner, "Second")
    learner.told("Saved")
    assert (one.lms.server.launches, copies(one.lms)) == (2, [])


def test_a_plain_reload_in_the_first_visit_is_a_visit(trainee: Callable[..., Trainee]) -> None:
    one = trainee()
    one.half_way()
    one.page.reload()
    learner = one.again()
    resume(learner, "Second")
    learner.told("Saved")
    assert one.lms.server.launches == 2


def test_lost_saves_are_not_an_old_copy_after_a_reload(
    trainee: Callable[..., Trainee],
) -> None:
    """The LMS confirms and loses: its counter is behind, at each launch."""
    one = trainee()
    learner = one.open()
    learner.told("Saved")
    one.lms.given = {"cmi.suspend_data": one.lms.stored().state or ""}
    go(learner, "Second")
    learner.told("Saved")
    one.leave()
    launches = one.lms.server.launches
    one.page.goto(one.lms.url())
    learner = one.again()
    # The journal has what the LMS has lost, and the trainee goes on with it.
    learner.see(
        "Part of your last visit had not reached your learning system. "
        "We found it and are saving it."
    )
    learner.told("Saved")
    assert (one.lms.server.launches, copies(one.lms)) == (launches + 2, [])
    assert len(state_of(one.lms).visited) == 2


def test_another_device_may_be_ahead(
    trainee: Callable[..., Trainee], new_context: Callable[..., BrowserContext]
) -> None:
    one = trainee()
    one.half_way()
    one.leave()
    other = Trainee(one.lms, new_context())
    learner = other.open()
    resume(learner, "Second")
    other.rest()
    other.leave()
    launches = one.lms.server.launches
    one.page.goto(one.lms.url())
    learner = Learner.in_frame(one.page)
    # Passed on the other device: a look back, which starts at the first page.
    expect(heading(learner)).to_have_text("First")
    expect(
        learner.frame.get_by_role("link", name="Last time you stopped at “Record”.")
    ).to_be_visible()
    assert one.lms.server.launches == launches + 1
    assert held(one.lms)[:3] == ALL_DONE


def test_a_teacher_may_delete_the_attempt(trainee: Callable[..., Trainee]) -> None:
    one = trainee()
    one.half_way()
    one.leave()
    one.lms.server._messages[:] = [
        message for message in one.lms.server.messages if message["type"] == "package"
    ]
    one.page.goto(one.lms.url())
    learner = Learner.in_frame(one.page)
    expect(heading(learner)).to_have_text("First")
    learner.told("Saved")
    assert one.lms.server.launches == 1


def test_review_visit_can_go_back_without_saving(trainee: Callable[..., Trainee]) -> None:
    one = trainee()
    one.half_way()
    one.rest()
    one.leave()
    before = held(one.lms)
    for count, mode in enumerate(("review", "browse"), 1):
        one.open(mode=mode)
        one.leave()
        one.back()
        go(one.old(), "Second")
        one.leave()
        assert len(copies(one.lms)) == count
        assert held(one.lms) == before
