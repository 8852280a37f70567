"""What looks like a question and was not read as one is reported, and its answer is on no page."""

from __future__ import annotations

import pytest

from builder.importing.document.form import (
    POSSIBLE,
    Cell,
    Document,
    Image,
    Paragraph,
    Place,
    Question,
    Table,
    Text,
)
from builder.importing.recognise import recognise
from tests.importing.recognise.documents import document, told


def _unread(made: Document) -> list[int]:
    return [doubt.place.paragraph for doubt in made.doubts if doubt.kind == POSSIBLE]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Question 1\nTell us.\nQuestion 2\nTell us more.\nQuestion 3\nAnd more.", [1, 3, 5]),
        ("## Knowledge check\n1. Who is told?\n2. When?\n3. Where?", [2, 3, 4]),
        ("\n".join(f"{n}. Who is number {n}?" for n in range(1, 6)), [1, 2, 3, 4, 5]),
        ("Which?\n![Correct answer]\nsilk", [1]),
        ("\n".join(f"Who is number {n}?\nAnn\nBob" for n in range(1, 6)), [1, 4, 7, 10, 13]),
        ("\n".join(f"Who is number {n}?" for n in range(1, 6)), [1, 2, 3, 4, 5]),
    ],
)
def test_what_was_not_read_is_reported(text: str, expected: list[int]) -> None:
    made = recognise(document(text))
    assert not any(isinstance(block, Question) for block in made.blocks)
    assert _unread(made) == expected


@pytest.mark.parametrize(
    "text",
    [
        "1. What is it?\nA thread.\n2. Who?\nMoths.",
        "# What do you need?\nA coat.\n# Who helps?\nAnn.\n# Where?\nHere.",
        "# FAQ\n" + "\n".join(f"{n}. Who is number {n}?" for n in range(1, 6)),
        "Silk or wool, true or false: it depends.",
        "\n".join(f"Who is number {n}?\nAnn." for n in range(1, 6)),
        "1. Wash.\n2. Dry.\n3. Who is told?\n4. Put on gloves.",
    ],
)
def test_prose_raises_no_alarm(text: str) -> None:
    assert _unread(recognise(document(text))) == []


def test_lists_count_as_questions_only_in_a_quiz() -> None:
    steps = "Before you leave:\n{a.} close the windows\n{b.} **lock the door**"
    quiz = f"1. Which one shines?\na) wool\n*b) silk\n## Steps\n1. {steps}\n{{c.}} go"
    assert _unread(recognise(document(f"1. {steps}\n{{c.}} go"))) == []
    assert _unread(recognise(document(quiz))) == [5]


def test_questions_above_option_tables_are_reported() -> None:
    table = "| a. | silk |\n| b. | wool |"
    text = "\n".join(f"## Question {n}\nWhich of {n} shines?\n{table}" for n in range(1, 6))
    assert len(_unread(recognise(document(text)))) == 5


def test_unread_question_beside_read_ones_is_reported() -> None:
    read = "1. Which one shines?\na) wool\n*b) silk\n"
    text = read + "\n".join(f"{n}. The best fibre is\na) wool\nb) silk" for n in range(2, 5))
    assert _unread(recognise(document(text))) == [4, 7, 10]


def test_answers_to_unread_questions_are_on_no_page() -> None:
    made = recognise(document("The kettle is hot.\nCorrect answer: true or not, as it may be"))
    assert told(made).partition("\n??")[0] == "The kettle is hot."
    assert made.consumed == ("Correct answer: true or not, as it may be",)


def test_pictures_that_give_answers_are_on_no_page() -> None:
    def cell(*inlines: Image | Text) -> Cell:
        return Cell((Paragraph(inlines, Place("body", 2)),))

    right = Image(b"tick", "png", "Correct Answer", Place("body", 2))
    rows = ((cell(right), cell(Text("silk")), cell(Text("shines"))),)
    read = Document((Table(rows, 0, Place("body", 2)),))
    made = recognise(read)
    [table] = made.blocks
    assert isinstance(table, Table)
    assert table.rows[0][0].blocks == (Paragraph((), Place("body", 2)),)
    assert [doubt.kind for doubt in made.doubts if "picture" in doubt.sentence] == ["question"]


def test_layout_tables_are_opened_if_questions_are_in_them() -> None:
    inner = document("| ![Correct answer] | silk |\n| | wool |").blocks
    cell = Cell((*document("Which one shines?").blocks, *inner))
    made = recognise(Document((Table(((cell,),), 0, Place("body", 1)),)))
    [question] = made.blocks
    assert isinstance(question, Question)
    assert [option.right for option in question.options] == [True, False]
