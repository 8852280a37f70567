"""The course as one page: all of it to read, on a screen and on paper, without another file."""

from __future__ import annotations

import hashlib
import itertools
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree
from playwright.sync_api import BrowserContext

from builder.exporting import export
from tests.a11y.engine import AXE, RULES, listed
from tests.conftest import ROOT
from tests.exporting import banked
from tests.exporting.banked import TODAY
from tests.exporting.shown import squeezed, texts
from tests.support.showcase import in_one_language

pytestmark = pytest.mark.whole

SHOWCASE = ROOT / "tests/showcase"
ON_SCREEN = {
    *("About N minutes", "N pages", "A record to fill in", "Stop and come back any time"),
    "Help and contacts",
    "Pass mark N of N",
    "Practice N of N",
}
"""What the cover says of the course in a learning system, the way to help from every page, and
the number of a practice question on its page."""


def made(folder: Path, output: Path, answers: bool) -> str:
    result = export.export(export.Export(folder, "html", output, answers, TODAY))
    assert (result.made, result.diagnostics) == (True, ())
    return output.read_text("utf-8")


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> str:
    return made(SHOWCASE, tmp_path_factory.mktemp("page") / "page.html", True)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> str:
    return made(SHOWCASE, tmp_path_factory.mktemp("page") / "page.html", False)


def words_of(page: str) -> str:
    body = etree.HTML(page).find("body")
    alternatives = "".join(image.get("alt", "") for image in body.iter("img"))
    return squeezed("".join(body.itertext()) + alternatives)


@pytest.mark.parametrize("folder", [SHOWCASE, ROOT / "course"], ids=lambda one: one.name)
def test_all_that_trainees_meet_is_on_it(folder: Path, tmp_path: Path) -> None:
    whole = words_of(made(folder, tmp_path / "page.html", True))
    course = banked.course(folder)
    assert course
    found = list(texts(course))
    assert len(found) > 300
    missing = {text for text in found if squeezed(text) not in whole}
    assert {re.sub(r"\d+", "N", text) for text in missing} <= ON_SCREEN


def test_without_answers_nothing_says_what_is_right(asked: str) -> None:
    course = banked.course(SHOWCASE)
    assert course
    boxes = etree.HTML(asked).findall(".//div[@class='box question']")
    whole = squeezed("".join("".join(box.itertext()) for box in boxes))
    for one in course.questions:
        told = [*one.feedback.prose(), *([one.explanation] if one.explanation else [])]
        told += [option.feedback for option in one.options if option.feedback]
        for prose in told:
            assert squeezed(re.sub("<[^>]*>", "", banked.shown(prose) or "")) not in whole
        prompt = re.sub("<[^>]*>", "", banked.shown(one.prompt) or "")
        assert squeezed(prompt) in whole
    assert 'class="right"' not in asked
    # The order of things is not theirs, either.
    items = re.findall(r"<li><p[^>]*>([^<]*)", asked.split("How do you move a plant", 1)[1])
    assert items[:5] == sorted(items[:5])


def test_how_answers_are_scored_concerns_only_authors(asked: str, answered: str) -> None:
    rule = squeezed("A partly right answer earns part of the weight")
    assert rule not in words_of(asked)
    assert rule in words_of(answered)


def test_exported_page_is_self_contained_without_scripts(answered: str) -> None:
    root = etree.HTML(answered)
    assert list(root.iter("script", "link", "iframe", "video", "audio")) == []
    sources = [image.get("src") for image in root.iter("img")]
    assert len(sources) > 8
    assert {source.partition(":")[0] for source in sources} == {"data"}
    assert re.findall(r"url\(|@import", answered) == []
    assert all(sum(1 for _ in root.iter(kind)) == 1 for kind in ("h1", "title", "main", "nav"))


def test_exported_page_links_to_itself_or_outside(answered: str) -> None:
    root = etree.HTML(answered)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    led = [link.get("href") for link in root.iter("a")]
    places = {one[1:] for one in led if one.startswith("#")}
    assert places - set(ids) == set()
    assert {"p:welcome", "n:text/1"} <= places
    outside = {one.partition(":")[0] for one in led if not one.startswith("#")}
    assert outside <= {"https", "mailto", "tel"}


def test_headings_come_in_order(answered: str, asked: str) -> None:
    for page in (answered, asked):
        levels = [int(name) for name in re.findall(r"<h([1-6])[ >]", page)]
        assert levels[0] == 1
        assert [one for one, after in itertools.pairwise(levels) if after > one + 1] == []


def test_exported_page_shows_draft_only_for_drafts(tmp_path: Path) -> None:
    folder = shutil.copytree(SHOWCASE, tmp_path / "course")
    output = tmp_path / "page.html"
    assert '<p class="draft">' not in made(folder, output, False)
    (folder / "approvals.yaml").unlink()
    page = made(folder, output, False)
    assert '<p class="draft">Draft</p>' in page
    assert "Not approved yet." in page


def test_the_same_course_makes_the_same_bytes(tmp_path: Path, answered: str) -> None:
    again = made(SHOWCASE, tmp_path / "again.html", True)
    assert hashlib.sha256(again.encode()).digest() == hashlib.sha256(answered.encode()).digest()


def test_exported_page_in_arabic_is_right_to_left(tmp_path: Path) -> None:
    page = made(in_one_language(tmp_path / "arabic", "ar"), tmp_path / "page.html", False)
    assert page.startswith('<!doctype html>\n<html lang="ar" dir="rtl">')


@pytest.mark.parametrize("width", [390, 1366])
def test_everybody_can_use_it(
    width: int, answered: str, tmp_path: Path, new_context: Callable[..., BrowserContext]
) -> None:
    (tmp_path / "page.html").write_text(answered, "utf-8")
    context = new_context(viewport={"width": width, "height": 800}, bypass_csp=True)
    page = context.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    page.evaluate(AXE)
    found = page.evaluate("(rules) => axe.run(document, rules)", RULES)
    assert listed(found["violations"]) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    # What an item belongs to is words: its column is no narrower than that of the items.
    item, pair = page.evaluate(
        """[...[...document.querySelectorAll("thead th")]
            .find((head) => head.textContent.trim() === "Belongs to")
            .parentNode.children].map((head) => head.offsetWidth)"""
    )[:2]
    assert pair >= item - 1
    page.emulate_media(media="print")
    # A page's title and its minutes are not the last of a sheet.
    breaks = page.evaluate(
        """[...document.querySelectorAll("h3 + .facts")]
            .map((minutes) => getComputedStyle(minutes).breakAfter)"""
    )
    assert len(breaks) > 10
    assert {*breaks} == {"avoid"}


def test_places_are_numbered_on_a_labelled_image(asked: str) -> None:
    (image,) = etree.HTML(asked).findall(".//span[@class='labelled']")
    numbers = [(one.get("x"), one.get("y"), one.text) for one in image.iter("text")]
    assert numbers == [
        ("58%", "12%", "1"),
        ("14%", "59%", "2"),
        ("38%", "52%", "3"),
        ("71%", "90%", "4"),
    ]


def test_options_have_boxes_to_tick(asked: str, answered: str) -> None:
    found = etree.HTML(asked).findall(".//ul[@class='ticked']")
    assert ["".join(item.itertext()).strip() for item in found[0]] == ["True", "False"]
    course = banked.course(SHOWCASE)
    assert course
    ticked = [
        len(question.items) or 1 if question.type == "likert" else 1
        for question in course.questions
        if question.type in ("true-false", "choice", "likert", "performance")
    ]
    assert len(found) == sum(ticked)
    assert "ticked" not in re.sub(r"<style>.*?</style>", "", answered, flags=re.DOTALL)
