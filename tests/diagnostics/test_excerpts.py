"""Excerpts of source around a position, with aligned columns for any characters."""

import pytest

from builder.diagnostics.diagnostic import Position
from builder.diagnostics.excerpts import excerpt


def lines(text: str, line: int, column: int, **limits: int) -> list[str]:
    return list(excerpt(text, Position("a.md", line, column), **limits))


def test_a_place_is_shown_with_its_neighbours_and_a_caret() -> None:
    text = "\ufeffone\r\ntwo words\r\nthree\r\nfour"
    assert lines(text, 2, 5) == ["1 | one", "2 | two words", "  |     ^", "3 | three"]
    assert lines(text, 1, 1) == ["1 | one", "  | ^", "2 | two words"]
    assert lines(text, 2, 5, around=0) == ["2 | two words", "  |     ^"]
    assert lines(text, 4, 9) == ["3 | three", "4 | four", "  |     ^"]


def test_excerpt_drops_empty_lines_and_aligns_numbers() -> None:
    text = "\n" * 8 + "nine\nten\n\nlast"
    assert lines(text, 10, 1) == [" 9 | nine", "10 | ten", "   | ^"]


def test_excerpt_has_caret_only_for_a_column() -> None:
    assert lines("one\ntwo", 1, 0) == ["1 | one", "2 | two"]
    assert lines("one", 0, 0) == []
    assert lines("one", 2, 1) == []


@pytest.mark.parametrize(
    ("line", "column", "shown", "caret"),
    [
        ("\ta: *b", 5, "    a: *b", 7),
        ("ab\tc", 4, "ab  c", 4),
        ("日本語 cat", 5, "日本語 cat", 7),
        ("e\u0301te\u0301", 4, "e\u0301te\u0301", 2),
        ("\x1b[31mred", 2, r"\x1b[31mred", 4),
        ("a\u202eb", 3, r"a\u202eb", 7),
        ("👍 yes", 3, "👍 yes", 3),
    ],
)
def test_the_caret_stands_below_what_is_meant(
    line: str, column: int, shown: str, caret: int
) -> None:
    assert lines(line, 1, column) == [f"1 | {shown}", f"  | {'':>{caret}}^"]


def test_excerpt_of_right_to_left_line_has_no_caret() -> None:
    assert lines("اسأل {{ x }}", 1, 6) == ["1 | اسأل {{ x }}"]


def test_excerpt_of_long_line_shows_text_around_column() -> None:
    line = "a" * 100 + "!" + "b" * 100
    shown, caret = lines(line, 1, 101, width=40)
    assert shown == "1 | …" + "a" * 32 + "!" + "b" * 5 + "…"
    assert caret.index("^") == shown.index("!")
    assert lines(line, 1, 3, width=40) == ["1 | " + "a" * 39 + "…", "  |   ^"]
    wide = "字" * 100
    shown, caret = lines(wide, 1, 60, width=20)
    assert len(shown) == 4 + 1 + 9 + 1
    neighbours = lines("x\n" + line + "\ny", 2, 101, width=40)
    assert (neighbours[0], neighbours[3]) == ("1 | x", "3 | y")


def test_excerpt_of_huge_line_stays_short() -> None:
    [shown, caret] = lines("a" * 4_000_000, 1, 3_999_999)
    assert len(shown) < 100
    assert caret.endswith("^")
