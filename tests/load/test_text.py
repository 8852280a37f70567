"""Bytes of a file: which are read as text, and where the first wrong one is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.course.load import text
from builder.course.load.text import LISTED, decode

SAVE = "Save it again as UTF-8: in Notepad, File > Save as > Encoding: UTF-8."


def said(raw: bytes) -> list[tuple[str, str]]:
    text, found = decode(raw, "x.md")
    assert text is None
    return [(str(one), one.hint) for one in found]


def test_a_file_of_an_older_windows_program_is_recognised() -> None:
    raw = "title: Café\r\nWe say “no”\r\n".encode("cp1252")
    assert said(raw) == [
        (
            "x.md:1:11: error file-encoding This file is not UTF-8 text; it looks like CP1252, "
            "with “é” here.",
            SAVE,
        )
    ]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_the_column_of_a_wrong_byte_counts_characters(end: bytes) -> None:
    [(line, _)] = said(b"\xef\xbb\xbfone" + end + "né ".encode() + b"\x93no\x94")
    assert line.startswith("x.md:2:4: error file-encoding ")


def test_bytes_that_are_no_known_encoding_are_not_guessed() -> None:
    # 0x81 means nothing in CP1252.
    assert said(b"a\xc3\x81\x81") == [
        ("x.md:1:3: error file-encoding This file is not UTF-8 text.", SAVE)
    ]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_recognised_by_its_mark(encoding: str) -> None:
    [(line, hint)] = said("\ufeffTitle".encode(encoding))
    assert "looks like UTF-16" in line
    assert hint == SAVE


@pytest.mark.parametrize(
    ("character", "number"),
    [("\x0b", "U+000B"), ("\x7f", "U+007F"), ("\x85", "U+0085"), ("\ufeff", "U+FEFF")],
)
def test_each_invisible_character_is_shown(character: str, number: str) -> None:
    assert [line for line, _ in said(f"one\ntwo{character} {character}".encode())] == [
        f"x.md:2:{column}: error character-invisible There is an invisible character here "
        f"({number})."
        for column in (4, 6)
    ]


def test_first_invisible_characters_are_listed_and_rest_counted() -> None:
    lines = [line for line, _ in said(b"ab\n" + b"a\x0b" * 500_000 + b"\n\x0c")]
    assert [line.partition(": ")[0] for line in lines] == [f"x.md:2:{n}" for n in (2, 4, 6, 8, 10)]
    assert lines[-2].endswith("(U+000B).")
    assert lines[-1].endswith("(U+000B; this file has 499996 more).")


def test_as_many_as_are_shown_are_not_counted() -> None:
    lines = [line for line, _ in said(b"a\x0b" * LISTED)]
    assert len(lines) == LISTED
    assert all(line.endswith("(U+000B).") for line in lines)


def test_letters_of_any_script_are_text() -> None:
    text = "Zażółć\t“gęślą” – جاء 子供 👩🏽‍🏫 e\u0301\u00a0!\n"
    assert decode(text.encode(), "x.md") == (text, ())


@given(st.text(alphabet=st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"])))
def test_line_ends_and_the_mark_make_no_difference(words: str) -> None:
    text = f"{words}\n{words}\n"
    raw = text.encode()
    assert decode(raw, "x.md") == (text, ())
    for end in (b"\r\n", b"\r"):
        assert decode(b"\xef\xbb\xbf" + raw.replace(b"\n", end), "x.md") == (text, ())


@given(st.binary())
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    text, found = decode(raw, "x.md")
    assert (text is None) == bool(found)


def test_a_drawing_in_cp1252_has_a_place_and_a_guess() -> None:
    [found] = text.not_utf_8(b'<?xml version="1.0"?>\n<svg><title>\xe9</title></svg>', "a.svg")
    assert str(found.position) == "a.svg:2:13"
    assert found.message == "This file is not UTF-8 text; it looks like CP1252, with “é” here."
    assert text.not_utf_8("\ufeff<svg>é</svg>".encode(), "a.svg") == ()
