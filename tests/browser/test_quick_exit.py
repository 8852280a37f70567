"""“Exit this page”: away at once, nothing left to see, whatever the LMS's window allows."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, expect

from builder.model import QuickExit
from tests.browser.conftest import Lms, Sco
from tests.browser.journal import KEPT, entries
from tests.browser.learner import Learner

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
    expect(page).to_have_title("Start page")
    expect(page.locator("body")).to_have_text("Start page There is nothing on this page.")
    assert "aid" not in page.content()


def test_it_leaves_the_lms_for_the_address_and_the_visit_is_saved(framed, elsewhere: str) -> None:
    host, learner = framed
    learner.go("Second")
    learner.press("Exit this page")
    learner.page.wait_for_url(elsewhere)
    host.wait_for_call("LMSFinish")
    host.wait("cmi.core.lesson_location", "second")


def kept(page: Page, address: str) -> list[dict[str, object]]:
    """What the browser keeps of the course at this address."""
    page.goto(f"{address}/sco/imsmanifest.xml")
    found: list[dict[str, object]] = page.evaluate(KEPT)
    return found


def test_nothing_is_kept_in_the_browser_where_the_lms_has_all(framed, elsewhere: str) -> None:
    host, learner = framed
    learner.go("Second")
    learner.told("Saved")
    entries(learner, 1)
    learner.press("Exit this page")
    learner.page.wait_for_url(elsewhere)
    host.wait_for_call("LMSFinish")
    assert kept(learner.page, host.address) == []


def test_what_the_lms_has_not_confirmed_is_kept(
    framed, elsewhere: str, expected: list[str]
) -> None:
    host, learner = framed
    learner.told("Saved")
    expected.append("503")
    host.down = True
    learner.go("Second")
    learner.told("Not saved")
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
    learner = Learner.in_frame(learner.page)
    learner.press("Exit this page")
    learner.page.wait_for_url(elsewhere)
    learner.page.go_forward()
    expect(learner.page).to_have_url("about:blank")


def test_the_second_link_is_seen_only_with_the_focus(sco: Sco, serve, page) -> None:
    page.goto(serve(sco(fields=NEUTRAL)) + "/index.html")
    learner = Learner(page, page.main_frame).started()
    first = page.locator(".skip-link[data-leave]")
    expect(first).not_to_be_in_viewport()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert learner.focused() == ("a", "Exit this page")
    expect(first).to_be_in_viewport()
    page.keyboard.press("Enter")
    neutral(page)


def test_all_is_blank_at_once_and_before_the_lms_is_told(framed, elsewhere: str) -> None:
    host, learner = framed
    learner.page.route("**/weather.html", lambda route: None)  # never answers
    finished = "LMSFinish" in [call.name for call in host.calls]
    seen = learner.frame.evaluate(
        """() => {
          document.querySelector(".leave-link").click();
          return [document.title, document.body.innerText.trim(), parent.document.title,
            getComputedStyle(parent.document.documentElement).visibility];
        }"""
    )
    assert seen == ["Loading", "Loading", "Loading", "hidden"]
    assert not finished
    assert host.calls[-1].name != "LMSFinish"


def test_shift_three_times_leaves(framed, elsewhere: str) -> None:
    _, learner = framed
    status = learner.frame.locator("#leave-status")
    expect(status).to_have_role("status")
    learner.frame.locator("h1").focus()
    for words in (TWO, ONE):
        learner.page.keyboard.press("Shift")
        expect(status).to_have_text(words)
    learner.page.keyboard.press("Shift")
    learner.page.wait_for_url(elsewhere)


def test_shift_counts_for_five_seconds_and_by_itself(sco: Sco, serve, page) -> None:
    page.clock.install()
    page.goto(serve(sco(fields=NEUTRAL)) + "/index.html#/record")
    learner = Learner(page, page.main_frame).started()
    status = page.locator("#leave-status")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    expect(status).to_have_text(ONE)
    page.clock.run_for(5000)
    expect(status).to_have_text("Exit this page: you pressed Shift too slowly. Nothing happened.")
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
    expect(learner.frame.locator("h1")).to_have_text("Start page")
    assert learner.frame.evaluate("document.title") == "Start page"


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


def test_from_disk_it_leads_to_the_neutral_page(sco: Sco, page) -> None:
    page.goto((sco(fields=NEUTRAL) / "index.html").as_uri())
    Learner(page, page.main_frame).started().press("Exit this page")
    neutral(page)


def test_without_script_the_link_leads_away(sco: Sco, serve, new_context) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(serve(sco(fields=NEUTRAL)) + "/index.html")
    page.locator(".leave-link").click()
    neutral(page)


def test_a_page_that_comes_back_from_the_history_is_as_it_was(sco: Sco, serve, page) -> None:
    page.goto(serve(sco(fields=NEUTRAL)) + "/index.html")
    learner = Learner(page, page.main_frame).started()
    page.clock.install(time=0)
    page.clock.pause_at(1000)
    page.locator(".leave-link").click()
    expect(page.locator("#main")).to_be_hidden()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect(page.locator("#main")).to_be_visible()
    assert page.title() == "First – First aid"
    expect(page.locator(".left")).to_have_count(0)
    learner.see("Page 1 of 5")


def test_it_is_explained_in_about(sco: Sco, serve, page) -> None:
    page.goto(serve(sco(fields=NEUTRAL)) + "/index.html#about")
    learner = Learner(page, page.main_frame)
    learner.at("About this course")
    expect(page.get_by_role("heading", name="Exit this page", level=2)).to_be_visible()
    expect(page.locator("main")).to_contain_text("browser’s history")


def test_a_course_may_do_without(sco: Sco, serve, page) -> None:
    folder = sco()
    page.goto(serve(folder) + "/index.html")
    learner = Learner(page, page.main_frame).started()
    for _ in range(3):
        page.keyboard.press("Shift")
    learner.see("Page 1 of 5")
    assert page.get_by_text("Exit this page").count() == 0
    assert not (folder / "leave.html").exists()


@pytest.mark.parametrize("size", [(320, 568), (320, 256), (1024, 700)])
def test_it_is_always_in_sight_and_hides_nothing_that_has_the_focus(
    sco: Sco, serve, page, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(serve(sco(fields=NEUTRAL)) + "/index.html#/record")
    Learner(page, page.main_frame).started().at("Record")
    link = page.locator(".leave-link")
    hidden = []
    for key in ["Tab"] * 25 + ["Shift+Tab"] * 25:
        page.keyboard.press(key)
        hidden += page.evaluate(
            """() => {
              const it = document.activeElement;
              if (it === document.body || it.matches(".leave *, .skip-link")) return [];
              const { left, right, top, bottom } = it.getBoundingClientRect();
              const cover = document.querySelector(".leave-link").getBoundingClientRect();
              const over = Math.min(right, cover.right) > Math.max(left, cover.left)
                && Math.min(bottom, cover.bottom) > Math.max(top, cover.top);
              return over ? [`${it.textContent} ${top}`] : [];
            }"""
        )
    assert hidden == []
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    if size[1] > 320:
        expect(link).to_be_in_viewport(ratio=1)
