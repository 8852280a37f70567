"""What the search finds: accents, capitals, other scripts; which page first; what is marked."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.player.conftest import Player

TITLES = {"one": "Watering plants", "two": "Light", "three": "Wenn’s dunkel wird"}
PAGES = [
    {"id": "one", "parts": [["", "Water them on Mondays."], ["h-how", "How\nNot too much light."]]},
    {"id": "two", "parts": [["", "Plants want light.\nNo plant wants water in its light."]]},
    {"id": "three", "parts": [["", "Überall naïve Menschen. الأطفالُ والكتاب"]]},
]


def found(player: Player, query: str) -> list[str]:
    return [page for page, _, _ in player("search", TITLES, PAGES, query)]


@pytest.mark.parametrize(
    ("query", "pages"),
    [
        ("monday", ["one"]),
        ("MONDAYS", ["one"]),
        ("onday", []),
        ("water plant", ["one", "two"]),
        ("light", ["two", "one"]),
        ("water light", ["two", "one"]),
        ("water zebra", []),
        ("uberall NAIVE", ["three"]),
        ("Wenn's", ["three"]),
        ("اطفال", ["three"]),
        ("كتاب", ["three"]),
    ],
)
def test_which_pages_have_every_word(player: Player, query: str, pages: list[str]) -> None:
    assert found(player, query) == pages


def test_a_result_is_the_paragraph_with_most_of_the_words(player: Player) -> None:
    assert player("search", TITLES, PAGES, "light water") == [
        ["two", "", "No plant wants water in its light."],
        ["one", "", "Water them on Mondays."],
    ]
    assert player("search", TITLES, PAGES, "much") == [
        ["one", "h-how", "How – Not too much light."]
    ]
    assert player("search", TITLES, PAGES, "watering") == [["one", None, None]]


def test_nothing_is_shown_of_a_page_with_a_content_note(player: Player) -> None:
    pages = [PAGES[0] | {"noted": True}]
    assert player("search", TITLES, pages, "much") == [["one", None, None]]


@pytest.mark.parametrize(
    ("query", "words"), [("", None), (" a ", None), ("?!", None), ("ab", ["ab"])]
)
def test_a_query_needs_two_letters(player: Player, query: str, words: list[str] | None) -> None:
    assert player("queryWords", query) == words


@pytest.mark.parametrize(
    ("text", "words", "runs"),
    [
        ("Water!", ["wat"], [["Water", True], ["!", False]]),
        (
            "A café, cafés",
            ["cafe"],
            [["A ", False], ["café", True], [", ", False], ["cafés", True]],
        ),
        ("Straße", ["strass"], [["Straße", True]]),
        ("الكتاب هنا", ["كتاب"], [["الكتاب", True], [" هنا", False]]),
        ("Nothing", ["some"], [["Nothing", False]]),
        ("in in", ["in", "i"], [["in", True], [" ", False], ["in", True]]),
    ],
)
def test_whole_words_are_marked(
    player: Player, text: str, words: list[str], runs: list[list[object]]
) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert player("marked", text, words) == runs
    assert "".join(run for run, _ in player("marked", decomposed, words)) == decomposed


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.text(max_size=4))
def test_marking_changes_no_letter(player: Player, text: str, query: str) -> None:
    words = player("queryWords", query) or ["a"]
    runs = player("marked", text, words)
    assert "".join(run for run, _ in runs) == text
    for run, hit in runs:
        assert run
        assert not hit or any(word in player("fold", run) for word in words)


def test_a_long_paragraph_is_shown_round_the_first_word_found(player: Player) -> None:
    text = "Before it there is a lot to read. " * 10 + "Here is the needle. " + "After. " * 50
    shown = player("snippet", text, ["needle"])
    assert shown.startswith("… ")
    assert shown.endswith(" After. …") or shown.endswith(" …")
    assert "Here is the needle." in shown
    assert len(shown) < 210
    assert player("snippet", "Short needle.", ["needle"]) == "Short needle."
    unbroken = "x" * 500
    assert player("snippet", f"needle {unbroken}", ["needle"]) == "needle …"
