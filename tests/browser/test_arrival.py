"""The interface around the pages, which loads after the first view: late, or not at all."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from builder.course import state
from builder.course.model import Cover
from tests.browser.conftest import Lms, Sco
from tests.browser.journal import entries
from tests.browser.learner import Learner, sent
from tests.browser.leaving import asked
from tests.browser.player_course import PAGES
from tests.support.clocks import pass_until, stand_still
from tests.support.courses import picture

SENT = "Sent, not confirmed"
VISIT = re.compile(r"/shell-visit-\w+\.js$")
PICTURE = re.compile(r"/cover-\w+\.svg$")
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"/>'
OUTLINE = re.compile(r"/outline-\w+\.js$")
COVER = {"cover": Cover("What to do first.", "", ())}
FAILED = "“Contents”, “Search” and “Save and exit” could not be loaded."


def held_while_opened(page: Page, file: re.Pattern[str], address: str) -> list[Route]:
    """Open an address. The request for a file waits until the route is continued."""
    held: list[Route] = []
    page.route(file, lambda route: held.append(route))
    with page.expect_request(file):
        page.goto(address, wait_until="domcontentloaded")
    return held


def test_button_pressed_before_script_arrives_acts_later(sco: Sco, serve, page: Page) -> None:
    held = held_while_opened(page, VISIT, serve(sco()) + "/index.html")
    learner = Learner(page, page.main_frame).started()
    learner.press("Contents")
    expect(page.locator("#contents")).to_be_hidden()
    held[0].continue_()
    expect(page.locator("#contents")).to_be_visible()
    assert learner.focused() == ("button", "Contents")


def test_early_button_press_is_dropped_after_page_change(sco: Sco, serve, page: Page) -> None:
    held = held_while_opened(page, VISIT, serve(sco()) + "/index.html")
    learner = Learner(page, page.main_frame).started()
    learner.press("Contents")
    learner.go("Second")
    held[0].continue_()
    expect(page.locator("script[src*=shell-visit]")).to_have_count(0)
    expect(page.locator("#contents")).to_be_hidden()
    learner.at("Second")


def test_start_works_if_pressed_while_outline_arrives(unpacked: Path, serve, page: Page) -> None:
    held = held_while_opened(page, OUTLINE, serve(unpacked) + "/index.html")
    learner = Learner(page, page.main_frame).started()
    page.locator("#begin").hover()
    page.mouse.down()
    held[0].continue_()
    expect(page.locator("script[src*=outline-]")).to_have_count(0)
    page.mouse.up()
    learner.at("Before you start")


HALF = state.State("AAAAAAAA", 4, "incomplete", PAGES[1].key, visited=frozenset({PAGES[0].key}))
FINISHED = replace(HALF, status="passed", score=95_00, reported=True, finished="2027-03-03")


@pytest.mark.parametrize(
    ("kept", "buttons"),
    [
        (HALF, ["Resume: Second", "Start again"]),
        (FINISHED, ["Your result", "Read the course again"]),
    ],
    ids=["half-way", "finished"],
)
def test_the_buttons_of_a_returning_trainee_come_together(
    lms: Lms, page: Page, kept: state.State, buttons: list[str]
) -> None:
    host = lms(fields=COVER, given={"cmi.suspend_data": state.encode(kept)})
    held = held_while_opened(page, VISIT, host.url())
    frame = page.frame_locator("iframe[name=sco]")
    shown = frame.locator("#cover-actions button:visible")
    expect(frame.locator("#begin")).to_have_text("Resume: Second")
    expect(shown).to_have_count(0)
    held[0].continue_()
    expect(shown).to_have_text(buttons)


def test_the_picture_comes_after_the_start_and_moves_nothing(
    sco: Sco, serve, page: Page, tmp_path: Path
) -> None:
    file = picture("media/cover.svg", DRAWING, tmp_path)
    (tmp_path / "media").mkdir()
    (tmp_path / file.path).write_bytes(DRAWING)
    fields = {"cover": Cover("What to do first.", picture=file.path), "media": (file,)}
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    held = held_while_opened(page, VISIT, serve(sco(fields=fields)) + "/index.html")
    expect(page.locator("#begin")).to_be_visible()
    room = page.locator(".cover-picture").bounding_box()
    assert room
    assert room["width"] * room["height"] > 0
    assert [url for url in requested if PICTURE.search(url)] == []
    with page.expect_request(PICTURE):
        held[0].continue_()
    page.wait_for_function("() => window.scormBuilder?.again")
    assert page.locator(".cover-picture").bounding_box() == room


def test_a_returning_trainee_resumes_without_it(lms: Lms, page: Page, expected: list[str]) -> None:
    expected.append("shell-visit")
    page.route(VISIT, lambda route: route.abort())
    page.goto(lms(fields=COVER, given={"cmi.suspend_data": state.encode(HALF)}).url())
    learner = Learner.in_frame(page)
    expect(learner.frame.get_by_text(FAILED)).to_be_visible()
    learner.press("Resume: Second")
    learner.at("Second")


def test_in_review_the_cover_leads_to_the_last_page(lms: Lms, page: Page) -> None:
    given = {"cmi.core.lesson_mode": "review", "cmi.suspend_data": state.encode(HALF)}
    page.goto(lms(fields=COVER, given=given).url())
    learner = Learner.in_frame(page)
    learner.press("Resume: Second")
    learner.at("Second")


def sent_unconfirmed(learner: Learner) -> None:
    """Let time pass until the status says so: what sees that it arrives is not there."""
    status = learner.frame.locator("#save-status")
    pass_until(learner.page, lambda: status.inner_text() == SENT)


@pytest.fixture
def without(lms: Lms, page: Page, expected: list[str]):
    """The small course in an LMS where the interface around the pages does not load."""
    expected.append("shell-visit")
    page.clock.install()
    host = lms(given={"cmi.core.lesson_location": "third"})
    page.route(VISIT, lambda route: route.abort())
    page.goto(host.url())
    return host, Learner.in_frame(page)


def test_missing_visit_script_still_reads_answers_and_saves(without) -> None:
    host, learner = without
    expect(learner.frame.get_by_text(FAILED)).to_be_visible()
    learner.choose("Option b")
    learner.press("Check")
    learner.go("Second")
    sent_unconfirmed(learner)
    learner.page.clock.run_for(2000)
    host.wait("cmi.core.lesson_location", "second")
    learner.page.goto("about:blank")
    host.wait_for_call("LMSFinish")


def test_it_is_asked_for_again(without) -> None:
    host, learner = without
    sent_unconfirmed(learner)
    with learner.page.expect_event("requestfailed"):
        learner.press("Save and exit")
    learner.told(SENT)
    learner.retry(lambda: learner.page.unroute(VISIT))
    learner.page.clock.run_for(2000)
    learner.told("Saved")
    # Where the trainee may go on was not forgotten meanwhile.
    learner.see("Last time you stopped at “Third”.")
    expect(learner.frame.get_by_text(FAILED)).to_be_hidden()
    assert sent(host, "cmi.core.lesson_location") == []
    learner.press("Save and exit")
    learner.at("You can go back to your learning system")


@pytest.fixture
def held_back(lms: Lms, page: Page, expected: list[str]):
    """The same, with time in the hands of the test."""
    expected.extend(["shell-visit", "503"])
    page.clock.install()
    page.route(VISIT, lambda route: route.abort())
    host = lms()
    with page.expect_event("requestfailed"):
        page.goto(host.url())
    learner = Learner.in_frame(page)
    sent_unconfirmed(learner)
    return host, learner


def test_missing_visit_script_is_retried_at_growing_intervals(
    lms: Lms, page: Page, expected: list[str]
) -> None:
    expected.append("shell-visit")
    asked: list[Route] = []
    page.route(VISIT, lambda route: (asked.append(route), route.abort()))
    # Time stands still from before the page on: how fast the machine is plays no part.
    page.clock.install()
    stand_still(page)
    with page.expect_event("requestfailed"):
        page.goto(lms().url())
    learner = Learner.in_frame(page)
    gone = learner.frame.locator("script[src*=shell-visit]")
    expect(gone).to_have_count(0)
    for before, wait in enumerate((2000, 10_000, 30_000, 60_000, 60_000), 1):
        page.clock.run_for(wait - 1)
        assert len(asked) == before
        with page.expect_event("requestfailed"):
            page.clock.run_for(1)
        expect(gone).to_have_count(0)
    page.unroute(VISIT)
    page.clock.run_for(60_000)
    expect(learner.frame.get_by_text(FAILED)).to_be_hidden()
    learner.press("Contents")
    expect(learner.frame.locator("#contents")).to_be_visible()


def test_without_shell_visit_unsaved_work_is_reported_and_guarded(held_back, page: Page) -> None:
    host, learner = held_back
    host.down = True
    learner.go("Second")
    page.clock.run_for(1500)
    learner.told("Not saved")
    banner = learner.frame.locator("[data-notice=save]")
    expect(banner.get_by_role("alert")).to_have_text("Not saved. Keep this window open.")
    found = asked(page)
    with page.expect_event("dialog"):
        page.evaluate("() => void setTimeout(() => location.reload())")
        page.clock.run_for(100)
    expect(banner).to_be_visible()
    assert found == ["beforeunload"]
    # What else there is to know comes with it; it is asked for at once when the line is back.
    expect(learner.frame.get_by_text(FAILED)).to_be_visible()
    page.unroute(VISIT)
    learner.frame.evaluate("() => void dispatchEvent(new Event('online'))")
    expect(learner.frame.get_by_text(FAILED)).to_be_hidden()
    expect(banner.get_by_role("button", name="Copy my answers")).to_be_visible()
    entries(learner, 1)
    banner.get_by_role("button", name="Retry").focus()
    host.recover()
    page.keyboard.press("Enter")
    page.clock.run_for(5000)
    learner.told("Saved")
    expect(banner).to_have_count(0)


def test_missing_visit_script_still_allows_manual_retry(held_back, page: Page) -> None:
    host, learner = held_back
    host.down = True
    learner.go("Second")
    page.clock.run_for(1500)
    learner.told("Not saved")
    learner.button("Retry").last.focus()
    host.recover()
    page.keyboard.press("Enter")
    sent_unconfirmed(learner)
    expect(learner.frame.locator("[data-notice=save]")).to_have_count(0)


def test_missing_visit_script_and_no_lms_records_nothing(
    sco: Sco, serve, page: Page, expected: list[str]
) -> None:
    expected.append("shell-visit")
    page.route(VISIT, lambda route: route.abort())
    (sco() / "lms.html").write_text('<!doctype html><iframe name="sco" src="index.html">', "utf-8")
    page.goto(serve(sco()) + "/lms.html")
    learner = Learner.in_frame(page)
    learner.told("Nothing is recorded")
    expect(learner.frame.get_by_text(FAILED)).to_be_visible()
