"""Moodle XML that says of itself what is not so, and numbers without end."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.importers import formats
from builder.importers.form import Question
from builder.importers.tally import words

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
    assert form.count(path).words == ("Wie", "hei\u00dft", "er?")
    question = document.blocks[0]
    assert isinstance(question, Question)
    assert question.weight == ""
