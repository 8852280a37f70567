"""What changes in place, and what stays, while an author writes a course that is on the screen."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import BrowserContext, Locator, Route, expect

from builder import cli
from tests.preview.desk import GOOD, Desk, author

TOPIC = "pages/topic.md"
BRAND = """
theme:
  accent: "#0b5d6b"
  logo: media/logo.svg
  stylesheet: media/brand.css
"""
TWO_LOGOS = BRAND.replace("svg\n", "svg\n  logo_dark: media/dark.svg\n", 1)
BLOCKS = """
::: reveal Why so
Because of this.
:::

:::: tabs Where it may be
::: tab At home
Say it at home.
:::
::: tab At work
Say it at work.
:::
::::
"""
ORDER = "      - topic.md\n      - quiz.md\n"
QUIZ_FIRST = "      - quiz.md\n      - topic.md\n"
SIGNS = "How do I recognise the signs?"
HALF = "Half of what I wan"


def a_course(folder: Path) -> Path:
    """A copy of the good course, for the author of this folder."""
    return Path(shutil.copytree(GOOD, folder / "course"))


def drawing(width: int) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="10"/>'


def same(desk: Desk) -> bool:
    """Whether the course is in the window that was marked."""
    return desk.frame.evaluate("window.sameDocument === true")


def test_styles_and_pictures_change_under_the_page(
    tmp_path: Path, context: BrowserContext, servers: ExitStack
) -> None:
    course = a_course(tmp_path)
    for name, text in {
        "course.yaml": (course / "course.yaml").read_text("utf-8") + BRAND,
        "pages/start.md": (course / "pages/start.md").read_text("utf-8").replace(".png", ".svg"),
        "media/map.svg": drawing(10),
        "media/logo.svg": drawing(20),
        "media/brand.css": "h1 { letter-spacing: 1px }\n",
    }.items():
        (course / name).write_text(text, "utf-8")
    writing = servers.enter_context(author(tmp_path))
    desk = writing.open(context)
    desk.page.locator("#look > summary").click()
    desk.page.get_by_label("Colours").select_option("dark")
    desk.go("start")
    ground = desk.whole.locator("body")
    expect(ground).to_have_css("background-color", "rgb(17, 25, 29)")
    desk.frame.evaluate("window.sameDocument = true")

    writing.write("media/brand.css", "h1 { letter-spacing: 2px }\n")
    title = desk.course.get_by_role("heading", level=1)
    expect(title).to_have_css("letter-spacing", "2px")
    writing.write("media/logo.svg", drawing(21))
    expect(desk.whole.locator("img.logo")).to_have_js_property("naturalWidth", 21)
    writing.write("media/map.svg", drawing(11))
    expect(desk.course.get_by_role("img")).to_have_js_property("naturalWidth", 11)
    writing.change("course.yaml", '"#0b5d6b"', '"#7a1f5c"\n  accent_dark: "#f0a8d8"')
    expect(desk.whole.locator("html")).to_have_css("--accent", "#f0a8d8")

    # As the author wants it, in the new styles, too.
    expect(ground).to_have_css("background-color", "rgb(17, 25, 29)")
    assert same(desk)
    assert writing.preview.stage.lms.launches == 1
    expect(desk.strip).not_to_contain_text("opened again")


def test_the_logo_for_the_dark_changes_under_the_page(
    tmp_path: Path, context: BrowserContext, servers: ExitStack
) -> None:
    course = a_course(tmp_path)
    for name, text in {
        "course.yaml": (course / "course.yaml").read_text("utf-8") + TWO_LOGOS,
        "media/logo.svg": drawing(20),
        "media/dark.svg": drawing(30),
        "media/brand.css": "h1 { letter-spacing: 1px }\n",
    }.items():
        (course / name).write_text(text, "utf-8")
    writing = servers.enter_context(author(tmp_path))
    desk = writing.open(context)
    logo = desk.whole.locator("img.logo")
    expect(logo).to_have_js_property("naturalWidth", 20)
    desk.page.locator("#look > summary").click()
    desk.page.get_by_label("Colours").select_option("dark")
    expect(logo).to_have_js_property("naturalWidth", 30)
    desk.frame.evaluate("window.sameDocument = true")
    writing.write("media/dark.svg", drawing(31))
    expect(logo).to_have_js_property("naturalWidth", 31)
    # A file that has changed is not served under the name of the old one.
    desk.page.get_by_label("Colours").select_option("light")
    expect(logo).to_have_js_property("naturalWidth", 20)
    writing.write("media/logo.svg", drawing(21))
    expect(logo).to_have_js_property("naturalWidth", 21)
    assert same(desk)
    assert writing.preview.stage.lms.launches == 1


def test_page_with_changed_title_is_named_before_page_linking_it(
    tmp_path: Path, context: BrowserContext, servers: ExitStack
) -> None:
    course = a_course(tmp_path)
    order = (course / "course.yaml").read_text("utf-8")
    assert ORDER in order
    (course / "course.yaml").write_text(order.replace(ORDER, QUIZ_FIRST), "utf-8")
    writing = servers.enter_context(author(tmp_path))
    desk = writing.open(context)
    views: list[Route] = []
    desk.page.route("**/api/view", lambda route: views.append(route))
    # The course is there again before the author's window knows its titles.
    with desk.opened_again():
        writing.change(TOPIC, "title: The topic", "title: Another topic")
    for view in views:
        view.continue_()
    desk.page.unroute("**/api/view")
    expect(desk.strip).to_contain_text("opened again: “Another topic” and 1 more changed")


def test_open_selected_and_typed_content_survives_update(
    tmp_path: Path, context: BrowserContext, servers: ExitStack
) -> None:
    course = a_course(tmp_path)
    with (course / TOPIC).open("a", encoding="utf-8") as file:
        file.write(BLOCKS)
    writing = servers.enter_context(author(tmp_path))
    desk = writing.open(context)
    desk.go("topic")
    desk.course.get_by_text("Why so").click()
    desk.course.get_by_role("tab", name="At work").click()
    desk.course.get_by_role("button", name="False").click()
    desk.frame.evaluate("window.sameDocument = true")

    writing.change(TOPIC, "what worries you", "whatever worries you")
    expect(desk.course).to_contain_text("whatever worries you")
    as_it_was(desk)
    assert same(desk)
    # Over a reload, too.
    with desk.opened_again():
        writing.change("course.yaml", "title: A good course", "title: A better course")
    as_it_was(desk)
    assert not same(desk)

    desk.go("checklist")
    desk.course.get_by_role("textbox", name=SIGNS).fill(HALF)
    writing.change("pages/checklist.md", "your own words", "a few words")
    expect(desk.course).to_contain_text("Answer in a few words.")
    expect(desk.course.get_by_role("textbox", name=SIGNS)).to_have_value(HALF)


def as_it_was(desk: Desk) -> None:
    """A block that was opened, a tab that was chosen, an answer with its feedback."""
    expect(desk.course.get_by_text("Because of this.")).to_be_visible()
    expect(desk.course.get_by_text("Say it at work.")).to_be_visible()
    expect(desk.course.get_by_text("Say it at home.")).to_be_hidden()
    expect(desk.course.locator(".presses [aria-pressed]")).to_have_attribute("value", "f")
    expect(desk.course.get_by_role("button", name="Try again")).to_be_visible()


def test_settings_are_broken_and_mended_under_a_course(
    tmp_path: Path, context: BrowserContext, servers: ExitStack
) -> None:
    writing = servers.enter_context(author(tmp_path))
    desk = writing.open(context)
    desk.go("topic")
    desk.frame.evaluate("window.sameDocument = true")
    settings = writing.read("course.yaml")

    writing.change("course.yaml", "title: A good course", "title: [A good course")
    problem = desk.overlay.get_by_role("article").first
    expect(problem.get_by_role("link")).to_contain_text("Open course.yaml:")
    expect(desk.overlay).to_contain_text("The last page that worked is beneath.")
    # What is written meanwhile comes with the rest.
    writing.change(TOPIC, "what worries you", "whatever worries you")
    (writing.course / "course.yaml").unlink()
    expect(problem).to_contain_text("This folder has no course.yaml")
    expect(desk.course).to_contain_text("Tell Anytown Board what worries you")
    expect(desk.page.get_by_role("heading", level=1)).to_have_text("A good course")

    writing.write("course.yaml", settings)
    expect(desk.overlay).to_be_hidden()
    expect(desk.course).to_contain_text("Tell Anytown Board whatever worries you")
    assert same(desk)
    assert writing.preview.stage.lms.launches == 1


def test_draft_reasons_open_with_one_click(
    tmp_path: Path, context: BrowserContext, servers: ExitStack
) -> None:
    course = a_course(tmp_path)
    settings = course / "course.yaml"
    text = settings.read_text("utf-8")
    text = text.replace("required: []", "required: [questions]").replace("2026-11-30", "2025-12-31")
    settings.write_text(text, "utf-8")
    writing = servers.enter_context(author(tmp_path))
    desk = writing.open(context)
    desk.page.get_by_role("button", name="draft: 3 points open").press("Enter")
    expect(desk.page.get_by_role("tab", name="Problems")).to_be_focused()
    unsettled = part(desk, "What makes it a draft")
    expect(unsettled).to_have_count(3)
    assert unsettled.locator("pre .meant").all_text_contents() == [
        "  10  review_by: 2025-12-31\n",
        "   1  - id: any-child\n",
        "   8  - id: who-to-tell\n",
    ]
    assert unsettled.get_by_role("link").all_text_contents() == [
        "Open course.yaml:10:12",
        "Open questions/all.yaml:1:3",
        "Open questions/all.yaml:8:3",
    ]
    expect(part(desk, "Problems")).to_have_count(0)
    expect(desk.overlay).to_be_hidden()

    writing.change("course.yaml", "2025-12-31", "2026-12-31")
    expect(unsettled).to_have_count(2)


def part(desk: Desk, title: str) -> Locator:
    """The problems below a heading of the panel."""
    heading = desk.page.get_by_role("heading", name=title, exact=True)
    panel = desk.page.get_by_role("tabpanel", name="Problems")
    return panel.locator("section").filter(has=heading).get_by_role("article")


@pytest.mark.parametrize("template", ["minimal", "induction", "compliance"])
def test_what_new_makes_is_seen_at_once(
    tmp_path: Path, new_context: Callable[..., BrowserContext], template: str, servers: ExitStack
) -> None:
    made = ["new", str(tmp_path / "course"), "-t", template, "--title", "Welcome"]
    assert CliRunner().invoke(cli.main, made).exit_code == 0
    writing = servers.enter_context(author(tmp_path))
    desk = writing.open(new_context())
    expect(desk.course.get_by_role("heading", level=1)).to_have_text("Welcome")
    desk.course.get_by_role("button", name="Start", exact=True).click()
    expect(desk.course.locator("article[data-page]")).to_be_visible()
    expect(desk.overlay).to_be_hidden()
    expect(desk.page.locator("#problems-button")).to_contain_text("open")
    expect(desk.part("Problems")).to_contain_text("There is nothing to mend.")
