"""How often the player calls an LMS: LMSs are slow, and some send each call by itself."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext

from tests.lms.scorm_again import ScormAgain
from tools.calls import LOOK_UPS, count
from tools.scenes import Course


def test_no_step_of_a_whole_run_takes_more_calls_than_it_may(
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


def _practice(course: Course) -> set[str]:
    return {name for page in course.pages if not page.get("lock") for name in page["checks"]}
