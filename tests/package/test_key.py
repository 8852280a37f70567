"""The key beside a package has a row for each interaction that the player may report."""

import csv
import io
from dataclasses import replace

import pytest

from builder.course import markdown
from builder.course.model import Course, Draw, QuizRules, Variable
from builder.course.questions import Item
from builder.package import key
from builder.package.plan import plan
from tests.support.courses import course, page, question


def rows(made: Course) -> list[dict[str, str]]:
    return read(key.write(plan(made)))


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_practice_and_quiz_use_are_separate_key_rows() -> None:
    asked = replace(question("why", "ac", weight=1.5), retired=("d", "e"))
    found = rows(
        course(
            page("first", "::: check why\n", checks=(asked,)),
            page("quiz", kind="quiz", quiz=(asked,)),
        )
    )
    same = {
        "Type": "choice",
        "Question": "Prompt of why?",
        "Items": "",
        "Options": "a: Option a; b: Option b; c: Option c",
        "Retired letters": "d, e",
        "Right answer": "a,c",
        "Weight": "1.5",
    }
    assert found == [
        {"Interaction": "first--why", "Page": "First", "Use": "practice"} | same,
        {"Interaction": "quiz--why", "Page": "Quiz", "Use": "quiz"} | same,
    ]


def test_key_lists_drawable_questions_and_omits_unreported() -> None:
    pool = (question("one"), replace(question("secret"), interaction=None), question("two"))
    rules = QuizRules(draws=(Draw(1, pool),))
    found = rows(course(page("quiz", kind="quiz", quiz=pool, rules=rules)))
    assert [one["Interaction"] for one in found] == ["quiz--one", "quiz--two"]


def test_separately_reported_items_have_their_own_key_rows() -> None:
    items = (
        Item("1", markdown.inline("Plants"), None, None),
        Item("2", markdown.inline("Pots"), None, None),
    )
    apart = replace(question("like"), items=items, separate=True, scored=False, right="")
    together = replace(question("sort"), items=items, right="1.a,2.b")
    found = rows(course(page("first", checks=(apart, together))))
    columns = ("Interaction", "Question", "Items", "Right answer", "Weight")
    assert [tuple(one[name] for name in columns) for one in found] == [
        ("first--like--1", "Prompt of like? – Plants", "", "", "0"),
        ("first--like--2", "Prompt of like? – Pots", "", "", "0"),
        ("first--sort", "Prompt of sort?", "1: Plants; 2: Pots", "1.a,2.b", "1"),
    ]


def test_words_are_those_that_trainees_read() -> None:
    asked = replace(
        question("who"), prompt=markdown.inline("Who is **{{ lead }}**,\nor {{ other }}?")
    )
    made = course(
        page("first", checks=(asked,)),
        variables={
            "lead": Variable("lead", "the lead", "Sam “Lee”, MD"),
            "other": Variable("other", "another", None),
        },
    )
    (found,) = rows(made)
    assert found["Question"] == ("Who is Sam “Lee”, MD, or Not set yet: ask your manager?")


def test_spreadsheets_open_it_with_its_letters() -> None:
    content = key.write(plan(course(page("first", checks=(question("q"),)))))
    assert content.startswith(b'\xef\xbb\xbf"Interaction","Page","Use",')
    assert content.endswith(b"\r\n")
    assert content.count(b"\n") == content.count(b"\r\n") == 2


@pytest.mark.parametrize(
    ("written", "cell"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1 more", "'+1 more"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2+3", "'-2+3"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("-4.5", "-4.5"),
        ("1 = 1", "1 = 1"),
    ],
)
def test_no_cell_is_a_formula(written: str, cell: str) -> None:
    asked = replace(question("q"), right=written)
    (found,) = rows(course(page("first", checks=(asked,))))
    assert found["Right answer"] == cell


@pytest.mark.parametrize(
    ("written", "cell"),
    [
        ("x;=1+1", "x;'=1+1"),
        ("x; =1+1;y", "x;' =1+1;y"),
        ('x;"=1+1"', 'x;\'"=1+1"'),
        ("x;y;@SUM(1)", "x;y;'@SUM(1)"),
        ("5; -5", "5; -5"),
        ("=1;=2", "'=1;'=2"),
    ],
)
def test_key_cells_never_start_formulas_with_semicolon_separator(written: str, cell: str) -> None:
    made = course(page("first", checks=(replace(question("q"), right=written),)))
    text = key.write(plan(made)).decode("utf-8-sig")
    assert read(text.encode())[0]["Right answer"] == cell
    for line in csv.reader(io.StringIO(text, newline=""), delimiter=";"):
        assert [one for one in line if one.lstrip(' "').startswith(("=", "+", "@"))] == []


def test_every_cell_is_quoted() -> None:
    text = key.write(plan(course(page("first", checks=(question("q"),))))).decode("utf-8-sig")
    assert [line.count('"') for line in text.splitlines()] == [2 * len(key.HEADINGS)] * 2


def test_the_longest_id_is_one_for_an_lms() -> None:
    longest = key.interaction_id(page("p" * 64), question("q" * 64), "1")
    assert len(longest) == 133
