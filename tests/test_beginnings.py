"""Asking only the rules that may apply gives the tokens that asking all of them gives."""

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from builder import markdown
from builder.markdown import Document
from builder.markdown.beginnings import FIRST_LINE, add_beginnings
from builder.markdown.notes import NOTES
from builder.markdown.reader import Reader

ALL = markdown.with_every_rule()
FEW = markdown.with_every_rule()
add_beginnings(FEW)

INDENTS = st.sampled_from(["", "", "", "  ", "   ", "    ", "\t", "      ", "\u00a0", "\u2003"])
MARKS = st.sampled_from(
    ["", "", "- ", "- ", "* ", "+ ", "-  ", "-\t", "1. ", "> ", ": ", ":   ", "[^a]: ", "- - "]
)
WORDS = st.sampled_from(
    [
        *(
            "words",
            "more words ",
            "a | b",
            "a *b* c",
            "é",
            "[a](b.md)",
            "a `b` c",
            "https://a.b",
            "",
        ),
        *(
            "---",
            "===",
            "|-|-|",
            ":-:|-",
            "- -",
            "***",
            "# head",
            "#head",
            "```",
            "~~~",
            "::: note",
        ),
        *(":::", "::: check q", "<div>", "1) one", "[a]: b", "{{ x }}", "a\\", "a  ", "&amp;", "1"),
    ]
)
LINES = st.builds(lambda indent, *rest: indent + "".join(rest), INDENTS, MARKS, WORDS)
TEXTS = st.lists(st.one_of(LINES, LINES, LINES, st.just(""), st.just("- item")), max_size=12)


def read(parser: MarkdownIt, text: str) -> Document:
    tokens = parser.parse(text, {FIRST_LINE: 7, NOTES: {}})
    return Reader(text.split("\n"), 7).document(tokens)


@settings(max_examples=400)
@given(TEXTS)
def test_a_look_at_the_beginning_of_a_line_changes_nothing(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert read(FEW, text) == read(ALL, text)


def test_a_definition_below_an_empty_line_may_have_a_no_break_space_in_front() -> None:
    text = "Term\n\n\u00a0: what it means"
    assert read(FEW, text) == read(ALL, text)


@given(st.lists(st.tuples(INDENTS, st.sampled_from("-*+")), min_size=2, max_size=60))
def test_however_deep_lists_stand_in_each_other(items: list[tuple[str, str]]) -> None:
    text = "\n".join(f"{'  ' * depth}{mark} item" for depth, (_, mark) in enumerate(items))
    assert read(FEW, text) == read(ALL, text)
