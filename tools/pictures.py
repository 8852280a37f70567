"""Takes the README's picture: a page of the course, as wide as Moodle's frame shows it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from playwright.sync_api import ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "page.png"
PAGE = "definition"
SIZE: ViewportSize = {"width": 867, "height": 640}
"""Moodle's frame in a window of 1280 px (MOODLE.md, "Launch")."""


def main() -> None:
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(Path(sys.executable).with_name("node")))
    chromium = subprocess.check_output([sys.executable, "tools/chromium.py"], cwd=ROOT, text=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        build = [sys.executable, "-m", "builder", "build", "course", "-o", folder]
        subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        (package,) = Path(folder).glob("*.zip")
        unpacked = Path(folder, "unpacked")
        with zipfile.ZipFile(package) as archive:
            archive.extractall(unpacked)
        browser = playwright.chromium.launch(
            executable_path=chromium.strip(), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport=SIZE)
        page.goto((unpacked / "index.html").as_uri() + f"#/{PAGE}")
        page.locator(f"article[data-page={PAGE}] h1").wait_for()
        page.mouse.click(SIZE["width"] - 5, SIZE["height"] - 5)
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
