"""The position of each letter of a text in its source."""

from html import unescape

import pytest

from builder.course import markdown
from builder.course.load import load
from builder.course.markdown import THING, Texts, align_texts
from tests.conftest import ROOT


def places(source: str) -> list[tuple[str, list[str]]]:
    """Each text of a source, and what is written for each of its letters."""
    texts = Texts(markdown.parse(source)).all
    return [
        (text.words, [source[start:end] for start, end in spans or ()])
        for text, spans in zip(texts, align_texts(texts, source), strict=True)
    ]


def test_markup_is_passed_and_escapes_belong_to_their_letter() -> None:
    [(words, written)] = places("A **b** [c](c 'c') \\* &amp; {{ d }}\nnext `e` ![f](g)h")
    assert words == f"A b c * & {THING} next e h"
    assert "".join(one for one in written if one.strip()) == "Abc\\*&amp;{{ d }}nexteh"
    assert written[words.index(" next")] == "\n"


def test_cells_titles_and_notes_are_distinguished() -> None:
    source = (
        "::: callout One one\n> two\n> two\n:::\n\n"
        "| a | a |\n| - | - |\n| a | b\\|a |\n\nWhere[^n]?\n\n[^n]: There, one.\n\nLast a.\n"
    )
    found = places(source)
    assert [words for words, _ in found] == [
        *("One one", "two two", "a", "a", "a", "b|a", "Where?", "Last a.", "There, one."),
    ]
    for words, written in found:
        assert [unescape(one).strip("\\\n> ") for one in written] == [
            letter.strip() for letter in words
        ]


@pytest.mark.parametrize("name", ["course", "tests/showcase"])
def test_every_text_of_a_course_is_found(name: str) -> None:
    sources, _ = load(ROOT / name)
    assert sources
    for page in sources.pages.values():
        source = (ROOT / name / page.path).read_text("utf-8")
        texts = Texts(markdown.parse(page.body, page.body_line)).all
        for text, spans in zip(texts, align_texts(texts, source), strict=True):
            assert spans is not None, (page.path, text)
            written = "".join(source[start:end] for start, end in spans)
            if THING not in text.words:
                assert " ".join(written.split()) == " ".join(text.words.split())
