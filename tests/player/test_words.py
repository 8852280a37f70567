"""Every text the player asks for exists, and every text there is, is asked for."""

import re
from pathlib import Path

import pytest

from builder.course.interface import LANGUAGES, Language, texts
from tests.player.conftest import Player

ROOT = Path(__file__).resolve().parent.parent.parent
TEXTS = texts("en")
SOURCES = [path.read_text("utf-8") for path in sorted((ROOT / "templates/player").rglob("*.ts"))]


def test_texts_and_code_agree() -> None:
    keys = {key.rpartition(".")[2] for key in TEXTS if key.startswith("player.")}
    plain = {key for key in keys if not key.endswith(("_one", "_other"))}
    counted = {key.removesuffix("_other") for key in keys if key.endswith("_other")}
    quoted = {word for source in SOURCES for word in re.findall(r'"([a-z_]+)"', source)}
    ends = ("incomplete", "completed", "passed", "failed")
    made = {f"{word}_{status}" for word in ("status", "end") for status in ends}
    # That a course has failed is also said where no attempt is left.
    assert (plain | counted) - quoted == made - {"end_failed"}
    asked = {
        word
        for source in SOURCES
        for call in re.findall(r"\bsay(?:\.count)?\(([^()]*)", source)
        for word in re.findall(r'"([a-z_]+)"', call.split("{")[0])
    }
    # The reminder is a text of the course.
    assert asked - plain - counted == {"reminder"}


def test_counted_texts_have_both_forms() -> None:
    ones = {key.removesuffix("_one") for key in TEXTS if key.endswith("_one")}
    others = {key.removesuffix("_other") for key in TEXTS if key.endswith("_other")}
    assert ones == others


def test_the_tone_is_calm() -> None:
    said = {key: text for key, text in TEXTS.items() if key.startswith("player.")}
    assert [key for key, text in said.items() if "!" in text] == []
    assert [key for key, text in said.items() if re.search(r"\bwrong\b", text, re.I)] == []


@pytest.mark.parametrize(
    ("n", "words"), [(1, "You can take it once."), (2, "You can take it 2 times. Best.")]
)
def test_numbers_choose_the_form(player: Player, n: int, words: str) -> None:
    texts = {"left_one": "You can take it once.", "left_other": "You can take it {n} times. Best."}
    assert player("count", texts, "left", n) == words


@pytest.mark.parametrize(
    ("n", "words"),
    [(0, "0 tudalen"), (1, "1 dudalen"), (2, "2 dudalen"), (6, "6 thudalen"), (7, "7 tudalen")],
)
def test_welsh_chooses_among_six_forms(player: Player, n: int, words: str) -> None:
    texts = {
        "pages_zero": "{n} tudalen",
        "pages_one": "{n} dudalen",
        "pages_two": "{n} dudalen",
        "pages_few": "{n} tudalen",
        "pages_many": "{n} thudalen",
        "pages_other": "{n} tudalen",
    }
    assert player("count", texts, "pages", n, "cy") == words


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda one: one.tag)
def test_the_forms_of_a_catalogue_are_those_of_the_language(
    player: Player, language: Language
) -> None:
    assert sorted(player("plurals", language.tag)) == sorted(language.plurals)


@pytest.mark.parametrize(
    ("language", "number", "percent"),
    [
        ("en", "1,234", "81.25%"),
        ("fr", "1\u202f234", "81,25\u00a0%"),
        ("cy", "1,234", "81.25%"),
        ("ar-EG", "١\u066c٢٣٤", "٨١\u066b٢٥٪\u061c"),
    ],
)
def test_numbers_are_written_as_in_the_language(
    player: Player, language: str, number: str, percent: str
) -> None:
    assert player("say", {"room": "{n}"}, "room", {"n": 1234}, language) == number
    assert player("percent", 8125, language) == percent


@pytest.mark.parametrize(
    ("language", "number", "words"),
    [
        ("en", 999, "999"),
        ("en", 1.5, "1.5"),
        ("fr", 1.5, "1,5"),
        ("en", -3, "-3"),
        ("bn", 9, "\N{BENGALI DIGIT NINE}"),
        ("ar-EG", 12, "\N{ARABIC-INDIC DIGIT ONE}\N{ARABIC-INDIC DIGIT TWO}"),
        ("ff-Adlm", 9, "\N{ADLAM DIGIT NINE}"),
    ],
)
def test_short_numbers_are_written_as_in_the_language(
    player: Player, language: str, number: float, words: str
) -> None:
    assert player("say", {"room": "{n}"}, "room", {"n": number}, language) == words


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda one: one.tag)
def test_the_cover_writes_a_percentage_as_the_player_does(
    player: Player, language: Language
) -> None:
    written = texts(language.tag)["page.cover-pass"].format(mark=80)
    # Texts from right to left have marks of direction in them, which nobody sees.
    plain = re.sub("[\u2068\u2069]", "", written)
    assert plain.endswith(player("percent", 8000, language.tag).replace("\u200e", ""))


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("en", "31 January 2026"),
        ("en-US", "January 31, 2026"),
        ("fr", "31 janvier 2026"),
        ("cy", "31 Ionawr 2026"),
        ("ar", "31 يناير 2026"),
        ("ar-EG", "٣١ يناير ٢٠٢٦"),
    ],
)
def test_days_are_written_as_in_the_language(player: Player, language: str, day: str) -> None:
    assert player("day", "2026-01-31", language) == day


def test_things_are_listed_as_in_the_language(player: Player) -> None:
    assert player("list", ["a", "b", "c"], "en") == "a, b and c"
    assert player("list", ["a", "b"], "fr") == "a et b"


def test_values_fill_names_and_others_stay(player: Player) -> None:
    texts = {"page": "Page {n} of {of}"}
    assert player("say", texts, "page", {"n": 3}) == "Page 3 of {of}"


@pytest.mark.parametrize(
    ("address", "route"),
    [
        ("#/definition", {"page": "definition", "anchor": None}),
        ("#/definition/what%20next", {"page": "definition", "anchor": "what next"}),
        ("#/definition/50%", {"page": "definition", "anchor": "50%"}),
        ("#about", None),
        ("", None),
        ("#/../x", None),
    ],
)
def test_addresses(player: Player, address: str, route: dict[str, str | None] | None) -> None:
    assert player("readRoute", address) == route


def test_a_language_that_the_browser_does_not_know_is_english(player: Player) -> None:
    texts = {"left_one": "Once", "left_other": "{n} times"}
    for language in ("en", "de", "x-default", "_", "en_GB", ""):
        assert player("count", texts, "left", 1, language) == "Once"
        assert player("language", language) == {"en": "en-GB", "de": "de"}.get(language, "en-GB")


@pytest.mark.parametrize("language", ["zh-Hant", "ru"])
def test_english_texts_are_counted_as_in_english(player: Player, language: str) -> None:
    texts = {"minutes_one": "{n} minute", "minutes_other": "{n} minutes"}
    counted = [player("count", texts, "minutes", n, language, "en") for n in (1, 2, 21)]
    assert counted == ["1 minute", "2 minutes", "21 minutes"]
