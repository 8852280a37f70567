"""axe finds nothing in any state a trainee meets, in the light and in the dark."""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from builder import state
from tests.browser.conftest import Lms, Sco
from tests.browser.learner import Learner

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
}


def sound(learner: Learner, where: str) -> None:
    result: dict[str, Any] = Axe().run(learner.frame, options=RULES).response
    found = [
        f"{where}: {fault['id']} {node['html']}"
        for fault in result["violations"]
        for node in fault["nodes"]
    ]
    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_state(sco: Sco, serve, new_context, scheme: str) -> None:
    page = new_context(color_scheme=scheme).new_page()
    page.goto(serve(sco()) + "/index.html")
    learner = Learner(page, page.main_frame).started()
    sound(learner, "first page")
    learner.press("Contents")
    sound(learner, "contents")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    learner.press("Check")
    sound(learner, "empty answer")
    learner.choose("Option a")
    learner.press("Check")
    sound(learner, "not quite")
    learner.press("Try again")
    learner.choose("Option b")
    learner.press("Check")
    sound(learner, "correct")
    learner.go("Second")
    sound(learner, "several answers")
    learner.go("Third")
    learner.go("Quiz")
    sound(learner, "before the quiz")
    learner.press("Start")
    sound(learner, "question")
    learner.choose("Option b")
    learner.press("Check")
    sound(learner, "answered question")
    learner.press("Next question")
    learner.choose("Option b")
    learner.press("Check")
    learner.press("Next question")
    learner.choose("True")
    learner.press("Check")
    learner.press("See your result")
    sound(learner, "results")
    learner.go("Record")
    learner.fill("Answer", "é" * 100)
    learner.fill("Day", "31")
    learner.tab_to("Answer")
    sound(learner, "record with mistakes")
    learner.press("About this course")
    sound(learner, "about")


def test_a_draft(serve, unpacked: Path, page: Page) -> None:
    page.goto(serve(unpacked) + "/index.html")
    learner = Learner(page, page.main_frame).started()
    learner.see("Draft")
    sound(learner, "draft")
    page.set_viewport_size({"width": 320, "height": 700})
    learner.frame.evaluate("location.hash = '#/induction-checklist'")
    learner.frame.locator(".sheet").wait_for()
    sound(learner, "draft's record on a phone")


def test_notices(lms: Lms, launch, expected: list[str]) -> None:
    kept = state.State("AAAAAAAA", 4, "incomplete", state.key("page", "third"))
    host = lms(given={"cmi.suspend_data": state.encode(kept), "cmi.core.credit": "no-credit"})
    learner = launch(host)
    learner.see("Welcome back")
    sound(learner, "resume")
    learner.press("Start again")
    sound(learner, "start again")
    learner.press("Yes, start again")
    expected.append("503")
    host.down = True
    learner.go("Second")
    learner.told("Not saved")
    sound(learner, "not saved")
    host.down = False
    learner.press("Save now")
    learner.told("Saved")
    learner.button("Exit").press("Enter")
    learner.at("You can close this window")
    sound(learner, "after exit")
