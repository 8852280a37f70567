"""Where to read on: what a link to another site says before it is opened."""

from datetime import date

from playwright.sync_api import Page, expect

from builder.course.model import Reference
from tests.browser.conftest import Sco
from tests.browser.learner import Learner
from tests.support.courses import page as course_page

ADDRESS = "https://example.org/a"


def test_further_reading_shows_check_date_in_course_language(sco: Sco, serve, page: Page) -> None:
    body = f"::: further-reading More\n- [A book]({ADDRESS})\n:::"
    references = {ADDRESS: Reference(ADDRESS, None, date(2026, 11, 1), "Plants & Co")}
    folder = sco(
        course_page("first", body),
        course_page("second", body),
        fields={"references": references, "language": "fr"},
    )
    page.goto(serve(folder) + "/index.html")
    learner = Learner(page, page.main_frame)
    expect(page.locator(".checked")).to_have_text("Vérifié le 1er novembre 2026")
    learner.tab_to("A book, Plants & Co (s’ouvre dans un nouvel onglet)")
    link = page.get_by_role("link", name="A book, Plants & Co")
    expect(link).to_have_attribute("rel", "noopener")
    expect(link).to_have_attribute("target", "_blank")
