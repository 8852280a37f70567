"""The first view of a course: two files, whatever its length; its theme; and course.json."""

import json
import re
from dataclasses import replace

import pytest

from builder.course.model import Stylesheet, Theme
from builder.package.artifacts import DIGEST_PLACEHOLDER, Member
from builder.package.plan import plan
from builder.package.render import render
from tests.render.rendered import chunk, embedded, text
from tests.support.courses import COURSE, course, item, page, picture


def test_first_view_is_two_files_and_pages_are_chunks(members: list[Member]) -> None:
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


def test_digest_placeholder_is_in_exactly_two_files(members: list[Member]) -> None:
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


def test_first_view_contains_parts_of_the_first_page() -> None:
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


def test_first_view_size_does_not_depend_on_course_length() -> None:
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


@pytest.mark.whole
@pytest.mark.parametrize("pages", [10, 1000])
def test_the_first_view_is_at_most_60_kb(pages: int) -> None:
    made = render(
        plan(course(*(page(f"page-{number}", "Words. " * 700) for number in range(pages))))
    )
    first = text(made, "index.html") + text(made, r"assets/player-.*\.js")
    assert len(first.encode()) <= 60_000


def test_a_page_cannot_end_the_script_it_is_embedded_in() -> None:
    hostile = replace(COURSE, title="</script><script>alert(1)</script>")
    index = text(render(plan(hostile)), "index.html")
    assert "<script>alert" not in index


def test_theme_sets_accent_logo_and_stylesheet_after_ours(tmp_path) -> None:
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


def test_course_without_theme_has_no_theme_markup(members: list[Member]) -> None:
    index = text(members, "index.html")
    assert 'class="logo"' not in index
    assert "course-styles" not in index
    assert index.count(":root{--accent") == 0
