"""Files that are no banks, or banks that are meant to harm: each is refused in words, or read
within bounds."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from builder.importing import formats
from builder.importing.banks import files
from builder.importing.document.form import Document
from builder.importing.document.tally import words
from builder.importing.writing import write
from tests.importing.banks.writers import WRITERS, Asked
from tests.support.growth import linear

OTHERS = {
    b"": "empty",
    b" \r\n\t\n": "empty",
    b"a\0b\nA) x\nANSWER: A\n": "no text",
    b"PK\x03\x04word/document.xml": "a document of a Word processor",
    b"PK\x03\x04rest": "a zip",
    b"\xd0\xcf\x11\xe0rest": "a document of a Word processor",
    b"PK\x03\x04xl/workbook.xml": "a workbook",
    b"{\\rtf1 A) x\nANSWER: A}": "a document of a Word processor",
    b"%PDF-1.7": "a PDF",
    b"<!DOCTYPE html><p>A) x": "a web page",
    b"Some words.\nAnd more of them.\n": "text without recognisable questions",
    b"Which?\nA) x\nB) y\n": "questions with lettered answers and no line \u201cANSWER:\u201d",
    b"asked,first,second\nWhich?,x,y\n": "a table with unknown columns",
    b"<?xml version='1.0'?><other/>": "XML of another kind",
}


@pytest.mark.parametrize(("content", "kind"), OTHERS.items(), ids=OTHERS.values())
def test_what_is_no_bank_is_told(content: bytes, kind: str, tmp_path: Path) -> None:
    path = tmp_path / "bank.txt"
    path.write_bytes(content)
    form = formats.format_of(path)
    assert form is not None
    document, (found,) = form.read(path)
    assert document is None
    said = f"bank.txt: error bank-format This is {kind}. It cannot be read as a question bank."
    assert str(found) == said


def test_what_cannot_be_opened_is_told(tmp_path: Path) -> None:
    form = formats.format_of(tmp_path / "none.txt")
    assert form is not None
    document, (found,) = form.read(tmp_path / "none.txt")
    assert (document, found.code) == (None, "file-unreadable")


def test_a_file_beyond_all_bounds_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "bank.txt"
    with path.open("wb") as file:
        file.truncate(files.MOST + 1)
    form = formats.format_of(path)
    assert form is not None
    document, (found,) = form.read(path)
    assert document is None
    assert str(found) == (
        "bank.txt: error bank-too-large This question bank exceeds a limit: it is larger than 64 "
        "MB."
    )


@pytest.mark.parametrize("large", [True, False], ids=["text", "pictures"])
def test_a_file_may_have_more_pictures_than_text(large: bool, tmp_path: Path) -> None:
    letters = "A" * (files.WORDS + 1)
    held = letters if large else f'<file name="a.png" encoding="base64">{letters}</file>'
    path = tmp_path / "bank.xml"
    path.write_text(moodle(f"<question type='essay'>{held}</question>"), "utf-8")
    found, problems = files.read_text(path)
    assert (found is None) is large
    told = (
        "bank.xml: error bank-too-large This question bank exceeds a limit: it has more than 8 MB "
    )
    assert [*map(str, problems)] == ([f"{told}of text."] if large else [])


def moodle(inside: str, head: str = "<?xml version='1.0'?>") -> str:
    return f"{head}\n<quiz>\n{inside}\n</quiz>\n"


LAUGHS = (
    "<?xml version='1.0'?>\n<!DOCTYPE quiz [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;'>]>"
)
WRONG = {
    moodle("<question type='essay'>&b;</question>", LAUGHS): (
        ":2: error bank-damaged This question bank cannot be read: it has a DOCTYPE, which no bank "
        "has."
    ),
    moodle("<question type='essay'>\n<name></question>"): (
        ":4:18: error bank-damaged This question bank cannot be read: Opening and ending tag "
        "mismatch: name line 4 and question."
    ),
    moodle("<question type='essay'>\x01</question>"): (
        ":3:24: error bank-damaged This question bank cannot be read: PCDATA invalid Char value 1."
    ),
}


@pytest.mark.parametrize("content", WRONG, ids=["laughs", "unclosed", "control"])
def test_invalid_xml_is_reported_with_its_line(content: str, tmp_path: Path) -> None:
    path = tmp_path / "bank.xml"
    path.write_text(content, "utf-8")
    form = formats.format_of(path)
    assert form is not None
    document, (found,) = form.read(path)
    assert document is None
    assert str(found) == f"bank.xml{WRONG[content]}"


def test_a_question_may_ask_about_a_doctype(tmp_path: Path) -> None:
    text = (
        "<questiontext format='plain_text'><text><![CDATA[<!DOCTYPE html>?]]></text></questiontext>"
    )
    path = tmp_path / "bank.xml"
    path.write_text(moodle(f"<!-- a --><question type='essay'>{text}</question>"), "utf-8")
    form = formats.format_of(path)
    assert form is not None
    document, problems = form.read(path)
    assert document is not None
    assert (problems, words(document.blocks)) == ((), ["DOCTYPE", "html"])


def test_a_bank_needs_no_declaration_in_front(tmp_path: Path) -> None:
    path = tmp_path / "bank.xml"
    path.write_text(moodle("<question type='essay'/>", "<!-- {a} -->\n\n<?b c,d,e?>"), "utf-8")
    form = formats.format_of(path)
    assert form is not None
    assert form.name == "Moodle XML"
    document, problems = form.read(path)
    assert document is not None
    assert (problems, len(document.blocks)) == ((), 1)


def test_what_nests_too_deep_keeps_its_words(tmp_path: Path) -> None:
    deep = "<div>" * 30_000 + "deep" + "<ul><li>" * 3_000 + "er" + "</div>" * 30_000 + " end"
    text = f"<questiontext format='html'><text><![CDATA[{deep}]]></text></questiontext>"
    path = tmp_path / "bank.xml"
    path.write_text(moodle(f"<question type='essay'>{text}</question>"), "utf-8")
    form = formats.format_of(path)
    assert form is not None
    document, problems = form.read(path)
    assert document is not None
    assert problems == ()
    assert words(document.blocks) == ["deep", "er", "end"]


def test_lists_in_lists_are_bounded(tmp_path: Path) -> None:
    deep = "<ul><li>a" * 200 + "z" + "</li></ul>" * 200
    path = tmp_path / "bank.gift"
    path.write_text(f"[html]{deep} {{}}", "utf-8")
    form = formats.format_of(path)
    assert form is not None
    document, _ = form.read(path)
    assert document is not None
    assert words(document.blocks) == [*("a" * 199), "az"]


def test_deeply_nested_bank_elements_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "bank.xml"
    path.write_text(moodle("<question type='essay'>" + "<a>" * 100_000), "utf-8")
    form = formats.format_of(path)
    assert form is not None
    document, (found,) = form.read(path)
    assert (document, found.code) == (None, "bank-damaged")


def test_a_picture_that_is_none_is_listed(tmp_path: Path) -> None:
    file = "<file name='a.png' path='/' encoding='base64'>no picture!</file>"
    shown = '<img src="@@PLUGINFILE@@/a.png" alt="Exit"><img src="data:image/png;base64,AAAA">'
    text = f"<questiontext format='html'><text><![CDATA[Where? {shown}]]></text>{file}"
    path = tmp_path / "bank.xml"
    path.write_text(moodle(f"<question type='essay'>{text}</questiontext></question>"), "utf-8")
    form = formats.format_of(path)
    assert form is not None
    document, _ = form.read(path)
    assert document is not None
    made = write(document, "bank", "auto", lambda _: "")
    told = [(one.rest.kind, one.rest.words, one.rest.reason) for one in made.listed]
    assert told == [
        ("picture", "Exit", "it is named as PNG, but its content is something else"),
        ("picture", "", "it is named as PNG, but its content is something else"),
    ]
    assert made.pictures == {}


@pytest.mark.whole
@pytest.mark.parametrize("form", sorted(WRITERS))
def test_whatever_is_broken_raises_nothing(form: str, tmp_path: Path) -> None:
    writer, name = WRITERS[form]
    whole = writer([Asked(f"Question {n} {{of}} = ~ many?", ("x", "y", "z")) for n in range(4)])
    path = tmp_path / name
    for seed in range(60):
        drawn = random.Random(seed)
        content = bytearray(whole.encode())
        for _ in range(drawn.randint(1, 12)):
            at = drawn.randrange(len(content))
            piece = drawn.choice((b"{", b"}", b"\\", b"~", b"=", b"#", b"<", b"\n", b"\xff", b"A)"))
            content[at : at + drawn.randint(0, 3)] = piece
        path.write_bytes(bytes(content))
        row = formats.format_of(path)
        assert row is not None
        document, problems = row.read(path)
        assert document is not None or problems


@pytest.mark.whole
@pytest.mark.parametrize("form", sorted(WRITERS))
def test_work_grows_with_the_questions_alone(form: str, tmp_path: Path) -> None:
    writer, name = WRITERS[form]

    def bank(n: int) -> Path:
        path = tmp_path / str(n) / name
        path.parent.mkdir()
        made = [Asked(f"Question {at}?", ("one", "two", "three")) for at in range(n)]
        path.write_text(writer(made), "utf-8")
        return path

    def work(path: Path) -> None:
        row = formats.format_of(path)
        assert row is not None
        row.read(path)

    linear(work, bank, 400)


@pytest.mark.whole
@pytest.mark.parametrize(
    "piece",
    [
        *("{", "}", "\\", "~", "=", "#", "%", "$", ":", "a ", "A) ", "<", "&"),
        *("<!--", "<script>", "<svg ", "{{", "[^1]", "*"),
    ],
)
def test_long_line_is_read_in_linear_time(piece: str, tmp_path: Path) -> None:
    def line(n: int) -> Path:
        path = tmp_path / f"{n}.txt"
        long = piece * (n // len(piece))
        path.write_text(f"Which?\nA) x{long}\nB) y\nANSWER: A\n\n::a:: b {{=c{long}\n")
        return path

    def work(path: Path) -> None:
        for row in formats.FORMATS:
            if ".txt" in row.endings:
                document = row.read(path)[0] if formats.format_of(path) is row else None
                if document:
                    write(document, "bank", "auto", lambda _: "")

    linear(work, line, 4_000)


@pytest.mark.whole
def test_questions_without_a_word_get_ids_in_their_number(tmp_path: Path) -> None:
    def nameless(n: int) -> Document:
        path = tmp_path / f"{n}.gift"
        path.write_text("{T}\n\n" * n)
        row = formats.format_of(path)
        assert row is not None
        document, _ = row.read(path)
        assert document is not None
        return document

    linear(lambda document: write(document, "bank", "auto", lambda _: ""), nameless, 500)


ASKED = "Question,Right answer,Option A,Option B\n"
TOO_MANY = {
    "GIFT questions": ("bank.gift", "q{T}\n\n" * 20_001, "it has more than 20,000 questions"),
    "GIFT texts": ("bank.gift", "{}\n\n" + "q\n\n" * 20_001, "it has more than 20,000 questions"),
    "GIFT comments": (
        *("bank.gift", "{}\n\n" + "//c\n" * 20_001),
        "more than 20,000 things in it are not imported",
    ),
    "Aiken answers": (
        *("bank.txt", "q\nA) x\nB) y\nANSWER: A\n" + "ANSWER: A\n" * 20_001),
        "more than 20,000 things in it are not imported",
    ),
    "Moodle questions": (
        *("bank.xml", moodle("<question type='essay'/>" * 20_001)),
        "it has more than 20,000 questions",
    ),
    "rows": ("bank.csv", ASKED + "q\n" * 100_001, "it has more than 100,000 rows"),
    "questions in rows": ("bank.csv", ASKED + "q\n" * 20_001, "it has more than 20,000 questions"),
    "empty rows": ("bank.csv", ASKED + "\n" * 500_000, "it has more than 500,000 lines"),
    "columns": (
        *("bank.csv", ASKED + "q" + "," * 16_384 + "\n"),
        "the row at line 2 has more than 16,384 cells",
    ),
}


@pytest.mark.whole
@pytest.mark.parametrize(("name", "content", "why"), TOO_MANY.values(), ids=TOO_MANY)
def test_bank_that_exceeds_a_limit_is_refused(
    name: str, content: str, why: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_text(content, "utf-8")
    form = formats.format_of(path)
    assert form is not None
    document, found = form.read(path)
    said = f"{name}: error bank-too-large This question bank exceeds a limit: {why}."
    assert (document, str(found[-1])) == (None, said)


@pytest.mark.parametrize("kind", ["a{}='>'", 'xmlns:a{}="{}"'])
def test_bank_element_with_too_many_attributes_is_refused(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "bank.xml"
    crowd = "\n".join(kind.format(at, at) for at in range(200_000))
    path.write_text(moodle(f"<question type='essay'\n{crowd}></question>"), "utf-8")
    form = formats.format_of(path)
    assert form is not None
    document, found = form.read(path)
    said = "an element has more than 1,000 attributes"
    assert (document, [*map(str, found)]) == (
        None,
        [f"bank.xml:3: error bank-too-large This question bank exceeds a limit: {said}."],
    )
