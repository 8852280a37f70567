"""What can be found: what the pages say, and none of what they ask or answer."""

import json
from dataclasses import replace

import pytest

from builder import markdown
from builder.plan import plan
from builder.render import render, search
from builder.render.search import searchable
from tests.courses import COURSE, course, page, picture, question


def parts(html: str) -> list[tuple[str, str]]:
    [found] = searchable(course(page("first")), {"first": html})["pages"]
    return list(found["parts"])


def test_text_is_in_paragraphs_below_its_heading() -> None:
    html = (
        "<h1>Title</h1>\n<p>One <em>and</em>\nmore.</p><ul><li>Two<li>Three</ul>"
        '<h2 id="h-part">Part</h2><p>Line<br>break</p><table><tr><th>A</th><td>B</td></tr></table>'
        '<section><h2>Aside</h2><p>Four</p></section><h3 id="h-empty"></h3>'
    )
    assert parts(html) == [
        ("", "One and more.\nTwo\nThree"),
        ("h-part", "Part\nLine\nbreak\nA\nB\nAside\nFour"),
    ]


def test_a_block_is_found_by_what_its_author_wrote() -> None:
    body = "::: warning Stop\nWait.\n:::\n\n::: audio Bell\n- [R](media/a.mp3)\n\nIt rings.\n:::"
    made = course(page("first", body), page("second"), media=(picture("media/a.mp3", b""),))
    [chunk] = [one for one in render(plan(made)) if one.name.startswith("assets/search-")]
    [first, _] = json.loads(chunk.read().decode().partition(',"",')[2][:-3])["pages"]
    assert first["parts"] == [["", "Stop\nWait.\nBell\nTranscript\nIt rings."]]


def test_what_is_left_out_leaves_no_gap_before_a_full_stop() -> None:
    link = '<a href="#">here <span class="new-tab">(opens in new tab)</span></a>'
    assert parts(f"<p>Read {link}. Then {link} go.</p>") == [("", "Read here. Then here go.")]


def test_questions_and_words_of_the_interface_are_not_searched() -> None:
    told = json.dumps(
        [
            json.loads(member.read().decode().partition(',"",')[2][:-3])
            for member in render(plan(COURSE))
            if member.name.startswith("assets/search-")
        ],
        ensure_ascii=False,
    )
    assert "Keep calm. Call Sam <Lee> and Not set yet" in told
    assert "What about one?" in told
    for hidden in ("Prompt of", "Option a", "Practice question", "Date achieved", "Not yet signed"):
        assert hidden not in told


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
    made = course(page("short"), page("long"), page("longer"))
    html = {
        "short": "<p>Short text.</p>",
        "long": f"<p>{words}</p>",
        "longer": f"<p>{words * 2}</p>",
    }
    found = searchable(made, html)
    assert found["cut"] is True
    texts = ["".join(text for _, text in one["parts"]) for one in found["pages"]]
    assert texts[0] == "Short text."
    assert 900 < sum(len(text.encode()) for text in texts) <= 1000
    assert set(" ".join(texts[1:]).split()) == {letter * 4}


def test_a_page_with_a_content_note_is_found_without_its_words() -> None:
    note = "::: content-note\nThis is hard.\n:::\n\nThe hard part."
    made = render(plan(course(page("first"), page("hard", note))))
    [chunk] = [one for one in made if one.name.startswith("assets/search-")]
    [first, hard] = json.loads(chunk.read().decode().partition(',"",')[2][:-3])["pages"]
    assert [first["noted"], hard["noted"]] == [False, True]
    assert "The hard part." in hard["parts"][0][1]


def test_a_course_within_the_limit_is_whole() -> None:
    assert searchable(course(page("first")), {"first": "<p>Text.</p>"})["cut"] is False
