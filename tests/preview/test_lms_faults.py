"""What the author tries in the learning system: faults of saving, a new attempt, looking back; by
mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Event

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from builder.preview.lms import server
from tests.preview.desk import Author, Desk, author
from tests.support.patience import SECONDS


@pytest.fixture
def writing(tmp_path: Path) -> Iterator[Author]:
    with author(tmp_path) as found:
        yield found


def saved(desk: Desk) -> Locator:
    return desk.whole.locator("#save-status")


def place(desk: Desk) -> Locator:
    """The place that the learning system holds, in the panel's words."""
    return desk.part("LMS").get_by_role("definition").nth(4)


def be(desk: Desk, trainee: str) -> None:
    with desk.opened_again():
        desk.page.get_by_label("Trainee", exact=True).select_option(label=trainee)


def modes(writing: Author) -> list[str]:
    return [one["mode"] for one in writing.preview.stage.lms.messages if one["type"] == "launch"]


def test_an_expired_login_is_reported_and_edits_still_arrive(
    writing: Author, context: BrowserContext, expected: list[str]
) -> None:
    expected.append("401")
    stage = writing.preview.stage
    desk = writing.open(context)
    for page in ("topic", "start"):
        desk.go(page)
    expect(saved(desk)).to_have_text("Saved")
    trying = desk.part("Try")
    trying.get_by_label("The login has expired").check()
    assert stage.lms.wait(lambda: stage.lms.faults.expired, SECONDS)
    desk.go("topic")
    expect(saved(desk)).to_have_text("Not saved")
    notices = desk.whole.locator("#notices")
    expect(notices).to_contain_text("Not saved: you have been signed out.")
    edition = stage.edition
    writing.change("pages/topic.md", "what worries you", "whatever worries you")
    assert stage.lms.wait(lambda: stage.edition > edition, SECONDS)

    trying.get_by_label("The login has expired").uncheck()
    expect(desk.course).to_contain_text("whatever worries you")
    desk.go("start")
    expect(saved(desk)).to_have_text("Saved")
    expect(notices).not_to_contain_text("signed out")
    assert stage.lms.launches == 1


def test_edit_is_refused_before_course_notices_expired_login(
    writing: Author, context: BrowserContext, expected: list[str]
) -> None:
    # What the course was refused is what is told, and nothing that comes of it.
    expected.append("401")
    lms = writing.preview.stage.lms
    desk = writing.open(context)
    output: list[Route] = []

    def hold_the_line(route: Route) -> None:
        # A cue of the visit's begin may come late; what the window posts waits for its answer.
        if route.request.post_data_json.get("shut"):
            output.append(route)
        else:
            route.continue_()

    desk.page.route("**/api/cue", hold_the_line)
    expired = desk.part("Try").get_by_label("The login has expired")
    with desk.page.expect_response("**/api/faults"):
        expired.check()
    assert lms.faults.expired
    with context.expect_console_message(lambda message: "Error:" in message.text):
        writing.change("pages/start.md", "What this is", "What this was")
    for cue in output:
        cue.continue_()
    desk.page.unroute("**/api/cue")
    expired.uncheck()
    desk.go("start")
    expect(desk.course.get_by_role("heading", level=2).first).to_have_text("What this was")
    assert lms.launches == 1


def test_fault_switched_on_and_off_ends_off(
    writing: Author, context: BrowserContext, expected: list[str]
) -> None:
    # The window may ask for something while saving fails.
    expected.append("503")
    lms = writing.preview.stage.lms
    desk = writing.open(context)
    fails = desk.part("Try").get_by_label("Saving fails")
    first: list[Route] = []
    answered: list[str] = []

    def hold_the_first(route: Route) -> None:
        if first:
            route.continue_()
        else:
            first.append(route)

    desk.page.route("**/api/faults", hold_the_first)
    desk.page.on("response", lambda one: answered.append(one.url))
    fails.check()
    fails.uncheck()
    faults = f"{writing.preview.address}/api/faults"
    with desk.page.expect_response(lambda _: answered.count(faults) == 2):
        first[0].continue_()
    assert lms.faults.status == 0
    expect(fails).not_to_be_checked()


class Pause:
    """Stands for the clock of the learning system's server: an answer is late until ``end``."""

    def __init__(self) -> None:
        self.asked: list[float] = []
        self._over = Event()
        self.end = self._over.set

    def sleep(self, seconds: float) -> None:
        if seconds:
            self.asked.append(seconds)
            self._over.wait(SECONDS)


def test_saves_that_are_refused_lost_or_slow(
    writing: Author,
    context: BrowserContext,
    expected: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pause = Pause()
    monkeypatch.setattr(server, "time", pause)
    expected.append("503")
    lms = writing.preview.stage.lms
    desk = writing.open(context)
    desk.go("start")
    expect(saved(desk)).to_have_text("Saved")
    trying = desk.part("Try")

    # By keyboard: what was pressed keeps the focus, and a status says what will be.
    once = trying.get_by_role("button", name="Refuse the next save")
    once.press("Enter")
    message = desk.page.get_by_role("status")
    expect(message).to_contain_text("The next thing that the course saves is refused.")
    expect(once).to_be_focused()
    assert lms.failed == 0
    desk.go("topic")
    assert lms.wait(lambda: lms.failed == 1, SECONDS)
    # The player saves again by itself, and only one was refused.
    expect(saved(desk)).to_have_text("Saved")
    expect(trying.get_by_label("Saving fails")).not_to_be_checked()
    assert lms.failed == 1
    expect(place(desk)).to_have_text("topic")

    trying = desk.part("Try")
    lost = trying.get_by_label("Saving is confirmed, but nothing is kept")
    lost.check()
    assert lms.wait(lambda: lms.faults.drop, SECONDS)
    kept = len(lms.messages)
    desk.go("start")
    assert lms.wait(lambda: lms.failed == 2, SECONDS)
    expect(saved(desk)).to_have_text("Saved")
    assert len(lms.messages) == kept
    expect(place(desk)).to_have_text("topic")
    lost = desk.part("Try").get_by_label("Saving is confirmed, but nothing is kept")
    expect(lost).to_be_checked()
    # A single refusal has not become one of all.
    expect(desk.part("Try").get_by_label("Saving fails")).not_to_be_checked()
    lost.uncheck()
    assert lms.wait(lambda: not lms.faults.drop, SECONDS)
    desk.go("checklist")
    expect(place(desk)).to_have_text("checklist")

    slow = desk.part("Try").get_by_label("Every answer takes five seconds")
    slow.check()
    assert lms.wait(lambda: lms.faults.delay == 5, SECONDS)
    kept = len(lms.messages)
    desk.frame.evaluate("location.hash = '#/topic'")
    # It has come long before the course hears that it has.
    assert lms.wait(lambda: len(lms.messages) > kept and lms.busy, SECONDS)
    slow.uncheck()
    assert lms.wait(lambda: lms.faults.delay == 0, SECONDS)
    pause.end()
    expect(saved(desk)).to_have_text("Saved")
    assert pause.asked == [5]


def test_a_new_attempt_begins_with_nothing(writing: Author, context: BrowserContext) -> None:
    desk = writing.open(context)
    be(desk, "Finished")
    expect(desk.part("LMS")).to_contain_text("“passed”: done.")
    with desk.opened_again():
        desk.part("Try").get_by_role("button", name="Ask for a new attempt").click()
    expect(desk.course.get_by_role("button")).to_have_text(["Start"])
    expect(saved(desk)).not_to_contain_text("Nothing is recorded")
    held = desk.part("LMS")
    expect(held).to_contain_text("“passed”: not yet.")
    # Moodle keeps the best of all attempts.
    expect(held).to_contain_text("The grade is 100.")
    assert modes(writing) == ["normal", "review", "normal"]


def test_finished_trainee_enters_review_mode_only_on_request(
    tmp_path: Path, context: BrowserContext, servers: ExitStack
) -> None:
    writing = servers.enter_context(author(tmp_path, profile="strict"))
    desk = writing.open(context)
    be(desk, "Finished")
    notices = desk.whole.locator("#notices")
    expect(saved(desk)).not_to_contain_text("Nothing is recorded")
    be(desk, "Finished, looking back")
    expect(notices).to_contain_text("Nothing is recorded during this visit.")
    expect(saved(desk)).to_have_text("Nothing is recorded")
    assert modes(writing) == ["normal", "review"]
    expect(desk.part("LMS")).to_contain_text("“passed”: done.")


def test_less_motion_holds_in_the_course_alone(writing: Author, context: BrowserContext) -> None:
    desk = writing.open(context)
    quick = "getComputedStyle(document.documentElement).getPropertyValue('--quick')"
    assert desk.frame.evaluate(quick) == ".12s"
    desk.page.locator("#look > summary").click()
    desk.page.get_by_label("Motion").select_option("reduce")
    expect(desk.whole.locator("html")).to_have_css("--quick", "0ms")
    # What the browser prefers gives way to it, too.
    desk.page.emulate_media(reduced_motion="reduce")
    desk.page.get_by_label("Motion").select_option("no-preference")
    expect(desk.whole.locator("html")).to_have_css("--quick", ".12s")
    desk.page.get_by_label("Motion").select_option("")
    expect(desk.whole.locator("html")).to_have_css("--quick", "0ms")


NAME = """() => {
  const it = document.activeElement;
  const role = it.getAttribute("role") ?? it.localName;
  const words = it.labels?.[0] ?? it;
  return `${role}: ${role === "tabpanel" ? "" : words.textContent.trim()}`.trim();
}"""


def walked(page: Page, keys: int) -> list[str]:
    """What has the focus after each press of Tab."""
    found = []
    for _ in range(keys):
        page.keyboard.press("Tab")
        # The course is another process of the browser, which hands the focus over in its own time.
        page.wait_for_function("() => document.activeElement !== document.body")
        found.append(page.evaluate(NAME))
    return found


def test_the_window_is_walked_by_keyboard(writing: Author, context: BrowserContext) -> None:
    page = writing.open(context).page
    assert walked(page, 9) == [
        "a: Skip to the course",
        "button: Panel",
        "select: Learning system",
        "select: Trainee",
        "button: Begin again",
        "select: Width",
        "summary: Look",
        "button: Show sources",
        "iframe:",
    ]
    page.get_by_role("tab", name="LMS").press("ArrowRight")
    assert walked(page, 14) == [
        "tabpanel:",
        "input: The trainee is offline",
        "input: The login has expired",
        "input: Saving fails",
        "input: Saving is confirmed, but nothing is kept",
        "input: What the learning system sends gets no answer",
        "input: Every answer takes five seconds",
        "button: Refuse the next save",
        "button: Leave",
        "button: Come back",
        "button: Leave and press Back",
        "button: Ask for a new attempt",
        "input: Hold the package as it is now",
        "button: Replace the package",
    ]
