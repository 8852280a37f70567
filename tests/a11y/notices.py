"""What a trainee meets now and then: a later visit, an LMS that is lost."""

from __future__ import annotations

from collections.abc import Iterator

from tests.a11y.crawl import Crawl
from tests.a11y.view import View
from tests.lms.scorm_again import ScormAgain

PASSED = {
    "cmi.core.lesson_mode": "review",
    "cmi.core.lesson_status": "passed",
    "cmi.core.score.raw": "90",
}
"""What an LMS says that shows a course for review that is passed."""


def leave(crawl: Crawl) -> None:
    """A first visit, which ends on the second page."""
    second = crawl.package.outline["pages"][1]
    crawl.act(crawl.frame.locator("#begin"), moves=True)
    crawl.act(crawl.frame.locator("#next"), moves=True)
    crawl.frame.locator(f"article[data-page='{second['id']}']").wait_for()
    crawl.act(crawl.frame.locator("#exit-button"), moves=True)


def states(crawl: Crawl, lms: ScormAgain) -> Iterator[View]:
    """A later visit: the offer to resume, the question whether to start again, saving that fails
    and is tried again."""
    crawl.page = "Cover"
    offer = crawl.frame.locator(".resume .actions button")
    offer.first.wait_for()
    yield crawl.view("the offer to resume")
    yield crawl.view("start again?", action=crawl.act(offer.last))
    crawl.act(offer.last)
    yield crawl.view("rather not", action=crawl.act(offer.first, moves=True))
    lms.down = True
    crawl.act(crawl.frame.locator("#next"), moves=True)
    crawl.page = crawl.package.outline["pages"][2]["title"]
    crawl.frame.locator("[data-notice=save]").wait_for()
    yield crawl.view("not saved", "change")
    lost = crawl.frame.locator("[data-notice=save]")
    retry = lost.locator(":scope > .actions button").first
    retry.focus()

    def press() -> None:
        # From now on what is tried by itself takes the button away, too.
        lms.recover()
        crawl.tab.page.keyboard.press("Enter")

    action = crawl.watch(press, retry)
    lost.wait_for(state="detached")
    yield crawl.view("saved after all", action=action)


def passed(crawl: Crawl) -> Iterator[View]:
    """A look back: the result, and the certificate, which cannot be printed here."""
    crawl.frame.locator("#contents-button").wait_for()
    # As in a frame that may not print.
    crawl.frame.evaluate("() => { window.print = () => {}; }")
    crawl.frame.evaluate("location.hash = '#end'")
    crawl.frame.locator(".end-mark").wait_for()
    crawl.page = "Your result"
    yield crawl.view("looking back", "change")
    # The first of its ways on: there is nothing to save.
    action = crawl.act(crawl.frame.locator("main .actions button:visible").first, moves=True)
    crawl.frame.locator(".certificate").wait_for()
    crawl.page = "Certificate"
    yield crawl.view("as it opens", action=action)
