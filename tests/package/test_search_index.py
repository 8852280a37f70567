"""The search index has the words of pages, without questions and answers."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from builder.course import markdown
from builder.course.model import Reference, Variable
from builder.package.plan import plan
from builder.package.render import render, search
from builder.package.render.search import searchable
from builder.package.render.templates import Templates
from tests.support.courses import COURSE, course, page, picture, question


def parts(body: str, **course_parts: Any) -> list[tuple[str, str]]:
    made = course(page("first", body), **course_parts)
    [found] = searchable(made, Templates(made))["pages"]
    return list(found["parts"])


def test_text_is_in_paragraphs_below_its_heading() -> None:
    body = (
        "# Title\n\nOne *and*\nmore.\n\n- Two\n- Three\n\n"
        "## Part\n\nLine\\\nbreak\n\n| A | |\n| - | - |\n| | B |\n\n"
        "::: callout Aside\nFour\n:::\n\n```\ncode  of\n\nlines\n```\n\n### {#empty}\n"
    )
    assert parts(body) == [
        ("", "One and more.\nTwo\nThree"),
        ("h-part", "Part\nLine\nbreak\nA\nB\nAside\nFour\ncode of lines"),
    ]


def test_search_finds_author_text_of_blocks() -> None:
    body = "::: warning Stop\nWait.\n:::\n\n::: audio Bell\n- [R](media/a.mp3)\n\nIt rings.\n:::"
    made = course(page("first", body), page("second"), media=(picture("media/a.mp3", b""),))
    [chunk] = [one for one in render(plan(made)) if one.name.startswith("assets/search-")]
    [first, _] = json.loads(chunk.read().decode().partition(',"",')[2][:-3])["pages"]
    assert first["parts"] == [["", "Stop\nWait.\nBell\nTranscript\nIt rings."]]


def test_layout_blocks_are_indexed_in_reading_order() -> None:
    body = (
        "::: media Bell\nRing it.\n\n![A bell](media/a.png)\n:::\n\n"
        ":::: cards Who\n::: card One\nCall.\n\n[More](first.md)\n:::\n\n"
        "::: card Two\nAsk.\n:::\n::::\n\n"
        "::: timeline\nMonday\n: Knock.\n:::\n\n"
        "::: labelled-image\n![A door](media/a.png)\n\n1. (5%, 5%) Mat\n:::\n\n"
        "::: flashcards Again\nWho?\n: You.\n:::\n"
    )
    output = "Bell Ring it. Who One Call. More Two Ask. Monday Knock. Mat Again Who? You."
    [(heading, text)] = parts(body, media=(picture("media/a.png", b""),))
    assert (heading, text.split()) == ("", output.split())


def test_omitted_link_leaves_no_gap_before_full_stop() -> None:
    link = "[here](https://www.example.org)"
    assert parts(f"Read {link}. Then {link} go.") == [("", "Read here. Then here go.")]


def test_notes_and_sources_are_words_of_their_own() -> None:
    body = (
        "::: download Files\n- [Plan](media/plan.pdf): for the wall\n:::\n\n"
        "::: further-reading\n- [Light](https://www.example.org): the first chapter\n:::\n\n"
        "::: contacts\n- Ask: {{ manager }}\n- {{ manager }}\n:::\n"
    )
    site = Reference("https://www.example.org", None, date(2026, 11, 1), "The plant group")
    given = {
        "media": (picture("media/plan.pdf", b""),),
        "references": {site.url: site},
        "variables": {"manager": Variable("manager", "your manager", "Sam; 01234 567890")},
    }
    assert parts(body, **given) == [
        (
            "",
            "Files\nPlan\nfor the wall\nLight, The plant group\nthe first chapter\n"
            "Ask\nSam\n01234 567890\nYour manager\nSam\n01234 567890",
        )
    ]


def test_interface_text_of_blocks_is_not_indexed() -> None:
    body = "::: content-note\nHard.\n:::\n\nText.\n\n::: take-a-break\nBreathe.\n:::"
    assert parts(body) == [("", "Hard.\nText.\nBreathe.")]


def test_the_text_of_an_image_is_not_searched() -> None:
    body = "::: figure Caption\n![A cat](media/a.svg)\n\nIt sleeps.\n:::\n\nWith ![A](media/a.svg)."
    assert parts(body, media=(picture("media/a.svg", b""),)) == [
        ("", "Caption\nDescription of the image\nIt sleeps.\nWith .")
    ]


def test_questions_and_words_of_the_interface_are_not_searched() -> None:
    output = json.dumps(
        [
            json.loads(member.read().decode().partition(',"",')[2][:-3])
            for member in render(plan(COURSE))
            if member.name.startswith("assets/search-")
        ],
        ensure_ascii=False,
    )
    assert "Keep calm. Call Sam <Lee> and Not set yet" in output
    assert "What about one?" in output
    for hidden in ("Prompt of", "Option a", "Practice", "Date achieved"):
        assert hidden not in output


def test_feedback_is_nowhere_in_the_index() -> None:
    asked = replace(question("calm"), explanation=markdown.inline("The secret."))
    made = course(page("first", "Words.\n\n::: check calm\n", checks=(asked,)), page("second"))
    [chunk] = [one for one in render(plan(made)) if one.name.startswith("assets/search-")]
    assert "secret" not in chunk.read().decode()


def test_a_course_of_one_page_has_no_search() -> None:
    assert not [one for one in render(plan(course(page("first")))) if "search" in one.name]


@pytest.mark.parametrize("letter", ["a", "ä", "ب"])
def test_the_index_has_its_limit(letter: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "LIMIT", 1000)
    words = (letter * 4 + " ") * 300
    made = course(page("short", "Short text."), page("long", words), page("longer", words * 2))
    found = searchable(made, Templates(made))
    assert found["cut"] is True
    texts = ["".join(text for _, text in one["parts"]) for one in found["pages"]]
    assert texts[0] == "Short text."
    assert 900 < sum(len(text.encode()) for text in texts) <= 1000
    assert set(" ".join(texts[1:]).split()) == {letter * 4}


def test_page_with_content_note_is_indexed_without_note() -> None:
    note = "::: content-note\nThis is hard.\n:::\n\nThe hard part."
    made = render(plan(course(page("first"), page("hard", note))))
    [chunk] = [one for one in made if one.name.startswith("assets/search-")]
    [first, hard] = json.loads(chunk.read().decode().partition(',"",')[2][:-3])["pages"]
    assert [first["noted"], hard["noted"]] == [False, True]
    assert "The hard part." in hard["parts"][0][1]


def test_a_course_within_the_limit_is_whole() -> None:
    made = course(page("first", "Text."))
    assert searchable(made, Templates(made))["cut"] is False
