"""The course is open twice: one window records, and what was done in either is saved."""

import pytest
from playwright.sync_api import BrowserContext, expect

from builder.course import state
from tests.browser.conftest import Lms
from tests.browser.journal import CALM, answer_calm, hasten, not_saved, stored, visit
from tests.browser.learner import Learner, sent
from tests.browser.player_course import PAGES
from tests.lms.scorm_again import ScormAgain
from tests.support.courses import page as a_page

ELSEWHERE = "This course is open in another window. Continue there."
CLOSED = (
    "The other window of this course is closed. To continue here, choose “Continue here”. "
    "Until then nothing is recorded in this window."
)
ENDED = (
    "This visit has ended, so nothing more is recorded. "
    "Close this window and open the course again from your learning system."
)
SEVERAL = state.key("question", "several")


@pytest.fixture(autouse=True)
def _hastened(context: BrowserContext) -> None:
    hasten(context)


def gave_way(
    learner: Learner, words: str = ELSEWHERE, told: str = "Open in another window"
) -> None:
    expect(learner.frame.get_by_role("alert")).to_have_text(words)
    learner.told(told)
    expect(learner.button("Save and exit")).to_be_hidden()


def writes_of(host: ScormAgain, launch: int) -> int:
    return sum(call.launch == launch and call.name == "LMSSetValue" for call in host.calls)


def saved(learner: Learner, host: ScormAgain, key: str) -> None:
    """The LMS has the answer, and the window says so."""
    learner.page.clock.run_for(2000)
    host.wait_until(lambda: key in stored(host).checks)
    learner.told("Saved")


def test_second_window_continues_work_of_the_first(
    lms: Lms, context: BrowserContext, expected: list[str]
) -> None:
    host = lms()
    first = visit(context, host)
    first.told("Saved")
    # The second launch reads what the LMS has before the first has flushed.
    expected.append("503")
    host.down = True
    answer_calm(first)
    not_saved(first)
    second = visit(context, host)
    gave_way(first)
    not_saved(second)
    second.retry(host.recover)
    saved(second, host, CALM)
    attempt = stored(host).attempt

    # The first one may be read on; what is answered in it reaches the second.
    before = writes_of(host, 1)
    first.page.bring_to_front()
    first.go("Second")
    first.choose("Option a", "Option c")
    first.press("Check")
    saved(second, host, SEVERAL)
    assert writes_of(host, 1) == before

    first.button("Continue here").press("Enter")
    gave_way(second)
    expect(first.page.frame_locator("iframe").locator("#save-status")).to_have_text("Saved")
    first = Learner.in_frame(first.page)
    first.press("Resume")
    first.at("Second")
    before = writes_of(host, 2)
    second.page.close(run_before_unload=True)
    first.go("Third")
    first.page.clock.run_for(2000)
    host.wait("cmi.core.lesson_location", "third")
    assert writes_of(host, 2) == before
    assert stored(host).attempt == attempt
    assert {CALM, SEVERAL} <= stored(host).checks.keys()
    # The visit that was given up is closed for good, before the other went on.
    assert [c.name for c in host.calls if c.launch == 1][-1] == "LMSFinish"


def test_two_windows_before_first_save_share_one_attempt(
    lms: Lms, context: BrowserContext, expected: list[str]
) -> None:
    host = lms()
    host.down = True
    expected.append("503")
    first = visit(context, host)
    answer_calm(first)
    second = visit(context, host)
    gave_way(first)
    not_saved(second)
    second.retry(host.recover)
    saved(second, host, CALM)
    expect(second.frame.locator("[data-notice=journal]")).to_have_count(0)


def test_first_window_continues_after_second_window_closes(
    lms: Lms, context: BrowserContext
) -> None:
    host = lms()
    first = visit(context, host)
    first.told("Saved")
    second = visit(context, host)
    gave_way(first)
    second.told("Saved")
    answer_calm(second)
    second.page.close(run_before_unload=True)
    gave_way(first, CLOSED, "Nothing is recorded")
    # What a closing page sends arrives later.
    host.wait_until(lambda: CALM in stored(host).checks)
    first.button("Continue here").press("Enter")
    expect(first.page.frame_locator("iframe").locator("#save-status")).to_have_text("Saved")
    assert CALM in stored(host).checks
    assert sent(host, "cmi.core.lesson_status") == ["incomplete"]


def test_a_colleagues_window_is_named_only_if_saving_fails(
    lms: Lms, context: BrowserContext, expected: list[str]
) -> None:
    host = lms()
    first = visit(context, host)
    first.told("Saved")
    host.given = {"cmi.core.student_id": "colleague"}
    visit(context, host).told("Saved")
    # Nor does it matter what else is said on the channel.
    page = context.new_page()
    page.goto(f"{host.address}/sco/imsmanifest.xml")
    page.evaluate(
        """() => {
          const channel = new BroadcastChannel("scorm-builder first-aid");
          for (const one of [null, undefined, 5, "here", [], {}, { kind: "here" }, { at: 1 }]) {
            channel.postMessage(one);
          }
        }"""
    )
    first.page.bring_to_front()
    answer_calm(first)
    saved(first, host, CALM)
    first.go("Second")
    first.page.clock.run_for(2000)
    host.wait("cmi.core.lesson_location", "second")
    first.told("Saved")
    assert first.frame.get_by_role("alert").count() == 0
    expected.append("503")
    host.down = True
    first.go("Third")
    not_saved(first)
    first.frame.get_by_text("Details", exact=True).click()
    words = "Somebody else has signed in to your learning system in this browser"
    expect(first.frame.get_by_text(words)).to_be_visible()


def test_popup_window_gives_way_to_a_later_launch(lms: Lms, context: BrowserContext) -> None:
    host = lms()
    page = context.new_page()
    with page.expect_popup() as opened:
        page.goto(host.url("popup"))
    first = Learner(opened.value, opened.value.main_frame).started()
    first.told("Saved")
    answer_calm(first)
    second = visit(context, host)
    gave_way(first)
    saved(second, host, CALM)
    # The LMS would refuse a visit that is over: only its own window can open another one.
    assert first.button("Continue here").count() == 0
    second.page.close(run_before_unload=True)
    gave_way(first, ENDED, "Nothing is recorded")
    assert first.button("Continue here").count() == 0


def noted(context: BrowserContext, host: ScormAgain) -> Learner:
    """A window in which something was written."""
    learner = visit(context, host)
    learner.told("Saved")
    learner.go("Record")
    learner.fill("Answer", "before")
    learner.tab_to("Previous: Start")
    learner.page.clock.run_for(2000)
    host.wait_until(lambda: note_is(host, "before"))
    return learner


def add_a_note(learner: Learner, host: ScormAgain) -> None:
    """Go on with it in another window."""
    learner.press("Resume")
    # A record that is begun is resumed at the answer that is unfinished: its date is missing.
    expect(learner.frame.get_by_role("heading", name="What about one?")).to_be_focused()
    learner.tab_to("Answer")
    learner.page.keyboard.press("End")
    learner.page.keyboard.insert_text(" and after")
    learner.tab_to("Previous: Start")
    learner.page.clock.run_for(2000)
    host.wait_until(lambda: note_is(host, "before and after"))


def note_is(host: ScormAgain, text: str) -> bool:
    return [record.text for record in stored(host).records.values()] == [text]


def test_page_turn_in_first_window_keeps_later_notes(lms: Lms, context: BrowserContext) -> None:
    host = lms(a_page("start", "Words."), PAGES[4], a_page("end", "Words."))
    first = noted(context, host)
    second = visit(context, host)
    gave_way(first)
    add_a_note(second, host)
    first.page.bring_to_front()
    first.go("End")
    first.page.clock.run_for(2000)
    host.wait_until(lambda: state.key("page", "end") in stored(host).visited)
    assert note_is(host, "before and after")


# A frozen window receives its messages once it wakes, a minute later.
SLEEPS = """
const { set } = Object.getOwnPropertyDescriptor(BroadcastChannel.prototype, "onmessage");
window.held = [];
Object.defineProperty(BroadcastChannel.prototype, "onmessage", {
  set(hear) {
    set.call(this, (event) => (window.asleep ? held.push(() => hear(event)) : hear(event)));
  },
});
window.wake = () => {
  const { now } = Date;
  Date.now = () => now() + 60_000;
  window.asleep = false;
  for (const hear of held.splice(0)) hear();
};
"""


# Firefox delivers what other windows say while a synchronous request of the LMS runs.
DELIVERS = """(call) => {
  const act = API[call];
  API[call] = (...given) => {
    frames.sco.asleep = false;
    for (const hear of frames.sco.held.splice(0)) hear();
    return act.apply(API, given);
  };
}"""


@pytest.mark.parametrize("call", ["LMSSetValue", "LMSCommit"])
def test_a_window_hands_over_only_after_a_running_call(
    lms: Lms, context: BrowserContext, call: str
) -> None:
    context.add_init_script(SLEEPS)
    # What a window hears more than five seconds late, it has slept through.
    context.clock.set_fixed_time("2026-11-25T12:00:00")
    host = lms()
    first = visit(context, host)
    first.told("Saved")
    first.frame.evaluate("window.asleep = true")
    context.clock.set_fixed_time("2026-11-25T12:00:01")
    second = visit(context, host)
    second.told("Saved")
    first.frame.wait_for_function("() => held.length")
    first.page.evaluate(DELIVERS, call)
    first.page.bring_to_front()
    answer_calm(first)
    gave_way(first)
    saved(second, host, CALM)
    names = [c.name for c in host.calls if c.launch == 1]
    assert names[-1] == "LMSFinish"
    # Another call begins only once the one before has returned.
    assert first.frame.evaluate("held.length") == 0
    # The second window tells of it behind the state.
    host.wait_until(
        lambda: (
            [value for element, value in host.stored.items() if element.endswith(".id")]
            == ["version-0", "version-1", "first--calm"]
        )
    )


LEAVES = """(call) => {
  const act = API[call];
  let gone = false;
  API[call] = (...given) => {
    if (!gone) {
      gone = true;
      frames.sco.dispatchEvent(new PageTransitionEvent("pagehide"));
    }
    return act.apply(API, given);
  };
}"""


HIDES = """(call) => {
  const { document, Event } = frames.sco;
  const hidden = () => "hidden";
  const before = { ...API };
  window.nested = 0;
  window.stopHiding = () => Object.assign(API, before);
  let depth = 0;
  for (const name of ["LMSSetValue", "LMSCommit"]) {
    const act = API[name];
    API[name] = (...given) => {
      window.nested += depth;
      depth += 1;
      if (name === call) {
        Object.defineProperty(document, "visibilityState", { get: hidden, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
        delete document.visibilityState;
      }
      const value = act.apply(API, given);
      depth -= 1;
      return value;
    };
  }
}"""


@pytest.mark.parametrize("call", ["LMSSetValue", "LMSCommit"])
def test_a_page_hidden_or_left_during_a_call_saves_everything(
    lms: Lms, context: BrowserContext, call: str
) -> None:
    host = lms()
    learner = visit(context, host)
    learner.told("Saved")
    learner.page.evaluate(HIDES, call)
    answer_calm(learner)
    saved(learner, host, CALM)
    host.wait("cmi.interactions.1.id", "first--calm")
    assert learner.page.evaluate("nested") == 0
    learner.page.evaluate("stopHiding()")
    learner.go("Second")
    learner.page.clock.run_for(2000)
    host.wait("cmi.core.lesson_location", "second")
    learner.told("Saved")
    learner.page.evaluate(LEAVES, call)
    learner.choose("Option a", "Option c")
    learner.press("Check")
    learner.page.clock.run_for(2000)
    host.wait_for_call("LMSFinish")
    host.wait_until(lambda: SEVERAL in stored(host).checks)
    # That of the call that was on the stack, too.
    host.wait("cmi.interactions.2.id", "second--several")
    # The call has returned once the page answers.
    assert learner.frame.evaluate("document.readyState") == "complete"


def test_a_window_that_slept_undoes_nothing(lms: Lms, context: BrowserContext) -> None:
    context.add_init_script(SLEEPS)
    host = lms(a_page("start", "Words."), PAGES[4])
    first = noted(context, host)
    first.frame.evaluate("window.asleep = true")
    second = visit(context, host)
    add_a_note(second, host)
    commits = host.commits
    first.frame.evaluate("wake()")
    gave_way(first)
    # The other window saves what it has once more.
    second.page.clock.run_for(2000)
    host.wait_until(lambda: host.commits > commits)
    second.told("Saved")
    assert note_is(host, "before and after")
