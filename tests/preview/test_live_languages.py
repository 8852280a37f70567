"""A course in several languages that is open while its author writes changes in place."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import BrowserContext, Request, Route, expect

from builder.course.translations import Message
from tests.browser.learner import patiently
from tests.preview.desk import Author, Desk, author
from tests.preview.edits import base
from tests.support.translations import write_po

TOPIC = "pages/topic.md"
START = "pages/start.md"


def translation(message: Message, tag: str) -> str:
    # The course is a draft in each language from the start: a new draft opens the course again.
    if message.kind == "description" or message.text.startswith("You don"):
        return ""
    same = message.kind in ("quotation", "value", "answers")
    return message.text if same else f"{message.text} {tag}"


def opened(folder: Path, context: BrowserContext, servers: ExitStack) -> tuple[Author, Desk]:
    course = base(folder / "course")
    for tag in ("pl", "ar"):
        write_po(course, tag, lambda one, tag=tag: translation(one, tag))
    writing = servers.enter_context(author(folder))
    desk = writing.open(context)
    desk.go("topic")
    desk.frame.evaluate("window.sameDocument = true")
    return writing, desk


def turn(desk: Desk, tag: str) -> None:
    """Choose a language in the header."""
    desk.whole.locator("#language-button").click()
    desk.whole.locator(f"#languages [lang={tag}]").click()
    expect(desk.whole.locator("html")).to_have_attribute("lang", tag)


def test_every_language_changes_in_place(
    tmp_path: Path, context: BrowserContext, servers: ExitStack
) -> None:
    writing, desk = opened(tmp_path, context, servers)
    page = desk.course
    writing.write(TOPIC, f"{writing.read(TOPIC)}\nOne more.\n")
    expect(page).to_contain_text("One more.")

    turn(desk, "pl")
    expect(page).to_contain_text("at risk. pl")
    expect(page).to_contain_text("One more.")
    assert page.get_by_text("One more.").get_attribute("lang") == "en"
    writing.change(TOPIC, "One more.", "Two more.")
    expect(page).to_contain_text("Two more.")
    expect(page).not_to_contain_text("One more.")
    expect(page).to_contain_text("at risk. pl")

    # Words of the translation itself, and of another page.
    writing.change("translations/pl.po", '"Every child can be at risk. pl"', '"Każde dziecko?"')
    expect(page).to_contain_text("Każde dziecko?")
    writing.change(START, "Read ", "Now read ")
    expect(desk.strip).to_contain_text("Start here")
    desk.go("start")
    expect(page).to_contain_text("Now read ")

    # A language that was not shown yet, and the one that was shown first.
    turn(desk, "ar")
    expect(page).to_contain_text("Now read ")
    desk.go("topic")
    expect(page).to_contain_text("Two more.")
    turn(desk, "en")
    expect(page).to_contain_text("Two more.")
    turn(desk, "pl")
    expect(page).to_contain_text("Każde dziecko?")

    assert desk.frame.evaluate("window.sameDocument === true")
    assert writing.preview.stage.lms.launches == 1
    # The window tells it a moment later.
    for _ in patiently():
        desk.frame.evaluate("0")
        if writing.preview.stage.language == "pl":
            break
    assert writing.preview.stage.language == "pl"


def test_changed_title_in_visible_language_reopens_course(
    tmp_path: Path, context: BrowserContext, servers: ExitStack
) -> None:
    writing, desk = opened(tmp_path, context, servers)
    # The title in a language that is not on view changes in place.
    writing.change("translations/pl.po", '"The topic pl"', '"Temat"')
    writing.write(TOPIC, f"{writing.read(TOPIC)}\nOne more.\n")
    expect(desk.course).to_contain_text("One more.")
    assert desk.frame.evaluate("window.sameDocument === true")
    turn(desk, "pl")
    title = desk.course.get_by_role("heading", level=1)
    expect(title).to_have_text("Temat")
    with desk.opened_again():
        writing.change("translations/pl.po", '"Temat"', '"Inny temat"')
    expect(title).to_have_text("Inny temat")
    assert writing.preview.stage.lms.launches == 2


def is_launch_in_polish(request: Request) -> bool:
    return request.resource_type == "script" and "/language-pl-" in request.url


def is_outline(request: Request) -> bool:
    return request.resource_type == "fetch" and "/content/assets/outline" in request.url


def test_translation_changed_while_it_opens_is_shown(
    tmp_path: Path, context: BrowserContext, servers: ExitStack
) -> None:
    writing, desk = opened(tmp_path, context, servers)
    turn(desk, "pl")
    held: list[Route] = []

    def hold(route: Route) -> None:
        if is_launch_in_polish(route.request) and not held:
            held.append(route)
        else:
            route.continue_()

    context.route("**/language-pl-*.js", hold)
    with context.expect_event("request", is_launch_in_polish):
        writing.change("translations/pl.po", '"The topic pl"', '"Temat"')
    with desk.opened_again():
        writing.change("translations/pl.po", '"Temat"', '"Inny temat"')
    expect(desk.course.get_by_role("heading", level=1)).to_have_text("Inny temat")


def test_change_while_another_language_loads_is_shown(
    tmp_path: Path, context: BrowserContext, servers: ExitStack
) -> None:
    writing, desk = opened(tmp_path, context, servers)
    held: list[Route] = []

    def hold(route: Route) -> None:
        if is_launch_in_polish(route.request) and not held:
            held.append(route)
        else:
            route.continue_()

    context.route("**/language-pl-*.js", hold)
    with context.expect_event("request", is_launch_in_polish):
        desk.whole.locator("#language-button").click()
        desk.whole.locator("#languages [lang=pl]").click()
    with context.expect_event("requestfinished", is_outline):
        writing.change("translations/pl.po", '"Every child can be at risk. pl"', '"Każde dziecko?"')
    held[0].continue_()
    expect(desk.course).to_contain_text("Każde dziecko?")
    assert desk.frame.evaluate("window.sameDocument === true")
