"""Moving about: contents, addresses, Back and Forward, the about view."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Lms, Sco
from tests.browser.learner import Learner
from tests.browser.player_course import PRACTICE, SEVERAL
from tests.support.courses import page as make_page


@pytest.fixture
def learner(sco: Sco, serve, page) -> Learner:
    page.goto(serve(sco()) + "/index.html")
    return Learner(page, page.main_frame).started()


def test_moving_about_by_links_history_and_addresses(learner: Learner) -> None:
    page = learner.page
    learner.press("Skip to main content")
    learner.at("First")
    # Each page has its title and place.
    assert page.title() == "First – First aid"
    learner.see("Page 1 of 5")
    expect(learner.frame.locator("#previous")).to_be_hidden()
    learner.go("Second")
    assert page.title() == "Second – First aid"
    learner.see("Page 2 of 5")
    # A link to a heading leads there.
    learner.press("a part")
    expect(learner.frame.get_by_role("heading", name="Part")).to_be_focused()
    assert page.title() == "Third – First aid"
    # Back and Forward.
    page.go_back()
    learner.at("Second")
    page.go_back()
    learner.at("First")
    page.go_forward()
    learner.at("Second")
    learner.press("Previous: First")
    learner.at("First")
    learner.go("Second")
    # A view that is no page.
    learner.press("About this course")
    learner.at("About this course")
    learner.see("1.2.0")
    learner.press("Back: Second")
    learner.at("Second")
    page.go_back()
    learner.at("About this course")
    page.go_forward()
    learner.at("Second")
    # The page of the address is shown after a reload.
    page.reload()
    expect(learner.frame.get_by_role("heading", level=1)).to_have_text("Second")
    # The last page leads to the end and that nowhere.
    for title in ("Third", "Quiz", "Record"):
        learner.go(title)
    learner.press("Next: Your result")
    learner.at("You have not finished yet")
    expect(learner.frame.locator("#next")).to_be_hidden()


def test_neither_an_odd_address_nor_an_unknown_language_stops_anything(
    sco: Sco, serve, page
) -> None:
    folder = sco()
    index = folder / "index.html"
    index.write_text(index.read_text("utf-8").replace('"language":"en"', '"language":"_"'))
    page.goto(serve(folder) + "/index.html#/second/50%")
    learner = Learner(page, page.main_frame).started()
    learner.at("Second")
    page.evaluate("location.hash = '#/record'")
    learner.at("Record")
    expect(learner.frame.locator("[data-sheet=printed]")).to_have_text(re.compile(r" 20\d\d$"))


def test_a_page_is_ticked_once_all_its_practice_is_answered(lms: Lms, launch) -> None:
    checks = "::: check calm\n\n::: check several\n"
    learner = launch(
        lms(make_page("first", checks, checks=(PRACTICE, SEVERAL)), make_page("second"))
    )
    statuses = learner.frame.locator(".contents-status")
    for at, status in enumerate(["In progress", "Visited"]):
        form = learner.frame.locator("main form").nth(at)
        form.get_by_label("Option b").check()
        form.get_by_role("button", name="Check").click()
        expect(form.locator(".feedback")).to_be_visible()
        learner.contents()
        expect(statuses).to_have_text([status, "Not started"])
        learner.page.keyboard.press("Escape")


def test_contents_say_what_is_done(learner: Learner) -> None:
    button = learner.button("Contents")
    statuses = learner.frame.locator(".contents-status")
    # A page is ticked when its practice is answered, or it is left.
    learner.contents()
    expect(statuses.nth(0)).to_have_text("In progress")
    learner.page.keyboard.press("Escape")
    learner.choose("Option a")
    learner.press("Check")
    learner.contents()
    expect(statuses.nth(0)).to_have_text("Visited")
    learner.page.keyboard.press("Escape")
    learner.go("Second")
    learner.frame.locator("#contents-button").focus()
    learner.page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    links = learner.frame.locator("#contents a")
    expect(links).to_have_text(
        [
            "First Visited 0 of 1 0 of 1 right at the first try",
            "Second In progress 2 min",
            "Third Not started 2 min",
            "Quiz Not started 2 min",
            "Record Not started 2 min",
            "Your result",
        ],
        use_inner_text=True,
    )
    expect(learner.frame.locator(".tally")).to_have_text(
        "1 of 5 done About 8 minutes left", use_inner_text=True
    )
    current = learner.frame.locator("#contents [aria-current=page]")
    expect(current).to_contain_text("Second")
    assert current.count() == 1
    learner.page.keyboard.press("Tab")
    learner.page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")
    learner.page.keyboard.press("Enter")
    learner.press("Third Not started 2 min")
    learner.at("Third")
    expect(learner.frame.locator("#contents")).to_be_hidden()
    learner.contents()
    expect(statuses).to_have_text(
        ["Visited", "Visited", "In progress", "Not started", "Not started"]
    )
    # A record on view is in progress without an entry.
    learner.page.keyboard.press("Escape")
    learner.frame.evaluate("location.hash = '#/record'")
    learner.at("Record")
    learner.contents()
    expect(current.locator(".contents-status")).to_have_text("In progress")


def test_a_thousand_pages(sco: Sco, serve, page) -> None:
    pages = [make_page("first"), *(make_page(f"page-{n}") for n in range(2, 1001))]
    folder = sco(*pages)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url.rsplit("/", 1)[-1]))
    page.goto(serve(folder) + "/index.html")
    learner = Learner(page, page.main_frame).started()
    learner.see("Page 1 of 1,000")
    page.wait_for_function("() => scormBuilder.again")
    scripts = [name.rsplit("-", 1)[0] for name in requests if name.endswith((".html", ".js"))]
    assert scripts[:2] == ["index.html", "player"]
    # The list comes behind the first view, which names two of its pages.
    assert sorted(scripts[2:4]) == ["outline", "shell-visit"]
    shown = (folder / "index.html").read_text("utf-8")
    assert [f'"Page-{n}"' in shown for n in (2, 3, 1000)] == [True, False, False]
    learner.press("Contents")
    # Parts of fifty pages, of which only that of the page on view is made.
    links = learner.frame.locator("#contents a")
    expect(links).to_have_count(51)
    expect(links.last).to_have_text("Your result")
    learner.frame.get_by_role("button", name="Pages 951 to 1,000").press("Enter")
    expect(links).to_have_count(101)
    links.nth(99).press("Enter")
    learner.at("Page-1000")
    learner.see("Page 1,000 of 1,000")
