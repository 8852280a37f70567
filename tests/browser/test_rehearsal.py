"""What ``rehearse`` says of trainees is what they see in the real player."""

from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Page, expect

from builder import updating
from builder.cli.report.saved import WORDS
from builder.course import state
from builder.course.keys import former, key
from tests.browser.learner import Learner
from tests.browser.player_course import PAGES, write_sco
from tests.browser.revisions import revised
from tests.lms.scorm_again import scorm_again
from tests.support.courses import page as make_page

FIRST, SECOND, THIRD, QUIZ_PAGE, RECORD = PAGES
OTHER = replace(
    THIRD,
    id="other",
    title="Other",
    key=key("page", "other"),
    former=former("page", "other", 1, ["third"]),
)
NEW = (FIRST, revised(SECOND), make_page("fresh", "New."), OTHER, QUIZ_PAGE, RECORD)


def test_the_player_shows_what_was_rehearsed(
    page: Page, tmp_path: Path, servers, timed: None
) -> None:
    folders = [write_sco(tmp_path / "old"), write_sco(tmp_path / "new", *NEW)]
    old, new = (updating.parse(Path(one, "course.json").read_bytes()) for one in folders)
    stages = list(updating.stages(old))
    told = updating.rehearse(old, new, stages).trainees
    for at in (0, 1, 3, -1):
        # One LMS each: what an earlier visit sends while it closes may arrive late.
        host = servers.enter_context(scorm_again(tmp_path / "new"))
        text = state.encode(stages[at].state)
        location = next(one.id for one in PAGES if one.key == stages[at].state.bookmark)
        host.stored |= {
            "cmi.suspend_data": text,
            "cmi.core.lesson_status": told[at].before[0],
            "cmi.core.lesson_location": location,
        }
        page.goto(host.url())
        learner = Learner.in_frame(page)
        notice = learner.frame.locator("[data-notice=course]")
        if told[at].notice is None:
            expect(notice).to_have_count(0)
        else:
            expect(notice).to_be_visible()
            expect(notice.get_by_role("link")).to_have_text(list(told[at].notice))
        resume = learner.frame.locator(".resume")
        if told[at].resume:
            expect(resume).to_contain_text(f"“{told[at].resume}”")
        else:
            expect(resume).to_have_count(0)
        learner.contents()
        words = [WORDS[one.word] for one in told[at].pages]
        expect(learner.frame.locator(".contents-status")).to_have_text(words)
        learner.saves()
        page.goto("about:blank")
        host.wait_for_call("LMSFinish")
        assert host.stored["cmi.core.lesson_status"] == told[at].after[0]
