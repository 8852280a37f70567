"""When the LMS fails, is odd or closes: the status is correct and no work is lost."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from builder.course import state
from tests.browser.conftest import Lms, Sco
from tests.browser.learner import NOTHING_AHEAD, Learner, sent
from tests.browser.odd_lms import SAYS_TRUE
from tests.support.clocks import pass_until, stand_still

FAILED = "Not saved. Keep this window open."

NOT_SENT = (
    "Not saved. Your latest answers have not reached your learning system. "
    "Choose “Save and exit” again to leave without them."
)


def wait_for(learner: Learner, words: str) -> None:
    """Let time pass until the save status says this."""
    status = learner.frame.locator("#save-status")
    pass_until(learner.page, lambda: status.inner_text() == words)


def test_only_a_failure_and_its_end_are_announced(
    lms: Lms, launch, page, expected: list[str]
) -> None:
    page.clock.install()
    host = lms()
    learner = launch(host)
    learner.told("Saved")
    status = learner.frame.locator("#save-status")
    status.evaluate(
        """status => {
          window.spoken = [];
          new MutationObserver(() => {
            const live = status.getAttribute("aria-live");
            if (live !== "off") window.spoken.push(`${live}: ${status.textContent}`);
          }).observe(status, { attributes: true, childList: true });
        }"""
    )
    learner.go("Second")
    page.clock.run_for(2000)
    host.wait("cmi.core.lesson_location", "second")
    learner.told("Saved")
    expect(status).to_have_attribute("aria-live", "off")
    assert learner.frame.evaluate("window.spoken") == []
    expected.append("503")
    host.down = True
    learner.go("Third")
    page.clock.run_for(3000)
    expect(learner.frame.get_by_role("alert")).to_have_text(FAILED)
    learner.told("Not saved")
    expect(status).to_have_attribute("aria-live", "polite")
    learner.retry(host.recover)
    page.clock.run_for(2000)
    learner.told("Saved")
    assert learner.frame.get_by_role("alert").count() == 0
    host.wait("cmi.core.lesson_location", "third")
    expect(status).to_have_attribute("aria-live", "polite")
    assert set(learner.frame.evaluate("window.spoken")) == {"polite: Not saved", "polite: Saved"}
    learner.frame.evaluate("window.spoken.length = 0")
    learner.go("Quiz")
    page.clock.run_for(2000)
    host.wait("cmi.core.lesson_location", "quiz")
    learner.told("Saved")
    expect(status).to_have_attribute("aria-live", "off")
    assert learner.frame.evaluate("window.spoken") == []
    # Each time that the state was saved, it has another count.
    texts = sent(host, "cmi.suspend_data")
    counts = [kept.saves for kept in map(state.decode, texts) if kept]
    assert counts == sorted(set(counts))
    assert len(counts) == len(texts) >= 4


UNCONFIRMED = (
    "Sent, but your learning system has not confirmed it. Choose “Save and exit” again to leave."
)
UNSENT = "Your latest answers have not reached your learning system. "
KEPT = (
    f"{UNSENT}This browser keeps them for 7 days, without what you wrote in your own words. "
    "Open the course again on this device to send them."
)


@pytest.mark.parametrize(
    ("journal", "warning", "told"),
    [
        (True, f"{KEPT} Choose “Save and exit” again to leave.", KEPT),
        (False, NOT_SENT, f"{UNSENT}Next time, you continue from what was saved before."),
    ],
    ids=["kept in the browser", "nowhere"],
)
def test_exit_warns_once_if_saving_fails(
    lms: Lms, launch, page, expected: list[str], journal: bool, warning: str, told: str
) -> None:
    page.clock.install()
    host = lms(journal=journal)
    learner = launch(host)
    learner.told("Saved")
    expected.append("503")
    host.down = True
    learner.choose("Option a")
    learner.button("Save and exit").press("Enter")
    page.clock.run_for(3000)
    learner.see(warning)
    expect(learner.frame.get_by_role("heading", level=1)).to_have_text("First")
    learner.button("Save and exit").press("Enter")
    learner.at("You can go back to your learning system")
    expect(learner.frame.locator("main article p")).to_have_text(told)


def test_exit_mentions_closing_only_if_the_window_can_be_closed(lms: Lms, launch, page) -> None:
    host = lms()
    framed = launch(host)
    framed.told("Saved")
    framed.button("Save and exit").press("Enter")
    framed.at("You can go back to your learning system")
    assert framed.frame.locator("h1").count() == 1
    with page.expect_popup() as popup:
        page.goto(host.url("popup"))
    alone = Learner(popup.value, popup.value.main_frame).started()
    alone.told("Saved")
    alone.button("Save and exit").press("Enter")
    alone.at("You can close this window")
    assert alone.frame.locator("h1").count() == 1


def test_exit_warns_if_the_lms_confirms_nothing(sco: Sco, serve, page) -> None:
    page.clock.install()
    page.add_init_script(SAYS_TRUE + "delete API.LMSCommit;")
    page.goto(serve(sco()) + "/index.html")
    learner = Learner(page, page.main_frame).started()
    wait_for(learner, "Sent, not confirmed")
    learner.button("Save and exit").press("Enter")
    pass_until(page, learner.frame.get_by_text(UNCONFIRMED, exact=True).is_visible)
    learner.button("Save and exit").press("Enter")
    learner.at("You can close this window")
    expect(learner.frame.locator("main article p")).to_have_text(
        "Your latest answers have been sent, but your learning system has not confirmed them."
    )


@pytest.fixture
def offline_sco(sco: Sco, serve, page, expected: list[str]) -> Learner:
    """The course in an LMS that always says true."""
    # Of what the LMS sends while the line is broken.
    expected.append("ERR_INTERNET_DISCONNECTED")
    page.add_init_script(SAYS_TRUE)
    fetched: list[str] = []
    page.on("requestfinished", lambda request: fetched.append(request.url))
    # Before the page: a timer that was set by another clock would not wait for this one.
    page.clock.install()
    page.goto(serve(sco()) + "/index.html")
    learner = Learner(page, page.main_frame).started()
    learner.told("Saved")
    # What is fetched ahead of need, when the browser is idle, must not meet the broken line.
    learner.wait(lambda: any("/pages/second" in url for url in fetched))
    return learner


def test_exit_offline_warns_until_saving_recovers(offline_sco: Learner, context) -> None:
    learner = offline_sco
    context.set_offline(True)
    learner.button("Save and exit").press("Enter")
    learner.page.clock.run_for(3000)
    learner.see(NOT_SENT)
    assert "LMSFinish" not in [name for name, *_ in learner.page.evaluate("calls")]
    context.set_offline(False)
    wait_for(learner, "Saved")
    assert learner.frame.get_by_role("alert").count() == 0
    context.set_offline(True)
    learner.button("Save and exit").press("Enter")
    learner.page.clock.run_for(3000)
    learner.see(NOT_SENT)
    expect(learner.frame.get_by_role("heading", level=1)).to_have_text("First")
    assert "LMSFinish" not in [name for name, *_ in learner.page.evaluate("calls")]
    learner.button("Save and exit").press("Enter")
    learner.at("You can close this window")
    expect(learner.frame.locator("main article p")).to_contain_text("have not reached")
    assert learner.frame.get_by_role("alert").count() == 0


def unanswered(learner: Learner) -> None:
    """From now on the server answers no question whether it is there, and nobody sees what the LMS
    sends."""
    learner.page.evaluate("window.silent = true")
    learner.page.route(
        "**/*", lambda route: None if route.request.method == "HEAD" else route.continue_()
    )


def test_the_page_can_be_used_while_exit_waits(offline_sco: Learner) -> None:
    learner = offline_sco
    stand_still(learner.page)
    unanswered(learner)
    learner.button("Save and exit").press("Enter")
    learner.told("Saving")
    learner.choose("Option b")
    learner.press("Check")
    assert learner.focused() == ("h3", "Right")
    learner.page.clock.fast_forward(9000)
    learner.see(UNCONFIRMED)


def test_unanswered_save_shows_sent_but_not_confirmed(offline_sco: Learner) -> None:
    learner = offline_sco
    stand_still(learner.page)
    unanswered(learner)
    learner.choose("Option b")
    learner.press("Check")
    learner.told("Saving")
    # First a request of the LMS is waited for, then the answer to our own.
    wait_for(learner, "Sent, not confirmed")


# What cannot be read because an error says so is in test_connection.py.
def test_a_state_that_cannot_be_read_is_not_written_over(sco: Sco, serve, page) -> None:
    page.clock.install()
    page.add_init_script(
        SAYS_TRUE
        + """
        API.LMSGetValue = (element) => {
          if (element === "cmi.suspend_data") throw Error("LMS");
          return "";
        };"""
    )
    page.goto(serve(sco()) + "/index.html")
    learner = Learner(page, page.main_frame).started()
    page.clock.run_for(2000)
    learner.told("Nothing is recorded")
    expect(learner.frame.locator("[data-notice=lms]")).to_contain_text("cannot be read just now")
    learner.go("Second")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert page.evaluate("calls") == [["LMSInitialize", ""]]


def test_closing_the_window_saves_and_finishes_once(lms: Lms, launch, page) -> None:
    host = lms()
    learner = launch(host)
    learner.told("Saved")
    learner.choose("Option b")
    learner.press("Check")
    learner.go("Second")
    page.close(run_before_unload=True)
    host.wait("cmi.core.lesson_location", "second")
    host.wait_for_call("LMSFinish")
    assert [call.name for call in host.calls].count("LMSFinish") == 1
    assert re.fullmatch(r"00:00:\d\d(\.\d+)?", host.stored["cmi.core.total_time"])


# As wagtail-lms: no LMSFinish, each value saved by itself.
BARE = """
window.calls = [];
const given = {};
window.API = {
  LMSInitialize: () => "true",
  LMSGetValue: (element) => given[element] ?? "",
  LMSSetValue(element, value) {
    given[element] = value;
    calls.push([performance.now(), element, value]);
    fetch(`${location.pathname}?lms`).then((answer) => answer.text());
    return "true";
  },
  LMSCommit() { calls.push([performance.now(), "commit", ""]); return "true"; },
  LMSGetLastError: () => "0",
};
"""


def test_lms_saving_each_value_receives_them_at_intervals(sco: Sco, serve, page) -> None:
    page.clock.install()
    page.add_init_script(BARE)
    # A leap of the clock before that ends the wait for the part that reports the version.
    with page.expect_request(re.compile(r"\?lms$")):
        page.goto(serve(sco()) + "/index.html")
        learner = Learner(page, page.main_frame).started()
    wait_for(learner, "Saved")
    calls = page.evaluate("calls")
    version = ("id", "type", "weighting", "student_response", "result")
    first = [
        *(f"cmi.interactions.0.{name}" for name in version),
        "cmi.suspend_data",
        "cmi.core.lesson_location",
        "cmi.core.exit",
        "cmi.core.session_time",
        "cmi.core.lesson_status",
        "commit",
    ]
    # The next save may have begun.
    assert [element for _, element, _ in calls[: len(first)]] == first
    gaps = [later[0] - earlier[0] for earlier, later in pairwise(calls)]
    assert min(gaps) >= 145
    learner.button("Save and exit").press("Enter")
    heading = learner.frame.get_by_role("heading", level=1)
    pass_until(page, lambda: heading.inner_text() == "You can close this window")
    learner.at("You can close this window")


def test_a_page_that_fails_to_load_can_be_retried(
    sco: Sco, serve, page, expected: list[str]
) -> None:
    folder = sco()
    # One without its content, another one without its part of the player.
    [chunk] = folder.glob("pages/third-*.js")
    [part] = folder.glob("assets/page-quiz-*.js")
    contents = {path: path.read_bytes() for path in (chunk, part)}
    for path in contents:
        path.unlink()
    expected.append("404")
    page.add_init_script(NOTHING_AHEAD)
    page.goto(serve(folder) + "/index.html")
    learner = Learner(page, page.main_frame).started()
    learner.go("Second")
    learner.choose("Option a")
    learner.press("Next: Third")
    expect(learner.frame.get_by_role("alert")).to_contain_text("“Third” could not be loaded.")
    expect(learner.frame.get_by_role("heading", level=1)).to_have_text("Second")
    expect(learner.frame.get_by_label("Option a")).to_be_checked()
    chunk.write_bytes(contents[chunk])
    learner.press("Retry")
    learner.at("Third")
    assert learner.frame.get_by_role("alert").count() == 0
    page.evaluate("location.hash = '#/quiz'")
    expect(learner.frame.get_by_role("alert")).to_contain_text("“Quiz” could not be loaded.")
    expect(learner.frame.get_by_role("heading", level=1)).to_have_text("Third")
    part.write_bytes(contents[part])
    learner.press("Retry")
    learner.at("Quiz")
    learner.see("This quiz has 3 questions, one at a time.")


def test_one_failing_part_leaves_the_others_working(
    sco: Sco, serve, page, faults: list[str]
) -> None:
    folder = sco()
    index = folder / "index.html"
    index.write_text(index.read_text("utf-8").replace('"type":"choice"', '"type":"none"'))
    page.goto(serve(folder) + "/index.html")
    learner = Learner(page, page.main_frame).started()
    learner.see("Part of this page does not work. The rest of the course works.")
    learner.go("Second")
    learner.choose("Option a", "Option c")
    learner.press("Check")
    assert learner.focused() == ("h3", "Right")
    assert len(faults) == 1
    assert faults[0].startswith("console: scorm-builder, block-check:")
    faults.clear()


def test_a_visit_restored_by_the_browser_is_reopened(lms: Lms, launch) -> None:
    host = lms()
    learner = launch(host)
    learner.told("Saved")
    learner.frame.evaluate(
        """() => {
          dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
          dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
        }"""
    )
    learner.page.wait_for_function(
        "() => performance.getEntriesByType('navigation')[0].type === 'reload'"
    )
    learner = Learner.in_frame(learner.page)
    learner.told("Saved")
    learner.go("Second")
    host.wait("cmi.core.lesson_location", "second")


def test_a_hidden_page_is_saved(lms: Lms, launch) -> None:
    host = lms()
    learner = launch(host)
    learner.told("Saved")
    commits = host.commits
    learner.choose("Option a")
    learner.press("Check")
    learner.press("Try again")
    learner.choose("Option b")
    learner.press("Check")
    learner.frame.evaluate(
        """() => {
          Object.defineProperty(document, "visibilityState", { value: "hidden" });
          document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )
    assert host.commits > commits
    assert host.stored["cmi.interactions.2.result"] == "correct"
    kept = state.decode(host.stored["cmi.suspend_data"])
    assert kept is not None
    assert kept.checks[state.key("question", "calm")] == state.CheckState(2, False, "b")
    # The page stays; leaving it reports the answer no second time.
    learner.go("Second")
    host.wait("cmi.core.lesson_location", "second")
    assert "cmi.interactions.3.id" not in host.stored
