"""Takes pictures of everything that trainees meet, in every look, for people to look at.

The pictures go to build/gallery/, with an index.html that shows them side by side. Nothing is
compared: what is right or poor is for eyes to see.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page

from builder.slugs import slug
from tests.lms.scorm_again import scorm_again
from tests.support.arabic import arabic
from tests.support.chromium import running_chromium
from tests.support.packages import built, unpack
from tools.scenes import HEIGHT, SCENES, WIDE, Course, Visit, visiting

ROOT = Path(__file__).resolve().parent.parent
GALLERY = ROOT / "build" / "gallery"
NARROW = 320


@dataclass(frozen=True, slots=True)
class Look:
    """One way to see a page: the window's width and what the trainee's system asks for."""

    name: str
    width: int
    media: dict[str, Any]


LIGHT: dict[str, Any] = {"color_scheme": "light", "forced_colors": "none"}
LOOKS = (
    Look("light", WIDE, LIGHT),
    Look("dark", WIDE, LIGHT | {"color_scheme": "dark"}),
    Look("320 px", NARROW, LIGHT),
)
RTL = (Look("right to left", WIDE, LIGHT), Look("right to left, 320 px", NARROW, LIGHT))
FORCED = Look("forced colours", WIDE, LIGHT | {"forced_colors": "active"})


class Album:
    """The pictures of one run, in the order in which they were taken."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, str]] = {}

    def take(self, title: str, look: Look, window: Page, part: Locator | None) -> None:
        window.set_viewport_size({"width": look.width, "height": HEIGHT})
        window.emulate_media(**look.media)
        path = GALLERY / f"{slug(f'{title} {look.name}')}.png"
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


def look_at(
    browser: Browser, course: Course, looks: tuple[Look, ...], album: Album, only: str
) -> None:
    with scorm_again(course.folder) as lms:
        for scene in SCENES:
            with visiting(browser.new_context(), lms) as window:

                def shoot(title: str, part: Locator | None = None, window: Page = window) -> None:
                    if title.startswith(only):
                        for look in looks:
                            album.take(title, look, window, part)
                        window.set_viewport_size({"width": WIDE, "height": HEIGHT})
                        window.emulate_media(**LIGHT)

                scene(Visit(course, lms, window, shoot, only))


def course(source: Path, folder: Path) -> Course:
    """A course as an LMS unpacks it."""
    return Course.at(unpack(built(source, folder), folder / "unpacked"))


def main(only: str = "") -> None:
    """Pictures of everything, or of what has a title that starts with ``only``."""
    shutil.rmtree(GALLERY, ignore_errors=True)
    GALLERY.mkdir(parents=True)
    album = Album()
    with tempfile.TemporaryDirectory() as folder, running_chromium() as browser:
        work = Path(folder)
        look_at(
            browser, course(ROOT / "tests/showcase", work / "en"), (*LOOKS, FORCED), album, only
        )
        look_at(browser, course(arabic(work / "source"), work / "ar"), RTL, album, only)
    album.write()
    print(f"{sum(map(len, album.rows.values()))} pictures: {GALLERY / 'index.html'}")


if __name__ == "__main__":
    main(*sys.argv[1:2])
