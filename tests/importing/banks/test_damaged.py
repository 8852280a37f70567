"""Moodle XML that says of itself what is not so, and numbers without end."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.importing import formats
from builder.importing.document.form import Question
from builder.importing.document.tally import text, words
from tests.importing.banks import second_readers

BODY = (
    "<quiz><question type='essay'><questiontext format='html'><text>Wie hei\u00dft er?</text>"
    "</questiontext><defaultgrade>1e-999999999</defaultgrade></question></quiz>"
)
UTF8 = "<?xml version='1.0' encoding='UTF-8'?>"
OLD = "<?xml version='1.0' encoding='windows-1252'?>"
HEADS = {
    "utf-16 that says utf-8": (UTF8 + BODY).encode("utf-16"),
    "cp1252 that says utf-8": (UTF8 + BODY).encode("cp1252"),
    "cp1252 that says nothing": BODY.encode("cp1252"),
    "a byte that cp1252 leaves open": (OLD + BODY).encode("cp1252") + b"<!--\x81-->",
    "two marks": b"\xef\xbb\xbf\xef\xbb\xbf" + (UTF8 + BODY).encode(),
    "behind a comment": ("<!-- c -->" + UTF8 + BODY).encode(),
    "a name of a later edition of XML": (BODY.replace("</quiz>", "<\u0800/></quiz>")).encode(),
    "an unknown encoding": (UTF8.replace("UTF-8", "klingon") + BODY).encode(),
}


@pytest.mark.parametrize("content", HEADS.values(), ids=HEADS)
def test_what_a_file_says_of_its_letters_is_not_believed(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "bank.xml"
    path.write_bytes(content)
    form = formats.format_of(path)
    assert form is not None
    document, _ = form.read(path)
    assert document is not None
    assert words(document.blocks) == ["Wie", "hei\u00dft", "er"]
    assert second_readers.count(path).words == ("Wie", "hei\u00dft", "er?")
    question = document.blocks[0]
    assert isinstance(question, Question)
    assert question.weight == ""


ENTITIES = (
    "<quiz><question type='truefalse'><name><text>a &foo; b</text></name><questiontext "
    "format='html'><text><![CDATA[Fish &amp; chips &nbsp; &bar;?]]></text></questiontext>"
    "<answer fraction='100'><text>true</text></answer></question>\n"
    "<question type='truefalse'><name><text>caf&eacute;</text></name><questiontext>"
    "<text>Q &amp; A & &euro; 5 &#38; &foo;?</text></questiontext><answer fraction='100'>"
    "<text>false</text></answer></question></quiz>"
)


def test_an_undefined_entity_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "bank.xml"
    path.write_text(ENTITIES, "utf-8")
    form = formats.format_of(path)
    assert form is not None
    document, problems = form.read(path)
    assert document is not None
    asked = [one for one in document.blocks if isinstance(one, Question)]
    assert [(one.name, text(one.prompt), one.answers) for one in asked] == [
        ("a &foo; b", "Fish & chips &bar;?", ("true",)),
        ("caf\u00e9", "Q & A & \u20ac 5 & &foo;?", ("false",)),
    ]
    assert [str(one) for one in problems] == [
        "bank.xml:1: warning bank-line “&foo;” is not a known character, so it was "
        "imported as text."
    ]
    assert second_readers.count(path).kinds == {"questions": 2, "true or false": 2}


@pytest.mark.parametrize("before", ["", "\n  <!-- one of many -->\n"])
def test_items_of_qti_1_without_a_root_are_read(before: str, tmp_path: Path) -> None:
    item = (
        "<item ident='i{0}' title='Sky {0}'><presentation><material><mattext>Is it {0}?</mattext>"
        "</material><response_lid ident='r' rcardinality='Single'><render_choice>"
        "<response_label ident='A'><material><mattext>Yes</mattext></material></response_label>"
        "<response_label ident='B'><material><mattext>No</mattext></material></response_label>"
        "</render_choice></response_lid></presentation><resprocessing><respcondition>"
        "<conditionvar><varequal respident='r'>B</varequal></conditionvar>"
        "<setvar action='Set'>100</setvar></respcondition></resprocessing></item>\n"
    )
    path = tmp_path / "bank.xml"
    path.write_text(before + item.format("blue") + item.format("red"), "utf-8")
    form = formats.format_of(path)
    assert form is not None
    assert form.name == "QTI 1.2"
    document, problems = form.read(path)
    assert problems == ()
    assert document is not None
    asked = [one for one in document.blocks if isinstance(one, Question)]
    assert [(text(one.prompt), [o.right for o in one.options]) for one in asked] == [
        ("Is it blue?", [False, True]),
        ("Is it red?", [False, True]),
    ]
    assert second_readers.count(path).kinds == {"questions": 2, "choice": 2, "options": 4}


def test_xml_with_items_of_another_kind_is_no_bank(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text("<item><title>News</title></item>", "utf-8")
    assert formats.bank_of(path) is None
