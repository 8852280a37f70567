import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.course import markdown
from builder.translating.markup import (
    Node,
    Pair,
    Single,
    Words,
    means_the_same,
    parse,
    write,
)


def test_a_text_becomes_a_tree() -> None:
    text = r"Ask **the [lead](lead.md)**, or {{ name }}: 2 \* 3 is ____."
    assert parse(text, True) == (
        Words("Ask "),
        Pair(
            "strong", "**", "**", (Words("the "), Pair("link", "[", "](lead.md)", (Words("lead"),)))
        ),
        Words(", or "),
        Single("variable", "{{ name }}"),
        Words(": 2 * 3 is "),
        Single("gap", "____"),
        Words("."),
    )


def test_plain_text_keeps_variables_gaps_and_tags_of_captions() -> None:
    assert parse("<v Ann>Hello *you*, {{ name }} ___</v>", False) == (
        Single("tag", "<v Ann>"),
        Words("Hello *you*, "),
        Single("variable", "{{ name }}"),
        Words(" "),
        Single("gap", "___"),
        Single("tag", "</v>"),
    )


@pytest.mark.parametrize(
    "words",
    [
        *("[click](https://evil.org)", "**bold**", "`code`", "{{ secret }}", "# Heading", "- item"),
        *(
            "<script>",
            "a\\b",
            "1. one",
            "![x](y.png)",
            "[^1]",
            "https://evil.org",
            "a&amp;b",
            "| a",
        ),
    ],
)
def test_words_of_a_translator_never_become_markup(words: str) -> None:
    written = write((Words(words),), True)
    assert parse(written, True) == (Words(words),)
    document = markdown.parse(written)
    (prose,) = document.blocks
    assert isinstance(prose, markdown.Prose)
    assert [token.type for token in prose.tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert markdown.plain(prose, {}) == words


WORDS = st.text(st.sampled_from("ab .*_[]()!`~^{}<>\\&;#é-1"), min_size=1, max_size=8).map(Words)
SINGLES = st.sampled_from(
    [Single("variable", "{{ a }}"), Single("hardbreak", "<br>"), Single("note_met", "[^c]")]
)


def pairs(inside: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.builds(
        Pair,
        st.just("link"),
        st.just("["),
        st.just("](a.md)"),
        st.lists(inside, min_size=1, max_size=3).map(tuple),
    )


NODES = st.lists(
    WORDS | SINGLES | pairs(WORDS | st.just(Single("variable", "{{ a }}"))), max_size=4
).map(tuple)


@given(NODES)
def test_a_tree_survives_being_written(nodes: tuple[Node, ...]) -> None:
    assert means_the_same(parse(write(nodes, True), True), nodes)
    assert not means_the_same((*nodes, Single("variable", "{{ b }}")), nodes)
