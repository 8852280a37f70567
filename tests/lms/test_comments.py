"""A trainee's comments in each kind of LMS: replaced, put behind each other, or taken by none.
``make lms`` runs what `make test` leaves out."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.player_course import write_sco
from tests.lms.simulated import simulated

SENT = "Sent. Thank you."
REFUSED = "Your learning system does not take comments."


@pytest.mark.parametrize(
    ("profile", "told"),
    [
        ("strict", SENT),
        ("moodle", SENT),
        pytest.param("ilias", SENT, marks=pytest.mark.thorough),
        pytest.param("chamilo", REFUSED, marks=pytest.mark.thorough),
    ],
)
def test_comments(tmp_path: Path, context: BrowserContext, profile: str, told: str) -> None:
    package = write_sco(tmp_path / "sco", comments=True)
    with simulated(package, profile) as lms:
        learner = lms.open(context)
        learner.told("Saved")
        learner.press("Comment on this course")
        learner.at("Comment on this course")
        day = learner.frame.evaluate("new Date().toLocaleDateString('sv')")
        learner.tab_to("Your comment")
        status = learner.frame.get_by_role("main").get_by_role("status").last
        for words in ("Page 2 is too long.", "Thanks"):
            learner.page.keyboard.insert_text(words)
            learner.told("Saved")
            learner.button("Send comment").press("Enter")
            expect(status).to_contain_text(told)
            learner.frame.get_by_label("Your comment").focus()
            if told == REFUSED:
                expect(learner.frame.get_by_label("Your comment")).to_have_value(words)
                break
            expect(learner.frame.get_by_label("Your comment")).to_have_value("")
        lms.leave(learner)
        held = lms.values.get("cmi.comments", "")
        whole = f"{day}: Page 2 is too long.\n{day}: Thanks\n"
        # A beacon writes line ends as a form does.
        assert held.replace("\r\n", "\n") == ("" if told == REFUSED else whole)
