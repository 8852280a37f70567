"""The pseudo-language: longer, accented, in brackets, with placeholders as they were."""

import re

import pytest

from builder.course import interface
from builder.course.pseudo import PLACEHOLDER, pseudo


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Close", "[Çļööšéé~]"),
        ("Print record", "[Þŕîîñţ ŕééçööŕđ~~~~]"),
        ("Page {n} of {of}", "[Þååĝéé {n} ööƒ {of}~~~~~]"),
        ("{score} so far in this course", "[{score} šöö ƒååŕ îîñ ţĥîîš çööûûŕšéé]"),
        *(("{n}", "{n}"), ("1", "1"), (", ", ", "), ("", "")),
    ],
)
def test_texts_grow_but_placeholders_stay(text: str, expected: str) -> None:
    assert pseudo(text) == expected


def test_the_caller_says_what_stays() -> None:
    kept = re.compile(r"\]\([^)]*\)|\{\{[^}]*\}\}")
    text = "Ask [the manager](people.md) or call {{phone.duty}} today"
    assert pseudo(text, kept) == (
        "[Ååšķ [ţĥéé mååñååĝééŕ](people.md) ööŕ çååļļ {{phone.duty}} ţööđååý]"
    )


def test_every_text_of_the_interface_has_a_form_in_it() -> None:
    english, other = interface.texts("en"), interface.texts("en-XA")
    assert english.keys() == other.keys()
    for key, text in english.items():
        assert PLACEHOLDER.findall(other[key]) == PLACEHOLDER.findall(text)
        lettered = re.search("[a-zA-Z]", PLACEHOLDER.sub("", text))
        assert (len(other[key]) > len(text) + 2) == bool(lettered)
