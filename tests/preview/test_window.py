"""The author's window in a browser: changes, problems, the learning system, under stress."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Route, expect

from tests.preview.desk import GOOD, Author, Desk, author
from tests.support.commands import previewing
from tests.support.local_server import free_port
from tests.support.patience import SECONDS
from tools.generate import generate

TOPIC = "pages/topic.md"


@pytest.fixture
def writing(tmp_path: Path) -> Iterator[Author]:
    with author(tmp_path) as found:
        yield found


def test_a_change_is_shown_where_the_trainee_is(writing: Author, context: BrowserContext) -> None:
    desk = writing.open(context)
    desk.page.emulate_media(reduced_motion="reduce")
    desk.go("topic")
    desk.frame.evaluate("window.sameDocument = true")
    desk.course.get_by_role("button", name="False").click()
    expect(desk.course.get_by_role("button", name="Try again")).to_be_visible()
    desk.frame.evaluate("scrollTo(0, 120)")

    writing.change(TOPIC, "what worries you", "whatever worries you")

    expect(desk.course).to_contain_text("whatever worries you")
    expect(desk.course.get_by_role("button", name="Try again")).to_be_visible()
    # The place is found again behind the words.
    desk.frame.wait_for_function("() => scrollY === 120")
    assert desk.frame.evaluate("window.sameDocument") is True
    assert writing.preview.stage.lms.launches == 1


def test_change_is_shown_on_page_just_opened(writing: Author, context: BrowserContext) -> None:
    context.clock.install()
    desk = writing.open(context)
    # The preview has not noticed yet where the trainee is.
    desk.page.clock.pause_at(desk.page.evaluate("Date.now() / 1000") + SECONDS)
    desk.go("topic")
    writing.change(TOPIC, "what worries you", "whatever worries you")
    expect(desk.course).to_contain_text("whatever worries you")


def test_a_change_of_another_page_leads_there(writing: Author, context: BrowserContext) -> None:
    desk = writing.open(context)
    pages = desk.part("LMS").locator("summary", has_text="Pages:")
    pages.press("Enter")
    expect(pages).to_contain_text("Pages: 0 of")
    drawn = pages.element_handle()
    writing.change(TOPIC, "what worries you", "whatever worries you")
    expect(desk.strip).to_contain_text("“The topic” and 1 more changed")
    desk.strip.get_by_role("button", name="Go there").click()
    expect(desk.course).to_contain_text("whatever worries you")
    # What is open in the panel, and what has the focus there, is what it was.
    expect(pages).to_contain_text("Pages: 1 of")
    expect(pages.locator("xpath=..")).to_have_attribute("open", "")
    assert drawn.evaluate("drawn => drawn.isConnected")
    # The first page comes with the launch file.
    desk.go("start")
    writing.change("pages/start.md", "## What this is", "## What this was")
    expect(desk.course.get_by_role("heading", level=2)).to_have_text("What this was")
    assert writing.preview.stage.lms.launches == 1


def test_structural_change_reopens_course_at_same_place(
    writing: Author, context: BrowserContext
) -> None:
    desk = writing.open(context)
    desk.go("topic")
    desk.course.get_by_role("button", name="False").click()
    expect(desk.course.get_by_role("button", name="Try again")).to_be_visible()
    lms = writing.preview.stage.lms
    # An answer that the LMS lacks is restored after the page is shown, and closes the feedback.
    assert lms.wait(lambda: "topic--any-child" in str(lms.messages), SECONDS)

    writing.change("course.yaml", "title: A good course", "title: A better course")

    expect(desk.page.get_by_role("heading", level=1)).to_have_text("A better course")
    assert lms.wait(lambda: lms.launches == 2, SECONDS)
    # The record shows the title, too, but is not what has changed.
    expect(desk.strip).to_contain_text("at the same place: more than a page changed")
    desk.ready()
    expect(desk.course.get_by_role("heading", level=1)).to_have_text("The topic")
    expect(desk.course.get_by_role("button", name="Try again")).to_be_visible()
    assert lms.launches == 2


def test_window_says_that_a_mended_course_is_opening(
    writing: Author, context: BrowserContext
) -> None:
    whole = writing.read("course.yaml")
    writing.write("course.yaml", whole.replace("title:", "titel:", 1))
    page = context.new_page()
    held: list[Route] = []
    # Opening takes as long as it does on a slow machine.
    page.route("**/lms/simulator.js", lambda route: held.append(route))
    page.goto(writing.preview.address)
    desk = Desk(page)
    expect(desk.overlay).to_contain_text("to mend")
    with page.expect_request("**/lms/simulator.js"):
        writing.write("course.yaml", whole)
    expect(desk.overlay).to_be_hidden()
    expect(page.get_by_text("Opening the course …")).to_be_visible()
    [route] = held
    route.continue_()
    desk.ready()
    expect(page.get_by_text("Opening the course …")).to_be_hidden()


def test_choices_of_the_window_are_readable(
    writing: Author, new_context: Callable[..., BrowserContext]
) -> None:
    wide = new_context(viewport={"width": 1440, "height": 900})
    desk = writing.open(wide)
    # A second window meets a trainee of the first.
    desk = writing.open(wide)
    for name in ("trainee", "width"):
        shown = desk.page.locator(f"#{name}")
        width = (shown.bounding_box() or {"width": 0})["width"]
        # As wide as its longest choice.
        shown.evaluate("it => { it.style.maxInlineSize = 'none'; }")
        assert (shown.bounding_box() or {"width": 0})["width"] <= width
    assert desk.page.locator("#trainee").input_value() == "here"


def test_problems_lie_over_the_page_until_they_are_mended(
    writing: Author, context: BrowserContext
) -> None:
    desk = writing.open(context)
    desk.go("topic")
    good = writing.read(TOPIC)
    writing.write(TOPIC, good.replace("::: callout", "::: callut"))

    problem = desk.overlay.get_by_role("article")
    expect(problem).to_contain_text("“::: callut” is not a block. Did you mean “callout”?")
    expect(problem.locator("pre")).to_contain_text("  10  ::: callut Remember\n      ^\n")
    link = problem.get_by_role("link", name="Open pages/topic.md:10:1")
    assert link.get_attribute("href") == (
        f"vscode://file/{str(writing.course.resolve()).lstrip('/')}/pages/topic.md:10:1"
    )
    expect(desk.course).to_contain_text("Every child can be at risk.")
    # Half-typed all the same, but another problem.
    desk.overlay.get_by_role("button", name="Show the page").click()
    expect(desk.overlay).to_be_hidden()
    writing.write(TOPIC, good.replace("::: callout", "::: callo"))
    expect(desk.overlay).to_contain_text("“::: callo” is not a block.")

    writing.write(TOPIC, good.replace("Remember", "Do remember"))
    expect(desk.overlay).to_be_hidden()
    expect(desk.course).to_contain_text("Do remember")
    assert writing.preview.stage.lms.launches == 1


def test_the_window_keeps_up_with_whatever_an_editor_does(
    writing: Author, context: BrowserContext
) -> None:
    desk = writing.open(context)
    desk.go("topic")
    topic = writing.read(TOPIC)
    aside = writing.course / "pages/.topic.md.swp"
    for number in range(50):
        text = topic.replace("what worries you", f"worry {number}")
        # Half of a file, a whole one, and one that is written aside and renamed.
        writing.write(TOPIC, text[: len(text) // 2])
        if number % 2:
            writing.write(TOPIC, text)
        else:
            aside.write_text(text, "utf-8")
            aside.replace(writing.course / TOPIC)
    expect(desk.course).to_contain_text("worry 49")
    expect(desk.overlay).to_be_hidden()

    (writing.course / TOPIC).rename(writing.course / "pages/subject.md")
    expect(desk.overlay).to_contain_text("topic.md")
    expect(desk.course).to_contain_text("worry 49")
    for name in ("course.yaml", "pages/start.md"):
        writing.write(name, writing.read(name).replace("topic.md", "subject.md"))
    writing.change("pages/checklist.md", "topic.md", "subject.md")
    expect(desk.overlay).to_be_hidden()
    expect(desk.course).to_contain_text("worry 49")

    (writing.course / "pages/checklist.md").unlink()
    expect(desk.overlay).to_contain_text("checklist.md")
    writing.change("course.yaml", "  - checklist.md\n", "")
    expect(desk.overlay).to_be_hidden()
    desk.ready()
    expect(desk.course).to_contain_text("worry 49")
    expect(desk.whole.locator("#progress")).to_have_text("Learn · Page 2 of 3 · 2 minutes")


def test_repaired_course_appears_in_preview(
    writing: Author, context: BrowserContext, tmp_path: Path, servers: ExitStack
) -> None:
    settings = writing.read("course.yaml")
    broken = tmp_path / "other"
    broken.mkdir()
    (broken / "course").mkdir()
    other = servers.enter_context(author(broken))
    page = context.new_page()
    page.goto(other.preview.address)
    expect(page.locator("#overlay")).to_contain_text("This folder has no course.yaml")
    for name in ("pages", "questions", "media"):
        (writing.course / name).rename(other.course / name)
    other.write("course.yaml", settings.replace("title: A good course", "title: [A good course"))
    expect(page.locator("#overlay")).to_contain_text("course.yaml:")
    other.write("course.yaml", settings)
    expect(page.locator("#overlay")).to_be_hidden()
    course = page.frame_locator("#frame").frame_locator("iframe").locator("main")
    expect(course.get_by_role("heading", level=1)).to_have_text("A good course")


def test_two_preview_windows_keep_separate_places(writing: Author, context: BrowserContext) -> None:
    one, other = writing.open(context), writing.open(context)
    one.page.bring_to_front()
    one.go("topic")
    writing.change(TOPIC, "what worries you", "whatever worries you")
    expect(one.course).to_contain_text("whatever worries you")
    other.page.bring_to_front()
    expect(other.strip).to_contain_text("“The topic” and 1 more changed")
    expect(other.course.get_by_role("heading", level=1)).to_have_text("A good course")
    expect(one.strip).not_to_contain_text("“The topic”")


def test_a_restarted_preview_is_found_and_another_course_starts_fresh(
    tmp_path: Path, context: BrowserContext, expected: list[str]
) -> None:
    expected += ["Failed to load resource", "ERR_", "Failed to fetch"]
    other = Path(shutil.copytree(GOOD, tmp_path / "other"))
    settings = other / "course.yaml"
    text = settings.read_text("utf-8").replace("A good course", "Another course")
    settings.write_text(text.replace("id: good-course", "id: another-course"), "utf-8")
    # Processes of their own: of one that has ended a browser reaches nothing more.
    command = (sys.executable, "-m", "builder", "preview", "--port", str(free_port()))
    desk = Desk(context.new_page())
    with previewing(*command, str(GOOD)) as (_, address):
        desk.page.goto(address)
        desk.ready()
        with desk.opened_again():
            desk.page.get_by_label("Trainee", exact=True).select_option(label="Finished")
        expect(holds(desk)).to_contain_text("Score100")
    expect(desk.strip).to_contain_text("The preview has ended")
    with previewing(*command, str(other)):
        expect(desk.strip).to_contain_text("The preview shows another course now.")
        desk.ready()
        expect(desk.course.get_by_role("heading", level=1)).to_have_text("Another course")
        expect(desk.page.get_by_label("Trainee", exact=True)).to_have_value("new")
        expect(holds(desk)).to_contain_text("Scorenone")
        # What this course's trainee does is its own.
        desk.go("topic")
        expect(holds(desk).get_by_role("definition").nth(4)).to_have_text("topic")
    expect(desk.strip).to_contain_text("The preview has ended")
    with previewing(*command, str(other)):
        expect(desk.strip).to_contain_text("The trainee goes on where they were.")
        desk.ready()
        expect(desk.course).to_contain_text("you stopped at “The topic”")
        topic = other / TOPIC
        words = topic.read_text("utf-8").replace("what worries you", "whatever worries you")
        topic.write_text(words, "utf-8")
        expect(desk.strip).to_contain_text("“The topic” and 1 more changed")
    # A window that was closed in between, too.
    desk.page.goto("about:blank")
    with previewing(*command, str(GOOD)):
        desk.page.goto(address)
        expect(desk.strip).to_contain_text("The preview shows another course now.")
        desk.ready()
        expect(desk.course.get_by_role("heading", level=1)).to_have_text("A good course")
        expect(desk.course.get_by_role("button")).to_have_text(["Start"])
        expect(desk.page.get_by_label("Trainee", exact=True)).to_have_value("new")
        expect(holds(desk)).to_contain_text("Scorenone")


def holds(desk: Desk) -> Locator:
    """What the learning system holds, in the panel's words."""
    return desk.part("LMS").locator("section").first


@pytest.mark.thorough
def test_a_course_of_a_thousand_pages_is_like_any_other(
    tmp_path: Path, context: BrowserContext, servers: ExitStack
) -> None:
    generate(tmp_path / "source", 1000)
    writing = servers.enter_context(author(tmp_path, tmp_path / "source"))
    desk = writing.open(context)
    name = "pages/" + sorted(file.name for file in (writing.course / "pages").iterdir())[700]
    text = writing.read(name)
    writing.write(name, f"{text}\nThe first addition.\n")
    desk.strip.get_by_role("button", name="Go there").click()
    expect(desk.course).to_contain_text("The first addition.")
    writing.write(name, f"{text}\nThe second addition.\n")
    expect(desk.course).to_contain_text("The second addition.")
    assert writing.preview.stage.lms.launches == 1


def test_open_remarks_are_shown_as_text_beside_page(
    writing: Author, context: BrowserContext
) -> None:
    attack = "<img src=x onerror=document.title=1>"
    writing.write(
        "remarks.yaml",
        '- {"id": "Q4RD-WQKN", "state": "open", "kind": "change", "by": "Ann <b>Lee</b>", '
        '"on": "2026-01-20", "part": "p:topic", "about": "what worries you", '
        f'"added": "{attack}"}}\n'
        '- {"id": "Q8CF-JT8R", "state": "open", "kind": "comment", "part": "q:any-child", '
        '"text": "Is it right?\\nAsk Sam."}\n'
        '- {"id": "3333-3333", "state": "open", "kind": "comment", "part": "p:gone", '
        '"text": "Elsewhere."}\n'
        '- {"id": "4444-4444", "state": "done", "kind": "comment", "text": "Closed."}\n',
    )
    desk = writing.open(context)
    desk.go("topic")
    desk.page.get_by_role("tab", name="Remarks").click()
    panel = desk.page.get_by_role("tabpanel", name="Remarks")
    here = panel.locator("section", has=desk.page.get_by_role("heading", name="On this page"))
    others = panel.locator("section", has=desk.page.get_by_role("heading", name="Elsewhere"))
    remarks = here.get_by_role("article")
    expect(remarks).to_have_count(2)
    expect(remarks.first).to_have_text(
        "Change by Ann <b>Lee</b>, 2026-01-20"
        f"what worries you{attack}Open pages/topic.md:6:51Q4RD-WQKN"
    )
    expect(remarks.last).to_have_text(
        "Comment by a reviewerIs it right?Ask Sam.Open questions/all.yaml:1:3Q8CF-JT8R"
    )
    expect(others.get_by_role("article")).to_have_text(
        "Comment by a reviewerElsewhere.Open remarks.yaml:3:33333-3333"
    )
    expect(panel.locator("img, b")).to_have_count(0)
    assert desk.page.title() != "1"

    writing.change(
        "remarks.yaml", '"id": "Q4RD-WQKN", "state": "open"', '"id": "Q4RD-WQKN", "state": "done"'
    )

    expect(remarks).to_have_count(1)
