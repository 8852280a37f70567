"""Takes the README's picture: a page of the course, as wide as Moodle's frame shows it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import ViewportSize

from tests.lms.scorm_again import scorm_again
from tests.support.chromium import running_chromium
from tests.support.packages import built, unpack

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "page.png"
PAGE = "what-should-i-do"
SIZE: ViewportSize = {"width": 867, "height": 880}
"""Moodle's frame in a window of 1280 px (facts/moodle.md#launch)."""


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


if __name__ == "__main__":
    main()
