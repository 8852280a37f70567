"""Translations are located in a PO file, character by character."""

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.course.load.po_strings import quoted, translation_at

FILE = """\
msgid ""
msgstr "Language: pl\\n"

#, fuzzy
msgctxt "page/rain"
msgid "Rain"
msgstr ""
"Deszcz "
  "\\"pada\\"\\n"

msgctxt "page/sun"
msgid "Sun"
msgstr ""
"""


def test_a_translation_over_several_lines_is_one_text() -> None:
    found = translation_at(FILE, 7)
    assert found
    assert found.value == 'Deszcz "pada"\n'
    assert FILE[found.start : found.end] == '""\n"Deszcz "\n  "\\"pada\\"\\n"'
    assert [FILE[start:end] for start, end in found.spans or ()] == [
        *"Deszcz ",
        *('\\"', *"pada", '\\"', "\\n"),
    ]


def test_an_empty_translation_has_a_place() -> None:
    found = translation_at(FILE, 13)
    assert found
    assert (found.value, found.spans, FILE[found.start : found.end]) == ("", (), '""')


@pytest.mark.parametrize("line", [1, 3, 6, 8, 14, 99])
def test_no_translation_starts_on_another_line(line: int) -> None:
    assert translation_at(FILE, line) is None


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_a_quoted_text_is_read_back_as_polib_reads_it(text: str) -> None:
    written = f'msgid "a"\nmsgstr "{quoted(text)}"\n'
    found = translation_at(written, 2)
    assert found
    assert found.value == text
    if not any(letter in text for letter in "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"):
        # polib splits a file at these characters, too.
        assert polib.pofile(written)[0].msgstr == text
