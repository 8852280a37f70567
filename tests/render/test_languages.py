"""A course in several languages: one launch page, and files of its own for each language."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from lxml import html

from builder.base.cache import MemoryCache
from builder.course import judging
from builder.course.model import Course, Cover, QuickExit, Theme
from builder.package.artifacts import Member
from builder.package.outline import parse
from builder.package.plan import plan
from builder.package.render import render
from builder.package.render.chunks import LIMIT
from tests.conftest import ROOT
from tests.render.rendered import embedded, text
from tests.support.courses import COURSE, SEVERAL, course, page, picture, translated

SHOWCASE = ROOT / "tests" / "showcase"
COVER = Cover(about="What it is", outcomes=("Keep calm",))


@pytest.fixture(scope="module")
def several() -> list[Member]:
    return render(plan(SEVERAL))


def in_several(made: Course, **fields: object) -> Course:
    changed = replace(made, **fields)
    return replace(changed, translations=(translated(changed, "ar"), translated(changed, "fr")))


def data(members: list[Member], pattern: str, kind: str, name: str) -> dict:
    """The data that a file hands to the player as its last chunk."""
    call = f'scormBuilder.add("{kind}","{name}",'
    found: dict = json.loads(text(members, pattern).rpartition(call)[2].removesuffix(");\n"))
    return found


def language(members: list[Member], tag: str) -> dict:
    return data(members, rf"assets/language-{tag.lower()}-\w+\.js", "language", tag)


def test_each_language_has_own_files_and_shares_scripts(several: list[Member]) -> None:
    names = [re.sub("-[0-9a-f]{10}", "-HASH", member.name) for member in several]
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
        "assets/visit-HASH.js",
        "pages/second-HASH.js",
        "pages/quiz-HASH.js",
        "pages/record-HASH.js",
        "assets/ahead-HASH.js",
        "assets/ahead-HASH.js",
        *(
            f"{name}-{tag}-HASH.js"
            for tag in ("ar", "fr")
            for name in (
                "assets/outline",
                "assets/search",
                "assets/visit",
                "pages/second",
                "pages/quiz",
                "pages/record",
                "assets/ahead",
            )
        ),
        "assets/language-ar-HASH.js",
        "assets/language-fr-HASH.js",
        "adlcp_rootv1p2.xsd",
        "ims_xml.xsd",
        "imscp_rootv1p1p2.xsd",
        "imsmd_rootv1p2p1.xsd",
    ]


def test_source_language_files_are_unchanged_by_translations(members: list[Member]) -> None:
    """Pages, search and outline of the source language are the same files in both packages."""
    alone = {member.name: member for member in members}
    both = {member.name: member for member in render(plan(SEVERAL))}
    own = {name for name in both if re.match(r"pages/\w+-[0-9a-f]{10}\.js|assets/search-", name)}
    same = {name for name in own if not re.search("-(ar|fr)-[0-9a-f]{10}", name)}
    assert {re.sub("-[0-9a-f]{10}", "", name) for name in same} == {
        "pages/second.js",
        "pages/quiz.js",
        "pages/record.js",
        "assets/search.js",
    }
    assert {name: both[name] for name in same} == {name: alone[name] for name in same}


def test_the_launch_page_lists_the_languages(several: list[Member], members: list[Member]) -> None:
    given = embedded(several, "course-data")
    sources = [re.sub("-[0-9a-f]{10}", "-HASH", one.pop("src", "")) for one in given["languages"]]
    assert given.pop("languages") == [
        {"tag": "en", "name": "English"},
        {"tag": "ar", "name": "العربية"},
        {"tag": "fr", "name": "Français"},
    ]
    assert sources == ["", "assets/language-ar-HASH.js", "assets/language-fr-HASH.js"]
    alone = embedded(members, "course-data")
    assert "languages" not in alone
    assert {**given, "visit": None} == {**alone, "visit": None}
    index = html.fromstring(text(several, r"index\.html").encode())
    assert index.find("body").get("class") == "with-contents awaits"
    assert index.get("lang") == "en"
    assert index.get_element_by_id("language-button").text_content() == "English"


def test_single_language_launch_page_has_no_language_choice(members: list[Member]) -> None:
    index = text(members, r"index\.html")
    for word in ("awaits", "language-button", "cover-languages"):
        assert word not in index


def test_language_file_contains_everything_for_first_view(several: list[Member]) -> None:
    found = language(several, "fr")
    assert list(found) == [
        "course",
        "text",
        "outline",
        "rest",
        "visit",
        "cover",
        "page",
        "shell",
        "title",
    ]
    assert found["course"] == {"title": "fr First aid", "language": "fr", "direction": "ltr"}
    assert found["title"] == "fr First – fr First aid"
    assert found["cover"] is None
    assert found["page"]["html"].startswith('<h1 tabindex="-1">fr First</h1>')
    assert list(found["page"]["questions"]) == ["quoted"]
    assert [one["title"] for one in found["outline"]["pages"]] == ["fr First", "fr Second"]
    assert found["rest"][:2] == ["outline", "@fr"]
    assert found["text"]["start"] == "Commencer"
    assert language(several, "ar")["course"]["direction"] == "rtl"


def test_every_chunk_of_a_language_ends_in_its_tag(several: list[Member]) -> None:
    names = r'scormBuilder\.add\("(\w+)","([^"]*)"'
    found = {
        (kind, name)
        for member in several
        if "-fr-" in member.name
        for kind, name in re.findall(names, member.read().decode())
        if kind not in ("part", "css")
    }
    assert found == {
        ("outline", "@fr"),
        ("search", "@fr"),
        ("visit", "@fr"),
        ("page", "second@fr"),
        ("page", "quiz@fr"),
        ("page", "record@fr"),
        ("ahead", "1@fr"),
        ("language", "fr"),
    }
    entries = data(several, r"assets/outline-fr-\w+\.js", "outline", "@fr")["pages"]
    in_package = {member.name for member in several}
    assert entries[0]["src"] is None
    for entry in entries[1:]:
        assert f"{entry['id']}-fr-" in entry["src"]
        assert entry["src"] in in_package


def test_the_scripts_around_the_pages_are_loaded_once(several: list[Member]) -> None:
    visits = [
        embedded(several, "course-data")["visit"],
        *(language(several, tag)["visit"] for tag in ("ar", "fr")),
    ]
    assert [[kind, name] for kind, name, _ in visits[0]] == [
        ["style", "shell-visit"],
        ["part", "shell-visit"],
        ["visit", ""],
    ]
    assert [one[-1][:2] for one in visits] == [["visit", ""], ["visit", "@ar"], ["visit", "@fr"]]
    assert visits[0][:-1] == visits[1][:-1] == visits[2][:-1]
    assert all(not text(several, re.escape(one[-1][2])).startswith("(") for one in visits)


def test_each_language_prefetches_its_pages_and_shared_scripts(
    several: list[Member],
) -> None:
    ahead = {
        tag: data(several, rf"assets/visit{stem}-[0-9a-f]{{10}}\.js", "visit", name)["ahead"]
        for tag, stem, name in (("en", "", ""), ("ar", "-ar", "@ar"), ("fr", "-fr", "@fr"))
    }
    assert {
        tag: [(one["chunk"], one["pages"]) for one in found] for tag, found in ahead.items()
    } == {
        "en": [
            (["ahead", "parts"], []),
            (["search", ""], []),
            (["ahead", "1"], ["second", "quiz", "record"]),
        ],
        "ar": [
            (["ahead", "parts"], []),
            (["search", "@ar"], []),
            (["ahead", "1@ar"], ["second", "quiz", "record"]),
        ],
        "fr": [
            (["ahead", "parts"], []),
            (["search", "@fr"], []),
            (["ahead", "1@fr"], ["second", "quiz", "record"]),
        ],
    }
    assert len({found[0]["src"] for found in ahead.values()}) == 1
    part = b'scormBuilder.add("part","page-quiz"'
    scripts = [member.name for member in several if part in member.read()]
    assert sorted(re.sub("-[0-9a-f]{10}", "", name) for name in scripts) == [
        "assets/ahead.js",
        "assets/page-quiz.js",
    ]


def test_what_is_fetched_ahead_counts_one_language() -> None:
    """Four languages of half the limit each are all fetched ahead, each alone."""
    words = "Word " * 40_000
    made = course(page("first"), *(page(f"p{number}", words) for number in range(2)))
    tags = ("ar", "cy", "fr")
    members = render(plan(replace(made, translations=tuple(translated(made, t) for t in tags))))
    assert sum(len(m.read()) for m in members if "ahead" in m.name) > LIMIT
    for name in ("", "@ar", "@cy", "@fr"):
        stem = name.replace("@", "-")
        found = data(members, rf"assets/visit{stem}-[0-9a-f]{{10}}\.js", "visit", name)["ahead"]
        assert [page_id for one in found for page_id in one["pages"]] == ["p0", "p1"]


CHOICE = ("#language-button", "#language-button span")
"""What a page in one language alone does not have."""


def around(index: str, shell: dict | None = None) -> list[tuple[str, dict, str]]:
    """The elements around the content of a launch page: tag, attributes and text of each, after
    the values of ``shell`` were set."""
    page = html.fromstring(index.encode())
    for selector, values in (shell or {}).items():
        found = page.cssselect(selector)
        assert found, selector
        for element in found:
            for name, value in values.items():
                if name == "text":
                    assert len(element) == 0, selector
                    element.text = value
                elif value is None:
                    element.attrib.pop(name, None)
                else:
                    element.set(name, value)
    for element in page.cssselect(".draft-note"):
        words = element.text_content()
        for inner in list(element):
            element.remove(inner)
        element.text = words
    for element in page.cssselect("#language-button, noscript, #alone, main, script, head"):
        element.getparent().remove(element)
    return [
        (element.tag, dict(element.attrib), (element.text or "").strip())
        for element in page.iter("*")
        if element.tag not in ("html", "body")
    ]


@pytest.mark.parametrize("draft", [False, True])
@pytest.mark.parametrize("url", [None, "https://www.example.org"])
def test_a_language_changes_every_text_of_the_launch_page(draft: bool, url: str | None) -> None:
    """The launch page of the source language becomes the one of a package in French alone."""
    logo = picture("media/logo.png", b"logo")
    made = in_several(
        COURSE,
        media={logo.path: logo},
        draft=draft,
        theme=Theme(logo=logo.path, logo_alt="The plant shop"),
        tracking=replace(COURSE.tracking, comments=True),
        help=(COURSE.pages[1],),
        quick_exit=QuickExit(url),
    )
    members = render(plan(made))
    french = made.translations[1]
    alone = text(render(plan(replace(french, translations=()), only=True)), r"index\.html")
    shell = language(members, "fr")["shell"]
    if not url:
        # In the package of all languages, the page that it opens has another name.
        assert shell["[data-leave]"].pop("href") == shell[".leave"].pop("data-neutral")
        assert {"leave.html", "leave-ar.html", "leave-fr.html"} <= {one.name for one in members}
    shell[".leave"].pop("data-neutral", None)
    assert all(shell.pop(name) for name in CHOICE)
    assert around(text(members, r"index\.html"), shell) == around(alone)


def test_draft_note_appears_only_in_draft_languages() -> None:
    arabic, french = SEVERAL.translations
    planned = plan(replace(SEVERAL, translations=(replace(arabic, draft=True), french)))
    members = render(planned)
    assert planned.package_name == "first-aid-1.2.0-draft.zip"
    note = html.fromstring(text(members, r"index\.html").encode()).cssselect(".draft-note")[0]
    assert note.get("hidden") == ""
    hidden = [language(members, tag)["shell"][".draft-note"] for tag in ("ar", "fr")]
    assert hidden == [{"hidden": None}, {"hidden": ""}]
    assert json.loads(text(members, r"course\.json"))["draft"]


def test_cover_has_empty_place_for_language_choice() -> None:
    members = render(plan(in_several(COURSE, cover=COVER)))
    index = html.fromstring(text(members, r"index\.html").encode())
    covers = [index, html.fromstring(language(members, "ar")["cover"])]
    found = [group for cover in covers for group in cover.cssselect(".cover-languages")]
    assert [(one.get("role"), one.get("aria-label"), len(one)) for one in found] == [
        ("group", "Language", 0),
        ("group", "اللغة", 0),
    ]
    assert language(members, "ar")["page"] is None
    assert language(members, "fr")["title"] == "Commencer – fr First aid"


def test_page_after_cover_includes_its_parts_in_each_language() -> None:
    members = render(plan(in_several(COURSE, cover=COVER)))
    for tag in ("", "-ar", "-fr"):
        script = text(members, rf"pages/first{tag}-[0-9a-f]{{10}}\.js")
        assert '"part","block-check"' in script


def test_plain_text_that_is_not_translated_has_its_language() -> None:
    made = replace(COURSE, cover=COVER)
    arabic = translated(
        made,
        "ar",
        title=made.title,
        untranslated=frozenset({made.title, made.pages[1].title, "Note", "Keep calm"}),
        modules=made.modules,
    )
    members = render(plan(replace(made, translations=(arabic,))))
    found = language(members, "ar")
    assert '<h1 tabindex="-1" lang="en" dir="ltr">' in found["cover"]
    assert '<li lang="en" dir="ltr">' in found["cover"]
    assert '<p class="lead">' in found["cover"]
    assert found["shell"][".course-title"] == {
        "text": "\u2066First aid\u2069",
        "lang": "en",
        "dir": "ltr",
    }
    second = data(members, r"pages/second-ar-\w+\.js", "page", "second@ar")["html"]
    assert second.startswith('<h1 tabindex="-1" lang="en" dir="ltr">Second</h1>')
    assert '<h2 lang="en" dir="ltr">Note</h2>' in second
    quiz = data(members, r"pages/quiz-ar-\w+\.js", "page", "quiz@ar")["html"]
    assert quiz.startswith('<h1 tabindex="-1" dir="ltr">Quiz</h1>')


def test_translated_title_resets_language_attributes() -> None:
    found = language(render(plan(SEVERAL)), "fr")["shell"][".course-title"]
    assert found == {"text": "fr First aid", "lang": None, "dir": None}


def test_a_language_shows_its_own_media() -> None:
    one, other = picture("media/map.png", b"map"), picture("media/map.png", b"mapa")
    body = "![Map](../media/map.png)"
    made = course(page("first"), page("second", body), media=(one,))
    french = translated(made, "fr", media={other.path: other})
    planned = plan(replace(made, translations=(french,)))
    members = render(planned)
    names = [f"media/map-{each.sha256[:10]}.png" for each in (one, other)]
    assert [member.name for member in members if member.name.startswith("media/")] == names
    assert names[0] in text(members, r"pages/second-[0-9a-f]{10}\.js")
    assert names[1] in text(members, r"pages/second-fr-\w+\.js")


def test_course_json_has_the_texts_of_each_language(several: list[Member]) -> None:
    content = text(several, r"course\.json").encode()
    outline = parse(content)
    assert [one.language for one in outline.translations] == ["ar", "fr"]
    french = outline.translations[1]
    assert french.title == "fr First aid"
    assert {name: one.title for name, one in french.pages.items()} == {
        "first": "fr First",
        "second": "fr Second",
        "quiz": "fr Quiz",
        "record": "fr Record",
    }
    assert french.questions["quoted"].prompt == "fr Prompt of quoted?"
    assert french.questions["quoted"].texts == {letter: f"fr Option {letter}" for letter in "abc"}
    assert french.record == {"one": "What about one?", "two": "What about two?"}
    assert list(json.loads(content))[-1] == "translations"
    alone = json.loads(text(render(plan(COURSE)), r"course\.json"))
    assert {**json.loads(content), "translations": None} == {**alone, "translations": None}


def noted_chunks(cache: MemoryCache) -> list[tuple[str, str]]:
    """The chunks of pages that are made from now on: the language, and the id of the page."""
    rendered: list[tuple[str, str]] = []
    for tag in ("", "ar", "fr"):
        scope = cache.scope(tag)
        kept = scope.get_or_compute

        def counted(
            name: Any,
            given: Any,
            make: Callable[[], object],
            tag: str = tag,
            kept: Callable[..., object] = kept,
        ) -> object:
            def noted() -> object:
                if name[0] == "chunk":
                    rendered.append((tag, name[1]))
                return make()

            return kept(name, given, noted)

        scope.get_or_compute = counted
    return rendered


def test_translated_title_change_rerenders_only_its_files() -> None:
    cache = MemoryCache()
    before = {member.name for member in render(plan(SEVERAL), cache)}
    rendered = noted_chunks(cache)
    french = SEVERAL.translations[1]
    (module,) = french.modules
    second = replace(module.pages[1], title="Deuxième")
    pages = tuple(second if one.id == "second" else one for one in module.pages)
    changed = replace(french, modules=(replace(module, pages=pages),))
    after = render(plan(replace(SEVERAL, translations=(SEVERAL.translations[0], changed))), cache)
    assert rendered == [("fr", "second")]
    assert [name for name in rendered if str(name).startswith("('ar'")] == []
    new = {re.sub("-[0-9a-f]{10}", "", one.name) for one in after if one.name not in before}
    assert new == {
        "pages/second-fr.js",
        "assets/outline-fr.js",
        "assets/language-fr.js",
        "assets/ahead-fr.js",
        "assets/visit-fr.js",
    }


def test_stale_title_rerenders_only_pages_that_show_it() -> None:
    cache = MemoryCache()
    render(plan(SEVERAL), cache)
    rendered = noted_chunks(cache)
    arabic, french = SEVERAL.translations
    stale = replace(french, untranslated=frozenset({"fr Second"}))
    render(plan(replace(SEVERAL, translations=(arabic, stale))), cache)
    assert rendered == [("fr", "second")]


def test_language_file_before_cover_is_small() -> None:
    """At launch in another language, the player loads this file and nothing else before it shows
    the cover: at most 15 KB, also in Arabic, whose letters take two bytes each."""
    showcase, _ = judging.course(SHOWCASE, date(2026, 1, 31))
    assert showcase
    assert showcase.cover
    members = render(plan(replace(showcase, translations=(translated(showcase, "ar"),))))
    (file,) = [one for one in members if one.name.startswith("assets/language-ar-")]
    assert len(file.read()) <= 15_000
