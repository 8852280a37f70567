"""What else a recognised question keeps: where it stood, what it was called, what only steered."""

from __future__ import annotations

from dataclasses import replace

from builder.importing.document.form import (
    Doubt,
    Item,
    Link,
    List,
    Paragraph,
    Place,
    Question,
    Text,
)
from builder.importing.recognise import recognise
from tests.importing.recognise.documents import document


def test_words_that_only_steer_are_kept_apart() -> None:
    made = recognise(document("1. What is it? (2 points)\n*a) wax\nb) silk\nAnswer: a\nHint: soft"))
    [question] = made.blocks
    assert isinstance(question, Question)
    assert question.weight == "2"
    assert [option.label for option in question.options] == ["*a)", "b)"]
    assert sorted(question.consumed) == ["(2 points)", "*a)", "1.", "Answer:", "Hint:", "a", "b)"]
    assert made.consumed == ()


def test_unused_key_answers_stay_with_the_document() -> None:
    made = recognise(document("1. What is it?\na) wax\nb) silk\n## Answers\n1. b\n2. c"))
    [question] = made.blocks
    assert isinstance(question, Question)
    assert sorted(question.consumed) == ["1.", "1.", "a)", "b", "b)"]
    assert made.consumed == ("Answers", "2.", "c")
    assert [doubt.place for doubt in made.doubts] == [Place("body", 6)]


def test_question_keeps_place_and_bookmark_of_its_prompt() -> None:
    read = document("Before.\n1. What is it?\na) wax\n*b) silk")
    prompt = read.blocks[1]
    assert isinstance(prompt, Paragraph)
    marked = replace(prompt, bookmarks=("silk",))
    made = recognise(replace(read, blocks=(read.blocks[0], marked, *read.blocks[2:])))
    question = made.blocks[1]
    assert isinstance(question, Question)
    assert question.place == Place("body", 2)
    assert question.prompt == (
        Paragraph((Text("What is it?"),), Place("body", 2), 0, "", ("silk",)),
    )


def test_a_list_goes_on_with_its_numbers_behind_a_question() -> None:
    lines = "{1.} Wash.\n{2.} What is it?\n  {a.} wax\n  {b.} **silk**\n{3.} Dry.\n{4.} Go."
    before, question, after = recognise(document(lines)).blocks
    assert isinstance(question, Question)
    assert isinstance(before, List)
    assert isinstance(after, List)
    assert [item.label for item in before.items] == ["1."]
    assert [item.label for item in after.items] == ["3.", "4."]
    assert (before.start, after.start) == (1, 3)


def test_text_before_a_question_in_one_paragraph_stays() -> None:
    made = recognise(document("Read this.\\\n1. What is it?\\\na) wax\\\n*b) silk"))
    before, question = made.blocks
    assert isinstance(before, Paragraph)
    assert isinstance(question, Question)
    assert before.inlines == (Text("Read this."),)


def test_a_look_that_only_stresses_a_word_stays() -> None:
    made = recognise(document("1. What is it?\na) not **wax**\nb) **silk**"))
    [question] = made.blocks
    assert isinstance(question, Question)
    assert question.options[0].inlines == (Text("not "), Text("wax", frozenset({"strong"})))
    assert question.options[1].inlines == (Text("silk"),)


def test_links_in_options_lead_where_they_led() -> None:
    made = recognise(document("1. What is it?\na) [wax](https://example.org)\n*b) silk"))
    [question] = made.blocks
    assert isinstance(question, Question)
    assert question.options[0].inlines == (Link((Text("wax"),), "https://example.org"),)


def test_doubts_of_the_reader_stay() -> None:
    doubt = Doubt(Place("body", 1), "Said before.")
    read = replace(document("1. What is it?\na) wax\nb) silk"), doubts=(doubt,))
    assert recognise(read).doubts == (doubt,)


def test_list_item_with_more_than_a_question_stays() -> None:
    items = (Item("1.", document("Read this.\nWhat is it?\na) wax\n*b) silk\nAnd this.").blocks),)
    read = replace(document(""), blocks=(List(True, 1, items, Place("body", 1)),))
    assert recognise(read) == read
