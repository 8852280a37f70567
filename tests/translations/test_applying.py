"""A course in another language: what is translated, what stays, and how it is marked."""

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from builder.course import markdown
from builder.course.judging import judge
from builder.course.markdown import Directive, Prose, Resolver
from builder.course.model import Course, Page
from tests.support.translations import write_po

GOOD = Path(__file__).parent.parent / "golden" / "course"
TODAY = date(2026, 1, 31)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(GOOD, tmp_path / "course")
    return tmp_path / "course"


def in_language(folder: Path, tag: str = "pl") -> Course:
    found, problems = judge(folder, TODAY)
    assert found is not None
    assert found.course is not None, [str(one) for one in problems]
    return next(one for one in found.course.translations if one.language == tag)


def translated(folder: Path, texts: Mapping[str, str], **options: tuple[str, ...]) -> Course:
    write_po(folder, "pl", texts, **options)
    return in_language(folder)


def page(course: Course, name: str) -> Page:
    return next(one for one in course.pages if one.id == name)


def html(prose: Prose) -> str:
    resolver = Resolver(
        link=lambda target: {"href": target},
        image=lambda target: {"src": target},
        variable=lambda name, inside: f"[{name}]",
        values={"board.name": "Anytown Board"},
    )
    return markdown.html(prose, resolver)


def text_of(page: Page) -> str:
    return "".join(html(one) for one in page.document.walk() if isinstance(one, Prose))


def with_page(folder: Path, body: str) -> None:
    (folder / "pages" / "start.md").write_text(f"---\ntitle: Start here\n---\n{body}", "utf-8")


def test_titles_and_texts_are_translated(folder: Path) -> None:
    course = translated(
        folder,
        {
            "A good course": "Dobry kurs",
            "Learn": "Nauka",
            "The topic": "Temat",
            "What this is": "Co to jest",
            "Read [the topic](topic.md) first, above all [who can help](topic.md#who-can-help).": (
                "Najpierw [temat](topic.md), a zwłaszcza [kto pomoże](topic.md#who-can-help)."
            ),
            "Anytown Board": "Rada Anytown",
        },
    )
    assert (course.title, course.language, course.source_language) == ("Dobry kurs", "pl", "en")
    assert [module.title for module in course.modules] == ["", "Nauka", ""]
    assert page(course, "topic").title == "Temat"
    assert course.variables["board.name"].value == "Rada Anytown"
    assert text_of(page(course, "start")) == (
        '<h2 id="h-what-this-is">Co to jest</h2>\n'
        '<p>Najpierw <a href="topic.md">temat</a>, a zwłaszcza '
        '<a href="topic.md#who-can-help">kto pomoże</a>.</p>\n'
        '<p><span lang="en" dir="ltr"><img src="media/map.png" alt="A map of the site">'
        "</span></p>\n"
    )


def test_ids_keys_and_answers_are_those_of_the_source(folder: Path) -> None:
    write_po(folder, "pl", lambda one: "" if one.kind == "quotation" else f"„{one.text}”")
    found, problems = judge(folder, TODAY)
    assert found is not None
    assert [one.code for one in problems] == ["translation-incomplete"]
    source = found.course
    assert source is not None
    [course] = source.translations

    def identities(one: Course) -> object:
        pages = [(page.id, page.key, page.revision, page.kind, page.path) for page in one.pages]
        questions = [
            (asked.id, asked.key, asked.room, asked.patterns, asked.answer)
            for asked in one.questions
        ]
        return one.id, one.version, pages, questions, [module.id for module in one.modules]

    assert identities(course) == identities(source)
    headings = [
        [
            heading.id
            for page in one.pages
            for block in page.document.walk()
            if isinstance(block, Prose)
            for heading in block.headings
        ]
        for one in (source, course)
    ]
    assert headings[0] == headings[1]


def test_missing_or_stale_translation_shows_marked_source_text(folder: Path) -> None:
    with_page(folder, "One\n\nTwo\n\n- Three\n\n| Four |\n| --- |\n| 5 {{ board.name }} |\n")
    course = translated(folder, {"One": "Jeden", "Two": "Dwa"}, fuzzy=("Two",))
    assert text_of(page(course, "start")) == (
        "<p>Jeden</p>\n"
        '<p><span lang="en" dir="ltr">Two</span></p>\n'
        '<ul>\n<li><span lang="en" dir="ltr">Three</span></li>\n</ul>\n'
        '<section class="table-scroll" aria-label="Four" tabindex="0"><table>\n<thead>\n<tr>\n'
        '<th scope="col"><span lang="en" dir="ltr">Four</span></th>\n</tr>\n</thead>\n<tbody>\n'
        '<tr>\n<td><span lang="en" dir="ltr">5 [board.name]</span></td>\n</tr>\n</tbody>\n'
        "</table></section>\n"
    )
    assert {"Two", "Three", "The topic"} <= course.untranslated
    assert "One" not in course.untranslated


def test_the_texts_of_a_question_are_translated_and_marked(folder: Path) -> None:
    course = translated(folder, {"Whom do you tell?": "Komu mówisz?", "No one": "Nikomu"})
    question = next(one for one in course.questions if one.id == "who-to-tell")
    assert html(question.prompt) == "Komu mówisz?"
    shown = {option.id: html(option.text) for option in question.options}
    assert "Nikomu" in shown.values()
    assert sum('<span lang="en" dir="ltr">' in text for text in shown.values()) == len(shown) - 1


def test_an_identical_translation_counts_as_translated(folder: Path) -> None:
    course = translated(folder, {"The topic": "The topic", "Anytown Board": "Anytown Board"})
    assert "The topic" not in course.untranslated


def test_a_translation_cannot_add_a_block(folder: Path) -> None:
    with_page(folder, "One\n")
    texts = {"One": "# Nagłówek\n\n- lista\n\n::: warning Uwaga\nTekst\n:::\n<b>a</b>"}
    write_po(folder, "pl", texts)
    found, _ = judge(folder, TODAY)
    assert found is not None
    course = found.course
    if course:
        [blocks] = [page(one, "start").document.blocks for one in course.translations]
        assert not any(isinstance(block, Directive) for block in blocks)
        shown = "".join(html(block) for block in blocks if isinstance(block, Prose))
        assert shown.startswith("<p># Nagłówek\n- lista\n::: warning Uwaga")
        assert "&lt;b&gt;" in shown


def test_titles_of_blocks_and_terms_of_a_glossary(folder: Path) -> None:
    with_page(folder, "::: glossary Words\nTerm\n: Meaning\n:::\n\nSee [it](#term).\n")
    course = translated(
        folder,
        {"Words": "Słowa", "Term": "Pojęcie", "Meaning": "Znaczenie", "See [it](#term).": ""},
    )
    [glossary] = [
        block for block in page(course, "start").document.walk() if isinstance(block, Directive)
    ]
    [prose] = glossary.prose()
    assert glossary.argument == "Słowa"
    assert [(term.id, term.text) for term in prose.terms] == [("term", "Pojęcie")]


def test_translation_uses_footnotes_and_references_of_source(folder: Path) -> None:
    with_page(folder, "See [there][place] and a note[^n].\n\n[place]: topic.md\n\n[^n]: Noted.\n")
    course = translated(
        folder,
        {
            "See [there][place] and a note[^n].": "Uwaga[^n]: zobacz [tam][place].",
            "Noted.": "Zanotowano.",
        },
    )
    assert text_of(page(course, "start")).startswith(
        '<p>Uwaga<sup><a id="r-1" href="#n-1" role="doc-noteref" aria-label="page.note">1</a></sup>'
        ': zobacz <a href="topic.md">tam</a>.</p>\n'
    )


def test_lock_by_source_title_names_translated_module(folder: Path) -> None:
    course_file = folder / "course.yaml"
    listed = course_file.read_text("utf-8")
    changed = listed.replace("  - checklist.md", "  - page: checklist.md\n    locked: [Learn]")
    course_file.write_text(changed, "utf-8")
    course = translated(folder, {"Learn": "Nauka"})
    lock = page(course, "checklist").lock
    assert lock is not None
    assert lock.modules == ("Nauka",)


def test_captions_and_files_of_a_language(folder: Path) -> None:
    media = folder / "media"
    (media / "film.webm").write_bytes(b"\x1aE\xdf\xa3webm")
    (media / "film.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:02.000\nHello,\nall.\n", "utf-8")
    (media / "pl").mkdir()
    shutil.copy(media / "map.png", media / "pl" / "map.png")
    with (media / "pl" / "map.png").open("ab") as stream:
        stream.write(b"own")
    with_page(
        folder,
        "![A map](media/map.png)\n\n::: video Film\n- [Video](media/film.webm)\n"
        "- [Captions](media/film.vtt)\n\nSomebody says hello.\n:::\n",
    )
    course = translated(folder, {"Hello,\nall.": "Cześć,\nwszystkim."})
    assert course.captions["media/film.vtt"] == (
        "WEBVTT\n\n00:01.000 --> 00:02.000\nCześć,\nwszystkim.\n"
    )
    assert course.media["media/map.png"].file == media / "pl" / "map.png"
    assert course.media["media/map.png"].path == "media/map.png"
    assert "media/pl/map.png" not in course.media
    partly = translated(folder, {"A map": "Mapa"})
    assert "<lang en>Hello,\nall.</lang>" in partly.captions["media/film.vtt"]


def test_captions_with_a_file_of_their_own_need_no_translation(folder: Path) -> None:
    media = folder / "media"
    (media / "film.webm").write_bytes(b"\x1aE\xdf\xa3webm")
    cues = "WEBVTT\n\n00:01.000 --> 00:02.000\nHello.\n"
    (media / "film.vtt").write_text(cues, "utf-8")
    with_page(
        folder,
        "![A map](media/map.png)\n\n::: video Film\n- [Video](media/film.webm)\n"
        "- [Captions](media/film.vtt)\n\nSomebody says hello.\n:::\n",
    )
    write_po(folder, "pl", lambda one: "" if one.kind == "caption" else one.text)
    _, problems = judge(folder, TODAY)
    # Most of these translations only repeat their source.
    assert [one.code for one in problems] == ["translation-incomplete", "translation-copied"]
    assert "Hello." in in_language(folder).untranslated
    (media / "pl").mkdir()
    (media / "pl" / "film.vtt").write_text(cues.replace("Hello", "Cześć"), "utf-8")
    _, problems = judge(folder, TODAY)
    assert [one.code for one in problems] == ["translation-copied"]
    course = in_language(folder)
    assert course.untranslated == frozenset()
    assert "Cześć." in course.captions["media/film.vtt"]
    assert course.draft is False


def test_typed_answers_are_those_of_the_language(folder: Path) -> None:
    questions = folder / "questions" / "all.yaml"
    questions.write_text(
        questions.read_text("utf-8")
        + "- id: typed\n  type: fill-in\n  prompt: The ___.\n  answers: [saucer, plate]\n",
        "utf-8",
    )
    with_page(folder, "::: check typed\n")
    course = translated(folder, {"saucer\nplate": "spodek\ntalerzyk\npodstawka"})
    typed = next(one for one in course.questions if one.id == "typed")
    assert typed.answer["accepted"] == ("spodek", "talerzyk", "podstawka")
    assert typed.patterns == ("spodek", "talerzyk", "podstawka")


def test_a_course_in_polish_and_arabic(folder: Path) -> None:
    write_po(folder, "pl", {"The topic": "Temat"})
    write_po(folder, "ar", {"The topic": "الموضوع"})
    found, _ = judge(folder, TODAY)
    assert found is not None
    assert found.course is not None
    languages = found.course.translations
    assert [(one.language, page(one, "topic").title) for one in languages] == [
        ("ar", "الموضوع"),
        ("pl", "Temat"),
    ]
    assert found.course.translations[0].translations == ()
    assert page(found.course, "topic").title == "The topic"
