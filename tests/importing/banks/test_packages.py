"""Packages of QTI that are none, that are broken, or that are meant to harm."""

from __future__ import annotations

import io
import random
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings

from builder import importing
from builder.importing import formats, making
from builder.importing.banks.qti import package, questions
from builder.importing.banks.qti import qti2 as two_reader
from builder.importing.document.form import Document, Image, Question
from builder.importing.document.tally import images
from builder.importing.document.tally import words as words_of
from builder.importing.making import Updated
from builder.importing.writing import write
from tests.importing.banks import second_readers
from tests.importing.banks.writers import BANKS, Asked, qti_2
from tests.importing.banks.zipped import zipped
from tests.importing.source import TODAY

ITEM = (
    '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i" title="{}">\n'
    '<responseDeclaration identifier="R" cardinality="single" baseType="identifier">'
    "<correctResponse><value>A</value></correctResponse></responseDeclaration>\n"
    '<itemBody><p>{}</p><choiceInteraction responseIdentifier="R" maxChoices="1">'
    '<simpleChoice identifier="A">One</simpleChoice><simpleChoice identifier="B">Two</simpleChoice>'
    "</choiceInteraction></itemBody>\n</assessmentItem>\n"
)
GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "banks"
ENDINGS = (".xml", ".dat", ".qti")
PNG = b"\x89PNG\r\n\x1a\n"


def packed(path: Path, files: dict[str, str | bytes]) -> Path:
    """A zip of these files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def read(path: Path) -> tuple[str, Document | None, list[str]]:
    """The name of the format, what was read, and the problems."""
    form = formats.format_of(path)
    assert form is not None
    document, problems = form.read(path)
    return form.name, document, [*map(str, problems)]


def shown(document: Document | None) -> list[Image]:
    """The pictures of a document."""
    assert document is not None
    return [*images(document.blocks)]


SCORM = (
    '<manifest xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" '
    'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"><resources/></manifest>'
)
NONE = {
    "a SCORM package": (
        {"imsmanifest.xml": SCORM, "index.html": "<p>Hello</p>"},
        "This is a SCORM package, which has no questions in QTI. It cannot be read as a question "
        "bank.",
    ),
    "any other zip": (
        {"notes.txt": "A) B", "data.xml": "<other/>"},
        "This is a zip without questions in QTI. It cannot be read as a question bank.",
    ),
}


@pytest.mark.parametrize(("files", "told"), NONE.values(), ids=NONE)
def test_a_zip_without_questions_is_told(
    files: dict[str, str | bytes], told: str, tmp_path: Path
) -> None:
    _, document, problems = read(packed(tmp_path / "bank.zip", files))
    assert (document, problems) == (None, [f"bank.zip: error bank-format {told}"])


def test_a_test_without_its_questions_is_told(tmp_path: Path) -> None:
    path = tmp_path / "bank.xml"
    path.write_text(
        "<assessmentTest title='T'><testPart><assessmentSection title='S'>"
        "<assessmentItemRef href='a.xml'/></assessmentSection></testPart></assessmentTest>"
    )
    assert read(path) == (
        "QTI 2",
        None,
        [
            "bank.xml: error bank-format This is a test whose questions are in separate files. "
            "It cannot be read as a question bank."
        ],
    )


def test_broken_xml_in_a_package_is_told_with_its_place(tmp_path: Path) -> None:
    broken = ITEM.format("b", "b").replace("</simpleChoice><simple", "<simple")
    path = packed(tmp_path / "bank.zip", {"a.xml": ITEM.format("a", "a"), "in/b.xml": broken})
    name, document, problems = read(path)
    assert (name, document) == ("QTI 2", None)
    assert problems == [
        "bank.zip/in/b.xml:3:175: error bank-damaged This question bank cannot be read: Opening "
        "and ending tag mismatch: simpleChoice line 3 and choiceInteraction."
    ]


@pytest.mark.parametrize(
    ("doctype", "told"),
    [
        ('<!DOCTYPE questestinterop SYSTEM "ims_qtiasiv1p2.dtd">', ""),
        ("<!DOCTYPE questestinterop [\n<!ATTLIST item title CDATA 'x'>\n]>", ""),
        (
            "<!DOCTYPE questestinterop [\n<!ENTITY a 'ha'>\n<!ENTITY b '&a;&a;'>]>",
            "bank.xml:3: error bank-damaged This question bank cannot be read: its DOCTYPE defines "
            "entities, which are never read.",
        ),
        (
            '<!DOCTYPE questestinterop [<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;]>',
            "bank.xml:2: error bank-damaged This question bank cannot be read: its DOCTYPE defines "
            "entities, which are never read.",
        ),
    ],
    ids=["outside", "inside", "laughs", "files"],
)
def test_a_doctype_is_passed_over_and_defines_nothing(
    doctype: str, told: str, tmp_path: Path
) -> None:
    path = tmp_path / "bank.xml"
    material = "<material><mattext>What did you do?</mattext></material>"
    item = (
        f'<item ident="i"><presentation>{material}<response_str ident="r"><render_fib rows="9"/>'
        "</response_str></presentation></item>"
    )
    path.write_text(
        f"<?xml version='1.0'?>\n{doctype}\n<questestinterop>\n{item}</questestinterop>", "utf-8"
    )
    name, document, problems = read(path)
    assert (name, problems) == ("QTI 1.2", [told] if told else [])
    if not told:
        assert document is not None
        (question,) = document.blocks
        assert isinstance(question, Question)
        assert question.place.paragraph == 4 + doctype.count("\n")
        form = formats.format_of(path)
        assert form is not None
        # What a DOCTYPE adds to elements is in neither reader.
        assert (question.name, second_readers.count(path).words) == (
            "",
            ("What", "did", "you", "do?"),
        )


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = ITEM.format("a", "a").encode() + b" " * (2 << 20)
    _, document, problems = read(packed(tmp_path / "bank.zip", {"a.xml": bomb}))
    assert document is None
    assert problems == [
        "bank.zip: error bank-too-large This question bank exceeds a limit: “a.xml” unpacks to "
        "more than 250 times its size."
    ]


def test_more_text_than_a_bank_may_have_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "WORDS", 1 << 20)
    large = ITEM.format("a", "ab cd " * 100_000)
    path = packed(tmp_path / "bank.zip", {"a.xml": large, "b.xml": large})
    _, document, problems = read(path)
    assert document is None
    assert problems == [
        "bank.zip: error bank-too-large This question bank exceeds a limit: its documents have "
        "more than 1 MB of text."
    ]


def test_more_questions_than_a_bank_may_have_are_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "MOST", 2)
    path = tmp_path / "bank.xml"
    path.write_text(f"<questestinterop>{'<item/>' * 3}</questestinterop>", "utf-8")
    _, document, problems = read(path)
    assert document is None
    assert problems == [
        "bank.xml: error bank-too-large This question bank exceeds a limit: it has more than 2 "
        "questions."
    ]


@pytest.mark.whole
@settings(max_examples=20, deadline=None)
@given(bank=BANKS)
def test_no_word_of_a_package_is_lost(bank: list[Asked]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = packed(
            Path(folder, "bank.zip"), {f"{at}.xml": qti_2([one]) for at, one in enumerate(bank)}
        )
        form = formats.format_of(path)
        assert form is not None
        document, problems = form.read(path)
        counts = second_readers.count(path)
    assert document is not None
    assert problems == ()
    made = write(document, "bank", "auto", lambda _: "")
    assert making.compare_words(counts, document, made).share == 1.0
    assert len(made.questions) == counts.kinds["questions"] == len(bank)
    assert made.kinds["options"] == counts.kinds["options"]


def test_pictures_are_only_those_of_the_package(tmp_path: Path) -> None:
    outside = tmp_path / "secret.png"
    outside.write_bytes(PNG)
    body = "".join(
        f'<img src="{address}" alt="{number}"/>'
        for number, address in enumerate(
            (
                "../../secret.png",
                outside.as_uri(),
                str(outside),
                "https://www.example.org/a.png",
                "../images/b%20c.png",
            )
        )
    )
    files: dict[str, str | bytes] = {
        "items/a.xml": ITEM.format("a", body),
        "images/b c.png": PNG + b"b",
        "../secret.png": PNG + b"never",
        "loose.mp4": b"film",
        "inner.zip": b"PK\x03\x04",
    }
    _, document, problems = read(packed(tmp_path / "bank.zip", files))
    assert problems == []
    assert {one.alternative: one.content for one in shown(document)} == {
        "0": PNG + b"never",
        "1": b"",
        "2": b"",
        "3": b"",
        "4": PNG + b"b",
    }
    assert document is not None
    assert {one.words: one.reason for one in document.rest} == {
        "loose.mp4": "no text shows it as a picture",
        "inner.zip": "a package in a package is not opened: import it by itself",
    }


def test_what_is_shown_many_times_has_its_bounds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "PICTURES", 30)
    monkeypatch.setattr(two_reader, "_PASSAGES", 20)
    body = "<stimulusBody><p>Ten words.</p></stimulusBody>"
    passage = f"<assessmentStimulus>{body}</assessmentStimulus>"
    shows = '<img src="a.png" alt="a"/><img src="a.png" alt="again"/><img src="b.png" alt="b"/>'
    item = ITEM.format("Title {}", shows).replace(
        "<itemBody>", '<assessmentStimulusRef href="s.xml"/><itemBody>'
    )
    files: dict[str, str | bytes] = {f"{at}.xml": item.format(at) for at in range(3)}
    files |= {"s.xml": passage, "a.png": PNG + b"a" * 10, "b.png": PNG + b"b" * 20}
    _, document, _ = read(packed(tmp_path / "bank.zip", files))
    assert document is not None
    assert words_of(document.blocks).count("Ten") == 2
    assert {one.alternative: len(one.content) for one in shown(document)} == {
        "a": 18,
        "again": 18,
        "b": 0,
    }
    assert [(one.kind, one.words, one.reason) for one in document.rest] == [
        ("passage", "s.xml", "it is too long to be repeated with each of its questions"),
        ("picture", "b.png", "the pictures of a bank may have 64 MB"),
    ]


def test_a_damaged_member_is_told(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"a.xml": ITEM.format("a", "What is asked here? " * 20_000)}
    path = packed(tmp_path / "bank.zip", files)
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        size = archive.infolist()[0].compress_size
    # Near its end: what the file is can still be told.
    content[30 + size - 40] ^= 0xFF
    path.write_bytes(bytes(content))
    _, document, problems = read(path)
    assert document is None
    assert len(problems) == 1
    assert problems[0].startswith("bank.zip: error bank-")


def test_a_zip_that_ends_too_early_is_told(tmp_path: Path) -> None:
    path = packed(tmp_path / "bank.zip", {"a.xml": ITEM.format("a", "a")})
    path.write_bytes(path.read_bytes()[:-30])
    _, document, problems = read(path)
    assert document is None
    assert problems == [
        "bank.zip: error bank-damaged This question bank cannot be read: it is not a zip file, "
        "or its end is missing, for example after an interrupted download."
    ]


def test_questions_stand_in_the_order_of_the_manifest(tmp_path: Path) -> None:
    names = ("c", "a", "b")
    resources = "".join(f'<resource href="{name}.xml"/>' for name in names)
    manifest = f'<manifest xmlns="x"><resources>{resources}</resources></manifest>'
    files: dict[str, str | bytes] = {
        f"folder/{name}.xml": ITEM.format(f"Title of {name}", name) for name in "abcd"
    }
    path = packed(tmp_path / "bank.zip", {**files, "folder/imsmanifest.xml": manifest})
    _, document, problems = read(path)
    assert document is not None
    assert problems == []
    assert [words_of([block])[:3] for block in document.blocks] == [
        ["Title", "of", name] for name in "cabd"
    ]


DEEP = {
    "conditions": (
        "<questestinterop><item ident='i'><presentation><response_lid ident='R'><render_choice>"
        "<response_label ident='A'/></render_choice></response_lid></presentation><resprocessing>"
        "<respcondition><conditionvar>{}</conditionvar><setvar>1</setvar></respcondition>"
        "</resprocessing></item></questestinterop>",
        "and",
    ),
    "flows": (
        "<questestinterop><item><presentation>{}</presentation></item></questestinterop>",
        "flow",
    ),
    "sections": ("<questestinterop>{}</questestinterop>", "section"),
    "sections of a test": ("<assessmentTest>{}</assessmentTest>", "assessmentSection"),
    "elements of a body": ("<assessmentItem><itemBody>{}</itemBody></assessmentItem>", "div"),
}


@pytest.mark.whole
@pytest.mark.parametrize(("around", "tag"), DEEP.values(), ids=DEEP)
def test_what_nests_too_deep_is_refused_or_read(around: str, tag: str, tmp_path: Path) -> None:
    path = tmp_path / "bank.xml"
    for depth in (200, 1_500, 100_000):
        path.write_text(around.format(f"<{tag}>" * depth + f"</{tag}>" * depth), "utf-8")
        _, document, problems = read(path)
        assert (document is None) is bool(problems)
        if document is None:
            assert [one.split(" ")[2] for one in problems] == ["bank-damaged"]


PIECES = (b"<", b">", b"/>", b"\xff", b"&", b"'", b"]]>", b"<!--", b"not", b"identifier", b"\0")


@pytest.mark.whole
@pytest.mark.parametrize("case", ["qti-1", "qti-2", "qti-blackboard", "qti-canvas", "qti-d2l"])
def test_whatever_is_broken_raises_nothing(case: str, tmp_path: Path) -> None:
    files = sorted(path for path in (GOLDEN / case).rglob("*") if path.suffix in ENDINGS)
    for seed in range(30):
        drawn = random.Random(seed)
        content = bytearray(drawn.choice(files).read_bytes())
        for _ in range(drawn.randint(1, 4)):
            at = drawn.randrange(len(content))
            # What is exchanged for its like stays XML, and means something else.
            content[at : at + drawn.randint(0, 3)] = drawn.choice((*PIECES, b"R", b"1"))
        spoiled = tmp_path / "bank.xml"
        spoiled.write_bytes(bytes(content))
        for path in (spoiled, packed(tmp_path / "bank.zip", {"a.xml": bytes(content)})):
            _, document, problems = read(path)
            assert (document is None) is any(" error " in one for one in problems)


@pytest.mark.whole
def test_a_package_that_is_imported_again_changes_nothing(tmp_path: Path) -> None:
    bank = zipped(GOLDEN / "qti-canvas" / "bank", tmp_path)
    folder = tmp_path / "course"
    made, _ = importing.run(importing.Request(bank, folder, None, TODAY))
    assert made is not None
    assert [str(one) for one in made.problems if one.severity == "error"] == []
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    again, _ = importing.run(importing.Request(bank, folder, None, TODAY, again=True))
    assert again is not None
    assert again.updated == Updated(made.made.title)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_letters_are_read_however_they_are_written(encoding: str, tmp_path: Path) -> None:
    words = ITEM.format("t", "Wie hei\u00dft er?").encode(encoding)
    path = packed(tmp_path / "bank.zip", {"a.xml": words})
    _, document, problems = read(path)
    assert document is not None
    warned = ["bank.zip/a.xml: warning bank-encoding"] if encoding == "cp1252" else []
    assert [" ".join(one.split(" ")[:3]) for one in problems] == warned
    assert words_of(document.blocks)[1:4] == ["Wie", "hei\u00dft", "er"]
