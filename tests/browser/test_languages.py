"""A course in another language: its words, its numbers, and the way it is read."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from builder.course.model import QuickExit
from tests.browser.conftest import Sco
from tests.browser.languages import in_all_languages, languages_of
from tests.browser.learner import Learner
from tests.support.courses import page as page_of

OUTSIDE = """() => [...document.body.querySelectorAll("*")]
  .filter((it) => it.checkVisibility() && !it.closest(".table-scroll, thead, .skip-link"))
  .filter((it) => it.getBoundingClientRect().right > innerWidth + 1
    || it.getBoundingClientRect().left < -1)
  .map((it) => `${it.tagName} ${it.className} ${it.textContent.slice(0, 40)}`)"""
TIP = """(name) => {
  const [id, side] = name;
  const turned = new DOMMatrix(getComputedStyle(document.getElementById(id), side).transform);
  // Where the corner of the two borders points to.
  const style = getComputedStyle(document.getElementById(id), side);
  const corner = parseFloat(style.borderRightWidth) ? 1 : -1;
  return turned.transformPoint({ x: corner, y: -1 }).x > 0 ? "right" : "left";
}"""


def middle(page: Page, selector: str) -> float:
    box = page.locator(selector).bounding_box()
    assert box
    return box["x"] + box["width"] / 2


def test_an_arabic_course_runs_from_right_to_left(sco: Sco, serve, page: Page) -> None:
    page.goto(serve(sco(fields={"language": "ar"})) + "/index.html")
    learner = Learner(page, page.main_frame).started()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    learner.press("التالي: \u2068\u2066Second\u2069\u2069")
    learner.at("Second")
    assert middle(page, "#contents-button") > middle(page, "#progress")
    assert middle(page, "#previous") > middle(page, "#next")
    # The arrows point the way that the buttons lead.
    assert page.evaluate(TIP, ["previous", "::before"]) == "right"
    assert page.evaluate(TIP, ["next", "::after"]) == "left"
    page.set_viewport_size({"width": 320, "height": 640})
    for name in ("first", "quiz", "record"):
        page.goto(page.url.split("#")[0] + f"#/{name}")
        learner.at(name.title())
        assert (name, page.evaluate(OUTSIDE)) == (name, [])
    learner.press("المحتويات")
    expect(page.locator("#contents")).to_be_visible()
    assert page.evaluate(OUTSIDE) == []


def test_arabic_showcase_fits_narrow_window(arabic_showcase: Path, serve, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(serve(arabic_showcase) + "/index.html")
    for one in json.loads((arabic_showcase / "course.json").read_text("utf-8"))["pages"]:
        page.evaluate("id => (location.hash = `#/${id}`)", one["id"])
        # A page that is locked has none of its own: the player sets its title.
        title = re.compile(f"^\u2066?{re.escape(one['title'])}\u2069?$")
        expect(page.locator("main h1")).to_have_text(title)
        assert (one["id"], page.evaluate(OUTSIDE)) == (one["id"], [])


def test_a_date_is_taken_in_arabic_digits(sco: Sco, serve, page: Page) -> None:
    page.goto(serve(sco(fields={"language": "ar-EG"})) + "/index.html#/record")
    learner = Learner(page, page.main_frame).started()
    for part, digits in (("اليوم", "٢٧"), ("الشهر", "٣"), ("السنة", "٢٠٢٦")):
        learner.fill(part, digits)
    expect(page.locator(".sheet td[data-sheet$=-date]").first).to_have_text("٢٧ مارس ٢٠٢٦")


def test_an_english_course_points_to_the_right(sco: Sco, serve, page: Page) -> None:
    page.goto(serve(sco()) + "/index.html#/second")
    Learner(page, page.main_frame).started()
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    assert middle(page, "#previous") < middle(page, "#next")
    assert page.evaluate(TIP, ["previous", "::before"]) == "left"
    assert page.evaluate(TIP, ["next", "::after"]) == "right"


def test_a_welsh_course_counts_and_dates_in_welsh(sco: Sco, serve, page: Page) -> None:
    page.goto(serve(sco(fields={"language": "cy"})) + "/index.html#/quiz")
    learner = Learner(page, page.main_frame).started()
    learner.see("Mae 3 chwestiwn yn y cwis hwn, un ar y tro.")
    learner.see("Mae gennych 2 gynnig. Eich sgôr orau sy’n cyfrif.")
    learner.press("Am y cwrs hwn")
    learner.at("Am y cwrs hwn")
    learner.see("31 Ionawr 2026")


def test_a_french_course_counts_and_dates_in_french(sco: Sco, serve, page: Page) -> None:
    page.goto(serve(sco(fields={"language": "fr"})) + "/index.html#/quiz")
    learner = Learner(page, page.main_frame).started()
    learner.see("Il faut 4 points sur 4 pour réussir.")
    learner.press("À propos de ce cours")
    learner.at("À propos de ce cours")
    learner.see("31 janvier 2026")


UNMARKED = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement: holder } = walker.currentNode;
    if (holder.closest("script, style, noscript, code")) continue;
    const english = holder.closest("[lang]").lang === "en";
    if (/[A-Za-z]{2}/.test(data) ? !english : english && /\\p{Script=Han}/u.test(data))
      found.push(data.trim());
  }
  return found;
}"""


def test_english_interface_texts_have_their_language(sco: Sco, serve, page: Page) -> None:
    """Chinese has no catalogue, so all interface texts are English."""
    first, second = (
        replace(page_of(name, "文字。"), title=title)
        for name, title in (("first", "第一頁"), ("second", "第二頁"))
    )
    own = {"player.previous": "上一頁 {title}"}
    fields = {"language": "zh-Hant", "title": "消防安全", "interface": own}
    page.goto(serve(sco(first, second, fields=fields)) + "/index.html#/first")
    learner = Learner(page, page.main_frame).started()
    about = page.locator("#about-button")
    expect(about).to_have_text("About this course")
    expect(about).to_have_attribute("lang", "en")
    onward = page.locator("#next")
    expect(onward).to_have_text("Next: 第二頁")
    expect(onward.locator("[lang=zh-Hant]")).to_have_text("第二頁")
    assert page.evaluate(UNMARKED) == []
    page.evaluate("location.hash = '#/second'")
    # A text that the course has itself is in its language.
    expect(page.locator("#previous")).to_have_text("上一頁 第一頁")
    learner.press("Contents")
    assert page.evaluate(UNMARKED) == []
    page.evaluate("location.hash = '#end'")
    expect(page.locator("h1")).to_have_text("You have completed this course")
    assert page.evaluate(UNMARKED) == []


HEADER = """() => {
  const shown = [...document.querySelector(".bar").children]
    .filter((it) => it.checkVisibility() && it.getBoundingClientRect().width
      // A problem has a line of its own where the window is narrow.
      && !it.matches(".progress-bar, #save-status"));
  const middles = shown.map((it) => {
    const { top, height } = it.getBoundingClientRect();
    return Math.round(top + height / 2);
  });
  const broken = [];
  for (const it of document.querySelectorAll("#exit-button, .leave-link")) {
    const text = (it.querySelector("span") ?? it).firstChild;
    if (!text.parentElement.checkVisibility()) continue;
    for (const word of text.data.matchAll(/\\S+/g)) {
      const range = document.createRange();
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      if (range.getClientRects().length > 1) broken.push(word[0]);
    }
  }
  return { rows: Math.max(...middles) - Math.min(...middles) > 4 ? 2 : 1, broken };
}"""
TITLES = {"short": "First aid", "long": "First aid for everybody who works in a warehouse"}


@pytest.mark.sampled
@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("language", ["en", "fr", "cy", "ar"])
def test_header_fits_one_row_without_broken_words(
    sco: Sco, serve, page: Page, language: str, title: str
) -> None:
    fields = {"language": language, "title": TITLES[title], "quick_exit": QuickExit(None)}
    page.goto(serve(sco(fields=fields)) + "/index.html")
    Learner(page, page.main_frame).started()
    # As where there is an LMS.
    page.evaluate("document.getElementById('exit-button').hidden = false")
    for width in (320, 390, 650, 700, 870, 1366):
        page.set_viewport_size({"width": width, "height": 640})
        assert (width, page.evaluate(HEADER)) == (width, {"rows": 1, "broken": []})
    # With large text, too; and the way to leave at once is the last.
    page.set_viewport_size({"width": 390, "height": 640})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.evaluate("document.getElementById('save-status').hidden = true")
    assert page.evaluate(HEADER) == {"rows": 1, "broken": []}
    height, last = page.evaluate(
        """() => [document.querySelector(".bar").offsetHeight,
          document.querySelector(".bar > :nth-last-child(2)").className]"""
    )
    assert height <= 88
    assert last == "leave"


def test_language_header_fits_one_row_on_smallest_phone(serve, page: Page, tmp_path: Path) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(serve(in_all_languages(tmp_path / "sco")) + "/index.html")
    page.locator("#language-button").wait_for()
    for language in languages_of(page):
        # As where there is an LMS.
        page.evaluate("document.getElementById('exit-button').hidden = false")
        assert (language, page.evaluate(HEADER)) == (language, {"rows": 1, "broken": []})
