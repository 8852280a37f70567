"""Whatever a file is, the reader answers: with a document, or with what is wrong and what to do."""

from __future__ import annotations

import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from builder.importing import word
from builder.importing.document.form import Document, Table
from builder.importing.document.tally import words
from tests.importing.word.documents import DOCUMENTS
from tests.importing.word.files import (
    changed,
    docx,
    field,
    item,
    level,
    numbering,
    p,
    part,
    r,
    read,
    relations,
    row,
    style,
    table,
    written,
    zipped,
)
from tests.importing.word.spoiling import spoiled
from tests.support.foreign import mutated
from tests.support.growth import linear

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
THOROUGH = int(os.environ.get("THOROUGH", "1"))


def refusal(content: bytes, folder: Path, name: str = "hand-out.docx") -> str:
    document, found = word.read(written(content, folder, name))
    assert document is None
    assert len(found) == 1
    return str(found[0])


def stream(name: str) -> bytes:
    return OLE + name.encode("utf-16-le") + bytes(100)


@pytest.mark.parametrize(
    ("content", "kind", "way"),
    [
        (stream("WordDocument"), "a document of Word 97 to 2003 (.doc)", "Open it in Word, choose"),
        (stream("Workbook"), "an Excel workbook", "If it has a row"),
        (stream("Unknown"), "a file of an older Office program", "Open it in Word"),
        (b"{\\rtf1 Hello}", "Rich Text (.rtf)", "Open it in Word"),
        (b"%PDF-1.7\n%\xe2", "a PDF", "Ask for the file that it was made from"),
        (b"\n<!DOCTYPE html><p>Hello", "a web page", "Open it in Word"),
        (b"MIME-Version: 1.0\n", "a web page", "Open it in Word"),
        (b"\xffWPC\0\0", "a document of WordPerfect", "Open it in LibreOffice Writer or Word"),
        ("Häuser".encode(), "plain text", "Open it in Word"),
        (
            b'<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/'
            b'2006/xmlPackage"/>',
            "a Word document in one XML file (.xml)",
            "Open it in Word",
        ),
        (
            zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""}),
            "a document of LibreOffice or OpenOffice (.odt)",
            "Open it in LibreOffice Writer or Word",
        ),
        (zipped({"Index/Document.iwa": b"\0"}), "a document of Apple Pages", "Open it in Pages"),
        (zipped({"xl/workbook.xml": "<a/>"}), "an Excel workbook", "If it has a row"),
        (zipped({"ppt/a.xml": "<a/>"}), "a PowerPoint presentation", "In PowerPoint choose"),
        (zipped({"mimetype": "application/epub+zip"}), "an e-book (.epub)", "Ask for the file"),
        # A zip within does not make a Word file of it.
        (stream("WordDocument") + docx(p("x")), "a document of Word 97 to 2003 (.doc)", "Open it"),
    ],
)
def test_other_file_kind_is_named_with_saving_advice(
    content: bytes, kind: str, way: str, tmp_path: Path
) -> None:
    document, [found] = word.read(written(content, tmp_path, "a.docx"))
    assert document is None
    assert str(found) == (
        f"a.docx: error word-format This is {kind}, not a Word file that can be read."
    )
    assert found.hint.startswith(way)
    assert found.hint.endswith("; then import that file.")


def test_password_locked_word_file_explains_unlocking(tmp_path: Path) -> None:
    # Its streams are named in the second half of a large file, across two reads.
    content = OLE + bytes((1 << 20) - len(OLE) - 9) + stream("EncryptedPackage")[len(OLE) :]
    document, [found] = word.read(written(content, tmp_path))
    assert document is None
    assert str(found) == "hand-out.docx: error word-locked This file is locked with a password."
    assert found.hint.startswith("Open it in Word, choose File > Info > Protect Document")


NO_ZIP = "it is not a zip file, or its end is missing, for example after an interrupted download"


def damaged(problem: str, place: str = "") -> str:
    return f"hand-out.docx{place}: error word-damaged This Word file is damaged: {problem}."


def too_large(problem: str, place: str = "/word/document.xml") -> str:
    return f"hand-out.docx{place}: error word-too-large This Word file exceeds a limit: {problem}."


def test_broken_xml_is_named_by_part_and_line(tmp_path: Path) -> None:
    content = changed(
        docx(p("x")), word__document_dot_xml=part("document", "<w:body>\n<w:p></w:r>")
    )
    assert refusal(content, tmp_path) == damaged(
        "its XML is broken (Opening and ending tag mismatch: p line 2 and r)",
        "/word/document.xml:2:12",
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", damaged(NO_ZIP)),
        (b"PK\3\4 and no more", damaged(NO_ZIP)),
        (docx(p("x"))[:400], damaged(NO_ZIP)),
        (zipped({"a.txt": "x"}), damaged("it is a zip without a document in it")),
        (
            changed(docx(p("x")), word__document_dot_xml=""),
            damaged("its XML is broken (Document is empty)", "/word/document.xml:1:1"),
        ),
        (
            changed(docx(p("x")), word__document_dot_xml=part("document", "")),
            damaged("it has no body", "/word/document.xml:1"),
        ),
        (
            changed(docx(p("x")), word__document_dot_xml=None),
            damaged("it is a zip without a document in it"),
        ),
    ],
)
def test_a_file_that_is_cut_short_or_empty_is_damaged(
    content: bytes, said: str, tmp_path: Path
) -> None:
    assert refusal(content, tmp_path) == said


def test_no_entity_is_ever_looked_at(tmp_path: Path) -> None:
    for entity in ('"' + "x" * 1000 + '"', 'SYSTEM "file:///etc/passwd"'):
        declared = f"<!DOCTYPE a [<!ENTITY e {entity}>]>"
        for encoding in ("utf-8", "utf-16"):
            xml = declared + part("document", f"<w:body>{p('&e;')}</w:body>").partition("?>")[2]
            content = changed(docx(p("x")), word__document_dot_xml=xml.encode(encoding))
            assert refusal(content, tmp_path) == damaged(
                "it has a DOCTYPE, which no Word file has", "/word/document.xml"
            )


def test_text_in_another_encoding_is_read(tmp_path: Path) -> None:
    xml = part("document", f"<w:body>{p('Häuser')}</w:body>").replace("UTF-8", "UTF-16")
    content = changed(docx(p("x")), word__document_dot_xml=xml.encode("utf-16"))
    assert words(read(content, tmp_path).blocks) == ["Häuser"]
    content = changed(
        docx(p("x")), word__document_dot_xml=xml.replace("UTF-16", "KLINGON").encode()
    )
    assert "its XML is broken" in refusal(content, tmp_path)


@pytest.mark.whole
def test_zip_bomb_in_word_file_is_refused(tmp_path: Path) -> None:
    bomb = changed(docx(p("x")), word__media__a_dot_png=bytes(3 << 20))
    assert refusal(bomb, tmp_path) == too_large(
        "“word/media/a.png” unpacks to more than 250 times its size", ""
    )
    large = zipped({"word/document.xml": bytes(33 << 20)}, zipfile.ZIP_STORED)
    assert refusal(large, tmp_path) == too_large("“word/document.xml” is larger than 32 MiB")


def test_tables_within_tables_have_an_end(tmp_path: Path) -> None:
    def nested(depth: int) -> bytes:
        return docx("<w:tbl><w:tr><w:tc>" * depth + p("deep") + "</w:tc></w:tr></w:tbl>" * depth)

    assert words(read(nested(80), tmp_path).blocks) == ["deep"]
    assert refusal(nested(90), tmp_path) == too_large("it nests more than 256 levels deep")


@pytest.mark.parametrize(
    ("opening", "closing", "depth"),
    [
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 120),
        ("<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>", 60),
        ("<w:p><w:ins><w:smartTag>", "</w:smartTag></w:ins></w:p>", 80),
        ("<w:p><m:oMath>" + "<m:f><m:num>" * 110, "</m:num></m:f>" * 110 + "</m:oMath></w:p>", 1),
        ("<w:ins>", "</w:ins>", 240),
        ("<w:p>" + "<w:hyperlink>" * 240, "</w:hyperlink>" * 240 + "</w:p>", 1),
        ("<w:p>" + "<w:ins>" * 200, "</w:ins>" * 200 + "</w:p>", 1),
        (
            "<w:tbl><w:sdt><w:ins>" + "<w:ins>" * 230,
            "</w:ins>" * 230 + "</w:ins></w:sdt></w:tbl>",
            1,
        ),
    ],
)
def test_deepest_allowed_nesting_in_word_is_read(
    opening: str, closing: str, depth: int, tmp_path: Path
) -> None:
    content = docx(opening * depth + r("deep") + closing * depth)
    document, found = word.read(written(content, tmp_path))
    assert document is not None
    assert found == ()


def test_changes_within_changes_have_an_end(tmp_path: Path) -> None:
    content = docx(f"<w:p>{'<w:ins>' * 245}{r('deep')}{'</w:ins>' * 245}</w:p>")

    def deeper(frames: int) -> str:
        return deeper(frames - 1) if frames else refusal(content, tmp_path)

    assert deeper(600) == too_large("its parts nest too deep in each other", "")


def test_broken_word_part_is_reported_and_import_continues(tmp_path: Path) -> None:
    content = docx(
        p("Text", style="H1"),
        styles="<w:style>",
        comments="\n&nothing;",
        numbering="\x01",
    )
    document, found = word.read(written(content, tmp_path))
    assert document is not None
    assert words(document.blocks) == ["Text"]
    assert [str(one).partition(":")[0] for one in found] == [
        f"hand-out.docx/word/{one}.xml" for one in ("styles", "numbering", "comments")
    ]
    assert {one.code for one in found} == {"word-part"}
    assert str(found[2]) == (
        "hand-out.docx/word/comments.xml:2:10: warning word-part This part of the Word file cannot "
        "be read: its XML is broken (Entity 'nothing' not defined). The import ignored it."
    )


def test_nothing_outside_the_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret.xml").write_text(part("styles", style("H1", "heading 1")), "utf-8")
    for target in ("../../secret.xml", "/../secret.xml", str(tmp_path / "secret.xml"), "file:///a"):
        content = changed(
            docx(p("Text", style="H1")),
            word___rels__document_dot_xml_dot_rels=relations(("a", "styles", target)),
        )
        document = read(content, tmp_path)
        assert [getattr(one, "level", None) for one in document.blocks] == [0]


def test_numbers_that_no_document_has_are_bounded(tmp_path: Path) -> None:
    lists = level(0, "lowerLetter", "%1" * 500).replace('w:val="1"', 'w:val="999999999"')
    wide = row(*("<w:tc><w:tcPr><w:gridSpan w:val='999999999'/></w:tcPr></w:tc>",) * 3)
    content = docx(item("far") + item("deep", level=99) + table(wide), numbering=numbering(lists))
    document = read(content, tmp_path)
    assert len(str(document)) < 5_000
    grid = document.blocks[-1]
    assert isinstance(grid, Table)
    assert [cell.across for cell in grid.rows[0]] == [63, 63, 63]


@pytest.mark.whole
def test_styles_and_lists_that_are_based_on_themselves_end(tmp_path: Path) -> None:
    styles = "".join(
        style(f"S{at}", f"S {at}", f'<w:basedOn w:val="S{(at + 1) % 3000}"/>') for at in range(3000)
    )
    own = '<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="L"/><w:numStyleLink w:val="L"/>'
    content = docx(
        p("Text", style="S0") + item("listed"),
        styles=styles,
        numbering=f"{own}</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num>",
    )
    assert words(read(content, tmp_path).blocks) == ["Text", "listed"]


def test_a_folder_or_a_pipe_is_no_word_file(tmp_path: Path) -> None:
    (tmp_path / "a.docx").mkdir()
    os.mkfifo(tmp_path / "b.docx")
    for name in ("a.docx", "b.docx"):
        document, [found] = word.read(tmp_path / name)
        assert document is None
        assert str(found).endswith("it is a folder, a device or a pipe.")
    document, [found] = word.read(tmp_path / "c.docx")
    assert (document, found.code) == (None, "word-damaged")


def test_member_larger_than_declared_is_reported_damaged(tmp_path: Path) -> None:
    content = bytearray(docx(p("x" * 500)))
    with zipfile.ZipFile(written(bytes(content), tmp_path)) as archive:
        entry = archive.getinfo("word/document.xml")
    at = content.rindex(b"word/document.xml", 0, content.rindex(b"word/_rels")) - 46 + 24
    content[at : at + 4] = struct.pack("<L", entry.file_size - 50)
    assert refusal(bytes(content), tmp_path).startswith(
        "hand-out.docx/word/document.xml: error word-damaged"
    )


def answered(path: Path) -> Document | None:
    """What is read; whatever the file is, both readers come to an end, and problems are told."""
    document, found = word.read(path)
    word.counts(path)
    assert document is not None or len(found) == 1
    assert all(one.position.path.startswith(path.name) and one.hint for one in found)
    return document


@pytest.mark.whole
@pytest.mark.parametrize("make", DOCUMENTS, ids=lambda make: make.__name__)
def test_a_document_that_is_wrong_somewhere_is_answered(
    make: Callable[[], bytes], tmp_path: Path
) -> None:
    content = make()
    came_in = 0
    for seed in range(8 * THOROUGH):
        random = Random(f"{make.__name__} {seed}")
        came_in += answered(written(spoiled(content, random), tmp_path)) is not None
    # Most of it is still a document: what is tried reaches beyond the first check.
    assert came_in >= 4


@pytest.mark.whole
def test_a_file_with_wrong_bytes_is_answered(tmp_path: Path) -> None:
    for content in mutated(docx(p("x") + table(row("a"))), 200):
        answered(written(content, tmp_path))


@pytest.mark.whole
def test_time_grows_with_the_length_of_a_document(tmp_path: Path) -> None:
    def made(n: int) -> Path:
        body = (
            p("Head", style="H1")
            + p("See ", field("HYPERLINK x", r("that")), r("bold", "<w:b/>"))
            + item("one")
            + item("deeper", level=1)
            + table(row("a", "b"))
            + p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>')
        )
        levels = level(0, "decimal", "%1.") + level(1, "lowerLetter", "%2)")
        styles = style("H1", "heading 1")
        content = docx(body * n, numbering=numbering(levels), styles=styles)
        return written(content, tmp_path, f"{n}.docx")

    linear(word.read, made, 30)
    linear(word.counts, made, 30)
