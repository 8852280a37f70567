"""What stands within words, or beside a comment, is neither lost nor thought to be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click
import pytest

from builder import importing
from builder.cli.report import imported as report
from builder.importing import formats, making
from builder.importing.document.tally import split
from builder.importing.making import Imported
from builder.importing.writing import write
from tests.importing.banks import second_readers
from tests.importing.source import TODAY


def course(path: Path) -> tuple[list[str], float]:
    """The words of the course of a bank, and the share of the bank's that it has."""
    form = formats.format_of(path)
    assert form is not None
    document, problems = form.read(path)
    assert document is not None
    assert problems == ()
    made = write(document, "bank", "auto", lambda _: "")
    words = [word for text in made.words for word in split(text)]
    return words, making.compare_words(second_readers.count(path), document, made).share


@pytest.mark.parametrize(
    ("bank", "asked"),
    [
        ("[html]H<sub>2</sub>O?{T}", ["H2O"]),
        ("[html]<b>E</b>lectric?{T}", ["Electric"]),
        ("[html]<p>One</p><p>Two</p>three<br>four{T}", ["One", "Two", "three", "four"]),
        ("They are un{=happy}ly.", ["They", "are", "un", "happy"]),
    ],
)
def test_words_end_where_they_are_seen_to_end(bank: str, asked: list[str], tmp_path: Path) -> None:
    path = tmp_path / "bank.gift"
    path.write_text(bank, "utf-8")
    words, share = course(path)
    assert (set(asked) - set(words), share) == (set(), 1.0)


def test_words_behind_a_comment_in_a_text_come_over(tmp_path: Path) -> None:
    path = tmp_path / "bank.xml"
    text = "Hello <!-- c --> lost <b>wo</b>rds <i>here</i>, H&lt;sub>2&lt;/sub>O"
    path.write_text(
        f"<quiz><question type='essay'><name><text>A<!-- b -->b</text></name>"
        f"<questiontext format='html'><text>{text}</text></questiontext></question></quiz>",
        "utf-8",
    )
    words, share = course(path)
    wanted = ["Hello", "lost", "words", "here", "H2O"]
    assert ([word for word in words if word in wanted], share) == (wanted, 1.0)


@pytest.mark.parametrize(
    ("repeated", "count"), [("=Green =GREEN", 2), ("=green", 1), ("=green =Green =green", 3)]
)
def test_repeated_answers_are_written_once(repeated: str, count: int, tmp_path: Path) -> None:
    path = tmp_path / "bank.gift"
    path.write_text(f"Which colour?{{=green {repeated} =dark  green}}", "utf-8")
    form = formats.format_of(path)
    assert form is not None
    document, _ = form.read(path)
    assert document is not None
    made = write(document, "bank", "auto", lambda _: "")
    assert making.compare_words(second_readers.count(path), document, made).share == 1.0
    _, answers = made.texts["questions/questions.yaml"].split("answers:\n")
    assert answers == '    - "green"\n    - "dark green"\n'
    told = "answers that count as the same as another one, not written again"
    assert made.changed == {told: count}


def test_repeated_number_is_one_answer(tmp_path: Path) -> None:
    made, said = imported(tmp_path, "How many?{#=3:0 =3 =3.0}", "bank.gift")
    assert 'answer: "3"' in made.made.texts["questions/questions.yaml"]
    assert "no word is missing" in said
    assert "not decided" not in said


def imported(folder: Path, words: str, name: str) -> tuple[Imported, str]:
    """What an import has made of a bank, and what it says of that."""
    bank = folder / name
    bank.write_text(words, "utf-8")
    made, problems = importing.run(importing.Request(bank, folder / "made", None, TODAY))
    assert made is not None
    return made, click.unstyle(report.text(made, problems))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("bank.gift", "[markdown]It is in the _yard_.{FALSE}"),
        (
            "bank.xml",
            "<assessmentItem identifier='a' title='Ruby'><responseDeclaration identifier='R' "
            "cardinality='single' baseType='identifier'><correctResponse><value>A</value>"
            "</correctResponse></responseDeclaration><itemBody><p>村田<ruby><rb>真</rb><rt>まこと"
            "</rt></ruby>の出身地</p><choiceInteraction responseIdentifier='R' maxChoices='1'>"
            "<simpleChoice identifier='A'>東北</simpleChoice><simpleChoice identifier='B'>北陸"
            "</simpleChoice></choiceInteraction></itemBody></assessmentItem>",
        ),
    ],
)
def test_a_bank_that_came_over_whole_misses_no_word(name: str, words: str, tmp_path: Path) -> None:
    made, said = imported(tmp_path, words, name)
    assert (made.words.share, report.is_complete(made)) == (1.0, True)
    assert "no word is missing" in said


def test_words_that_are_listed_are_not_missing(tmp_path: Path) -> None:
    long = " ".join(f"word{number}" for number in range(60))
    words = (
        "<assessmentItem identifier='a' title='Sky'><responseDeclaration identifier='R' "
        "cardinality='single' baseType='identifier'><correctResponse><value>A</value>"
        "</correctResponse></responseDeclaration><itemBody><p>Which is blue?</p>"
        "<choiceInteraction responseIdentifier='R' maxChoices='1'><simpleChoice identifier='A'>Sky"
        "</simpleChoice><simpleChoice identifier='B'>Sun</simpleChoice></choiceInteraction>"
        f"</itemBody><modalFeedback identifier='x' outcomeIdentifier='NEVER'>{long}"
        "</modalFeedback></assessmentItem>"
    )
    made, said = imported(tmp_path, words, "bank.xml")
    assert (made.words.listed, made.words.missing, report.is_complete(made)) == (60, (), True)
    assert "60 are listed below" in said


def test_words_that_are_neither_there_nor_listed_are_named(tmp_path: Path) -> None:
    bank = tmp_path / "bank.gift"
    bank.write_text("The door stays shut.{T}", "utf-8")
    form = formats.format_of(bank)
    assert form is not None
    document, _ = form.read(bank)
    assert document is not None
    made = write(document, "bank", "auto", lambda _: "")
    counts = replace(
        second_readers.count(bank), words=("The door", "was painted green", "stays shut")
    )
    words = making.compare_words(counts, document, made)
    assert (words.document, words.course, words.missing) == (7, 4, ("was painted green",))
    assert not words.enough
