"""What stands within words, or beside a comment, is neither lost nor thought to be."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.importers import formats, outcome
from builder.importers.tally import split
from builder.importers.writing import write


def course(path: Path) -> tuple[list[str], float]:
    """The words of the course of a bank, and the share of the bank's that it has."""
    form = formats.format_of(path)
    assert form is not None
    document, problems = form.read(path)
    assert document is not None
    assert problems == ()
    made = write(document, "bank", "auto", lambda _: "")
    words = [word for text in made.words for word in split(text)]
    return words, outcome.words_of(form.count(path), document, made).share


@pytest.mark.parametrize(
    ("bank", "asked"),
    [
        ("[html]H<sub>2</sub>O?{T}", ["H2O"]),
        ("[html]<b>E</b>lectric?{T}", ["Electric"]),
        ("[html]<p>One</p><p>Two</p>three<br>four{T}", ["One", "Two", "three", "four"]),
        ("They are un{=happy}ly.", ["They", "are", "un_____ly", "happy"]),
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


def test_answers_that_differ_by_capitals_are_written_once_and_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "bank.gift"
    path.write_text("Which colour?{=green =Green =GREEN =dark  green}", "utf-8")
    form = formats.format_of(path)
    assert form is not None
    document, _ = form.read(path)
    assert document is not None
    made = write(document, "bank", "auto", lambda _: "")
    assert outcome.words_of(form.count(path), document, made).share == 1.0
    _, answers = made.texts["questions/questions.yaml"].split("answers:\n")
    assert answers == '    - "green"\n    - "dark green"\n'
    told = "answers that differ from another one by capitals or spaces alone, not written again"
    assert made.changed == {told: 2}
