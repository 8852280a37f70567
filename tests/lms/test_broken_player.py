"""The judge in Chromium: our player has no findings, and one that misbehaves has each its own.

What misbehaves is our player with a script between it and its LMS (broken_player.js).
"""

import json
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from builder.preview.lms import Faults
from tests.browser.learner import Learner
from tests.browser.player_course import PAGES, write_sco
from tests.lms.pauses import SHORT_PAUSES
from tests.lms.simulated import Simulated, node, simulated

BROKEN = (Path(__file__).parent / "broken_player.js").read_text("utf-8")
READ, QUIZ = PAGES[0], PAGES[3]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with a check and a quiz of three questions."""
    return write_sco(tmp_path_factory.mktemp("small") / "sco", READ, QUIZ)


@pytest.fixture
def lms(small: Path, servers: ExitStack) -> Callable[..., Simulated]:
    return lambda profile="strict", **given: servers.enter_context(
        simulated(small, profile, **given)
    )


def findings(lms: Simulated, **given: Any) -> list[str]:
    return [f"{one['code']}: {one['call']}" for one in lms.findings(**given)]


def saved(learner: Learner) -> None:
    """Saved, where values keep apart, too, or a failure is made good."""
    expect(learner.frame.locator("#save-status")).to_have_text("Saved")


def check(learner: Learner) -> None:
    learner.choose("Option b")
    learner.press("Check")
    saved(learner)


def pass_quiz(learner: Learner) -> None:
    learner.go("Quiz")
    learner.press("Start")
    learner.answer_quiz()
    saved(learner)


def end(lms: Simulated, learner: Learner) -> None:
    learner.press("Save and exit")
    learner.exited()
    lms.leave(learner)


@pytest.mark.parametrize(
    ("profile", "window"),
    [
        ("strict", "popup"),
        ("wagtail-lms", "frame"),
        pytest.param("moodle", "frame", marks=pytest.mark.thorough),
    ],
)
def test_our_player_has_no_findings(
    lms: Callable[..., Simulated], context: BrowserContext, profile: str, window: Any
) -> None:
    host = lms(profile)
    learner = host.open(context, window)
    saved(learner)
    check(learner)
    host.leave(learner)
    learner = host.open(context, window)
    pass_quiz(learner)
    end(host, learner)
    views = 5
    assert findings(host, views=views, answers=4) == []
    assert host.stored().status == "passed"


def test_correct_player_has_no_findings_when_saving_fails(
    lms: Callable[..., Simulated], context: BrowserContext, expected: list[str]
) -> None:
    expected.append("503")
    context.add_init_script(SHORT_PAUSES)
    host = lms()
    learner = host.open(context)
    saved(learner)
    host.faults = Faults(status=503, times=1)
    check(learner)
    pass_quiz(learner)
    end(host, learner)
    for mode in ("review", "browse"):
        learner = host.open(context, mode=mode)
        learner.go("Quiz")
        host.leave(learner)
    host.given = {"cmi.core.credit": "no-credit"}
    learner = host.open(context)
    check(learner)
    end(host, learner)
    assert findings(host) == []


def broken(context: BrowserContext, *faults: str) -> None:
    context.add_init_script(BROKEN.replace("$faults", json.dumps(faults)))


def codes(lms: Simulated, **given: Any) -> set[str]:
    return {one.split(":")[0] for one in findings(lms, **given)}


WRONG = {
    "before-initialise", "initialise-twice", "finish-twice", "after-finish", "arguments",
    "unknown-element", "unknown-keyword", "keyword-set", "read-only", "write-only", "index-gap",
    "response-before-type", "wrong-value", "state-too-long", "state-not-ascii",
    "status-not-attempted", "exit-not-suspend", "time-missing", "score-without-range",
}  # fmt: skip
AGAINST_THE_POLICY = {
    "status-lowered", "twice-in-a-batch", "time-decreasing", "answer-changed",
    "answer-without-id", "unchanged", "exit-missing", "score-outside", "score-after-status",
    "wrong-response",
}  # fmt: skip
LOOKING_BACK = {"looking-back-write", "looking-back-commit", "looking-back-finish"}


@pytest.mark.parametrize("misbehaviour", [WRONG, AGAINST_THE_POLICY], ids=["wrong", "policy"])
def test_each_misbehaviour_is_found(
    lms: Callable[..., Simulated], context: BrowserContext, misbehaviour: set[str]
) -> None:
    context.add_init_script(SHORT_PAUSES)
    broken(context, *sorted(misbehaviour))
    host = lms()
    learner = host.open(context)
    check(learner)
    pass_quiz(learner)
    end(host, learner)
    assert codes(host) == misbehaviour


def test_a_visit_that_looks_back_writes(
    lms: Callable[..., Simulated], context: BrowserContext
) -> None:
    broken(context, *sorted(LOOKING_BACK))
    host = lms()
    host.leave(host.open(context, mode="review"))
    assert codes(host) == LOOKING_BACK


def test_a_result_without_credit_and_uncommitted_values(
    lms: Callable[..., Simulated], context: BrowserContext
) -> None:
    faults = {"no-credit", "mode-not-asked", "not-committed", "too-many-calls"}
    broken(context, *sorted(faults))
    host = lms(given={"cmi.core.credit": "no-credit"})
    learner = host.open(context)
    context.clock.install()
    learner.choose("Option b")
    learner.press("Check")
    # Without a commit there is no request that could have been answered.
    learner.told("Sent, not confirmed")
    context.clock.fast_forward(11_000)
    host.leave(learner)
    # Without commits all batches are one.
    assert codes(host, views=1, answers=1) == faults | {"twice-in-a-batch"}


def test_values_in_a_burst(lms: Callable[..., Simulated], context: BrowserContext) -> None:
    broken(context, "not-paced")
    host = lms("wagtail-lms")
    learner = host.open(context)
    check(learner)
    host.leave(learner)
    assert codes(host) == {"not-paced", "unchanged"}


def test_every_rule_has_its_misbehaviour() -> None:
    rules = {rule["code"] for rule in node()("rules")}
    named = {code for code in rules if f'"{code}"' in BROKEN or f"    {code}:" in BROKEN}
    # 125 answers in one visit are beyond what our players send.
    assert rules - named == {"too-many-values"}
