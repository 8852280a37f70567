"""The induction course in an LMS, as trainees meet it: by keyboard alone, in frame and window."""

import re
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import BrowserContext, Frame, Page, expect

from builder.results import versions
from tests.lms.scorm_again import ScormAgain
from tests.lms.simulated import Simulated, simulated
from tests.lms.trainee import Trainee

QUIZ = "Check your understanding"
DRAWN = 10
"""How many questions the quiz asks."""
RECORD = "Induction Checklist CSE"
Mode = Literal["frame", "popup"]
Lms = ScormAgain | Simulated
WINDOW_AND_RUN_TIME = ("mode", "strict")
"""Frame and window, and an LMS that takes nothing beyond the standard. The whole course in a frame
is in tests/a11y as well, by the same keys."""


@pytest.fixture
def lms(host: Callable[..., ScormAgain], servers: ExitStack, unpacked: Path, strict: bool) -> Lms:
    return servers.enter_context(simulated(unpacked)) if strict else host(unpacked)


@pytest.fixture
def launch(lms: Lms, context: BrowserContext, unpacked: Path) -> Callable[..., Trainee]:
    """Open the course from the LMS in a new tab."""

    def launch(mode: Mode = "frame") -> Trainee:
        page = context.new_page()
        if mode == "popup":
            with page.expect_popup() as opened:
                page.goto(lms.url(mode))
            page = opened.value
            frame = page.main_frame
        else:
            page.goto(lms.url(mode))
            frame = sco(page)
        frame.locator("#begin:visible, .cover .resume").first.wait_for()
        page.bring_to_front()
        if mode == "frame":
            page.locator("iframe").focus()
        return Trainee(page, frame, unpacked)

    return launch


def sco(page: Page) -> Frame:
    frame = page.locator("iframe[name=sco]").element_handle().content_frame()
    assert frame
    return frame


def refused(lms: Lms) -> list[str]:
    """The calls that gave an error, without those that only ask which."""
    return [
        f"{call.name}{call.args}: {call.error}"
        for call in lms.calls
        if call.error != "0" and not call.name.startswith(("LMSGetLastError", "LMSGetErrorString"))
    ]


def interactions(lms: Lms) -> list[dict[str, str]]:
    """The answers; beside them is the version of each visit."""
    found: dict[int, dict[str, str]] = {}
    for element, value in lms.values.items():
        match = re.fullmatch(r"cmi\.interactions\.(\d+)\.(.+)", element)
        if match:
            found.setdefault(int(match[1]), {})[match[2]] = value
    return [one for _, one in sorted(found.items()) if not versions.is_id(one["id"])]


@pytest.mark.parametrize(WINDOW_AND_RUN_TIME, [("popup", False)])
def test_reads_every_page_and_passes(lms: Lms, launch: Callable[..., Trainee], mode: Mode) -> None:
    trainee = launch(mode)
    # The cover is not a page: the bookmark is written, but nothing is visited.
    lms.wait("cmi.core.lesson_location", "before-you-start")
    expect(trainee.frame.locator("h1")).to_have_text(trainee.outline["title"])
    trainee.begin()
    for title in trainee.titles[1:]:
        assert trainee.next() == title
        trainee.decide()
        if title == QUIZ:
            trainee.press("Start")
            assert trainee.take_quiz() == "You passed · 100%"
            # Passed, but the record is still to be filled in.
            lms.wait("cmi.core.score.raw", "100")
            assert lms.values["cmi.core.lesson_status"] == "incomplete"
        if title == RECORD:
            trainee.fill_record()
    lms.wait("cmi.core.lesson_status", "passed")
    trainee.press("Save and exit")
    lms.wait_for_call("LMSFinish")
    trainee.exited()
    expect(trainee.frame.locator("main .next-steps p")).to_have_text(
        "Your progress has been sent to your learning system."
    )

    stored = lms.values
    assert [stored[f"cmi.core.score.{part}"] for part in ("raw", "min", "max")] == [
        "100",
        "0",
        "100",
    ]
    assert stored["cmi.core.exit"] == "suspend"
    # A CMITimespan: scorm-again leaves out a last zero.
    assert re.fullmatch(r"\d{2,4}:\d\d:\d\d(\.\d{1,2})?", stored["cmi.core.session_time"])
    assert len(stored["cmi.suspend_data"]) <= trainee.outline["worst_state"]
    *decisions, quiz = (
        page for page in trainee.outline["pages"] if page["kind"] in ("scenario", "quiz")
    )
    walked, answers = interactions(lms)[:2], interactions(lms)[2:]
    assert [one["id"] for one in walked] == [
        f"{page['id']}--{scene}" for page in decisions for scene in ("notice", "colleague")
    ]
    names = [one["id"].removeprefix(f"{quiz['id']}--") for one in answers]
    assert len(names) == len(set(names)) == DRAWN
    kinds = {one["id"]: one["interaction"] for one in trainee.outline["questions"]}
    for answer, name in zip(answers, names, strict=True):
        pattern = trainee.patterns[name]
        assert answer["type"] == kinds[name]
        assert answer["correct_responses.0.pattern"] == pattern
        assert answer["student_response"] == pattern.strip("{}")
        assert answer["result"] == "correct"
    assert refused(lms) == []


@pytest.mark.parametrize(WINDOW_AND_RUN_TIME, [("frame", True)])
def test_does_not_pass_and_tries_again(
    lms: Lms, launch: Callable[..., Trainee], mode: Mode
) -> None:
    trainee = launch(mode)
    trainee.begin()
    trainee.go_to(QUIZ)
    trainee.press("Start")
    trainee.take_quiz(right=False)
    lms.wait("cmi.core.score.raw", "0")
    assert lms.values["cmi.core.lesson_status"] == "incomplete"
    assert {answer["result"] for answer in interactions(lms)[2:]} == {"wrong"}
    expect(trainee.frame.locator(".outcome h2")).to_have_text("You have not passed yet · 0%")
    trainee.press("Try again")
    trainee.take_quiz()
    lms.wait("cmi.core.score.raw", "100")
    trainee.go_to(RECORD)
    trainee.fill_record()
    trainee.next()
    lms.wait("cmi.core.lesson_status", "passed")
    assert len(interactions(lms)) == 2 + 2 * DRAWN
    assert refused(lms) == []


@pytest.mark.parametrize(WINDOW_AND_RUN_TIME, [("frame", False), ("popup", True)])
def test_closes_the_tab_on_page_5_and_resumes_there(
    lms: Lms, launch: Callable[..., Trainee], mode: Mode
) -> None:
    trainee = launch(mode)
    fifth = trainee.titles[4]
    trainee.begin()
    trainee.go_to(fifth)
    trainee.answer()
    assert trainee.heading() == "Right"
    trainee.frame.page.close(run_before_unload=True)
    lms.wait("cmi.core.lesson_location", "indicators")
    lms.wait_for_call("LMSFinish")

    again = launch(mode)
    prompt = again.frame.get_by_role("region", name="Welcome back")
    expect(prompt).to_contain_text(f"Last time you stopped at “{fifth}”.")
    # Nothing moves by itself.
    expect(again.frame.locator("h1")).to_have_text(again.outline["title"])
    again.press(f"Resume: {fifth}")
    assert again.heading() == fifth
    again.contents()
    words = again.frame.locator(".contents-status").all_inner_texts()
    assert words == ["Visited"] * 5 + ["Not started"] * 6
    right = again.frame.locator("form[data-question] [aria-pressed]").all()
    assert [one.get_attribute("value") for one in right] == ["t"]
    # scorm-again commits by a synchronous request, which Chromium denies a page that is going away;
    # what LMSFinish sends as a beacon has arrived.
    assert set(refused(lms)) <= {"LMSCommit('',): 101"}


def test_course_without_lms_works_and_shows_nothing_recorded(
    serve: Callable[[Path], str], page: Page, unpacked: Path
) -> None:
    page.goto(f"{serve(unpacked)}/index.html")
    trainee = begin_without_lms(Trainee(page, page.main_frame, unpacked))
    read_to_the_end(trainee)


def test_from_disk_too(page: Page, unpacked: Path) -> None:
    page.goto((unpacked / "index.html").as_uri())
    trainee = begin_without_lms(Trainee(page, page.main_frame, unpacked))
    trainee.go_to(QUIZ)
    trainee.press("Start")
    trainee.take_quiz()
    expect(trainee.frame.locator(".outcome h2")).to_have_text("You passed · 100%")
    read_to_the_end(trainee)


def begin_without_lms(trainee: Trainee) -> Trainee:
    expect(trainee.frame.locator("#save-status")).to_have_text(
        "No learning system found: nothing is recorded"
    )
    trainee.begin()
    return trainee


def read_to_the_end(trainee: Trainee) -> None:
    trainee.go_to(trainee.titles[-1])
    last = len(trainee.titles)
    expect(trainee.frame.locator("#progress")).to_have_text(f"Page {last} of {last} · 1 minute")
