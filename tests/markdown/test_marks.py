from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.course import markdown
from builder.course.markdown import Prose


def shown(text: str) -> list[tuple[str, str, str]]:
    return [(one.kind, one.role, text[one.start : one.end]) for one in markdown.marks(text)]


def both(kind: str, opening: str, closing: str) -> list[tuple[str, str, str]]:
    return [(kind, "open", opening), (kind, "close", closing)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plain, with an_underscore and 2 * 3 * 4", []),
        ("*a*", both("em", "*", "*")),
        ("__a__", both("strong", "__", "__")),
        ("~~a~~", both("s", "~~", "~~")),
        ("H~2~O", both("sub", "~", "~")),
        ("m^2^", both("sup", "^", "^")),
        ("[a](b.md 'c')", both("link", "[", "](b.md 'c')")),
        ("[a][b]", both("link", "[", "][b]")),
        ("![a](b.png){width=50%}", both("image", "![", "](b.png){width=50%}")),
        ("`a *b*`", [("code_inline", "single", "`a *b*`")]),
        ("{{ a.b }}", [("variable", "single", "{{ a.b }}")]),
        ("a[^b]", [("note_met", "single", "[^b]")]),
        ("at https://a.org/b.", [("address", "single", "https://a.org/b")]),
        ("<https://a.org>", [("address", "single", "<https://a.org>")]),
        ("a<br>b", [("hardbreak", "single", "<br>")]),
        ("a  \nb", [("hardbreak", "single", "  \n")]),
        (r"a \* b &amp; c", [("escape", "text", r"\*"), ("entity", "text", "&amp;")]),
    ],
)
def test_each_kind_of_markup(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert shown(text) == expected


def test_markup_within_markup() -> None:
    assert shown("***a*** [**b**](c) ![*d*](e)") == [
        *[("em", "open", "*"), ("strong", "open", "**")],
        *[("strong", "close", "**"), ("em", "close", "*")],
        *[("link", "open", "["), ("strong", "open", "**")],
        *[("strong", "close", "**"), ("link", "close", "](c)")],
        *[("image", "open", "!["), ("em", "open", "*")],
        *[("em", "close", "*"), ("image", "close", "](e)")],
    ]


def test_an_escape_knows_its_character() -> None:
    assert [one.content for one in markdown.marks(r"\* &amp; \a")] == ["*", "&", r"\a"]


PIECES = st.sampled_from(
    [
        *("*", "**", "***", "_", "__", "~", "~~", "^", "`", "``", "[", "](a)", "](a){width=5%}"),
        *("![", "]", "(", ")", "{{", "}}", "{{ a }}", "\\", "\\*", "&amp;", "<br>", "https://a.b"),
        *("a", "b c", " ", " ", "é", ".", "  \n", "\\\n", "<http://a>", "[^a]", "{", "}"),
    ]
)
KINDS = {
    **{"em": "em", "strong": "strong", "s": "s", "sub": "sub", "sup": "sup"},
    **{"code_inline": "code_inline", "variable": "variable", "hardbreak": "hardbreak"},
}


def parsed(prose: Prose) -> list[str]:
    """The kinds of markup that the parser finds, apart from links, images and notes, which depend
    on definitions."""
    children = prose.tokens[0].children or ()
    kinds = (child.type.removesuffix("_open") for child in children)
    return sorted(KINDS[kind] for kind in kinds if kind in KINDS)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_the_marks_are_those_of_the_parser(text: str) -> None:
    marks = markdown.marks(text)
    places = [(one.start, one.end) for one in marks]
    assert all(start < end for start, end in places)
    assert all(one[1] <= other[0] for one, other in pairwise(places))
    opened: list[str] = []
    for one in marks:
        if one.role == "open":
            opened.append(one.kind)
        elif one.role == "close":
            assert opened.pop() == one.kind
    assert not opened
    if not {"[", "]"} & {*text}:
        found = [one.kind for one in marks if one.role in ("open", "single")]
        assert sorted(kind for kind in found if kind in KINDS) == parsed(markdown.inline(text))
