"""The words code: short, steady, and of nothing but the words."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.course.approvals import CODE_PATTERN, changes, code_of, describe_changes, format_code

WORDS = st.lists(st.text("abcdé ́", min_size=1).filter(str.strip), min_size=1, max_size=8)


def test_a_code_is_the_same_in_every_version() -> None:
    """Sheets that were signed have it: it must never change."""
    assert code_of("page", "Every child can be at risk.") == "875R-DQ7G"
    assert code_of("question", "Every child can be at risk.") == "M7T7-9596"


def test_lines_count_but_on_a_page() -> None:
    """The end of one option cannot pass for another one."""
    assert code_of("page", "one\ntwo") == code_of("page", "one two")
    assert code_of("question", "[ ] one\n[x] two") != code_of("question", "[ ] one [x] two")
    assert code_of("question", " one \n\n two  three") == code_of("question", "one\ntwo three")


def test_no_words_have_no_code() -> None:
    assert code_of("value", " \n ") == ""


@given(WORDS)
def test_a_code_can_be_read_off_paper_and_typed(words: list[str]) -> None:
    code = code_of("page", " ".join(words))
    assert re.fullmatch("[2-9CDFGHJKMNPQRTVWXY]{4}-[2-9CDFGHJKMNPQRTVWXY]{4}", code)
    for typed in (code, code.lower(), code.replace("-", ""), code.replace("-", " ")):
        assert re.fullmatch(CODE_PATTERN, typed)
        assert format_code(typed) == code


@given(WORDS, st.sampled_from([" ", "\n", "\u00a0", "  \n\t"]))
def test_lines_spaces_and_how_accents_are_stored_do_not_count(words: list[str], gap: str) -> None:
    text = " ".join(words)
    laid_out = gap.join(unicodedata.normalize("NFD", text).split())
    assert code_of("page", laid_out) == code_of("page", text)


@given(WORDS, st.integers(0), st.sampled_from("xyz"))
def test_another_letter_is_another_code(words: list[str], at: int, letter: str) -> None:
    text = " ".join(" ".join(words).split())
    at %= len(text) + 1
    assert code_of("page", f"{text[:at]}{letter}{text[at:]}") != code_of("page", text)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "The age is 18 years.",
            "The age is 16 years.",
            "“The age is 18 years.” → “The age is 16 years.”",
        ),
        ("Tell the lead.", "Tell the lead at once.", "“Tell the lead.” → “Tell the lead at once.”"),
        ("a b c d e f g", "a b c d e f", "“g” was deleted after “d e f”"),
        ("b c d e", "a b c d e", "“a” was added before “b c d”"),
        ("a\nb", "a b", "the words are the same, but their order or their lines differ"),
        (
            "tracking.pass_mark: 70\nattempts: 0\nkeep: best",
            "pass_mark: 80\nattempts: 0\nkeep: last",
            "pass mark 70 → 80; keep “best” → “last”",
        ),
        ("A title\nowner: Jo\nrights: all", "A title\nowner: Jo", "rights “all” was deleted"),
        (
            "A title\nlocked.done: start",
            "The title\nlocked.done: start\nminutes: 5",
            "“A title” → “The title”; minutes 5 was added",
        ),
        (
            "minutes: 5\nA page\nminutes: 20 of the last meeting",
            "minutes: 5\nA page\nminutes: 30 of the last meeting",
            "“A page minutes: 20 of the last” → “A page minutes: 30 of the last”",
        ),
        (
            "one 1 a b c d e two 1 a b c d e three 1 a b c d",
            "one 2 a b c d e two 2 a b c d e three 2 a b c d",
            "“one 1 a b c” → “one 2 a b c”; “d e two 1 a b c” → “d e two 2 a b c”; and 1 more",
        ),
    ],
)
def test_what_has_changed_is_told_with_the_words_around_it(old: str, new: str, words: str) -> None:
    assert describe_changes(old, new) == words


@given(WORDS, WORDS)
def test_changes_lead_from_one_text_to_the_other(old: list[str], new: list[str]) -> None:
    before, after = " ".join(old), " ".join(new)
    found = changes(before, after)
    assert bool(found) == (before.split() != after.split())
    struck = " ".join(change.struck for change in found).split()
    added = " ".join(change.new for change in found).split()
    kept = before.split()
    for word in struck:
        kept.remove(word)
    assert sorted([*kept, *added]) == sorted(after.split())
