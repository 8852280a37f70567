"""Links from a question to the passage that it quotes."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from builder.course.questions import Quotation
from tests.browser.conftest import Lms
from tests.browser.learner import Learner
from tests.support.courses import page as page_of
from tests.support.courses import question

PHONE = {"width": 390, "height": 844}
LONG = "Words above.\n\n" * 40


def has_arrived(target: Locator) -> None:
    """The element has the focus, and its beginning is in view, below the header."""
    expect(target).to_be_focused()
    top, header, height = target.evaluate(
        """(it) => [it.getBoundingClientRect().top, innerHeight,
          document.querySelector("header").getBoundingClientRect().bottom]"""
    )
    assert 0 <= height <= top < header / 2


def test_the_first_course_leads_to_the_quoted_passage(
    page: Page, serve: Callable[[Path], str], unpacked: Path
) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{serve(unpacked)}/index.html#/indicators")
    asked = page.locator("form[data-question=returning-home-late]")
    asked.get_by_role("button", name="False").click()
    asked.get_by_text("Read again: Indicators").click()
    asked.get_by_role("link", name="Go to “Indicators”").click()
    passage = page.locator("article > p", has_text="Young people with the following")
    has_arrived(passage)


PASSAGES = {
    "paragraph": "Keep calm.",
    "item": "- Wait.\n- Keep calm.",
    "accordion": (
        "::: accordion Signs\n::: reveal One\nWords.\n:::\n::: reveal Two\nKeep calm.\n:::\n:::"
    ),
    "tab": "::: tabs Signs\n::: tab One\nWords.\n:::\n::: tab Two\n- Keep calm.\n:::\n:::",
    "cell": "| Sign | Act |\n| --- | --- |\n| Red | Keep calm. |",
}


def test_a_failed_quiz_leads_to_the_passage(lms: Lms, launch: Callable[..., Learner]) -> None:
    texts = [page_of(name, f"{LONG}{passage}\n\n{LONG}") for name, passage in PASSAGES.items()]
    asks = tuple(
        question(f"about-{name}", quotation=Quotation(name, ("Keep calm",))) for name in PASSAGES
    )
    quiz = page_of("quiz", "Ready?", kind="quiz", quiz=asks)
    learner = launch(lms(page_of("first"), *texts, quiz, pages="none", attempts=0))
    learner.frame.evaluate("location.hash = '#/quiz'")
    learner.at("Quiz")
    learner.press("Start")
    for number in range(1, len(asks) + 1):
        learner.choose("Option b")
        learner.press("Check")
        learner.press("Next question" if number < len(asks) else "See your result")
    learner.see("What to read again")
    for name in PASSAGES:
        learner.frame.evaluate("location.hash = '#/quiz'")
        learner.at("Quiz")
        learner.button("Contents").focus()
        learner.press(name.title())
        expect(learner.frame.get_by_role("heading", level=1)).to_have_text(name.title())
        has_arrived(learner.frame.get_by_text("Keep calm.", exact=True))
