"""Takes the pictures of the documents: a page of the course in a wide window, and the preview
while a page is written."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize

from builder.preview.editor import Editor
from builder.preview.running import Request, running
from tests.lms.scorm_again import scorm_again
from tests.support.chromium import running_chromium
from tests.support.packages import built, unpack

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "page.png"
PAGE = "what-should-i-do"
SIZE: ViewportSize = {"width": 1280, "height": 860}


WINDOW: ViewportSize = {"width": 1080, "height": 600}
WRITTEN = "pages/what-should-i-do.md"


def film(browser: Browser, folder: Path) -> None:
    """The preview: a course, a mistake over its page, a trainee who has passed."""
    shutil.copytree(ROOT / "course", folder / "course")
    written = folder / "course" / WRITTEN
    text = written.read_text("utf-8")
    request = Request(folder / "course", date(2026, 11, 26), "moodle", Editor())
    page = browser.new_page(viewport=WINDOW)
    with running(request) as preview:
        page.goto(preview.address)
        course = page.frame_locator("#frame").frame_locator("iframe[name=sco]")
        course.get_by_text("Saved", exact=True).wait_for()
        _shoot(page, "course")
        written.write_text(f"{text}\n::: callut Keep in mind\nYou are not alone.\n:::\n", "utf-8")
        page.locator("#overlay article").wait_for()
        _shoot(page, "mistake")
        written.write_text(f"{text}\nYou are not alone.\n", "utf-8")
        page.locator("#overlay").wait_for(state="hidden")
        page.get_by_label("Trainee", exact=True).select_option("finished")
        page.get_by_text("“passed”: done.").wait_for()
        course.locator("#notices .notice").first.wait_for()
        _shoot(page, "passed")
    page.close()


def _shoot(page: Page, name: str) -> None:
    page.screenshot(path=ROOT / "docs" / f"preview-{name}.png")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, running_chromium() as browser:
        unpacked = unpack(built(ROOT / "course", Path(folder)), Path(folder, "unpacked"))
        page = browser.new_page(viewport=SIZE)
        with scorm_again(unpacked) as lms:
            page.goto(lms.url(href=f"index.html#/{PAGE}"))
            course = page.frame_locator("iframe")
            course.locator(f"article[data-page={PAGE}]").wait_for()
            course.get_by_text("Saved", exact=True).wait_for()
            page.mouse.click(SIZE["width"] - 5, SIZE["height"] - 5)
            page.screenshot(path=PICTURE)
        film(browser, Path(folder, "film"))


if __name__ == "__main__":
    main()
