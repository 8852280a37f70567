"""How practice went: at the end of its page, and in the contents."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Lms
from tests.browser.learner import Learner
from tests.browser.player_course import PRACTICE, SEVERAL, true_false
from tests.lms.scorm_again import ScormAgain
from tests.support.courses import page as page_of

pytestmark = pytest.mark.usefixtures("timed")
Launch = Callable[[ScormAgain], Learner]
STATEMENT = true_false("sure", "t")
ASKED = (PRACTICE, SEVERAL, STATEMENT)
BODY = "".join(f"\n\n::: check {one.id}\n" for one in ASKED)
PAGES = (page_of("first", f"Keep calm.{BODY}", checks=ASKED), page_of("last", "The end."))


def test_a_page_says_how_practice_went_and_what_is_open(
    lms: Lms, launch: Launch, page: Page
) -> None:
    host = lms(*PAGES)
    learner = launch(host)
    line = learner.frame.locator(".first-tries")
    expect(line).to_have_text("Practice still open: 3")
    expect(line.locator(".ring")).to_have_count(0)
    learner.choose("Option b")
    learner.press("Check")
    expect(line).to_have_text("1 of 3 right at the first try · Practice still open: 2")
    learner.press("False")
    learner.press("Try again")
    learner.press("True")
    # The second try is right, but it is not the first one.
    expect(line).to_have_text("1 of 3 right at the first try · Practice still open: 1")
    share = line.locator(".ring").evaluate("it => it.style.getPropertyValue('--share')")
    assert round(float(share), 2) == 0.33
    learner.go("Last")
    expect(line).to_have_count(0)
    learner.saves()
    page.goto("about:blank")
    host.wait_for_call("LMSFinish")
    # A later visit knows it, too.
    learner = launch(host)
    learner.contents()
    entry = learner.frame.locator("#contents li").first
    expect(entry.get_by_role("link")).to_have_accessible_name(
        "First Visited 1 of 3 right at the first try Practice still open: 1"
    )
    expect(entry.get_by_text("1 of 3", exact=True)).to_be_visible()
    expect(entry.get_by_text("Practice still open: 1")).to_be_visible()
    ring = entry.locator("a").evaluate("it => getComputedStyle(it, '::before').backgroundImage")
    assert "conic-gradient" in ring
    last = learner.frame.locator("#contents li").nth(1)
    expect(last.get_by_role("link")).to_have_accessible_name("Last Visited")
