"""The learning system beside the course: what it holds, who learns in it, what goes wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Route, expect

from tests.lms.lms import RECORDS
from tests.lms.simulated import node
from tests.preview.desk import Author, Desk, author, watched
from tests.support import patience


@pytest.fixture
def writing(tmp_path: Path) -> Iterator[Author]:
    with author(tmp_path) as found:
        # Who has failed cannot try again, and who has finished gets a certificate.
        text = found.read("course.yaml").replace("attempts: 0", "attempts: 1")
        found.write("course.yaml", f"{text}\ncertificate: yes\n")
        stage = found.preview.stage
        assert stage.lms.wait(lambda: stage.edition == 2, patience.SECONDS)
        yield found


def holds(desk: Desk, *message: str | re.Pattern[str]) -> None:
    """Of status, score, grade, time and place, the first are these, in the panel's words."""
    held = desk.part("LMS").locator("section").first.get_by_role("definition")
    for at, words in enumerate(message):
        expect(held.nth(at)).to_have_text(words)


def would(desk: Desk) -> Locator:
    return desk.part("LMS").locator("section").nth(1).get_by_role("listitem")


def be(desk: Desk, trainee: str) -> None:
    with desk.opened_again():
        desk.page.get_by_label("Trainee", exact=True).select_option(label=trainee)


def test_preview_panel_shows_stored_status_and_reopening_effect(
    writing: Author, context: BrowserContext
) -> None:
    desk = writing.open(context)
    expect(would(desk)).to_have_text(
        [
            "The activity’s completion asks for “passed”: not yet.",
            "No grade yet.",
            "Opened again, it goes on from the saved state, and the LMS says “resume”.",
        ]
    )
    be(desk, "Finished")
    expect(would(desk)).to_have_text(
        [
            "The activity’s completion asks for “passed”: done.",
            "The grade is 100.",
            "Opened again, it is to look back: nothing counts any more.",
        ]
    )
    holds(desk, "passed", "100", "100")
    expect(desk.whole.locator("#save-status")).to_contain_text("Nothing is recorded")
    kept = desk.part("LMS").locator("section").nth(2)
    expect(kept).to_contain_text("Finished2026-01-31")

    be(desk, "Failed")
    expect(would(desk).first).to_have_text("The activity’s completion asks for “passed”: failed.")
    # Half of the pass mark.
    holds(desk, "failed: not passed", "25")

    be(desk, "Half-way")
    expect(desk.course).to_contain_text("Last time you stopped at “")
    holds(desk, "incomplete: not finished yet", "none")
    expect(kept).to_contain_text("characters; ")
    expect(kept).to_contain_text(
        "Finishednot yet: the certificate names the day on which this status becomes another"
    )
    kept.get_by_text("Pages: ").click()
    expect(kept.get_by_role("listitem").first).to_have_text("Start here: visited")
    writing.change("course.yaml", "certificate: yes", "")
    expect(kept).not_to_contain_text("Finished")
    expect(kept).to_contain_text("Saysincomplete")

    be(desk, "Teacher, looking round")
    expect(desk.whole.locator("#save-status")).to_contain_text("Nothing is recorded")
    be(desk, "New")
    expect(desk.course.get_by_role("button")).to_have_text(["Start"])
    expect(desk.course).not_to_contain_text("Last time you stopped at “")


@pytest.mark.parametrize(
    "name", ["strict", "scormhost", pytest.param("ilias", marks=pytest.mark.thorough)]
)
def test_the_panel_says_what_the_record_holds(
    tmp_path: Path, new_context: Callable[..., BrowserContext], name: str, servers: ExitStack
) -> None:
    writing = servers.enter_context(author(tmp_path, profile=name))
    desk = writing.open(new_context())
    be(desk, "Finished")
    lms = writing.preview.stage.lms
    expect(desk.whole.locator("#save-status")).to_have_text(RECORDS)
    lms.wait_until_quiet()
    record = node()("stored", name, node()("describe", name)["settings"], lms.messages)
    status = re.compile(f"^{re.escape(record['status'])}(:|$)")
    grade = record["grade"]
    score, grade = record["score"] or "none", "none" if grade is None else f"{grade:g}"
    holds(desk, status, score, grade)


def test_simulated_faults_affect_only_the_course(
    writing: Author, context: BrowserContext, expected: list[str]
) -> None:
    expected += ["Failed to load resource", "ERR_"]
    lms = writing.preview.stage.lms
    desk = writing.open(context)
    saved = desk.whole.locator("#save-status")
    # A page that has been on view is there without a line, too.
    for page in ("topic", "start"):
        desk.go(page)
    expect(saved).to_have_text("Saved")
    trying = desk.part("Try")
    trying.get_by_label("The trainee is offline").check()
    assert lms.wait(lambda: lms.faults.offline, patience.SECONDS)
    desk.go("topic")
    expect(saved).not_to_have_text("Saved")
    # What the author writes comes all the same.
    trying.get_by_label("The trainee is offline").uncheck()
    expect(saved).to_have_text("Saved")

    trying.get_by_label("Saving fails").check()
    assert lms.wait(lambda: bool(lms.faults.status), patience.SECONDS)
    desk.go("start")
    expect(saved).not_to_have_text("Saved")
    trying.get_by_label("Saving fails").uncheck()
    expect(saved).to_have_text("Saved")

    trying.get_by_role("button", name="Leave", exact=True).click()
    expect(desk.page.frame_locator("#frame").get_by_role("heading")).to_have_text(
        "You have left the course"
    )
    with desk.opened_again():
        trying.get_by_role("button", name="Come back").click()
    assert lms.launches == 2
    with desk.opened_again():
        trying.get_by_role("button", name="Leave and press Back").click()
    expect(desk.strip).to_contain_text("the browser shows the learning system’s page as it was")
    # What a browser kept is no launch: the learning system heard nothing of it.
    assert [one["type"] for one in lms.messages].count("copy") >= 1


def test_a_package_is_held_and_replaced_half_way(
    writing: Author, context: BrowserContext, expected: list[str]
) -> None:
    # What is still to be fetched of a package goes with it.
    expected.append("404")
    desk = writing.open(context)
    trying = desk.part("Try")
    trying.get_by_label("Hold the package as it is now").check()
    expect(desk.page.locator("#edition")).to_contain_text("held")
    writing.change("pages/topic.md", "what worries you", "whatever worries you")
    expect(desk.page.locator("#edition")).to_contain_text("there are newer files")
    desk.go("topic")
    expect(desk.course).to_contain_text("what worries you")

    trying.get_by_role("button", name="Replace the package").click()
    expect(desk.page.locator("#edition")).not_to_contain_text("newer")
    desk.go("start")
    desk.go("topic")
    expect(desk.course).to_contain_text("what worries you")
    trying.get_by_role("button", name="Leave", exact=True).click()
    expect(desk.page.frame_locator("#frame").get_by_role("heading")).to_have_text(
        "You have left the course"
    )
    with desk.opened_again():
        trying.get_by_role("button", name="Come back").click()
    desk.go("topic")
    expect(desk.course).to_contain_text("whatever worries you")
    packages = [one for one in writing.preview.stage.lms.messages if one["type"] == "package"]
    assert len(packages) == 2


def test_hold_switch_stays_set_while_request_is_pending(
    writing: Author, context: BrowserContext
) -> None:
    desk = writing.open(context)
    hold = desk.part("Try").get_by_label("Hold the package as it is now")
    asked: list[Route] = []
    desk.page.route("**/api/hold", lambda route: asked.append(route))
    hold.check()
    with desk.page.expect_response("**/api/record*"):
        desk.go("topic")
    with desk.page.expect_response("**/api/view"):
        writing.change("pages/start.md", "What this is", "What this was")
    expect(hold).to_be_checked()
    expect(desk.strip).to_contain_text("changed, on another page than this one")
    expect(hold).to_be_checked()
    [held] = asked
    held.continue_()
    expect(desk.page.locator("#edition")).to_contain_text("held")
    expect(hold).to_be_checked()


@pytest.mark.sampled
@pytest.mark.parametrize("window", ["A new window", "A popup"])
@pytest.mark.parametrize("profile", ["moodle", "strict"])
def test_windows_of_every_kind_keep_up(
    tmp_path: Path, context: BrowserContext, window: str, profile: str, servers: ExitStack
) -> None:
    writing = servers.enter_context(author(tmp_path, profile=profile))
    desk = writing.open(context)
    desk.page.locator("#look > summary").click()
    with context.expect_page() as opened:
        desk.page.get_by_label("Opened in").select_option(label=window)
    inside = profile == "moodle" or window == "A new window"
    page = opened.value
    lms = page if inside else desk.page.locator("#frame").element_handle().content_frame()
    course = page.frame_locator("iframe[name=sco]") if inside else page
    course.locator("#exit-button:visible").wait_for()
    watched(lms)
    course.get_by_role("button", name="Start", exact=True).click()
    expect(course.get_by_role("heading", level=2).first).to_have_text("What this is")
    writing.change("pages/start.md", "What this is", "What this was")
    expect(course.get_by_role("heading", level=2).first).to_have_text("What this was")
    assert writing.preview.stage.lms.launches == 2
