"""The looks that a trainee depends on: reflow, big targets, one strong button, the sheet."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from builder.course import state as kept
from builder.course.model import Cover, QuickExit
from tests.browser.conftest import Lms, Sco
from tests.browser.learner import Learner
from tests.browser.odd_lms import holding
from tests.browser.player_course import PAGES, PRACTICE
from tests.browser.several_languages import write_languages
from tests.support.courses import page as make_page
from tools.scenes import Course
from tools.walks import firstly

TARGET = 44
"""Pixels: the least height of what a finger has to hit (facts/accessibility.md)."""


@pytest.fixture
def real(page: Page, serve: Callable[[Path], str], unpacked: Path) -> Callable[[str], None]:
    """Open a page of the checkout's own course."""
    address = serve(unpacked)

    def open_page(name: str) -> None:
        page.goto(f"{address}/index.html#/{name}")
        page.locator(f"article[data-page={name}] h1").wait_for()

    return open_page


def box(locator: Locator) -> dict[str, float]:
    found = locator.bounding_box()
    assert found
    return dict(found)


def sideways(page: Page) -> list[str]:
    """What sticks out of the window on the right, tables that scroll by themselves excepted."""
    found: list[str] = page.evaluate(
        """() => [...document.body.querySelectorAll("*")]
          .filter((it) => it.checkVisibility() && !it.closest(".table-scroll, thead, svg"))
          .filter((it) => it.getBoundingClientRect().right > innerWidth + 1)
          .map((it) => `${it.tagName} ${it.className} ${it.textContent.slice(0, 40)}`)"""
    )
    return found


LONG = {
    "title": "Child Sexual Exploitation Information for Children's Workforce Induction",
    "cover": Cover(
        "Child sexual exploitation: definition, extent and nature, key risks and vulnerabilities, "
        "indicators, and what to do. For induction of people who work with children."
    ),
}
FINISHED = kept.State(
    "AAAAAAAA", 9, "passed", PAGES[1].key, 95_00, reported=True, finished="2027-03-03"
)
HELD = {"cmi.core.lesson_status": "passed", "cmi.suspend_data": kept.encode(FINISHED)}


SCREENS = ((1366, 768), (1000, 600), (800, 500), (844, 390), (390, 844))
SMALL = ((360, 640), (320, 568))


@pytest.mark.parametrize("held", [{}, HELD], ids=["new", "passed"])
@pytest.mark.parametrize("languages", [False, True], ids=["one-language", "languages"])
def test_start_button_is_fully_visible_on_every_screen(
    page: Page,
    serve: Callable[[Path], str],
    unpacked: Path,
    tmp_path: Path,
    languages: bool,
    held: dict[str, str],
) -> None:
    folder = write_languages(tmp_path, **LONG) if languages else unpacked
    page.add_init_script(holding(held))
    page.goto(f"{serve(folder)}/index.html")
    # The offer has replaced the button by then.
    page.wait_for_function("() => window.scormBuilder?.again")
    main = page.locator("#cover-actions button:visible").first
    expect(main).to_have_text("Your result" if held else "Start")
    # On a small phone, a result has its lines above the button, and languages have theirs.
    small = () if held else SMALL[:1] if languages else SMALL
    for width, height in (*SCREENS, *small):
        page.set_viewport_size({"width": width, "height": height})
        place = box(main)
        assert (width, place["y"] + place["height"] <= height) == (width, True)
        assert (width, sideways(page)) == (width, [])


def test_outcomes_are_beside_the_start_on_wide_screens(
    page: Page, serve: Callable[[Path], str], unpacked: Path
) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(f"{serve(unpacked)}/index.html")
    start, outcomes = box(page.locator(".cover-start")), box(page.locator(".ticks"))
    assert outcomes["x"] + outcomes["width"] <= start["x"]
    assert outcomes["y"] < start["y"] + start["height"]
    # Half of what it was, and one line of facts.
    assert box(page.locator(".cover-first"))["height"] <= 300
    assert box(page.locator(".cover-facts"))["height"] < 30


SHARE = """() => {
  const [whole, ...asked] = document.querySelectorAll("article, article .check");
  return asked.reduce((sum, { offsetHeight }) => sum + offsetHeight, 0) / whole.offsetHeight;
}"""


def states(page: Page, real: Callable[[str], None], names: list[str]) -> Iterator[str]:
    for name in names:
        real(name)
        yield name
    real("check-your-understanding")
    page.get_by_role("button", name="Start", exact=True).click()
    yield "a question"
    real("what-should-i-do")
    page.get_by_role("button", name="Check", exact=True).click()
    yield "no answer"
    real("definition")
    page.get_by_role("button", name="True", exact=True).click()
    yield "an answer"
    page.get_by_role("button", name="Contents").click()
    yield "contents"


def test_large_text_fits_narrow_window(
    page: Page, real: Callable[[str], None], unpacked: Path
) -> None:
    names = [path.stem.rsplit("-", 1)[0] for path in (unpacked / "pages").iterdir()]
    assert len(names) == 11
    page.set_viewport_size({"width": 320, "height": 640})
    page.add_init_script(
        "addEventListener('DOMContentLoaded',"
        " () => document.documentElement.style.fontSize = '200%')"
    )
    for state in states(page, real, names):
        assert (state, sideways(page)) == (state, [])


def test_standalone_links_have_large_targets(
    page: Page, real: Callable[[str], None], unpacked: Path
) -> None:
    real("further-information")
    links = page.locator("main li > a").all()
    assert len(links) == 4
    for link in links:
        assert box(link)["height"] >= TARGET
    real("what-should-i-do")
    page.get_by_role("button", name="Check", exact=True).click()
    assert box(page.locator(".error-summary a"))["height"] >= TARGET
    real("check-your-understanding")
    page.get_by_role("button", name="Start", exact=True).click()
    form = page.locator("main form[data-question]")
    firstly(form, Course.at(unpacked).question(str(form.get_attribute("data-question"))))
    page.get_by_role("button", name="Check", exact=True).click()
    assert box(page.locator("summary", has_text="Read again"))["height"] >= TARGET


def test_questions_take_a_third_of_a_page_on_a_phone(
    page: Page, real: Callable[[str], None], unpacked: Path
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    asked = [one["id"] for one in Course.at(unpacked).pages if one["checks"]]
    assert len(asked) == 6
    shares = {}
    for name in asked:
        real(name)
        page.locator(f"article[data-page='{name}'] .first-tries").wait_for()
        shares[name] = page.evaluate(SHARE)
    assert {name: share for name, share in shares.items() if share > 1 / 3} == {}


def test_next_button_is_prominent_except_before_quiz_is_done(sco: Sco, serve, page) -> None:
    page.goto(serve(sco()) + "/index.html")
    learner = Learner(page, page.main_frame).started()
    following = page.locator("#next")
    strong, plain = "rgb(11, 93, 107)", "rgb(255, 255, 255)"
    for title in ("Second", "Third"):
        learner.go(title)
        expect(following).to_have_css("background-color", strong)
    learner.go("Quiz")
    expect(following).to_have_css("background-color", plain)
    expect(learner.button("Start")).to_have_css("background-color", strong)
    learner.press("Start")
    expect(following).to_have_css("background-color", plain)
    learner.answer_quiz()
    # The result leads on itself.
    onward = learner.frame.locator(".outcome button")
    expect(onward).to_have_css("background-color", strong)
    expect(following).to_be_hidden()
    expect(learner.button("Try again")).to_have_css("background-color", plain)


def test_previous_and_next_align_in_row_or_column(page: Page, real: Callable[[str], None]) -> None:
    real("induction-checklist")
    for width in (320, 650, 1280):
        page.set_viewport_size({"width": width, "height": 700})
        # In one moment: what comes above them meanwhile moves both.
        previous, following = page.evaluate(
            """() => ["previous", "next"]
              .map((id) => document.getElementById(id).getBoundingClientRect().toJSON())"""
        )
        if width == 320:
            assert previous["x"] == following["x"]
            assert previous["width"] == following["width"]
            assert previous["y"] + previous["height"] < following["y"]
        else:
            assert previous["y"] == following["y"]
            assert previous["height"] == following["height"]
            assert previous["x"] + previous["width"] < following["x"]


def test_record_preview_is_an_accessible_table_at_any_width(
    page: Page, real: Callable[[str], None]
) -> None:
    real("induction-checklist")
    sheet = page.locator(".sheet")
    expect(sheet.get_by_role("table")).to_be_hidden()
    sheet.get_by_text("Preview of your record").click()
    for width in (360, 650, 1280):
        page.set_viewport_size({"width": width, "height": 700})
        expect(sheet.get_by_role("table")).to_be_visible()
        assert sheet.evaluate("it => it.scrollWidth <= it.clientWidth"), width
    table = sheet.get_by_role("table")
    assert table.get_by_role("columnheader").all_inner_texts() == [
        "Question",
        "Answer",
        "Date achieved",
        "Further reading",
        "Managers signature on completion",
    ]
    # The last one is for the whole.
    assert table.get_by_role("row").count() == 5
    first = table.get_by_role("row").nth(1)
    expect(first.get_by_role("rowheader")).to_have_text(
        "How do I recognise Child Sexual Exploitation"
    )
    assert first.get_by_role("cell").count() == 4


def test_notice_without_script_has_margins_and_no_empty_bar(
    serve: Callable[[Path], str], unpacked: Path, new_context
) -> None:
    page = new_context(java_script_enabled=False, viewport={"width": 320, "height": 700}).new_page()
    page.goto(f"{serve(unpacked)}/index.html")
    expect(page.locator(".progress-bar")).to_be_hidden()
    notice = box(page.locator("noscript .notice"))
    assert notice["x"] >= 16
    assert notice["x"] + notice["width"] <= 320 - 16


def test_cover_without_script_has_margins_and_translated_notices(
    serve: Callable[[Path], str], showcase: Path, new_context
) -> None:
    page = new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}).new_page()
    page.goto(f"{serve(showcase)}/index.html")
    for part in page.locator(".cover-more > *").all():
        edges = box(part)
        assert edges["x"] >= 16
        assert edges["x"] + edges["width"] <= 390 - 16
    english, arabic = page.locator("noscript .notice").all()
    expect(english).to_contain_text("This course needs JavaScript")
    expect(arabic).to_contain_text("تحتاج هذه الدورة إلى JavaScript")
    assert [arabic.get_attribute(name) for name in ("lang", "dir")] == ["ar", "rtl"]


def test_result_lists_remaining_parts_of_the_course(sco: Sco, serve, page) -> None:
    page.goto(serve(sco()) + "/index.html#/quiz")
    learner = Learner(page, page.main_frame).started()
    learner.press("Start")
    learner.answer_quiz()
    learner.see("Still to do in this course:")
    todo = learner.frame.locator(".todo li")
    assert todo.all_inner_texts() == [
        "First – Not started",
        "Second – Not started",
        "Third – Not started",
        "Record – Not started",
    ]
    learner.press("Record")
    learner.at("Record")
    for _ in range(2):
        learner.fill("Answer", "Done")
        for part, digits in (("Day", "6"), ("Month", "3"), ("Year", "2026")):
            learner.fill(part, digits)
    for name in ("first", "second", "third", "quiz"):
        page.goto(page.url.split("#")[0] + f"#/{name}")
        learner.at(name.title())
    learner.see("Every part of this course is done.")
    expect(todo).to_have_count(0)


def test_many_pages_left_are_counted_not_listed(sco: Sco, serve, page) -> None:
    pages = [PAGES[0], PAGES[3], *(make_page(f"page-{number}") for number in range(12))]
    page.goto(serve(sco(*pages)) + "/index.html#/quiz")
    learner = Learner(page, page.main_frame).started()
    learner.press("Start")
    learner.answer_quiz()
    todo = learner.frame.locator(".todo li")
    expect(todo).to_have_count(11)
    expect(todo.last).to_have_text("and 3 more pages, listed in “Contents”")


def test_unsaved_work_notice_is_visible_far_down_the_page(
    lms: Lms, launch: Callable[..., Learner], expected: list[str], timed: None
) -> None:
    body = "Words to read. " * 400 + "\n\n::: check calm\n"
    host = lms(make_page("first", body, checks=(PRACTICE,)))
    learner = launch(host)
    learner.saves()
    expected.append("503")
    host.down = True
    learner.choose("Option a")
    learner.press("Check")
    learner.page.clock.run_for(5_000)
    expect(learner.frame.get_by_role("alert")).to_be_visible()
    # The answer is far below the top of the page, where the notice stands.
    learner.frame.wait_for_function("() => scrollY > 500")
    # Below the header, which stays there, too.
    learner.frame.wait_for_function(
        "() => document.getElementById('notices').getBoundingClientRect().top === 60"
    )


def test_header_stays_one_row_while_work_is_unsaved(
    lms: Lms, launch: Callable[..., Learner], expected: list[str], timed: None
) -> None:
    host = lms(fields={"title": "Looking after the office plants", "quick_exit": QuickExit(None)})
    learner = launch(host)
    widths = (700, 860)

    def heights() -> list[float]:
        found = []
        for width in widths:
            learner.page.set_viewport_size({"width": width, "height": 700})
            expect(learner.button("Save and exit")).to_be_visible()
            found.append(box(learner.frame.locator(".bar"))["height"])
        return found

    learner.saves()
    before = heights()
    expected.append("503")
    host.down = True
    learner.go("Second")
    learner.page.clock.run_for(5_000)
    learner.told("Not saved")
    assert heights() == before
