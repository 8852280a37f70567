"""Documents of nobody's making, as an importer gives them: short, and full of what is markup."""

import base64
from collections.abc import Iterator

from hypothesis import strategies as st

from builder.importing.document.form import (
    Block,
    Box,
    Cell,
    Image,
    Inline,
    Item,
    List,
    Option,
    Paragraph,
    Place,
    Question,
    Table,
    Text,
)

PLACE = Place("body", 1)
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5E"
    "rkJggg=="
)
"""A picture of one pixel."""
TEMPTING = (
    *("{{ a }}", "{{a", ":::", "::: callout", "<b>", "<br>", "<!--", "[a](b)", "![a](b)", "[^1]"),
    *("[^1]: a", "# a", "#a", "> a", "- a", "1. a", "1) a", "+ a", "* a", "*a*", "**a**", "_a_"),
    *("__a__", "~a~", "~~a~~", "^a^", "`a`", "```", "~~~", "---", "===", "***", "| a |", "a|b"),
    *(": a", "&amp;", "&#35;", "\\", "\\*", "https://a.b", "a@b.c", "{#id}", "{width=5%}", "a  b"),
    *("[a]: b", "[ ] a", "[!NOTE]", "✎", "javascript:a", "«a»", "a\u00a0b", "\u200fא", "e\u0301"),
    *("5 * 3 * 2", "a_b_c", "*", "_", "____", "~5", "2^8", "\t", "C#", "#", "(a)", "“a”", "a."),
)
"""What would be markup on a page."""

words = st.one_of(
    st.sampled_from(TEMPTING),
    st.text("ab #*_-.:|<>[](){}`~^\\&!=+1é\n\t\u00a0", min_size=1, max_size=6),
    st.sampled_from(("word", "Two words", " and ", "so", "ends.", " (in)", ", ")),
)
marks = st.frozensets(
    st.sampled_from(
        ("strong", "emphasis", "underline", "highlight", "colour", "strike", "sub", "super", "code")
    ),
    max_size=2,
)


def text(marked: bool = True) -> st.SearchStrategy[Text]:
    """Words, ``marked`` in some way or not."""
    return st.builds(Text, words, marks if marked else st.just(frozenset()))


def line(marked: bool = True) -> st.SearchStrategy[tuple[Inline, ...]]:
    """A line with something in it."""
    return st.lists(text(marked), min_size=1, max_size=4).map(tuple)


def paragraph(**fields: object) -> st.SearchStrategy[Paragraph]:
    """A paragraph, its other fields as given."""
    return line().map(lambda inlines: Paragraph(inlines, PLACE, **fields))  # type: ignore[arg-type]


def listing(blocks: st.SearchStrategy[Block]) -> st.SearchStrategy[List]:
    """A list of such blocks."""
    item = st.lists(blocks, min_size=1, max_size=2).map(lambda inside: Item("•", tuple(inside)))
    items = st.lists(item, min_size=1, max_size=3).map(tuple)
    return st.builds(List, st.booleans(), st.integers(1, 3), items, st.just(PLACE))


def table(blocks: st.SearchStrategy[Block]) -> st.SearchStrategy[Table]:
    """A table of two columns."""
    cell = st.lists(blocks, min_size=1, max_size=2).map(lambda inside: Cell(tuple(inside)))
    rows = st.lists(st.tuples(cell, cell), min_size=1, max_size=3).map(tuple)
    return st.builds(Table, rows, st.integers(0, 1), st.just(PLACE))


block: st.SearchStrategy[Block] = st.recursive(
    st.one_of(paragraph(), paragraph(style="quote")),
    lambda inner: st.one_of(
        listing(inner),
        table(inner),
        st.lists(inner, min_size=1, max_size=2).map(lambda inside: Box(tuple(inside), PLACE)),
    ),
    max_leaves=4,
)
headings = st.one_of(paragraph(level=2), paragraph(level=3))
pages = st.lists(st.one_of(block, headings), min_size=1, max_size=5).map(tuple)
"""What may stand below the heading of a page."""


def question(prompt: str, *options: str, right: str = "") -> Question:
    """A choice between options, of which one may be right."""
    return Question(
        "choice",
        (said(prompt),),
        PLACE,
        options=tuple(Option("", (Text(one),), one == right) for one in options),
    )


def said(words: str, *inlines: Inline, **fields: object) -> Paragraph:
    """A paragraph that says something."""
    return Paragraph((Text(words), *inlines), PLACE, **fields)  # type: ignore[arg-type]


def picture(alternative: str | None = None) -> Image:
    """A picture, with or without words."""
    return Image(PNG, "png", alternative, PLACE)


def words_in(blocks: tuple[Block, ...]) -> Iterator[str]:
    """The words of blocks, as a reader of the document meets them."""
    for one in blocks:
        if isinstance(one, Paragraph):
            yield from "".join(
                inline.words for inline in one.inlines if isinstance(inline, Text)
            ).split()
        elif isinstance(one, List):
            for item in one.items:
                yield from words_in(item.blocks)
        elif isinstance(one, Table):
            for row in one.rows:
                for cell in row:
                    yield from words_in(cell.blocks)
        elif isinstance(one, Box):
            yield from words_in(one.blocks)
