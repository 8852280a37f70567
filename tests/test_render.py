"""What the package holds for the trainee: pages, questions, chunks, the outline."""

import json
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from builder import markdown, state
from builder.artifacts import DIGEST_PLACEHOLDER, Member
from builder.model import Draw, Page, QuizRules, Reference, Stylesheet, Theme, Tracking, Variable
from builder.plan import plan
from builder.render import contacts, render
from tests.support.courses import COURSE, course, item, page, picture, question


@pytest.fixture(scope="module")
def members() -> list[Member]:
    return render(plan(COURSE))


def text(members: list[Member], pattern: str) -> str:
    (found,) = [member for member in members if re.fullmatch(pattern, member.name)]
    return found.read().decode()


def chunk(members: list[Member], name: str) -> dict:
    source = text(members, rf"pages/{name}-[0-9a-f]{{10}}\.js")
    found = re.fullmatch(r'scormBuilder\.add\("page","([^"]+)",(.*)\);\n', source)
    assert found
    assert found[1] == name
    return json.loads(found[2])


def embedded(members: list[Member], name: str) -> dict:
    script = rf'<script type="application/json" id="{name}">(.*?)</script>'
    return json.loads(re.search(script, text(members, "index.html"))[1])


def test_the_first_view_is_two_files_and_each_other_page_a_chunk(members: list[Member]) -> None:
    names = [re.sub("-[0-9a-f]{10}", "-HASH", member.name) for member in members]
    assert names == [
        "index.html",
        "course.json",
        "assets/player-HASH.js",
        "assets/block-callout-HASH.css",
        "assets/page-quiz-HASH.css",
        "assets/page-quiz-HASH.js",
        "assets/page-record-HASH.css",
        "assets/page-record-HASH.js",
        "assets/shell-search-HASH.css",
        "assets/shell-search-HASH.js",
        "assets/shell-visit-HASH.css",
        "assets/shell-print-HASH.css",
        "assets/outline-HASH.js",
        "assets/search-HASH.js",
        "assets/shell-visit-HASH.js",
        "pages/second-HASH.js",
        "pages/quiz-HASH.js",
        "pages/record-HASH.js",
        "assets/ahead-HASH.js",
        "assets/ahead-HASH.js",
        "adlcp_rootv1p2.xsd",
        "ims_xml.xsd",
        "imscp_rootv1p1p2.xsd",
        "imsmd_rootv1p2p1.xsd",
    ]


def test_values_are_plain_text_and_a_missing_one_says_so(members: list[Member]) -> None:
    unset = "Not set yet: ask your manager"
    assert (
        f'<p>Keep calm. Call Sam &lt;Lee&gt; and <span class="unset">{unset}</span>.</p>'
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
def test_a_name_in_another_direction_stands_by_itself(
    language: str, value: str, shown: str
) -> None:
    lead = {"lead": Variable("lead", "the lead", value)}
    made = course(page("first", "Call {{ lead }}."), variables=lead, language=language)
    assert f">Call {shown}.</p>" in text(render(plan(made)), "index.html")


def test_a_value_that_is_an_address_is_a_link_unless_it_stands_in_one() -> None:
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


def test_a_question_brings_its_key_its_feedback_and_its_source(members: list[Member]) -> None:
    question = embedded(members, "first-page")["questions"]["quoted"]
    assert question["patterns"] == ["a"]
    assert question["answer"] == {"right": ["a"], "multiple": False, "credit": "all"}
    assert question["prompt"] == "Prompt of quoted?"
    assert question["because"] == (
        '<p class="because">The course says: <q>Keep calm</q></p>\n'
        '<details class="read-again"><summary>Read again: First</summary>\n'
        '<div class="passage">\n'
        "<p>Keep calm. Call Sam &lt;Lee&gt; and "
        '<span class="unset">Not set yet: ask your manager</span>.</p>\n'
        '<p><a href="#/first">Go to “First”</a></p>\n'
        "</div>\n"
        "</details>"
    )


def test_several_answers_are_asked_with_checkboxes(members: list[Member]) -> None:
    quiz = chunk(members, "quiz")
    assert quiz["quiz"]["fixed"] == ["quoted", "several"]
    assert quiz["forms"]["several"].count('type="checkbox"') == 3
    assert "Select all that apply.</span></legend>" in quiz["forms"]["several"]
    assert quiz["forms"]["quoted"].count('type="radio"') == 3


def outline(members: list[Member]) -> dict:
    """The whole list of pages, which comes behind the first view."""
    script = text(members, r"assets/outline-.*\.js")
    data = script.partition('scormBuilder.add("outline","",')[2]
    found: dict = json.loads(data.rpartition(")")[0])
    return found


def quizzes(*pages: Page, attempts: int = 2) -> list[dict]:
    tracking = Tracking("all", "passed-failed", 80, attempts)
    made = render(plan(course(*pages, tracking=tracking)))
    listed = outline(made)["pages"]
    return [one["quiz"] for one in listed if "quiz" in one]


def quiz_page(name: str, **rules: Any) -> Page:
    return page(name, kind="quiz", quiz=(question(name),), rules=QuizRules(**rules))


def test_a_quiz_counts_as_the_course_says_or_by_rules_of_its_own() -> None:
    own = {"attempts": 0, "pass_mark": 60, "keep": "last", "weight": 2.5}
    assert quizzes(quiz_page("one"), quiz_page("two", **own)) == [
        {"attempts": 2, "pass_mark": 80, "alone": True, "keep": "best", "weight": 1},
        own | {"alone": True},
    ]


def test_quizzes_without_a_pass_mark_of_their_own_are_judged_together() -> None:
    found = quizzes(quiz_page("one"), quiz_page("two"), quiz_page("three", pass_mark=80))
    assert [one["alone"] for one in found] == [False, False, True]


def test_a_quiz_brings_what_it_may_ask() -> None:
    fixed, drawn = question("one"), (question("two"), question("three"))
    rules = QuizRules(draws=(Draw(1, drawn),), shuffle_options=True, feedback="at-end")
    made = page("quiz", kind="quiz", quiz=(fixed, *drawn), rules=rules)
    data = chunk(render(plan(course(page("first"), made))), "quiz")
    assert data["quiz"] == {
        "fixed": ["one"],
        "draws": [{"count": 1, "from": ["two", "three"]}],
        "shuffle_questions": False,
        "shuffle_options": True,
        "feedback": "at-end",
        "retake": "all",
    }
    assert list(data["forms"]) == ["one", "two", "three"]


def test_the_record_brings_its_items(members: list[Member]) -> None:
    record = chunk(members, "record")
    assert record["record"] == [
        {"key": state.key("record", "one"), "limit": 500},
        {"key": state.key("record", "two"), "limit": 300},
    ]
    assert record["html"].count('<section class="record-item"') == 2


def test_the_digest_has_its_place_where_it_is_sealed(members: list[Member]) -> None:
    holders = [member.name for member in members if DIGEST_PLACEHOLDER.encode() in member.read()]
    assert holders == ["index.html", "course.json"]


def test_course_json_says_what_other_tools_need(members: list[Member]) -> None:
    outline = json.loads(text(members, r"course\.json"))
    assert [entry["id"] for entry in outline["pages"]] == ["first", "second", "quiz", "record"]
    assert outline["pages"][0]["checks"] == ["quoted"]
    assert [(one["id"], one["patterns"]) for one in outline["questions"]] == [
        ("quoted", ["a"]),
        ("several", ["{a,c}"]),
    ]


def test_a_page_names_the_parts_that_it_needs(members: list[Member]) -> None:
    parts = {name: chunk(members, name)["parts"] for name in ("second", "quiz", "record")}
    needed = {name: [(kind, part) for kind, part, _ in rows] for name, rows in parts.items()}
    assert needed == {
        "second": [("style", "block-callout")],
        "quiz": [("style", "page-quiz"), ("part", "page-quiz")],
        "record": [("style", "page-record"), ("part", "page-record")],
    }
    names = {member.name for member in members}
    assert names.issuperset(src for rows in parts.values() for *_, src in rows)


def test_a_page_with_a_table_brings_what_makes_it_scroll() -> None:
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


def shown(body: str, **fields: object) -> str:
    """The HTML of a page with this body, without its title."""
    made = chunk(render(plan(course(page("first"), page("second", body), **fields))), "second")
    return made["html"].partition("</h1>\n")[2]


ARABIC = "Moodle هو نظام لإدارة التعلم."
ENGLISH = "بلاغ means a report."


@pytest.mark.parametrize(
    ("language", "own", "other", "direction"),
    [("en", ENGLISH, ARABIC, "rtl"), ("ar", ARABIC, ENGLISH, "ltr")],
)
def test_a_paragraph_in_the_other_direction_says_so(
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


def test_a_cell_in_the_other_direction_stands_below_its_head() -> None:
    table = shown(f"| A | B |\n|---|--:|\n| {ARABIC} | {ENGLISH} |\n")
    assert table.partition("<tbody>\n")[2].split("\n")[1:3] == [
        f'<td><span dir="rtl">{ARABIC}</span></td>',
        f'<td class="end">{ENGLISH}</td>',
    ]


GLOSSARY = page(
    "words",
    "::: glossary\nBoard\nCouncil {#town}\n: Who *decides*, with the [lead](#lead).\n\n"
    "Lead\n: Who leads.\n:::",
)


def test_a_page_carries_the_meaning_of_the_terms_that_it_links_to() -> None:
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


def test_the_glossary_leads_back_to_each_page_that_uses_a_term() -> None:
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


def test_a_term_of_the_same_page_is_not_listed_twice_and_a_question_keeps_its_links() -> None:
    body = "The [board](#board).\n\n::: glossary\nBoard\n: Who decides.\n:::\n\n::: check asked"
    asked = replace(question("asked"), prompt=markdown.inline("What is a [board](#board)?"))
    html = chunk(
        render(plan(course(page("first"), page("second", body, checks=(asked,))))), "second"
    )["html"]
    assert html.count('class="term"') == 1
    assert "Words on this page" not in html
    assert 'What is a <a href="#/second/h-board">board</a>?' in html


def test_a_quotation_is_apart_from_its_source() -> None:
    assert shown("::: quotation\n> One.\n>\n> *Two.*\n\nSam Lee, *A book*\n:::") == (
        '<figure class="quotation">\n<blockquote>\n<p>One.</p>\n<p><em>Two.</em></p>\n'
        "</blockquote>\n<figcaption>Sam Lee, <em>A book</em></figcaption>\n</figure>"
    )


def test_what_the_glossary_says_is_found_once() -> None:
    body = "The [board](words.md#board) met."
    files = render(plan(course(page("first"), page("second", body), GLOSSARY)))
    index = text(files, r"assets/search-[0-9a-f]{10}\.js")
    assert index.count("Who decides") == 1
    assert "Back to" not in index


def test_further_reading_says_whose_it_is_and_when_it_was_checked() -> None:
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


def test_contacts_show_each_value_under_what_it_is() -> None:
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
def test_what_can_be_called_written_to_or_opened_is_a_link(value: str, target: str) -> None:
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


def test_the_parts_of_the_first_page_come_with_the_first_view() -> None:
    first = page("first", "Fill in.", kind="record", record=(item("one"),))
    files = render(plan(course(first, page("second", kind="record", record=(item("two"),)))))
    assert not [member.name for member in files if "page-record" in member.name]
    assert chunk(files, "second")["parts"] == []
    assert ".sheet" in text(files, "index.html")
    assert '"page-record"' in text(files, r"assets/player-\w+\.js")


def test_a_draft_says_so_on_the_page() -> None:
    draft = text(render(plan(replace(COURSE, draft=True))), "index.html")
    assert '<p class="draft-note"><strong>Draft</strong>' in draft
    assert 'draft-note"><strong>' not in text(render(plan(COURSE)), "index.html")


def test_the_first_view_is_the_same_whatever_the_length_of_the_course() -> None:
    def index(pages: int) -> tuple[list[Member], int]:
        made = render(plan(course(*(page(f"page-{number}") for number in range(pages)))))
        return made, len(text(made, "index.html"))

    members, size = index(600)
    data = embedded(members, "course-data")
    assert [page["id"] for page in data["outline"].pop("pages")] == ["page-0", "page-1"]
    assert data["outline"] == {
        "modules": [{"title": "", "count": 600}],
        "of": 600,
        "partial": True,
    }
    kind, name, file = data["rest"]
    assert (kind, name) == ("outline", "")
    assert file in [member.name for member in members]
    # The title of each page that it names has another number.
    assert abs(size - index(10)[1]) < 10


@pytest.mark.parametrize("pages", [10, 1000])
def test_the_first_view_is_at_most_60_kb(pages: int) -> None:
    made = render(
        plan(course(*(page(f"page-{number}", "Words. " * 700) for number in range(pages))))
    )
    first = text(made, "index.html") + text(made, r"assets/player-.*\.js")
    assert len(first.encode()) <= 60_000


def test_media_is_named_by_its_content(tmp_path) -> None:
    image = picture("media/map.png", b"map", tmp_path)
    image.file.parent.mkdir()
    image.file.write_bytes(b"map")
    pages = (page("first"), page("a", "![A map](../media/map.png)\n\n[All](media/map.png)"))
    members = render(plan(course(*pages, media=(image,))))
    name = f"media/map-{image.sha256[:10]}.png"
    assert chunk(members, "a")["html"].endswith(
        f'<p><img src="{name}" alt="A map"></p>\n<p><a href="{name}" target="_blank" '
        'rel="noopener">All '
        '<span class="new-tab">(opens in new tab)</span></a></p>'
    )
    (stored,) = [member for member in members if member.name == name]
    assert stored.stored


def test_one_picture_in_two_folders_is_packed_once(tmp_path) -> None:
    one, two = (picture(f"media/{folder}/map.png", b"map", tmp_path) for folder in "ab")
    pages = page("first", "![A](media/a/map.png) ![B](media/b/map.png)")
    names = [member.name for member in render(plan(course(pages, media=(one, two))))]
    assert names.count(f"media/map-{one.sha256[:10]}.png") == 1


def test_a_page_cannot_end_the_script_it_is_embedded_in() -> None:
    hostile = replace(COURSE, title="</script><script>alert(1)</script>")
    index = text(render(plan(hostile)), "index.html")
    assert "<script>alert" not in index


def test_a_theme_gives_the_accent_a_logo_and_styles_after_ours(tmp_path) -> None:
    logo, font = picture("media/logo.svg", b"<svg/>"), picture("media/fonts/brand.woff2", b"font")
    css = '@font-face { src: url("fonts/brand.woff2#x") }\n'
    file = picture("media/brand.css", css.encode())
    sheet = Stylesheet(file.path, css, (font.path,))
    theme = Theme(
        accent="#8a1c5b",
        accent_dark="#e16aae",
        logo=logo.path,
        logo_alt="Anytown <Board>",
        stylesheet=sheet,
    )
    made = course(page("first"), media=(logo, font, file), theme=theme)
    members = render(plan(made))
    index = text(members, "index.html")
    assert (
        f'<img class="logo" src="media/logo-{logo.sha256[:10]}.svg" alt="Anytown &lt;Board&gt;">'
        in index
    )
    assert (
        ":root{--accent:#8a1c5b;--accent-ink:#ffffff;--accent-soft:#f3e8ef;--link:#8a1c5b;"
        "--focus:#8a1c5b}@media screen and (prefers-color-scheme:dark){:root{--accent:#e16aae;"
        "--accent-ink:#11191d;--accent-soft:#2e2c37;--link:#e16aae;--focus:#ffd45e}}</style>"
    ) in index
    (name,) = re.findall(
        r'media="print">\n<link rel="stylesheet" href="([^"]+)" id="course-styles">', index
    )
    (styles,) = [member for member in members if member.name == name]
    assert styles.read().decode() == (
        f'@font-face {{ src: url("brand-{font.sha256[:10]}.woff2#x") }}\n'
    )
    assert [member.name for member in members if member.name.startswith("media/")] == [
        name,
        f"media/brand-{font.sha256[:10]}.woff2",
        f"media/logo-{logo.sha256[:10]}.svg",
    ]


def test_a_course_without_a_theme_has_no_trace_of_one(members: list[Member]) -> None:
    index = text(members, "index.html")
    assert 'class="logo"' not in index
    assert "course-styles" not in index
    assert index.count(":root{--accent") == 0


def test_a_warning_says_so_also_where_its_sign_is_not_seen() -> None:
    body = "::: warning Stop\nFirst.\n:::\n\n::: warning\nThen.\n:::"
    assert chunk(render(plan(course(page("a"), page("b", body)))), "b")["html"].endswith(
        '<section class="callout warning">\n'
        '<h2><span class="unseen">Warning: </span>Stop</h2>\n<p>First.</p>\n</section>\n'
        '<section class="callout warning">\n'
        '<p class="unseen">Warning</p>\n<p>Then.</p>\n</section>'
    )


def test_what_is_revealed_is_there_without_the_player() -> None:
    body = "::: reveal Why?\nBecause *it* helps.\n:::"
    assert chunk(render(plan(course(page("a"), page("b", body)))), "b")["html"].endswith(
        '<details class="reveal">\n<summary>Why?</summary>\n'
        "<div>\n<p>Because <em>it</em> helps.</p>\n</div>\n</details>"
    )


def test_a_figure_has_its_caption_and_its_description_beside_it(tmp_path) -> None:
    image = picture("media/map.png", b"map", tmp_path)
    body = (
        "::: figure The site\n![A map](media/map.png)\n\nIt has *three* doors.\n:::\n\n"
        '::: figure\n![](media/map.png "decorative")\n:::'
    )
    src = f"media/map-{image.sha256[:10]}.png"
    made = course(page("a"), page("b", body), media=(image,))
    assert chunk(render(plan(made)), "b")["html"].endswith(
        f'<div class="figure">\n<figure>\n<img src="{src}" alt="A map">\n'
        "<figcaption>The site</figcaption>\n</figure>\n<details>\n"
        '<summary>Description of the image<span class="unseen">: The site</span></summary>\n'
        "<div>\n<p>It has <em>three</em> doors.</p>\n</div>\n</details>\n</div>\n"
        '<div class="figure">\n<figure role="presentation">\n'
        f'<img src="{src}" alt="">\n</figure>\n</div>'
    )


@pytest.mark.parametrize(
    ("count", "language", "size"),
    [
        (1, "en", "1 KB"),
        (20_854, "en", "21 KB"),
        (999_600, "en", "1.0 MB"),
        (1_240_000, "fr", "1,2 Mo"),
        (9_999_999, "en", "10 MB"),
        (83_400_000, "cy", "83 MB"),
    ],
)
def test_a_file_to_download_keeps_its_name_and_says_its_kind_and_size(
    tmp_path, count: int, language: str, size: str
) -> None:
    plain = picture("media/Forms/plan.pdf", b"plan", tmp_path)
    file = replace(plain, size=count)
    body = "::: download\n- [The *plan*](media/Forms/plan.pdf) – for the wall\n:::"
    made = replace(course(page("a"), page("b", body), media=(file,)), language=language)
    assert chunk(render(plan(made)), "b")["html"].endswith(
        f'<div class="download">\n<ul>\n<li><a href="media/plan-{file.sha256[:10]}.pdf" '
        f'download="plan.pdf">The <em>plan</em></a> <span class="file-facts">PDF, {size}</span>'
        '<span class="file-note">for the wall</span></li>\n</ul>\n</div>'
    )


def test_steps_are_a_numbered_list() -> None:
    body = "::: steps Go in\n1. Knock.\n2. Wait.\n:::"
    assert chunk(render(plan(course(page("a"), page("b", body)))), "b")["html"].endswith(
        '<div class="steps">\n<h2>Go in</h2>\n<ol>\n<li>Knock.</li>\n<li>Wait.</li>\n</ol>\n</div>'
    )


def test_without_the_player_tabs_are_sections_below_each_other() -> None:
    body = ":::: tabs Where\n::: tab Here\nCall.\n:::\n\n::: tab There\nAsk.\n:::\n::::"
    data = chunk(render(plan(course(page("a"), page("b", body)))), "b")
    assert data["html"].endswith(
        '<section class="tabs">\n<h2>Where</h2>\n'
        '<section class="tab">\n<h3>Here</h3>\n<p>Call.</p>\n</section>\n'
        '<section class="tab">\n<h3>There</h3>\n<p>Ask.</p>\n</section>\n</section>'
    )
    assert [name for _, name, _ in data["parts"]] == ["block-tabs", "block-tabs"]


def test_media_and_its_text_are_read_in_the_order_in_which_they_are_written() -> None:
    file = picture("media/door.png", b"")
    name = f"media/door-{file.sha256[:10]}.png"
    image = f'<div class="media-picture">\n<img src="{name}" alt="A door">\n</div>'
    text = '<div class="media-text">\n<h2>Knock</h2>\n<p>Then wait.</p>\n</div>'
    before = shown("::: media Knock\n![A door](media/door.png)\n\nThen wait.\n:::", media=(file,))
    behind = shown("::: media Knock\nThen wait.\n\n![A door](media/door.png)\n:::", media=(file,))
    assert before.replace("\n\n", "\n") == f'<section class="media">\n{image}\n{text}\n</section>'
    assert behind.replace("\n\n", "\n") == f'<section class="media">\n{text}\n{image}\n</section>'


def test_a_figure_or_a_video_may_be_the_picture_beside_text() -> None:
    figure = "::: figure The door\n![A door](media/door.png)\n:::"
    html = shown(
        f":::: media\nKnock.\n\n- Wait.\n\n{figure}\n::::", media=(picture("media/door.png", b""),)
    )
    assert html.index("<p>Knock.</p>\n<ul>") < html.index('media-picture">\n<div class="figure">')


def test_a_card_has_a_heading_and_may_have_a_picture_and_a_link_at_its_end() -> None:
    file = picture("media/door.png", b"")
    name = f"media/door-{file.sha256[:10]}.png"
    html = shown(
        ":::: cards Who\n"
        '::: card One\n![](media/door.png "decorative")\n\nCall.\n\n[More](first.md)\n:::\n'
        "::: card Two\nAsk [them](first.md).\n:::\n::::",
        media=(file,),
    )
    assert html == (
        '<section class="cards">\n<h2>Who</h2>\n<ul class="two">\n'
        f'<li class="card">\n<div class="card-picture"><img src="{name}" alt=""></div>\n'
        '<h3>One</h3>\n<p>Call.</p>\n<p class="card-link"><a href="#/first">More</a></p>\n</li>\n'
        '<li class="card">\n<h3>Two</h3>\n<p>Ask <a href="#/first">them</a>.</p>\n</li>\n'
        "</ul>\n</section>"
    )


def test_places_of_an_image_and_what_is_there_have_the_same_order() -> None:
    html = shown(
        "::: labelled-image\n![A door](media/door.png)\n\n"
        "1. (20%, 7.5 %) **Bell**: ring it.\n2. (0%,100%) Mat\n:::",
        media=(picture("media/door.png", b""),),
    )
    assert html.endswith(
        '<circle cx="20%" cy="7.5%" r="16"/><text x="20%" y="7.5%">1</text>\n'
        '<circle cx="0%" cy="100%" r="16"/><text x="0%" y="100%">2</text>\n</svg>\n</div>\n'
        "<ol>\n<li><strong>Bell</strong>: ring it.</li>\n<li>Mat</li>\n</ol>\n</div>\n</section>"
    )


def test_objectives_and_key_points_have_a_title_of_their_own() -> None:
    assert shown("::: objectives\n- Knock\n:::") == (
        '<section class="objectives">\n<h2>What you will be able to do</h2>\n'
        "<ul>\n<li>Knock</li>\n</ul>\n</section>"
    )
    assert "<h2>Remember</h2>" in shown("::: key-points Remember\n- Knock\n:::")


def test_a_timeline_is_a_list_in_its_order() -> None:
    assert shown("::: timeline\nMonday\n: Knock.\n\nTuesday\n: Wait.\n\n  Go in.\n:::") == (
        '<section class="timeline">\n<ol>\n'
        '<li><p class="timeline-time">Monday</p>\n<div>Knock.</div></li>\n'
        '<li><p class="timeline-time">Tuesday</p>\n<div><p>Wait.</p>\n<p>Go in.</p></div></li>\n'
        "</ol>\n</section>"
    )


def test_without_the_player_flashcards_show_both_sides() -> None:
    assert shown("::: flashcards Again\nWho?\n: You.\n:::") == (
        '<section class="flashcards">\n<h2>Again</h2>\n<ol>\n'
        '<li class="flashcard"><p class="flashcard-front">Who?</p>\n'
        '<div class="flashcard-back">You.</div></li>\n</ol>\n</section>'
    )


def test_a_video_loads_nothing_by_itself_and_has_captions_and_a_transcript() -> None:
    names = ("media/go.mp4", "media/go.webm", "media/go.vtt", "media/go.cy.vtt", "media/go.jpg")
    media = tuple(picture(name, name.encode()) for name in names)
    packed = [
        f"{file.path.rpartition('.')[0]}-{file.sha256[:10]}.{file.path.rpartition('.')[2]}"
        for file in media
    ]
    body = (
        "::: video Go & in\n- [V](media/go.mp4)\n- [W](media/go.webm)\n"
        "- [English](media/go.vtt)\n- [Cymraeg](media/go.cy.vtt)\n- [P](media/go.jpg)\n\n"
        "Somebody *goes* in.\n:::"
    )
    texts = {"media/go.vtt": 'WEBVTT\n\n00:00.000 --> 00:01.000\n"Hm"', "media/go.cy.vtt": "W"}
    made = course(page("a"), page("b", body), media=media, captions=texts)
    html = chunk(render(plan(made)), "b")["html"]
    mp4, webm, english, welsh, poster = packed
    assert html.endswith(
        '<div class="recording video">\n<figure>\n'
        f'<video controls playsinline preload="none" poster="{poster}" aria-label="Go &amp; in">\n'
        f'<source src="{mp4}" type="video/mp4">\n<source src="{webm}" type="video/webm">\n'
        f'<track kind="captions" src="{english}" srclang="en" label="English" default '
        'data-text="WEBVTT\n\n00:00.000 --&gt; 00:01.000\n&#34;Hm&#34;">\n'
        f'<track kind="captions" src="{welsh}" srclang="cy" label="Cymraeg" data-text="W">\n'
        "</video>\n\n"
        '<figcaption><span class="recording-title">Go &amp; in</span> <span class="file-facts">'
        "MP4, 1 KB · WEBM, 1 KB · Captions: English, Cymraeg</span></figcaption>\n</figure>\n"
        '<details>\n<summary>Transcript<span class="unseen">: Go &amp; in</span></summary>\n'
        "<div>\n<p>Somebody <em>goes</em> in.</p>\n</div>\n</details>\n</div>"
    )


def test_a_sound_has_a_transcript() -> None:
    sound = picture("media/bell.mp3", b"bell")
    made = course(
        page("a"),
        page("b", "::: audio Bell\n- [R](media/bell.mp3)\n\nIt rings.\n:::"),
        media=(sound,),
    )
    html = chunk(render(plan(made)), "b")["html"]
    name = f"media/bell-{sound.sha256[:10]}.mp3"
    assert (
        '<audio controls preload="none" aria-label="Bell">\n'
        f'<source src="{name}" type="audio/mpeg">\n</audio>'
    ) in html
    assert "<div>\n<p>It rings.</p>\n</div>" in html


def test_the_titles_of_blocks_within_each_other_make_an_outline() -> None:
    inner = "::: callout Low\nA.\n:::\n\n::: reveal Why?\n::::::: steps Lower\n1. B.\n:::::::\n:::"
    body = (
        f"::::: tabs Top\n:::: tab One\n{inner}\n::::\n\n:::: tab Two\nC.\n::::\n:::::\n\n"
        f"::::: callout\n{inner}\n:::::"
    )
    html = chunk(render(plan(course(page("a"), page("b", body)))), "b")["html"]
    assert re.findall(r"<h(\d)[^>]*>([^<]*)<", html) == [
        *(("1", "B"), ("2", "Top"), ("3", "One"), ("4", "Low"), ("4", "Lower"), ("3", "Two")),
        *(("2", "Low"), ("2", "Lower")),
    ]


def test_an_image_keeps_its_room_before_it_is_there() -> None:
    image = replace(picture("media/map.png", b"map"), pixels=(640, 300))
    made = course(page("a"), page("b", "![A map](media/map.png)"), media=(image,))
    src = f"media/map-{image.sha256[:10]}.png"
    assert chunk(render(plan(made)), "b")["html"].endswith(
        f'<p><img src="{src}" width="640" height="300" alt="A map"></p>'
    )
