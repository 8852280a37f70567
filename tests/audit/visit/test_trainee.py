"""What a trainee does next, from what is on view: no browser."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from unittest.mock import Mock

import pytest

from builder.audit.visit.observers import About
from builder.audit.visit.record import Step
from builder.audit.visit.scenarios import Stage, ending
from builder.audit.visit.trainee import Act, Control, Memory, Sight, decide, purpose, way_out


def sight(*controls: Control, text: str = "A page", **rest: Any) -> Sight:
    return Sight(text=text, controls=controls, **rest)


def button(name: str, at: int = 0, **rest: Any) -> Control:
    return Control((0, at), "button", name, **rest)


def radio(name: str, at: int, checked: bool = False) -> Control:
    return Control((0, at), "radio", name, checked=checked, group="radio q")


def walk(*sights: Sight) -> list[str]:
    """What a trainee does who sees these one after the other."""
    memory = Memory()
    told = []
    for one in sights:
        act = decide(one, memory)
        told.append(str(act) if act else "nothing")
        if act:
            memory = memory.after(act, one)
    return told


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("Next", "next"),
        ("Next: Hand washing", "next"),
        ("Weiter", "next"),
        ("→", "next"),
        ("Back to the course", "back"),
        ("Submit", "submit"),
        ("Check my answer", "submit"),
        ("Save and exit", "exit"),
        ("Try again", "retry"),
        ("Finish", "finish"),
        ("Start course", "start"),
        ("Resume", "resume"),
        ("Nextcloud and what it is about for beginners", ""),
        ("Hand washing", ""),
        ("How to leave the building when the alarm rings", ""),
    ],
)
def test_purpose_of_control_is_derived_from_its_name(name: str, what: str) -> None:
    assert purpose(name) == what


def test_a_trainee_starts_without_changing_the_language() -> None:
    names = ("English", "Polski", "Română", "Español", "اردو", "ਪੰਜਾਬੀ", "Cymraeg")
    languages = [button(name, at, group="set 0") for at, name in enumerate(names)]
    header = button("Language: English", 8, expanded=False, aside=True)
    for start in ("Start", "Resume"):
        cover = sight(header, *languages, button(start, 9), text="Cover")
        assert walk(cover) == [f"presses “{start}”"]


def test_simulated_trainee_reads_answers_submits_and_stops() -> None:
    question = (radio("Before", 0), radio("Never", 1), button("Submit", 2), button("Next", 3))
    answered = (radio("Before", 0, True), *question[1:])
    assert walk(
        sight(button("Exit"), button("Next", 1), text="One"),
        sight(*question, text="Two"),
        sight(*answered, text="Two"),
        sight(*answered, text="Two. Right."),
        sight(button("Exit"), text="The end"),
    ) == [
        "presses “Next”",
        "chooses “Before”",
        "presses “Submit”",
        "presses “Next”",
        "nothing",
    ]


def test_one_question_is_submitted_before_the_next_is_answered() -> None:
    first = (Control((0, 0), "checkbox", "A", checked=False, form=0), button("Check", 1, form=0))
    second = (Control((0, 2), "checkbox", "B", checked=False, form=1), button("Check", 3, form=1))
    chosen = (replace(first[0], checked=True), first[1])
    judged = (replace(chosen[0], disabled=True), replace(first[1], disabled=True))
    assert walk(
        sight(*first, *second), sight(*chosen, *second), sight(*judged, *second, text="Right")
    ) == ["chooses “A”", "presses “Check”", "chooses “B”"]


def test_each_kind_of_question_is_answered() -> None:
    field = Control((0, 0), "textbox", "Your name")
    number = Control((0, 1), "textbox", "How many", number=True)
    day = Control((0, 2), "textbox", "Since", day=True)
    options = (("Choose …", True), ("Soap", False), ("Water", False))
    menu = Control((0, 3), "combobox", "What", options=options, chosen=0)
    box = Control((0, 4), "checkbox", "I agree", checked=False)
    assert [str(decide(sight(one), Memory())) for one in (field, number, day, menu, box)] == [
        "writes “My answer” into “Your name”",
        "writes “3” into “How many”",
        "writes “2026-03-06” into “Since”",
        "chooses “What”",
        "chooses “I agree”",
    ]


def test_useless_button_press_is_not_repeated() -> None:
    page = sight(button("Next"), button("More", 1, expanded=False))
    assert walk(page, page, page) == ["presses “Next”", "presses “More”", "nothing"]


def test_dialog_is_answered_before_the_page_behind_it() -> None:
    page = sight(
        button("Next"),
        button("Start over", 1, dialog=True),
        button("Resume", 2, dialog=True),
    )
    assert walk(page) == ["presses “Resume”"]


def test_blocked_trainee_opens_closed_details_then_waits() -> None:
    page = sight(button("Next", disabled=True), button("Details", 1, expanded=False))
    assert walk(page, page, page) == ["presses “Details”", "waits", "nothing"]


def test_trainee_reads_to_the_bottom_before_continuing() -> None:
    page = sight(button("Next"), below=True)
    assert walk(page, page) == ["reads on below", "presses “Next”"]


def test_where_a_clock_runs_a_trainee_waits_three_times() -> None:
    pages = [sight(button("Next", disabled=True), text=f"{left} seconds") for left in range(5)]
    assert walk(*pages) == ["waits"] * 3 + ["nothing"] * 2


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("Done\nThe end.", "the course says “The end”"),
        ("You have completed this course", "the course says “You have completed this course”"),
        ("At the end of the day\nThe end of the year comes", ""),
        ("You have completed 0%\nCongratulations, that is right", ""),
        ("Page 5 of 5", "the course counts “5 of 5”"),
        ("Page 4 of 5", ""),
        ("On 12/12 we met in 1 of 1 rooms", ""),
    ],
)
def test_end_of_course_is_detected_from_visible_text(text: str, end: str) -> None:
    begins = Step("presses “Next”", "next", 1, 1, seen="Page 1 of 5")
    assert ending(Sight(text=text), [begins]) == end
    # What stood there from the beginning shows nothing.
    assert ending(Sight(text=text), [replace(begins, seen=text)]) == ""
    assert ending(Sight(text=text), []) == ""


def test_a_counter_with_a_way_on_is_not_the_end() -> None:
    begins = Step("presses “Next”", "next", 1, 1, seen="Page 1 of 5")
    page = sight(button("Next"), text="Page 5 of 5")
    assert ending(page, [begins]) == ""


def test_a_menu_is_followed_entry_by_entry() -> None:
    entries = [Control((0, at), "link", name) for at, name in enumerate(("One", "Two", "Help"))]
    page = sight(*entries, text="Menu")
    assert walk(page, page, page) == ["presses “One”", "presses “Two”", "nothing"]


def test_a_second_attempt_chooses_something_else() -> None:
    asked = sight(radio("A", 0), radio("B", 1), text="Again")
    assert decide(asked, Memory(attempt=1)) == Act("choose", radio("B", 1), why="answer")


def test_the_way_out_is_the_courses_own() -> None:
    assert way_out(sight(button("Next"), button("Save and exit", 1))) == button("Save and exit", 1)
    assert way_out(sight(button("Next"))) is None


@pytest.mark.parametrize(
    ("later", "missed"),
    [
        (Sight(text="Welcome"), []),
        (Sight(), ["anything at all: the page stays empty"]),
    ],
)
def test_a_page_that_comes_late_is_waited_for(later: Sight, missed: list[str]) -> None:
    driver = Mock(**{"look.return_value": Sight(), "look_again.return_value": later})
    stage = Stage(driver, Mock(), About((), frozenset()))
    assert stage.go(1)
    assert stage.missed == missed
