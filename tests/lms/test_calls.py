"""How often the player calls an LMS: LMSs are slow, and some send each call by itself."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import BrowserContext, Route, expect

from tests.lms.scorm_again import ScormAgain
from tools.calls import LOOK_UPS, count
from tools.scenes import Course, visiting


def test_each_step_stays_within_its_call_limit(
    context: BrowserContext, host: Callable[..., ScormAgain], showcase: Path
) -> None:
    course = Course.at(showcase)
    lms = host(showcase)
    calls = count(context, course, lms)
    assert calls.beyond() == []
    asked = [one["id"] for one in course.outline["questions"] if one["id"] in _practice(course)]
    answered = [step.name for step in calls.of("answer")]
    assert sorted(set(asked) - set(answered)) == []
    assert len(calls.of("session")) == 2
    # None was made that no step answers for.
    assert calls.total == sum(call.name not in LOOK_UPS for call in lms.calls)


def test_the_first_save_has_the_version_too(
    context: BrowserContext, host: Callable[..., ScormAgain], showcase: Path
) -> None:
    """One save less. And ILIAS loses what a closing page saves, so that the version of a short
    visit never came."""
    lms = host(showcase)
    held: list[Route] = []
    context.route("**/shell-visit-*.js", lambda route: held.append(route))
    context.clock.install(time="2026-11-25T12:00:00Z")
    context.clock.pause_at("2026-11-25T12:00:01Z")
    with ExitStack() as stack:
        with context.expect_event("request", lambda asked: "/shell-visit-" in asked.url):
            window = stack.enter_context(visiting(context, lms))
        context.clock.run_for(1500)
        assert "LMSCommit" not in [call.name for call in lms.calls]
        held[0].fallback()
        window.locator("#about-button").click()
        expect(window.locator("main h1")).to_have_text("About this course")
        context.clock.run_for(1500)
        lms.wait_for_call("LMSCommit")
        names = [call.name for call in lms.calls]
        first = lms.calls[: names.index("LMSCommit")]
    assert [call.args[1] for call in first if "cmi.interactions.0.id" in call.args] == ["version-0"]


def _practice(course: Course) -> set[str]:
    return {name for page in course.pages if not page.get("lock") for name in page["checks"]}
