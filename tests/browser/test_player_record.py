"""The record: answers and dates are kept, checked gently, and printed."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from builder.course import markdown, state
from tests.browser.conftest import Lms, Sco
from tests.browser.learner import Learner
from tests.browser.player_course import PAGES
from tests.support.clocks import stand_still

FIRST, RECORD = PAGES[0], PAGES[4]


def mounted(learner: Learner) -> Learner:
    """On a record whose script has run: its fields are there before."""
    expect(learner.frame.locator("[data-today]").first).to_be_visible()
    return learner


@pytest.fixture
def kept(lms: Lms, launch, timed):
    host = lms(RECORD)
    return host, mounted(launch(host))


def cell(learner: Learner, name: str):
    return learner.frame.locator(f'[data-sheet="{name}"]').first


def unfold(learner: Learner) -> None:
    """Open the preview, whose cells have no lines before; the focus stays where it is."""
    learner.frame.locator(".sheet").evaluate("(sheet) => (sheet.open = true)")


ONE = state.key("record", "one")
KEPT = "parent.API.LMSGetValue('cmi.suspend_data')"


def fill_in_the_rest(learner: Learner) -> None:
    learner.fill("Answer", "Sam too")
    for part, digits in (("Day", "6"), ("Month", "3"), ("Year", "2026")):
        learner.fill(part, digits)


def test_the_sheet_shows_who_answered_what_and_when(kept, launch, page) -> None:
    host, learner = kept
    page.clock.set_system_time("2026-11-25T09:05:07")
    for number, name in enumerate(("one", "two")):
        field = learner.frame.get_by_label("Answer").nth(number)
        expect(field).to_have_accessible_name(f"What about {name}? Answer")
        group = learner.frame.locator("fieldset.date").nth(number)
        expect(group).to_have_accessible_name(f"What about {name}? Date achieved")
        expect(group).to_have_accessible_description("For example, 27 3 2026")
    expect(cell(learner, "learner")).to_have_text("Dana Cohen")
    expect(cell(learner, "status")).to_have_text("Not finished yet")
    learner.fill("Answer", "Sam,\nroom 4")
    learner.fill("Day", "5")
    learner.fill("Month", "3")
    learner.fill("Year", "2026")
    unfold(learner)
    expect(cell(learner, f"{ONE}-answer")).to_have_text("Sam,\nroom 4", use_inner_text=True)
    expect(cell(learner, f"{ONE}-date")).to_have_text("5 March 2026")
    fill_in_the_rest(learner)
    learner.press("About this course")
    learner.at("About this course")
    learner.press("Back: Record")
    learner.saves()
    host.wait("cmi.core.lesson_status", "completed")
    expect(cell(learner, "status")).to_have_text("Completed")
    with page.expect_download() as download:
        learner.press("Save as a text file")
    assert download.value.suggested_filename == "Record Dana Cohen.txt"
    assert "Trainee: Dana Cohen\n" in download.value.path().read_text("utf-8")
    # The day stays at the next visit.
    page.goto("about:blank")
    host.wait_for_call("LMSFinish")
    learner = launch(host)
    page.clock.set_system_time("2027-12-31T12:00:00")
    expect(cell(learner, "completed")).to_have_text("25 November 2026")


def title(learner: Learner) -> str:
    """The title of the course's window, which is a frame of the LMS."""
    found: str = learner.frame.evaluate("() => document.title")
    return found


def test_invalid_date_gets_polite_message(kept) -> None:
    _, learner = kept
    learner.fill("Day", "31")
    learner.fill("Month", "2")
    message = learner.frame.locator(f"#record-{ONE}-date-error")
    expect(message).to_have_role("status")
    expect(message).to_be_empty()
    learner.fill("Year", "2026")
    learner.tab_to("Answer")
    day = learner.frame.get_by_label("Day").first
    asks = "Not saved yet. Enter a real date, with a year of four digits, for example 27 3 2026"
    expect(day).to_have_attribute("aria-invalid", "true")
    expect(day).to_have_accessible_description(asks)
    assert title(learner).startswith("Error: ")
    expect(cell(learner, f"{ONE}-date")).to_have_text("Your last change is not saved.")
    day.fill("28")
    learner.frame.get_by_label("Answer").first.focus()
    expect(day).to_have_attribute("aria-invalid", "false")
    assert not title(learner).startswith("Error: ")
    expect(cell(learner, f"{ONE}-date")).to_have_text("28 February 2026")
    # A year of two digits is no year.
    learner.frame.get_by_label("Year").first.fill("26")
    learner.frame.get_by_label("Answer").first.focus()
    expect(day).to_have_attribute("aria-invalid", "true")
    expect(day).to_have_accessible_description(asks)
    expect(cell(learner, f"{ONE}-date")).to_have_text("Your last change is not saved.")
    learner.frame.get_by_label("Year").first.fill("2026")
    learner.frame.get_by_label("Answer").first.focus()
    expect(day).to_have_attribute("aria-invalid", "false")
    expect(cell(learner, f"{ONE}-date")).to_have_text("28 February 2026")


def test_long_record_text_is_kept_and_marked_too_long(kept) -> None:
    _, learner = kept
    field = learner.frame.get_by_label("Answer").first
    count = learner.frame.locator(f"#record-{ONE}-count")
    expect(count).to_have_text("About 100 characters left")
    # So much of plain English fits, with its punctuation.
    field.fill(("I asked my manager, and we've read “Signs” again: twice. " * 2)[:100])
    learner.page.keyboard.press("Tab")
    expect(count).to_have_text("About 9 characters left")
    field.fill("x" * 100)
    learner.page.keyboard.press("Tab")
    expect(count).to_have_text("About 18 characters left")
    field.fill("é" * 63)
    learner.page.keyboard.press("Tab")
    expect(count).to_have_text(
        "Too long to save. Characters to remove: about 6. "
        "Letters with accents and punctuation count as more than one."
    )
    expect(count).to_have_css("color", "rgb(150, 48, 31)")
    expect(count).to_have_css("font-weight", "600")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value("é" * 63)
    unfold(learner)
    expect(cell(learner, f"{ONE}-answer")).to_have_text(
        "é" * 63 + "\nYour last change is not saved.", use_inner_text=True
    )
    learner.frame.evaluate("window.print = () => dispatchEvent(new Event('beforeprint'))")
    learner.press("Print record")
    expect(learner.frame.locator(".record > [role=status]")).to_have_text(
        "Your last change is not saved."
    )


def test_unsavable_record_fields_keep_text_and_errors(kept) -> None:
    _, learner = kept
    field = learner.frame.get_by_label("Answer").first
    learner.fill("Answer", "Short")
    field.fill("é" * 61)
    learner.fill("Day", "5")
    learner.press("About this course")
    learner.at("About this course")
    learner.press("Back: Record")
    expect(field).to_have_value("é" * 61)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(
        re.compile("^Too long to save. Characters to remove: about 2[.]")
    )
    day = learner.frame.get_by_label("Day").first
    expect(day).to_have_value("5")
    expect(day).to_have_accessible_description(re.compile("^Not saved yet. Enter a real date"))
    unfold(learner)
    expect(cell(learner, f"{ONE}-answer")).to_have_text(
        "é" * 61 + "\nYour last change is not saved.", use_inner_text=True
    )
    field.fill("Put right")
    learner.fill("Month", "3")
    learner.fill("Year", "2026")
    learner.press("About this course")
    learner.at("About this course")
    learner.press("Back: Record")
    expect(field).to_have_value("Put right")
    expect(field).to_have_attribute("aria-invalid", "false")
    expect(cell(learner, f"{ONE}-answer")).to_have_text("Put right")
    expect(cell(learner, f"{ONE}-date")).to_have_text("5 March 2026")


def test_a_pause_in_typing_saves_and_so_does_leaving(kept, launch, page) -> None:
    host, learner = kept
    # The visit itself is saved, too.
    learner.saves()
    before = learner.frame.evaluate(KEPT)
    learner.fill("Answer", "Half a")
    page.clock.run_for(2_000)
    learner.frame.wait_for_function(f"(before) => {KEPT} !== before", arg=before)
    saved = state.decode(learner.frame.evaluate(KEPT))
    assert saved is not None
    assert saved.records[ONE].text == "Half a"
    expect(learner.frame.get_by_label("Answer").first).to_be_focused()
    page.keyboard.insert_text(" sentence")
    page.goto("about:blank")
    host.wait_for_call("LMSFinish")
    learner = launch(host)
    expect(learner.frame.get_by_label("Answer").first).to_have_value("Half a sentence")


PASSED = {"cmi.core.lesson_status": "passed", "cmi.core.score.raw": "100"}
REVIEW = {"cmi.core.lesson_mode": "review"}
BROWSE = {"cmi.core.lesson_mode": "browse"}
NO_CREDIT = {"cmi.core.credit": "no-credit"}
# Open edX gives no result and no count back, whatever it has (templates/lms/profiles/openedx.ts).
NEVER_SAYS = """
const secret = ["cmi.core.lesson_status", "cmi.core.score.raw", "cmi.interactions._count"];
let lms;
Object.defineProperty(window, "API", {
  get: () => lms,
  set(api) {
    lms = Object.create(api);
    for (const name in api) {
      if (typeof api[name] === "function") lms[name] = (...args) => api[name](...args);
    }
    lms.LMSGetValue = (name) => (secret.includes(name) ? "" : api.LMSGetValue(name));
  },
});
"""


def stands(learner: Learner, status: str, score: str) -> None:
    """What the sheet says of both."""
    expect(cell(learner, "status")).to_have_text(status)
    expect(cell(learner, "score")).to_have_text(score)


def held(status: state.Status, score: int | None, *, reported: bool) -> dict[str, str]:
    """What an LMS gives back of a trainee who has done this."""
    kept = state.State(
        "AAAAAAAA", 4, status, "", score=score, reported=reported, visited=frozenset({FIRST.key})
    )
    return {"cmi.suspend_data": state.encode(kept)}


@pytest.mark.sampled
@pytest.mark.parametrize("mode", [{}, REVIEW, BROWSE, NO_CREDIT], ids=str)
@pytest.mark.parametrize(
    ("result", "told"),
    [
        (PASSED, ("Passed", "100%")),
        ({"cmi.core.lesson_status": "failed", "cmi.core.score.raw": "40"}, ("Not passed", "40%")),
        ({"cmi.core.lesson_status": "completed"}, ("Completed", "No score yet")),
        ({}, ("Not finished yet", "No score yet")),
    ],
    ids=str,
)
def test_record_shows_lms_result_in_every_mode(
    lms: Lms, launch, mode: dict[str, str], result: dict[str, str], told: tuple[str, str]
) -> None:
    learner = launch(lms(RECORD, given=held("incomplete", None, reported=True) | mode | result))
    expect(learner.frame.locator("#save-status")).to_have_text(
        "Nothing is recorded" if "cmi.core.lesson_mode" in mode else "Saved"
    )
    stands(learner, *told)


def test_record_shows_confirmed_result_without_lms_answer(lms: Lms, launch, page, timed) -> None:
    page.add_init_script(NEVER_SAYS)
    confirmed = ("Passed, as last confirmed", "90%, as last confirmed")
    for mode in ({}, REVIEW, BROWSE, NO_CREDIT):
        learner = launch(lms(RECORD, given=held("passed", 9000, reported=True) | mode))
        stands(learner, *confirmed)
    # Where nothing was confirmed, the manager has to ask.
    for mode in (REVIEW, BROWSE):
        learner = launch(lms(RECORD, given=held("passed", 9000, reported=False) | mode))
        stands(learner, "See your learning system", "See your learning system")
    # An LMS confirms within the visit by taking what is sent.
    learner = launch(lms(RECORD, given=held("passed", 9000, reported=False)))
    learner.saves()
    stands(learner, *confirmed)


def test_without_credit_the_sheet_has_no_unreported_score(lms: Lms, launch, timed) -> None:
    given = held("passed", 9000, reported=False) | NO_CREDIT
    host = lms(RECORD, given=given | {"cmi.core.lesson_status": "incomplete"})
    learner = mounted(launch(host))
    learner.saves()
    learner.fill("Answer", "Sam")
    learner.press("About this course")
    learner.at("About this course")
    learner.saves()
    learner.press("Back: Record")
    assert host.stored.get("cmi.core.score.raw", "") == ""
    stands(learner, "Not finished yet", "No score yet")


@pytest.mark.parametrize("mode", [REVIEW, BROWSE], ids=str)
def test_record_of_an_unrecorded_visit_is_what_was_saved(
    kept, launch, page, mode: dict[str, str]
) -> None:
    host, learner = kept
    learner.fill("Answer", "Sam\nand Kim")
    for part, digits in (("Day", "6"), ("Month", "3"), ("Year", "2026")):
        learner.fill(part, digits)
    page.keyboard.press("Tab")
    learner.saves()
    host.given = mode | PASSED
    learner = launch(host)
    frame = learner.frame
    learner.see("Nothing is recorded during this visit.")
    expect(cell(learner, "status")).to_have_text("Passed")
    # Nothing to type into, and nothing is promised about it.
    assert frame.locator(".record-item :is(textarea, input, button)").count() == 0
    assert frame.get_by_text("What you write is saved").count() == 0
    rows = frame.locator(".record-item").first.locator(".facts > div")
    assert rows.all_inner_texts() == ["Answer\nSam\nand Kim", "Date achieved\n6 March 2026"]
    empty = frame.locator(".record-item").last.locator(".facts > div")
    assert empty.all_inner_texts() == ["Answer\n–", "Date achieved\n–"]
    unfold(learner)
    expect(cell(learner, f"{ONE}-answer")).to_have_text("Sam\nand Kim")
    expect(cell(learner, f"{ONE}-date")).to_have_text("6 March 2026")


LINKED = replace(
    RECORD,
    record=(
        replace(
            RECORD.record[0],
            reading=markdown.inline(
                "[The words](first.md), [Help](https://www.example.org/help), "
                "[https://www.example.org/](https://www.example.org/)"
            ),
        ),
    ),
)
TEXT = """\
Record
First aid
Trainee: ____________________
Status in the learning system: See your learning system
Completed on: See your learning system
Score: See your learning system
Version: 1.2.0
Version code: {digest}
Printed on: {day}

Question: What about one?
Answer: Sam,
room 4
Date achieved: 5 March 2026
Further reading: The words, Help (https://www.example.org/help), https://www.example.org/
Manager’s signature on completion: ____________________

Manager’s signature on completion: ____________________
Name and date: ____________________"""


@pytest.fixture
def filled(sco: Sco, serve, new_context) -> tuple[Learner, str]:
    """A record without an LMS, filled in, and the text that it makes."""
    context = new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(serve(sco(FIRST, LINKED)) + "/index.html#/record")
    learner = mounted(Learner(page, page.main_frame).started())
    learner.fill("Answer", "Sam,\nroom 4")
    for part, digits in (("Day", "5"), ("Month", "3"), ("Year", "2026")):
        learner.fill(part, digits)
    day, digest = (cell(learner, name).text_content() for name in ("printed", "digest"))
    return learner, TEXT.format(day=day, digest=digest)


def test_copied_text_and_file_have_the_words_of_the_sheet(filled) -> None:
    learner, text = filled
    learner.press("Copy as text")
    learner.see("Copied")
    assert learner.page.evaluate("navigator.clipboard.readText()") == text
    with learner.page.expect_download() as download:
        learner.press("Save as a text file")
    assert download.value.suggested_filename == "Record.txt"
    assert download.value.path().read_text("utf-8") == text
    learner.see(
        "“Record.txt” is being saved by your browser. If you cannot find it, choose “Copy as "
        "text” instead."
    )


# Counts who waits to print, and prints without a printer.
PRINTING = """
window.listeners = 0;
for (const [name, change] of [["addEventListener", 1], ["removeEventListener", -1]]) {
  const former = window[name];
  window[name] = (type, ...rest) => {
    if (type === "beforeprint") window.listeners += change;
    former.call(window, type, ...rest);
  };
}
window.print = () => {
  dispatchEvent(new Event("beforeprint"));
  window.printed = document.querySelector("[data-sheet=printed]").textContent;
};
"""


def test_printing_prints_the_sheet_and_another_page_as_it_is(sco: Sco, serve, page) -> None:
    page.add_init_script(PRINTING)
    page.goto(serve(sco(FIRST, RECORD)) + "/index.html")
    learner = Learner(page, page.main_frame).started()
    # A record that is opened again listens once.
    counts = []
    for again in range(3):
        learner.go("Record")
        counts.append(page.evaluate("window.listeners"))
        if again == 2:
            learner.press("Print record")
            page.wait_for_function("window.printed")
            assert page.evaluate("window.printed") == cell(learner, "printed").inner_text() != ""
            expect(learner.frame.get_by_text("Printing does not work here.")).to_have_count(0)
        learner.press("Previous: First")
        learner.at("First")
    assert counts == [counts[0]] * 3
    # Another page prints on paper as the reader has it.
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("document.head.textContent.includes('@page')") is False


def test_print_waits_for_the_result_of_the_last_answer(lms: Lms, launch, page, timed) -> None:
    page.add_init_script(PRINTING.replace("[data-sheet=printed]", "[data-sheet=status]"))
    learner = mounted(launch(lms(RECORD)))
    learner.saves()
    stand_still(page)
    fill_in_the_rest(learner)
    fill_in_the_rest(learner)
    learner.press("Print record")
    assert learner.frame.evaluate("window.printed") is None
    # Less than the time after which the sheet is printed without the result.
    page.clock.run_for(1_000)
    learner.frame.wait_for_function("window.printed")
    assert learner.frame.evaluate("window.printed") == "Completed"


def test_a_frame_without_printing_and_copying_says_what_to_do(
    sco: Sco, serve, page, expected: list[str]
) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    folder = sco(RECORD)
    allowed = "allow-scripts allow-same-origin"
    (folder / "host.html").write_text(
        f'<!doctype html><iframe name="sco" src="index.html" sandbox="{allowed}"></iframe>'
    )
    expected.append("sandbox")
    page.goto(serve(folder) + "/host.html")
    learner = Learner.in_frame(page)
    learner.frame.get_by_role("button", name="Print record").click()
    learner.see(
        "Printing does not work here. Save the record as a text file, or copy it as text, and "
        "print that."
    )
    learner.press("Copy as text")
    field = learner.frame.get_by_label("Copying is not allowed here.")
    expect(field).to_be_focused()
    assert "What about two?" in field.input_value()
    assert learner.frame.evaluate("getSelection().toString()") == field.input_value()


def test_a_trainee_corrects_the_name_for_this_print_only(lms: Lms, launch) -> None:
    learner = mounted(launch(lms(RECORD)))
    expect(cell(learner, "learner")).to_have_text("Dana Cohen")
    expect(cell(learner, "typed")).to_be_empty()
    learner.fill("Name on this print", "Dana Levi")
    names = learner.frame.locator("[data-sheet=learner]")
    assert names.all_text_contents() == ["Dana Levi", "Dana Levi"]
    expect(cell(learner, "typed")).to_have_text(
        "Written by the trainee. The learning system has “Cohen, Dana”."
    )
    learner.press("About this course")
    learner.at("About this course")
    learner.press("Back: Record")
    expect(cell(learner, "learner")).to_have_text("Dana Cohen")
