"""Takes screenshots of everything that trainees see, in windows of different sizes and colours.

They are written to build/gallery/, with an index.html that shows them side by side. The tool
compares nothing: people look at the screenshots and judge.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page

from builder.base.slugs import slug
from builder.course.colours import PRESETS
from tests.lms.scorm_again import scorm_again
from tests.support.chromium import running_chromium
from tests.support.packages import built, unpack
from tools.scenes import HEIGHT, SCENES, WIDE, Course, Visit, visiting
from tools.walks import WALKS, completed, glimpse, languages, not_passed, test_outs

Scene = Callable[[Visit], None]
ROOT = Path(__file__).resolve().parent.parent
SHOWCASE = ROOT / "tests" / "showcase"
GALLERY = ROOT / "build" / "gallery"
PHONE, FRAME, WINDOW = 390, 700, 1366
"""Widths in pixels: a phone, the frame in which Moodle shows a course, a wide window."""
SHEETS = {"A4": (794, 1123), "Letter": (816, 1056)}


@dataclass(frozen=True, slots=True)
class Look:
    """One way to see a page: the width of the window in pixels, and the settings of the trainee's
    system, as arguments of Playwright's ``emulate_media``."""

    name: str
    width: int
    media: dict[str, Any]


LIGHT: dict[str, Any] = {"media": "screen", "color_scheme": "light", "forced_colors": "none"}
DARK: dict[str, Any] = LIGHT | {"color_scheme": "dark"}
LOOKS = tuple(
    Look(f"{size}, {scheme}", width, media)
    for size, width in (("wide", WINDOW), ("frame", FRAME), ("phone", PHONE))
    for scheme, media in (("light", LIGHT), ("dark", DARK))
)
FORCED = Look("forced colours", FRAME, LIGHT | {"forced_colors": "active"})
RTL = tuple(
    Look(f"right to left, {look.name}", look.width, look.media)
    for look in (LOOKS[0], LOOKS[3], LOOKS[4])
)
PSEUDO = tuple(
    Look(f"pseudo-language, {look.name}", look.width, look.media) for look in (LOOKS[2], LOOKS[4])
)
PAPER = tuple(Look(name, width, LIGHT | {"media": "print"}) for name, (width, _) in SHEETS.items())


@dataclass(frozen=True, slots=True)
class Shot:
    """What a screenshot shows: a part of the page, or the whole page if ``part`` is ``None``.
    ``ready`` is called before each screenshot, after the window has its size."""

    part: Locator | None
    ready: Callable[[], None] | None


class Album:
    """The screenshots of one run: file names by title and name of the look, in order."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, str]] = {}

    def take(self, title: str, look: Look, window: Page, shot: Shot) -> None:
        height = SHEETS[look.name][1] if look in PAPER else HEIGHT
        window.set_viewport_size({"width": look.width, "height": height})
        window.emulate_media(**look.media)
        window.mouse.move(0, 0)
        path = GALLERY / f"{slug(f'{title} {look.name}')}.png"
        if shot.ready:
            shot.ready()
        if shot.part is None:
            # Scroll to the top, because the sticky header is where the page is scrolled to.
            window.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
            whole = window.evaluate("document.documentElement.scrollHeight")
            window.set_viewport_size({"width": look.width, "height": max(height, whole)})
            window.screenshot(path=path)
        else:
            # Otherwise the header covers a part of the screenshot.
            window.evaluate("document.querySelector('.bar').style.position = 'relative'")
            shot.part.first.screenshot(path=path)
            window.evaluate("document.querySelector('.bar').style.position = ''")
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


@dataclass(frozen=True, slots=True)
class Photographer:
    """Takes the screenshots whose titles start with ``only``; all if it is empty."""

    browser: Browser
    album: Album
    only: str

    def wants(self, prefix: str) -> bool:
        """Whether a screenshot whose title starts with ``prefix`` may be one to take."""
        return prefix.startswith(self.only) or self.only.startswith(prefix)

    def look_at(
        self, course: Course, scenes: Sequence[Scene], looks: Sequence[Look], prefix: str = ""
    ) -> None:
        """Take the screenshots of these scenes of a course, in these looks, as visits of one
        trainee. ``prefix`` comes before their titles."""
        if not self.wants(prefix):
            return
        with scorm_again(course.folder) as lms:
            for scene in scenes:
                with visiting(self.browser.new_context(), lms) as window:
                    shoot = self.shooting(window, looks, prefix)
                    scene(Visit(course, lms, window, shoot, self.only.removeprefix(prefix)))

    def shooting(self, window: Page, looks: Sequence[Look], prefix: str) -> Callable[..., None]:
        def shoot(
            title: str,
            part: Locator | None = None,
            paper: bool = False,
            ready: Callable[[], None] | None = None,
        ) -> None:
            if not f"{prefix}{title}".startswith(self.only):
                return
            for look in PAPER if paper else looks:
                self.album.take(f"{prefix}{title}", look, window, Shot(part, ready))
            window.set_viewport_size({"width": WIDE, "height": HEIGHT})
            window.emulate_media(**LIGHT)

        return shoot


def course(source: Path, folder: Path, *options: str) -> Course:
    """Build the course in the folder ``source``, and unpack it into ``folder`` as an LMS does;
    ``options`` are those of ``scorm-builder build``."""
    return Course.at(unpack(built(source, folder, *options), folder / "unpacked"))


def showcase_with(folder: Path, changes: Mapping[str, str]) -> Path:
    """Copy the showcase to ``folder``, and replace texts in its course.yaml; returns the folder.
    ``changes`` maps old texts to new ones."""
    shutil.copytree(SHOWCASE, folder)
    settings = folder / "course.yaml"
    text = settings.read_text("utf-8")
    for before, after in changes.items():
        text = text.replace(before, after)
    settings.write_text(text, "utf-8")
    return folder


def with_preset(folder: Path, preset: str) -> Path:
    """Copy the showcase to ``folder``, with a theme preset of the builder instead of its own
    stylesheet; returns the folder."""
    changes = {
        '  accent: "#0b6b3a"\n': "",
        "  stylesheet: media/plants.css\n": "",
        "theme:\n": f"theme:\n  preset: {preset}\n",
    }
    return showcase_with(folder, changes)


def main(only: str = "") -> None:
    """Take all screenshots, or only those whose titles start with ``only``."""
    shutil.rmtree(GALLERY, ignore_errors=True)
    GALLERY.mkdir(parents=True)
    album = Album()
    with tempfile.TemporaryDirectory() as folder, running_chromium() as browser:
        work = Path(folder)
        taking = Photographer(browser, album, only)
        english = course(SHOWCASE, work / "en")
        right_to_left = course(SHOWCASE, work / "ar", "--language", "ar")
        pseudo = course(SHOWCASE, work / "en-XA", "--language", "en-XA")
        own = course(ROOT / "course", work / "own")
        for components in (SCENES, [test_outs]):
            taking.look_at(english, components, (*LOOKS, FORCED))
            taking.look_at(right_to_left, components, RTL)
            taking.look_at(pseudo, components, PSEUDO)
        taking.look_at(english, [languages], LOOKS)
        for scenes in (WALKS, [not_passed]):
            taking.look_at(english, scenes, LOOKS, "showcase ")
            taking.look_at(right_to_left, scenes, RTL, "Arabic ")
            taking.look_at(pseudo, scenes, PSEUDO, "pseudo-language ")
            taking.look_at(own, scenes, LOOKS, "course ")
        if taking.wants("completed, "):
            changes = {"report: passed-failed\n  pass_mark: 60\n": "report: completed\n"}
            source = showcase_with(work / "completed" / "source", changes)
            no_mark = course(source, work / "completed")
            taking.look_at(no_mark, [completed], LOOKS, "completed, ")
        for preset in PRESETS:
            name = f"preset {preset}, "
            if not taking.wants(name):
                continue
            source = with_preset(work / preset / "source", preset)
            taking.look_at(course(source, work / preset), [glimpse], LOOKS, name)
    album.write()
    print(f"{sum(map(len, album.rows.values()))} pictures: {GALLERY / 'index.html'}")


if __name__ == "__main__":
    main(*sys.argv[1:2])
