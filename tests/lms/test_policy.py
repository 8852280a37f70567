"""What is written to an LMS besides status, score and state, and when nothing is."""

from contextlib import ExitStack
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.learner import Learner
from tests.lms.simulated import Simulated, simulated

READING = {"LMSInitialize", "LMSGetValue", "LMSGetLastError"}


@pytest.fixture
def lms(showcase: Path, servers: ExitStack) -> Simulated:
    return servers.enter_context(simulated(showcase))


def turn_to(learner: Learner, page: str) -> None:
    learner.frame.evaluate("(page) => { location.hash = `#/${page}`; }", page)
    expect(learner.frame.locator(f"article[data-page={page}]")).to_be_visible()


def test_lms_stores_one_objective_per_started_module(
    lms: Simulated, context: BrowserContext
) -> None:
    learner = lms.open(context)
    turn_to(learner, "true-or-false")
    lms.wait("cmi.objectives.0.id", "questions")
    turn_to(learner, "text")
    lms.leave(learner)
    again = lms.open(context)
    turn_to(again, "asides")
    lms.leave(again)
    kept = {name: value for name, value in lms.values.items() if "objectives" in name}
    assert {name: kept[name] for name in kept if not name.endswith(("_children", "_count"))} == {
        "cmi.objectives.0.id": "questions",
        "cmi.objectives.0.status": "incomplete",
        "cmi.objectives.1.id": "blocks",
        "cmi.objectives.1.status": "incomplete",
    }


@pytest.mark.parametrize("mode", ["review", "browse"])
def test_review_visit_changes_nothing_in_lms(
    lms: Simulated, context: BrowserContext, mode: Literal["review", "browse"]
) -> None:
    lms.leave(lms.open(context))
    before, launched = lms.values, lms.server.launches
    learner = lms.open(context, mode=mode)
    turn_to(learner, "true-or-false")
    turn_to(learner, "reflection")
    lms.leave(learner)
    made = {call.name for call in lms.calls if call.launch > launched}
    assert {"LMSInitialize"} < {name for name in made if name.startswith("LMS")} <= READING
    assert lms.values == before
