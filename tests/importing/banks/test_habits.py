"""Banks as people write them by hand: what is said of each habit, and what to do about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.importing import formats
from builder.importing.document.form import Document, Question
from tests.importing.banks import second_readers


def read(content: str, folder: Path, name: str, encoding: str = "utf-8") -> tuple[Document, str]:
    """A bank, and all that is said of it, each with what to do."""
    path = folder / name
    path.write_bytes(content.encode(encoding))
    form = formats.format_of(path)
    assert form is not None
    document, problems = form.read(path)
    assert document is not None
    return document, "\n".join(f"{one.position.line}: {one.message} {one.hint}" for one in problems)


def test_gift_questions_without_empty_lines_are_reported(tmp_path: Path) -> None:
    words = "The exit is on the left. {T}\nThe yard is safe. {TRUE#Right!#See the plan}\n"
    assert read(words, tmp_path, "bank.gift")[1] == (
        "1: “The exit is on the left. {T} The yard is safe. {TRUE#Right!#…” is not read as a "
        "question: it has several gaps, or is several questions without an empty line between "
        "them. Where they are several questions, put an empty line between them; or correct it in "
        "the course."
    )


def test_gift_share_with_one_percent_sign_is_a_doubt(tmp_path: Path) -> None:
    document, _ = read("Which? {~%50Red ~%50%Blue ~%25%Green}", tmp_path, "bank.gift")
    (question,) = (one for one in document.blocks if isinstance(one, Question))
    assert question.doubts[-1] == (
        "“%50Red” has one % sign: a share of the mark has two, such as %50%."
    )
    document, _ = read("Which? {~%50%Red ~%50%Blue ~%-100%Green}", tmp_path, "bank.gift")
    (question,) = (one for one in document.blocks if isinstance(one, Question))
    assert question.doubts == ()


def test_gift_answer_with_bar_is_a_doubt(tmp_path: Path) -> None:
    document, _ = read("It keeps {=dry|very dry =cool}.", tmp_path, "bank.gift")
    (question,) = (one for one in document.blocks if isinstance(one, Question))
    assert question.answers == ("cool",)
    assert question.doubts == (
        "“dry|very dry” may be one answer or several: write each on a line of its own.",
    )


def test_gift_question_with_several_gaps_is_reported_once(tmp_path: Path) -> None:
    words = "The {=first} and\nthe last one. {T\n"
    several = "The {=first} gap and the {=second} one.\nGo on.\n"
    told = read(f"{several}\n{words}", tmp_path, "bank.gift")[1].split("\n")
    assert [line.partition("question: ")[2] for line in told] == [
        "it has several gaps. Write “\\” before each brace that is no part of the answers, and one "
        "pair round these; or correct it in the course.",
        "a brace of its answers is missing. Write “{” before its answers and “}” behind them; or "
        "correct it in the course.",
    ]


def test_unexpected_lines_in_aiken_file_are_reported(tmp_path: Path) -> None:
    question = "Stay shut?\nA. Yes\nB. No\nANSWER: A\n"
    words = f"Fire\n\n{question}Explanation: smoke\n\nNo answers\nANSWER: A\n\n{question}"
    apart = "there are no answers below it."
    between = (
        "Write its answers between the two, each with a letter such as “A.”; or correct it in the "
        "course."
    )
    assert read(words, tmp_path, "bank.txt")[1].split("\n") == [
        f"1: “Fire” is text on the page: {apart} If it belongs to the question below, delete the "
        "empty line between them; or correct it in the course.",
        "7: “Explanation: smoke” is text on the page: Aiken has no text after the answer. "
        "Delete the line, and write the explanation into the course, as "
        "“explanation:”; or correct it in the course.",
        f"9: “No answers” is text on the page: {apart} {between}",
        f"10: “ANSWER: A” is not imported: there are no answers above it. {between}",
    ]


@pytest.mark.parametrize(
    ("word", "answer"),
    [
        ("WAHR", "true"),
        ("FALSCH", "false"),
        ("VRAI", "true"),
        ("Faux", "false"),
        ("FAŁSZ", "false"),
    ],
)
def test_true_and_false_are_read_in_excel_languages(word: str, answer: str, tmp_path: Path) -> None:
    words = f"Question;Right answer\nDer Hof ist sicher.;{word}\n"
    document, problems = read(words, tmp_path, "bank.csv")
    (question,) = document.blocks
    assert isinstance(question, Question)
    assert (question.kind, question.answers, problems) == ("true-false", (answer,), "")
    form = formats.format_of(tmp_path / "bank.csv")
    assert form is not None
    assert second_readers.count(tmp_path / "bank.csv").kinds["true or false"] == 1
