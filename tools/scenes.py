"""Opens everything in a course that trainees can meet, so that other tools can record it.

Each scene opens one thing after another, and calls ``Visit.shoot`` for each. For tools/gallery.py,
``shoot`` takes a screenshot; for tests/support/shown.py, it records what a screen reader gets.
Titles are "component NAME, state".
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from playwright.sync_api import BrowserContext, Locator, Page

from tests.lms.scorm_again import ScormAgain
from tests.support import patience
from tests.support.ways import SUBMIT, best_way

T = TypeVar("T")
WIDE = 800
HEIGHT = 700
MOST_QUESTIONS = 50
MOST_TRIES = 60
"""Maximum number of answers that are tried to get each verdict on a question: right, partly right
and wrong."""
VALUES = "all => all.map((it) => it.value)"
IDS = "all => all.map((it) => it.dataset.id)"
OPEN = """() => {
  for (const it of document.querySelectorAll("main details")) it.open = true;
  for (const it of document.querySelectorAll("main [aria-expanded=false]")) it.click();
  for (const it of document.querySelectorAll("main [role=tab]:last-of-type")) it.click();
}"""


@dataclass(frozen=True, slots=True)
class Course:
    """A course to visit: the folder of its unpacked package, and its ``course.json``."""

    folder: Path
    outline: dict[str, Any]

    @classmethod
    def at(cls, folder: Path) -> Course:
        return cls(folder, json.loads((folder / "course.json").read_text("utf-8")))

    @property
    def pages(self) -> list[dict[str, Any]]:
        return list(self.outline["pages"])

    def question(self, name: str) -> dict[str, Any]:
        return next(question for question in self.outline["questions"] if question["id"] == name)


@dataclass(slots=True)
class Visit:
    """One visit of a trainee, with the course in its own window. ``shoot(title)`` records what is
    visible, if the title starts with ``only``."""

    course: Course
    lms: ScormAgain
    window: Page
    shoot: Callable[..., None]
    only: str

    def show(self, page: str) -> None:
        self.window.evaluate("id => (location.hash = `#/${id}`)", page)
        title = next(entry["title"] for entry in self.course.pages if entry["id"] == page)
        # The player may isolate the writing direction of a title.
        shown = re.compile(f"^[\u2066\u2067]?{re.escape(title)}\u2069?$")
        self.window.locator("main h1").get_by_text(shown).wait_for()

    def wants(self, title: str) -> bool:
        """Whether a title that starts with ``title`` may be one to record."""
        return title.startswith(self.only) or self.only.startswith(title)

    def press(self, selector: str) -> None:
        self.window.locator(selector).first.click()


@contextmanager
def visiting(context: BrowserContext, lms: ScormAgain) -> Iterator[Page]:
    """The window of a course, opened by the LMS, until the block ends. Then the course is left, so
    that everything is saved for the next visit."""
    opener = context.new_page()
    with opener.expect_popup() as popup:
        opener.goto(lms.url("popup"))
    window = popup.value
    window.set_viewport_size({"width": WIDE, "height": HEIGHT})
    window.set_default_timeout(patience.MILLISECONDS)
    window.locator("#progress:not(:empty), #begin:visible, .cover .resume").first.wait_for()
    yield window
    window.goto("about:blank")
    lms.wait_for_call("LMSFinish")
    window.close()
    opener.close()


# The scenes: each takes a visit and calls ``shoot`` for one thing after another.


def pages(visit: Visit) -> None:
    """Call ``shoot`` for every page as it opens, and again with all its collapsed parts open."""
    for page in visit.course.pages:
        if not visit.wants(f"page {page['id']}"):
            continue
        visit.show(page["id"])
        visit.shoot(f"page {page['id']}")
        forward = visit.window.locator(".content-note button")
        if forward.count():
            forward.first.click()
            visit.shoot(f"page {page['id']}, after its note")
        closed = visit.window.locator(
            "main :is(details:not([open]), [aria-expanded=false], [role=tab])"
        )
        if closed.count():
            visit.window.evaluate(OPEN)
            visit.shoot(f"page {page['id']}, everything open")


def questions(visit: Visit) -> None:
    """Call ``shoot`` for every practice question: as it appears, submitted without an answer, with
    each verdict, and restored after leaving the page."""
    for page in visit.course.pages:
        for name in page["checks"]:
            title = f"question {visit.course.question(name)['type']} {name}"
            if not visit.wants(title):
                continue
            visit.show(page["id"])
            form = visit.window.locator(f"form[data-question={name}]")
            question(visit, title, form)
            visit.show(visit.course.pages[0]["id"])
            visit.show(page["id"])
            visit.shoot(f"{title}, restored", form)


def question(visit: Visit, title: str, form: Locator) -> None:
    visit.shoot(f"{title}, as it comes", form)
    if form.locator(SUBMIT).count():
        form.locator(SUBMIT).click()
    if form.locator(".error-summary").count():
        visit.shoot(f"{title}, no answer", form)
    name = form.get_attribute("data-question") or ""
    for verdict in answers(form, visit.course.question(name)):
        visit.shoot(f"{title}, {verdict}", form)


def answers(form: Locator, question: dict[str, Any]) -> Iterator[str]:
    """Submit answers to a question until every possible verdict has appeared; yields each new
    verdict, such as ``correct``."""
    seen: set[str] = set()
    submit = form.locator(SUBMIT)
    for _ in itertools.islice(fillings(form, question), MOST_TRIES):
        # The same answer as before cannot be given again.
        if submit.is_hidden():
            continue
        submit.click()
        feedback = form.locator(".feedback")
        verdict = (feedback.get_attribute("class") or "").removeprefix("feedback").strip()
        if feedback.is_visible() and verdict not in seen:
            seen.add(verdict)
            yield verdict
        if seen >= {"correct", "partly", "not_quite"} or "answered" in seen:
            return


def fillings(form: Locator, question: dict[str, Any]) -> Iterator[None]:
    """Fill in the form of a question of any type; yields after each of the possible answers."""
    presses = form.locator(".presses button").all()
    radios = form.locator(".answer [type=radio]").all()
    ticks = form.locator(".answer [type=checkbox]").all()
    selects = form.locator(".answer select").all()
    fields = form.locator(".answer :is([type=text], textarea)").all()
    rows = form.locator(".sequence > li")
    if presses:
        again = form.locator(".feedback:visible .actions button")
        # A right answer is the last one.
        right = question["answer"]["right"]
        for press in sorted(presses, key=lambda one: one.get_attribute("value") in right):
            if again.count():
                again.click()
            press.focus()
            yield
    elif radios:
        groups = dict.fromkeys(radio.get_attribute("name") for radio in radios)
        choices = [form.locator(f"[type=radio][name='{group}']").all() for group in groups]
        for before, chosen in changes(itertools.product(*choices)):
            for old, radio in zip(before, chosen, strict=True):
                if radio is not old:
                    radio.check()
            yield
    elif ticks:
        for last, wanted in changes(itertools.product((True, False), repeat=len(ticks))):
            for tick, was, on in zip(ticks, last, wanted, strict=True):
                if on is not was:
                    tick.set_checked(on)
            yield
    elif selects:
        values = [
            [value for value in select.locator("option").evaluate_all(VALUES) if value]
            for select in selects
        ]
        for given, picked in changes(itertools.product(*values)):
            for select, current, value in zip(selects, given, picked, strict=True):
                if value != current:
                    select.select_option(value)
            yield
    elif fields:
        for text in ("something else", "1", *texts(question["answer"])):
            for field in fields:
                field.fill(text)
            yield
    elif rows.count():
        # The order counts as an answer only after an item was moved.
        rows.first.locator("button:visible").last.click()
        yield
        for place, wanted in enumerate(question["options"]):
            while (at := rows.evaluate_all(IDS).index(wanted)) > place:
                rows.nth(at).locator("button:visible").first.click()
        yield


def changes(rows: Iterable[tuple[T, ...]]) -> Iterator[tuple[tuple[T | None, ...], tuple[T, ...]]]:
    """Each row with the row before it; the first with a row of ``None``."""
    before: tuple[T | None, ...] | None = None
    for row in rows:
        yield before or (None,) * len(row), row
        before = row


def texts(answer: object) -> Iterator[str]:
    """Every text and number in the answer key of a question, as texts."""
    if isinstance(answer, dict):
        answer = list(answer.values())
    if isinstance(answer, list):
        for part in answer:
            yield from texts(part)
    elif isinstance(answer, str | int | float) and not isinstance(answer, bool):
        yield str(answer)


def quizzes(visit: Visit) -> None:
    """Call ``shoot`` for the steps of each quiz, from its start to its result.

    Test-outs are left out: this trainee has read their pages, so that they have nothing to show.
    tools/walks.py has them.
    """
    for page in (page for page in visit.course.pages if page["kind"] == "quiz"):
        name = f"quiz {page['id']}"
        if not visit.wants(name):
            continue
        visit.show(page["id"])
        quiz = visit.window.locator("[data-quiz]")
        visit.shoot(f"{name}, before", quiz)
        quiz.locator("button").first.click()
        form = quiz.locator("form[data-question]")
        visit.shoot(f"{name}, a question", quiz)
        for number in range(1, MOST_QUESTIONS):
            if not form.count():
                break
            asked = form.get_attribute("data-question") or ""
            submit = quiz.locator(f"[data-question={asked}] [type=submit]")
            for _ in itertools.islice(fillings(form, visit.course.question(asked)), MOST_TRIES):
                submit.click()
                if not submit.count():
                    break
            forward = quiz.locator(".feedback button")
            if forward.count():
                if number <= 2:
                    visit.shoot(f"{name}, answer {number}", quiz)
                forward.first.click()
        submit = quiz.locator(".answers-to-check ~ .actions button")
        if submit.count():
            visit.shoot(f"{name}, the answers to check", quiz)
            submit.click()
        # It says how saving goes.
        quiz.locator(".is-saved").wait_for()
        visit.shoot(f"{name}, the result", quiz)


def scenarios(visit: Visit) -> None:
    """Call ``shoot`` for the steps of the best way through each scenario, and an earlier scene."""
    for page in (page for page in visit.course.pages if page["kind"] == "scenario"):
        name = f"scenario {page['id']}"
        if not visit.wants(name):
            continue
        visit.show(page["id"])
        place = visit.window.locator(".scenario")
        visit.shoot(f"{name}, a scene", place)
        forward = visit.window.locator("#walk-next")
        for number, choice in enumerate(best_way(page["scenario"]), 1):
            visit.press(f"#walk-{choice}")
            if forward.count():
                visit.shoot(f"{name}, decision {number}", place)
                forward.click()
            if number == 1:
                visit.shoot(f"{name}, a later scene", place)
                visit.press("#walk-back")
                visit.shoot(f"{name}, an earlier scene", place)
                forward.click()
        visit.shoot(f"{name}, the ending", place)
        visit.press("#walk-again")
        visit.shoot(f"{name}, another way", place)


def records(visit: Visit) -> None:
    """Call ``shoot`` for each record page, filled in with a text that is too long and an invalid
    date."""
    for page in (page for page in visit.course.pages if page["record"]):
        if not visit.wants(f"record {page['id']}"):
            continue
        visit.show(page["id"])
        record = visit.window.locator("[data-record]")
        record.locator("textarea").first.fill("I read the pages and asked my manager.")
        for field, digits in zip(
            record.locator(".date input").all(), ("27", "3", "2026"), strict=False
        ):
            field.fill(digits)
        record.locator("textarea").last.fill("x" * 900)
        record.locator(".date input").last.fill("99")
        record.locator("textarea").first.focus()
        told = record.locator(".field:has(textarea) [role=status]")
        for room in (told.first, told.last):
            room.filter(has_text=re.compile(r"\S")).wait_for()
        record.locator(".error-message:not(:empty)").last.wait_for()
        visit.shoot(f"record {page['id']}, filled in", record)
        record.locator("[data-copy]").click()
        record.locator("[role=status]").last.filter(has_text=re.compile(r"\S")).wait_for()
        visit.shoot(f"record {page['id']}, copied", record)


def shell(visit: Visit) -> None:
    """Call ``shoot`` for the views around the pages: contents, search, help, about, notices,
    exit."""
    visit.show(visit.course.pages[1]["id"])
    if visit.window.locator("#contents-button").is_visible():
        visit.press("#contents-button")
        # The script of the contents may still be loading.
        visit.window.locator("#contents").wait_for()
        visit.shoot("contents")
        visit.window.keyboard.press("Escape")
    if visit.window.locator("#search-button").is_visible():
        search(visit)
    if visit.window.locator("#help-link").is_visible():
        visit.press("#help-link")
        visit.window.locator("main .contacts").first.wait_for()
        visit.shoot("help and contacts")
    visit.press("#about-button")
    visit.window.locator("main .facts").wait_for()
    visit.shoot("about this course")
    visit.window.evaluate("location.hash = '#end'")
    visit.window.locator("main .counts:not(:empty), main .band").first.wait_for()
    visit.shoot("your result")
    visit.show(visit.course.pages[0]["id"])
    visit.window.keyboard.press("Shift")
    visit.shoot("exit this page, Shift pressed once")
    visit.window.keyboard.press("Escape")
    visit.lms.down = True
    visit.show(visit.course.pages[2]["id"])
    visit.window.locator("[data-notice=save]").wait_for()
    visit.shoot("notices, not saved")
    visit.press("#exit-button")
    visit.window.locator("#notices [data-notice]").nth(1).wait_for()
    visit.shoot("notices, exit while nothing is saved")
    visit.window.locator("[data-notice=save] > .actions button").first.focus()
    # From now on the player's own retry may remove the button, too.
    visit.lms.down = False
    visit.window.keyboard.press("Enter")
    visit.window.locator("[data-notice=save]").wait_for(state="detached")
    visit.press("#exit-button")
    visit.window.locator("#exit-button").wait_for(state="hidden")
    visit.shoot("exit")
    visit.window.goto(visit.window.url.partition("index.html")[0] + "leave.html")
    visit.shoot("exit this page, where it leads")


def search(visit: Visit) -> None:
    """Call ``shoot`` for the search: as it opens, with pages found and with none."""
    visit.press("#search-button")
    # The script of the search is loaded only now.
    visit.window.locator("#search-words").wait_for()
    visit.shoot("search, as it comes")
    status = visit.window.locator("#search [role=status]:not(:empty)")
    for words, state in (("plant", "pages found"), ("zzz", "nothing found")):
        before = status.text_content() if status.count() else ""
        visit.window.locator("#search-words").fill(words)
        visit.window.keyboard.press("Enter")
        status.filter(has_not_text=before or "\0").wait_for()
        visit.shoot(f"search, {state}")
    visit.window.keyboard.press("Escape")


def resumed(visit: Visit) -> None:
    """Call ``shoot`` for the choice between resuming and starting again, which a later visit
    offers."""
    visit.shoot("resume, a later visit")
    visit.press(".resume button.plain")
    visit.shoot("resume, start again")


SCENES = (pages, questions, quizzes, scenarios, records, shell, resumed)
"""All scenes; each is played in a separate visit of the same trainee."""
