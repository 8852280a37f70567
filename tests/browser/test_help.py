"""Help and contacts: one view, a press away from wherever a trainee is, that nothing takes away."""

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from builder.course.model import Cover, Lock, QuickExit, Variable
from tests.browser.conftest import Sco
from tests.browser.learner import Learner
from tests.browser.player_course import PAGES
from tests.support.courses import page as a_page

FIRST, SECOND, THIRD, QUIZ, RECORD = PAGES
WORRIED = a_page(
    "worried",
    """\
::: contacts
- Your lead: {{ lead }}
- If a child is in danger: {{ emergency_route }}
:::

## Support for you

::: contacts
- {{ lead }}
- Your lead: {{ lead }}
:::

::: contacts Who to ask
- If a child is in danger: {{ emergency_route }}
- The board: {{ board }}
:::
""",
)
LOCKED = replace(WORRIED, lock=Lock(passed=("quiz",)))
VARIABLES = {
    "lead": Variable("lead", "the lead", "Sam Lee, 01632 960001"),
    "board": Variable("board", "the board", None),
    "emergency_route": Variable("emergency_route", "the way out", "999"),
}
FIELDS = {"help": (THIRD, SECOND), "variables": VARIABLES}
LINK = "Help and contacts"
FOUND = """() => [...document.querySelectorAll("main :is(h1, h2, dt, dd, li)")]
  .map((it) => `${it.localName} ${it.innerText}`)"""
CONTACTS = [
    "h1 Help and contacts",
    "dt If a child is in danger",
    "dd 999",
    "h2 Worried",
    "dt Your lead",
    "dd Sam Lee, 01632\u00a0960001",
    "h2 Support for you",
    "dt The lead",
    "dd Sam Lee, 01632\u00a0960001",
    "h2 Who to ask",
    "dt The board",
    "dd Not set yet: ask your manager",
]


@pytest.fixture
def helped(sco: Sco, serve, page: Page) -> Learner:
    course = sco(FIRST, SECOND, THIRD, QUIZ, RECORD, LOCKED, fields=FIELDS)
    page.goto(serve(course) + "/index.html")
    return Learner(page, page.main_frame).started()


def test_help_lists_each_contact_once_and_help_pages(
    helped: Learner,
) -> None:
    helped.press(LINK)
    helped.at("Help and contacts")
    expect(helped.page).to_have_title("Help and contacts – First aid")
    found = helped.frame.evaluate(FOUND)
    assert found == [*CONTACTS, "h2 More help", "li Third", "li Second"]
    called = helped.frame.get_by_role("link", name="999")
    expect(called).to_have_attribute("href", "tel:999")
    helped.press("Third")
    helped.at("Third")


def test_help_link_is_in_footer_and_returns_to_page(helped: Learner) -> None:
    footer = helped.frame.locator("footer")
    for title in ("First", "Quiz", "Worried"):
        if title != "First":
            helped.frame.evaluate("id => (location.hash = `#/${id}`)", title.lower())
            helped.at(title)
        assert footer.inner_text().split("\n") == [f"{LINK} About this course"]
        helped.press(LINK)
        helped.at("Help and contacts")
        helped.press(f"Back: {title}")
        helped.at(title)
    # As About, which is opened from the page that is locked.
    helped.press("About this course")
    helped.at("About this course")
    helped.press("Back: Worried")
    helped.at("Worried")
    helped.frame.evaluate("location.hash = '#end'")
    helped.at("You have not finished yet")
    helped.press(LINK)
    helped.press("Back: Your result")
    helped.at("You have not finished yet")
    helped.press("Back: Worried")
    helped.at("Worried")
    helped.page.go_back()
    helped.at("You have not finished yet")


def test_help_page_works_offline(helped: Learner, expected: list[str]) -> None:
    helped.page.locator("#about-button:visible").wait_for()
    helped.press("About this course")
    helped.at("About this course")
    expected.append("ERR_INTERNET_DISCONNECTED")
    helped.page.context.set_offline(True)
    helped.press(LINK)
    helped.at("Help and contacts")
    assert helped.frame.evaluate(FOUND)[:3] == CONTACTS[:3]
    helped.page.context.set_offline(False)


def test_contacts_have_their_own_page_without_script(sco: Sco, serve, new_context) -> None:
    page = new_context(java_script_enabled=False).new_page()
    course = sco(FIRST, WORRIED, fields={**FIELDS, "help": (FIRST,), "quick_exit": QuickExit(None)})
    page.goto(serve(course) + "/index.html")
    page.get_by_role("link", name=LINK).click()
    expect(page).to_have_title("Help and contacts – First aid")
    expect(page.get_by_role("term")).to_have_count(4)
    expect(page.get_by_role("definition").first).to_have_text("999")
    expect(page.get_by_role("link", name="Exit this page")).to_be_visible()
    page.get_by_role("link", name="Back: First aid").click()
    expect(page.get_by_text("Keep calm.")).to_be_visible()


def test_without_script_there_is_no_link_that_leads_nowhere(sco: Sco, serve, new_context) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(serve(sco(fields={"help": (THIRD,)})) + "/index.html")
    expect(page.get_by_text(LINK)).to_be_hidden()
    expect(page.locator(".course-title")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Keep calm.")


def test_a_course_without_help_has_no_way_there(sco: Sco, serve, page: Page) -> None:
    page.goto(serve(sco()) + "/index.html")
    Learner(page, page.main_frame).started()
    expect(page.locator("footer")).to_have_text("About this course")
    page.evaluate("location.hash = '#help'")
    expect(page.locator("main h1")).to_have_text("First")


def test_the_cover_has_one_way_to_help(sco: Sco, serve, page: Page) -> None:
    cover = Cover("What to do first.", "For everybody.", ("keep calm",))
    page.goto(serve(sco(FIRST, WORRIED, fields={**FIELDS, "cover": cover})) + "/index.html")
    learner = Learner(page, page.main_frame)
    way = page.get_by_role("link", name=LINK, exact=True)
    way.click()
    learner.at(LINK)
    learner.press("Back: First aid")
    expect(way).to_be_visible()
