"""A course in several languages: chosen at launch, and changed on the page without a loss."""

import random
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from builder.course.state import State, encode
from tests.browser.learner import NOTHING_AHEAD, Learner, saved
from tests.browser.several_languages import write_languages, write_untranslated
from tests.lms.scorm_again import ScormAgain, scorm_again

FOCUS = "(element) => element.focus({preventScroll: true})"
NAMES = {"en": "English", "ar": "العربية", "fr": "Français"}
STAYS = "Français could not be loaded. The course stays in English."


@pytest.fixture
def host(tmp_path: Path, servers: ExitStack) -> ScormAgain:
    return servers.enter_context(scorm_again(write_languages(tmp_path / "sco")))


def chosen_before(host: ScormAgain, tag: str) -> None:
    """In an earlier visit, the trainee has chosen this language."""
    host.stored["cmi.suspend_data"] = encode(State("AAAAAAAA", 1, "incomplete", "", language=tag))


def keeps(host: ScormAgain, learner: Learner, tag: str) -> None:
    """The LMS gets this language as the one that is chosen; "" is the source language."""
    learner.page.clock.run_for(2000)
    host.wait_until(lambda: saved(host).language == tag)


def turn(learner: Learner, tag: str) -> None:
    """Choose a language in the header; the button keeps the focus."""
    toggle = learner.frame.locator("#language-button")
    toggle.evaluate(FOCUS)
    learner.page.keyboard.press("Enter")
    expect(toggle).to_have_attribute("aria-expanded", "true")
    learner.frame.locator(f"#languages [lang={tag}]").evaluate(FOCUS)
    learner.page.keyboard.press("Enter")
    shown_in(learner, tag)
    expect(toggle).to_be_focused()
    expect(toggle).to_have_attribute("aria-expanded", "false")


def shown_in(learner: Learner, tag: str) -> None:
    html = learner.frame.locator("html")
    expect(html).to_have_attribute("lang", tag)
    expect(html).to_have_attribute("dir", "rtl" if tag == "ar" else "ltr")
    expect(learner.frame.locator("#language-button span")).to_have_text(NAMES[tag])


def heading(learner: Learner, words: str) -> None:
    expect(learner.frame.get_by_role("heading", level=1)).to_have_text(words)


@pytest.mark.usefixtures("timed")
def test_unsent_answers_stay_on_the_page_in_the_other_language(host, launch) -> None:
    learner = launch(host)
    learner.press("Start")
    learner.go("Second")
    frame = learner.frame
    frame.locator("summary").click()
    box = frame.locator("[type=checkbox]").nth(1)
    box.check()
    expect(frame.locator("#languages")).to_be_hidden()
    frame.evaluate("scrollTo(0, 300)")

    turn(learner, "fr")

    heading(learner, "fr Second")
    expect(frame.locator("details")).to_have_attribute("open", "")
    expect(box).to_be_checked()
    assert frame.evaluate("scrollY") == 300
    assert frame.evaluate("document.title") == "fr Second – fr First aid"
    expect(frame.locator("#next")).to_have_text("Suivant : fr Quiz")
    expect(frame.locator("#about-button")).to_have_text("À propos de ce cours")
    expect(frame.locator("[role=status].unseen").last).to_have_text("Langue du cours : Français")
    keeps(host, learner, "fr")

    # Back in the source language, which is no choice to keep.
    turn(learner, "en")
    heading(learner, "Second")
    expect(box).to_be_checked()
    expect(frame.locator("#about-button")).to_have_text("About this course")
    keeps(host, learner, "")


EDGES = """(buttons) => buttons.map((button) => {
  const words = document.createRange();
  words.selectNodeContents(button);
  const {left, right} = words.getBoundingClientRect();
  return Math.round(document.dir === "rtl" ? right : left);
})"""


def test_the_language_list_is_aligned_and_closes_on_leaving(host, launch) -> None:
    learner = launch(host)
    toggle, panel = (learner.frame.locator(one) for one in ("#language-button", "#languages"))
    expect(toggle).to_have_attribute("aria-controls", "languages")
    expect(toggle).to_have_accessible_name("Course language: English")
    for leave in ("Escape", "Shift+Tab", "Tab"):
        toggle.focus()
        learner.page.keyboard.press("Enter")
        expect(panel).to_be_visible()
        assert panel.locator("button").all_text_contents() == [*NAMES.values()]
        expect(panel.locator("[aria-current=true]")).to_have_text("English")
        # From the button to its neighbours in the header, the other way through the languages.
        for _ in NAMES if leave == "Tab" else ():
            learner.page.keyboard.press(leave)
            expect(panel).to_be_visible()
        learner.page.keyboard.press(leave)
        expect(panel).to_be_hidden()
        expect(toggle).to_have_attribute("aria-expanded", "false")
    for button in (toggle, learner.frame.locator(".cover-languages button").first):
        size = button.bounding_box()
        assert size is not None
        assert min(size["width"], size["height"]) >= 44
    # Whatever the direction of the names.
    for tag in ("ar", "fr"):
        turn(learner, tag)
        toggle.click()
        edges = learner.frame.locator("#languages button").evaluate_all(EDGES)
        assert len(edges) == 3
        assert len(set(edges)) == 1
        # A click on the words counts as well as one beside them.
        learner.frame.locator("#languages").get_by_text("English").click()
        shown_in(learner, "en")


def test_every_view_follows_and_feedback_stays(host, launch) -> None:
    learner = launch(host)
    frame = learner.frame
    expect(frame.locator("#contents-button")).to_be_visible()
    turn(learner, "fr")
    heading(learner, "fr First aid")
    expect(frame.locator("#begin")).to_have_text("Commencer")
    expect(frame.locator("#begin + p")).to_have_text("Première page : fr First")
    for address, french, english in (
        ("#about", "À propos de ce cours", "About this course"),
        ("#end", "Vous n’avez pas encore terminé", "You have not finished yet"),
        ("#/record", "fr Record", "Record"),
    ):
        frame.evaluate(f"location.hash = '{address}'")
        heading(learner, french)
        turn(learner, "en")
        heading(learner, english)
        turn(learner, "fr")
        heading(learner, french)
    frame.locator("#contents-button").click()
    expect(frame.locator("#contents a").first).to_contain_text("fr First")
    turn(learner, "en")
    frame.locator("#contents-button").click()
    expect(frame.locator("#contents a").first).to_contain_text("First")
    frame.locator("#search-button").click()
    expect(frame.locator("#search label")).to_have_text("Search this course")
    learner.page.keyboard.press("Escape")
    # Feedback in a quiz stays.
    frame.evaluate("location.hash = '#/quiz'")
    heading(learner, "Quiz")
    learner.press("Start")
    learner.choose("Option a")
    learner.press("Check")
    expect(frame.locator(".feedback h3")).to_be_focused()
    before = frame.locator(".which").text_content()
    turn(learner, "fr")
    expect(frame.locator(".feedback.correct")).to_be_visible()
    turn(learner, "en")
    expect(frame.locator(".which")).to_have_text(str(before))
    expect(frame.locator(".feedback.correct")).to_be_visible()
    expect(frame.locator(".feedback").get_by_role("button")).to_have_text("Next question")


def test_titles_that_are_not_translated_are_marked_in_lists(tmp_path: Path, launch) -> None:
    """WCAG 3.1.2: a screen reader says each title in its own language."""
    with scorm_again(write_untranslated(tmp_path / "sco")) as host:
        learner = launch(host)
        frame = learner.frame
        turn(learner, "fr")
        frame.evaluate("location.hash = '#end'")
        expect(frame.locator("#main [lang=en]")).to_have_text("Second")
        frame.locator("#contents-button").click()
        expect(frame.locator("#contents a").first).to_contain_text("fr First")
        expect(frame.locator("#contents [lang=en]")).to_have_text(["Part one", "Second"])
        frame.locator("#search-button").click()
        frame.locator("#search-words").fill("second")
        learner.page.keyboard.press("Enter")
        expect(frame.locator("#search a[lang=en]")).to_have_text("Second")
        turn(learner, "en")
        expect(frame.locator("#main [lang=en]")).to_have_count(0)
        frame.locator("#contents-button").click()
        expect(frame.locator("#contents a").nth(1)).to_contain_text("Second")
        expect(frame.locator("#contents [lang=en]")).to_have_count(0)


def test_the_browsers_language_is_offered_first(host, browser, faults) -> None:
    with browser.new_context(locale="fr-CA") as context:
        page = context.new_page()
        page.goto(host.url())
        buttons = Learner.in_frame(page).frame.locator(".cover-languages button")
        assert buttons.all_text_contents() == ["Français", "English", "العربية"]
        assert buttons.evaluate_all("(all) => all.map((one) => one.lang)") == ["fr", "en", "ar"]


def launch_waiting(host: ScormAgain, page: Page, waiting: list[Route]) -> Learner:
    """Launch the course; it waits for a request that the test holds back in ``waiting``, and the
    LMS's page may wait for it, too."""
    page.goto(host.url(), wait_until="commit")
    frame = page.locator("iframe[name=sco]").element_handle().content_frame()
    assert frame is not None
    learner = Learner(page, frame)
    learner.wait(lambda: waiting)
    return learner


@pytest.mark.usefixtures("timed")
def test_a_course_opens_in_the_language_that_was_chosen(host, launch, page: Page) -> None:
    learner = launch(host)
    learner.frame.locator(".cover-languages [lang=ar]").click()
    shown_in(learner, "ar")
    expect(learner.frame.locator(".cover-languages [lang=ar]")).to_be_focused()
    keeps(host, learner, "ar")
    page.goto("about:blank")

    asked: list[str] = []
    waiting: list[Route] = []
    page.on("request", lambda request: asked.append(request.url))
    page.route("**/assets/language-ar-*", lambda route: waiting.append(route))
    learner = launch_waiting(host, page, waiting)
    frame = learner.frame
    # Until the language has loaded, no text of the source language is shown.
    expect(frame.locator("h1")).to_be_hidden()
    waiting.pop().continue_()
    shown_in(learner, "ar")
    heading(learner, "\N{LEFT-TO-RIGHT ISOLATE}ar First aid\N{POP DIRECTIONAL ISOLATE}")
    expect(frame.locator("h1")).to_be_visible()
    expect(frame.get_by_role("group", name="اللغة")).to_have_class("actions cover-languages")
    before = asked[: next(at for at, one in enumerate(asked) if "/language-ar-" in one) + 1]
    files = [one for one in before if "/sco/" in one and not one.endswith((".svg", ".png"))]
    # The page, its styles for paper, the player, the language.
    assert len(files) == 4


@pytest.mark.parametrize("late", [False, True])
def test_second_language_choice_wins_while_first_loads(
    host, page: Page, faults: list[str], late: bool
) -> None:
    """The second one comes while the first is still awaited, or once it no longer is."""
    chosen_before(host, "ar")
    waiting: list[Route] = []
    second: list[Route] = []
    page.route("**/assets/language-ar-*", lambda route: waiting.append(route))
    page.route("**/assets/language-fr-*", lambda route: second.append(route))
    page.clock.install()
    learner = launch_waiting(host, page, waiting)
    frame = learner.frame
    # After a while the cover shows itself.
    frame.locator(".cover-languages [lang=fr]").evaluate("(button) => button.click()")
    learner.wait(lambda: second)
    if late:
        page.clock.run_for(11_000)
        expect(frame.locator("#begin")).to_be_visible()
    second.pop().continue_()
    shown_in(learner, "fr")
    heading(learner, "fr First aid")
    page.clock.run_for(11_000)
    expect(frame.locator("#begin")).to_be_visible()
    heading(learner, "fr First aid")
    learner.press("Commencer")
    heading(learner, "fr First")
    keeps(host, learner, "fr")
    assert faults == []


def test_source_language_chosen_while_another_loads_stays(host, page: Page) -> None:
    chosen_before(host, "ar")
    waiting: list[Route] = []
    page.route("**/assets/language-ar-*", lambda route: waiting.append(route))
    page.clock.install()
    learner = launch_waiting(host, page, waiting)
    learner.frame.locator(".cover-languages [lang=en]").evaluate("(button) => button.click()")
    keeps(host, learner, "")
    for route in waiting:
        route.continue_()
    expect(learner.frame.locator("#begin")).to_be_visible()
    shown_in(learner, "en")
    heading(learner, "First aid")


def test_loading_a_language_is_shown_and_failing_changes_nothing(
    host, launch, page: Page, faults: list[str]
) -> None:
    page.add_init_script(NOTHING_AHEAD)
    learner = launch(host)
    learner.press("Start")
    page.route("**/assets/language-fr-*", lambda route: route.abort())
    toggle = learner.frame.locator("#language-button")
    toggle.click()
    learner.frame.locator("#languages [lang=fr]").click()
    notice = learner.frame.locator("[data-notice=language]")
    expect(notice.get_by_role("alert")).to_have_text(STAYS)
    # Everything else answers, so nothing is known about the LMS.
    why = notice.locator("p.why")
    expect(why).to_have_text("If it does not appear, close this window and open the course again.")
    shown_in(learner, "en")
    heading(learner, "First")
    keeps(host, learner, "")
    page.unroute("**/assets/language-fr-*")
    notice.get_by_role("button", name="Retry").click()
    shown_in(learner, "fr")
    heading(learner, "fr First")
    expect(notice).to_have_count(0)
    faults.clear()

    turn(learner, "en")
    waiting: list[Route] = []
    page.route("**/assets/language-ar-*", lambda route: waiting.append(route))
    toggle.click()
    learner.frame.locator("#languages [lang=ar]").click()
    live = learner.frame.locator("[role=status].unseen").last
    expect(toggle).to_have_attribute("aria-busy", "true")
    expect(live).to_have_text("Loading")
    assert toggle.locator("svg").evaluate("(icon) => getComputedStyle(icon).opacity") == "0.5"
    learner.wait(lambda: waiting)
    waiting.pop().continue_()
    shown_in(learner, "ar")
    expect(toggle).to_have_attribute("aria-busy", "false")
    expect(live).to_have_text(
        "لغة الدورة: \N{FIRST STRONG ISOLATE}العربية\N{POP DIRECTIONAL ISOLATE}"
    )


def test_unavailable_language_falls_back_to_source_with_notice(
    host, launch, page: Page, faults: list[str]
) -> None:
    chosen_before(host, "fr")
    page.route("**/assets/language-fr-*", lambda route: route.abort())
    learner = launch(host)
    notice = learner.frame.locator("[data-notice=language]")
    expect(notice.get_by_role("alert")).to_have_text(STAYS)
    shown_in(learner, "en")
    expect(learner.frame.locator("#begin")).to_be_visible()
    page.unroute("**/assets/language-fr-*")
    notice.get_by_role("button", name="Retry").click()
    shown_in(learner, "fr")
    assert saved(host).language == "fr"
    faults.clear()


@pytest.mark.usefixtures("timed")
def test_typed_answer_is_judged_in_its_own_language(host, launch) -> None:
    learner = launch(host)
    learner.press("Start")
    frame = learner.frame
    field = frame.locator(".answer input")
    field.fill("fire")
    frame.locator("[type=submit]").click()
    expect(frame.locator(".feedback.correct")).to_be_visible()
    turn(learner, "fr")
    # “fire” is not one of the French answers.
    expect(frame.locator(".feedback.correct")).to_be_visible()
    expect(field).to_have_value("fire")
    field.fill("feu")
    frame.locator("[type=submit]").click()
    expect(frame.locator(".feedback.correct")).to_be_visible()
    turn(learner, "ar")
    expect(frame.locator(".feedback.correct")).to_be_visible()
    # So is an answer that was typed before the language was changed, and checked after it.
    turn(learner, "fr")
    field.fill("eau")
    turn(learner, "en")
    frame.locator("[type=submit]").click()
    expect(frame.locator(".feedback [lang=fr]")).to_have_text("feu")
    expect(frame.locator(".feedback")).to_contain_text("Accepted: feu")
    turn(learner, "fr")
    field.fill("feu")
    frame.locator("[type=submit]").click()
    expect(frame.locator(".feedback.correct")).to_be_visible()
    learner.frame.locator("#next").click()
    learner.page.clock.run_for(2000)
    host.wait_until(lambda: host.stored.get("cmi.interactions.2.student_response") == "[fr] feu")
    assert host.stored["cmi.interactions.1.student_response"] == "fire"
    assert {host.stored[f"cmi.interactions.{n}.result"] for n in (1, 2)} == {"correct"}
    assert {one.response for one in saved(host).checks.values()} == {"feu\nfr"}


def play(host: ScormAgain, learner: Learner, chance: random.Random | None) -> None:
    """Do the whole course. With a ``chance``, turn to another language before each step."""
    frame = learner.frame

    def step(act: Callable[[], object]) -> None:
        if chance:
            now = frame.locator("html").get_attribute("lang")
            turn(learner, chance.choice([tag for tag in NAMES if tag != now]))
        act()

    def check() -> None:
        frame.locator("[type=submit]").click()
        expect(frame.locator(".feedback h3").last).to_be_visible()

    step(lambda: frame.evaluate("location.hash = '#/first'"))
    expect(frame.locator("article[data-page=first] .answer input")).to_be_visible()
    step(lambda: frame.locator("#next").click())
    expect(frame.locator("article[data-page=second]")).to_be_visible()
    for options in ((0,), (0, 1), (0, 2)):
        for at in range(3):
            box = frame.locator("[type=checkbox]").nth(at)
            step(lambda box=box, on=at in options: box.set_checked(on))
        step(check)
        again = frame.locator(".feedback button")
        if options != (0, 2):
            step(again.first.click)
    step(lambda: frame.evaluate("location.hash = '#/quiz'"))
    begin = frame.locator("[data-quiz] button")
    expect(begin).to_be_visible()
    step(begin.click)
    for values in (("a",), ("a", "c"), ("t",)):
        for value in values:
            box = frame.locator(f".answer [value={value}]")
            step(lambda box=box: box.check())
        step(check)
        step(frame.locator(".feedback button").click)
    expect(frame.locator(".outcome")).to_be_visible()
    step(lambda: frame.evaluate("location.hash = '#/record'"))
    field = frame.locator("textarea").first
    expect(field).to_be_visible()
    step(lambda: field.fill("My plan"))
    step(lambda: frame.locator("[type=date], .date input").first.blur())


def kept(host: ScormAgain) -> tuple[State, dict[str, str]]:
    """What the LMS has, without what differs between any two visits: the attempt, the number of
    saves, and times."""
    state = replace(saved(host), attempt="", saves=0, language="", interactions=0, reported=False)
    values = {
        element: value
        for element, value in host.stored.items()
        if element.startswith(("cmi.interactions", "cmi.core.score", "cmi.core.lesson"))
        and not element.endswith((".time", ".latency"))
    }
    return replace(state, finished=state.finished or None), values


def test_random_switches_change_nothing_but_the_choice(
    tmp_path: Path, new_context: Callable[..., BrowserContext], servers: ExitStack
) -> None:
    results = []
    for name, chance in (("without", None), ("with", random.Random(1))):
        host = servers.enter_context(scorm_again(write_languages(tmp_path / name)))
        page = new_context().new_page()
        # The same attempt, so that questions come in the same order.
        page.add_init_script("crypto.getRandomValues = (bytes) => bytes.fill(7)")
        page.goto(host.url())
        learner = Learner.in_frame(page)
        expect(learner.frame.locator("#contents-button")).to_be_visible()
        play(host, learner, chance)
        page.goto("about:blank")
        host.wait_for_call("LMSFinish")
        results.append(kept(host))
    assert results[0] == results[1]
