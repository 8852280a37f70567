"""The induction record on paper: one A4 page for each person, whatever they wrote."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import FloatRect, Locator, Page, expect

from builder.course import state
from tests.browser.conftest import Sco
from tests.browser.odd_lms import holding
from tests.browser.player_course import with_reasons
from tests.support.commands import run
from tests.support.courses import page as page_of
from tests.support.courses import question


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_the_fullest_record_prints_on_one_page(
    page: Page, serve: Callable[[Path], str], unpacked: Path
) -> None:
    # The day of printing stands on the sheet, too, and is none of those that are filled in.
    page.clock.set_fixed_time("2026-11-25T12:00:00")
    page.goto(f"{serve(unpacked)}/index.html#/induction-checklist")
    page.locator(".sheet").wait_for()
    words = "I would listen, write down what I saw and heard, and talk to my safeguarding lead. "
    for answer in page.get_by_label("Answer").all():
        # Commas and full stops count three in the state, so this is the most that fits.
        answer.fill((words * 10)[:466])
    for part, value in (("Day", "27"), ("Month", "11"), ("Year", "2026")):
        for field in page.get_by_label(part).all():
            field.fill(value)
    page.keyboard.press("Tab")
    page.emulate_media(media="print")
    told = " ".join(page.locator("main").inner_text().split())
    # The course is named in the heading, and again above the rows, in one line.
    title = page.locator(".sheet-course").bounding_box()
    heading = page.locator("h1").bounding_box()
    facts = page.locator(".sheet-facts").bounding_box()
    assert title
    assert heading
    assert facts
    assert heading["y"] < title["y"] < facts["y"]
    running = page.locator(".running div").bounding_box()
    assert running
    assert running["height"] < 24
    unset = page.locator(".sheet .unset").first
    expect(unset).to_have_css("display", "inline-block")
    assert told.count("27 November 2026") == 3
    assert told.count("I would listen") == 3 * 6
    assert "Not yet signed" not in told
    assert "Managers signature on completion" in told
    for words in ("Contents", "Page 9 of 10"):
        assert words not in page.locator("body").inner_text()
    assert pages_of(page.pdf(prefer_css_page_size=True, format="A4")) == 1


def test_paper_is_light_after_a_dark_screen(
    page: Page, serve: Callable[[Path], str], unpacked: Path
) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(f"{serve(unpacked)}/index.html#/if-i-am-worried")
    unset = page.locator(".contacts .unset").first
    expect(unset).to_have_css("background-color", "rgb(51, 40, 15)")
    page.emulate_media(media="print", color_scheme="dark")
    expect(unset).to_have_css("background-color", "rgb(252, 243, 221)")
    expect(unset).to_have_css("color", "rgb(0, 0, 0)")
    for name in ("--note", "--right-soft", "--wrong-soft", "--accent-soft", "--raised"):
        shade = page.evaluate(f"getComputedStyle(document.body).getPropertyValue('{name}')")
        assert int(shade.strip()[1:2], 16) >= 14, f"{name} is {shade}"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "none"


def test_an_ordinary_page_prints_its_text_and_no_buttons(
    page: Page, serve: Callable[[Path], str], unpacked: Path
) -> None:
    page.goto(f"{serve(unpacked)}/index.html#/further-information")
    page.locator("article[data-page=further-information]").wait_for()
    page.emulate_media(media="print")
    told = page.locator("body").inner_text()
    assert "PACE Parents Against Child Sexual Exploitation http://www.paceuk.info/" in told
    assert "Next" not in told
    assert "opens in new tab" not in told


# As a browser that does not know :has() reads the styles.
WITHOUT_HAS = """() => {
  let dropped = 0;
  const prune = (list) => {
    for (let at = list.cssRules.length - 1; at >= 0; at -= 1) {
      const rule = list.cssRules[at];
      if (rule.selectorText?.includes(":has(")) {
        list.deleteRule(at);
        dropped += 1;
      } else if (rule.cssRules) prune(rule);
    }
  };
  for (const sheet of document.styleSheets) prune(sheet);
  return dropped;
}"""


def test_paper_needs_no_selector_of_younger_browsers(
    page: Page, serve: Callable[[Path], str], unpacked: Path
) -> None:
    page.emulate_media(media="print")
    address = f"{serve(unpacked)}/index.html#/"
    for name in ("induction-checklist", "further-information", "check-your-understanding"):
        page.goto(address + name)
        page.locator(f"article[data-page={name}]").wait_for()
        printed = page.locator("body").inner_text()
        assert page.evaluate(WITHOUT_HAS) > 0
        assert page.locator("body").inner_text() == printed
        page.goto("about:blank")
    page.goto(address + "induction-checklist")
    page.locator(".sheet").wait_for()
    page.evaluate(WITHOUT_HAS)
    assert page.locator(".record-item").first.is_hidden()
    assert pages_of(page.pdf(prefer_css_page_size=True, format="A4")) == 1


def box(found: Locator) -> FloatRect:
    """Where an element is on the paper."""
    place = found.bounding_box()
    assert place
    return place


def test_draft_stamp_covers_no_title(page: Page, tmp_path: Path) -> None:
    course = tmp_path / "course"
    title = "A title that is so long that it goes up to the right edge of a page"
    for command in (
        ("new", str(course), "--title", title),
        ("export", str(course), "--to", "html", "-o", str(tmp_path / "course.html")),
    ):
        run(sys.executable, "-m", "builder", *command)
    page.goto((tmp_path / "course.html").as_uri())
    page.emulate_media(media="print")
    stamp = box(page.locator(".draft"))
    assert stamp["y"] + stamp["height"] <= box(page.locator("h1").first)["y"]
    # The stamp is printed on every page, and each begins with the space for it.
    expect(page.locator("body")).to_have_css("box-decoration-break", "clone")


def test_printed_sheet_has_its_right_edge(
    page: Page, serve: Callable[[Path], str], unpacked: Path
) -> None:
    page.goto(f"{serve(unpacked)}/index.html#/induction-checklist")
    page.locator(".sheet").wait_for()
    page.emulate_media(media="print")
    sheet, table = box(page.locator(".sheet")), box(page.locator(".sheet table"))
    # Half of its border is outside the table.
    assert sheet["x"] + 1 <= table["x"]
    assert table["x"] + table["width"] <= sheet["x"] + sheet["width"] - 1


QUESTIONS = tuple(with_reasons(question(f"q{n}", "a")) for n in range(19))
WRONG = state.QuizState(1, 0, False, {one.key: "b" for one in QUESTIONS})


def test_result_of_nineteen_questions_prints_on_five_pages(
    page: Page, serve: Callable[[Path], str], sco: Sco
) -> None:
    text = "Keep calm" + " and read on" * 40
    quiz = page_of("quiz", "Ready?", kind="quiz", quiz=QUESTIONS)
    folder = sco(page_of("first", f"{text}."), quiz)
    kept = state.State("AAAAAAAA", 4, "incomplete", "", quizzes={quiz.key: WRONG})
    page.add_init_script(holding({"cmi.suspend_data": state.encode(kept)}))
    page.goto(f"{serve(folder)}/index.html#/quiz")
    expect(page.locator(".reviewed")).to_have_count(19)
    page.emulate_media(media="print")
    assert page.locator(".review").get_by_text("Because of b.").count() == 19
    expect(page.locator(".review .read-again:visible")).to_have_count(0)
    assert pages_of(page.pdf(prefer_css_page_size=True, format="A4")) <= 5


def test_printed_result_has_its_sign_and_no_button(
    page: Page, serve: Callable[[Path], str], sco: Sco
) -> None:
    kept = {"cmi.core.lesson_mode": "review", "cmi.core.lesson_status": "passed"}
    page.add_init_script(holding(kept))
    page.goto(f"{serve(sco())}/index.html#end")
    expect(page.locator("h1")).to_have_text("You passed")
    page.emulate_media(media="print")
    expect(page.locator("main button:visible")).to_have_count(0)
    # Printers leave out backgrounds: on white paper, a white tick cannot be seen.
    ring, tick = page.locator(".end-mark").evaluate(
        "(mark) => [[mark], [mark, '::before']].map((of) => getComputedStyle(...of))"
        ".map(({ borderBottomColor }) => borderBottomColor)"
    )
    assert ring == tick
