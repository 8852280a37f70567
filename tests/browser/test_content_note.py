"""Before what may be hard to read: trainees go on, or skip it, or stop, as they choose."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Lms, Sco
from tests.browser.learner import Learner
from tests.support.courses import page as course_page

NOTE = "::: content-note\nThis page is about [a fire](#fire).\n:::\n\n"
FIRST = course_page("first", "See [the fire](second.md#fire).")
THIRD = course_page("third", "::: take-a-break\nRest.\n:::")
PAGES = (FIRST, course_page("second", f"{NOTE}It burned.\n\n## Fire {{#fire}}\n\nHot."), THIRD)

Open = Callable[[], Learner]


@pytest.fixture
def learner(sco: Sco, serve, page: Page) -> Learner:
    page.goto(serve(sco(*PAGES, fields={"help": (THIRD,)})) + "/index.html")
    return Learner(page, page.main_frame).started()


def held_back(page: Page) -> None:
    expect(page.get_by_text("It burned.")).to_be_hidden()
    expect(page.get_by_role("button", name="Continue")).to_be_visible()


def test_the_page_is_skipped_or_follows_after_continue_and_stays(learner: Learner) -> None:
    page = learner.page
    learner.go("Second")
    learner.press("Skip this page")
    learner.at("Third")
    learner.press("Previous: Second")
    learner.at("Second")
    held_back(page)
    note = page.locator(".content-note")
    assert note.get_by_role("listitem").all_inner_texts() == [
        "There are no pictures, sounds or videos on this page.",
        "Time for this page: about 2 min",
        "You can stop at any time and come back later.",
        "If you need help: Help and contacts",
    ]
    page.emulate_media(media="print")
    expect(page.get_by_text("It burned.")).to_be_visible()
    page.emulate_media(media="screen")
    learner.press("Continue")
    expect(page.get_by_text("It burned.")).to_be_focused()
    expect(page.get_by_role("button", name="Continue")).to_have_count(0)
    expect(note).to_be_visible()
    learner.go("Third")
    learner.press("Previous: Second")
    expect(page.get_by_text("It burned.")).to_be_visible()


def test_link_into_hidden_content_waits_or_opens_it(learner: Learner) -> None:
    page = learner.page
    learner.press("the fire")
    learner.at("Second")
    held_back(page)
    learner.press("Continue")
    expect(page.get_by_role("heading", name="Fire")).to_be_focused()
    page.reload()
    held_back(page)
    page.get_by_role("link", name="a fire").press("Enter")
    expect(page.get_by_role("heading", name="Fire")).to_be_focused()
    expect(page.get_by_text("It burned.")).to_be_visible()


def test_without_script_everything_is_there(sco: Sco, serve, new_context) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(serve(sco(*PAGES[1:])) + "/index.html")
    expect(page.get_by_text("It burned.")).to_be_visible()
    expect(page.get_by_role("button", name="Continue")).to_have_count(0)


def test_break_offers_exit_only_where_an_lms_exists(learner: Learner, lms: Lms, launch) -> None:
    learner.go("Second")
    learner.press("Skip this page")
    place = learner.frame.locator(".take-a-break")
    stop = "Take a break You can stop at any time and come back later. Rest."
    expect(place).to_have_text(f"{stop} If you need help: Help and contacts")
    expect(place.get_by_role("button")).to_have_count(0)
    host = lms(*PAGES)
    inside = launch(host)
    inside.go("Second")
    inside.press("Skip this page")
    inside.frame.locator(".take-a-break").get_by_role("button", name="Save and exit").press("Enter")
    inside.at("You can go back to your learning system")
    host.wait_for_call("LMSFinish")
