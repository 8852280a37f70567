"""The search: by keyboard from any page, told in words, out of the way with Escape."""

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect

from builder.course.model import Lock
from tests.browser.conftest import Sco
from tests.browser.learner import NOTHING_AHEAD, Learner
from tests.browser.player_course import PAGES

FIRST, SECOND, THIRD, QUIZ, RECORD = PAGES


def opened(learner: Learner) -> None:
    learner.press("Search")
    expect(learner.frame.locator("#search-words")).to_be_focused()


@pytest.fixture
def learner(sco: Sco, serve, page) -> Learner:
    # What is fetched ahead has the search, too; here it comes with its first use.
    page.add_init_script(NOTHING_AHEAD)
    pages = (FIRST, SECOND, THIRD, QUIZ, replace(RECORD, lock=Lock(passed=("quiz",))))
    page.goto(serve(sco(*pages)) + "/index.html")
    return Learner(page, page.main_frame).started()


def test_the_way_to_words_in_a_part_of_another_page(learner: Learner) -> None:
    # The interface around the page has loaded.
    learner.page.wait_for_function("() => scormBuilder.again")
    requests: list[str] = []
    learner.page.on("request", lambda request: requests.append(request.url.rpartition("/")[2][:6]))
    status = learner.frame.locator("#search [role=status]")
    opened(learner)
    assert sorted(name for name in requests if name.startswith(("shell", "search"))) == [
        "search",
        "shell-",
        "shell-",
    ]
    expect(learner.frame.locator("#search-button")).to_have_attribute("aria-expanded", "true")
    expect(status).to_be_empty()
    # Told after a pause in typing, without a move of the focus.
    learner.page.keyboard.type("móre")
    expect(status).to_have_text("1 page found.")
    expect(learner.frame.locator("#search-words")).to_be_focused()
    result = learner.frame.locator("#search li")
    expect(result).to_have_text("ThirdPart – More.")
    expect(result.locator("mark")).to_have_text("More")
    learner.tab_to("Search")
    learner.press("Third")
    expect(learner.frame.get_by_role("heading", name="Part")).to_be_focused()
    expect(learner.frame.locator("#search")).to_be_hidden()
    # What was found is there again.
    opened(learner)
    expect(learner.frame.locator("#search-words")).to_have_value("móre")
    expect(result).to_have_count(1)


def test_search_says_its_result_and_escape_or_contents_close_it(learner: Learner) -> None:
    status = learner.frame.locator("#search [role=status]")
    opened(learner)
    for words, told in (
        ("", "Type at least two letters."),
        ("zebra", "Nothing found for “zebra”. Check the spelling, or try another word."),
        ("fill read", "Nothing found for “fill read”. Check the spelling, or try another word."),
        ("re", "3 pages found."),
    ):
        learner.frame.locator("#search-words").fill(words)
        learner.page.keyboard.press("Enter")
        expect(status).to_have_text(told)
    # A locked page is text, and nothing of what it says is shown.
    titles = learner.frame.locator("#search li > :first-child")
    assert titles.all_inner_texts() == ["Record", "Second", "Quiz"]
    locked = learner.frame.locator("#search li", has_text="Record")
    expect(locked).to_have_text("RecordNot available yet: pass “Quiz” first")
    expect(locked.locator("a")).to_have_count(0)

    learner.page.keyboard.press("Escape")
    expect(learner.frame.locator("#search")).to_be_hidden()
    expect(learner.button("Search")).to_be_focused()
    opened(learner)
    learner.frame.locator("#contents-button").focus()
    learner.page.keyboard.press("Enter")
    expect(learner.frame.locator("#search")).to_be_hidden()
    learner.tab_to("Search")
    learner.page.keyboard.press("Enter")
    expect(learner.frame.locator("#search")).to_be_visible()
    expect(learner.frame.locator("#contents")).to_be_hidden()


def test_a_search_that_does_not_come_can_be_tried_again(learner: Learner) -> None:
    chunk = "**/search-*"
    learner.page.route(chunk, lambda route: route.fulfill(body="", content_type="text/javascript"))
    learner.press("Search")
    alert = learner.frame.get_by_role("alert")
    expect(alert).to_contain_text("The search could not be loaded.")
    expect(learner.button("Search")).to_have_attribute("aria-expanded", "false")
    learner.page.unroute(chunk)
    expect(learner.button("Search")).to_be_focused()
    learner.page.keyboard.press("Enter")
    expect(learner.frame.locator("#search-words")).to_be_focused()
    expect(alert).to_have_count(0)


def test_it_works_from_disk(sco: Sco, page) -> None:
    folder: Path = sco()
    page.goto((folder / "index.html").as_uri())
    learner = Learner(page, page.main_frame).started()
    opened(learner)
    page.keyboard.type("calm")
    page.keyboard.press("Enter")
    expect(page.locator("#search li")).to_have_text(["FirstKeep calm."])


def test_on_a_phone_the_contents_lead_to_the_search(learner: Learner) -> None:
    learner.page.set_viewport_size({"width": 390, "height": 844})
    learner.page.wait_for_function("() => scormBuilder.again")
    expect(learner.button("Search")).to_have_count(0)
    learner.press("Contents")
    learner.press("Search")
    expect(learner.frame.locator("#search-words")).to_be_focused()
    expect(learner.frame.locator("#contents")).to_be_hidden()
    learner.page.keyboard.press("Escape")
    expect(learner.button("Contents")).to_be_focused()
