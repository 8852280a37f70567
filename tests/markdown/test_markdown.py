"""Prose and directives: their content, what trainees see, and positions."""

from collections.abc import Mapping
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.course import markdown
from builder.course.markdown import Directive, Fault, Heading, Image, Link, Prose, VariableUse


def link(target: str) -> Mapping[str, str]:
    outside = {"target": "_blank"} if target.startswith("http") else {}
    return {"href": f"to:{target}"} | outside


RESOLVER = markdown.Resolver(
    link=link,
    image=lambda name: {"src": f"img:{name}"},
    variable=lambda name, in_link: f"[{name}]",
    values={"board.name": "The Board", "x": "The X"},
    after_link=" ↗",
    table=lambda columns: f"Table of {columns}",
)


def shown(text: str) -> str:
    document = markdown.parse(text)
    return "".join(
        markdown.html(block, RESOLVER) for block in document.blocks if isinstance(block, Prose)
    )


def only_prose(text: str, first_line: int = 1) -> Prose:
    (block,) = markdown.parse(text, first_line).blocks
    assert isinstance(block, Prose)
    return block


def outline(blocks: tuple[Prose | Directive, ...]) -> list[object]:
    return [
        (block.name, block.argument, outline(block.blocks))
        if isinstance(block, Directive)
        else markdown.plain(block, {})
        for block in blocks
    ]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Plain *and* **strong**", "<p>Plain <em>and</em> <strong>strong</strong></p>\n"),
        ('It\'s 18 –a "quote"...', "<p>It's 18 –a &quot;quote&quot;...</p>\n"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("## Who can help {#help}", '<h2 id="h-help">Who can help</h2>\n'),
        ("## Who? Me!", '<h2 id="h-who-me">Who? Me!</h2>\n'),
        ("[a](b.md)", '<p><a href="to:b.md">a</a></p>\n'),
        ("[a](http://b)", '<p><a href="to:http://b" target="_blank">a ↗</a></p>\n'),
        ("![A *map*](m.png)", '<p><img src="img:m.png" alt="A map"></p>\n'),
        ("Ask {{ lead }} now", "<p>Ask [lead] now</p>\n"),
        ("`{{ lead }}`", "<p><code>{{ lead }}</code></p>\n"),
        ("[x](javascript:alert)", "<p>[x](javascript:alert)</p>\n"),
        ("Fern\n: A plant\n", "<dl>\n<dt>Fern</dt>\n<dd>A plant</dd>\n</dl>\n"),
    ],
)
def test_prose_as_shown(text: str, html: str) -> None:
    assert shown(text) == html


def test_pages_share_tokens_of_identical_markdown() -> None:
    one, other = (only_prose(f"- {words}\n- more").tokens for words in ("this", "that"))
    own = [
        (mine.type, mine.content)
        for mine, theirs in zip(one, other, strict=True)
        if mine is not theirs
    ]
    assert own == [("inline", "this"), ("inline", "more")]
    assert [token.meta["line"] for token in one if token.type == "list_item_open"] == [1, 2]


def test_showing_another_page_changes_no_shared_text() -> None:
    text = (
        "# A\n\n- *one*\n\n  [two](b.md) {{ x }}\n\n| a |\n| - |\n| b |\n\nTerm\n: what it is\n\n#"
    )
    before = shown(text)
    shown(text.replace("one", "ONE"))
    assert shown(text) == before


def test_two_headings_with_the_same_words_have_their_own_ids() -> None:
    document = markdown.parse("## Help\n\n::: callout\n## Help\n:::\n\n## Other {#help-2}\n")
    ids = [
        heading.id
        for block in document.walk()
        if isinstance(block, Prose)
        for heading in block.headings
    ]
    assert ids == ["help", "help-2", "help-2-2"]


def test_everything_checked_later_knows_its_place_in_the_file() -> None:
    prose = only_prose(
        "## Help {#help}\n\n- see [the list](a.md) and\n  [a](b.md)\n"
        "- ![Map](media/m.png) {{ x }}\n",
        first_line=7,
    )
    assert prose.headings == (Heading(2, "Help", "help", 7, "help"),)
    assert prose.links == (Link("a.md", "the list", 9, 18), Link("b.md", "a", 10, 7))
    assert prose.images == (Image("media/m.png", "Map", 11, 3),)
    assert prose.variables == (VariableUse("x", 11, 23),)


def test_blocks_nest_and_a_check_needs_no_end() -> None:
    text = (
        "Before\n\n:::: callout Take care\nInside\n\n::: callout Inner\nDeep\n:::\n::::\n"
        "::: check one\nBetween\n\n::: check two\n:::\nAfter\n"
    )
    document = markdown.parse(text)
    assert document.faults == ()
    assert outline(document.blocks) == [
        "Before",
        ("callout", "Take care", ["Inside", ("callout", "Inner", ["Deep"])]),
        ("check", "one", []),
        "Between",
        ("check", "two", []),
        "After",
    ]


_UNCLOSED = {
    "name": "callout",
    "problem": "never closed",
    "fix": "Add a line ::: after its last line",
}
_STRAY = {
    "fence": ":::",
    "fix": "Delete the line, or write the block's name after the colons.",
}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            "a\n\n::: callout T\nb\n",
            Fault("directive-unclosed", 3, 1, _UNCLOSED),
        ),
        (
            ":::: callout T\n:::\n::::\n",
            Fault("directive-stray", 2, 1, _STRAY),
        ),
        ("a\n:::\n", Fault("directive-stray", 2, 1, _STRAY)),
        (
            ":: callout T\nb\n:::\n",
            Fault(
                "directive-stray",
                3,
                1,
                {
                    "fence": ":::",
                    "fix": "Line 1 has too few colons: write “::: callout T” there.",
                },
            ),
        ),
        (
            "::: callout T\nb\n\n::: steps\n1. c\n:::\n",
            Fault(
                "directive-unclosed",
                1,
                1,
                {
                    "name": "callout",
                    "problem": "not closed before “::: steps” begins in line 4",
                    "fix": "Add a line ::: above line 4",
                },
            ),
        ),
        (
            "- ::: callout A\n\noutside\n\nEnd",
            Fault("directive-unclosed", 1, 3, _UNCLOSED),
        ),
        (
            "\n".join("  " * level + "- x" for level in range(60)),
            Fault("nesting-too-deep", 49, 1, {}),
        ),
    ],
)
def test_faults(text: str, fault: Fault) -> None:
    assert markdown.parse(text).faults == (fault,)


def test_deep_lists_and_blocks_in_lists_lose_nothing() -> None:
    deep = "\n".join("  " * level + f"- x{level}" for level in range(12)) + "\n\nLast words"
    assert "<p>Last words</p>" in shown(deep)
    assert "x11" in shown(deep)
    document = markdown.parse("- ::: callout A\n\noutside words\n\nEnd")
    words = [markdown.plain(block, {}) for block in document.walk() if isinstance(block, Prose)]
    assert "outside words\nEnd" in words


def test_a_fence_in_code_closes_no_block() -> None:
    document = markdown.parse("::: callout A\n```\n:::\n```\nInside\n:::\n\nAfter\n")
    assert document.faults == ()
    assert outline(document.blocks) == [("callout", "A", ["Inside"]), "After"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Call {{ lead } now", "{{ lead }"),
        ("Call {{lead. Then go", "{{lead. Then go"),
        ("Call { lead }} now", "{ lead }}"),
        ("[Rules]({{ lead }})", "[Rules]("),
        ("![Door](media/my door.png)", "![Door]("),
    ],
)
def test_malformed_variable_or_link_is_a_fault(text: str, found: str) -> None:
    assert [fault.words for fault in only_prose(text).faults] == [{"text": found}]


@pytest.mark.parametrize("text", ['JSON {"a":{"b":1}} ok', "`{{ x }`", "a [b] (c)", "{{ lead }}"])
def test_what_is_meant_is_no_fault(text: str) -> None:
    assert only_prose(text).faults == ()


def test_variable_in_image_description_is_filled_in() -> None:
    prose = only_prose("![Map of {{ board.name }} now](m.png)")
    assert prose.images == (Image("m.png", "Map of board.name now", 1, 1),)
    assert prose.variables == (VariableUse("board.name", 1, 10),)
    assert 'alt="Map of The Board now"' in markdown.html(prose, RESOLVER)


def test_variable_after_code_is_found() -> None:
    prose = only_prose("`{{ a }}` leader {{ lead }}")
    assert prose.variables == (VariableUse("lead", 1, 18),)


def test_html_is_a_fault_of_its_prose() -> None:
    fault = Fault("html-ignored", 3, 10, {"text": "<hr>"})
    assert only_prose("\n\nThis <i> <hr> that").faults[1:] == (fault,)
    assert markdown.inline("one <hr> two", 3, 6).faults == (fault,)
    assert only_prose(r"A \<b> that is meant, and &lt;i> and \{\{ x \}\}").faults == ()


def test_an_address_with_other_letters_is_found_too() -> None:
    prose = only_prose("See ![Size](media/größe.png)")
    assert prose.images == (Image("media/gr%C3%B6%C3%9Fe.png", "Size", 1, 5),)


def test_text_is_distinguished_from_similar_code() -> None:
    assert only_prose(r"`{{a` and \{\{a, `<b>` and \<b>").faults == ()


def test_superscript_works_without_other_markup() -> None:
    assert markdown.html(markdown.inline("m^2^"), RESOLVER) == "m<sup>2</sup>"


def test_letters_are_low_high_and_on_a_new_line() -> None:
    assert shown("H~2~O, x^a+b^") == "<p>H<sub>2</sub>O, x<sup>a+b</sup></p>\n"
    assert shown("| a |\n| - |\n| one<br>two |").count("one<br />\ntwo") == 1
    # As people write about and powers.
    assert shown("~5 and ~6, 2^8 and 2^9, ~~out~~") == (
        "<p>~5 and ~6, 2^8 and 2^9, <del>out</del></p>\n"
    )


def test_undescribed_image_gets_placeholder_description() -> None:
    prose = only_prose('![](media/map.png "undescribed")')
    assert prose.images == (Image("media/map.png", "", 1, 1, undescribed=True),)
    assert 'alt="page.undescribed"' in markdown.html(prose, RESOLVER)


def test_bold_words_can_head_the_rows_of_a_table_alone() -> None:
    text = "|  |  |\n| - | - |\n| **Name** | Ann |\n| **Role** | Lead |"
    assert only_prose(text).faults == ()
    assert "<thead>" not in shown(text)
    assert shown(text).count('<th scope="row">') == 2
    assert [fault.code for fault in only_prose(text.replace("**", "")).faults] == ["table-header"]


DEFINITIONS = """Fern
: Likes *shade*
  and water.
Cactus
Succulent

: Likes sun.

  - And sand.
: Has thorns.

After."""


def test_terms_may_share_definitions_and_a_definition_may_go_on() -> None:
    assert shown(DEFINITIONS) == (
        "<dl>\n<dt>Fern</dt>\n<dd>Likes <em>shade</em>\nand water.</dd>\n"
        "<dt>Cactus</dt>\n<dt>Succulent</dt>\n"
        "<dd>\n<p>Likes sun.</p>\n<ul>\n<li>And sand.</li>\n</ul>\n</dd>\n"
        "<dd>Has thorns.</dd>\n</dl>\n<p>After.</p>\n"
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**Note**: words", "<p><strong>Note</strong>: words</p>\n"),
        ("a\n:b", "<p>a\n:b</p>\n"),
        ("> T\n> : d", "<blockquote>\n<dl>\n<dt>T</dt>\n<dd>d</dd>\n</dl>\n</blockquote>\n"),
        ("T\n: d\n\n## H", '<dl>\n<dt>T</dt>\n<dd>d</dd>\n</dl>\n<h2 id="h-h">H</h2>\n'),
        ("T\n: d\nrest", "<dl>\n<dt>T</dt>\n<dd>d</dd>\n</dl>\n<p>rest</p>\n"),
        ("T\n: d\n\n    code", "<dl>\n<dt>T</dt>\n<dd>\n<p>d</p>\n<p>code</p>\n</dd>\n</dl>\n"),
    ],
)
def test_definition_syntax_is_recognised_exactly(text: str, html: str) -> None:
    assert shown(text) == html


def test_block_ends_a_definition_and_may_contain_one() -> None:
    document = markdown.parse("T\n: d\n::: callout A\nU\n: e\n:::\nrest")
    assert document.faults == ()
    assert outline(document.blocks) == ["T\nd", ("callout", "A", ["U\ne"]), "rest"]


def table(head: str, *rows: str) -> str:
    """The HTML of a table's lines."""
    made = shown("\n".join([head, "|---|--:|", *rows]))
    return made[made.index("<thead>") : made.index("</table>")].replace("\n", "")


def test_the_first_line_of_a_table_heads_its_columns() -> None:
    assert table("| Plant | Water |", "| Fern | 2 |") == (
        '<thead><tr><th scope="col">Plant</th><th class="end" scope="col">Water</th></tr></thead>'
        '<tbody><tr><td>Fern</td><td class="end">2</td></tr></tbody>'
    )


def test_a_first_column_that_is_bold_throughout_heads_the_rows() -> None:
    assert table("| | Water |", "| **Fern** | 2 |", "| **A *cactus*** | 1 |") == (
        '<thead><tr><td></td><th class="end" scope="col">Water</th></tr></thead>'
        '<tbody><tr><th scope="row">Fern</th><td class="end">2</td></tr>'
        '<tr><th scope="row">A <em>cactus</em></th><td class="end">1</td></tr></tbody>'
    )
    for other in ("Cactus", "**One** and **two**", ""):
        made = table("| Plant | Water |", "| **Fern** | 2 |", f"| {other} | 1 |")
        assert 'scope="row"' not in made
        assert "<strong>Fern</strong>" in made


def test_scrolling_table_is_focusable_and_named() -> None:
    assert shown('| "A" {{ x }} | B |\n|--|--|\n| 1 | 2 |').startswith(
        '<section class="table-scroll" aria-label="Table of &quot;A&quot; The X, B"'
        ' tabindex="0"><table>\n'
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("| A | |\n|---|---|\n| **x** | 2 |", Fault("table-header", 3, 1, {})),
        ("| | B |\n|---|---|\n| x | 2 |", Fault("table-header", 3, 1, {})),
        (
            "> a | b\n> --|--\n> 1 | 2\n> | x | y | z |",
            Fault("table-cells", 6, 1, {"cells": "3", "columns": "2 columns"}),
        ),
        (": d", Fault("definition-stray", 3, 1, {})),
        ("- x\n: y", Fault("definition-stray", 4, 1, {})),
        ("x\n| A | B |\n| **1** | 2 |\n| 3 | 4 |", Fault("table-syntax", 4, 1, {})),
        ("| A | B |\n| --- |\n| 1 | 2 |", Fault("table-syntax", 3, 1, {})),
        ("> ##Who *helps*", Fault("heading-syntax", 3, 3, {"text": "##Who", "mended": "## Who"})),
        ("x\n•\tone\n• two", Fault("list-syntax", 4, 1, {"text": "•", "mended": "- one"})),
        ("\uf0b7\tone", Fault("list-syntax", 3, 1, {"text": "\uf0b7", "mended": "- one"})),
        ("> o\tone", Fault("list-syntax", 3, 3, {"text": "o", "mended": "- one"})),
    ],
)
def test_faults_of_tables_headings_and_definitions(text: str, fault: Fault) -> None:
    assert only_prose(text, 3).faults == (fault,)


@pytest.mark.parametrize(
    "text",
    [
        *("#1 of all", "## ##", "`##x`", "x ##y", "a | b", "x\n\\| y", "\\##x"),
        *("·5 of all", "• ", "&bull; one", "`• one`", "o one", "x • y"),
    ],
)
def test_literal_special_characters_are_no_fault(text: str) -> None:
    assert only_prose(text).faults == ()


@pytest.mark.parametrize(
    "text",
    [
        "– Bonjour, dit-elle.\n\n– Vous partez ?\n\n– Oui…",
        "– Gdzie byłaś? –\nzapytał.\n\n– W domu.",
        "— Bonjour\n\n— Bonsoir",
        "– Bonjour.\\\n– Bonsoir !  \n– Vous\npartez ?\\\n– Oui.",
        "– Gloves\n\n– “Gloves” are in the box.",
    ],
)
def test_what_people_say_after_dashes_is_no_list(text: str) -> None:
    assert only_prose(text).faults == ()


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("– Gloves\n\n– Goggles\n\n– Boots", "- Gloves"),
        ("– Gloves,\nof leather;\n\n– Boots", "- Gloves,"),
        ("– Gloves\n– Boots", "- Gloves"),
        ("– Gloves\\\n– Boots.", "- Gloves"),
        ("— Wear gloves.\n— Wear boots.", "- Wear gloves."),
        ("– Wear boots.\n- Wear gloves.", "- Wear boots."),
    ],
)
def test_entries_after_dashes_are_reported_once(text: str, mended: str) -> None:
    fault = Fault("list-syntax", 3, 1, {"text": text[0], "mended": mended})
    assert only_prose(text, 3).faults == (fault,)


def test_an_escaped_line_between_table_cells_causes_no_fault() -> None:
    assert only_prose("a | b\n--|--\n1 \\| 2 | 3\n1 | |\n| | 2").faults == ()


def test_a_row_with_fewer_cells_than_columns_is_reported() -> None:
    faults = only_prose("a | b | c\n--|--|--\n1 | 2\n1 |\nBelow the table").faults
    assert [(fault.line, fault.words["cells"], fault.words["fix"]) for fault in faults] == [
        (3, "2 cells", "Add the missing cell. An empty cell is a space between two |."),
        (4, "1 cell", "Add the missing cells. An empty cell is a space between two |."),
        (5, "1 cell", "If this line is not part of the table, leave an empty line above it."),
    ]


@given(st.lists(st.sampled_from(["T", ": d", "", "  more", "- i", "> q", "::: callout C", ":::"])))
def test_any_arrangement_of_definitions_keeps_every_word(lines: list[str]) -> None:
    document = markdown.parse("\n".join(lines))
    words = " ".join(
        markdown.plain(block, {}) for block in document.walk() if isinstance(block, Prose)
    )
    for word in ("T", "d", "more", "i", "q"):
        kept = [line for line in lines if line.split()[-1:] == [word]]
        assert words.split().count(word) == len(kept)


def test_an_unknown_block_is_kept_for_the_validator_to_name() -> None:
    (block,) = markdown.parse("::: warnign Stop\ntext\n:::\n").blocks
    assert isinstance(block, Directive)
    assert (block.name, block.argument, block.line, block.column) == ("warnign", "Stop", 1, 1)


def test_colons_in_code_are_code() -> None:
    assert markdown.parse("    ::: callout\n").faults == ()
    assert shown("```\n::: callout\n```\n") == "<pre><code>::: callout\n</code></pre>\n"


def test_variables_become_plain_text() -> None:
    prose = only_prose("# {{ board.name }}\n\n*Ask* {{lead}}\n")
    assert markdown.plain(prose, {"board.name": "The Board", "lead": "Sam"}) == "The Board\nAsk Sam"


def test_inline_text_has_no_paragraph() -> None:
    assert markdown.html(markdown.inline("Is *it*?"), RESOLVER) == "Is <em>it</em>?"
    assert markdown.html(markdown.inline('A "plain" one'), RESOLVER) == "A &quot;plain&quot; one"


def test_inline_text_knows_its_place_in_the_file() -> None:
    assert markdown.inline("see [x](y.md)", 4, 11).links == (Link("y.md", "x", 4, 19),)


@given(st.text())
def test_any_text_can_be_parsed_and_shown(text: str) -> None:
    document = markdown.parse(text)
    for block in document.walk():
        if isinstance(block, Prose):
            assert "<script" not in markdown.html(block, RESOLVER)


@given(st.text(alphabet=st.characters(blacklist_categories=["Cc", "Cs"]), min_size=1))
def test_inline_text_without_markup_is_shown_as_it_is(text: str) -> None:
    if any(character in "\\`*_{}[]<>&!~^\n" for character in text) or "://" in text:
        return
    html = markdown.html(markdown.inline(text), RESOLVER).replace("<wbr>", "")
    assert unescape(html) == text


def test_a_line_may_end_after_a_slash_between_words() -> None:
    assert markdown.html(markdown.inline("AAAA/AAAA"), RESOLVER) == "AAAA/<wbr>AAAA"


@given(
    st.lists(
        st.sampled_from([":::", "::::", "::: callout T", ":::: callout", "::: check q", "text", ""])
    )
)
def test_every_line_of_text_survives_any_arrangement_of_fences(lines: list[str]) -> None:
    document = markdown.parse("\n".join(lines))
    words = " ".join(
        markdown.plain(block, {}) for block in document.walk() if isinstance(block, Prose)
    )
    assert words.split().count("text") == lines.count("text")


def test_prose_elements_know_their_lines_and_contents() -> None:
    prose = only_prose(
        "Words {{ x }}\n\n1. [A](a.md)\n\n   More\n2. ![M](m.png)\n\n> Said\n\n---\n", first_line=5
    )
    paragraph, listed, said, rule = markdown.elements(prose)
    assert [one.kind for one in (paragraph, listed, said, rule)] == [
        "paragraph",
        "ordered_list",
        "blockquote",
        "hr",
    ]
    assert [one.line for one in (paragraph, listed, said, rule)] == [5, 7, 12, 14]
    assert paragraph.prose.variables == (VariableUse("x", 5, 7),)
    assert markdown.html(paragraph.text(), RESOLVER) == "Words [x]"
    first, second = listed.inside()
    assert (first.kind, first.line, first.prose.links) == (
        "list_item",
        7,
        (Link("a.md", "A", 7, 8),),
    )
    assert [one.kind for one in first.inside()] == ["paragraph", "paragraph"]
    assert second.prose.images == (Image("m.png", "M", 10, 4),)
    assert markdown.html(said.inside()[0].prose, RESOLVER) == "<p>Said</p>\n"


PIECES = st.sampled_from(
    [*"\\`*_{}[]()<>&!~^\n:/.#|-+1a é\u00a0", "://", "www.", "{{ x }}", "{#a}", "&amp;", "  "]
)


@given(st.lists(PIECES, max_size=8).map("".join))
def test_text_that_skips_the_parser_equals_what_it_would_give(text: str) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(markdown, "is_plain", lambda text: False)
        parsed = markdown.inline(text, 3, 5)
    prose = markdown.inline(text, 3, 5)
    assert markdown.html(prose, RESOLVER) == markdown.html(parsed, RESOLVER)
    assert markdown.plain(prose, {}) == markdown.plain(parsed, {})
    for name in ("headings", "links", "images", "variables"):
        assert getattr(prose, name) == getattr(parsed, name)


def test_block_in_a_list_keeps_following_text() -> None:
    text = "1. One\n\n   ::: callout Note\n   Inside\n   :::\n\n2. Two\n\nAfter\n"
    runs = [block for block in markdown.parse(text).walk() if isinstance(block, markdown.Prose)]
    # The number of an item is that of its list, which began in another run.
    assert [list(markdown.words(run)) for run in runs] == [["1. One"], ["Inside"], ["Two", "After"]]
