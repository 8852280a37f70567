"""“Exit this page”: away at once, nothing left to see, whatever the LMS's window allows."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Error, Frame, Page, Route, expect

from builder.course.model import QuickExit
from tests.browser.conftest import Lms, Sco
from tests.browser.journal import KEPT, entries, not_saved
from tests.browser.learner import Learner
from tests.support.clocks import stand_still

NEUTRAL = {"quick_exit": QuickExit(None)}
TWO = "Press Shift 2 more times to exit this page."
ONE = "Press Shift 1 more time to exit this page."


@pytest.fixture
def elsewhere(serve: Callable[[Path], str], tmp_path: Path) -> str:
    """The address of a page on another site."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "weather.html").write_text("<!doctype html><title>Weather</title>Rain.", "utf-8")
    return serve(folder) + "/weather.html"


@pytest.fixture
def framed(lms: Lms, launch, elsewhere: str):
    host = lms(fields={"quick_exit": QuickExit(elsewhere)})
    return host, launch(host)


def neutral(page: Page) -> None:
    """The neutral page is all there is in the window, and it tells nothing of the course."""
    expect(page).to_have_title("Calendar")
    today = page.evaluate("String(new Date().getDate())")
    expect(page.get_by_role("cell").and_(page.locator("[aria-current=date]"))).to_have_text(today)
    assert "aid" not in page.content()


def test_quick_exit_saves_everything_and_the_course_can_be_reopened(
    framed, launch, elsewhere: str
) -> None:
    host, learner = framed
    learner.go("Second")
    learner.press("Exit this page")
    learner.page.wait_for_url(elsewhere)
    host.wait_for_call("LMSFinish")
    host.wait("cmi.core.lesson_location", "second")
    learner = launch(host)
    learner.told("Saved")
    expect(learner.page).not_to_have_title("Start page")


def kept(page: Page, address: str) -> list[dict[str, object]]:
    """What the browser keeps of the course at this address."""
    page.goto(f"{address}/sco/imsmanifest.xml")
    found: list[dict[str, object]] = page.evaluate(KEPT)
    return found


@pytest.mark.usefixtures("timed")
def test_quick_exit_leaves_no_data_once_lms_saved(framed, elsewhere: str) -> None:
    host, learner = framed
    learner.go("Second")
    learner.saves()
    entries(learner, 1)
    learner.press("Exit this page")
    learner.page.wait_for_url(elsewhere)
    host.wait_for_call("LMSFinish")
    assert kept(learner.page, host.address) == []


@pytest.mark.usefixtures("timed")
def test_quick_exit_keeps_unconfirmed_work_in_browser(
    framed, elsewhere: str, expected: list[str]
) -> None:
    host, learner = framed
    learner.told("Saved")
    expected.append("503")
    host.down = True
    learner.go("Second")
    not_saved(learner)
    entries(learner, 1)
    learner.press("Exit this page")
    learner.page.wait_for_url(elsewhere)
    host.wait_for_call("LMSFinish")
    [entry] = kept(learner.page, host.address)
    assert not entry["saved"]


def test_back_does_not_lead_into_the_course_again(framed, elsewhere: str) -> None:
    _, learner = framed
    learner.page.goto("about:blank")
    learner.page.go_back()
    # The frame is there before it is loaded again.
    again = learner.page.frame_locator("iframe[name=sco]")
    expect(again.locator(".leave-link")).to_be_visible()
    learner = Learner.in_frame(learner.page)
    learner.press("Exit this page")
    learner.page.wait_for_url(elsewhere)
    learner.page.go_forward()
    expect(learner.page).to_have_url("about:blank")


def test_the_second_link_shows_on_focus_and_about_explains_it(sco: Sco, serve, page) -> None:
    page.goto(serve(sco(fields=NEUTRAL)) + "/index.html")
    learner = Learner(page, page.main_frame).started()
    first = page.locator(".skip-link[data-leave]")
    expect(first).not_to_be_in_viewport()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert learner.focused() == ("a", "Exit this page")
    expect(first).to_be_in_viewport()
    page.evaluate("location.hash = '#about'")
    learner.at("About this course")
    expect(first).not_to_be_in_viewport()
    expect(page.get_by_role("heading", name="Exit this page", level=2)).to_be_visible()
    expect(page.locator("main")).to_contain_text("browser’s history")
    first.focus()
    page.keyboard.press("Enter")
    neutral(page)


def test_the_page_is_blank_before_the_lms_is_called(framed, elsewhere: str) -> None:
    host, learner = framed
    learner.page.route("**/weather.html", lambda route: None)  # never answers
    assert "LMSFinish" not in [call.name for call in host.calls]
    # In one moment: what is not let out is led to a page of the package after a while.
    seen = learner.frame.evaluate(
        """() => {
          const { API } = parent;
          const { LMSFinish } = API;
          let finished = 0;
          API.LMSFinish = (...given) => {
            finished += 1;
            return LMSFinish(...given);
          };
          document.querySelector(".leave-link").click();
          return [document.title, document.body.innerText.trim(), parent.document.title,
            getComputedStyle(parent.document.documentElement).visibility, finished];
        }"""
    )
    assert seen == ["Loading", "Loading", "Loading", "hidden", 0]


def test_shift_three_times_leaves(framed, elsewhere: str) -> None:
    _, learner = framed
    # Three within five seconds, however long they take.
    learner.page.clock.install()
    stand_still(learner.page)
    status = learner.frame.locator("#leave-status")
    expect(status).to_have_role("status")
    learner.frame.locator("h1").focus()
    for words in (TWO, ONE):
        learner.page.keyboard.press("Shift")
        expect(status).to_have_text(words)
    learner.page.keyboard.press("Shift")
    learner.page.clock.resume()
    learner.page.wait_for_url(elsewhere)


def test_shift_counts_for_five_seconds_and_by_itself(sco: Sco, serve, page) -> None:
    page.clock.install()
    page.goto(serve(sco(fields=NEUTRAL)) + "/index.html#/record")
    learner = Learner(page, page.main_frame).started()
    stand_still(page)
    status = page.locator("#leave-status")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    expect(status).to_have_text(ONE)
    page.clock.run_for(5000)
    expect(status).to_have_text("Exit this page: timed out. Nothing happened.")
    page.clock.run_for(5000)
    expect(status).to_be_empty()
    learner.tab_to("Answer")
    for letter in "ABC":
        # The next letter may come before Shift is let go, or after.
        page.keyboard.down("Shift")
        page.keyboard.down(letter)
        page.keyboard.up("Shift")
        page.keyboard.up(letter)
    for key in ("Shift", "a", "Shift", "Shift"):
        page.keyboard.press(key)
    expect(status).to_have_text(ONE)
    expect(page.get_by_label("Answer").first).to_have_value("ABCa")


def test_a_sandboxed_frame_shows_the_neutral_page(
    sco: Sco, serve, page, expected: list[str], tmp_path: Path
) -> None:
    expected.append("sandboxed")
    expected.append("Unsafe attempt to initiate navigation")
    course = serve(sco(fields={"quick_exit": QuickExit("http://127.0.0.1:9/")})) + "/index.html"
    host = tmp_path / "host"
    host.mkdir()
    (host / "index.html").write_text(
        f'<title>LMS</title><iframe name="sco" sandbox="allow-scripts" src="{course}"></iframe>',
        "utf-8",
    )
    page.goto(serve(host))
    learner = Learner.in_frame(page)
    learner.press("Exit this page")
    expect(learner.frame.locator("h1")).to_have_text("Calendar")
    assert learner.frame.evaluate("document.title") == "Calendar"


def test_a_window_that_the_lms_opened_is_closed_and_saved(lms: Lms, page) -> None:
    host = lms(fields=NEUTRAL)
    with page.expect_popup() as popup:
        page.goto(host.url("popup"))
    learner = Learner(popup.value, popup.value.main_frame).started()
    learner.go("Second")
    learner.tab_to("Exit this page")
    # The window may be gone before the key is let go.
    with popup.value.expect_event("close"), suppress(Error):
        popup.value.keyboard.press("Enter")
    host.wait("cmi.core.lesson_location", "second")


def test_quick_exit_from_disk_leads_to_neutral_page(sco: Sco, page) -> None:
    page.goto((sco(fields=NEUTRAL) / "index.html").as_uri())
    Learner(page, page.main_frame).started().press("Exit this page")
    neutral(page)


def test_without_script_the_link_leads_away(sco: Sco, serve, new_context) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(serve(sco(fields=NEUTRAL)) + "/index.html")
    page.locator(".leave-link").click()
    expect(page).to_have_title("Calendar")
    expect(page.locator("noscript p")).to_be_visible()


# What was to be seen at each frame that the browser drew.
WATCHED = """
const seen = new Set();
window.seen = seen;
(function look() {
  seen.add(`${document.title} | ${document.body?.innerText ?? ""} | ${location.hash}`);
  requestAnimationFrame(look);
})();
"""
NOTHING = "There is nothing on this page.\n\nOpen again"


def covered(frame: Frame) -> None:
    """All that is, and ever was, to be seen of the course is the way to open it again."""
    expect(frame.get_by_role("button")).to_have_text("Open again")
    assert frame.title() == "Start page"
    assert frame.locator("body").inner_text().strip() == NOTHING
    assert "#" not in frame.url
    frame.wait_for_function("(last) => seen.has(last)", arg=f"Start page | {NOTHING} | ")
    seen = frame.evaluate("[...seen]")
    # Before the first line of the page has been read, nothing is there, and the address as it was.
    drawn = {one for one in seen if not one.startswith(" |  | ")}
    assert drawn - {"Start page |  | "} == {f"Start page | {NOTHING} | "}


def test_back_button_keeps_framed_course_covered_until_asked(
    lms: Lms, launch, page, elsewhere: str
) -> None:
    page.add_init_script(WATCHED)
    host = lms(fields={"quick_exit": QuickExit(elsewhere)})
    learner = launch(host)
    learner.go("Second")
    learner.go("Third")
    learner.press("Exit this page")
    page.wait_for_url(elsewhere)
    host.wait_for_call("LMSFinish")
    # As often as the trainee presses it: every page that they went to is in the history.
    for _ in range(2):
        page.go_back()
        frame = page.locator("iframe[name=sco]").element_handle().content_frame()
        assert frame is not None
        covered(frame)
        expect(page).to_have_title("Start page")
        assert page.locator("body").inner_text().strip() == ""
    launches = host.launches
    assert [call.name for call in host.calls if call.launch == launches] == []
    page.reload()
    frame = page.locator("iframe[name=sco]").element_handle().content_frame()
    assert frame is not None
    covered(frame)
    frame.get_by_role("button").press("Enter")
    again = page.frame_locator("iframe[name=sco]")
    expect(again.get_by_text("Last time you stopped at “Third”.")).to_be_visible()
    expect(page).not_to_have_title("Start page")


NO_STORAGE = """Object.defineProperty(window, "sessionStorage", {
  get() { throw new DOMException("denied", "SecurityError"); },
});"""


@pytest.mark.parametrize("storage", ["", NO_STORAGE], ids=["remembered", "no storage"])
def test_back_button_keeps_course_window_covered_until_asked(
    sco: Sco, serve, page, storage: str
) -> None:
    page.add_init_script(WATCHED + ";" + storage)
    page.goto(serve(sco(fields=NEUTRAL)) + "/index.html")
    learner = Learner(page, page.main_frame).started()
    learner.go("Second")
    learner.go("Third")
    learner.press("Exit this page")
    neutral(page)
    page.go_back()
    covered(page.main_frame)
    page.go_back()
    covered(page.main_frame)
    page.get_by_role("button").press("Enter")
    expect(page).to_have_title("First – First aid")
    learner.started()
    # Asked for once, it is a page like any other.
    page.reload()
    expect(page).to_have_title("First – First aid")


def test_cached_page_stays_covered_after_quick_exit(lms: Lms, launch, page, elsewhere: str) -> None:
    host = lms(fields={"quick_exit": QuickExit(elsewhere)})
    learner = launch(host)
    learner.go("Second")
    learner.go("Third")
    title = page.title()
    # As seen from here, the page has not gone yet.
    page.route("**/weather.html", lambda route: route.fulfill(status=204))
    page.clock.install(time=0)
    page.clock.pause_at(1000)
    frame = learner.frame
    frame.evaluate("document.querySelector('.leave-link').click()")
    page.clock.run_for(100)
    expect(frame.locator("#main")).to_be_hidden()
    frame.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    frame.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect(frame.get_by_role("button")).to_have_text("Open again")
    # Neither further back, nor an LMS that writes its title again, nor time leads in.
    frame.evaluate("history.back()")
    page.evaluate("document.title = 'First aid'")
    page.clock.run_for(10_000)
    frame.wait_for_function("() => !location.hash")
    assert frame.title() == page.title() == "Start page"
    assert frame.locator("body").inner_text().strip() == NOTHING
    assert page.locator("body").inner_text().strip() == ""
    page.clock.resume()
    frame.get_by_role("button").press("Enter")
    again = page.frame_locator("iframe[name=sco]")
    expect(again.locator("#progress")).to_have_text("Page 1 of 5 · 2 minutes")
    expect(page).to_have_title(title)


def test_a_page_on_its_way_does_not_bring_its_title(sco: Sco, serve, page) -> None:
    page.add_init_script("requestIdleCallback = () => 0")
    waiting: list[Route] = []
    page.route("**/pages/second-*", lambda route: waiting.append(route))
    page.goto(serve(sco(fields=NEUTRAL)) + "/index.html")
    learner = Learner(page, page.main_frame).started()
    page.clock.install(time=0)
    page.clock.pause_at(1000)
    with page.expect_request("**/pages/second-*"):
        learner.press("Next: Second")
    page.locator(".leave-link").click()
    waiting[0].continue_()
    page.wait_for_function("() => document.querySelector('article').dataset.page === 'second'")
    assert page.title() == "Loading"


def test_a_course_may_do_without(sco: Sco, serve, page) -> None:
    folder = sco()
    page.goto(serve(folder) + "/index.html")
    learner = Learner(page, page.main_frame).started()
    for _ in range(3):
        page.keyboard.press("Shift")
    learner.see("Page 1 of 5")
    assert page.get_by_text("Exit this page").count() == 0
    assert not (folder / "leave.html").exists()


SIZES = [(320, 568), (320, 256), (1024, 700)]


def test_quick_exit_stays_visible_and_never_covers_focus(sco: Sco, serve, page) -> None:
    page.goto(serve(sco(fields=NEUTRAL)) + "/index.html#/record")
    Learner(page, page.main_frame).started().at("Record")
    link = page.locator(".leave-link")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for key in ["Tab"] * 25 + ["Shift+Tab"] * 25:
            page.keyboard.press(key)
            # What is covered is uncovered with the next frame that is drawn.
            page.wait_for_function(
                """() => {
                  const it = document.activeElement;
                  if (it === document.body || it.matches(".leave *, .skip-link")) return true;
                  const { left, right, top, bottom } = it.getBoundingClientRect();
                  const cover = document.querySelector(".leave-link").getBoundingClientRect();
                  return Math.min(right, cover.right) <= Math.max(left, cover.left)
                    || Math.min(bottom, cover.bottom) <= Math.max(top, cover.top);
                }"""
            )
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        if height > 320:
            expect(link).to_be_in_viewport(ratio=1)


# Firefox scrolls to nothing of which it takes a part to be in sight.
COVERED = """(index) => {
  const one = [...document.querySelectorAll("a[href], button, input, textarea, summary, h1")]
    .filter((it) => it.offsetParent && !it.matches(".leave *, .skip-link"))[index];
  if (!one) return null;
  const cover = document.querySelector(".leave-link").getBoundingClientRect();
  scrollTo(0, scrollY + one.getBoundingClientRect().top - cover.top);
  const { left, right, top, bottom } = one.getBoundingClientRect();
  const above = document.querySelector(".leave-link").getBoundingClientRect();
  document.activeElement.blur();
  one.focus({ preventScroll: true });
  window.focused = one;
  return Math.min(right, above.right) > Math.max(left, above.left)
    && Math.min(bottom, above.bottom) > Math.max(top, above.top);
}"""
CLEAR = """() => {
  const { left, right, top, bottom } = focused.getBoundingClientRect();
  const cover = document.querySelector(".leave-link").getBoundingClientRect();
  return right <= cover.left || left >= cover.right || bottom <= cover.top || top >= cover.bottom;
}"""


def test_focused_control_below_quick_exit_scrolls_into_view(sco: Sco, serve, page) -> None:
    page.set_viewport_size({"width": 320, "height": 568})
    page.goto(serve(sco(fields=NEUTRAL)) + "/index.html#/record")
    Learner(page, page.main_frame).started().at("Record")
    # What sees to it has come with the contents.
    page.locator("#contents-button").press("Enter")
    expect(page.locator("#contents")).to_be_visible()
    page.keyboard.press("Escape")
    covered_before = 0
    for index in range(60):
        was = page.evaluate(COVERED, index)
        if was is None:
            break
        covered_before += was
        page.wait_for_function(CLEAR)
    assert covered_before > 0
