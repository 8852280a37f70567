"""The state's codec: what is saved comes back, and anything else is refused."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder import state
from builder.model import Course, Draw, QuizRules
from builder.state import CheckState, QuizState, RecordState, State
from builder.typed import encode_text
from tests.courses import COURSE, course, page, question

KEYS = st.text(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", min_size=4, max_size=4
)
RESPONSES = st.text("abcdefghijklmnopqrstuvwxyz0123456789", max_size=5)
STATES = st.builds(
    State,
    attempt=st.text("abcABC019-_", min_size=8, max_size=8),
    saves=st.integers(0, 36**7 - 1),
    status=st.sampled_from(["incomplete", "completed", "passed", "failed"]),
    bookmark=KEYS | st.just(""),
    visited=st.lists(KEYS, unique=True).map(tuple),
    checks=st.dictionaries(
        KEYS, st.builds(CheckState, st.integers(0, state.TRIES_LIMIT), st.booleans(), RESPONSES)
    ),
    quizzes=st.dictionaries(
        KEYS,
        st.builds(
            QuizState,
            st.integers(0, state.ATTEMPTS_LIMIT),
            st.none() | st.integers(0, state.BEST_LIMIT),
            st.booleans(),
            st.dictionaries(KEYS, RESPONSES),
        ),
    ),
    records=st.dictionaries(
        KEYS,
        st.builds(
            RecordState,
            st.dates().map(lambda day: day.isoformat()) | st.just(""),
            st.text(st.characters(blacklist_categories=["Cs"])),
        ),
    ),
)


@given(STATES)
def test_what_is_saved_comes_back(saved: State) -> None:
    text = state.encode(saved)
    assert text.isascii()
    assert text.isprintable()
    assert state.decode(text) == saved


@given(STATES, st.data())
def test_damage_is_noticed(saved: State, data: st.DataObject) -> None:
    text = state.encode(saved)
    place = data.draw(st.integers(0, len(text) - 1))
    character = data.draw(st.sampled_from("aZ09-_!.;,+*%~ "))
    assert state.decode(text[:place]) is None
    damaged = text[:place] + character + text[place + 1 :]
    assert damaged == text or state.decode(damaged) is None


@given(st.text() | st.text("1!.;,abAB%+*0"))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    assert state.decode(text) is None


@pytest.mark.parametrize(
    ("text", "encoded"),
    [
        ("Look beyond", "Look+beyond"),
        ("one\ntwo", "one*two"),
        ("100%, é", "100%25%2C+%C3%A9"),
        ("قلق", "%D9%82%D9%84%D9%82"),
        ("🙂", "%F0%9F%99%82"),
    ],
)
def test_free_text_counts_by_its_encoded_length(text: str, encoded: str) -> None:
    assert encode_text(text) == encoded


def test_keys_are_the_same_in_every_build() -> None:
    assert state.key("page", "definition") == "Qysa"
    assert state.key("page", "definition", 2) != state.key("page", "definition", 1)
    assert state.key("question", "definition") != state.key("page", "definition")


def test_both_codecs_agree_on_the_golden_vectors() -> None:
    vectors = json.loads(
        Path(__file__).with_name("player").joinpath("vectors", "state.json").read_text("utf-8")
    )
    assert len(vectors) >= 5
    for vector in vectors:
        assert state.encode(from_json(vector["state"])) == vector["text"]
        assert state.decode(vector["text"]) == from_json(vector["state"])


def from_json(value: dict) -> State:
    return State(
        attempt=value["attempt"],
        saves=value["saves"],
        status=value["status"],
        bookmark=value["bookmark"],
        visited=tuple(value["visited"]),
        checks={key: CheckState(**check) for key, check in value["checks"].items()},
        quizzes={key: QuizState(**quiz) for key, quiz in value["quizzes"].items()},
        records={key: RecordState(**record) for key, record in value["records"].items()},
    )


def fullest(course: Course, tracked: bool) -> State:
    """The state of a trainee who does everything there is to do, as long as it can be."""
    pages = course.pages
    return State(
        attempt="z" * 8,
        saves=36**7 - 1,
        status="passed",
        bookmark=pages[0].key,
        visited=tuple(page.key for page in pages) if tracked else (),
        checks={"JKhm": CheckState(63, False, "c")} if tracked else {},
        quizzes={pages[2].key: QuizState(46_655, 10_000, False, {"JKhm": "c", "12lN": "abc"})},
        records={item.key: RecordState("2031-10-10", "-" * item.limit) for item in pages[3].record},
    )


@pytest.mark.parametrize("tracked", ["all", "none"])
def test_the_worst_case_is_the_size_of_the_fullest_state(tracked: str) -> None:
    course = replace(COURSE, tracking=replace(COURSE.tracking, pages=tracked))
    worst = state.worst(course)
    # Lists of several quizzes and records need one separator less than there are entries.
    assert worst.size - 2 == len(state.encode(fullest(course, tracked == "all")))
    assert worst.size == sum(size for _, size in worst.parts)


def test_the_largest_contributors_come_first() -> None:
    assert state.worst(COURSE).parts == (
        ("the record answer “one”", 515),
        ("the record answer “two”", 315),
        ("the frame", 38),
        ("the quiz “Quiz”", 30),
        ("visited pages", 16),
        ("practice answers", 8),
    )


def test_a_draw_takes_room_for_the_longest_that_it_may_ask() -> None:
    single, several = question("single"), question("several", "ac")
    several, longest = replace(several, room=5), replace(question("longest"), room=9)
    rules = QuizRules(draws=(Draw(2, (single, longest, several)),))
    drawn = page(
        "quiz", kind="quiz", quiz=(question("fixed"), single, longest, several), rules=rules
    )
    (size,) = [
        size for what, size in state.worst(course(drawn)).parts if what.startswith("the quiz")
    ]
    answers = {"AAAA": "x", "BBBB": "x" * 9, "CCCC": "x" * 5}
    whole = replace(state._EMPTY, quizzes={drawn.key: QuizState(46_655, 10_000, True, answers)})
    assert size == len(state.encode(whole)) - len(state.encode(state._EMPTY)) + 1
