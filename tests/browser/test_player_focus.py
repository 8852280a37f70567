"""Whatever happens to what has the focus, the trainee's place is never lost."""

import pytest
from playwright.sync_api import expect

from builder.course import state
from tests.browser.conftest import Lms, Sco
from tests.browser.journal import not_saved
from tests.browser.learner import NOTHING_AHEAD, Learner
from tests.support.clocks import pass_until

WATCH = (
    "window.changes = 0; new MutationObserver(() => changes++)"
    ".observe(document.getElementById('notices'), {childList: true, subtree: true})"
)
COUNT_COMMITS = """() => {
  window.commits = 0;
  const { API } = parent;
  const commit = API.LMSCommit;
  API.LMSCommit = (...given) => {
    commits += 1;
    return commit.apply(API, given);
  };
}"""


@pytest.fixture
def offline(sco: Sco, serve, page):
    """The small course in a browser that cannot load the page Third until it is released."""
    page.add_init_script(NOTHING_AHEAD)
    page.goto(serve(sco()) + "/index.html")
    learner = Learner(page, page.main_frame).started()
    chunk = "**/pages/third-*"
    page.route(chunk, lambda route: route.fulfill(body="", content_type="text/javascript"))
    return learner, lambda: page.unroute(chunk)


def test_page_that_fails_to_load_keeps_focus_on_contents(offline) -> None:
    learner, online = offline
    learner.contents()
    learner.press("Third Not started 2 min")
    alert = learner.frame.get_by_role("alert")
    expect(alert).to_contain_text("“Third” could not be loaded.")
    expect(learner.button("Contents")).to_be_focused()
    expect(learner.frame.locator("#contents")).to_be_hidden()
    alert.evaluate("alert => alert.before = true")
    learner.frame.evaluate(WATCH)
    learner.press("Retry")
    # Read out again, as it was asked for; but neither it nor its button is another one.
    learner.frame.wait_for_function("() => changes > 0")
    assert alert.evaluate("alert => alert.before") is True
    expect(learner.button("Retry")).to_be_focused()
    online()
    learner.page.keyboard.press("Enter")
    learner.at("Third")
    expect(alert).to_have_count(0)


def test_escape_on_its_button_closes_the_contents(sco: Sco, serve, page) -> None:
    page.goto(serve(sco()) + "/index.html")
    learner = Learner(page, page.main_frame).started()
    learner.contents()
    page.keyboard.press("Escape")
    expect(learner.frame.locator("#contents")).to_be_hidden()
    expect(learner.button("Contents")).to_be_focused()
    expect(learner.button("Contents")).to_have_attribute("aria-expanded", "false")


@pytest.mark.usefixtures("timed")
def test_saving_that_fails_again_leaves_its_notice_alone(
    lms: Lms, launch, expected: list[str]
) -> None:
    host = lms()
    learner = launch(host)
    learner.told("Saved")
    expected.append("503")
    host.down = True
    learner.go("Second")
    not_saved(learner)
    alert = learner.frame.get_by_role("alert")
    # Why it fails, and that the browser keeps what was done, is written behind the notice.
    details = learner.frame.locator("[data-notice=save] details p")
    expect(details.nth(0)).to_contain_text("is not saving your progress")
    expect(details.nth(1)).to_contain_text("in this browser for 7 days")
    learner.frame.evaluate(WATCH)
    learner.frame.evaluate(COUNT_COMMITS)
    # The trainee works on, and the course tries to save by itself.
    learner.frame.evaluate("location.hash = '#/third'")
    learner.at("Third")
    learner.button("Retry").focus()
    pass_until(learner.page, lambda: learner.frame.evaluate("commits > 0"))
    learner.told("Not saved")
    expect(learner.button("Retry")).to_be_focused()
    assert learner.frame.evaluate("changes") == 0
    expect(alert).to_have_count(1)
    host.down = False
    learner.page.keyboard.press("Enter")
    learner.saves()
    expect(learner.frame.get_by_role("heading", level=1)).to_be_focused()


def test_resume_stays_until_its_page_has_come(lms: Lms, launch, page) -> None:
    kept = state.State("AAAAAAAA", 4, "incomplete", state.key("page", "third"))
    host = lms(given={"cmi.suspend_data": state.encode(kept)})
    chunk = "**/pages/third-*"
    page.route(chunk, lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.add_init_script(NOTHING_AHEAD)
    learner = launch(host)
    learner.press("Resume")
    expect(learner.frame.get_by_role("alert")).to_contain_text("“Third” could not be loaded.")
    expect(learner.button("Resume")).to_be_focused()
    page.unroute(chunk)
    page.keyboard.press("Tab")
    learner.press("Retry")
    learner.at("Third")
    expect(learner.button("Resume")).to_have_count(0)
