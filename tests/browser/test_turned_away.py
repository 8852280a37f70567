"""Who presses Search or Contents while a page is on its way has turned to that: the page comes
beneath it."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Sco
from tests.browser.learner import NOTHING_AHEAD, Learner

SECOND, SEARCH = re.compile(r"/pages/second-\w+\.js$"), re.compile(r"/assets/search-\w+\.js$")
VISIT = re.compile(r"/shell-visit-\w+\.js$")

Held = list[Route]


def hold(page: Page, address: re.Pattern[str]) -> Held:
    """The requests for a file, which stay unanswered."""
    held: Held = []
    page.route(address, lambda route: held.append(route))
    return held


@pytest.fixture
def second(page: Page) -> Held:
    page.add_init_script(NOTHING_AHEAD)
    page.set_viewport_size({"width": 700, "height": 700})
    return hold(page, SECOND)


@pytest.fixture
def learner(second: Held, sco: Sco, serve, page: Page) -> Learner:
    """A trainee in a small window who has asked for the second page, which does not come."""
    # The browser may ask for the second page already, and does not see the load as ended then.
    page.goto(serve(sco()) + "/index.html", wait_until="domcontentloaded")
    learner = Learner(page, page.main_frame).started()
    expect(learner.frame.locator("#contents-button")).to_be_visible()
    ask_for_second(learner)
    return learner


def ask_for_second(learner: Learner) -> None:
    """Press Next; the course has heard of it, whatever is pressed after that."""
    learner.frame.evaluate(
        "window.heard = new Promise(done => addEventListener('hashchange', () => done(true)));0"
    )
    learner.press("Next: Second")
    assert learner.frame.evaluate("window.heard")


def request(learner: Learner, held: Held) -> Route:
    """The request for a file, which may still have to come: a page is asked for when the browser is
    idle, or wanted."""
    learner.wait(lambda: held)
    return held[0]


def arrives(learner: Learner, held: Held) -> None:
    """The second page comes beneath whatever lies over it."""
    request(learner, held).continue_()
    expect(learner.frame.locator("main h1")).to_have_text("Second")
    expect(learner.page).to_have_title(re.compile("^Second"))


def test_the_search_stays_open_while_the_page_comes(learner: Learner, second: Held) -> None:
    learner.press("Search")
    words = learner.frame.locator("#search-words")
    expect(words).to_be_focused()
    arrives(learner, second)
    learner.page.keyboard.type("calm")
    expect(words).to_have_value("calm")
    learner.page.keyboard.press("Escape")
    expect(learner.button("Search")).to_be_focused()


def test_search_that_loads_after_page_still_opens(learner: Learner, second: Held) -> None:
    search = hold(learner.page, SEARCH)
    with learner.page.expect_request(SEARCH):
        learner.press("Search")
    arrives(learner, second)
    expect(learner.button("Search")).to_be_focused()
    search[0].continue_()
    expect(learner.frame.locator("#search-words")).to_be_focused()


def test_open_contents_stay_open_and_mark_loaded_page(learner: Learner, second: Held) -> None:
    learner.press("Contents")
    contents = learner.frame.locator("#contents")
    expect(contents).to_be_visible()
    arrives(learner, second)
    expect(contents).to_be_visible()
    expect(contents.locator("[aria-current=page]")).to_contain_text("Second")
    assert learner.focused() == ("button", "Contents")
    # The next page that is asked for is gone to, as ever.
    contents.get_by_role("link", name="Third").press("Enter")
    learner.at("Third")
    expect(contents).to_be_hidden()


@pytest.mark.parametrize("tool", ["Search", "Contents"])
def test_closed_tool_lets_the_requested_page_open(
    learner: Learner, second: Held, tool: str
) -> None:
    button = learner.frame.locator(f"#{tool.lower()}-button")
    learner.press(tool)
    expect(button).to_have_attribute("aria-expanded", "true")
    learner.page.keyboard.press("Escape")
    expect(button).to_have_attribute("aria-expanded", "false")
    request(learner, second).continue_()
    learner.at("Second")


def test_early_search_press_acts_after_page_loads(
    second: Held, sco: Sco, serve, page: Page
) -> None:
    visit = hold(page, VISIT)
    page.goto(serve(sco()) + "/index.html", wait_until="domcontentloaded")
    learner = Learner(page, page.main_frame).started()
    ask_for_second(learner)
    learner.press("Search")
    arrives(learner, second)
    request(learner, visit).continue_()
    expect(page.locator("#search-words")).to_be_focused()
