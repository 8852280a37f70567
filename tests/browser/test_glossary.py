"""A term of the glossary: what it means is shown in its sentence, and the way back is known."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Sco
from tests.browser.learner import Learner
from tests.support.courses import page as course_page

WORDS = course_page("words", "::: glossary\nRoot ball\n: The *roots*.\n\nSaucer\n: A dish.\n:::")
TEXT = course_page(
    "text",
    "Lift the [root ball](words.md#root-ball) out.\n\n- The [dish](words.md#saucer) is below.\n\n"
    "## The [saucer](words.md#saucer)\n\nDry the [saucer](words.md#saucer).",
)
PAGES = (course_page("first"), TEXT, WORDS)


@pytest.fixture
def learner(sco: Sco, serve, page: Page) -> Learner:
    page.goto(serve(sco(*PAGES)) + "/index.html")
    learner = Learner(page, page.main_frame).started()
    learner.go("Text")
    return learner


def test_a_term_shows_its_meaning_and_the_glossary_leads_back(learner: Learner) -> None:
    page = learner.page
    meaning = page.locator("p .definition").first
    expect(meaning).to_be_hidden()
    expect(page.get_by_role("heading", name="Words on this page")).to_be_hidden()
    learner.press("dish")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    term = page.get_by_role("button", name="root ball", expanded=True)
    expect(term).to_be_focused()
    expect(meaning).to_have_text("The roots. “root ball” in the glossary")
    # Below the line of its term, and the sentence goes on behind it.
    assert page.evaluate(
        """() => {
          const term = document.querySelector("p .term").getBoundingClientRect();
          const meaning = document.querySelector("p .definition").getBoundingClientRect();
          const text = document.querySelector("p:has(.definition)").getBoundingClientRect();
          return meaning.top >= term.bottom - 8 && Math.abs(meaning.width - text.width) < 1
            && text.bottom >= meaning.bottom;
        }"""
    )
    expect(page.get_by_role("listitem")).to_have_css("display", "list-item")
    page.keyboard.press("Enter")
    expect(meaning).to_be_hidden()
    # In a heading a term is a link.
    expect(page.get_by_role("heading", name="The saucer").get_by_role("link")).to_be_visible()

    page.keyboard.press("Enter")
    learner.press("“root ball” in the glossary")
    expect(page.locator("dt", has_text="Root ball")).to_be_focused()
    learner.press("Back to “Root ball” in “Text”")
    expect(page.get_by_role("button", name="root ball")).to_be_focused()


def test_glossary_words_are_listed_in_print_and_without_script(
    learner: Learner, sco: Sco, serve, new_context
) -> None:
    learner.press("root ball")
    learner.page.emulate_media(media="print")
    printed = learner.page.locator("main").inner_text()
    assert printed.count("The roots.") == 1
    assert "Words on this page" in printed
    page = new_context(java_script_enabled=False).new_page()
    page.goto(serve(sco(TEXT, WORDS)) + "/index.html")
    expect(page.get_by_role("heading", name="Words on this page")).to_be_visible()
    expect(page.get_by_role("definition")).to_have_text(["The roots.", "A dish."])
