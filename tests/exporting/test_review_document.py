"""The review document: all that trainees meet is in it, and Word, screen readers and paper get what
they need."""

import hashlib
import itertools
import re
import shutil
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from builder.course import judging
from builder.course.load import load
from builder.course.model import Course
from builder.course.validate import validate
from builder.exporting import reviewing
from builder.exporting.review import tree
from builder.exporting.review import word_styles as xml
from builder.exporting.review.composing import Reviewed, compose
from tests.approvals.edits import ALONE, WORDS, Edit
from tests.conftest import ROOT
from tests.exporting.shown import squeezed, texts
from tests.support.golden import BY_NAME, GOOD, changed
from tests.support.showcase import in_one_language

pytestmark = pytest.mark.whole

TODAY = date(2026, 11, 26)
COURSES = {"course": ROOT / "course", "showcase": ROOT / "tests/showcase"}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def course_of(folder: Path) -> Course:
    sources, _ = load(folder)
    assert sources
    course = validate(sources, TODAY).course
    assert course
    return course


def made(folder: Path, output: Path) -> Path:
    result = reviewing.review(folder, output, TODAY, whole=True)
    assert (result.made, result.diagnostics) == (True, ())
    return output


@pytest.fixture(scope="module")
def showcase(tmp_path_factory: pytest.TempPathFactory) -> Document:
    folder = tmp_path_factory.mktemp("review")
    source = in_one_language(folder / "course")
    return docx.Document(str(made(source, folder / "review.docx")))


@pytest.mark.parametrize("name", COURSES)
def test_all_that_trainees_meet_is_in_the_word_file(name: str, tmp_path: Path) -> None:
    word = docx.Document(str(made(COURSES[name], tmp_path / "review.docx")))
    body = word.element.body
    whole = squeezed("".join(node.text or "" for node in body.iter(qn("w:t"))))
    whole += squeezed("".join(one.get("descr", "") for one in body.iter(qn("wp:docPr"))))
    found = list(texts(course_of(COURSES[name])))
    assert len(found) > 300
    assert [text for text in found if squeezed(text) not in whole] == []


@pytest.mark.parametrize("name", COURSES)
def test_the_web_page_has_the_same_words(name: str, tmp_path: Path) -> None:
    word = docx.Document(str(made(COURSES[name], tmp_path / "review.docx")))
    page = etree.HTML(made(COURSES[name], tmp_path / "review.html").read_text("utf-8"))
    whole = squeezed("".join(page.find("body").itertext()))
    for hyphen in list(word.element.body.iter(qn("w:noBreakHyphen"))):
        hyphen.tag, hyphen.text = qn("w:t"), "\u2011"
    paragraphs = ["".join(one.itertext(qn("w:t"))) for one in word.element.body.iter(qn("w:p"))]
    elsewhere = "Word does not show this kind of picture"
    missing = [one for one in paragraphs if squeezed(one) not in whole and elsewhere not in one]
    assert missing == []


def test_word_knows_the_headings_and_the_contents_name_their_pages(showcase: Document) -> None:
    headings = [
        (paragraph.style.name, paragraph.text)
        for paragraph in showcase.paragraphs
        if paragraph.style and paragraph.style.name.startswith("Heading")
    ]
    assert [text for level, text in headings if level == "Heading 1"] == [
        *("Cover [c:cover]", "Pages [c:pages-0]", "Questions [m:questions]"),
        *("Blocks [m:blocks]", "Results [m:results]", "What counts [c:tracking]"),
        *("Local values [c:values]", "Addresses outside the course [c:addresses]"),
        *("What makes it a draft [c:draft]", "Approval [c:approval]"),
    ]
    levels = [int(level[-1]) for level, _ in headings]
    assert [one for one, next_ in itertools.pairwise(levels) if next_ > one + 1] == []
    links = list(showcase.element.body.find(qn("w:sdt")).iter(qn("w:hyperlink")))
    assert ["".join(one.itertext(qn("w:t"))) for one in links] == [
        re.sub(r" \[.*\]$", "", text) for level, text in headings if int(level[-1]) < 3
    ]
    # The number of the page behind each: LibreOffice shows it, Word once it may update fields.
    for link in links:
        assert "".join(link.itertext(qn("w:instrText"))).split() == [
            "PAGEREF",
            link.get(qn("w:anchor")),
            r"\h",
        ]
    settings = showcase.settings.element
    assert [node.tag for node in settings.iter(qn("w:updateFields"), qn("w:trackRevisions"))] == [
        qn("w:trackRevisions"),
        qn("w:updateFields"),
    ]


def test_links_and_contents_lead_to_bookmarks_that_are_there_once(showcase: Document) -> None:
    body = showcase.element.body
    names = [one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))]
    assert len(names) == len(set(names)) > 150
    led = {one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))} - {None}
    assert led - set(names) == set()
    tags = re.findall(r"\[([a-z]:[^\s\]]+)\]", "\n".join(body.itertext(qn("w:t"))))
    assert {"p:welcome", "q:watering-can", "q:watering-can/a", "v:cellar", "r:my-day"} <= {*tags}
    assert len(tags) == len(set(tags))


def test_tables_repeat_header_rows_and_keep_rows_together(showcase: Document) -> None:
    tables = list(showcase.element.body.iter(qn("w:tbl")))
    assert len(tables) > 30
    for table in tables:
        rows = table.findall(qn("w:tr"))
        repeated = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
        assert repeated == [True] + [False] * (len(rows) - 1)
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        widths = [int(one.get(qn("w:w"))) for one in table.iter(qn("w:gridCol"))]
        assert sum(widths) <= 9638
        cells = [row.findall(qn("w:tc")) for row in rows]
        assert {len(row) for row in cells} == {len(widths)}
        assert all(cell[-1].tag == qn("w:p") for row in cells for cell in row)


def kept(paragraph: etree._Element) -> bool:
    return paragraph.find(f"{W}pPr/{W}keepNext") is not None


def test_question_stays_on_one_sheet_with_its_answers(showcase: Document) -> None:
    paragraphs = list(showcase.element.body.iter(qn("w:p")))
    words = ["".join(one.itertext(qn("w:t"))) for one in paragraphs]
    styles = {style.style_id: style for style in showcase.styles}
    begin = words.index("Practice · Several right answers [q:likes-shade]")
    told = words[begin : begin + 8]
    assert told[1:4] == ["Which plants like shade?", "Select all that apply.", "Answer"]
    heading = styles[paragraphs[begin + 1].find(f"{W}pPr/{W}pStyle").get(qn("w:val"))]
    assert heading.element.find(f"{W}pPr/{W}keepNext") is not None
    # Kind, how to answer, the head and the rows of the answers but the last one.
    assert kept(paragraphs[begin])
    assert kept(paragraphs[begin + 2])
    [table] = [
        one
        for one in showcase.element.body.iter(qn("w:tbl"))
        if "[q:likes-shade/a]" in "".join(one.itertext(qn("w:t")))
    ]
    *rows, last = table.findall(qn("w:tr"))
    assert all(kept(one) for row in rows for one in row.iter(qn("w:p")))
    assert not any(kept(one) for one in last.iter(qn("w:p")))


def test_pictures_have_descriptions_unless_marked_decorative(
    showcase: Document,
) -> None:
    properties = list(showcase.element.body.iter(qn("wp:docPr")))
    said = {(one.get("name"), one.get("descr")) for one in properties}
    assert any(
        name == "window-plan.svg" and words.startswith("A plan of the office: two cacti")
        for name, words in said
    )
    for one in properties:
        decorative = "decorative" in etree.tostring(one).decode()
        assert decorative == (not one.get("descr"))
    assert len({one.get("id") for one in properties}) == len(properties)


def test_a_drawing_keeps_its_proportions(showcase: Document) -> None:
    for name, wide, high in (("leaf.svg", 1, 1), ("window-plan.svg", 640, 300)):
        found = [
            inline.find(qn("wp:extent"))
            for inline in showcase.element.body.iter(qn("wp:inline"))
            if inline.find(qn("wp:docPr")).get("name") == name
        ]
        shown = {round(int(one.get("cx")) / int(one.get("cy")), 2) for one in found}
        assert shown == {round(wide / high, 2)}


def test_paper_size_prints_on_a4_and_letter(showcase: Document) -> None:
    section = showcase.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    # Letter is 27.94 cm high: what stands below would be cut off.
    assert section.page_height.cm - section.bottom_margin.cm < 27.94 - 1
    assert section.page_width.cm - section.right_margin.cm < 21.59 - 1


def test_document_ends_with_one_statement(showcase: Document) -> None:
    statement, signature = showcase.tables[-2:]
    rows = [[cell.text for cell in row.cells] for row in statement.rows]
    assert rows == [["I have read this document and confirm it, except:"], *[[""]] * 5]
    assert [[cell.text for cell in row.cells] for row in signature.rows] == [
        ["Name", "Date"],
        ["", ""],
    ]


def test_local_values_are_listed_with_label_and_value(showcase: Document) -> None:
    found = [[cell.text for cell in row.cells] for table in showcase.tables for row in table.rows]
    [lead] = [row for row in found if "[v:plant_lead]" in row[0]]
    assert len(lead) == 2
    assert lead[0].startswith("who looks after the plants")


def lines_of(folder: Path) -> list[tuple[str, ...]]:
    """Every line of the document before the statement at its end, with where its links lead."""
    course, sources, problems = judging.judge_with_sources(folder, date(2026, 1, 31))
    assert course
    assert sources
    nodes = compose(Reviewed(course, sources, problems)).nodes
    sheet = next(
        number
        for number, node in enumerate(nodes)
        if isinstance(node, tree.Heading) and node.anchor == "c:approval"
    )
    return [
        tuple(f"{run.text} {run.href or run.anchor} {sorted(run.marks)}" for run in line.runs)
        for line in tree.lines(nodes[:sheet])
    ]


@pytest.mark.parametrize("one", [*WORDS, *ALONE], ids=lambda one: one[2][:40].strip())
def test_every_code_change_is_visible_in_review_document(one: Edit, tmp_path: Path) -> None:
    """Nobody confirms words that the document does not show."""
    file, old, new, _ = one
    before = lines_of(shutil.copytree(GOOD, tmp_path / "before"))
    folder = shutil.copytree(GOOD, tmp_path / "after")
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")
    assert lines_of(folder) != before


ORDERED = {"pPr": xml.PARAGRAPH, "rPr": xml.RUN}


@pytest.mark.parametrize("name", [*COURSES, "arabic"])
def test_word_properties_follow_the_schema_order(name: str, tmp_path: Path) -> None:
    arabic = name == "arabic"
    folder = in_one_language(tmp_path / "arabic", "ar") if arabic else COURSES[name]
    word = docx.Document(str(made(folder, tmp_path / "review.docx")))
    roots = (word.element, word.sections[0].header._element)
    for node in (node for root in roots for node in root.iter()):
        order = ORDERED.get(xml.local(node)) if str(node.tag).startswith(W) else None
        if order:
            ranks = [order.index(xml.local(one)) for one in node]
            assert ranks == sorted(set(ranks)), etree.tostring(node)


def test_right_to_left_course_is_right_to_left_in_word(tmp_path: Path) -> None:
    folder = in_one_language(tmp_path / "arabic", "ar")
    word = docx.Document(str(made(folder, tmp_path / "review.docx")))
    body = word.element.body
    paragraphs = [one for one in body.iter(qn("w:p")) if one.find(f".//{W}t") is not None]
    assert [one for one in paragraphs if one.find(f"{W}pPr/{W}bidi") is None] == []
    assert all(one.find(f"{W}tblPr/{W}bidiVisual") is not None for one in body.iter(qn("w:tbl")))
    assert body.find(f"{W}sectPr/{W}bidi") is not None
    assert word.core_properties.language == "ar"
    page = made(folder, tmp_path / "review.html").read_text("utf-8")
    assert '<html lang="ar" dir="rtl">' in page


@pytest.mark.parametrize("ending", ["docx", "html"])
def test_the_same_course_gives_the_same_bytes(ending: str, tmp_path: Path) -> None:
    digests = set()
    for name in ("one", "two"):
        folder = tmp_path / name
        shutil.copytree(COURSES["showcase"], folder)
        file = made(folder, tmp_path / f"{name}.{ending}")
        digests.add(hashlib.sha256(file.read_bytes()).hexdigest())
    assert len(digests) == 1


def test_the_web_page_needs_nothing_else(tmp_path: Path) -> None:
    page = made(COURSES["showcase"], tmp_path / "review.html").read_text("utf-8")
    sources = re.findall(r'<img src="([^"]{20})', page)
    assert len(sources) > 5
    assert {one[:11] for one in sources} == {"data:image/"}
    assert not re.search(r"<(?:link|script|iframe|video|audio)\b|url\(", page)


def test_overdue_review_is_shown_without_changing_codes(tmp_path: Path) -> None:
    codes = []
    for name, review_by in (("one", "2030-01-31"), ("two", "2020-01-31")):
        folder = tmp_path / name
        shutil.copytree(ROOT / "tests/golden/course", folder)
        settings = folder / "course.yaml"
        text = settings.read_text("utf-8")
        settings.write_text(re.sub("review_by:.*", f"review_by: {review_by}", text), "utf-8")
        word = docx.Document(str(made(folder, tmp_path / f"{name}.docx")))
        words = "\n".join(paragraph.text for paragraph in word.paragraphs)
        told = "The review of this course was due by 2020-01-31." in words
        assert told == (name == "two")
        with zipfile.ZipFile(tmp_path / f"{name}.docx") as archive:
            codes.append(re.findall(r"\[f:[^\]]+\]", archive.read("word/document.xml").decode()))
    assert codes[0] == codes[1]


def test_words_that_xml_and_html_would_obey_stay_words(tmp_path: Path) -> None:
    folder = tmp_path / "course"
    shutil.copytree(ROOT / "tests/golden/course", folder)
    page = next((folder / "pages").glob("*.md"))
    page.write_text(page.read_text("utf-8") + "\n`<script>x</script>` & `]]>` \\<b>\n", "utf-8")
    made(folder, tmp_path / "review.docx")
    html = made(folder, tmp_path / "review.html").read_text("utf-8")
    assert "&lt;script&gt;x&lt;/script&gt;" in html
    assert "<script" not in html
    word = docx.Document(str(tmp_path / "review.docx"))
    assert "<script>x</script> & ]]> <b>" in {one.text.strip() for one in word.paragraphs}


def whole(course: Path, output: Path) -> list[str]:
    """Every paragraph, those in tables too."""
    body = docx.Document(str(made(course, output))).element.body
    return ["".join(one.itertext(qn("w:t"))) for one in body.iter(qn("w:p"))]


def case(name: str, folder: Path) -> Path:
    return changed(BY_NAME[name], folder)


def test_undecided_question_asks_expert_and_marks_nothing_wrong(tmp_path: Path) -> None:
    words = whole(case("question-unsure.open", tmp_path / "course"), tmp_path / "a.docx")
    begin = words.index("Question · One right answer [q:who-to-tell]")
    asked = words[begin : words.index("What counts [c:tracking]")]
    assert asked[2:4] == [
        "The right answer is not decided yet. Please say in a comment which answer is right.",
        "Option a is bold, and the key at the end says b.",
    ]
    assert [one for one in asked if "ight" in one and "not decided" not in one] == [
        "Question · One right answer [q:who-to-tell]",
        "Right",
    ]
    assert asked.count("Not decided yet") == 2
    page = made(tmp_path / "course", tmp_path / "a.html").read_text("utf-8")
    assert page.count("Not decided yet") == 2


def test_doubt_about_decided_question_is_shown(tmp_path: Path) -> None:
    words = whole(case("question-unsure", tmp_path / "course"), tmp_path / "a.docx")
    begin = words.index("Question · One right answer [q:who-to-tell]")
    assert words[begin + 2 : begin + 4] == [
        "Something about this question is not decided yet. Please say in a comment how it "
        "should be.",
        "Option a is bold, and the key at the end says b.",
    ]
    assert "✓ Right" in words[begin:]


@pytest.mark.parametrize("kind", ["fill-in", "numeric", "true-false"])
def test_undecided_typed_answers_are_marked_not_decided(kind: str, tmp_path: Path) -> None:
    folder = tmp_path / "course"
    shutil.copytree(ROOT / "tests/golden/course", folder)
    bank = folder / "questions/all.yaml"
    text = bank.read_text("utf-8")
    first = text.index("\n- id: who-to-tell")
    asked = f"- id: any-child\n  type: {kind}\n  prompt: What is it?\n  unsure: Nobody knows.\n"
    bank.write_text(asked + text[first:], "utf-8")
    words = whole(folder, tmp_path / "a.docx")
    assert ("Right answer: Not decided yet" in words) == (kind != "true-false")
    assert "Not right" not in words[: words.index("Whom do you tell?")]


def test_undescribed_picture_is_not_marked_decorative(tmp_path: Path) -> None:
    folder = case("alt-undescribed", tmp_path / "course")
    words = whole(folder, tmp_path / "a.docx")
    said = (
        "The description of this picture is missing. Please say in a comment what the "
        "picture shows, for people who cannot see it."
    )
    assert said in words
    assert not [one for one in words if "decoration" in one]
    [picture] = docx.Document(str(tmp_path / "a.docx")).element.body.iter(qn("wp:docPr"))
    assert picture.get("descr") == "A picture that is not described yet"
    assert "decorative" not in etree.tostring(picture).decode()
    page = made(folder, tmp_path / "a.html").read_text("utf-8")
    assert said in page
    assert 'alt="A picture that is not described yet"' in page
