"""A bank that is imported, and imported again when it has changed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from builder import importing
from builder.importing.making import Imported, Updated
from tests.importing.source import TODAY, files

pytestmark = pytest.mark.whole
FIRST = """\
What do you do first?
A) Run
B) Leave by the nearest exit
ANSWER: B

Where do you wait?
A) Here
B) There
ANSWER: B

Whom do you call?
A) Nobody
B) The fire service
ANSWER: B
"""
LATER = """\
Who is your warden?
A) Nobody knows
B) The one with the hat
ANSWER: B

What do you do first?
A) Run
B) Leave by the nearest exit
C) Fetch your coat
ANSWER: B

Whom do you call?
A) Nobody
B) The fire service
"""


def brought(folder: Path, words: str, again: bool, name: str = "fire.txt") -> Imported:
    bank = folder / name
    bank.write_text(words, "utf-8")
    request = importing.Request(bank, folder / "fire", None, TODAY, again)
    made, _ = importing.run(request)
    assert made is not None
    assert [one for one in made.problems if one.severity == "error"] == []
    return made


def test_a_changed_bank_is_brought_into_its_course(tmp_path: Path) -> None:
    brought(tmp_path, FIRST, again=False)
    questions = tmp_path / "fire" / "questions" / "questions.yaml"
    edited = questions.read_text("utf-8").replace(
        '"The fire service"', '"The fire service, on 112"'
    )
    questions.write_text(edited, "utf-8")

    made = brought(tmp_path, LATER, again=True)

    assert made.updated is not None
    assert questions.read_text("utf-8") == edited
    (gone,) = made.updated.gone
    assert (gone.path, gone.words) == ("questions/questions.yaml", "Where do you wait?")
    # A new question is asked once the author has it.
    assert [one.path for one in made.updated.beside] == [
        *("questions/questions.yaml", "pages/fire.md"),
    ]
    page = (tmp_path / "fire" / "pages" / "fire.md.new").read_text("utf-8")
    assert page == (
        '---\nid: fire\ntitle: "fire"\nkind: quiz\nquestions:\n  - who-is-your-warden\n'
        "  - what-do-you-do-first\n  - whom-do-you-call\n---\n"
    )
    beside = questions.with_name("questions.yaml.new").read_text("utf-8")
    assert "No line “ANSWER:” says which answer is right." in beside
    assert '    - id: c\n      text: "Fetch your coat"' in beside


def test_the_same_bank_again_changes_nothing(tmp_path: Path) -> None:
    brought(tmp_path, FIRST, again=False)
    before = files(tmp_path / "fire")
    made = brought(tmp_path, FIRST, again=True)
    assert made.updated == Updated("fire")
    assert files(tmp_path / "fire") == before


def test_practice_page_becomes_quiz_and_back_on_reimport(tmp_path: Path) -> None:
    page = tmp_path / "fire" / "pages" / "fire.md"
    brought(tmp_path, "One?{~a ~b}\n\nTwo?{}\n\nGone?{}\n", again=False)
    brought(tmp_path, "One?{=a ~b}\n\nTwo?{}\n", again=True)
    assert page.read_text("utf-8") == (
        '---\nid: fire\ntitle: "fire"\nkind: quiz\nquestions:\n  - one\n  - two\n---\n'
    )
    brought(tmp_path, "One?{~a ~b}\n\nTwo?{}\n", again=True)
    assert page.read_text("utf-8") == (
        '---\nid: fire\ntitle: "fire"\n---\n::: check one\n\n::: check two\n'
    )


def test_reimport_of_grown_bank_switches_to_drawing(tmp_path: Path) -> None:
    page = tmp_path / "fire" / "pages" / "fire.md"
    asked = [f"{chr(97 + at % 26) * (at // 26 + 3)}?{{T}}" for at in range(300)]
    brought(tmp_path, "\n\n".join(("Something else that goes?{=x ~y}", *asked[:5])), again=False)
    brought(tmp_path, "\n\n".join(asked), again=True)
    assert page.read_text("utf-8") == (
        '---\nid: fire\ntitle: "fire"\nkind: quiz\n'
        "quiz:\n  draw:\n    - tag: fire\n      count: 20\n---\n"
    )


def test_how_a_question_is_asked_follows_the_bank(tmp_path: Path) -> None:
    """What goes with several right answers goes with them."""
    first = "Which? {~a ~b}\n\nWhere do you go? {~%50%x ~%50%y ~z}\n"
    brought(tmp_path, first, again=False, name="fire.gift")
    questions = tmp_path / "fire" / "questions" / "questions.yaml"
    assert "  multiple: yes\n  credit: partial\n" in questions.read_text("utf-8")

    later = "Which? {=a ~b}\n\nWhere do you go? {=x ~y ~z}\n"
    made = brought(tmp_path, later, again=True, name="fire.gift")

    assert made.updated is not None
    assert (made.updated.beside, made.updated.gone) == ((), ())
    assert questions.read_text("utf-8") == (
        '- id: which\n  type: choice\n  prompt: "Which?"\n  options:\n'
        '    - id: a\n      text: "a"\n      correct: yes\n    - id: b\n      text: "b"\n\n'
        '- id: where-do-you-go\n  type: choice\n  prompt: "Where do you go?"\n  options:\n'
        '    - id: a\n      text: "x"\n      correct: yes\n'
        '    - id: b\n      text: "y"\n    - id: c\n      text: "z"\n'
    )


def test_sheet_options_keep_stored_letters_after_reimport(
    tmp_path: Path,
) -> None:
    """A sheet says nothing of them: who sorts it, rewords one and adds another moves no answer."""
    first = "Question,Type,Right answer,Option A,Option B,Option C\nWhich way?,single answer,B,Run,"
    first += "Leave by the nearest exit,Fetch your coat\n"
    brought(tmp_path, first, again=False, name="fire.csv")
    later = "Question,Type,Right answer,Option A,Option B,Option C,Option D\nHow?,numeric,3,,,,\n"
    row = "Which way?,single answer,C,Fetch your own coat,Call,Leave by the nearest exit,Run\n"

    made = brought(tmp_path, later + row, again=True, name="fire.csv")

    assert made.updated is not None
    assert (made.updated.beside, made.updated.gone) == ((), ())
    written = (tmp_path / "fire" / "questions" / "questions.yaml").read_text("utf-8")
    letters = dict(re.findall('    - id: ([a-z])\n      text: "(.*)"', written))
    assert letters == {
        "a": "Run",
        "b": "Leave by the nearest exit",
        "c": "Fetch your own coat",
        "d": "Call",
    }
    assert '"Leave by the nearest exit"\n      correct: yes' in written
