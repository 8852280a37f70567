"""Captions: exactly what browsers would silently drop is reported."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.course.media.captions import judge

GOOD = """WEBVTT – made by hand

NOTE
Two lines of a note
are no captions.

STYLE
::cue { color: yellow }

first
00:01.000 --> 00:04.000 align:start position:10%
[Door opens]
- Come in.

01:00:00.000\t--> 01:00:02.500
Two ways to write times

01:00:01.000 --> 01:00:03.000
may overlap.
"""


def found(text: str) -> list[tuple[int, str]]:
    return [(fault.line, fault.problem) for fault in judge(text)]


def test_good_captions_are_good() -> None:
    assert found(GOOD) == []
    assert found("\ufeff" + GOOD.rstrip()) == []


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("WEBVTT –", "WEBVTT–", (1, "The first line of a file of captions must be “WEBVTT”")),
        (
            GOOD,
            "WEBVTT\n00:01.000 --> 00:02.000\nA\n\n00:03.000 --> 00:04.000\nB",
            (2, "There is no empty line between “WEBVTT” and the first caption"),
        ),
        (GOOD, "WEBVTT\n\nNOTE nothing", (3, "There are no captions in this file")),
        ("first\n", "first\nsecond\n", (10, "“first” has no times")),
        ("00:01.000 -->", "0:01.000 -->", (11, "“0:01.000” is not a time")),
        ("00:04.000 align", "00:04,000 align", (11, "“00:04,000” is not a time")),
        ("00:04.000 align", "00:0٤.000 align", (11, "“00:0٤.000” is not a time")),
        ("00:04.000 align", "00:64.000 align", (11, "“00:64.000” is not a time")),
        ("--> 00:04.000 align:start position:10%", "-->", (11, "“” is not a time")),
        (
            "000 --> 00:04",
            "000 -> 00:04",
            (11, "The arrow of “00:01.000 -> 00:04.000 align:start position:10%” must be -->"),
        ),
        ("000 --> 00:04", "000-->00:04", (11, "There is no space between the arrow and a time")),
        ("00:04.000", "00:01.000", (11, "This caption ends before it starts")),
        ("[Door opens]\n- Come in.\n", "", (11, "This caption has no text")),
        ("[Door opens]\n", "00:02.000 --> 00:03.000\n", (12, "The times of a caption follow")),
        ("01:00:01.000", "00:59:01.000", (18, "This caption starts before the one above it")),
    ],
)
def test_what_a_browser_would_drop(before: str, after: str, fault: tuple[int, str]) -> None:
    assert before in GOOD
    line, words = fault
    output = found(GOOD.replace(before, after, 1))
    assert output
    assert output[0][0] == line
    assert output[0][1].startswith(words)


TIMES = st.integers(min_value=0, max_value=360_000_000)


def clock(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{rest:03}"


@given(st.lists(TIMES, min_size=1, unique=True).map(sorted), st.integers(1, 10_000))
def test_any_captions_in_order_are_good(starts: list[int], length: int) -> None:
    cues = [f"{clock(start)} --> {clock(start + length)}\nWords\n" for start in starts]
    assert found("\n".join(["WEBVTT\n", *cues])) == []


@given(st.text())
def test_any_text_is_judged(text: str) -> None:
    for fault in judge("WEBVTT\n\n" + text):
        assert 1 <= fault.line <= text.count("\n") + 3
