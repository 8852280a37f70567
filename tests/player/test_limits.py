"""Values go to the LMS in the forms of SCORM 1.2 (facts/scorm-1.2.md#data-model)."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.course.questions import TYPES
from tests.player.conftest import Player


@pytest.mark.parametrize(
    ("milliseconds", "timespan"),
    [
        (0, "0000:00:00.00"),
        (1_004, "0000:00:01.00"),
        (1_005, "0000:00:01.01"),
        (59_999, "0000:01:00.00"),
        (3_599_990, "0000:59:59.99"),
        (3_600_000, "0001:00:00.00"),
        (86_400_000 * 10, "0240:00:00.00"),
        (10**12, "9999:59:59.99"),
        (-5, "0000:00:00.00"),
        (None, "0000:00:00.00"),
    ],
)
def test_timespan(player: Player, milliseconds: int | None, timespan: str) -> None:
    assert player("timespan", milliseconds) == timespan


def test_time_is_the_local_time_of_day(player: Player) -> None:
    assert player("time", 9, 5, 7) == "09:05:07"
    assert player("time", 23, 59, 59) == "23:59:59"


@pytest.mark.parametrize(
    ("hundredths", "score"),
    [
        (0, "0"),
        (8125, "81.25"),
        (3333, "33.33"),
        (5, "0.05"),
        (10000, "100"),
        (10001, "100"),
        (-1, "0"),
    ],
)
def test_score(player: Player, hundredths: int, score: str) -> None:
    assert player("score", hundredths) == score


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10000))
def test_every_score_is_a_decimal_that_reads_back(player: Player, hundredths: int) -> None:
    text = player("score", hundredths)
    assert re.fullmatch(r"\d{1,3}(\.\d{1,2})?", text)
    assert player("readScore", text) == hundredths


@pytest.mark.parametrize("text", ["", " ", "none", "-1", "100.5", "NaN", "Infinity"])
def test_no_score_is_read_from_anything_else(player: Player, text: str) -> None:
    assert player("readScore", text) is None


@pytest.mark.parametrize(
    ("kind", "response", "fits"),
    [
        ("true-false", "t", True),
        ("true-false", "true", False),
        ("choice", "a", True),
        ("choice", "a,c", True),
        ("choice", "{a,c}", False),
        ("choice", "ac", False),
        ("choice", "", False),
        ("fill-in", "x" * 255, True),
        ("fill-in", "x" * 256, False),
    ],
)
def test_response(player: Player, kind: str, response: str, fits: bool) -> None:
    assert player("fits", kind, response) is fits


REFUSED = {
    "true-false": "true",
    "choice": "a;c",
    "sequencing": "ac",
    "matching": "ac",
    "likert": "ab",
    "numeric": "one",
    "fill-in": "x" * 256,
    "performance": "x" * 256,
}
"""By the type as which answers are reported, one that SCORM 1.2 does not take."""


def test_each_type_as_which_answers_are_reported_has_a_form(player: Player) -> None:
    reported = {kind.interaction for kind in TYPES.values()} - {None}
    assert reported == set(REFUSED)
    assert not [kind for kind, response in REFUSED.items() if player("fits", kind, response)]
