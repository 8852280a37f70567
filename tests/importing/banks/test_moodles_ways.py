"""What Moodle itself writes into its banks, and a bank that was exported from a course has."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.importing import formats
from builder.importing.document.form import Document, Question
from builder.importing.writing import write
from tests.importing.banks.told import told


def bank(folder: Path, name: str, words: str) -> Path:
    path = folder / name
    path.write_text(words, "utf-8")
    return path


def document(path: Path) -> Document:
    row = formats.format_of(path)
    assert row is not None
    found, problems = row.read(path)
    assert (problems, found is not None) == ((), True)
    assert found is not None
    return found


def questions(folder: Path, name: str, words: str) -> str:
    return write(document(bank(folder, name, words)), "bank", "auto", lambda _: "").texts[
        "questions/questions.yaml"
    ]


def in_xml(kind: str, inner: str) -> str:
    text = "<questiontext><text>How?</text></questiontext>"
    name = "<name><text>one</text></name>"
    return f'<quiz><question type="{kind}">{name}{text}{inner}</question></quiz>'


def test_what_is_said_to_any_other_number(tmp_path: Path) -> None:
    numbers = "::one::How many?{#\n\t=3:0.5#Yes.\n\t~#Count again.\n}\n"
    _, read, *_ = told(bank(tmp_path, "bank.gift", numbers)).rstrip().split("\n--\n")
    assert read.split("\n") == [
        *("[numeric at 1, name one]", "    How many?", "  = 3 ± 0.5", "  right: Yes."),
        "  wrong: Count again.",
    ]
    answers = (
        '<answer fraction="100"><text>3</text><tolerance>0.5</tolerance></answer>'
        '<answer fraction="0"><text>*</text><tolerance>0</tolerance>'
        "<feedback><text>Count again.</text></feedback></answer>"
    )
    (only,) = document(bank(tmp_path, "bank.xml", in_xml("numerical", answers))).blocks
    assert isinstance(only, Question)
    assert (only.answers, only.doubts) == (("3 ± 0.5",), ())
    assert list(only.feedback) == ["wrong"]


def test_a_star_may_be_one(tmp_path: Path) -> None:
    (only,) = document(
        bank(tmp_path, "bank.gift", "Which sign?{=\\\\*#Yes. =%100%5\\\\*}\n")
    ).blocks
    assert isinstance(only, Question)
    assert (only.answers, only.doubts) == (("*", "5*"), ())


def test_a_comment_that_was_understood_is_not_listed(tmp_path: Path) -> None:
    words = "// [id:one] [tag:fire]\n::one::So?{T}\n\n// Ask Ann.\n::two::And so?{F}\n"
    found = document(bank(tmp_path, "bank.gift", words))
    assert [(one.kind, one.words) for one in found.rest] == [("comment", "Ask Ann.")]


def test_an_id_stays_whatever_its_length(tmp_path: Path) -> None:
    name = "what-to-do-first-when-the-alarm-rings-and-nobody-else-is-there"
    tag = "a--long-tag-that-an-author-has-written-and-that-goes-on-and-on-"
    written = questions(tmp_path, "bank.gift", f"// [tag:{tag}]\n::{name}::So?{{T}}\n")
    assert f"- id: {name}\n" in written
    assert f"    - {tag}\n" in written


def test_several_answers_may_be_chosen_where_one_is_right(tmp_path: Path) -> None:
    written = questions(tmp_path, "bank.gift", "Which?{~%100%This ~%-100%That}\n")
    assert "  multiple: yes\n  credit: partial\n" in written


def test_settings_of_moodle_become_ours(tmp_path: Path) -> None:
    options = (
        "<single>true</single><shuffleanswers>false</shuffleanswers>"
        '<answer fraction="100"><text>This</text></answer>'
        '<answer fraction="0"><text>That</text></answer>'
    )
    assert "  shuffle: no\n" in questions(tmp_path, "bank.xml", in_xml("multichoice", options))
    exact = '<usecase>1</usecase><answer fraction="100"><text>Rome</text></answer>'
    written = questions(tmp_path, "bank.xml", in_xml("shortanswer", exact))
    assert '  forgive:\n    - "spaces"\n' in written
    assert "unsure" not in written
    items = (
        "<gradingtype>ABSOLUTE_POSITION</gradingtype>"
        '<answer fraction="1"><text>Ring</text></answer>'
        '<answer fraction="2"><text>Leave</text></answer>'
    )
    assert "  credit: partial\n" in questions(tmp_path, "bank.xml", in_xml("ordering", items))


def test_a_space_behind_code_is_none_of_it(tmp_path: Path) -> None:
    words = "[html]<code>ls</code> <b>lists</b>{T}\n"
    assert 'prompt: "`ls` **lists**"' in questions(tmp_path, "bank.gift", words)


@pytest.mark.parametrize(
    ("single", "is_single"),
    [
        ("", True),
        ("<single>true</single>", True),
        ("<single>1</single>", True),
        ("<single>false</single>", False),
        ("<single>0</single>", False),
        ("<single/>", False),
    ],
)
def test_choice_without_single_has_one_answer(single: str, is_single: bool, tmp_path: Path) -> None:
    answers = "".join(
        f'<answer fraction="{share}"><text>{word}</text></answer>'
        for word, share in (("This", 100), ("That", 0))
    )
    (only,) = document(bank(tmp_path, "bank.xml", in_xml("multichoice", single + answers))).blocks
    assert isinstance(only, Question)
    assert (only.several, only.partial) == (not is_single, not is_single)
    assert [option.right for option in only.options] == [True, False]
    assert only.doubts == ()


def test_all_or_nothing_question_takes_several_answers(tmp_path: Path) -> None:
    answers = "".join(
        f'<answer fraction="{share}"><text>{word}</text></answer>'
        for word, share in (("This", 100), ("That", 100), ("Neither", 0))
    )
    (only,) = document(bank(tmp_path, "bank.xml", in_xml("multichoiceset", answers))).blocks
    assert isinstance(only, Question)
    assert (only.several, only.partial, only.doubts) == (True, False, ())


@pytest.mark.parametrize("before", ["", '<?xml version="1.0"?>\n<!-- question: 1 -->\n'])
def test_questions_of_moodle_without_quiz_are_read(before: str, tmp_path: Path) -> None:
    answers = (
        '<answer fraction="100"><text>true</text></answer>'
        '<answer fraction="0"><text>false</text></answer>'
    )
    one = in_xml("truefalse", answers).removeprefix("<quiz>").removesuffix("</quiz>")
    words = f"{before}{one}\n{one.replace('How?', 'Why?')}\n"
    found = document(bank(tmp_path, "bank.xml", words)).blocks
    questions = [block for block in found if isinstance(block, Question)]
    asked = [(question.place.paragraph, question.answers) for question in questions]
    lines = before.count("\n")
    assert asked == [(lines + 1, ("true",)), (lines + 2, ("true",))]
