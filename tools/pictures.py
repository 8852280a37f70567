"""Takes the screenshots in ``docs/``: of a page of the course with an answered question, of the
preview while the tutorial's course is written, and of the reports of an audit and of results."""

from __future__ import annotations

import tempfile
from contextlib import chdir
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize

from builder.audit import audit
from builder.cli.report.audit_page import as_page
from builder.preview.editor import Editor
from builder.preview.running import Request, running
from tests.audit import good_player
from tests.lms.scorm_again import scorm_again
from tests.support.chromium import running_chromium
from tests.support.packages import built, unpack
from tests.support.ways import SUBMIT
from tools import documents
from tools.documents import follow
from tools.scenes import Course
from tools.walks import rightly

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "page.png"
PAGE = "what-should-i-do"
SIZE: ViewportSize = {"width": 1280, "height": 1320}
"""Size of the window in pixels, so high that it shows the first question with its feedback."""

WINDOW: ViewportSize = {"width": 1080, "height": 600}
TUTORIAL = ROOT / "docs" / "tutorial.md"
BEGUN, WRITTEN, MENDED = 2, 4, 5
"""Numbers of sections of the tutorial: those after which a screenshot is taken."""
REPORT: ViewportSize = {"width": 900, "height": 1200}
SHEET: ViewportSize = {"width": 900, "height": 520}
LMSS = ("moodle", "strict")
EXPORTED = ('-org"><title>Small course<', '-org"><title>Fire safety<')
HEAD = '<meta charset="utf-8">'
MISTAKES = (
    (HEAD, f'{HEAD}<script src="lib/player.js"></script>'),
    ("<main></main>", '<main></main><img src="https://cdn.example.org/logo.png" alt="">'),
)
CENTRE = "it => it.scrollIntoView({block: 'center'})"


def film(browser: Browser, folder: Path) -> None:
    """Take the screenshots of the tutorial's course in the preview: as ``new`` makes it, with a
    mistake, with the mistake corrected, and passed by a trainee."""
    folder.mkdir()
    page = browser.new_page(viewport=WINDOW)
    sections = TUTORIAL.read_text("utf-8").split("\n## ")
    with chdir(folder):
        follow(sections[BEGUN])
        request = Request(folder / "library-welcome", documents.TODAY, "moodle", Editor())
        with running(request) as preview:
            page.goto(preview.address)
            course = page.frame_locator("#frame").frame_locator("iframe[name=sco]")
            course.get_by_role("button", name="Start", exact=True).click()
            course.get_by_text("Saved", exact=True).wait_for()
            page.get_by_text("incomplete: not finished yet").first.wait_for()
            _shoot(page, "new")
            follow(sections[WRITTEN])
            page.get_by_text("1 error to mend").wait_for()
            _shoot(page, "mistake")
            follow(sections[MENDED])
            page.locator("#overlay").wait_for(state="hidden")
            page.locator("#strip").get_by_role("button", name="Close").press("Enter")
            course.get_by_text("Ask the duty librarian").evaluate(CENTRE)
            _shoot(page, "mended")
            page.get_by_label("Trainee", exact=True).select_option("finished")
            page.get_by_text("“passed”: done.").wait_for()
            course.get_by_text("Nothing is recorded during this visit.").wait_for()
            _shoot(page, "passed")
    page.close()


def _shoot(page: Page, name: str) -> None:
    page.screenshot(path=ROOT / "docs" / f"preview-{name}.png")


def half_way(browser: Browser, folder: Path) -> None:
    course = Course.at(unpack(built(ROOT / "course", folder), folder / "unpacked"))
    page = browser.new_page(viewport=SIZE)
    with scorm_again(course.folder) as lms:
        page.goto(lms.url())
        shown = page.frame_locator("iframe")
        shown.locator("#begin").click()
        for entry in course.pages:
            shown.locator(f"article[data-page={entry['id']}]").wait_for()
            if entry["id"] == PAGE:
                break
            shown.locator("#next").click()
        form = shown.locator("main form[data-question]").first
        rightly(form, course.question(form.get_attribute("data-question") or ""))
        form.locator(SUBMIT).click()
        shown.locator(".feedback.correct").first.wait_for()
        shown.locator("html").evaluate("it => it.scrollTo({ top: 0, behavior: 'instant' })")
        page.mouse.click(SIZE["width"] - 5, SIZE["height"] - 5)
        page.screenshot(path=PICTURE)
    page.close()


def audited(browser: Browser, folder: Path) -> None:
    """Take the screenshot of an audit's report, for a package with common faults."""
    package = Path("fire-safety")
    folder.mkdir()
    with chdir(folder):
        good_player.write(package, *MISTAKES, manifest=EXPORTED)
        found = audit(package, LMSS)
    page = browser.new_page(viewport=REPORT)
    page.set_content(as_page(found))
    page.screenshot(path=ROOT / "docs" / "audit.png")
    page.close()


def results(browser: Browser, folder: Path) -> None:
    """Take the screenshots of the results of a sample course: what to look at, a question, and the
    figures in the preview."""
    folder.mkdir()
    name = "fire-safety"
    page = browser.new_page(viewport=SHEET)
    with chdir(folder):
        documents.write_sample(name)
        command = ("results", "report.txt", "--package", f"{name}-1.0.0.zip", "--course", name)
        documents.run(*command, "-o", "report.html")
        documents.run(*command, "-o", f"{name}/results.json")
        page.goto((folder / "report.html").as_uri())
        page.screenshot(path=ROOT / "docs" / "results.png")
        page.locator("article.urgent").first.screenshot(path=ROOT / "docs" / "results-question.png")
        page.set_viewport_size(WINDOW)
        request = Request(folder / name, documents.TODAY, "moodle", Editor())
        with running(request) as preview:
            page.goto(preview.address)
            course = page.frame_locator("#frame").frame_locator("iframe[name=sco]")
            course.get_by_role("button", name="Start", exact=True).click()
            course.get_by_role("button", name="Next: Check what you know").click()
            page.get_by_role("tab", name="Results").click()
            page.get_by_text("which the key calls wrong").evaluate(CENTRE)
            page.screenshot(path=ROOT / "docs" / "results-preview.png")
    page.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, running_chromium() as browser:
        half_way(browser, Path(folder))
        film(browser, Path(folder, "film"))
        audited(browser, Path(folder, "audited"))
        results(browser, Path(folder, "results"))


if __name__ == "__main__":
    main()
