"""What a writer does with a document before it is divided: bold lines as headings, typed numbers as
lists, a question for each gap; and what it says of pages that are long."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builder.importing import reading
from builder.importing.again import memory
from builder.importing.document.form import (
    BOLD,
    EVEN,
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
        doc.said("Bend."),
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
    assert made(doc.said(f"About {title}."), title=f"{stem}.docx").title == title


def _long(words: int) -> Paragraph:
    return doc.said("word " * words)


def _proposals(course: WrittenCourse) -> list[str]:
    return [one.rest.reason for one in course.listed if one.rest.kind == "long page"]


def test_long_page_proposal_suggests_how_to_divide() -> None:
    fire = [doc.said("Fire", level=1)]
    for name in ("Alarms", "Doors", "Exits", "Stairs", "Lifts"):
        fire += [bold(name), _long(13), bold(f"More {name.lower()}"), _long(400)]
    water = (doc.said("Water", level=1), _long(10))
    course = made(*water, *fire)
    pages = ", ".join(f"“{name}” (415 words)" for name in ("Doors", "Exits", "Stairs", "Lifts"))
    assert _proposals(course) == [
        f"it has 2,081 words, which is long for one page. “--pages even” makes 5 pages of it: "
        f"“Fire” (416 words), {pages}. Add “--dry-run” to see all pages before anything is "
        "written."
    ]
    assert [one.path for one in course.listed] == ["pages/fire.md"]
    even = made(*water, *fire, pages="even")
    assert titles(even) == ["Water", "Fire", "Doors", "Exits", "Stairs", "Lifts"]
    assert {even.modules.get(page.module) for page in even.pages[1:]} == {"Fire"}
    assert (even.level, _proposals(even)) == (EVEN, [])


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ((290, 290), 1),
        ((100, 100, 500, 100), 2),
        ((200, 200, 200, 200), 4),
        ((700, 20), 1),
        ((700, 200), 2),
        ((20, 700), 1),
    ],
)
def test_even_pages_have_150_to_600_words_where_possible(
    sizes: tuple[int, ...], expected: int
) -> None:
    blocks = [doc.said("Fire", level=1)]
    for at, size in enumerate(sizes):
        blocks += [doc.said(f"Part {at}", level=2), _long(size)]
    course = made(*blocks, doc.said("Water", level=1), _long(10), pages="even")
    assert len(course.pages) == expected + 1
    assert sum(len(page.words) for page in course.pages) + 1 >= sum(sizes) + 2 * len(sizes) + 12


def test_lone_bold_line_after_every_heading_makes_no_page_of_its_own() -> None:
    blocks = [one for at in range(40) for one in (bold(f"Line {at}"), _long(50))]
    sizes = [len(page.words) for page in made(*blocks, pages="even").pages]
    assert all(150 <= size <= 600 for size in sizes)


def test_long_page_without_headings_names_lines_that_could_start_parts() -> None:
    def at(number: int, block: Paragraph) -> Paragraph:
        return replace(block, place=replace(doc.PLACE, paragraph=number))

    blocks = (_long(700), doc.said("The alarm"), _long(200), doc.said("Go."), _long(700))
    numbered = tuple(at(number, block) for number, block in enumerate(blocks, start=2))
    assert _proposals(made(at(1, doc.said("Fire", level=1)), *numbered)) == [
        "it has 1,604 words, which is long for one page. To divide it, give the lines that begin "
        "its parts the style “Heading 1” in Word, for example paragraph 3 “The alarm”, and import "
        "the document again."
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
