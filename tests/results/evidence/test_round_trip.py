"""A trainee walks two versions of a course in a simulated Moodle, and its report says which."""

from pathlib import Path

from playwright.sync_api import BrowserContext

from builder.results.reading import report
from tests.lms.columns import columns
from tests.lms.play import Play
from tests.lms.scenarios import SCENARIOS
from tests.results import moodle
from tests.results.moodle import Row


def test_the_versions_with_which_a_trainee_began_and_completed(
    context: BrowserContext, tmp_path: Path
) -> None:
    with columns()["Moodle, simulated"]() as fresh:
        play = Play(fresh(), context, tmp_path)
        SCENARIOS["replaced-half-way"].play(play)
        stored = play.lms.stored().interactions or ()
    answers = [(one["id"], one["student_response"], one["result"]) for one in stored]
    path = moodle.write(tmp_path / "report.txt", moodle.table([Row("Ann", answers)], "First aid"))
    [attempt] = report.read(path, 0, {"first--calm"}).attempts
    assert [(one.before, one.version, one.status) for one in attempt.seen] == [
        (0, "1.1.0", ""),
        (1, "1.2.0", ""),
        (1, "1.2.0", "completed"),
    ]
    assert [(one.interaction, one.version) for one in attempt.answers] == [("first--calm", "1.1.0")]
