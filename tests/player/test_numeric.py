"""Numeric in the player: numbers as people write them, judged exactly."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.player.conftest import Player

FULL = 10_000
# 15 digits at most, as the form takes them.
decimals = st.decimals(
    min_value=-(10**9), max_value=10**9, places=5, allow_nan=False, allow_infinity=False
).map(lambda number: format(number.normalize() + 0, "f"))


def question(low: str, high: str, unit: str = "") -> dict[str, Any]:
    return {"scored": True, "answer": {"from": low, "to": high, "unit": unit, "digits": 15}}


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("18", "en-GB", "18"),
        (" 18. ", "en-GB", "18"),
        ("007.50", "en-GB", "7.5"),
        (".5", "en-GB", "0.5"),
        ("+3", "en-GB", "3"),
        ("-0.0", "en-GB", "0"),
        ("\u2212 2", "en-GB", "-2"),
        ("1,234", "en-GB", "1234"),
        ("1,234,567.25", "en-GB", "1234567.25"),
        ("12,34,567", "hi", "1234567"),
        # Not how English groups: a decimal comma.
        ("1,5", "en-GB", "1.5"),
        ("0,500", "en-GB", "0.5"),
        ("1.234,5", "en-GB", "1234.5"),
        ("1,234", "de", "1.234"),
        ("1.234", "de", "1234"),
        ("1.5", "de", "1.5"),
        ("1.234,56", "de", "1234.56"),
        ("1\u202f234,5", "fr", "1234.5"),
        ("1 234 567", "fr", "1234567"),
        ("1.500", "fr", "1.5"),
        ("1\u2019234.5", "de-CH", "1234.5"),
        ("\u0661\u0668", "ar", "18"),
        ("\u0661\u066b\u0665", "ar", "1.5"),
        ("\u0661\u066c\u0665\u0660\u0660", "ar", "1500"),
        ("\u061c-\u0663", "ar", "-3"),
        ("\u06f1\u06f8", "fa", "18"),
        ("\uff11\uff18", "ja", "18"),
    ],
)
def test_numbers_as_people_write_them(
    player: Player, text: str, language: str, number: str
) -> None:
    assert player("parse", text, language) == number


@pytest.mark.parametrize(
    "text",
    ["", "eighteen", "1e3", "1.2.3", "1,23,4.5", "1,2.3,4", "1 2", "12-5", "--1", ".", "½", "0x10"],
)
def test_what_is_no_number(player: Player, text: str) -> None:
    assert player("parse", text, "en-GB") is None


@pytest.mark.parametrize(
    ("text", "unit"),
    [("18 years", "years"), ("18Years", "years"), ("£18", "£"), ("18\u00a0%", "%"), ("18", "%")],
)
def test_the_unit_may_be_typed_too(player: Player, text: str, unit: str) -> None:
    assert player("parse", text, "en-GB", unit) == "18"
    assert player("parse", "18 metres", "en-GB", unit) is None


@given(
    number=decimals,
    language=st.sampled_from(["en-GB", "de", "de-CH", "fr", "cy", "ar", "ar-EG", "fa", "hi", "pl"]),
)
def test_a_number_that_is_shown_can_be_typed(player: Player, number: str, language: str) -> None:
    assert player("parse", player("format", number, language), language) == number


@given(low=decimals, high=decimals, number=decimals)
def test_right_is_what_exact_decimals_say(player: Player, low: str, high: str, number: str) -> None:
    right = Decimal(low) <= Decimal(number) <= Decimal(high)
    credit = player("credit", "numeric", question(low, high), number)
    assert credit == (FULL if right else 0)


def test_no_surprises_of_floats(player: Player) -> None:
    asked = question("0.3", "0.3")
    assert player("credit", "numeric", asked, "0.3") == FULL
    assert player("credit", "numeric", asked, "0.30000000000001") == 0


@pytest.mark.parametrize(
    ("low", "high", "number", "credit"),
    [
        ("10", "", "10", FULL),
        ("10", "", "9.999999", 0),
        ("", "-1", "-1", FULL),
        ("", "-1", "-0.5", 0),
        ("1", "2", "a", 0),
    ],
)
def test_ranges_may_be_open(player: Player, low: str, high: str, number: str, credit: int) -> None:
    assert player("credit", "numeric", question(low, high), number) == credit


@pytest.mark.parametrize(
    ("language", "unit", "words"),
    [
        ("en-GB", "kg", "-1234.5\u00a0kg"),
        ("de", "%", "-1234,5%"),
        ("fr", "", "-1234,5"),
    ],
)
def test_an_answer_is_described_in_the_language(
    player: Player, language: str, unit: str, words: str
) -> None:
    asked = question("1", "1", unit)
    response = "-1234.5"
    assert player("describe", "numeric", asked, response, {}, language) == words
    assert player("reported", "numeric", asked, response) == [{"part": "", "response": "-1234.5"}]


@pytest.mark.parametrize("response", ["1." + "3" * 150, "9" * 400, "words", "", "1.", "-"])
def test_what_an_earlier_type_left_behind_is_no_number(player: Player, response: str) -> None:
    asked = question("1", "2", "m")
    assert player("credit", "numeric", asked, response) == 0
    assert player("describe", "numeric", asked, response, {}, "en-GB") == ""


def test_years_have_no_mark_and_large_numbers_do(player: Player) -> None:
    assert player("format", "1989", "en-GB") == "1989"
    assert player("format", "12345.50", "en-GB") == "12,345.50"


@pytest.mark.parametrize(
    ("low", "high", "number", "said"),
    [
        ("18", "18", "18", []),
        ("18", "18", "17", ["<p>Accepted: 18\u00a0cm</p>"]),
        ("1", "2.5", "2", ["<p>Accepted: from 1 to 2.5\u00a0cm</p>"]),
        ("1", "", "0", ["<p>Accepted: 1\u00a0cm or more</p>"]),
        ("", "1", "2", ["<p>Accepted: 1\u00a0cm or less</p>"]),
    ],
)
def test_feedback_lists_accepted_numbers(
    player: Player, low: str, high: str, number: str, said: list[str]
) -> None:
    texts = {
        "accepted": "Accepted: {answer}",
        "accepted_range": "Accepted: from {from} to {to}",
        "accepted_from": "Accepted: {from} or more",
        "accepted_to": "Accepted: {to} or less",
    }
    response = number
    assert player("feedback", "numeric", question(low, high, "cm"), response, texts) == said


def test_what_another_type_has_left_behind_earns_nothing(player: Player) -> None:
    longer = f"1.{'0' * 25}"
    for response in ("calm", "b", "", "1,5", "1e9", longer):
        assert player("credit", "numeric", question("5", "", ""), response) == 0
        assert player("describe", "numeric", question("5", "", ""), response) == ""
