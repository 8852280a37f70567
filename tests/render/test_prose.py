"""The prose of a page: values, links, headings, tables, directions."""

import pytest

from builder.course.model import Variable
from builder.package.artifacts import Member
from builder.package.plan import plan
from builder.package.render import render
from tests.render.rendered import chunk, shown, text
from tests.support.courses import course, page


def test_values_are_escaped_and_unset_value_is_marked(members: list[Member]) -> None:
    unset = "Not set yet: ask your manager"
    assert (
        f'<p id="p-1">Keep calm. Call Sam &lt;Lee&gt; and <span class="unset">{unset}</span>.</p>'
    ) in text(members, "index.html")


@pytest.mark.parametrize(
    ("language", "value", "shown"),
    [
        ("en", "سارة", "<bdi>سارة</bdi>"),
        ("en", "Sara 12", "Sara 12"),
        ("ar", "Sara 12", "<bdi>Sara 12</bdi>"),
        ("ar", "سارة", "سارة"),
    ],
)
def test_value_in_opposite_direction_is_isolated(language: str, value: str, shown: str) -> None:
    lead = {"lead": Variable("lead", "the lead", value)}
    made = course(page("first", "Call {{ lead }}."), variables=lead, language=language)
    assert f">Call {shown}.</p>" in text(render(plan(made)), "index.html")


def test_address_value_becomes_a_link_except_inside_one() -> None:
    address = Variable("site", "the site", "https://example.org/a?b&c")
    made = course(
        page("first", "See {{ site }}, [or {{ site }}](#x)."), variables={"site": address}
    )
    link = (
        '<a href="https://example.org/a?b&amp;c" target="_blank" rel="noopener">'
        'https://example.org/a?b&amp;c <span class="new-tab">(opens in new tab)</span></a>'
    )
    shown = '<a href="#/first/h-x">or https://example.org/a?b&amp;c</a>'
    assert f"<p>See {link}, {shown}.</p>" in text(render(plan(made)), "index.html")


def test_a_page_knows_its_headings_links_and_blocks(members: list[Member]) -> None:
    assert chunk(members, "second")["html"] == (
        '<h1 tabindex="-1">Second</h1>\n'
        '<h2 id="h-part">Part</h2>\n'
        '<p>Back to <a href="#/first/h-x">the first</a>.</p>\n'
        '<section class="callout">\n<h2>Note</h2>\n<p>Go.</p>\n</section>'
    )


def test_page_lists_the_parts_it_needs(members: list[Member]) -> None:
    parts = {name: chunk(members, name)["parts"] for name in ("second", "quiz", "record")}
    needed = {name: [(kind, part) for kind, part, _ in rows] for name, rows in parts.items()}
    assert needed == {
        "second": [("style", "block-callout")],
        "quiz": [("style", "page-quiz"), ("part", "page-quiz")],
        "record": [("style", "page-record"), ("part", "page-record")],
    }
    names = {member.name for member in members}
    assert names.issuperset(src for rows in parts.values() for *_, src in rows)


def test_page_with_table_loads_table_styles_and_script() -> None:
    table = "> | A | B |\n> |---|---|\n> | 1 | 2 |"
    files = render(plan(course(page("first"), page("second", table), page("third"))))
    parts = [(kind, part) for kind, part, _ in chunk(files, "second")["parts"]]
    assert parts == [("style", "block-table"), ("part", "block-table")]
    assert 'aria-label="Table: A, B"' in chunk(files, "second")["html"]
    assert chunk(files, "third")["parts"] == []


def test_a_table_shows_its_caption() -> None:
    table = "::: table Water & light\n| A | B |\n|---|---|\n| 1 | 2 |\n:::"
    made = chunk(render(plan(course(page("first"), page("second", table)))), "second")
    assert made["html"].startswith(
        '<h1 tabindex="-1">Second</h1>\n<div class="table">\n<section class="table-scroll" '
        'aria-label="Water &amp; light" tabindex="0"><table>\n'
        "<caption>Water &amp; light</caption>\n<thead>"
    )
    assert [part for _, part, _ in made["parts"]] == ["block-table", "block-table"]


ARABIC = "Moodle هو نظام لإدارة التعلم."
ENGLISH = "بلاغ means a report."


@pytest.mark.parametrize(
    ("language", "own", "other", "direction"),
    [("en", ENGLISH, ARABIC, "rtl"), ("ar", ARABIC, ENGLISH, "ltr")],
)
def test_paragraph_in_opposite_direction_has_dir_attribute(
    language: str, own: str, other: str, direction: str
) -> None:
    turned = f'dir="{direction}"'
    body = (
        f"{own}\n\n{other}\n\n## {other} {{#a}}\n\n- {own}\n- {other}\n\n"
        f"{other}\n: {own}\n: {other}\n\n12 + 3\n"
    )
    assert shown(body, language=language).split("\n") == [
        f"<p>{own}</p>",
        f"<p {turned}>{other}</p>",
        f'<h2 id="h-a" {turned}>{other}</h2>',
        "<ul>",
        f"<li>{own}</li>",
        f'<li {turned} style="margin-inline-start:1.5em">{other}</li>',
        "</ul>",
        "<dl>",
        f"<dt {turned}>{other}</dt>",
        f"<dd>{own}</dd>",
        f"<dd {turned}>{other}</dd>",
        "</dl>",
        "<p>12 + 3</p>",
    ]


def test_cell_in_opposite_direction_stays_aligned_with_header() -> None:
    table = shown(f"| A | B |\n|---|--:|\n| {ARABIC} | {ENGLISH} |\n")
    assert table.partition("<tbody>\n")[2].split("\n")[1:3] == [
        f'<td><span dir="rtl">{ARABIC}</span></td>',
        f'<td class="end">{ENGLISH}</td>',
    ]


def test_a_quotation_is_apart_from_its_source() -> None:
    assert shown("::: quotation\n> One.\n>\n> *Two.*\n\nSam Lee, *A book*\n:::") == (
        '<figure class="quotation">\n<blockquote>\n<p>One.</p>\n<p><em>Two.</em></p>\n'
        "</blockquote>\n<figcaption>Sam Lee, <em>A book</em></figcaption>\n</figure>"
    )
