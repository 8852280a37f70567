"""The room of answers in the saved state: equal in all languages, and within the limit in each."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from builder.course import judging, letters, state
from builder.course.model import Course
from builder.course.translations import Message
from builder.diagnostics.diagnostic import Diagnostic
from builder.package import plan, render
from tests.support.translations import write_po

TODAY = date(2026, 1, 31)
WORD = """
- id: {id}
  type: fill-in
  prompt: What is it?
  answers: [Fire]
"""
ANSWER = "Ogień i coś jeszcze, co jest o wiele dłuższe"
ROOM = 2 * letters.room(ANSWER)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    course = tmp_path / "course"
    shutil.copytree(Path(__file__).parent.parent / "golden" / "course", course)
    ask(course, 1, 2)
    return course


def ask(folder: Path, first: int, end: int) -> None:
    """Ask the fill-in questions from “word-first” to the one before “word-end”, on a page."""
    numbers = range(first, end)
    questions = "".join(WORD.format(id=f"word-{number}") for number in numbers)
    checks = "".join(f"\n::: check word-{number}\n:::\n" for number in numbers)
    for file, text in (("questions/all.yaml", questions), ("pages/topic.md", checks)):
        with (folder / file).open("a", encoding="utf-8") as opened:
            opened.write(text)


def longer(message: Message) -> str:
    return ANSWER if message.kind == "answers" else message.text


def judge(folder: Path) -> tuple[Course | None, list[Diagnostic]]:
    found, problems = judging.judge(folder, TODAY)
    assert found is not None
    return found.course, list(problems)


def test_an_answer_has_the_same_room_in_every_language(folder: Path) -> None:
    write_po(folder, "cy", lambda message: message.text)
    write_po(folder, "pl", longer)
    course, _ = judge(folder)
    assert course
    for one in (course, *course.translations):
        shown = [q for q in one.questions if q.type == "fill-in"]
        asked = [q for page in one.pages for q in page.questions() if q.type == "fill-in"]
        assert [(q.room, q.answer["room"]) for q in (*shown, *asked)] == [(ROOM, ROOM)] * 2
        assert one.worst_state == state.worst(course).size
    [member] = [one for one in render.render(plan.plan(course)) if one.name == "course.json"]
    assert isinstance(member.content, bytes)
    outline = json.loads(member.content)
    assert [q["room"] for q in outline["questions"] if q["id"] == "word-1"] == [ROOM]


def test_a_translation_that_needs_too_much_room_is_named(folder: Path) -> None:
    ask(folder, 2, 42)
    write_po(folder, "cy", lambda message: message.text)
    course, _ = judge(folder)
    assert course
    assert course.worst_state <= state.LIMIT
    write_po(folder, "pl", longer)
    course, problems = judge(folder)
    assert course is None
    [error] = [one for one in problems if one.severity == "error"]
    assert (error.code, error.position.path) == ("state-too-large", "translations/pl.po")
    assert "characters in “pl”; SCORM 1.2 saves at most 4096." in error.message


def test_default_certificate_yields_to_translated_answers(folder: Path) -> None:
    # The record, which replaces the default certificate, is taken out.
    (folder / "pages" / "checklist.md").write_text("---\nid: list\ntitle: List\n---\nText.\n")
    ask(folder, 2, 28)
    write_po(folder, "cy", lambda message: message.text)
    course, _ = judge(folder)
    assert course
    assert course.certificate
    write_po(folder, "pl", longer)
    course, _ = judge(folder)
    assert course
    assert [one.certificate for one in (course, *course.translations)] == [None] * 3
