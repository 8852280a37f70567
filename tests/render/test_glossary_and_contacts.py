"""Terms, quotations’ sources, further reading and contacts."""

from dataclasses import replace
from datetime import date

import pytest

from builder.course import markdown
from builder.course.model import Reference, Variable
from builder.package.plan import plan
from builder.package.render import contacts, render
from tests.render.rendered import chunk, shown, text
from tests.support.courses import course, page, question

GLOSSARY = page(
    "words",
    "::: glossary\nBoard\nCouncil {#town}\n: Who *decides*, with the [lead](#lead).\n\n"
    "Lead\n: Who leads.\n:::",
)


def test_page_includes_definitions_of_linked_glossary_terms() -> None:
    body = "The [Board](words.md#board), a [board](words.md#board); the [lead](words.md#lead)."
    made = chunk(render(plan(course(page("first"), page("second", body), GLOSSARY))), "second")
    assert made["html"] == (
        '<h1 tabindex="-1">Second</h1>\n'
        '<p>The <a href="#/words/h-board" class="term" data-term="words-board" '
        'id="term-words-board">Board</a>, a <a href="#/words/h-board" class="term" '
        'data-term="words-board">board</a>; the <a href="#/words/h-lead" class="term" '
        'data-term="words-lead" id="term-words-lead">lead</a>.</p>\n'
        '<section class="terms">\n<h2>Words on this page</h2>\n<dl>\n'
        '<div data-definition="words-board"><dt>Board</dt>'
        '<dd>Who <em>decides</em>, with the <a href="#/words/h-lead">lead</a>.</dd></div>\n'
        '<div data-definition="words-lead"><dt>Lead</dt><dd>Who leads.</dd></div>\n'
        "</dl>\n</section>"
    )
    assert [part for _, part, _ in made["parts"]] == ["block-glossary", "block-glossary"]
    assert made["text"] == {"in_glossary": "“{term}” in the glossary"}


def test_glossary_links_back_to_pages_that_use_term() -> None:
    users = [page(name, f"## [A]({link}) [b]({link})") for name, link in USES.items()]
    made = chunk(render(plan(course(*users, GLOSSARY))), "words")
    back = '<dd class="term-back"><a href="#/{}/term-words-{}">Back to “{}” in “{}”</a></dd>'
    assert made["html"] == (
        '<h1 tabindex="-1">Words</h1>\n<section class="glossary">\n<dl>\n'
        '<div data-definition="words-board words-town"><dt id="h-board">Board</dt>'
        '<dt id="h-town">Council</dt><dd>Who <em>decides</em>, with the '
        '<a href="#/words/h-lead">lead</a>.</dd>'
        f"{back.format('one', 'board', 'Board', 'One')}"
        f"{back.format('three', 'board', 'Board', 'Three')}"
        f"{back.format('two', 'town', 'Council', 'Two')}</div>\n"
        '<div data-definition="words-lead"><dt id="h-lead">Lead</dt><dd>Who leads.</dd></div>\n'
        "</dl>\n</section>"
    )


USES = {"one": "words.md#board", "two": "words.md#town", "three": "words.md#board"}


def test_term_defined_on_same_page_is_not_repeated() -> None:
    body = "The [board](#board).\n\n::: glossary\nBoard\n: Who decides.\n:::\n\n::: check asked"
    asked = replace(question("asked"), prompt=markdown.inline("What is a [board](#board)?"))
    html = chunk(
        render(plan(course(page("first"), page("second", body, checks=(asked,))))), "second"
    )["html"]
    assert html.count('class="term"') == 1
    assert "Words on this page" not in html
    assert 'What is a <a href="#/second/h-board">board</a>?' in html


def test_what_the_glossary_says_is_found_once() -> None:
    body = "The [board](words.md#board) met."
    files = render(plan(course(page("first"), page("second", body), GLOSSARY)))
    index = text(files, r"assets/search-[0-9a-f]{10}\.js")
    assert index.count("Who decides") == 1
    assert "Back to" not in index


def test_further_reading_shows_publisher_and_check_date() -> None:
    here, moved = "https://example.org/a", "https://example.org/b"
    references = {
        here: Reference(here, None, date(2026, 11, 1), "Plants & Co"),
        moved: Reference(moved, "https://example.org/new", None),
    }
    body = f"::: further-reading More\n- [A *book*]({here}): the first part\n- [B]({moved})\n:::"
    new_tab = '<span class="new-tab">(opens in new tab)</span></a>'
    assert shown(body, references=references) == (
        '<section class="further-reading">\n<h2>More</h2>\n<ul>\n'
        f'<li><a href="{here}" target="_blank" rel="noopener">A <em>book</em>'
        '<span class="organisation">, Plants &amp; Co</span> '
        f'{new_tab}<span class="reading-note">the first part</span><span class="checked">'
        'Checked on <time datetime="2026-11-01">2026-11-01</time></span></li>\n'
        '<li><a href="https://example.org/new" target="_blank" rel="noopener">B '
        f"{new_tab}</li>\n</ul>\n</section>"
    )


def test_an_organisation_that_a_title_names_is_not_named_twice() -> None:
    here = "https://example.org/a"
    references = {here: Reference(here, None, None, "Plants & Co")}
    body = f"::: further-reading\n[The book of *plants* & co]({here})\n:::"
    assert shown(body, references=references).count("lants") == 1


def test_contacts_list_values_under_their_labels() -> None:
    variables = {
        "lead": Variable("lead", "the lead", "Sam Lee, 01632 960001; sam@example.org"),
        "nobody": Variable("nobody", "somebody", None),
    }
    body = "::: contacts\n- {{ lead }}\n- **Your** manager: {{ nobody }}\n:::"
    assert shown(body, variables=variables) == (
        '<section class="contacts">\n<dl>\n<div><dt>The lead</dt>'
        '<dd>Sam Lee, <a href="tel:01632960001" dir="ltr">01632\u00a0960001</a></dd>'
        '<dd><a href="mailto:sam@example.org">sam@example.org</a></dd></div>\n'
        "<div><dt><strong>Your</strong> manager</dt>"
        '<dd><span class="unset">Not set yet: ask your manager</span></dd></div>'
        "\n</dl>\n</section>"
    )


@pytest.mark.parametrize(
    ("value", "target"),
    [
        ("01632 960001", "tel:01632960001"),
        ("+44 (0)1632 960-001", "tel:+441632960001"),
        ("(01632) 960001", "tel:01632960001"),
        ("999", "tel:999"),
        ("٠١٦٣٢ ٩٦٠٠٠١", "tel:01632960001"),
        ("sam.lee@care.example.org", "mailto:sam.lee@care.example.org"),
        ("https://example.org/?a=1", "https://example.org/?a=1"),
    ],
)
def test_phone_email_and_web_contacts_become_links(value: str, target: str) -> None:
    (made,) = contacts.values(value, "")
    assert f' href="{target}"' in made
    for comma in (",", "،"):
        listed = contacts.values(f"Sam <Lee>{comma} {value}", "")
        assert listed == [f"Sam &lt;Lee&gt;{comma} {made}"]


@pytest.mark.parametrize(
    "value", ["Room 12", "24/7", "9-17", "10-12", "2026-11-01", "12", "01632 960001 (days)", "a@b"]
)
def test_what_is_none_of_these_is_text(value: str) -> None:
    assert contacts.values(value, "") == [value]
