"""Importing again: what is gone from the document stays in the course, and is listed with its line;
what has other words there has them in the course."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.importing.document.form import (
    Block,
    Cell,
    Document,
    Item,
    List,
    Question,
    Record,
    RecordRow,
    Table,
)
from builder.importing.making import Edit, Merged
from builder.importing.merging import changes, matching, memory
from builder.importing.writing import Names, WrittenCourse, write
from tests.importing import documents as doc

MARKS = re.compile(r"\s*(?:correct|multiple|unsure|minutes|answer|limit):|\s*- \"(?:Nothing|No) ")
"""Lines that say what the document says of words, and the room for an answer in a record, which
follows from the number of its questions."""


def made(document: Document, names: Names | None = None) -> WrittenCourse:
    return write(document, "handbook", "heading-1", lambda drawing: "", names)


@dataclass
class Again:
    """What importing a second document has made of the course of a first one."""

    before: dict[str, str]
    after: dict[str, str]
    merged: Merged


def again_with(first: Document, second: Document, edit: dict[str, str] | None = None) -> Again:
    """Import a document, then another one. ``edit`` is what the author has put in between: other
    words for words."""
    one = made(first)
    kept = memory.remember(one)
    texts = dict(one.texts)
    for words, others in (edit or {}).items():
        texts = {path: text.replace(words, others) for path, text in texts.items()}
    pages = {page.id: page.path for page in one.pages}
    names = Names(matching.known_ids(kept, made(second)), matching.taken_ids(kept), pages)
    brought = changes.merge_course(kept, made(second, names), changes.Course(texts, pages))
    return Again(texts, texts | brought.texts, brought.merged())


def page(*blocks: Block) -> Document:
    return Document((doc.said("Page", level=1), *blocks))


def bullets(*words: str, ordered: bool = False) -> List:
    items = tuple(
        Item(f"{number}." if ordered else "•", (doc.said(one),))
        for number, one in enumerate(words, start=1)
    )
    return List(ordered, 1, items, doc.PLACE)


def table(*rows: tuple[str, ...]) -> Table:
    cells = tuple(tuple(Cell((doc.said(words),)) for words in row) for row in rows)
    return Table(cells, 1, doc.PLACE)


def record(*asked: str) -> Record:
    rows = tuple(RecordRow((doc.said(one),), (), doc.PLACE) for one in asked)
    return Record(rows, ("Manager",), doc.PLACE)


def told(edits: tuple[Edit, ...]) -> list[tuple[int, str, str]]:
    return [(edit.line, edit.course, edit.source) for edit in edits]


HEAD = ("Sign", "Meaning")


def test_removed_row_stays_and_is_listed_with_its_line() -> None:
    rows = (("Green", "The way out"), ("Red", "Equipment"), ("Blue", "A duty"))
    found = again_with(page(table(HEAD, *rows)), page(table(HEAD, rows[0], rows[2])))
    assert found.after == found.before
    assert told(found.merged.gone) == [(8, "| Red | Equipment |", "")]
    assert found.merged == Merged(gone=found.merged.gone)


def test_reworded_table_row_changes_and_unrelated_row_stays() -> None:
    first = page(table(HEAD, ("Green", "The way out"), ("Red", "Equipment")))
    second = page(table(HEAD, ("Green", "Here you get out"), ("Blue", "You must")))
    found = again_with(first, second)
    assert found.after["pages/page.md"].split("\n")[4:] == [
        *("| Sign | Meaning |", "| --- | --- |", "| Green | Here you get out |"),
        *("| Blue | You must |", "| Red | Equipment |", ""),
    ]
    assert told(found.merged.changed) == [
        (7, "| Green | The way out |", "| Green | Here you get out |")
    ]
    assert told(found.merged.added) == [(8, "", "| Blue | You must |")]
    assert told(found.merged.gone) == [(9, "| Red | Equipment |", "")]


def test_removed_bullets_stay_in_a_numbered_list() -> None:
    found = again_with(
        page(bullets("Stop.", "Call the porter.", "Wait outside.", ordered=True)),
        page(bullets("Call the porter.", "Wait outside, please.", ordered=True)),
    )
    assert found.after["pages/page.md"].split("\n")[4:] == [
        *("1. Stop.", "1. Call the porter.", "2. Wait outside, please.", "")
    ]
    assert told(found.merged.gone) == [(5, "1. Stop.", "")]
    assert told(found.merged.changed) == [(7, "3. Wait outside.", "2. Wait outside, please.")]
    assert found.merged.added == ()


def test_reordered_bullets_are_reported_as_moved() -> None:
    found = again_with(
        page(bullets("Stop.", "Call.", "Wait.")), page(bullets("Call.", "Wait.", "Stop."))
    )
    assert found.after["pages/page.md"].split("\n")[4:] == ["- Call.", "- Wait.", "- Stop.", ""]
    assert found.merged == Merged(moved=(Edit("pages/page.md", 7, "", "- Stop."),))


def test_removed_option_stays_and_is_no_longer_right() -> None:
    found = again_with(
        page(doc.question("What helps?", "Rain", "Rest", "Care", right="Rain")),
        page(doc.question("What helps?", "Rest", "Care", right="Care")),
    )
    assert found.after["questions/questions.yaml"] == (
        '- id: what-helps\n  type: choice\n  prompt: "What helps?"\n  options:\n'
        '    - id: a\n      text: "Rain"\n'
        '    - id: b\n      text: "Rest"\n'
        '    - id: c\n      text: "Care"\n      correct: yes\n'
    )
    assert told(found.merged.gone) == [(5, '    - id: a\n      text: "Rain"', "")]
    assert told(found.merged.changed) == [
        (5, "      correct: yes", ""),
        (11, "", "      correct: yes"),
    ]


def test_a_question_in_a_record_that_is_gone_stays() -> None:
    asked = ("Where is my meeting point?", "Who is my first-aider?")
    found = again_with(page(record(*asked)), page(record(asked[1])))
    assert found.after == found.before
    assert told(found.merged.gone) == [
        (7, '  - id: where-is-my-meeting-point\n    question: "Where is my meeting point?"', "")
    ]


def test_replaced_page_and_question_stay_beside_new_ones() -> None:
    first = Document(
        (
            *(doc.said("Start", level=1), doc.said("Hello.")),
            *(doc.said("Fire", level=1), doc.question("What burns?", "Wood", "Stone")),
        )
    )
    second = Document(
        (
            *(doc.said("Start", level=1), doc.said("Hello.")),
            *(doc.said("Sleep", level=1), doc.question("Who snores?", "Ann", "Bob")),
        )
    )
    found = again_with(first, second)
    assert "  - sleep.md\n  - fire.md\n" in found.after["course.yaml"]
    assert found.after["pages/fire.md"] == found.before["pages/fire.md"]
    assert [(edit.path, edit.line) for edit in found.merged.gone] == [
        ("pages/fire.md", 1),
        ("pages/fire.md", 5),
        ("questions/questions.yaml", 1),
    ]


def test_replaced_question_is_still_asked_on_its_page() -> None:
    found = again_with(
        page(doc.said("Hello."), doc.question("What burns?", "Wood", "Stone")),
        page(doc.said("Hello."), doc.question("Who snores?", "Ann", "Bob")),
    )
    assert found.after["pages/page.md"].split("\n")[4:] == [
        *("Hello.", "", "::: check who-snores", "", "::: check what-burns", "")
    ]


def test_text_moved_to_deleted_page_stays() -> None:
    one = Document(
        (
            *(doc.said("Start", level=1), doc.said("Hello to all of you."), doc.said("Bye.")),
            *(doc.said("Fire", level=1), doc.said("It burns.")),
        )
    )
    two = Document(
        (
            *(doc.said("Start", level=1), doc.said("Bye.")),
            *(doc.said("Fire", level=1), doc.said("It burns."), doc.said("Hello to all of you.")),
        )
    )
    kept = memory.remember(made(one))
    texts = {path: text for path, text in kept.texts.items() if path != "pages/fire.md"}
    names = Names(matching.known_ids(kept, made(two)), matching.taken_ids(kept), {})
    course = changes.Course(texts, {"start": "pages/start.md"})
    brought = changes.merge_course(kept, made(two, names), course)
    assert "pages/start.md" not in brought.texts
    assert [edit.course for edit in brought.gone] == ["Hello to all of you."]


WORDS = ("green", "fire", "porter", "door", "call", "wait", "help", "signs", "stairs", "coat")
line = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
lines = st.lists(line, min_size=1, max_size=5, unique=True)


def questions(asked: str, answers: list[str]) -> Question:
    return doc.question(f"{asked}?", *(answers if len(answers) > 1 else [*answers, "none"]))


@st.composite
def parts(draw: st.DrawFn) -> list[tuple[str, list[str]]]:
    """Parts of a page: their kind and their lines."""
    kinds = st.sampled_from(("bullets", "numbers", "table", "prose", "question", "record"))
    return draw(st.lists(st.tuples(kinds, lines), min_size=1, max_size=4))


@st.composite
def rewritten(draw: st.DrawFn, before: list[tuple[str, list[str]]]) -> list[tuple[str, list[str]]]:
    """The same parts with lines taken out, put in, put elsewhere, said otherwise."""
    found = []
    for kind, said in before:
        kept = [one for one in said if draw(st.sampled_from((True, True, True, False)))]
        kept = [f"{one} now" if draw(st.integers(0, 4)) == 0 else one for one in kept]
        kept += draw(st.lists(line, max_size=1))
        if draw(st.integers(0, 4)) == 0:
            kept.reverse()
        if draw(st.integers(0, 6)) and kept:
            found.append((kind, list(dict.fromkeys(kept))))
    return found


def document(given_parts: list[tuple[str, list[str]]]) -> Document:
    blocks: list[Block] = []
    for number, (kind, said) in enumerate(given_parts):
        if kind == "bullets":
            blocks.append(bullets(*said))
        elif kind == "numbers":
            blocks.append(bullets(*said, ordered=True))
        elif kind == "table":
            blocks.append(table(HEAD, *((one, f"cell {number}") for one in said)))
        elif kind == "question":
            blocks.append(questions(said[0], said))
        elif kind == "record":
            blocks.append(record(*said))
        else:
            blocks += [doc.said(one) for one in said]
    return page(doc.said("The first words."), *blocks)


def bare(text: str) -> str:
    """A line without the mark that a list gives it."""
    return re.sub(r"^(\s*)(?:\d+[.)]|[-*]) (?!id:)", r"\1# ", text)


@st.composite
def versions(draw: st.DrawFn) -> tuple[Document, Document, dict[str, str]]:
    before = draw(parts())
    edit = {word: f"{word} indeed" for word in draw(st.lists(st.sampled_from(WORDS), max_size=2))}
    return document(before), document(draw(rewritten(before))), edit


@pytest.mark.whole
@given(versions())
def test_reimport_deletes_no_line_unless_reworded(
    found: tuple[Document, Document, dict[str, str]],
) -> None:
    result = again_with(*found)
    now = {bare(row) for text in result.after.values() for row in text.split("\n")}
    changed = {
        bare(row)
        for edit in result.merged.changed
        if edit.source
        for row in edit.course.split("\n")
    }
    for text in result.before.values():
        for row in text.split("\n"):
            assert bare(row) in now | changed or MARKS.match(row), (row, result)


@pytest.mark.whole
@given(versions())
def test_every_listed_line_stands_where_the_list_says(
    found: tuple[Document, Document, dict[str, str]],
) -> None:
    merged = again_with(*found)
    for kind in ("gone", "added", "changed", "moved"):
        for edit in getattr(merged.merged, kind):
            said = edit.course if kind == "gone" else edit.source
            assert said.strip() or edit.course.strip()
            rows = merged.after[edit.path].split("\n")
            if said.strip() and not (edit.line == 1 and edit.path.startswith("pages/")):
                assert rows[edit.line - 1] == said.split("\n")[0]


def _quizzed(*names: str) -> Document:
    return page(*(doc.question(name, "yes", "no", right="yes") for name in names))


_AS_IMPORTED = '---\nid: page\ntitle: "Page"\n---\n::: check first\n\n::: check second\n'
_AS_QUIZ = '---\nid: page\ntitle: "Page"\nkind: quiz\nquestions:\n'


def _quiz_of(*names: str) -> dict[str, str]:
    listed = "".join(f"  - {name}\n" for name in names)
    return {_AS_IMPORTED: f"{_AS_QUIZ}{listed}---\n"}


def test_new_question_below_quiz_question_joins_quiz() -> None:
    before, after = _quizzed("First", "Second"), _quizzed("First", "New", "Second")
    brought = again_with(before, after, _quiz_of("second", "first"))
    page_now = f"{_AS_QUIZ}  - second\n  - first\n  - new\n---\n"
    assert brought.after["pages/page.md"] == page_now
    assert Edit("pages/page.md", 8, "", "  - new") in brought.merged.added


def test_new_question_above_quiz_questions_joins_quiz() -> None:
    before, after = _quizzed("First", "Second"), _quizzed("New", "First", "Second")
    brought = again_with(before, after, _quiz_of("first", "second"))
    page_now = f"{_AS_QUIZ}  - new\n  - first\n  - second\n---\n"
    assert brought.after["pages/page.md"] == page_now


def test_new_question_in_drawing_quiz_gets_the_drawn_tag() -> None:
    drawn = '---\nid: page\ntitle: "Page"\nkind: quiz\nquiz:\n  draw:\n    - tag: fire\n---\n'
    tagged = "  type: choice\n  tags:\n    - fire\n"
    edit = {_AS_IMPORTED: drawn, "  type: choice\n": tagged}
    before, after = _quizzed("First", "Second"), _quizzed("First", "New", "Second")
    brought = again_with(before, after, edit)
    assert brought.after["pages/page.md"] == drawn
    entry = brought.after["questions/questions.yaml"].split("\n\n")[-1]
    assert entry.startswith("- id: new\n")
    assert entry.endswith("\n  tags:\n    - fire\n")


def test_a_new_question_beside_those_for_practice_is_for_practice() -> None:
    brought = again_with(_quizzed("First", "Second"), _quizzed("First", "New", "Second"))
    assert brought.after["pages/page.md"].endswith(
        "::: check first\n\n::: check new\n\n::: check second\n"
    )
