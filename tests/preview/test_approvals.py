"""Approving in the preview: what the window is told of a page, and what it records."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from builder import approving
from builder.course.approvals import ApprovalStatus
from builder.preview import approvals
from builder.preview.desk import RefusedError
from builder.preview.servers import CourseLms
from builder.preview.stage import Stage
from builder.preview.warm import Warm
from tests.preview.desk import GOOD, TODAY, author
from tests.support.translations import write_po

PAGE = "pages/topic.md"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(GOOD, tmp_path / "course"))
    (folder / "approvals.yaml").unlink(missing_ok=True)
    return folder


def rows(course: Path, page: str = "topic", language: str = "") -> dict[str, Any]:
    """What the tab is told of a page, by part."""
    stage = Stage(course, CourseLms(course))
    stage.language = language
    stage.show(Warm(course, TODAY).refresh())
    found = approvals.of_page(stage, TODAY, {"page": [page]})
    assert found is not None
    return {one["part"]: one for one in found}


def approve(course: Path, by: str = "Ann Lee", **other: str) -> None:
    """Approve all that the tab has of the page, with other codes of some parts."""
    codes = {part: one["code"] for part, one in rows(course).items()}
    approvals.record(course, TODAY, {"by": by, "codes": codes | other})


def statuses(course: Path) -> dict[str, ApprovalStatus]:
    reading, _ = approving.read(course, TODAY)
    assert reading
    return {one.part.id: one for one in reading.statuses}


def test_page_and_its_questions_are_recorded_as_by_the_command(course: Path) -> None:
    assert {part: one["state"] for part, one in rows(course).items()} == {
        "page/topic": "open",
        "question/any-child": "open",
    }
    approve(course)
    found = statuses(course)
    approved = {part for part, one in found.items() if one.state == "approved"}
    assert approved == {"page/topic", "question/any-child"}
    approval = found["page/topic"].approval
    assert approval
    assert (approval.by, approval.on) == ("Ann Lee", TODAY)
    page = rows(course)["page/topic"]
    assert (page["state"], page["by"], page["on"]) == ("approved", "Ann Lee", "2026-01-31")


def test_what_has_changed_since_is_told(course: Path) -> None:
    approve(course)
    text = (course / PAGE).read_text("utf-8")
    (course / PAGE).write_text(text.replace("what worries you", "whatever worries you"), "utf-8")
    page = rows(course)["page/topic"]
    assert page["state"] == "stale"
    [change] = page["changes"]
    assert (change["struck"], change["new"]) == ("what", "whatever")


def test_words_that_changed_after_they_were_shown_are_refused(course: Path) -> None:
    with pytest.raises(RefusedError, match="page/topic has changed since you saw it"):
        approve(course, **{"page/topic": "2222-2222"})
    assert not (course / "approvals.yaml").exists()


@pytest.mark.parametrize("name", ["", "?", "NAME", "A"])
def test_no_name_records_nothing(course: Path, name: str) -> None:
    with pytest.raises(RefusedError, match="at least two letters"):
        approve(course, name)
    assert not (course / "approvals.yaml").exists()


def test_undecided_question_says_why_and_is_refused(course: Path) -> None:
    questions = course / "questions/all.yaml"
    text = questions.read_text("utf-8")
    questions.write_text(
        text.replace("- id: any-child\n", "- id: any-child\n  unsure: [Is it so?]\n"), "utf-8"
    )
    question = rows(course)["question/any-child"]
    assert (question["state"], "Is it so?" in question["doubt"]) == ("unsure", True)
    with pytest.raises(RefusedError, match=r"Is it so\?"):
        approve(course)
    assert not (course / "approvals.yaml").exists()


def test_questions_of_a_quiz_are_not_ticked_by_themselves(course: Path) -> None:
    found = rows(course, "quiz")
    seen = {part.partition("/")[0]: one["seen"] for part, one in found.items()}
    assert seen == {"page": True, "quiz": True, "question": False}


def test_parts_of_the_language_on_view_are_told(course: Path) -> None:
    write_po(course, "cy", lambda one: one.text)
    assert {*rows(course, language="cy")} == {"page/topic@cy", "question/any-child@cy"}


def test_course_with_errors_has_no_approvals(course: Path) -> None:
    (course / PAGE).write_text("---\ntitle: [\n---\n", "utf-8")
    stage = Stage(course, CourseLms(course))
    stage.show(Warm(course, TODAY).refresh())
    assert approvals.of_page(stage, TODAY, {"page": ["topic"]}) is None
    with pytest.raises(RefusedError, match="has errors"):
        approvals.record(course, TODAY, {"by": "Ann Lee", "codes": {"page/topic": "2222-2222"}})


def test_page_is_approved_in_the_window(course: Path, context: BrowserContext) -> None:
    with author(course.parent) as writing:
        desk = writing.open(context)
        desk.go("topic")
        panel = desk.part("Approvals")
        expect(panel.get_by_role("checkbox")).to_have_count(2)
        name = panel.get_by_label("Name of the person who approves what is ticked")
        name.fill("Ann <b>Lee</b>")
        name.press("Enter")
        expect(panel.get_by_role("status")).to_have_text("Recorded: 2 parts.")
        page = panel.locator(".problem").first
        expect(page).to_contain_text("Approved by Ann <b>Lee</b> on 2026-01-31.")
        expect(panel.get_by_role("checkbox")).to_have_count(0)

        writing.change(PAGE, "what worries you", "whatever worries you")

        expect(page).to_contain_text("Changed since Ann <b>Lee</b> approved it on 2026-01-31:")
        expect(page.locator("ins")).to_have_text("whatever")
        expect(panel.get_by_role("checkbox")).to_have_count(1)
        expect(panel.locator("b")).to_have_count(0)
        # What the window still loads has to be there before the preview ends.
        expect(desk.course).to_contain_text("whatever worries you")
        desk.ready()


def test_cover_has_what_is_around_the_pages(course: Path) -> None:
    assert {*rows(course, "cover")} >= {"course"}
