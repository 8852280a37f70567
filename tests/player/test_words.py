"""Every text the player asks for exists, and every text there is, is asked for."""

import json
import re
from pathlib import Path

import pytest

from tests.player.conftest import Player

ROOT = Path(__file__).resolve().parent.parent.parent
TEXTS = json.loads((ROOT / "templates/i18n/en.json").read_text("utf-8"))
SOURCES = [path.read_text("utf-8") for path in sorted((ROOT / "templates/player").rglob("*.js"))]


def test_texts_and_code_agree() -> None:
    keys = {key.rpartition(".")[2] for key in TEXTS if key.startswith("player.")}
    plain = {key for key in keys if not key.endswith(("_one", "_other"))}
    counted = {key.removesuffix("_other") for key in keys if key.endswith("_other")}
    quoted = {word for source in SOURCES for word in re.findall(r'"([a-z_]+)"', source)}
    made = {f"status_{status}" for status in ("incomplete", "completed", "passed", "failed")}
    assert (plain | counted) - quoted == made
    asked = {
        word
        for source in SOURCES
        for call in re.findall(r"\bsay(?:\.count)?\(([^()]*)", source)
        for word in re.findall(r'"([a-z_]+)"', call.split("{")[0])
    }
    assert asked - plain - counted == set()


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


def test_values_fill_names_and_others_stay(player: Player) -> None:
    texts = {"page": "Page {n} of {of}"}
    assert player("say", texts, "page", {"n": 3}) == "Page 3 of {of}"


@pytest.mark.parametrize(
    ("address", "route"),
    [
        ("#/definition", {"page": "definition", "heading": None}),
        ("#/definition/what%20next", {"page": "definition", "heading": "what next"}),
        ("#/definition/50%", {"page": "definition", "heading": "50%"}),
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
