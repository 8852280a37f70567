"""Checks 20 and 38: the whole course, done by the keyboard alone and by single taps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from playwright.sync_api import Browser, Error, Frame, Locator, Page

from tests.a11y.answers import answer
from tests.a11y.check import Findings
from tests.a11y.hand import Hand, Keyboard, Touch, Unreached
from tests.a11y.view import BEGUN, ONWARD
from tests.lms.scorm_again import ScormAgain, scorm_again
from tests.support import patience
from tests.support.unpacked import Package
from tests.support.ways import SUBMIT, best_way

MOST_STEPS = 400
DONE = ("passed", "completed")


@dataclass(frozen=True, slots=True)
class Whole:
    """A course as a whole: the package, and a browser to open it in."""

    package: Package
    browser: Browser
    mode: Literal["frame", "popup"] = "frame"
    """How the LMS opens it."""


def by_keyboard(whole: Whole) -> Findings:
    return walk(whole, {}, lambda page: Keyboard(page, tabs=True))


def by_touch(whole: Whole) -> Findings:
    phone = {"viewport": {"width": 320, "height": 568}, "has_touch": True, "is_mobile": True}
    return walk(whole, phone, lambda page: Touch())


def walk(whole: Whole, options: dict[str, Any], hand_of: Any) -> Findings:
    """Do everything there is to do, page by page; the LMS has to hear that all is done."""
    context = whole.browser.new_context(**options)
    context.set_default_timeout(patience.IN_VAIN)
    with scorm_again(whole.package.folder) as lms:
        try:
            page = context.new_page()
            frame = launch(page, lms, whole.mode)
            return work(whole.package, frame, hand_of(frame.page), lms)
        finally:
            context.close()


def launch(page: Page, lms: ScormAgain, mode: Literal["frame", "popup"]) -> Frame:
    """Open the course in the LMS; its frame, which has the focus."""
    if mode == "popup":
        with page.expect_popup() as popup:
            page.goto(lms.url("popup"))
        frame = popup.value.main_frame
        popup.value.bring_to_front()
    else:
        page.goto(lms.url())
        found = page.frame("sco")
        assert found
        frame = found
        page.locator("iframe").focus()
    frame.locator(BEGUN).first.wait_for()
    return frame


def work(package: Package, frame: Frame, hand: Hand, lms: ScormAgain) -> Findings:
    place = package.outline["pages"][0]["title"]
    try:
        for number, entry in enumerate(package.outline["pages"]):
            place = entry["title"]
            forward = frame.locator(ONWARD if number else "#begin")
            if forward.is_visible():
                hand.press(forward)
            frame.locator(f"article[data-page='{entry['id']}'] h1").wait_for()
            go_on = frame.locator("main .closed > .actions button").first
            if go_on.count():
                hand.press(go_on)
            for form in frame.locator("main .check form[data-question]").all():
                give(package, form, hand)
            if entry["kind"] == "quiz":
                quiz(package, frame, hand)
            if entry["kind"] == "record":
                record(frame, hand)
            if entry["kind"] == "scenario":
                scenario(entry["scenario"], frame, hand)
        place = "the end"
        if heard(lms) in DONE:
            return []
        hand.press(frame.locator("#exit-button"))
        lms.wait_for_call("LMSFinish")
        # What the LMS stores is on another way to it than the log.
        lms.wait_until(lambda: heard(lms) in DONE, patience.IN_VAIN / 1000)
    except (Unreached, Error, AssertionError) as problem:
        return [f"{place}: {' '.join(str(problem).split())[:300]}"]
    return []


def heard(lms: ScormAgain) -> str:
    """The status that it has stored."""
    return lms.stored.get("cmi.core.lesson_status", "")


def give(package: Package, form: Locator, hand: Hand) -> None:
    """The right answer, or any to a question that has none; it has to be taken."""
    name = form.get_attribute("data-question") or ""
    answer(hand, form, package.questions[name], "right")
    hand.press(form.locator(SUBMIT))
    if form.locator(".error-summary").count():
        raise Unreached(f"the answer to {name} is not taken")


def quiz(package: Package, frame: Frame, hand: Hand) -> None:
    """Begin it and answer every question that it asks, up to its result."""
    hand.press(frame.locator("main .quiz > .actions button").last)
    form = frame.locator("main form[data-question]")
    form.wait_for()
    submit = frame.locator("main .answers-to-check ~ .actions button")
    for _ in range(MOST_STEPS):
        if submit.count():
            hand.press(submit)
        if not form.count():
            return
        # By its name: the next one comes in its place.
        name = form.get_attribute("data-question")
        give(package, frame.locator(f"main form[data-question='{name}']"), hand)
        more = frame.locator("main .feedback .actions button")
        if more.count():
            hand.press(more.last)
        if form.count() and form.get_attribute("data-question") == name:
            raise Unreached(f"after {name} comes no other question and no result")
    raise Unreached("the quiz does not end")


def scenario(scenario: dict[str, Any], frame: Frame, hand: Hand) -> None:
    """Walk to its best ending."""
    forward = frame.locator("#walk-next")
    for choice in best_way(scenario):
        hand.press(frame.locator(f"#walk-{choice}"))
        if forward.count():
            hand.press(forward)
    frame.locator("#walk-again").wait_for()


def record(frame: Frame, hand: Hand) -> None:
    for item in frame.locator("main .record-item").all():
        hand.write(item.locator("textarea"), "A few words.")
        for field, value in zip(
            item.locator(".date input").all(), ("3", "11", "2026"), strict=True
        ):
            hand.write(field, value)
    hand.press(frame.locator("#contents-button"))
