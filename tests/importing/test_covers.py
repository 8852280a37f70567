"""The cover of a document is no page: it becomes the title and the description of the course."""

from __future__ import annotations

import pytest

from builder.importing.document.form import Block, Box, Document, Link, Text
from builder.importing.document.tally import split
from builder.importing.recognise import recognise
from builder.importing.writing import WrittenCourse, write
from tests.importing import documents as doc
from tests.importing.recognise.documents import document

_FIRST = (doc.said("Hands", level=1), doc.said("Wash them for as long as it takes."))
_SECOND = (doc.said("Gloves", level=1), doc.said("Wear them."))


def _made(*blocks: Block, title: str = "", name: str = "handbook") -> WrittenCourse:
    return write(Document(blocks, title=title), name, "auto", lambda _: "")


def _titles(course: WrittenCourse) -> list[str]:
    return [page.title for page in course.pages]


def test_cover_becomes_title_and_description() -> None:
    cover = (doc.said("Royal Hospital"), doc.said("Infection control"), doc.said("May 2026"))
    course = _made(*cover, *_FIRST, *_SECOND, name="infection control v2")
    assert _titles(course) == ["Hands", "Gloves"]
    assert course.title == "Infection control"
    assert course.description == "Royal Hospital, May 2026"
    assert {"Royal", "Hospital", "May", "2026"} <= set(split(" ".join(course.words)))


def test_cover_in_a_text_box_with_a_logo() -> None:
    box = Box((doc.said("Infection control"), doc.said("May 2026")), doc.PLACE)
    course = _made(doc.said("", doc.picture()), box, *_FIRST, *_SECOND)
    assert (course.title, course.description) == ("Infection control", "May 2026")
    assert _titles(course) == ["Hands", "Gloves"]
    assert "media/" in course.texts["pages/hands.md"]


@pytest.mark.parametrize(
    "above",
    [
        doc.said("Read this handbook before your first day, and ask whatever you want to know."),
        doc.said("Call us.", Link((Text("999"),), "tel:999")),
        doc.question("Who is told?", "Ann", "Bob"),
    ],
)
def test_content_above_the_first_heading_stays_a_page(above: Block) -> None:
    assert len(_titles(_made(above, *_FIRST, *_SECOND))) == 3


def test_words_that_a_cover_repeats_are_listed() -> None:
    cover = (doc.said("Hygiene", style="title"), doc.said("Hygiene"), doc.said("2026"))
    course = _made(*cover, *_FIRST, *_SECOND)
    assert (course.title, course.description) == ("Hygiene", "2026")
    assert [one.rest.words for one in course.listed if one.rest.kind == "cover"] == ["Hygiene"]


def test_first_heading_without_content_is_the_title() -> None:
    course = _made(doc.said("Hygiene", level=1), *_FIRST, *_SECOND)
    assert (course.title, _titles(course)) == ("Hygiene", ["Hands", "Gloves"])


def test_headings_without_content_make_no_pages() -> None:
    course = _made(*_FIRST, doc.said("Clothes", level=1), *_SECOND, doc.said("End", level=1))
    assert _titles(course) == ["Hands", "Clothes"]
    assert "## Gloves" in course.texts["pages/clothes.md"]
    assert "## End" in course.texts["pages/clothes.md"]


def test_title_in_properties_counts_only_if_the_document_has_it() -> None:
    other = _made(*_FIRST, *_SECOND, title="GCCIS Lab Worker J", name="hygiene")
    assert other.title == "hygiene"
    assert [one.rest.words for one in other.listed] == ["GCCIS Lab Worker J"]
    assert _made(doc.said("About hygiene"), title="Hygiene", name="x").title == "Hygiene"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Signature: ________", 1),
        ("I have read this.\nSigned by: ______ Date: ____\nSignature of the manager: ____", 1),
        ("The ____ sign means stop.\nSign in at the desk.\nHer signature is green.", 0),
    ],
)
def test_lines_to_sign_propose_a_record(text: str, count: int) -> None:
    doubts = [one for one in recognise(document(text)).doubts if one.kind == "line to sign"]
    assert len(doubts) == count
    assert all("kind: record" in one.sentence for one in doubts)
