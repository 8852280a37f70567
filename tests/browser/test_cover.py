"""The cover, the way into the course; contents beside it and over it; text fetched ahead."""

import re
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from builder.course import model, state
from builder.course.model import Certificate, Cover, Draw, Module, QuizRules
from builder.package.plan import plan
from tests.browser.conftest import Lms, Sco
from tests.browser.learner import NOTHING_AHEAD, Learner, sent
from tests.browser.odd_lms import holding
from tests.browser.player_course import PAGES, small_course, unpacked
from tests.lms.scorm_again import scorm_again
from tests.support.courses import page as page_of
from tests.support.courses import question, story

COVER = {"cover": Cover("What to do first.", "For everybody.", ("keep calm",))}
AHEAD = re.compile(r"/ahead-\w+\.js$")


def at_cover(page: Page) -> Learner:
    frame = page.locator("iframe[name=sco]").element_handle().content_frame()
    assert frame is not None
    learner = Learner(page, frame)
    expect(frame.locator("h1")).to_have_text("First aid")
    return learner


@pytest.fixture
def cover_of(sco: Sco, serve: Any, new_context: Any) -> Callable[..., Locator]:
    """What a course says on its cover of what an LMS holds. Each has an address, and so a journal,
    of its own."""
    context: BrowserContext = new_context()

    def said(kept: state.State, *pages: Any, **tracking: Any) -> Locator:
        page = context.new_page()
        page.add_init_script(holding({"cmi.suspend_data": state.encode(kept)}))
        page.goto(serve(sco(*pages, fields=COVER, **tracking)) + "/index.html")
        return page.locator("#cover-actions :is(p, h3, li):visible")

    return said


def test_cover_is_not_counted_and_offers_resume(lms: Lms, page: Page, timed: None) -> None:
    host = lms(fields=COVER)
    page.goto(host.url())
    learner = at_cover(page)
    facts = learner.frame.locator(".cover-facts li").all_inner_texts()
    assert facts == ["About 10 minutes", "5 pages", "Pass mark 4 of 4 points"]
    learner.see("A record to fill in · Stop and come back any time")
    # The bookmark is written as it was before there were covers.
    page.clock.run_for(2_000)
    host.wait("cmi.core.lesson_location", "first")
    expect(learner.frame.locator("#next")).to_be_hidden()
    learner.see("First page: First")
    learner.press("Start")
    learner.at("First")
    learner.go("Second")
    page.clock.run_for(2_000)
    host.wait("cmi.core.lesson_location", "second")
    page.goto("about:blank")
    host.wait_for_call("LMSFinish")
    page.goto(host.url())
    learner = at_cover(page)
    learner.see("Last time you stopped at “Second”.")
    assert learner.frame.get_by_text("First page").count() == 0
    assert learner.frame.evaluate("document.activeElement.localName") == "body"
    learner.press("Resume: Second")
    learner.at("Second")
    learner.press("First aid")
    learner.at("First aid")
    learner.press("Resume: Second")
    learner.at("Second")


PASSED = state.State(
    "AAAAAAAA",
    9,
    "passed",
    PAGES[1].key,
    95_00,
    visited=frozenset(one.key for one in PAGES),
    records={
        state.key("record", one): state.RecordState("2027-03-02", "Sam") for one in ("one", "two")
    },
    reported=True,
    finished="2027-03-03",
)
REVIEW = {"cmi.core.lesson_mode": "review"}


GIVEN = {
    "cmi.core.lesson_status": "passed",
    "cmi.core.score.raw": "95",
    "cmi.suspend_data": state.encode(PASSED),
}


@pytest.mark.parametrize("mode", [{}, REVIEW], ids=["normal", "review"])
def test_after_a_pass_the_cover_has_the_result_and_prints(
    lms: Lms, page: Page, mode: dict[str, str]
) -> None:
    host = lms(fields=COVER | {"certificate": Certificate()}, given=GIVEN | mode)
    page.goto(host.url())
    learner = at_cover(page)
    cover = learner.frame.locator("#cover-actions")
    expect(cover.locator("h2")).to_have_text("You passed on 3 March 2027")
    expect(cover.locator("p").first).to_have_text("Your score: 95%")
    expect(cover.locator("button:visible")).to_have_text(
        ["Print certificate", "Print record", "Your result", "Read the course again"]
    )
    expect(cover.locator("button:not(.plain)")).to_have_text(["Print certificate"])
    # It asks for no more time.
    facts = learner.frame.locator(".cover-facts li:visible")
    expect(facts).to_have_text(["5 pages", "Pass mark 4 of 4 points"])
    expect(learner.frame.get_by_text("Stop and come back any time")).to_be_hidden()
    assert learner.frame.get_by_text("Start again").count() == 0
    learner.press("Your result")
    learner.at("You passed · 95%")
    learner.frame.evaluate("location.hash = '#/'")
    expect(cover.locator("h2")).to_have_text("You passed on 3 March 2027")
    learner.press("Read the course again")
    learner.at("First")
    learner.frame.evaluate(
        """() => {
          window.printed = [];
          window.print = () => window.printed.push(document.querySelector("main h1").textContent);
        }"""
    )
    for button, sheet in (("Print certificate", "Certificate"), ("Print record", "Record")):
        learner.frame.evaluate("location.hash = '#/'")
        learner.at("First aid")
        learner.press(button)
        learner.at(sheet)
        learner.frame.wait_for_function("title => window.printed.includes(title)", arg=sheet)
    assert learner.frame.evaluate("window.printed") == ["Certificate", "Record"]


SPENT = (
    "You cannot pass this time. Ask your manager, or the person who "
    "asked you to take this course, whether you can have another attempt."
)
TRIED = ["Last time you stopped at “Second”.", "Your score: 47% – You need 80%"]


def test_after_a_failed_try_the_cover_has_the_result(cover_of: Callable[..., Locator]) -> None:
    tried = replace(
        PASSED,
        status="incomplete",
        score=47_00,
        reported=False,
        finished="",
        quizzes={PAGES[3].key: state.QuizState(1, 47_00, open=False, answers={})},
    )
    expect(cover_of(tried)).to_have_text(TRIED)
    expect(cover_of(tried, attempts=1)).to_have_text([TRIED[1], SPENT])
    expect(cover_of(tried, attempts=1, failed="never")).to_have_text([*TRIED, SPENT])


SECOND = page_of("second")
EXAM = page_of("exam", "Ready?", kind="quiz", quiz=(question("asked"),))
OWN = page_of(
    "own", "Ready?", kind="quiz", quiz=(question("other"),), rules=QuizRules(pass_mark=60)
)
LATER = tuple(page_of(f"later-{number}") for number in range(4))
WALK = story("walk", "## One {#one}\n\n::: ending good\nEnd.\n:::", weight=1.0)


RESULTS: tuple[tuple[list[Any], dict[str, int], list[str], list[str]], ...] = (
    # No quiz: nothing counts yet.
    ([PAGES[4]], {}, [], []),
    ([EXAM, PAGES[4]], {}, [], []),
    (
        [EXAM, PAGES[4]],
        {"exam": 95_00},
        ["exam"],
        ["Your score: 95% – Passed", "Still to do", "Record – Not started"],
    ),
    (
        [EXAM, *LATER],
        {"exam": 95_00},
        ["exam"],
        [
            "Your score: 95% – Passed",
            "Still to do",
            *[f"Later-{number} – Not started" for number in range(3)],
            "and 1 more page, listed in “Contents”",
        ],
    ),
    ([EXAM, PAGES[4]], {"exam": 79_99}, ["exam"], ["Your score: 79% – You need 1 of 1"]),
    # The score of the course would count the other quiz as 0.
    ([EXAM, OWN], {"exam": 95_00}, ["exam"], ["Exam – Passed (95%)"]),
    ([EXAM, OWN], {"own": 70_00}, ["own"], ["Own – Passed (70%)"]),
    (
        [EXAM, OWN, PAGES[4]],
        {"exam": 95_00, "own": 50_00},
        ["exam", "own"],
        ["Exam – Passed (95%)", "Own – Not passed yet (50%)"],
    ),
    (
        [EXAM, OWN, PAGES[4]],
        {"exam": 95_00, "own": 70_00},
        ["exam", "own"],
        ["Exam – Passed (95%)", "Own – Passed (70%)", "Still to do", "Record – Not started"],
    ),
    (
        [EXAM, PAGES[3], PAGES[4]],
        {"exam": 95_00, "quiz": 75_00},
        ["exam", "quiz"],
        ["Your score: 85% – Passed", "Still to do", "Record – Not started"],
    ),
    (
        [EXAM, WALK, PAGES[4]],
        {"walk": 100_00},
        ["walk"],
        ["Walk – 100%"],
    ),
    (
        [WALK, PAGES[4]],
        {"walk": 100_00},
        ["walk"],
        ["Your score: 100% – Passed", "Still to do", "Record – Not started"],
    ),
)
"""Pages after the first two, the scores of quizzes and scenarios, which of these pages were
visited, and what the cover says of it."""


def test_cover_lists_quiz_results_before_the_end(cover_of: Callable[..., Locator]) -> None:
    for pages, scores, read, lines in RESULTS:
        work = state.State(
            "AAAAAAAA",
            4,
            "incomplete",
            PAGES[1].key,
            visited=frozenset(state.key("page", name) for name in ("first", "second", *read)),
            quizzes={
                state.key("page", name): state.QuizState(1, score, open=False, answers={})
                for name, score in scores.items()
            },
            checks={state.key("scene", "walk/one"): state.CheckState(1, True, "")},
        )
        said = cover_of(work, PAGES[0], SECOND, *pages, attempts=0)
        expect(said).to_have_text([TRIED[0], *lines])


def test_a_passed_test_out_is_no_result(tmp_path: Path, page: Page, servers: ExitStack) -> None:
    test = model.TestOut((Draw(1, (question("asked"),)),), 80, 0)
    known = page_of("known")
    made = small_course(PAGES[0], SECOND, known, fields=COVER)
    modules = (Module("", made.pages[:2]), Module("Plants", (known,), id="plants", test_out=test))
    made = replace(made, modules=modules, questions=(question("asked"),))
    work = state.State(
        "AAAAAAAA",
        4,
        "incomplete",
        SECOND.key,
        visited=frozenset([SECOND.key, state.key("shown", "known")]),
        quizzes={
            state.key("page", "test-out_plants"): state.QuizState(1, 100_00, open=False, answers={})
        },
    )
    given = {"cmi.suspend_data": state.encode(work)}
    host = servers.enter_context(scorm_again(unpacked(tmp_path / "sco", plan(made)), given=given))
    page.goto(host.url())
    cover = at_cover(page).frame.locator("#cover-actions")
    expect(cover.locator(":is(p, h3, li):visible")).to_have_text([TRIED[0]])


def test_to_start_again_is_asked_about_on_the_cover(lms: Lms, page: Page, timed: None) -> None:
    host = lms(fields=COVER, given={"cmi.core.lesson_location": "third"})
    page.goto(host.url())
    learner = at_cover(page)
    learner.press("Start again")
    learner.press("No, go back")
    learner.press("Start again")
    assert sent(host, "cmi.core.lesson_location") == []
    learner.press("Yes, start again")
    learner.at("First")
    page.clock.run_for(2_000)
    host.wait("cmi.core.lesson_location", "first")


def test_contents_open_as_sidebar_in_wide_window(sco: Sco, serve, page: Page) -> None:
    page.set_viewport_size({"width": 1366, "height": 800})
    page.goto(serve(sco(fields=COVER)) + "/index.html")
    learner = Learner(page, page.main_frame)
    contents = page.locator("#contents")
    expect(page.locator("#contents-button")).to_be_visible()
    expect(contents).to_be_hidden()
    learner.press("Start")
    expect(contents).to_be_visible()
    learner.go("Second")
    # A page is ticked when it is left.
    expect(contents.locator("li.done")).to_have_count(1)
    assert contents.bounding_box()["x"] == 0
    # Once closed, it stays closed.
    learner.press("Contents")
    learner.go("Third")
    expect(contents).to_be_hidden()
    learner.press("Contents")
    page.set_viewport_size({"width": 800, "height": 700})
    expect(contents).to_be_hidden()
    learner.press("Contents")
    page.locator("main").click(position={"x": 700, "y": 100})
    expect(contents).to_be_hidden()


def test_no_page_is_lost_when_the_connection_fails(
    sco: Sco, serve, page: Page, expected: list[str]
) -> None:
    requests: list[str] = []
    page.on("requestfinished", lambda request: requests.append(request.url))
    page.goto(serve(sco(fields=COVER)) + "/index.html")
    learner = Learner(page, page.main_frame)
    learner.press("Start")
    learner.at("First")
    page.wait_for_function(
        "() => scormBuilder && document.querySelectorAll('script[src]').length === 1"
    )
    while len([url for url in requests if AHEAD.search(url)]) < 2:
        page.wait_for_event("requestfinished")
    expected.extend(("ERR_INTERNET_DISCONNECTED", "Failed to load"))
    page.context.set_offline(True)
    for title in ("Second", "Third", "Quiz", "Record"):
        learner.go(title)
    learner.press("Search")
    expect(page.locator("#search-words")).to_be_focused()


def test_data_saver_prevents_fetching_pages_ahead(sco: Sco, serve, page: Page) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.add_init_script(NOTHING_AHEAD)
    page.goto(serve(sco(fields=COVER)) + "/index.html")
    learner = Learner(page, page.main_frame)
    learner.press("Start")
    learner.go("Second")
    learner.press("Contents")
    assert [url for url in requests if AHEAD.search(url)] == []


def test_page_without_its_files_explains_unzipping(
    sco: Sco, serve, page: Page, expected: list[str]
) -> None:
    expected.append("player-")
    page.route(re.compile(r"/player-\w+\.js$"), lambda route: route.abort())
    page.goto(serve(sco(fields=COVER)) + "/index.html")
    notice = page.locator("#alone")
    expect(notice).to_contain_text("extract the whole zip file first")
    # It comes after five seconds, in which the other files should have come.
    waits = notice.evaluate(
        """(notice) => notice.getAnimations().map((one) => {
          const { delay } = one.effect.getTiming();
          one.finish();
          return delay;
        })"""
    )
    assert waits == [5000]
    expect(notice).to_be_visible()
