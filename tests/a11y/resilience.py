"""Checks 39 and 40: on paper, without script, on slow lines, with a broken LMS."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Error, Frame, Page, Request, Route

from tests.a11y.check import Check, Findings
from tests.a11y.view import BEGUN, View
from tests.a11y.walks import Whole
from tests.lms.scorm_again import scorm_again
from tests.support import patience

FIRST_VIEW = 60 * 1024
"""Bytes of index.html and the player: 1.2 s at 50 kB/s, and with three round trips of 400 ms the
first content within 3 s."""
MOST_REQUESTS = 3
FIRST_FILES = (".html", ".js", ".css")
"""What can hold up the first page; pictures and fonts cannot."""

SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
FIRST_CONTENT = 3_000
"""Milliseconds until there is something to read, at 50 kB/s and 400 ms."""

STORAGE_THROWS = """for (const name of ["localStorage", "sessionStorage", "cookieStore"]) {
  Object.defineProperty(window, name, {
    get() { throw new DOMException("denied", "SecurityError"); },
  });
}"""
COMMIT_FAILS = """addEventListener("DOMContentLoaded", () => {
  if (window.API) window.API.LMSCommit = () => "false";
});"""


def on_paper(view: View) -> Findings:
    """Every text of the screen is in print, too."""
    before = view.ask("resilience", "texts")
    view.tab.media(media="print", color_scheme="light")
    try:
        told = set(view.ask("resilience", "texts"))
    finally:
        view.tab.restore()
    return [f"not in print: {one[:60]}" for one in dict.fromkeys(before) if one not in told]


@contextmanager
def opened(whole: Whole, address: str, **options: Any) -> Iterator[Page]:
    with whole.browser.new_context(**options) as context:
        context.set_default_timeout(patience.IN_VAIN)
        page = context.new_page()
        page.goto(address)
        yield page


def tagged_and_without_script(whole: Whole) -> Findings:
    """A PDF of the page has tags; without script there is the content, and what is missing."""
    found = []
    with scorm_again(whole.package.folder) as lms:
        address = f"{lms.address}/sco/index.html"
        with opened(whole, address) as page:
            page.locator(BEGUN).first.wait_for()
            pdf = page.pdf(tagged=True)
            if b"/StructTreeRoot" not in pdf or b"/Marked true" not in pdf:
                found.append("a PDF of the page has no tags")
            expected = page.locator("main h1").inner_text()
        with opened(whole, address, java_script_enabled=False) as page:
            heading = page.locator("main h1")
            if not heading.is_visible() or heading.inner_text() != expected:
                found.append("without script there is no content")
            notice = page.locator("#notices")
            if not notice.is_visible() or not notice.inner_text().strip():
                found.append("without script nothing says what is missing")
    return found


def slow_line(whole: Whole) -> Findings:
    """What the first page waits for: few requests, few bytes, so that it can soon be read on a slow
    line, too. What a script asks for after that, such as a long outline, holds nothing up."""
    asked: dict[str, Request] = {}
    waited_for: list[str] = []

    def keep(request: Request) -> None:
        asked[request.url] = request

    def ask(event: dict[str, Any]) -> None:
        # Nothing waits for the styles for paper, which Chromium asks for last.
        last = event["request"]["initialPriority"] == "VeryLow"
        if event["initiator"]["type"] != "script" and not last:
            waited_for.append(event["request"]["url"])

    with scorm_again(whole.package.folder) as lms, opened(whole, "about:blank") as page:
        page.on("request", keep)
        cdp = page.context.new_cdp_session(page)
        cdp.send("Network.enable")
        cdp.on("Network.requestWillBeSent", ask)
        page.goto(f"{lms.address}/sco/index.html")
        page.locator(BEGUN).first.wait_for()
        first = [url for url in waited_for if url.endswith(FIRST_FILES)]
        total = sum(len(body_of(asked[url])) for url in first)
    found = []
    if len(first) > MOST_REQUESTS:
        found.append(f"{len(first)} requests before the page can be read")
    if total > FIRST_VIEW:
        found.append(f"{total:,} bytes before the page can be read")
    return found


def body_of(request: Request) -> bytes:
    """What it was answered, once all of that is there."""
    response = request.response()
    assert response
    return response.body()


def first_content(whole: Whole) -> Findings:
    """Measured, by the clock: only ``make a11y`` asks."""
    with scorm_again(whole.package.folder) as lms, opened(whole, "about:blank") as page:
        cdp = page.context.new_cdp_session(page)
        cdp.send("Network.enable")
        cdp.send("Network.emulateNetworkConditions", SLOW)
        page.goto(f"{lms.address}/sco/index.html")
        # The browser may tell of it after the page has loaded.
        told = page.wait_for_function(
            "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
        )
        painted = told.json_value()
    return [] if painted < FIRST_CONTENT else [f"the first content after {painted:.0f} ms"]


def broken(whole: Whole) -> Findings:
    """No API, a commit that fails, no storage, a sandbox: it is told, answers stay, Exit works."""
    found = []
    for name, trouble in TROUBLES.items():
        try:
            found += [f"{name}: {one}" for one in trouble(whole)]
        except Error as problem:
            found.append(f"{name}: {' '.join(str(problem).split())[:200]}")
    return found


def frame_of(page: Page) -> Frame:
    page.frame_locator("iframe[name=sco]").locator(BEGUN).first.wait_for()
    frame = page.frame("sco")
    assert frame
    return frame


PRESS = "main .check .presses button"
BOX = "main .check :is([type=radio], [type=checkbox])"
GIVEN = "main .check :is(:checked, [aria-pressed])"
VALUES = "found => found.map(one => one.value)"


def kept_answer(whole: Whole, frame: Frame) -> Findings:
    """Go to the first page with options, answer, leave it and come back."""
    for entry in whole.package.outline["pages"]:
        if not entry["checks"]:
            continue
        frame.evaluate("id => { location.hash = `#/${id}`; }", entry["id"])
        frame.locator(f"article[data-page='{entry['id']}']").wait_for()
        given = frame.locator(GIVEN)
        if frame.locator(PRESS).count():
            frame.locator(PRESS).first.click()
        elif frame.locator(BOX).count():
            frame.locator(BOX).first.check()
            frame.locator("main .check [type=submit]").first.click()
        else:
            continue
        before = given.evaluate_all(VALUES)
        frame.locator("main .check .feedback:visible").first.wait_for()
        frame.locator("#previous:visible, #next:visible").first.click()
        frame.locator(f"article[data-page='{entry['id']}']").wait_for(state="detached")
        frame.evaluate("id => { location.hash = `#/${id}`; }", entry["id"])
        frame.locator(f"article[data-page='{entry['id']}']").wait_for()
        return [] if before and given.evaluate_all(VALUES) == before else ["the answer is gone"]
    return []


def exits(frame: Frame) -> Findings:
    """Exit ends the visit; after a warning that something is not saved, with a second press."""
    button = frame.locator("#exit-button")
    for _ in range(2):
        if button.is_visible():
            button.click()
            frame.wait_for_function(
                """() => document.querySelector("[data-notice=exit]")
                  || document.getElementById("exit-button").hidden"""
            )
    return [] if button.is_hidden() else ["Exit does not end the visit"]


def told(frame: Frame) -> Findings:
    status = frame.locator("#save-status, #notices")
    return (
        [] if "".join(status.all_inner_texts()).strip() else ["nothing says that it is not saved"]
    )


def without_api(whole: Whole) -> Findings:
    with (
        scorm_again(whole.package.folder) as lms,
        opened(whole, f"{lms.address}/sco/index.html") as page,
    ):
        page.locator(BEGUN).first.wait_for()
        return told(page.main_frame) + kept_answer(whole, page.main_frame)


def in_lms(whole: Whole, script: str) -> Findings:
    with scorm_again(whole.package.folder) as lms, opened(whole, "about:blank") as page:
        page.context.add_init_script(script)
        page.goto(lms.url())
        frame = frame_of(page)
        return kept_answer(whole, frame) + told(frame) + exits(frame)


def failing_commit(whole: Whole) -> Findings:
    return in_lms(whole, COMMIT_FAILS)


def without_storage(whole: Whole) -> Findings:
    return in_lms(whole, STORAGE_THROWS)


def in_sandbox(whole: Whole) -> Findings:
    """Scripts alone are allowed: no origin, no storage, no way to the LMS's API."""
    with scorm_again(whole.package.folder) as lms, opened(whole, "about:blank") as page:
        host = f"{lms.address}/host.html"
        html = (
            f'<!doctype html><title>LMS</title><iframe name="sco" sandbox="allow-scripts" '
            f'src="{lms.address}/sco/index.html" width="1000" height="600"></iframe>'
        )

        def answer(route: Route) -> None:
            route.fulfill(body=html, content_type="text/html")

        page.route(host, answer)
        page.goto(host)
        frame = frame_of(page)
        return told(frame) + kept_answer(whole, frame)


TROUBLES: dict[str, Callable[[Whole], Findings]] = {
    "no API": without_api,
    "LMSCommit says false": failing_commit,
    "storage throws": without_storage,
    "in a sandbox": in_sandbox,
}

CHECKS = (
    Check(39, "all is in print", "none: print", on_paper, new="words"),
    Check(
        39, "tags in a PDF, content without script", "1.3.1", tagged_and_without_script, "course"
    ),
    Check(40, "a first view for slow lines", "none: budgets", slow_line, "course"),
    Check(40, "a broken LMS is told, answers stay", "none: saving", broken, "course"),
)
MEASURED = Check(40, "first content within 3 s", "none: budgets", first_content, "course")
