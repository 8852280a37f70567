"""A document is counted by kind, and its words are in order, whatever was recognised in it."""

from builder.importing.document import tally
from builder.importing.document.form import (
    Box,
    Break,
    Cell,
    Contact,
    Contacts,
    Document,
    Image,
    Item,
    Link,
    List,
    NoteMark,
    Option,
    Paragraph,
    Place,
    Question,
    Reading,
    Record,
    RecordRow,
    Rest,
    Table,
    Text,
)

HERE = Place("body", 1)


def line(words: str) -> tuple[Text]:
    return (Text(words),)


def prose(words: str) -> Paragraph:
    return Paragraph(line(words), HERE)


def test_every_kind_is_counted() -> None:
    image = Image(b"", "png", None, HERE)
    blocks = (
        Paragraph(line("Head"), HERE, level=2),
        Paragraph((Link(line("a link"), "x"), Break(), image, NoteMark("footnote-1")), HERE),
        List(False, 1, (Item("•", (prose("one"), Box((prose("boxed"),), HERE))),), HERE),
        Table(((Cell((prose("cell"),)), Cell(())),), 0, HERE, caption=(*line("caption"), image)),
    )
    rest = tuple(Rest(kind, HERE, "", "") for kind in ("comment", "header", "deletion", "macros"))
    assert tally.tally(Document(blocks, {"footnote-1": (prose("noted"),)}, rest=rest)) == {
        **{"words": 8, "headings": 1, "links": 1, "pictures": 2, "list items": 1},
        **{"text boxes": 1, "tables": 1, "rows": 1, "cells": 2, "notes": 1},
        **{"comments": 1, "headers and footers": 1, "deletions": 1},
    }


def test_recognised_questions_are_counted_in_reading_order() -> None:
    option = Option("a)", line("yes"), right=True, feedback=line("well done"))
    blocks = (
        Question("choice", (prose("Is it?"),), HERE, options=(option,), name="First", tags=("t",)),
        Question("matching", (prose("Match"),), HERE, pairs=((line("left"), line("right")),)),
        Question("fill-in", (prose("Fill"),), HERE, answers=("in",), feedback={"hint": line("hm")}),
        # Their answers are ours, not words of the source.
        Question("true-false", (prose("So"),), HERE, answers=("true",)),
        Record((RecordRow((prose("I know"),), (prose("page 2"),), HERE),), ("Signed",), HERE),
        Contacts((Contact(line("Ann"), (("Phone", "12"),)),), HERE),
        Reading(((Link(line("Guide"), "x"), *line(" for all")),), HERE),
    )
    assert " ".join(tally.words(blocks)) == (
        "First t Is it yes well done Match left right Fill in hm So I know page 2 Signed "
        "Ann 12 Guide for all"
    )
    assert tally.text(blocks).startswith("First t Is it? yes well done Match")


def test_soft_hyphen_joins_words_and_hyphen_splits_them() -> None:
    assert tally.split("co\u00adop, co\u2011op – 2.5") == ["coop", "co", "op", "2", "5"]


def test_bank_count_includes_types_and_all_words() -> None:
    choice = Question(
        "choice",
        (prose("Where?"),),
        HERE,
        options=(Option("A)", line("out"), True), Option("B)", line("in"), False, line("no"))),
        name="Place",
        tags=("Fire",),
        doubts=("Either may be right.",),
        consumed=("Place", "ANSWER: A", "Either may be right."),
    )
    number = Question("numeric", (prose("Many?"),), HERE, answers=("3",), consumed=("3",))
    kept = Box((prose("Draw it"),), HERE, "to be decided")
    rest = (Rest("question", HERE, "Draw it", ""), Rest("comment", HERE, "a note", ""))
    found = tally.count_bank(
        Document((choice, number, kept), rest=rest, consumed=("top",), bank=True)
    )
    assert found.kinds == {
        **{"questions": 3, "choice": 1, "number": 1, "questions not asked": 1},
        **{"options": 2, "questions with feedback": 1, "questions with tags": 1},
    }
    assert " ".join(found.words) == "top Where out in no Place ANSWER A Many 3 Draw it a note"
