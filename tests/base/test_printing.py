"""Control characters are printed escaped, and nothing else is changed."""

from __future__ import annotations

import unicodedata

import pytest

from builder.base.printing import escape_controls, printable

EVERY = [*map(chr, range(0x10000)), *map(chr, range(0xE0000, 0xE0080)), "\U0001f600"]
OBEYED = {
    one
    for one in EVERY
    if unicodedata.category(one) in ("Cc", "Cs", "Zl", "Zp")
    or unicodedata.bidirectional(one) in ("LRE", "RLE", "PDF", "LRO", "RLO")
    or one in "\u061c\u200e\u200f\u2066\u2067\u2068\u2069\ufeff\ufff9\ufffa\ufffb"
    or (one >= "\U000e0000" and one <= "\U000e007f")
}


def test_control_characters_are_escaped_and_all_others_unchanged() -> None:
    assert {one for one in EVERY if escape_controls(one) != one} == OBEYED
    assert all(escape_controls(one) == ascii(one)[1:-1] for one in OBEYED)


def test_printable_text_keeps_only_line_ends_and_styles() -> None:
    assert {one for one in EVERY if printable(f"a{one}b") != f"a{one}b"} == OBEYED - {"\n"}
    styled = "\x1b[31mNo\x1b[0m\n“Yes”\n"
    assert printable(styled) == styled


@pytest.mark.parametrize(
    ("text", "output"),
    [
        ("\x1b[2J", "\\x1b[2J"),
        ("\x1b[3\x1b[0m1m\n", "\\x1b[3\x1b[0m1m\n"),
        ("a\u00a0b", "a\u00a0b"),
        ("a\rb\x1b[31m", "a\\rb\x1b[31m"),
    ],
)
def test_a_sequence_that_is_no_style_is_spelt(text: str, output: str) -> None:
    assert printable(text) == output
