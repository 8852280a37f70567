"""What stands round the pages arrives behind the first one: late, or not at all."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Lms, Sco
from tests.browser.learner import Learner, sent

VISIT = re.compile(r"/shell-visit-\w+\.js$")
FAILED = "Contents, Search and Exit could not be loaded."


def test_a_button_pressed_before_it_is_there_acts_once_it_is(sco: Sco, serve, page: Page) -> None:
    held: list[Route] = []
    page.route(VISIT, lambda route: held.append(route))
    page.goto(serve(sco()) + "/index.html", wait_until="domcontentloaded")
    learner = Learner(page, page.main_frame).started()
    learner.press("Contents")
    expect(page.locator("#contents")).to_be_hidden()
    held[0].continue_()
    expect(page.locator("#contents")).to_be_visible()
    assert learner.focused() == ("button", "Contents")


def test_nobody_who_has_gone_on_is_called_back(sco: Sco, serve, page: Page) -> None:
    held: list[Route] = []
    page.route(VISIT, lambda route: held.append(route))
    page.goto(serve(sco()) + "/index.html", wait_until="domcontentloaded")
    learner = Learner(page, page.main_frame).started()
    learner.press("Contents")
    learner.go("Second")
    held[0].continue_()
    expect(page.locator("script[src*=shell-visit]")).to_have_count(0)
    expect(page.locator("#contents")).to_be_hidden()
    learner.at("Second")


@pytest.fixture
def without(lms: Lms, page: Page, expected: list[str]):
    """The small course in an LMS where what stands round the pages does not come."""
    expected.append("shell-visit")
    host = lms(given={"cmi.core.lesson_location": "third"})
    page.route(VISIT, lambda route: route.abort())
    page.goto(host.url())
    return host, Learner.in_frame(page)


def test_without_it_a_trainee_reads_answers_and_is_saved(without) -> None:
    host, learner = without
    expect(learner.frame.get_by_text(FAILED)).to_be_visible()
    learner.choose("Option b")
    learner.press("Check")
    learner.go("Second")
    learner.told("Saved")
    host.wait("cmi.core.lesson_location", "second")
    learner.page.goto("about:blank")
    host.wait_for_call("LMSFinish")


def test_it_is_asked_for_again(without) -> None:
    host, learner = without
    learner.told("Saved")
    with learner.page.expect_event("requestfailed"):
        learner.press("Exit")
    learner.told("Saved")
    learner.page.unroute(VISIT)
    learner.press("Retry")
    # Where the trainee may go on was not forgotten meanwhile.
    learner.see("Last time you stopped at “Third”.")
    expect(learner.frame.get_by_text(FAILED)).to_be_hidden()
    assert sent(host, "cmi.core.lesson_location") == []
    learner.press("Exit")
    learner.at("You can close this window")
