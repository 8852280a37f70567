"""The certificate of a trainee who has finished: once the LMS has confirmed it, with the stored
day."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, expect

from builder.course import state
from builder.course.model import Certificate, Theme
from tests.browser.conftest import Lms, Sco
from tests.browser.learner import Learner
from tests.browser.odd_lms import holding
from tests.support.clocks import stand_still
from tests.support.courses import page as page_of
from tests.support.courses import picture, question

QUIZ = (question("one"),)
PAGES: tuple[Any, ...] = (
    page_of("first", "Keep calm."),
    page_of("quiz", "Ready?", kind="quiz", quiz=QUIZ),
)
SIGNED = Certificate(("Jo Smith, Head of Learning",))
OWNER = "Larches Learning"
FIELDS = {"certificate": SIGNED, "owner": OWNER, "title": "Fire safety at work"}
ENDED = re.compile("^You passed · ")
COUNTS = "Your learning system holds the official record."
DEVICE = "The date comes from the device you finished on."
HELD = f"{COUNTS} The name and result come from your learning system. {DEVICE}"
UNKNOWN = "Date: see your learning system."
DONE = "2026-11-25T09:05:07"


def kept(finished: str | None = "2026-11-25", **fields: Any) -> str:
    """What the LMS has of a trainee who has passed."""
    values: dict[str, Any] = {"status": "passed", "score": 100_00, "reported": True} | fields
    made = state.State(
        "AAAAAAAA",
        4,
        values["status"],
        PAGES[0].key,
        values["score"],
        visited=frozenset(page.key for page in PAGES),
        quizzes={PAGES[1].key: state.QuizState(1, 100_00, False, {QUIZ[0].key: "a"})},
        reported=values["reported"],
        finished=finished,
    )
    return state.encode(made)


def passed(**more: str) -> dict[str, str]:
    values = {
        "cmi.core.student_name": "Learner, Sam",
        "cmi.core.lesson_status": "passed",
        "cmi.core.score.raw": "100",
        "cmi.suspend_data": kept(),
    }
    return values | {f"cmi.{name.replace('__', '.')}": value for name, value in more.items()}


def course_in(lms: Lms, given: dict[str, str] | None = None, **more: Any) -> Any:
    return lms(*PAGES, given=given or {}, fields=FIELDS | more)


def day_in(host: Any) -> str | None:
    read = state.decode(host.values["cmi.suspend_data"])
    assert read is not None
    return read.finished


def facts(learner: Learner) -> dict[str, str]:
    rows = learner.frame.locator(".certificate dl > div").all()
    return {row.locator("dt").inner_text(): row.locator("dd").inner_text() for row in rows}


def printer(learner: Learner) -> None:
    """Count what is printed; a real one would wait for a person."""
    learner.frame.evaluate(
        """() => {
          let times = 0;
          window.print = () => {
            dispatchEvent(new Event("beforeprint"));
            document.body.dataset.printed = times += 1;
          };
        }"""
    )


def take_quiz(learner: Learner) -> None:
    learner.press("Start")
    learner.choose("Option a")
    learner.press("Check")
    learner.press("See your result")


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_certificate_is_printed_after_quiz_and_a_year_later(lms: Lms, launch: Any) -> None:
    host = course_in(lms, {"cmi.core.student_name": "Learner, Sam"})
    launch(host).page.clock.install(time=DONE)
    learner = launch(host)
    printer(learner)
    learner.go("Quiz")
    learner.page.clock.run_for(5_000)
    # From the first save on there is a place for it.
    host.wait_until(lambda: day_in(host) == "")
    stand_still(learner.page)
    take_quiz(learner)
    learner.press("Next: Your result")
    learner.at(ENDED)
    printing = learner.button("Print certificate")
    expect(printing).to_be_hidden()
    learner.page.clock.resume()
    expect(printing).to_be_visible()
    host.wait_until(lambda: day_in(host) == "2026-11-25")
    learner.press("Print certificate")
    learner.at("Certificate")
    expect(learner.frame.locator("body")).to_have_attribute("data-printed", "1")
    expect(learner.frame.locator(".certificate-name")).to_have_text("Sam Learner")
    learner.see("has passed the course")
    learner.see("Jo Smith, Head of Learning")
    digest = learner.frame.evaluate(
        "JSON.parse(document.getElementById('course-data').textContent).course.digest"
    )
    assert facts(learner) == {
        "Completed on": "25 November 2026",
        "Score": "100%",
        "Owner": OWNER,
        "Version": "1.2.0",
        "Version code": digest[:16],
    }
    expect(learner.frame.locator(".certificate-note")).to_have_text(HELD)
    learner.press("Print")
    expect(learner.frame.locator("body")).to_have_attribute("data-printed", "2")
    learner.press("Back: Your result")
    learner.at(ENDED)

    again = launch(host)
    again.page.clock.set_system_time("2027-12-31T12:00:00")
    again.frame.evaluate("location.hash = '#end'")
    again.at(ENDED)
    expect(again.frame.locator(".band-facts")).to_contain_text("25 November 2026")
    again.frame.evaluate("location.hash = '#certificate'")
    again.at("Certificate")
    assert facts(again)["Completed on"] == "25 November 2026"


def test_review_mode_certificate_shows_data_from_lms(lms: Lms, launch: Any) -> None:
    for finished, day in (
        ("2026-11-25", "25 November 2026"),
        # Finished before there was a certificate, or in a player of before.
        (None, UNKNOWN),
        ("", UNKNOWN),
        # The clock of the device was years ahead.
        ("2099-01-01", UNKNOWN),
    ):
        given = passed(core__lesson_mode="review", core__score__raw="81.58")
        host = course_in(lms, given | {"cmi.suspend_data": kept(finished)})
        learner = launch(host)
        printer(learner)
        learner.frame.evaluate("location.hash = '#end'")
        learner.at(ENDED)
        learner.press("Print certificate")
        learner.at("Certificate")
        assert facts(learner) | {"Version code": ""} == {
            "Completed on": day,
            "Score": "82%",
            "Owner": OWNER,
            "Version": "1.2.0",
            "Version code": "",
        }
        assert [call for call in host.calls if call.name == "LMSSetValue"] == []


def test_certificate_shows_last_confirmed_result_without_lms_answer(
    sco: Sco, serve: Any, page: Page
) -> None:
    given = {"cmi.core.lesson_mode": "review", "cmi.suspend_data": kept()}
    page.add_init_script(holding(given))
    page.goto(serve(sco(*PAGES, fields=FIELDS)) + "/index.html#end")
    learner = Learner(page, page.main_frame)
    printer(learner)
    learner.at(ENDED)
    learner.press("Print certificate")
    learner.at("Certificate")
    learner.see("has passed the course")
    learner.see(f"{COUNTS} Your learning system last confirmed this name and result. {DEVICE}")
    assert facts(learner)["Score"] == "100%"


def test_course_finished_before_certificates_prints_no_date(lms: Lms, launch: Any) -> None:
    host = course_in(lms, passed() | {"cmi.suspend_data": kept(None)})
    learner = launch(host)
    printer(learner)
    learner.frame.evaluate("location.hash = '#end'")
    learner.at(ENDED)
    expect(learner.frame.locator(".band-facts")).not_to_contain_text("2026")
    learner.press("Print certificate")
    learner.at("Certificate")
    assert facts(learner)["Completed on"] == UNKNOWN


def test_preview_and_unfinished_course_offer_no_certificate(lms: Lms, launch: Any) -> None:
    for given, heading in (
        (passed(core__lesson_mode="browse"), ENDED),
        ({}, "You have not finished yet"),
    ):
        learner = launch(course_in(lms, given))
        learner.frame.evaluate("location.hash = '#certificate'")
        learner.at(heading)
        expect(learner.button("Print certificate")).to_be_hidden()
        assert learner.frame.evaluate("location.hash") == "#end"


def test_without_an_lms_there_is_none(sco: Sco, serve: Any, page: Page) -> None:
    page.goto(serve(sco(*PAGES, fields=FIELDS)) + "/index.html#certificate")
    learner = Learner(page, page.main_frame)
    learner.at("You have not finished yet")
    learner.press("First")
    learner.at("First")
    learner.go("Quiz")
    take_quiz(learner)
    learner.press("Next: Your result")
    learner.at(ENDED)
    expect(learner.button("Print certificate")).to_be_hidden()


def test_a_certificate_that_cannot_be_printed_or_loaded_is_reported(
    lms: Lms, launch: Any, expected: list[str]
) -> None:
    expected.append("shell-certificate")
    host = course_in(lms, passed(core__lesson_mode="review"))
    learner = launch(host)
    learner.frame.evaluate("location.hash = '#end'")
    learner.at(ENDED)
    learner.page.route("**/shell-certificate*.js", lambda route: route.abort())
    learner.press("Print certificate")
    alert = learner.frame.get_by_role("alert")
    expect(alert).to_contain_text("The certificate could not be loaded.")
    learner.page.unroute("**/shell-certificate*.js")
    learner.frame.evaluate("() => { window.print = () => {}; }")
    learner.press("Retry")
    learner.at("Certificate")
    learner.see(
        "Printing does not work here. Please ask the person who looks after your learning system "
        "for a certificate."
    )


def test_late_certificate_is_not_printed_when_read_later(lms: Lms, launch: Any) -> None:
    learner = launch(course_in(lms, passed(core__lesson_mode="review")))
    printer(learner)
    learner.frame.evaluate("location.hash = '#end'")
    learner.at(ENDED)
    held: list[Route] = []
    learner.page.route("**/shell-certificate*.js", lambda route: held.append(route))
    with learner.page.expect_request("**/shell-certificate*.js"):
        learner.press("Print certificate")
    learner.frame.evaluate("location.hash = '#about'")
    learner.at("About this course")
    learner.frame.evaluate("""() => {
      const script = document.querySelector("script[src*=shell-certificate]");
      window.ran = new Promise((resolve) => script.addEventListener("load", resolve));
    }""")
    held[0].continue_()
    learner.frame.evaluate("() => window.ran")
    learner.frame.evaluate("location.hash = '#certificate'")
    learner.at("Certificate")
    assert learner.frame.locator("body").get_attribute("data-printed") is None


SIZES = {
    "A4": {"width": "210mm", "height": "297mm"},
    "Letter": {"width": "8.5in", "height": "11in"},
    "A4, lying": {"width": "297mm", "height": "210mm"},
    "Letter, lying": {"width": "11in", "height": "8.5in"},
}
LONG = {
    "title": "Safeguarding children, young people and adults at risk: recognise, respond, record "
    "and refer, for everybody who works with families in their homes and in our centres",
    "owner": "The Safeguarding and Workforce Development Team of the County Council’s Department "
    "for Children, Families and Lifelong Learning",
    "certificate": Certificate(
        (
            "Professor Wilhelmina Featherstonehaugh-Cholmondeley, Director of Children’s Services",
            "Alexander Montgomery-Fitzwilliam, Chair of the Local Safeguarding Partnership",
        )
    ),
}
NAMES = {
    "en": "Maria-Magdalena Josephine Anna Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh",
    "fr": "Marie-Élisabeth Françoise de La Rochefoucauld-Montbel d’Estissac",
    "cy": "Siân ap Gruffudd-Llewelyn o Lanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
    "ar": "عبد الرحمن بن عبد العزيز بن محمد بن عبد الله الأنصاري الهاشمي",
    "es": "María de los Ángeles Fernández de Córdoba y Álvarez de las Asturias-Bohorques",
    "pa-Guru": "ਗੁਰਪ੍ਰੀਤ ਕੌਰ ਹਰਮਨਪ੍ਰੀਤ ਸਿੰਘ ਧਾਲੀਵਾਲ ਰੰਧਾਵਾ ਸੰਧੂ",
    "pl": "Grzegorz Wojciech Stanisław Brzęczyszczykiewicz-Konstantynopolitańska",
    "pt-PT": "Maria da Conceição dos Santos Albuquerque de Vasconcelos e Castelo-Branco",
    "ro": "Ștefania Alexandra Gabriela Constantinescu-Brâncoveanu",
    "ur": "محمد عبدالرحمٰن خان ابن عبدالعزیز خان یوسفزئی",
}


def test_certificate_fits_one_page_in_light_colours(sco: Sco, serve: Any, new_context: Any) -> None:
    context = new_context(color_scheme="dark")
    for language, name in NAMES.items():
        given = passed(core__lesson_mode="review") | {"cmi.core.student_name": name}
        page = context.new_page()
        page.add_init_script(holding(given))
        folder = sco(*PAGES, fields=FIELDS | LONG | {"language": language})
        page.goto(f"{serve(folder)}/index.html#certificate")
        sheet = page.locator(".certificate")
        expect(sheet).to_have_css("background-color", "rgb(26, 37, 42)")
        page.emulate_media(media="print")
        expect(sheet).to_have_css("background-color", "rgb(255, 255, 255)")
        expect(sheet).to_have_css("color", "rgb(0, 0, 0)")
        expect(page.locator("main h1")).to_be_hidden()
        expect(page.locator(".certificate-name")).to_have_text(name)
        for size in SIZES.values():
            assert pages_of(page.pdf(**size)) == 1, (language, size)
        page.close()


def test_pass_after_fail_gets_its_own_date(lms: Lms, page: Page, launch: Any) -> None:
    failed = kept("2026-01-31", status="failed", score=0)
    given = {"cmi.core.lesson_status": "failed", "cmi.suspend_data": failed}
    host = course_in(lms, given)
    page.clock.install(time=DONE)
    launch(host)
    page.clock.run_for(5_000)
    host.wait("cmi.core.lesson_status", "passed")
    host.wait_until(lambda: day_in(host) == "2026-11-25")


def test_certificate_name_follows_the_order_set_by_course(lms: Lms, launch: Any) -> None:
    for order, sent, printed in (
        ("as-sent", "Learner, Sam", "Learner, Sam"),
        ("given-name-first", "Learner, Sam", "Sam Learner"),
        ("given-name-first", "O’Neill-Jones,Mary Ann", "Mary Ann O’Neill-Jones"),
        ("given-name-first", "مريم، عبد الرحمن", "عبد الرحمن مريم"),
        # Names of another shape stay as they are.
        ("given-name-first", "Sam Learner", "Sam Learner"),
        ("given-name-first", "Learner, Sam, BSc", "Learner, Sam, BSc"),
    ):
        given = passed(core__lesson_mode="review", core__student_name=sent)
        learner = launch(course_in(lms, given, trainee_names=order))
        learner.frame.evaluate("location.hash = '#certificate'")
        learner.at("Certificate")
        expect(learner.frame.locator(".certificate-name")).to_have_text(printed)
        expect(learner.frame.locator(".certificate-note")).to_have_text(HELD)


def test_it_has_the_logo_and_this_print_a_corrected_name(
    lms: Lms, launch: Any, tmp_path: Path
) -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="80" height="20"/>'
    (tmp_path / "media").mkdir()
    (tmp_path / "media/logo.svg").write_bytes(drawing)
    logo = picture("media/logo.svg", drawing, tmp_path)
    theme = Theme(logo=logo.path, logo_alt="Anytown Council")
    host = course_in(lms, passed(core__lesson_mode="review"), theme=theme, media=(logo,))
    learner = launch(host)
    printer(learner)
    learner.frame.evaluate("location.hash = '#certificate'")
    learner.at("Certificate")
    shown = learner.frame.locator(".certificate-logo img")
    expect(shown).to_have_attribute("alt", "Anytown Council")
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 80
    learner.fill("Name on this print", "Samuel Learner")
    expect(learner.frame.locator(".certificate-name")).to_have_text("Samuel Learner")
    # Nobody takes it for what the LMS has.
    expect(learner.frame.locator(".certificate-note")).to_contain_text(
        "The trainee wrote the name; the learning system has “Learner, Sam”."
    )
    learner.press("Print")
    expect(learner.frame.locator("body")).to_have_attribute("data-printed", "1")
    assert [call for call in host.calls if call.name == "LMSSetValue"] == []
    again = launch(host)
    again.frame.evaluate("location.hash = '#certificate'")
    again.at("Certificate")
    expect(again.frame.locator(".certificate-name")).to_have_text("Sam Learner")
