"""What a writer does with a document before it is divided: bold lines as headings, typed numbers as
lists, a question for each gap; and what it says of pages that are long."""

from __future__ import annotations

import pytest

from builder.importing import reading
from builder.importing.again import memory
from builder.importing.document.form import (
    BOLD,
    Block,
    Document,
    Item,
    List,
    Pages,
    Paragraph,
    Question,
    Text,
)
from builder.importing.document.tally import Counts
from builder.importing.making import compare_words
from builder.importing.writing import WrittenCourse, write
from builder.importing.writing.context import title_of_file
from tests.importing import documents as doc

STRONG = frozenset({"strong"})


def made(
    *blocks: Block, pages: Pages = "auto", name: str = "handbook", title: str = ""
) -> WrittenCourse:
    return write(Document(blocks, title=title), name, pages, lambda drawing: "")


def bold(words: str) -> Paragraph:
    return Paragraph((Text(words, STRONG),), doc.PLACE)


def body(text: str) -> str:
    return text.split("---\n", 2)[2]


def titles(course: WrittenCourse) -> list[str]:
    return [page.title for page in course.pages]


def test_bold_lines_begin_pages_where_that_is_wanted() -> None:
    blocks = (bold("Alarms"), doc.said("Ring."), bold("Exits"), doc.said("Leave."))
    assert titles(made(*blocks)) == ["handbook"]
    course = made(*blocks, pages="bold")
    assert titles(course) == ["Alarms", "Exits"]
    assert course.level == BOLD
    assert body(course.texts["pages/alarms.md"]) == "Ring.\n"


def test_bold_lines_below_headings_are_pages_in_modules() -> None:
    course = made(
        doc.said("Fire", level=1),
        bold("Alarms"),
        doc.said("Ring."),
        bold("Exits"),
        doc.said("Leave."),
        doc.said("Water", level=1),
        doc.said("Drink."),
        pages="bold",
    )
    assert [(page.title, course.modules.get(page.module)) for page in course.pages] == [
        ("Alarms", "Fire"),
        ("Exits", "Fire"),
        ("Water", None),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Leave at once.",
        "Mind the step, please,",
        "Note:",
        "12",
        "Everybody who works here and has not yet been told where the exits are asks now",
    ],
)
def test_bold_words_that_are_no_heading_begin_no_page(words: str) -> None:
    course = made(bold("Alarms"), doc.said("Ring."), bold(words), doc.said("Leave."), pages="bold")
    assert titles(course) == ["Alarms"]


def test_a_line_that_is_only_partly_bold_begins_no_page() -> None:
    mixed = Paragraph((Text("Exits", STRONG), Text(" are green")), doc.PLACE)
    assert titles(made(bold("Alarms"), doc.said("Ring."), mixed, pages="bold")) == ["Alarms"]


def test_second_bold_line_continues_the_first_page() -> None:
    course = made(bold("Part 1"), bold("Alarms"), doc.said("Ring."), pages="bold")
    assert titles(course) == ["Part 1"]
    assert body(course.texts["pages/part-1.md"]) == "**Alarms**\n\nRing.\n"


def test_importing_again_knows_that_bold_lines_began_pages() -> None:
    course = made(bold("Alarms"), doc.said("Ring."), pages="bold")
    source = memory.Source("handbook.docx", course.level, "", "")
    before = memory.read(memory.write(memory.remember(course, (source,))))
    (volume,) = reading.all_volumes(before, {"handbook.docx": Document(())}, None)
    assert volume.pages == "bold"


def test_heading_above_single_page_becomes_its_title() -> None:
    course = made(
        doc.said("Fire", level=1),
        doc.said("Alarms", level=2),
        doc.said("Ring."),
        doc.said("Water", level=1),
        doc.said("Taps", level=2),
        doc.said("Turn."),
        doc.said("Pipes", level=2),
        pages="heading-2",
    )
    assert [(page.title, course.modules.get(page.module)) for page in course.pages] == [
        ("Fire", None),
        ("Taps", "Water"),
        ("Pipes", "Water"),
    ]
    assert body(course.texts["pages/fire.md"]) == "## Alarms\n\nRing.\n"


def test_typed_numbers_are_a_list() -> None:
    course = made(
        doc.said("1. Ring."),
        doc.said("2. Leave."),
        doc.said("Then:"),
        doc.said("3) Wait."),
        doc.said("7. Go home."),
    )
    assert body(course.texts["pages/handbook.md"]) == (
        "1. Ring.\n2. Leave.\n\nThen:\n\n3. Wait.\n\n7) Go home.\n"
    )


def test_typed_numbers_are_no_words_that_are_missing() -> None:
    document = Document((doc.said("1. Ring."), doc.said("2. Leave.")))
    course = write(document, "handbook", "auto", lambda drawing: "")
    words = compare_words(Counts({}, ("1. Ring.", "2. Leave.")), document, course)
    assert (words.document, words.course, words.steering) == (4, 2, 2)


def test_a_year_is_no_number_of_a_list() -> None:
    course = made(doc.said("1989. That was the year."), doc.said("3.5 metres"))
    assert body(course.texts["pages/handbook.md"]) == "1989\\. That was the year.\n\n3.5 metres\n"


def _gaps(*gaps: tuple[str, ...], weight: str = "") -> Question:
    prompt = (doc.said("The ____ spins ____."),)
    return Question("fill-in", prompt, doc.PLACE, gaps=gaps, weight=weight)


def test_each_gap_is_a_question() -> None:
    course = made(_gaps(("moth", "silk moth"), ("silk",), weight="3"))
    assert course.texts["questions/questions.yaml"] == (
        "- id: the-spins\n"
        "  type: fill-in\n"
        '  prompt: "The ____ spins …."\n'
        "  answers:\n"
        '    - "moth"\n'
        '    - "silk moth"\n'
        "  weight: 1.5\n"
        "\n"
        "- id: the-spins-2\n"
        "  type: fill-in\n"
        '  prompt: "The … spins \\\\_\\\\_\\\\_\\\\_."\n'
        "  answers:\n"
        '    - "silk"\n'
        "  weight: 1.5\n"
    )


@pytest.mark.parametrize(
    ("stem", "title"),
    [
        ("Fire safety FINAL v2 (2)", "Fire safety"),
        ("Fire safety v1.3 final", "Fire safety"),
        ("Copy of Fire_safety - Copy", "Fire safety"),
        ("Fire safety 2024-05-01", "Fire safety"),
        ("Fire safety DRAFT", "Fire safety"),
        ("Biology final", "Biology final"),
        ("Level 2", "Level 2"),
        ("Fire v Water", "Fire v Water"),
        ("v2", "v2"),
        ("first-day", "first-day"),
    ],
)
def test_a_title_has_no_marks_of_versions(stem: str, title: str) -> None:
    assert title_of_file(stem) == title
    assert made(doc.said("Ring."), name=stem).title == title
    assert made(doc.said("Ring."), title=f"{stem}.docx").title == title


def _long(words: int) -> Paragraph:
    return doc.said("word " * words)


def _proposals(course: WrittenCourse) -> list[str]:
    return [one.rest.reason for one in course.listed if one.rest.kind == "long page"]


def test_long_page_proposal_suggests_how_to_divide() -> None:
    blocks = (doc.said("Fire", level=1), bold("Alarms"), _long(800), bold("Exits"), _long(800))
    water = (doc.said("Water", level=1), _long(10))
    assert _proposals(made(*blocks, *water)) == [
        "it has 1,603 words, which is long for one page. “--pages bold” makes 2 pages of it, the "
        "longest with 800 words."
    ]
    assert _proposals(made(*blocks, *water, pages="bold")) == []


def test_long_page_without_headings_explains_how_to_divide() -> None:
    assert _proposals(made(doc.said("Fire", level=1), _long(1600))) == [
        "it has 1,601 words, which is long for one page. To divide it, give the lines that begin "
        "its parts the style “Heading 1” in Word, and import the document again."
    ]


def test_a_page_of_1500_words_is_not_long() -> None:
    assert _proposals(made(doc.said("Fire", level=1), _long(1499))) == []


def test_an_option_that_cannot_be_shown_is_undecided() -> None:
    question = doc.question("What is it?", "silk", " ", right="silk")
    text = made(question).texts["questions/questions.yaml"]
    assert '    - id: b\n      text: "…"\n' in text
    assert '  unsure:\n    - "“b” cannot be shown: it is empty, or' in text


def test_a_list_of_items_stays_a_list() -> None:
    items = tuple(Item(f"{n}.", (doc.said("Ring."),)) for n in (1, 2))
    course = made(List(True, 1, items, doc.PLACE))
    assert body(course.texts["pages/handbook.md"]) == "1. Ring.\n2. Ring.\n"
