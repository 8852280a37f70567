"""Free text takes the room that trainees are told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.course import letters
from builder.course.letters import DamagedError

UNITS = st.lists(st.integers(0, 63), max_size=30)


@given(st.text(st.characters(exclude_categories=["Cs"])) | st.text("ab ,قل،и🙂é\n"))
def test_what_is_typed_comes_back(text: str) -> None:
    assert letters.text(letters.letters(text)) == text


@given(UNITS)
def test_any_letters_are_read_or_refused(units: list[int]) -> None:
    try:
        text = letters.text(units)
    except DamagedError:
        return
    assert letters.text(letters.letters(text)) == text


@pytest.mark.parametrize(
    ("text", "room"),
    [
        ("", 0),
        ("Look beyond", 11),
        ("one\ntwo", 8),
        ("100%, fine", 12),
        ("Dw i’n poeni am ŵyr", 21),
        ("prénom", 7),
        ("أنا قلق على طفل", 17),
        ("طفل، هل", 11),
        ("\u0393\u03b5\u03b9\u03ac \u03bc\u03ad", 9),
        ("zażółć", 16),
        ("🙂", 5),
        ("孩子", 10),
        ("\U000e0067", 6),
    ],
)
def test_the_room_that_a_text_takes(text: str, room: int) -> None:
    assert letters.room(text) == room


def test_half_a_surrogate_pair_becomes_a_question_mark() -> None:
    assert letters.text(letters.letters("a\ud83d")) == "a?"


def test_the_alphabets_are_apart() -> None:
    every = [*letters.PLAIN, *letters.SECOND, *"".join(letters.ALPHABETS)]
    assert len(set(every)) == len(every)
    assert len(letters.SECOND) + len(letters.ALPHABETS) == 61
    assert max(map(len, letters.ALPHABETS)) == 60
