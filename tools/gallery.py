"""Takes pictures of everything that trainees meet, in every look, for people to look at.

The pictures go to build/gallery/, with an index.html that shows them side by side. Nothing is
compared: what is right or poor is for eyes to see.
"""

from __future__ import annotations

import itertools
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page

from tests.arabic import arabic
from tests.lms.scorm_again import ScormAgain, scorm_again
from tools.chromium import running_chromium

ROOT = Path(__file__).resolve().parent.parent
GALLERY = ROOT / "build" / "gallery"
WIDE, NARROW = 800, 320
HEIGHT = 700
MOST_QUESTIONS = 50
MOST_TRIES = 60
"""Answers given to a question while looking for one that is right, one wrong and one between."""


@dataclass(frozen=True, slots=True)
class Look:
    """One way to see a page: the window's width and what the trainee's system asks for."""

    name: str
    width: int
    media: dict[str, Any]


VALUES = "all => all.map((it) => it.value)"
IDS = "all => all.map((it) => it.dataset.id)"
OPEN = """() => {
  for (const it of document.querySelectorAll("main details")) it.open = true;
  for (const it of document.querySelectorAll("main [aria-expanded=false]")) it.click();
}"""
LIGHT: dict[str, Any] = {"color_scheme": "light", "forced_colors": "none"}
LOOKS = (
    Look("light", WIDE, LIGHT),
    Look("dark", WIDE, LIGHT | {"color_scheme": "dark"}),
    Look("320 px", NARROW, LIGHT),
)
RTL = (Look("right to left", WIDE, LIGHT), Look("right to left, 320 px", NARROW, LIGHT))
FORCED = Look("forced colours", WIDE, LIGHT | {"forced_colors": "active"})


@dataclass(frozen=True, slots=True)
class Course:
    """A course to look at: where it lies unpacked, and its outline."""

    folder: Path
    outline: dict[str, Any]

    @property
    def pages(self) -> list[dict[str, Any]]:
        return list(self.outline["pages"])

    def question(self, name: str) -> dict[str, Any]:
        return next(one for one in self.outline["questions"] if one["id"] == name)


@dataclass(slots=True)
class Visit:
    """One visit of a trainee in a window of its own; ``shoot(title)`` takes what is to be seen,
    if its title starts with ``only``."""

    course: Course
    lms: ScormAgain
    window: Page
    shoot: Callable[..., None]
    only: str

    def show(self, page: str) -> None:
        self.window.evaluate("id => (location.hash = `#/${id}`)", page)
        title = next(one["title"] for one in self.course.pages if one["id"] == page)
        self.window.locator("main h1").get_by_text(title, exact=True).wait_for()

    def wants(self, title: str) -> bool:
        """Whether any picture can be wanted whose title starts like this."""
        return title.startswith(self.only) or self.only.startswith(title)

    def press(self, selector: str) -> None:
        self.window.locator(selector).first.click()


def built(source: Path, folder: Path) -> Course:
    """A course as an LMS unpacks it."""
    build = [sys.executable, "-m", "builder", "build", str(source), "-o", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    (package,) = folder.glob("*.zip")
    unpacked = folder / "unpacked"
    with zipfile.ZipFile(package) as archive:
        archive.extractall(unpacked)
    return Course(unpacked, json.loads((unpacked / "course.json").read_text("utf-8")))


# What there is to see: each takes a visit from one thing to the next.


def pages(visit: Visit) -> None:
    """Every page as it comes, and with all that can be opened."""
    for page in visit.course.pages:
        if not visit.wants(f"page {page['id']}"):
            continue
        visit.show(page["id"])
        visit.shoot(f"page {page['id']}")
        forward = visit.window.locator(".content-note button")
        if forward.count():
            forward.first.click()
            visit.shoot(f"page {page['id']}, after its note")
        closed = visit.window.locator("main :is(details:not([open]), [aria-expanded=false])")
        if closed.count():
            visit.window.evaluate(OPEN)
            visit.shoot(f"page {page['id']}, everything open")


def questions(visit: Visit) -> None:
    """Every practice question: as it comes, unanswered, and answered in every way that there is."""
    for page in visit.course.pages:
        for name in page["checks"]:
            if not visit.wants(f"question {name}"):
                continue
            visit.show(page["id"])
            question(visit, name)
            visit.show(visit.course.pages[0]["id"])
            visit.show(page["id"])
            visit.shoot(f"question {name}, restored", form_of(visit, name))


def form_of(visit: Visit, name: str) -> Locator:
    return visit.window.locator(f"form[data-question={name}]")


def question(visit: Visit, name: str) -> None:
    form = form_of(visit, name)
    kind = visit.course.question(name)["type"]
    visit.shoot(f"question {name} ({kind}), as it comes", form)
    form.locator("[type=submit]").click()
    if form.locator(".error-summary").count():
        visit.shoot(f"question {name}, no answer", form)
    for verdict in answers(form, visit.course.question(name)):
        visit.shoot(f"question {name}, {verdict}", form)


def answers(form: Locator, question: dict[str, Any]) -> Iterator[str]:
    """Answers a form until every verdict has been seen that there is; yields each new one."""
    seen: set[str] = set()
    for _ in itertools.islice(fillings(form, question), MOST_TRIES):
        form.locator("[type=submit]").click()
        feedback = form.locator(".feedback")
        verdict = (feedback.get_attribute("class") or "").removeprefix("feedback").strip()
        if feedback.is_visible() and verdict not in seen:
            seen.add(verdict)
            yield verdict
        if seen >= {"correct", "partly", "not_quite"} or "answered" in seen:
            return


def fillings(form: Locator, question: dict[str, Any]) -> Iterator[None]:
    """Fills a form in, one way after another, whatever its controls are."""
    radios = form.locator(".answer [type=radio]").all()
    ticks = form.locator(".answer [type=checkbox]").all()
    selects = form.locator(".answer select").all()
    fields = form.locator(".answer :is([type=text], textarea)").all()
    rows = form.locator(".sequence > li")
    if radios:
        groups = dict.fromkeys(radio.get_attribute("name") for radio in radios)
        choices = [form.locator(f"[type=radio][name='{group}']").all() for group in groups]
        for chosen in itertools.product(*choices):
            for radio in chosen:
                radio.check()
            yield
    elif ticks:
        for wanted in itertools.product((True, False), repeat=len(ticks)):
            for tick, on in zip(ticks, wanted, strict=True):
                tick.set_checked(on)
            yield
    elif selects:
        values = [
            [value for value in one.locator("option").evaluate_all(VALUES) if value]
            for one in selects
        ]
        for picked in itertools.product(*values):
            for one, value in zip(selects, picked, strict=True):
                one.select_option(value)
            yield
    elif fields:
        for text in ("something else", "1", *texts(question["answer"])):
            for field in fields:
                field.fill(text)
            yield
    elif rows.count():
        yield
        rows.first.locator("button:visible").last.click()
        yield
        for place, wanted in enumerate(question["options"]):
            while (at := rows.evaluate_all(IDS).index(wanted)) > place:
                rows.nth(at).locator("button:visible").first.click()
        yield


def texts(answer: object) -> Iterator[str]:
    """Every text and number in what a question's answer says."""
    if isinstance(answer, dict):
        answer = list(answer.values())
    if isinstance(answer, list):
        for part in answer:
            yield from texts(part)
    elif isinstance(answer, str | int | float) and not isinstance(answer, bool):
        yield str(answer)


def quizzes(visit: Visit) -> None:
    """A quiz from its start to its review."""
    for page in (page for page in visit.course.pages if page["quiz"]):
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
        visit.shoot(f"{name}, the result", quiz)


def records(visit: Visit) -> None:
    """A record: filled in, and with a date that is none."""
    for page in (page for page in visit.course.pages if page["record"]):
        if not visit.wants(f"record {page['id']}"):
            continue
        visit.show(page["id"])
        record = visit.window.locator("[data-record]")
        record.locator("textarea").first.fill("I read the pages and asked my manager.")
        for field, digits in zip(record.locator("input").all(), ("27", "3", "2026"), strict=False):
            field.fill(digits)
        record.locator("textarea").last.fill("x" * 900)
        record.locator("input").last.fill("99")
        record.locator("textarea").first.focus()
        visit.window.wait_for_timeout(1200)
        visit.shoot(f"record {page['id']}, filled in", record)
        record.locator("[data-copy]").click()
        visit.shoot(f"record {page['id']}, copied", record)


def shell(visit: Visit) -> None:
    """What stands round the pages: contents, search, about, notices, exit."""
    visit.show(visit.course.pages[1]["id"])
    for name, toggle in (("contents", "#contents-button"), ("search", "#search-button")):
        if visit.window.locator(toggle).is_visible():
            visit.press(toggle)
            if name == "search":
                visit.window.locator("#search-words").fill("plant")
                visit.window.keyboard.press("Enter")
                visit.window.wait_for_timeout(800)
            visit.shoot(name)
            visit.window.keyboard.press("Escape")
    visit.press("#about-button")
    visit.window.locator("h1").wait_for()
    visit.shoot("about this course")
    visit.show(visit.course.pages[0]["id"])
    visit.window.keyboard.press("Shift")
    visit.shoot("Shift pressed once")
    visit.window.keyboard.press("Escape")
    visit.lms.down = True
    visit.show(visit.course.pages[2]["id"])
    visit.window.locator("[data-notice=save]").wait_for()
    visit.shoot("not saved")
    visit.press("#exit-button")
    visit.window.wait_for_timeout(500)
    visit.shoot("exit while nothing is saved")
    visit.lms.down = False
    visit.press("[data-notice=save] button")
    visit.window.locator("[data-notice=save]").wait_for(state="detached", timeout=60_000)
    visit.press("#exit-button")
    visit.window.locator("#main h1").wait_for()
    visit.window.wait_for_timeout(500)
    visit.shoot("after exit")
    visit.window.goto(visit.window.url.partition("index.html")[0] + "leave.html")
    visit.shoot("where “Exit this page” leads")


def resumed(visit: Visit) -> None:
    """The choice at a later visit."""
    visit.shoot("a later visit")
    if visit.window.locator(".resume button.plain").count():
        visit.press(".resume button.plain")
        visit.shoot("a later visit, start again")


SCENES = (pages, questions, quizzes, records, shell, resumed)
"""Each starts a visit of its own, of the same trainee."""


class Album:
    """The pictures of one run, in the order in which they were taken."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, str]] = {}

    def take(self, title: str, look: Look, window: Page, part: Locator | None) -> None:
        window.set_viewport_size({"width": look.width, "height": HEIGHT})
        window.emulate_media(**look.media)
        stem = re.sub(r"[^a-z0-9]+", "-", f"{title} {look.name}".lower()).strip("-")
        path = GALLERY / f"{stem}.png"
        if part is None:
            window.screenshot(path=path, full_page=True)
        else:
            part.first.screenshot(path=path)
        self.rows.setdefault(title, {})[look.name] = path.name

    def write(self) -> None:
        names = list(dict.fromkeys(name for row in self.rows.values() for name in row))
        lines = [
            "<!doctype html><html lang=en><meta charset=utf-8><title>Gallery</title>",
            "<style>body{margin:1rem;font:1rem/1.4 system-ui;background:#ddd}"
            "section{margin-block:2rem}div{display:flex;gap:1rem;align-items:start;overflow-x:auto}"
            "figure{margin:0}img{max-width:420px;border:1px solid #999}</style>",
            "<h1>Gallery</h1>",
        ]
        for title, row in self.rows.items():
            lines.append(f"<section><h2>{escape(title)}</h2><div>")
            lines += [
                f"<figure><figcaption>{escape(name)}</figcaption>"
                f'<a href="{row[name]}"><img src="{row[name]}" alt="" loading=lazy></a></figure>'
                for name in names
                if name in row
            ]
            lines.append("</div></section>")
        (GALLERY / "index.html").write_text("\n".join(lines) + "\n", "utf-8")


@contextmanager
def visiting(browser: Browser, lms: ScormAgain) -> Iterator[Page]:
    """The window of a course, opened by its LMS."""
    context = browser.new_context(viewport={"width": WIDE, "height": HEIGHT})
    opener = context.new_page()
    with opener.expect_popup() as popup:
        opener.goto(lms.url("popup"))
    window = popup.value
    window.set_default_timeout(5000)
    window.locator("#progress:not(:empty)").wait_for()
    yield window
    context.close()


def look_at(
    browser: Browser, course: Course, looks: tuple[Look, ...], album: Album, only: str
) -> None:
    with scorm_again(course.folder) as lms:
        for scene in SCENES:
            with visiting(browser, lms) as window:

                def shoot(title: str, part: Locator | None = None, window: Page = window) -> None:
                    if title.startswith(only):
                        for look in looks:
                            album.take(title, look, window, part)
                        window.set_viewport_size({"width": WIDE, "height": HEIGHT})
                        window.emulate_media(**LIGHT)

                scene(Visit(course, lms, window, shoot, only))


def main(only: str = "") -> None:
    """Pictures of everything, or of what has a title that starts with ``only``."""
    shutil.rmtree(GALLERY, ignore_errors=True)
    GALLERY.mkdir(parents=True)
    album = Album()
    with tempfile.TemporaryDirectory() as folder, running_chromium() as browser:
        work = Path(folder)
        look_at(browser, built(ROOT / "tests/showcase", work / "en"), (*LOOKS, FORCED), album, only)
        look_at(browser, built(arabic(work / "source"), work / "ar"), RTL, album, only)
    album.write()
    print(f"{sum(map(len, album.rows.values()))} pictures: {GALLERY / 'index.html'}")


if __name__ == "__main__":
    main(*sys.argv[1:2])
