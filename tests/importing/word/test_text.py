"""Spaces and languages of texts that Word files state wrongly, or in a way of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.importing.document.form import Paragraph, words_of
from tests.importing.word.files import docx, p, read

_ARABIC = "هذه دورة للعاملين الجدد في المستشفى"
_PERSIAN = "این دوره برای کارکنان جدید بیمارستان است و چگونگی کار را می‌گوید"
_URDU = "یہ کورس ہسپتال کے نئے عملے کے لیے ہے اور بڑے کام کا ہے"


def test_no_break_space_beside_other_formatting_stays(tmp_path: Path) -> None:
    runs = "<w:r><w:t>The\u00a0</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t> who </w:t></w:r>"
    runs += "<w:r><w:t>\u00a0command</w:t></w:r>"
    [block] = read(docx(f"<w:p>{runs}</w:p>"), tmp_path).blocks
    assert isinstance(block, Paragraph)
    assert words_of(block.inlines) == "The\u00a0who\u00a0command"


@pytest.mark.parametrize(
    ("stated", "words", "expected"),
    [
        ("ar-SA", _PERSIAN, "fa"),
        ("en-US", _PERSIAN, "fa"),
        ("fa-IR", _PERSIAN, "fa-IR"),
        ("ar-SA", _URDU, "ur"),
        ("ar-SA", _ARABIC, "ar-SA"),
        ("en-US", _ARABIC, "ar"),
        ("en-GB", f"The word {_PERSIAN[:3]} means this in Persian.", "en-GB"),
    ],
)
def test_language_is_that_of_the_letters(
    stated: str, words: str, expected: str, tmp_path: Path
) -> None:
    run = (
        f'<w:r><w:rPr><w:lang w:val="{stated}" w:bidi="{stated}"/></w:rPr><w:t>{words}</w:t></w:r>'
    )
    assert read(docx(p(run)), tmp_path).language == expected
