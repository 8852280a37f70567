"""What a trainee meets now and then: a later visit, an LMS that is lost."""

from __future__ import annotations

from collections.abc import Iterator

from tests.a11y.crawl import Crawl
from tests.a11y.view import View
from tests.lms.scorm_again import ScormAgain


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
    lms.down = False
    lost = crawl.frame.locator("[data-notice=save]")
    action = crawl.act(lost.locator(":scope > .actions button").first)
    lost.wait_for(state="detached")
    yield crawl.view("saved after all", action=action)
