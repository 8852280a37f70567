"""Footnotes, and small marks that authors know from other tools."""

from pathlib import Path

import pytest

from builder.course import interface, markdown
from builder.course.markdown import Prose
from builder.course.questions.base import visible

RESOLVER = markdown.Resolver(
    link=lambda target: {"href": target},
    image=lambda target: {"src": target},
    variable=lambda name, in_link: f"[{name}]",
    values={"x": "X"},
    say=lambda key, **words: f"{key.removeprefix('page.')} {words.get('n', '')}".strip(),
    here="#/topic/",
)


def prose(text: str) -> Prose:
    [block] = markdown.parse(text).blocks
    assert isinstance(block, Prose)
    return block


def shown(text: str, resolver: markdown.Resolver = RESOLVER) -> str:
    return markdown.html(prose(text), resolver).strip()


def met(number: int, turn: str = "") -> str:
    return (
        f'<sup><a id="r-{number}{turn}" href="#/topic/n-{number}" role="doc-noteref" '
        f'aria-label="note {number}">{number}</a></sup>'
    )


def back(number: int, turn: int = 1) -> str:
    more, place = (f" {turn}", f"-{turn}") if turn > 1 else ("", "")
    return (
        f'\u00a0<a href="#/topic/r-{number}{place}" role="doc-backlink" '
        f'aria-label="note-back {number}{more}"><span aria-hidden="true">↩\ufe0e{more}</span></a>'
    )


def notes(*items: str) -> str:
    return "\n".join(
        (
            '<section class="notes" role="doc-endnotes" aria-labelledby="notes-title">',
            '<h2 id="notes-title">notes</h2>',
            "<ol>",
            *(f'<li id="n-{number}">{item}</li>' for number, item in enumerate(items, start=1)),
            "</ol>",
            "</section>",
        )
    )


def codes(text: str) -> list[tuple[str, int, int]]:
    blocks = markdown.parse(text).walk()
    return [
        (fault.code, fault.line, fault.column)
        for block in blocks
        if isinstance(block, Prose)
        for fault in block.faults
    ]


def test_footnotes_are_numbered_in_order_of_reference() -> None:
    text = "One[^b], two[^a], one again[^b].\n\n[^a]: First\ngoes on.\n[^b]: *Second*.\n\nLast."
    assert shown(text) == (
        f"<p>One{met(1)}, two{met(2)}, one again{met(1, '-2')}.</p>\n<p>Last.</p>\n"
        + notes(
            f"<p><em>Second</em>.{back(1)}{back(1, 2)}</p>\n", f"<p>First\ngoes on.{back(2)}</p>\n"
        )
    )
    assert codes(text) == []


def test_footnote_may_contain_paragraphs_list_and_footnote() -> None:
    text = "A[^1].\n\n[^1]: One.\n\n  Two[^2].\n\n  - three\n\n[^2]: Four.\n"
    assert shown(text) == f"<p>A{met(1)}.</p>\n" + notes(
        f"<p>One.</p>\n<p>Two{met(2)}.</p>\n<ul>\n<li>three</li>\n</ul>\n<p>{back(1)}</p>",
        f"<p>Four.{back(2)}</p>\n",
    )


def test_footnotes_written_in_blocks_end_the_page() -> None:
    text = "::: callout A\nB[^1].\n\n[^1]: C.\n:::\n\n- D[^2]\n\n  [^2]: E.\n"
    callout, end = markdown.parse(text).blocks
    assert not isinstance(callout, Prose)
    [inside] = callout.prose()
    assert markdown.html(inside, RESOLVER) == f"<p>B{met(1)}.</p>\n"
    assert isinstance(end, Prose)
    assert markdown.html(end, RESOLVER).strip() == (
        f"<ul>\n<li>\n<p>D{met(2)}</p>\n</li>\n</ul>\n"
        + notes(f"<p>C.{back(1)}</p>\n", f"<p>E.{back(2)}</p>\n")
    )


def test_an_invalid_note_is_reported() -> None:
    text = "A[^no] \\[^meant] [b[^1]](c.md)[^1].\n\n[^1]: One.\n[^1]: Again.\n[^2]: Never met.\n"
    assert codes(text) == [
        ("note-unknown", 1, 2),
        ("note-unknown", 1, 20),
        ("note-repeated", 4, 1),
        ("note-unused", 5, 1),
    ]
    [fault] = markdown.inline("What?[^1]").faults
    assert fault.code == "note-unknown"


def test_footnote_marks_are_not_searchable_but_footnotes_are() -> None:
    text = prose("We keep it[^1] simple.\n\n[^1]: As far as it goes.\n")
    assert markdown.plain(text, {}) == "We keep it simple.\nAs far as it goes."
    found = list(markdown.paragraphs(text, {}))
    assert [(one.text, one.heading) for one in found] == [
        ("We keep it simple.", ""),
        ("As far as it goes.", "n-1"),
    ]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("~~old~~ new", "<p><del>old</del> new</p>"),
        ("~~Every ~~ word", "<p>~~Every ~~ word</p>"),
    ],
)
def test_struck_out(text: str, html: str) -> None:
    assert shown(text) == html


def address(url: str) -> str:
    return f'<a href="{url}" class="address">{url}</a>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("See https://a.org.", f"See {address('https://a.org')}."),
        ("(http://a.org/b_c_(d)), x", f"({address('http://a.org/b_c_(d)')}), x"),
        ("**https://a.org/*b*c**", f"<strong>{address('https://a.org/*b*c')}</strong>"),
        ("[at https://a.org](b.md)", '<a href="b.md">at https://a.org</a>'),
        ("`https://a.org` xhttps://a.org", "<code>https://a.org</code> xhttps://a.org"),
        ("https\\://a.org and https://", "https://a.org and https://"),
        ("<https://a.org>", address("https://a.org")),
    ],
)
def test_a_bare_address_is_a_link(text: str, html: str) -> None:
    assert shown(text) == f"<p>{html}</p>"


def test_a_bare_address_is_checked_like_any_link() -> None:
    text = prose("Here or there:\nhttps://a.org/b?c=d")
    [link] = text.links
    assert (link.target, link.text, link.line, link.column) == (
        *("https://a.org/b?c=d", "https://a.org/b?c=d"),
        *(2, 1),
    )


def test_an_image_may_take_a_share_of_the_width() -> None:
    sized = '<img src="b.png" alt="a" style="width:max(50%,min(100%,12rem))">'
    assert shown("![a](b.png){width=50%} c") == f"<p>{sized} c</p>"
    assert shown('![a](b.png){ width="50%" }') == f"<p>{sized}</p>"
    assert codes("![a](b.png){width=50%}") == []
    assert codes("![a](b.png){width=0%} {.b} \\{.c} {: d=e}") == [
        *(("attribute-unknown", 1, column) for column in (12, 23, 34)),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("**Note:**this", [("emphasis-syntax", 1, 1)]),
        ("so *(this)*that", [("emphasis-syntax", 1, 4)]),
        ("3 * 4 * 5, a*b*c, \\*\\*no\\*\\*, `**a:**b`", []),
        ("- [ ] a\n- [x] b\n- \\[ ] c\n- [x](d.md)", [("task-list", 1, 3), ("task-list", 2, 3)]),
        ("> [!TIP]\n> a", [("alert-syntax", 1, 3)]),
        ("E = $mc^2$ costs $5", []),
    ],
)
def test_markup_that_would_be_printed_is_reported(
    text: str, found: list[tuple[str, int, int]]
) -> None:
    assert codes(text) == found


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u3000"])
def test_a_block_may_have_spaces_of_any_kind(space: str) -> None:
    [block] = markdown.parse(f":::{space}callout{space}A title\nText\n:::{space}").blocks
    assert not isinstance(block, Prose)
    assert (block.name, block.argument) == ("callout", "A title")


def typeset(text: str, language: str) -> str:
    typography = interface.spoken(language).typography
    return markdown.html(
        markdown.inline(text),
        markdown.Resolver(
            link=RESOLVER.link,
            image=RESOLVER.image,
            variable=RESOLVER.variable,
            values={},
            typography=typography,
        ),
    )


@pytest.mark.parametrize(
    ("language", "text", "printed"),
    [
        ("en", "\"It's 'fine'\", she said", "“It’s ‘fine’”, she said"),
        ("en", 'a "*b*" and ("c")', "a “<em>b</em>” and (“c”)"),
        ("en", "the '90s, 'tis, parents' 5\" nails", "the ’90s, ’tis, parents’ 5&quot; nails"),
        ("en", 'an open "quote', "an open &quot;quote"),
        ("en", "9--5, no -- not --all---so...", "9–5, no – not --all—so…"),
        ("en", '`"--"` {{ x }}"s" \\"', "<code>&quot;--&quot;</code> [x]&quot;s&quot; &quot;"),
        ("en", "https://a.org/a--b'c", '<a href="https://a.org/a--b&#x27;c" class="address">'),
        ("cy", "\"Mae 'hi'\"", "‘Mae “hi”’"),
        ("fr", 'Il dit : "Non !" « Si ; »', "Il dit\u00a0: «\u00a0Non\u202f!\u00a0» «\u00a0Si"),
        ("fr", "L'heure: 10:30", "L’heure: 10:30"),
        ("ar", 'قال "نعم"', "قال ”نعم“"),
    ],
)
def test_marks_are_printed_as_the_language_has_them(language: str, text: str, printed: str) -> None:
    assert typeset(text, language).startswith(printed)


def test_typographic_quotes_do_not_change_compared_text(tmp_path: Path) -> None:
    text = markdown.inline('It\'s "so"')
    before = [child.content for token in text.tokens for child in token.children or ()]
    assert "’" in markdown.html(
        text,
        markdown.Resolver(
            link=RESOLVER.link,
            image=RESOLVER.image,
            variable=RESOLVER.variable,
            values={},
            typography=interface.spoken("en").typography,
        ),
    )
    assert [child.content for token in text.tokens for child in token.children or ()] == before
    assert markdown.plain(text, {}) == 'It\'s "so"'
    assert visible(markdown.plain(text, {}))
