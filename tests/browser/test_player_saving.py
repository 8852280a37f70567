"""When the LMS fails, is odd or closes: the status is correct and no work is lost."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import expect

from builder.course import state
from tests.browser.conftest import Lms, Sco
from tests.browser.learner import NOTHING_AHEAD, Learner, sent
from tests.browser.odd_lms import SAYS_TRUE
from tests.support.clocks import pass_until, stand_still

FAILED = "Not saved. Please keep this window open."

NOT_SENT = (
    "Not saved. Your latest answers have not reached your learning system. "
    "Choose “Save and exit” again to leave without them."
)


def test_failure_is_an_alert_and_recovery_takes_it_away(
    lms: Lms, launch, expected: list[str]
) -> None:
    host = lms()
    learner = launch(host)
    learner.told("Saved")
    expected.append("503")
    host.down = True
    learner.go("Second")
    expect(learner.frame.get_by_role("alert")).to_have_text(FAILED)
    learner.told("Not saved")
    learner.retry(host.recover)
    learner.told("Saved")
    assert learner.frame.get_by_role("alert").count() == 0
    host.wait("cmi.core.lesson_location", "second")


def test_only_a_problem_and_its_end_are_spoken(lms: Lms, launch, expected: list[str]) -> None:
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
    host.wait("cmi.core.lesson_location", "second")
    learner.told("Saved")
    expect(status).to_have_attribute("aria-live", "off")
    assert learner.frame.evaluate("window.spoken") == []
    expected.append("503")
    host.down = True
    learner.go("Third")
    learner.told("Not saved")
    expect(status).to_have_attribute("aria-live", "polite")
    learner.retry(host.recover)
    learner.told("Saved")
    expect(status).to_have_attribute("aria-live", "polite")
    assert set(learner.frame.evaluate("window.spoken")) == {"polite: Not saved", "polite: Saved"}
    learner.frame.evaluate("window.spoken.length = 0")
    learner.go("Quiz")
    host.wait("cmi.core.lesson_location", "quiz")
    learner.told("Saved")
    expect(status).to_have_attribute("aria-live", "off")
    assert learner.frame.evaluate("window.spoken") == []


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
def test_exit_warns_once_when_nothing_can_be_saved(
    lms: Lms, launch, expected: list[str], journal: bool, warning: str, told: str
) -> None:
    host = lms(journal=journal)
    learner = launch(host)
    learner.told("Saved")
    expected.append("503")
    host.down = True
    learner.choose("Option a")
    learner.button("Save and exit").press("Enter")
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
    page.add_init_script(SAYS_TRUE + "delete API.LMSCommit;")
    page.goto(serve(sco()) + "/index.html")
    learner = Learner(page, page.main_frame).started()
    learner.told("Sent, not confirmed")
    learner.button("Save and exit").press("Enter")
    learner.see(UNCONFIRMED)
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
    page.goto(serve(sco()) + "/index.html")
    learner = Learner(page, page.main_frame).started()
    learner.told("Saved")
    # What is fetched ahead of need, when the browser is idle, must not meet the broken line.
    page.wait_for_function(
        "() => performance.getEntriesByType('resource')"
        ".some(({name}) => name.includes('/pages/second'))"
    )
    return learner


def test_exit_offline_warns_although_the_lms_returns_true(offline_sco: Learner, context) -> None:
    learner = offline_sco
    context.set_offline(True)
    learner.button("Save and exit").press("Enter")
    learner.see(NOT_SENT)
    assert "LMSFinish" not in [name for name, *_ in learner.page.evaluate("calls")]
    learner.button("Save and exit").press("Enter")
    learner.at("You can close this window")
    expect(learner.frame.locator("main article p")).to_contain_text("have not reached")
    assert learner.frame.get_by_role("alert").count() == 0


def test_the_warning_of_exit_goes_when_saving_recovers(
    offline_sco: Learner, context, faults: list[str]
) -> None:
    learner = offline_sco
    context.set_offline(True)
    learner.button("Save and exit").press("Enter")
    learner.see(NOT_SENT)
    context.set_offline(False)
    learner.told("Saved")
    assert learner.frame.get_by_role("alert").count() == 0
    context.set_offline(True)
    learner.button("Save and exit").press("Enter")
    learner.see(NOT_SENT)
    expect(learner.frame.get_by_role("heading", level=1)).to_have_text("First")


def unanswered(learner: Learner) -> None:
    """From now on the server answers no question whether it is there, and nobody sees what the LMS
    sends."""
    learner.page.evaluate("window.silent = true")
    learner.page.route(
        "**/*", lambda route: None if route.request.method == "HEAD" else route.continue_()
    )


def test_the_page_can_be_used_while_exit_waits(offline_sco: Learner) -> None:
    learner = offline_sco
    learner.page.clock.install()
    stand_still(learner.page)
    unanswered(learner)
    learner.button("Save and exit").press("Enter")
    learner.told("Saving")
    learner.choose("Option b")
    learner.press("Check")
    assert learner.focused() == ("h3", "Right")
    learner.page.clock.fast_forward(9000)
    learner.see(UNCONFIRMED)


def test_what_a_silent_server_may_not_have_is_not_called_saved(offline_sco: Learner) -> None:
    learner = offline_sco
    learner.page.clock.install()
    stand_still(learner.page)
    unanswered(learner)
    learner.choose("Option b")
    learner.press("Check")
    learner.told("Saving")
    # First a request of the LMS is waited for, then the answer to our own.
    status = learner.frame.locator("#save-status")
    pass_until(learner.page, lambda: status.inner_text() == "Sent, not confirmed")


@pytest.mark.parametrize("fault", ["throw Error('LMS')", "failed = true; return ''"])
def test_a_state_that_cannot_be_read_is_not_written_over(sco: Sco, serve, page, fault: str) -> None:
    page.add_init_script(
        SAYS_TRUE
        + """
        let failed = false;
        API.LMSGetLastError = () => failed ? "101" : "0";
        API.LMSGetValue = (element) => {
          failed = false;
          if (element === "cmi.suspend_data") { FAULT }
          return "";
        };""".replace("FAULT", fault)
    )
    page.goto(serve(sco()) + "/index.html")
    learner = Learner(page, page.main_frame).started()
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


def test_a_refused_visit_is_reported(sco: Sco, serve, page) -> None:
    page.add_init_script("window.API = { LMSInitialize: () => 'false' }")
    page.goto(serve(sco()) + "/index.html")
    learner = Learner(page, page.main_frame).started()
    learner.told("Nothing is recorded")
    learner.go("Second")


# As wagtail-lms: no LMSFinish, each value saved by itself.
BARE = """
window.calls = [];
window.API = {
  LMSInitialize: () => "true",
  LMSGetValue: () => "",
  LMSSetValue(element, value) {
    calls.push([performance.now(), element, value]);
    fetch(`${location.pathname}?lms`).then((answer) => answer.text());
    return "true";
  },
  LMSCommit() { calls.push([performance.now(), "commit", ""]); return "true"; },
  LMSGetLastError: () => "0",
};
"""


def test_an_lms_that_saves_each_value_by_itself_gets_them_one_by_one(sco: Sco, serve, page) -> None:
    page.add_init_script(BARE)
    page.goto(serve(sco()) + "/index.html")
    learner = Learner(page, page.main_frame).started()
    learner.told("Saved")
    calls = page.evaluate("calls")
    version = ("id", "type", "weighting", "student_response", "result")
    assert [element for _, element, _ in calls] == [
        *(f"cmi.interactions.0.{name}" for name in version),
        "cmi.suspend_data",
        "cmi.core.lesson_location",
        "cmi.core.exit",
        "cmi.core.session_time",
        "cmi.core.lesson_status",
        "commit",
    ]
    gaps = [later[0] - earlier[0] for earlier, later in pairwise(calls)]
    assert min(gaps) >= 145
    learner.button("Save and exit").press("Enter")
    learner.at("You can close this window")


def missing_page(folder: Path) -> Path:
    [chunk] = folder.glob("pages/third-*.js")
    return chunk


def test_a_missing_page_is_reported_and_can_be_retried(
    sco: Sco, serve, page, faults: list[str]
) -> None:
    folder = sco()
    chunk = missing_page(folder)
    content = chunk.read_bytes()
    chunk.unlink()
    page.add_init_script(NOTHING_AHEAD)
    page.goto(serve(folder) + "/index.html")
    learner = Learner(page, page.main_frame).started()
    learner.go("Second")
    learner.choose("Option a")
    learner.press("Next: Third")
    expect(learner.frame.get_by_role("alert")).to_contain_text("“Third” could not be loaded.")
    expect(learner.frame.get_by_role("heading", level=1)).to_have_text("Second")
    expect(learner.frame.get_by_label("Option a")).to_be_checked()
    chunk.write_bytes(content)
    learner.press("Retry")
    learner.at("Third")
    assert learner.frame.get_by_role("alert").count() == 0
    assert [fault for fault in faults if "404" not in fault] == []
    faults.clear()


def test_a_page_whose_part_of_the_player_is_gone_can_be_tried_again(
    sco: Sco, serve, page, expected: list[str]
) -> None:
    folder = sco()
    (part,) = folder.glob("assets/page-quiz-*.js")
    content = part.read_bytes()
    part.unlink()
    expected.append("404")
    page.add_init_script(NOTHING_AHEAD)
    page.goto(serve(folder) + "/index.html")
    learner = Learner(page, page.main_frame).started()
    page.evaluate("location.hash = '#/quiz'")
    expect(learner.frame.get_by_role("alert")).to_contain_text("“Quiz” could not be loaded.")
    expect(learner.frame.get_by_role("heading", level=1)).to_have_text("First")
    part.write_bytes(content)
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
    learner.see("Part of this page did not work. The rest of the course does.")
    learner.go("Second")
    learner.choose("Option a", "Option c")
    learner.press("Check")
    assert learner.focused() == ("h3", "Right")
    assert len(faults) == 1
    assert faults[0].startswith("console: scorm-builder, block-check:")
    faults.clear()


def test_the_state_is_saved_again_with_another_count(lms: Lms, launch) -> None:
    host = lms()
    learner = launch(host)
    for title in ("Second", "Third"):
        learner.go(title)
    host.wait("cmi.core.lesson_location", "third")
    texts = sent(host, "cmi.suspend_data")
    counts = [kept.saves for kept in map(state.decode, texts) if kept]
    assert counts == sorted(set(counts))
    assert len(counts) == len(texts) >= 2


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
