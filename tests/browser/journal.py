"""Visits whose work the browser keeps, and what it keeps, read from outside."""

import time
from typing import Any

from playwright.sync_api import BrowserContext, expect

from builder.course import state
from builder.course.state import State
from tests.browser.learner import NOTHING_AHEAD, Learner
from tests.lms.scorm_again import ScormAgain
from tests.support import patience

CALM = state.key("question", "calm")
KEPT = """async () => {
  const names = (await indexedDB.databases()).map(({ name }) => name);
  if (!names.includes("scorm-builder")) return [];
  const opening = indexedDB.open("scorm-builder");
  const done = (request) => new Promise((resolve) => (request.onsuccess = resolve));
  await done(opening);
  const opened = opening.result;
  const asked = opened.transaction("journal").objectStore("journal").getAll();
  await done(asked);
  const found = asked.result;
  opened.close();
  return found;
}"""
"""All that the course has put into the database."""


def hasten(context: BrowserContext) -> None:
    """Time passes as it does, and faster where a test says so. Nothing is on its way ahead of need
    when a window is killed."""
    context.clock.install()
    context.add_init_script(NOTHING_AHEAD)


def not_saved(learner: Learner) -> None:
    """In a hastened browser, the course has tried twice."""
    learner.page.clock.run_for(3000)
    learner.told("Not saved")


def visit(context: BrowserContext, host: ScormAgain) -> Learner:
    page = context.new_page()
    page.goto(host.url())
    learner = Learner.in_frame(page)
    expect(learner.frame.locator("#contents-button")).to_be_visible()
    return learner


def entries(learner: Learner, count: int, attempt: str = "") -> list[dict[str, Any]]:
    """What the browser keeps, once it keeps as much, that of an attempt included."""
    end = time.monotonic() + patience.SECONDS
    while True:
        # Reading takes its time, and the browser writes meanwhile.
        found: list[dict[str, Any]] = learner.frame.evaluate(KEPT)
        if len(found) == count and any(one["key"].endswith(attempt) for one in found):
            return found
        assert time.monotonic() < end, found


def attempt_of(entry: dict[str, Any]) -> str:
    kept = state.decode(entry["state"])
    assert kept
    return kept.attempt


def answer_calm(learner: Learner) -> None:
    learner.choose("Option b")
    learner.press("Check")


def responses(host: ScormAgain) -> list[str]:
    """Those that the LMS has; beside them is the version of each visit."""
    return [value for name, value in host.values.items() if name.endswith("student_response")]


def stored(host: ScormAgain) -> State:
    found = state.decode(host.stored["cmi.suspend_data"])
    assert found is not None
    return found
