"""Which language is offered first, and what changes with it."""

import pytest

from tests.player.conftest import Player

TAGS = ["en-GB", "cy", "pl", "pt-PT", "pa-Guru", "ar"]


@pytest.mark.parametrize(
    ("wanted", "first"),
    [
        (["pl"], "pl"),
        (["pl-PL", "en"], "pl"),
        (["de", "ar-EG", "pl"], "ar"),
        # A browser that names only the language finds the one with region or script.
        (["pa-IN"], "pa-Guru"),
        (["pt-BR"], "pt-PT"),
        (["en-US"], "en-GB"),
        # Not by the first letters: “p” is no language.
        (["p"], ""),
        (["de", "fr-CA"], ""),
        ([], ""),
    ],
)
def test_the_browsers_first_language_that_the_course_has(
    player: Player, wanted: list[str], first: str
) -> None:
    assert player("preferred", TAGS, wanted) == first


def test_texts_numbers_and_plural_forms_follow_the_language(player: Player) -> None:
    english = {"left_one": "{n} page", "left_other": "{n} pages"}
    polish = {"left_one": "{n} strona", "left_few": "{n} strony", "left_many": "{n} stron"}
    said = player("turned", [["en", english], ["pl", polish], ["en", english]], 22222)
    # No form of a language is left over in another one.
    assert said == ["22,222 pages", "22\N{NO-BREAK SPACE}222 strony", "22,222 pages"]


@pytest.mark.parametrize(
    ("older", "newer", "same", "chosen"),
    [
        ("pl", "ar", True, "ar"),
        # In one attempt, no language is the choice of the source language.
        ("pl", "", True, ""),
        ("", "pl", True, "pl"),
        # A new attempt that has not chosen yet.
        ("pl", "", False, "pl"),
        ("pl", "ar", False, "ar"),
    ],
)
def test_the_last_choice_of_two_windows_wins(
    player: Player, older: str, newer: str, same: bool, chosen: str
) -> None:
    assert player("mergedLanguage", older, newer, same) == chosen


def test_a_removed_language_is_dropped_first(player: Player) -> None:
    assert player("shortenedLanguage", "pl", ["en", "pl"]) == "pl"
    assert player("shortenedLanguage", "pl", ["en", "ar"]) == ""
    assert player("shortenedLanguage", "pl", None) == ""
