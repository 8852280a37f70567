"""What a reviewer changes besides words: where links lead, texts of pictures, lists, frames."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from builder.exporting.review import Remark
from tests.exporting.reviewed_course import back, place, sent, written
from tests.exporting.reviewer import Reviewer, W

WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
RELATIONSHIPS = "word/_rels/document.xml.rels"
PICTURE = "![A puddle](../media/puddle.png)\n"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = written(tmp_path / "course")
    (folder / "media").mkdir()
    pixel = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
        "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
        "0000000049454e44ae426082"
    )
    (folder / "media/puddle.png").write_bytes(pixel)
    page = folder / "pages/rain.md"
    steps = "1. Stand still\n2. Look\n    - left\n"
    page.write_text(page.read_text().replace("- Boots", f"{PICTURE}\n{steps}\nBring:\n\n- Boots"))
    return folder


def properties(reviewer: Reviewer, words: str) -> etree._Element:
    found = reviewer.paragraph(words).find(f"{W}pPr")
    assert found is not None
    return found


def other_alternative_text(reviewer: Reviewer) -> None:
    next(reviewer.root.iter(f"{WP}docPr")).set("descr", "A lake")


def other_address(reviewer: Reviewer) -> None:
    before = reviewer.files[RELATIONSHIPS]
    reviewer.files[RELATIONSHIPS] = before.replace(b"example.org/a_b", b"evil.example/a_b")
    assert reviewer.files[RELATIONSHIPS] != before


def no_address(reviewer: Reviewer) -> None:
    link = next(one for one in reviewer.root.iter(f"{W}hyperlink") if "tables" in _text(one))
    for run in list(link):
        link.addprevious(run)
    parent = link.getparent()
    assert parent is not None
    parent.remove(link)


def raised(reviewer: Reviewer) -> None:
    run = next(one for one in reviewer.paragraph("is wet").iter(f"{W}r") if "wet" in _text(one))
    properties = run.find(f"{W}rPr")
    if properties is None:
        properties = etree.SubElement(run, f"{W}rPr")
        run.insert(0, properties)
    etree.SubElement(properties, f"{W}position").set(f"{W}val", "6")


def no_number(reviewer: Reviewer) -> None:
    number = properties(reviewer, "Stand").find(f"{W}numPr/{W}numId")
    assert number is not None
    number.set(f"{W}val", "0")


def other_level(reviewer: Reviewer) -> None:
    level = properties(reviewer, "left").find(f"{W}numPr/{W}ilvl")
    assert level is not None
    level.set(f"{W}val", "0")


def bullet_for_number(reviewer: Reviewer) -> None:
    ours = properties(reviewer, "Boots").find(f"{W}numPr/{W}numId")
    number = properties(reviewer, "Look").find(f"{W}numPr/{W}numId")
    assert ours is not None
    assert number is not None
    number.set(f"{W}val", ours.get(f"{W}val", ""))


def frame(reviewer: Reviewer) -> None:
    properties(reviewer, "The step is wet").insert(1, etree.Element(f"{W}framePr"))


def _text(node: etree._Element) -> str:
    return "".join(one.text or "" for one in node.iter(f"{W}t"))


@pytest.mark.parametrize(
    ("change", "about", "added"),
    [
        (
            other_alternative_text,
            "(a picture or an object) (text of the picture: A puddle)",
            "(a picture or an object) (text of the picture: A lake)",
        ),
        (
            other_address,
            "*today*. (link to https://www.example.org/a_b)",
            "*today*. (link to https://www.evil.example/a_b)",
        ),
        (
            no_address,
            "*today*. (link to https://www.example.org/a_b)",
            "*today*.",
        ),
        (no_number, "Stand still (numbered item of a list, level 1)", "Stand still"),
        (
            other_level,
            "left (item of a list, level 2)",
            "left (item of a list, level 1)",
        ),
        (
            bullet_for_number,
            "Look (numbered item of a list, level 1)",
            "Look (item of a list, level 1)",
        ),
        (raised, "The step is wet.", "^The step is wet.^"),
        (frame, "The step is wet.", "(a picture or an object)The step is wet."),
    ],
)
def test_change_besides_words_is_listed(
    course: Path, change: Callable[[Reviewer], None], about: str, added: str
) -> None:
    file = sent(course)
    with Reviewer(file) as reviewer:
        change(reviewer)
    (remark,) = back(course, file).remarks
    assert remark.about.endswith(about)
    assert remark.added.endswith(added)
    assert "page/rain" in remark.affects
    assert place(remark).startswith("pages/rain.md")
    assert not remark.is_applicable


def test_document_with_pictures_and_lists_has_no_remarks(course: Path) -> None:
    assert back(course, sent(course)).remarks == ()


def test_address_changed_in_the_course_is_no_remark(course: Path) -> None:
    file = sent(course)
    page = course / "pages/rain.md"
    page.write_text(page.read_text().replace("example.org/a_b", "example.org/new"))
    assert back(course, file).remarks == ()


def added(course: Path, below: str) -> Remark:
    file = sent(course)
    with Reviewer(file) as reviewer:
        paragraph = etree.Element(f"{W}p")
        run = etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}t")
        run.text = "Something is missing here."
        last = reviewer.paragraph(below)
        while (parent := last.getparent()) is not None and parent.tag != f"{W}body":
            last = parent
        last.addnext(paragraph)
    (remark,) = back(course, file).remarks
    return remark


def test_line_at_the_end_of_a_page_belongs_to_it(course: Path) -> None:
    assert added(course, "from above").affects == {"page/rain", "question/wet"}
