"""While nothing can be saved, and when parts of the package are gone: the truth, and what helps."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from builder.course import state
from builder.course.model import QuickExit
from tests.browser.conftest import Lms
from tests.browser.learner import Learner
from tests.browser.leaving import asked
from tests.browser.player_course import SEVERAL
from tests.lms.scorm_again import ScormAgain
from tests.support.clocks import pass_until, stand_still
from tests.support.courses import item
from tests.support.courses import page as page_of

BANNER = "[data-notice=save]"
NOT_SAVED = "Not saved. Keep this window open."
WHY = "Details"
REOPEN = "Open the course again"
KEPT = (
    "What you have done since is kept in this window and, without what you wrote in your own "
    "words, in this browser for 7 days. We keep trying to save."
)


@pytest.fixture
def begun(lms: Lms, launch, page: Page, expected: list[str]) -> tuple[ScormAgain, Learner]:
    """A trainee in the course, of which everything so far is saved."""
    expected.extend(["503", "404", "Failed to load resource", "ERR_"])
    page.clock.install(time="2026-11-25T13:05:00")
    host = lms()
    learner = launch(host)
    learner.told("Saved")
    return host, learner


def fail(learner: Learner, title: str = "Second") -> Locator:
    """Go on until the course knows that saving fails."""
    learner.go(title)
    learner.page.clock.run_for(5000)
    learner.told("Not saved")
    banner = learner.frame.locator(BANNER)
    expect(banner.get_by_role("alert")).to_have_text(NOT_SAVED)
    return banner


def safe(banner: Locator) -> Locator:
    """What the notice says of what is saved and kept; the browser takes its time to keep it."""
    banner.get_by_text(WHY).click()
    words = safe_words(banner)
    expect(words).to_be_visible()
    return words


def safe_words(banner: Locator) -> Locator:
    return banner.locator("details p").nth(1)


# The top edges of the notice and the heading in the window, and the header's bottom.
PLACES = """() => [
  ...["#notices", "main h1"].map((place) =>
    document.querySelector(place).getBoundingClientRect().top),
  document.querySelector(".bar").getBoundingClientRect().bottom,
].map(Math.round)"""


def on_phone(host: ScormAgain, page: Page) -> Learner:
    with page.expect_popup() as popup:
        page.goto(host.url("popup"))
    popup.value.set_viewport_size({"width": 390, "height": 844})
    popup.value.clock.install()
    learner = Learner(popup.value, popup.value.main_frame).started()
    learner.told("Saved")
    host.down = True
    return learner


def test_unsaved_notice_is_one_line_and_off_what_is_typed(lms: Lms, page, expected) -> None:
    expected.extend(["503", "Failed to load resource"])
    words = "Words.\n\n" * 12
    record = page_of("second", words, kind="record", record=(item("one", 120), item("two", 120)))
    learner = on_phone(lms(page_of("first"), record), page)
    banner = fail(learner)
    height = banner.bounding_box()["height"]
    line = banner.get_by_role("alert").bounding_box()["height"]
    assert (line < 30, height < 50) == (True, True)
    field = learner.frame.get_by_role("textbox").first
    for typing in (False, True):
        # Its first line is where the notice is while nobody types.
        field.evaluate("(field) => scrollBy(0, field.getBoundingClientRect().top - 70)")
        box = field.bounding_box()
        there = f"document.elementFromPoint({box['x'] + 20}, {box['y'] + 10}).localName"
        assert (learner.frame.evaluate(there) == "textarea") is typing
        field.evaluate("(field) => field.focus({ preventScroll: true })")


def test_unsaved_details_on_phone_open_without_covering_fields(lms: Lms, page, expected) -> None:
    expected.extend(["503", "Failed to load resource"])
    long = page_of("second", "Words.\n\n" * 60 + "::: check several\n", checks=(SEVERAL,))
    learner = on_phone(lms(page_of("first"), long), page)
    banner = fail(learner)
    # The header shows no second row, which would cover the first line of the notice.
    learner.choose("Option a")
    top, heading, header = learner.frame.evaluate(PLACES)
    assert top == header
    assert heading < 0
    learner.frame.evaluate("document.querySelector('#notices summary').click()")
    expect(safe_words(banner)).to_be_visible()
    opened = learner.frame.evaluate(PLACES)
    assert opened[0] == header
    assert abs(opened[1] - heading) <= 1
    # Each field that gets the focus is below the notice.
    banner.locator("summary").focus()
    learner.choose("Option b")
    field = learner.frame.locator("input:focus").bounding_box()
    below = learner.frame.locator("#notices").bounding_box()
    assert field
    assert below
    assert field["y"] >= below["y"] + below["height"]


def test_unsaved_notice_gives_reason_and_goes_after_saving(begun, context) -> None:
    host, learner = begun
    learner.page.clock.run_for(60_000)
    host.down = True
    banner = fail(learner)
    reason = banner.locator("details p").first
    expect(reason).to_have_text(
        "Your learning system can be reached, but is not saving your progress. If “Retry” does not "
        "help, you may have been signed out: open the course again."
    )
    expect(banner.get_by_role("button", name=REOPEN)).to_be_hidden()
    expect(safe(banner)).to_contain_text(f"Saved last at 13:05. {KEPT}")
    expect(banner.get_by_role("button", name=REOPEN)).to_be_visible()
    learner.retry(host.recover)
    learner.page.clock.run_for(5000)
    learner.told("Saved")
    expect(banner).to_have_count(0)
    expect(learner.frame.get_by_role("heading", level=1)).to_be_focused()
    host.wait("cmi.core.lesson_location", "second")

    # Offline, it passes by itself.
    context.set_offline(True)
    learner.choose("Option a", "Option c")
    learner.press("Check")
    learner.page.clock.run_for(5000)
    expect(reason).to_have_text("You are offline.")
    expect(banner.get_by_role("alert")).to_have_text("Not saved: you are offline.")
    context.set_offline(False)
    learner.page.clock.run_for(3000)
    learner.told("Saved")
    expect(banner).to_have_count(0)
    kept = state.decode(host.stored["cmi.suspend_data"])
    assert kept is not None
    assert state.key("question", "several") in kept.checks


SHOWN = "document.dispatchEvent(new Event('visibilitychange'))"


@pytest.mark.parametrize("act", ["document.querySelector('main h1').click()", SHOWN])
def test_saving_is_tried_at_once_when_the_trainee_acts(begun, act: str) -> None:
    host, learner = begun
    host.down = True
    banner = fail(learner)
    learner.page.clock.run_for(6000)
    host.recover()
    learner.frame.evaluate(act)
    # The next try without it is due later.
    learner.page.clock.run_for(3000)
    learner.told("Saved")
    expect(banner).to_have_count(0)


def test_lost_lms_window_does_not_deny_a_stored_result(lms: Lms, launch, page, expected) -> None:
    expected.append("ERR_")
    page.clock.install()
    learner = launch(lms(page_of("first"), page_of("second"), page_of("third")))
    for title in ("Second", "Third"):
        learner.go(title)
        page.clock.run_for(3000)
    learner.told("Saved")
    page.evaluate("() => { window.old = API; API = undefined; }")
    learner.frame.evaluate("location.hash = '#/second'")
    page.clock.run_for(5000)
    learner.told("Not saved")
    stored = "Your result is saved. What you do now is not."
    expect(learner.frame.locator(BANNER).get_by_role("alert")).to_have_text(stored)
    learner.frame.evaluate("location.hash = '#end'")
    expect(learner.frame.locator(".saved-words")).to_have_text(stored)


def test_unsaved_notice_admits_that_browser_stores_nothing(
    lms: Lms, launch, page: Page, expected: list[str]
) -> None:
    expected.append("503")
    page.add_init_script("IDBFactory.prototype.open = () => { throw Error('denied'); };")
    page.clock.install()
    host = lms()
    learner = launch(host)
    learner.told("Saved")
    host.down = True
    expect(safe(fail(learner))).to_contain_text("kept in this window only. We keep trying to save.")


SIGNED_OUT = "Not saved: you have been signed out. Open the course again."
NO_MORE_HERE = (
    "Your learning system has signed you out. Even if you sign in again in another tab, it may "
    "save nothing more from this window. Opening the course again helps."
)


def refuse(route: Route) -> None:
    """How a server answers a trainee who is not signed in."""
    if route.request.method == "HEAD":
        route.fulfill(status=401)
    else:
        route.continue_()


@pytest.fixture
def signed_out(begun) -> tuple[ScormAgain, Learner, Locator]:
    """A trainee whose login has expired: nothing is stored any more, and the course knows why."""
    host, learner = begun
    host.down = True
    learner.page.route("**/index.html", refuse)
    learner.choose("Option b")
    learner.press("Check")
    learner.page.clock.run_for(5000)
    banner = learner.frame.locator(BANNER)
    expect(banner.get_by_role("alert")).to_have_text(SIGNED_OUT)
    return host, learner, banner


def choices(banner: Locator) -> list[str]:
    return [words for words in banner.get_by_role("button").all_inner_texts() if words]


def test_signing_out_is_reported_and_opening_again_copies_the_answers(signed_out, context) -> None:
    host, learner, banner = signed_out
    assert choices(banner) == [REOPEN, "Copy my answers"]
    expect(banner.locator("details p").first).to_have_text(NO_MORE_HERE)
    copies = f"“{REOPEN}” first copies your answers, so that you can put back what is missing."
    expect(safe(banner)).to_have_text(re.compile(f"{re.escape(f'{KEPT} {copies}')}$"))
    # Signed in again in another tab: as in Moodle, this window is still refused.
    learner.page.unroute("**/index.html")
    for _ in range(3):
        learner.page.clock.run_for(60_000)
        expect(banner.get_by_role("alert")).to_have_text(SIGNED_OUT)
        expect(banner.locator("details p").first).to_have_text(NO_MORE_HERE)
    assert choices(banner) == [REOPEN, "Copy my answers"]
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    found = asked(learner.page)
    host.down = False
    banner.get_by_role("button", name=REOPEN).press("Enter")
    again = learner.page.frame_locator("iframe[name=sco]")
    expect(again.locator("#save-status")).to_have_text("Saved")
    assert host.launches == 2
    assert found == []
    text = learner.page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("First aid\nCohen, Dana\n")
    assert "Your answer: Option b" in text


def test_answers_are_shown_before_reopening_if_copying_fails(signed_out) -> None:
    host, learner, banner = signed_out
    learner.frame.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(); }")
    banner.get_by_role("button", name=REOPEN).press("Enter")
    expect(banner.get_by_role("textbox")).to_be_focused()
    assert "Your answer: Option b" in banner.get_by_role("textbox").input_value()
    assert host.launches == 1
    learner.page.unroute("**/index.html")
    host.down = False
    banner.get_by_role("button", name=REOPEN).press("Enter")
    again = learner.page.frame_locator("iframe[name=sco]")
    expect(again.locator("#save-status")).to_have_text("Saved")
    assert host.launches == 2


def test_new_login_lets_lms_receive_everything(signed_out) -> None:
    host, learner, banner = signed_out
    learner.page.unroute("**/index.html")
    host.down = False
    status = learner.frame.locator("#save-status")
    pass_until(learner.page, lambda: status.text_content() == "Saved")
    expect(banner).to_have_count(0)
    kept = state.decode(host.stored["cmi.suspend_data"])
    assert kept is not None
    assert state.key("question", "calm") in kept.checks
    # A later failure is not taken for another expired login.
    host.down = True
    fail(learner)


def test_focus_stays_in_notice_when_it_changes(begun) -> None:
    host, learner = begun
    host.down = True
    fail(learner)
    learner.page.route("**/index.html", refuse)
    learner.press("Retry")
    expect(learner.button(REOPEN).last).to_be_focused()


def test_signed_out_popup_asks_trainee_to_close_it(lms: Lms, page, expected) -> None:
    expected.extend(["503", "401", "Failed to load resource"])
    host = lms()
    with page.expect_popup() as popup:
        page.goto(host.url("popup"))
    popup.value.clock.install()
    learner = Learner(popup.value, popup.value.main_frame).started()
    learner.told("Saved")
    host.down = True
    learner.page.route("**/index.html", refuse)
    learner.go("Second")
    banner = learner.frame.locator(BANNER)
    learner.page.clock.run_for(5000)
    expect(banner.get_by_role("alert")).to_have_text(
        "Not saved: you have been signed out. "
        "Copy your answers, close this window, sign in and open the course again."
    )
    assert choices(banner) == ["Copy my answers"]


def test_closed_lms_window_saves_nothing_until_relaunched(begun, page) -> None:
    host, learner = begun
    # It would still say true to everything.
    page.evaluate("() => { window.old = API; API = undefined; }")
    banner = fail(learner)
    expect(banner.locator("details p").first).to_contain_text("The window of your learning system")
    commits = host.commits
    # The LMS has launched the course once more.
    learner.retry(lambda: page.evaluate("() => { API = { ...old, LMSInitialize: () => 'true' }; }"))
    page.clock.run_for(3000)
    learner.told("Saved")
    expect(banner).to_have_count(0)
    assert host.commits > commits
    host.wait("cmi.core.lesson_location", "second")
    expect(learner.frame.get_by_role("heading", level=1)).to_have_text("Second")


CLOSED = (
    "This visit has ended, so nothing more is recorded. "
    "Close this window and open the course again from your learning system."
)
# Another API in place of the one that is gone: it takes everything and has other values.
ANOTHER = """values => {
  window.made = [];
  const answer = (name) => (...args) => {
    made.push([name, ...args]);
    return name === "LMSGetValue" ? values[args[0]] ?? old.LMSGetValue(...args) : "true";
  };
  API = Object.fromEntries(Object.keys(old).map((name) => [name, answer(name)]));
  API.LMSGetLastError = () => "0";
}"""
SOMEBODY = {"cmi.core.student_id": "learner-2"}
ANYTHING = {"cmi.suspend_data": "slide=3"}


def gone_window(learner: Learner) -> Locator:
    learner.page.evaluate("() => { window.old = API; API = undefined; }")
    return fail(learner)


@pytest.mark.parametrize(
    "values",
    [SOMEBODY, {"cmi.core.student_name": "Okafor, Ben"}, ANYTHING, {"cmi.suspend_data": ""}],
    ids=["somebody", "somebody without an id", "another activity", "one never opened"],
)
def test_work_is_not_saved_into_another_trainees_record(begun, context, page, values) -> None:
    _, learner = begun
    banner = gone_window(learner)
    learner.retry(lambda: page.evaluate(ANOTHER, values))
    learner.see(CLOSED)
    learner.told("Nothing is recorded")
    expect(banner).to_have_count(0)
    learner.go("Third")
    page.clock.run_for(60_000)
    assert {name for name, *_ in page.evaluate("made")} == {"LMSInitialize", "LMSGetValue"}
    # What is there of it is the trainee's, and nobody else's.
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    learner.button("Copy my answers").press("Enter")
    expect(learner.frame.locator("[data-notice=mode] [role=status]")).to_have_text("Copied")
    text = learner.frame.evaluate("navigator.clipboard.readText()")
    assert text.startswith("First aid\nCohen, Dana\n")


def test_lms_window_showing_another_page_is_not_called(begun, page) -> None:
    _, learner = begun
    banner = gone_window(learner)
    page.evaluate("() => history.pushState({}, '', '/another-activity')")
    learner.retry(lambda: page.evaluate(ANOTHER, {}))
    page.clock.run_for(60_000)
    assert page.evaluate("made") == []
    learner.told("Not saved")
    expect(banner.locator("details p").first).to_have_text(
        "The window of your learning system is closed or shows something else. "
        "Open the course there again. Copy your answers first, to be safe."
    )


def test_record_refused_at_first_is_still_checked_later(begun, page) -> None:
    _, learner = begun
    gone_window(learner)
    page.evaluate(ANOTHER, SOMEBODY)
    page.evaluate("() => { API.LMSInitialize = () => 'false'; }")
    learner.press("Retry")
    # It is pressed again before anything is known of the other LMS.
    learner.button("Retry").press("Enter")
    page.evaluate("() => { API.LMSInitialize = () => 'true'; }")
    page.clock.run_for(15_000)
    learner.see(CLOSED)
    # It is not asked once more, and the notice of a refusal does not come back.
    page.evaluate("made.length = 0")
    page.clock.run_for(60_000)
    assert page.evaluate("made") == []
    assert learner.frame.locator("[data-notice=lms]").count() == 0


def test_nothing_is_written_until_record_owner_is_known(begun, page) -> None:
    _, learner = begun
    gone_window(learner)
    page.evaluate(ANOTHER, SOMEBODY)
    page.evaluate("() => { API.LMSInitialize = () => 'false'; }")
    learner.press("Retry")
    learner.button("Retry").last.press("Enter")
    page.clock.run_for(60_000)
    called = {name for name, *_ in page.evaluate("made")}
    assert not called & {"LMSSetValue", "LMSCommit", "LMSFinish"}


def test_failure_reason_is_requested_every_fifteen_seconds(begun) -> None:
    host, learner = begun
    host.down = True
    fail(learner)
    learner.retry(host.recover)
    learner.page.clock.run_for(2000)
    learner.told("Saved")
    host.down = True
    fail(learner, "Third")
    stand_still(learner.page)
    learner.frame.evaluate(
        """() => {
          const ask = fetch;
          window.asked = 0;
          window.fetch = (...given) => ask(...given, (asked += 1));
        }"""
    )
    learner.page.clock.run_for(60_000)
    assert learner.frame.evaluate("asked") == 4


@pytest.fixture
def answered(begun) -> tuple[Learner, Locator]:
    """A trainee with answers of each kind that cannot be saved."""
    host, learner = begun
    learner.choose("Option b")
    learner.press("Check")
    for title in ("Second", "Third", "Quiz"):
        learner.go(title)
    learner.press("Start")
    learner.choose("Option a")
    learner.press("Check")
    learner.contents()
    learner.press("Record Not started 2 min")
    learner.at("Record")
    host.down = True
    learner.fill("Answer", "Ask Dana")
    learner.page.clock.run_for(10_000)
    learner.told("Not saved")
    # However long all of that has taken.
    learner.page.clock.set_fixed_time("2026-11-25T13:05:00")
    return learner, learner.frame.locator(BANNER)


COPY = re.compile(
    """First aid
Cohen, Dana
25 November 2026, 13:05

First – Visited
Prompt of calm\\?
Your answer: Option b

Second – Visited

Third – Visited

Quiz – In progress
Prompt of one\\?
Your answer: Option a

Record – In progress
What about one\\?
Your answer: Ask Dana

Progress code for your administrator:
(1[A-Za-z0-9_-]+)"""
)


def judge(text: str) -> None:
    found = COPY.fullmatch(text)
    assert found, text
    kept = state.decode(found[1])
    assert kept is not None
    assert kept.checks[state.key("question", "calm")].response == "b"


def test_answers_are_copied_or_shown_for_copying_by_hand(answered, context) -> None:
    learner, banner = answered
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    learner.press("Copy my answers")
    expect(banner.get_by_role("status")).to_have_text("Copied")
    judge(learner.frame.evaluate("navigator.clipboard.readText()"))
    learner.frame.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(); }")
    learner.button("Copy my answers").press("Enter")
    expect(banner.get_by_role("status")).to_contain_text("Copying is not allowed here.")
    field = banner.get_by_role("textbox")
    expect(field).to_be_focused()
    judge(field.input_value())
    selected = "field => field.selectionEnd - field.selectionStart === field.value.length"
    assert field.evaluate(selected)


def test_browser_warns_only_before_leaving_unsaved_work(begun) -> None:
    host, learner = begun
    host.down = True
    fail(learner)
    found = asked(learner.page)
    with learner.page.expect_event("dialog"):
        learner.page.evaluate("() => void setTimeout(() => location.reload())")
        learner.page.clock.run_for(100)
    expect(learner.button("Retry")).to_be_visible()
    assert found == ["beforeunload"]
    learner.retry(host.recover)
    learner.page.clock.run_for(5000)
    learner.told("Saved")
    learner.page.goto("about:blank")
    assert found == ["beforeunload"]


def test_quick_exit_is_not_held_by_unsaved_work(
    lms: Lms, launch, page, expected: list[str]
) -> None:
    expected.append("503")
    page.clock.install()
    host = lms(fields={"quick_exit": QuickExit(None)})
    learner = launch(host)
    learner.told("Saved")
    host.down = True
    fail(learner)
    found = asked(page)
    learner.press("Exit this page")
    expect(page).to_have_title("Calendar")
    assert found == []


def gone(learner: Learner, answer: Callable[[Route], None]) -> Locator:
    """The page Third cannot be loaded."""
    learner.go("Second")
    learner.page.clock.run_for(2000)
    learner.told("Saved")
    learner.page.route("**/pages/third-*", answer)
    learner.press("Next: Third")
    notice = learner.frame.locator("[data-notice=page]")
    expect(notice.get_by_role("alert")).to_contain_text("What you have done is not lost.")
    expect(learner.frame.get_by_role("heading", level=1)).to_have_text("Second")
    return notice.locator("p.why")


@pytest.fixture
def early(lms: Lms, launch, page: Page, expected: list[str]) -> tuple[ScormAgain, Learner]:
    """As ``begun``, but no page is fetched ahead of need."""
    expected.extend(["404", "Unexpected token", "Failed to load resource", "ERR_"])
    page.clock.install()
    page.add_init_script("requestIdleCallback = () => 0")
    host = lms()
    learner = launch(host)
    learner.told("Saved")
    return host, learner


def test_replaced_course_is_reopened_by_the_lms(early, page: Page) -> None:
    host, learner = early
    why = gone(learner, lambda route: route.fulfill(status=404, body="Not found"))
    expect(why).to_contain_text("The course has been replaced. Open it again to continue.")
    page.unroute("**/pages/third-*")
    learner.press("Open the course again")
    course = page.frame_locator("iframe[name=sco]")
    expect(course.get_by_text("Last time you stopped at “Second”.")).to_be_visible()
    assert host.launches == 2


def test_a_missing_page_says_why_and_retry_shows_it(early, context) -> None:
    _, learner = early
    # A page to sign in is not taken for the course.
    why = gone(learner, lambda route: route.fulfill(body="<p>Sign in", content_type="text/html"))
    expect(why).to_contain_text("Your learning system has signed you out.")
    expect(learner.button(REOPEN)).to_have_count(0)
    context.set_offline(True)
    learner.page.unroute("**/pages/third-*")
    learner.press("Retry")
    expect(why).to_have_text("You are offline.")
    context.set_offline(False)
    # The LMS is called unreachable only if nothing answers.
    for answer in (lambda route: route.abort(), lambda route: route.fulfill(status=503)):
        learner.page.route("**/pages/third-*", answer)
        learner.button("Retry").press("Enter")
        expect(why).to_have_text(
            "If it does not appear, close this window and open the course again."
        )
        learner.page.route("**/index.html", answer)
        learner.button("Retry").press("Enter")
        expect(why).to_have_text("Your learning system cannot be reached.")
        learner.page.unroute("**/index.html")
        learner.page.unroute("**/pages/third-*")
    # As when the LMS is found late, or another window brings an answer.
    learner.frame.evaluate("scormBuilder.again()")
    learner.button("Retry").press("Enter")
    learner.at("Third")
    expect(learner.frame.locator("[data-notice=page]")).to_have_count(0)
