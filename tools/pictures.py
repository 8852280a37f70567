"""Takes the README's picture: a page of the course, as wide as Moodle's frame shows it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from playwright.sync_api import ViewportSize

from tools.chromium import running_chromium

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "page.png"
PAGE = "definition"
SIZE: ViewportSize = {"width": 867, "height": 740}
"""Moodle's frame in a window of 1280 px (MOODLE.md, "Launch")."""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, running_chromium() as browser:
        build = [sys.executable, "-m", "builder", "build", "course", "-o", folder]
        subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        (package,) = Path(folder).glob("*.zip")
        unpacked = Path(folder, "unpacked")
        with zipfile.ZipFile(package) as archive:
            archive.extractall(unpacked)
        page = browser.new_page(viewport=SIZE)
        page.goto((unpacked / "index.html").as_uri() + f"#/{PAGE}")
        page.locator(f"article[data-page={PAGE}] h1").wait_for()
        page.mouse.click(SIZE["width"] - 5, SIZE["height"] - 5)
        page.screenshot(path=PICTURE)


if __name__ == "__main__":
    main()
