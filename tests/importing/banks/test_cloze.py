"""Moodle's cloze: each gap is a question of its own, or the text is kept with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder import importing
from builder.importing import formats
from builder.importing.document.form import Box, Question
from builder.importing.document.tally import text
from tests.importing.banks import second_readers
from tests.importing.banks.told import told
from tests.importing.source import TODAY

TEXT = """Fill the gaps.

The way out is {1:MULTICHOICE:=green#Like the sign~red~%0%blue}.
Wait {2:SHORTANSWER_C:=outside~%100%in the yard~*#Not there} for {:NM:=5:1#Right~*#No} minutes.

Pick all: {1:MR:=stairs~%50%ramp~%-50%lift}

That is all.
"""


def bank(folder: Path, text: str, feedback: str = "") -> Path:
    path = folder / "bank.xml"
    said = f"<generalfeedback><text>{feedback}</text></generalfeedback>" if feedback else ""
    path.write_text(
        "<quiz><question type='cloze'><name><text>Ways out</text></name><questiontext "
        f"format='html'><text><![CDATA[{text}]]></text></questiontext>{said}<tags><tag><text>fire"
        "</text></tag></tags></question></quiz>",
        "utf-8",
    )
    return path


def read(path: Path) -> tuple[object, ...]:
    form = formats.format_of(path)
    assert form is not None
    document, _ = form.read(path)
    assert document is not None
    return document.blocks


def test_each_gap_of_a_text_becomes_a_question(tmp_path: Path) -> None:
    path = tmp_path / "bank.txt"
    path.write_text(TEXT, "utf-8")
    assert told(path) == (
        "Cloze\nquestions: 4\noptions: 6\nchoice: 2\nquestions with feedback: 3\nfill-in: 1\n"
        "number: 1\n--\n"
        "[choice at 1]\n"
        "    Fill the gaps.\n"
        "    The way out is _____.\n"
        "  *  green # Like the sign\n"
        "  -  red\n"
        "  -  blue\n"
        "[fill-in at 1, weight 2, forgive ('spaces',)]\n"
        "    Fill the gaps.\n"
        "    Wait _____ for […] minutes.\n"
        "  = outside\n"
        "  = in the yard\n"
        "  wrong: Not there\n"
        "[numeric at 1]\n"
        "    Fill the gaps.\n"
        "    Wait […] for _____ minutes.\n"
        "  = 5 ± 1\n"
        "  right: Right\n"
        "  wrong: No\n"
        "[choice at 1, partial yes, several yes]\n"
        "    Fill the gaps.\n"
        "    Pick all: _____\n"
        "  *  stairs\n"
        "  *  ramp\n"
        "  -  -50% lift\n"
        "  ? The right answers earn different shares: here each earns the same.\n"
        "That is all.\n"
    )
    made, _ = importing.run(importing.Request(path, tmp_path / "made", None, TODAY))
    assert made is not None
    assert made.words.share == 1.0
    assert [str(one) for one in made.problems if one.severity == "error"] == []


def test_moodle_cloze_is_split_by_lines_and_items(tmp_path: Path) -> None:
    path = bank(
        tmp_path,
        "<p>Which city?<br>* Cardiff: {1:MC:=Wales~France}<br>* Lyon: {1:MC:Wales~=France}</p>"
        "<ul><li>Rome: {1:SA:=It\\}aly}</li></ul>",
        "Look at a map",
    )
    assert told(path) == (
        "Moodle XML\nquestions: 3\noptions: 4\nchoice: 2\nquestions with feedback: 3\n"
        "fill-in: 1\nquestions with tags: 3\n--\n"
        "[choice at 1, name Ways out 1, tags fire]\n"
        "    Which city?\n"
        "    * Cardiff: _____\n"
        "  *  Wales\n"
        "  -  France\n"
        "  explanation: Look at a map\n"
        "[choice at 1, name Ways out 2, tags fire]\n"
        "    Which city?\n"
        "    * Lyon: _____\n"
        "  -  Wales\n"
        "  *  France\n"
        "  explanation: Look at a map\n"
        "[fill-in at 1, name Ways out 3, tags fire]\n"
        "    Which city?\n"
        "    Rome: _____\n"
        "  = It}aly\n"
        "  explanation: Look at a map\n"
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<p>No gap here.</p>", "it has no valid gap"),
        ("<p>Pick {1:MULTICHOICE}</p>", "it has no valid gap"),
        (
            "<p>Pick {1:MULTICHOICE:=Apple#Right}</p>",
            "of the gap “Apple” it has fewer than two things to choose from",
        ),
        (
            "<table><tr><td>a</td><td>{1:SA:=b}</td></tr></table>",
            "its gaps are in a table, whose rows and columns say what is asked",
        ),
        (
            "<p>See <img src='https://example.org/a.png' alt='{1:SA:=b}'></p>",
            "a gap of it is not in a sentence, but for example in the description of a picture",
        ),
        ("<p>x" + "{1:SA:=b} " * 201 + "</p>", "it has more than 200 gaps"),
    ],
)
def test_cloze_that_cannot_be_split_is_kept_with_reason(
    text: str, why: str, tmp_path: Path
) -> None:
    path = bank(tmp_path, text)
    (box,) = read(path)
    assert isinstance(box, Box)
    assert box.undecided == (
        f"“Ways out” was not imported as a question: {why}. Its text is on the page: write it "
        "as a question, or delete it."
    )
    made, _ = importing.run(importing.Request(path, tmp_path / "made", None, TODAY))
    assert made is not None
    assert made.words.share == 1.0


def test_gap_without_full_mark_answer_is_undecided(tmp_path: Path) -> None:
    path = bank(tmp_path, "<p>Fruit? {1:MULTICHOICE:Pear#No~%50%Apple#Yes}</p>")
    (question,) = read(path)
    assert isinstance(question, Question)
    assert not any(option.right for option in question.options)
    assert question.doubts[0] == "No answer earns the whole mark: nothing says which one is right."


def test_gaps_of_a_cloze_among_questions_of_gift_are_asked(tmp_path: Path) -> None:
    path = tmp_path / "bank.gift"
    path.write_text(
        "$CATEGORY: Verbs\n\n::gaps::The time is 9\\:30, and we {1:SA:=are~=\\#} (be) {1:MC:~=here~"
        "there}.\n\nIs it?{T}\n\nMixed {1:SA:=a} and {=b}.\n",
        "utf-8",
    )
    document = read(path)
    asked = [one for one in document if isinstance(one, Question)]
    assert [(one.kind, one.name, text(one.prompt), one.answers, one.tags) for one in asked] == [
        ("fill-in", "gaps 1", "The time is 9:30, and we _____ (be) […].", ("are", "#"), ("Verbs",)),
        ("choice", "gaps 2", "The time is 9:30, and we […] (be) _____.", (), ("Verbs",)),
        ("true-false", "", "Is it?", ("true",), ("Verbs",)),
    ]
    assert [type(one) for one in document][-1] is Box
    form = formats.format_of(path)
    assert form is not None
    assert second_readers.count(path).kinds == {
        **{"categories": 1, "questions": 4, "options": 2, "fill-in": 1, "choice": 1},
        **{"questions with tags": 3, "true or false": 1, "questions of several gaps": 1},
    }
