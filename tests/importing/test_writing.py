"""What becomes of a document: a course that builds, with just its words."""

import json
import os
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.course import load, validate
from builder.course.load.text import INVISIBLE
from builder.course.markdown.escaping import UNWRITABLE
from builder.course.model import Course
from builder.importing.document.form import (
    Block,
    Box,
    Break,
    Cell,
    Contact,
    Contacts,
    Document,
    Image,
    Item,
    Link,
    List,
    NoteMark,
    Option,
    Paragraph,
    Question,
    Reading,
    Record,
    RecordRow,
    Table,
    Text,
)
from builder.importing.writing import Names, WrittenCourse, inlines, write
from builder.importing.writing.context import Context
from builder.importing.writing.pictures import Pictures
from builder.package.plan import plan
from builder.package.render import render
from tests.importing import documents as doc
from tests.importing.source import TODAY
from tests.support.growth import linear

MORE = int(os.environ.get("THOROUGH", "1"))
"""How many times as many documents are tried."""
STRONG = frozenset({"strong"})


def made(*blocks: Block, pages: str = "heading-1", **fields: object) -> WrittenCourse:
    document = Document(blocks, **fields)  # type: ignore[arg-type]
    return write(document, "A course", pages, lambda drawing: "")  # type: ignore[arg-type]


def page(*blocks: Block, **fields: object) -> str:
    """The lines of the page that a heading and these blocks make."""
    found = made(doc.said("Title", level=1), *blocks, **fields)
    return found.texts["pages/title.md"].partition("\n---\n")[2]


def run(words: str) -> str:
    """Letters without spaces, and without the marks that stand for those of lists in cells and for
    headers of no words."""
    return "".join(words.split()).translate(dict.fromkeys(map(ord, "•–")))


@pytest.mark.whole
@settings(max_examples=150 * MORE, deadline=None)
@given(doc.pages)
def test_a_page_shows_just_the_words(blocks: tuple[Block, ...]) -> None:
    found = made(doc.said("Title", level=1), *blocks).pages[0]
    assert run("".join(found.words[1:])) == run("".join(doc.words_in(blocks)))


def built(found: WrittenCourse) -> Course:
    """The course of what was made, which has no errors, and no addresses without a scheme."""
    with TemporaryDirectory() as folder:
        for path, content in (found.texts | found.pictures).items():
            file = Path(folder, path)
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(content.encode() if isinstance(content, str) else content)
        sources, unreadable = load.load(Path(folder))
        assert sources
        judged = validate.validate(sources, TODAY)
        found_problems = (*unreadable, *judged.diagnostics)
        wrong = [
            one for one in found_problems if one.severity == "error" or one.code == "address-plain"
        ]
    assert wrong == []
    assert judged.course
    return judged.course


@st.composite
def recognised(draw: st.DrawFn) -> list[Block]:
    """A question of each kind, a record, contacts and further reading, of any words."""
    line, text = doc.line(), doc.words
    prompt = (Paragraph(draw(line), doc.PLACE), Paragraph(draw(line), doc.PLACE))
    options = tuple(Option("", draw(line), draw(st.booleans()), draw(line)) for _ in range(3))
    said = {key: draw(line) for key in ("right", "wrong", "hint", "explanation")}
    answers = (draw(text), draw(text))
    pairs = ((draw(line), draw(line)), (draw(line), draw(line)), ((), draw(line)))
    common = {"feedback": said, "doubts": (draw(text),) if draw(st.booleans()) else ()}
    row = RecordRow(prompt, (Paragraph(draw(line), doc.PLACE),), doc.PLACE)
    # Words that are just a local value's name in its braces are nobody's name.
    contact = Contact((Text("Ann *B*"),), (("phone", draw(text)), ("[mail]", draw(text))))
    link = Link((Text(draw(text)),), draw(st.sampled_from(("https://a.example/b", "ftp://c"))))
    return [
        Question("choice", prompt, doc.PLACE, options=options, **common),
        Question("fill-in", prompt, doc.PLACE, answers=answers, **common),
        Question("sequencing", prompt, doc.PLACE, answers=answers, **common),
        Question("matching", prompt, doc.PLACE, pairs=pairs, **common),
        Question("numeric", prompt, doc.PLACE, answers=answers[:1], **common),
        Question("true-false", prompt, doc.PLACE, answers=draw(st.sampled_from(((), ("true",))))),
        Question("reflection", prompt, doc.PLACE, weight="2", **common),
        Record((row, row), (draw(text),), doc.PLACE),
        Contacts((contact,), doc.PLACE),
        Reading(((link, *draw(line)), (Text(draw(text)), link)), doc.PLACE),
    ]


@pytest.mark.whole
@settings(max_examples=15 * MORE, deadline=None)
@given(recognised())
def test_what_was_recognised_builds_whatever_its_words(blocks: list[Block]) -> None:
    course = built(made(doc.said("Title", level=1), doc.said("Words."), *blocks))
    assert len(course.questions) >= 5
    assert course.pages[0].record


class Words(HTMLParser):
    """The words of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)


@pytest.mark.whole
@settings(max_examples=25 * MORE, deadline=None)
@given(doc.pages)
def test_the_package_shows_just_the_words(blocks: tuple[Block, ...]) -> None:
    first = (doc.said("First", level=1), doc.said("Words."), doc.said("Title", level=1))
    found = made(*first, *blocks, doc.said("Last", level=1), doc.said("Words."))
    course = built(found)
    [chunk] = [
        member.read().decode()
        for member in render(plan(course))
        if re.fullmatch(r"pages/title-\w+\.js", member.name)
    ]
    shown = json.loads(chunk[chunk.index(",{") + 1 : chunk.rindex(")")])
    words = Words()
    words.feed(shown["html"])
    text = run("".join(words.found)).removeprefix("Title")
    # An address is a link, and the page says beside it where it opens.
    text = text.replace(run("(opens in new tab)"), "")
    assert text == run("".join(doc.words_in(blocks)))


def test_importer_and_course_reject_the_same_characters() -> None:
    every = "".join(map(chr, (*range(0xD800), *range(0xE000, 0x11000))))
    spaces = {"\t", "\n"}
    assert set(UNWRITABLE.findall(every)) - spaces == set(INVISIBLE.findall(every))


def test_emphasis_that_markdown_cannot_set_apart_gives_way() -> None:
    assert page(doc.said("Say ", Text("stop:", STRONG), Text("now"))) == "Say **stop**:now\n"
    mixed = doc.said("a", Text("b", STRONG), Text("c", frozenset({"emphasis"})), Text("d"))
    assert page(mixed) in ("a**b***c*d\n", "abcd\n")
    formula = doc.said("H", Text("2", frozenset({"sub"})), Text("O and m"))
    squared = (*formula.inlines, Text("2", frozenset({"super"})))
    assert page(Paragraph(squared, doc.PLACE)) == "H~2~O and m^2^\n"


def test_lists_keep_their_numbers_and_stay_apart() -> None:
    inner = List(False, 1, (Item("•", (doc.said("inner"),)),), doc.PLACE)
    first = List(
        True,
        3,
        (Item("3.", (doc.said("three"), inner)), Item("4.", (doc.said("four"),))),
        doc.PLACE,
    )
    second = List(True, 1, (Item("a)", (doc.said("one"), doc.said("more"))),), doc.PLACE)
    assert page(first, second) == ("3. three\n   - inner\n4. four\n\n1) one\n\n   more\n")
    found = made(second)
    assert found.changed == {"list marks such as “a)”, now numbers": 1}


def test_tables_get_one_header_row_without_merged_cells() -> None:
    def cell(words: str, across: int = 1, down: int = 1) -> Cell:
        return Cell((doc.said(words),), across, down)

    table = Table(
        (
            (cell("Day"), cell("Hours", across=2)),
            (cell(""), cell("from"), cell("to")),
            (cell("Monday", down=2), cell("9|10"), cell("12")),
            (cell("13"), cell("17")),
        ),
        2,
        doc.PLACE,
        (Text("When we are open"),),
    )
    assert page(table) == (
        "::: table When we are open\n"
        "| Day | Hours <br> from | Hours <br> to |\n| --- | --- | --- |\n"
        "| Monday | 9\\|10 | 12 |\n|  | 13 | 17 |\n:::\n"
    )
    told = made(table)
    assert dict(told.changed) == {"headers in several rows, now in one": 1}
    assert [(one.rest.kind, one.rest.reason, one.path, one.line) for one in told.listed] == [
        (
            "merged cells",
            "2 cells go over several columns or rows, which a course cannot show: the words "
            "are in the first of them, for headers in each. Check whether the table still says "
            "the same",
            "pages/a-course.md",
            5,
        )
    ]


def test_addresses_without_a_link_stay_text() -> None:
    told = made(
        doc.said("The mail led to http://paypa1-login.com/a_b (not www.paypal.com)."),
        doc.said("It came from help@paypa1.com."),
        Paragraph((Text("Here: "), Text("https://paypa1.com/*.", STRONG)), doc.PLACE),
    )
    assert told.texts["pages/a-course.md"].endswith(
        "The mail led to http:\\//paypa1-login.com/a_b (not www\\.paypal.com).\n\n"
        "It came from help@paypa1.com.\n\n"
        "Here: **https:\\//paypa1.com/\\*.**\n"
    )
    assert "references:" not in told.texts["course.yaml"]
    assert told.changed == {"lines with web addresses that are not links, kept as text": 2}


def test_addresses_without_a_scheme_draw_no_warning() -> None:
    words = "See www.nhs.uk/a_b, (www.a.b.example) or http://www.a.example."
    bold = (Text("At "), Text("www.b.example", STRONG), Text(": "), Text("www.c.example/"))
    link = Link((Text("www.nhs.uk"),), "https://www.nhs.uk/")
    question = doc.question("What is at www.e.example?", "www.f.example", "Nothing")
    blocks = (Paragraph((*bold, link), doc.PLACE), question, doc.said("www.g.example", level=2))
    found = made(doc.said("Title", level=1), doc.said(words), *blocks)
    text = found.texts["pages/title.md"]
    assert r"See www\.nhs.uk/a_b, (www\.a.b.example) or http:\//www.a.example." in text
    assert r"**www\.b.example**: www\.c.example/[www.nhs.uk](https://www.nhs.uk/)" in text
    assert words in " ".join(found.pages[0].words)
    built(found)


def test_linked_examples_stay_text_if_they_show_their_address() -> None:
    def linked(words: str, address: str) -> Paragraph:
        return Paragraph((Link((Text(words),), address),), doc.PLACE)

    assert page(
        linked("http://paypa1-login.example", "http://paypa1-login.example/"),
        linked("pay@bank.example", "mailto:pay@bank.example"),
        linked("the rules", "https://rules.example/"),
        linked("https://www.nhs.uk", "https://www.nhs.uk"),
    ) == (
        "http:\\//paypa1-login.example\n\npay@bank.example\n\n"
        "[the rules](https://rules.example/)\n\nhttps://www.nhs.uk\n"
    )


def test_links_are_to_be_checked() -> None:
    link = Link((Text("www.example.org"),), "https://www.example.org/start")
    told = made(Paragraph((link,), doc.PLACE))
    assert (
        'references:\n  - url: "https://www.example.org/start"\n    checked_on:\n'
    ) in told.texts["course.yaml"]


def test_a_bold_first_column_heads_its_rows() -> None:
    rows = tuple(
        (Cell((Paragraph((Text(name, STRONG),), doc.PLACE),)), Cell((doc.said(value),)))
        for name, value in (("Name", "Ann"), ("Role", "Lead"))
    )
    assert page(Table(rows, 0, doc.PLACE)) == (
        "|  |  |\n| --- | --- |\n| **Name** | Ann |\n| **Role** | Lead |\n"
    )


def test_single_cell_table_and_text_box_become_callouts() -> None:
    table = Table(((Cell((doc.said("Note"),)),),), 0, doc.PLACE)
    assert page(table) == "::: callout\nNote\n:::\n"
    box = Box((Box((doc.said("inner"),), doc.PLACE), doc.said("outer")), doc.PLACE)
    assert page(box) == ":::: callout\n::: callout\ninner\n:::\n\nouter\n::::\n"


def test_pictures_have_captions_and_words_or_wait_for_them() -> None:
    shown = Paragraph((doc.picture("A map"),), doc.PLACE)
    caption = doc.said("Where we are", style="caption")
    named = Paragraph((doc.picture("Picture 1"),), doc.PLACE)
    meta = Paragraph((Image(doc.PNG, "emf", None, doc.PLACE),), doc.PLACE)
    text = page(shown, caption, named, Paragraph((doc.picture(""),), doc.PLACE), meta)
    path = re.search(r"media/picture-[0-9a-f]{12}\.png", text)
    assert path
    assert text == (
        f"::: figure Where we are\n![A map]({path[0]})\n:::\n\n"
        f'![]({path[0]} "undescribed")\n\n![]({path[0]} "decorative")\n'
    )
    found = made(doc.said("Title", level=1), named, meta)
    assert [(one.rest.kind, one.line) for one in found.listed] == [
        ("alternative text", 5),
        ("picture", 6),
    ]
    assert list(found.pictures) == [path[0]]


def test_exclamation_mark_before_link_is_escaped() -> None:
    link = Link((Text("the rules"),), "https://a.example/b")
    assert page(doc.said("Read!", link)) == "Read\\![the rules](https://a.example/b)\n"
    assert page(doc.said("Wow!!", link)) == "Wow!\\![the rules](https://a.example/b)\n"
    assert page(doc.said("Read! ", link)) == "Read! [the rules](https://a.example/b)\n"
    noted = doc.said("Read!", NoteMark("1"))
    found = page(noted, notes={"1": (doc.said("More"),)})
    assert found.startswith("Read\\![^more]\n")


def test_links_lead_to_pages_and_headings_and_never_run() -> None:
    blocks = (
        doc.said("First", level=1, bookmarks=("top",)),
        doc.said("See "),
        doc.said("Part", level=2),
        doc.said("here", bookmarks=("part",)),
        doc.said("Second", level=1),
        doc.said(
            "",
            Link((Text("top"),), "#top"),
            Text(" "),
            Link((Text("part"),), "#part"),
            Text(" "),
            Link((Text("bad"),), "javascript:alert(1)"),
            Text(" "),
            Link((Text("gone"),), "#gone"),
            Text(" "),
            Link((Text("out, https://a"),), "https://a.example/(b)?c={{d}}"),
        ),
    )
    found = made(*blocks)
    assert found.texts["pages/second.md"].endswith(
        "\n[top](first.md) [part](first.md#part) bad gone "
        "[out, https://a](https://a.example/%28b%29?c=%7B%7Bd%7D%7D)\n"
    )
    assert "\n## Part {#part}\n" in found.texts["pages/first.md"]
    assert [one.rest.kind for one in found.listed] == ["link", "link"]


def test_footnotes_end_the_page_or_join_question_text() -> None:
    notes = {"1": (doc.said("See the Act."),)}
    asked = Question(
        "choice",
        (Paragraph((Text("Which law?"), NoteMark("1")), doc.PLACE),),
        doc.PLACE,
        options=tuple(Option("", (Text(word),), word == "This") for word in ("This", "That")),
    )
    noted = doc.said("The law", NoteMark("1"), Text(" says so."))
    found = made(doc.said("Title", level=1), noted, asked, notes=notes)
    assert found.texts["pages/title.md"].endswith(
        "\nThe law[^see-the-act] says so.\n\n::: check which-law\n\n[^see-the-act]: See the Act.\n"
    )
    assert 'prompt: "Which law? (See the Act.)"' in found.texts["questions/questions.yaml"]


def test_headings_group_pages_as_they_are_asked_to() -> None:
    blocks = (
        doc.said("Part one", level=1),
        doc.said("A", level=2),
        doc.said("words"),
        doc.said("B", level=2),
        doc.said("words"),
        doc.said("Part two", level=1),
        doc.said("words"),
    )
    course = made(*blocks, pages="heading-2").texts["course.yaml"]
    assert course.endswith(
        'pages:\n  - module: "Part one"\n    id: part-one\n    pages:\n      - a.md\n      - b.md\n'
        "  - part-two.md\n"
    )
    assert [one.title for one in made(*blocks).pages] == ["Part one", "Part two"]
    long = doc.said("word " * 700)
    assert [one.title for one in made(*blocks, long, pages="auto").pages] == [
        "Part one",
        "Part two",
    ]
    assert made(*blocks[:5], long, long, *blocks[5:], pages="auto").level == 2
    # The only heading 1 is what the document is called.
    lone = made(*blocks[:5], pages="auto")
    assert (lone.title, [one.title for one in lone.pages]) == ("Part one", ["A", "B"])


def test_title_style_below_number_sets_course_title() -> None:
    found = made(
        doc.said("WFI 1"),
        doc.said("Infection control", style="title"),
        doc.said("For all staff", style="subtitle"),
        doc.said("Hands", level=1),
        doc.said("Wash them."),
    )
    assert (found.title, found.description) == ("Infection control", "For all staff, WFI 1")
    assert [one.title for one in found.pages] == ["Hands"]
    below = made(doc.said("Hands", level=1), doc.said("Late", style="title"), doc.said("Wash."))
    assert [one.title for one in below.pages] == ["Hands"]


def test_ids_are_made_of_words_once_each() -> None:
    blocks = [doc.said(words, level=1) for words in ("Être là!", "être la", "موقع", "Con", "موقع")]
    found = made(*(part for block in blocks for part in (block, doc.said("words"))))
    assert [one.id for one in found.pages] == ["etre-la", "etre-la-2", "page", "con-2", "page-2"]


def test_author_metadata_is_listed_but_not_imported() -> None:
    found = made(doc.said("words"), author="A. Writer", language="de-DE")
    assert [(one.rest.kind, one.rest.words) for one in found.listed] == [
        ("language", "de-DE"),
        ("author", "A. Writer"),
    ]
    assert found.language == "en"
    assert not any("Writer" in text for text in found.texts.values())


@pytest.mark.whole
def test_a_paragraph_of_many_lines_takes_no_longer_a_line() -> None:
    def written(runs: list[Text | Break]) -> str:
        return inlines.line(runs, Context({}, Names(), Pictures(lambda drawing: "")), doc.PLACE)

    linear(written, lambda n: [Text(f"line {n}"), Break()] * n, 10_000)


def test_addresses_in_options_are_no_links() -> None:
    question = doc.question("Which one is safe?", "https://paypa1.com", "Ask ann@nhs.uk")
    link = Link((Text("https://www.nhs.uk"),), "https://www.nhs.uk/")
    third = Option("", (link,), right=True)
    course = made(replace(question, options=(*question.options, third)))
    text = course.texts["questions/questions.yaml"]
    assert 'text: "https:\\\\//paypa1.com"' in text
    assert "mailto" not in text
    assert 'text: "https:\\\\//www.nhs.uk"' in text
    assert "references:" not in course.texts["course.yaml"]


def test_asterisks_apart_from_words_are_escaped() -> None:
    page = made(doc.said("Use ** here, and 2 * 3.")).texts["pages/a-course.md"]
    assert page.endswith("\nUse \\*\\* here, and 2 * 3.\n")


def test_persian_runs_from_right_to_left_and_is_listed() -> None:
    course = made(doc.said("سلام"), language="fa")
    assert course.language == "ar"
    assert [one.rest.words for one in course.listed if one.rest.kind == "language"] == ["fa"]
