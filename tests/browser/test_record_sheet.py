"""The printed record as a form that a manager signs: cells, words and pages, on either paper."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from builder.course import markdown
from tests.browser.conftest import Sco
from tests.browser.odd_lms import holding
from tests.support.courses import item
from tests.support.courses import page as page_of

MILLIMETRE = 96 / 25.4
PAPER = {"A4": (210, 297), "Letter": (215.9, 279.4)}
"""Width and height in millimetres."""
MARGIN = 12
WORDS = {
    "en": "I would listen, write down what I saw and heard, and tell my safeguarding lead. ",
    "ar": "سأستمع وأدوّن ما رأيته وسمعته ثم أتحدث مع مسؤول الحماية في المؤسسة قبل أي شيء آخر. ",
}
SIGNATURE = {"en": "Managers signature on completion of the induction", "ar": ""}
NAMES = {"en": "Wilhelmina Featherstonehaugh", "ar": "مريم عبد الرحمن"}

# All answers and dates at once: typing is tested elsewhere (test_player_record.py).
FILL = """(words) => {
  for (const answer of document.querySelectorAll(".record textarea")) {
    answer.value = words;
    for (const type of ["input", "change"])
      answer.dispatchEvent(new Event(type, { bubbles: true }));
  }
  for (const today of document.querySelectorAll("[data-today]")) today.click();
}"""

# What is on paper: how it lies, its cells, its letters, its words.
MEASURE = r"""() => {
  const mm = (pixels) => pixels * 25.4 / 96;
  const sheet = document.querySelector(".sheet");
  const size = (it) => {
    const { width, height } = it.getBoundingClientRect();
    return [mm(width), mm(height)];
  };
  // The space to sign: what its label leaves of a cell.
  const room = (it) => {
    const style = getComputedStyle(it);
    const sides = (...names) => names.reduce((sum, name) => sum + parseFloat(style[name]), 0);
    const span = it.querySelector(":scope > span:first-child");
    const label = span
      ? span.getBoundingClientRect().height
      : parseFloat(getComputedStyle(it, "::before").height) || 0;
    return [
      mm(it.clientWidth - sides("paddingLeft", "paddingRight")),
      mm(it.clientHeight - sides("paddingTop", "paddingBottom") - label),
    ];
  };
  const words = [];
  const small = [];
  const walker = document.createTreeWalker(sheet, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const box = node.parentElement;
    if (!node.data.trim() || !box.checkVisibility()) continue;
    if (parseFloat(getComputedStyle(box).fontSize) * 0.75 < 9.99) small.push(node.data.trim());
    for (const { 0: word, index } of node.data.matchAll(/[\p{L}\p{M}\p{N}'’]+/gu)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const lines = new Set([...range.getClientRects()].map(({ bottom }) => Math.round(bottom)));
      if (lines.size > 1) words.push(word);
    }
  }
  for (const cell of sheet.querySelectorAll("td"))
    if (parseFloat(getComputedStyle(cell, "::before").fontSize) * 0.75 < 9.99)
      small.push(cell.dataset.label);
  const rows = [...sheet.querySelectorAll("tbody tr")];
  return {
    table: getComputedStyle(rows[0]).display === "table-row",
    rows: rows.length,
    cells: rows.map((row) => size(row.lastElementChild)),
    rooms: rows.map((row) => room(row.lastElementChild)),
    whole: [...sheet.querySelectorAll(".signed-off > .signature")].map(room),
    outside: [...sheet.querySelectorAll("*")].filter((it) => {
      const { left, right } = it.getBoundingClientRect();
      return it.checkVisibility() && (left < -1 || right > innerWidth + 1);
    }).map((it) => it.outerHTML.slice(0, 60)),
    heads: getComputedStyle(sheet.querySelector("thead")).display,
    named: sheet.querySelector(".running").innerText.replace(/\s+/g, " ").trim(),
    small,
    words,
  };
}"""


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.fixture
def record(
    new_context: Callable[..., BrowserContext], sco: Sco, serve: Callable[[Path], str]
) -> Callable[..., Page]:
    """A record that is filled in, in print media."""

    def fill(language: str, rows: int, length: int, reading: str = "", signature: str = "") -> Page:
        prose = markdown.inline(reading) if reading else None
        items = tuple(
            replace(item(f"part-{number}", 9000), reading=prose) for number in range(rows)
        )
        folder = sco(
            page_of("record", "Fill in.", kind="record", record=items, signature=signature),
            fields={"language": language, "title": "Looking after the office plants"},
        )
        context = new_context(viewport={"width": 1000, "height": 720})
        context.add_init_script(holding({"cmi.core.student_name": NAMES[language]}))
        page = context.new_page()
        page.goto(f"{serve(folder)}/index.html")
        page.wait_for_function("() => window.scormBuilder?.again")
        words = (WORDS[language] * 40)[:length]
        page.evaluate(FILL, words)
        written = page.locator("tbody [data-sheet$=-answer]")
        assert [" ".join((text or "").split()) for text in written.all_text_contents()] == (
            [words.strip()] * rows
        )
        page.emulate_media(media="print")
        return page

    return fill


def laid_out(page: Page, paper: str, *, lying: bool) -> dict[str, Any]:
    """What is measured of the sheet on this paper."""
    sides = PAPER[paper][::-1] if lying else PAPER[paper]
    width, height = (round((side - 2 * MARGIN) * MILLIMETRE) for side in sides)
    page.set_viewport_size({"width": width, "height": height})
    found: dict[str, Any] = page.evaluate(MEASURE)
    return found


@pytest.mark.sampled
@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize(("rows", "length"), [(3, 0), (3, 250), (3, 2000), (30, 120)])
def test_a_manager_can_sign_each_answer_and_the_whole(
    record: Callable[..., Page], language: str, rows: int, length: int
) -> None:
    page = record(language, rows, length, signature=SIGNATURE[language])
    for paper in PAPER:
        for lying in (True, False):
            where = f"{paper}, {'lying' if lying else 'upright'}"
            found = laid_out(page, paper, lying=lying)
            assert found["table"] is lying, where
            assert found["rows"] == rows, where
            for width, height in (*found["rooms"], *found["whole"]):
                assert width >= 50, where
                assert height >= 12, where
            assert len(found["whole"]) == 2, where
            assert found["outside"] == [], where
            assert found["small"] == [], where
            assert found["words"] == [], where
            assert found["heads"] == "table-header-group", where
            assert NAMES[language] in found["named"], where


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("rows", "length", "lies", "pages"),
    [(3, 0, True, 1), (3, 200, True, 1), (3, 350, False, 1), (3, 2000, False, 3)],
)
@pytest.mark.parametrize("paper", PAPER)
def test_short_answers_lie_beside_their_questions_and_long_ones_below(
    record: Callable[..., Page], paper: str, rows: int, length: int, lies: bool, pages: int
) -> None:
    page = record("en", rows, length)
    pdf = page.pdf(prefer_css_page_size=True, format=paper)
    [box] = set(re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf))
    width, height = map(float, box)
    assert (width > height) is lies
    assert pages_of(pdf) == pages


LONG_WORD = "Rindfleischetikettierungsüberwachung"


@pytest.mark.parametrize(
    ("reading", "lies"),
    [("Definition, Key Risks/Vulnerabilities, Indicators", True), (f"Read {LONG_WORD}.", False)],
)
def test_no_word_of_the_reading_is_broken(
    record: Callable[..., Page], reading: str, lies: bool
) -> None:
    page = record("en", 3, 250, reading)
    for paper in PAPER:
        found = laid_out(page, paper, lying=lies)
        assert found["words"] == [], paper
        assert found["outside"] == [], paper
        assert all(width >= 50 for width, _ in found["cells"]), paper
    pdf = page.pdf(prefer_css_page_size=True)
    [box] = set(re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf))
    assert (float(box[0]) > float(box[1])) is lies
