"""What is saved comes back; of what is damaged, whole sections before the damage do."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.course import state
from builder.course.state import State
from builder.course.state.bits import ALPHABET, checksum
from tests.player.states import states

FIELDS = ("visited", "checks", "quizzes", "records", "late", "finished", "language")
SAVED = State(
    "x7Qp-_0Z",
    7,
    "incomplete",
    "Ab-_",
    5000,
    "x9",
    visited=frozenset(["Ab-_", "0000"]),
    checks={"q1q1": state.CheckState(2, False, "ac")},
    quizzes={"quiz": state.QuizState(1, None, True, {"q1q1": "a", "q2q2": "Look beyond"})},
    records={"rec1": state.RecordState("2026-11-25", "Talk to her.")},
    reported=True,
    interactions=12,
    late=frozenset(["q1q1"]),
    finished="2026-11-30",
    language="pt-PT",
)


def partial(saved: State, lost: int) -> State:
    """The state without its last ``lost`` sections."""
    fields = FIELDS[len(FIELDS) - lost :]
    empty = State("", 0, "incomplete", "")
    return replace(saved, **{name: getattr(empty, name) for name in fields}, lost=fields)


@pytest.mark.whole
@given(states())
def test_what_is_saved_comes_back(saved: State) -> None:
    text = state.encode(saved)
    assert set(text) <= set(ALPHABET)
    assert state.decode(text) == saved


def test_a_state_of_nothing_takes_46_characters() -> None:
    assert len(state.encode(State("A" * 8, 0, "incomplete", ""))) == 46


@pytest.mark.parametrize("finished", ["", "2026-11-30"])
def test_date_field_follows_late_section_even_if_empty(finished: str) -> None:
    bare = State("A" * 8, 0, "incomplete", "")
    text = state.encode(replace(bare, finished=finished))
    assert text.startswith(f"{state.encode(bare)}AA")
    assert len(text) - len(state.encode(bare)) == (14 if finished else 10)
    assert state.day_size() == 14


def test_language_has_its_own_section_after_the_date() -> None:
    bare = State("A" * 8, 0, "incomplete", "", finished="2026-11-30")
    text = state.encode(replace(bare, language="pa-Guru"))
    assert text.startswith(state.encode(bare))
    # Length and checksum, the field and its length, "-" as two letters.
    assert len(text) - len(state.encode(bare)) == 5 + 3 + len("pa-Guru") + 1


def test_section_after_date_is_written_only_for_language() -> None:
    text = state.encode(State("A" * 8, 0, "incomplete", "", language="pl"))
    found = state.decode(text)
    assert found is not None
    # The empty section of the day is there because another one follows, not for a day.
    assert (found.language, found.finished) == ("pl", None)


def test_fields_of_newer_versions_are_skipped() -> None:
    known = state.encode(replace(SAVED, language="pl"))
    # The field “N” with one letter, then the language.
    payload = "NAB" + "B" + "LAC" + "PL"
    size = f"A{ALPHABET[len(payload)]}"
    start = len(state.encode(replace(SAVED, language="")))
    text = known[:start] + size + payload + checksum(f"G{size}{payload}")
    assert state.decode(text) == replace(SAVED, language="pl")


def test_a_text_that_is_cut_keeps_its_whole_sections() -> None:
    text = state.encode(SAVED)
    kept = [state.decode(text[:size]) for size in range(len(text) + 1)]
    assert kept[-1] == SAVED
    # None before the head is whole; then each section as soon as it is.
    # A text that ends before what is late is one of which nothing is, and one that ends behind it
    # is of a course without a certificate.
    # One that ends behind the day is of a trainee who has chosen no language.
    source = replace(SAVED, language="")
    undated = replace(source, finished=None)
    stages = [None, *(partial(SAVED, lost) for lost in (7, 6, 5, 4))]
    stages += [replace(undated, late=frozenset()), partial(SAVED, 3)]
    stages += [undated, partial(SAVED, 2), source, partial(SAVED, 1), SAVED]
    assert [stage for at, stage in enumerate(kept) if at == 0 or kept[at - 1] != stage] == stages


@pytest.mark.whole
def test_every_change_of_a_character_is_noticed() -> None:
    text = state.encode(SAVED)
    allowed = [None, *(partial(SAVED, lost) for lost in (7, 6, 5, 4, 3, 2, 1))]
    for at in range(len(text)):
        for character in {*ALPHABET, "!", "é", " "} - {text[at]}:
            assert state.decode(text[:at] + character + text[at + 1 :]) in allowed


@pytest.mark.whole
@given(
    st.text() | st.text(ALPHABET).map("1".__add__) | st.binary().map(lambda b: b.decode("latin-1"))
)
def test_any_text_is_read_without_an_exception(text: str) -> None:
    assert state.decode(text) is None


@pytest.mark.parametrize(
    "saved", [replace(SAVED, saves=1 << 30), replace(SAVED, saves=(1 << 20) - 1)]
)
def test_saves_are_counted_up_to_a_limit(saved: State) -> None:
    read = state.decode(state.encode(saved))
    assert read is not None
    assert read.saves == state.SAVES_LIMIT


def test_more_than_the_format_can_count_is_refused() -> None:
    with pytest.raises(ValueError, match="longer than any"):
        state.encode(replace(SAVED, records={"rec1": state.RecordState("", "x" * 4095)}))


def test_keys_are_the_same_in_every_build() -> None:
    assert state.key("page", "definition") == "Qysa"
    assert state.key("page", "definition", 2) != state.key("page", "definition", 1)
    assert state.key("question", "definition") != state.key("page", "definition")
