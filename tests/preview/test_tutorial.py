"""The tutorial, followed with the preview open: its mistake, mended, and the course passed."""

from __future__ import annotations

from contextlib import ExitStack, chdir
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, expect

from builder.preview.editor import Editor
from builder.preview.running import Request, running
from tests.preview.desk import Author, Desk
from tests.support.packages import ROOT
from tools.documents import TODAY, follow

IN_ORDER = ("a", "b", "c")


@pytest.mark.long
def test_tutorial_course_can_be_previewed_and_passed(
    tmp_path: Path, context: BrowserContext, servers: ExitStack
) -> None:
    sections = (ROOT / "docs/tutorial.md").read_text("utf-8").split("\n## ")
    with chdir(tmp_path):
        follow(sections[2])
        course = tmp_path / "library-welcome"
        preview = servers.enter_context(running(Request(course, TODAY, "moodle", Editor())))
        desk = Author(course, preview).open(context)
        desk.course.get_by_role("button", name="Start", exact=True).click()
        follow(sections[4])
        expect(desk.overlay).to_contain_text("1 error to mend")
        link = desk.overlay.get_by_role("link")
        expect(link).to_have_text("Open pages/welcome.md:10:25")
        follow(sections[5])
        expect(desk.overlay).to_be_hidden()
        expect(desk.course).to_contain_text("Ask the duty librarian: Not set yet: ask your manager")
        passed(desk)
        expect(desk.part("LMS")).to_contain_text(
            "The activity’s completion asks for “passed”: done."
        )


def passed(desk: Desk) -> None:
    """Go through the course as a trainee who knows it."""
    desk.course.get_by_role("button", name="False").click()
    go_on(desk, "Lending a book")
    go_on(desk, "Check what you know")
    expect(desk.part("LMS")).to_contain_text("asks for “passed”: not yet.")
    desk.course.get_by_role("button", name="Start", exact=True).click()
    for forward in ("Next question", "See your result"):
        order = desk.course.locator("form .sequence > li")
        choice = desk.course.get_by_label("In three weeks")
        expect(order.or_(choice).first).to_be_visible()
        if choice.count():
            choice.check()
        else:
            arrange(order)
        desk.course.get_by_role("button", name="Check").click()
        desk.course.get_by_role("button", name=forward).click()
    go_on(desk, "Your record")
    for question in desk.course.locator("textarea").all():
        question.fill("I open the doors.")
    for label, number in (("Day", "26"), ("Month", "11"), ("Year", "2026")):
        for field in desk.course.get_by_label(label, exact=True).all():
            field.fill(number)
            field.blur()


def arrange(order: Locator) -> None:
    """Put the steps in order by their buttons."""
    for place, wanted in enumerate(IN_ORDER):
        ids = order.evaluate_all("rows => rows.map((row) => row.dataset.id)")
        for at in range(ids.index(wanted), place, -1):
            order.nth(at).locator("button:visible").first.click()


def go_on(desk: Desk, title: str) -> None:
    desk.whole.get_by_role("button", name=f"Next: {title}").click()
    expect(desk.course.get_by_role("heading", level=1)).to_have_text(title)
