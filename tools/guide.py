"""Makes the authors' guide: the text of tools/guide.md, with samples and screenshots of the
showcase.

Each of these lines is replaced by what authors write, and a screenshot of what trainees see:

``@question ID``     a question
``@block PAGE NAME`` the first block of this name on a page
``@front PAGE``      the front matter of a page, and a screenshot of the page
``@settings KEY``    a key of course.yaml, without a screenshot
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser

from tests.support.chromium import running_chromium
from tests.support.local_server import Handler, running
from tests.support.packages import built, unpack

ROOT = Path(__file__).resolve().parent.parent
SHOWCASE = ROOT / "tests" / "showcase"
WORDS = ROOT / "tools" / "guide.md"
GUIDE = ROOT / "docs" / "guide.md"
PICTURES = ROOT / "docs" / "guide"
WIDTH = 640
MARGIN = 20
SPINNER = 2000
"""Milliseconds for which Chromium shows a video as loading."""
_LINE = re.compile(r"@(question|block|front|settings) (.+)\n")


@dataclass(frozen=True, slots=True)
class Picture:
    """A screenshot to take: ``name`` is its file name without extension, ``page`` the file of the
    page, ``selector`` the CSS selector of the element to show, and ``alt`` its description."""

    name: str
    page: str
    selector: str
    alt: str


@dataclass(frozen=True, slots=True)
class Guide:
    """The text of the guide, and the screenshots that it shows."""

    text: str
    pictures: tuple[Picture, ...]


def compose() -> Guide:
    """Compose the guide from tools/guide.md and the showcase. Raises ``LookupError`` if the
    showcase lacks something that tools/guide.md names."""
    maker = _Maker()
    text = _LINE.sub(lambda line: maker.put(line[1], line[2].split()), WORDS.read_text("utf-8"))
    return Guide(text, tuple(maker.pictures))


@dataclass(slots=True)
class _Maker:
    pictures: list[Picture] = field(default_factory=list)

    def put(self, kind: str, words: list[str]) -> str:
        return str(getattr(self, f"_{kind}")(*words))

    def _question(self, name: str) -> str:
        page = _page_of(f"::: check {name}")
        selector = f".check:has(form[data-question={name}])"
        alt = f"The question “{name}” as trainees see it."
        return self._sample("yaml", _question_source(name), Picture(name, page, selector, alt))

    def _block(self, page: str, name: str) -> str:
        source = "\n".join(_block_lines(page, name))
        alt = f"The block “{name}” as trainees see it."
        return self._sample(
            "markdown", source, Picture(f"block-{name}", page, f"article .{name}", alt)
        )

    def _front(self, page: str) -> str:
        front = _read(page).split("---\n")[1]
        alt = f"The page “{page}” as trainees see it."
        picture = Picture(f"page-{page.removesuffix('.md')}", page, "main", alt)
        return self._sample("yaml", f"---\n{front}---", picture)

    def _settings(self, key: str) -> str:
        text = (SHOWCASE / "course.yaml").read_text("utf-8")
        match = re.search(rf"^{key}:.*\n(?:[ -].*\n)*", text, re.MULTILINE)
        if not match:
            raise LookupError(f"course.yaml has no {key}")
        return f"```yaml\n{match[0]}```\n"

    def _sample(self, language: str, source: str, picture: Picture) -> str:
        self.pictures.append(picture)
        # A sample may contain a fence.
        fence = "````" if "```" in source else "```"
        return (
            f"{fence}{language}\n{source}\n{fence}\n\n![{picture.alt}](guide/{picture.name}.png)\n"
        )


def _read(page: str) -> str:
    return (SHOWCASE / "pages" / page).read_text("utf-8")


def _page_of(line: str) -> str:
    for path in sorted((SHOWCASE / "pages").glob("*.md")):
        if line in path.read_text("utf-8").splitlines():
            return path.name
    raise LookupError(f"no page has the line {line}")


def _question_source(name: str) -> str:
    for path in sorted((SHOWCASE / "questions").glob("*.yaml")):
        for question in re.split(r"\n(?=- id: )", path.read_text("utf-8")):
            if question.startswith(f"- id: {name}\n"):
                return question.strip()
    raise LookupError(f"no question has the id {name}")


def _block_lines(page: str, name: str) -> Iterator[str]:
    lines = iter(_read(page).splitlines())
    for line in lines:
        opening = re.fullmatch(rf"(:{{3,}}) {name}( .*)?", line)
        if opening:
            yield line
            for inner in lines:
                yield inner
                if inner == opening[1]:
                    return
    raise LookupError(f"{page} has no block {name}")


def take(guide: Guide, browser: Browser, output: Path) -> None:
    """Take the screenshots of the guide, and write them to the folder ``output``, whose content is
    deleted first."""
    shutil.rmtree(output, ignore_errors=True)
    output.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        unpacked = unpack(built(SHOWCASE, Path(folder)), Path(folder, "unpacked"))
        outline = json.loads((unpacked / "course.json").read_text("utf-8"))
        ids = {Path(page["file"]).name: page["id"] for page in outline["pages"]}
        with running(Handler, str(unpacked)) as address:
            for picture in guide.pictures:
                page = browser.new_page(viewport={"width": WIDTH, "height": 900})
                page.goto(f"{address}/index.html#/{ids[picture.page]}")
                page.locator(f"article[data-page={ids[picture.page]}]").wait_for()
                page.evaluate("document.activeElement.blur()")
                if page.locator("video").count():
                    page.wait_for_timeout(SPINNER)
                box = page.locator(picture.selector).first.bounding_box()
                assert box is not None
                page.screenshot(
                    path=output / f"{picture.name}.png",
                    full_page=True,
                    clip={
                        "x": 0,
                        "y": max(box["y"] - MARGIN, 0),
                        "width": WIDTH,
                        "height": box["height"] + 2 * MARGIN,
                    },
                )
                page.close()


def main() -> None:
    guide = compose()
    with running_chromium() as browser:
        take(guide, browser, PICTURES)
    GUIDE.write_text(guide.text, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
