"""The player of a package that is out, and that of today, read what the other one has saved.

`released/before-certificates.zip` is what `scorm-builder build` made of `released/course` before
states had a day: it stays as it is.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from builder.course import state
from tests.browser.learner import Learner
from tests.lms.scorm_again import ScormAgain, scorm_again
from tests.support.packages import built, unpack

HERE = Path(__file__).resolve().parent / "released"
STATE, STATUS = "cmi.suspend_data", "cmi.core.lesson_status"
Launch = Callable[[ScormAgain], Learner]
Upload = Callable[[Path, dict[str, str]], ScormAgain]


@pytest.fixture
def upload() -> Iterator[Upload]:
    """Put a package in the place of another one, as a teacher does: what was stored stays."""
    with ExitStack() as servers:

        def put(folder: Path, stored: dict[str, str]) -> ScormAgain:
            host = servers.enter_context(scorm_again(folder, given={}))
            host.stored.update(stored)
            return host

        yield put


def day(host: ScormAgain) -> str | None:
    read = state.decode(host.stored[STATE])
    assert read is not None
    assert read.lost == ()
    return read.finished


def finish(learner: Learner) -> None:
    learner.go("Quiz")
    learner.press("Start")
    learner.choose("True")
    learner.press("Check")
    learner.press("See your result")
    learner.press("Next: Your result")
    learner.at(re.compile("^You (have )?passed"))


@pytest.mark.usefixtures("timed")
def test_states_go_there_and_back(
    tmp_path: Path, upload: Upload, launch: Launch, page: Page
) -> None:
    before = unpack(HERE / "before-certificates.zip", tmp_path / "before")
    now = unpack(built(HERE / "course", tmp_path), tmp_path / "now")

    # Begun before, finished now.
    host = upload(before, {})
    learner = launch(host)
    learner.press("Start")
    learner.choose("True")
    learner.press("Check")
    learner.go("Second")
    learner.saves()
    assert day(host) is None
    host = upload(now, host.stored)
    page.clock.set_system_time("2026-11-25T09:05:07")
    learner = launch(host)
    learner.press("Resume: Second")
    learner.at("Second")
    assert learner.frame.locator("#notices").inner_text().strip() == ""
    finish(learner)
    learner.page.clock.run_for(5_000)
    host.wait(STATUS, "passed")
    expect(learner.button("Print certificate")).to_be_visible()
    host.wait_until(lambda: day(host) == "2026-11-25")

    # The edit is taken back: nothing of it disturbs the player of before, which keeps no day.
    host = upload(before, host.stored)
    learner = launch(host)
    learner.frame.evaluate("location.hash = '#end'")
    learner.at("You have passed")
    assert learner.frame.locator("#notices").inner_text().strip() == ""
    expect(learner.frame.locator(".figures")).to_contain_text("100%")
    learner.frame.evaluate("location.hash = '#/first'")
    learner.at("First")
    learner.page.clock.run_for(5_000)
    learner.told("Saved")
    host.wait_until(lambda: day(host) is None)
    assert host.stored[STATUS] == "passed"

    # And made again: the day is not known, and no other one takes its place.
    host = upload(now, host.stored)
    learner = launch(host)
    learner.frame.evaluate("location.hash = '#certificate'")
    learner.at("Certificate")
    learner.see("Date: see your learning system.")
    learner.page.clock.run_for(5_000)
    host.wait_until(lambda: day(host) == "")


@pytest.mark.usefixtures("timed")
def test_an_older_player_reads_a_state_with_a_language(
    tmp_path: Path, upload: Upload, launch: Launch
) -> None:
    before = unpack(HERE / "before-certificates.zip", tmp_path / "before")
    host = upload(before, {})
    learner = launch(host)
    learner.press("Start")
    learner.choose("True")
    learner.press("Check")
    learner.saves()
    kept = state.decode(host.stored[STATE])
    assert kept is not None
    turned = state.encode(replace(kept, language="pa-Guru"))

    host = upload(before, host.stored | {STATE: turned})
    learner = launch(host)
    assert learner.frame.locator("#notices").inner_text().strip() == ""
    learner.press("Resume: First")
    learner.go("Second")
    learner.saves()
    host.wait_until(lambda: len(host.stored[STATE]) < len(turned))
    # It keeps everything but the language, which the trainee chooses again.
    found = state.decode(host.stored[STATE])
    assert found is not None
    assert (found.language, found.lost, found.attempt) == ("", (), kept.attempt)
    assert found.checks == kept.checks
